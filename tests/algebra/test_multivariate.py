"""Polynomials in several atoms: what is multiplied can be divided again, and squares have roots."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.algebra.multivariate import (
    NOTHING,
    UNIT,
    Sum,
    TooLarge,
    atom,
    by_powers,
    exact_quotient,
    leading,
    only_number,
    plain,
    plus,
    raised,
    renamed,
    shared_product,
    slope_of,
    square_root,
    times,
)
from tutor.expression.parse import parse
from tutor.expression.tree import name

A, B, ROOT, NESTED = name("a"), name("b"), parse("sqrt(2)"), parse("sqrt(2 + sqrt(2))")


def polynomial(terms: list[tuple[int, int, int]]) -> Sum:
    found = NOTHING
    for value, of_a, of_b in terms:
        found = plus(found, times(atom(A, of_a), atom(B, of_b)), value)
    return found


POLYNOMIALS = st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 3), st.integers(0, 3)), max_size=5).map(polynomial)


@given(POLYNOMIALS, POLYNOMIALS)
def test_a_product_is_divided_by_its_factors(left: Sum, right: Sum) -> None:
    assume(right)
    assert exact_quotient(times(left, right), right) == left


@given(POLYNOMIALS, POLYNOMIALS)
def test_what_leaves_a_remainder_has_no_quotient(left: Sum, right: Sum) -> None:
    assume(right and only_number(right) is None)
    assert exact_quotient(plus(times(left, right), UNIT), right) is None


@given(POLYNOMIALS)
def test_a_square_with_leading_coefficient_1_has_a_root(total: Sum) -> None:
    assume(total)
    monic = exact_quotient(total, plain(total[leading(total)]))
    assert monic is not None
    assert square_root(times(monic, monic)) == monic
    assert square_root(plus(times(monic, monic), atom(name("c")))) is None


@given(POLYNOMIALS, POLYNOMIALS)
def test_the_derivative_of_a_product(left: Sum, right: Sum) -> None:
    assert slope_of(times(left, right), A) == plus(times(slope_of(left, A), right), times(left, slope_of(right, A)))


@given(POLYNOMIALS)
def test_powers_of_one_atom_are_put_together_again(total: Sum) -> None:
    found = NOTHING
    for exponent, rest in by_powers(total, A).items():
        found = plus(found, times(rest, atom(A, exponent)))
    assert found == total
    assert renamed(renamed(total, A, name("c")), name("c"), A) == total


def test_squares_of_roots_are_known() -> None:
    assert times(atom(ROOT), atom(ROOT)) == plain(2)
    assert times(atom(NESTED), atom(NESTED)) == plus(atom(ROOT), plain(2))
    assert raised(atom(NESTED), 4) == plus(plain(6), atom(ROOT), 4)
    assert times(atom(parse("sqrt(a)")), atom(parse("sqrt(a)"))) == atom(parse("sqrt(a)"), 2)


def test_what_is_shared_by_all_terms() -> None:
    assert shared_product([polynomial([(3, 2, 1), (1, 1, 3)])]) == frozenset([(A, 1), (B, 1)])


def test_too_many_terms_are_refused() -> None:
    total = plus(plus(plus(atom(A), atom(B)), atom(name("c"))), atom(name("d")))
    with pytest.raises(TooLarge):
        raised(total, 9)
    with pytest.raises(TooLarge):
        times(atom(A, 20), atom(A, 20))
