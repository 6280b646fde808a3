"""Antiderivatives that are written down at once."""

import pytest

from tutor.expression.parse import parse
from tutor.expression.tree import derivative, name
from tutor.judge.known_integrals import closed, is_known
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize("body", [
    "x", "7", "x^3", "3x^2 - sin(x)", "cos(5x)", "(2x + 1)^3", "e^(4x - 1)", "1/x", "2^x", "a*x^2 + sin(3x)",
])
def test_differentiated_it_is_the_integrand(body: str) -> None:
    integral = parse(f"int ({body}) dx")
    made = closed(integral, name("u"))
    assert is_known(integral, name("u"))
    assert Oracle().compare(derivative(made, name("x")), parse(body)).outcome == "checked"


@pytest.mark.parametrize("text", ["int e^(x^2) dx", "int f(x) dx", "int_0^1 x dx", "x^2"])
def test_what_no_rule_knows_stays(text: str) -> None:
    assert closed(parse(text), name("u")) is parse(text)
