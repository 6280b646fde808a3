"""Substitution of an exponential: where the variable stands in exponents alone, all of which are multiples of one
number, e^(that number * x) is called u.

    next(exponential_substitution(integrand)).after       # of int (e^(3*x) + 1)/(e^(2*x) + 1) dx
                                                          # (int (u^3 + 1)/(u*(u^2 + 1)) du) at (u = e^x)

Hyperbolic functions, sigmoid and softplus are written with exponentials first.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, lcm

from tutor.algebra.terms import scaled, split
from tutor.expression.tree import ONE, Expression, divide, postorder, power
from tutor.integration.in_terms import base_ratio, exponential, in_terms_of
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.substitution import fact_lines, written_by
from tutor.rules.instance import RuleInstance

LARGEST_POWER = 24
"""A higher power of u in the new integrand is not tried."""

_BY_EXPONENTIALS = ("hyperbolic_sine_by_exponentials", "hyperbolic_cosine_by_exponentials",
                    "hyperbolic_tangent_by_exponentials", "hyperbolic_cotangent_by_exponentials",
                    "hyperbolic_secant_by_exponentials", "hyperbolic_cosecant_by_exponentials",
                    "sigmoid_by_exponentials", "softplus_by_exponentials")


def exponential_substitution(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The exponential of which all others are whole powers, as the new variable."""
    whole, lines = written_by(_BY_EXPONENTIALS, integrand.body)
    body = integrand.tidy(whole) if lines else integrand.body
    inside = common_exponential(integrand, body)
    if inside is None:
        return
    slope = integrand.slope(inside)
    rest = integrand.tidy(divide(body, slope))
    written = in_terms_of(rest, inside, integrand.fresh, integrand.variable, integrand.tidy)
    if written is None:
        return
    instance = integrand.substituted(
        "exponential_substitution", written.body, inside, {"h": written.body},
        (*lines, integrand.naming(inside, slope), *fact_lines(integrand, inside, written)))
    if instance is not None:
        yield instance


def common_exponential(integrand: Integrand, body: Expression) -> Expression | None:
    """The exponential with the largest exponent of which all exponentials in a body are whole powers; None if there is
    none."""
    found: list[tuple[Expression, Fraction]] = []
    core = ONE
    for part in postorder([body]):
        base_and_exponent = exponential(part)
        if base_and_exponent is None or integrand.varies(base_and_exponent[0]):
            continue
        base, exponent = base_and_exponent
        for term in exponent.args if exponent.head == "sum" else (exponent,):
            if not integrand.varies(term):
                continue
            value, varying = split(term)
            ratio = base_ratio(base, found[0][0]) if found else Fraction(1)
            if (found and varying is not core) or ratio is None:
                return None
            core = varying
            found.append((base, ratio * Fraction(value)))
    if not found:
        return None
    below = lcm(*[times.denominator for _, times in found])
    unit = Fraction(gcd(*[int(times * below) for _, times in found]), below)
    if max(abs(times) for _, times in found) / unit > LARGEST_POWER:
        return None
    return integrand.tidy(power(found[0][0], scaled(core, unit, integrand.tidy.style)))
