"""How far a number may be off, as a distance and as a share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import rational
from tutor.lesson.tolerance import tolerance
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("within", "right", "answer", "reached"), [
    ("0.01", "1/3", "0.33", True), ("0.01", "1/3", "0.32", False), ("0.1", "2", "2.1", True),
    ("1%", "100", "99", True), ("1%", "100", "101", True), ("1%", "100", "98.9", False), ("1 %", "-100", "-99", True),
    ("1%", "-100", "100", False), ("1%", "100", "0", False), ("1/2%", "200", "201", True),
    ("1/2%", "200", "201.1", False),
    ("1%", "pi", "3.14", True), ("1%", "pi", "3.1", False), ("1%", "1.6e-19", "0", False),
    ("1%", "1.6e-19*pi", "0", False), ("1%", "1.6e-19*pi", "5e-19", True), ("0.1", "pi", "pi + 0.1", True),
    ("1", "10^30", "10^30 + 2", None), ("1", "10^30", "10^30", True), ("1e-30", "pi", "3.141592653589793", None),
    ("1", "2", "sqrt(-1)", None), ("1", "2", "1/0", None), ("5%", "d/dx [x^2] at (x = 1)", "2.1", True),
])
def test_what_is_near_enough(within: str, right: str, answer: str, reached: bool | None) -> None:
    assert tolerance(within, parse).reaches(parse(answer), parse(right), Oracle()) is reached


@given(st.fractions(-1000, 1000), st.fractions(-1000, 1000), st.integers(1, 99))
def test_a_share_of_the_right_number(right: Fraction, answer: Fraction, percent: int) -> None:
    found = tolerance(f"{percent}%", parse).reaches(rational(answer), rational(right), Oracle())
    assert found is (abs(answer - right) * 100 <= percent * abs(right))


@pytest.mark.parametrize(("within", "said"), [
    ("0.01", "Within 0.01 of 1/3."), ("1%", "Within 1% of 1/3."), ("1/2 %", "Within 1/2% of 1/3."),
])
def test_how_it_is_said(within: str, said: str) -> None:
    assert tolerance(within, parse).said("Within {within} of {value}.", parse("1/3")).written() == said


@pytest.mark.parametrize("within", ["%", " %", "2%%", "1% of it", "("])
def test_what_cannot_be_read(within: str) -> None:
    with pytest.raises(TutorError):
        tolerance(within, parse)
