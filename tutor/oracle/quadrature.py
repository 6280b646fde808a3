"""Definite integrals by tanh-sinh quadrature, with bisection where the integrand has a kink or a jump.

The substitution t = lower + width/(1 + e^(π sinh s)) makes the integrand fall off so fast at both ends of the s-line
that the trapezoidal rule there doubles its digits with every halving of the step, also where the integrand is infinite
at an end (1/sqrt(x), ln(x)). Bounds and integrand may be jets: then so is the integral, and all coefficients converge.

A range without an end is brought to [0, 1) by x = lower + t/(1 - t) first, and with the other substitution that is
x = lower + e^(π sinh s), the exp-sinh quadrature. Both are those of Takahasi and Mori (1974).

Near an end the distance from it has more digits than the place, so places are handed on as an end and an offset.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from tutor.oracle.jets import Value, magnitude
from tutor.oracle.numbers import Numbers

FIRST_LEVEL = 2
"""The first step width on the s-line is 2^-2."""

BISECTIONS = 75
"""How often a kink is closed in upon: to 10^-22 of the interval, or while the digits of the ends allow."""

Sample = Callable[[Value, Value], Value]
"""The integrand at an end of a piece plus an offset."""


class NotConverged(ArithmeticError):
    """No value to a third of the digits: divergent, or too rough."""


class _Stretch(NamedTuple):
    """A part of the range, or what a part without an end was brought to."""

    sample: Sample
    lower: Value
    upper: Value


@cache
def _nodes(numbers: Numbers, level: int) -> list[tuple[Any, Any]]:
    """(distance from the nearer end, weight) of the nodes on one side that `level` adds, outermost first.

    The middle, at the distance 1/2, belongs to the first level and is left out.
    """
    outermost = math.asinh(2.2 * numbers.digits * math.log(10) / math.pi)
    step = 2.0**-level
    stride = 1 if level == FIRST_LEVEL else 2
    found = []
    for k in range(1, int(outermost / step) + 1, stride):
        s = numbers.convert(k * step)
        fall = numbers.functions["exp"](-numbers.pi * numbers.functions["sinh"](s))
        weight = numbers.pi * numbers.functions["cosh"](s) * fall / ((1 + fall) * (1 + fall))
        found.append((fall / (1 + fall), weight))
    return found[::-1]


class _Piece:
    """The integral over a part of the interval, refined level by level.

    value: the best estimate; change: how much the last refinement changed it; edge: the size of what the outermost
    nodes contributed, an estimate of what lies beyond them; absolute: the integral of the absolute value.
    """

    def __init__(self, sample: Sample, ends: tuple[Value, Value], width: Value, numbers: Numbers) -> None:
        self.sample, self.ends, self.width, self.numbers = sample, ends, width, numbers
        self.total = sample(ends[0], width / 2) * (numbers.pi / 4)
        self.sizes = magnitude(self.total)
        self.edge: Any = 0
        self.value = self.total * width
        self.change: Any = math.inf
        self.absolute: Any = 0

    def refine(self, level: int) -> None:
        """Add the nodes of `level`."""
        step, scale, lower, upper = 2.0**-level, magnitude(self.width), *self.ends
        outermost: dict[bool, Any] = {}
        for distance, weight in _nodes(self.numbers, level):
            away = self.width * distance
            for from_lower in (True, False):
                try:
                    term = (self.sample(lower, away) if from_lower else self.sample(upper, -away)) * weight
                except (ArithmeticError, ValueError):
                    # Rounding takes a node so near to an end that it falls on a singularity there.
                    if magnitude(distance) > 10 ** (-0.6 * self.numbers.digits):
                        raise
                    continue
                size = magnitude(term)
                outermost.setdefault(from_lower, size)
                self.sizes += size
                self.total = self.total + term
        value = self.total * self.width * step
        self.change, self.value = magnitude(value - self.value), value
        self.edge = max(outermost.values(), default=0) * step * scale
        self.absolute = self.sizes * step * scale


def integrate(function: Callable[[Value], Value], lower: Value, upper: Value, numbers: Numbers,
              between: Sequence[Value] = (), sample: Sample | None = None, share: float = 0.85) -> Value:
    """The integral of `function` from `lower` to `upper`. Raises NotConverged, and whatever `function` raises.

    lower, upper: math.inf and -math.inf are ranges without an end; between: places, in order, at which the range is cut
    because the integrand has a kink, a jump or a singularity there; sample: the integrand, if it is better known near
    an end than by adding the offset; share: the share of all digits that is wanted.
    """
    stretches = _stretches(function, sample, [lower, *between, upper], numbers)
    goal, accepted = 10 ** (-share * numbers.digits), 10 ** (-numbers.digits / 3)
    enough = max(goal, 1e-22)  # a kink is not worth more
    most_bisections = min(BISECTIONS, 3 * numbers.digits)
    last_level = FIRST_LEVEL + 3 + (numbers.digits > 15) + (numbers.digits > 30)
    total, error, settled = numbers.convert(0), 0, 0  # settled: the integral of |f| so far
    # (stretch, index, bisections): the piece from index/2^bisections to (index + 1)/2^bisections
    pieces = [(stretch, 0, 0) for stretch in reversed(stretches)]
    while pieces:
        stretch, index, bisections = pieces.pop()
        part, width = numbers.convert(Fraction(1, 2**bisections)), stretch.upper - stretch.lower
        # Ends are taken as they are given: near them every digit counts.
        ends = (
            stretch.lower + width * (part * index) if index else stretch.lower,
            stretch.lower + width * (part * (index + 1)) if index + 1 < 2**bisections else stretch.upper,
        )
        piece = _Piece(stretch.sample, ends, width * part, numbers)
        for level in range(FIRST_LEVEL, last_level + 1):
            piece.refine(level)
            scale = settled + piece.absolute
            rough = level > FIRST_LEVEL and piece.change > 1e-3 * piece.absolute
            if rough or piece.change <= goal * scale:
                break
        # Bisecting mends a kink; it does not mend a singularity at an end.
        if piece.change > enough * scale and piece.change > 10 * piece.edge and bisections < most_bisections:
            pieces += [(stretch, 2 * index + 1, bisections + 1), (stretch, 2 * index, bisections + 1)]
            continue
        total = total + piece.value
        settled += piece.absolute
        error += piece.change + piece.edge
    if not error <= accepted * settled:
        raise NotConverged
    return numbers.widened(total, error) if numbers.widened else total


def is_infinite(end: Value) -> bool:
    """Whether an end of a range is none."""
    return end.__class__ is float and math.isinf(end)


def _stretches(function: Callable[[Value], Value], sample: Sample | None, ends: list[Value],
               numbers: Numbers) -> list[_Stretch]:
    """The parts of the range between its ends; one from end to end is cut at 0."""
    if len(ends) == 2 and all(map(is_infinite, ends)):
        ends = [ends[0], numbers.convert(0), ends[1]]
    sample = sample or (lambda end, offset: function(end + offset))
    found = []
    for lower, upper in pairwise(ends):
        if is_infinite(lower) or is_infinite(upper):
            found.append(_brought_near(sample, lower, upper, numbers))
        elif numbers.widened or magnitude(upper - lower) != 0:
            found.append(_Stretch(sample, lower, upper))
    return found


def _brought_near(sample: Sample, lower: Value, upper: Value, numbers: Numbers) -> _Stretch:
    """The range from a place to infinity as one from 0 to 1: x = place ± t/(1 - t), and the other way round."""
    place, far = (upper, lower) if is_infinite(lower) else (lower, upper)
    side = 1 if far > 0 else -1
    sign = side if far is upper else -side
    end = numbers.convert(1)

    def brought(near: Value, offset: Value) -> Value:
        t, rest = (1 + offset, -offset) if near is end else (near + offset, 1 - near - offset)
        return sign * sample(place, side * (t / rest)) / (rest * rest)  # dx is ±dt/(1 - t)²

    return _Stretch(brought, numbers.convert(0), end)
