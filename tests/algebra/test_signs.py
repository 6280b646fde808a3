"""What is known of signs, from the ranges of functions and what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.algebra.signs import holds, sign_of
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.parse import parse
from tutor.oracle.existence import holds_there

OF_ONE = sorted(function for function, block in FUNCTIONS.items() if block.arguments == (1, 1))


@pytest.mark.parametrize(("text", "sign"), [
    ("cosh(x)", "+"), ("sqrt(x)", "0+"), ("sqrt(x^2 + 1)", "+"), ("abs(x)", "0+"), ("abs(e^x)", "+"),
    ("relu(x)", "0+"), ("relu(x^2 + 1)", "+"), ("relu(-e^x)", "0+"), ("sec(x)", "!"), ("acot(x)", "!"),
    ("acos(x)", "0+"), ("acosh(x)", "0+"), ("sinh(x)", ""), ("sinh(e^x)", "+"), ("atan(-x^2 - 1)", "-"),
    ("cbrt(x^2)", "0+"), ("ln(x)", ""), ("acos(e^x)", "0+"),
    ("2 + cos(x)", "+"), ("1 - sin(x)", "0+"), ("1 - tanh(x)", "+"), ("1 - sin(x)^2", "0+"), ("1 - tanh(x)^2", "+"),
    ("cosh(x) - 1", "0+"), ("cosh(x)^2 - 1", "0+"), ("1/2 - cosh(x)", "-"), ("2 - atan(x)", "+"), ("3/2 - atan(x)", ""),
    ("1 - sech(x)", "0+"), ("sech(x) - 1", "0-"), ("asec(x) + 1", "+"), ("4 - acos(x)", "+"), ("3 - acos(x)", ""),
    ("5/2 - atan(x)^2", "+"), ("12 - acos(x)^2", "+"), ("exp(x) - 1", ""), ("1 - sqrt(x)", ""),
])  # fmt: skip
def test_signs(text: str, sign: str) -> None:
    assert sign_of(parse(text)) == sign


TRUE = {"+": ">", "0+": ">=", "-": "<", "0-": "<=", "0": "=", "!": "!="}


@given(st.sampled_from(OF_ONE), st.sampled_from(("-3", "-1", "-1/3", "0", "1/4", "1", "5/3", "10")),
       st.sampled_from(("{}", "{}^2", "2 - {}", "1 - {}^2", "{} - 1", "3*{} + 4", "{}^3 + 1")))
def test_a_sign_that_is_known_is_right_wherever_there_is_a_value(function: str, place: str, around: str) -> None:
    text = around.format(f"{function}(x)")
    sign = sign_of(parse(text))
    if sign:
        assert holds_there(parse(f"{text.replace('(x)', f'({place})')} {TRUE[sign]} 0")) is not False


def test_relations() -> None:
    assert holds(parse("sec(x) != 0")) is True
    assert holds(parse("cosh(x) < 0")) is False
    assert holds(parse("sinh(x) > 0")) is None


OF_SQUARES, SQUARED = "sum_{i=1}^{n} x_i^2", "(sum_{i=1}^{n} x_i)^2"


@pytest.mark.parametrize(("text", "sign"), [
    (f"n*{OF_SQUARES} - {SQUARED}", "0+"), (f"{OF_SQUARES} - {SQUARED}/n", "0+"), (f"{SQUARED} - n*{OF_SQUARES}", ""),
    (f"{OF_SQUARES} - {SQUARED}", ""), (f"n*{OF_SQUARES} - {SQUARED}/n", ""), (f"m*{OF_SQUARES} - {SQUARED}", ""),
    ("n*sum_{i=2}^{n} x_i^2 - (sum_{i=2}^{n} x_i)^2", ""), (f"n*sum_{{i=1}}^{{n}} y_i^2 - {SQUARED}", ""),
    (f"n*{OF_SQUARES} - 2*{SQUARED}", ""), ("1/x^2", "+"), ("1/x", "!"), ("x/x^2", ""), ("-2/abs(x)", "-"),
])
def test_how_far_numbers_are_apart(text: str, sign: str) -> None:
    assert sign_of(parse(text)) == sign
