"""Bounds on values between two numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.expression.parse import parse
from tutor.oracle.ranges import largest_size


@pytest.mark.parametrize(("text", "lower", "upper", "largest"), [
    ("x^2 - 1", -1, 3, 8),
    ("sin(x)", 0, 4, 1),
    ("d^2/dx^2 [sqrt(x)]", 4, 5, 0.03125),
    ("d^2/dx^2 [sin(100*x)]", 0, 1, 10**4),
    ("d^2/dx^2 [5*x]", 0, 1, 0),
    ("x", 2, 2, 2),
])
def test_a_bound_is_close_to_the_largest_value_and_never_below_it(text: str, lower: int, upper: int,
                                                                  largest: float) -> None:
    found = largest_size(parse(text), "x", Fraction(lower), Fraction(upper))
    assert found is not None
    assert largest <= found <= 1.5 * largest


@pytest.mark.parametrize("text", [
    "1/x", "1/(x - 1/3)", "tan(2*x)", "ln(x)", "d/dx [abs(x)]", "d^2/dx^2 [x*abs(x)]", "d/dx [cbrt(x)]",
    "d/dx [step(x - 1/7)]",
])
def test_what_has_a_pole_a_jump_or_no_value_somewhere_has_no_bound(text: str) -> None:
    assert largest_size(parse(text), "x", Fraction(-1), Fraction(1)) is None
