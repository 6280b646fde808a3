"""Expressions as lists of operations have the values that the oracle finds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.parse import parse
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL
from tutor.oracle.program import NO_VALUE, NotExact, program_of
from tutor.oracle.table import Undefined, lowest_table

TEXTS = ["(x-3)^2 + y", "x^2/3 - y/7", "x*y*2 - x", "e^(-x) + pi", "|x| + relu(y)", "max(x, y, 1/2)", "min(x, 2, y)",
         "x^-2", "cbrt(x)*x^(2/3)", "2^x", "log_2(x^2 + 1)", "sigmoid(x) + softplus(y)", "tanh(x) + sign(y)"]

NUMBERS = st.integers(-40, 40).map(lambda value: value / 8 + 0.03125)


CALLS = [f"{name}(x)" for name, function in FUNCTIONS.items() if function.arguments == (1, 1)]


@given(st.sampled_from(TEXTS + CALLS), NUMBERS, NUMBERS)
def test_it_has_the_values_of_the_oracle(text: str, x: float, y: float) -> None:
    expression = parse(text)
    try:
        wanted = value_of(lowest_table(REAL, {"x": x, "y": y}.get), expression)
    except Undefined:
        with pytest.raises((*NO_VALUE, OverflowError)):
            program_of([expression], ["x", "y"]).at([x, y])
        return
    assert program_of([expression], ["x", "y"]).at([x, y]) == pytest.approx([wanted], rel=1e-12)


def test_fractions_stay_fractions() -> None:
    program = program_of([parse("(x-3)^2/7 + |x|"), parse("max(x, 1/3)"), parse("x^-2")], ["x"], exact=True)
    assert program.at([Fraction(1, 2)]) == [Fraction(25, 28) + Fraction(1, 2), Fraction(1, 2), 4]


@pytest.mark.parametrize("text", ["sqrt(x)", "e^x", "x^(1/2)", "pi*x"])
def test_what_is_no_arithmetic_of_fractions_is_refused(text: str) -> None:
    with pytest.raises(NotExact):
        program_of([parse(text)], ["x"], exact=True)


@pytest.mark.parametrize(("text", "x", "kink"), [
    ("|x - 1| + x", 1.0, True), ("|x - 1| + x", 2.0, False), ("max(x, 2, 3x)", 0.0, False),
    ("max(2x, 2, 3x)", 1.0, True), ("max(x, -x, x^2)", 1.0, True),
    ("relu(x)^2", 0.0, True), ("cbrt(x)", 0.0, True), ("|3| + x", 0.0, False),
])
def test_it_knows_when_it_is_at_a_kink(text: str, x: float, kink: bool) -> None:
    program = program_of([parse(text)], ["x"])
    program.at([x])
    assert program.at_a_kink() is kink


def test_what_is_too_small_is_0_and_what_is_too_large_is_said() -> None:
    assert program_of([parse("e^(-x)")], ["x"]).at([1000.0]) == [0.0]
    with pytest.raises(OverflowError):
        program_of([parse("e^x")], ["x"]).at([1000.0])


def test_a_thousand_nested_parts_are_no_trouble() -> None:
    text = "sin(" * 5000 + "x" + ")" * 5000
    assert abs(program_of([parse(text)], ["x"]).at([1.0])[0]) < 0.03


def test_fractions_do_not_become_so_long_that_nobody_could_wait() -> None:
    program = program_of([parse("((((x^64 + 1)^64 + 1)^64 + 1)^64 + 1)^64")], ["x"], exact=True)
    with pytest.raises(NotExact):
        program.at([Fraction(1, 3)])
    with pytest.raises(NotExact):
        program_of([parse("((3^64)^64)^64")], (), exact=True)
