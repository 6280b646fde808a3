"""What a derivation takes for granted: the conditions of its rules, except those that plainly hold.

    list(relations_below(goal))       # of d/dx [ln(x)]: x > 0
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.algebra.signs import holds
from tutor.derivation.antiderivatives import tidy_for
from tutor.expression.tree import Expression, substitute

if TYPE_CHECKING:
    from tutor.algebra.decide import Tidy
    from tutor.derivation.goal import Goal


def assumptions_of(goal: Goal, signs: dict[Expression, str] | None = None) -> tuple[Expression, ...]:
    """The conditions of the goal's rule with its letters filled in, without those that plainly hold.

    signs: those that were found for other goals.
    """
    relations = () if goal.instance is None else goal.instance.relations
    return tuple([relation for relation in relations  # limits were looked at before
                  if relation.args[0].head != "limit" and holds(relation, signs=signs) is None])


def relations_below(root: Goal, tidy: Tidy | None = None) -> Iterator[Expression]:
    """All that was taken for granted on the way to a goal, in the letters that can be seen there.

    Inside a chain rule u is its inside, and under an `at` x is the point. Inside a definite integral x is between the
    limits, where the integrand was looked at, and in a limit it is close to the place, so that nothing is assumed of
    it. tidy: to ask for what tidying assumed, too.
    """
    stack: list[tuple[Goal, tuple[tuple[str, Expression | None], ...]]] = [(root, ())]
    seen = set(stack)
    signs: dict[Expression, str] = {}
    tidied: dict[object, set[Expression]] = {}
    while stack:
        goal, inside = stack.pop()
        relations = list(assumptions_of(goal, signs))
        was_tidied = goal.continued is None or (goal.problem.head == "derivative" and goal.is_made_ready)
        if tidy is not None and was_tidied and not goal.is_infinite:
            used = tidy if goal.instance is None else tidy_for(goal.problem, tidy, goal.part_of)
            relations += used.conditions(goal.joined, tidied.setdefault(inside, set()))
        if goal.problem.head == "limit":  # it holds close to the place, which is all that counts
            relations = [relation for relation in relations if goal.problem.args[1].value not in relation.free]
        for relation in relations:
            for letter, value in inside:
                if value is not None:
                    relation = substitute(relation, letter, value)
                elif letter in relation.free:
                    break
            else:
                yield relation
        for part in goal.rests_on:
            meant = goal.substitution(part)
            there = part, inside if meant is None else ((meant[0].value, meant[1]), *inside)
            if _binds_its_variable(goal.problem):
                there = part, ((goal.problem.args[1].value, None), *inside)
            if there not in seen:
                seen.add(there)
                stack.append(there)


def _binds_its_variable(problem: Expression) -> bool:
    """Whether the variable of a limit or a definite integral is known there, and nowhere else: in int_1^x 1/x dx the
    upper limit is another x."""
    if problem.head == "integral" and len(problem.args) == 4:
        return problem.args[1].value not in problem.args[2].free | problem.args[3].free
    return problem.head == "limit"
