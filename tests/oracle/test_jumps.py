"""Where an antiderivative jumps although its integrand has a value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.expression.parse import parse
from tutor.oracle.jumps import jumps
from tutor.oracle.points import Point


@pytest.mark.parametrize(("text", "integrand", "places", "complete"), [
    ("x^2 + step(x)", "2x", [0], True), ("x^2 + 7*sign(x - 300)", "2x", [300], True), ("x + x/|x|", "1", [0], True),
    ("|x|", "sign(x)", [], True), ("relu(x)^2/2", "relu(x)", [], True), ("ln|x| + step(x)", "1/x", [], True),
    ("x*|x|/2 + sign(x + 2) - step(x - 1)", "|x|", [-2, 1], True), 
    ("sin(x) + |sin(x)|", "cos(x) + cos(x)*sign(sin(x))", [], True),
    ("e^(5x + 55) - step(x + 1)", "5e^(5x + 55)", [-1], True),  # steep, and no pole
    ("x^2 + step(x - 3)/10^30", "2x", [3], True), ("3cbrt(x) + sign(x)", "1/cbrt(x)^2", [0], True),
    ("sin(x) + |ln x|/ln(x)", "cos(x)", [1], True), ("x*ln|x| - x", "ln|x|", [], True),
    ("sin(x) + |e^x - 3x|/(e^x + x^2)", "cos(x)", [], False), ("ln|sin(x)/(1 + cos(x))|", "1/sin(x)", [], True),
    ("3sin(x)^(1/3)", "cos(x)/sin(x)^(2/3)", [], True), ("e^(x^2) + sign(x + 70)", "2x*e^(x^2)", [], False),
    ("sin(x) + step(x^2 + e^x + 1)", "cos(x)", [], True), ("ln|x + 10^400|", "1/(x + 10^400)", [], True),
])  # fmt: skip
def test_jumps(text: str, integrand: str, places: list[int | Fraction], complete: bool) -> None:
    found = jumps(parse(text), parse(integrand), "x", Point(0, real=True))
    assert (list(found.places), found.complete) == (places, complete)
