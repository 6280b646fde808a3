"""An instance of a rule: what its letters stand for at one place, and what the rule makes of that place.

    found = instance_of(rulebook()["product"], parse("d/dx [x^2*sin(x)]"), name("u"))
    found.after         # d/dx [x^2]*sin(x) + x^2*d/dx [sin(x)]
    found.opens         # [d/dx [x^2], d/dx [sin(x)]]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import Expression, postorder, replace
from tutor.rules.building import Bindings
from tutor.rules.match import CompiledRule, RatioOf, compile_rule, with_right_side
from tutor.rules.rule import Rule


class Working(NamedTuple):
    """One line of the work behind a computed rule: a sentence with {slots}, what these stand for, and an equation.

    values: what the letters of the equation stand for that are still unknown on this line, such as A and B of an
    ansatz. With them in it, the equation is true, and the oracle can check it. told_in_words: whether the sentence says
    all that the equation does.
    """

    sentence: str
    relation: Expression
    slots: Mapping[str, Expression] = MappingProxyType({})
    values: Mapping[Expression, Expression] = MappingProxyType({})
    told_in_words: bool = False

    @property
    def filled_in(self) -> Expression:
        """The equation with the values of its letters."""
        return replace(self.relation, self.values)

    def told(self) -> Text:
        """The sentence, and the equation after it."""
        if self.told_in_words:
            return Text(self.sentence, self.slots)
        left, right = self.relation.args
        shown = related(left, "=", right.args[0]) if right.head == "at" else self.relation  # what u is was said before
        return Text(f"{self.sentence} {{relation}}", {**self.slots, "relation": shown})


class RuleInstance(NamedTuple):
    """A rule, compiled, with what its letters stand for; see `Bindings`. working: how the right side of a computed
    rule was found, line by line."""

    compiled: CompiledRule
    bindings: Bindings
    working: tuple[Working, ...] = ()

    @property
    def rule(self) -> Rule:
        return self.compiled.rule

    @property
    def before(self) -> Expression:
        """The left side."""
        return self.compiled.stated(self.bindings)

    @property
    def after(self) -> Expression:
        """The right side, with all that is open in it."""
        return self.compiled.opened(self.bindings)

    @property
    def inside(self) -> Expression | None:
        """What is put for the letter of a substitution in the end; None where nothing is substituted."""
        return next((part.args[2] for part in postorder([self.after]) if part.head == "at"), None)

    @property
    def opens(self) -> list[Expression]:
        """The derivatives and integrals that are open in the right side."""
        return self.compiled.subgoals(self.bindings)

    @property
    def relations(self) -> list[Expression]:
        """What the rule is provided for."""
        return [build(self.bindings, None) for build in self.compiled.provided]

    def put_together(self, results: Mapping[Expression, Expression]) -> Expression:
        """The right side with all that is open in it replaced by what was found for it."""
        return self.compiled.joined(self.bindings, results)

    def in_role(self, role: str) -> Expression | None:
        """What the letter with this role stands for; None if there is none. Of an outside, see `standing_for`."""
        return self.bindings.get(self.rule.role(role))

    @property
    def defined(self) -> dict[str, Expression]:
        """The letters that the rule defines (`with G = int g dx`), and what is to be worked out for each."""
        return {letter: build(self.bindings, None) for letter, build in self.compiled.definitions}

    def worked_out(self, work_out: Callable[[Expression], Expression]) -> RuleInstance:
        """The instance with the letters that the rule defines worked out (`with m = n - 1`)."""
        made = dict(self.bindings)
        for letter, build in self.compiled.definitions:
            made[letter] = work_out(build(made, None))
        return self._replace(bindings=made)

    def assuming(self, relations: Sequence[Expression]) -> RuleInstance:
        """The same instance where also these relations, between what is there at this place, are taken for granted."""
        if not relations:
            return self
        builders = [partial(_always, relation) for relation in relations]
        return self._replace(compiled=self.compiled._replace(provided=(*self.compiled.provided, *builders)))

    def renamed(self, changes: Mapping[Expression, Expression]) -> RuleInstance:
        """The same instance with letters of the place called something else."""
        bindings = {letter: _renamed(bound, changes) for letter, bound in self.bindings.items()}
        working = tuple([line._replace(
            relation=replace(line.relation, changes),
            slots={slot: replace(shown, changes) for slot, shown in line.slots.items()},
            values={replace(letter, changes): replace(value, changes) for letter, value in line.values.items()},
        ) for line in self.working])
        compiled = self.compiled
        if self.rule.computed:
            compiled = with_right_side(compiled, replace(self.after, changes))
        return RuleInstance(compiled, bindings, working)


def _always(relation: Expression, bindings: Bindings, results: Mapping[Expression, Expression] | None) -> Expression:
    return relation


def instance_of(rule: Rule, place: Expression, fresh: Expression, ratio: RatioOf | None = None,
                unknown: Expression | None = None) -> RuleInstance | None:
    """The instance of a rule whose left side is this expression; None if it does not fit, or a condition fails.

    fresh: the letter for the new variable of the rule; ratio: for rules with a derivative in their integrand; unknown:
    the letter for which an equation is solved.
    """
    compiled = compile_rule(rule)
    bindings = compiled.match(place, fresh, ratio, unknown)
    return None if bindings is None else RuleInstance(compiled, bindings)


def computed_instance(rule: Rule, place: Expression, after: Expression, fresh: Expression,
                      bindings: Mapping[str, Expression] | None = None,
                      working: tuple[Working, ...] = ()) -> RuleInstance | None:
    """The instance of a computed rule that makes `after` of a place; None if its left side does not fit the place.

    bindings: what those letters stand for that only the sentence of the rule has, such as the u of a substitution.
    """
    compiled = with_right_side(compile_rule(rule), after)
    found = compiled.match(place, fresh)
    return None if found is None else RuleInstance(compiled, {**found, **(bindings or {})}, working)


def chosen_instance(rule: Rule, bindings: Mapping[str, Expression], fresh: Expression) -> RuleInstance:
    """The instance in which the letters stand for what the caller has chosen."""
    return RuleInstance(compile_rule(rule), {"fresh": fresh, "symbol": "d", "side": "", **bindings})


def _renamed(bound: Any, changes: Mapping[Expression, Expression]) -> Any:
    """What a letter stands for, see `Bindings`, with names replaced."""
    if isinstance(bound, Expression):
        return replace(bound, changes)
    if isinstance(bound, tuple):
        return tuple([_renamed(each, changes) for each in bound])
    return bound
