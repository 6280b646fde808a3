"""What the wrong rules about equations make of one that is solved for a rate.

    wrong_instance(misconceptions()["moved_with_its_sign"], found.isolated[-1]).after       # 2*x
"""

from __future__ import annotations

from tutor.derivation.implicit import ImplicitRate, bindings_of
from tutor.derivation.isolating import Isolated
from tutor.derivation.rate_problem import rate_asked
from tutor.expression.relations import related
from tutor.expression.tree import Expression, name, names_in_order
from tutor.oracle.verdict import Check
from tutor.rules.instance import RuleInstance, chosen_instance
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook


def wrong_rate(rule: Rule, problem: Expression) -> tuple[Expression, Expression, Check]:
    """What a wrong rule about equations makes of the last equation of a problem where it fits: both sides, and what
    numbers find of them."""
    asked = rate_asked(problem)
    assert asked is not None
    found = ImplicitRate(asked, str(problem))
    made = wrong_instance(rule, found.isolated[-1])
    assert made is not None
    return made.before, made.after, found.compare(made.before, made.after)


def wrong_instance(rule: Rule, found: Isolated) -> RuleInstance | None:
    """What a wrong rule says where the sound one that it is unlike was used; None where that was not."""
    sound = rulebook()[rule.unlike]
    places = {"move_terms": (found.opened, found.moved),
              "divide_both_sides": (found.gathered, related(found.rate, "=", found.divided))}
    if sound.name not in places or places[sound.name][0] is places[sound.name][1]:
        return None
    bindings = bindings_of(sound, *places[sound.name], found.rate.args[1])
    letters = zip(names_in_order(rule.given[0]), names_in_order(sound.given[0]), strict=True)
    return chosen_instance(rule, {letter.value: bindings[meant.value] for letter, meant in letters}, name("u"))
