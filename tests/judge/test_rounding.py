"""Decimals in the place of exact numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.judge.rounding import rounded


@pytest.mark.parametrize(("answer", "wanted"), [
    ("0.33", "1/3"), ("-0.667", "-2/3"), ("3.14", "pi"), ("3.1416", "pi"), ("2.718", "e"), ("1.41", "sqrt(2)"),
    ("0.33x^2", "x^2/3"), ("0.5x + 0.33", "x/2 + 1/3"), ("ln(x) + 0.69", "ln(x) + ln(2)"), ("0.14", "1/7"),
    ("3.14159265358979323846264338327950", "pi"), ("0.0033", "1/300"),
])
def test_a_rounded_number(answer: str, wanted: str) -> None:
    assert rounded(parse(answer), parse(wanted))


@pytest.mark.parametrize(("answer", "wanted"), [
    ("0.34", "1/3"), ("0.3", "1/3"), ("0.03", "1/30"), ("3.15", "pi"), ("2.71", "e"), ("0.33x", "x^2/3"),
    ("3.0000000000000000000001", "3"), ("2.04x", "2x"), ("0.13", "1/8"), ("x", "2x"), ("1/3", "0.34"), ("0.33", "1/0"),
    ("2.718^x", "e^x"), ("0.33 + 0*ln(-1)", "1/3"), ("3.141592653589793238462643383278", "pi"),
])
def test_anything_else(answer: str, wanted: str) -> None:
    assert not rounded(parse(answer), parse(wanted))


@given(st.fractions(1, 100, max_denominator=99).filter(lambda number: 7 * number.denominator % 10 and
                                                       number.denominator % 2 and number.denominator % 5
                                                       and number.denominator > 1), st.integers(2, 12))
def test_every_fraction_may_be_rounded(number: Fraction, digits: int) -> None:
    decimal = round(number * 10**digits)
    text = f"{decimal // 10**digits}.{decimal % 10**digits:0{digits}}"
    assert rounded(parse(f"{text}*x"), parse(f"({number})*x"))
