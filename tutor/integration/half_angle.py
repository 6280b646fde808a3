"""Integrands that are rational in sine and cosine: which of sine, cosine and tangent can be the new variable.

    next(rational_in_sine_and_cosine(integrand)).rule.name     # "cosine_for_u", of int sin(x)/(1 + cos(x)^2) dx

Bioche's rules: u is the cosine if the integrand changes its sign with the sine, the sine if it changes its sign with
the cosine, and the tangent if it stays the same when both change. The tangent of half the angle always works, and comes
last, because it doubles the degree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tutor.algebra.multivariate import NOTHING, Sum, TooLarge, atoms_in, by_powers, plus, times
from tutor.algebra.polynomials import divided
from tutor.expression.tree import ONE, TWO, Expression, add, call, divide, multiply, node, power
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.ratios import Ratio, coefficients, from_coefficients, over, written
from tutor.integration.sines_and_cosines import (
    CIRCLE,
    HYPERBOLA,
    InSineAndCosine,
    by_cosine,
    by_cotangent,
    by_half_angle,
    by_sine,
    by_tangent,
    in_sine_and_cosine,
    sizes,
)
from tutor.rules.instance import RuleInstance, Working

MOST_TERMS = 12
"""Terms above the line of a fraction that is divided term by term."""

MOST_DEGREE = 14
"""A higher degree in the new variable is not tried."""


class _Way(NamedTuple):
    """A new variable: the rule, which of the functions it is, and how the integrand is written with it."""

    rule: str
    place: int
    written: Callable[[InSineAndCosine, Expression], Ratio | None]


_BY_ONE = (_Way("cosine_for_u", 1, by_cosine), _Way("sine_for_u", 0, by_sine))
_BY_QUOTIENT = (_Way("tangent_for_u", 2, by_tangent), _Way("cotangent_for_u", 3, by_cotangent))


def rational_in_sine_and_cosine(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """What makes simpler integrals of a fraction in sine and cosine, or in the hyperbolic ones."""
    found = _read(integrand)
    if found is None:
        return
    yield from _for_u(integrand, found, _BY_ONE)
    yield from _fraction_of_sines(integrand, found)
    yield from _divided(integrand, found)
    is_polynomial = not {found.sine, found.cosine} & atoms_in(found.ratio.below)
    if is_polynomial:
        yield from _terms(integrand, found)
    yield from _for_u(integrand, found, _BY_QUOTIENT)
    if not is_polynomial:
        yield from _terms(integrand, found)


def half_angle(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The tangent of half the angle as the new variable."""
    found = _read(integrand)
    if found is None:
        return
    made = by_half_angle(found, integrand.fresh)
    if made is None or max(sizes(made, integrand.fresh)) > MOST_DEGREE:
        yield Refusal("Written with the tangent of half the angle, the degrees are too high.")
        return
    inside, u = call(found.family.tangent, integrand.tidy(divide(found.argument, TWO))), integrand.fresh
    square = power(u, TWO)
    plus_minus = (add(ONE, square), add(ONE, node("negation", (square,))))
    below, above = plus_minus if found.family is CIRCLE else plus_minus[::-1]
    lines = (integrand.naming(inside, integrand.tidy(multiply(divide(found.slope, TWO), below))), *[
        Working("Written with {u}:", node("relation", (part, node("at", (written_with_u, u, inside))), "="), {"u": u})
        for part, written_with_u in (
            (found.sine, divide(multiply(TWO, u), below)), (found.cosine, divide(above, below)))])
    yield from _substituted(integrand, "half_angle", made, inside, found, lines)


def _read(integrand: Integrand) -> InSineAndCosine | None:
    return next(filter(None, (in_sine_and_cosine(integrand, family) for family in (CIRCLE, HYPERBOLA))), None)


def _for_u(integrand: Integrand, found: InSineAndCosine, ways: tuple[_Way, ...]) -> Iterator[RuleInstance]:
    """The substitutions among these that are possible, those of the lowest degree first."""
    possible = [(way, made) for way in ways if (made := way.written(found, integrand.fresh)) is not None]
    possible = [(way, made) for way, made in possible if max(sizes(made, integrand.fresh)) <= MOST_DEGREE]
    possible.sort(key=lambda each: sizes(each[1], integrand.fresh))
    for way, made in possible:
        u = call(found.family.names[way.place], found.argument)
        try:
            slope = integrand.slope(u)
        except TooLarge:
            continue
        body = multiply(*[integrand.tidy(factor) for factor in (
            divide(slope, found.slope), written(made.renamed(integrand.fresh, u), u))])
        line = Working("With the derivative of {u} as a factor:", node("relation", (integrand.body, body), "="),
                       {"u": integrand.fresh})
        yield from _substituted(integrand, way.rule, made, u, found, (integrand.naming(u, slope), line))


def _substituted(integrand: Integrand, rule: str, made: Ratio, u: Expression, found: InSineAndCosine,
                 lines: tuple[Working, ...]) -> Iterator[RuleInstance]:
    body = integrand.tidy(divide(written(made, integrand.fresh), found.slope))
    instance = integrand.substituted(rule, body, u, {"h": body, "u": integrand.fresh}, lines)
    if instance is not None:
        yield instance


# -- sums of simpler integrals -----------------------------------------------------------------------------------------


def _summed(integrand: Integrand, rule: str, terms: list[Expression], sentence: str) -> Iterator[RuleInstance]:
    """The integrals of terms whose sum is the integrand."""
    if len(terms) < 2:
        return
    parts = map(integrand.integral_of, terms)
    line = Working(sentence, node("relation", (integrand.body, add(*terms)), "="))
    instance = integrand.computed(rule, add(*parts), {}, (line,))
    if instance is not None:
        yield instance


def _terms(integrand: Integrand, found: InSineAndCosine) -> Iterator[RuleInstance]:
    """A sum above a single product, term by term."""
    above, below = found.ratio.above, found.ratio.below
    if len(below) == 1 and 1 < len(above) <= MOST_TERMS:
        terms = [written(over({product: value}, below), found.sine) for product, value in above.items()]
        yield from _summed(integrand, "terms_in_sine_and_cosine", terms, "Multiplied out:")


def _divided(integrand: Integrand, found: InSineAndCosine) -> Iterator[RuleInstance]:
    """A fraction in one of the two alone, divided as polynomials are."""
    above, below = found.ratio.above, found.ratio.below
    parts = atoms_in(above, below)
    if len(parts) != 1 or len(below) < 2:
        return
    part = next(iter(parts))
    top, bottom = coefficients(above, part), coefficients(below, part)
    if len(top) < len(bottom):
        return
    whole, rest = divided(top, bottom)
    terms = [written(Ratio({product: value}), part) for product, value in from_coefficients(whole, part).items()]
    if rest:
        terms.append(written(over(from_coefficients(rest, part), below), part))
    yield from _summed(integrand, "divide_sines", terms, "The division gives:")


def _fraction_of_sines(integrand: Integrand, found: InSineAndCosine) -> Iterator[RuleInstance]:
    """(n0 + n1 sin + n2 cos)/(d0 + d1 sin + d2 cos) as a number, a number times f'/f, and a number over f."""
    top, bottom = _linear(found.ratio.above, found), _linear(found.ratio.below, found)
    if top is None or bottom is None:
        return
    (n0, n1, n2), (d0, d1, d2) = top, bottom
    if not d1 or not d2:
        return
    sign = found.family.sign
    # the derivative of the denominator is d1 cos - sign·d2 sin; two equations for the two numbers
    try:
        square = Ratio(plus(times(d1, d1), times(d2, d2), sign))
        if not square:
            return
        first = Ratio(plus(times(n1, d1), times(n2, d2), sign)) / square
        second = Ratio(plus(times(n2, d1), times(n1, d2), -1)) / square
        below = Ratio(found.ratio.below)
        pieces = [first, second * Ratio(_slope(d1, d2, found)) / below, (Ratio(n0) - first * Ratio(d0)) / below]
    except TooLarge:
        return
    terms = [integrand.tidy(written(piece, found.sine)) for piece in pieces if piece]
    parts = [integrand.integral_of(written(piece, found.sine)) for piece in (pieces[0], pieces[2]) if piece]
    if second:
        denominator = integrand.tidy(written(below, found.sine))
        parts.append(divide(multiply(integrand.tidy(written(second, found.sine)),
                                     call("ln", call("abs", denominator))), found.slope))
    line = Working("The numerator, split:", node("relation", (integrand.body, add(*terms)), "="))
    instance = integrand.computed("fraction_of_sines", add(*parts), {}, (line,))
    if instance is not None and len(terms) > 1:
        yield instance


def _slope(d1: Sum, d2: Sum, found: InSineAndCosine) -> Sum:
    sine, cosine = frozenset([(found.sine, 1)]), frozenset([(found.cosine, 1)])
    return plus(times(d1, {cosine: 1}), times(d2, {sine: 1}), -found.family.sign)


def _linear(total: Sum, found: InSineAndCosine) -> tuple[Sum, Sum, Sum] | None:
    """The coefficients of a sum n0 + n1·sine + n2·cosine."""
    by_sine_power = by_powers(total, found.sine)
    if max(by_sine_power, default=0) > 1:
        return None
    of_sine, rest = by_sine_power.get(1, NOTHING), by_powers(by_sine_power.get(0, NOTHING), found.cosine)
    if max(rest, default=0) > 1 or any(part is found.cosine for product in of_sine for part, _ in product):
        return None
    return rest.get(0, NOTHING), of_sine, rest.get(1, NOTHING)
