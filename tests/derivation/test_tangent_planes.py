"""Tangent planes and linear approximations in several letters."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none, of_kind
from tutor.derivation.problem import read_problem
from tutor.derivation.tangent_planes import TangentPlane, plane_asked
from tutor.derivation.tangents import Tangent
from tutor.errors import TutorError

FOUND = [
    ("tangent plane to x^2 + y^2 at (1, 2)", "z = 2*x + 4*y - 5"),
    ("equation of the tangent plane to the surface z = x^2 + y^2 at the point (1, 2, 5)", "z = 2*x + 4*y - 5"),
    ("tangent plane to f(x, y) = x*y at (1, 2)", "z = 2*x + y - 2"),
    ("tangent plane at x = 1, y = 2 to x*y", "z = 2*x + y - 2"),
    ("linear approximation of sqrt(x*y) at (1, 1)", "z = x/2 + y/2"),
    ("linearize x*y at x = 1, y = 2", "z = 2*x + y - 2"),
    ("linear approximation of sqrt(x*y) at (1, 1) for x = 1.1, y = 0.9", "1"),
    ("linear approximation of x*y*z at (1, 2, 3)", "w = 6*x + 3*y + 2*z - 12"),
    ("linear approximation of a*x^2*y at x = 1, y = 2", "z = 4*a*x + a*y - 4*a"),
    ("tangent plane to x^2*y at (a, b)", "z = 2*a*b*x + a^2*y - 2*a^2*b"),
    ("tangent plane to x^2 at (1, 2)", "z = 2*x - 1"),
    ("linear approximation of e^(x*y)*sin(x) at (0, 3)", "z = x"),
]


@pytest.mark.parametrize(("text", "result"), FOUND)
def test_a_plane_is_found_and_every_step_is_checked(text: str, result: str) -> None:
    found = of_kind(TangentPlane, tutor.explain(text))
    assert str(found.result) == result
    assert found.checked
    assert found.unsolved is None


def test_the_problem_says_all_of_it() -> None:
    for text, _ in FOUND:
        problem = read_problem(text).expression
        assert not_none(plane_asked(problem)).problem is problem
        assert tutor.parse(str(problem)) is problem


@pytest.mark.parametrize("text", ["linear approximation of sqrt(x) at (4, 2)", "tangent to x^2 at (3, 9)"])
def test_a_point_of_a_curve_asks_for_a_line(text: str) -> None:
    assert isinstance(tutor.explain(text), Tangent)


@pytest.mark.parametrize(("text", "why", "is_sure"), [
    ("tangent plane to sqrt(x^2 + y^2) at (0, 0)", "has slope -1 on the left of 0 and 1 on the right", True),
    ("tangent plane to max(x, y) at (1, 1)", "has slope 0 on the left of 1 and 1 on the right", True),
    ("tangent plane to x*y/(x^2 + y^2) at (0, 0)", "has no value there", True),
    ("tangent plane to ln(x*y) at (-1, 1)", "has no value there", True),
    ("tangent plane to cbrt(x*y) at (0, 0)", "the rules need x != 0", False),  # both slopes are 0: no plane
    ("tangent plane to abs(x*y) at (0, 0)", "the rules need x != 0", False),   # both slopes are 0: a plane
    ("tangent plane to {x if x < y; y otherwise} at (1, 2)", "for functions in cases", False),
])
def test_where_no_plane_is_found_the_reason_is_told(text: str, why: str, is_sure: bool) -> None:
    found = of_kind(TangentPlane, tutor.explain(text))
    assert why in not_none(found.unsolved).written()
    assert bool(found.undefined) is is_sure
    assert found.checked is (True if is_sure else None)


def test_the_letter_of_the_height_is_none_of_the_function() -> None:
    found = tutor.explain("tangent plane to a^2 + b^2 + z + w + v + z_1 at a = 1, b = 2")
    assert str(found.result) == "z2 = 2*a + 4*b + z - 5 + w + v + z_1"


def test_a_wrong_plane_is_refuted_by_numbers() -> None:
    found = of_kind(TangentPlane, tutor.explain("tangent plane to x^2 + y^2 at (1, 2)"))
    for wrong in ("2*x + 4*y - 4", "4*x + 2*y - 3", "2*x + 4*y - 5 + (x - 1)*(y - 2)", "x^2 + y^2"):
        assert found.compare(found.asked.height, tutor.parse(wrong)).outcome == "refuted"


@pytest.mark.parametrize(("text", "message"), [
    ("tangent plane", "Say of which function, and at which point the plane touches it"),
    ("tangent plane to x*y", "Say of which function, and at which point the plane touches it"),
    ("tangent plane to x*y at 1", "x*y has the letters x, y. Give the value of each"),
    ("tangent plane to x^2 + y^2 at (1, 2, 6)", "the value there is 5, and not 6."),
    ("tangent plane to x^2 + y^2 + z^2 = 14 at (1, 2, 3)", "Solve the equation for one letter first."),
    ("tangent plane to x*y at (x, 1)", "x, y vary."),
    ("tangent plane to x*y at (1/0, 1)", "1/0 is no real number"),
    ("tangent plane to i*x*y at (1, 1)", "i cannot stand in a function"),
    ("linear approximation of x*y at (1, 1) for x = 2", "Give the values of all of x, y"),
    ("linear approximation of a*b*c*d at (1, 1, 1, 1)", "two or three of them"),
    ("linear approximation of sqrt(x) at 4 for x = 4.1, y = 2", "Name one place"),
])
def test_what_is_incomplete_or_wrong_is_refused_with_words(text: str, message: str) -> None:
    with pytest.raises(TutorError) as refused:
        tutor.explain(text)
    assert message in str(refused.value)


@settings(max_examples=12)
@given(st.lists(st.integers(-3, 3), min_size=5, max_size=5), st.integers(-2, 2), st.integers(-2, 2))
def test_the_plane_is_that_of_a_computer_algebra_system(values: list[int], one: int, other: int) -> None:
    x, y = sympy.symbols("x y")
    parts = ("x^2", "y^3", "x*y", "x^2*y", "1")
    total = sum(value * sympy.sympify(part.replace("^", "**")) for value, part in zip(values, parts, strict=True))
    text = " + ".join(f"({value})*{part}" for value, part in zip(values, parts, strict=True))
    found = of_kind(TangentPlane, tutor.explain(f"tangent plane to {text} at x = {one}, y = {other}"))
    at = {x: one, y: other}
    wanted = sympy.sympify(total).subs(at) + sum(
        sympy.diff(total, letter).subs(at) * (letter - value) for letter, value in at.items())
    assert sympy.expand(sympy.sympify(str(found.height).replace("^", "**")) - wanted) == 0
    assert found.checked
