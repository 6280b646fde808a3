"""Bounds are true at every point, and close where books use them."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.algebra.expressions import EXPRESSIONS
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.oracle.bounds import bounds_of
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL
from tutor.oracle.table import Undefined, lowest_table
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("text", "low", "high"), [
    ("2*sin(x) + 3", 1, 5),
    ("x^2 + 1", 1, inf),
    ("1 - sin(x)", 0, 2),
    ("x", -inf, inf),
    ("1/(2 + cos(x))", 1 / 3, 1),
    ("-e^x", -inf, 0),
    ("sqrt(x)*e^x", 0, inf),
    ("cos(x)^2", 0, 1),
    ("x^3", -inf, inf),
    ("(3*sin(x))^9", -19683, 19683),
    ("sin(x)^99999999", -1, 1),
    ("(3*sin(x))^99999999", -inf, inf),  # the closest bounds have 50 million digits
    ("(3*sin(x))^99999998", 0, inf),
])
def test_bounds(text: str, low: float, high: float) -> None:
    found = bounds_of(parse(text))
    assert float(found[0]) == pytest.approx(low)
    assert float(found[1]) == pytest.approx(high)


@settings(max_examples=200)
@given(EXPRESSIONS, st.floats(-5, 5), st.floats(-5, 5), st.floats(0.1, 5))
def test_no_value_lies_outside(root: Expression, x: float, y: float, a: float) -> None:
    low, high = bounds_of(root)
    try:
        value = value_of(lowest_table(REAL, {"x": x, "y": y, "a": a, "n": 2.0}.get), root)
    except Undefined:
        return
    assert isinstance(value, float | int)
    assert low - 1e-9 * abs(value) <= value <= high + 1e-9 * abs(value)


@pytest.mark.parametrize(("left", "right"), [
    ("abs(sin(x) + 1)", "sin(x) + 1"),
    ("abs(x + sqrt(x^2 + 1))", "x + sqrt(x^2 + 1)"),
    ("abs(2*sqrt((x + 1)/(2*x + 3)) + sqrt(2))", "2*sqrt((x + 1)/(2*x + 3)) + sqrt(2)"),
    ("sign(e^x + x^2 + 1)", "1"),
])
def test_where_nothing_changes_its_sign_there_is_no_kink(left: str, right: str) -> None:
    assert Oracle().compare(parse(left), parse(right)).outcome == "checked"


@pytest.mark.parametrize(("left", "right"), [
    ("abs(x + sqrt(x^2 - 1))", "x + sqrt(x^2 - 1)"),
    ("abs(2*x + sqrt(x^2 + 3))", "2*x + sqrt(x^2 + 3)"),
])
def test_a_change_of_sign_behind_a_root_is_seen(left: str, right: str) -> None:
    assert Oracle().compare(parse(left), parse(right)).outcome == "refuted"
