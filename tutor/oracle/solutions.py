"""Whether an equation has the same solutions as some others together, by numbers that know no rules.

    same_solutions(parse("x^2 = 4"), [parse("x = 2"), parse("x = -2")], name("x")).outcome      # "checked"
    same_solutions(parse("x^2 = 4"), [parse("x = 2")], name("x")).outcome                       # "refuted"

Solutions of all of them are searched for where one side overtakes the other, and where both only touch. A solution that
is found on one hand has to be one on the other hand; of sides that touch this cannot be refuted, only left undecided.
Where an equation has no value it has no solution, and what the others have there beyond it is not counted: a solver
throws that out in the end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from tutor.expression.lists import has_lists
from tutor.expression.tree import Expression, decimal, node
from tutor.oracle.expansion import (
    NO_WHOLE_NUMBER,
    TOO_MANY_CASES,
    TOO_MANY_TERMS,
    TooLarge,
    Unknown,
    cases_of,
    written_with,
)
from tutor.oracle.points import Point
from tutor.oracle.program import NO_VALUE, NotExact, program_of
from tutor.oracle.verdict import Check

PLACES = 3
"""Numbers that other letters are given, one after the other."""

_CLOSE = 1e-6
_MOST_SIZES = 3
_Value = Callable[[float], "float | None"]


def same_solutions(before: Expression, after: Sequence[Expression], unknown: Expression,
                   every: Iterable[Expression] = ()) -> Check:
    """Whether the equation `before` has the same solutions as those of `after` together, as far as a search shows.

    every: letters of `after` that stand for every whole number.
    """
    try:
        if has_lists(node("tuple", (before, *after))):
            return _in_every_size(before, after, unknown, tuple(every))
        return _compared(before, after, unknown, tuple(every))
    except NotExact:
        return Check("undecided", 0, reason="the equation cannot be computed with numbers alone")


def _in_every_size(before: Expression, after: Sequence[Expression], unknown: Expression,
                   every: Sequence[Expression]) -> Check:
    """The same of equations with sums, written out for small sizes. One part alone is left out: what holds of lists of
    one part, such as that all parts are equal, may make every number a solution."""
    cases = cases_of((before, *after))
    if cases is None:
        return Check("undecided", 0, reason=TOO_MANY_CASES)
    points = 0
    compared = [case for case in cases if all(size > 1 for size in case.values())][:_MOST_SIZES]
    for case in compared:
        try:
            first, *others = [written_with(each, case) for each in (before, *after)]
        except TooLarge:
            return Check("undecided", points, reason=TOO_MANY_TERMS)
        except Unknown:
            return Check("undecided", points, reason=NO_WHOLE_NUMBER)
        found = _compared(first, others, unknown, every)
        if found.outcome != "checked":
            return found
        points += found.points
    if not points:
        return Check("undecided", 0, reason=TOO_MANY_CASES)
    return Check("checked", points, finding=f"a search with numbers finds the same solutions for {len(compared)} sizes")


def _compared(before: Expression, after: Sequence[Expression], unknown: Expression,
              every: Sequence[Expression]) -> Check:
    whole = {each.value for each in every}
    letters = sorted((before.free | {letter for each in after for letter in each.free}) - unknown.free - whole)
    found = 0
    for index in range(PLACES if letters else 1):
        point = Point(index, real=True)
        numbers = {letter: Fraction(str(point.number_of(letter))) for letter in letters}
        one = _difference(before, unknown, numbers)
        others = [_family(each, unknown, numbers, whole & each.free) for each in after]
        for place in _solutions(one):
            if not any(_is_solution(differences, place) for differences in others):
                return _refuted(before, unknown, place, "is a solution of {before}, and lost")
            found += 1
        known = [place for differences in others if len(differences) == 1
                 for place in (*_solutions(differences[0]), *[each.place for each in _touching(differences[0])])]
        for touch in _touching(one):
            if not any(touch.left <= place <= touch.right for place in known) and not any(
                    _is_solution(differences, touch.place) for differences in others):
                return Check("undecided", found, reason=f"the sides seem to touch at {touch.place:.6g}, which may be a "
                                                        "solution that was lost")
            found += 1
        for place in [place for differences in others for difference in differences
                      for place in _solutions(difference)]:
            if one(place) is not None and not _is_zero(one, place):
                return _refuted(before, unknown, place, "is no solution of {before}, and came in")
            found += 1
    if not found:
        return Check("checked", 1, finding="a search with numbers finds no solution either")
    return Check("checked", found, finding="a search with numbers finds the same solutions")


def _refuted(before: Expression, unknown: Expression, place: float, why: str) -> Check:
    return Check("refuted", 1, counterexample={unknown.value: place}, finding=f"{{place}} {why}",
                 parts={"before": before, "place": decimal(float(f"{place:.6g}"))})


def _family(equation: Expression, unknown: Expression, numbers: dict[str, Fraction],
            whole: frozenset[str] | set[str]) -> list[_Value]:
    """The difference of an equation; of one with a whole number in it, that for 0 and that for 1."""
    return [_difference(equation, unknown, {**numbers, **dict.fromkeys(whole, Fraction(number))})
            for number in (range(2) if whole else range(1))]


def _is_solution(differences: list[_Value], place: float) -> bool:
    """Whether a place is a zero; where there are two differences, for some whole number between or beyond them."""
    if len(differences) == 1:
        return _is_zero(differences[0], place)
    first, second = [each(place) for each in differences]
    if first is None or second is None or first == second:
        return False
    number = first / (first - second)
    return abs(number - round(number)) <= _CLOSE * max(1.0, abs(number))


def _difference(equation: Expression, unknown: Expression, numbers: dict[str, Fraction]) -> _Value:
    """By how much the left side is larger at a place; None where one of them has no value."""
    left, right = equation.args
    letters = sorted({unknown.value, *numbers})
    slot = letters.index(unknown.value)
    point = [float(numbers.get(letter, 0)) for letter in letters]
    try:
        program = program_of([left, right], letters)
    except (*NO_VALUE, OverflowError):  # a part without letters has no value
        return lambda place: None

    def value(place: float) -> float | None:
        point[slot] = place
        try:
            one, other = program.at(point)
        except (*NO_VALUE, OverflowError):
            return None
        found = one - other
        return found if math.isfinite(found) else None

    return value


def _grid() -> list[float]:
    """Places on both sides of 0, close to each other there."""
    sizes = [*[step / 25 for step in range(1, 500)], *[20 * 1.1**step for step in range(1, 40)]]
    shifted = [size + 0.0137 for size in sizes]  # no round number, where much has its zeros and poles
    return [*[-size for size in reversed(shifted)], *shifted]


_GRID = _grid()


def _solutions(difference: _Value) -> Iterator[float]:
    values = [(place, difference(place)) for place in _GRID]
    for (left, one), (right, other) in pairwise(values):
        if one is None or other is None:
            continue
        if one * other < 0:  # an exact 0 at such a place is too small to be seen, as e^-900 is
            place = _closed_in(difference, left, right)
            if place is not None:
                yield place


class _Touch(NamedTuple):
    """A place where the difference comes down to 0 and turns, and two places around it."""

    left: float
    place: float
    right: float


def _touching(difference: _Value) -> Iterator[_Touch]:
    values = [(place, difference(place)) for place in _GRID]
    for (left, one), (_, middle), (right, other) in zip(values, values[1:], values[2:], strict=False):
        if one is None or middle is None or other is None or one * other <= 0 or middle * one <= 0:
            continue
        if abs(middle) < min(abs(one), abs(other)):
            place = _nearest_to_zero(difference, left, right)
            if place is not None and abs(difference(place) or 0.0) <= _TOUCHING * abs(middle):
                yield _Touch(left, place, right)


_TOUCHING = 1e-9
"""The share of its size beside a place that is left of a difference where it touches 0."""


def _nearest_to_zero(difference: _Value, left: float, right: float) -> float | None:
    """Where between two places the difference is smallest; None where it has no value on the way."""
    for _ in range(80):
        third = (right - left) / 3
        one, other = difference(left + third), difference(right - third)
        if one is None or other is None:
            return None
        if abs(one) < abs(other):
            right -= third
        else:
            left += third
    return (left + right) / 2


def _closed_in(difference: _Value, left: float, right: float) -> float | None:
    """The place between two where the sign changes; None where that is a jump or a pole."""
    before = difference(left)
    first = abs(before or 0.0)
    for _ in range(60):
        middle = (left + right) / 2
        value = difference(middle)
        if value is None or before is None:
            return None
        if value == 0:
            return middle
        if value * before > 0:
            left = middle
        else:
            right = middle
    last = difference((left + right) / 2)
    return None if last is None or abs(last) > _CLOSE * max(first, 1e-3) else (left + right) / 2


def _is_zero(difference: _Value, place: float) -> bool:
    """Whether a place is a zero, or as close to one as rounding leaves it."""
    value = difference(place)
    width = _CLOSE * max(abs(place), 1.0)
    beside = [difference(place + side * width) for side in (-1, 1)]
    if value is None:
        return False
    if value == 0 or any(each is not None and each * value <= 0 for each in beside):
        return True
    far = [difference(place + side * 1000 * width) for side in (-1, 1)]
    sizes = [abs(each) for each in far if each is not None]
    return bool(sizes) and abs(value) <= 1e-4 * min(sizes)
