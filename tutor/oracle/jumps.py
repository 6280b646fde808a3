"""Where an expression jumps: has other values on the two sides of a place.

    jumps(parse("x^2 + step(x)"), parse("2x"), "x", point).places       # 0; an antiderivative of 2x does not jump there
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from tutor.expression.tree import Expression
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import precise
from tutor.oracle.pieces import cut, kinks, sites_of
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

    found = []
    for each in line.breaks:
        middle = (each.lower + each.upper) / 2
        reach = max(Fraction(1), abs(middle))
        try:
            rates = [abs(value(within, middle + side * reach * _NEARER)) for side in (-1, 1)]
            near, nearer = [value(root, middle + reach * step) - value(root, middle - reach * step)
                            for step in (_NEAR, _NEARER)]
        except Undefined:
            continue  # an end of the domain, or a pole
        if max(rates) < 1 / float(_NEAR) and abs(nearer) > _FAINTEST_JUMP and abs(near - nearer) < abs(nearer) / 1000:
            found.append(middle)
    complete = line.complete or not any(site.node.head in _JUMPING for site in sites)
    return Jumps(tuple(found), complete)


_FAINTEST_JUMP = 1e-9
"""Smaller ones are what rounding makes of a continuous function with a steep slope."""

_JUMPING = frozenset(("sign", "step"))
