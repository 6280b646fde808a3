"""Substitution of roots: what is called u, and the fraction of polynomials that is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true, proposals
from tutor.integration.roots import binomial_substitution, root_substitution

ROOTS = [
    ("1/(sqrt(x) + x^(1/3))", "x^(1/6)", "6*u^3/(u + 1)"),
    ("1/(1 + sqrt(2*x + 3))", "sqrt(2*x + 3)", "u/(u + 1)"),
    ("x/cbrt(x + 1)", "(x + 1)^(1/3)", "3*u*(u^3 - 1)"),
    ("x*(1 - x)^(3/2)", "sqrt(1 - x)", "2*u^4*(u^2 - 1)"),
    ("x^2*sqrt(a*x + b)", "sqrt(a*x + b)", "2*u^2*(u^2 - b)^2/a^3"),
    ("sqrt((x + 1)/(x - 1))", "sqrt((x + 1)/(x - 1))", "-4*u^2/(u^2 - 1)^2"),
    ("cbrt((x - 2)/x)/x", "((x - 2)/x)^(1/3)", "3*u^3/(1 - u^3)"),
]

BINOMIALS = [
    ("1/(x^2*(x^4 + 1)^(3/4))", "(x^4 + 1)^(1/4)/x", "-1"),
    ("1/(x^4*sqrt(1 + x^2))", "sqrt(x^2 + 1)/x", "1 - u^2"),
    ("2/(5 + 3*x^2)^(5/2)", "sqrt(3*x^2 + 5)/x", "-2*(u^2 - 3)/(25*u^4)"),
    ("(x^6 + 2)^(1/3)/x^9", "(x^6 + 2)^(1/3)/x^2", "-u^3/4"),
    ("c/(x^2*sqrt(a - x^2))", "sqrt(a - x^2)/x", "-c/a"),
]


@pytest.mark.parametrize(("text", "inside", "left"), ROOTS)
def test_a_root_becomes_the_variable(text: str, inside: str, left: str) -> None:
    integrand = integrand_of(text)
    found = proposals(root_substitution, integrand)
    integral, _, part = found[0].after.args
    assert (str(part), str(integral.args[0])) == (inside, left)
    assert all(is_true(integrand, proposal) for proposal in found)


@pytest.mark.parametrize(("text", "inside", "left"), BINOMIALS)
def test_a_root_over_a_power_becomes_the_variable(text: str, inside: str, left: str) -> None:
    integrand = integrand_of(text)
    found, = proposals(binomial_substitution, integrand)
    integral, _, part = found.after.args
    assert (str(part), str(integral.args[0])) == (inside, left)
    assert is_true(integrand, found)


def test_no_root_of_a_square_is_left() -> None:
    left = proposals(root_substitution, integrand_of("(x + 1)^(3/2)*sqrt(x + 1)^5/(sqrt(x + 1) + 2)"))[0].after
    assert "sqrt" not in str(left.args[0])
    assert "abs" not in str(left.args[0])


@pytest.mark.parametrize("text", [
    "sqrt(x^2 + x)",            # the root of a quadratic is left to a trigonometric substitution
    "(x - 7)*sqrt(x)",          # multiplied out, it has only powers
    "sin(x)*sqrt(x^3 + 1)", "x^2 + 1", "sqrt(sin(x))", "x^(1/25)", "sqrt(2)*x"])
def test_other_roots_are_left_alone(text: str) -> None:
    assert not proposals(root_substitution, integrand_of(text))


@pytest.mark.parametrize("text", [
    "x*sqrt(1 + x^3)", "sqrt(x^2 + x)/x", "x^2*(1 + x^2)^3", "1/(x^2 + 1)^(1/4)", "sqrt(1 + sin(x)^2)"])
def test_binomials_without_such_a_substitution_are_left_alone(text: str) -> None:
    assert not proposals(binomial_substitution, integrand_of(text))


@given(st.sampled_from(["u", "u + 1", "1/(u + 2)", "u^3/(u - 3)"]), st.integers(2, 5),
       st.sampled_from(["5*x", "2*x + 3", "4 - x", "x/3 - 1", "(x + 1)/(x - 1)", "x/(2*x + 5)"]))
def test_a_fraction_in_a_root_is_made_one_in_u(outside: str, degree: int, inside: str) -> None:
    integrand = integrand_of(outside.replace("u", f"(({inside})^(1/{degree}))"))
    found = proposals(root_substitution, integrand)
    assert found
    assert all(is_true(integrand, proposal) for proposal in found)
