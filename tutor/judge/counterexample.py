"""A counterexample that a person can follow: at x = 1 or x = 0.5 rather than at x = -1.327.

    check = Oracle().compare(parse("2x"), parse("x"))                          # refuted at x = -1.327
    easier_to_read(parse("2x"), parse("x"), Oracle(), check).counterexample    # {"x": 1.0}

The points at which expressions are compared avoid round numbers, where much agrees by chance. Once two expressions are
known to differ, a round number at which they plainly do says the same and is easier to work out by hand. It is looked
for among a few, and the values there are confirmed with 60 digits, like those at any other point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from tutor.expression.tree import Expression, postorder
from tutor.oracle.apart import relative
from tutor.oracle.closer import refutation
from tutor.oracle.evaluate import value_of
from tutor.oracle.existence import has_point
from tutor.oracle.numbers import REAL
from tutor.oracle.pieces import Site, TooManyPlaces, breaks, sites_of
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined
from tutor.oracle.verdict import Check, Oracle

ROUND = tuple(map(Fraction, ("1", "2", "0.5", "-1", "3", "-2", "4", "10", "0.1", "0.25")))
"""The numbers that are tried, the easiest to put in first. 0 is left out, because too much vanishes there."""

MOST_SIZE, MOST_LETTERS = 1_000, 4
"""The largest size of both sides together, and the most letters, for which a round number is looked for."""

_PLAIN_TO_SEE = 0.05
"""The least relative difference between the two values."""

_LEAST, _GREATEST = 1e-3, 1e4
"""Values between these sizes are easy to read, and so is 0."""

_APART_FROM_BREAKS = 1e-6


def easier_to_read(left: Expression, right: Expression, oracle: Oracle, check: Check) -> Check:
    """The refutation at a round number where the values are short and plainly differ; if there is none, the old one."""
    if check.left is None or isinstance(check.left, complex) or isinstance(check.right, complex):
        return check
    free = left.free | right.free
    if left.size + right.size > MOST_SIZE or not _can_be_moved(left, right):
        return check
    try:
        sites = sites_of((left, right), breaks)
    except TooManyPlaces:
        return check
    oracle.begin()
    told: list[tuple[int, Point]] = []
    for place in round_places(free, oracle):
        values = _values(place, left, right, sites)
        if values is not None and _is_plain(*values):
            told.append((sum(map(_length, values)), place))
    for _, place in sorted(told, key=lambda each: each[0]):
        found = refutation(place, left, right)
        if found is not None:
            return replace(found, points=check.points)
    return check


def _can_be_moved(left: Expression, right: Expression) -> bool:
    """Whether the sides can be evaluated at any place: a point or a definite integral in them is compared in its own
    way."""
    if has_point(left) or has_point(right):
        return False
    return not any(part.head == "integral" and len(part.args) == 4 for part in postorder((left, right)))


def round_places(letters: Iterable[str], oracle: Oracle) -> Iterator[Point]:
    """Points with round numbers for the letters, another one for each letter; none for more than MOST_LETTERS."""
    known = sorted(letters)
    for first in range(len(ROUND) if 0 < len(known) <= MOST_LETTERS else 0):
        place = oracle.points()[0]
        for offset, letter in enumerate(known):
            place = place.moved(letter, ROUND[(first + offset) % len(ROUND)])
        yield place


def _values(place: Point, left: Expression, right: Expression, sites: Sequence[Site]) -> tuple[float, float] | None:
    """Both values, if there are real ones and the place is not where something breaks: a kink, a pole, an end."""
    table = place.table(REAL)
    try:
        if any(abs(value_of(table, site.argument)) < _APART_FROM_BREAKS for site in sites):
            return None
        return float(value_of(table, left)), float(value_of(table, right))
    except (Undefined, OverflowError):
        return None


def _is_plain(left: float, right: float) -> bool:
    sizes = [abs(left), abs(right)]
    return relative(left, right) >= _PLAIN_TO_SEE and all(size == 0 or _LEAST <= size <= _GREATEST for size in sizes)


def _length(value: float) -> int:
    """The length of a value as it is shown: all of its digits if four are enough for it, else four."""
    return len(f"{value:g}" if float(f"{value:.4g}") == value else f"{value:#.4g}")
