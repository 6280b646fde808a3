"""The place of a minimum on either side of a kink, in one formula."""

from __future__ import annotations

import pytest

from tests.narrowed import not_none
from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.critical_formula import in_one_formula
from tutor.derivation.critical_points import critical_points
from tutor.expression.parse import parse
from tutor.expression.tree import name


@pytest.mark.parametrize(("function", "formula", "rule"), [
    ("1/2*(w - a)^2 + k*abs(w), k > 0", "sign(a)*max(abs(a) - k, 0)", "soft_threshold"),
    ("(w - a)^2 + k*abs(w), k >= 0", "sign(a)*max(abs(a) - k/2, 0)", "soft_threshold"),
    ("c*(w - a)^2/2 + k*abs(w) with k > 0, c > 0", "sign(a)*max(abs(a) - k/c, 0)", "soft_threshold"),
    ("1/2*(w - 3)^2 + m*abs(w) where m > 0", "max(3 - m, 0)", "soft_threshold"),
    ("1/2*(w - a)^2 + b^2*abs(w)", "sign(a)*max(abs(a) - b^2, 0)", "soft_threshold"),
    ("1/2*(w - a)^2 + 3*abs(w)", "sign(a)*max(abs(a) - 3, 0)", "soft_threshold"),
    ("1/2*(w - a)^2 + k*max(w, 0), k > 0", "min(a, 0) + max(a - k, 0)", "left_right_or_joint"),
    ("1/2*(w - a)^2 + k*abs(w - 2), k > 0", "min(a + k, 2) + max(a - k, 2) - 2", "left_right_or_joint"),
])
def test_one_formula(function: str, formula: str, rule: str) -> None:
    found = critical_points(function, "w")
    one = not_none(found.formula)
    assert (str(one.formula), one.rule.name, one.assumed, one.check.outcome) == (formula, rule, (), "checked")
    assert all(point.is_global and point.kind == "minimum" for point in found.points)
    assert found.checked


def test_what_is_not_said_is_a_condition() -> None:
    found = critical_points("1/2*(w - a)^2 + t*abs(w)", "w")
    assert list(map(str, not_none(found.formula).assumed)) == ["t >= 0"]
    assert not any(point.is_global for point in found.points)


@pytest.mark.parametrize("function", [
    "1/2*(w - a)^2 + t*abs(w), t < 0",  # the kink is a maximum, or nothing
    "(w - a)^2 - t*abs(w), t > 0",
    "c*(w - a)^2 + t*abs(w), t > 0",  # c may be negative
    "e^w - a*w + t*abs(w), t > 0",  # one slope need not be 0 anywhere
    "(w - a)^2 + t*abs(w) + t*abs(w - 1), t > 0",  # two kinks
    "(w - a)^2 + t*sign(w), t > 0",  # a jump
    "(w - a)^2*sign(w)",
])
def test_where_there_is_none(function: str) -> None:
    found = critical_points(function, "w")
    assert found.formula is None
    assert not any(point.is_global for point in found.points)


def test_a_formula_is_checked_with_numbers() -> None:
    found = not_none(in_one_formula(parse("a + t"), parse("a - t"), parse("0"), {name("t"): "+"}, (parse("t > 0"),),
                                    Tidy(Style())))
    assert found.check.outcome == "checked"
    assert in_one_formula(parse("a - t"), parse("a + t"), parse("0"), {name("t"): "+"}, (), Tidy(Style())) is None
