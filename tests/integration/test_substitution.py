"""Substitution in the whole integrand: what is called u, and what is left."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true, proposals, refusals
from tutor.expression.parse import parse
from tutor.expression.tree import multiply, substitute
from tutor.integration.substitution import substitution_in_whole

# integrand, what is called u first, and the integrand that is left
SUBSTITUTED = [
    ("x*cos(x^6)", "x^2", "cos(u^3)/2"),
    ("x^3/(x^8 + 1)", "x^4", "1/(4*(u^2 + 1))"),
    ("sin(x)^11*cos(x)", "sin(x)", "u^11"),
    ("cos(x)*sin(x)^11", "sin(x)", "u^11"),
    ("x^7*sqrt(x^4 + 7)", "x^4 + 7", "(u - 7)*sqrt(u)/4"),
    ("sqrt(e^x - 1)", "sqrt(e^x - 1)", "2*u^2/(u^2 + 1)"),
    ("e^x/(1 + e^(2*x))", "e^x", "1/(u^2 + 1)"),
    ("e^(x + e^x)", "e^x", "e^u"),
    ("1/(x*ln(x)^3)", "ln(x)", "1/u^3"),
    ("cos(ln(x))", "ln(x)", "e^u*cos(u)"),
    ("1/(x*sqrt(x^2 - 1))", "sqrt(x^2 - 1)", "1/(u^2 + 1)"),
    ("(1 + ln(x))*sqrt(1 + x^2*ln(x)^2)", "x*ln(x)", "sqrt(u^2 + 1)"),
    ("sec(x)^4*tan(x)^2", "tan(x)", "u^2*(u^2 + 1)"),
    ("asin(x)^2", "asin(x)", "u^2*cos(u)"),
    ("sin(x)*f(cos(x))", "cos(x)", "-f(u)"),
    ("x^(n - 1)*cos(x^n)", "x^n", "cos(u)/n"),
    ("sin(2*x)/sqrt(9 - cos(x)^4)", "cos(x)", "-2*u/sqrt(9 - u^4)"),
    ("e^(e^x - 3*x)", "e^x", "e^u/u^4"),
    ("x^4*(1 - x)^20", "1 - x", "-u^20*(1 - u)^4"),
    ("x/sqrt(1 + x^2 + (1 + x^2)^(3/2))", "sqrt(x^2 + 1)", "1/sqrt(u + 1)"),
    ("2^x*sin(2^x)", "2^x", "sin(u)/ln(2)"),
]

NEAR_MISSES = ["x*cos(x^3)", "x^2*e^(x^2)", "cos(x)*sin(x^2)", "x*ln(x^3 + 1)", "e^(x^2)", "sqrt(x^3 + x)"]


@pytest.mark.parametrize(("text", "inside", "left"), SUBSTITUTED)
def test_a_part_of_the_integrand_is_called_u(text: str, inside: str, left: str) -> None:
    integrand = integrand_of(text)
    found = proposals(substitution_in_whole, integrand)
    integral, _, part = found[0].after.args
    assert (str(part), str(integral.args[0])) == (inside, left)
    assert len(found) <= 3
    assert all(is_true(integrand, proposal) for proposal in found)


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_leaves_some_of_the_old_variable_is_refused(text: str) -> None:
    assert not proposals(substitution_in_whole, integrand_of(text))
    assert len(refusals(substitution_in_whole, text)) == 1


@pytest.mark.parametrize("text", ["x/(x - 5)", "(2*x + 1)/(3*x + 2)", "1/(x + 2/x + 3)"])
def test_a_rational_function_is_not_made_another_one_by_a_reciprocal(text: str) -> None:
    insides = [str(found.after.args[2]) for found in proposals(substitution_in_whole, integrand_of(text))]
    assert not [inside for inside in insides if "/" in inside]


def test_what_has_no_part_to_call_u_is_left_alone() -> None:
    assert not list(substitution_in_whole(integrand_of("x")))
    assert not list(substitution_in_whole(integrand_of("x^2*(x + 1)^2")))
    assert not list(substitution_in_whole(integrand_of("(x - 7)*sqrt(x)")))
    assert not proposals(substitution_in_whole, integrand_of("sin(2*x + 1)"))


def test_a_line_of_working_says_how_the_rest_is_written() -> None:
    found = proposals(substitution_in_whole, integrand_of("x^7*sqrt(x^4 + 7)"))[0]
    assert [str(line.relation) for line in found.working] == [
        "d/dx [x^4 + 7] = 4*x^3", "x^4 = (u - 7) at (u = x^4 + 7)"]


def test_a_huge_integrand_is_not_looked_at() -> None:
    assert not list(substitution_in_whole(integrand_of("sin(" * 400 + "x" + ")" * 400)))


OUTSIDES = ["u^5", "1/u", "sqrt(u)", "cos(u)", "e^(2*u^2)", "ln(u)", "1/(1 + u^2)", "u*e^(u^2)", "tan(u)", "(u + 3)^4",
            "u/(u + 5)", "u^2*ln(u)", "1/sqrt(u + 2)"]
INSIDES = ["x^2 + 1", "x^3 + 5", "e^x + 2", "sin(x) + 3", "ln(x)", "sqrt(x) + 1", "x^2 + x", "tan(x) + 2", "x*e^x + 7",
           "1/x + sin(x)", "atan(x) + 2", "e^(-x) + 1", "sqrt(x^2 + 1)", "3^x + 1", "cosh(x) + 1", "asin(x/3) + 2",
           "e^(x^2) + 1", "ln(x^2 + 1)"]


@given(st.sampled_from(OUTSIDES), st.sampled_from(INSIDES), st.sampled_from(["1", "3", "-2/5", "a"]))
def test_what_the_chain_rule_made_is_found(outside: str, inside: str, number: str) -> None:
    assume(not (outside in ("cos(u)", "tan(u)") and inside == "atan(x)"))  # there a root is written instead
    whole = multiply(parse(number), substitute(parse(outside), "u", parse(inside)))
    start = integrand_of("x")
    integrand = integrand_of(str(multiply(whole, start.differentiate(parse(inside), start.variable))))
    found = proposals(substitution_in_whole, integrand)
    assert found
    assert all(is_true(integrand, proposal) for proposal in found)
