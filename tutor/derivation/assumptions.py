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


def assumptions_of(goal: Goal, signs: dict[Expression, str] | None = None) -> tuple[Expression, ...]:
    """The conditions of the goal's rule with its letters filled in, without those that plainly hold.

    signs: those that were found for other goals.
    """
    relations = () if goal.instance is None else goal.instance.relations
    return tuple([relation for relation in relations if holds(relation, signs=signs) is None])


def relations_below(root: Goal, tidy: Tidy | None = None) -> Iterator[Expression]:
    """All that was taken for granted on the way to a goal, in the letters that can be seen there.

    Inside a chain rule u is its inside, and under an `at` x is the point. tidy: to ask for what tidying assumed, too.
    """
    stack: list[tuple[Goal, tuple[tuple[str, Expression], ...]]] = [(root, ())]
    seen = set(stack)
    signs: dict[Expression, str] = {}
    tidied: dict[object, set[Expression]] = {}
    while stack:
        goal, inside = stack.pop()
        relations = list(assumptions_of(goal, signs))
        if tidy is not None and goal.continued is None:
            relations += tidy.conditions(goal.joined, tidied.setdefault(inside, set()))
        for relation in relations:
            for letter, value in inside:
                relation = substitute(relation, letter, value)
            yield relation
        for part in goal.rests_on:
            meant = goal.substitution(part)
            there = part, inside if meant is None else ((meant[0].value, meant[1]), *inside)
            if there not in seen:
                seen.add(there)
                stack.append(there)
