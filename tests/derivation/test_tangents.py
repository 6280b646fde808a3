"""Lines that touch a curve."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none, of_kind
from tutor.derivation.approximation import approximation_of
from tutor.derivation.problem import read_problem
from tutor.derivation.tangents import Tangent, tangent_asked
from tutor.errors import TutorError

FOUND = [
    ("tangent to x^2 at 3", "y = 6*x - 9"),
    ("equation of the tangent line to y = x^3 - x at x = -2", "y = 11*x + 16"),
    ("Find the tangent to the curve e^x at the point where x = 1.", "y = x*e"),
    ("tangent line to sin(x) at x = pi/6", "y = 1/2 + sqrt(3)/2*(x - pi/6)"),
    ("tangent at 3 to x^2", "y = 6*x - 9"),
    ("tangent to x^2 at (3, 9)", "y = 6*x - 9"),
    ("tangent to t^2*a at t = 1", "y = 2*a*t - a"),
    ("tangent to x*y at 2", "z = x*y"),
    ("tangent to 7 at 1", "y = 7"),
    ("f(x) = x^3; tangent to f at 2", "y = 12*x - 16"),
    ("f(t) = t^3; what is the tangent to f(t) at t = 2?", "y = 12*t - 16"),
    ("linear approximation of sqrt(x) at 4", "y = x/4 + 1"),
    ("linearize ln(x) at 1", "y = x - 1"),
    ("normal to x^2 at 3", "y = 19/2 - x/6"),
    ("normal line to x^3 at x = 1", "y = 4/3 - x/3"),
    ("tangent to cbrt(x) at 0", "x = 0"),
    ("normal to cbrt(x) at 0", "y = 0"),
    ("normal to x^2 at 0", "x = 0"),
    ("tangent to sqrt(x) at a", "y = (a + x)/(2*sqrt(a))"),
]


@pytest.mark.parametrize(("text", "equation"), FOUND)
def test_the_equation_of_a_line_is_found_and_checked(text: str, equation: str) -> None:
    found = tutor.explain(text)
    assert str(found.result) == equation
    assert found.checked
    assert found.unsolved is None


def test_a_tangent_is_told_as_its_point_its_slope_and_the_line_through_them() -> None:
    rules = [step.rule.name for step in tutor.explain("tangent to x^2 at 3").steps if step.number is not None]
    assert rules == ["tangent_line", "evaluate_at", "power", "evaluate_at"]


@pytest.mark.parametrize(("text", "why"), [
    ("tangent to abs(x) at 0", "abs(x) has slope -1 on the left of 0 and 1 on the right"),
    ("tangent to ln(x) at -1", "ln(x) has no real value at x = -1"),
    ("tangent to 1/x at 0", "1/x has no value at x = 0"),
    ("normal to sqrt(x) at 0", "sqrt(x) has no real values on the left of 0"),
    ("tangent to step(x) at 0", "step(x) has no value at x = 0"),
    ("approximate sqrt(0.1) by the tangent at 0", "sqrt(x) has no real values on the left of 0"),
])
def test_where_there_is_no_line_the_reason_is_told(text: str, why: str) -> None:
    found = tutor.explain(text)
    assert found.undefined == why


@pytest.mark.parametrize(("text", "message"), [
    ("tangent of x", "For the function tangent, type tan(x)."),
    ("tangent to x^2", "Say of which curve, and at which point"),
    ("approximate sqrt(4.1)", "Say of which curve, and at which point"),
    ("tangent to x^2 at (3, 8)", "The point (3, 8) is not on the curve: where x is 3, the curve has the height 9."),
    ("tangent to x^2 at infinity", "A place on a curve is a real number"),
    ("tangent to x^2 at i", "A place on a curve is a real number"),
    ("tangent to x^2 at 1/0", "A place on a curve is a real number, and 1/0 is none."),
    ("linear approximation of x^2 at 1 for x = ln(0)", "A place on a curve is a real number, and ln(0) is none."),
    ("tangent to x^2 at x", "x is the letter that varies along the curve."),
    ("tangent to i*x at 1", "i*x is no curve that has a tangent here."),
    ("tangent to a*b at 2", "Which letter varies: a, b?"),
    ("tangent to x^2 = 3 at 2", "y does not stand in x^2 = 3"),
    ("approximate sqrt(x) by the tangent at 4", "is not one number"),
    ("approximate sqrt(4.1) by the tangent to x^2 at 4", "sqrt(4.1) is not a value of x^2"),
    ("average rate of change of x^2 from 3 to 3", "From one place to the same place nothing changes"),
    ("tangent to (x^2 at 3", "never closed"),
])
def test_what_is_incomplete_or_wrong_is_refused_with_words(text: str, message: str) -> None:
    with pytest.raises(TutorError) as refused:
        tutor.explain(text)
    assert message in str(refused.value)


@pytest.mark.parametrize("text", ["tan(x)", "slope of the tangent to x^2 at 3", "d/dx tan(x) at x = 1"])
def test_other_problems_with_these_words_ask_for_no_line(text: str) -> None:
    assert read_problem(text).expression.head != "relation"


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=5), st.integers(-3, 3))
def test_the_tangent_to_a_polynomial_is_that_of_a_computer_algebra_system(coefficients: list[int], point: int) -> None:
    x = sympy.Symbol("x")
    curve = sum(value * x**power for power, value in enumerate(coefficients))
    text = " + ".join(f"({value})*x^{power}" if power else f"({value})" for power, value in enumerate(coefficients))
    found = of_kind(Tangent, tutor.explain(f"tangent to {text} at {point}"))
    wanted = sympy.sympify(curve).subs(x, point) + sympy.diff(curve, x).subs(x, point)*(x - point)
    assert sympy.expand(sympy.sympify(str(found.height).replace("^", "**")) - wanted) == 0
    assert found.checked


def test_the_problem_of_a_line_says_all_of_it() -> None:
    for text, _ in FOUND:
        problem = read_problem(text).expression
        assert not_none(tangent_asked(problem)).problem is problem
        assert tutor.parse(str(problem)) is problem


@pytest.mark.parametrize(("text", "height", "bend", "bound"), [
    ("approximate sqrt(4.1) by the tangent at 4", "81/40", 0.0313, 0.000157),
    ("linear approximation of e^x at 0 for x = 0.1", "11/10", 1.11, 0.00556),
    ("linearize x^2 at 3, for x = 4", "15", 2.01, 1.01),
    ("approximate cbrt(0.9) using a linear approximation near 1", "29/30", 0.265, 0.00133),
])
def test_the_error_of_an_approximation_is_told_with_a_bound(text: str, height: str, bend: float, bound: float) -> None:
    found = of_kind(Tangent, tutor.explain(text))
    assert str(found.result) == height
    assert found.checked
    error = not_none(approximation_of(found))
    assert error.bend == pytest.approx(bend)
    assert error.bound == pytest.approx(bound)
    assert abs(error.error) <= bound
    assert error.line - error.curve == pytest.approx(error.error)


@pytest.mark.parametrize("text", [
    "linear approximation of abs(x) at 1 for x = -1",       # a kink in between
    "linear approximation of 1/x at 1 for x = -1",          # a pole
    "linear approximation of x*sqrt(x) at 1 for x = 0",     # the slope grows without bound
])
def test_no_bound_is_claimed_where_the_second_derivative_has_none(text: str) -> None:
    error = not_none(approximation_of(of_kind(Tangent, tutor.explain(text))))
    assert error.bend is error.bound is None


@settings(max_examples=40)
@given(st.fractions(-2, 2, max_denominator=8), st.fractions(-2, 2, max_denominator=8))
def test_a_bound_on_the_error_is_never_exceeded(point: Fraction, place: Fraction) -> None:
    found = of_kind(Tangent, tutor.explain(f"linear approximation of sin(2*x) + x^3 at {point} for x = {place}"))
    error = not_none(approximation_of(found))
    assert error.bound is not None
    assert abs(error.error) <= error.bound + 1e-12


@pytest.mark.parametrize(("text", "result"), [
    ("tangent to {x^2 if x < 1; 2*x - 1 otherwise} at 1", "y = 2*x - 1"),
    ("tangent at 2 to {x^2 if x < 1; 2*x - 1 otherwise}", "y = 2*x - 1"),
    ("normal to {-x if x < 0; x otherwise} at 3", "y = 6 - x"),
])
def test_words_and_semicolons_in_cases_say_nothing_about_the_line(text: str, result: str) -> None:
    assert str(tutor.explain(text).result) == result


def test_the_letter_of_the_height_is_none_of_the_curve() -> None:
    found = tutor.explain("tangent to x^2 + y + z + w + v + y_1 at x = 3")
    assert str(found.result) == "y2 = y - 9 + z + w + v + y_1 + 6*x"


def test_what_is_only_rounding_is_no_error() -> None:
    found = approximation_of(of_kind(Tangent, tutor.explain("linear approximation of elu(x, 1) at 1 for x = 1/3")))
    assert not_none(found).error == 0
