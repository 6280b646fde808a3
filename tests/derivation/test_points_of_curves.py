"""Whether an equation has points at which a rate can be found."""

from __future__ import annotations

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.points_of_curves import is_rate_seen, points_with_rate
from tutor.expression.parse import parse
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("equation", "factor", "proved"), [
    ("x^2 + y^2 + 1 = 0", "2*y", "none"),
    ("e^x + y^2 = 0", "2*y", "none"),
    ("x^2 + y^2 = 0", "2*y", "no rate"),
    ("(x - 1)^2 + (y + 2)^2 = 0", "2*(y + 2)", "no rate"),
    ("(x - y)^2 = 0", "2*(y - x)", "no rate"),
    ("x^2 + y^2 = 25", "2*y", ""),
    ("x^2 - y^2 = 0", "-2*y", ""),
    ("y^3 = x", "3*y^2", ""),
])
def test_what_signs_prove_of_the_points_of_a_curve(equation: str, factor: str, proved: str) -> None:
    assert points_with_rate(parse(equation), parse(factor), Tidy(Style())) == proved


@pytest.mark.parametrize(("equation", "factor", "seen"), [
    ("x^2 + y^2 = 25", "2*y", True), ("x*y = 1", "x", True),
    ("x^2 - 2*x + y^2 + 1 = 0", "2*y", False),  # the point (1, 0) alone
])
def test_numbers_search_for_a_point_with_a_rate(equation: str, factor: str, seen: bool) -> None:
    assert is_rate_seen(parse(equation), parse(factor), "y", Oracle()) is seen
