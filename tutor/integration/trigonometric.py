"""Powers and products of trigonometric and hyperbolic functions of linear arguments.

    next(trigonometric_powers(integrand)).rule.name        # "sine_odd", of int sin(x)^3 dx

Where one function stands to an odd power, one factor of it is kept for the derivative of the new variable; even powers
and products are written with multiples of the angle; tangents and secants are lowered two powers at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import comb
from typing import NamedTuple

from tutor.algebra.bookkeeping import factors_of
from tutor.algebra.multivariate import UNIT
from tutor.algebra.terms import Rational
from tutor.expression.tree import (
    ONE,
    TWO,
    ZERO,
    Expression,
    add,
    call,
    multiply,
    negate,
    node,
    number,
    postorder,
    power,
    rational,
)
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.ratios import over, written
from tutor.integration.sines_and_cosines import (
    CIRCLE,
    HYPERBOLA,
    Family,
    InSineAndCosine,
    functions_in,
    has_constant_slope,
    in_sine_and_cosine,
)
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, Working

MOST_POWER = 14
"""Higher powers are lowered step by step and not written with multiples of the angle."""
MOST_TERMS = 24

_SHORTEST = (
    "sine_odd_times_cosine", "cosine_odd_times_sine", "sine_odd", "cosine_odd", "sine_squared", "cosine_squared",
    "sine_times_cosine", "sine_times_sine", "cosine_times_cosine",
    "tangent_odd_times_secant", "tangent_odd_times_one_secant", "secant_even_times_tangent",
    "cotangent_odd_times_cosecant", "cosecant_even_times_cotangent", "secant_even", "cosecant_even",
    "root_of_one_plus_cosine", "root_of_one_minus_cosine", "root_of_one_plus_sine", "root_of_one_minus_sine",
    "reciprocal_root_of_one_plus_cosine", "reciprocal_root_of_one_minus_cosine", "reciprocal_root_of_one_plus_sine",
    "reciprocal_root_of_one_minus_sine", "reciprocal_of_one_plus_sine", "reciprocal_of_one_minus_sine",
    "reciprocal_of_cosine", "reciprocal_of_sine", "reciprocal_of_power_of_cosine", "reciprocal_of_power_of_sine",
    "hyperbolic_sine_odd", "hyperbolic_cosine_odd", "hyperbolic_sine_squared", "hyperbolic_cosine_squared",
    "reciprocal_of_hyperbolic_cosine", "reciprocal_of_hyperbolic_sine",
    "reciprocal_of_power_of_hyperbolic_cosine", "reciprocal_of_power_of_hyperbolic_sine",
)
"""Rules of the rulebook that lead to the shortest answer wherever they fit; the first that fits is used."""

_REDUCTIONS = {
    "tan": "tangent_reduction", "cot": "cotangent_reduction", "sec": "secant_reduction", "csc": "cosecant_reduction",
    "sin": "sine_reduction", "cos": "cosine_reduction", "tanh": "hyperbolic_tangent_reduction",
    "coth": "hyperbolic_cotangent_reduction", "sech": "hyperbolic_secant_reduction",
    "csch": "hyperbolic_cosecant_reduction", "sinh": "hyperbolic_sine_reduction",
    "cosh": "hyperbolic_cosine_reduction"}
"""Function -> the rule that lowers its power."""


def trigonometric_powers(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The rules for powers and products of functions of one family."""
    family = next((family for family in (CIRCLE, HYPERBOLA) if functions_in(integrand, family)), None)
    if family is None:
        return
    found = next(filter(None, map(integrand.by_rule, _SHORTEST)), None)
    if found is not None:
        yield integrand.with_letter_named(found)
    body = integrand.body
    if body.head == "power" and body.args[0].head in family.names and has_constant_slope(
            body.args[0].args[0], integrand):
        exponent = rational_value(body.args[1])
        sine_or_cosine = body.args[0].head in family.names[:2]
        if exponent is not None and exponent.denominator == 1 and exponent >= 2:
            if sine_or_cosine and exponent % 2 == 0 and exponent <= MOST_POWER:
                yield from _as_multiples(integrand, family)
            reduced = integrand.by_rule(_REDUCTIONS[body.args[0].head])
            if reduced is not None:
                yield reduced
            return
    if found is None:
        yield from _as_multiples(integrand, family)
        yield from _powers_apart(integrand, family)


# -- sums of multiples of the angle ------------------------------------------------------------------------------------


class Wave(NamedTuple):
    """coefficient · sine or cosine of an angle; the cosine of 0 is 1."""

    coefficient: Rational
    head: str
    angle: Expression


def _as_multiples(integrand: Integrand, family: Family) -> Iterator[RuleInstance]:
    """Powers and products of sines and cosines, perhaps with other factors, with multiples of the angle instead."""
    if integrand.body.head not in ("product", "power"):
        return
    waves, others = [Wave(1, family.cosine, ZERO)], []
    powers: dict[Expression, int] = {}
    for factor in factors_of(integrand.body):
        base, exponent = factor.args if factor.head == "power" else (factor, ONE)
        times = rational_value(exponent)
        if base.head not in family.names[:2] or not has_constant_slope(base.args[0], integrand) or times is None or (
                times.denominator != 1 or not 0 < times <= MOST_POWER):
            others.append(factor)
            continue
        powers[base] = int(times)
        for _ in range(int(times)):
            waves = _times(waves, base, family, integrand)
            if len(waves) > MOST_TERMS:
                return
    if sum(powers.values()) < 2 or any(part.head in family.names for part in postorder(others)):
        return
    has_odd_power = any(times % 2 for times in powers.values())
    if not others and has_odd_power and len({base.args[0] for base in powers}) == 1:
        return  # one factor of it can be kept for the derivative of a new variable
    body = integrand.body
    terms = [integrand.tidy(_written(wave, others)) for wave in waves]
    made, parts = add(*terms), map(integrand.integral_of, terms)
    line = Working("Each product of two is half of a sum or a difference of two:",
                   node("relation", (body, made), "="))
    instance = integrand.computed("products_to_sums", add(*parts), {}, (line,))
    if instance is not None:
        yield instance


def _times(waves: list[Wave], factor: Expression, family: Family, integrand: Integrand) -> list[Wave]:
    """A sum of waves times one more sine or cosine: 2 cos a cos b = cos(a - b) + cos(a + b) and its kin."""
    sums: dict[tuple[str, Expression], Rational] = {}
    sine, cosine = family.sine, family.cosine
    angle = factor.args[0]
    for value, head, other in waves:
        total = integrand.tidy(add(other, angle))
        apart = integrand.tidy(add(other, negate(angle)))
        if head == cosine and factor.head == cosine:
            made = [(cosine, apart, 1), (cosine, total, 1)]
        elif head == sine and factor.head == sine:
            made = [(cosine, apart, family.sign), (cosine, total, -family.sign)]
        elif head == sine:
            made = [(sine, total, 1), (sine, apart, 1)]
        else:
            made = [(sine, total, 1), (sine, apart, -1)]
        for each, place, sign in made:
            turned = integrand.tidy(call(each, place))
            if turned.head == "negation":
                sign, turned = -sign, turned.args[0]
            if turned is ZERO:
                continue
            key = (each, turned.args[0]) if turned.head == each else (cosine, ZERO)
            sums[key] = sums.get(key, 0) + Fraction(value) * sign / 2
    return [Wave(value, head, place) for (head, place), value in sums.items() if value]


def _written(wave: Wave, others: list[Expression]) -> Expression:
    factors = [*others]
    if wave.angle is not ZERO:
        factors.append(call(wave.head, wave.angle))
    return multiply(rational(wave.coefficient), *factors)


# -- powers of one function, term by term ------------------------------------------------------------------------------


def exponents(found: InSineAndCosine) -> tuple[int, int] | None:
    """p and q where the integrand is c · sine^p · cosine^q; None if it is no single product."""
    above, below = found.ratio.above, found.ratio.below
    if len(above) != 1 or len(below) != 1:
        return None
    totals = {found.sine: 0, found.cosine: 0}
    for total, sign in ((above, 1), (below, -1)):
        for part, exponent in next(iter(total)):
            if part in totals:
                totals[part] += sign * exponent
    return totals[found.sine], totals[found.cosine]


def _powers_apart(integrand: Integrand, family: Family) -> Iterator[RuleInstance]:
    """tan² sec = sec³ - sec and cos⁴/sin² = csc² - 2 + sin²: with the even power replaced by powers of the other."""
    found = in_sine_and_cosine(integrand, family)
    powers = None if found is None else exponents(found)
    if found is None or powers is None:
        return
    sine, cosine = powers
    if min(sine, cosine) >= 0 and all(part.head in family.names[:2] for part in functions_in(integrand, family)):
        return  # it is written so already
    if sine > 0 and sine % 2 == 0 and cosine < 0 and (cosine % 2 or sine + cosine >= 0):
        # sin² = sign·(1 - cos²)
        half, kept, exponent, sign, factor = sine // 2, family.cosine, cosine, family.sign**(sine // 2), -1
    elif cosine > 0 and cosine % 2 == 0 and sine < 0 and (sine % 2 or sine + cosine >= 0):
        # cos² = 1 - sign·sin²
        half, kept, exponent, sign, factor = cosine // 2, family.sine, sine, 1, -family.sign
    elif sine >= 0 and cosine >= 0 and not (sine and cosine):
        half, kept, exponent, sign, factor = 0, family.sine if sine else family.cosine, sine or cosine, 1, 1
    else:
        return
    constant = _constant(integrand, found)
    terms = [multiply(rational(sign * factor**step * comb(half, step)), constant,
                      _one_power(family, kept, exponent + 2 * step, found.argument)) for step in range(half + 1)]
    parts = map(integrand.integral_of, terms)
    line = Working("Multiplied out, it is a sum of powers of one function.",
                   node("relation", (integrand.body, add(*terms)), "="))
    instance = integrand.computed("powers_apart", add(*parts), {}, (line,))
    if instance is not None:
        yield instance


def _constant(integrand: Integrand, found: InSineAndCosine) -> Expression:
    """The constant factor of an integrand that is a single product."""
    atoms = (found.sine, found.cosine)
    above, below = ({frozenset([pair for pair in product if pair[0] not in atoms]): value
                     for product, value in total.items()} for total in (found.ratio.above, found.ratio.below))
    return integrand.tidy(written(over(above, below), found.sine)) if above != UNIT or below != UNIT else ONE


def _one_power(family: Family, kept: str, exponent: int, argument: Expression) -> Expression:
    """A power of sine or cosine; a negative one as a power of the secant or cosecant."""
    if exponent == 0:
        return ONE
    reciprocal = {family.sine: family.names[5], family.cosine: family.names[4]}[kept]
    base = call(kept if exponent > 0 else reciprocal, argument)
    size = abs(exponent)
    return base if size == 1 else power(base, TWO if size == 2 else number(size))


