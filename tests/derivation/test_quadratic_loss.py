"""What is known beforehand of a quadratic loss."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.narrowed import not_none
from tutor.derivation.descent_problem import read_loss, read_rate
from tutor.derivation.quadratic_loss import compared, quadratic


@pytest.mark.parametrize(("text", "hessian", "eigenvalues", "limit", "flat"), [
    ("(x-3)^2", [[2]], [2], 1, (3,)),
    ("x^2 + 10y^2", [[2, 0], [0, 20]], [2, 20], Fraction(1, 10), (0, 0)),
    ("x^2 + x*y + y^2 - 3x", [[2, 1], [1, 2]], [1, 3], Fraction(2, 3), (2, -1)),
    ("x^3 - x^3 + x^2", [[2]], [2], 1, (0,)),
    ("x*y", [[0, 1], [1, 0]], [-1, 1], 2, (0, 0)),
    ("(x+y)^2", [[2, 2], [2, 2]], [0, 4], Fraction(1, 2), (0, None)),
    ("x^2 + y", [[2, 0], [0, 0]], [0, 2], 1, None),
    ("2x + 1", [[0]], [0], None, None),
    ("sqrt(2)*x + x^2", [[2]], [2], 1, None),
])
def test_examples(text: str, hessian: list[list[int]], eigenvalues: list[int], limit: Fraction | None,
                  flat: tuple[int | None, ...] | None) -> None:
    found = not_none(quadratic(read_loss(text)))
    assert [list(row) for row in found.hessian] == hessian
    assert [each.lower for each in found.eigenvalues] == [each.upper for each in found.eigenvalues] == eigenvalues
    assert (found.limit, found.flat) == (limit, flat)


@pytest.mark.parametrize("text", ["x^4", "x^3/x", "|x|", "x^2*y", "sqrt(2)*x^2", "e^x", "(x^2)^2/x^2"])
def test_others_are_not_taken_for_quadratic(text: str) -> None:
    assert quadratic(read_loss(text)) is None


ENTRIES = st.lists(st.integers(-5, 5), min_size=6, max_size=6)


@given(ENTRIES)
def test_eigenvalues_of_three_letters(entries: list[int]) -> None:
    a, b, c, d, f, g = entries
    found = quadratic(read_loss(f"{a}x^2 + {b}y^2 + {c}z^2 + ({d})*x*y + ({f})*x*z + ({g})*y*z"))
    values = [float(each.lower) for each in not_none(found).eigenvalues]
    if len(values) == 3:  # else one of them counts twice
        assert sum(values) == pytest.approx(2 * (a + b + c), abs=1e-9)
        assert sum(value**2 for value in values) == pytest.approx(4 * (a*a + b*b + c*c) + 2 * (d*d + f*f + g*g))


@pytest.mark.parametrize(("rate", "beside_1", "beside_2"), [
    ("0.1", -1, -1), ("0.5", 0, -1), ("0.9", 1, -1), ("1", 1, 0), ("1.1", 1, 1), ("sqrt(2)", 1, 1),
    ("sqrt(2)/3", -1, -1), ("sqrt(4)/2", 1, 0),
])
def test_rates_are_compared_exactly(rate: str, beside_1: int, beside_2: int) -> None:
    (eigenvalue,) = not_none(quadratic(read_loss("(x-3)^2"))).eigenvalues
    assert (compared(eigenvalue, read_rate(rate), 1), compared(eigenvalue, read_rate(rate), 2)) == (beside_1, beside_2)


def test_an_irrational_eigenvalue_is_compared_by_its_bounds() -> None:
    largest = not_none(quadratic(read_loss("x^2 + x*y"))).eigenvalues[-1]  # 1 + sqrt(2)
    assert compared(largest, read_rate("0.828"), 2) == -1
    assert compared(largest, read_rate("0.829"), 2) == 1
    assert compared(largest, read_rate("2/(1 + sqrt(2))"), 2) is None
