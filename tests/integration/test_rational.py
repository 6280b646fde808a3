"""Rational functions: which rule makes them simpler, and what it leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true, proposals, refusals
from tutor.integration.rational import expand_polynomial, rational, terms_apart

PROPOSED = [
    # integrand, rule, and its right side
    ("x^2/(x^2 + 1)", "divide_first", "int 1 dx - int 1/(x^2 + 1) dx"),
    ("(x^4 + 1)/(x^2 + x)", "divide_first", "int x^2 - x + 1 dx - int (x - 1)/(x*(x + 1)) dx"),
    ("x^3/(a*x^2 + b)", "divide_first", "int x/a dx - b/a*int x/(a*x^2 + b) dx"),
    ("1/(x + 2/x + 3)", "lowest_terms", "int x/((x + 1)*(x + 2)) dx"),
    ("1/(1/x + x)", "lowest_terms", "int x/(x^2 + 1) dx"),
    ("1/(x^2 + 2*x + 1)", "factor_the_denominator", "int 1/(x + 1)^2 dx"),
    ("(x + 1)^2/x^3", "terms_apart", "int 1/x dx + 2*int 1/x^2 dx + int 1/x^3 dx"),
    ("(3*x + 5)/(x^2 - 1)", "partial_fractions", "4*int 1/(x - 1) dx - int 1/(x + 1) dx"),
    ("(x^3 + 2*x)/(x^2 + 1)^2", "partial_fractions", "int x/(x^2 + 1) dx + int x/(x^2 + 1)^2 dx"),
    ("1/(2*x^2 - 4)", "partial_fractions",
     "sqrt(2)/8*int 1/(x - sqrt(2)) dx - sqrt(2)/8*int 1/(x + sqrt(2)) dx"),
    ("1/(x^2 - 2)", "integral_of_one_over_difference_of_squares",
     "ln(abs((x - sqrt(2))/(x + sqrt(2))))/(2*sqrt(2))"),
    ("x^2/(x^4 + 1)", "partial_fractions",
     "sqrt(2)/4*int x/(x^2 - sqrt(2)*x + 1) dx - sqrt(2)/4*int x/(x^2 + sqrt(2)*x + 1) dx"),
    ("1/((x - a)*(x - b))", "partial_fractions_with_letters",
     "1/(a - b)*int 1/(x - a) dx - 1/(a - b)*int 1/(x - b) dx"),
    ("(x + 3)/(x^4 + 1)", "split_numerator", "int x/(x^4 + 1) dx + 3*int 1/(x^4 + 1) dx"),
    ("(3*x + 5)/(x^2 + 2*x + 5)", "split_numerator",
     "3*int (x + 1)/(x^2 + 2*x + 5) dx + 2*int 1/(x^2 + 2*x + 5) dx"),
    ("x^2/(x + 2)^5", "shift_the_variable", "(int (u^2 - 4*u + 4)/u^5 du) at (u = x + 2)"),
    ("1/(x^2 + 4)^3", "quadratic_power_reduction",
     "x/(2*4*(3 - 1)*(x^2 + 4)^(3 - 1)) + (2*3 - 3)/(2*4*(3 - 1))*int 1/(x^2 + 4)^(3 - 1) dx"),
    ("1/(x^4 + a^4)", "scale_the_variable", "1/a^3*(int 1/(u^4 + 1) du) at (u = x/a)"),
]

LEFT_ALONE = ["1/(x - 1)", "1/(2*x + 3)^4", "1/x", "1/x^3", "(2*x + 2)/(x^2 + 2*x + 5)", "(3*x^2 + 1)/(x^3 + x + 1)",
              "sin(x)", "x^2 + x", "1/(x^2 + 4)", "1/(2*x^2 + 3)", "sqrt(x)/(x + 1)",
              "1/((x^2 + 1)^5*(x - 1)^5)"]

REFUSED = ["1/(x^5 - x + 1)", "1/(x^3 + x + 1)", "1/(x^10 + x + 1)", "x/((x - 1)*(x^5 - x + 1))", "1/(x^3 + x + 1)^2"]

EXPANDED = [
    ("(x^2 + 1)^3", "int x^6 + 3*x^4 + 3*x^2 + 1 dx"),
    ("x*(x + 1)^3", "int x^4 + 3*x^3 + 3*x^2 + x dx"),
    ("x*(x - 1)^20", "(int (u + 1)*u^20 du) at (u = x - 1)"),
    ("(x + a)*x", "int x^2 + a*x dx"),
]

NOT_EXPANDED = ["(x + 3)^9", "x^2 + 3*x", "x^3", "x*(x^2 + 1)^20", "x*sin(x)", "x*(x + 1)^1000000", "x/(x + 1)"]

TERMS = [
    ("(x + sin(x))/cos(x)^2", "int x/cos(x)^2 dx + int sin(x)/cos(x)^2 dx"),
    ("(1 + sqrt(x))^2/x", "int 1/x dx + int 2/sqrt(x) dx + int 1 dx"),
    ("(e^x - x)*sin(x)", "int e^x*sin(x) dx - int x*sin(x) dx"),
]


@pytest.mark.parametrize(("text", "rule", "right"), PROPOSED)
def test_a_rational_function_is_made_simpler(text: str, rule: str, right: str) -> None:
    integrand = integrand_of(text)
    found = proposals(rational, integrand)
    assert [(proposal.rule.name, str(proposal.after)) for proposal in found] == [(rule, right)]
    assert is_true(integrand, found[0])


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_others_know_and_what_is_too_large_is_left_alone(text: str) -> None:
    assert not list(rational(integrand_of(text)))


@pytest.mark.parametrize("text", REFUSED)
def test_a_factor_that_does_not_split_is_named_by_its_degree(text: str) -> None:
    assert not proposals(rational, integrand_of(text))
    (sentence,) = refusals(rational, text)
    assert sentence.startswith("The denominator has a factor of degree ")


def test_long_coefficients_are_refused() -> None:
    assert refusals(rational, "(x^3 + a)/((x^2 + a*x + b)^2*(x^2 + c*x + d)^2)") == [
        "The numbers or letters in the fraction make its partial fractions too long to write down."]


@pytest.mark.parametrize(("text", "right"), EXPANDED)
def test_a_product_of_polynomials_is_multiplied_out(text: str, right: str) -> None:
    integrand = integrand_of(text)
    (found,) = proposals(expand_polynomial, integrand)
    assert str(found.after) == right
    assert is_true(integrand, found)


@pytest.mark.parametrize("text", NOT_EXPANDED)
def test_a_linear_inside_and_a_long_product_are_not_multiplied_out(text: str) -> None:
    assert not list(expand_polynomial(integrand_of(text)))


@pytest.mark.parametrize(("text", "right"), TERMS)
def test_brackets_above_the_line_are_taken_apart(text: str, right: str) -> None:
    integrand = integrand_of(text)
    (found,) = proposals(terms_apart, integrand)
    assert str(found.after) == right
    assert is_true(integrand, found)


def test_no_brackets_nothing_to_take_apart() -> None:
    assert not list(terms_apart(integrand_of("x*sin(x)")))
    assert not list(terms_apart(integrand_of("(x + 1)^3*(x + e^x)^2*sin(x)")))


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=5), st.sampled_from([
    "(x - 1)*(x + 2)", "x^2*(x + 1)", "x^2 + x + 1", "(x^2 + 1)*(x - 3)", "(2*x + 1)^2", "x^4 + 4", "x^2 - 3",
    "(x^2 + 1)^2", "x^3 + 8", "x^4 + x^2 + 1", "x^2 + a", "(x - a)*(x - b)", "a*x + b", "x^3 + 2"]))
def test_whatever_is_proposed_is_true(coefficients: list[int], below: str) -> None:
    above = " + ".join(f"({value})*x^{place}" for place, value in enumerate(coefficients))
    integrand = integrand_of(f"({above})/({below})")
    for proposal in proposals(rational, integrand):
        assert is_true(integrand, proposal)
