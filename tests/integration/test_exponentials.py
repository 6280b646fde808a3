"""Substitution of exponentials, and what is written with them first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true, proposals
from tutor.integration.exponentials import exponential_substitution

SUBSTITUTED = [
    ("(e^(3*x) + 1)/(e^(2*x) + 1)", "e^x", "(u^3 + 1)/(u*(u^2 + 1))"),
    ("1/(1 + e^(x/2) + e^(x/3))", "e^(x/6)", "6/(u*(u^3 + u^2 + 1))"),
    ("e^(x + 1)/(1 + e^(2*x))", "e^x", "e/(u^2 + 1)"),
    ("e^(a*x)/(1 + e^(2*a*x))", "e^(a*x)", "1/(a*(u^2 + 1))"),
    ("2^x/(4^x + 1)", "2^x", "1/((u^2 + 1)*ln(2))"),
    ("sech(x)", "e^x", "2/(u^2 + 1)"),
    ("tanh(x)^2", "e^(2*x)", "(u - 1)^2/(2*u*(u + 1)^2)"),
    ("sigmoid(x)^2", "e^x", "u/(u + 1)^2"),
]


@pytest.mark.parametrize(("text", "inside", "left"), SUBSTITUTED)
def test_the_common_exponential_becomes_the_variable(text: str, inside: str, left: str) -> None:
    integrand = integrand_of(text)
    found, = proposals(exponential_substitution, integrand)
    integral, _, part = found.after.args
    assert (str(part), str(integral.args[0])) == (inside, left)
    assert is_true(integrand, found)


@pytest.mark.parametrize("text", ["x*e^x", "e^x + e^(x^2)", "2^x + 3^x", "sin(x)*e^x", "x^x", "e^x + e^(99*x)", "x"])
def test_other_integrands_are_left_alone(text: str) -> None:
    assert not proposals(exponential_substitution, integrand_of(text))


@given(st.lists(st.sampled_from(["e^x", "e^(2*x)", "e^(-x)", "e^(x/2)", "cosh(x)", "sinh(2*x)", "3"]), min_size=2,
                max_size=4), st.sampled_from(["+", "*", "/"]))
def test_whatever_is_made_of_exponentials_can_be_written_with_one(parts: list[str], sign: str) -> None:
    integrand = integrand_of(f"e^(3*x)/(5 + {sign.join(parts)})")
    found = proposals(exponential_substitution, integrand)
    assert found
    assert all(is_true(integrand, proposal) for proposal in found)
