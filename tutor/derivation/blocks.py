"""The log of a solved problem, told: goals become blocks of numbered steps.

    block_of(derivation)        # the Block of the whole problem
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace as replace_fields
from typing import TYPE_CHECKING

from tutor.algebra.signs import holds
from tutor.derivation.assumptions import assumptions_of
from tutor.derivation.points import STAYS_OPEN
from tutor.derivation.simplified import simplified
from tutor.derivation.solve import Goal
from tutor.derivation.step import Block, Step
from tutor.expression.tree import Expression
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation

_MOST_IN_ONE = 12
"""Steps that may count as one."""


def block_of(derivation: Derivation) -> Block:
    """The derivation as a tree: every open derivative has its own short derivation."""
    return _Teller(derivation).tell(derivation.goal)


class _Teller:
    """Turns goals into blocks of numbered steps."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.solver = derivation.solver
        self.told: dict[Goal, Block] = {}
        self.count = 0
        self.outlines: dict[Goal, list[Step | Goal]] = {}
        self.places: dict[Step, tuple[int, int | None]] = {}  # number, and place among those that share it
        self.short: dict[Goal, tuple[int, tuple[Rule, ...]]] = {}

    def tell(self, root: Goal) -> Block:
        """The block of a goal; iterative, since goals nest as deep as expressions do."""
        owner: dict[Goal, Goal] = {root: root}
        order: list[Goal] = []
        within: list[Step] = []  # the steps so far that share a number
        stack: list[tuple[Goal | Step, Goal, bool]] = [(root, root, False)]
        while stack:  # in reading order, so that steps are numbered as they are read
            item, parent, shares = stack.pop()
            if isinstance(item, Step):
                if item.minor:
                    continue
                if shares:
                    within.append(item)
                    self.places[item] = self.count, len(within)
                else:
                    self.count += 1
                    self.places[item] = self.count, None
            elif item is root or item not in owner:
                owner[item] = parent
                order.append(item)
                if not shares and parent.rule is not None and item is not root:
                    rules = self.rules_of_short(item)
                    if rules:
                        self.count += 1
                        self.short[item] = self.count, rules
                        within, shares = [], True
                stack.extend([(part, item, shares) for part in reversed(self.outline_of(item))])
        for goal in reversed(order):
            self.finish(goal, owner)
        return self.told[root]

    def finish(self, goal: Goal, owner: dict[Goal, Goal]) -> None:
        """Make the block of a goal whose own parts have theirs; a part that was told elsewhere is only named."""
        items: list[Step | Block] = []
        for part in self.outlines[goal]:
            if isinstance(part, Step):
                number, place = self.places.get(part, (None, None))
                items.append(replace_fields(part, number=number, place=place))
            else:
                block = self.told.get(part)
                assert part.result is not None
                if block is None or owner[part] is not goal:
                    items.append(Block(part.problem, (), part.result, again=True))
                else:
                    items.append(block)
        assert goal.result is not None
        number, rules = self.short.get(goal, (None, ()))
        self.told[goal] = Block(goal.problem, tuple(items), goal.result, number=number, rules=rules)

    def rules_of_short(self, root: Goal) -> tuple[Rule, ...]:
        """The rules by which a part is found that is so plain that finding it is one step; none where it is not.

        It takes several steps, and these are of linear rules, of rules whose right side is a number, and at most one
        of a familiar rule that takes nothing for granted.
        """
        found: dict[Rule, None] = {}
        counted = familiar = 0
        stack: list[Goal | Step] = [root]
        while stack:
            item = stack.pop()
            if not isinstance(item, Step):
                if item.rule is None:
                    return ()
                stack.extend(reversed(self.outline_of(item)))
                continue
            if item.minor:
                continue
            tags = item.rule.tags
            counted += 1
            if "combine" in tags:
                continue
            familiar += "familiar" in tags
            plain = "linear" in tags or "familiar" in tags or item.rule.right.head == "number"
            if not plain or item.assumptions or familiar > 1 or counted > _MOST_IN_ONE:
                return ()
            found[item.rule] = None
        if counted == 1:
            return ()
        return tuple(rule for rule in found if rule.right.head != "number")

    def outline_of(self, goal: Goal) -> list[Step | Goal]:
        outline = self.outlines.get(goal)
        if outline is None:
            outline = self.outlines[goal] = list(self.outline(goal))
        return outline

    def outline(self, goal: Goal) -> Iterator[Step | Goal]:
        """The steps of one goal, with the goals that they open between them."""
        problem = goal.problem
        opened = problem
        if goal.rule is not None:
            opened = goal.rule.opened(goal.bindings)
            yield self.step(goal.rule.rule, problem, opened, shown_bindings(goal.rule.rule, goal.bindings),
                            simplified(assumptions_of(goal), self.solver.tidy))
        yield from dict.fromkeys(goal.parts)
        assert goal.joined is not None
        if goal.ending in STAYS_OPEN:
            return
        if goal.continued is not None:
            yield goal.continued
            return
        results = tuple((part.problem, part.result) for part in goal.parts if part.result is not None)
        if goal.rule is None and problem.head == "at":
            seen = goal.ending == "both sides"
            yield self.step(rulebook()["slope_from_both_sides" if seen else "evaluate_at"], problem, goal.joined,
                            {"a": problem.args[2], "x": problem.args[1]}, replacements=results, whole=seen)
        elif goal.joined is not opened and not (len(goal.parts) == 1 and goal.parts[0].problem is opened):
            yield self.step(rulebook()["put_together"], opened, goal.joined, {}, replacements=results)
        for before, decision in self.solver.tidy.steps(goal.joined):
            yield self.step(rulebook()[decision.rule], before, decision.after, {},
                            tuple(relation for relation in decision.conditions if holds(relation) is None))

    def step(self, rule: Rule, before: Expression, after: Expression, bindings: Mapping[str, Expression],
             assumptions: tuple[Expression, ...] = (),
             replacements: tuple[tuple[Expression, Expression], ...] = (), whole: bool = False) -> Step:
        """whole: the step answers for the problem itself, not for what was found for its parts."""
        derivation = self.derivation
        return Step(rule, before, after, bindings, assumptions,
                    lambda step: derivation.compare(before if whole else step.ready, step.after, step.assumptions),
                    replacements=replacements)
