"""A counterexample that a person can follow is still a true one."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.judge.counterexample import ROUND, easier_to_read
from tutor.judge.equivalence import equivalent
from tutor.oracle.verdict import Check, Oracle


def counterexample(left: str, right: str) -> dict[str, float | complex]:
    found = equivalent(parse(left), parse(right))
    assert found.verdict == "different"
    return dict(found.counterexample)


@pytest.mark.parametrize(("left", "right", "place"), [
    ("d/dx [x^2]", "x", {"x": 1}),
    ("d/dx [x^2]", "x^2 + 1", {"x": 2}),  # at 1 both are 2
    ("d/dx [cos(3x)]", "sin(3x)", {"x": 0.5}),  # the values have the fewest digits there
    ("d/dx [a*x^2]", "a*x", {"a": 1, "x": 2}),
    ("d/dx [|x - 1|]", "1", {"x": 0.5}),  # at 1 there is no derivative
    ("1/(x - 1)", "1/(x - 1)^2", {"x": 0.5}),  # at 1 there is no value, and at 2 both are 1
    ("x^x", "x", {"x": 2}),
])
def test_round_numbers(left: str, right: str, place: dict[str, float]) -> None:
    assert counterexample(left, right) == place


@pytest.mark.parametrize(("left", "right"), [
    ("acosh(x - 20)", "x"), ("sqrt(x - 10)", "5"),  # round numbers are outside the domain, or at its end
    ("x", "x + 10^-9"), ("1/3", "0.3333333333"), ("int_0^x t dt", "x"),
    ("2*sign((x-1)*(x-2)*(x+1)*(x-3)*(x+2)*(x-4)*(x-10)*(2x-1)*(10x-1)*(4x-1))", "0"),
    ("relu(x - 12)", "relu(x - 13)"),
])
def test_where_no_round_number_tells_the_first_one_stays(left: str, right: str) -> None:
    sides = parse(left), parse(right)
    check = Oracle().compare(*sides)
    assert easier_to_read(*sides, Oracle(), check) is check


@pytest.mark.parametrize(("left", "right", "values"), [
    ("sin(pi)", "x - x + pi", (0, math.pi)), ("d/dx [exp(x/(x*e))]", "sin(1)", (0, math.sin(1))),
    ("sqrt(abs(sin(pi)))", "1", (0, 1)), ("d/dx [cos(x)] at (x = pi)", "-1", (0, -1)), ("cos(pi/2) - 3", "0", (-3, 0)),
    ("e^(-200)", "1", (math.exp(-200), 1)),  # small, but not 0
])
def test_what_rounding_leaves_of_0_is_told_as_0(left: str, right: str, values: tuple[float, float]) -> None:
    found = equivalent(parse(left), parse(right))
    assert (found.left, found.right) == pytest.approx(values, rel=1e-12, abs=0)


def test_it_decides_nothing() -> None:
    same, unclear = Check("checked", 6), Check("undecided", 0, reason="it is too large")
    for check in (same, unclear):
        assert easier_to_read(parse("x"), parse("2x"), Oracle(), check) is check


PARTS: dict[str, Callable[[float], float]] = {
    "x": lambda x: x, "2*x": lambda x: 2 * x, "sin(x)": math.sin, "x^2": lambda x: x * x, "abs(x)": abs,
    "e^x": math.exp, "3": lambda x: 3, "cos(3*x)": lambda x: math.cos(3 * x)}


@given(st.sampled_from(sorted(PARTS)), st.sampled_from(sorted(PARTS)))
def test_the_values_are_those_of_the_two_sides(one: str, other: str) -> None:
    found = equivalent(parse(one), parse(other))
    if found.verdict == "equal":
        assert one == other
        return
    place = found.counterexample["x"]
    assert not isinstance(place, complex)
    assert place in ROUND
    assert found.left == pytest.approx(PARTS[one](place))
    assert found.right == pytest.approx(PARTS[other](place))
    assert found.left != pytest.approx(found.right, rel=0.01)
