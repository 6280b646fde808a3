"""The log of a solved problem, told: goals become blocks of numbered steps.

    block_of(derivation)        # the Block of the whole problem
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace as replace_fields
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.algebra.telling import Teller, Told
from tutor.derivation.antiderivatives import tidy_for
from tutor.derivation.assumptions import assumptions_of, relations_of
from tutor.derivation.goal import Goal
from tutor.derivation.lines import Folding, numbered
from tutor.derivation.points import STAYS_OPEN, without_places
from tutor.derivation.simplified import simplified
from tutor.derivation.step import Block, Step
from tutor.expression.relations import related
from tutor.expression.tree import ZERO, Expression, add, as_tuple, derivative, replace
from tutor.rules.instance import RuleInstance, Working
from tutor.rules.restate import shown_bindings
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

if TYPE_CHECKING:
    from tutor.algebra.decide import Tidy
    from tutor.derivation.derivation import Derivation
    from tutor.integration.definite import Equation
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
        self.signs: dict[Expression, str] = {}
        self.finite: set[Expression] = set()
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
            self.openings[goal] = None if goal.instance is None else self.step(
                goal.instance.rule, goal.problem, goal.opened, shown_bindings(goal.instance.rule, goal.bindings),
                simplified(assumptions_of(goal, self.signs), self.solver.tidy), working=goal.instance.working,
                instead=_equations_to_check(goal))
        return self.openings[goal]

    def ending(self, goal: Goal) -> list[Step]:
        """The steps of a goal that come after its parts."""
        if goal not in self.endings:
            self.endings[goal] = list(self._ending(goal))
        return self.endings[goal]

    def closing(self, goal: Goal) -> Step | None:
        """The step that adds the constant of integration, at the very end of the whole."""
        return self.constant if goal is self.derivation.goal else None

    @cached_property
    def constant(self) -> Step | None:
        added, goal = self.derivation.constant, self.derivation.goal
        return None if added is None else self.step(
            added.rule, goal.result, self.derivation.result, shown_bindings(added.rule, added.bindings),
            asked=goal.problem, working=_taken_in(goal.result, added))

    def _ending(self, goal: Goal) -> Iterator[Step]:
        problem = goal.problem
        if goal.ending in STAYS_OPEN and goal.continued is not None and goal.instance is None and not goal.parts:
            yield from self._tidying(problem, self.solver.tidy)  # it goes on from the tidy problem, which has no value
            return
        if goal.ending in STAYS_OPEN or (goal.continued is not None and not goal.is_made_ready):
            return
        opened = goal.opened
        results = tuple((part.problem, part.result) for part in goal.parts)
        if goal.rule is None and problem.head == "at":
            seen = goal.ending == "both_sides"
            _, places = without_places(problem)
            values = "evaluate_at" if len(places) == 1 else "evaluate_at_several"
            rule = rulebook()["slope_from_both_sides" if seen else values]
            asked = problem if seen else None
            letters, points = zip(*places, strict=True)
            yield self.step(rule, problem, goal.joined, replacements=results, asked=asked, bindings={
                rule.role("point"): as_tuple(points), rule.letter("variable"): as_tuple(letters)})
        elif goal.joined is not opened and not (len(goal.parts) == 1 and goal.parts[0].problem is opened):
            name = "put_limits_together" if problem.head == "limit" else "put_together"
            yield self.step(rulebook()[name], opened, goal.joined, {}, replacements=results)
        made_ready = goal.continued is not None or goal.instance is None  # also an integral that comes back
        tidy = self.solver.tidy if made_ready else tidy_for(problem, self.solver.tidy, goal.part_of)
        is_infinite = goal.is_infinite(self.finite)
        at_once = is_infinite or goal.meets_cases  # tidying cannot calculate with infinity
        if not at_once:
            yield from self._tidying(goal.joined, tidy)
        if goal.restored is not None:
            restored = goal.restored
            before = goal.joined if at_once else tidy(goal.joined)
            assumed = simplified(relations_of(restored, self.signs), self.solver.tidy) if at_once else ()
            yield self.step(restored.rule, before, restored.after, shown_bindings(restored.rule, restored.bindings),
                            assumed, working=restored.working)
            if goal.result is not restored.after:  # what another method wrote back is left as it is
                yield from self._tidying(restored.after, tidy)

    def _tidying(self, start: Expression, tidy: Tidy) -> Iterator[Step]:
        """The steps that lead from an expression, which has been tidied, to its tidy form."""
        for told in tidying_told(start, tidy, self.algebra):
            assumed = simplified(told.assumptions, tidy) if told.assumptions else ()
            whole = told.whole_before, told.whole_after
            yield self.step(told.rule, told.before, told.after, told.bindings, assumed,
                            within=None if whole == (told.before, told.after) else whole)


    def step(self, rule: Rule, before: Expression, after: Expression, bindings: Mapping[str, Expression],
             assumptions: tuple[Expression, ...] = (),
             replacements: tuple[tuple[Expression, Expression], ...] = (), asked: Expression | None = None,
             within: tuple[Expression, Expression] | None = None, working: tuple[Working, ...] = (),
             instead: Sequence[Equation] = ()) -> Step:
        """asked: what the step answers for, where that is not the line before it with the results of its parts;
        instead: the equations that numbers are put into, where they are others."""
        derivation = self.derivation

        def compare(step: Step) -> Check:
            first, *more = instead or [(asked or step.ready, step.after)]
            check = derivation.compare_in_step(*first, step.assumptions)
            others = [*more, *[tuple(line.filled_in.args) for line in working]]
            if step.within is not None:
                others.append(step.within)
            for left, right in others:
                if check.outcome != "checked":
                    break
                check = derivation.compare_in_step(left, right, step.assumptions)
            return check

        return Step(rule, before, after, bindings, assumptions, compare, replacements=replacements, within=within,
                    working=working)


def _taken_in(found: Expression, added: RuleInstance) -> tuple[Working, ...]:
    """That the terms of an antiderivative without its variable are taken into the constant of integration."""
    variable = added.before.args[1]
    constant = add(*[term for term in found.args if variable.value not in term.free]) if found.head == "sum" else ZERO
    return () if constant is ZERO else (Working(
        "{constant} is a constant, too, so it becomes a part of {C}.",
        related(derivative(constant, variable), "=", ZERO),
        {"constant": constant, "C": added.bindings["fresh"]}, told_in_words=True),)


def tidying_told(start: Expression, tidy: Tidy, algebra: Teller) -> list[Told]:
    """What is told of the way from an expression, which has been tidied, to its tidy form."""
    chain = [told for before, decision in tidy.steps(start)
             for told in algebra.tell(before, decision.after, decision.kind)]
    return _without_returns(chain, start) if len(chain) * start.size <= _MOST_WORK else chain


def _equations_to_check(goal: Goal) -> Sequence[Equation]:
    """What to ask of numbers instead of the equation of a rule that takes a definite integral apart; often nothing."""
    if goal.instance is None or goal.problem.head != "integral":
        return ()
    from tutor.integration.definite import equations_to_check

    return equations_to_check(goal.instance, goal.ending not in STAYS_OPEN)


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
