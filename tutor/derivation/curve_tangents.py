"""The tangent to a curve that an equation gives, and the line perpendicular to it.

    found = tutor.explain("tangent to x^2 + y^2 = 25 at (3, 4)")
    found.slope, found.result           # -3/4 and y = 25/4 - 3*x/4

The slope is found by implicit differentiation. Where it has none because only the factor of the slope is 0, the tangent
is vertical; where the other side is 0 as well, the derivatives do not decide what the curve does, and no line is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as replace_fields
from functools import cached_property
from typing import NamedTuple

from tutor.derivation.implicit import ImplicitRate
from tutor.derivation.points import at_places, without_places
from tutor.derivation.rate_problem import RateAsked, replace_letters
from tutor.derivation.simplified import simplified
from tutor.derivation.step import Block, Step
from tutor.derivation.tangents import meaning_of_line
from tutor.errors import TutorError
from tutor.expression.notes import Note
from tutor.expression.relations import not_zero, related
from tutor.expression.text import Text
from tutor.expression.tree import (
    ZERO,
    Expression,
    add,
    divide,
    multiply,
    negate,
    node,
    postorder,
)
from tutor.oracle.components import compare_components
from tutor.oracle.existence import holds_there
from tutor.oracle.verdict import Check
from tutor.rules.rulebook import rulebook


class CurveTangentAsked(NamedTuple):
    """A line that is asked for. equation: of the curve; across, up: the letters of the coordinates; place, height:
    their values where the line touches; is_normal: whether the perpendicular one is meant."""

    equation: Expression
    across: Expression
    up: Expression
    place: Expression
    height: Expression
    is_normal: bool

    @property
    def rate(self) -> RateAsked:
        """The slope of the curve there, as a question of its own."""
        return RateAsked((self.equation,), {}, node("rate", (self.up, self.across), "d"),
                         {self.across: self.place, self.up: self.height})

    def right_side(self, slope: Expression) -> Expression:
        """What the letter of the height is on the line, if the curve has this slope."""
        step = add(self.across, negate(self.place))
        return add(self.height, negate(divide(step, slope)) if self.is_normal else multiply(slope, step))

    @property
    def problem(self) -> Expression:
        """The statements that stand for this question."""
        asked = self.rate
        slope = at_places(asked.rate, asked.places.items())
        return node("statements", (self.equation, related(self.up, "=", self.right_side(slope))))


def curve_tangent_asked(problem: Expression) -> CurveTangentAsked | None:
    """The line for which statements ask; None for all others."""
    if problem.head != "statements" or len(problem.args) != 2 or any(each.head != "relation" for each in problem.args):
        return None
    equation, line = problem.args
    for part in postorder([line.args[1]]):
        slope, places = without_places(part)
        if slope.head == "rate" and len(places) == 2:
            (across, place), (up, height) = places
            for is_normal in (False, True):
                asked = CurveTangentAsked(equation, across, up, place, height, is_normal)
                if asked.problem is problem:
                    return asked
    return None


class CurveTangent(ImplicitRate):
    """How a tangent or a normal to the curve of an equation was found.

    slope: of the curve at the point, if it has one; height: the right side of the equation of the line, None where the
    line is vertical or there is none; result: that equation.
    """

    def __init__(self, asked: CurveTangentAsked, text: str, notes: tuple[Note, ...] = ()) -> None:
        super().__init__(asked.rate, text, notes)
        self.line, self.problem, self.slope = asked, asked.problem, self.result
        self.started = asked.right_side(self.slope)
        self.height: Expression | None = None
        if self.upright is not None:
            self.result = self.upright
            self.height = None if self.result.args[0] is asked.across else asked.height
        elif self.without_slope is None:
            self.height = self.tidy(self.started)
            self.result = related(asked.up, "=", self.height)

    @cached_property
    def upright(self) -> Expression | None:
        """The equation of a line that is vertical, or horizontal beside a steep curve; None for other lines."""
        line = self.line
        across, up = related(line.across, "=", line.place), related(line.up, "=", line.height)
        if self.is_steep:
            return up if line.is_normal else across
        level = self.without_slope is None and line.is_normal and (
            self.slope is ZERO or holds_there(related(self.slope, "=")) is True)
        return across if level else None

    @property
    def is_steep(self) -> bool:
        """Whether the tangent is surely vertical."""
        return self.failure is not None and self.failure.kind == "steep"

    @property
    def about_upright(self) -> Text:
        """How it is known that the line is vertical or horizontal; without a full stop."""
        if self.failure is None:
            return Text("the slope of the curve is 0 there, so the normal is vertical", {})
        also = ", and the normal is horizontal" if self.line.is_normal else ""
        return Text(f"{self.failure.why.template}{also}", self.failure.why.slots)

    @property
    def unsolved(self) -> Text | None:
        """Why no line is found; None where one is."""
        if self.failure is None or self.is_steep:
            return None
        if self.failure.kind != "singular":
            return self.failure.why
        return Text("the factor {factor} of {rate} is 0 there, and so is the other side: the curve may cross itself "
                    "there, have a cusp or be this one point alone, and these derivatives do not decide which",
                    self.failure.why.slots)

    @property
    def undefined(self) -> str:
        return self.unsolved.written() if self.unsolved is not None and self.has_no_slope else ""

    @property
    def without_value(self) -> tuple[Expression, ...]:
        return ()

    @cached_property
    def assumptions(self) -> tuple[Expression, ...]:
        """What was taken for granted of the slope; of a normal, also that it is not 0."""
        if self.unsolved is not None or self.upright is not None or not self.line.is_normal:
            return super().assumptions
        return simplified([*super().assumptions, not_zero(self.slope)], self.tidy)

    @property
    def of_point(self) -> Expression | None:
        """What is taken for granted of a point with letters: that it is on the curve."""
        there = replace_letters(self.line.equation, self.asked.places)
        return None if holds_there(there) is True else there

    # -- the steps -------------------------------------------------------------------------------------------------

    @property
    def equation_found(self) -> Expression:
        return self.result

    def ending(self, count: int) -> Iterator[Step | Block]:
        """The slope at the point, and the line."""
        steps = list(super().ending(count))
        yield from steps
        count += sum(isinstance(step, Step) and step.number is not None for step in steps)
        slope = related(self.asked.rate, "=", self.slope)
        if self.upright is not None:
            is_vertical = self.upright.args[0] is self.line.across
            name_of_rule = "vertical_through_point" if is_vertical else "horizontal_through_point"
            step = self.equation_step(name_of_rule, slope, self.upright, count + 1)
            yield replace_fields(step, compare=lambda _: self.check)
        elif self.without_slope is None:
            line = self.line
            rule = rulebook()["normal_through_point" if line.is_normal else "tangent_through_point"]
            step = self.equation_step(rule.name, slope, related(line.up, "=", self.started), count + 1)
            (across, place), (up, height), (_, slope_there) = [(each.args[0], each.args[1]) for each in rule.given]
            known = {across: line.across, place: line.place, up: line.up, height: line.height, slope_there: self.slope}
            yield replace_fields(step, bindings={letter.value: value for letter, value in known.items()})
            yield from self.tidying(self.started)

    # -- the check -------------------------------------------------------------------------------------------------

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask numbers whether two expressions agree; the letter of the height, whether the other is the line's."""
        if left is not self.line.up or right is self.line.up:
            return super().compare(left, right, assumptions)
        line, slope = self.line, self.at_values(self.asked.rate)
        meaning = meaning_of_line(right, line.across, line.place, line.height, slope, line.is_normal)
        return compare_components(self.oracle.compare, *meaning, assumptions)

    @cached_property
    def check(self) -> Check:
        """What numbers found for the line as a whole."""
        if self.upright is not None:
            return Check("checked", 1, finding=self.about_upright.template, parts=self.about_upright.slots)
        if self.height is None:
            return super().check
        return self.compare(self.line.up, self.height, self.assumptions)


def solved_curve_tangent(problem: Expression, notes: tuple[Note, ...] = (), method: str = "") -> CurveTangent | None:
    """The line for which statements ask; None where they ask for something else."""
    asked = curve_tangent_asked(problem)
    if asked is None:
        return None
    if method:
        raise TutorError(f"The method {method} does not apply to a tangent. Ask for the derivative alone.")
    return CurveTangent(asked, str(problem), notes)
