"""Critical points of a function of one letter: where its slope is 0, where it has none, and where its domain ends.

    of_one_letter(read_critical("x^2*e^-x on [0, 5]")).points

Between two neighbours of these places the slope keeps its sign, if all of them are known, so one look between them says
whether the function rises or falls there. That is the first derivative test; the second derivative is asked first.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.signs import holds, sign_of
from tutor.derivation.critical_extremes import Extremes
from tutor.derivation.critical_formula import OneFormula, in_one_formula
from tutor.derivation.critical_kinds import derived, kind_by_sign, shorter, shortest
from tutor.derivation.critical_places import Spot
from tutor.derivation.critical_points import Branch, CriticalPoint, CriticalPoints, Extreme, Kind, Place
from tutor.derivation.critical_problem import WHOLE_LINE, CriticalProblem
from tutor.derivation.equations import Root, solve
from tutor.derivation.periods import period_of, split_family, value_on_family
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    INFINITY,
    ZERO,
    Expression,
    add,
    derivative,
    negate,
    node,
    substitute,
)
from tutor.integration.equations import linear, number_of
from tutor.integration.sites import sites
from tutor.integration.zeros import ball_of
from tutor.oracle.digits import in_tree
from tutor.oracle.existence import existence_of, has_no_value, holds_there


def of_one_letter(problem: CriticalProblem) -> CriticalPoints:
    """All that is found of a function of one letter."""
    return _Search(problem).found()


class _Search(Extremes):
    """formula: the place of the minimum in one formula, where it depends on letters on which side of a kink it lies."""

    formula: OneFormula | None = None

    def found(self) -> CriticalPoints:
        variable = self.variable
        slope = derived(self.function, variable)
        has_letters = bool(self.problem.parameters)
        branches = [Branch(self.function, slope, solve(related(slope.result, "="), variable, self.searched,
                                                          self.problem.without_steps, self.problem.known))]
        if not has_letters:
            self.refuse_outside()
        is_in_pieces = has_letters and self.has_kinks_at_numbers()
        kinks = self.kinks() if is_in_pieces or not has_letters else None
        if kinks is not None or (not has_letters and branches[0].solved.always and self.may_be_level_apart(
                self.function)):
            branches = self.branches(kinks or [])
        self.formulas = branches
        self.slope = branches[0].slope.result
        second = self.second_of(self.slope) if len(branches) == 1 else None
        self.second = second
        if len(branches) == 1 and branches[0].solved.always and not self.may_be_level_apart(
                branches[0].formula):
            value = self.tidy(branches[0].formula)
            known = Extreme() if variable.value in value.free else Extreme("reached", value)
            return CriticalPoints(self.problem, (branches[0].slope,), (), tuple(branches), everywhere=True,
                                  second=((second,),) if second is not None else (), smallest=known, largest=known)
        for branch in branches:
            self.take(branch)
        if has_letters:
            points = (self.with_letters(branches[0]) if kinks is None or not is_in_pieces else
                      self.in_one_formula(self.in_pieces(branches, kinks), branches, kinks))
            if self.interval != WHOLE_LINE:
                self.incomplete("With its letters, the ends of the interval were not compared with these points.")
            if not is_in_pieces and any(True for _ in sites(self.function, variable)):
                self.incomplete("Where the function has no value or no slope depends on its letters, and was not "
                                "looked at.")
        else:
            self.look_at_sites([branch.slope.result for branch in branches])
            self.add_ends()
            points = self.classified(branches)
        for branch in self.level:
            if branch.lower is None or branch.upper is None or any(True for _ in sites(branch.formula, self.variable)):
                self.sentences.append(Text.of("The slope of ", branch.formula, " is 0 wherever it has one, so it is "
                                              "level there. Beside a gap or a jump it may have another value."))
                continue
            ends = related(branch.lower, "<", related(self.variable, "<", branch.upper))
            self.sentences.append(Text.of("For ", ends, " the function is ", branch.formula, ", so it is level there."))
        convexity = self.convexity()
        points = self.with_extremes(points, convexity)
        taken = [each for branch in branches for each in branch.slope.assumptions]
        assumptions = tuple(dict.fromkeys(
            shorter(each, self.tidy) for each in taken
            if variable.value not in each.free and not holds(each, self.problem.known)))
        return CriticalPoints(
            self.problem, tuple(dict.fromkeys(branch.slope for branch in branches)), tuple(points), tuple(branches),
            second=() if second is None else ((second,),), complete=self.complete and not self.level,
            why=tuple(dict.fromkeys([*self.why, *[_LEVEL] * bool(self.level)])), sentences=tuple(self.sentences),
            convexity=convexity, assumptions=assumptions, ends=self.ends, smallest=self.smallest,
            largest=self.largest, formula=self.formula)

    def may_be_level_apart(self, formula: Expression) -> bool:
        """Whether a function whose slope is 0 can have different values: beside a jump, as the sign has, or beside a
        gap, as atan(x) + atan(1/x) has."""
        return self.variable.value in self.tidy(self.function).free and (
            self.may_jump or any(True for _ in sites(formula, self.variable)))

    # -- what kind -----------------------------------------------------------------------------------------------------

    def classified(self, branches: Sequence[Branch]) -> list[CriticalPoint]:
        self.course = self.pieces(branches) if self.complete and not self.families else []
        points: list[CriticalPoint] = []
        for value in sorted(self.spots):
            spot = self.spots[value]
            if spot.is_defined:
                points.append(self.point(spot))
        for family in self.families:
            points += self.members_of(family)
        return points

    def point(self, spot: Spot) -> CriticalPoint:
        left = next((piece.sign for piece in self.course if piece.right == spot.value), None)
        right = next((piece.sign for piece in self.course if piece.left == spot.value), None)
        how = "rules" if spot.root is None else spot.root.how
        kind, because = self.kind_at(spot, left, right)
        value = self.put(self.function, spot.number)
        exact = spot.root is None or spot.root.exact
        if not exact:
            there = number_of(value)
            value = value if there is None else in_tree(there, 10)
        return CriticalPoint({self.variable.value: spot.number}, value, kind, because, spot.kind, how=how,
                             exact=exact)

    def kind_at(self, spot: Spot, left: int | None, right: int | None) -> tuple[Kind, Text]:
        """Whether there is a minimum or a maximum, and why."""
        if spot.kind == "slope 0" and self.second is not None and (spot.root is None or spot.root.exact):
            bent = self.put(self.second, spot.number)
            for sign, kind in _BY_SIGN:
                if not bent.free and holds_there(related(bent, sign)):
                    return kind, Text.of("second derivative ", related(bent, sign) if bent.size < _SHORT else
                                         "positive" if sign == ">" else "negative")
        if spot.kind == "slope 0" and spot.root is not None and spot.root.between is not None and (
                self.second is not None):
            low, high = spot.root.between
            ball = ball_of(self.second, self.variable, float(low + high) / 2, float(high - low))
            if ball is not None and not ball.may_be_0:
                is_up = ball.middle > 0
                return ("minimum" if is_up else "maximum"), Text(
                    f"second derivative {'positive' if is_up else 'negative'} all round it", {})
        if not self.course:
            return "undecided", Text("not all places are known, so the sign of the slope beside it is not", {})
        if spot.kind == "jump":
            return "undecided", spot.why or Text("whether the function jumps there was not decided", {})
        if left is None or right is None:
            if left is right:
                return "undecided", Text("the function has a value at this place alone", {})
            side = right if left is None else left
            if side in (1, -1):
                said = f"it {_DOES[side]} {'from here on' if left is None else 'up to here'}"
                return ("minimum" if (side == 1) is (left is None) else "maximum"), Text(said, {})
            return "undecided", Text("the slope beside it was not decided" if side == 2 else "it is level there", {})
        if 2 in (left, right):
            return "undecided", Text("the slope beside it was not decided", {})
        if left == right:
            if left == 0:
                return "undecided", Text("it is level on both sides", {})
            return "neither", Text(f"it {_DOES[left]} on both sides", {})
        said = f"it {_DOES[left]} before and {_DOES[right]} after"
        return ("minimum" if left <= 0 <= right else "maximum"), Text(said, {})

    def members_of(self, family: Root) -> list[CriticalPoint]:
        """The points of a family, apart where they are of different kinds."""
        period = period_of(self.slope, self.variable, self.tidy)
        parts = split_family(family, period, self.tidy)
        found = [point for part in parts if (point := self.member(part, period)) is not None]
        if len(found) == len(parts) and len({(each.kind, each.value) for each in found}) == 1:
            return [found[0]._replace(at={self.variable.value: family.value})]
        return found

    def member(self, part: Root, period: Expression | None) -> CriticalPoint | None:
        """The points of a family that are all alike; None where the function has no value at them."""
        assert part.every is not None
        first = self.tidy(substitute(part.value, part.every.value, ZERO))
        if all(has_no_value(substitute(self.function, self.variable.value, place)) for place in part.members()):
            self.gaps_of_families.append(first)
            return None
        value = value_on_family(self.function, self.variable, part, self.tidy)
        kind: Kind = "undecided"
        because = Text("whether it is a minimum depends on which of them it is", {})
        slope = existence_of(node("at", (derivative(self.function, self.variable), self.variable, first)))
        if slope.outcome != "exists":
            made = CriticalPoint({self.variable.value: part.value}, value, "minimum", slope.text, "no slope",
                                 every=(part.every,), how=part.how)
            upper = made._replace(kind="maximum")
            return next((each for each in (made, upper) if self.is_bound(each)), made._replace(kind="undecided"))
        if period is not None:
            bent = None if self.second is None else self.put(self.second, first)
            if bent is not None and holds_there(related(bent, ">")):
                kind, because = "minimum", Text.of("second derivative ", related(bent, ">"), " at each of them")
            elif bent is not None and holds_there(related(bent, "<")):
                kind, because = "maximum", Text.of("second derivative ", related(bent, "<"), " at each of them")
            else:
                kind, because = self.beside(first)
        return CriticalPoint({self.variable.value: part.value}, value, kind, because, every=(part.every,), how=part.how)

    def beside(self, place: Expression) -> tuple[Kind, Text]:
        """The kind at a place of a periodic slope by the third derivative, where the second is 0."""
        third = None if self.second is None else self.second_of(self.second)
        there = None if third is None else self.put(third, place)
        if there is not None and holds_there(related(there, "!=")):
            return "neither", Text("second derivative 0, third not 0: the slope keeps its sign", {})
        return "undecided", Text("second derivative 0: this test does not decide", {})

    def with_letters(self, branch: Branch) -> list[CriticalPoint]:
        """The points of a function with other letters, whose kind may depend on these."""
        found = []
        kinks = [site.argument for site in sites(self.function, self.variable) if site.need == "same sign"]
        for root in branch.solved.roots:
            every = () if root.every is None else (root.every,)
            assuming = tuple(dict.fromkeys(shorter(each, self.tidy) for each in (
                *root.assuming, *self.in_interval(root.value))))
            value = shortest(self.put(self.function, root.value), self.tidy)
            point = CriticalPoint({self.variable.value: root.value}, value, "undecided", _KINK, "no slope", every=every,
                                  how=root.how, assuming=assuming)
            if all(self.put(kink, root.value) is not ZERO for kink in kinks):
                bent = None if self.second is None else self.put(self.second, root.value)
                kind, because, conditions = kind_by_sign(bent, self.tidy, assuming,
                                                         self.problem.known)
                point = point._replace(kind=kind, because=because, place="slope 0", conditions=conditions)
            found.append(point)
        return found

    def in_interval(self, place: Expression) -> list[Expression]:
        """What has to be true of letters for a place to lie in the interval."""
        low, high = self.interval.lower, self.interval.upper
        found = [related(place, ">=" if self.interval.has_lower else ">", low)] if low is not negate(INFINITY) else []
        found += [related(place, "<=" if self.interval.has_upper else "<", high)] if high is not INFINITY else []
        return [each for each in found if each.free]

    def has_kinks_at_numbers(self) -> bool:
        """Whether the function only lacks a slope where another formula begins, and each such place is one number."""
        found = list(sites(self.function, self.variable))
        return bool(found) and self.interval == WHOLE_LINE and all(
            site.need == "same sign" and site.argument.free == self.variable.free
            and linear(self.tidy(site.argument), self.variable, self.tidy)[1] is not None for site in found)

    def in_pieces(self, branches: Sequence[Branch], kinks: Sequence[Expression]) -> list[CriticalPoint]:
        """The points of a function with other letters that has one formula between each two kinks: a zero of the slope
        of one of them counts only if it lies there, and a kink if the slope changes its sign."""
        found: list[CriticalPoint] = []
        seconds = [self.second_of(branch.slope.result) for branch in branches]
        for place, branch in enumerate(branches):
            if place:
                found.append(self.kink(kinks[place - 1], branches[place - 1:place + 1], seconds[place - 1:place + 1]))
            for root in branch.solved.roots:
                inside = [related(root.value, sign, end) for sign, end in ((">", branch.lower), ("<", branch.upper))
                          if end is not None and end not in (INFINITY, negate(INFINITY))]
                if root.every is not None or any(holds_there(related(each.args[0], _OPPOSITE[each.value], each.args[1]))
                                                 for each in inside if not each.free):
                    continue
                assuming = tuple(dict.fromkeys(shorter(each, self.tidy) for each in (
                    *root.assuming, *[each for each in inside if each.free])))
                second = seconds[place]
                bent = None if second is None else self.put(second, root.value)
                kind, because, conditions = kind_by_sign(bent, self.tidy, assuming, self.problem.known)
                value = shortest(self.put(branch.formula, root.value), self.tidy)
                found.append(CriticalPoint({self.variable.value: root.value}, value, kind, because, how=root.how,
                                           conditions=conditions, assuming=assuming))
        return found

    def in_one_formula(self, points: list[CriticalPoint], branches: Sequence[Branch],
                       kinks: Sequence[Expression]) -> list[CriticalPoint]:
        """The points, one of which is the minimum: with one kink between two formulas whose slopes only rise and are 0
        once each. Where that depends on letters the points stay as they are."""
        known = self.problem.known
        if len(kinks) != 1 or len(branches) != 2 or any(point.place == "jump" for point in points):
            return points
        if any(len(branch.solved.roots) != 1 or not branch.solved.complete for branch in branches):
            return points
        roots = [branch.solved.roots[0] for branch in branches]
        bends = [self.second_of(branch.slope.result) for branch in branches]
        if any(root.assuming or not root.exact or root.every is not None for root in roots) or any(
                bent is None or sign_of(bent, known) != "+" for bent in bends):
            return points
        (kink,), (left, right) = kinks, [root.value for root in roots]
        self.formula = in_one_formula(left, right, kink, known, self.problem.given, self.tidy)
        if self.formula is None or self.formula.assumed or self.formula.check.outcome == "refuted":
            return points
        neither = tuple(shorter(related(place, sign, kink), self.tidy) for place, sign in ((left, ">="), (right, "<=")))
        return [point._replace(kind="minimum", is_global=True, conditions=(), because=Text(
            "it falls before and rises after", {}), assuming=neither) if point.at[self.variable.value] is kink
            else point._replace(is_global=True) for point in points]

    def kink(self, place: Expression, branches: Sequence[Branch],
             seconds: Sequence[Expression | None]) -> CriticalPoint:
        """What is at a kink by the slopes before and after it. Where a slope is 0 there, the bend of the formula on
        that side has to show that it keeps the sign that it has beside it."""
        value = self.put(self.function, place)
        at = {self.variable.value: place}
        if any(self.tidy(add(self.put(branch.formula, place), negate(value))) is not ZERO for branch in branches):
            return CriticalPoint(at, value, "undecided", Text("the function may jump there", {}), "jump")
        before, after = (self.put(branch.slope.result, place) for branch in branches)
        place_kind: Place = "slope 0" if before is after is ZERO else "no slope"
        bends = {"" if each is None else sign_of(each) for each in seconds}
        conditions: list[tuple[Expression, Kind]] = []
        for kind, sign, bent in _AT_KINKS:
            sign += "=" * (bends <= bent)
            left = _open_ones([related(before, sign), related(ZERO, sign, after)])
            if left == []:
                return CriticalPoint(at, value, kind, Text.of(
                    "the slope is ", before, " before it and ", after, " after it"), place_kind)
            if left is not None:
                chain = left[0] if len(left) == 1 else related(before, sign, left[1])
                conditions.append((chain, kind))
        wheres: list[Text | str | Expression] = []
        for relation, kind in conditions:
            wheres += [", " * bool(wheres) + f"{kind} if ", relation]
        said = Text.of(*wheres) if wheres else Text("the slopes beside it do not decide", {})
        return CriticalPoint(at, value, "undecided", said, place_kind, conditions=tuple(conditions))


def _open_ones(relations: Sequence[Expression]) -> list[Expression] | None:
    """Those of some relations that depend on letters; None where one of them is not true."""
    decided = [None if each.free else holds_there(each) for each in relations]
    if False in decided:
        return None
    return [each for each, holds in zip(relations, decided, strict=True) if not holds]


_BY_SIGN: tuple[tuple[str, Kind], ...] = ((">", "minimum"), ("<", "maximum"))
_KINK = Text("another formula begins there, and with its letters that was not looked at", {})
_LEVEL = "Where the function is level every point is critical; these are not listed."
_AT_KINKS: tuple[tuple[Kind, str, set[str]], ...] = (
    ("minimum", "<", {"+", "0+", "0"}), ("maximum", ">", {"-", "0-", "0"}))
_OPPOSITE = {">": "<=", "<": ">="}
_SHORT = 12
"""The size up to which a second derivative is shown."""

_DOES = {-1: "falls", 0: "is level", 1: "rises", 2: ""}


