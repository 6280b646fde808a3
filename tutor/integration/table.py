"""Integrals that one rule of the rulebook takes apart or finds at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tutor.integration.integrand import Integrand, Refusal
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook


def table(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The rules of the rulebook that fit."""
    for rule in _rules():
        found = instance_of(rule, integrand.problem, integrand.fresh)
        if found is not None:
            yield found


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple([rule for rule in rulebook().values() if "integral" in rule.tags and not rule.computed
                  and rule.left.head == "integral" and len(rule.left.args) == 2
                  and rule.name not in ("substitution", "constant_of_integration", "logarithm_of_denominator")])
