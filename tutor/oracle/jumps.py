"""Where an expression jumps: has other values on the two sides of a place.

    jumps(parse("x^2 + step(x)"), parse("2x"), "x", point).places       # 0; an antiderivative of 2x does not jump there
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from tutor.expression.tree import Expression, postorder
from tutor.oracle.evaluate import value_of
from tutor.oracle.functions import KNOWN
from tutor.oracle.numbers import precise
from tutor.oracle.pieces import cut, has_kink, kinks, sites_of
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined, lowest_table

_NEAR, _NEARER = Fraction(1, 10**12), Fraction(1, 10**18)


class Jumps(NamedTuple):
    """places: where an expression jumps; complete: whether it can jump nowhere else."""

    places: tuple[Fraction, ...]
    complete: bool


def jumps(root: Expression, within: Expression, letter: str, point: Point) -> Jumps:
    """Where an expression jumps at one of its kinks, though `within` has values on both sides.

    Looked for along the line of a letter, the other letters having the numbers of a point. -atan(1/x), which has no
    value at 0, is taken as a function on each side of it. Raises TooMany.
    """
    sites = [site for site in sites_of([root], kinks) if letter in site.argument.free]
    others = {text: Fraction(point.number_of(text).real) for text in (root.free | within.free) - {letter}}
    line = cut([site.argument for site in sites], letter, others)
    numbers = precise(60, real=True)

    def value(part: Expression, place: Fraction) -> Any:
        return value_of(lowest_table(numbers, {**others, letter: place}.get), part)

    def across(place: Fraction, step: Fraction) -> tuple[Any, Any, Any]:
        """How much `root` changes from one side to the other beyond what its slope makes of it; how much that slope
        changes; and the slope."""
        left, right = value(within, place - step), value(within, place + step)
        change = value(root, place + step) - value(root, place - step)
        return change - (left + right) * step.numerator / step.denominator, abs(right - left), max(
            abs(left), abs(right))

    found, seen = [], True
    for each in line.breaks:
        middle = (each.lower + each.upper) / 2
        reach = max(Fraction(1), abs(middle))
        try:
            (near, _, slope), (nearer, bend, steeper) = [across(middle, reach * step) for step in (_NEAR, _NEARER)]
        except Undefined:
            continue  # an end of the domain, or a pole
        size = max(1, abs(value(root, middle + reach * _NEARER)))
        least = _ROUNDING * size + _MISPLACED * bend * reach.numerator / reach.denominator
        if steeper > _POLE * slope:
            continue
        if abs(nearer) > least and abs(near - nearer) < abs(nearer) / 1000:
            found.append(middle)
        elif max(abs(nearer), _ROUNDING * size) > _LARGEST_HIDDEN:
            seen = False
    complete = (line.complete and seen) or not any(_may_jump(part, letter) for part in postorder([root]))
    return Jumps(tuple(found), complete)


_POLE = 1e5
"""A slope that grows by more than this over the distance between both steps has a pole there."""

_ROUNDING = 1e-45
"""What is smaller than this beside the value itself may be rounding."""

_LARGEST_HIDDEN = 1e-9
"""A jump may be as large as this and not be seen, beside values that are large or change fast."""

_MISPLACED = 1e-14
"""How far a place that was searched for may be off, relatively: a kink beside it looks like a small jump."""


def _may_jump(part: Expression, letter: str) -> bool:
    """Whether a node may jump at a kink in it: sign and step do, and |g|/g does; |g| and what is made of it do not."""
    if part.head in KNOWN and KNOWN[part.head].jumps:
        return letter in part.free
    parts = part.args if part.head == "product" else (part,)
    return any(_may_have_pole(each, letter) for each in parts) and any(
        letter in each.free and has_kink(each) for each in postorder([part]))


def _may_have_pole(part: Expression, letter: str) -> bool:
    """Whether a node divides by something with the letter."""
    if part.head == "quotient":
        return letter in part.args[1].free
    return part.head == "power" and letter in part.args[0].free and (
        part.args[1].head == "negation" or bool(part.args[1].free))
