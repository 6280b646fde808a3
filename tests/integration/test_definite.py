"""Definite integrals: their values beside those of mpmath, what has none, what is split, and laws."""

from __future__ import annotations

import mpmath
import pytest

from tutor.derivation.derivation import Derivation, derive
from tutor.expression.parse import parse
from tutor.expression.tree import name, node
from tutor.integration.zeros import number_of

VALUES = [
    # integrand, lower and upper limit, result
    ("x^2", "0", "2", "8/3"),
    ("x", "2", "0", "-2"),
    ("3", "0", "2", "6"),
    ("x^3 - 4*x", "0", "2", "-4"),
    ("(x - 1)*(x + 2)", "0", "1", "-7/6"),
    ("x^4", "-1", "1", "2/5"),
    ("x^3", "-2", "1", "-15/4"),
    ("1/x", "1", "e", "1"),
    ("1/x", "1", "2", "ln(2)"),
    ("1/x", "-2", "-1", "-ln(2)"),
    ("1/x^2", "1", "2", "1/2"),
    ("sqrt(x)", "0", "4", "16/3"),
    ("x*sqrt(x)", "0", "1", "2/5"),
    ("x^(1/3)", "0", "8", "12"),
    ("e^x", "0", "1", "e - 1"),
    ("e^(2*x)", "0", "1", "(e^2 - 1)/2"),
    ("e^(-x)", "0", "1", "1 - 1/e"),
    ("2^x", "0", "3", "7/ln(2)"),
    ("sin(x)", "0", "pi", "2"),
    ("cos(x)", "0", "pi/2", "1"),
    ("cos(x)", "0", "pi", "0"),
    ("sin(2*x)", "0", "pi/2", "1"),
    ("cos(3*x)", "0", "pi/6", "1/3"),
    ("sec(x)^2", "0", "pi/4", "1"),
    ("1/(1 + x^2)", "0", "1", "pi/4"),
    ("1/(1 + x^2)", "-1", "1", "pi/2"),
    ("sinh(x)", "0", "1", "cosh(1) - 1"),
    ("x*e^x", "0", "1", "1"),
    ("x*cos(x)", "0", "pi/2", "pi/2 - 1"),
    ("x*sin(x)", "0", "pi", "pi"),
    ("ln(x)", "1", "e", "1"),
    ("x*ln(x)", "1", "e", "(e^2 + 1)/4"),
    ("ln(x)/x", "1", "e", "1/2"),
    ("2*x*cos(x^2)", "0", "2", "sin(4)"),
    ("x*e^(x^2)", "0", "1", "(e - 1)/2"),
    ("cos(x)*e^sin(x)", "0", "pi/2", "e - 1"),
    ("sin(x)*cos(x)", "0", "pi/2", "1/2"),
    ("tan(x)", "0", "pi/4", "ln(2)/2"),
    ("abs(x)", "-1", "2", "5/2"),
    ("abs(x - 1)", "-2", "3", "13/2"),
    ("abs(x^2 - 3*x + 2)", "0", "3", "11/6"),
    ("abs(sin(x))", "0", "2*pi", "4"),
    ("abs(cos(x))", "0", "pi", "2"),
    ("max(x, x^2)", "0", "2", "17/6"),
    ("min(x, 1)", "0", "3", "5/2"),
    ("relu(x)", "-1", "1", "1/2"),
    ("relu(x - 1)", "0", "3", "2"),
    ("sign(x)", "-1", "2", "1"),
    ("step(x)", "-1", "2", "2"),
    ("x*abs(x)", "-1", "2", "7/3"),
    ("abs(x) + abs(x - 1)", "-1", "2", "5"),
    ("x^3*cos(x)", "-2", "2", "0"),
    ("sin(x)^3", "-pi", "pi", "0"),
    ("x^3*e^(x^2)", "-1", "1", "0"),
    ("cbrt(x)", "-8", "8", "0"),
    ("x^2 + 1", "3", "3", "0"),
    ("ln(x)", "2", "2", "0"),
    ("sqrt(x)", "1", "0", "-2/3"),
    ("abs(x)", "2", "-1", "-5/2"),
    ("sigmoid(x)", "0", "1", "softplus(1) - ln(2)"),
    ("x^2*e^(-x)", "0", "1", "2 - 5/e"),
    ("1/(x + 1)", "0", "1", "ln(2)"),
    ("1/(2*x + 1)", "0", "1", "ln(3)/2"),
    ("(2*x + 1)^3", "0", "1", "10"),
    ("e^(-x^2)", "0", "1", "sqrt(pi)*erf(1)/2"),
]

_NAMES = {"ln": mpmath.log, "abs": abs, "sign": mpmath.sign, "pi": mpmath.pi, "e": mpmath.e, "cbrt": lambda x: (
    mpmath.sign(x) * mpmath.cbrt(abs(x))), "relu": lambda x: max(x, 0), "step": lambda x: mpmath.mpf(x > 0),
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)), "max": max, "min": min} | {
    each: getattr(mpmath, each) for each in ("sin", "cos", "tan", "sec", "sinh", "sqrt")}


def by_mpmath(integrand: str, lower: str, upper: str) -> float:
    code = compile(integrand.replace("^", "**"), "integrand", "eval")
    ends = [eval(end, {}, _NAMES) for end in (lower, upper)]
    places = sorted({*ends, *(place for place in (0, 1, 2, mpmath.pi / 2, mpmath.pi) if min(ends) < place < max(ends))})
    found = mpmath.quad(lambda x: eval(code, {}, _NAMES | {"x": x}), places)
    return float(found if ends[0] <= ends[1] else -found)


def solved(integrand: str, lower: str, upper: str) -> Derivation:
    return derive(node("integral", (parse(integrand), name("x"), parse(lower), parse(upper))))


@pytest.mark.parametrize(("integrand", "lower", "upper", "result"), VALUES)
def test_a_value_is_exact_and_that_of_mpmath(integrand: str, lower: str, upper: str, result: str) -> None:
    derivation = solved(integrand, lower, upper)
    assert derivation.compare(derivation.result, parse(result)).outcome == "checked"
    value = number_of(derivation.result)
    assert value is not None
    assert abs(value - by_mpmath(integrand, lower, upper)) < 1e-9
    assert derivation.checked
    assert derivation.assumptions == ()
