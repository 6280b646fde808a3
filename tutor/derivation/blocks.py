"""The log of a solved problem, told: goals become blocks of numbered steps.

    block_of(derivation)        # the Block of the whole problem
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace as replace_fields
from typing import TYPE_CHECKING

from tutor.algebra.signs import holds
from tutor.derivation.assumptions import assumptions_of
from tutor.derivation.lines import Folding, numbered
from tutor.derivation.points import STAYS_OPEN
from tutor.derivation.simplified import simplified
from tutor.derivation.solve import Goal
from tutor.derivation.step import Block, Step
from tutor.expression.relations import not_zero
from tutor.expression.tree import Expression
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation


def block_of(derivation: Derivation) -> Block:
    """The derivation as a tree: every open derivative has its own short derivation."""
    return _Teller(derivation).tell(derivation.goal)


class _Teller:
    """Turns goals into blocks of numbered steps."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.solver = derivation.solver
        self.openings: dict[Goal, Step | None] = {}
        self.endings: dict[Goal, list[Step]] = {}

    def tell(self, root: Goal) -> Block:
        """The block of a goal; iterative, since goals nest as deep as expressions do."""
        folding = Folding(self)
        numbering = numbered(root, folding)
        told: dict[Goal, Block] = {}
        for goal in reversed(numbering.owners):
            items: list[Step | Block] = []
            for part in folding.outline(goal):
                if isinstance(part, Step):
                    place = numbering.places.get(part)
                    items.append(part if place is None else replace_fields(
                        part, number=place.line, place=place.number, names=place.names))
                    continue
                assert part.result is not None
                folded = part in folding.parts(goal)
                if numbering.owners[part] is goal and part in told:
                    items.append(replace_fields(told[part], folded=folded))
                else:  # told elsewhere, so only named here
                    items.append(Block(part.problem, (), part.result, again=True, folded=folded))
            assert goal.result is not None
            told[goal] = Block(goal.problem, tuple(items), goal.result)
        return told[root]

    def opening(self, goal: Goal) -> Step | None:
        """The step that takes a goal apart; None where its parts are merely solved."""
        if goal not in self.openings:
            self.openings[goal] = None if goal.rule is None else self.step(
                goal.rule.rule, goal.problem, goal.rule.opened(goal.bindings),
                shown_bindings(goal.rule.rule, goal.bindings), simplified(assumptions_of(goal), self.solver.tidy))
        return self.openings[goal]

    def ending(self, goal: Goal) -> list[Step]:
        """The steps of a goal that come after its parts."""
        if goal not in self.endings:
            self.endings[goal] = list(self._ending(goal))
        return self.endings[goal]

    def _ending(self, goal: Goal) -> Iterator[Step]:
        problem = goal.problem
        assert goal.joined is not None
        if goal.ending in STAYS_OPEN or goal.continued is not None:
            return
        opening = self.opening(goal)
        opened = problem if opening is None else opening.after
        results = tuple((part.problem, part.result) for part in goal.parts if part.result is not None)
        if goal.rule is None and problem.head == "at":
            seen = goal.ending == "both sides"
            yield self.step(rulebook()["slope_from_both_sides" if seen else "evaluate_at"], problem, goal.joined,
                            {"a": problem.args[2], "x": problem.args[1]}, replacements=results, whole=seen)
        elif goal.joined is not opened and not (len(goal.parts) == 1 and goal.parts[0].problem is opened):
            yield self.step(rulebook()["put_together"], opened, goal.joined, {}, replacements=results)
        for before, decision in self.solver.tidy.steps(goal.joined):
            nonzero = tuple(not_zero(base) for base in decision.nonzero)
            yield self.step(rulebook()[decision.rule], before, decision.after, {},
                            tuple(relation for relation in nonzero if holds(relation) is None))
        if goal.restored is not None:
            rule, bindings = goal.restored
            yield self.step(rule.rule, rule.stated(bindings), rule.opened(bindings),
                            shown_bindings(rule.rule, bindings))

    def step(self, rule: Rule, before: Expression, after: Expression, bindings: Mapping[str, Expression],
             assumptions: tuple[Expression, ...] = (),
             replacements: tuple[tuple[Expression, Expression], ...] = (), whole: bool = False) -> Step:
        """whole: the step answers for the problem itself, not for what was found for its parts."""
        derivation = self.derivation
        return Step(rule, before, after, bindings, assumptions,
                    lambda step: derivation.compare(before if whole else step.ready, step.after, step.assumptions),
                    replacements=replacements)
