"""The log of a solved problem, told: goals become blocks of numbered steps.

    block_of(derivation)        # the Block of the whole problem
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace as replace_fields
from typing import TYPE_CHECKING

from tutor.algebra.telling import Teller, Told
from tutor.derivation.assumptions import assumptions_of
from tutor.derivation.goal import Goal
from tutor.derivation.lines import Folding, numbered
from tutor.derivation.points import STAYS_OPEN
from tutor.derivation.simplified import simplified
from tutor.derivation.step import Block, Step
from tutor.expression.tree import Expression, replace
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation
    from tutor.oracle.verdict import Check


_MOST_WORK = 200_000
"""Size of a line times the number of steps, up to which lines that come again are looked for."""


def block_of(derivation: Derivation) -> Block:
    """The derivation as a tree: every open derivative has its own short derivation."""
    return _Teller(derivation).tell(derivation.goal)


class _Teller:
    """Turns goals into blocks of numbered steps."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.solver = derivation.solver
        self.algebra = Teller(derivation.solver.tidy.style)
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
                folded = part in folding.parts(goal)
                if numbering.owners[part] is goal and part in told:
                    items.append(replace_fields(told[part], folded=folded))
                else:  # told elsewhere, so only named here
                    items.append(Block(part.problem, (), part.result, again=True, folded=folded))
            told[goal] = Block(goal.problem, tuple(items), goal.result)
        return told[root]

    def opening(self, goal: Goal) -> Step | None:
        """The step that takes a goal apart; None where its parts are merely solved."""
        if goal not in self.openings:
            self.openings[goal] = None if goal.rule is None else self.step(
                goal.rule, goal.problem, goal.opened, shown_bindings(goal.rule, goal.bindings),
                simplified(assumptions_of(goal), self.solver.tidy))
        return self.openings[goal]

    def ending(self, goal: Goal) -> list[Step]:
        """The steps of a goal that come after its parts."""
        if goal not in self.endings:
            self.endings[goal] = list(self._ending(goal))
        return self.endings[goal]

    def _ending(self, goal: Goal) -> Iterator[Step]:
        problem = goal.problem
        if goal.ending in STAYS_OPEN or (goal.continued is not None and problem.head != "limit"):
            return
        opened = goal.opened
        results = tuple((part.problem, part.result) for part in goal.parts)
        if goal.rule is None and problem.head == "at":
            seen = goal.ending == "both_sides"
            rule = rulebook()["slope_from_both_sides" if seen else "evaluate_at"]
            yield self.step(rule, problem, goal.joined, replacements=results, whole=seen, bindings={
                rule.role("point"): problem.args[2], rule.letter("variable"): problem.args[1]})
        elif goal.joined is not opened and not (len(goal.parts) == 1 and goal.parts[0].problem is opened):
            name = "put_limits_together" if problem.head == "limit" else "put_together"
            yield self.step(rulebook()[name], opened, goal.joined, {}, replacements=results)
        chain = [] if goal.is_infinite else [told for before, decision in self.solver.tidy.steps(goal.joined)
                 for told in self.algebra.tell(before, decision.after, decision.kind)]
        if len(chain) * goal.joined.size <= _MOST_WORK:
            chain = _without_returns(chain, goal.joined)
        for told in chain:
            assumed = simplified(told.assumptions, self.solver.tidy) if told.assumptions else ()
            whole = told.whole_before, told.whole_after
            yield self.step(told.rule, told.before, told.after, told.bindings, assumed,
                            within=None if whole == (told.before, told.after) else whole)
        if goal.restored is not None:
            restored = goal.restored
            yield self.step(restored.rule, restored.before, restored.after,
                            shown_bindings(restored.rule, restored.bindings))

    def step(self, rule: Rule, before: Expression, after: Expression, bindings: Mapping[str, Expression],
             assumptions: tuple[Expression, ...] = (),
             replacements: tuple[tuple[Expression, Expression], ...] = (), whole: bool = False,
             within: tuple[Expression, Expression] | None = None) -> Step:
        """whole: the step answers for the problem itself, not for what was found for its parts."""
        derivation = self.derivation

        def compare(step: Step) -> Check:
            check = derivation.compare(before if whole else step.ready, step.after, step.assumptions)
            if step.within is None or check.outcome != "checked":
                return check
            return derivation.compare(*step.within, step.assumptions)

        return Step(rule, before, after, bindings, assumptions, compare, replacements=replacements, within=within)


def _without_returns(chain: Iterable[Told], start: Expression) -> list[Told]:
    """The steps from the first line to the last one, without those that only lead back to a line that was reached
    before: a bracket that is multiplied out and taken out again."""
    kept: list[Told] = []
    lines = [start]
    for told in chain:
        line = replace(lines[-1], {told.whole_before: told.whole_after})
        if line in lines:
            place = lines.index(line)
            del kept[place:], lines[place + 1:]
        else:
            kept.append(told)
            lines.append(line)
    return kept
