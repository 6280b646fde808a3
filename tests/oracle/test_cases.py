"""Kinks resolved by the signs of their arguments."""

from __future__ import annotations

import pytest

from tests.narrowed import not_none
from tutor.expression.parse import parse
from tutor.oracle.cases import MOST_ARGUMENTS, SignCase, cases_of
from tutor.oracle.pieces import kinks, sites_of
from tutor.oracle.points import Point

POINTS = [Point(index, real=True) for index in range(6)]


def cases(left: str, right: str, *assumptions: str) -> list[SignCase] | None:
    sides = parse(left), parse(right)
    return cases_of(*sides, [parse(each) for each in assumptions], sites_of(sides, kinks), POINTS)


def test_each_sign_makes_a_case() -> None:
    found = cases("|sin(x)|", "sin(x)*sign(sin(x))")
    assert [(str(case.left), str(case.right)) for case in not_none(found)] == [
        ("sin(x)", "sin(x)*1"), ("-sin(x)", "sin(x)*(-1)")]


@pytest.mark.parametrize(("left", "right", "count"), [
    ("|2x + 1|", "2*|x + 1/2|", 2),     # one sign decides both
    ("|x - 3|", "|3 - x|", 2),
    ("|x*y|", "|x|*|y|", 4),            # the sign of a product is that of its factors
    ("relu(x)", "|y|", 4),
    ("|-5x|", "5*|x|", 2),
    ("max(a, b, c)", "-min(-a, -b, -c)", 6),    # a > b, b > c and c > a cannot be
    ("2x", "x + x", 1),
    ("|x^2*y^3|", "x^2*|y|^3", 2),      # even powers have no sign
    ("sign(a - x)", "sign(a - x - relu(a - 40))", 6),   # the same for a < 40, and not everywhere
])  # fmt: skip
def test_only_what_can_differ_makes_cases(left: str, right: str, count: int) -> None:
    assert len(not_none(cases(left, right))) == count


def test_assumptions_leave_cases_out() -> None:
    (case,) = not_none(cases("|x - y|", "x - y", "x > y"))
    assert str(case.left) == "x - y"


def test_what_stands_in_a_kink_has_the_sign_that_the_others_leave_it() -> None:
    found = not_none(cases("max(-d, min(r, d))", "{r if |r| <= d; d*sign(r) otherwise}", "d > 0"))
    assert {(str(case.left), str(case.right)) for case in found} == {("r", "r"), ("d", "d*1"), ("-d", "d*(-1)")}


def test_an_odd_root_stays_and_its_sign_is_assumed() -> None:
    above, below = not_none(cases("cbrt(x)", "cbrt(x)"))
    assert [str(case.left) for case in (above, below)] == ["cbrt(x)", "cbrt(x)"]
    assert [str(case.assumptions[0]) for case in (above, below)] == ["x > 0", "x < 0"]


def test_too_many_or_unclear_arguments_give_none() -> None:
    many = "+".join(f"|x - {place}|" for place in range(MOST_ARGUMENTS + 1))
    assert cases(many, many) is None
    assert cases("|x - x|", "0") is None
    assert cases("relu(u) at (u = x) + relu(u)", "0") is None
