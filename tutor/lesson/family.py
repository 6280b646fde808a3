"""The form in which a rule is met, as a code of one or two parts: exercises of one form train the same skill.

    form_family(rulebook()["chain"], parse("d/dx (3x + 2)^4"), bindings)        # "power,linear"
    current_form("u^n, u linear")                                               # "power,linear"

Forms are few on purpose: each is a card of the schedule, and what is asked again is a fresh exercise of the same form.
The log of a learner stores them; `practice/words.py` has the words for them.
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
    "application": "unknown_function"}
"""Head -> the family of functions outside; of every other head its own name."""

_FORMER = {
    "u^n": "power", "e^u": "exponential", "a^u": "general_exponential", "a trigonometric function": "trigonometric",
    "an inverse trigonometric function": "inverse_trigonometric", "a hyperbolic function": "hyperbolic",
    "an activation function": "activation", "a logarithm": "logarithm", "a root": "root",
    "an unknown function": "unknown_function", "u linear": "linear", "u more than linear": "nonlinear",
    "negative integer": "negative_integer", "negative fraction": "negative_fraction",
}
"""A part of a form as logs of former versions have it -> its code."""


def current_form(logged: str) -> str:
    """The code of a form that may come from the log of a former version, which stored forms in words."""
    return ",".join(_FORMER.get(part, part) for part in logged.split(", "))


def form_family(rule: Rule, problem: Expression, bindings: Bindings) -> str:
    """The outside and the inside of a chain; else the kinds of the parts that vary; else those of the constants."""
    variable = problem.args[1].value
    shown = shown_bindings(rule, bindings)
    outside, inside = [standing_for(rule, role, bindings) for role in ("outside", "inside")]
    if outside is not None:
        linear = inside is not None and degree_of(inside, variable) == 1
        return f"{_outside(outside)},{'linear' if linear else 'nonlinear'}"
    parts = [bound for letter, bound in shown.items() if letter != rule.left.args[1].value]
    varying = ["polynomial" if degree_of(part, variable) is not None else "function"
               for part in parts if variable in part.free]
    if rule.left.args[0].head == "product":
        varying.sort()
    return ",".join(varying or [_kind_of_constant(part) for part in parts]) or problem.args[0].head


def _outside(outside: Expression) -> str:
    """The family of the function that is applied last."""
    if outside.head == "power":
        base, exponent = outside.args
        return "power" if rational_value(exponent) is not None else (
            "exponential" if base.value == "e" else "general_exponential")
    if outside.head == "defined":
        return f"{outside.value.name}(u)"
    return _OUTSIDES.get(outside.head, outside.head)


def _kind_of_constant(part: Expression) -> str:
    value = rational_value(part)
    if value is None:
        return "constant"
    return ("negative_" if value < 0 else "") + ("integer" if value.denominator == 1 else "fraction")
