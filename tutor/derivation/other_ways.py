"""What a teacher would offer beside the way in which something was found.

    other_way(derivation, "tabular_parts", goal)        # an instance of the rule; None if it would show nothing new
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.rules.rulebook import rulebook

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation
    from tutor.derivation.goal import Goal
    from tutor.rules.instance import RuleInstance


def other_way(derivation: Derivation, method: str, goal: Goal) -> RuleInstance | None:
    """The instance of a second method that a teacher would show for a goal as something new."""
    if "integral" not in rulebook()[method].tags:
        return derivation.by_method(method, goal.problem)
    if goal.problem.head != "integral" or _is_in_table(goal):
        return None
    from tutor.integration.second_methods import is_worth_showing

    if not is_worth_showing(method, goal.problem.args[0], goal.problem.args[1].value):
        return None
    instance = derivation.by_method(method, goal.problem)
    if instance is None or instance.inside is not None:
        return instance
    done, rule = goal.rule, instance.rule  # some rules of integration by parts say the same
    says_the_same = done is rule or (done is not None and not rule.computed and done.left is rule.left)
    return None if says_the_same else instance


def _is_in_table(goal: Goal) -> bool:
    """Whether a goal is an integral that a learner knows by heart: a rule says it at once."""
    rule = goal.rule
    return rule is not None and not (rule.computed or goal.parts or rule.role("inside"))
