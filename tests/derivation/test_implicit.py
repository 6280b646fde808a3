"""Rates that follow from equations."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tutor
from tests.narrowed import not_none, of_kind
from tutor.derivation.backward import BackwardPass
from tutor.derivation.derivation import derive
from tutor.derivation.implicit import ImplicitRate
from tutor.derivation.problem import read_problem
from tutor.derivation.rate_problem import rate_asked
from tutor.errors import TutorError

FOUND = [
    ("x^2 + y^2 = 25; dy/dx", "-x/y"),
    ("dy/dx if x^2 + y^2 = 25", "-x/y"),
    ("x^2 + y^2 = 25, find dy/dx", "-x/y"),
    ("Find dy/dx by implicit differentiation: x*y = 1", "-y/x"),
    ("implicit derivative of x*y = 1", "-y/x"),
    ("differentiate x^2 + y^2 = 25 implicitly", "-x/y"),
    ("x^2 + y^2 = 25; dx/dy", "-y/x"),
    ("x^2 + y^2 = 25; dy/dx at x = 3, y = 4", "-3/4"),
    ("dy/dx if x^2 + y^2 = 25 at (3, 4)", "-3/4"),
    ("x^2 + y^2 = 25; dy/dx at x = 3 and y = -4", "3/4"),
    ("x*y + sin(y) = x; dy/dx", "(1 - y)/(x + cos(y))"),
    ("y = x*y + 1; dy/dx", "y/(1 - x)"),
    ("x^2 = y^3 + y; dy/dx", "2*x/(3*y^2 + 1)"),
    ("x^3 + y^3 = 6*x*y; dy/dx at (3, 3)", "-1"),
    ("ln(y) = x*ln(x); dy/dx", "y*(ln(x) + 1)"),
    ("e^(x*y) = x + y; dy/dx", "(1 - y*e^(x*y))/(x*e^(x*y) - 1)"),
    ("a*x^2 + y^2 = 1; dy/dx", "-a*x/y"),
    ("V = 4/3*pi*r^3; dr/dt = 2; dV/dt at r = 3", "72*pi"),
    ("V = 4/3*pi*r^3; dV/dt = 100; dr/dt at r = 5", "1/pi"),
    ("A = pi*r^2; dA/dt", "2*pi*r*dr/dt"),
    ("A = pi*r^2; r = 2*h; dh/dt = 3; dA/dt at h = 1", "24*pi"),
    ("x^2 + y^2 = 25; dx/dt = 2; dy/dt at x = 3, y = 4", "-3/2"),
    ("x^2 + y^2 = 25; dx/dt = 2; dy/dt at x = 3", "-6/y"),
    ("A = x*y; dy/dt = dx/dt; dA/dt", "(y + x)*dx/dt"),
    ("A = x*y; x^2 + y^2 = 25; dx/dt = 1; dA/dt at x = 3, y = 4", "7/4"),
]


@pytest.mark.parametrize(("text", "rate"), FOUND)
def test_a_rate_is_found_and_every_step_is_checked(text: str, rate: str) -> None:
    found = of_kind(ImplicitRate, tutor.explain(text))
    assert str(found.result) == rate
    assert found.checked


def test_an_equation_is_differentiated_sorted_and_divided() -> None:
    steps = [step for step in tutor.explain("x^2 + y^2 = 25; dy/dx at (3, 4)").steps if step.after.head == "relation"]
    assert [(step.rule.name, str(step.after)) for step in steps] == [
        ("differentiate_both_sides", "d/dx [x^2 + y^2] = d/dx [25]"),
        ("put_together", "2*x + 2*y*dy/dx = 0"),
        ("move_terms", "2*y*dy/dx = -2*x"),
        ("divide_both_sides", "dy/dx = (-2*x)/(2*y)"),
        ("values_put_in", "dy/dx = -3/4"),
    ]


def test_what_is_divided_by_is_assumed_not_to_be_0() -> None:
    assert [str(each) for each in tutor.explain("x^2 + y^2 = 25; dy/dx").assumptions] == ["y != 0"]
    assert tutor.explain("x^2 + y^2 = 25; dy/dx at (3, 4)").assumptions == ()


@pytest.mark.parametrize(("text", "why"), [
    ("x^2 + y^2 = 25; dy/dx at (5, 0)", "so there is no dy/dx: the tangent is vertical"),
    ("x^2 + y^2 = 25; dx/dt = 2; dy/dt at x = 5, y = 0", "so there is no dy/dt"),
])
def test_where_the_factor_of_the_rate_is_0_there_is_no_rate(text: str, why: str) -> None:
    found = tutor.explain(text)
    assert found.undefined.endswith(why)
    assert found.checked


@pytest.mark.parametrize(("text", "why"), [
    ("y^2 = x^3; dy/dx at (0, 0)", "so the equation does not say what dy/dx is"),
    ("y^3 = x^3; dy/dx at (0, 0)", "so the equation does not say what dy/dx is"),  # though y = x has a slope there
    ("abs(x) = y; dx/dt = 1; dy/dt at x = 0", "so they do not say what dy/dt is"),
    ("x*y = relu(x); dy/dx at x = 0", "so they do not say what dy/dx is"),
    ("abs(x) + abs(y) = 1; dy/dx at (1, 0)", "so they do not say what dy/dx is"),
])
def test_where_the_rules_do_not_say_what_the_rate_is_nothing_is_claimed(text: str, why: str) -> None:
    found = tutor.explain(text)
    assert found.unsolved is not None
    assert found.unsolved.written().endswith(why)
    assert (found.undefined, found.checked) == ("", None)


@pytest.mark.parametrize(("text", "result"), [
    ("dy/dx if y = x^2", "2*x"), ("find dy/dx when y = sin(x)", "cos(x)"), ("dy/dx if y = x^2 at x = 3", "6"),
    ("dy/dx where y = {x^2 if x < 1; 2x - 1 otherwise} at x = 2", "2"),
])
def test_the_slope_of_a_line_may_be_asked_for_before_it(text: str, result: str) -> None:
    assert str(tutor.explain(text).result) == result


def test_a_point_that_is_not_on_the_line_is_refused() -> None:
    with pytest.raises(TutorError, match="is not true where x = 3, y = 8"):
        tutor.explain("dy/dx if y = x^2 at (3, 8)")


def test_a_wrong_rate_is_refuted_by_numbers() -> None:
    found = of_kind(ImplicitRate, tutor.explain("x^2 + y^2 = 25; dy/dx"))
    assert found.compare(found.asked.rate, tutor.parse("x/y")).outcome == "refuted"
    assert found.compare(found.asked.rate, tutor.parse("-x/y")).outcome == "checked"


@pytest.mark.parametrize("text", ["y = x^2; dy/dx", "u = x^2; y = u^3; dy/dx", "f(x) = x^2; f'(x)", "d/dx [x*y]"])
def test_what_says_what_y_is_stays_explicit(text: str) -> None:
    assert not isinstance(tutor.explain(text), ImplicitRate)


def test_the_slopes_of_a_graph_stay_its_slopes() -> None:
    assert isinstance(tutor.explain("z = w*x; L = z^2; dL/dz"), BackwardPass)


@pytest.mark.parametrize(("text", "message"), [
    ("x*y; dy/dx", "x*y is no equation"),
    ("x^2 + y^2 = 25; dz/dx", "z stands in none of the equations."),
    ("x^2 + y^2 = 25; dx/dx", "x changes with itself at the rate 1."),
    ("x^2 + y^2 = 25; x*y = 1; dy/dx", "x*y = 1 is not needed for dy/dx, or says something else"),
    ("x^2 + y^2 = 25; dy/dx at (3, 5)", "the left side is 34 there, and the right side is 25."),
    ("x^2 + y^2 = 25; dy/dx at x = 3, x = 4", "x is given two values."),
    ("x^2 + y^2 = 25; dy/dx at z = 3", "z stands in none of the equations, so it needs no value."),
    ("x^2 + y^2 = 25; dy/dx at 3", "Say which letters have which values"),
    ("x^2 + y^2 = 25; dy/dt = 2; dy/dt", "dy/dt is given: it is 2."),
    ("x^2 + y^2 = 25; dx/ds = 2; dy/dt", "dx/ds is a rate in s, but dy/dt is one in t."),
    ("x^2 + y^2 = 25; dx/dt = 2; dx/dt = 3; dy/dt", "dx/dt is given twice."),
    ("x^2 + y^2 = 25; dz/dt = 2; dy/dt", "z stands in none of the equations, so dz/dt does not matter."),
    ("x*y = 1; dy/dx at x = 1/0", "1/0 is no real number"),
    ("x*y = 1; dx/dt = infinity; dy/dt", "infinity is no real number"),
    ("x/y = 1; dx/dy at (0, 0)", "x/y = 1 says nothing there, as 0/0 has no value."),
    ("0*y = x; dy/dx", "dy/dx drops out of 0 = 1"),
    ("x^2 + = 25; dy/dx", "Something is missing after +"),
    ("y'^2 = x; dy/dx", "y' cannot stand in an equation here."),
    ("implicit derivative of a*b*c = 1", "Say which rate is asked for"),
    ("x^2 + y^2 < 25; dy/dx", ""),
])
def test_what_cannot_be_found_is_refused_with_words(text: str, message: str) -> None:
    with pytest.raises(TutorError) as refused:
        tutor.explain(text)
    assert message in str(refused.value)


def test_constants_are_named() -> None:
    assert [note.message for note in tutor.explain("a*x^2 + y^2 = 1; dy/dx").notes] == ["a is taken to be a constant."]


def test_the_problem_says_all_of_it() -> None:
    for text, _ in FOUND:
        problem = read_problem(text).expression
        assert not_none(rate_asked(problem)).problem is problem
        assert derive_again(str(problem)) is problem


def derive_again(text: str) -> tutor.Expression:
    from tutor.expression.parse import read_back

    return read_back(text)


@settings(max_examples=40)
@given(st.lists(st.integers(-3, 3), min_size=9, max_size=9))
def test_the_slope_of_a_curve_is_that_of_a_computer_algebra_system(numbers: list[int]) -> None:
    x, y = sympy.symbols("x y")
    powers = [(m, n) for m in range(3) for n in range(3)]
    curve = sum(value * x**m * y**n for value, (m, n) in zip(numbers, powers, strict=True))
    assume(sympy.diff(curve, y) != 0)
    text = " + ".join(f"({value})*x^{m}*y^{n}" for value, (m, n) in zip(numbers, powers, strict=True) if value)
    text = text.replace("x^0*", "").replace("*y^0", "").replace("x^1", "x").replace("y^1", "y")
    assume("x" in text)
    found = tutor.explain(f"{text} = 1; dy/dx")
    wanted = sympy.idiff(curve - 1, y, x)
    assert sympy.cancel(sympy.sympify(str(found.result).replace("^", "**")) - wanted) == 0  # both are fractions
    assert found.checked


def test_other_derivations_do_not_take_equations() -> None:
    with pytest.raises(TutorError, match="as one answer"):
        derive(read_problem("x*y = 1; dy/dx").expression)


@pytest.mark.parametrize(("text", "why", "undefined"), [
    ("x^2 + y^2 = -1; dy/dx", "is true for no real numbers, so there is no curve and no dy/dx", True),
    ("x^2 + y^2 = -1; dx/dt = 2; dy/dt", "is true for no real numbers, so there is no curve and no dy/dt", True),
    ("e^(x*y) + y^2 = 0; dy/dx", "is true for no real numbers, so there is no curve and no dy/dx", True),
    ("x^2 + y^2 = 0; dy/dx", "is true only where the factor 2*y of dy/dx is 0, so it does not say what dy/dx is",
     False),
    ("(x - 1)^2 + (y + 2)^4 = 0; dy/dx", "of dy/dx is 0, so it does not say what dy/dx is", False),
    ("(x - y)^2 = 0; dy/dx", "of dy/dx is 0, so it does not say what dy/dx is", False),  # though it is a straight line
])
def test_an_equation_without_points_where_the_rules_apply_gives_no_rate(text: str, why: str, undefined: bool) -> None:
    found = tutor.explain(text)
    assert found.unsolved is not None
    assert found.unsolved.written().endswith(why)
    assert bool(found.undefined) is undefined


@pytest.mark.parametrize(("text", "seen"), [
    ("x^2 - 2*x + y^2 + 4*y + 5 = 0; dy/dx", False),    # one point, (1, -2), which signs do not show
    ("x^2 - 2*x + y^2 + 4*y + 4 = 0; dy/dx", True),
    ("x^2 + y^2 = 0; dy/dx at (0, 0)", True),           # there the point is given
    ("A = pi*r^2; dA/dt", True),
])
def test_whether_a_curve_was_seen_is_known(text: str, seen: bool) -> None:
    assert of_kind(ImplicitRate, tutor.explain(text)).is_seen is seen
