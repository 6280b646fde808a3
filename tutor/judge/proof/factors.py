"""Sums of a field as products of sums that cannot be factored further, by SymPy's polynomials.

    sqrt((x - a)*(b - x)) and sqrt((a + b)*x - a*b - x^2) are roots of the same factors.

Sines and cosines are sums of imaginary exponentials z and 1/z; they are factored over the Gaussian rationals, and each
factor is turned so that it is real: z - 1 becomes (√z - 1/√z)/i, which is 2 sin. What comes back has been multiplied
out and compared, so nothing here has to be believed.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from tutor.judge.proof.field import ONE, UNIT, Field, I, Monomial, Number, Terms, as_int


class SizeBound(NamedTuple):
    """The largest sums that are factored; larger ones stay as they are. Degree: in all generators together."""

    terms: int
    generators: int
    degree: int


REAL_BOUND = SizeBound(terms=24, generators=4, degree=12)
GAUSSIAN_BOUND = SizeBound(terms=9, generators=2, degree=8)
"""Factoring over the Gaussian rationals takes far longer."""

MOST_DIGITS = 12
"""Decimal digits of the coefficients."""


def real_factors(field: Field, terms: Terms) -> tuple[Number, list[tuple[Terms, int]]] | None:
    """A number and sums with powers whose product `terms` is; None if it stays one sum or is too large."""
    numbers = sorted({number for monomial in terms for number, _ in monomial if number != UNIT})
    scales = [lcm(*[Fraction(dict(monomial).get(number, 0)).denominator for monomial in terms]) for number in numbers]
    rows = [[int(dict(monomial).get(number, 0) * scale) for number, scale in zip(numbers, scales, strict=True)]
            for monomial in terms]
    least = [min(column) for column in zip(*rows, strict=True)]
    rows = [[power - low for power, low in zip(row, least, strict=True)] for row in rows]
    gaussian = any(not field.generators[number].real for monomial in terms for number, _ in monomial)
    bound = GAUSSIAN_BOUND if gaussian else REAL_BOUND
    degree = max(map(sum, rows))
    if len(terms) > bound.terms or len(numbers) > bound.generators or not 1 < degree <= bound.degree or any(
            abs(coefficient) >= 10**MOST_DIGITS for coefficient in terms.values()):
        return None
    found = _factor_list(rows, terms, gaussian)
    if sum(times for _, times in found) < 2:
        return None
    parts = []
    for each, times in found:
        real = _turned_real(field, _read_back(each, numbers, scales), numbers)
        if real is None:
            return None
        parts.append((real, times))
    return _checked(field, terms, parts)


def _factor_list(rows: list[list[int]], terms: Terms, gaussian: bool) -> list[tuple[Any, int]]:
    from sympy.polys.domains import QQ, QQ_I
    from sympy.polys.rings import ring

    domain = QQ_I if gaussian else QQ
    made = ring([f"g{index}" for index in range(len(rows[0]))], domain)[0]
    polynomial = made.zero
    for row, (monomial, coefficient) in zip(rows, terms.items(), strict=True):
        value = QQ(coefficient.numerator, coefficient.denominator)
        if gaussian:
            value = QQ_I(0, value) if monomial and monomial[0][0] == UNIT else QQ_I(value, 0)
        polynomial += made({tuple(row): value})
    found: list[tuple[Any, int]] = polynomial.factor_list()[1]
    return found


def _read_back(factor: Any, numbers: list[int], scales: list[int]) -> Terms:
    result: Terms = {}
    for row, value in factor.terms():
        monomial = tuple((number, as_int(Fraction(power, scale)))
                         for number, power, scale in zip(numbers, row, scales, strict=True) if power)
        parts = [(monomial, value)] if not hasattr(value, "x") else [
            (monomial, value.x), (((UNIT, 1), *monomial), value.y)]
        for key, part in parts:
            if part:
                result[key] = as_int(Fraction(int(part.numerator), int(part.denominator)))
    return result


def _turned_real(field: Field, factor: Terms, numbers: list[int]) -> Terms | None:
    """The factor times a unit and imaginary exponentials, so that it is its own conjugate; None if none is."""
    middle: dict[int, Number] = {}
    for number in numbers:
        if not field.generators[number].real:
            powers = [dict(monomial).get(number, 0) for monomial in factor]
            middle[number] = -Fraction(min(powers) + max(powers)) / 2
    shift: Monomial = tuple(sorted((number, as_int(power)) for number, power in middle.items() if power))
    for turn in (ONE, I, field.plus(ONE, I), field.plus(ONE, I, -1)) if middle else (ONE,):
        turned = field.times(field.times(factor, {shift: 1}), turn)
        if not field.plus(turned, field.conjugate(turned), -1):
            return turned
    return None


def _checked(field: Field, terms: Terms, parts: list[tuple[Terms, int]],
             ) -> tuple[Number, list[tuple[Terms, int]]] | None:
    product = ONE
    for part, times in parts:
        for _ in range(times):
            product = field.times(product, part)
    leading = max(terms)
    if leading not in product:
        return None
    number = Fraction(terms[leading]) / product[leading]
    return None if field.plus(terms, product, -number) else (as_int(number), parts)
