"""Integrals that are known up to a constant, and the oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.derivation.antiderivatives import comparable
from tutor.expression.parse import parse
from tutor.oracle.verdict import Oracle

EQUATIONS = [
    # left, right, what the oracle says when they are compared up to a constant
    ("int 2*x dx", "x^2", "checked"),
    ("int 2*x dx", "x^2 + 5", "checked"),
    ("int 2*x dx", "2*x^2", "refuted"),
    ("int x*cos(x) dx", "x*(int cos(x) dx) - int (int cos(x) dx) dx", "checked"),
    ("int x*cos(x) dx", "x*(int cos(x) dx)", "refuted"),
    ("int x^2 dx", "(int x dx)^2", "refuted"),
    ("int cos(3*x) dx", "(int cos(u) du) at (u = 3*x)/3", "checked"),
    ("int_1^4 x^2 dx", "(int x^2 dx) at (x = 4) - (int x^2 dx) at (x = 1)", "checked"),
    ("int_1^4 x^2 dx", "int x^2 dx", "refuted"),
    ("d/dx [x^2]", "int x^2 dx", "refuted"),
]


@pytest.mark.parametrize(("left", "right", "outcome"), EQUATIONS)
def test_sides_are_compared_up_to_a_constant(left: str, right: str, outcome: str) -> None:
    assert Oracle().compare(*comparable(parse(left), parse(right))).outcome == outcome


def test_without_an_indefinite_integral_nothing_changes() -> None:
    left, right = parse("int_0^1 x^2 dx"), parse("d/dx [x^3]")
    assert comparable(left, right) == (left, right)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=5), st.integers(-9, 9))
def test_a_constant_never_matters(coefficients: list[int], constant: int) -> None:
    body = " + ".join(f"({each})*x^{power}" for power, each in enumerate(coefficients))
    whole = " + ".join(f"({each})*x^{power + 1}/{power + 1}" for power, each in enumerate(coefficients))
    sides = comparable(parse(f"int ({body}) dx"), parse(f"{whole} + ({constant})"))
    assert Oracle().compare(*sides).outcome == "checked"
