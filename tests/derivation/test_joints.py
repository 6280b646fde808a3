"""What is said where two cases meet, and which conditions the slopes then have."""

from __future__ import annotations

import pytest

import tutor
from tutor.derivation.step import Step
from tutor.errors import TutorError

JOINTS = [
    # the cases; the slopes; what is said of the joints
    ("{x^2 if x < 1; 2x - 1 otherwise}", "{2*x if x < 1; 2 otherwise}",
     ["At x = 1 both cases have the value 1 and the slope 2, so 2 is the slope there."]),
    ("{x^2 if x < 1; 3x - 2 otherwise}", "{2*x if x < 1; 3 if x > 1}",
     ["At x = 1 both cases have the value 1, but the slope is 2 from the left and 3 from the right: there is no "
      "slope."]),
    ("{x if x < 1; x + 5 otherwise}", "{1 if x < 1; 1 if x > 1}",
     ["At x = 1 the value is 1 from the left and 6 from the right: it jumps, and there is no slope."]),
    ("{x if x < 1; 5 if x = 1; x otherwise}", "{1 if x < 1; 1 if x > 1}",
     ["At x = 1 the value comes to 1 from both sides, but it is 5: it jumps, and there is no slope."]),
    ("{x if x < 1; x^2 if x > 2}", "{1 if x < 1; 2*x if x > 2}",
     ["At x = 1 there is no slope, because on one side of it no case counts.",
      "At x = 2 there is no slope, because on one side of it no case counts."]),
    ("{x if x < 1; 2x if x > 1}", "{1 if x < 1; 2 if x > 1}",
     []),
    ("{x^2 if 0 < x <= 2; 4x - 4 if x > 2; 0 otherwise}", "{2*x if 0 < x <= 2; 4 if x > 2; 0 otherwise}",
     ["At x = 0 both cases have the value 0 and the slope 0, so 0 is the slope there.",
      "At x = 2 both cases have the value 4 and the slope 4, so 4 is the slope there."]),
    ("{x if 0 < x < 1; 1 if x >= 1; 0 otherwise}", "{0 if x < 0; 1 if 0 < x < 1; 0 if x > 1}",
     ["At x = 0 both cases have the value 0, but the slope is 0 from the left and 1 from the right: there is no slope.",
      "At x = 1 both cases have the value 1, but the slope is 1 from the left and 0 from the right: there is no "
      "slope."]),
    ("{sin(x)/x if x != 0; 1 otherwise}", None, []),
    ("{x if a < 1; 2x otherwise}", "{1 if a < 1; 2 otherwise}", []),
    ("{x if x < a; 2x - a otherwise}", "{1 if x < a; 2 if x > a}",
     ["The cases meet at x = a. Both have the value a there, but their slopes are 1 and 2: where these differ there is "
      "a kink, and no slope."]),
    ("{x^2 if x < a; 2a*x - a^2 otherwise}", "{2*x if x < a; 2*a otherwise}",
     ["The cases meet at x = a. Both have the value a^2 and the slope 2*a there, so 2*a is the slope."]),
    ("{x^2/2 if |x| <= d; d*(|x| - d/2) otherwise}", "{x if abs(x) <= d; d*sign(x) otherwise}",
     ["The cases meet at x = d. Both have the value d^2/2 and the slope d there, so d is the slope.",
      "The cases meet at x = -d. Both have the value d^2/2 and the slope -d there, so -d is the slope."]),
    ("{x if x < a; 5 otherwise}", "{1 if x < a; 0 if x > a}",
     ["The cases meet at x = a, where their values are a and 5, and their slopes 1 and 0. The place is left out."]),
    ("{x if sin(x) < a; 5 otherwise}", "{1 if sin(x) < a; 0 if sin(x) > a}",
     ["Where sin(x) = a the cases meet. These places are left out: the slopes on both sides were not compared."]),
    ("{x if x < 5; 2 if 3 < 2; 1 otherwise}", "{1 if x < 5; 0 if x > 5}",
     ["At x = 5 the value is 5 from the left and 1 from the right: it jumps, and there is no slope."]),
]


def steps_at_joints(problem: str) -> list[Step]:
    return [step for step in tutor.explain(problem).steps if step.rule.name == "slopes_where_cases_meet"]


@pytest.mark.parametrize(("cases", "slopes", "said"), JOINTS)
def test_the_joints_are_looked_at(cases: str, slopes: str | None, said: list[str]) -> None:
    found = tutor.explain(f"d/dx {cases}")
    assert found.checked
    if slopes is not None:
        assert str(found.result) == slopes
    told = [line.told().written() for step in steps_at_joints(f"d/dx {cases}") for line in step.working]
    if slopes is not None:
        assert told == said


def test_of_more_cases_with_letters_it_is_assumed_that_the_place_is_no_joint() -> None:
    found = tutor.explain("d/dx {x if x < a; 2x if x < b; 3x otherwise}")
    assert str(found.result) == "{1 if x < a; 2 if x < b; 3 otherwise}"
    assert [str(relation) for relation in found.assumptions] == ["x != a", "x != b"]


@pytest.mark.parametrize(("problem", "value"), [
    ("f(x) = {x^2 if x < 1; 2x - 1 otherwise}; f'(1)", "2"),
    ("f(x) = {x^2 if x < 1; 2x - 1 otherwise}; f'(3)", "2"),
    ("f(x) = {x^2 if x < 1; 2x - 1 otherwise}; f'(-3)", "-6"),
    ("d/dx {sin(x)/x if x != 0; 1 otherwise} at x = 0", "0"),
    ("d/dx [x*{x if x > 0; -x otherwise}] at x = 0", "0"),
    ("d/dx sin({x if x < 1; 2 otherwise}) at x = 0", "1"),
])
def test_at_a_point(problem: str, value: str) -> None:
    found = tutor.explain(problem)
    assert str(found.result) == value
    assert found.checked


@pytest.mark.parametrize(("problem", "why"), [
    ("f(x) = {x^2 if x < 1; 3x - 2 otherwise}; f'(1)", "has slope 2 on the left of 1 and 3 on the right"),
    ("f(x) = {x^2 if x < 1; 3x otherwise}; f'(1)", "jumps at x = 1: it tends to 1 on the left and to 3 on the right"),
    ("f(x) = {x^2 if x < 1}; f'(1)", "has no value at x = 1"),
    ("f(x) = {x^2 if x < 1; 2x - 1 otherwise}; f''(1)", "has slope 2 on the left of 1 and 0 on the right"),
])
def test_where_there_is_none_at_a_point(problem: str, why: str) -> None:
    found = tutor.explain(problem)
    assert found.undefined
    assert found.unsolved is not None
    assert why in found.unsolved.written()


def test_nested_and_many_cases() -> None:
    assert str(tutor.explain("d/dx {{x if x < 2; 2 otherwise} if x < 5; 2 otherwise}").result) == (
        "{{1 if x < 2; 0 if x > 2} if x < 5; 0 otherwise}")
    many = "; ".join(f"{place}*x if x < {place}" for place in range(1, 40))
    found = tutor.explain(f"d/dx {{{many}; 0 otherwise}}")
    assert found.result.head == "piecewise"
    assert len(found.assumptions) == 39


@pytest.mark.parametrize(("problem", "message"), [
    ("d/dx huber(x, -1)", "is for a > 0, and here that would be -1 > 0"),
    ("int {x if x < a; 2 otherwise} dx", "integrate each case over its own range"),
])
def test_what_is_refused_is_said(problem: str, message: str) -> None:
    with pytest.raises(TutorError) as caught:
        tutor.explain(problem)
    assert message in str(caught.value)
