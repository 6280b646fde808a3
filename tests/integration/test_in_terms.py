"""Writing what is left of an integrand with the new letter."""

from __future__ import annotations

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.expression.parse import parse
from tutor.expression.tree import name, substitute
from tutor.integration.in_terms import in_terms_of
from tutor.oracle.verdict import Oracle

# expression, what u stands for, the expression in u, and what was used for it
WRITTEN = [
    ("x^4*sqrt(x^4 + 7)", "x^4 + 7", "(u - 7)*sqrt(u)", ["x^4 = u - 7"]),
    ("x^4*sqrt(x^4 + 7)", "sqrt(x^4 + 7)", "u*(u^2 - 7)", ["x^4 = u^2 - 7"]),
    ("x^2*(1 - x^2)^3", "1 - x^2", "u^3*(1 - u)", ["x^2 = 1 - u"]),
    ("sqrt(x) + x^(1/3)", "x^(1/6)", "u^3 + u^2", []),
    ("x*sqrt(2*x + 2)", "sqrt(x + 1)", "sqrt(2)*u*(u^2 - 1)", ["x = u^2 - 1"]),
    ("x*sqrt((x + 1)/(x - 1))", "sqrt((x + 1)/(x - 1))", "u*(u^2 + 1)/(u^2 - 1)", ["x = (u^2 + 1)/(u^2 - 1)"]),
    ("1/x^3", "1/x + 2", "(u - 2)^3", ["x = 1/(u - 2)"]),
    ("x^(2*n) + x^n", "x^n", "u^2 + u", []),
    ("a*x^3 + b", "x^3 + a", "a*(u - a) + b", ["x^3 = u - a"]),
    ("2*x^2 + 2*x + 3 + sqrt(x^2 + x)", "x^2 + x", "2*u + 3 + sqrt(u)", []),
    ("x^2*e^(2*x)/(x*e^x + 1)", "x*e^x", "u^2/(u + 1)", []),
    ("e^(3*x)/(e^(2*x) + 1)", "e^x", "u^3/(u^2 + 1)", []),
    ("e^(2*x + 1)", "e^x", "u^2*e", []),
    ("9^x + 3^x", "3^x", "u^2 + u", []),
    ("e^(2*x)", "e^x + 3", "(u - 3)^2", ["e^x = u - 3"]),
    ("cos(x)^4*sin(x)", "sin(x)", "u*(1 - u^2)^2", ["cos(x)^2 = 1 - u^2"]),
    ("cos(2*x)", "sin(x)", "1 - 2*u^2", ["cos(2*x) = 1 - 2*u^2"]),
    ("sin(x)^2", "cos(2*x)", "(1 - u)/2", ["sin(x)^2 = (1 - u)/2"]),
    ("sec(x)^4", "tan(x)", "(u^2 + 1)^2", ["sec(x)^2 = u^2 + 1"]),
    ("cosh(3*x)^2", "sinh(3*x)", "u^2 + 1", ["cosh(3*x)^2 = u^2 + 1"]),
    ("x^2*cos(ln(x))", "ln(x)", "e^(2*u)*cos(u)", ["x = e^u"]),
    ("e^asin(x)*sqrt(1 - x^2)", "asin(x)", "e^u*cos(u)", ["sqrt(1 - x^2) = cos(u)"]),
    ("x*e^atan(x)", "atan(x)", "e^u*tan(u)", ["x = tan(u)"]),
]

NOT_WRITTEN = [
    ("x^3*sqrt(x^4 + 7)", "x^4 + 7"),       # x^3 has two values where x^4 has one
    ("x", "x^2"),
    ("abs(x)", "x^2"),
    ("cos(x)", "sin(x)"),
    ("sin(x)*cos(x)", "tan(x)"),
    ("e^x", "e^(2*x)"),
    ("x^(1/6) + 1", "x^(1/3)"),
    ("sqrt(x)", "1 + x^(1/3)"),
    ("x^2", "x^2 + x"),
    ("x*e^(2*x)", "x*e^x"),
    ("int x dx", "x + 1"),
]


@pytest.mark.parametrize(("expression", "inside", "written", "facts"), WRITTEN)
def test_all_that_is_left_is_written_with_the_letter(
        expression: str, inside: str, written: str, facts: list[str]) -> None:
    tidy = Tidy(Style())
    whole, part = tidy(parse(expression)), tidy(parse(inside))
    found = in_terms_of(whole, part, name("u"), name("x"), tidy)
    assert found is not None
    assert str(found.body) == written
    assert [f"{left} = {right}" for left, right in found.facts] == facts
    assert Oracle().compare(substitute(found.body, "u", part), whole).outcome == "checked"


@pytest.mark.parametrize(("expression", "inside"), NOT_WRITTEN)
def test_what_does_not_follow_is_not_written(expression: str, inside: str) -> None:
    tidy = Tidy(Style())
    assert in_terms_of(tidy(parse(expression)), tidy(parse(inside)), name("u"), name("x"), tidy) is None
