"""What no compared digit shows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.expression.parse import parse
from tutor.oracle.points import Point
from tutor.oracle.visible import unseen, unseen_in_a_piece

POINTS = [Point(index, real=True) for index in range(8)]


@pytest.mark.parametrize(("text", "part"), [
    ("x + 10^(-50)*sin(x)", "10^(-50)*sin(x)"),
    ("tanh(10^9*x)", "10^9*x"),
    ("x + sigmoid(-10^9*|x|)", "sigmoid(-10^9*|x|)"),
    ("10^60 + atan(x)", "atan(x)"),
])
def test_names_a_part_that_does_not_show(text: str, part: str) -> None:
    assert unseen([parse(text)], POINTS) is parse(part)


@pytest.mark.parametrize("text", [
    "x^2 + 1", "sin(x)*e^x", "tanh(3x)", "sign(x) + step(x - 1)", "max(x, 100)", "x^0", "e^x",
    "cos(x)^2 + sin(x)^2 - 1",
    "(x - x)*sin(x)", "1000*x + 1", "sqrt(x)", "d/dx sin(x)", "(10^20 + x) - 10^20",
])
def test_everything_shows(text: str) -> None:
    assert unseen([parse(text)], POINTS) is None


def test_a_kink_has_to_show_in_every_piece() -> None:
    point, relu = POINTS[0], parse("relu(x - 50)")
    far, near = [point.moved("x", Fraction(60)), point.moved("x", Fraction(70))], [point.moved("x", Fraction(7))]
    for text in ("10^70 + relu(x - 50)", "(10^80 + relu(x - 50)) - 10^80"):  # too small beside it, or lost in rounding
        assert unseen_in_a_piece([parse(text)], [relu], [near, far]) is relu
    assert unseen_in_a_piece([parse("x + relu(x - 50)")], [relu], [near, far]) is None
    assert unseen_in_a_piece([parse("sqrt(20 - x) + relu(x - 50)")], [relu], [near, far]) is None  # no value far out
