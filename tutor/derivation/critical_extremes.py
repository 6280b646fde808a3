"""The smallest and the largest of all values of a function of one letter, and where there is none.

    of_one_letter(read_critical("x^4 - 2*x^2")).largest.outcome         # "unbounded": towards infinity and -infinity

Between two neighbours of the places that were looked at a function only rises, or only falls. So none of its values is
smaller than all its values at these places and all its limits at the open ends of its domain: towards infinity, towards
a gap such as a pole, and towards an end that does not belong to the interval.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from tutor.algebra.signs import sign_of
from tutor.derivation.critical_places import Places, value_of
from tutor.derivation.critical_points import Branch, Convexity, CriticalPoint, End, Extreme, Kind
from tutor.derivation.derivation import Derivation, derive
from tutor.derivation.periods import period_of
from tutor.errors import TutorError
from tutor.expression.relations import related
from tutor.expression.tree import INFINITY, ZERO, Expression, add, negate, node, substitute
from tutor.integration.equations import number_of
from tutor.integration.sites import sites
from tutor.oracle.existence import holds_there

MOST_ENDS = 12
"""Open ends of a domain at which the limit is looked for."""


class Extremes(Places):
    """A function of one letter, with what is known of it as a whole.

    formulas: those that it has, from left to right; ends: the open ends of its domain; smallest, largest: what is known
    of its smallest and its largest value.
    """

    formulas: Sequence[Branch] = ()
    ends: tuple[End, ...] = ()
    smallest = largest = Extreme()

    def convexity(self) -> Convexity:
        """Whether the second derivative has one sign all over the domain, which has to be one interval."""
        if self.second is None or (self.problem.parameters and any(
                True for _ in sites(self.function, self.variable))):
            return ""
        known = self.problem.known
        if not self.problem.parameters:
            inside = [piece for piece in self.course if piece.sign is not None]
            if not inside or not self.is_one_interval():
                return ""
            if inside[0].left >= 0:
                known[self.variable] = "+"
            elif inside[-1].right <= 0:
                known[self.variable] = "-"
        return _CONVEXITY.get(sign_of(self.second, known), "")

    def is_one_interval(self) -> bool:
        """Whether the domain has no gap, and the function a slope all over it."""
        inside = [piece for piece in self.course if piece.sign is not None]
        for one, other in pairwise(inside):
            spot = self.spots.get(one.right)
            if one.right != other.left or spot is None or not spot.is_defined or spot.kind != "slope 0":
                return False
        return True

    # -- limits --------------------------------------------------------------------------------------------------------

    def look_at_ends(self) -> None:
        """Find the limits at the open ends of the domain, as far as these are known."""
        if self.problem.parameters:
            return
        found: list[End] = []
        for place, side in self.open_places():
            if len(found) == MOST_ENDS:
                break
            end = self.end(place, side)
            if end is not None:
                found.append(end)
        self.ends = tuple(found)

    def open_places(self) -> Iterator[tuple[Expression, str]]:
        """The open ends of the domain, and from which side each is approached: "+" from larger numbers, "-" from
        smaller ones."""
        if self.interval.lower is negate(INFINITY):
            yield self.interval.lower, "+"
        gaps = {value: spot for value, spot in sorted(self.spots.items()) if not spot.is_defined and spot.is_exact}
        for value, spot in gaps.items():
            for side in "-+":
                if (value > self.between.low if side == "-" else value < self.between.high):
                    yield spot.number, side
        for place in self.gaps_of_families:
            yield place, "-"
            yield place, "+"
        if self.interval.upper is INFINITY:
            yield self.interval.upper, "-"

    def end(self, place: Expression, side: str) -> End | None:
        """The limit at one end; None where the function has no values on that side."""
        if self.course and not any(piece.sign is not None for piece in self.course
                                   if number_of(place) == (piece.left if side == "+" else piece.right)):
            return None
        limit = limit_of(self.formula_beside(place, side), self.variable, place, side)
        if limit is None:
            return None if not self.course else End(place, side)
        return End(place, side, limit, limit.result if is_sure(limit) else None)

    def formula_beside(self, place: Expression, side: str) -> Expression:
        """The formula that the function has on one side of a place."""
        value = value_of(place)
        for branch in self.formulas:
            low, high = value_of(branch.lower or negate(INFINITY)), value_of(branch.upper or INFINITY)
            if (low <= value < high) if side == "+" else (low < value <= high):
                return branch.formula
        return self.function

    # -- smallest and largest ------------------------------------------------------------------------------------------

    def with_extremes(self, points: list[CriticalPoint], convexity: str) -> list[CriticalPoint]:
        """The points with the smallest and the largest of all values marked, where they are proved to be that."""
        if self.is_periodic(points):
            points = [each._replace(is_global=self.is_extreme(each, points)) for each in points]
        else:
            self.look_at_ends()
            points = self.marked(points, convexity)
        self.smallest, self.largest = (self.extreme(wanted, points) for wanted in _WANTED)
        return points

    def marked(self, points: list[CriticalPoint], convexity: str) -> list[CriticalPoint]:
        if convexity and not self.course:
            wanted: Kind = "minimum" if convexity == "convex" else "maximum"
            return [each._replace(is_global=True, kind=wanted, conditions=()) if each.place == "slope 0" else each
                    for each in points]
        points = [each._replace(is_global=each.is_global or self.is_bound(each)) for each in points]
        if not self.is_followed:
            return points
        return [each._replace(is_global=True) if self.is_beyond_all(each, points) else each for each in points]

    def is_periodic(self, points: Sequence[CriticalPoint]) -> bool:
        """Whether the function has a value everywhere and repeats all of them, so its points have the extremes."""
        is_smooth = not any(True for _ in sites(self.function, self.variable))
        is_known = all(each.value is not None and not each.value.free for each in points)
        return bool(self.families) and self.complete and is_smooth and not self.spots and is_known and (
            period_of(self.function, self.variable, self.tidy) is not None)

    @property
    def is_followed(self) -> bool:
        """Whether it is known of every piece of the domain whether the function rises or falls there, without jumps."""
        return any(piece.sign is not None for piece in self.course) and not any(
            piece.sign == 2 for piece in self.course) and not any(
            spot.kind == "jump" for spot in self.spots.values())

    def is_beyond_all(self, point: CriticalPoint, points: Sequence[CriticalPoint]) -> bool:
        """Whether no value at another point, and no limit that matters, is smaller (or larger)."""
        if not self.is_extreme(point, points):
            return False
        ends = self.ends_that_matter(point.kind)
        return ends is not None and point.value is not None and all(
            end.value is not None and _is_beyond(point.kind, point.value, end.value, point.exact) for end in ends)

    def is_extreme(self, point: CriticalPoint, points: Sequence[CriticalPoint]) -> bool:
        """Whether no other point has a smaller (or larger) value."""
        return point.kind in _FALLING and all(self.is_beyond(point, other) for other in points if other is not point)

    def is_beyond(self, point: CriticalPoint, other: CriticalPoint) -> bool:
        """Whether the value at a point is no larger (or no smaller) than at another one."""
        if point.value is None or other.value is None:
            return False
        is_exact = point.exact and other.exact
        if not is_exact and self.is_even and self.is_mirrored(point, other):
            return True
        return _is_beyond(point.kind, point.value, other.value, is_exact)

    @cached_property
    def is_even(self) -> bool:
        """Whether the function has the same values at x and at -x."""
        mirrored = self.tidy(substitute(self.function, self.variable.value, negate(self.variable)))
        return mirrored is self.tidy(self.function)

    def is_mirrored(self, point: CriticalPoint, other: CriticalPoint) -> bool:
        return self.tidy(add(point.at[self.variable.value], other.at[self.variable.value])) is ZERO

    def is_bound(self, point: CriticalPoint) -> bool:
        """Whether the sign of what the function is beyond this value shows that no value is smaller (or larger)."""
        if point.value is None or point.value.free or point.kind not in _FALLING or not point.exact:
            return False
        sign = sign_of(self.tidy(add(self.function, negate(point.value))))
        return sign in (("0+", "+") if point.kind == "minimum" else ("0-", "-"))

    def ends_that_matter(self, wanted: Kind) -> list[End] | None:
        """The open ends towards which the function falls (or rises), so that its values there could be the smallest (or
        largest) ones; None if the limit at one of them is not known."""
        found: list[End] = []
        known = {(number_of(end.place), end.side): end for end in self.ends}
        for piece in self.course:
            for value, side, rising in ((piece.left, "+", 1), (piece.right, "-", -1)):
                spot = self.spots.get(value)
                is_open = piece.sign is not None and (spot is None or not spot.is_defined)
                if is_open and piece.sign != rising * _FALLING[wanted]:
                    end = known.get((value if spot is None else number_of(spot.number), side))
                    if end is None or end.value is None:
                        return None
                    found.append(end)
        return found

    def extreme(self, wanted: Kind, points: Sequence[CriticalPoint]) -> Extreme:
        """What is known of the smallest (or largest) of all values."""
        best = next((each for each in points if each.kind == wanted and each.is_global), None)
        if best is not None:
            return Extreme("reached", best.value)
        far = negate(INFINITY) if wanted == "minimum" else INFINITY
        without_bound = tuple(end for end in self.ends if end.value is far)
        if without_bound:
            return Extreme("unbounded", None, without_bound)
        ends = self.ends_that_matter(wanted) if self.is_followed else None
        if not ends or any(piece.sign == 0 for piece in self.course):
            return Extreme()
        limits = [end.value for end in ends if end.value is not None]
        bound = next((each for each in limits if all(_is_beyond(wanted, each, other) for other in limits)), None)
        if bound is None or not all(point.value is not None and _is_beyond(
                wanted, bound, point.value, point.exact, strictly=True) for point in points):
            return Extreme()
        return Extreme("approached", bound, tuple(
            end for end in ends if end.value is not None and _is_beyond(wanted, end.value, bound)))


def limit_of(body: Expression, variable: Expression, place: Expression, side: str = "") -> Derivation | None:
    """The limit of an expression, from one side if the place is a number; None where there are no values on that side,
    or where the rules do not reach so far."""
    try:
        return derive(node("limit", (body, variable, place), "" if place in (INFINITY, negate(INFINITY)) else side))
    except TutorError:
        return None


def is_sure(limit: Derivation) -> bool:
    """Whether a limit was found and confirmed, without assumptions."""
    return limit.unsolved is None and limit.checked is True and not limit.assumptions and (
        not limit.result.free) and number_of(limit.result) is not None


def _is_beyond(wanted: Kind, one: Expression, other: Expression, is_exact: bool = True, strictly: bool = False) -> bool:
    """Whether one number is surely at most another one, or at least as large where a maximum is wanted. They may be
    infinite; those that are rounded have to be clearly apart."""
    low, high = (one, other) if wanted == "minimum" else (other, one)
    ends = number_of(low), number_of(high)
    if None in ends:
        return False
    start, stop = (float(each or 0) for each in ends)
    if math.isinf(start) or math.isinf(stop):
        return start < stop or (start == stop and not strictly)
    if is_exact:
        return holds_there(related(low, "<" if strictly else "<=", high)) is True
    return stop - start > _CLEAR * max(1.0, abs(start))


_WANTED: tuple[Kind, Kind] = ("minimum", "maximum")
_FALLING = {"minimum": -1, "maximum": 1}
"""The sign of the slope before a place that is no such extreme, towards which the function goes on."""

_CLEAR = 1e-6
_CONVEXITY: dict[str, Convexity] = {"+": "convex", "0+": "convex", "-": "concave", "0-": "concave"}
