"""A new function of the notation is a block, a rule and a record of the oracle: three places, and nothing else.

A copy of the package gets the three, for a function that others make up and for one that the kinds of number bring
themselves. A fresh process works with them as a learner would.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tutor.files import PACKAGE, data_folder

BLOCK = """
[gd]
spoken = "Gudermannian"
aliases = ["gudermann"]
elsewhere = ["gudermannian"]
family = "hyperbolic"
definition = "2*atan(tanh(x/2))"
range = "(-pi/2, pi/2)"
monotonic = "increasing"
parity = "odd"
zeros = "0"
values = ["gd(0) = 0"]

[erfc]
spoken = "complementary error function"
range = "(0, 2)"
monotonic = "decreasing"
values = ["erfc(0) = 1"]
"""

RULE = """
rule derivative_of_gd "Derivative of the Gudermannian" [derivative, table]
    d/dx [gd(x)] = sech(x)
    say "The derivative of the Gudermannian is the hyperbolic secant."
    example d/dt [gd(t)]

rule derivative_of_erfc "Derivative of the complementary error function" [derivative, table]
    d/dx [erfc(x)] = -2 / sqrt(pi) * e^(-x^2)
    say "The derivative is that of the error function with the other sign."
    example d/dt [erfc(t)]
"""

RECORDS = """    "gd": Known(lambda numbers, a: 2 * apply(numbers, "atan", _tanh(numbers, a / 2)), zeros=(0,)),
    "erfc": Known(
        Elementary(lambda numbers, a: -2 * apply(numbers, "exp", -(a * a)) / numbers.functions["sqrt"](numbers.pi),
                   math.erfc, lambda z: 1 - _complex_erf(z), exact={0: 1}, is_flat=True, is_monotonic=True)),
"""

TABLE = "KNOWN: dict[str, Known] = {\n"

ASKED = r"""
import json
import tutor
from tutor.algebra.known_values import known_value
from tutor.algebra.signs import sign_of
from tutor.derivation.problem import read_problem
from tutor.judge.hints import first_hint
from tutor.lesson.schema import Lesson
from tutor.lesson.variants import exercises
from tutor.practice.words import skill_in_words

gd = tutor.parse("gd(x^2)")
derivation = tutor.explain("d/dx gd(x^2)")
lesson = Lesson.model_validate({"format": "1", "id": "new", "title": "New", "items": [{"given": "gd(x^2)"}]})
wrong = tutor.diagnose("d/dx gd(x^2)", "sech(x^2)")
elementary = tutor.explain("d/dx [x*erfc(2x)]")
print(json.dumps({
    "where": tutor.__file__,
    "alias": str(tutor.parse("gudermann(x^2)")),
    "notes": [note.message for note in read_problem("d/dx gudermannian(x)").notes],
    "without brackets": str(tutor.parse("2gd x")),
    "squared": str(tutor.parse("gd^2 x")),
    "text": str(gd),
    "latex": tutor.latex(gd),
    "read back": [tutor.parse(str(gd)) is gd, tutor.parse(tutor.latex(gd)) is gd],
    "result": str(derivation.result),
    "checked": derivation.checked,
    "rules": [step.rule.name for step in derivation.steps],
    "assumptions": list(map(str, tutor.explain("d/dx ln(gd(x))").assumptions)),
    "at a point": str(tutor.explain("f(x) = gd(x); f'(0)").result),
    "right": tutor.diagnose("d/dx gd(x^2)", "2x/cosh(x^2)").outcome,
    "wrong": [wrong.outcome, list(wrong.misconceptions)],
    "odd": tutor.equivalent("gd(-x)", "-gd(x)").proved,
    "elementary": [tutor.equivalent(str(elementary.result), "erfc(2x) - 4x*e^(-4x^2)/sqrt(pi)").verdict,
                   elementary.checked, tutor.equivalent("d/dx [erfc(x)] at x = 0", "-2/sqrt(pi)").verdict,
                   tutor.equivalent("erfc(x)", "1 - erf(x)").verdict,
                   tutor.diagnose("d/dx erfc(x)", "2e^(-x^2)/sqrt(pi)").outcome,
                   sign_of(tutor.parse("2 - erfc(x)")), str(known_value(tutor.parse("erfc(0)")))],
    "made of others": tutor.equivalent("gd(2x)", "2atan(tanh(x))").proved,
    "value": str(known_value(tutor.parse("gd(0)"))),
    "tidied": str(tutor.explain("d/dx [x*(2 + gd(0))]").result),
    "sign": [sign_of(tutor.parse(text)) for text in ("gd(x)", "gd(x^2 + 1)", "2 - gd(x)")],
    "hint": first_hint(derivation.problem).written(),
    "skill": skill_in_words(*exercises(lesson, lesson.items[0]).variant(0).skill),
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that differs from this one in three places."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(PACKAGE, root / "tutor")
    shutil.copytree(data_folder("grammar"), root / "grammar")
    for file, text in (("grammar/functions.toml", BLOCK), ("tutor/rules/functions.rules", RULE)):
        with (root / file).open("a", encoding="utf-8") as added:
            added.write(text)
    oracle = root / "tutor" / "oracle" / "functions.py"
    before, after = oracle.read_text(encoding="utf-8").split(TABLE)
    oracle.write_text(before + TABLE + RECORDS + after, encoding="utf-8")
    return root


def run(copy: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(copy), "TUTOR_HOME": str(copy / "home"), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True,
                          encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def found(copy: Path) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(run(copy, "-c", ASKED))
    assert Path(answers["where"]).is_relative_to(copy)
    return answers


@pytest.mark.parametrize(("asked", "answer"), [
    ("alias", "gd(x^2)"), ("notes", ["gudermannian is read as gd."]), ("without brackets", "2*gd(x)"),
    ("squared", "gd(x)^2"), ("text", "gd(x^2)"), ("latex", r"\operatorname{gd}(x^{2})"), ("read back", [True, True]),
    ("result", "2*x*sech(x^2)"), ("checked", True), ("assumptions", ["x > 0"]), ("at a point", "1"),
    ("right", "right"), ("wrong", ["misconception", ["chain_inner_forgotten"]]), ("odd", True), ("value", "0"),
    ("elementary", ["equal", True, "equal", "equal", "slip", "+", "1"]),
    ("made of others", True), ("sign", ["", "+", "+"]),
    ("hint", "What is done to x last? The Gudermannian of something is taken."),
    ("skill", "a hyperbolic function of something longer, such as x²"),
])  # fmt: skip
def test_everything_knows_a_new_function(found: dict[str, Any], asked: str, answer: object) -> None:
    assert found[asked] == answer


def test_its_rule_is_named_in_the_derivation(found: dict[str, Any]) -> None:
    assert {"chain", "derivative_of_gd"} <= set(found["rules"])


def test_its_values_are_put_in(found: dict[str, Any]) -> None:
    assert found["tidied"] == "2"


def test_the_commands_show_it(copy: Path) -> None:
    assert "✓" in run(copy, "-m", "tutor.cli.main", "rules", "gd", "--check")
    assert "Derivative of the Gudermannian" in run(copy, "-m", "tutor.cli.main", "rules", "gd")
    shown = run(copy, "-m", "tutor.cli.main", "explain", "d/dx gd(3x)")
    assert "gd(3x)" in shown
    assert "3·sech(3x)" in shown or "3 sech(3x)" in shown
