"""Products with an exponential: the factor of the antiderivative, or the proof that there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true, proposals, refusals
from tutor.expression.parse import parse
from tutor.expression.tree import multiply
from tutor.integration.ansatz import exponential_ansatz

FOUND = [
    ("(10*x^2 + 30*x + 1)*e^(5*x^2 + 30*x)", "x*e^(5*x^2 + 30*x)"),
    ("x*e^x/(x + 1)^2", "e^x/(x + 1)"),
    ("e^x*(x - 1)/x^2", "e^x/x"),
    ("e^(1/x)/x^3", "(x - 1)*e^(1/x)/x"),
    ("e^(1/x)*(1 - 1/x)", "x*e^(1/x)"),
    ("x^3*e^(x^2)", "(x^2 - 1)*e^x^2/2"),
    ("(1 - x)^2*e^x/(1 + x^2)^2", "e^x/(x^2 + 1)"),
    ("e^x*(ln(x) + 1/x)", "e^x*ln(x)"),
    ("e^x*(ln(x) + 1/x + x)", "e^x*(ln(x) + x - 1)"),
    ("e^x*(tan(x) + sec(x)^2)", "e^x*tan(x)"),
]

NOT_ELEMENTARY = [
    "(10*x^2 + 30*x + 2)*e^(5*x^2 + 30*x)", "e^(x^2)", "e^x/x", "x^2*e^(-x^2)", "e^(1/x)", "e^x/(x^2 + 1)"]


@pytest.mark.parametrize(("text", "result"), FOUND)
def test_the_factor_is_found(text: str, result: str) -> None:
    integrand = integrand_of(text)
    found, = proposals(exponential_ansatz, integrand)
    assert str(found.after) == result
    assert is_true(integrand, found)


@pytest.mark.parametrize("text", NOT_ELEMENTARY)
def test_where_there_is_none_that_is_said(text: str) -> None:
    assert not proposals(exponential_ansatz, integrand_of(text))
    assert [sentence for sentence in refusals(exponential_ansatz, text) if "Liouville" in sentence]


@pytest.mark.parametrize("text", ["sin(x)*e^x", "x*e^(a*x)", "e^x + x", "x^2", "e^sqrt(x)", "e^x/(e^x + 1)"])
def test_nothing_is_said_of_other_integrands(text: str) -> None:
    assert not list(exponential_ansatz(integrand_of(text)))


@given(st.sampled_from(["x", "3*x^2 - x + 1", "1/x", "x/(x + 2)", "1/(x^2 + 1)^2", "x^5 - 7", "(x - 1)^3/x^2"]),
       st.sampled_from(["x", "-x", "x^2", "3*x - 2", "1/x", "x^3 + x", "x^2/2", "1/(x^2 + 1)"]))
def test_every_derivative_of_such_a_product_is_found(factor: str, exponent: str) -> None:
    integrand = integrand_of("x")
    whole = multiply(parse(factor), parse(f"e^({exponent})"))
    integrand = integrand_of(str(integrand.differentiate(whole, integrand.variable)))
    found, = proposals(exponential_ansatz, integrand)
    assert is_true(integrand, found)
