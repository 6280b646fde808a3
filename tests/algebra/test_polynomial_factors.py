"""The factors of a polynomial: their product is the polynomial, none splits further, and no input takes long."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Poly, cyclotomic_poly, swinnerton_dyer_poly, symbols

from tutor.algebra import polynomial_factors
from tutor.algebra.polynomial_factors import factors
from tutor.algebra.polynomials import Polynomial, Whole, times, trimmed

X = symbols("x")
PARTS = st.lists(st.integers(-12, 12), min_size=1, max_size=5).map(trimmed).filter(bool)
POLYNOMIALS = st.lists(PARTS, min_size=1, max_size=4)


def product(parts: list[Polynomial]) -> Polynomial:
    found: Polynomial = (1,)
    for part in parts:
        found = times(found, part)
    return found


def by_sympy(polynomial: Polynomial) -> list[tuple[Whole, int]]:
    found = Poly(list(reversed(polynomial)), X, domain="ZZ").factor_list()[1]
    rows = [(tuple(int(each) for each in reversed(factor.all_coeffs())), count) for factor, count in found]
    return sorted(rows, key=lambda row: (len(row[0]), row[0][::-1]))


@settings(max_examples=300, deadline=None)
@given(POLYNOMIALS)
def test_factors_are_irreducible_and_give_the_polynomial(parts: list[Polynomial]) -> None:
    polynomial = product(parts)
    content, found = factors(polynomial)
    assert product([(content,), *[factor for factor, count in found for _ in range(count)]]) == polynomial
    assert found == by_sympy(polynomial)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.fractions(-9, 9, max_denominator=9), max_size=4), PARTS)
def test_every_rational_root_is_found(roots: list[Fraction], rest: Polynomial) -> None:
    linear = {factor for factor, _ in factors(product([rest, *[(-root, 1) for root in roots]]))[1] if len(factor) == 2}
    assert {(-root.numerator, root.denominator) for root in roots} <= linear


@pytest.mark.parametrize(("polynomial", "expected"), [
    ((), (0, [])),
    ((-6,), (-6, [])),
    ((0, 0, 2), (2, [((0, 1), 2)])),
    ((-1, 0, 1), (1, [((-1, 1), 1), ((1, 1), 1)])),
    ((4, 0, 0, 0, 1), (1, [((2, -2, 1), 1), ((2, 2, 1), 1)])),
    ((1, 0, 0, 0, 1), (1, [((1, 0, 0, 0, 1), 1)])),  # splits modulo every prime
])
def test_examples(polynomial: Polynomial, expected: tuple[int, list[tuple[Whole, int]]]) -> None:
    assert factors(polynomial) == expected


@pytest.mark.parametrize("known", [swinnerton_dyer_poly(4, X), cyclotomic_poly(60, X), X**36 - 1, X**20 + 4**5])
def test_known_to_be_hard(known: object) -> None:
    """They have many factors modulo every prime, far more than over the rational numbers."""
    polynomial = tuple(int(each) for each in reversed(Poly(known, X).all_coeffs()))
    assert factors(polynomial)[1] == by_sympy(polynomial)


def test_primes_that_divide_everything_are_passed_over() -> None:
    many = prod(number for number in range(3, 100) if all(number % below for below in range(2, number)))
    assert factors(times((1, many, 1), (many, 0, many**2 + 1)))[1] == [((1, many, 1), 1), ((many, 0, many**2 + 1), 1)]


def test_what_is_too_large_stays_one_factor() -> None:
    high = (-1, *[0] * 50, 1)
    assert factors(high) == (1, [(high, 1)])
    long = (-(10**900), *[0] * 9, 10**900 + 1)
    assert factors(long) == (1, [(long, 1)])


def test_no_more_products_are_tried_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    roots = (-1, *[0] * 29, 1)
    monkeypatch.setattr(polynomial_factors, "PRODUCTS_TRIED", 3)
    content, found = factors(roots)
    assert len(found) < len(by_sympy(roots))
    assert product([(content,), *[factor for factor, _ in found]]) == roots
