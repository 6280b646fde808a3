"""Second derivatives from an equation."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none, of_kind
from tutor.derivation.problem import read_problem
from tutor.derivation.rate_problem import second_rate_asked, second_rate_problem
from tutor.derivation.second_rates import SecondRate
from tutor.errors import TutorError

FOUND = [
    ("x^2 + y^2 = 25; d^2y/dx^2", "-25/y^3"),
    ("d²y/dx² if x^2 + y^2 = 25", "-25/y^3"),
    ("x^2 + y^2 = 25, find d2y/dx2", "-25/y^3"),
    ("second implicit derivative of x^2 + y^2 = 25", "-25/y^3"),
    ("implicit second derivative of x^2 + y^2 = 25", "-25/y^3"),
    ("x^2 + y^2 = 25; d^2x/dy^2", "-25/x^3"),
    ("x^2 + y^2 = 25; d^2y/dx^2 at (3, 4)", "-25/64"),
    ("x^3 + y^3 = 6*x*y; d^2y/dx^2", "16*x*y/(2*x - y^2)^3"),
    ("x*y = 1; d^2y/dx^2", "2*y/x^2"),                              # the equation makes nothing shorter
    ("b^2*x^2 + a^2*y^2 = a^2*b^2; d^2y/dx^2", "-b^4/(a^2*y^3)"),
    ("sqrt(x) + sqrt(y) = 1; d^2y/dx^2", "1/(2*x^(3/2))"),
    ("y^2 = x; d^2y/dx^2", "-1/(4*y^3)"),
    ("x*y + sin(y) = x; d^2y/dx^2 at (0, 0)", "-2"),
]


@pytest.mark.parametrize(("text", "result"), FOUND)
def test_a_second_derivative_is_found_and_every_step_is_checked(text: str, result: str) -> None:
    found = of_kind(SecondRate, tutor.explain(text))
    assert str(found.result) == result
    assert found.checked


def test_the_problem_says_all_of_it() -> None:
    for text, _ in FOUND:
        problem = read_problem(text).expression
        assert second_rate_problem(not_none(second_rate_asked(problem))) is problem
        assert tutor.parse(str(problem)) is problem


def test_the_first_derivative_is_differentiated_put_in_and_shortened_by_the_equation() -> None:
    steps = [step for step in tutor.explain("x^2 + y^2 = 25; d^2y/dx^2").steps if step.after.head == "relation"]
    assert [(step.rule.name, str(step.after)) for step in steps[4:]] == [
        ("differentiate_once_more", "d^2/dx^2 [y] = d/dx [-x/y]"),
        ("put_together", "d^2/dx^2 [y] = (x*dy/dx - y)/y^2"),
        ("rates_put_in", "d^2/dx^2 [y] = (x*(-x/y) - y)/y^2"),
        ("equation_put_in", "d^2/dx^2 [y] = -25/y^3"),
    ]


@pytest.mark.parametrize("text", ["y = x^3; d^2y/dx^2", "d^2y/dx^2 if y = x^3"])
def test_what_says_what_y_is_stays_explicit(text: str) -> None:
    assert str(tutor.explain(text).result) == "6*x"


def test_a_wrong_second_derivative_is_refuted_at_points_of_the_curve() -> None:
    found = of_kind(SecondRate, tutor.explain("x^2 + y^2 = 25; d^2y/dx^2"))
    assert found.compare(found.second, tutor.parse("-1/y")).outcome == "refuted"
    found.in_letters = found.result = tutor.parse("-24/y^3")
    assert found.check.outcome == "refuted"
    assert {step.rule.name for step in found.steps if step.check.outcome == "refuted"} == {"equation_put_in"}


@pytest.mark.parametrize(("text", "why"), [
    ("x^2 + y^2 = 25; d^2y/dx^2 at (5, 0)", "so there is no dy/dx: the tangent is vertical"),
    ("x^2 + y^2 = -1; d^2y/dx^2", "is true for no real numbers"),
    ("y^2 = x^3; d^2y/dx^2 at (0, 0)", "does not say what dy/dx is"),
])
def test_without_a_first_derivative_there_is_no_second(text: str, why: str) -> None:
    assert why in not_none(tutor.explain(text).unsolved).written()


@pytest.mark.parametrize(("text", "message"), [
    ("x^2 + y^2 = 25; x*y = 1; d^2y/dx^2", "from one equation alone"),
    ("x^2 + y^2 = 25; d^2y/dt^2", "t does not stand in x^2 + y^2 = 25."),
    ("x^2 + y^2 = 25; d^2z/dx^2", "z stands in none of the equations."),
    ("x^2 + y^2 = 25; d^2y/dx^2 at (3, 5)", "the left side is 34 there"),
])
def test_what_cannot_be_found_is_refused_with_words(text: str, message: str) -> None:
    with pytest.raises(TutorError) as refused:
        tutor.explain(text)
    assert message in str(refused.value)


@settings(max_examples=12)
@given(st.lists(st.integers(-3, 3), min_size=5, max_size=5), st.integers(1, 3), st.integers(1, 3))
def test_it_is_that_of_a_computer_algebra_system(values: list[int], place: int, height: int) -> None:
    x, y = sympy.symbols("x y")
    parts = ("x^2", "y^2", "x*y", "x", "y^3")
    total = sum(value * sympy.sympify(part.replace("^", "**")) for value, part in zip(values, parts, strict=True))
    at = {x: place, y: height}
    assume(sympy.diff(total, y).subs(at) != 0)
    left = " + ".join(f"({value})*{part}" for value, part in zip(values, parts, strict=True))
    assume(sympy.diff(total, x) != 0)
    found = tutor.explain(f"{left} = {total.subs(at)}; d^2y/dx^2 at ({place}, {height})")
    assert sympy.idiff(total - total.subs(at), y, x, 2).subs(at) == sympy.Rational(str(found.result))
    assert found.checked
