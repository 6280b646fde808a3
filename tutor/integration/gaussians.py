"""Bell curves with a width and a middle, as densities are written: e^(-(x - m)^2/(2*s^2)).

    next(bell_curve(integrand)).after        # of int e^(-x^2/(2*s^2)) dx: sqrt(2*pi)/2*s*erf(x/(sqrt(2)*s))
    next(bell_curve(integrand)).after        # of int x*e^(-(x - m)^2) dx: (int (u + m)*e^(-u^2) du) at (u = x - m)
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.expression.tree import (
    ONE,
    PI,
    TWO,
    E,
    Expression,
    add,
    call,
    divide,
    multiply,
    negate,
    postorder,
    substitute,
)
from tutor.integration.integrand import Integrand, Refusal
from tutor.rules.instance import RuleInstance


def bell_curve(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The error function with the width as it is written, without the root of its square; or the distance from the
    middle as the new variable."""
    exponents = [part.args[1] for part in postorder([integrand.body])
                 if part.head == "power" and part.args[0] is E and integrand.varies(part.args[1])]
    if len(exponents) != 1 or exponents[0].head != "negation":
        return
    square, below = _fraction(exponents[0].args[0])
    if square.head != "power" or square.args[1] is not TWO or not integrand.varies(square) or integrand.varies(below):
        return
    if square.args[0] is integrand.variable:
        yield from _of_scale(integrand, below)
    elif square.args[0].head == "sum":
        yield from _shifted(integrand, square.args[0])


def _fraction(expression: Expression) -> tuple[Expression, Expression]:
    above, below = expression.args if expression.head == "quotient" else (expression, ONE)
    return above, below


def _of_scale(integrand: Integrand, below: Expression) -> Iterator[RuleInstance]:
    """e^(-(x^2/(c*s^2))), whose s may have either sign."""
    factors = below.args if below.head == "product" else (below,)
    scales = [factor.args[0] for factor in factors
              if factor.head == "power" and factor.args[1] is TWO and factor.args[0].head == "name"]
    if not scales:
        return
    rest = [factor for factor in factors if not (factor.head == "power" and factor.args[0] in scales)]
    root = multiply(*([call("sqrt", multiply(*rest))] if rest else []), *scales)
    width = divide(call("sqrt", multiply(*rest, PI) if rest else PI), TWO)
    after = multiply(width, *scales, call("erf", divide(integrand.variable, root)))
    instance = integrand.computed("integral_of_gaussian_of_scale", after, {"b": root})
    if instance is not None:
        yield instance


def _shifted(integrand: Integrand, inside: Expression) -> Iterator[RuleInstance]:
    """x*e^(-(x - m)^2), where the variable stands outside of x - m, too."""
    variable, fresh = integrand.variable, integrand.fresh
    shift = integrand.tidy(add(inside, negate(variable)))
    if integrand.varies(shift) or variable not in inside.args:
        return
    body = integrand.tidy(substitute(integrand.body, variable.value, add(fresh, negate(shift))))
    instance = integrand.substituted("shift_the_variable", body, inside)
    if instance is not None:
        yield instance
