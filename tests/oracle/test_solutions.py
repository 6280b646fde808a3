"""Whether equations have the same solutions, by numbers."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.oracle.solutions import same_solutions

SAME = [
    ("x^2 = 4", ["x = 2", "x = -2"]),
    ("(x - 1)*(x + 3) = 0", ["x - 1 = 0", "x + 3 = 0"]),
    ("e^x = 5", ["x = ln(5)"]),
    ("e^x + 1 = 0", []),
    ("sigmoid(x) = 0", []),
    ("1/x = 0", []),
    ("a*x + b = 0", ["x = -b/a"]),
    ("x*ln(x) = 0", ["x = 0", "ln(x) = 0"]),
    ("(x - 1)^4 = 0", ["x = 1"]),
    ("((x - 1)^2)^2 = 0", ["(x - 1)^2 = 0"]),
    ("sin(x)^2 = 0", ["sin(x) = 0"]),
    ("e^(-x^2) = 0", []),
]

OTHERS = [
    ("x^2 = 4", ["x = 2"], "lost"),
    ("x^2 = 4", [], "lost"),
    ("x - 2 = 0", ["x^2 = 4"], "came in"),
    ("2*x = 6", ["x = 12"], "lost"),
    ("sin(x) = 1/2", ["x = pi/6"], "lost"),
    ("a*x + b = 0", ["x = b/a"], "lost"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_the_same(before: str, after: list[str]) -> None:
    assert same_solutions(parse(before), [parse(each) for each in after], name("x")).outcome == "checked"


@pytest.mark.parametrize(("before", "after", "why"), OTHERS)
def test_others(before: str, after: list[str], why: str) -> None:
    found = same_solutions(parse(before), [parse(each) for each in after], name("x"))
    assert found.outcome == "refuted"
    assert why in found.sentence


@pytest.mark.parametrize(("before", "after"), [
    ("(x - 1)^2*(x - 2) = 0", ["x = 2"]),
    ("cos(x) = 1", []),
])
def test_sides_that_only_touch_are_left_undecided(before: str, after: list[str]) -> None:
    found = same_solutions(parse(before), [parse(each) for each in after], name("x"))
    assert found.outcome == "undecided"
    assert "seem to touch" in found.reason


def test_a_letter_for_every_whole_number() -> None:
    every = (name("k"),)
    assert same_solutions(parse("sin(x) = 0"), [parse("x = pi*k")], name("x"), every).outcome == "checked"
    assert same_solutions(parse("sin(9*x) = 0"), [parse("9*x = pi*k")], name("x"), every).outcome == "checked"
    found = same_solutions(parse("sin(x) = 0"), [parse("x = 2*pi*k")], name("x"), every)
    assert (found.outcome, "lost" in found.sentence) == ("refuted", True)
    assert same_solutions(parse("sin(x) = 0"), [parse("x = pi*k/2")], name("x"), every).outcome == "refuted"


def test_what_cannot_be_computed_is_not_decided() -> None:
    found = same_solutions(parse("f(x) = 0"), [parse("x = 0")], name("x"))
    assert found.outcome == "undecided"


def test_equations_with_sums_are_written_out() -> None:
    before = parse("w*sum_{i=1}^{n} x_i^2 - sum_{i=1}^{n} x_i*y_i = 0")
    right = parse("w = (sum_{i=1}^{n} x_i*y_i)/(sum_{i=1}^{n} x_i^2)")
    found = same_solutions(before, [right], name("w"))
    assert found.outcome == "checked"
    assert found.finding is not None
    assert "for 3 sizes" in found.finding
    wrong = parse("w = (sum_{i=1}^{n} y_i)/(sum_{i=1}^{n} x_i)")  # the same for lists of one part
    assert same_solutions(before, [wrong], name("w")).outcome == "refuted"
