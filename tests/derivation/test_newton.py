"""Steps of Newton's method."""

from __future__ import annotations

import math

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none, of_kind
from tutor.derivation.newton import NewtonStep, newton_asked
from tutor.derivation.problem import read_problem
from tutor.errors import TutorError

FOUND = [
    ("newton step of x^2 - 2 at x = 1", "x = 3/2"),
    ("newton step for x^2 - 2 from 1", "x = 3/2"),
    ("Newton's method for x^2 = 2 from x_0 = 1", "x = 3/2"),
    ("Apply Newton's method once to x^2 - 2 at x = 1.", "x = 3/2"),
    ("one step of the Newton-Raphson method for x^3 - 2 starting at 1", "x = 4/3"),
    ("f(x) = x^2 - 2; newton step of f(x) at 1", "x = 3/2"),
    ("newton step of t^2 - a at t = b", "t = b/2 + a/(2*b)"),
    ("newton step of e^x at 0", "x = -1"),
]


@pytest.mark.parametrize(("text", "result"), FOUND)
def test_a_step_is_found_and_checked(text: str, result: str) -> None:
    found = of_kind(NewtonStep, tutor.explain(text))
    assert str(found.result) == result
    assert found.checked
    assert found.unsolved is None


def test_the_problem_says_all_of_it() -> None:
    for text, _ in FOUND:
        problem = read_problem(text).expression
        assert not_none(newton_asked(problem)).problem is problem
        assert tutor.parse(str(problem)) is problem


def test_what_is_divided_by_is_assumed_not_to_be_0() -> None:
    assert [str(each) for each in tutor.explain("newton step of t^2 - a at t = b").assumptions] == ["b != 0"]


@pytest.mark.parametrize(("text", "why"), [
    ("newton step of x^2 - 2 at 0", "the slope of x^2 - 2 is 0 at x = 0: the tangent there is level and never 0"),
    ("newton step of x^2 at 0", "x^2 is already 0 at x = 0, and so is its slope, so the tangent is 0 everywhere"),
    ("newton step of abs(x) at 0", "abs(x) has slope -1 on the left of 0 and 1 on the right"),
    ("newton step of ln(x) at -1", "ln(x) has no value at x = -1"),
    ("newton step of sqrt(x) at 0", "sqrt(x) has no real values on the left of 0"),
])
def test_where_there_is_no_step_the_reason_is_told(text: str, why: str) -> None:
    found = of_kind(NewtonStep, tutor.explain(text))
    assert found.undefined == why
    assert (found.value, found.iterates, found.checked) == (None, (), True)


def test_a_wrong_step_is_refuted_by_numbers() -> None:
    found = of_kind(NewtonStep, tutor.explain("newton step of x^2 - 2 at 1"))
    assert found.compare(found.asked.variable, tutor.parse("1/2")).outcome == "refuted"


@pytest.mark.parametrize(("text", "last"), [
    ("newton step of x^2 - 2 at 1", math.sqrt(2)), ("newton step of cos(x) - x at 1", 0.7390851332151607),
])
def test_further_steps_are_made_by_numbers_until_they_stay(text: str, last: float) -> None:
    iterates = of_kind(NewtonStep, tutor.explain(text)).iterates
    assert iterates[-1] == pytest.approx(last)
    assert len(iterates) <= 7


def test_steps_that_leave_the_domain_end() -> None:
    assert len(of_kind(NewtonStep, tutor.explain("newton step of ln(x) at 3")).iterates) == 2  # it leads to 3 - 3*ln(3)


@pytest.mark.parametrize(("text", "message"), [
    ("newton step", "Say for which function and from where"),
    ("newton step of x^2 - 2", "Say for which function and from where"),
    ("newton step of x^2 - 2 at 1/0", "1/0 is no real number"),
    ("newton step of x^2 - 2 at x", "x is the letter that varies."),
    ("newton step of a*b at 1", "Say which letter varies"),
    ("newton step of x^2 - 2 at y = 1", "Say which letter varies"),
    ("newton step of i*x at 1", "i cannot stand in a Newton step"),
    ("newton step of x^2 + = 3 at 1", "Something is missing after +"),
    ("newton step of x = 2 = y at 1", "Say for which function and from where"),
])
def test_what_is_incomplete_or_wrong_is_refused_with_words(text: str, message: str) -> None:
    with pytest.raises(TutorError) as refused:
        tutor.explain(text)
    assert message in str(refused.value)


@settings(max_examples=20)
@given(st.lists(st.integers(-4, 4), min_size=2, max_size=4), st.integers(-3, 3))
def test_the_step_is_that_of_a_computer_algebra_system(coefficients: list[int], place: int) -> None:
    x = sympy.Symbol("x")
    function = sum(value * x**power for power, value in enumerate(coefficients))
    slope = sympy.diff(function, x)
    assume(slope != 0 and slope.subs(x, place) != 0)
    text = " + ".join(f"({value})*x^{power}" if power else f"({value})" for power, value in enumerate(coefficients))
    found = of_kind(NewtonStep, tutor.explain(f"newton step of {text} at {place}"))
    assert sympy.Rational(str(found.value)) == place - function.subs(x, place) / slope.subs(x, place)
    assert found.checked
