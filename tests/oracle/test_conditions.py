"""Cases as the oracle sees them: which one counts, where they meet, and which signs cannot stand together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.expression.tree import add, multiply, name, rational
from tutor.oracle import Oracle
from tutor.oracle.conditions import holds_with, joints_of
from tutor.oracle.impossible import together
from tutor.oracle.program import program_of


@pytest.mark.parametrize(("cases", "at", "value"), [
    ("{ln(x) if x > 0; 0 otherwise}", -1.0, 0.0), ("{1 if x < 0; 2 if x < 1; 3 otherwise}", 0.5, 2.0),
    ("{1 if x < 0; 2 if x < 1; 3 otherwise}", 1.0, 3.0), ("{1 if 0 <= x < 1}", 2.0, None),
    ("{x if x = 2; 5 if x != 2}", 2.0, 2.0), ("{1 if sqrt(x) < 5; 2 otherwise}", -1.0, None),
    ("d/dx {x^2 if x < 1; 5x otherwise}", 0.5, 1.0), ("d/dx {x^2 if x < 1; 5x otherwise}", 2.0, 5.0),
])
def test_the_first_case_that_holds_counts(cases: str, at: float, value: float | None) -> None:
    found = Oracle().value(parse(cases), {"x": at})
    assert found == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(("left", "right", "outcome"), [
    ("{x if x > 0; -x otherwise}", "abs(x)", "checked"), ("{x if x > 0; -x otherwise}", "x", "refuted"),
    ("sin({x if x < 100; x + 1 otherwise})", "sin(x)", "refuted"),
    ("{x if x < a; a otherwise}", "min(x, a)", "checked"),
    ("huber(x, d)", "{x^2/2 if -d <= x <= d; d*(abs(x) - d/2) otherwise}", "checked"),
    ("huber(w*x - y, 2)", "{(w*x - y)^2/2 if abs(w*x - y) < 2; 2*abs(w*x - y) - 2 otherwise}", "checked"),
    ("huber(x, d)", "x^2/2", "refuted"), ("elu(x, 2)", "{x if x > 0; 2*e^x - 2 otherwise}", "checked"),
    ("leaky_relu(x, a)", "max(x, 0) + a*min(x, 0)", "checked"), ("hinge(x)", "relu(1 - x)", "checked"),
    ("logsumexp(a, b)", "max(a, b) + ln(1 + e^-abs(a - b))", "checked"), ("{x if x < 1}", "{x if x > 1}", "undecided"),
    ("d/dd huber(x, d)", "{0 if abs(x) <= d; abs(x) - d otherwise}", "checked"),
    ("silu(x)", "x*sigmoid(x)", "checked"), ("gelu(x)", "x*(1 + erf(x/sqrt(2)))/2", "checked"),
    ("logit(x)", "ln(x) - ln(1 - x)", "checked"),
    ("binary_cross_entropy(p, y)", "-y*ln(p) - (1 - y)*ln(1 - p)", "checked"),
])
def test_comparing(left: str, right: str, outcome: str) -> None:
    assert Oracle().compare(parse(left), parse(right)).outcome == outcome


def test_nothing_overflows() -> None:
    assert Oracle().value(parse("logsumexp(1000, 1000 + x)"), {"x": 0.0}) == pytest.approx(1000.6931471805599)
    assert Oracle().value(parse("normal_cdf(x)"), {"x": -20.0}) == pytest.approx(2.7536241186062337e-89)


@pytest.mark.parametrize(("relation", "joints"), [
    ("x < 1", ["x - 1"]), ("abs(x) <= d", ["x - d", "x + d"]), ("d > abs(x)", ["x - d", "x + d"]), ("x = 2", ["x - 2"]),
])
def test_joints(relation: str, joints: list[str]) -> None:
    assert [str(joint) for joint in joints_of(parse(relation))] == joints


@pytest.mark.parametrize(("relation", "signs", "holds"), [
    ("abs(x) <= d", (-1, 1), True), ("abs(x) <= d", (1, 1), False), ("abs(x) > d", (1, 1), True),
    ("d < abs(x)", (-1, 1), False),
    ("x < 1", (-1,), True), ("x = 1", (-1,), False), ("x != 1", (1,), True),
])
def test_whether_it_holds(relation: str, signs: tuple[int, ...], holds: bool) -> None:
    read = parse(relation)
    assert holds_with(read, dict(zip(joints_of(read), signs, strict=True))) is holds


@pytest.mark.parametrize(("signs", "possible"), [
    ([("x - d", 1), ("x + d", -1), ("d", 1)], False), ([("x - d", 1), ("x + d", -1), ("d", -1)], True),
    ([("x - 1", 1), ("x - 2", -1)], True), ([("x - 1", -1), ("x - 2", 1)], False),
    ([("2*x/3 + y", 1), ("-x - y", 1)], True),
    ([("sin(x) - 1", 1), ("sin(x)", -1)], False), ([("3", -1)], False), ([("3", 1)], True), ([], True),
])
def test_signs_that_cannot_stand_together(signs: list[tuple[str, int]], possible: bool) -> None:
    assert together([(parse(text), sign) for text, sign in signs]) is possible


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=5),
       st.integers(-5, 5), st.integers(-5, 5))
def test_signs_that_a_point_shows_are_possible(forms: list[tuple[int, int, int]], x: int, y: int) -> None:
    signs = []
    for a, b, c in forms:
        value = a * x + b * y + c
        terms = [multiply(rational(factor), name(letter)) for factor, letter in ((a, "x"), (b, "y"))]
        if value:
            signs.append((add(*terms, rational(c)), 1 if value > 0 else -1))
    assert together(signs)


@pytest.mark.parametrize(("text", "at", "value", "is_kink"), [
    ("{x^2 if x < 1; 2*x - 1 otherwise}", 3.0, 5.0, False), ("{ln(x) if x > 0; 7 otherwise}", -1.0, 7.0, False),
    ("1 + 2*{x if x < 1; 1 otherwise}", 1.0, 3.0, True), ("hinge(x)", 1.0, 0.0, True), ("hinge(x)", 0.0, 1.0, False),
    ("leaky_relu(x, 0.1)", -2.0, -0.2, False), ("leaky_relu(x, 0.1)", 0.0, 0.0, True), ("huber(x, 1)", 3.0, 2.5, False),
    ("logsumexp(x, 0, 0)", 0.0, 1.0986122886681098, False),
])
def test_programs_choose_a_case(text: str, at: float, value: float, is_kink: bool) -> None:
    program = program_of([parse(text)], ["x"])
    assert program.at([at]) == [pytest.approx(value)]
    assert program.at_a_kink() is is_kink
