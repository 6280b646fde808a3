"""Functions that are defined in cases, written out."""

from __future__ import annotations

import pytest

import tutor
from tutor.derivation.critical_cases import written_out
from tutor.expression.parse import parse


@pytest.mark.parametrize(("function", "expected"), [
    ("huber(x, 1)", "{x^2/2 if abs(x) <= 1; abs(x) - 1/2 otherwise}"),
    ("2*huber(x - 1, 3)", "2*{(x - 1)^2/2 if abs(x - 1) <= 3; 3*(abs(x - 1) - 3/2) otherwise}"),
    ("leaky_relu(x)", "{x if x > 0; 0.01*x otherwise}"),
    ("hinge(2x)", "relu(1 - 2*x)"),
    ("huber(x, -1)", "huber(x, -1)"),
    ("huber(x, d)", "huber(x, d)"),
    ("abs(x) + relu(x)", "abs(x) + relu(x)"),
])
def test_functions_with_joints_are_written_out(function: str, expected: str) -> None:
    assert str(written_out(parse(function))) == expected


@pytest.mark.parametrize(("function", "points"), [
    ("huber(x, 1)", [("0", "0", "minimum")]),
    ("huber(x - 2, 1) - x/2 on (-2, 2]", [("2", "-1", "minimum")]),
    ("hinge(x) + x^2", [("1/2", "3/4", "minimum"), ("1", "1", "neither")]),
    ("leaky_relu(x) - x^2", [("0", "0", "neither"), ("1/2", "1/4", "maximum")]),
])
def test_their_joints_are_places_to_look_at(function: str, points: list[tuple[str, str, str]]) -> None:
    found = tutor.critical_points(function)
    assert [(str(each.at["x"]), str(each.value), each.kind) for each in found.points] == points
    assert found.complete
