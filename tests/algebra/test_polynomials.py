"""Polynomials in one letter: the laws of division, of common divisors and of factors."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Poly, Rational, symbols

from tutor.algebra.polynomials import (
    Polynomial,
    exact_quotient,
    greatest_common_divisor,
    plus,
    primitive,
    slope,
    square_free_factors,
    times,
    trimmed,
    value_at,
)

X = symbols("x")
WHOLE = st.integers(-12, 12)
RATIONAL = st.one_of(WHOLE, st.fractions(-6, 6, max_denominator=6))
WHOLE_POLYNOMIALS = st.lists(WHOLE, max_size=5).map(trimmed)
POLYNOMIALS = st.lists(RATIONAL, max_size=5).map(trimmed)
laws = settings(max_examples=150, deadline=None)


def product(factors: Iterable[Polynomial]) -> Polynomial:
    found: Polynomial = (1,)
    for factor in factors:
        found = times(found, factor)
    return found


def as_poly(polynomial: Polynomial) -> Poly:
    return Poly([Rational(each.numerator, each.denominator) for each in reversed(polynomial)] or [0], X, domain="QQ")


@laws
@given(POLYNOMIALS, POLYNOMIALS, RATIONAL)
def test_values_add_and_multiply(left: Polynomial, right: Polynomial, place: int | Fraction) -> None:
    assert value_at(plus(left, right, -2), place) == value_at(left, place) - 2 * value_at(right, place)
    assert value_at(times(left, right), place) == value_at(left, place) * value_at(right, place)


@laws
@given(POLYNOMIALS, POLYNOMIALS.filter(bool))
def test_there_is_no_exact_quotient_where_something_remains(dividend: Polynomial, divisor: Polynomial) -> None:
    assert (exact_quotient(dividend, divisor) is None) == (not as_poly(dividend).rem(as_poly(divisor)).is_zero)


@laws
@given(POLYNOMIALS, POLYNOMIALS.filter(bool))
def test_exact_quotient_undoes_a_product(left: Polynomial, right: Polynomial) -> None:
    assert exact_quotient(times(left, right), right) == left


def test_nothing_is_divided_by_zero() -> None:
    assert exact_quotient((1, 2), ()) is None
    assert exact_quotient((), ()) is None


@laws
@given(POLYNOMIALS)
def test_content_times_part(polynomial: Polynomial) -> None:
    content, part = primitive(polynomial)
    assert times((content,) if content else (), part) == polynomial
    assert all(type(each) is int for each in part)
    assert not part or (part[-1] > 0 and primitive(part) == (1, part))


@laws
@given(POLYNOMIALS, POLYNOMIALS, POLYNOMIALS)
def test_greatest_common_divisor(left: Polynomial, right: Polynomial, shared: Polynomial) -> None:
    left, right = times(left, shared), times(right, shared)
    found = greatest_common_divisor(left, right)
    if not left and not right:
        assert found == ()
        return
    assert exact_quotient(left, found) is not None
    assert exact_quotient(right, found) is not None
    assert exact_quotient(found, shared) is not None  # every common divisor divides it
    assert found == primitive(trimmed(reversed(_coefficients(as_poly(left).gcd(as_poly(right))))))[1]


def _coefficients(poly: Poly) -> list[Fraction]:
    return [Fraction(int(each.p), int(each.q)) for each in poly.all_coeffs()]


@laws
@given(st.lists(st.tuples(WHOLE_POLYNOMIALS, st.integers(1, 3)), min_size=1, max_size=3))
def test_square_free_factors(parts: list[tuple[Polynomial, int]]) -> None:
    polynomial = product(part for part, count in parts for _ in range(count))
    found = square_free_factors(polynomial)
    assert not polynomial or product(each for each, count in found for _ in range(count)) == primitive(polynomial)[1]
    for index, (factor, _) in enumerate(found):
        assert greatest_common_divisor(factor, slope(factor)) == (1,)
        assert all(greatest_common_divisor(factor, other) == (1,) for other, _ in found[index + 1:])
    if polynomial:
        multiplicities = {count for part, count in as_poly(polynomial).sqf_list()[1] if part.degree() > 0}
        assert {count for _, count in found} == multiplicities


def test_long_numbers_and_high_degrees_end() -> None:
    """Numbers of a hundred digits: the remainders of Euclid's algorithm would have thousands."""
    left = trimmed([(7**index + 3) ** 40 % 10**100 for index in range(40)])
    right = trimmed([(5**index + 1) ** 50 % 10**100 for index in range(38)])
    shared = (10**50 + 1, 3, 7**60)
    assert greatest_common_divisor(times(left, shared), times(right, shared)) == primitive(shared)[1]
