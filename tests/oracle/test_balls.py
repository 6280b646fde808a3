"""Balls: the true value is always inside, and what cannot be bounded has none."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.oracle.balls import Ball, balls
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import precise
from tutor.oracle.table import Undefined, lowest_table


def ball(text: str, digits: int, real: bool = True, **place: float | complex | Fraction) -> Ball:
    found = value_of(lowest_table(balls(digits, real), place.get), parse(text))
    assert isinstance(found, Ball)
    return found


EVERYWHERE = ["x^2 - x^3/7", "sin(x)*cos(x) - x", "exp(-x^2)*erf(x)", "x/(1 + x^2)", "atan(x)^3", "asinh(tan(x))",
              "cbrt(x)*abs(x)", "d/dx [x^5*sin(x^2)]", "d^2/dx^2 [sqrt(1 + x^2)*tanh(x)]", "softplus(x) - sigmoid(x)",
              "max(x, sin(3x))", "relu(x - 1)*sinh(x)", "(x^2 + 1)^(x/3)", "1/(1 + cosh(x))", "x^(2/3)", "acos(sin(x))"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EVERYWHERE), st.fractions(-4, 4, max_denominator=999), st.sampled_from([15, 30]))
def test_the_value_with_more_digits_is_inside(text: str, x: Fraction, digits: int) -> None:
    try:
        found = ball(text, digits, x=x)
    except Undefined:
        return
    finer = value_of(lowest_table(precise(100, real=True), {"x": x}.get), parse(text))
    assert abs(finer - found.middle) <= found.radius
    assert found.radius <= 1e-6 * max(1, abs(finer))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["exp(z)*sin(z)", "ln(z)", "sqrt(z)^3", "atan(z) - asinh(z)", "acos(z)*z", "acosh(z)",
                        "atanh(z)", "cosh(z)/z", "z^(1/4)", "erf(z)", "d/dz [z^4*cos(z)]"]),
       st.floats(-3, 3), st.floats(0.1, 3))
def test_complex_values_with_more_digits_are_inside(text: str, x: float, y: float) -> None:
    z = complex(x, y)
    found = ball(text, 20, real=False, z=z)
    finer = value_of(lowest_table(precise(80, real=False), {"z": z}.get), parse(text))
    assert abs(finer - found.middle) <= found.radius <= 1e-9 * max(1, abs(finer))


@pytest.mark.parametrize("text", [
    "tan(atan(10^85))", "1/(1 - tanh(100))", "sign(1 - tanh(100))", "step(sin(pi))", "ln(sin(pi))", "1/(sqrt(2)^2 - 2)",
    "atanh(tanh(100))", "cot(2*asin(1))", "d/dx [tan(atan(10^85*x))] at x = 1", "(sqrt(2)^2 - 2)^(-1/2)",
])
def test_what_may_be_anything_has_no_value(text: str) -> None:
    with pytest.raises(Undefined):
        ball(text, 30)


@pytest.mark.parametrize(("text", "value"), [
    ("sin(pi)", 0), ("sqrt(abs(sin(pi)))", 0), ("acos(3*(1/3))", 0), ("relu(sin(pi))", 0), ("max(sin(pi), 0)", 0),
    ("(-2)^(4/2)", 4), ("(-8)^(1/3)", -2), ("(-2)^3 + 8", 0), ("int_0^1 x^2 dx", 1 / 3), ("10^200/10^199", 10),
])
def test_what_can_be_bounded_has_one(text: str, value: float) -> None:
    found = ball(text, 30)
    assert abs(found.middle - value) <= found.radius + 1e-16
    assert found.radius < 1e-9


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["asin", "acos", "atan", "asinh", "acosh", "atanh"]),
       st.sampled_from([0, 1, -1, 1j, -1j, 0.5, -3]), st.integers(1, 40),
       st.sampled_from([1, -1, 1j, -1j, 1 + 1e-9j, -1e-9 + 1j]), st.sampled_from([15, 30]))
def test_inverse_functions_keep_their_digits_where_they_vanish(
        function: str, near: complex, exponent: int, way: complex, digits: int) -> None:
    z = complex(near) + way * 10.0 ** -exponent
    try:
        found = ball(f"{function}(z)", digits, real=False, z=z)
    except Undefined:
        return
    finer = value_of(lowest_table(precise(300, real=False), {"z": z}.get), parse(f"{function}(z)"))
    assert abs(finer - found.middle) <= found.radius <= 1e-9 * abs(finer)


@pytest.mark.parametrize("x", [Fraction(10**9 + 1, 10**9), 1 + Fraction(1, 10**27)])
def test_acosh_keeps_its_digits_next_to_1(x: Fraction) -> None:
    found = ball("acosh(x)", 60, x=x)
    finer = value_of(lowest_table(precise(300, real=True), {"x": x}.get), parse("acosh(x)"))
    assert abs(finer - found.middle) <= found.radius <= 1e-25 * finer


@pytest.mark.parametrize("text", ["sin(pi)^0", "(x*3/3 - x)^0", "(sqrt(2)^2 - 2)^sin(pi)"])
def test_what_may_be_0_to_the_0_has_no_value(text: str) -> None:
    with pytest.raises(Undefined):
        ball(text, 30, x=Fraction(1, 7))


def test_a_branch_cut_is_not_crossed() -> None:
    for text in ("ln(z*z/z - z + z)", "sqrt(z*z/z)", "acosh(z*z/z)"):
        with pytest.raises(Undefined):
            ball(text, 30, real=False, z=complex(-2, 1e-31))
    on_the_cut = ball("sqrt(x - 3)", 30, real=False, x=1.5)
    assert complex(on_the_cut.middle) == pytest.approx(1j * math.sqrt(1.5))
