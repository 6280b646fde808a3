"""The line that touches a curve at a point, and the line perpendicular to it there.

    found = tutor.explain("tangent to x^2 at 3")
    found.result                        # y = 6*x - 9
    found.height                        # 6*x - 9

A tangent is asked for by the equation that its rule states. Numbers check it by what a tangent is: a straight line that
has the height and the slope of the curve at the point.
"""

from __future__ import annotations

from dataclasses import replace as replace_fields
from functools import cached_property
from typing import NamedTuple

from tutor.derivation.derivation import STANDARD, Derivation, derive_if_possible
from tutor.derivation.goal import Goal
from tutor.derivation.points import STAYS_OPEN
from tutor.derivation.simplified import simplified
from tutor.derivation.solve import Solver
from tutor.derivation.step import Block
from tutor.errors import NoProgress, TutorError
from tutor.expression.new_letters import unused
from tutor.expression.notes import Note
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    INFINITY,
    ONE,
    TWO,
    ZERO,
    Expression,
    derivative,
    multiply,
    name,
    negate,
    node,
    postorder,
    replace,
    substitute,
)
from tutor.oracle.components import compare_components
from tutor.oracle.existence import Existence, existence_of
from tutor.oracle.verdict import Check
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook


class TangentAsked(NamedTuple):
    """A tangent or a normal that is asked for. curve: the right side of y = ...; variable, point: where it touches;
    height: the letter on the left side; rule: which line it is; target: where its height is asked for, None for the
    whole line."""

    curve: Expression
    variable: Expression
    point: Expression
    height: Expression
    rule: Rule
    target: Expression | None = None

    @property
    def instance(self) -> RuleInstance:
        """What the rule says of this line."""
        bindings = self.rule.bound(self.height, self.curve, self.variable, self.point)
        return chosen_instance(self.rule, bindings, name("u"))

    @property
    def problem(self) -> Expression:
        """The equation that stands for this question."""
        return related(self.height, "=", self.at_target(self.instance.after))

    @property
    def is_normal(self) -> bool:
        return self.rule is rulebook()["normal_line"]

    def at_point(self, expression: Expression) -> Expression:
        return node("at", (expression, self.variable, self.point))

    def at_target(self, expression: Expression) -> Expression:
        return expression if self.target is None else node("at", (expression, self.variable, self.target))

    @property
    def slope(self) -> Expression:
        """The slope of the curve at the point, as a problem."""
        return self.at_point(derivative(self.curve, self.variable))


def tangent(curve: Expression, variable: Expression, point: Expression, is_normal: bool = False,
            target: Expression | None = None) -> TangentAsked:
    """The tangent or the normal of y = curve; where the curve has a letter y, another one stands for the height."""
    height = next(unused({*curve.free, *point.free, *variable.free}, "yzwv"))
    rule = rulebook()["normal_line" if is_normal else "tangent_line"]
    return TangentAsked(curve, variable, point, height, rule, target)


def tangent_asked(problem: Expression) -> TangentAsked | None:
    """The line for which an equation stands; None for any other equation."""
    height, right = problem.args
    target = None
    if right.head == "at" and right.args[0].head == "sum":
        right, _, target = right.args
    if right.head != "sum" or right.args[0].head != "at" or height.head != "name":
        return None
    curve, variable, point = right.args[0].args
    for rule in (rulebook()["tangent_line"], rulebook()["normal_line"]):
        line = TangentAsked(curve, variable, point, height, rule, target)
        if line.problem is problem:
            return line
    return None


def meaning_of_line(right: Expression, across: Expression, place: Expression, height: Expression, slope: Expression,
                    is_normal: bool) -> tuple[Expression, Expression]:
    """What it means that `right` is the height of a tangent or normal, as two lists that have to be equal: the line is
    straight and goes through the point of the curve; a tangent has the slope of the curve there, and a normal one that
    is perpendicular to it. across: the letter along the line; place, height: the point; slope: that of the curve."""
    own = node("at", (derivative(right, across), across, place))
    pairs = ((node("at", (right, across, place)), height), (multiply(own, slope), negate(ONE)) if is_normal else (
        own, slope), (derivative(right, across, TWO), ZERO))
    first, second = zip(*pairs, strict=True)
    return node("tuple", first), node("tuple", second)


class Tangent(Derivation):
    """How a tangent or a normal was found, and its height at another place, if that is asked for.

    height: the right side of its equation; result: the equation, x = 0 for a vertical line, or the height that is asked
    for; formula: what the rule says, before anything in it is found.
    """

    is_of_equation = True

    def __init__(self, line: TangentAsked, notes: tuple[Note, ...] = ()) -> None:
        self.line, self.formula = line, line.instance.after
        solver = Solver(self.formula, STANDARD, both_sides=True)
        try:
            found = solver.solve(self.formula)
        except NoProgress:
            if existence_of(self.formula).outcome != "missing":
                raise
            found = solver.finish(solver.work(self.formula), self.formula, "missing")
        has_line = found.ending not in STAYS_OPEN
        goal = replace_fields(found, problem=line.height, instance=line.instance) if has_line else found
        self.height = goal.result
        if has_line and line.target is not None:
            asked = line.at_target(line.height)
            filled = substitute(goal.result, line.variable.value, line.target)
            goal = Goal(asked, solver.tidy(filled), filled, parts=(goal,))
        super().__init__(line.problem, solver, goal, notes, "")
        self.is_left_as_it_is = has_line and line.target is None and not line.is_normal and (
            _is_nested(goal.result, line.variable) and _MUCH_SHORTER * goal.result.size >= goal.joined.size)
        if self.is_left_as_it_is:
            self.height = goal.joined
        if self.upright is not None:
            self.result = self.upright
        elif has_line and line.target is None:
            self.result = related(line.height, "=", self.height)

    @cached_property
    def block(self) -> Block:
        """The usual steps; where tidying would only make the equation longer, it stays as a point and a slope."""
        block = super().block
        if not self.is_left_as_it_is:
            return block
        items = list(block.items)
        while "tidy" in getattr(items[-1], "rule", self.line.rule).tags:
            items.pop()
        return replace_fields(block, items=tuple(items), result=self.height)

    @cached_property
    def existence(self) -> Existence | None:
        """What was found of the height and the slope of the curve at the point, if these do not give the line."""
        return existence_of(self.formula) if self.goal.ending in STAYS_OPEN else None

    @property
    def unsolved(self) -> Text | None:
        """Why there is no such line, or that this could not be decided; None where there is one."""
        return None if self.existence is None or self.upright is not None else self.existence.text

    @cached_property
    def upright(self) -> Expression | None:
        """The equation of the line where it has no slope: x = 0 for the tangent to cbrt(x) at 0. None where it has one,
        and where that is not certain."""
        line = self.line
        if self.existence is None or self.existence.outcome != "missing" or line.target is not None:
            return None
        if line.is_normal and self._slope_of_curve is ZERO:
            return related(line.variable, "=", line.point)
        if not self._is_steep:
            return None
        if not line.is_normal:
            return related(line.variable, "=", line.point)
        return related(line.height, "=", self.tidy(substitute(line.curve, line.variable.value, line.point)))

    @property
    def about_upright(self) -> Text:
        """How it is known that the line is vertical, or horizontal beside a steep curve; without a full stop."""
        line = self.line
        slots = {"f": line.curve, "x": line.variable, "a": line.point}
        if self._slope_of_curve is ZERO:
            return Text("the slope of {f} is 0 where {x} = {a}, so the normal is vertical", slots)
        what = "normal is horizontal" if line.is_normal else "tangent is vertical"
        return Text(f"the slope of {{f}} grows without bound on both sides of {{x}} = {{a}}, so the {what}", slots)

    @cached_property
    def _slope_of_curve(self) -> Expression | None:
        found = derive_if_possible(self.line.slope)
        return None if found is None or found.unsolved is not None else found.result

    @cached_property
    def _is_steep(self) -> bool:
        """Whether the slope goes to infinity on both sides of the point, where the curve does not jump."""
        finding = None if self.existence is None else self.existence.finding
        if finding is None or finding.kind != "steep":
            return False
        slope = derivative(self.line.curve, self.line.variable)
        sides = (derive_if_possible(node("limit", (slope, self.line.variable, self.line.point), side)) for side in "+-")
        return all(found is not None and found.checked is True and found.result in (INFINITY, negate(INFINITY))
                   for found in sides)

    @cached_property
    def assumptions(self) -> tuple[Expression, ...]:
        """What was taken for granted, with the slope for what stands for it."""
        if self.existence is not None:
            return ()
        found = {goal.problem: goal.result for goal in self.goals.values()}
        return simplified([replace(relation, found) for relation in super().assumptions], self.tidy)

    @property
    def other_methods(self) -> tuple[str, ...]:
        """None: a line through a point is found in one way."""
        return ()

    # -- the check -------------------------------------------------------------------------------------------------

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask numbers whether two expressions agree; the letter of the height, whether the other is the line's."""
        if left is not self.line.height:
            return super().compare(left, right, assumptions)
        return compare_components(self.oracle.compare, *self.meaning(right), assumptions)

    def meaning(self, right: Expression) -> tuple[Expression, Expression]:
        """What it means that `right` is the height of the line."""
        line = self.line
        return meaning_of_line(right, line.variable, line.point, line.at_point(line.curve), line.slope, line.is_normal)

    @cached_property
    def check(self) -> Check:
        """What numbers found for the equation as a whole, and for the height that is asked for."""
        if self.upright is not None:
            return Check("checked", 1, finding=self.about_upright.template, parts=self.about_upright.slots)
        if self.existence is not None and self.existence.outcome == "missing":
            why = self.existence.text
            return Check("checked", 1, finding=f"seen from both sides: {why.template}", parts=why.slots)
        if self.existence is not None:
            return Check("undecided", 0, reason=self.existence.reason)
        found = self.compare(self.line.height, self.height, self.assumptions)
        if self.line.target is None or found.outcome != "checked":
            return found
        return self.compare(self.line.at_target(self.height), self.result)

    @cached_property
    def checked(self) -> bool | None:
        """As for other derivations; a vertical line rests on what was seen from both sides."""
        return True if self.existence is not None and self.check.outcome == "checked" else super().checked


def _is_nested(height: Expression, variable: Expression) -> bool:
    """Whether the variable stands inside a bracket, as in 1/2 + sqrt(3)*(6*x - pi)/12, where the slope is not seen."""
    terms = height.args if height.head == "sum" else (height,)
    return any(part.head == "sum" and variable.value in part.free for part in postorder(terms))


_MUCH_SHORTER = 1.4
"""How many times shorter an equation has to be than the one with a point and a slope, to be told instead."""


def solved_tangent(problem: Expression, notes: tuple[Note, ...] = (), method: str = "") -> Tangent:
    """The line for which an equation stands. Raises TutorError for any other equation, and where no rule applies."""
    line = tangent_asked(problem)
    if line is None:
        raise TutorError("An equation is not a problem here. For a definition, type f(x) = ...; then f'(x).")
    if method:
        raise TutorError(f"The method {method} does not apply to a tangent. Ask for the derivative alone.")
    found = Tangent(line, notes)
    if found.existence is None and any(
            part.head == "quotient" and part.args[1] is ZERO for part in postorder([found.height])):
        raise TutorError(f"The rules give no result for {problem}: they lead to a division by 0.")
    return found


def wrong_tangent(rule: Rule, problem: Expression) -> tuple[Expression, Expression, Check]:
    """What a wrong rule says of a line that is asked for: both sides, and what numbers find of them."""
    line = tangent_asked(problem)
    assert line is not None
    right = line._replace(rule=rule).instance.after
    return line.height, right, Tangent(line).compare(line.height, right)
