"""Linearity, the table, linear insides, and the substitution that can be seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, proposals
from tutor.derivation.derivation import derive
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, add, multiply, name, rational, substitute
from tutor.integration.integrand import Method
from tutor.integration.table import antiderivative_at_once, linear_inside, linear_rules, substitution, table
from tutor.oracle.verdict import Oracle

PROPOSED = [
    # method, integrand, what it becomes: after the first proposal's rule, its letters worked out
    (linear_rules, "7*k", "(7*k)*x"),
    (linear_rules, "x^2 - sin(x)", "int x^2 dx - int sin(x) dx"),
    (linear_rules, "-sin(x)", "-int sin(x) dx"),
    (linear_rules, "x^2/3", "(int x^2 dx)/3"),
    (linear_rules, "5/x", "5*int 1/x dx"),
    (linear_rules, "-3*x/(2*(x^2 + 1))", "(-3/2)*int x/(x^2 + 1) dx"),
    (linear_rules, "k*x/(n*x + 1)", "k*int x/(n*x + 1) dx"),
    (linear_rules, "x*sin(x)", None),
    (table, "x^(2/3)", "x^(2/3 + 1)/(2/3 + 1)"),
    (table, "1/x^3", "-1/((3 - 1)*x^(3 - 1))"),
    (table, "1/cos(x)^2", "tan(x)"),
    (table, "1/(x^2 + 7)", "atan(x/sqrt(7))/sqrt(7)"),
    (table, "1/(x^2 + k^2)", "atan(x/k)/k"),
    (table, "1/(x^2 - 7)", None),
    (table, "1/sqrt(x^2 - 9)", "ln(abs(x + sqrt(x^2 - 9)))"),
    (table, "1/sqrt(9 - x^2)", "asin(x/sqrt(9))"),
    (table, "sign(x)", "abs(x)"),
    (table, "e^(-x^2)", "sqrt(pi)/2*erf(x)"),
    (table, "e^(-x^2/2)", "sqrt(pi)/2*sqrt(2)*erf(x/sqrt(2))"),
    (table, "e^(-3*x^2/4)", "sqrt(pi)/(2*sqrt(3/4))*erf(sqrt(3/4)*x)"),
    (table, "e^(x^2)", None),
    (table, "sin(x)/x", "Si(x)"),
    (table, "softplus(x)", None),
    (linear_inside, "cos(3*x)", "1/3*(int cos(u) du) at (u = 3*x)"),
    (linear_inside, "sqrt(4 - x)", "1/(-1)*(int sqrt(u) du) at (u = 4 - x)"),
    (linear_inside, "1/(5*x + 22)", "1/5*(int 1/u du) at (u = 5*x + 22)"),
    (linear_inside, "sin(2*x)^2*cos(2*x)", "1/2*(int cos(u)*sin(u)^2 du) at (u = 2*x)"),
    (linear_inside, "1/(9*x^2 + 4)", "1/3*(int 1/(u^2 + 4) du) at (u = 3*x)"),
    (linear_inside, "sin(3*x)/x", "1/3*(int sin(u)/(u/3) du) at (u = 3*x)"),
    (linear_inside, "x*cos(3*x)", None),
    (linear_inside, "x + 3", None),
    (substitution, "x*cos(x^2)", "1/2*(int cos(u) du) at (u = x^2)"),
    (substitution, "2*x*cos(x^2)", "(int cos(u) du) at (u = x^2)"),
    (substitution, "cos(x)*sin(x)^11", "(int u^11 du) at (u = sin(x))"),
    (substitution, "x/(x^2 + 1)^3", "1/2*(int 1/u^3 du) at (u = x^2 + 1)"),
    (substitution, "1/(x*ln(x))", "ln(abs(ln(x)))"),
    (substitution, "x*cos(x^6)", None),
]


@pytest.mark.parametrize(("method", "text", "after"), PROPOSED)
def test_what_is_proposed_first(method: Method, text: str, after: str | None) -> None:
    integrand = integrand_of(text)
    found = proposals(method, integrand)
    if after is None:
        assert not found
    else:
        made = found[0].worked_out(lambda part: integrand.differentiate(*part.args[:2]))
        assert made.after is parse(after)


OUTSIDES = [parse(text) for text in (
    "sin(x)", "1/x", "e^x", "sqrt(x)", "1/(x^2 + 2)", "x^5", "tan(x)", "1/sqrt(3 - x^2)", "sinh(x)")]


@settings(max_examples=30)
@given(st.sampled_from(OUTSIDES), st.integers(-5, 5).filter(bool), st.integers(-5, 5), st.integers(1, 6))
def test_what_is_found_at_once_has_the_integrand_as_its_derivative(
        outside: Expression, slope: int, constant: int, factor: int) -> None:
    inside = add(multiply(rational(slope), name("x")), rational(constant))
    integrand = integrand_of(str(multiply(rational(factor), substitute(outside, "x", inside))))
    found = antiderivative_at_once(integrand)
    assert found is not None
    assert Oracle().compare(integrand.slope(found), integrand.body).outcome == "checked"


@pytest.mark.parametrize(("problem", "result"), [
    ("int u*cos(u^2) du", "sin(u^2)/2 + C"),
    ("int 1/(a*x + b) dx", "ln(abs(a*x + b))/a + C"),
    ("int relu(2*x - 1) dx", "relu(2*x - 1)^2/4 + C"),
])
def test_in_a_derivation(problem: str, result: str) -> None:
    assert str(derive(parse(problem)).result) == result
