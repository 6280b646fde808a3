"""`tutor descend`, as a person and as a program use it."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tutor.cli.main import main
from tutor.derivation.descent import Descent


def run(*arguments: str, **options: Any) -> Result:
    """The outcome of a command, any exception but an exit being a failure of the test."""
    return CliRunner().invoke(main, ["descend", *arguments], catch_exceptions=False, **options)


TRANSCRIPTS = [
    (["(x-3)^2", "--from", "x=0", "--rate", "0.9", "--steps", "2"], """\
  slope        d/dx [(x − 3)²] = 2x − 6
  ✓ checked    1 step: tutor "d/dx [(x - 3)^2]"
  each step    x ← x − 0.9·slope

  step       x      loss    slope    change
     0    0       9         −6         5.4
     1    5.4     5.76       4.8      −4.32
     2    1.08    3.6864    −3.84

  The slope is 2x − 6, so every step multiplies the distance to 3 by
  1 − rate·2 = −0.8: each step lands on the other side, closer.
  Rates below 1 come closer.
"""),
    (["sqrt((h-3)^2+1)", "--from", "2", "--rate", "2*sqrt(2)", "--steps", "3"], """\
  slope        d/dh [√((h − 3)² + 1)] = (h − 3)/√((h − 3)² + 1)
  ✓ checked    5 steps: tutor "d/dh [sqrt((h - 3)^2 + 1)]"
  each step    h ← h − 2√2·slope

  step    h     loss      slope    change
     0    2    1.414    −0.7071         2
     1    4    1.414     0.7071        −2
     2    2    1.414    −0.7071         2
     3    4    1.414     0.7071

  The last four points are 2, 4, 2, 4: it goes back and forth between two
  points.
  This was seen in the steps that were computed; it is not a proof.
  Numbers are rounded; --json has all digits.
"""),
    (["x^2 + 10y^2", "--from", "x=1,y=1", "--rate", "0.1", "--steps", "2", "--momentum", "0.5"], """\
  slopes       ∂/∂x [x² + 10y²] = 2x
               ∂/∂y [x² + 10y²] = 20y
  ✓ checked    2 steps
  each step    v ← 0.5·v − 0.1·slope, then x ← x + v, with v = 0 at the start;
               so for every letter, with all slopes at the old point

  step       x     y       loss    slope x    slope y    change x    change y
     0    1        1    11            2            20       −0.2           −2
     1    0.8     −1    10.64         1.6         −20       −0.26           1
     2    0.54     0     0.2916       1.08          0

  The loss is quadratic, so with this momentum rates below 0.15 converge: that
  is 2·(1 + momentum)/20. This rate is one of them.
  The loss never rose: it went from 11 to 0.2916 in 2 steps.
  This was seen in the steps that were computed; it is not a proof.
"""),
    (["|x|", "--from", "1", "--rate", "0.5", "--ascii"], """\
  slope         d/dx [abs(x)] = sign(x)
  [ok] checked  1 step: tutor "d/dx [abs(x)]"
  each step     x <- x - 0.5*slope

  step      x    loss    slope    change
     0    1       1          1      -0.5
     1    0.5     0.5        1      -0.5
     2    0       0       none

  At step 2, there is no slope here: abs(x) has slope -1 on the left of 0 and 1
  on the right.
"""),
    (["(x-3)^2", "--from", "0", "--compare", "0.1,0.5,1,1.1"], """\
  slope        d/dx [(x − 3)²] = 2x − 6
  ✓ checked    1 step: tutor "d/dx [(x - 3)^2]"
  each step    x ← x − rate·slope

  rate    steps          x        loss    what happened
   0.1       10      2.678      0.1038    comes closer, factor 0.8
   0.5       10      3          0         lands on the lowest point, factor 0
   1         10      0          9         jumps between two points, factor −1
   1.1       10    −15.58     345         moves further away, factor −1.2

  Numbers are rounded; --json has all digits.
"""),
]


@pytest.mark.parametrize(("arguments", "shown"), TRANSCRIPTS, ids=[arguments[0] for arguments, _ in TRANSCRIPTS])
def test_transcripts(arguments: list[str], shown: str) -> None:
    outcome = run(*arguments)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert outcome.stdout == shown


def test_a_table_and_a_comparison() -> None:
    shown = run("(x-3)^2", "--from", "0", "--rate", "0.9", "--compare", "0.5,1").stdout
    assert shown.count("slope        d/dx") == 1
    assert shown.index("change") < shown.index("what happened")


def test_json() -> None:
    data = json.loads(run("(x-3)^2", "--from", "x=0", "--rate", "0.9", "--steps", "1", "--json").stdout)
    assert data["rows"][1] == {"step": 1, "point": {"x": 5.4}, "value": 5.76, "slope": 4.8}
    runs = json.loads(run("(x-3)^2", "--from", "0", "--compare", "0.5,1", "--json").stdout)
    assert [each["rate"] for each in runs["runs"]] == [0.5, 1.0]
    assert "rows" not in runs


def test_latex(tmp_path: Path) -> None:
    file = tmp_path / "descent.tex"
    assert run("(x-3)^2", "--from", "x=0", "-o", str(file)).exit_code == 0
    assert "\\begin{tabular}{rrrrr}" in file.read_text(encoding="utf-8")
    assert run("(x-3)^2", "--from", "x=0", "--format", "latex").stdout.startswith("{\\raggedright")


@pytest.mark.parametrize(("arguments", "answer"), [
    ([], "Give a loss, in quotes, and where it starts."), (["(x-3)^2"], "No start is given for x. Type --from x=0"),
    (["x^2", "y^2"], "Give one loss at a time, in quotes."), (["w*x", "b*x"], "Give one loss at a time, in quotes."),
    (["x*y", "--from", "x=0", "y=1"], "tutor descend \"x*y\" --from x=0,y=1"),
    (["d/dx x^2", "--from", "0"], "a slope already"),
    (["x^2", "--from", "y=0"], "There is no y in the loss: it has x."),
    (["x^2", "--from", "0", "--rate", "0"], "The rate has to be more than 0"),
    (["x^2", "--from", "0", "--steps", "ten"], "a whole number from 1 to 1,000,000"),
    (["x^2", "--from", "0", "--momentum", "2"], "less than 1"), (["x^2", "--frm", "0"], "Did you mean --from"),
    (["x +", "--from", "0"], "Something is missing after +"),
    (["x^2", "--from", "0", "--compare", "-1"], "more than 0"),
    (["x^2", "--from", "0", "--json", "--format", "latex"], "not both"),
])
def test_bad_input_is_answered_with_what_to_type(arguments: list[str], answer: str) -> None:
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    assert answer in " ".join(outcome.stderr.split())
    assert outcome.stdout == ""


def test_bad_input_as_json_says_where() -> None:
    outcome = run("x^2", "--from", "0", "--rate", "0", "--json")
    assert outcome.exit_code == 2
    assert json.loads(outcome.stdout)["place"] == "--rate"


def test_ctrl_c_shows_what_was_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    advance, before = Descent.advance, signal.getsignal(signal.SIGINT)

    def pressed_after_a_while(descent: Descent, count: int) -> bool:
        if descent.step >= 2_000:
            signal.raise_signal(signal.SIGINT)
        return advance(descent, count)

    monkeypatch.setattr(Descent, "advance", pressed_after_a_while)
    outcome = run("sqrt((h-3)^2+1)", "--from", "2", "--rate", "2*sqrt(2)", "--steps", "1000000")
    assert outcome.exit_code == 130
    assert "Stopped by you after step 2,500." in outcome.stdout
    assert "\n  2,500    2    1.414" in outcome.stdout
    assert outcome.stderr == ""
    assert signal.getsignal(signal.SIGINT) is before


def test_a_slope_that_was_refuted_is_said(broken_product_rule: None) -> None:
    outcome = run("x^2*sin(x)", "--from", "1", "--steps", "1")
    assert outcome.exit_code == 1
    assert "✗ refuted" in outcome.stdout
