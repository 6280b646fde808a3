"""How large the values of an expression can be between two numbers, proved by intervals.

    largest_size(parse("1/(4*sqrt(x)^3)"), "x", Fraction(4), Fraction(41, 10))      # 0.031250..., and in truth 1/32
    largest_size(parse("1/x"), "x", Fraction(-1), Fraction(1))                      # None: it has no bound

The interval is cut into pieces. The expression of a whole piece is worked out with a ball that holds it, so no value
between two samples is missed: what has no value, a jump or a kink somewhere in a piece gives no ball, and no bound.
"""

from __future__ import annotations

import math
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count

from tutor.expression.tree import Expression, name
from tutor.oracle.balls import Ball, balls
from tutor.oracle.evaluate import value_of
from tutor.oracle.table import Undefined, lowest_table

MOST_PIECES = 200
"""Pieces that are looked at."""

_DIGITS = 30
_CLOSE = 1.004
"""How many times the largest value that was surely met the bound may be, so that it is close enough."""


def largest_size(expression: Expression, letter: str, lower: Fraction, upper: Fraction) -> float | None:
    """A bound on the absolute values between two numbers, these included; None where none was proved."""
    order = count()
    pieces: list[tuple[float, int, Fraction, Fraction]] = []
    met = 0.0

    def look(low: Fraction, high: Fraction) -> None:
        nonlocal met
        most, least = _sizes(expression, letter, low, high)
        met = max(met, least)
        heappush(pieces, (-most, next(order), low, high))

    look(lower, upper)
    for _ in range(MOST_PIECES // 2):
        bound = -pieces[0][0]
        if bound <= met * _CLOSE or bound == 0:
            break
        _, _, low, high = heappop(pieces)
        middle = (low + high) / 2
        look(low, middle)
        look(middle, high)
    bound = -pieces[0][0]
    return bound if math.isfinite(bound) else None


def _sizes(expression: Expression, letter: str, low: Fraction, high: Fraction) -> tuple[float, float]:
    """A number that no absolute value on a piece exceeds, infinity if there is none, and one that all of them reach."""
    numbers = balls(_DIGITS, real=True, forgiving=False)
    middle, half = numbers.convert((low + high) / 2), numbers.convert((high - low) / 2)
    table = lowest_table(numbers, lambda _: None)
    table.values[name(letter)] = Ball(middle.middle, half.size + middle.radius, middle.unit)
    try:
        ball = value_of(table, expression)
    except Undefined:
        return math.inf, 0.0
    most = float(ball.size)
    return most and math.nextafter(most, math.inf), math.nextafter(float(abs(ball)), 0.0)
