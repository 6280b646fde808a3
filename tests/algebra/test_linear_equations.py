"""Linear equations over the rational numbers, and over fractions with letters."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tutor.algebra.linear_equations import solution_of

NUMBERS = st.integers(-5, 5).map(Fraction)


@given(st.integers(1, 4).flatmap(lambda width: st.tuples(
    st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1, max_size=5),
    st.lists(NUMBERS, min_size=width, max_size=width))))
def test_equations_that_have_a_solution_are_solved(made: tuple[list[list[Fraction]], list[Fraction]]) -> None:
    rows, unknowns = made
    sides = [sum((a * b for a, b in zip(row, unknowns, strict=True)), Fraction(0)) for row in rows]
    found = solution_of([[*row, side] for row, side in zip(rows, sides, strict=True)])
    assert found is not None
    values = [each or Fraction(0) for each in found]
    assert [sum((a * b for a, b in zip(row, values, strict=True)), Fraction(0)) for row in rows] == sides


def test_a_contradiction_has_no_solution() -> None:
    one, two = Fraction(1), Fraction(2)
    assert solution_of([[one, one, one], [one, one, two]]) is None
    assert solution_of([[one, one, one]]) == [one, None]
