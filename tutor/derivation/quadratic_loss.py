"""What is known beforehand of gradient descent on a quadratic loss, decided exactly.

    found = quadratic(read_loss("x^2 + 10y^2"))
    found.hessian                           # ((2, 0), (0, 20))
    found.largest, found.limit              # 20, 1/10: rates below 1/10 converge
    found.lowest                            # (0, 0)

The second derivatives of a quadratic loss are numbers, and each step multiplies the distance to the lowest point, along
every eigenvector of their matrix, by 1 - rate*(eigenvalue).
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.degree import degree_of
from tutor.algebra.linear_equations import solution_of
from tutor.derivation.derivation import derive
from tutor.derivation.descent_problem import Amount, Loss
from tutor.expression.relations import related
from tutor.expression.tree import derivative, multiply, name, rational
from tutor.oracle.existence import holds_there
from tutor.oracle.polynomial import IsolatingInterval, roots
from tutor.oracle.program import NotExact
from tutor.rules.conditions import is_polynomial, rational_value

Matrix = tuple[tuple[Fraction, ...], ...]


class Quadratic(NamedTuple):
    """A loss whose second derivatives are numbers.

    eigenvalues: those of the matrix of the second derivatives, each once, from the smallest to the largest; an
    irrational one is closed in; flat: the point at which all slopes are 0, None in place of a number that may be
    any; None where there is no such point, or where it is no fraction; has_flat: whether there is such a point, None
    if that is not known.
    """

    hessian: Matrix
    eigenvalues: tuple[IsolatingInterval, ...]
    flat: tuple[Fraction | None, ...] | None
    has_flat: bool | None

    @property
    def is_diagonal(self) -> bool:
        return all(not entry for i, row in enumerate(self.hessian) for j, entry in enumerate(row) if i != j)

    @property
    def is_bowl(self) -> bool:
        """Whether the loss rises in every direction from its lowest point."""
        return self.eigenvalues[0].lower > 0

    @property
    def limit(self) -> Fraction | None:
        """The rate below which it converges, where that is a fraction."""
        largest = self.eigenvalues[-1]
        return 2 / largest.upper if largest.lower == largest.upper and largest.upper > 0 else None


def quadratic(loss: Loss) -> Quadratic | None:
    """What is known of a quadratic loss; None if the loss is not one, or not plainly."""
    letters = loss.letters
    slopes = [each.result for each in loss.slopes]
    if not all(is_polynomial(loss.expression, letter) for letter in letters):
        return None
    if any(degree is None or degree > 1 for slope in slopes for letter in letters
           for degree in [degree_of(slope, letter)]):
        return None
    hessian: list[tuple[Fraction, ...]] = []
    for slope in slopes:
        row = [rational_value(derive(derivative(slope, name(letter))).result) for letter in letters]
        known = tuple(Fraction(entry) for entry in row if entry is not None)
        if len(known) < len(row):
            return None
        hessian.append(known)
    matrix = tuple(hessian)
    return Quadratic(matrix, tuple(roots(_characteristic(matrix))), *_flat(loss, matrix))


def _flat(loss: Loss, hessian: Matrix) -> tuple[tuple[Fraction | None, ...] | None, bool | None]:
    """Where all slopes are 0, and whether there is such a point."""
    try:
        _, *at_zero = loss.program(exact=True).at([Fraction(0)] * len(loss.letters))
    except NotExact:
        return None, None
    found = solution_of([[*row, -slope] for row, slope in zip(hessian, at_zero, strict=True)])
    return (None, False) if found is None else (tuple(found), True)


def _characteristic(matrix: Matrix) -> tuple[Fraction, ...]:
    """The coefficients of det(λ - matrix), that of λ^0 first, by the method of Faddeev and LeVerrier."""
    size = len(matrix)
    coefficients = [Fraction(1)]
    product: list[list[Fraction]] = [[Fraction(0)] * size for _ in range(size)]
    for k in range(1, size + 1):
        for i in range(size):
            product[i][i] += coefficients[-1]
        product = [[sum((matrix[i][m] * product[m][j] for m in range(size)), Fraction(0)) for j in range(size)]
                   for i in range(size)]
        coefficients.append(-sum((product[i][i] for i in range(size)), Fraction(0)) / k)
    return tuple(reversed(coefficients))


def compared(eigenvalue: IsolatingInterval, rate: Amount, bound: int) -> int | None:
    """How rate*eigenvalue compares with a whole number: -1, 0 or 1; None if that could not be decided."""
    if isinstance(rate.number, Fraction):
        lower, upper = rate.number * eigenvalue.lower - bound, rate.number * eigenvalue.upper - bound
        return 0 if lower == upper == 0 else -1 if upper < 0 else 1 if lower > 0 else None
    if eigenvalue.lower != eigenvalue.upper:
        return None
    product = multiply(rate.expression, rational(eigenvalue.lower))
    for sign, outcome in (("<", -1), ("=", 0), (">", 1)):
        if holds_there(related(product, sign, rational(bound))):
            return outcome
    return None
