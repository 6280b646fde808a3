"""Points where an equation holds, found with numbers alone.

    next(points_where(Oracle(), parse("x^2 + y^2 - 25"), "y", ["x"]))       # {"x": 0.37, "y": -4.9862...}

All letters but one are given numbers, and for that one a search finds where the difference of the two sides changes its
sign. Where the sides only touch, as those of x^2 + y^2 = 0 do, nothing is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from tutor.expression.tree import Expression
from tutor.oracle.verdict import Oracle

_PLACES = (0.37, 1.21, -0.83, 2.43, -1.94, 3.57, 0.12, -3.31, 0.68, -0.24)
"""Numbers that are tried for the letters that may vary freely."""

_REACHES = (1.0, 3.0, 10.0, 40.0)
_PIECES = 48
_HALVINGS = 60
_IS_ZERO = 1e-9
"""The size up to which a value where the sign changes is 0; at a pole it is larger."""

Numbers = dict[str, float]


def points_where(oracle: Oracle, gap: Expression, unknown: str, others: Sequence[str],
                 known: Mapping[str, float] | None = None) -> Iterator[Numbers]:
    """Points where an expression is 0. unknown: the letter for which it is solved; others: the letters that are given
    numbers; known: the values of all that are left."""
    for numbers in product(_PLACES, repeat=min(len(others), 2)):
        point = {**(known or {}), **dict(zip(others, (*numbers, *_PLACES), strict=False))}
        for value in _zeros(oracle, gap, unknown, point):
            yield {**point, unknown: value}


def _zeros(oracle: Oracle, gap: Expression, letter: str, point: Numbers) -> Iterator[float]:
    """Values of a letter for which an expression is 0, found by halving intervals at whose ends its signs differ."""
    def at(value: float) -> float | None:
        result = oracle.value(gap, {**point, letter: value})
        return result if isinstance(result, float) else None

    for reach in _REACHES:
        ends = [-reach + 2 * reach * (place + 0.31) / _PIECES for place in range(_PIECES)]
        heights = [at(end) for end in ends]
        zeros = []
        for low, high, below, above in zip(ends, ends[1:], heights, heights[1:], strict=False):
            if below is None or above is None or below * above >= 0:
                continue
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                height = at(middle)
                if height is None:
                    break
                if (height > 0) == (above > 0):
                    high = middle
                else:
                    low = middle
            middle = (low + high) / 2
            height = at(middle)
            if height is not None and abs(height) < _IS_ZERO:
                zeros.append(middle)
        if zeros:
            yield from zeros
            return
