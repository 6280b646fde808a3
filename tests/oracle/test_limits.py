"""Limits seen by numbers that come closer and closer: right ones, wrong ones, and what cannot be made out."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.oracle.limits import has_no_values_near
from tutor.oracle.verdict import Oracle

CASES = [
    ("lim_(x->0) sin(x)/x", "1", "checked"), ("lim_(x->0) sin(x)/x", "2", "refuted"),
    ("lim_(x->0) (sin(x)-x+x^3/6)/x^5", "1/120", "checked"), ("lim_(x->0) (sin(x)-x+x^3/6)/x^5", "0", "refuted"),
    ("lim_(x->0+) x^x", "1", "checked"), ("lim_(x->0+) x*ln(x)", "0", "checked"),
    ("lim_(x->0) sqrt(x)", "0", "checked"),
    ("lim_(x->0) x*sin(1/x)", "0", "checked"), ("lim_(x->infinity) (1+1/x)^x", "e", "checked"),
    ("lim_(x->infinity) (sqrt(x^2+x)-x)", "1/2", "checked"), ("lim_(x->infinity) (sqrt(x^2+x)-x)", "1/3", "refuted"),
    ("lim_(x->infinity) ln(x)", "infinity", "checked"), ("lim_(x->infinity) ln(x)", "-infinity", "refuted"),
    ("lim_(x->infinity) ln(x)", "88", "refuted"), ("lim_(x->infinity) x^5/e^x", "0", "checked"),
    ("lim_(x->infinity) e^x/x^5", "infinity", "checked"), ("lim_(x->-infinity) e^x", "0", "checked"),
    ("lim_(x->infinity) e^(e^x)/e^x", "infinity", "checked"), ("lim_(x->pi/2) sin(x)", "1", "checked"),
    ("lim_(x->(pi/2)-) tan(x)", "infinity", "checked"), ("lim_(x->pi/2) tan(x)", "infinity", "refuted"),
    ("lim_(x->0) abs(x)/x", "1", "refuted"), ("lim_(x->0+) abs(x)/x", "1", "checked"),
    ("lim_(x->0-) e^(1/x)", "0", "checked"), ("lim_(x->0) e^(1/x)", "0", "refuted"),
    ("lim_(x->0) sin(1/x)", "0", "refuted"), ("lim_(x->infinity) sin(pi*x)", "0", "refuted"),
    ("lim_(h->0) ((x+h)^2-x^2)/h", "2*x", "checked"), ("lim_(h->0) (sin(x+h)-sin(x))/h", "sin(x)", "refuted"),
    ("lim_(x->a) (x^2-a^2)/(x-a)", "2*a", "checked"), ("lim_(x->0) x + lim_(x->1) 2*x", "2", "checked"),
    ("lim_(x->0) (d/dx [sin(x)])/(d/dx [x])", "1", "checked"),
    ("3 + infinity", "infinity", "checked"), ("1/infinity", "0", "checked"), ("2*infinity", "-infinity", "refuted"),
    # slow
    ("lim_(x->0) 1/ln(x)", "0", "checked"), ("lim_(x->0) 1/ln(x)", "0.001", "refuted"),
    ("lim_(x->infinity) x^(-0.1)", "0", "checked"), ("lim_(x->infinity) ln(x)^10/x^(1/10)", "0", "checked"),
    ("lim_(x->infinity) ln(x)^10/x^(1/10)", "infinity", "refuted"), ("lim_(x->0+) atan(ln(x))", "-pi/2", "checked"),
    ("lim_(x->infinity) ln(5*x)/ln(x)", "1", "checked"), ("lim_(x->infinity) x^(1/ln(x))", "e", "checked"),
    # with integrals
    ("lim_(b->infinity) int_0^b e^(-x) dx", "1", "checked"), ("lim_(x->0) (int_0^x sin(t^2) dt)/x^3", "1/3", "checked"),
    ("lim_(x->0) (int_0^x sin(t^2) dt)/x^3", "1/4", "refuted"),
    # that swing ever wider
    ("lim_(x->infinity) x*sin(x)", "infinity", "refuted"),
    # too slow, too wild, too far out, or nothing that numbers could say
    ("lim_(x->infinity) ln(ln(x))", "infinity", "undecided"),
    ("lim_(x->infinity) x/(x+1e60)", "0", "undecided"), ("infinity - infinity", "0", "undecided"),
    ("lim_(x->0) lim_(y->0) x*y", "0", "undecided"),
    ("lim_(x->0) ln(-1-x^2)", "0", "undecided"),
    ("ln(lim_(x->infinity) x^(-1.1))", "lim_(x->infinity) ln(x^(-1.1))", "undecided"),
    ("lim_(x->x) x", "0", "undecided"),
    ("lim_(x->infinity) (x + e^400)", "infinity", "undecided"), ("infinity + e^400", "infinity", "undecided"),
    ("lim_(x->infinity) (x^2 + 10^400)", "infinity", "undecided"), ("lim_(x->0) (x + e^400*x)", "0", "undecided"),
    ("lim_(x->infinity) (x + 10^30)", "infinity", "checked"), ("lim_(x->0) e^50*sin(x)/x", "e^50", "checked"),
]


@pytest.mark.parametrize(("left", "right", "outcome"), CASES, ids=[f"{left} = {right}" for left, right, _ in CASES])
def test_what_is_seen(left: str, right: str, outcome: str) -> None:
    assert Oracle().compare(parse(left), parse(right)).outcome == outcome
    assert Oracle().compare(parse(right), parse(left)).outcome == outcome


def test_a_refutation_says_what_each_side_comes_to() -> None:
    found = Oracle().compare(parse("lim_(x->0) abs(x)/x"), parse("1"))
    assert found.sentence == ("the left side comes to -1 from the left and to 1 from the right, "
                              "the right side comes to 1")


def test_a_condition_that_is_a_limit_is_looked_at() -> None:
    sides = parse("lim_(x->0) sin(g)/g"), parse("1")
    assert Oracle().compare(*sides, [parse("lim_(x->0) g = 0")]).outcome == "undecided"


@pytest.mark.parametrize(("limit", "expected"), [
    ("lim_(x->-infinity) (x^2 + ln(x))", True), ("lim_(x->0-) x*ln(x)", True), ("lim_(x->2) asin(x)", True),
    ("lim_(x->0) x*ln(x)", False), ("lim_(x->infinity) ln(ln(x))", False), ("lim_(x->0) ln(a + x)", False),
])
def test_whether_there_are_values_near_the_place(limit: str, expected: bool) -> None:
    assert has_no_values_near(parse(limit)) is expected
