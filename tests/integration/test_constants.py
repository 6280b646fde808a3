"""Constants with letters and roots: exact, and 0 is seen as 0."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.narrowed import not_none
from tutor.algebra.multivariate import TooLarge
from tutor.expression.parse import parse
from tutor.integration.constants import constant_of, sign_of, square_root
from tutor.integration.ratios import root, written
from tutor.oracle.verdict import Oracle

WRITTEN = [
    # an expression in letters, and the constant as it is written
    ("(a^2 - b^2)/(a - b)", "a + b"),
    ("1/(a - b) + 1/(b - a)", "0"),
    ("1/(b - a)", "-1/(a - b)"),
    ("1/a + 1/b", "(a + b)/(a*b)"),
    ("sqrt(8)*sqrt(6)", "4*sqrt(3)"),
    ("sqrt(3/8)", "sqrt(6)/4"),
    ("1/(1 + sqrt(2))", "sqrt(2) - 1"),
    ("1/(a + sqrt(2))", "(a - sqrt(2))/(a^2 - 2)"),
    ("(sqrt(2) + 1)^2 - 3 - sqrt(8)", "0"),
    ("sqrt(2 + sqrt(2))^2 - sqrt(2)", "2"),
    ("1/sqrt(2*sqrt(2) - 1)", "(2*sqrt(2)*sqrt(2*sqrt(2) - 1) + sqrt(2*sqrt(2) - 1))/7"),
    ("ln(3)*2/ln(3)", "2"),
    ("-a - b", "-(a + b)"),
    ("3/4", "3/4"),
]

CONSTANTS = ["a", "a - b", "sqrt(2)", "1 + sqrt(3)", "a*b + 2", "3/2", "a + sqrt(2)*b", "1/(a + 1)", "-b^2",
             "1 + sqrt(2 - sqrt(2))"]


@pytest.mark.parametrize(("text", "in_books"), WRITTEN)
def test_a_constant_is_written_in_its_simplest_form(text: str, in_books: str) -> None:
    assert str(written(constant_of(parse(text), "x"))) == in_books


@given(st.sampled_from(CONSTANTS), st.sampled_from(CONSTANTS), st.sampled_from("+-*/"))
def test_arithmetic_is_true(left: str, right: str, sign: str) -> None:
    one, two = constant_of(parse(left), "x"), constant_of(parse(right), "x")
    found = {"+": lambda: one + two, "-": lambda: one - two, "*": lambda: one * two, "/": lambda: one / two}[sign]()
    whole = parse(f"({left}){sign}({right})")
    assert Oracle().compare(written(found), whole).outcome == "checked"


@pytest.mark.parametrize(("text", "in_books"), [
    ("a^2 - 2*a*b + b^2", "a - b"), ("4*a^2*b^2/9", "2*a*b/3"), ("3*a^2", "sqrt(3)*a"), ("1/(a + b)^2", "1/(a + b)"),
    ("3 + 2*sqrt(2)", "1 + sqrt(2)"), ("2 - sqrt(3)", "(sqrt(6) - sqrt(2))/2"), ("2 + sqrt(2)", "sqrt(2 + sqrt(2))"),
    ("8*sqrt(2) + 4", "2*sqrt(1 + 2*sqrt(2))"), ("1/4 + sqrt(5)/2", "sqrt(1 + 2*sqrt(5))/2"), ("1/a^2", "1/a"),
    ("a^2 + b", None), ("-a^2", None), ("a^3", None), ("1 - sqrt(2)", None), ("a^2*sqrt(2)", None)])
def test_a_square_has_a_root(text: str, in_books: str | None) -> None:
    constant = constant_of(parse(text), "x")
    found = square_root(constant)
    assert (None if found is None else str(written(found))) == in_books
    assert found is None or not found * found - constant


@pytest.mark.parametrize(("text", "sign"), [
    ("sqrt(2) - 1", 1), ("1 - sqrt(2)", -1), ("1/(1 - sqrt(3))", -1), ("a", 0), ("sqrt(2 + sqrt(2)) - 2", -1)])
def test_signs_of_roots_are_known(text: str, sign: int) -> None:
    assert sign_of(constant_of(parse(text), "x")) == sign


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        constant_of(parse("(a + b + c + d)^9"), "x")
    with pytest.raises(TooLarge):
        root(10**12 + 39)
    with pytest.raises(ZeroDivisionError):
        not_none(1 / constant_of(parse("a - a + 0*b"), "x"))
