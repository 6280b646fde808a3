"""What no compared digit shows."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.oracle.points import Point
from tutor.oracle.visible import unseen

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
