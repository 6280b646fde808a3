"""Derivatives of insides, for whoever uses a rule of integration by itself, outside of a derivation.

    ratio(parse("x"), parse("x^2 + 1"), name("x"))       # 1/2
    ratio(parse("x^2"), parse("x^2 + 1"), name("x"))     # None: x/2 is not free of x
    work_out(parse("d/dx [3*x]"))                        # 3
"""

from __future__ import annotations

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.derivation import derive_if_possible
from tutor.errors import LimitError
from tutor.expression.tree import Expression, derivative
from tutor.integration.integrand import ratio_to_slope


def work_out(part: Expression) -> Expression:
    """What a letter stands for that a rule defines as a derivative; other definitions stay as they are."""
    found = derive_if_possible(part) if part.head == "derivative" else None
    return part if found is None else found.result


def ratio(rest: Expression, inside: Expression, variable: Expression) -> Expression | None:
    """`rest` divided by the derivative of `inside`, tidy; None if the variable is left in it, or nobody knows."""
    found = derive_if_possible(derivative(inside, variable))
    if found is None:
        return None
    try:
        return ratio_to_slope(rest, found.result, variable, Tidy(Style()))
    except LimitError:
        return None
