"""The plane that touches a surface at a point: the linear approximation of a function of two or three letters.

    found = tutor.explain("tangent plane to x^2 + y^2 at (1, 2)")
    found.result                        # z = 2*x + 4*y - 5
    found.height                        # 2*x + 4*y - 5

That both partial derivatives exist at a point is not enough for a plane there: cbrt(x*y) has both at (0, 0). So a plane
is claimed only where the rules for the derivatives apply, as these are continuous there.
"""

from __future__ import annotations

from dataclasses import replace as replace_fields
from functools import cached_property
from typing import NamedTuple

from tutor.derivation.derivation import STANDARD, Derivation, derive_if_possible
from tutor.derivation.goal import Goal
from tutor.derivation.points import STAYS_OPEN, at_places
from tutor.derivation.simplified import simplified
from tutor.derivation.solve import Solver
from tutor.derivation.step import Block
from tutor.errors import NoProgress, TutorError
from tutor.expression.new_letters import unused
from tutor.expression.notes import Note
from tutor.expression.piecewise import PIECEWISE
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import ZERO, Expression, add, derivative, name, node, postorder, replace
from tutor.oracle.components import compare_components
from tutor.oracle.existence import Existence, existence_of, has_no_value, holds_there
from tutor.oracle.verdict import Check
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

RULES = {2: "tangent_plane", 3: "linear_in_three_letters"}
"""Number of letters -> the rule for so many."""

Places = tuple[tuple[Expression, Expression], ...]


class PlaneAsked(NamedTuple):
    """A plane that is asked for. function: of the letters of `places`, which says where it touches; height: the letter
    on the left side; target: where its height is asked for, () for the whole plane."""

    function: Expression
    places: Places
    height: Expression
    target: Places = ()

    def by(self, rule: Rule) -> RuleInstance:
        """What a rule about such planes says of it, a sound or a wrong one."""
        values = [value for place in self.places for value in place]
        return chosen_instance(rule, rule.bound(self.height, self.function, *values), name("u"))

    @property
    def instance(self) -> RuleInstance:
        return self.by(rulebook()[RULES[len(self.places)]])

    @property
    def problem(self) -> Expression:
        """The equation that stands for this question."""
        return related(self.height, "=", at_places(self.instance.after, self.target))

    def there(self, expression: Expression) -> Expression:
        return at_places(expression, self.places)

    @property
    def slopes(self) -> tuple[Expression, ...]:
        """The partial derivatives, in letters."""
        return tuple([derivative(self.function, letter) for letter, _ in self.places])


def plane(function: Expression, places: Places, target: Places = ()) -> PlaneAsked:
    """The plane of z = function; where z is one of its letters, another one stands for the height."""
    used = function.free.union(*[letter.free | value.free for letter, value in places])
    return PlaneAsked(function, places, next(unused({*used}, "zwv")), target)


def plane_asked(problem: Expression) -> PlaneAsked | None:
    """The plane for which an equation stands; None for any other equation."""
    height, right = problem.args
    target: list[tuple[Expression, Expression]] = []
    while right.head == "at":
        right, letter, value = right.args
        target.insert(0, (letter, value))
    if right.head != "sum" or right.args[0].head != "at" or height.head != "name":
        return None
    function, places = right.args[0], list[tuple[Expression, Expression]]()
    while function.head == "at":
        function, letter, value = function.args
        places.insert(0, (letter, value))
        if len(places) in RULES:
            asked = PlaneAsked(function, tuple(places), height, tuple(target))
            if asked.problem is problem:
                return asked
    return None


class TangentPlane(Derivation):
    """How a plane was found, and its height at another place, if that is asked for.

    height: the right side of its equation; result: the equation, or the height that is asked for.
    """

    is_of_equation = True

    def __init__(self, asked: PlaneAsked, notes: tuple[Note, ...] = ()) -> None:
        self.asked, self.formula = asked, asked.instance.after
        solver = Solver(self.formula, STANDARD, both_sides=True)
        found = Goal(asked.problem, asked.problem, asked.problem, ending="undecided")
        if self._without_value is None:
            try:
                found = solver.solve(self.formula)
            except NoProgress:
                if existence_of(self.formula).outcome != "missing":
                    raise
                found = solver.finish(solver.work(self.formula), self.formula, "missing")
        self.is_found = found.ending not in STAYS_OPEN and self._failing is None
        goal = Goal(asked.problem, asked.problem, asked.problem)
        if self.is_found:
            goal = replace_fields(found, problem=asked.height, instance=asked.instance,
                                  result=_numbers_last(found.result, asked.places))
        self.height = goal.result
        if self.is_found and asked.target:
            values = dict(asked.target)
            filled = replace(goal.result, values)
            goal = Goal(at_places(asked.height, asked.target), solver.tidy(filled), filled, parts=(goal,))
        super().__init__(asked.problem, solver, goal, notes, "")
        if self.is_found and not asked.target:
            self.result = related(asked.height, "=", self.height)

    @cached_property
    def _without_value(self) -> Text | None:
        """That the function has no value at the point; None where it may have one."""
        value = replace(self.asked.function, dict(self.asked.places))
        if value.free or not has_no_value(value):
            return None
        return Text("{f} has no value there", {"f": self.asked.function})

    @cached_property
    def _failing(self) -> Text | None:
        """Why the rules do not say that there is a plane; None where they do."""
        if any(part.head == PIECEWISE for part in postorder([self.asked.function])):
            return Text("for functions in cases it is not looked at whether the pieces meet smoothly", {})
        for slope in self.asked.slopes:
            found = derive_if_possible(slope)
            if found is None:
                return Text("no rule finds {slope}", {"slope": slope})
            for relation in found.assumptions:
                if holds_there(replace(relation, dict(self.asked.places))) is False:
                    return Text("the rules need {relation}, which is not so there", {"relation": relation})
        return None

    @cached_property
    def existence(self) -> Existence | None:
        """What was found of the value and the slopes at the point, if these do not give the plane."""
        return None if self.is_found or self._without_value is not None else existence_of(self.formula)

    @cached_property
    def block(self) -> Block:
        """The usual steps; none where no plane is found."""
        return super().block if self.is_found else Block(self.problem, (), self.result)

    @property
    def unsolved(self) -> Text | None:
        """Why there is no such plane, or that this could not be decided; None where there is one."""
        if self.is_found:
            return None
        if self._without_value is not None:
            return self._without_value
        if self.existence is not None and self.existence.outcome == "missing":
            return self.existence.text
        return self._failing or Text("it could not be decided whether both slopes exist there", {})

    @property
    def undefined(self) -> str:
        is_sure = self._without_value is not None or (
            self.existence is not None and self.existence.outcome == "missing")
        return self.unsolved.written() if self.unsolved is not None and is_sure else ""

    @cached_property
    def assumptions(self) -> tuple[Expression, ...]:
        """What was taken for granted at the point."""
        if not self.is_found:
            return ()
        found = {goal.problem: goal.result for goal in self.goals.values()}
        return simplified([replace(relation, found) for relation in super().assumptions], self.tidy)

    @property
    def other_methods(self) -> tuple[str, ...]:
        """None: a plane through a point is found in one way."""
        return ()

    # -- the check -------------------------------------------------------------------------------------------------

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask numbers whether two expressions agree; the letter of the height, whether the other is the plane's."""
        if left is not self.asked.height:
            return super().compare(left, right, assumptions)
        left, right = self.meaning(right)
        stand_ins = {part: name(f"p_{place}") for place, part in enumerate(map(self.asked.there, (
            self.asked.function, *self.asked.slopes)))}
        if stand_ins.keys() <= set(postorder([right])) & set(postorder([left])):  # it is a plane whatever these are
            left, right = replace(left, stand_ins), replace(right, stand_ins)
        return compare_components(self.oracle.compare, left, right, assumptions)

    def meaning(self, right: Expression) -> tuple[Expression, Expression]:
        """What it means that `right` is the height of the plane: it has the value and the slopes of the function at the
        point, and its own slopes are the same everywhere."""
        asked = self.asked
        letters = [letter for letter, _ in asked.places]
        pairs = [(asked.there(right), asked.there(asked.function))]
        pairs += [(asked.there(derivative(right, letter)), asked.there(slope))
                  for letter, slope in zip(letters, asked.slopes, strict=True)]
        pairs += [(derivative(derivative(right, one), other), ZERO) for one in letters for other in letters]
        first, second = zip(*pairs, strict=True)
        return node("tuple", first), node("tuple", second)

    @cached_property
    def check(self) -> Check:
        """What numbers found for the equation as a whole, and for the height that is asked for."""
        why = self.unsolved
        if why is not None:
            return Check("checked", 1, finding=why.template, parts=why.slots) if self.undefined else Check(
                "undecided", 0, reason=why.template, parts=why.slots)
        found = self.compare(self.asked.height, self.height, self.assumptions)
        if not self.asked.target or found.outcome != "checked":
            return found
        return super().compare(at_places(self.height, self.asked.target), self.result)


def _numbers_last(total: Expression, places: Places) -> Expression:
    """A sum with the terms behind the others in which no letter of the function stands: 2x + 4y - 5."""
    if total.head != "sum":
        return total
    letters = {letter.value for letter, _ in places}
    return add(*sorted(total.args, key=lambda term: letters.isdisjoint(term.free)))


def solved_plane(problem: Expression, notes: tuple[Note, ...] = (), method: str = "") -> TangentPlane | None:
    """The plane for which an equation stands; None for any other equation."""
    asked = plane_asked(problem)
    if asked is None:
        return None
    if method:
        raise TutorError(f"The method {method} does not apply to a tangent plane. Ask for the derivative alone.")
    return TangentPlane(asked, notes)


def wrong_plane(rule: Rule, problem: Expression) -> tuple[Expression, Expression, Check] | None:
    """What a wrong rule says of a plane that is asked for: both sides, and what numbers find of them; None of other
    problems."""
    asked = plane_asked(problem)
    if asked is None:
        return None
    wrong = asked.by(rule).after
    return asked.height, wrong, TangentPlane(asked).compare(asked.height, wrong)
