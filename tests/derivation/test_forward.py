"""A graph at numbers: forward values and slopes, exact where they can be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.derivation.backward import slopes_of
from tutor.derivation.forward import AtNumbers, at_numbers, places_of
from tutor.errors import TutorError


def found_at(lines: str, places: str) -> AtNumbers:
    return at_numbers(slopes_of(lines), places_of(places))


def test_fractions_stay_exact() -> None:
    found = found_at("q = x + y; f = q*z/3", "x = -2, y = 5, z = -4")
    assert found.forward["f"] == Fraction(-4)
    assert isinstance(found.slopes["x"], Fraction)
    assert found.slopes == {"f": 1, "q": Fraction(-4, 3), "x": Fraction(-4, 3), "y": Fraction(-4, 3), "z": 1}


@pytest.mark.parametrize(("lines", "places", "message"), [
    ("z = w*x; L = z^2", "w = 1", "There is no number for x."),
    ("z = ln(x); L = z^2", "x = -1", "z = ln(x) has no value at these numbers"),
    ("z = 3*x + 1; L = relu(z)", "x = -1/3", "At z = 0 the line L = relu(z) has no slope by z: relu(z) has slope 0 on "
     "the left of 0 and 1 on the right. So the backward pass cannot go on through it. PyTorch, TensorFlow and JAX go "
     "on with the slope 0 of relu at its corner. That is a convention"),
    ("z = x; a = abs(z); L = a + 3", "x = 0", "At z = 0 the line a = abs(z) has no slope by z: abs(z) has slope -1"),
    ("z = x; L = max(z, 1)", "x = 1", "At z = 1 the line L = max(z, 1) has no slope by z"),
    ("z = x; L = sqrt(z)", "x = 0", "At z = 0 the line L = sqrt(z) has no slope by z: sqrt(z) has no real values on"),
    ("z = x; L = abs(z)*z", "x = y", "x = y is no number for a letter."),
    ("z = x; L = z^2", "x = 1, x = 2", "There are two numbers for x."),
    ("z = x; L = z^2", "x", "x is no number for a letter."),
])
def test_what_has_no_value_is_said(lines: str, places: str, message: str) -> None:
    with pytest.raises(TutorError) as error:
        found_at(lines, places)
    assert str(error.value).startswith(message)


def test_a_line_that_the_loss_does_not_use_names_no_part_of_it() -> None:
    """1/(x^2 + 1) has the square that stands on the line of d, but the way to L does not pass there."""
    found = found_at("z = 2*x; d = z*z; L = z/(z^2 + 1)", "x = 1")
    assert found.slopes["x"] == Fraction(-6, 25)


def test_a_slope_where_a_part_has_a_kink() -> None:
    """The slope of z*|z| is 2|z|, also at 0."""
    assert found_at("z = x; L = z*abs(z)", "x = 0").slopes["x"] == 0


@pytest.mark.parametrize("places", ["w = 1, x = 2", "w=1;x=2", "w=1 x=2", " w = 1,\n x = 2 ", "w=2/2, x=1+1"])
def test_numbers_may_stand_in_any_way(places: str) -> None:
    assert {letter: str(value) for letter, value in places_of(places).items()}.keys() == {"w", "x"}
    assert found_at("z = w*x; L = z^2", places).slopes["w"] == 8
