"""Polynomials in one letter with exact coefficients, and where they are zero.

    roots((Fraction(-2), Fraction(0), Fraction(1)))       # two intervals, one round -1.414... and one round 1.414...

A polynomial is the tuple of its coefficients, the constant one first, the last one not 0; () is the zero polynomial.
Roots are isolated by Sturm's theorem: the number of sign changes in the Sturm sequence at a, less that at b, is the
number of roots in (a, b]. So none is missed, whatever its multiplicity, and two that are close are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, zip_longest
from math import lcm
from typing import NamedTuple

Polynomial = tuple[Fraction, ...]

PRECISION_BITS = 200
"""An irrational root is closed in to 2^-200, relative to the larger of the root and 1."""

SIMPLE = 10**9
"""The largest denominator of a rational root that is looked for, so that 1/3 is 1/3 and not an interval round it."""


class IsolatingInterval(NamedTuple):
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


def roots(polynomial: Polynomial) -> list[IsolatingInterval]:
    """The real roots from left to right, each in an interval of its own. The zero polynomial has none."""
    if len(polynomial) < 2:
        return []
    if len(polynomial) == 2:
        root = -polynomial[0] / polynomial[1]
        return [IsolatingInterval(root, root)]
    sequence = [_whole(each) for each in _sturm_sequence(polynomial)]
    largest = max(abs(each / polynomial[-1]) for each in polynomial[:-1])
    bound = 1 << (int(largest) + 1).bit_length()  # beyond Cauchy's bound, and a power of 2: halves of it are short
    found = []
    waiting = [(-bound, bound, 0, _changes(sequence, -bound, 0), _changes(sequence, bound, 0))]
    while waiting:
        lower, upper, halvings, before, after = waiting.pop()
        if before == after:
            continue
        if before - after == 1:
            found.append(_closed_in(polynomial, sequence[0], lower, upper, halvings))
            continue
        middle, halvings = lower + upper, halvings + 1
        between = _changes(sequence, middle, halvings)
        waiting += [(middle, 2 * upper, halvings, between, after), (2 * lower, middle, halvings, before, between)]
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


def _whole(polynomial: Polynomial) -> list[int]:
    """A positive multiple with whole coefficients, the last one first."""
    shared = lcm(*[each.denominator for each in polynomial])
    return [int(each * shared) for each in reversed(polynomial)]


def _sign_at(coefficients: Sequence[int], place: int, halvings: int) -> int:
    """The sign of a polynomial with whole coefficients, the last one first, at place/2^halvings."""
    value, shift = 0, 0
    for coefficient in coefficients:
        value = value * place + (coefficient << shift)
        shift += halvings
    return (value > 0) - (value < 0)


def _changes(sequence: Sequence[Sequence[int]], place: int, halvings: int) -> int:
    signs = [sign for each in sequence if (sign := _sign_at(each, place, halvings))]
    return sum(one != other for one, other in pairwise(signs))


def _closed_in(polynomial: Polynomial, square_free: Sequence[int], lower: int, upper: int,
               halvings: int) -> IsolatingInterval:
    """The interval round the one root in (lower, upper] over 2^halvings, made narrow."""
    at_upper = _sign_at(square_free, upper, halvings)
    wanted = PRECISION_BITS - max(abs(lower) >> halvings, 1).bit_length()
    while at_upper and halvings < wanted + (upper - lower).bit_length():
        middle, halvings = lower + upper, halvings + 1
        sign = _sign_at(square_free, middle, halvings)
        if not sign:
            lower = upper = middle
            break
        lower, upper = (2 * lower, middle) if sign == at_upper else (middle, 2 * upper)
    if not at_upper:
        lower = upper
    ends = Fraction(lower, 1 << halvings), Fraction(upper, 1 << halvings)
    simple = ((ends[0] + ends[1]) / 2).limit_denominator(SIMPLE)
    if ends[0] <= simple <= ends[1] and (lower == upper or simple > ends[0]) and not value_at(polynomial, simple):
        return IsolatingInterval(simple, simple)
    return IsolatingInterval(*ends)
