"""How a step of a derivation is told: what its letters mean, and where a sentence says more than letters."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tutor.cli.main import main


@pytest.mark.parametrize(("problem", "line"), [
    ("int cos(3x) dx", "Let u = 3x, so du = 3 dx."),
    ("int 1/(x + 1) dx", "Let u = x + 1, so du = dx."),
    ("int e^(-x) dx", "Let u = −x, so du = −dx."),
    ("int e^(-x) dx", "= −(∫ e^u du) at (u = −x)"),
    ("int x*cos(x^2) dx", "Let u = x², so du = 2x dx."),
    ("int (2x + 1)*cos(x^2 + x) dx", "Let u = x² + x, so du = (2x + 1) dx."),
    ("int x*sqrt(x + 1) dx", "Written with u: x = u² − 1"),
    ("int x*ln(x) dx", "h = d/dx [f] = 1/x"),
    ("int sin(x)^3 dx", "= −(∫ (1 − u²) du) at (u = cos(x))"),
    ("int (3x + 5)/(x^2 - 1) dx", "Write the fraction as a sum of fractions"),
    ("int 1/(1 + e^x) dx", "x − ln(1 + e^x) + C"),
])
def test_what_a_learner_reads(problem: str, line: str) -> None:
    assert line in CliRunner().invoke(main, ["explain", problem], env={"COLUMNS": "100", "NO_COLOR": "1"}).output
