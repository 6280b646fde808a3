"""A closer look at an equation on which doubles agree: at more points, and with 60 and 120 digits.

    oracle = Oracle()
    oracle.compare(parse("1/3"), parse("0.3333333333333")).outcome           # "checked": doubles cannot tell
    look_closer(oracle, parse("1/3"), parse("0.3333333333333")).outcome      # "refuted"

`Oracle.compare` is enough for a step that a sound rule has made. An answer that a person typed may be very close to the
right one.
So all points are asked for 60 digits: some of the list, some far out and close to 0, some in every piece between poles,
ends of domains and kinks, and some where the numbers in the expressions say that something changes. And agreement
counts only if every part shows in the digits at one of these points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from tutor.expression.tree import Expression, postorder
from tutor.oracle.apart import different_values, relative
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import COMPLEX, REAL, Numbers, precise
from tutor.oracle.pieces import (
    KINKS_NOT_FOUND,
    MOST_LETTERS,
    Places,
    TooManyPlaces,
    breaks,
    kinks,
    places_between,
    scales,
)
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined
from tutor.oracle.verdict import BRANCHES, Check, Oracle
from tutor.oracle.visible import unseen, unseen_in_a_piece

CLOSE_POINTS = 6
"""Points of the list that are looked at; the extreme ones and those that the expressions suggest come after."""

MOST_POINTS, MOST_WORK = 60, 8_000
"""Points that are asked for 60 digits, and nodes that are worked out there: fewer points of large expressions."""

FEWEST_POINTS = 8

SAME = 1e-45
"""The relative difference up to which 60 digits are taken as equal."""

NOT_SEEN = "{part} does not change any of the digits that were compared, so nothing is known about it"

SAME_INTEGRAL = 1e-20
"""The same where an integral is inside, whose quadrature has fewer digits and is not repeated with 120."""


def agree(oracle: Oracle, left: Expression, right: Expression) -> bool:
    """Whether two expressions are found equal, to doubles and then to 45 digits."""
    if left is right:
        return True
    check = oracle.compare(left, right)
    return check.outcome == "checked" and look_closer(oracle, left, right, check.real).outcome == "checked"


def look_closer(oracle: Oracle, left: Expression, right: Expression, real: bool = True) -> Check:
    """Whether two expressions on which the oracle found doubles to agree are equal to 45 digits, too.

    real: whether they are compared in real arithmetic. points of the answer counts those compared with 60 digits.
    """
    if left is right:
        return Check("checked", 1, real=real)
    oracle.begin()
    try:
        between = kinked = Places([], [], True)
        if real:
            one_letter = len(left.free | right.free) == 1
            between = places_between(left, right, breaks, oracle.points(), search=one_letter)
            kinked = places_between(left, right, kinks, oracle.points())
    except TooManyPlaces:
        return Check("undecided", 0, reason=KINKS_NOT_FOUND)
    found = _at_places(oracle, left, right, real, [*kinked.places, *between.places])
    hidden = unseen_in_a_piece((left, right), [site.node for site in kinked.sites], kinked.pieces) if (
        found.outcome == "checked") else None
    if hidden is not None:
        return Check("undecided", found.points, reason=NOT_SEEN, parts={"part": hidden})
    if found.outcome != "checked" or kinked.complete:
        return found
    cases = oracle.agreeing_cases(left, right, kinked.sites)
    if cases is not None and all(
            _at_places(oracle, case.left, case.right, real, []).outcome == "checked" for case in cases):
        return found
    return Check("undecided", found.points, reason=KINKS_NOT_FOUND)


def _at_places(oracle: Oracle, left: Expression, right: Expression, real: bool, places: Sequence[Point]) -> Check:
    """What 60 digits say at these places and at the points of the list."""
    numbers = REAL if real else COMPLEX
    parts = list(postorder((left, right)))
    integral = any(part.head == "integral" and len(part.args) == 4 for part in parts)  # quadrature
    asked = 2 if integral else max(FEWEST_POINTS, len(places), min(MOST_POINTS, MOST_WORK // len(parts)))
    agreed: list[Point] = []
    worst = 0.0
    tried = 0
    refuted: Check | None = None
    for place in islice(_defined(oracle, numbers, left, right, places), CLOSE_POINTS + asked):
        tried += 1
        found = _precisely(place, real, left, right, integral)
        if isinstance(found, Check):
            if real:
                return found
            refuted = found
        elif found is not None:
            agreed.append(place)
            worst = max(worst, found)
            if integral and len(agreed) == asked:
                break
    if refuted is not None:
        return Check("undecided", len(agreed), reason=BRANCHES, real=False) if agreed else refuted
    if not agreed:
        return Check("undecided", 0, reason="the terms cancel so strongly that even 120 digits are not enough" if tried
                     else "no point was found where both sides have a value")
    hidden = None if integral else unseen((left, right), agreed, real)
    if hidden is not None:
        return Check("undecided", len(agreed), reason=NOT_SEEN, parts={"part": hidden})
    return Check("checked", len(agreed), worst, real=real)


def refutation(place: Point, left: Expression, right: Expression) -> Check | None:
    """Both values at a place, if they are real there and it is proved that they differ."""
    shown = different_values(place, left, right, real=True)
    if shown is None:
        return None
    return Check("refuted", 1, relative(*shown), place.place(left.free | right.free), *shown)


_Pair = tuple[Any, Any]


def _defined(oracle: Oracle, numbers: Numbers, left: Expression, right: Expression,
             suggested: Sequence[Point]) -> Iterator[Point]:
    """Points where both sides have values: near and suggested ones, far ones; any that there are if those are few."""
    near = oracle.points()[:CLOSE_POINTS]
    if not left.free and not right.free:
        yield from (place for place in near[:1] if _values(place, numbers, left, right) is not None)
        return
    likely = (*near, *suggested, *oracle.points(extremes=True), *_where_scales_change(left, right, near))
    found: list[Point] = []
    for places in (likely, oracle.points()[CLOSE_POINTS:]):
        if len(found) < 2:
            for place in places:
                # What is suggested may be too close to a break for doubles.
                if place in suggested or _values(place, numbers, left, right) is not None:
                    found.append(place)
                    yield place
    if len(found) == 1:
        yield from (place for place in found[0].neighbours() if _values(place, numbers, left, right) is not None)


def _where_scales_change(left: Expression, right: Expression, near: Sequence[Point]) -> Iterator[Point]:
    """Points as far out, or as close to 0, as the numbers in the expressions suggest."""
    sizes = scales((left, right))
    for letter in sorted(left.free | right.free)[:MOST_LETTERS]:
        for size in sizes:
            for factor, place in zip(_FACTORS, near, strict=False):
                yield place.moved(letter, Fraction(size) * factor)


_FACTORS = tuple(Fraction(each, 100) for each in (37, -117, 413, -467, 787, -813))
"""Of both signs, and in several half periods of the sine."""


def _values(place: Point, numbers: Numbers, left: Expression, right: Expression) -> _Pair | None:
    table = place.table(numbers)
    try:
        return value_of(table, left), value_of(table, right)
    except (Undefined, OverflowError):
        return None


def _precisely(place: Point, real: bool, left: Expression, right: Expression, integral: bool) -> Check | float | None:
    """The refutation, or the small relative difference, or None if that is unclear.

    The 60 digits are disturbed in the last ones: a gap that 120 digits show in the same size is worth a proof.
    """
    pair = _values(place, precise(60, real, noisy=True), left, right)
    if pair is None:
        return None
    difference = float(relative(*pair))
    if difference <= (SAME_INTEGRAL if integral else SAME):
        return difference
    finer = None if integral else _values(place, precise(120, real), left, right)
    if finer is None:
        return None
    gap, finer_gap = abs(pair[0] - pair[1]), abs(finer[0] - finer[1])
    if relative(*finer) <= SAME or finer_gap <= SAME * gap:  # the latter: both sides are 0, but for rounding
        return min(float(relative(*finer)), SAME)
    if abs(gap - finer_gap) > 1e-3 * finer_gap:
        return None
    shown = different_values(place, left, right, real)
    if shown is None:
        return None
    at = place.place(left.free | right.free)
    return Check("refuted", 1, float(relative(*finer)), at, *shown, real=real)
