"""A value as it is told to a person: where all its digits are rounding, it is 0.

    told_value(point, parse("sin(pi)"), rough, fine)       # 0.0, not the 1e-61 that 60 digits leave of it
"""

from __future__ import annotations

from typing import Any

from tutor.expression.tree import Expression
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import precise
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined

_SETTLED = 1e-6
"""The relative difference up to which two looks at a value show the same."""

_SHRINKS = 1e-10
"""What becomes smaller than this share of itself with more digits is rounding."""

_MORE_DIGITS = (240, 250, 260, 270)
"""Tried one after another: rounding may take a root or a logarithm of it out of its domain."""


def told_value(point: Point, side: Expression, rough: Any, fine: Any) -> float | complex:
    """The value of a side at a point as a Python number. rough, fine: what fewer and what more digits gave."""
    if abs(rough - fine) <= _SETTLED * abs(fine) or isinstance(plain(fine), complex):
        return plain(fine)
    for digits in _MORE_DIGITS:
        try:
            finest = value_of(point.table(precise(digits, True)), side)
        except (Undefined, OverflowError):
            continue
        return 0.0 if abs(finest) <= _SHRINKS * abs(fine) else plain(finest)
    return plain(fine)


def plain(value: float | complex) -> float | complex:
    """A number of any kind as a Python number, real if it is."""
    number = complex(value)
    return number.real if number.imag == 0 else number
