"""One quadratic below the line: the square is completed, or it is a difference of squares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.proposed import integrand_of, is_true, proposals
from tutor.integration.rational import rational

COMPLETED = [
    ("1/(x^2 + 2*x + 5)", "(int 1/(u^2 + 4) du) at (u = x + 1)", "x^2 + 2*x + 5 = (x + 1)^2 + 4"),
    ("1/(x^2 + x + 1)", "2*(int 1/(u^2 + 3) du) at (u = 2*x + 1)", "4*(x^2 + x + 1) = (2*x + 1)^2 + 3"),
    ("1/(4*x^2 + 4*x + 5)", "1/2*(int 1/(u^2 + 4) du) at (u = 2*x + 1)", "4*x^2 + 4*x + 5 = (2*x + 1)^2 + 4"),
    ("1/(2*x^2 + 4*x + 5)", "(int 1/(u^2 + 6) du) at (u = 2*x + 2)", "2*(2*x^2 + 4*x + 5) = (2*x + 2)^2 + 6"),
    ("1/(x^2 + 2*x - 1)", "(int 1/(u^2 - 2) du) at (u = x + 1)", "x^2 + 2*x - 1 = (x + 1)^2 - 2"),
    ("1/(x^2 + 2*x + 5)^3", "(int 1/(u^2 + 4)^3 du) at (u = x + 1)", "x^2 + 2*x + 5 = (x + 1)^2 + 4"),
    ("1/(x^2 - sqrt(2)*x + 1)", "sqrt(2)*(int 1/(u^2 + 1) du) at (u = sqrt(2)*x - 1)",
     "2*(x^2 - sqrt(2)*x + 1) = (sqrt(2)*x - 1)^2 + 1"),
    ("1/(a*x^2 + b*x + c)", "2*(int 1/(u^2 + 4*a*c - b^2) du) at (u = 2*a*x + b)",
     "4*a*(a*x^2 + b*x + c) = (2*a*x + b)^2 + 4*a*c - b^2"),
    ("1/(x^2 - a*x + a^2)", "2*sqrt(3)/(3*a)*(int 1/(u^2 + 1) du) at (u = (2*x - a)/(sqrt(3)*a))",
     "4*(x^2 - a*x + a^2) = (2*x - a)^2 + 3*a^2"),
    ("1/(b^2*x^2 + a^2)", "1/(a*b)*(int 1/(u^2 + 1) du) at (u = b*x/a)", "x = a/b*u"),
]


@pytest.mark.parametrize(("text", "right", "line"), COMPLETED)
def test_the_square_is_completed(text: str, right: str, line: str) -> None:
    integrand = integrand_of(text)
    (found,) = proposals(rational, integrand)
    assert str(found.after) == right
    completed, *naming = found.working
    assert str(completed.relation) == line
    named = [each.relation.args[0].args[0] for each in naming]
    assert named == ([] if found.rule.name == "scale_the_variable" else [found.inside])
    assert is_true(integrand, found)


@given(st.integers(1, 5), st.integers(-6, 6), st.integers(-6, 6), st.integers(-3, 3), st.integers(1, 2))
def test_quadratics_with_numbers(square: int, linear: int, constant: int, above: int, power: int) -> None:
    integrand = integrand_of(f"({above}*x + 1)/({square}*x^2 + {linear}*x + {constant})^{power}")
    for proposal in proposals(rational, integrand):
        assert is_true(integrand, proposal)
