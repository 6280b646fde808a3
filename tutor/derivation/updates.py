"""The rules for a step of gradient descent, sound and wrong, written in what is known before the step.

    step = StepOf(read_loss("(x-3)^2"), rate=parse("0.1"))
    step.formula(rulebook()["step_downhill"], 0, [{"x": name("x")}])           # x - 0.1*(2*x - 6)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.derivation.descent import Descent
from tutor.derivation.descent_problem import Loss, read_loss
from tutor.expression.tree import ONE, ZERO, Expression, add, name, negate, node, number, replace
from tutor.oracle.digits import exactly
from tutor.oracle.program import program_of
from tutor.rules.building import Bindings
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

Points = Sequence[Mapping[str, Expression]]
"""What each letter is at the start and after every step so far."""


class StepOf(NamedTuple):
    """The steps on one loss. momentum: None where there is none; slopes: other slopes than those of the loss."""

    loss: Loss
    rate: Expression
    momentum: Expression | None = None
    slopes: tuple[Expression, ...] = ()

    @property
    def rule(self) -> Rule:
        """The sound rule of a step."""
        return rulebook()["step_downhill" if self.momentum is None else "step_with_momentum"]

    def instance(self, rule: Rule, place: int, points: Points) -> RuleInstance:
        """A rule for the letter at a place, where the letters have been at these points."""
        letter, here = self.loss.letters[place], points[-1]
        old = points[-2][letter] if len(points) > 1 else here[letter]
        renewed = dict(here)
        for before in range(place):
            renewed[self.loss.letters[before]] = self.formula(self.rule, before, points)
        known: dict[str, Expression] = {
            "place": here[letter], "next": name(letter), "slope": self._slope(place, here), "rate": self.rate,
            "velocity": ZERO if len(points) == 1 else add(here[letter], negate(old)),
            "momentum": self.momentum or ZERO, "height": _at(self.loss.expression, here),
            "difference": add(_at(self.loss.expression, {**here, letter: add(here[letter], ONE)}),
                              negate(_at(self.loss.expression, here))),
            "renewed": self._slope(place, renewed), "total": add(*[self._slope(place, each) for each in points])}
        bindings: Bindings = {of: known[role] for role, of in rule.roles.items()}
        return chosen_instance(rule, bindings, name("u"))

    def formula(self, rule: Rule, place: int, points: Points) -> Expression:
        """What a rule makes of the letter at a place."""
        return self.instance(rule, place, points).after

    def _slope(self, place: int, point: Mapping[str, Expression]) -> Expression:
        return _at(self.slopes[place] if self.slopes else self.loss.slopes[place].result, point)


def _at(expression: Expression, point: Mapping[str, Expression]) -> Expression:
    return replace(expression, {name(letter): value for letter, value in point.items()})


# -- compared with what is computed ------------------------------------------------------------------------------------

_RATE, _MOMENTUM, _STEPS = Fraction(1, 10), Fraction(1, 2), 3


class Compared(NamedTuple):
    """A rule followed on an example. made: the last point by the rule; computed: by `Descent`, which knows no rules."""

    made: tuple[Fraction, ...]
    computed: tuple[Fraction, ...]

    @property
    def equation(self) -> Expression:
        """Both, as an equation that holds for a sound rule."""
        made, computed = [node("tuple", tuple(map(exactly, each))) for each in (self.made, self.computed)]
        return node("relation", (made, computed), "=")


def compared(rule: Rule, example: Expression) -> Compared:
    """Where a rule leads on an example in a few steps, and where descent leads. Raises TutorError where the example is
    no loss."""
    loss = read_loss(str(example))
    needs_momentum = "momentum" in rule.roles or rule.unlike == "step_with_momentum"
    momentum = _MOMENTUM if needs_momentum else Fraction(0)
    start = tuple(Fraction(place + 5) for place in range(len(loss.letters)))
    descent = Descent(loss, start, _RATE, _STEPS, momentum)
    descent.advance(_STEPS)
    step = StepOf(loss, number(_RATE), number(momentum) if needs_momentum else None)
    points = [dict(zip(loss.letters, map(exactly, start), strict=True))]
    found: tuple[Fraction, ...] = start
    for _ in range(_STEPS):
        formulas = [step.formula(rule, place, points) for place in range(len(loss.letters))]
        found = tuple(Fraction(each) for each in program_of(formulas, (), exact=True).at(()))
        points.append(dict(zip(loss.letters, map(exactly, found), strict=True)))
    last = descent.last
    assert last is not None
    return Compared(found, tuple(Fraction(each) for each in last.point))
