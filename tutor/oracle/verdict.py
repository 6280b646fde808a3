"""Are two expressions equal in value? Asked of numbers, which know no rules.

    oracle = Oracle()
    oracle.compare(parse("d/dx x^2"), parse("2x")).sentence     # "both sides agree at 6 points, ..."
    oracle.compare(parse("d/dx x^2"), parse("x")).outcome       # "refuted"

Both sides are evaluated at the points of `points.py`, in real arithmetic wherever both are real. Where doubles do not
agree the point is looked at again, at 30 digits with every result disturbed in the last ones, and at 60 digits: so
neither rounding nor cancellation refutes anything.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tutor.expression.tree import Expression
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import COMPLEX, REAL, Numbers, precise
from tutor.oracle.points import COMPLEX_POINTS, EXTREME_POINTS, REAL_POINTS, Point
from tutor.oracle.table import IMAGINARY, Effort, Table, Undefined, lowest_table

ENOUGH = 6
"""Points of agreement that settle the question."""

AGREEMENT = 1e-11
"""The relative difference up to which doubles are taken as equal without a second look."""

EXACT_AGREEMENT = 1e-20
"""The same at 60 digits."""

MOST_UNCLEAR = 12
"""Points at which 30 and 60 digits contradict each other, before the question is given up: each is expensive."""

BRANCHES = "the sides differ at some complex points only; they may lie on different branches"


@dataclass(frozen=True)
class Check:
    """What the oracle found about `left = right`.

    points: where both sides had a value and were compared; largest_difference: relative, over those points;
    counterexample, left, right: where the sides differ, and their values there, if refuted; reason: why it could not
    be decided, in words, else ""; real: whether the values that were compared are real.
    """

    outcome: Literal["checked", "refuted", "undecided"]
    points: int
    largest_difference: float = 0.0
    counterexample: Mapping[str, float | complex] | None = None
    left: float | complex | None = None
    right: float | complex | None = None
    reason: str = ""
    real: bool = True

    @property
    def sentence(self) -> str:
        """The finding as a person reads it."""
        if self.outcome == "undecided":
            return f"could not be decided: {self.reason}"
        if self.left is not None and self.right is not None:
            left, right = told_apart(self.left, self.right)
            place = place_in_words(self.counterexample or {})
            return f"{f'at {place} ' if place else ''}the left side is {left}, the right side is {right}"
        places = "1 point" if self.points == 1 else f"{self.points} points"
        if self.largest_difference == 0:
            return f"both sides agree at {places}, to the last digit"
        return f"both sides agree at {places}, largest difference {_scientific(self.largest_difference)}"


class Oracle:
    """Compares expressions; what it computed for one question it keeps for the next.

    One oracle for one derivation: the steps share most of their parts, so checking all of them costs about as much as
    evaluating each part once a point. It keeps alive every expression that it was asked about.
    """

    def __init__(self) -> None:
        self._effort = Effort()
        self._points = {real: [Point(index, real, effort=self._effort) for index in range(count)]
                        for real, count in _POINTS.items()}
        self._extremes = [Point(REAL_POINTS + index, True, effort=self._effort) for index in range(EXTREME_POINTS)]

    def points(self, extremes: bool = False) -> list[Point]:
        """The real points at which expressions are compared; with `extremes` those far out and close to 0."""
        return self._extremes if extremes else self._points[True]

    def compare(self, left: Expression, right: Expression, assumptions: Iterable[Expression] = ()) -> Check:
        """Whether left and right have the same value wherever both have one and the assumptions (relations) hold."""
        self._effort.work = 0
        question = _Question(left, right, tuple(assumptions))
        found = question.ask(self._points[True], REAL)
        if found is None:
            # Nowhere real: for real names first, and then for complex ones, with principal branches.
            found = question.ask(self._points[True][:COMPLEX_POINTS] + self._points[False], COMPLEX)
            found = found and replace(found, real=False)
        if found is None:
            hold = " and the assumptions hold" if question.assumptions else ""
            found = question.undecided(f"no point was found where both sides have a value{hold}")
        return found

    def value(self, expression: Expression, assignment: Mapping[str, float | complex]) -> float | complex | None:
        """The value with these numbers for its names, or None where it has none."""
        real = not any(isinstance(number, complex) for number in assignment.values())
        for numbers in (REAL, COMPLEX) if real else (COMPLEX,):
            try:
                return plain(value_of(lowest_table(numbers, assignment.get), expression))
            except Undefined as undefined:
                if undefined.reason != IMAGINARY:
                    return None
        return None


_POINTS = {True: REAL_POINTS, False: COMPLEX_POINTS}


class _Question:
    """One comparison under way: left = right under the assumptions, and what the points said so far."""

    def __init__(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...]) -> None:
        self.left, self.right, self.assumptions = left, right, assumptions
        self.free = left.free | right.free
        self.agreed = self.differed = self.unclear = 0
        self.largest = 0.0
        self.all_zero = True
        self.found: list[Point] = []  # where both sides had a value

    def ask(self, points: list[Point], numbers: Numbers) -> Check | None:
        """Compare at points until the answer is settled. None if no point had a value for both sides."""
        refuted: Check | None = None
        wanted = ENOUGH if self.free else 1
        for point in self.places(points):
            table = point.table(numbers)
            try:
                if not all(_holds(table, each) for each in self.assumptions):
                    continue
                left, right = value_of(table, self.left), value_of(table, self.right)
                difference = relative(left, right)
            except Undefined as undefined:
                if undefined.reason == IMAGINARY:
                    return None
                if undefined.reason:
                    return self.undecided(undefined.reason)
                continue
            except OverflowError:  # the absolute value of a complex number
                continue
            self.found.append(point)
            if difference > AGREEMENT:
                found = self.second_look(point, numbers, min(abs(left - right), sys.float_info.max))
                if isinstance(found, Check):
                    refuted = refuted or found
                    self.differed += 1
                elif found is None:
                    self.unclear += 1
                else:
                    difference = found
            if difference <= AGREEMENT:
                self.agreed += 1
                self.largest = max(self.largest, difference)
                self.all_zero = self.all_zero and left == 0
            if self.settled(wanted, numbers.real):
                break
        return self.verdict(refuted, wanted, numbers.real)

    def places(self, points: list[Point]) -> Iterator[Point]:
        """The points of the list; then, where few of them were in a small domain, points close to those that were."""
        if not self.free and not self.assumptions:
            points = points[:1]
        yield from points
        for point in [*self.found]:
            yield from point.neighbours()

    def settled(self, wanted: int, real: bool) -> bool:
        """Whether more points would change nothing.

        Where both sides are always 0 twice as many are wanted: 1 - tanh(100x)^2 is 0 to every digit but near x = 0.
        """
        if self.unclear >= MOST_UNCLEAR or self.agreed >= (2 * wanted if self.all_zero else wanted):
            return True
        return self.differed > 0 and (real or self.agreed > 0)

    def verdict(self, refuted: Check | None, wanted: int, real: bool) -> Check | None:
        if refuted is not None:
            # Off the real line a true equation may fail on one side of a branch cut: there, all points must differ.
            if real or (self.agreed == 0 and self.differed >= wanted):
                return replace(refuted, points=self.agreed + self.differed)
            return self.undecided(BRANCHES)
        if self.agreed >= min(2, wanted):
            return Check("checked", self.agreed, self.largest)
        if self.unclear:
            return self.undecided("the terms cancel so strongly that even 60 digits do not tell")
        if self.agreed:
            return self.undecided("only one point was found where both sides have a value")
        return None

    def undecided(self, reason: str) -> Check:
        return Check("undecided", self.agreed + self.differed, self.largest, reason=reason)

    def second_look(self, point: Point, numbers: Numbers, noise: float) -> Check | float | None:
        """Look again with more digits: the refutation, or the small relative difference, or None if that is unclear.

        noise: how far the sides are apart in doubles. A difference that is only rounding shrinks in proportion.
        """
        values = []
        for digits, noisy in ((30, True), (60, False)):
            table = point.table(precise(digits, numbers.real, noisy))
            try:
                values.append((value_of(table, self.left), value_of(table, self.right)))
            except Undefined:
                return None
        (left, right), (exact_left, exact_right) = values
        gap, exact_gap = left - right, exact_left - exact_right
        difference = float(relative(exact_left, exact_right))
        if difference <= EXACT_AGREEMENT:
            return difference
        if abs(exact_gap) <= 1e-35 * noise:  # both sides are 0, but for rounding
            return 0.0
        # The same gap in spite of the noise is a true one, unless doubles saw another: a kink that was integrated over.
        if abs(exact_gap - gap) > 1e-3 * abs(exact_gap) or abs(exact_gap) < 1e-6 * noise:
            return None
        place = {name: point.number_of(name) for name in sorted(self.free)}
        return Check("refuted", 1, difference, place, plain(exact_left), plain(exact_right))


def relative(left: float | complex, right: float | complex) -> float:
    """How far two numbers of any kind are apart, measured by the larger one."""
    if left == right:
        return 0.0
    difference: float = abs(left - right) / max(abs(left), abs(right))
    return difference


def _holds(table: Table, relation: Expression) -> bool:
    """Whether an assumption holds at a point; < and > hold of real values only."""
    left, right = [value_of(table, side) for side in relation.args]
    sign: str = relation.value
    if sign in ("=", "!="):
        return (relative(left, right) <= 1e-9) == (sign == "=")
    if isinstance(left, complex) or isinstance(right, complex):
        return False
    gap = float(left - right)
    return {"<": gap < 0, "<=": gap <= 0, ">": gap > 0, ">=": gap >= 0}[sign]


def plain(value: float | complex) -> float | complex:
    """A number of any kind as a Python number, real if it is."""
    number = complex(value)
    return number.real if number.imag == 0 else number


def place_in_words(place: Mapping[str, float | complex]) -> str:
    """x = 1.307, y = -0.5217"""
    return ", ".join(f"{name} = {_written(value, 6)}" for name, value in place.items())


def told_apart(left: float | complex, right: float | complex) -> tuple[str, str]:
    """Both numbers with as many digits as it takes to see that they differ, four at least."""
    for digits in range(4, 17):
        written = _written(left, digits), _written(right, digits)
        if written[0] != written[1]:
            break
    return written


def _written(number: float | complex, digits: int) -> str:
    if isinstance(number, complex):
        sign = "-" if number.imag < 0 else "+"
        return f"{_written(number.real, digits)} {sign} {_written(abs(number.imag), digits)}i"
    if number and math.isfinite(number) and not 1e-4 <= abs(number) < 1e15:
        return _scientific(number, digits)
    return f"{number:.{digits}g}" if abs(number) < 10**digits else f"{number:.0f}"


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _scientific(number: float, digits: int = 1) -> str:
    """2·10⁻¹⁶"""
    exponent = math.floor(math.log10(abs(number)))
    mantissa = f"{number / 10.0**exponent:.{digits}g}" if exponent > -300 else f"{number:.{digits}e}".partition("e")[0]
    return f"{mantissa}·10{str(exponent).translate(_RAISED)}"
