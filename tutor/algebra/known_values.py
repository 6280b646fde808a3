"""What functions are exactly at some places, and which of them undo each other: from `grammar/functions.toml`.

    known_value(parse("sin(7*pi/6)"))            # -1/2
    known_value(parse("asin(-1/sqrt(2))"))       # -pi/4
    undone(parse("sin(asin(x/2))"))              # x/2, and the relations that have to hold: |x/2| <= 1
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import isqrt
from typing import NamedTuple

from tutor.expression.known_functions import FUNCTIONS, Interval, Intervals, undoing
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import PI, ZERO, Expression, call, divide, multiply, negate, number, postorder, rational
from tutor.rules.conditions import rational_value


class _Size(NamedTuple):
    """A number ±√square·pi^turns; it is the key under which values are found, however it is written."""

    sign: int
    square: Fraction
    turns: int

    @property
    def fraction(self) -> Fraction | None:
        """The fraction that stands before the power of pi; None if that is no fraction."""
        above, below = _root(self.square.numerator), _root(self.square.denominator)
        return None if above is None or below is None else Fraction(self.sign * above, below)


def known_value(root: Expression) -> Expression | None:
    """The value of a function of a number, where the notation knows it exactly; None elsewhere."""
    function = FUNCTIONS.get(root.head)
    if function is None or not function.values or root.free:
        return None
    argument = root.args[0]
    size = _size(argument)
    if size is None:
        return _values(root.head).get(argument)
    for turned, sign in ((1, 1), (-1, {"odd": -1, "even": 1}.get(function.parity, 0))):
        key = _key(root.head, size._replace(sign=size.sign * turned))
        found = _values(root.head).get(key) if sign and key is not None else None
        if found is not None:
            return found if sign > 0 or found is ZERO else found.args[0] if found.head == "negation" else negate(found)
    return None


def undone(root: Expression) -> tuple[Expression, tuple[Expression, ...]] | None:
    """The f of g(h(f)) where g undoes h, and the relations under which it is equal to that."""
    if len(root.args) != 1:
        return None
    inner = root.args[0]
    where = undoing(root.head, inner.head)
    return None if where is None else (inner.args[0], tuple(lying_in(where, inner.args[0])))


def lying_in(intervals: Intervals, argument: Expression) -> Iterator[Expression]:
    """The relations that say together that an argument lies in one of the intervals."""
    whole = Interval(intervals[0].low, intervals[-1].high, intervals[0].has_low, intervals[-1].has_high,
                     intervals[0].in_pi)
    if whole.high is not None and whole.low == -whole.high and whole.has_low == whole.has_high:
        yield related(call("abs", argument), "<=" if whole.has_high else "<", _end(whole.high, whole.in_pi))
    else:
        if whole.low is not None:
            yield related(argument, ">=" if whole.has_low else ">", _end(whole.low, whole.in_pi))
        if whole.high is not None:
            yield related(argument, "<=" if whole.has_high else "<", _end(whole.high, whole.in_pi))
    for left, right in pairwise(intervals):
        assert left.high is not None
        if left.high == right.low:
            yield related(argument, "!=", _end(left.high, left.in_pi))
        else:  # a gap around 0, as in the domain of the arcsecant
            yield related(call("abs", argument), ">=" if left.has_high else ">", _end(-left.high, left.in_pi))


def _end(value: Fraction, in_pi: bool) -> Expression:
    """The end of an interval as books write it: 2, -1/2, pi, pi/2."""
    if not in_pi or value == 0:
        return rational(value)
    above = PI if abs(value.numerator) == 1 else multiply(number(abs(value.numerator)), PI)
    size = above if value.denominator == 1 else divide(above, number(value.denominator))
    return negate(size) if value < 0 else size


@cache
def _values(function: str) -> dict[_Size | Expression, Expression]:
    found: dict[_Size | Expression, Expression] = {}
    for text in FUNCTIONS[function].values:
        left, value = parse(text).args
        size = _size(left.args[0])
        key = left.args[0] if size is None else _key(function, size)
        assert key is not None
        found[key] = value
    return found


def _key(function: str, size: _Size) -> _Size | None:
    """Where a value is looked up: that of a periodic function within one period, at so many times pi."""
    if not FUNCTIONS[function].period:
        return size
    turns = size.fraction
    if turns is None or (turns and size.turns != 1):
        return None
    turns %= _period(function)
    return _Size(int(turns > 0), turns**2, 1 if turns else 0)


@cache
def _period(function: str) -> Fraction:
    size = _size(parse(FUNCTIONS[function].period))
    assert size is not None
    assert size.fraction is not None
    return size.fraction


def _size(root: Expression) -> _Size | None:
    """A number that is made of fractions, square roots and pi; None for any other."""
    sizes: dict[Expression, _Size | None] = {}
    for part in postorder([root]):
        args = [size for arg in part.args if (size := sizes[arg]) is not None]
        sizes[part] = _size_of(part, args) if len(args) == len(part.args) else None
    return sizes[root]


def _size_of(part: Expression, args: list[_Size]) -> _Size | None:
    head = part.head
    if head == "number":
        return _Size(int(part.value > 0), Fraction(part.value) ** 2, 0)
    if part is PI:
        return _Size(1, Fraction(1), 1)
    if head == "negation":
        return args[0]._replace(sign=-args[0].sign)
    if head == "product":
        found = _Size(1, Fraction(1), 0)
        for arg in args:
            found = _Size(found.sign * arg.sign, found.square * arg.square, found.turns + arg.turns)
        return found
    if head == "quotient" and args[1].square:
        above, below = args
        return _Size(above.sign * below.sign, above.square / below.square, above.turns - below.turns)
    if head == "sqrt" and args[0].turns == 0 and args[0].sign >= 0:
        inside = args[0].fraction
        return None if inside is None else _Size(int(inside > 0), inside, 0)
    if head == "power" and rational_value(part.args[1]) == Fraction(1, 2):
        return _size_of(call("sqrt", part.args[0]), args[:1])
    return None


def _root(value: int) -> int | None:
    """The square root of a whole number, if it is one."""
    found = isqrt(value)
    return found if found * found == value else None
