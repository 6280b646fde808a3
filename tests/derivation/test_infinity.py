"""Calculating with infinity: what it says, and what it does not."""

from __future__ import annotations

import pytest

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.infinity import sign_near, with_infinity
from tutor.expression.parse import parse
from tutor.expression.tree import name

SAYS = [
    ("3 + infinity", "infinity"), ("2 - infinity", "-infinity"), ("infinity + infinity", "infinity"),
    ("-2*infinity", "-infinity"), ("infinity*(-infinity)", "-infinity"), ("5/infinity", "0"),
    ("infinity/2", "infinity"),
    ("infinity^2", "infinity"), ("(-infinity)^3", "-infinity"), ("infinity^(-1)", "0"), ("e^infinity", "infinity"),
    ("e^(-infinity)", "0"), ("(1/2)^infinity", "0"), ("2^(-infinity)", "0"), ("ln(infinity)", "infinity"),
    ("atan(-infinity)", "-pi/2"), ("sqrt(1 + 1/infinity)", "1"), ("tanh(infinity)", "1"),
]


@pytest.mark.parametrize(("typed", "value"), SAYS, ids=[typed for typed, _ in SAYS])
def test_what_it_says(typed: str, value: str) -> None:
    found = with_infinity(parse(typed), Tidy(Style()))
    assert found is not None
    assert (found.value, found.assumed) == (parse(value), ())


@pytest.mark.parametrize(("typed", "value", "assumed"), [
    ("a*infinity", "infinity", ["a > 0"]), ("-a*infinity", "-infinity", ["a > 0"]),
    ("a^2*infinity", "infinity", ["a^2 != 0"]), ("infinity/(2*a*b)", "infinity", ["a > 0", "b > 0"]),
    ("infinity^n", "infinity", ["n > 0"]), ("infinity^(1 - p)", "0", ["1 - p < 0"]),
    ("a^infinity", "infinity", ["a > 1"]), ("max(infinity, a)", "infinity", []),
    ("coth(-infinity)", "-1", []), ("Si(-infinity)", "-pi/2", []), ("log(infinity, 2)", "infinity", []),
])  # fmt: skip
def test_what_it_says_where_letters_have_the_right_sign(typed: str, value: str, assumed: list[str]) -> None:
    found = with_infinity(parse(typed), Tidy(Style()))
    assert found is not None
    assert found.value is parse(value)
    assert [str(relation) for relation in found.assumed] == assumed


def test_what_was_assumed_before_is_not_assumed_the_other_way() -> None:
    found = with_infinity(parse("infinity^(1 - p)"), Tidy(Style()), {parse("1 - p"): "+"})
    assert found == (parse("infinity"), (parse("1 - p > 0"),))


@pytest.mark.parametrize("typed", [
    "infinity - infinity", "infinity/infinity", "0*infinity", "infinity^0", "1^infinity", "infinity/0",
    "sin(infinity)", "(a - b)*infinity", "ln(-infinity)", "(-infinity)^(1/2)",
])
def test_what_says_nothing(typed: str) -> None:
    assert with_infinity(parse(typed), Tidy(Style())) is None


@pytest.mark.parametrize(("typed", "target", "left", "right"), [
    ("x - 2", "2", -1, 1), ("x^2", "0", 1, 1), ("sin(x)", "pi", 1, -1), ("cos(x)", "pi/2", 1, -1),
    ("sqrt(x)", "0", None, 1),
    ("a*x", "0", None, None), ("1 - x", "0", 1, 1),
])
def test_the_sign_on_each_side(typed: str, target: str, left: int | None, right: int | None) -> None:
    found = [sign_near(parse(typed), name("x"), parse(target), side) for side in "-+"]
    assert [found[0] if left is not None else None, found[1]] == [left, right]
