"""A rate that is asked for by equations: which letters depend on which, and what is given.

    asked = rate_asked(read_problem("x^2 + y^2 = 25; dx/dt = 2; dy/dt at x = 3, y = 4").expression)
    asked.rate, asked.known, asked.places           # dy/dt, {dx/dt: 2}, {x: 3, y: 4}
    asked.depending                                 # {"x", "y"}: they depend on t
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.graph import is_given
from tutor.derivation.points import without_places
from tutor.errors import refused
from tutor.expression.relations import related
from tutor.expression.tree import TWO, Expression, derivative, name, node, postorder, replace
from tutor.oracle.existence import has_no_value, holds_there


class RateAsked(NamedTuple):
    """equations: between letters; known: rates that are given, and their values; rate: the one that is asked for;
    places: letters that have values; depending: the letters that depend on the one below the line."""

    equations: tuple[Expression, ...]
    known: Mapping[Expression, Expression]
    rate: Expression
    places: Mapping[Expression, Expression]

    @property
    def by(self) -> Expression:
        return self.rate.args[1]

    @property
    def depending(self) -> frozenset[str]:
        letters = frozenset[str]().union(*[equation.free for equation in self.equations])
        if self.by.value not in letters or self.known:
            return letters - {self.by.value}
        return frozenset((self.rate.args[0].value,))

    def rate_of(self, letter: str) -> Expression:
        return node("rate", (name(letter), self.by), "d")

    @property
    def problem(self) -> Expression:
        """The statements that stand for this question."""
        asked = self.rate
        for letter, value in self.places.items():
            asked = node("at", (asked, letter, value))
        return node("statements", (*self.equations, *[related(*pair) for pair in (
            (rate, "=", value) for rate, value in self.known.items())], asked))


def rate_asked(problem: Expression) -> RateAsked | None:
    """The rate for which statements ask that are equations; None where they are the lines of a graph."""
    *statements, last = problem.args
    asked, places = without_places(last)
    if asked.head != "rate":
        return None
    known = {each.args[0]: each.args[1] for each in statements if each.args[0].head == "rate"}
    equations = tuple(each for each in statements if each.args[0].head != "rate")
    found = RateAsked(equations, known, asked, dict(places))
    lines = all(is_line(each) for each in equations)
    by_line = asked.args[1].value in frozenset[str]().union(*[each.free for each in equations])
    return None if lines and by_line and not known else found


def is_line(equation: Expression) -> bool:
    """Whether an equation says what a letter or a list is, as y = x^2 does and y = x*y + 1 does not. What is given of
    a sum belongs to such lines."""
    left, right = equation.args
    return is_given(equation) or (left.head in ("name", "indexed") and left.value not in right.free)


def second_rate_problem(asked: RateAsked) -> Expression:
    """The statements that ask for the second derivative where `asked` is about the first."""
    (equation,) = asked.equations
    found = second_rate(asked)
    for letter, value in asked.places.items():
        found = node("at", (found, letter, value))
    return node("statements", (equation, found))


def second_rate_asked(problem: Expression) -> RateAsked | None:
    """What is asked of the first derivative where statements ask for the second; None for all others."""
    if problem.head != "statements" or len(problem.args) != 2 or problem.args[0].head != "relation":
        return None
    equation, last = problem.args
    found, places = without_places(last)
    if found.head != "derivative" or found.args[0].head != "name" or found.args[2] is not TWO:
        return None
    of, by, _ = found.args
    if is_line(equation) and by.value in equation.free:
        return None  # the line of a graph
    return RateAsked((equation,), {}, node("rate", (of, by), "d"), dict(places))


def second_rate(asked: RateAsked) -> Expression:
    """The second derivative of the letter whose first one is asked for."""
    of, by = asked.rate.args
    return derivative(of, by, TWO)


def refuse_other_points(asked: RateAsked, text: str) -> None:
    """Raise NotationError where the values that are given do not make an equation true."""
    for equation in asked.equations:
        there = replace_letters(equation, asked.places)
        for side in there.args if asked.places else ():
            if not side.free and has_no_value(side):
                raise refused(text, f"{equation} says nothing there, as {side} has no value.")
        if asked.places and holds_there(there) is False:
            point = ", ".join(str(related(letter, "=", value)) for letter, value in asked.places.items())
            left, right = map(Tidy(Style()), there.args)
            raise refused(text, f"{equation} is not true where {point}: the left side is {left} there, and the right "
                                f"side is {right}.")


def replace_letters(expression: Expression, values: Mapping[Expression, Expression]) -> Expression:
    """An expression with values for letters, but not in the names of its rates."""
    rates = {part: part for part in postorder([expression]) if part.head == "rate"}
    return replace(expression, {**values, **rates})
