"""Definite integrals by tanh-sinh quadrature, with bisection where the integrand has a kink or a jump.

The substitution t = lower + width/(1 + e^(π sinh s)) makes the integrand fall off so fast at both ends of the s-line
that the trapezoidal rule there doubles its digits with every halving of the step, also where the integrand is infinite
at an end (1/sqrt(x), ln(x)). Bounds and integrand may be jets: then so is the integral, and all coefficients converge.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from tutor.oracle.jets import Value, magnitude
from tutor.oracle.numbers import Numbers

FIRST_LEVEL = 2
"""The first step width on the s-line is 2^-2."""

BISECTIONS = 75
"""How often a kink is closed in upon: to 10^-22 of the interval, or while the digits of the ends allow."""


class NotConverged(ArithmeticError):
    """No value to a third of the digits: divergent, or too rough."""


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

    def __init__(
        self, function: Callable[[Value], Value], ends: tuple[Value, Value], width: Value, numbers: Numbers
    ) -> None:
        self.function, self.ends, self.width, self.numbers = function, ends, width, numbers
        self.total = function(ends[0] + width / 2) * (numbers.pi / 4)
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
                    term = self.function(lower + away if from_lower else upper - away) * weight
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


def integrate(function: Callable[[Value], Value], lower: Value, upper: Value, numbers: Numbers) -> Value:
    """The integral of `function` from `lower` to `upper`. Raises NotConverged, and whatever `function` raises."""
    width = upper - lower
    if magnitude(width) == 0 and not numbers.widened:
        return width
    goal, accepted = 10 ** (-0.85 * numbers.digits), 10 ** (-numbers.digits / 3)
    enough = max(goal, 1e-22)  # a kink is not worth more
    most_bisections = min(BISECTIONS, 3 * numbers.digits)
    last_level = FIRST_LEVEL + 3 + (numbers.digits > 15) + (numbers.digits > 30)
    total, error, scale = numbers.convert(0), 0, 0
    pieces = [(0, 0)]  # (index, bisections): the piece from index/2^bisections to (index + 1)/2^bisections
    while pieces:
        index, bisections = pieces.pop()
        part = numbers.convert(Fraction(1, 2**bisections))
        # Ends are taken as they are given: near them every digit counts.
        ends = (
            lower + width * (part * index) if index else lower,
            lower + width * (part * (index + 1)) if index + 1 < 2**bisections else upper,
        )
        piece = _Piece(function, ends, width * part, numbers)
        for level in range(FIRST_LEVEL, last_level + 1):
            piece.refine(level)
            scale = max(scale, piece.absolute)
            rough = level > FIRST_LEVEL and piece.change > 1e-3 * piece.absolute
            if rough or piece.change <= goal * scale:
                break
        # Bisecting mends a kink; it does not mend a singularity at an end.
        if piece.change > enough * scale and piece.change > 10 * piece.edge and bisections < most_bisections:
            pieces += [(2 * index + 1, bisections + 1), (2 * index, bisections + 1)]
            continue
        total = total + piece.value
        error += piece.change + piece.edge
    if not error <= accepted * scale:
        raise NotConverged
    return numbers.widened(total, error) if numbers.widened else total
