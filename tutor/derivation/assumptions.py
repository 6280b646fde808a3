"""What a derivation takes for granted: the conditions of its rules, except those that plainly hold.

    list(relations_below(goal))       # of d/dx [ln(x)]: x > 0
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.algebra.signs import holds
from tutor.derivation.antiderivatives import tidy_for
from tutor.derivation.infinity import has_infinity
from tutor.derivation.points import STAYS_OPEN
from tutor.expression.relations import related
from tutor.expression.tree import Expression, add, multiply, negate, postorder, rational, substitute

if TYPE_CHECKING:
    from tutor.algebra.decide import Tidy
    from tutor.derivation.goal import Goal
    from tutor.rules.instance import RuleInstance


def assumptions_of(goal: Goal, signs: dict[Expression, str] | None = None) -> tuple[Expression, ...]:
    """The conditions of the goal's rule with its letters filled in, without those that plainly hold.

    signs: those that were found for other goals.
    """
    return () if goal.instance is None else relations_of(goal.instance, signs)


def relations_of(instance: RuleInstance, signs: dict[Expression, str] | None = None) -> tuple[Expression, ...]:
    """The same of one instance of a rule."""
    return tuple([relation for relation in instance.relations  # limits were looked at before
                  if relation.args[0].head != "limit" and holds(relation, signs=signs) is None])


def relations_below(root: Goal, tidy: Tidy | None = None) -> Iterator[Expression]:
    """All that was taken for granted on the way to a goal, in the letters that can be seen there.

    Inside a chain rule u is its inside, and under an `at` x is the point. Inside a definite integral x is between the
    limits, where the integrand was looked at, and in a limit it is close to the place, so that nothing is assumed of
    it but by the integral itself, which means all numbers between the limits. tidy: to ask for what tidying assumed,
    too.
    """
    stack: list[tuple[Goal, tuple[tuple[str, Expression | None], ...]]] = [(root, ())]
    seen = set(stack)
    signs: dict[Expression, str] = {}
    tidied: dict[object, set[Expression]] = {}
    finite: set[Expression] = set()
    while stack:
        goal, inside = stack.pop()
        relations = list(assumptions_of(goal, signs))
        # what other rules that end a goal take for granted was seen to hold
        if goal.restored is not None and (goal.meets_cases or goal.is_infinite(finite)):
            relations += relations_of(goal.restored, signs)
        was_tidied = goal.ending not in STAYS_OPEN and (
            goal.continued is None or (goal.problem.head == "derivative" and goal.is_made_ready))
        if tidy is not None and was_tidied and not goal.is_infinite(finite):
            used = tidy if goal.instance is None else tidy_for(goal.problem, tidy, goal.part_of)
            relations += used.conditions(goal.joined, tidied.setdefault(inside, set()))
        if goal.problem.head == "limit":  # it holds close to the place, which is all that counts
            relations = [relation for relation in relations if goal.problem.args[1].value not in relation.free]
        own = goal.problem.args[1].value if _binds_its_variable(goal.problem) else ""
        for relation in relations:
            for letter, value in inside:
                if value is not None:
                    relation = substitute(relation, letter, value)
                elif letter in relation.free and letter != own:
                    break
            else:
                yield relation
        for part in goal.rests_on:
            meant = tuple([(letter.value, value) for letter, value in goal.substitutions(part)])
            there = part, (*meant, *inside)
            if _binds_its_variable(goal.problem):
                there = part, ((goal.problem.args[1].value, None), *inside)
            if there not in seen:
                seen.add(there)
                stack.append(there)


_LOOKED_AT = 48
"""Places between the limits at which it is seen whether something can hold at every one of them."""


def about_letters(relations: Iterable[Expression], left: Expression, right: Expression) -> list[Expression]:
    """Assumptions as they can be asked at a point, which has numbers for the letters of both sides.

    What is meant for every number between the limits of an integral has to be so at a few of them, and what is nowhere
    0 has the same sign at all. That is less than was assumed, so it leaves out no point where the whole holds.
    """
    free = left.free | right.free
    found: list[Expression] = []
    for relation in relations:
        if relation.free <= free:
            found.append(relation)
            continue
        for part in postorder([left, right]):
            if part.head == "integral" and len(part.args) == 4 and part.args[1].value in relation.free and (
                    (relation.free - part.args[1].free) <= free) and not has_infinity(part):
                found += _at_places(relation, part)
    return found


def _at_places(relation: Expression, integral: Expression) -> Iterator[Expression]:
    _, variable, lower, upper = integral.args
    width = add(upper, negate(lower))
    values = [substitute(relation.args[0], variable.value, add(lower, multiply(rational(Fraction(
        2 * place + 1, 2 * _LOOKED_AT)), width))) for place in range(_LOOKED_AT)]
    if relation.value == "!=":
        yield from [related(multiply(one, other), ">") for one, other in pairwise(values)]
    else:
        yield from [related(value, relation.value, relation.args[1]) for value in values]


def _binds_its_variable(problem: Expression) -> bool:
    """Whether the variable of a limit or a definite integral is known there, and nowhere else: in int_1^x 1/x dx the
    upper limit is another x."""
    if problem.head == "integral" and len(problem.args) == 4:
        return problem.args[1].value not in problem.args[2].free | problem.args[3].free
    return problem.head == "limit"
