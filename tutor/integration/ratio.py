"""The constant by which the rest of an integrand differs from the derivative of an inside.

    ratio_to_slope(parse("x"), parse("2*x"), name("x"), Tidy(Style()))       # 1/2
"""

from __future__ import annotations

from tutor.algebra.decide import Tidy
from tutor.expression.tree import ZERO, Expression, divide


def ratio_to_slope(rest: Expression, slope: Expression, variable: Expression, tidy: Tidy) -> Expression | None:
    """`rest`/`slope`, tidy; None if the variable is left in it."""
    if slope is ZERO:
        return None
    found = tidy(divide(rest, slope))
    return None if variable.value in found.free else found
