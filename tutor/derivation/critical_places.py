"""The places on the line of one letter that have to be looked at, and what a function does between them.

    places = Places(read_critical("ln(x)*abs(x - 1)"))
    places.kinks()              # 1, where another formula begins

Between two neighbours of these places the slope keeps its sign, if all of them are known, so one look between them says
whether the function rises or falls there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import sign_of
from tutor.algebra.terms import Style
from tutor.derivation.continuity import has_value_at
from tutor.derivation.critical_kinds import derived, plainly
from tutor.derivation.critical_points import Branch, Place
from tutor.derivation.critical_problem import CriticalProblem
from tutor.derivation.equations import Root, is_same, solve
from tutor.derivation.periods import members_between
from tutor.errors import LimitError, TutorError, refused
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.piecewise import PIECEWISE
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    INFINITY,
    ZERO,
    Expression,
    derivative,
    divide,
    negate,
    node,
    postorder,
    rational,
    substitute,
)
from tutor.integration.equations import Between, linear, number_of
from tutor.integration.intervals import middle_of, resolved
from tutor.integration.sites import sites
from tutor.oracle.existence import existence_of, has_no_value, holds_there, tends_to_its_value

MOST_PLACES = 60
"""Places of one function that are looked at."""


class Spot(NamedTuple):
    """A place on the line. root: the solution that it is, None for others; kind: why it is looked at; is_defined:
    whether the function has a value there."""

    number: Expression
    value: float
    kind: Place
    is_defined: bool
    root: Root | None = None
    why: Text | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the place is not rounded."""
        return self.root is None or self.root.exact


class Piece(NamedTuple):
    """What the function does between two spots: sign of its slope, None where it has no value, 2 where not known."""

    left: float
    right: float
    sign: int | None


class Places:
    """A function of one letter, with what is known of its places so far.

    every: the letter for whole numbers in the families; level: the parts in which the slope is 0 all over;
    spots: by their values; families: infinitely many places each; course: the pieces between the spots, none where not
    all spots are known; gaps_of_families: a place without a value from each family of those; complete: whether all
    places are known; why: if not, why not; sentences: what else was proved; slope, second: the first derivatives.
    """

    def __init__(self, problem: CriticalProblem) -> None:
        self.problem, self.function = problem, problem.function
        (self.variable,) = problem.variables
        self.tidy = Tidy(Style())
        self.interval, self.between = problem.interval, problem.interval.between
        self.searched = self.within_domain()
        self.why: list[str] = []
        self.sentences: list[Text] = []
        self.complete = True
        self.families: list[Root] = []
        self.every: Expression | None = None
        self.level: list[Branch] = []
        self.spots: dict[float, Spot] = {}
        self.course: list[Piece] = []
        self.gaps_of_families: list[Expression] = []
        self.slope: Expression = ZERO
        self.second: Expression | None = None

    def within_domain(self) -> Between:
        """The interval without what linear arguments of roots and logarithms exclude; this need not be all."""
        low, high = self.between
        for site in sites(self.function, self.variable):
            if site.need in ("positive", "not negative"):
                shift, slope = linear(self.tidy(site.argument), self.variable, self.tidy)
                place = None if shift is None or slope is None else number_of(negate(divide(shift, slope)))
                if place is not None and slope is not None:
                    low, high = (max(low, place), high) if sign_of(slope) == "+" else (low, min(high, place)) if (
                        sign_of(slope) == "-") else (low, high)
        return Between(low, high) if low < high else self.between

    def is_monotonic(self) -> bool:
        """Whether the slope has a value everywhere and only rises, or only falls: then it is 0 once at most."""
        return self.second is not None and sign_of(self.second) in ("+", "-") and not any(
            sign_of(site.argument) != "+" for body in (self.function, self.slope)
            for site in sites(body, self.variable))

    @cached_property
    def may_jump(self) -> bool:
        """Whether a part of the function, such as a sign or a list of cases, jumps somewhere or may do so."""
        return any(part.head == PIECEWISE or (part.head in FUNCTIONS and bool(FUNCTIONS[part.head].jumps))
                   for part in postorder([self.function]))

    def incomplete(self, why: str) -> None:
        self.complete = False
        self.why.append(why)

    def second_of(self, slope: Expression) -> Expression | None:
        try:
            return derived(slope, self.variable).result
        except TutorError:
            return None

    def put(self, body: Expression, place: Expression) -> Expression:
        return plainly(self.tidy(substitute(body, self.variable.value, place)), self.tidy)

    def refuse_outside(self) -> None:
        """Refuse a function that has no value at some places of the interval, as far as that can be seen."""
        low, high = self.between
        if math.isfinite(low) and math.isfinite(high):
            looked = [Fraction(low) + (Fraction(high) - Fraction(low)) * step / 24 for step in range(25)]
        else:
            origin = Fraction(low if math.isfinite(low) else high if math.isfinite(high) else 0)
            looked = [place for size in _SIZES for place in (origin + size, origin - size) if low < place < high]
        if not all(has_no_value(substitute(self.function, self.variable.value, rational(each))) for each in looked):
            return
        text = str(self.function)
        if self.interval.lower is negate(INFINITY) and self.interval.upper is INFINITY:
            raise refused(text, f"No place was found at which {text} has a real value.")
        raise refused(text, f"No place was found at which {text} has a real value between {self.interval.lower} and "
                            f"{self.interval.upper}.")

    def zeros(self, root: Expression) -> list[Root]:
        """Where an expression is 0, families included; what cannot be found makes the list incomplete."""
        return self.searched_zeros(root)[0]

    def searched_zeros(self, root: Expression) -> tuple[list[Root], bool]:
        """The same, and whether these are surely all."""
        try:
            solved = solve(related(self.tidy(root), "="), self.variable, self.between)
        except LimitError:
            self.incomplete("A part of the function is too large to be looked at.")
            return [], False
        if not solved.complete:
            self.incomplete(f"Where {root} is 0 could not be found everywhere.")
        is_finite = all(root.every is None or members_between(root, self.between, self.tidy) is not None
                        for root in solved.roots)
        return self.expanded(solved.roots), solved.complete and is_finite

    def expanded(self, roots: Iterable[Root]) -> list[Root]:
        """Roots in the interval: those of a family one by one where it is finite."""
        found: list[Root] = []
        for root in roots:
            if root.every is None:
                found.append(root)
                continue
            members = members_between(root, self.between, self.tidy)
            if members is None:
                if self.every is None:
                    self.every = root.every
                renamed = root._replace(value=substitute(root.value, root.every.value, self.every), every=self.every)
                if not any(is_same(renamed, other, self.tidy) for other in self.families):
                    self.families.append(renamed)
                    if math.isfinite(self.between.low) or math.isfinite(self.between.high):
                        self.sentences.append(Text.of("Of ", related(self.variable, "=", renamed.value),
                                                      " only those in the interval count."))
            else:
                found += [Root(each, None, root.how) for each in members]
        return found

    def kinks(self) -> list[Expression] | None:
        """Where another formula begins inside the interval, from left to right; None where the function is no such one,
        or where these places are not all found exactly.

        |1/x| has another formula where 1/x jumps from one sign to the other, so places without a value are among them.
        """
        found: dict[float, Expression] = {}
        known = list(dict.fromkeys(sites(self.function, self.variable)))
        if not any(site.need == "same sign" for site in known):
            return None
        for site in known:
            if site.need not in ("same sign", "not zero"):
                continue
            roots, is_complete = self.searched_zeros(site.argument)
            if not is_complete or not all(root.exact for root in roots):
                return None
            for root in roots:
                value = number_of(root.value)
                if value is not None and self.between.low < value < self.between.high:
                    found.setdefault(value, root.value)
        return [found[value] for value in sorted(found)] if len(found) <= MOST_PLACES else None

    def branches(self, kinks: Sequence[Expression]) -> list[Branch]:
        """The formula between each two kinks, with its slope set to zero."""
        found: list[Branch] = []
        for lower, upper in pairwise([self.interval.lower, *kinks, self.interval.upper]):
            formula = self.tidy(resolved(self.function, self.variable, lower, upper))
            slope = derived(formula, self.variable)
            low, high = max(value_of(lower), self.searched.low), min(value_of(upper), self.searched.high)
            solved = solve(related(slope.result, "="), self.variable, Between(low, high),
                           self.problem.without_steps, self.problem.known)
            found.append(Branch(formula, slope, solved, lower, upper))
        return found

    def take(self, branch: Branch) -> None:
        """Remember where the slope of a branch is 0."""
        solved = branch.solved
        if not solved.complete and not solved.always:
            if len(solved.roots) == 1 and self.is_monotonic():
                self.sentences.append(Text.of("The second derivative ", related(self.second or ZERO, "!="),
                                              " keeps its sign, so the slope is 0 at no other place."))
            else:
                self.incomplete(solved.why)
        if solved.always:
            self.level.append(branch)
        if self.problem.parameters:
            return
        low = self.between.low if branch.lower is None else value_of(branch.lower)
        high = self.between.high if branch.upper is None else value_of(branch.upper)
        for root in self.expanded(solved.roots):
            value = number_of(root.value)
            if value is None:
                self.without_number(root.value)
                continue
            at_end = (value == self.between.low and self.interval.has_lower) or (
                value == self.between.high and self.interval.has_upper)
            if low < value < high or (at_end and low <= value <= high):
                self.add(root.value, value, "slope 0", root)

    def without_number(self, place: Expression) -> None:
        """Say that a place could not be looked at, such as one that is too large for the numbers."""
        if not has_no_value(place):
            self.incomplete(f"The value of {place} could not be computed, so this place was not looked at.")

    def look_at_sites(self, slopes: Sequence[Expression]) -> None:
        """Look at the places where the function or its slope may have no value."""
        for body in (self.function, *slopes):
            for site in dict.fromkeys(sites(body, self.variable)):
                for root in self.zeros(site.argument):
                    value = number_of(root.value)
                    if value is None:
                        self.without_number(root.value)
                    elif self.between.has(value):
                        is_gap = body is self.function and not self.may_jump and (
                            site.need == "not zero" or site.part.head in ("ln", "log"))
                        self.look_at(root, value, is_gap)

    def look_at(self, root: Root, value: float, is_gap: bool) -> None:
        """Look at one place where there may be no slope. is_gap: whether the function surely has no value there."""
        place = root.value
        there = substitute(self.function, self.variable.value, place)
        if is_gap or has_no_value(there):
            self.spots.pop(self.near(value), None)
            self.add(place, value, "no slope", root, is_defined=False)
            return
        known = self.spots.get(self.near(value))
        if not root.exact:
            self.add(place, value, "jump" if self.may_jump else "another formula", root)
            return
        asked = node("at", (derivative(self.function, self.variable), self.variable, place))
        existence = existence_of(asked)
        if existence.outcome == "exists":
            if known is None and existence.values and not any(existence.values):
                self.add(place, value, "slope 0", root)
            elif known is not None and known.kind != "slope 0":
                self.spots.pop(self.near(value))
            return
        finding = existence.finding
        is_end = finding is not None and finding.kind == "one_side"
        sides = [side for side in (-1, 1) if not (is_end and self.joins_on(place, side) is None)] or [-1, 1]
        jump = self.jump_at(place, sides)
        kind: Place = "jump" if jump is not None else "end of the domain" if is_end else "no slope"
        self.spots.pop(self.near(value), None)
        self.add(place, value, kind, None, why=jump or existence.text)

    def joins_on(self, place: Expression, side: int) -> bool | None:
        """Whether the function tends to its value at a place from the left (-1) or from the right (1); None where it
        has no values on that side, or where this is not known."""
        known = tends_to_its_value(self.function, self.variable, place, side)
        if known is None and has_value_at(self.function, self.variable, place, "-" if side < 0 else "+", self.tidy):
            return True
        return known

    def jump_at(self, place: Expression, sides: Iterable[int] = (-1, 1)) -> Text | None:
        """What to say of a place at which the function jumps on one of these sides, or may do so; None where it
        surely does not."""
        known = [self.joins_on(place, side) for side in sides]
        if False in known:
            return Text("the function jumps there", {})
        return Text("whether the function jumps there was not decided", {}) if None in known else None

    def add_ends(self) -> None:
        for end, value, belongs in ((self.interval.lower, self.between.low, self.interval.has_lower),
                                    (self.interval.upper, self.between.high, self.interval.has_upper)):
            if math.isfinite(value):
                there = substitute(self.function, self.variable.value, end)
                known = self.spots.pop(self.near(value), None)
                is_defined = belongs and not has_no_value(there)
                if known is not None and not known.is_defined:
                    is_defined = False
                jump = self.jump_at(end, [1 if value == self.between.low else -1]) if is_defined else None
                kind: Place = "end of the interval" if jump is None else "jump"
                self.spots[value] = Spot(end, value, kind, is_defined, why=jump)

    def add(self, number: Expression, value: float, kind: Place, root: Root | None, is_defined: bool = True,
            why: Text | None = None) -> None:
        near = self.near(value, root is not None and not root.exact)
        if near in self.spots:
            return
        if len(self.spots) >= MOST_PLACES:
            self.incomplete(f"There are more than {MOST_PLACES} places to look at.")
            return
        if is_defined and root is not None and has_no_value(substitute(self.function, self.variable.value, number)):
            is_defined = False
        self.spots[value] = Spot(number, value, kind, is_defined, root, why)

    def near(self, value: float, is_rounded: bool = False) -> float:
        """The spot that is this number but for rounding, or the number itself. is_rounded: whether it is written with
        few digits, as numbers are that were closed in or searched for."""
        for known, spot in self.spots.items():
            rounded = is_rounded or (spot.root is not None and not spot.root.exact)
            if abs(known - value) <= (_WRITTEN if rounded else _EXACT) * max(1.0, abs(value)):
                return known
        return value

    def pieces(self, branches: Sequence[Branch]) -> list[Piece]:
        ends = sorted({self.between.low, self.between.high, *self.spots})
        found = []
        for left, right in pairwise(ends):
            middle = simple_between(left, right)
            slope = next((branch.slope.result for branch in branches if branch.lower is not None
                          and (number_of(branch.lower) or 0) <= middle <= (number_of(branch.upper or ZERO) or 0)),
                         self.slope)
            sign: int | None = None
            outside = [self.is_outside(place) for place in (middle, *_others_between(left, right))]
            if not all(outside):  # one place alone may be a gap that is not among the spots, as 0 is for x^0
                found_sign = sign_at(slope, self.variable, middle) if self.is_inside(middle) else None
                is_missed = found_sign == 0 and slope is not ZERO  # a zero that is not among the spots
                sign = 2 if found_sign is None or is_missed or any(outside) else found_sign
            found.append(Piece(left, right, sign))
        return found

    def is_inside(self, place: Fraction) -> bool:
        """Whether the function surely has a value at a number between two spots."""
        return sign_at(self.function, self.variable, place) is not None

    def is_outside(self, place: Fraction) -> bool:
        """Whether it surely has none there, as far as numbers show; x^x counts as having none for negative x, although
        it has some for single numbers."""
        return has_no_value(substitute(self.function, self.variable.value, rational(place))) or any(
            site.need in ("positive", "not negative") and sign_at(site.argument, self.variable, place) == -1
            for site in sites(self.function, self.variable))


_EXACT, _WRITTEN = 1e-11, 2e-9
"""Relative differences up to which two numbers are the same place: exact ones, and those written with ten digits."""

_SIZES = tuple(Fraction(size, 1000) for size in (3, 137, 500, 911, 1700, 3100, 10_007, 51_003, 1_000_001))
"""Distances at which a value is looked for."""



def value_of(end: Expression) -> float:
    """The value of a number that is known to have one."""
    found = number_of(end)
    return math.nan if found is None else found


def sign_at(body: Expression, variable: Expression, place: Fraction) -> int | None:
    """The sign of a value; None where there is none, or none that is sure."""
    there = substitute(body, variable.value, rational(place))
    for sign, relation in ((1, ">"), (-1, "<"), (0, "=")):
        if holds_there(related(there, relation)):
            return sign
    return None


def _others_between(left: float, right: float) -> tuple[Fraction, Fraction]:
    """Two more numbers between two others, which are not likely to be special."""
    if math.isinf(left):
        left = min(right, 0.0) - 9
    low = Fraction(left)
    high = Fraction(max(left, 0.0) + 9 if math.isinf(right) else right)
    return low + (high - low) * Fraction(269, 997), low + (high - low) * Fraction(811, 997)


def simple_between(left: float, right: float) -> Fraction:
    """A short number between two others."""
    middle = middle_of(left, right)
    for denominator in (1, 2, 10, 100, 10_000, 10**8):
        short = middle.limit_denominator(denominator)
        if left < short < right:
            return short
    return middle
