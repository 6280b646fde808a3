"""Integrals that are known up to a constant, and the oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tutor
from tutor.derivation.antiderivatives import comparable
from tutor.expression.parse import parse
from tutor.expression.tree import derivative, name
from tutor.oracle.verdict import Oracle

EQUATIONS = [
    # left, right, what the oracle says when they are compared up to a constant
    ("int 2*x dx", "x^2", "checked"),
    ("int 2*x dx", "x^2 + 5", "checked"),
    ("int 2*x dx", "2*x^2", "refuted"),
    ("int x*cos(x) dx", "x*(int cos(x) dx) - int (int cos(x) dx) dx", "checked"),
    ("int x*cos(x) dx", "x*(int cos(x) dx)", "refuted"),
    ("int x^2 dx", "(int x dx)^2", "refuted"),
    ("int cos(3*x) dx", "1/3*(int cos(u) du) at (u = 3*x)", "checked"),
    ("int_1^4 x^2 dx", "(int x^2 dx) at (x = 4) - (int x^2 dx) at (x = 1)", "checked"),
    ("int_1^4 x^2 dx", "int x^2 dx", "refuted"),
    ("d/dx [x^2]", "int x^2 dx", "refuted"),
    # something put in for the variable, where no fixed place is in the domain
    ("int 2*x*cos(x^2) dx", "(int cos(u) du) at (u = x^2)", "checked"),
    ("int x*cos(x^2) dx", "(int cos(u) du) at (u = x^2)", "refuted"),
    ("int 1/sqrt(x^2-16) dx", "(int 1/sqrt(u^2-1) du) at (u = x/4)", "checked"),
    ("int 1/sqrt(x^2-16) dx", "4*((int 1/sqrt(u^2-1) du) at (u = x/4))", "refuted"),
    ("int 1/(x*ln(x)) dx", "-((int -1/u du) at (u = ln(x)))", "checked"),
    ("int x*e^(a*x^2) dx", "(int e^(a*u) du) at (u = x^2)/2", "checked"),
    ("int x*e^(a*x^2) dx", "(int e^(a*u) du) at (u = x^2)", "refuted"),
    # substitutions inside each other, and more than one name for the same
    ("int cos(x)*e^sin(x)*sin(e^sin(x)) dx", "((int sin(v) dv) at (v = e^u)) at (u = sin(x))", "checked"),
    ("int cos(x)*e^sin(x)*sin(e^sin(x)) dx", "((int e^u*sin(e^u) du) at (u = w)) at (w = sin(x))", "checked"),
    ("int sin(2*x) dx", "(int 2*u du) at (u = sin(x))", "checked"),
    ("int sin(2*x) dx", "-((int 2*u du) at (u = cos(x)))", "checked"),
    # an integral that is found again
    ("int e^x*sin(x) dx", "(e^x*sin(x) - e^x*cos(x))/2 + 0*(int e^x*sin(x) dx)", "checked"),
    ("int e^x*sin(x) dx", "e^x*sin(x) - e^x*cos(x) - (int e^x*sin(x) dx)", "checked"),
    ("int e^x*sin(x) dx", "e^x*sin(x) - e^x*cos(x) + (int e^x*sin(x) dx)", "refuted"),
    # more than the derivative of an integral is needed
    ("int 2*(int x dx)*x dx", "(int x dx)^2", "checked"),
    ("int x*e^(int 1/x dx) dx", "x^3/3", "checked"),
    ("(int x*u du) at (u = x^2)", "x^5/2", "undecided"),
    ("(int cos(u) du) at (u = x^2)", "sin(x^2) + 3", "checked"),
    ("(int cos(u) du) at (u = x^2)", "sin(x)^2", "refuted"),
    ("(int e^u du) at (u = a*x)", "e^(a*x)", "undecided"),
    # without an integral, constants matter
    ("x^2", "x^2 + 1", "refuted"),
    ("int_0^x t dt", "x^2/2 + 1", "refuted"),
    # antiderivatives that begin at the same place
    ("int_3^5 1/sqrt(x^2-4) dx", "(int 1/sqrt(x^2-4) dx) at (x = 5) - (int 1/sqrt(x^2-4) dx) at (x = 3)", "checked"),
    ("int_3^5 1/sqrt(x^2-4) dx", "(int 1/sqrt(x^2-4) dx) at (x = 5) - (int 1/sqrt(x^2-4) dx) at (x = 4)", "refuted"),
    ("b^2 - a^2", "(int 2*x dx) at (x = b) - (int 2*x dx) at (x = a)", "checked"),
    ("b^2 - a^2 + 1", "(int 2*x dx) at (x = b) - (int 2*x dx) at (x = a)", "refuted"),
    ("int_a^b 2*x dx", "(int 2*x dx) at (x = b)", "refuted"),
    ("0", "(int x^2 dx) at (x = 4) - (int x^3 dx) at (x = 1)", "refuted"),
]

WITHOUT_QUADRATURE = [
    "int cos(x) dx", "-3*(int cos(x) dx)/a + x", "2*((int u^2 du) at (u = sin(x)))", "(int u^2 du) at (u = sin(x))/7",
    "((int v^2 dv) at (v = u^2)) at (u = x + 1)", "d/dx [x*(d/dx [int sin(x) dx])]",
    "(c*(int u^2 du) - u^3) at (u = sin(x))",
]


@pytest.mark.parametrize(("left", "right", "outcome"), EQUATIONS)
def test_sides_are_compared_up_to_a_constant(left: str, right: str, outcome: str) -> None:
    assert Oracle().compare(*comparable(parse(left), parse(right))).outcome == outcome


@pytest.mark.parametrize("side", WITHOUT_QUADRATURE)
def test_a_derivative_needs_no_quadrature(side: str) -> None:
    left, right = parse("int f(x) dx"), parse(side)
    assert comparable(left, right) == (derivative(left, name("x")), derivative(right, name("x")))
    assert Oracle().compare(*comparable(right, right)).outcome == "checked"


def test_the_constant_of_integration_is_a_new_letter() -> None:
    assert str(tutor.explain("int C*K*C_1*x dx").result) == "C*C_1*K*x^2/2 + C2"


def test_without_an_indefinite_integral_nothing_changes() -> None:
    left, right = parse("int_0^1 x^2 dx"), parse("d/dx [x^3]")
    assert comparable(left, right) == (left, right)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=5), st.integers(-9, 9))
def test_a_constant_never_matters(coefficients: list[int], constant: int) -> None:
    body = " + ".join(f"({each})*x^{power}" for power, each in enumerate(coefficients))
    whole = " + ".join(f"({each})*x^{power + 1}/{power + 1}" for power, each in enumerate(coefficients))
    sides = comparable(parse(f"int ({body}) dx"), parse(f"{whole} + ({constant})"))
    assert Oracle().compare(*sides).outcome == "checked"
