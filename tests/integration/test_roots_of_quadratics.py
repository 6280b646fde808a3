"""Fractions in x and the root of a quadratic: which rule comes first, and that it is true for both signs of x."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.integration.test_trigonometric import check, integrand, proposals
from tutor.integration.roots_of_quadratics import root_of_quadratic


@pytest.mark.parametrize(("text", "rule", "after"), [
    ("1/sqrt(x^2 + 4*x)", "integral_over_root", "ln(abs(x + 2 + sqrt(x^2 + 4*x)))"),
    ("1/sqrt(9 - 4*x^2)", "integral_over_root", "asin(2*x/3)/2"),
    ("1/sqrt(2*x^2 + 3)", "integral_over_root", "ln(abs(sqrt(2)*x + sqrt(2*x^2 + 3)))/sqrt(2)"),
    ("sqrt(9 - x^2)", "root_ansatz", "x*sqrt(9 - x^2)/2 + 9/2*int 1/sqrt(9 - x^2) dx"),
    ("sqrt(x^2 + a)", "root_ansatz", "x*sqrt(x^2 + a)/2 + a/2*int 1/sqrt(x^2 + a) dx"),
    ("x^2/sqrt(x^2 + 2*x + 5)", "root_ansatz",
     "(x - 3)*sqrt(x^2 + 2*x + 5)/2 - int 1/sqrt(x^2 + 2*x + 5) dx"),
    ("1/(x^2*sqrt(x^2 - 4))", "root_ansatz", "sqrt(x^2 - 4)/(4*x)"),
    ("sqrt(9 - x^2)/x^2", "root_ansatz", "-sqrt(9 - x^2)/x - int 1/sqrt(9 - x^2) dx"),
    ("1/(x*sqrt(2*x - x^2))", "root_ansatz", "-sqrt(2*x - x^2)/x"),
    ("1/((x - 1)*sqrt(x^2 - 4))", "integral_over_linear_and_root",
     "atan((x - 4)/(sqrt(3)*sqrt(x^2 - 4)))/sqrt(3)"),
    ("1/((x^2 + 1)*sqrt(x^2 + 4))", "root_over_variable", "(int -1/(u^2 + 3) du) at (u = sqrt(x^2 + 4)/x)"),
    ("1/(x + sqrt(x^2 + 1))", "root_apart", "-int x dx + int sqrt(x^2 + 1) dx"),
])
def test_the_first_proposal(text: str, rule: str, after: str) -> None:
    found = next(proposals(root_of_quadratic, integrand(text)))
    assert (found.rule.name, str(found.after)) == (rule, after)


@pytest.mark.parametrize("text", ["x^2", "sqrt(x)", "sqrt(x^3 + 1)", "sqrt(x^2 + 1)*sqrt(x^2 + 2)", "e^x*sqrt(x^2 + 1)",
                                  "1/sqrt(x^2 + 1)"])
def test_nothing_is_proposed_for_what_is_of_another_form(text: str) -> None:
    assert not list(proposals(root_of_quadratic, integrand(text)))


SMALL = some.integers(-4, 4)


@given(some.tuples(SMALL, SMALL, SMALL.filter(bool)), some.tuples(SMALL, SMALL, SMALL), some.integers(-2, 2),
       some.integers(0, 3), some.sampled_from(["1/2", "-1/2", "-3/2"]))
@settings(max_examples=25)
def test_what_is_proposed_has_the_integrand_as_derivative(
        quadratic: tuple[int, int, int], above: tuple[int, int, int], place: int, order: int, exponent: str) -> None:
    (low, middle, high), (a, b, c) = quadratic, above
    check(integrand(f"({a} + {b}*x + {c}*x^2)/(x - {place})^{order}*({low} + {middle}*x + {high}*x^2)^({exponent})"
                    .replace("- -", "+ ")), root_of_quadratic)
