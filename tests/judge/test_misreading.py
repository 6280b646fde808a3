"""What a learner may have meant who left brackets out."""

from __future__ import annotations

import pytest

import tutor
from tutor.judge.misreading import meant
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("typed", "wanted", "found"), [
    ("e^-2x", "e^(-2x)", "e^(-2x)"), ("-b/2a", "-b/(2a)", "-b/(2a)"), ("5/4x^1/4", "(5/4)*x^(1/4)", "5/4x^(1/4)"),
    ("1/2 (3x^2+9)^-1/2 * 6x", "3x/sqrt(3x^2+9)", "1/2 (3x^2+9)^(-1/2) * 6x"), ("15x^2/5x^3", "3/x", "15x^2/(5x^3)"),
    ("1/2x^1/2", "1/(2sqrt(x))", "1/(2x^(1/2))"), ("1/2sqrt(x)", "1/(2sqrt(x))", "1/(2sqrt(x))"),
    ("cos x x^2", "x^2*cos(x)", "cos (x) x^2"),
    ("x^2 cos x - 2x sin x / x^4", "(x^2*cos(x) - 2x*sin(x))/x^4", "(x^2 cos x - 2x sin x) / x^4"),
    ("(2(x+2)-2x+5)/(x+2)^2", "(2(x+2)-(2x+5))/(x+2)^2", "(2(x+2)-(2x+5))/(x+2)^2"),
    ("(x) - 1/x", "(x - 1)/x", "((x) - 1)/x"),
])
def test_brackets_that_would_make_it_right(typed: str, wanted: str, found: str) -> None:
    assert meant(typed, tutor.parse(wanted), Oracle()) == found


@pytest.mark.parametrize("typed", [
    "3x", "x^2/3x", "x^", "x/", "^", "", "-", "((", "sin", "e^(2x)", "x" * 400, "1/2" * 99,
])
def test_no_bracket_helps(typed: str) -> None:
    assert meant(typed, tutor.parse("5*x^7"), Oracle()) is None
