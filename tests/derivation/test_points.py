"""Derivatives at a point: where there is one, what it is, and why there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor.expression.tree import postorder

NONE = [
    # problem, what the sentence says
    ("d/dx [ln(x)] at x = -3", "ln(x) has no real value at x = -3"),
    ("d/dx [x + sqrt(x - 5)] at x = 1", "sqrt(x - 5) has no real value at x = 1"),
    ("d/dx [acos(2x)] at x = 1", "acos(2*x) has no real value at x = 1"),
    ("d/dx [1/(x - 2)] at x = 2", "1/(x - 2) has no value at x = 2"),
    ("d/dx [sec(x)] at x = pi/2", "sec(x) has no value at x = pi/2"),
    ("d/dx [x^2*sin(1/x)] at x = 0", "1/x has no value at x = 0"),
    ("d/dx [step(x - 1)] at x = 1", "step(x - 1) has no value at x = 1"),
    ("d/dx [sign(x)] at x = 0", "sign(x) jumps at x = 0: it tends to -1 on the left and to 1 on the right"),
    ("d/dx [sign(x)^2] at x = 0", "sign(x)^2 jumps at x = 0"),
    ("d/dx [|2x - 6|] at x = 3", "abs(2*x - 6) has slope -2 on the left of 3 and 2 on the right"),
    ("d/dx [|cos(x)|] at x = pi/2", "abs(cos(x)) has slope -1 on the left of pi/2 and 1 on the right"),
    ("d/dx [|x^2 - 3|] at x = sqrt(3)", "slope about -3.464 on the left of sqrt(3) and about 3.464"),
    ("d/dx [min(x, x^2)] at x = 1", "min(x, x^2) has slope 2 on the left of 1 and 1 on the right"),
    ("d/dx [asin(cos(x))] at x = 0", "asin(cos(x)) has slope 1 on the left of 0 and -1 on the right"),
    ("d/dx [sqrt(x^2)] at x = 0", "sqrt(x^2) has slope -1 on the left of 0 and 1 on the right"),
    ("d/dx [sqrt(x - 1)] at x = 1", "sqrt(x - 1) has no real values on the left of 1"),
    ("d/dx [x*sqrt(x)] at x = 0", "sqrt(x) has no real values on the left of 0"),
    ("d/dx [asin(x)] at x = 1", "asin(x) has no real values on the right of 1"),
    ("d/dx [cbrt(x)] at x = 0", "the slope of cbrt(x) grows without bound near x = 0"),
    ("d/dx [ln(x)/a] at a = 0", "1/a has no value at a = 0"),
    ("d/dx [x/a] at a = 0", "1/a has no value at a = 0"),
    ("d/dx [ln(a)*x^2 + a] at a = -1", "ln(a) has no real value at a = -1"),
    ("d/dx [x^(2/3)] at x = 0", "the slope of x^(2/3) grows without bound near x = 0"),
    ("d^2/dx^2 [x*|x|] at x = 0", "d/dx [x*abs(x)] has slope -2 on the left of 0 and 2 on the right"),
    ("d^2/dx^2 [x^(4/3)] at x = 0", "the slope of d/dx [x^(4/3)] grows without bound near x = 0"),
    ("f(x) = |x - 2|; f'(2)", "abs(x - 2) has slope -1 on the left of 2 and 1 on the right"),
    ("d/dx [a*|x|] at x = 0", "a*abs(x) has a kink at x = 0"),
    ("d/dx [|x - a|] at x = a", "abs(x - a) has slope -1 on the left of a and 1 on the right"),
    ("x^2 + (d/dt [|t|] at (t = 0))", "abs(t) has slope -1 on the left of 0 and 1 on the right"),
    ("d/dx [x*(d/dt [|t|] at (t = x))] at x = 0", "abs(t) has slope -1 on the left of 0"),
    ("1/(d/dx [x^2] at (x = 0))", "has no value"),
    ("d/dx [x*ln(-2)] at x = 1", "ln(-2) has no real value"),
    ("d/dx [(-2)^x] at x = 1", "(-2)^x has no real values on the left of 1"),
]


@pytest.mark.parametrize(("problem", "sentence"), NONE)
def test_says_why_there_is_no_derivative(problem: str, sentence: str) -> None:
    derivation = tutor.explain(problem)
    assert sentence in derivation.undefined
    assert derivation.result is derivation.problem
    assert derivation.checked
    assert not derivation.assumptions


@pytest.mark.parametrize("problem", [problem for problem, _ in NONE])
def test_what_has_no_value_is_never_a_result(problem: str) -> None:
    derivation = tutor.explain(problem)
    assert not any(step.rule.name in ("evaluate_at", "slope_from_both_sides") and step.before is derivation.problem
                   for step in derivation.steps)
    for _, line in derivation.lines():
        assert any(part.head in ("at", "derivative") for part in postorder([line]))


SOME = [
    ("d/dx [x*|x|] at x = 0", "0"), ("d/dx [|x|^3] at x = 0", "0"), ("d/dx [sqrt(x^4)] at x = 0", "0"),
    ("d/dx [max(x, x)] at x = 3", "1"),
    ("d/dx [|(x + 1)^2 - x^2 - 2x - 1| + x] at x = 1", "1"), ("d/dx [relu(x)^2] at x = 0", "0"),
    ("d/dx [x + |sin(x)|^3] at x = pi", "1"),
    ("d/dx [|x|] at x = -2", "-1"), ("d/dx [ln(-x)] at x = -2", "-1/2"), ("d/dx [cbrt(x)^4] at x = 0", "0"),
    ("d/dx [x^(1/3)] at x = -27", "1/27"), ("d/dx [(x^2)^(2/3)] at x = 0", "0"), ("d/dx [x^(5/3)] at x = 0", "0"),
    ("d/dx [d/dx [x*|x|]] at x = -1", "-2"), ("d/dx [x*(d/dx [x*|x|])] at x = 0", "0"), ("f(x) = x^3; f'(-1)", "3"),
    ("d/dx [|x - 10^-30|] at x = 0", "-1"), ("d^3/dx^3 [x^4] at x = 1/2", "12"), ("d/dx [sin(x)] at x = pi", "-1"),
    ("(d/dx [x^2] at (x = 3)) + (d/dt [|t|] at (t = 2))", "7"), ("d/dx [x^2] at x = sqrt(2)", "2*sqrt(2)"),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "value"), SOME)
def test_finds_the_derivative_where_there_is_one(problem: str, value: str) -> None:
    derivation = tutor.explain(problem)
    assert derivation.undefined == ""
    assert tutor.equivalent(derivation.result, value).verdict == "equal"
    assert derivation.checked


def test_what_was_taken_for_granted_is_not_so_at_the_point() -> None:
    names = [step.rule.name for step in tutor.explain("d/dx [x*|x|] at x = 0").steps]
    assert names[-1] == "slope_from_both_sides"
    assert "evaluate_at" not in names
    assert tutor.explain("d/dx [x*|x|] at x = 1").steps[-1].rule.name != "slope_from_both_sides"


@pytest.mark.parametrize(("problem", "assumptions"), [
    ("d/dx [1/(x + 1)] at x = 2", []), ("d/dx [ln(a*x)] at x = 1", ["a > 0"]), ("d/dx [ln(x)] at x = a", ["a > 0"]),
    ("d/dx [|x - a|] at x = 0", ["a != 0"]), ("d/dx [ln(f(x))] at x = 1", ["f(1) > 0"]), ("d/dx [x*|x|] at x = 0", []),
])  # fmt: skip
def test_assumptions_are_tested_at_the_point(problem: str, assumptions: list[str]) -> None:
    derivation = tutor.explain(problem)
    assert derivation.undefined == ""
    assert [str(each) for each in derivation.assumptions] == assumptions


@pytest.mark.parametrize("problem", ["d/dx [f(x)*|x|] at x = 0", "d/dx [sqrt(2x - x - x)] at x = 1"])
def test_does_not_guess(problem: str) -> None:
    derivation = tutor.explain(problem)
    assert derivation.undefined == ""
    assert derivation.checked is None


def test_complex_numbers_are_left_alone() -> None:
    derivation = tutor.explain("d/dx [i*x^2] at x = 2")
    assert str(derivation.result) == "4*i"
    assert derivation.checked


# -- against slopes that are worked out exactly here -----------------------------------------------------------------


class Sides(NamedTuple):
    """A function at one point: as text, its value there, and its slopes on the left and on the right."""

    text: str
    value: Fraction
    left: Fraction
    right: Fraction


def plus(one: Sides, other: Sides, factor: int) -> Sides:
    return Sides(f"({one.text} + {factor}*({other.text}))", one.value + factor * other.value,
                 one.left + factor * other.left, one.right + factor * other.right)


def times(one: Sides, other: Sides) -> Sides:
    return Sides(f"({one.text})*({other.text})", one.value * other.value,
                 one.left * other.value + one.value * other.left, one.right * other.value + one.value * other.right)


def absolute(inner: Sides) -> Sides:
    if inner.value:
        sign = 1 if inner.value > 0 else -1
        return Sides(f"abs({inner.text})", abs(inner.value), sign * inner.left, sign * inner.right)
    return Sides(f"abs({inner.text})", Fraction(0), -abs(inner.left), abs(inner.right))


def positive_part(inner: Sides) -> Sides:
    left, right = inner.left, inner.right
    if inner.value < 0:
        left = right = Fraction(0)
    elif inner.value == 0:
        left, right = min(left, Fraction(0)), max(right, Fraction(0))
    return Sides(f"relu({inner.text})", max(inner.value, Fraction(0)), left, right)


def larger(one: Sides, other: Sides) -> Sides:
    beyond = positive_part(plus(one, other, -1))
    return Sides(f"max({one.text}, {other.text})", other.value + beyond.value, other.left + beyond.left,
                 other.right + beyond.right)


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Fraction, Sides]:
    """A point, and a function made of kinks near it."""
    point = Fraction(draw(st.integers(-4, 4)), draw(st.sampled_from((1, 2, 3))))

    def line() -> Sides:
        slope = Fraction(draw(st.integers(-2, 2)))
        height = draw(st.sampled_from((Fraction(0), Fraction(0), Fraction(1), Fraction(-1, 2))))
        return Sides(f"({slope}*(x - ({point})) + ({height}))", height, slope, slope)

    found = line()
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(("plus", "times", "abs", "relu", "max")))
        if kind == "abs":
            found = absolute(found)
        elif kind == "relu":
            found = positive_part(found)
        elif kind == "plus":
            found = plus(found, line(), draw(st.integers(-2, 2)))
        else:
            found = (times if kind == "times" else larger)(found, line())
    return point, found


@settings(max_examples=60, deadline=None)
@given(pieces())
def test_agrees_with_slopes_worked_out_exactly(drawn: tuple[Fraction, Sides]) -> None:
    point, function = drawn
    try:
        derivation = tutor.explain(f"d/dx [{function.text}] at x = {point}")
    except tutor.TutorError:  # no rule applies, as to the maximum of two terms that are the same
        return
    if function.left != function.right:
        assert derivation.undefined
    else:
        assert not derivation.undefined
        if derivation.unsolved is None and derivation.checked is not None:
            assert tutor.equivalent(derivation.result, f"{function.left}").verdict == "equal"
            assert derivation.checked


@pytest.mark.parametrize(("text", "problem", "result"), [
    ("d/dx [x^2*y] at x = 1, y = 2", "d/dx [x^2*y] at (x = 1) at (y = 2)", "4"),
    ("x - y at x = y, y = x", "(x - y) at (x = u) at (y = x) at (u = y)", "y - x"),
    ("d/dx [x^2*y] at x = y, y = 2", "d/dx [x^2*y] at (y = 2) at (x = y)", "4*y"),
    ("x*y*z at x = y, y = z, z = x", "(x*y*z) at (x = u) at (z = x) at (y = z) at (u = y)", "x*y*z"),
    ("x + y at x = x + y, y = x", "(x + y) at (x = u) at (y = x) at (u = x + y)", "2*x + y"),
])
def test_the_values_of_several_letters_are_put_in_at_once(text: str, problem: str, result: str) -> None:
    found = tutor.explain(text)
    assert str(found.problem) == problem
    assert str(found.result) == result
    assert found.checked
    assert [step.rule.name for step in found.steps].count("evaluate_at_several") == 1


def test_a_gradient_at_a_point_puts_in_all_values_in_one_step() -> None:
    rules = [step.rule.name for step in tutor.explain("grad x^2*y at x = 1, y = 2").steps if step.names]
    assert rules == ["constant_multiple", "evaluate_at_several", "constant_multiple", "evaluate_at_several"]
    assert str(tutor.explain("grad x^2*y at x = 1, y = 2").result) == "(4, 1)"


def test_an_assumption_is_about_the_values_of_all_letters() -> None:
    assert [str(each) for each in tutor.explain("d/dx [sqrt(x*y)] at x = a, y = 2").assumptions] == ["a > 0"]
