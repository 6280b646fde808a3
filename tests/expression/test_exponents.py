"""Which exponents take an odd root."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.exponents import integer_root, odd_root
from tutor.expression.parse import parse


@pytest.mark.parametrize(("exponent", "value"), [
    ("1/3", "1/3"), ("-1/3", "-1/3"), ("2/6", "1/3"), ("1/3 - 1", "-2/3"), ("2*(1/5)", "2/5"), ("3/7 + 1/7", "4/7"),
])
def test_finds_odd_roots(exponent: str, value: str) -> None:
    assert odd_root(parse(exponent)) == Fraction(value)


@pytest.mark.parametrize("exponent", [
    "1/2", "3/4", "1/6", "1/3 + 1/6", "3", "6/3", "0.2", "0.5*2/3", "a", "a/3", "pi/3", "1/0", "sqrt(1/9)", "1/(2-2)",
])
def test_all_else_takes_none(exponent: str) -> None:
    assert odd_root(parse(exponent)) is None


@given(st.integers(-40, 40), st.integers(1, 40))
def test_only_the_reduced_denominator_counts(above: int, below: int) -> None:
    value = Fraction(above, below)
    expected = value if value.denominator % 2 and value.denominator > 1 else None
    assert odd_root(parse(f"({above})/{below}")) == expected


@given(st.integers(0, 10**12), st.integers(2, 9))
def test_finds_the_root_of_a_power_and_of_nothing_beside_it(number: int, degree: int) -> None:
    power = number**degree
    assert integer_root(power, degree) == number
    assert integer_root(power + 1, degree) == (1 if number == 0 else None)
