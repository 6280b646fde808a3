"""A step of Newton's method: from a place to where the tangent there is 0.

    found = tutor.explain("newton step of x^2 - 2 at x = 1")
    found.result                        # x = 3/2
    found.iterates                      # 1, 1.5, 1.41666..., 1.41421...: what further steps lead to, by numbers

A step is asked for by the equation that its rule states. Numbers check it by what it means: the tangent is 0 there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace as replace_fields
from functools import cached_property
from typing import NamedTuple

from tutor.derivation.derivation import STANDARD, Derivation, derive_if_possible
from tutor.derivation.goal import Goal
from tutor.derivation.points import STAYS_OPEN
from tutor.derivation.simplified import simplified
from tutor.derivation.solve import Solver
from tutor.derivation.step import Block
from tutor.errors import NoProgress, TutorError, refused
from tutor.expression.brackets import last_statement
from tutor.expression.characters import usual
from tutor.expression.lexemes import EQUALS
from tutor.expression.notes import Note
from tutor.expression.parse import Reading
from tutor.expression.patterns import Pattern, WordedPattern
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    INFINITY,
    OPEN,
    ZERO,
    Expression,
    I,
    add,
    derivative,
    multiply,
    name,
    negate,
    node,
    postorder,
    replace,
    substitute,
)
from tutor.oracle.existence import has_no_value, holds_there
from tutor.oracle.verdict import Check
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

LONGEST = 500
"""Characters of a text in which such a question is looked for."""

MOST_STEPS = 8
"""Steps that are made by numbers beyond the one that is shown."""

_STAYS = 5e-12
"""A relative change that does not show in twelve digits: what such a step changes is rounding, and is not shown."""


class NewtonAsked(NamedTuple):
    """A step that is asked for: towards a place where the function is 0, from this place of its variable."""

    function: Expression
    variable: Expression
    place: Expression

    @property
    def instance(self) -> RuleInstance:
        """What the rule says of this step."""
        return self.by(rulebook()["newton_step"])

    def by(self, rule: Rule) -> RuleInstance:
        """What a rule about such steps says of it, a sound or a wrong one."""
        return chosen_instance(rule, rule.bound(self.variable, self.place, self.function), name("u"))

    @property
    def problem(self) -> Expression:
        """The equation that stands for this question."""
        return related(self.variable, "=", self.instance.after)

    def there(self, expression: Expression) -> Expression:
        return node("at", (expression, self.variable, self.place))

    @property
    def slope(self) -> Expression:
        return self.there(derivative(self.function, self.variable))


def newton_asked(problem: Expression) -> NewtonAsked | None:
    """The step for which an equation stands; None for any other equation."""
    variable, right = problem.args
    for part in postorder([right]):
        if part.head == "at" and part.args[1] is variable and part.args[0].head != "derivative":
            asked = NewtonAsked(*part.args)
            if asked.problem is problem:
                return asked
    return None


class NewtonStep(Derivation):
    """How a step was found. value: where it leads, None where there is no step; result: the same as an equation."""

    is_of_equation = True

    def __init__(self, asked: NewtonAsked, notes: tuple[Note, ...] = ()) -> None:
        self.asked = asked
        self.slope = derive_if_possible(asked.slope)
        self.value: Expression | None = None
        formula = asked.instance.after
        solver = Solver(formula, STANDARD, both_sides=True)
        goal = Goal(asked.problem, asked.problem, asked.problem)
        if self.why_none is None:
            try:
                found = solver.solve(formula)
            except NoProgress as error:
                raise TutorError(f"No rule finds a Newton step for {asked.function}: {error}") from None
            if found.ending in STAYS_OPEN:
                raise TutorError(f"It could not be decided whether {asked.function} has a value and a slope where "
                                 f"{asked.variable} is {asked.place}.")
            goal = replace_fields(found, problem=asked.variable, instance=asked.instance)
            self.value = goal.result
        super().__init__(asked.problem, solver, goal, notes, "")
        if self.value is not None:
            self.result = related(asked.variable, "=", self.value)

    @cached_property
    def why_none(self) -> Text | None:
        """Why there is no step; None where there is one."""
        asked = self.asked
        slots = {"f": asked.function, "x": asked.variable, "a": asked.place}
        value = substitute(asked.function, asked.variable.value, asked.place)
        if not value.free and has_no_value(value):
            return Text("{f} has no value at {x} = {a}", slots)
        if self.slope is None:
            raise TutorError(f"No rule differentiates {asked.function}, so there is no slope to step with.")
        if self.slope.unsolved is not None:
            return self.slope.unsolved
        if self.slope.result is not ZERO and holds_there(related(self.slope.result, "=")) is not True:
            return None
        if holds_there(related(value, "=")) is True:
            return Text("{f} is already 0 at {x} = {a}, and so is its slope, so the tangent is 0 everywhere", slots)
        return Text("the slope of {f} is 0 at {x} = {a}: the tangent there is level and never 0", slots)

    @cached_property
    def block(self) -> Block:
        """The steps; where there is no step of Newton's method, those that find the slope."""
        if self.value is not None:
            return super().block
        return Block(self.problem, (), self.result) if self.slope is None else self.slope.block

    @cached_property
    def assumptions(self) -> tuple[Expression, ...]:
        """What was taken for granted, with the slope for what stands for it."""
        if self.value is None:
            return ()
        found = {goal.problem: goal.result for goal in self.goals.values()}
        return simplified([replace(relation, found) for relation in super().assumptions], self.tidy)

    @property
    def unsolved(self) -> Text | None:
        return self.why_none

    @property
    def undefined(self) -> str:
        return "" if self.why_none is None or (self.slope is not None and self.slope.unsolved is not None
                                               and not self.slope.undefined) else self.why_none.written()

    @property
    def other_methods(self) -> tuple[str, ...]:
        """None: the step is found in one way."""
        return ()

    @cached_property
    def iterates(self) -> tuple[float, ...]:
        """The places to which steps lead, the first one included, by numbers alone, until they stay where they are;
        empty where there are letters."""
        asked = self.asked
        slope = derivative(asked.function, asked.variable)
        place = self.oracle.value(asked.place, {}) if not asked.place.free else None
        if self.value is None or asked.function.free - asked.variable.free or not isinstance(place, float):
            return ()
        found = [place]
        for _ in range(MOST_STEPS):
            height, steep = (self.oracle.value(part, {asked.variable.value: found[-1]})
                             for part in (asked.function, slope))
            if not isinstance(height, float) or not isinstance(steep, float) or not steep:
                break
            following = found[-1] - height / steep
            if not math.isfinite(following):
                break
            if abs(following - found[-1]) <= _STAYS * max(1.0, abs(following)):
                break
            found.append(following)
        return tuple(found)

    # -- the check -------------------------------------------------------------------------------------------------

    def compare(self, left: Expression, right: Expression, assumptions: tuple[Expression, ...] = ()) -> Check:
        """Ask numbers whether two expressions agree; the variable alone, whether the other is where the step leads: the
        tangent has the height 0 there."""
        if left is not self.asked.variable:
            return super().compare(left, right, assumptions)
        asked = self.asked
        moved = add(right, negate(asked.place))
        return self.oracle.compare(add(asked.there(asked.function), multiply(asked.slope, moved)), ZERO, assumptions)

    @cached_property
    def check(self) -> Check:
        """What numbers found for the step as a whole."""
        if self.value is not None:
            return self.compare(self.asked.variable, self.value, self.assumptions)
        why = self.why_none
        assert why is not None
        if not self.undefined:
            return Check("undecided", 0, reason=why.template, parts=why.slots)
        return Check("checked", 1, finding=why.template, parts=why.slots)


def solved_newton(problem: Expression, notes: tuple[Note, ...] = (), method: str = "") -> NewtonStep | None:
    """The step for which an equation stands; None for any other equation."""
    asked = newton_asked(problem)
    if asked is None:
        return None
    if method:
        raise TutorError(f"The method {method} does not apply to a Newton step. Ask for the derivative alone.")
    return NewtonStep(asked, notes)


def wrong_newton(rule: Rule, problem: Expression) -> tuple[Expression, Expression, Check] | None:
    """What a wrong rule says of a step that is asked for: both sides, and what numbers find of them; None of other
    problems."""
    asked = newton_asked(problem)
    if asked is None:
        return None
    wrong = asked.by(rule).after
    return asked.variable, wrong, NewtonStep(asked).compare(asked.variable, wrong)


# -- as it is typed --------------------------------------------------------------------------------------------------

_ASKING = (r"\s*(?:(?:please|find|compute|calculate|determine|give|show|do|make|take|apply|perform|use|what|is|the|a|"
           r"an|one|first|next|single|step|of)[\s,]+)*?")
_NEWTON = (r"newton(?:\s*[-–]\s*raphson)?(?:['’]?s)?(?:['’])?(?:\s+(?:step|method|iteration|update|iterate))?"
           r"(?:\s+step)?(?:\s+once)?")
_FORM = WordedPattern(
    rf"{_ASKING}{_NEWTON}\s+(?:of|for|on|to|with)\s+(?:solve\s+|find\s+(?:a\s+)?(?:root|zero)\s+of\s+)?(?P<function>\S.*?)"
    r"\s+(?:at|from|near|starting\s+(?:at|from|with)|beginning\s+(?:at|with)|with)\s+(?P<place>[^;]+?)[\s.?!]*$",
    re.IGNORECASE, ["newton"])
_PLACE = Pattern(r"\s*(?:(?P<letter>[A-Za-zα-ω])(?:_?0)?\s*=)?(?P<value>[^=]+)$")


def newton_of_text(text: str, read: Callable[[str, str], Expression]) -> Reading | None:
    """The equation that stands for a step that is asked for in words; None where none is. read: reads a part of the
    text, with the definitions that stand before, its second argument. Raises NotationError where something is missing.
    """
    if len(text) > LONGEST:
        return None
    plain = usual(text)
    begin = last_statement(plain)
    definitions = text[:begin].rstrip("; \n")
    found = _FORM.match(" " * begin + plain[begin:])
    if found is None:
        if re.search(r"\bnewton", plain[begin:], re.IGNORECASE):
            raise refused(text, "Say for which function and from where, as in: newton step of x^2 - 2 at x = 1.")
        return None
    place = _PLACE.match(found["place"])
    sides = EQUALS.split(found["function"])
    if place is None or len(sides) > 2 or not all(side.strip() for side in sides):
        raise refused(text, "Say for which function and from where, as in: newton step of x^2 - 2 at x = 1.")
    start = found.start("function")
    function = read(" " * start + sides[0], definitions)
    if len(sides) == 2:
        function = add(function, negate(read(" " * (start + len(sides[0]) + 1) + sides[1], definitions)))
    value = read(" " * (found.start("place") + place.start("value")) + place["value"], definitions)
    for part in postorder([function, value]):
        if part.head in OPEN or part.head in ("application", "tuple") or part in (I, INFINITY):
            raise refused(text, f"{part} cannot stand in a Newton step here.")
    letters = sorted(function.free)
    letter = place["letter"] or ("x" if "x" in letters or not letters else letters[0])
    if letter not in letters or (len(letters) > 1 and not place["letter"] and "x" not in letters):
        raise refused(text, "Say which letter varies, as in: newton step of x^2 - 2 at x = 1.")
    if letter in value.free:
        raise refused(text, f"{letter} is the letter that varies. Call the place by another one, as in at {letter} "
                            "= a.")
    if not value.free and has_no_value(value):
        raise refused(text, f"{value} is no real number, so no step begins there.")
    return Reading(NewtonAsked(function, name(letter), value).problem, ())
