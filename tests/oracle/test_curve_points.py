"""Points of a curve that are found with numbers alone."""

from __future__ import annotations

from itertools import islice

import pytest

from tutor.expression.parse import parse
from tutor.oracle.curve_points import points_where
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize("text", ["x^2 + y^2 - 25", "x*y - 1", "x^3 + y^3 - 6*x*y", "ln(y) - x", "e^(x*y) - x - y"])
def test_the_expression_is_0_at_every_point_that_is_found(text: str) -> None:
    oracle, gap = Oracle(), parse(text)
    points = list(islice(points_where(oracle, gap, "y", ["x"]), 6))
    assert len(points) == 6
    for point in points:
        value = oracle.value(gap, point)
        assert value is not None
        assert abs(value) < 1e-9


def test_what_is_known_stays_as_it_is() -> None:
    point = next(points_where(Oracle(), parse("x^2 + y^2 - 25"), "y", [], {"x": 3.0}))
    assert point["x"] == 3
    assert abs(point["y"]) == pytest.approx(4)


@pytest.mark.parametrize("text", ["x^2 + y^2 + 1", "x^2 + y^2", "1/(x - y)"])
def test_where_no_sign_changes_and_at_a_pole_nothing_is_found(text: str) -> None:
    assert next(points_where(Oracle(), parse(text), "y", ["x"]), None) is None
