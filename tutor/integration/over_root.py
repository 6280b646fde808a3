"""Reading an integrand that is rational in x and the square root of one quadratic in x.

    found = over_root(Integrand of x/(1 + sqrt(x^2 + 1)))
    found.whole, found.over        # the integrand is whole + over/root
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.multivariate import (
    NOTHING,
    Sum,
    atom,
    by_powers,
    degree,
    exact_quotient,
    only_number,
    plain,
)
from tutor.algebra.terms import magnitude
from tutor.expression.exponents import integer_root
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    call,
    multiply,
    node,
    postorder,
    power,
    rational,
)
from tutor.integration.integrand import Integrand
from tutor.integration.ratios import Ratio, cancelled, parts_by_root, ratio_of, without
from tutor.rules.conditions import rational_value

MOST_DEGREE = 14
"""Polynomials of a higher degree are not tried."""


class OverRoot(NamedTuple):
    """An integrand whole + over/root, where both are ratios in x; the quadratic is low + middle·x + high·x²."""

    whole: Ratio
    over: Ratio
    root: Expression
    quadratic: Sum
    low: Sum
    middle: Sum
    high: Sum

    def below_apart(self, x: Expression) -> tuple[int, Sum]:
        """m and d where quadratic^m · d stands below the line, and the quadratic does not divide d."""
        below, often = self.over.below, 0
        while degree(below, x) > 1 and (found := exact_quotient(below, self.quadratic)):
            below, often = found, often + 1
        return often, below


def over_root(integrand: Integrand) -> OverRoot | None:
    """The integrand, read; None if it is not rational in x and the root of one quadratic. Raises TooLarge, and
    ZeroDivisionError."""
    x = integrand.variable
    radicands = {part.args[0] for part in postorder([integrand.body])
                 if integrand.varies(part) and half_powers(part) is not None}
    if len(radicands) != 1:
        return None
    radicand = next(iter(radicands))
    read = ratio_of(radicand, x.value, lambda part: Ratio(atom(x)) if part is x else None)
    if read is None or read.factors:
        return None
    quadratic = read.above
    coefficients = by_powers(quadratic, x)
    if max(coefficients, default=0) != 2:
        return None
    root = call("sqrt", radicand)

    def known(part: Expression) -> Ratio | None:
        if part is x:
            return Ratio(atom(x))
        times_half = half_powers(part)
        if times_half is None or part.args[0] is not radicand:
            return None
        return Ratio(atom(root))**times_half

    ratio = ratio_of(integrand.body, x.value, known)
    if ratio is None:
        return None
    whole, beside = parts_by_root(ratio, root, Ratio(quadratic))
    if not beside:
        return None
    over = without(cancelled(beside * Ratio(quadratic), x), quadratic)
    return OverRoot(cancelled(whole, x), over, root, quadratic,
                    coefficients.get(0, NOTHING), coefficients.get(1, NOTHING), coefficients[2])


def half_powers(part: Expression) -> int | None:
    """The k of a power f^(k/2) with an odd k; None of anything else."""
    if part.head == "sqrt":
        return 1
    if part.head != "power":
        return None
    exponent = rational_value(part.args[1])
    return None if exponent is None or exponent.denominator != 2 else exponent.numerator


def unit_of(high: Sum) -> tuple[Expression, int] | None:
    """r and the sign where ±r² is this coefficient; None where its sign is not known."""
    value = only_number(high)
    if value is not None:
        above, below = integer_root(abs(value.numerator), 2), integer_root(value.denominator, 2)
        sign = 1 if value > 0 else -1
        if above is not None and below is not None:
            return rational(Fraction(above, below)), sign
        return call("sqrt", rational(magnitude(value))), sign
    if len(high) == 1:
        product, number = next(iter(high.items()))
        if all(exponent % 2 == 0 for _, exponent in product):
            inner = unit_of(plain(number))
            assert inner is not None
            letters = [part if exponent == 2 else power(part, rational(exponent // 2)) for part, exponent in product]
            return multiply(*([inner[0]] if inner[0] is not ONE else []), *letters), inner[1]
    return None


def times_part(number: Expression, part: Expression) -> Expression:
    """A number times a part, with its minus sign in front of both."""
    if number.head == "negation":
        return node("negation", (times_part(number.args[0], part),))
    if number is ZERO:
        return ZERO
    factors = part.args if part.head == "product" else (part,)
    return part if number is ONE else number if part is ONE else multiply(number, *factors)
