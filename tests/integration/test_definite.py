"""Definite integrals: their values beside those of mpmath, what has none, what is split, and laws."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.derivation.derivation import Derivation, derive
from tutor.derivation.problem import read_problem
from tutor.errors import NoProgress
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, add, multiply, name, node, number, postorder, power, rational
from tutor.integration.equations import number_of

VALUES = [
    # integrand, lower and upper limit, result
    ("x^2", "0", "2", "8/3"),
    ("x", "2", "0", "-2"),
    ("3", "0", "2", "6"),
    ("x^3 - 4*x", "0", "2", "-4"),
    ("(x - 1)*(x + 2)", "0", "1", "-7/6"),
    ("x^4", "-1", "1", "2/5"),
    ("x^3", "-2", "1", "-15/4"),
    ("1/x", "1", "e", "1"),
    ("1/x", "1", "2", "ln(2)"),
    ("1/x", "-2", "-1", "-ln(2)"),
    ("1/x^2", "1", "2", "1/2"),
    ("sqrt(x)", "0", "4", "16/3"),
    ("x*sqrt(x)", "0", "1", "2/5"),
    ("x^(1/3)", "0", "8", "12"),
    ("e^x", "0", "1", "e - 1"),
    ("e^(2*x)", "0", "1", "(e^2 - 1)/2"),
    ("e^(-x)", "0", "1", "1 - 1/e"),
    ("2^x", "0", "3", "7/ln(2)"),
    ("sin(x)", "0", "pi", "2"),
    ("cos(x)", "0", "pi/2", "1"),
    ("cos(x)", "0", "pi", "0"),
    ("sin(2*x)", "0", "pi/2", "1"),
    ("cos(3*x)", "0", "pi/6", "1/3"),
    ("sec(x)^2", "0", "pi/4", "1"),
    ("1/(1 + x^2)", "0", "1", "pi/4"),
    ("1/(1 + x^2)", "-1", "1", "pi/2"),
    ("sinh(x)", "0", "1", "cosh(1) - 1"),
    ("x*e^x", "0", "1", "1"),
    ("x*cos(x)", "0", "pi/2", "pi/2 - 1"),
    ("x*sin(x)", "0", "pi", "pi"),
    ("ln(x)", "1", "e", "1"),
    ("x*ln(x)", "1", "e", "(e^2 + 1)/4"),
    ("ln(x)/x", "1", "e", "1/2"),
    ("2*x*cos(x^2)", "0", "2", "sin(4)"),
    ("x*e^(x^2)", "0", "1", "(e - 1)/2"),
    ("cos(x)*e^sin(x)", "0", "pi/2", "e - 1"),
    ("sin(x)*cos(x)", "0", "pi/2", "1/2"),
    ("tan(x)", "0", "pi/4", "ln(2)/2"),
    ("abs(x)", "-1", "2", "5/2"),
    ("abs(x - 1)", "-2", "3", "13/2"),
    ("abs(x^2 - 3*x + 2)", "0", "3", "11/6"),
    ("abs(sin(x))", "0", "2*pi", "4"),
    ("abs(cos(x))", "0", "pi", "2"),
    ("max(x, x^2)", "0", "2", "17/6"),
    ("min(x, 1)", "0", "3", "5/2"),
    ("relu(x)", "-1", "1", "1/2"),
    ("relu(x - 1)", "0", "3", "2"),
    ("sign(x)", "-1", "2", "1"),
    ("step(x)", "-1", "2", "2"),
    ("x*abs(x)", "-1", "2", "7/3"),
    ("abs(x) + abs(x - 1)", "-1", "2", "5"),
    ("x^3*cos(x)", "-2", "2", "0"),
    ("sin(x)^3", "-pi", "pi", "0"),
    ("x^3*e^(x^2)", "-1", "1", "0"),
    ("cbrt(x)", "-8", "8", "0"),
    ("x^2 + 1", "3", "3", "0"),
    ("ln(x)", "2", "2", "0"),
    ("sqrt(x)", "1", "0", "-2/3"),
    ("abs(x)", "2", "-1", "-5/2"),
    ("sigmoid(x)", "0", "1", "softplus(1) - ln(2)"),
    ("x^2*e^(-x)", "0", "1", "2 - 5/e"),
    ("x/(x^2 + 1)", "0", "1", "ln(2)/2"),
    ("sin(x)^2", "0", "pi/2", "pi/4"),
    ("sqrt(1 - x^2)", "0", "1", "pi/4"),
    ("1/(x^2 + x)", "1", "2", "2*ln(2) - ln(3)"),
    ("1/(x + 1)", "0", "1", "ln(2)"),
    ("1/(2*x + 1)", "0", "1", "ln(3)/2"),
    ("(2*x + 1)^3", "0", "1", "10"),
    ("e^(-x^2)", "0", "1", "sqrt(pi)*erf(1)/2"),
]

_NAMES = {"ln": mpmath.log, "abs": abs, "sign": mpmath.sign, "pi": mpmath.pi, "e": mpmath.e, "cbrt": lambda x: (
    mpmath.sign(x) * mpmath.cbrt(abs(x))), "relu": lambda x: max(x, 0), "step": lambda x: mpmath.mpf(x > 0),
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)), "max": max, "min": min} | {
    each: getattr(mpmath, each) for each in ("sin", "cos", "tan", "sec", "sinh", "sqrt")}


def by_mpmath(integrand: str, lower: str, upper: str) -> float:
    code = compile(integrand.replace("^", "**"), "integrand", "eval")
    ends = [eval(end, {}, _NAMES) for end in (lower, upper)]
    places = sorted({*ends, *(place for place in (0, 1, 2, mpmath.pi / 2, mpmath.pi) if min(ends) < place < max(ends))})
    found = mpmath.quad(lambda x: eval(code, {}, _NAMES | {"x": x}), places)
    return float(found if ends[0] <= ends[1] else -found)


def solved(integrand: str, lower: str, upper: str) -> Derivation:
    return derive(node("integral", (parse(integrand), name("x"), parse(lower), parse(upper))))


@pytest.mark.parametrize(("integrand", "lower", "upper", "result"), VALUES)
def test_a_value_is_exact_and_that_of_mpmath(integrand: str, lower: str, upper: str, result: str) -> None:
    derivation = solved(integrand, lower, upper)
    assert derivation.compare(derivation.result, parse(result)).outcome == "checked"
    value = number_of(derivation.result)
    assert value is not None
    assert abs(value - by_mpmath(integrand, lower, upper)) < 1e-9
    assert derivation.checked
    assert derivation.assumptions == ()


WITHOUT_VALUE = [
    # problem, whether it diverges, why
    ("int_2^4 1/x dx - int_(-1)^1 1/x^2 dx", True, "1/x^2 grows without bound at x = 0, and so does its integral"),
    ("int_(-1)^1 1/x dx", True, "1/x grows without bound at x = 0, and so does its integral from -1 to 0"),
    ("int_(-1)^1 1/x^2 dx", True, "1/x^2 grows without bound at x = 0, and so does its integral from -1 to 0"),
    ("int_1^(-1) 1/x^2 dx", True, "1/x^2 grows without bound at x = 0, and so does its integral from -1 to 0"),
    ("int_0^1 1/x^2 dx", True, "1/x^2 grows without bound at x = 0, and so does its integral from 0 to 1"),
    ("int_2^4 1/(x - 3)^2 dx", True, "1/(x - 3)^2 grows without bound at x = 3, and so does its integral from 2 to 3"),
    ("int_0^1 1/(x^2 - 1) dx", True, "1/(x^2 - 1) grows without bound at x = 1, and so does its integral from 0 to 1"),
    ("int_0^pi sec(x)^2 dx", True, "sec(x)^2 grows without bound at x = pi/2"),
    ("int_0^pi tan(x) dx", True, "tan(x) grows without bound at x = pi/2, and so does its integral from 0 to pi/2"),
    ("int_1^infinity 1/x dx", True, "the integral of 1/x from 1 to infinity grows without bound"),
    ("int_0^infinity e^x dx", True, "the integral of e^x from 0 to infinity grows without bound"),
    ("int_1^infinity 1/sqrt(x) dx", True, "the integral of 1/sqrt(x) from 1 to infinity grows without bound"),
    ("int_0^infinity sin(x) dx", True, "the integral of sin(x) from 0 to t approaches no number as t approaches"),
    ("int_(-infinity)^infinity x dx", True, "the integral of x from -infinity to 0 grows without bound"),
    ("int_(-infinity)^infinity x^3 dx", True, "the integral of x^3 from -infinity to 0 grows without bound"),
    ("int_infinity^infinity x dx", False, "there is no interval from infinity to infinity"),
    ("int_(-1)^1 sqrt(x) dx", False, "sqrt(x) has no real value between -1 and 0"),
    ("int_(-1)^1 ln(x) dx", False, "ln(x) has no real value between -1 and 0"),
    ("int_0^2 1/sqrt(1 - x^2) dx", False, "sqrt(1 - x^2) has no real value between 1 and 2"),
    ("int_0^2 asin(x) dx", False, "asin(x) has no real value between 1 and 2"),
    ("int_4^0 sqrt(x - 1) dx", False, "sqrt(x - 1) has no real value between 0 and 1"),
]


@pytest.mark.parametrize(("problem", "diverges", "why"), WITHOUT_VALUE)
def test_an_integral_without_a_value_is_said_to_have_none(problem: str, diverges: bool, why: str) -> None:
    derivation = derive(parse(problem))
    assert derivation.no_value is not None
    assert derivation.no_value.diverges is diverges
    assert derivation.unsolved is not None
    assert derivation.unsolved.written().startswith(why)
    assert derivation.result is parse(problem)


IMPROPER = [
    ("int_0^1 1/sqrt(x) dx", "2"),
    ("int_0^1 ln(x) dx", "-1"),
    ("int_0^1 x*ln(x) dx", "-1/4"),
    ("int_1^infinity 1/x^2 dx", "1"),
    ("int_infinity^1 1/x^2 dx", "-1"),
    ("int_0^infinity e^(-x) dx", "1"),
    ("int_(-infinity)^0 e^x dx", "1"),
    ("int_0^infinity x*e^(-x) dx", "1"),
    ("int_(-infinity)^infinity 1/(1 + x^2) dx", "pi"),
    ("int_(-infinity)^infinity e^(-x^2) dx", "sqrt(pi)"),
    ("int_(-infinity)^infinity x*e^(-x^2) dx", "0"),
    ("int_0^infinity e^(-x)*sin(x) dx", "1/2"),
    ("int_0^1 1/sqrt(1 - x^2) dx", "pi/2"),
    ("int_(-1)^1 1/sqrt(1 - x^2) dx", "pi"),
    ("int_(-1)^1 1/x^(1/3) dx", "0"),
    ("int_1^infinity 1/(x*(x + 1)) dx", "ln(2)"),
    ("int_0^infinity 1/(x + 1)^2 dx", "1"),
    ("int_1^infinity ln(x)/x^2 dx", "1"),
    ("int_0^infinity 1/(sqrt(x)*(x + 1)) dx", "pi"),
    ("int_0^(2*pi) 1/(2 + cos(x)) dx", "2*pi/sqrt(3)"),
    ("int_0^pi 1/(2 + cos(x)) dx", "pi/sqrt(3)"),
]


@pytest.mark.parametrize(("problem", "result"), IMPROPER)
def test_an_improper_integral_is_a_limit(problem: str, result: str) -> None:
    derivation = derive(parse(problem))
    assert str(derivation.result) == result
    rules = {step.rule.name for step in derivation.steps}
    assert rules & {"improper_upper", "improper_lower", "improper_beginning", "improper_end"}
    assert derivation.checked


@pytest.mark.parametrize(("problem", "result", "assumed"), [
    ("int_a^b x dx", "b^2/2 - a^2/2", []),
    ("int_1^b 1/x dx", "ln(abs(b))", ["b > 0"]),
    ("int_a^b 1/x dx", "ln(abs(b)) - ln(abs(a))", ["a > 0", "b > 0"]),
    ("int_0^a sqrt(x) dx", "2*a^(3/2)/3", ["a >= 0"]),
    ("int_0^x t dt", "x^2/2", []),
    ("int_x^(x^2) t dt", "x^4/2 - x^2/2", []),
    ("int_0^1 k*x dx", "k/2", []),
    ("int_0^x sin(x) dx", "1 - cos(x)", []),
    ("int_1^x 1/x dx", "ln(abs(x))", ["x > 0"]),
    ("int_a^infinity 1/x^2 dx", "1/a", ["a > 0"]),
    ("int_(-infinity)^b e^x dx", "e^b", []),
    ("int_0^1 1/(a - x) dx", "ln(abs(a)) - ln(abs(a - 1))", ["a - 1 > 0"]),
    ("int_a^a x^2 dx", "0", []),
    ("int_0^1 int_0^x x*y dy dx", "1/8", []),
    ("int_0^1 (int_0^2 x*y dx) dy", "1", []),
    ("3*int_0^1 x dx + 2", "7/2", []),
])
def test_letters_and_integrals_in_each_other(problem: str, result: str, assumed: list[str]) -> None:
    derivation = derive(parse(problem))
    assert str(derivation.result) == result
    assert [str(each) for each in derivation.assumptions] == assumed
    assert derivation.checked


@pytest.mark.parametrize(("problem", "rules"), [
    ("int_0^2 x^2 dx", ["fundamental_theorem"]),
    ("int_2^0 x^2 dx", ["swap_limits", "fundamental_theorem"]),
    ("int_(-1)^2 abs(x) dx", ["split_where_formula_changes", "formula_on_interval", "fundamental_theorem"]),
    ("int_(-2)^2 x^3*cos(x) dx", ["odd_integrand"]),
    ("int_(-infinity)^infinity 1/(1 + x^2) dx", ["split_whole_line", "improper_lower"]),
    ("int_(-1)^1 1/x^2 dx", ["split_where_unbounded", "improper_end"]),
])
def test_the_rules_that_take_it_apart(problem: str, rules: list[str]) -> None:
    used = [step.rule.name for step in derive(parse(problem)).steps if step.rule.file == "integrals_definite.rules"]
    assert used[:len(rules)] == rules


@pytest.mark.parametrize(("method", "problem", "after"), [
    ("definite_substitution", "int_0^2 2*x*cos(x^2) dx", "int_0^4 cos(u) du"),
    ("definite_substitution", "int_0^(pi/2) cos(x)*e^sin(x) dx", "int_0^1 e^u du"),
    ("even_integrand", "int_(-2)^2 x^4 dx", "2*int_0^2 x^4 dx"),
])
def test_a_second_method(method: str, problem: str, after: str) -> None:
    derivation = derive(parse(problem), method=method)
    assert [str(step.after) for step in derivation.steps if step.rule.name == method] == [after]
    assert derivation.checked
    assert derivation.compare(derivation.result, derive(parse(problem)).result).outcome == "checked"
    assert method in derive(parse(problem)).other_methods


@pytest.mark.parametrize(("problem", "value", "assumed"), [
    ("int_0^inf e^(-k*x) dx", "1/k", ["k > 0"]),
    ("int_0^inf k*x*e^(-k*x) dx", "1/k", ["k > 0"]),
    ("int_0^inf e^(-x/k) dx", "k", ["k > 0"]),
    ("int_0^1 x^k dx", "1/(k + 1)", ["k + 1 > 0"]),
])
def test_an_improper_integral_may_depend_on_the_sign_of_a_letter(problem: str, value: str, assumed: list[str]) -> None:
    derivation = derive(parse(problem))
    assert str(derivation.result) == value
    assert [str(relation) for relation in derivation.assumptions] == assumed
    assert derivation.checked


@pytest.mark.parametrize(("problem", "told"), [
    ("int_0^3 abs(x^3 - 4*x^2 + x + 1) dx", "changes its formula could not be found exactly."),
    ("int_0^1 e^(x^2) dx", "Numbers alone give about 1.46265"),
    ("int_(-3)^0 (x + 2)^k dx", "depends on its letters"),
    ("int_(-2)^0 sqrt(x - a^2 - 1) dx", "has no real value at one of the limits"),
])
def test_what_is_not_found_is_told_with_a_number(problem: str, told: str) -> None:
    with pytest.raises(NoProgress) as refused:
        derive(parse(problem))
    assert any(told in line for line in refused.value.report)


def test_a_method_that_does_not_fit_is_not_offered() -> None:
    assert derive(parse("int_0^2 x^3 dx")).other_methods == ()


def test_an_area_is_told_beside_the_integral_where_they_differ() -> None:
    assert str(derive(read_problem("area under x^3 - x from -1 to 2").expression).without_bars) == "9/4"
    assert derive(parse("int_1^2 abs(x) dx")).without_bars is None


def polynomial(coefficients: list[int]) -> Expression:
    x = name("x")
    return add(rational(coefficients[0]), *[
        multiply(rational(each), power(x, number(degree))) for degree, each in enumerate(coefficients[1:], 1)])


integrands = st.one_of(
    st.lists(st.integers(-4, 4), min_size=2, max_size=4).map(polynomial),
    st.sampled_from(["abs(x - 1)", "sin(2*x)", "x*e^x", "e^(-x)", "abs(x^2 - 2)", "x*cos(x)", "max(x, 1)"]).map(parse))
places = st.integers(-6, 6).map(lambda each: Fraction(each, 2))


def value(integrand: Expression, lower: Fraction, upper: Fraction) -> Derivation:
    return derive(node("integral", (integrand, name("x"), rational(lower), rational(upper))))


@settings(max_examples=15)
@given(integrands, places, places, places)
def test_intervals_add_up(integrand: Expression, a: Fraction, b: Fraction, c: Fraction) -> None:
    first, second, whole = value(integrand, a, b), value(integrand, b, c), value(integrand, a, c)
    assert whole.compare(add(first.result, second.result), whole.result).outcome == "checked"


@settings(max_examples=15)
@given(integrands, places, places)
def test_a_value_is_that_of_quadrature_and_swapping_changes_its_sign(integrand: Expression, a: Fraction,
                                                                     b: Fraction) -> None:
    found, turned = value(integrand, a, b), value(integrand, b, a)
    assert found.check.outcome == "checked"
    assert found.compare(add(found.result, turned.result), rational(0)).outcome == "checked"
    assert not any(part.head == "integral" for part in postorder([found.result]))


WITH_LETTERS = [
    # an end at which the antiderivative has no value: a limit; what is assumed of the letters
    ("int_0^a ln(x) dx", "a*ln(a) - a", ["a > 0"]),
    ("int_0^b x*ln(x) dx", "b^2*(2*ln(b) - 1)/4", ["b > 0"]),
    ("int_a^2 1/sqrt(x-a) dx", "2*sqrt(2 - a)", ["2 - a > 0"]),
    ("int_-a^a abs(x) dx", "a*abs(a)", []),
    ("int_infinity^a e^(-x) dx", "-e^-a", []), ("int_a^(-infinity) e^x dx", "-e^a", []),
    # the antiderivative jumps only where the integrand has no value, too
    ("int_1^a 1/x^2 dx", "1 - 1/a", ["a > 0"]),
    ("int_-1^x atan(1/t) dt", "x*atan(1/x) + ln(x^2 + 1)/2 - pi/4 - ln(2)/2", ["x < 0"]),
]


@pytest.mark.parametrize(("problem", "result", "assumed"), WITH_LETTERS)
def test_letters_in_the_limits(problem: str, result: str, assumed: list[str]) -> None:
    derivation = derive(parse(problem))
    assert str(derivation.result) == result
    assert [str(each) for each in derivation.assumptions] == assumed
    assert derivation.check.outcome == "checked"


@pytest.mark.parametrize("problem", ["int_0^a 1/x dx", "int_a^0 1/x dx", "int_0^a 1/x^2 dx", "int_-a^a 1/x^2 dx",
                                     "int_-a^(2*a) 1/x dx", "int_-1^1 e^(-1/x)/x^2 dx",
                                     "int_infinity^(-a) relu(x) dx", "int_infinity^2 x dx",
                                     "int_-infinity^(-2) abs(1-2*x) dx"])
def test_no_value_with_each_step_checked(problem: str) -> None:
    derivation = derive(parse(problem))
    assert derivation.unsolved is not None
    assert derivation.checked


@pytest.mark.parametrize("problem", ["int_a^b sqrt(1+cos(x)) dx",
                                     "int_0^(2*pi) 1/(2+cos(x-a)) dx"])
def test_a_jump_of_the_antiderivative_that_may_lie_between_the_limits(problem: str) -> None:
    with pytest.raises(NoProgress, match=r"No value of int_.* was found"):
        derive(parse(problem))


@pytest.mark.parametrize(("problem", "value"), [
    ("int_0^1 int_0^1 int_0^1 x*y*z dx dy dz", "1/8"),
    ("int_0^1 int_0^(1-x) int_0^(1-x-y) 1 dz dy dx", "1/6"),
    ("int_0^1 int_0^1 int_0^1 int_0^1 x*y*z*w dx dy dz dw", "1/16"),
    ("int_0^1 int_0^1 max(x, y) dy dx", "2/3"),
])
def test_integrals_deep_inside_each_other_are_checked_part_by_part(problem: str, value: str) -> None:
    derivation = derive(parse(problem))
    assert str(derivation.result) == value
    assert derivation.checked


def test_a_part_that_holds_for_some_of_the_interval_only_is_no_check_of_the_whole() -> None:
    derivation = derive(parse("int_(-1)^1 int_0^1 int_0^1 z/(x + y + 2)^2 dx dz dy"))
    assert derivation.check.outcome == "undecided"  # the inner integral has the value that was found for y > -2 only
