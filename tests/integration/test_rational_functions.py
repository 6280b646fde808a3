"""Rational functions: how they are read, and the factors of their denominators."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.algebra.polynomials import times, trimmed
from tutor.expression.parse import parse
from tutor.expression.tree import name
from tutor.integration.rational_functions import (
    RationalFunction,
    over_a_root,
    piece_of,
    product_of,
    rational_function,
    written_fraction,
    written_polynomial,
)

READ = [
    ("x/(x^2 - 1)", "x/((x - 1)*(x + 1))"),
    ("1/(x^2 - 2)", "1/(x^2 - 2)"),
    ("1/(1/x + x)", "x/(x^2 + 1)"),
    ("(x^3 + 1)/(x/2 - 1/x)", "2*(x^4 + x)/(x^2 - 2)"),
    ("(1 - x)/(x^2 - 2*x + 1)", "-1/(x - 1)"),
    ("x^-2*(x + 1)^-1", "1/(x^2*(x + 1))"),
    ("1/((x^2 - 1)*(x + 1))", "1/((x - 1)*(x + 1)^2)"),
    ("1/(2*x - 2)/(x - 1)", "1/(2*(x - 1)^2)"),
    ("1/(x^6 + 1)", "1/((x^2 + 1)*(x^4 - x^2 + 1))"),
    ("x^2 + 3*x", "x^2 + 3*x"),
    # with letters
    ("1/(x^2 - a^2)", "1/((x - a)*(x + a))"),
    ("1/(a + b*x)^2", "1/(b*x + a)^2"),
    ("1/(a^4 - x^4)", "-1/((x - a)*(x + a)*(x^2 + a^2))"),
    ("1/(x^2 - (a + b)*x + a*b)", "1/((x - a)*(x - b))"),
    ("x/(a^3 + x^3)", "x/((x + a)*(x^2 - a*x + a^2))"),
    ("1/(x^3 - 6*a*x^2 + 11*a^2*x - 6*a^3)", "1/((x - 3*a)*(x - 2*a)*(x - a))"),
    ("1/((b^2 - a^2)*x^2 - a^2*b^2 + a^4)", "-1/((a^2 - b^2)*(x - a)*(x + a))"),
    ("sin(a)*x/(x + e)", "sin(a)*x/(x + e)"),
]

NOT_READ = ["sin(x)", "sqrt(x)", "x^n", "1/(x - x)", "1/(x^2 + 1)^8", "x^1000000", "(x + 1)^(1/2)", "2^x", "|x|",
            "1/((a + b + c + d)^9 + x)", "i/(x + 1)*x"]

OVER_ROOTS = [
    ("1/(x^2 - 2)", "1/((x - sqrt(2))*(x + sqrt(2)))"),
    ("1/(x^4 + 1)", "1/((x^2 - sqrt(2)*x + 1)*(x^2 + sqrt(2)*x + 1))"),
    ("1/(x^4 + x^3 + x^2 + x + 1)",
     "1/((x^2 + (1 - sqrt(5))*x/2 + 1)*(x^2 + (1 + sqrt(5))*x/2 + 1))"),
    ("1/(x^4 - 2*x^2 - 1)", "1/((x^2 - (1 + sqrt(2)))*(x^2 + sqrt(2) - 1))"),
    ("1/(x^4 + x^2 + 2)",
     "1/((x^2 - sqrt(2*sqrt(2) - 1)*x + sqrt(2))*(x^2 + sqrt(2*sqrt(2) - 1)*x + sqrt(2)))"),
    ("1/(x^8 - x^4 + 1)", "1/((x^4 - sqrt(3)*x^2 + 1)*(x^4 + sqrt(3)*x^2 + 1))"),
    ("1/(2*x^2 - 3)", "1/((2*x - sqrt(6))*(x + sqrt(6)/2))"),
    ("1/(x^2 + x + 1)", None),
    ("1/(x^4 + x + 1)", None),
    ("1/(x^5 - x + 1)", None),
]


def read(text: str) -> RationalFunction | None:
    return rational_function(parse(text), name("x"))


@pytest.mark.parametrize(("text", "written"), READ)
def test_numerator_and_factors_of_the_denominator(text: str, written: str) -> None:
    function = read(text)
    assert function is not None
    assert str(piece_of(function, function.numerator, name("x")).fraction) == written


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_rational_function_or_too_large_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(("text", "written"), OVER_ROOTS)
def test_quadratics_and_quartics_split_over_square_roots(text: str, written: str | None) -> None:
    function = read(text)
    assert function is not None
    found = over_a_root(function)
    assert (None if found is None else str(written_fraction(found, name("x")))) == written
    assert found is None or product_of(found.factors) == product_of(function.factors)


def test_another_letter_gives_the_same_factors() -> None:
    for text in ("x/(x^2 - 1)", "1/(x^2 - a^2)", "x/(a^3 + x^3)", "1/(x^2 - (a + b)*x + a*b)"):
        here = read(text)
        there = rational_function(parse(text.replace("x", "w")), name("w"))
        assert here is not None
        assert there is not None
        assert str(written_fraction(here, name("x"))).replace("x", "w") == str(written_fraction(there, name("w")))


_LINEAR = st.tuples(st.integers(-4, 4), st.integers(1, 3))
_QUADRATIC = st.tuples(st.integers(1, 6), st.integers(-2, 2), st.integers(1, 2))


@given(st.lists(st.one_of(_LINEAR, _QUADRATIC), min_size=1, max_size=4))
def test_the_factors_multiply_to_the_denominator(factors: list[tuple[int, ...]]) -> None:
    whole = trimmed([Fraction(1)])
    for factor in factors:
        whole = times(whole, trimmed([Fraction(each) for each in factor]))
    function = rational_function(parse(f"1/({written_polynomial(whole, name('x'))})"), name("x"))
    assert function is not None
    constant = whole[-1] / product_of(function.factors)[-1]
    assert times((constant,), product_of(function.factors)) == whole
    assert function.numerator == (1 / constant,)
