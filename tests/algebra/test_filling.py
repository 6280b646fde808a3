"""Values put in for letters."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.algebra.filling import filled
from tutor.expression.parse import parse
from tutor.expression.tree import rational
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("written", "values", "shown"), [
    ("(a*x + b)^n", {"a": "2", "b": "3", "n": "4"}, "(2*x + 3)^4"),
    ("(a*x + b)^n", {"a": "1", "b": "-2", "n": "1"}, "x - 2"),
    ("a*x + b", {"a": "-1", "b": "0"}, "-x"),
    ("x^(n-1)", {"n": "3"}, "x^2"),
    ("x^(m/n)", {"m": "2", "n": "4"}, "x^(1/2)"),
    ("x^-n", {"n": "3"}, "x^-3"),
    ("a*b*x", {"a": "2", "b": "3"}, "6*x"),
    ("a*x", {"a": "0.5"}, "0.5*x"),
    ("a*x", {"a": "0"}, "0"),
    ("x/a", {"a": "1"}, "x"),
    ("f*x", {"f": "sin(x)"}, "sin(x)*x"),
    ("x*x + 0 + a", {"a": "5"}, "x*x + 5"),
    ("1*x + sin(a)", {"a": "2"}, "1*x + sin(2)"),
    ("9^n", {"n": "99"}, "9^99"),
    ("(((a^12)^12)^12)^12", {"a": "1"}, "1"),
    ("a^n", {"a": "0", "n": "-1"}, "0^-1"),
    ("--a", {"a": "3"}, "3"),
    ("d/dx [a*x]", {"a": "4"}, "d/dx [4*x]"),
])
def test_as_a_person_would_write_it(written: str, values: dict[str, str], shown: str) -> None:
    assert str(filled(parse(written), {letter: parse(value) for letter, value in values.items()})) == shown


def test_numbers_do_not_grow_without_end() -> None:
    tower = "(" * 9 + "a" + "^12)" * 9
    assert len(str(filled(parse(tower), {"a": parse("9")}))) < 2000


NUMBERS = st.fractions(min_value=-5, max_value=5, max_denominator=4)


WRITTEN = ["a*x + b", "(a*x - b)^2", "a/(b^2 + 1) - x", "-(a*x)*(b + 1)", "a*b*x + a - b", "x^2/(a^2 + 1)"]


@given(st.sampled_from(WRITTEN), NUMBERS, NUMBERS)
def test_the_value_stays(written: str, a: Fraction, b: Fraction) -> None:
    values = {"a": rational(a), "b": rational(b)}
    plain = parse(written)
    for letter, value in values.items():
        plain = parse(str(plain).replace(letter, f"({value})"))
    assert Oracle().compare(plain, filled(parse(written), values)).outcome == "checked"
