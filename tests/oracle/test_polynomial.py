"""Exact roots: none is missed, and none is made up."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.oracle.polynomial import (
    PRECISION_BITS,
    IsolatingInterval,
    Polynomial,
    divided,
    plus,
    roots,
    times,
    trimmed,
    value_at,
)

numbers = st.fractions(min_value=-50, max_value=50, max_denominator=12)
polynomials = st.lists(numbers, max_size=7).map(trimmed)


def polynomial_of(*coefficients: int) -> Polynomial:
    return trimmed([Fraction(each) for each in coefficients])


@settings(deadline=None, max_examples=40)
@given(st.lists(numbers, min_size=1, max_size=5))
def test_finds_every_root_once_however_often_it_occurs(chosen: list[Fraction]) -> None:
    product = polynomial_of(3)
    for root in [*chosen, chosen[0]]:
        product = times(product, trimmed([-root, Fraction(1)]))
    product = times(product, polynomial_of(1, 0, 1))  # and no real root of x² + 1
    assert [each.lower for each in roots(product)] == sorted(set(chosen))
    assert all(each.lower == each.upper for each in roots(product))


def test_closes_in_on_irrational_roots() -> None:
    left, right = roots(polynomial_of(-2, 0, 1))
    assert left.upper < -1 < 1 < right.lower
    for each in (left, right):
        assert 0 < each.upper - each.lower <= Fraction(4, 2**PRECISION_BITS)
        assert value_at(polynomial_of(-2, 0, 1), each.lower) * value_at(polynomial_of(-2, 0, 1), each.upper) < 0


def test_tells_close_roots_apart() -> None:
    near = Fraction(1, 10**30)
    product = times(polynomial_of(0, 1), trimmed([-near, Fraction(1)]))
    zero, other = roots(product)
    assert zero == IsolatingInterval(Fraction(0), Fraction(0))
    assert 0 < other.lower <= near <= other.upper


def test_a_constant_has_no_roots() -> None:
    assert roots(()) == roots(polynomial_of(5)) == roots(polynomial_of(1, 0, 1)) == []


@given(polynomials, polynomials.filter(bool))
def test_division_with_remainder(left: Polynomial, right: Polynomial) -> None:
    quotient, remainder = divided(left, right)
    assert plus(times(quotient, right), remainder) == left
    assert len(remainder) < len(right)


@settings(deadline=None, max_examples=40)
@given(polynomials, numbers)
def test_a_root_is_where_the_value_is_zero(polynomial: Polynomial, place: Fraction) -> None:
    inside = any(each.lower <= place <= each.upper for each in roots(polynomial))
    assert inside == (bool(polynomial) and value_at(polynomial, place) == 0)
