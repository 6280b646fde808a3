"""The form in which a rule is met, in a few words: exercises of one family train the same thing.

    form_family(rulebook()["chain"], parse("d/dx (3x + 2)^4"), bindings)        # "u^n, u linear"

Families are few on purpose: each is a card of the schedule, and what is asked again is a fresh exercise of the family.
"""

from __future__ import annotations

from tutor.algebra.degree import degree_of
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.tree import Expression
from tutor.rules.building import Bindings
from tutor.rules.conditions import rational_value
from tutor.rules.restate import shown_bindings, standing_for
from tutor.rules.rule import Rule

_OUTSIDES = {name: function.family for name, function in FUNCTIONS.items() if function.family} | {
    "application": "an unknown function"}
"""Head -> the family of functions outside; of every other head its own name."""


def form_family(rule: Rule, problem: Expression, bindings: Bindings) -> str:
    """The outside and the inside of a chain; else the kinds of the parts that vary; else those of the constants."""
    variable = problem.args[1].value
    shown = shown_bindings(rule, bindings)
    outside, inside = [standing_for(rule, role, bindings) for role in ("outside", "inside")]
    if outside is not None:
        linear = inside is not None and degree_of(inside, variable) == 1
        return f"{_outside(outside)}, u {'linear' if linear else 'more than linear'}"
    parts = [bound for letter, bound in shown.items() if letter != rule.left.args[1].value]
    varying = ["polynomial" if degree_of(part, variable) is not None else "function"
               for part in parts if variable in part.free]
    if rule.left.args[0].head == "product":
        varying.sort()
    return ", ".join(varying or [_kind_of_constant(part) for part in parts]) or problem.args[0].head


def _outside(outside: Expression) -> str:
    """The family of the function that is applied last."""
    if outside.head == "power":
        base, exponent = outside.args
        return "u^n" if rational_value(exponent) is not None else "e^u" if base.value == "e" else "a^u"
    if outside.head == "defined":
        return f"{outside.value.name}(u)"
    return _OUTSIDES.get(outside.head, outside.head)


def _kind_of_constant(part: Expression) -> str:
    value = rational_value(part)
    if value is None:
        return "constant"
    return ("negative " if value < 0 else "") + ("integer" if value.denominator == 1 else "fraction")
