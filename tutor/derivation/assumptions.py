"""What a derivation takes for granted: the conditions of its rules, except those that plainly hold.

    list(relations_below(goal))       # of d/dx [ln(x)]: x > 0
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.algebra.signs import holds
from tutor.expression.tree import Expression, substitute
from tutor.rules.reader import FRESH

if TYPE_CHECKING:
    from tutor.algebra.decide import Tidy
    from tutor.derivation.solve import Goal


def assumptions_of(goal: Goal) -> tuple[Expression, ...]:
    """The conditions of the goal's rule with its letters filled in, without those that plainly hold."""
    if goal.rule is None:
        return ()
    relations = (build(goal.bindings, None) for build in goal.rule.provided)
    return tuple(relation for relation in relations if holds(relation) is None)


def relations_below(root: Goal, tidy: Tidy | None = None) -> Iterator[Expression]:
    """All that was taken for granted on the way to a goal, in the letters that can be seen there.

    Inside a chain rule u is its inside, and under an `at` x is the point. tidy: to ask for what tidying assumed, too.
    """
    stack: list[tuple[Goal, tuple[tuple[str, Expression], ...]]] = [(root, ())]
    seen = set(stack)
    while stack:
        goal, inside = stack.pop()
        relations = list(assumptions_of(goal))
        if tidy is not None and goal.joined is not None and goal.continued is None:
            relations += [relation for _, decision in tidy.steps(goal.joined) for relation in decision.conditions]
        for relation in relations:
            for letter, value in inside:
                relation = substitute(relation, letter, value)
            yield relation
        for part in (*goal.parts, *([] if goal.continued is None else [goal.continued])):
            there = part, (*_meant(goal, part), *inside)
            if there not in seen:
                seen.add(there)
                stack.append(there)


def _meant(goal: Goal, part: Goal) -> Iterator[tuple[str, Expression]]:
    """The letter of a part of a goal that stands for something else, seen from the goal."""
    if goal.rule is None:
        if goal.problem.head == "at" and part.problem is goal.problem.args[0]:
            yield goal.problem.args[1].value, goal.problem.args[2]
        return
    fresh, inner = goal.bindings.get(FRESH), goal.bindings.get("g")
    if isinstance(inner, Expression) and part.problem.head == "derivative" and part.problem.args[1] is fresh:
        yield part.problem.args[1].value, inner
