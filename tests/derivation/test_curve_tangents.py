"""Tangents and normals to curves that equations give."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none, of_kind
from tutor.derivation.curve_tangents import CurveTangent, curve_tangent_asked
from tutor.derivation.problem import read_problem
from tutor.errors import TutorError

FOUND = [
    ("tangent to x^2 + y^2 = 25 at (3, 4)", "y = 25/4 - 3*x/4"),
    ("tangent to x^2 + y^2 = 25 at x = 3, y = 4", "y = 25/4 - 3*x/4"),
    ("tangent to the circle x^2 + y^2 = 25 at x = 3 and y = -4", "y = 3*x/4 - 25/4"),
    ("tangent at (3, 4) to x^2 + y^2 = 25", "y = 25/4 - 3*x/4"),
    ("x^2 + y^2 = 25; tangent at (3, 4)", "y = 25/4 - 3*x/4"),
    ("Find the equation of the tangent line to the curve x^3 + y^3 = 6*x*y at the point (3, 3).", "y = 6 - x"),
    ("tangent to the curve with equation e^(x*y) = x + y at (0, 1)", "y = 1"),
    ("tangent to x = y^2 at (4, 2)", "y = x/4 + 1"),
    ("tangent to y = x*y + 1 at (0, 1)", "y = x + 1"),
    ("tangent to u^2 + v^2 = 25 at u = 3, v = 4", "v = 25/4 - 3*u/4"),
    ("tangent to x^2 + y^2 = 25 at (5, 0)", "x = 5"),
    ("tangent to x^2 + y^2 = 25 at (0, 5)", "y = 5"),
    ("normal to x^2 + y^2 = 25 at (3, 4)", "y = 4*x/3"),
    ("normal to x^2 + y^2 = 25 at (5, 0)", "y = 0"),
    ("normal to x^2 + y^2 = 25 at (0, 5)", "x = 0"),
    ("normal to the ellipse x^2/4 + y^2 = 2 at (2, 1)", "y = 2*x - 3"),
    ("tangent to y^2 = x at (0, 0)", "x = 0"),
]


@pytest.mark.parametrize(("text", "equation"), FOUND)
def test_the_equation_of_a_line_is_found_and_checked(text: str, equation: str) -> None:
    found = of_kind(CurveTangent, tutor.explain(text))
    assert str(found.result) == equation
    assert found.checked
    assert found.unsolved is None


def test_the_problem_says_all_of_it() -> None:
    for text, _ in FOUND:
        problem = read_problem(text).expression
        assert not_none(curve_tangent_asked(problem)).problem is problem
        assert tutor.parse(str(problem)) is problem


def test_the_slope_is_found_first_and_then_the_line() -> None:
    found = tutor.explain("tangent to x^2 + y^2 = 25 at (3, 4)")
    steps = [step for step in found.steps if step.after.head == "relation"]
    assert [(step.rule.name, str(step.after)) for step in steps[-3:]] == [
        ("divide_both_sides", "dy/dx = (-2*x)/(2*y)"),
        ("values_put_in", "dy/dx = -3/4"),
        ("tangent_through_point", "y = 4 + (-3/4)*(x - 3)"),
    ]


@pytest.mark.parametrize(("text", "kind", "why"), [
    ("tangent to y^2 = x^3 at (0, 0)", "singular", "may cross itself there, have a cusp"),
    ("tangent to x^3 + y^3 = 6*x*y at (0, 0)", "singular", "do not decide which"),  # it crosses itself
    ("tangent to x^2 + y^2 = 0 at (0, 0)", "singular", "do not decide which"),     # one point
    ("tangent to (x - y)^2 = 0 at (1, 1)", "singular", "do not decide which"),     # a straight line
    ("tangent to abs(x) + abs(y) = 1 at (1, 0)", "rules", "the rules need y != 0"),
    ("tangent to sqrt(x) + sqrt(y) = 1 at (1, 0)", "rules", "the rules need y > 0"),
    ("normal to y^2 = x^3 at (0, 0)", "singular", "these derivatives do not decide which"),
])
def test_where_the_derivatives_do_not_decide_no_line_is_claimed(text: str, kind: str, why: str) -> None:
    found = of_kind(CurveTangent, tutor.explain(text))
    assert not_none(found.failure).kind == kind
    assert why in not_none(found.unsolved).written()
    assert (found.undefined, found.checked, found.height) == ("", None, None)


def test_a_point_with_letters_is_taken_to_be_on_the_curve() -> None:
    found = of_kind(CurveTangent, tutor.explain("tangent to x^2 + y^2 = r^2 at (p, q)"))
    assert str(found.result) == "y = q + p*(p - x)/q"
    assert str(found.of_point) == "p^2 + q^2 = r^2"
    assert [str(each) for each in found.assumptions] == ["q != 0"]
    assert found.checked


def test_a_wrong_line_is_refuted_by_numbers() -> None:
    found = of_kind(CurveTangent, tutor.explain("tangent to x^2 + y^2 = 25 at (3, 4)"))
    for wrong in ("4 + 3/4*(x - 3)", "-3*x/4", "25/4 - 3*x/4 + (x - 3)^2"):
        assert found.compare(found.line.up, tutor.parse(wrong)).outcome == "refuted"


@pytest.mark.parametrize(("text", "message"), [
    ("tangent to x^2 + y^2 = 25 at (3, 5)", "is not true where x = 3, y = 5: the left side is 34 there, and the right"),
    ("tangent to x^2 + y^2 = 25 at x = 3", "has two coordinates. Type both, as in: at x = 3, y = 4."),
    ("tangent to x^2 + y^2 = 25 at 3", "Say which letters have which values"),
    ("tangent to x^2 + y^2 = 25 at x = 3, y = 4, z = 2", "z stands in none of the equations"),
    ("tangent to x^2 + y^2 = 25 at (x, 3)", "x and y vary along the curve."),
    ("tangent to x^2 + y^2 = 25 at (1/0, 3)", "1/0 is no real number"),
    ("tangent to x^2 + y^2 = 25 = z at (3, 4)", "one equation with two sides"),
    ("tangent to x^2 + = 25 at (3, 4)", "Something is missing after +"),
    ("tangent to x = 3 at (3, 1)", "parallel to the y-axis"),
    ("tangent to 0*y = x at (0, 0)", "dy/dx drops out of 0 = 1"),
    ("tangent to a*b*c = 1 at (1, 1)", "Say which letters are the coordinates"),
    ("tangent to int_0^x t dt = y at (0, 0)", "cannot stand in the equation of a curve"),
    ("linear approximation of x^2 + y^2 = 25 at (3, 4)", "An equation has no value to be approximated."),
])
def test_what_is_incomplete_or_wrong_is_refused_with_words(text: str, message: str) -> None:
    with pytest.raises(TutorError) as refused:
        tutor.explain(text)
    assert message in str(refused.value)


_COEFFICIENTS = st.lists(st.integers(-3, 3), min_size=6, max_size=6)


@settings(max_examples=20)
@given(_COEFFICIENTS, st.integers(-3, 3), st.integers(-3, 3))
def test_the_tangent_to_a_cubic_is_that_of_an_algebra_system(values: list[int], place: int, height: int) -> None:
    x, y = sympy.symbols("x y")
    parts = ("x^3", "y^3", "x^2*y", "x*y", "x", "y")
    total = sum(value * sympy.sympify(part.replace("^", "**")) for value, part in zip(values, parts, strict=True))
    at = {x: place, y: height}
    across, up = (sympy.diff(total, letter).subs(at) for letter in (x, y))
    assume(sympy.diff(total, y) != 0 and sympy.diff(total, x) != 0)
    left = " + ".join(f"({value})*{part}" for value, part in zip(values, parts, strict=True))
    found = of_kind(CurveTangent, tutor.explain(f"tangent to {left} = {total.subs(at)} at ({place}, {height})"))
    if up == across == 0:
        assert found.failure is not None
        return
    wanted = across * (x - place) + up * (y - height)
    line, value = (sympy.sympify(str(side).replace("^", "**")) for side in found.result.args)
    assert sympy.expand(wanted.subs(line, value)) == 0
    assert found.checked
