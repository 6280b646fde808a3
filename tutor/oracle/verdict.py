"""Are two expressions equal in value? Asked of numbers, which know no rules.

    oracle = Oracle()
    oracle.compare(parse("d/dx x^2"), parse("2x")).sentence     # "both sides agree at 6 points, ..."
    oracle.compare(parse("d/dx x^2"), parse("x")).outcome       # "refuted"

Both sides are evaluated at the points of `points.py`, in real arithmetic wherever both are real. Where doubles do not
agree the point is looked at again with more digits. There the sides differ only if their values, each with a bound of
its error, cannot be the same; they agree if nothing is left of the difference at 60 digits, and else nothing is known.
Sides with kinks are compared in every piece between the kinks, or for every way in which the kinks may be resolved;
where neither can be done they are not called equal.
"""

from __future__ import annotations

import cmath
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tutor.expression.lists import has_lists
from tutor.expression.text import Text
from tutor.expression.tree import Expression
from tutor.oracle.apart import different_values, holds, plain, plainly_different_values, relative
from tutor.oracle.cases import SignCase, cases_of, with_points_put_in
from tutor.oracle.cells import cells
from tutor.oracle.complex_values import without_complex
from tutor.oracle.digits import digits_apart, in_digits, in_tree, numbers_at, scientific
from tutor.oracle.evaluate import value_of
from tutor.oracle.existence import existence_of, gap, has_point, is_left_alone
from tutor.oracle.expansion import concrete, in_every_case
from tutor.oracle.limits import CLOSER, ENOUGH_OF_LIMITS, MOST_POINTS, TOO_SLOW, has_limit, holds_in_limits, seen_at
from tutor.oracle.numbers import COMPLEX, REAL, Numbers, precise
from tutor.oracle.pieces import KINKS_NOT_FOUND, Site, TooManyPlaces, breaks, has_kink, kinks, places_between, sites_of
from tutor.oracle.points import COMPLEX_POINTS, EXTREME_POINTS, REAL_POINTS, Point
from tutor.oracle.sure import UNCLEAR_SIGN
from tutor.oracle.table import Effort, Reason, Undefined, lowest_table

ENOUGH = 6
"""Points of agreement that settle the question."""

AGREEMENT = 1e-11
"""The relative difference up to which doubles are taken as equal without a second look."""

EXACT_AGREEMENT = 1e-20
"""The same at 60 digits."""

_FAR_APART = 1e-6
"""A relative difference that cannot come from a form of a side that only doubles have found to be the same."""

MOST_UNCLEAR = 12
"""Points at which 60 digits show a difference that is not proved, before the question is given up."""

MOST_PROOFS = 3
"""Points at which a proof with more digits is tried: each is expensive."""

UNCLEAR = "the terms cancel so strongly that even 60 digits are not enough"

BRANCHES = "the sides differ at some complex points only; they may lie on different branches"

_ENOUGH_WITHOUT_VALUES = 5
_POINTS_FOR_ARGUMENTS = 6
"""Points at which the arguments of kinks are compared with each other."""


@dataclass(frozen=True)
class Check:
    """What the oracle found about `left = right`.

    points: where both sides had a value and were compared; largest_difference: the largest relative one at those
    points; counterexample, left, right: if refuted, where the sides differ, and their values there; reason: why it
    could not be decided; finding: what was found, if that is something other than two values; parts: the expressions
    in the {slots} of these sentences; real: whether the values that were compared are real.
    """

    outcome: Literal["checked", "refuted", "undecided"]
    points: int
    largest_difference: float = 0.0
    counterexample: Mapping[str, float | complex] | None = None
    left: float | complex | None = None
    right: float | complex | None = None
    reason: str = ""
    real: bool = True
    finding: str = ""
    parts: Mapping[str, Expression] = field(default_factory=dict)

    @property
    def why(self) -> Text:
        """Why it could not be decided, without a full stop; empty where it was."""
        return Text(self.reason, self.parts)

    @property
    def sentence(self) -> str:
        """The finding as a person reads it."""
        return self.text.written()

    @property
    def text(self) -> Text:
        """The same, with words and formulas kept apart."""
        if self.finding:
            return Text(self.finding, self.parts)
        if self.outcome == "undecided":
            return Text(f"could not be decided: {self.reason}", self.parts)
        if self.left is not None and self.right is not None:
            digits = digits_apart(self.left, self.right)
            left, right = [in_tree(value, digits) if cmath.isfinite(value) else in_digits(value, digits)
                           for value in (self.left, self.right)]
            place = [part for each in numbers_at(self.counterexample or {}) for part in (", ", each)]
            at = ["at ", *place[1:], " "] if place else []
            return Text.of(*at, "the left side is ", left, ", the right side is ", right)
        places = "1 point" if self.points == 1 else f"{self.points} points"
        if self.largest_difference == 0:
            return Text.of(f"both sides agree at {places}, to the last digit")
        return Text.of(f"both sides agree at {places}, largest difference {scientific(self.largest_difference)}")


class Oracle:
    """Compares expressions; what it computed for one question it keeps for the next.

    One oracle for one derivation: the steps share most of their parts, so checking all of them costs about as much as
    evaluating each part once a point. It keeps alive every expression that it was asked about.
    """

    def __init__(self) -> None:
        self._effort = Effort()
        self._points = {real: [Point(index, real, effort=self._effort) for index in range(count)]
                        for real, count in _POINTS.items()}
        self._pointless, self._limitless, self._listless = [set[Expression]() for _ in range(3)]
        self._extremes = [Point(REAL_POINTS + index, True, effort=self._effort) for index in range(EXTREME_POINTS)]
        self._kinked: dict[Expression, bool] = {}
        self._forms: dict[Expression, Expression] = {}
        self._done = 0

    def suggest(self, expression: Expression, form: Expression) -> None:
        """Say in which other form an expression may be easier to work out, such as the result of an integral.

        Nothing is taken for granted: where it is used, doubles have to agree that the value is the same."""
        self._forms[expression] = form

    @property
    def work(self) -> int:
        """What all questions so far have cost, in the operations that `evaluate` counts."""
        return self._done + self._effort.work

    def points(self, extremes: bool = False) -> list[Point]:
        """The real points at which expressions are compared; with `extremes` those far out and close to 0."""
        return self._extremes if extremes else self._points[True]

    def begin(self) -> None:
        """A new question: what it costs is counted from here on."""
        self._done += self._effort.work
        self._effort.work = self._effort.sampling = 0

    def compare(self, left: Expression, right: Expression, assumptions: Iterable[Expression] = ()) -> Check:
        """Whether left and right have the same value wherever both have one and the assumptions (relations) hold."""
        self.begin()
        if has_lists(left, self._listless) or has_lists(right, self._listless):
            return in_every_case(self.compare, left, right, tuple(assumptions))
        if has_limit(left, self._limitless) or has_limit(right, self._limitless):
            return self._closer_and_closer(_Question(left, right, tuple(assumptions)))
        if has_point(left, self._pointless) or has_point(right, self._pointless):
            seen = seen_at_points(left, right)
            if seen is not None:
                return seen
        question = _Question(left, right, tuple(assumptions), self._forms)
        found = self._at_points(question)
        if found.outcome == "checked" and found.real and (self.is_kinked(left) or self.is_kinked(right)):
            found = self._in_every_piece(question, found)
        return found

    def compare_at_points(self, left: Expression, right: Expression) -> Check:
        """The same at the points of the list alone, whatever is between them: a first look, which costs little."""
        self.begin()
        return self._at_points(_Question(left, right, ()))

    def _closer_and_closer(self, question: _Question) -> Check:
        """What is seen of limits, and of infinity, by numbers that come closer and closer to a place."""
        left, right = question.left, question.right
        for point in self._points[True][:MOST_POINTS if question.free else 1]:
            try:
                if not all(holds_in_limits(each, point.number_of) if has_limit(each) else
                           holds(point.table(REAL), each) for each in question.assumptions
                           if each.free <= question.free):
                    continue  # what is assumed of the variable of a limit holds close to the place
                seen = seen_at(left, right, point.number_of)
            except Undefined as undefined:
                if undefined.reason:
                    return question.undecided(undefined.reason)
                continue
            if seen.verdict == "apart":
                at = numbers_at(point.place(question.free))
                found = seen.text(at)
                return Check("refuted", 1, 1.0, point.place(question.free), finding=found.template, parts=found.slots)
            question.agreed += seen.verdict == "same"
            if question.agreed >= (ENOUGH_OF_LIMITS if question.free else 1):
                return Check("checked", question.agreed, finding=CLOSER)
        return question.undecided(TOO_SLOW)

    def _at_points(self, question: _Question, wide: bool = True) -> Check:
        """What the points of the list say, or others (wide) where these say nothing."""
        left, right = question.left, question.right
        found = question.ask(self._points[True], REAL) or (None if wide else question.undecided(UNCLEAR))
        if found is None and question.free:
            found = question.ask(self._extremes, REAL)
        if found is None and question.free:
            found = question.ask(self._in_domains(left, right), REAL)
        if found is None and not (question.assumptions and self.is_real(left, right)):
            # Nowhere real: for real names first, and then for complex ones, with principal branches.
            found = question.ask(self._points[True][:COMPLEX_POINTS] + self._points[False], COMPLEX)
            found = found and without_complex(replace(found, real=False), left, right)
        if found is None:
            hold = " and the assumptions hold" if question.assumptions else ""
            found = question.undecided(f"no point was found where both sides have a value{hold}")
        return found

    def _in_domains(self, left: Expression, right: Expression) -> list[Point]:
        """Points between the ends of domains, which may be narrow and far from all points of the list."""
        try:
            return places_between(left, right, breaks, self.points(), search=False).places
        except TooManyPlaces:
            return []

    def is_real(self, *expressions: Expression) -> bool:
        """Whether all have a real value together at some point."""
        for point in self._points[True]:
            try:
                for each in expressions:
                    value_of(point.table(REAL), each)
            except Undefined:
                continue
            return True
        return False

    def _in_every_piece(self, question: _Question, found: Check) -> Check:
        """What was found at the points of the list, if it is so between all kinks, too."""
        left, right = with_points_put_in(question.left), with_points_put_in(question.right)
        try:
            sites = sites_of((left, right), kinks)
            several = len({letter for site in sites for letter in site.argument.free}) > 1
            if several and self.agreeing_cases(left, right, sites, question.assumptions) is not None:
                return found
            between = places_between(left, right, kinks, self.points())
        except TooManyPlaces:
            return question.undecided(KINKS_NOT_FOUND)
        if not (several or between.complete) and (
                self.agreeing_cases(left, right, sites, question.assumptions) is not None):
            return found
        everywhere = None if between.complete else cells([site.argument for site in between.sites], self.points()[0])
        if everywhere is not None:
            return question.at_all(everywhere) or replace(found, points=question.agreed)
        refuted = question.at_all(between.places)
        if refuted is not None:
            return refuted
        return replace(found, points=question.agreed) if between.complete else question.undecided(KINKS_NOT_FOUND)

    def agreeing_cases(self, left: Expression, right: Expression, sites: Sequence[Site],
                       assumptions: tuple[Expression, ...] = ()) -> list[SignCase] | None:
        """The ways in which the kinks of both sides may be resolved, if the sides agree in all of them; else None.
        Those in which the sides have no values together are left out."""
        cases = cases_of(left, right, assumptions, sites, self.points()[:_POINTS_FOR_ARGUMENTS])
        found: list[SignCase] = []
        for case in cases or ():
            wide = case.left.head != "integral" and case.right.head != "integral"  # which takes too long
            if case.left is case.right or self._at_points(_Question(*case), wide).outcome == "checked":
                found.append(case)
            elif not self._has_no_values(_Question(*case)):
                return None
        return None if cases is None else found

    def _has_no_values(self, question: _Question) -> bool:
        """Whether the sides never have values together where the assumptions hold, which is at several points."""
        held = 0
        for point in self.points():
            table = point.table(REAL)
            try:
                if not all(holds(table, each) for each in question.assumptions):
                    continue
            except Undefined:
                continue
            held += 1
            try:
                value_of(table, question.left)
                value_of(table, question.right)
            except Undefined:
                continue
            return False
        return held >= _ENOUGH_WITHOUT_VALUES

    def is_kinked(self, root: Expression) -> bool:
        """Whether a node with a kink or a jump occurs in an expression; kept for all its parts."""
        known = self._kinked
        stack = [root]
        while stack:
            part = stack[-1]
            if part in known:
                stack.pop()
                continue
            inside = (*part.args, part.value.body) if part.head == "defined" else part.args
            waiting = [arg for arg in inside if arg not in known]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            known[part] = has_kink(part) or any(known[arg] for arg in inside)
        return known[root]

    def value(self, expression: Expression, assignment: Mapping[str, float | complex]) -> float | complex | None:
        """The value with these numbers for its names, or None where it has none."""
        expression = concrete(expression, assignment)
        if has_point(expression) and not expression.free:
            found = existence_of(expression)
            if found.outcome != "exists":
                return None
            if found.values:
                return float(found.values[0])
        real = not any(isinstance(number, complex) for number in assignment.values())
        for numbers in (REAL, COMPLEX) if real else (COMPLEX,):
            try:
                return plain(value_of(lowest_table(numbers, assignment.get), expression))
            except Undefined as undefined:
                if undefined.reason is not Reason.IMAGINARY:
                    return None
        return None


_POINTS = {True: REAL_POINTS, False: COMPLEX_POINTS}


class _Question:
    """One comparison under way: left = right under the assumptions, and what the points said so far."""

    def __init__(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...],
                 forms: Mapping[Expression, Expression] | None = None) -> None:
        self.left, self.right, self.assumptions, self.forms = left, right, assumptions, forms or {}
        self.free = left.free | right.free
        self.agreed = self.differed = self.unclear = self.proofs = 0
        self.largest = 0.0
        self.all_zero = True
        self.found: list[Point] = []  # where both sides had a value

    def ask(self, points: list[Point], numbers: Numbers) -> Check | None:
        """Compare at points until the answer is settled. None if no point had a value for both sides."""
        refuted: Check | None = None
        wanted = ENOUGH if self.free else 1
        for point in self.places(points):
            try:
                refuted = self.look(point, numbers) or refuted
            except Undefined as undefined:
                if undefined.reason is Reason.IMAGINARY:
                    return None
                if undefined.reason:
                    return self.undecided(undefined.reason)
                continue
            except OverflowError:  # the absolute value of a complex number
                continue
            if self.settled(wanted, numbers.real):
                break
        return self.verdict(refuted, wanted, numbers.real)

    def at_all(self, points: Iterable[Point]) -> Check | None:
        """Compare at points that all matter, in real arithmetic: the refutation, or what is unclear, else None."""
        unclear = self.unclear
        for point in points:
            try:
                refuted = self.look(point, REAL)
            except (Undefined, OverflowError) as error:
                if isinstance(error, Undefined) and error.reason is Reason.TOO_MANY_SAMPLES:
                    return self.undecided(Reason.TOO_MANY_SAMPLES)
                found = self.second_look(point, REAL, 0.0) if point.is_close and not self.assumptions else None
                refuted = found if isinstance(found, Check) else None
            if refuted is not None:
                return replace(refuted, points=self.agreed + self.differed)
        return self.undecided(UNCLEAR) if self.unclear > unclear else None

    def look(self, point: Point, numbers: Numbers) -> Check | None:
        """Compare at one point, and count what was found: the refutation if it is one. Raises Undefined."""
        table = point.table(numbers)
        if not all(holds(table, each) for each in self.assumptions):
            return None
        left, right = value_of(table, self.left), value_of(table, self.right)
        difference = relative(left, right)
        self.found.append(point)
        if difference > AGREEMENT:
            found = self.second_look(point, numbers, min(abs(left - right), sys.float_info.max))
            if isinstance(found, Check):
                self.differed += 1
                return found
            if found is None:
                self.unclear += 1
                return None
            difference = found
        if difference <= AGREEMENT:
            self.agreed += 1
            self.largest = max(self.largest, difference)
            self.all_zero = self.all_zero and left == 0
        return None

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
            return self.undecided(UNCLEAR)
        if self.agreed:
            return self.undecided("only one point was found where both sides have a value")
        return None

    def undecided(self, reason: str) -> Check:
        return Check("undecided", self.agreed + self.differed, self.largest, reason=reason)

    def easier(self, point: Point, side: Expression, numbers: Numbers) -> Expression:
        """A form of a side that is easier to work out and has the same value at a point, as far as doubles tell."""
        form = self.forms.get(side)
        if form is None:
            return side
        try:
            values = [value_of(point.table(numbers), each) for each in (side, form)]
        except Undefined:
            return side
        return form if relative(*values) <= AGREEMENT else side

    def second_look(self, point: Point, numbers: Numbers, noise: float) -> Check | float | None:
        """Look again with more digits: the refutation, or the small relative difference, or None if that is unclear.

        noise: how far the sides are apart in doubles. A difference that is only rounding shrinks in proportion, and
        where doubles saw another one than there is, a kink was integrated over.
        """
        sides = self.easier(point, self.left, numbers), self.easier(point, self.right, numbers)
        seen = plainly_different_values(point, *sides, numbers.real)
        if sides != (self.left, self.right) and (seen is None or relative(*seen) < _FAR_APART):
            seen = plainly_different_values(point, self.left, self.right, numbers.real)
        if seen is not None and abs(seen[0] - seen[1]) >= 1e-6 * noise:
            difference = float(relative(*seen))
            if difference > EXACT_AGREEMENT:
                return Check("refuted", 1, difference, point.place(self.free), plain(seen[0]), plain(seen[1]))
        table = point.table(precise(60, numbers.real))
        try:
            left, right = value_of(table, self.left), value_of(table, self.right)
        except Undefined:
            return None
        gap, difference = abs(left - right), float(relative(left, right))
        if difference <= EXACT_AGREEMENT:
            return difference
        if gap <= 1e-35 * noise:  # both sides are 0, but for rounding
            return 0.0
        if gap < 1e-6 * noise or self.proofs >= MOST_PROOFS:
            return None
        self.proofs += 1
        shown = different_values(point, self.left, self.right, numbers.real)
        if shown is None:
            return None
        return Check("refuted", 1, difference, point.place(self.free), *shown)


def seen_at_points(left: Expression, right: Expression) -> Check | None:
    """What is found about a derivative at a point that is a number, seen from both sides; None if that says nothing.

    Where the derivative does not exist nothing is equal to it.
    """
    asked, other = (left, right) if has_point(left) else (right, left)
    for side in (asked, other):
        found = existence_of(side) if has_point(side) else None
        if found is not None and found.outcome != "exists":
            return Check("undecided", 0, reason=found.text.template, parts=found.text.slots)
    found = existence_of(asked)
    values = None if not found.values or is_left_alone(other) else found.others(other)
    if values is None:
        return None
    gaps = [gap(value, another) for value, another in zip(found.values, values, strict=True)]
    if any(map(math.isnan, gaps)):
        return Check("undecided", len(gaps), reason=UNCLEAR_SIGN)
    place = gaps.index(max(gaps))
    if not gaps[place]:
        return Check("checked", len(gaps))
    numbers = {name: float(found.numbers[place](name)) for name in sorted(left.free | right.free)}
    ours, others = (0.0 if gap(each[place], 0) == 0 else float(each[place]) for each in (found.values, values))
    return Check("refuted", len(gaps), gaps[place], numbers, *((ours, others) if asked is left else (others, ours)))
