"""Indefinite integrals inside an expression, worked out where the rulebook does it in a step or two.

    closed(parse("(int x dx)*(int e^x dx)"), name("u"))        # x^2/2*e^x

A learner who multiplies two integrals writes down the product of two antiderivatives, without their constants.
"""

from __future__ import annotations

from functools import cache

from tutor.derivation.antiderivatives import is_indefinite
from tutor.derivation.ratio import ratio, work_out
from tutor.expression.tree import Expression, postorder, rebuilt
from tutor.rules.instance import instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

MOST_STEPS = 3
"""Rules that are used one after the other on one integral."""


def closed(root: Expression, fresh: Expression) -> Expression:
    """The expression with its indefinite integrals replaced by antiderivatives; what no rule knows stays.

    fresh: a letter for what a rule puts in.
    """
    return _closed(root, fresh, MOST_STEPS)


def is_known(integral: Expression, fresh: Expression) -> bool:
    """Whether the rulebook works an indefinite integral out in a step or two."""
    return not is_indefinite(closed(integral, fresh))


def _closed(root: Expression, fresh: Expression, steps: int) -> Expression:
    done: dict[Expression, Expression] = {}
    for part in postorder([root]):
        made = rebuilt(part, tuple([done[arg] for arg in part.args]))
        done[part] = _antiderivative(made, fresh, steps) if is_indefinite(made) else made
    return done[root]


def _antiderivative(integral: Expression, fresh: Expression, steps: int) -> Expression:
    """An antiderivative without an integral in it, or the integral itself."""
    for rule in _integral_rules() if steps else ():
        instance = instance_of(rule, integral, fresh, ratio)
        if instance is not None:
            made = _closed(instance.worked_out(work_out).after, fresh, steps - 1)
            if not any(is_indefinite(part) for part in postorder([made])):
                return made
    return integral


@cache
def _integral_rules() -> tuple[Rule, ...]:
    return tuple([rule for rule in rulebook().values()
                  if "integral" in rule.tags and not rule.computed and is_indefinite(rule.left)
                  and (not rule.definitions or "inner" in rule.tags)])
