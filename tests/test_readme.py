"""What the README shows is what the program prints, and what it says of Python is true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import tutor
from tutor.cli.main import main

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
TRANSCRIPTS = re.findall(r"```text\n\$ (tutor .*)\n((?s:.*?))```", README)


@pytest.mark.parametrize(("command", "shown"), TRANSCRIPTS, ids=[command for command, _ in TRANSCRIPTS])
def test_transcripts(command: str, shown: str) -> None:
    result = CliRunner().invoke(main, shlex.split(command)[1:], env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert result.output.strip("\n") == shown.strip("\n")


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 2


def test_python_example() -> None:
    derivation = tutor.explain("d/dx x^2*sin(x)")
    assert str(derivation.result) == "2*x*sin(x) + x^2*cos(x)"
    assert derivation.steps[0].rule.title == "Product rule"
    assert repr(derivation.steps[0].bindings["g"]) == "<Expression sin(x)>"
    assert derivation.checked is True
    assert str(tutor.explain("int 2x*cos(x^2) dx").result) == "sin(x^2) + C"
    assert str(tutor.explain("grad x^2*y").result) == "(2*x*y, x^2)"
    assert [each.kind for each in tutor.critical_points("x^3 - 3x").points] == ["maximum", "minimum"]
    assert tutor.explain("d/dx ln x at x = -1").undefined == "ln(x) has no real value at x = -1"
    assert repr(tutor.parse("2 sin^2 x")) == "<Expression 2*sin(x)^2>"
    assert tutor.diagnose("d/dx sin(x^2)", "cos(x^2)").misconceptions == ("chain_inner_forgotten",)
    on_part = tutor.diagnose("d/dx asin(x/a)", "1/sqrt(a^2-x^2)")
    assert (on_part.outcome, repr(on_part.part)) == ("right_on_part", "(<Expression a > 0>,)")
    with pytest.raises(TypeError, match="has to be a text or an Expression"):
        tutor.equivalent(None, "x")  # type: ignore[arg-type]
    assert tutor.equivalent("sin(2x)", "2 sin x cos x").proved
    assert tutor.equivalent("0.33", "1/3").verdict == "different"
    assert tutor.equivalent("ln(x^2)", "2 ln x").domain in README


def test_the_make_targets_it_names_exist() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make (\w+)", README)):
        assert f"\n{target}:" in makefile
