"""Powers, products and fractions of trigonometric and hyperbolic functions: which rule comes first, and that it is
true."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.antiderivatives import comparable
from tutor.derivation.derivation import derive
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, derivative, name
from tutor.integration.half_angle import half_angle, rational_in_sine_and_cosine
from tutor.integration.integrand import Integrand, Method
from tutor.integration.trigonometric import trigonometric_powers
from tutor.oracle.verdict import Oracle
from tutor.rules.instance import RuleInstance


@cache
def slope(body: Expression, variable: Expression) -> Expression:
    return derive(derivative(body, variable)).result


def integrand(text: str, variable: str = "x") -> Integrand:
    tidy = Tidy(Style())
    return Integrand(tidy(parse(text)), name(variable), name("u"), tidy, slope)


def proposals(method: Method, one: Integrand) -> Iterator[RuleInstance]:
    for found in method(one):
        if isinstance(found, RuleInstance):
            yield found.worked_out(lambda part: slope(*part.args[:2]) if part.head == "derivative" else one.tidy(part))


@pytest.mark.parametrize(("method", "text", "rule", "after"), [
    (trigonometric_powers, "sin(x)^3", "sine_odd", "-1/1*(int (1 - u^2)^1 du) at (u = cos(x))"),
    (trigonometric_powers, "sin(2*x + 1)^2", "sine_squared", "int (1 - cos(2*(2*x + 1)))/2 dx"),
    (trigonometric_powers, "sin(a*x)*cos(b*x)", "sine_times_cosine", "int (sin(a*x + b*x) + sin(a*x - b*x))/2 dx"),
    (trigonometric_powers, "sin(x)^2*cos(x)^4", "products_to_sums",
     "int 1/16 dx + 1/32*int cos(2*x) dx - 1/16*int cos(4*x) dx - 1/32*int cos(6*x) dx"),
    (trigonometric_powers, "e^x*sin(x)*cos(x)", "products_to_sums", "1/2*int e^x*sin(2*x) dx"),
    (trigonometric_powers, "tan(x)^4", "tangent_reduction", "tan(x)^3/(3*1) - int tan(x)^2 dx"),
    (trigonometric_powers, "tan(x)^2*sec(x)", "powers_apart", "int sec(x)^3 dx - int sec(x) dx"),
    (trigonometric_powers, "cos(x)^4/sin(x)^2", "powers_apart", "int csc(x)^2 dx + int -2 dx + int sin(x)^2 dx"),
    (trigonometric_powers, "1/sec(x)^2", "powers_apart", "int cos(x)^2 dx"),
    (trigonometric_powers, "1/cosh(x)^3", "reciprocal_of_power_of_hyperbolic_cosine", "int sech(x)^3 dx"),
    (rational_in_sine_and_cosine, "sin(x)/(1 + cos(x)^2)", "cosine_for_u", "(int -1/(u^2 + 1) du) at (u = cos(x))"),
    (rational_in_sine_and_cosine, "1/(1 + cos(x)^2)", "tangent_for_u", "(int 1/(u^2 + 2) du) at (u = tan(x))"),
    (rational_in_sine_and_cosine, "cos(x)^2/sin(x)^4", "cotangent_for_u", "(int -u^2 du) at (u = cot(x))"),
    (rational_in_sine_and_cosine, "sin(x)/(2 + sin(x))", "divide_sines", "int 1 dx - 2*int 1/(2 + sin(x)) dx"),
    (half_angle, "1/(2 + cos(3*x))", "half_angle", "(int 2/(3*(u^2 + 3)) du) at (u = tan(3*x/2))"),
    (half_angle, "1/(1 + cosh(x))", "half_angle", "(int 1 du) at (u = tanh(x/2))"),
])
def test_the_first_proposal(method: Method, text: str, rule: str, after: str) -> None:
    found = next(proposals(method, integrand(text)))
    assert (found.rule.name, str(found.after)) == (rule, after)


@pytest.mark.parametrize("text", ["x^2", "sin(x^2)", "x*sin(x)", "sin(x)/x", "sin(x) + sin(x + 1)", "tan(sin(x))"])
def test_nothing_is_proposed_for_what_is_no_fraction_in_sine_and_cosine(text: str) -> None:
    assert not list(proposals(rational_in_sine_and_cosine, integrand(text)))
    assert not list(proposals(half_angle, integrand(text)))


ARGUMENTS = some.sampled_from(["x", "2*x", "x/2", "3*x - 1", "1 - x"])
EXPONENTS = some.integers(0, 4)


@given(ARGUMENTS, EXPONENTS, EXPONENTS, some.sampled_from([("sin", "cos"), ("tan", "sec"), ("sinh", "cosh")]),
       some.sampled_from(["*", "/"]))
@settings(max_examples=25)
def test_what_is_proposed_for_powers_has_the_integrand_as_derivative(
        argument: str, first: int, second: int, heads: tuple[str, str], sign: str) -> None:
    one = integrand(f"{heads[0]}({argument})^{first}{sign}{heads[1]}({argument})^{second}")
    for method in (trigonometric_powers, rational_in_sine_and_cosine):
        check(one, method)


@given(ARGUMENTS, some.tuples(*[some.integers(-3, 3)] * 6), some.sampled_from([("sin", "cos"), ("sinh", "cosh")]))
@settings(max_examples=15)
def test_what_is_proposed_for_fractions_has_the_integrand_as_derivative(
        argument: str, numbers: tuple[int, ...], heads: tuple[str, str]) -> None:
    a, b, c, d, e, f = numbers
    sine, cosine = (f"{head}({argument})" for head in heads)
    if not (d or e or f):
        return
    one = integrand(f"({a} + {b}*{sine} + {c}*{cosine})/({d} + {e}*{sine} + {f}*{cosine})")
    for method in (rational_in_sine_and_cosine, half_angle):
        check(one, method)


def check(one: Integrand, method: Method) -> None:
    oracle = Oracle()
    for found in proposals(method, one):
        assert oracle.compare(*comparable(one.problem, found.after)).outcome != "refuted", found.after
        for line in found.working:
            left, right = line.relation.args
            assert oracle.compare(left, right).outcome != "refuted", line.relation


def test_the_name_of_the_variable_changes_nothing() -> None:
    for text in ("sin(x)^3*cos(x)^2", "1/(2 + cos(x))", "tan(x)^3"):
        for method in (trigonometric_powers, rational_in_sine_and_cosine, half_angle):
            first = [str(found.after) for found in proposals(method, integrand(text))]
            other = [str(found.after) for found in proposals(method, integrand(text.replace("x", "t"), "t"))]
            assert [each.replace("x", "t") for each in first] == other
