"""Two values that surely differ, as they are told to a person; and how far two numbers are apart.

    different_values(point, parse("x"), parse("2x"), real=True)                       # (1.307, 2.614)
    different_values(point, parse("tan(atan(10^85))"), parse("10^85"), real=True)     # None: at no number of digits

Before anything is called different its values are worked out with a bound of their error, see `balls`: with more and
more digits, until the two cannot be the same and the first digits of both are known. A value that may still be 0 with
the most digits is told as 0: what 60 digits leave of sin(pi) is 1e-61. In the same way it takes the most digits to
count what may lie outside a domain, as in acos(3·(1/3)), as being at the end of it.
"""

from __future__ import annotations

from typing import Any

from tutor.expression.relations import COMPARISONS
from tutor.expression.tree import Expression, postorder
from tutor.oracle.balls import Ball, balls
from tutor.oracle.evaluate import value_of
from tutor.oracle.points import Point
from tutor.oracle.table import Table, Undefined

_DIGITS = (30, 60, 120, 240)
"""Tried one after another."""

_KNOWN = 1e-12
"""The relative error up to which a value can be shown."""

Told = float | complex


def different_values(point: Point, left: Expression, right: Expression, real: bool) -> tuple[Told, Told] | None:
    """The values of both sides at a point, if it is proved that they differ.

    An integral over a range is worked out with the fewest digits only: more would take too long.
    """
    integral = any(part.head == "integral" and len(part.args) == 4 for part in postorder((left, right)))
    found = None
    for digits in _DIGITS[:1] if integral else _DIGITS:
        pair = _apart(point, left, right, real, digits, forgiving=integral or digits == _DIGITS[-1])
        if pair is not None:
            found = _told(pair[0]), _told(pair[1])
            if all(map(_is_known, pair)):
                break
    return found


def plainly_different_values(point: Point, left: Expression, right: Expression, real: bool) -> tuple[Any, Any] | None:
    """The same with the fewest digits, as numbers with these digits; None also where they do not tell both values."""
    pair = _apart(point, left, right, real, _DIGITS[0], forgiving=False)
    return (pair[0].middle, pair[1].middle) if pair is not None and all(map(_is_known, pair)) else None


def has_real_value(point: Point, expression: Expression) -> bool:
    """Whether it is proved, with the most digits, that an expression has a real value at a point."""
    try:
        value_of(point.table(balls(_DIGITS[-1], True)), expression)
    except (Undefined, OverflowError):
        return False
    return True


def _apart(point: Point, left: Expression, right: Expression, real: bool, digits: int,
           forgiving: bool) -> tuple[Ball, Ball] | None:
    """Both values, if there are some and they have no number in common."""
    table = point.table(balls(digits, real, forgiving))
    try:
        one, other = value_of(table, left), value_of(table, right)
    except (Undefined, OverflowError):
        return None
    return None if (one - other).may_be_0 else (one, other)


def _is_known(ball: Ball) -> bool:
    return bool(ball.radius <= _KNOWN * abs(ball.middle))


def _told(ball: Ball) -> Told:
    return 0.0 if ball.may_be_0 else plain(ball.middle)


def plain(value: Any) -> Told:
    """A number of any kind as a Python number, real if it is."""
    number = complex(value)
    return number.real if number.imag == 0 else number


def relative(left: float | complex, right: float | complex) -> float:
    """How far two numbers of any kind are apart, measured by the larger one."""
    if left == right:
        return 0.0
    difference: float = abs(left - right) / max(abs(left), abs(right))
    return difference


def holds(table: Table, relation: Expression) -> bool:
    """Whether an assumption holds at a point; what is larger is asked of real values only."""
    sign: str = relation.value
    try:
        left, right = [value_of(table, side) for side in relation.args]
    except Undefined:
        if table.numbers.real:
            raise
        return True
    if sign in ("=", "!="):
        return (relative(left, right) <= 1e-9) == (sign == "=")
    if isinstance(left, complex) or isinstance(right, complex):
        return True
    gap = float(left - right)
    return COMPARISONS[sign](gap, 0)
