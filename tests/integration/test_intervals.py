"""What an integrand does between the limits, before anything is integrated."""

from __future__ import annotations

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.expression.parse import parse
from tutor.expression.tree import INFINITY, Expression, name, negate
from tutor.integration.intervals import behaviour, is_even, is_odd, resolved
from tutor.integration.sites import Behaviour

X = name("x")


def limit(text: str) -> Expression:
    return {"inf": INFINITY, "-inf": negate(INFINITY)}.get(text) or parse(text)


def look(body: str, lower: str, upper: str) -> Behaviour:
    tidy = Tidy(Style())
    return behaviour(tidy(parse(body)), X, limit(lower), limit(upper), tidy)


BREAKS = [
    # integrand, limits, what breaks where
    ("x^2", "0", "2", []),
    ("1/x", "1", "2", []),
    ("1/(x - 3)^2", "2", "4", [("unbounded", "3")]),
    ("1/(x^2 - 2)", "0", "2", [("unbounded", "sqrt(2)")]),
    ("1/x", "0", "1", [("unbounded", "0")]),
    ("1/sqrt(1 - x^2)", "-1", "1", [("unbounded", "-1"), ("unbounded", "1")]),
    ("1/x^(1/3)", "-1", "1", [("unbounded", "0")]),
    ("e^(-1/x)/x^2", "-1", "1", [("unbounded", "0")]),
    ("e^(1/x^2)", "0", "1", [("unbounded", "0")]),
    ("e^(-1/x^2)", "-1", "1", [("gap", "0")]),
    ("ln(x)", "0", "1", [("unbounded", "0")]),
    ("tan(x)", "0", "pi", [("unbounded", "pi/2")]),
    ("sec(x)^2", "0", "pi/4", []),
    ("cot(x)", "1", "4", [("unbounded", "pi")]),
    ("coth(x)", "-1", "1", [("unbounded", "0")]),
    ("atanh(x)", "0", "1", [("unbounded", "1")]),
    ("1/(e^x - 2)", "0", "1", [("unbounded", "ln(2)")]),
    ("1/(x*ln(x))", "1", "2", [("unbounded", "1")]),
    ("1/(2 + cos(x))", "0", "2*pi", []),
    ("1/(x^2 + 1)", "-inf", "inf", []),
    ("e^(-x)", "0", "inf", []),
    ("sin(x)/x", "0", "1", [("gap", "0")]),
    ("x*ln(x)", "0", "1", [("gap", "0")]),
    ("abs(x)", "-1", "2", [("change", "0")]),
    ("abs(x^2 - 1)", "-2", "2", [("change", "-1"), ("change", "1")]),
    ("abs(sin(x))", "0", "2*pi", [("change", "pi")]),
    ("abs(x - 1)^3", "0", "2", [("change", "1")]),
    ("abs((x - 1)^2)", "0", "2", []),
    ("abs(x)", "0", "2", []),
    ("max(x, x^2)", "0", "2", [("change", "1")]),
    ("relu(x - 1)", "0", "3", [("change", "1")]),
    ("sign(x) + step(x - 1)", "-2", "2", [("change", "0"), ("change", "1")]),
]


@pytest.mark.parametrize(("body", "lower", "upper", "breaks"), BREAKS)
def test_what_breaks_between_the_limits(body: str, lower: str, upper: str, breaks: list[tuple[str, str]]) -> None:
    found = look(body, lower, upper)
    assert found.decided
    assert found.unreal is None
    assert [(each.kind, str(each.place.number)) for each in found.breaks] == breaks


@pytest.mark.parametrize(("body", "lower", "upper", "part", "between"), [
    ("sqrt(x)", "-1", "1", "sqrt(x)", ("-1", "0")),
    ("x^2 + sqrt(1 - x^2)", "0", "2", "sqrt(1 - x^2)", ("1", "2")),
    ("ln(x - 2)", "1", "4", "ln(x - 2)", ("1", "2")),
    ("asin(x)", "0", "2", "asin(x)", ("1", "2")),
    ("acosh(x)", "0", "2", "acosh(x)", ("0", "1")),
    ("asec(x)", "0", "2", "asec(x)", ("0", "1")),
    ("x^(1/4)", "-inf", "1", "x^(1/4)", ("-infinity", "0")),
    ("sqrt(sin(x))", "0", "2*pi", "sqrt(sin(x))", ("pi", "2*pi")),
])
def test_a_part_without_real_values(body: str, lower: str, upper: str, part: str, between: tuple[str, str]) -> None:
    found = look(body, lower, upper).unreal
    assert found is not None
    assert (str(found.part), (str(found.lower), str(found.upper))) == (part, between)


@pytest.mark.parametrize(("body", "lower", "upper", "assumed"), [
    ("x^2", "a", "b", []),
    ("1/x", "1", "b", ["b > 0"]),
    ("1/x", "a", "-1", ["a < 0"]),
    ("1/x", "a", "b", ["a > 0", "b > 0"]),
    ("1/(x + k)", "0", "1", ["k > 0"]),
    ("sqrt(x)", "0", "a", ["a >= 0"]),
    ("ln(x)", "1", "a", ["a > 0"]),
    ("1/(x^2 + 1)", "0", "a", []),
    ("k*sin(x)", "0", "pi", []),
])
def test_what_has_to_be_assumed_of_letters(body: str, lower: str, upper: str, assumed: list[str]) -> None:
    found = look(body, lower, upper)
    assert found.decided
    assert [str(each) for each in found.assumed] == assumed


@pytest.mark.parametrize(("body", "lower", "upper"), [
    ("1/sin(1/x)", "0", "1"), ("1/(x - cos(x))", "-inf", "inf"), ("f(x)", "0", "1"),
])
def test_what_cannot_be_decided_is_not_called_regular(body: str, lower: str, upper: str) -> None:
    assert not look(body, lower, upper).decided


@pytest.mark.parametrize(("body", "odd", "even"), [
    ("x^3 - x", True, False), ("x^2", False, True), ("x*cos(x)", True, False), ("sin(x)^2", False, True),
    ("x + 1", False, False), ("abs(x)", False, True), ("e^x", False, False), ("x^3*e^(x^2)", True, False),
    ("sin(x)/x", False, True),
])
def test_odd_and_even(body: str, odd: bool, even: bool) -> None:
    tidy = Tidy(Style())
    tidied = tidy(parse(body))
    assert (is_odd(tidied, X, tidy), is_even(tidied, X, tidy)) == (odd, even)


@pytest.mark.parametrize(("body", "lower", "upper", "formula"), [
    ("abs(x)", "-2", "-1", "-x"), ("abs(x)", "0", "1", "x"), ("relu(x)", "-1", "0", "0"), ("sign(x)", "-1", "0", "-1"),
    ("max(x, x^2)", "0", "1", "x"), ("min(x, x^2)", "0", "1", "x^2"), ("x*abs(x - 1)", "2", "inf", "x*(x - 1)"),
    ("abs(abs(x) - 1)", "0", "1", "-(x - 1)"), ("sin(x)", "0", "1", "sin(x)"),
])
def test_the_formula_between_two_places(body: str, lower: str, upper: str, formula: str) -> None:
    tidy = Tidy(Style())
    assert str(resolved(tidy(parse(body)), X, limit(lower), limit(upper))) == formula


@pytest.mark.parametrize(("body", "lower", "upper", "kind"), [
    ("1/x^2", "-a", "a", "unbounded"), ("1/(x - b)", "b - 2*a", "b + a", "unbounded"), ("abs(x)", "-a", "a", "change"),
])
def test_limits_that_always_lie_on_both_sides(body: str, lower: str, upper: str, kind: str) -> None:
    found = look(body, lower, upper)
    assert [each.kind for each in found.breaks] == [kind]
    assert not found.assumed
