"""Second methods for indefinite integrals: what a teacher would also show, used only where someone asks for it by name.

    [proposal.rule.name for proposal in SECOND_METHODS["half_angle"](integrand)]    # of int 1/sin(x) dx: ["half_angle"]

Each is the name of a rule, with the method that proposes instances of that rule; the search takes the first of them
that leads to an antiderivative and is not what it does anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.expression.tree import Expression, postorder
from tutor.integration.ansatz import exponential_ansatz
from tutor.integration.exponentials import exponential_substitution
from tutor.integration.half_angle import half_angle, rational_in_sine_and_cosine
from tutor.integration.integrand import Integrand, Method, Refusal
from tutor.integration.parts import all_in_a_table, other_parts, parts_of_logarithm, sure_parts
from tutor.integration.rational import all_multiplied_out, rational
from tutor.integration.roots import any_root_substitution
from tutor.integration.roots_of_quadratics import root_of_quadratic
from tutor.integration.substitution import substitution_in_whole
from tutor.integration.trigonometric_substitution import trigonometric_substitution
from tutor.rules.instance import RuleInstance


def _by_parts(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    for method in (parts_of_logarithm, sure_parts, other_parts):
        yield from method(integrand)


SECOND_METHODS: Mapping[str, Method] = {
    "substitution_in_whole": substitution_in_whole,
    "expand_integrand": all_multiplied_out,
    "parts": _by_parts,
    "parts_single": _by_parts,
    "parts_cyclic": _by_parts,
    "tabular_parts": all_in_a_table,
    "exponential_ansatz": exponential_ansatz,
    "exponential_substitution": exponential_substitution,
    "divide_first": rational,
    "partial_fractions": rational,
    "root_substitution": any_root_substitution,
    "trigonometric_substitution": trigonometric_substitution,
    "root_ansatz": root_of_quadratic,
    "root_over_variable": root_of_quadratic,
    "euler_substitution": root_of_quadratic,
    "cosine_for_u": rational_in_sine_and_cosine,
    "sine_for_u": rational_in_sine_and_cosine,
    "tangent_for_u": rational_in_sine_and_cosine,
    "half_angle": half_angle,
}

_OF_FRACTIONS = {"half_angle": frozenset[str](), "tangent_for_u": frozenset(("tan", "cot", "sec", "csc"))}
"""Methods that a teacher shows only for what stands below a line, and functions that may stand there instead."""


def is_worth_showing(method: str, body: Expression, variable: str) -> bool:
    """Whether a teacher would show this method for an integrand if it applies: the powers and products of sines and
    cosines need no tangent."""
    others = _OF_FRACTIONS.get(method)
    return others is None or any(
        part.head in others or (part.head == "quotient" and variable in part.args[1].free)
        for part in postorder([body]))
