"""What a derivation takes for granted: the conditions of its rules, except those that plainly hold.

    list(relations_below(goal))       # of d/dx [ln(x)]: x > 0
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.algebra.signs import holds
from tutor.expression.tree import Expression, substitute

if TYPE_CHECKING:
    from tutor.algebra.decide import Tidy
    from tutor.derivation.goal import Goal


def assumptions_of(goal: Goal) -> tuple[Expression, ...]:
    """The conditions of the goal's rule with its letters filled in, without those that plainly hold."""
    relations = () if goal.instance is None else goal.instance.relations
    return tuple([relation for relation in relations
                  if relation.args[0].head != "limit" and holds(relation) is None])  # limits were looked at before


def relations_below(root: Goal, tidy: Tidy | None = None) -> Iterator[Expression]:
    """All that was taken for granted on the way to a goal, in the letters that can be seen there.

    Inside a chain rule u is its inside, and under an `at` x is the point. tidy: to ask for what tidying assumed, too.
    """
    stack: list[tuple[Goal, tuple[tuple[str, Expression], ...], frozenset[str]]] = [(root, (), frozenset())]
    seen = set(stack)
    while stack:
        goal, inside, bound = stack.pop()
        relations = list(assumptions_of(goal))
        if tidy is not None and goal.continued is None and not goal.is_infinite:
            relations += [relation for _, decision in tidy.steps(goal.joined) for relation in decision.conditions]
        if goal.problem.head == "limit":  # what holds of its variable holds close to the place, and that is enough
            bound = bound | {goal.problem.args[1].value}
        for relation in relations:
            if bound.isdisjoint(relation.free):
                for letter, value in inside:
                    relation = substitute(relation, letter, value)
                yield relation
        for part in goal.rests_on:
            meant = goal.substitution(part)
            there = part, inside if meant is None else ((meant[0].value, meant[1]), *inside), bound
            if there not in seen:
                seen.add(there)
                stack.append(there)
