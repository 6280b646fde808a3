"""How far the height of a tangent is from that of the curve: as a number, and as a bound that is proved.

    found = approximation_of(tutor.explain("linear approximation of sqrt(x) at 4 for x = 4.1"))
    found.curve, found.error            # 2.02484..., 0.000154...
    found.bend, found.bound             # 0.0313, 0.000157: |f''| is at most 0.0313 between 4 and 4.1

By Taylor's theorem, the curve is f''(c)/2·(x - a)² above its tangent, for some c between a and x. So a bound on |f''|
is one on the error. It is told only where `oracle.ranges` proves it, with intervals and without a rule.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from tutor.derivation.tangents import Tangent
from tutor.expression.tree import TWO, Expression, derivative, node
from tutor.oracle.ranges import largest_size
from tutor.rules.conditions import rational_value


class Approximation(NamedTuple):
    """line, curve: both heights at the place; error: how far the line is from the curve; bend: a bound on the second
    derivative between the point and the place, and bound: on the error; both None where nothing was proved."""

    line: float
    curve: float
    error: float
    bend: float | None
    bound: float | None


def approximation_of(found: Tangent) -> Approximation | None:
    """The error of a tangent at the place that is asked for; None where there is none, or it has letters."""
    line = found.line
    if line.target is None or found.existence is not None:
        return None
    point, place, height, there = (_number(found, part) for part in (
        line.point, line.target, found.result, node("at", (line.curve, line.variable, line.target))))
    if point is None or place is None or height is None or there is None:
        return None
    ends = sorted((point, place))
    bend = None if line.curve.free - line.variable.free else largest_size(
        derivative(line.curve, line.variable, TWO), line.variable.value, *_outward(found, ends))
    bend = None if bend is None else _rounded_up(bend)
    bound = None if bend is None else _rounded_up(bend / 2 * (place - point) ** 2 * (1 + _ROUNDING))
    error = height - there
    is_rounding = abs(error) <= 4 * math.ulp(max(abs(height), abs(there)))
    return Approximation(height, there, 0.0 if is_rounding else error, bend, bound)


def _number(found: Tangent, expression: Expression) -> float | None:
    """The value of an expression without letters."""
    value = None if expression.free else found.oracle.value(expression, {})
    return value if isinstance(value, float) else None


def _outward(found: Tangent, ends: list[float]) -> list[Fraction]:
    """The ends of the interval as fractions: moved outward by more than was rounded, unless both are exact."""
    line = found.line
    assert line.target is not None
    exact = [rational_value(found.tidy(part)) for part in (line.point, line.target)]
    if None not in exact:
        return sorted(Fraction(each) for each in exact if each is not None)
    low, high = map(Fraction, ends)
    more = (abs(low) + abs(high)) * Fraction(_ROUNDING)
    return [low - more, high + more]


_ROUNDING = 1e-12
"""More than what rounding can change a number by, relative to it."""


def _rounded_up(value: float) -> float:
    """A positive number with three digits, no smaller than it is."""
    if value == 0:
        return 0.0
    scale = 10.0 ** (2 - math.floor(math.log10(value)))
    return math.ceil(value * scale) / scale
