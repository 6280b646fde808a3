"""A closer look at an equation on which doubles agree: at more points, and with 60 and 120 digits.

    oracle = Oracle()
    oracle.compare(parse("1/3"), parse("0.3333333333333")).outcome           # "checked": doubles cannot tell
    look_closer(oracle, parse("1/3"), parse("0.3333333333333")).outcome      # "refuted"

`Oracle.compare` is enough for a step that a sound rule has made. What a person typed may have been made to look right.
"""

from __future__ import annotations

from typing import Any

from tutor.expression.tree import Expression, postorder
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import COMPLEX, REAL, Numbers, precise
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined
from tutor.oracle.verdict import AGREEMENT, BRANCHES, Check, Oracle, plain, relative

CLOSE_POINTS = 12
"""Points of the list at which doubles are compared, whatever the first of them said; the extreme ones come after."""

MOST_PRECISE = 6
"""Points at which 60 and 120 digits are asked, at most; two that agree are enough."""

SAME = 1e-45
"""The relative difference up to which 60 digits are taken as equal."""

SAME_INTEGRAL = 1e-20
"""The same where an integral is inside, whose quadrature has fewer digits and is not repeated with 120."""

_Pair = tuple[Any, Any]


def agree(oracle: Oracle, left: Expression, right: Expression) -> bool:
    """Whether two expressions are found equal, by doubles and then at a closer look."""
    if left is right:
        return True
    check = oracle.compare(left, right)
    return check.outcome == "checked" and look_closer(oracle, left, right, check.real).outcome == "checked"


def look_closer(oracle: Oracle, left: Expression, right: Expression, real: bool = True) -> Check:
    """Whether two expressions on which the oracle found doubles to agree are equal to 45 digits, too.

    real: whether they are compared in real arithmetic.
    """
    numbers = REAL if real else COMPLEX
    integral = any(part.head == "integral" and len(part.args) == 4 for part in postorder((left, right)))  # quadrature
    places = _places(oracle, numbers, left, right)
    agreed = precisely = asked = 0
    worst = 0.0
    refuted: Check | None = None
    for place, pair in places:
        if precisely >= min(2, len(places)) and relative(*pair) <= AGREEMENT:
            agreed += 1
            continue
        if asked == MOST_PRECISE:
            continue
        asked += 1
        found = _precisely(place, real, left, right, integral)
        if isinstance(found, Check):
            if real:
                return found
            refuted = found
        elif found is not None:
            agreed, precisely, worst = agreed + 1, precisely + 1, max(worst, found)
    if refuted is not None:
        return Check("undecided", agreed, reason=BRANCHES, real=False) if precisely else refuted
    if precisely:
        return Check("checked", agreed, worst, real=real)
    return Check("undecided", agreed, reason="the terms cancel so strongly that even 120 digits do not tell"
                 if asked else "no point was found where both sides have a value")


def _places(oracle: Oracle, numbers: Numbers, left: Expression, right: Expression) -> list[tuple[Point, _Pair]]:
    """Points where both sides have values, with these; the one closest to 0 first: it is asked for all its digits."""
    near = [*oracle.points()[:CLOSE_POINTS], *oracle.points(extremes=True)]
    if not left.free and not right.free:
        near = near[:1]
    found = _defined(near, numbers, left, right)
    if len(found) < 2 < len(near):
        found = _defined(oracle.points(), numbers, left, right)
        if len(found) == 1:
            found += _defined(found[0][0].neighbours(), numbers, left, right)
    closest = min(found, key=lambda each: abs(each[0].number_of("x")), default=None)
    return [each for each in found if each is closest] + [each for each in found if each is not closest]


def _defined(places: list[Point], numbers: Numbers, left: Expression, right: Expression) -> list[tuple[Point, _Pair]]:
    return [(place, pair) for place in places if (pair := _values(place, numbers, left, right)) is not None]


def _values(place: Point, numbers: Numbers, left: Expression, right: Expression) -> _Pair | None:
    table = place.table(numbers)
    try:
        return value_of(table, left), value_of(table, right)
    except (Undefined, OverflowError):
        return None


def _precisely(place: Point, real: bool, left: Expression, right: Expression, integral: bool) -> Check | float | None:
    """The refutation, or the small relative difference, or None if that is unclear.

    The 60 digits are disturbed in the last ones: a gap that 120 digits show in the same size is a true one.
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
    at = {name: place.number_of(name) for name in sorted(left.free | right.free)}
    return Check("refuted", 1, float(relative(*finer)), at, plain(finer[0]), plain(finer[1]), real=real)
