"""Constants with letters and roots: exact, and 0 is seen as 0."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.narrowed import not_none
from tutor.expression.parse import parse
from tutor.integration.constants import Field, Symbolic, TooMuchError, expression_of, raised, square_root
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
    ("ln(3)*2/ln(3)", "2"),
    ("-a - b", "-(a + b)"),
    ("3/4", "3/4"),
]

CONSTANTS = ["a", "a - b", "sqrt(2)", "1 + sqrt(3)", "a*b + 2", "3/2", "a + sqrt(2)*b", "1/(a + 1)", "-b^2"]


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_a_constant_is_written_in_its_simplest_form(text: str, written: str) -> None:
    assert str(expression_of(Field("x", ("a", "b")).constant(parse(text)))) == written


@given(st.sampled_from(CONSTANTS), st.sampled_from(CONSTANTS), st.sampled_from("+-*/"))
def test_arithmetic_is_true(left: str, right: str, sign: str) -> None:
    field = Field("x", ("a", "b"))
    one, two = field.constant(parse(left)), field.constant(parse(right))
    found = {"+": lambda: one + two, "-": lambda: one - two, "*": lambda: one * two, "/": lambda: one / two}[sign]()
    whole = parse(f"({left}){sign}({right})")
    assert Oracle().compare(expression_of(found), whole).outcome == "checked"


@pytest.mark.parametrize(("text", "root"), [
    ("a^2 - 2*a*b + b^2", "a - b"), ("4*a^2*b^2/9", "2*a*b/3"), ("3*a^2", "sqrt(3)*a"), ("1/(a + b)^2", "1/(a + b)"),
    ("a^2 + b", None), ("-a^2", None), ("a^3", None), ("1 + sqrt(2)", None)])
def test_a_square_has_a_root(text: str, root: str | None) -> None:
    field = Field("x", ("a", "b"))
    constant = field.constant(parse(text))
    found = square_root(constant, field)
    assert (None if found is None else str(expression_of(found))) == root
    assert found is None or not found * found - constant


@pytest.mark.parametrize(("text", "sign"), [("sqrt(2) - 1", 1), ("1 - sqrt(2)", -1), ("1/(1 - sqrt(3))", -1), ("a", 0)])
def test_signs_of_roots_are_known(text: str, sign: int) -> None:
    field = Field("x", ("a",))
    constant = field.constant(parse(text))
    assert isinstance(constant, Symbolic)
    assert constant.sign() == sign


def test_too_much_is_refused() -> None:
    with pytest.raises(TooMuchError):
        Field("x", "abcdefgh")
    field = Field("x", "abcd")
    with pytest.raises(TooMuchError):
        raised(field.constant(parse("a + b + c + d")), 9)
    with pytest.raises(TooMuchError):
        field.constant(parse("x + 1"))
    with pytest.raises(TooMuchError):
        field.root(Fraction(10**9 + 7))
    with pytest.raises(ZeroDivisionError):
        not_none(1 / field.constant(parse("a - a + 0*b")))
