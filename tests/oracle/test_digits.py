"""Numbers with as many digits as a person needs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.oracle.digits import exactly, in_digits, numbers_at, place_in_words, told_apart


@pytest.mark.parametrize(("number", "written"), [
    (0.5403023058681398, "0.5403"), (-2e-16, "-2·10⁻¹⁶"), (1 + 2j, "1 + 2i"), (-0.0, "0"), (123456, "123456"),
])
def test_a_number_in_four_digits(number: float | complex, written: str) -> None:
    assert in_digits(number, 4) == written


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(4, 16))
def test_what_is_written_can_be_read(number: float, digits: int) -> None:
    assert parse(in_digits(number, digits)) is not None


def test_numbers_that_differ_are_written_so_that_it_shows() -> None:
    assert told_apart(3.14159265, 3.14159) == ("3.141593", "3.14159")


def test_a_place_is_told_in_words_and_as_relations() -> None:
    place = {"x": 1.307, "y": -0.52171234}
    assert place_in_words(place) == "x = 1.307, y = -0.521712"
    assert [str(each) for each in numbers_at(place)] == ["x = 1.307", "y = -0.521712"]


@pytest.mark.parametrize(("value", "text"), [
    (Fraction(27, 5), "5.4"), (Fraction(-27, 5), "-5.4"), (Fraction(2, 3), "2/3"), (Fraction(-2, 3), "-2/3"),
    (Fraction(0), "0"), (Fraction(-4), "-4"),
])
def test_exactly(value: Fraction, text: str) -> None:
    assert str(exactly(value)) == text
