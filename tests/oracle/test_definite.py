"""Definite integrals of expressions: their values beside known ones and mpmath's, and those that have none."""

from __future__ import annotations

import math

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.oracle.definite import divergence_of
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL
from tutor.oracle.table import Undefined, lowest_table
from tutor.oracle.verdict import Oracle


def value(text: str) -> float:
    return float(value_of(lowest_table(REAL, lambda letter: None), parse(text)))


KNOWN_VALUES = [
    # ends where the integrand grows without bound
    ("int_-1^1 1/sqrt(1-x^2) dx", math.pi), ("int_0^1 ln(1-x) dx", -1), ("int_2^3 1/sqrt(x^2-4) dx", math.acosh(1.5)),
    ("int_0^(pi/2) 1/sqrt(cos(x)) dx", 2.62205755429212), ("int_1^infinity 1/(x*sqrt(x^2-1)) dx", math.pi / 2),
    ("int_0^1 x^(-1/2)*ln(x) dx", -4),
    # the same inside the range, and kinks
    ("int_-1^1 abs(x)^(-1/2) dx", 4), ("int_-1^2 1/x^(1/3) dx", 1.5 * (2 ** (2 / 3) - 1)),
    ("int_0^3 abs(x-1) dx", 2.5), ("int_-2^2 max(x, x^2 - 1) dx", 2 + 5**1.5 / 6 - 2 / 3),
    # ranges without an end
    ("int_0^infinity e^(-x) dx", 1), ("int_-infinity^infinity e^(-x^2) dx", math.sqrt(math.pi)),
    ("int_-infinity^infinity e^(-x)/(1+e^(-x))^2 dx", 1), ("int_1^infinity 1/x^2 dx", 1),
    ("int_-infinity^infinity 1/(x^2-4*x+5) dx", math.pi), ("int_-infinity^1 e^x dx", math.e),
    ("int_0^infinity 1/(sqrt(x)*(1+x)) dx", math.pi), ("int_0^infinity x^3/(e^x-1) dx", math.pi**4 / 15),
    ("int_0^infinity e^(-x)*ln(x) dx", -0.577215664901533), ("int_0^infinity abs(x-2)*e^(-x) dx", 1 + 2 * math.exp(-2)),
    # limits equal or reversed
    ("int_3^3 abs(x-1) dx", 0), ("int_3^0 abs(x-1) dx", -2.5), ("int_infinity^1 1/x^2 dx", -1),
    ("int_1^(-infinity) e^x dx", -math.e),
    # full turns, and integrals inside each other
    ("int_0^(2*pi) 1/(2+cos(x)) dx", 2 * math.pi / math.sqrt(3)), ("int_0^1 int_0^x x*y dy dx", 1 / 8),
    ("int_0^1 (int_0^1 e^(x*y) dx) dy", 1.3179021514544038),
]  # fmt: skip


@pytest.mark.parametrize(("text", "known"), KNOWN_VALUES)
def test_value(text: str, known: float) -> None:
    assert value(text) == pytest.approx(known, rel=1e-11, abs=1e-11)


NO_VALUE = [
    ("int_2^4 1/(x-3)^2 dx", 3, "3"), ("int_-1^1 1/x dx", 0, "0"), ("int_0^1 1/x dx", 0, "0"),
    ("int_0^2 1/(x^2-2) dx", math.sqrt(2), "1.414"), ("int_0^pi tan(x) dx", math.pi / 2, "1.571"),
    ("int_0^2 sec(x)^2 dx", math.pi / 2, "1.571"), ("int_1^2 1/ln(x) dx", 1, "1"), ("int_0^1 e^x/(1-x) dx", 1, "1"),
    ("int_1^infinity 1/x dx", math.inf, "infinity"), ("int_0^infinity x dx", math.inf, "infinity"),
    ("int_-infinity^infinity x dx", -math.inf, "minus infinity"), ("int_0^infinity 1/(x-3)^2 dx", 3, "3"),
    ("int_4^infinity 1/sqrt(x^2+1) dx", math.inf, "infinity"), ("int_4^2 1/(x-3) dx", 3, "3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "shown"), NO_VALUE)
def test_no_value_and_where(text: str, place: float, shown: str) -> None:
    with pytest.raises(Undefined) as caught:
        value(text)
    found = divergence_of(parse(text))
    assert found is not None
    assert found.place == pytest.approx(place)
    assert found.shown == shown
    assert caught.value.reason == found.text


# Most of these have values; some have none. Neither is said.
NOT_FOUND = ["int_0^infinity sin(x)/x dx", "int_0^infinity sin(x) dx", "int_0^1 sin(1/x)/x dx", "int_0^100 sin(x^2) dx",
             "int_2^infinity 1/(x*ln(x)^2) dx", "int_0^2 (2-x)^(-0.9) dx", "int_1^infinity x^(-1.01) dx"]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_does_not_converge_in_time_is_not_called_divergent(text: str) -> None:
    with pytest.raises(Undefined, match="did not converge"):
        value(text)
    assert divergence_of(parse(text)) is None


@pytest.mark.parametrize("text", ["int_infinity^infinity e^(-x) dx", "int_0^1 sqrt(x-5) dx", "int_0^1 a*x dx"])
def test_no_value_at_all(text: str) -> None:
    with pytest.raises(Undefined):
        value(text)


@settings(max_examples=30, deadline=None)
@given(st.floats(-3, 3), st.floats(-3, 3), st.sampled_from([
    ("e^x*cos(3*x)", lambda x: mpmath.exp(x) * mpmath.cos(3 * x)), ("1/(1+x^2)", lambda x: 1 / (1 + x * x)),
    ("x*atan(x)", lambda x: x * mpmath.atan(x)), ("sqrt(10+x^4)", lambda x: mpmath.sqrt(10 + x**4)),
]))  # fmt: skip
def test_values_are_those_of_mpmath(lower: float, upper: float, function: tuple[str, object]) -> None:
    text, same = function
    table = lowest_table(REAL, {"a": lower, "b": upper}.get)
    assert value_of(table, parse(f"int_a^b ({text}) dx")) == pytest.approx(
        float(mpmath.quad(same, [lower, upper])), rel=1e-10, abs=1e-11)


EQUATIONS = [
    ("int_0^infinity e^(-a*x) dx", "1/a", "checked"), ("int_0^infinity e^(-a*x) dx", "a", "refuted"),
    ("d/dx int_x^infinity e^(-t^2) dt", "-e^(-x^2)", "checked"), ("d/da int_0^1 abs(x-a) dx", "a", "refuted"),
    ("int_0^x 1/sqrt(1-t^2) dt", "asin(x)", "checked"), ("int_2^4 1/(x-3)^2 dx", "-2", "undecided"),
    ("int_1^x 1/t dt", "ln(x)", "checked"),
    # a kink or a jump inside that moves
    ("d/dx int_0^2 step(t-x) dt", "step(-x) - step(2-x)", "checked"), ("d/dx int_0^2 step(t-x) dt", "0", "refuted"),
    ("d/dx int_0^2 t*step(t-x^2) dt", "-2*x^3*step(2-x^2)", "checked"),
    ("d/dx int_0^2 sign(t^2-x) dt", "0", "refuted"), ("d/dx int_0^x abs(t-x) dt", "abs(x)", "checked"),
    ("d^2/dx^2 int_0^2 abs(t-x) dt", "2*step(x)*step(2-x)", "checked"),
    ("d^2/dx^2 int_0^2 abs(t-x) dt", "0", "refuted"), ("d/dx int_0^2 sign(cos(t)-x) dt", "0", "undecided"),
    ("d/dx int_0^1 int_0^1 step(t-x*s) dt ds", "0", "undecided"),
    # without an end, with more digits than a double has
    ("int_0^infinity e^(-x^2) dx", "sqrt(pi)", "refuted"), ("int_0^infinity x*e^(-x) dx", "1", "checked"),
    ("int_0^infinity x*e^(-x) dx", "2", "refuted"), ("int_-infinity^infinity x*e^(-x^2) dx", "0", "checked"),
    ("int_0^1 int_0^1 int_0^1 int_0^1 w*x*y*z dw dx dy dz", "1/16", "undecided"),
    # a maximum, met at both limits
    ("int_b^a max(x+1, 0) dx", "relu(a+1)^2/2 - relu(b+1)^2/2", "checked"),
    ("int_b^a max(x+1, 0) dx", "relu(a+1)^2/2", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "outcome"), EQUATIONS)
def test_the_oracle_compares_them(left: str, right: str, outcome: str) -> None:
    assert Oracle().compare(parse(left), parse(right)).outcome == outcome


def test_a_question_with_many_poles_is_given_up() -> None:
    """Beside each of many kinks an integral would be followed with more digits, which takes minutes."""
    found = Oracle().compare(parse("int_a^b 1/((x^2-1)*(x^2-4)) dx"), parse(
        "ln(abs((b-2)*(a+2)/((a-2)*(b+2))))/12 - ln(abs((b-1)*(a+1)/((a-1)*(b+1))))/6"))
    assert found.outcome == "undecided"
