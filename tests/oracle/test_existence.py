"""Numbers whose sign is known, series on one side of a point, and what is seen from both sides."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.oracle.evaluate import value_of
from tutor.oracle.existence import existence_of
from tutor.oracle.germs import GERMS, Germ, Ramified, variable_at
from tutor.oracle.sure import SURE, recognized, sign
from tutor.oracle.table import Undefined, lowest_table


def number(text: str) -> Any:
    return value_of(lowest_table(SURE, lambda name: None), parse(text))


@pytest.mark.parametrize(("text", "expected"), [
    ("sin(pi)", 0), ("sqrt(2)^2 - 2", 0), ("10^-200", 1), ("1/3 - 1/3", 0), ("e^(-300)", 1), ("ln(2) - ln(3)", -1),
    ("cos(pi/5) - (1 + sqrt(5))/4", 0), ("1 - tanh(50)", 1), ("pi + sin(pi) - pi", 0), ("(-8)^(1/3) + 2", 0),
    ("asin(1) - pi/2", 0), ("1^sqrt(2) - 1", 0), ("1^(2^sqrt(2))", 1), ("sqrt(2)^sqrt(2)", 1),
    ("exp(0) - 1", 0), ("atan(1)*4 - pi", 0), ("4^(3/2) - 8", 0), ("2^100000 - 2^100000 + 1", 1),
])  # fmt: skip
def test_signs(text: str, expected: int) -> None:
    assert sign(number(text)) == expected


@pytest.mark.parametrize(("function", "sizes"), [
    ("sigmoid", (0, 1)), ("softplus", (0, 6)), ("tanh", (-1, 1)), ("sech", (0, 1)), ("abs", (0, 6)), ("relu", (0, 6)),
])
@pytest.mark.parametrize("argument", ["pi", "-pi", "2*e", "sqrt(2)", "sin(pi)", "1/3"])
def test_functions_in_pieces_take_every_kind_of_number(function: str, sizes: tuple[int, int], argument: str) -> None:
    low, high = sizes
    assert low <= number(f"{function}({argument})") <= high


@pytest.mark.parametrize("text", [
    "ln(0)", "ln(-1)", "sqrt(-1)", "asin(2)", "1/sin(pi)", "0^0", "acosh(1/2)", "atanh(1)", "(-8)^(1/2)",
    "step(sin(pi))", "0^(-1/3)",
])
def test_numbers_without_a_value(text: str) -> None:
    with pytest.raises(Undefined) as found:
        number(text)
    assert not found.value.reason


@pytest.mark.parametrize("text", [
    "1 - tanh(300)", "pi + 10^-200 - pi", "1/(1 + e^-500)", "1 - erf(300)", "e^(e^(e^9))", "10^(10^10)",
    "2^(2^(2^(2^5)))", "i",
])
def test_what_cannot_be_computed_is_no_lack_of_a_value(text: str) -> None:
    with pytest.raises(Undefined) as found:
        number(text)
    assert found.value.reason


@pytest.mark.parametrize("text", [
    "10^200 - tan(atan(10^100))", "10^200 - tan(atan(10^200))", "1/(exp(10^-130) - 1)", "1/(1 - cos(10^-80))",
    "1/(cosh(10^-80) - 1)", "1/(pi/2 - acos(10^-130))", "atan(tan(atan(10^130)))", "tanh(tan(atan(10^130))) - 1",
])
def test_what_the_digits_do_not_show_is_not_taken_as_0(text: str) -> None:
    with pytest.raises(Undefined, match="digits are not enough"):
        sign(number(text))


@pytest.mark.parametrize(("text", "value"), [
    ("cos(pi/3)", "1/2"), ("ln(e^5)", "5"), ("sqrt(2)", None), ("-tan(pi/4)", "-1"), ("sqrt(2)*sqrt(8)", "4"),
])
def test_recognizes_fractions(text: str, value: str | None) -> None:
    assert recognized(number(text)) == (None if value is None else Fraction(value))


def germ(text: str, side: int, degree: int = 1) -> Any:
    table = lowest_table(GERMS, lambda name: None).bind(parse("x"), variable_at(Fraction(0), side, degree, 6 * degree))
    return value_of(table, parse(text))


@pytest.mark.parametrize(("text", "left", "right"), [
    ("x*|x|", [0, 0, -1], [0, 0, 1]), ("sin(x)/x", [1, 0, "-1/6"], [1, 0, "-1/6"]), ("relu(x) + 1", [1, 0], [1, 1]),
    ("e^x", [1, -1, "1/2"], [1, 1, "1/2"]), ("max(x, x^2)", [0, 0, 1], [0, 1, 0]),
    ("sqrt(1 + x)", [1, "-1/2"], [1, "1/2"]),
    ("sqrt(x^2)", [0, 1], [0, 1]), ("cbrt(x^3)", [0, -1], [0, 1]), ("asin(cos(x)) - pi/2", [0, -1], [0, -1]),
    ("acosh(1 + x^2)/sqrt(2)", [0, 1], [0, 1]), ("d/dx [x*|x|]", [0, 2], [0, 2]), ("(1 + x)^x", [1, 0, 1], [1, 0, 1]),
])  # fmt: skip
def test_series_on_both_sides(text: str, left: list[object], right: list[object]) -> None:
    for side, terms in ((-1, left), (1, right)):
        found = germ(text, side)
        for power, term in enumerate(terms):
            coefficient = found.coefficient(power) if isinstance(found, Germ) else found if power == 0 else Fraction(0)
            assert recognized(coefficient) == Fraction(str(term))


def test_roots_need_a_finer_letter() -> None:
    with pytest.raises(Ramified) as found:
        germ("sqrt(x)", 1)
    assert found.value.degree == 2
    assert germ("sqrt(x)", 1, degree=2).order == 1
    with pytest.raises(Undefined):
        germ("sqrt(x)", -1, degree=2)


@pytest.mark.parametrize(("problem", "kind"), [
    ("d/dx [ln(x)] at x = 0", "no_value"), ("d/dx [x^(3/2)] at x = 0", "one_side"), ("d/dx [sign(x)] at x = 0", "jump"),
    ("d/dx [x^(1/5)] at x = 0", "steep"), ("d/dx [|x| - x] at x = 0", "kink"),
])
def test_kinds_of_findings(problem: str, kind: str) -> None:
    found = existence_of(parse(problem))
    assert found.outcome == "missing"
    assert found.finding is not None
    assert found.finding.kind == kind


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=5), st.integers(-5, 5), st.integers(1, 4), st.integers(1, 4))
def test_derivatives_of_polynomials_are_exact(coefficients: list[int], above: int, below: int, order: int) -> None:
    point = Fraction(above, below)
    text = " + ".join(f"({each})*x^{power}" for power, each in enumerate(coefficients) if power) or "x"
    terms = list(enumerate(coefficients)) if len(coefficients) > 1 else [(1, 1)]
    expected = Fraction(0)
    for power, each in terms:
        factor = 1
        for k in range(order):
            factor *= power - k
        if power and factor:
            expected += each * factor * point ** (power - order)
    found = existence_of(parse(f"d^{order}/dx^{order} [{text}] at x = {point}"))
    assert found.outcome == "exists"
    assert found.value == expected


@pytest.mark.parametrize("problem", [
    "d^20/dx^20 [x^x] at x = 2", "d/dx [" + "sin(" * 300 + "x" + ")" * 300 + "] at x = 1",
    "d/dx [x^(10^6)] at x = 2", "d/dx [(x^1000)^1000] at x = 1/7", "d/dx [e^(e^(e^x))] at x = 9",
])
def test_work_is_bounded(problem: str) -> None:
    assert existence_of(parse(problem)).outcome in ("exists", "undecided")
