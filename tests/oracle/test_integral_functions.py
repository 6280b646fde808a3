"""Si, Ci, Ei and li beside mpmath's, and what the oracle makes of them."""

from collections.abc import Callable

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.oracle.evaluate import value_of
from tutor.oracle.existence import existence_of
from tutor.oracle.integral_functions import (
    cosine_integral,
    exponential_integral,
    logarithmic_integral,
    sine_integral,
)
from tutor.oracle.numbers import REAL
from tutor.oracle.table import lowest_table
from tutor.oracle.verdict import Oracle

FUNCTIONS = [(sine_integral, "si"), (cosine_integral, "ci"), (exponential_integral, "ei"), (logarithmic_integral, "li")]


@pytest.mark.parametrize(("function", "known"), FUNCTIONS)
@given(size=st.floats(-18, 6.5).filter(lambda size: abs(size) > 1e-6), sign=st.sampled_from([-1, 1]))
def test_values_are_those_of_mpmath(function: Callable[[float], float], known: str, size: float, sign: int) -> None:
    x = sign * 2.718281828**size
    if known in ("ci", "li") and x < 0:
        with pytest.raises(ValueError, match="domain"):
            function(x)
        return
    with mpmath.workdps(30):
        expected = float(getattr(mpmath, known)(x))
    try:
        assert function(x) == pytest.approx(expected, rel=1e-13, abs=1e-14)
    except OverflowError:
        assert abs(expected) < 1e-300 or abs(expected) > 1e290


@pytest.mark.parametrize(("function", "place"), [
    (cosine_integral, 0.0), (exponential_integral, 0.0), (logarithmic_integral, 1.0),
])  # fmt: skip
def test_no_value_at_a_pole(function: Callable[[float], float], place: float) -> None:
    with pytest.raises(ValueError, match=r"domain|pole"):
        function(place)


EQUATIONS = [
    ("d/dx Si(x)", "sin(x)/x", "checked"), ("d/dx Si(x)", "cos(x)/x", "refuted"),
    ("d/dx Ci(2*x)", "cos(2*x)/x", "checked"), ("d/dx Ci(2*x)", "cos(2*x)/(2*x)", "refuted"),
    ("d/dx Ei(x^2)", "2*e^(x^2)/x", "checked"), ("d/dx li(x)", "1/ln(x)", "checked"),
    ("li(x)", "Ei(ln(x))", "checked"), ("li(x)", "Ei(ln(x)) + 0.001", "refuted"),
    ("d^3/dx^3 Si(x)", "((2 - x^2)*sin(x) - 2*x*cos(x))/x^3", "checked"),
    ("d^2/dx^2 [Ei(x)*Ci(x)]",
     "(x - 1)*e^x/x^2*Ci(x) + 2*e^x*cos(x)/x^2 - Ei(x)*(x*sin(x) + cos(x))/x^2", "checked"),
    ("Si(x) - Si(1)", "int_1^x sin(t)/t dt", "checked"),
    ("Si(x)", "int_0^x sin(t)/t dt", "checked"), ("Ci(x)", "int_1^x cos(t)/t dt", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "outcome"), EQUATIONS)
def test_the_oracle_compares_them(left: str, right: str, outcome: str) -> None:
    assert Oracle().compare(parse(left), parse(right)).outcome == outcome


def test_the_sine_integral_has_all_derivatives_at_0() -> None:
    table = lowest_table(REAL, {"x": 0.0}.get)
    found = [value_of(table, parse(f"d^{order}/dx^{order} Si(x)")) for order in (1, 2, 3, 4, 5)]
    assert found == pytest.approx([1, 0, -1 / 3, 0, 1 / 5])
    assert value_of(table, parse("d/dx [x*Si(3*x)]")) == 0


@pytest.mark.parametrize(("text", "outcome"), [
    ("d/dx [Si(x)] at x = 0", "exists"), ("d/dx [Ei(x)] at x = 0", "missing"), ("d/dx [li(x)] at x = 1", "missing"),
    ("d/dx [Ci(x)] at x = 1", "exists"), ("d/dx [li(x)] at x = 2", "exists"),
])  # fmt: skip
def test_where_they_have_a_slope(text: str, outcome: str) -> None:
    assert (existence_of(parse(text)).outcome == "exists") == (outcome == "exists")
