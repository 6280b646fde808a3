"""Polynomials in one letter with exact coefficients, and where they are zero.

    roots((Fraction(-2), Fraction(0), Fraction(1)))       # two intervals, one round -1.414... and one round 1.414...

A polynomial is the tuple of its coefficients, the constant one first, the last one not 0; () is the zero polynomial.
Roots are isolated by Sturm's theorem: the number of sign changes in the Sturm sequence at a, less that at b, is the
number of roots in (a, b]. So none is missed, whatever its multiplicity, and two that are close are told apart.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, zip_longest
from typing import NamedTuple

Polynomial = tuple[Fraction, ...]

PRECISION = Fraction(1, 2**200)
"""The width, relative to the larger of the root and 1, to which an irrational root is closed in."""

SIMPLE = 10**9
"""The largest denominator of a rational root that is looked for, so that 1/3 is 1/3 and not an interval round it."""


class Interval(NamedTuple):
    """A closed interval with one root in it; a rational root that was met exactly is both of its ends."""

    lower: Fraction
    upper: Fraction


def trimmed(coefficients: list[Fraction]) -> Polynomial:
    """Without zeros at the end."""
    while coefficients and not coefficients[-1]:
        coefficients.pop()
    return tuple(coefficients)


def plus(left: Polynomial, right: Polynomial, factor: Fraction | int = 1) -> Polynomial:
    """left + factor · right"""
    return trimmed([a + factor * b for a, b in zip_longest(left, right, fillvalue=Fraction(0))])


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """left · right"""
    found = [Fraction(0)] * max(len(left) + len(right) - 1, 0)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            found[i + j] += a * b
    return trimmed(found)


def value_at(polynomial: Polynomial, place: Fraction) -> Fraction:
    """The value at a place, by Horner's scheme."""
    value = Fraction(0)
    for coefficient in reversed(polynomial):
        value = value * place + coefficient
    return value


def divided(left: Polynomial, right: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Quotient and remainder; `right` is not zero."""
    rest, quotient = list(left), [Fraction(0)] * max(len(left) - len(right) + 1, 0)
    while len(rest) >= len(right):
        shift = len(rest) - len(right)
        factor = quotient[shift] = rest[-1] / right[-1]
        for index, coefficient in enumerate(right):
            rest[shift + index] -= factor * coefficient
        rest = list(trimmed(rest))
    return trimmed(quotient), tuple(rest)


def roots(polynomial: Polynomial) -> list[Interval]:
    """The real roots from left to right, each in an interval of its own. The zero polynomial has none."""
    if len(polynomial) < 2:
        return []
    if len(polynomial) == 2:
        root = -polynomial[0] / polynomial[1]
        return [Interval(root, root)]
    sequence = _sturm_sequence(polynomial)
    bound = 1 + max(abs(each / polynomial[-1]) for each in polynomial[:-1])  # Cauchy's bound
    found = []
    waiting = [(-bound, bound, _changes(sequence, -bound), _changes(sequence, bound))]
    while waiting:
        lower, upper, before, after = waiting.pop()
        if before == after:
            continue
        if before - after == 1:
            found.append(_closed_in(sequence[0], lower, upper))
            continue
        middle = (lower + upper) / 2
        between = _changes(sequence, middle)
        waiting += [(middle, upper, between, after), (lower, middle, before, between)]
    return found


def _sturm_sequence(polynomial: Polynomial) -> list[Polynomial]:
    """The sequence of the square-free part, which has the same roots, each once."""
    slope = _derivative(polynomial)
    common, rest = polynomial, slope
    while rest:
        common, rest = rest, _scaled(divided(common, rest)[1])
    first = _scaled(divided(polynomial, common)[0])
    sequence = [first, _scaled(_derivative(first))]
    while len(sequence[-1]) > 1:
        remainder = divided(sequence[-2], sequence[-1])[1]
        sequence.append(_scaled(tuple(-each for each in remainder)))
    return sequence


def _derivative(polynomial: Polynomial) -> Polynomial:
    return tuple(power * each for power, each in enumerate(polynomial))[1:]


def _scaled(polynomial: Polynomial) -> Polynomial:
    """A positive multiple whose last coefficient is 1 or -1, which keeps the numbers short."""
    return tuple(each / abs(polynomial[-1]) for each in polynomial)


def _changes(sequence: list[Polynomial], place: Fraction) -> int:
    signs = [value > 0 for each in sequence if (value := value_at(each, place))]
    return sum(one != other for one, other in pairwise(signs))


def _closed_in(polynomial: Polynomial, lower: Fraction, upper: Fraction) -> Interval:
    """The interval round the one root in (lower, upper], made narrow; the polynomial is square-free."""
    at_upper = value_at(polynomial, upper)
    if not at_upper:
        return Interval(upper, upper)
    while upper - lower > PRECISION * max(Fraction(1), abs(lower)):
        middle = (lower + upper) / 2
        value = value_at(polynomial, middle)
        if not value:
            return Interval(middle, middle)
        if (value > 0) == (at_upper > 0):
            upper = middle
        else:
            lower = middle
    simple = ((lower + upper) / 2).limit_denominator(SIMPLE)
    if lower < simple <= upper and not value_at(polynomial, simple):
        return Interval(simple, simple)
    return Interval(lower, upper)
