"""A formula that jumps where the integrand does not is no antiderivative across that place, and that is said."""

from __future__ import annotations

import pytest

from tutor.derivation.derivation import derive
from tutor.expression.parse import parse


@pytest.mark.parametrize(("problem", "place"), [
    ("int 1/(2 + cos(x)) dx", "pi"),
    ("int 1/(3 + sin(2*x)) dx", "pi/2"),
    ("int 1/(1 + cos(x)) dx", None),
    ("int 1/sin(x) dx", None),
    ("int tan(x)^2 dx", None),
    ("int x^2 dx", None),
    ("int_0^1 x dx", None),
])
def test_where_an_antiderivative_jumps(problem: str, place: str | None) -> None:
    gap = derive(parse(problem)).gap
    assert (None if gap is None else str(gap)) == place


@pytest.mark.parametrize(("problem", "result"), [
    ("int x*relu(x) dx", "relu(x)^3/3 + C"),
    ("int max(x, 1) dx", "x + relu(x - 1)^2/2 + C"),
    ("int x^2*abs(x) dx", "x^3*abs(x)/4 + C"),
    ("int (x + 1)*abs(x) dx", "(2*x^3 + 3*x^2)*sign(x)/6 + C"),
])
def test_functions_with_kinks_have_one_formula_on_both_sides(problem: str, result: str) -> None:
    derivation = derive(parse(problem))
    assert str(derivation.result) == result
    assert derivation.checked


@pytest.mark.parametrize(("problem", "result"), [
    ("int e^abs(x) dx", "sign(x)*(e^abs(x) - 1) + C"),  # and not sign(x)*e^abs(x), which jumps at 0
    ("int abs(x)*e^(-x) dx", "sign(x) - (x + 1)*e^-x*sign(x) + C"),
])
def test_a_formula_that_jumps_at_a_kink_is_no_antiderivative(problem: str, result: str) -> None:
    assert str(derive(parse(problem)).result) == result
