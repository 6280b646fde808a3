"""What a method proposes for an integral that is given as text, and whether it is true."""

from __future__ import annotations

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.integrals import Integrals
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, derivative, multiply, name, postorder, substitute
from tutor.integration.integrand import Integrand, Method, Refusal
from tutor.oracle.verdict import Oracle
from tutor.rules.instance import RuleInstance


def integrand_of(text: str) -> Integrand:
    """The integral of an expression in x."""
    tidy = Tidy(Style())
    body = tidy(parse(text))
    return Integrand(body, name("x"), name("u"), tidy, Integrals(body, tidy).differentiate)


def proposals(method: Method, integrand: Integrand) -> list[RuleInstance]:
    return [proposal for proposal in method(integrand) if not isinstance(proposal, Refusal)]


def refusals(method: Method, text: str) -> list[str]:
    return [proposal.sentence for proposal in method(integrand_of(text)) if isinstance(proposal, Refusal)]


def is_true(integrand: Integrand, proposal: RuleInstance) -> bool:
    """Whether the oracle finds that the derivative of the right side is the integrand, and every line of working true.

    The derivative of (int h du) at (u = g) is h at u = g, times the derivative of g.
    """
    right = proposal.after
    if right.head == "at":
        integral, letter, inside = right.args
        slope = multiply(substitute(integral.args[0], letter.value, inside), derivative(inside, integrand.variable))
        assert integrand.variable not in postorder([integral])
    else:
        slope = derivative(right, integrand.variable)
    equations = [(slope, integrand.body), *[line.filled_in.args for line in proposal.working]]
    return all(_holds(*sides) for sides in equations)


def _holds(left: Expression, right: Expression) -> bool:
    return Oracle().compare(left, right).outcome == "checked"
