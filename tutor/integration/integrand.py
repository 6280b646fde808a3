"""An indefinite integral that is looked at by the methods of integration, and what they may use.

A method is a function that looks at one integral and yields, in the order in which they should be tried, instances of
rules that make simpler integrals of it. It does not know what becomes of them: the search tries them. Where it sees
why it cannot help, it yields a Refusal, which is shown if nothing else helps either.

    def integral_of_table(integrand: Integrand) -> Iterator[RuleInstance | Refusal]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import magnitude, split
from tutor.errors import TutorError
from tutor.expression.tree import ONE, ZERO, Expression, derivative, divide, multiply, negate, node, rational
from tutor.rules.instance import RuleInstance, Working, chosen_instance, computed_instance, instance_of
from tutor.rules.rulebook import rulebook


class Refusal(NamedTuple):
    """Why a method cannot help, as a sentence that a learner reads: "No part of it has a derivative that is a factor
    of the rest."."""

    sentence: str


@dataclass(frozen=True, eq=False)
class Integrand:
    """The integral of `body` by `variable`, whose body is tidy, and whose constant factors are in front of it.

    fresh: a letter that does not occur in it, for a substitution; tidy: brings expressions to textbook form;
    differentiate: the tidy derivative of an expression by a name (it raises TutorError where there is none).
    """

    body: Expression
    variable: Expression
    fresh: Expression
    tidy: Tidy
    differentiate: Callable[[Expression, Expression], Expression]

    @cached_property
    def problem(self) -> Expression:
        """int body dvariable"""
        return node("integral", (self.body, self.variable))

    def varies(self, part: Expression) -> bool:
        """Whether the variable occurs in a part."""
        return self.variable.value in part.free

    def slope(self, part: Expression) -> Expression:
        """The tidy derivative of a part by the variable. Raises TutorError where the rulebook has none."""
        return self.differentiate(part, self.variable)

    def ratio(self, rest: Expression, inside: Expression, variable: Expression) -> Expression | None:
        """`rest` divided by the derivative of `inside`; None if the variable is left in it, or nobody knows."""
        try:
            return ratio_to_slope(rest, self.differentiate(inside, variable), variable, self.tidy)
        except TutorError:
            return None

    def by_rule(self, name: str) -> RuleInstance | None:
        """The instance of a text rule that fits this integral, or None."""
        return instance_of(rulebook()[name], self.problem, self.fresh, self.ratio)

    def chosen(self, name: str, *values: Expression, **roles: Any) -> RuleInstance | None:
        """The instance of a text rule in which letters stand for what was chosen; None unless its left side is then
        this integral, apart from the way it is written.

        values: of the letters without a role, in the order in which they are met, the variable left out; roles: of
        those that have one.
        """
        rule = rulebook()[name]
        bindings = {rule.letter("variable"): self.variable, **{rule.role(role): value for role, value in roles.items()}}
        found = chosen_instance(rule, {**bindings, **self.met(name, *values, but=bindings)}, self.fresh)
        return found if self.tidy(found.before) is self.tidy(self.problem) else None

    def met(self, name: str, *values: Expression, but: Collection[str] = ()) -> dict[str, Expression]:
        """Values of the letters of a rule in the order in which they are met, its variable and these left out."""
        rule = rulebook()[name]
        letters = [letter for letter in rule.letters_met if letter not in (rule.letter("variable"), *but)]
        return dict(zip(letters, values, strict=False))

    def naming(self, inside: Expression, slope: Expression) -> Working:
        """The line that gives a part of the integrand its letter: let u = x^2, so du = 2*x dx. The slope may be written
        with the new letter."""
        by = {ONE: "d{x}", negate(ONE): "−d{x}"}.get(slope, "({slope}) d{x}" if slope.head == "sum" else "{slope} d{x}")
        right = node("at", (slope, self.fresh, inside)) if self.fresh.value in slope.free else slope
        return Working(f"Let {{u}} = {{g}}, so d{{u}} = {by}.",
                       node("relation", (derivative(inside, self.variable), right), "="),
                       {"u": self.fresh, "g": inside, "slope": slope, "x": self.variable}, told_in_words=True)

    def with_letter_named(self, found: RuleInstance) -> RuleInstance:
        """The instance with the line that says what u stands for, where something is put for u in the end."""
        inside = found.in_role("inside") or found.worked_out(self._worked_out).inside
        return found if inside is None else found._replace(
            working=(self.naming(inside, self.slope(inside)), *found.working))

    def integral_of(self, term: Expression) -> Expression:
        """The integral of a term of the integrand, with its number in front: -(1/2) * int cos(2*x) dx."""
        value, core = split(self.tidy(term))
        if core is ONE:
            return node("integral", (self.tidy(term), self.variable))
        found = node("integral", (core, self.variable))
        factor = magnitude(value)
        size = found if factor == 1 else multiply(rational(factor), found)
        return negate(size) if value < 0 else size

    def _worked_out(self, part: Expression) -> Expression:
        return self.differentiate(*part.args[:2]) if part.head == "derivative" else self.tidy(part)

    def computed(self, name: str, after: Expression, bindings: Mapping[str, Expression] | None = None,
                 working: tuple[Working, ...] = ()) -> RuleInstance | None:
        """The instance of a computed rule that makes `after` of this integral; None if the rule does not fit."""
        return computed_instance(rulebook()[name], self.problem, after, self.fresh, bindings, working)

    def rewritten(self, name: str, body: Expression, bindings: Mapping[str, Expression] | None = None,
                  working: tuple[Working, ...] = ()) -> RuleInstance | None:
        """The same for a rule that only rewrites the integrand."""
        return self.computed(name, node("integral", (body, self.variable)), bindings, working)

    def substituted(self, name: str, body: Expression, inside: Expression,
                    bindings: Mapping[str, Expression] | None = None,
                    working: tuple[Working, ...] = ()) -> RuleInstance | None:
        """The same for a substitution: (int body du) at (u = inside), where u is the fresh letter."""
        inner = node("integral", (body, self.fresh))
        after = node("at", (inner, self.fresh, inside))
        return self.computed(name, after, {"g": inside, **(bindings or {})}, working)


Method = Callable[[Integrand], Iterator[RuleInstance | Refusal]]


def ratio_to_slope(rest: Expression, slope: Expression, variable: Expression, tidy: Tidy) -> Expression | None:
    """`rest`/`slope`, tidy; None if the variable is left in it."""
    if slope is ZERO:
        return None
    found = tidy(divide(rest, slope))
    return None if variable.value in found.free else found
