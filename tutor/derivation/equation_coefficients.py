"""Rules for equations of which code finds what their letters stand for: coefficients, factors, denominators.

    BY_VALUES["linear_equation"](Place(name("x"), tidy, name("k")), rule, parse("2*x - 6 = 0")).after       # x = 6/2

The rules say what follows; what stands in an equation as a coefficient has to be read off first.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.cancelling import polynomial
from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import factored, opened
from tutor.algebra.multivariate import TooLarge
from tutor.expression.relations import related
from tutor.expression.tree import (
    ZERO,
    E,
    Expression,
    add,
    divide,
    multiply,
    name,
    negate,
    node,
    number,
    postorder,
    power,
    rational,
    replace,
    substitute,
)
from tutor.integration.equations import Between, Equations, linear
from tutor.integration.ratios import root as root_of
from tutor.integration.ratios import written
from tutor.oracle.existence import has_no_value
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, chosen_instance, computed_instance
from tutor.rules.rule import Rule


class Place(NamedTuple):
    """Where an equation is solved: for which letter, how results are tidied, and a letter that is new there."""

    unknown: Expression
    tidy: Tidy
    fresh: Expression


def in_powers(place: Place, equation: Expression) -> tuple[Expression, list[Expression]] | None:
    """The left side as a polynomial of degree 2 in the unknown or in another expression, 0 on the right: that
    expression, and the coefficients, that of degree 0 first."""
    left, right = equation.args
    if right is not ZERO or left.head != "sum":
        return None
    found = polynomial(left, place.tidy.views)
    if found is not None and place.unknown.value in found[0].free:
        inside, coefficients = found
        step = math.gcd(*[degree for degree, each in enumerate(coefficients) if each])
        if len(coefficients) == 3:
            return inside, [rational(each) for each in coefficients]
        if len(coefficients) != 2 * step + 1:
            return None
        return power(inside, number(step)), [rational(each) for each in coefficients[::step]]
    return in_powers_of_exponential(place, left) or in_powers_of_unknown(place, left)


def in_powers_of_exponential(place: Place, left: Expression) -> tuple[Expression, list[Expression]] | None:
    """The same where e^(2*x) is the square of e^x."""
    exponents = [part.args[1] for part in postorder([left]) if part.head == "power" and part.args[0] is E
                 and place.unknown.value in part.args[1].free]
    if len(exponents) != 2:
        return None
    lower, upper = sorted(exponents, key=lambda each: each.size)
    if rational_value(place.tidy(divide(upper, lower))) != 2:
        return None
    square = power(_LETTER, number(2))
    written = place.tidy(replace(left, {power(E, upper): square, power(E, lower): _LETTER}))
    found = polynomial(written, place.tidy.views) if written.head == "sum" else None
    if found is None or found[0] is not _LETTER or len(found[1]) != 3 or place.unknown.value in written.free:
        return None
    return power(E, lower), [rational(each) for each in found[1]]


_LETTER = name("u_{of}")
"""A name that nobody types."""


def in_powers_of_unknown(place: Place, left: Expression) -> tuple[Expression, list[Expression]] | None:
    """The same where the coefficients have letters."""
    letter = place.unknown.value
    rest, coefficients = left, []
    for degree in (0, 1, 2):
        value = place.tidy(substitute(rest, letter, ZERO))
        if letter in value.free or has_no_value(value):
            return None
        coefficients.append(value)
        terms = rest.args if rest.head == "sum" else (rest,)
        if degree < 2:
            rest = place.tidy(add(*[node("quotient", (term, place.unknown)) for term in _terms_of(
                add(*terms, negate(value)), place.tidy)]))
    return (place.unknown, coefficients) if place.tidy(add(rest, negate(coefficients[2]))) is ZERO else None


def _terms_of(total: Expression, tidy: Tidy) -> tuple[Expression, ...]:
    made = opened(tidy(total), tidy.style)
    return made.args if made.head == "sum" else (made,)


def _linear(place: Place, rule: Rule, equation: Expression) -> RuleInstance | None:
    left, right = equation.args
    shift, slope = linear(place.tidy(add(left, negate(right)) if right is not ZERO else left), place.unknown,
                          place.tidy)
    if shift is None or slope is None:
        return None
    return chosen_instance(rule, rule.bound(slope, place.unknown, shift), place.fresh)


def _pure_quadratic(place: Place, rule: Rule, equation: Expression) -> RuleInstance | None:
    found = in_powers(place, equation)
    if found is None or found[1][1] is not ZERO or found[1][0] is ZERO:
        return None
    inside, (constant, _, square) = found
    rationally = [rational_value(each) for each in (constant, square)]
    if None not in rationally and _is_square(-Fraction(rationally[0] or 0) / Fraction(rationally[1] or 1)):
        return None  # it has factors
    return chosen_instance(rule, rule.bound(square, inside, constant), place.fresh)


def _is_square(value: Fraction) -> bool:
    return value >= 0 and all(math.isqrt(part) ** 2 == part for part in (value.numerator, value.denominator))


def _quadratic(place: Place, rule: Rule, equation: Expression) -> RuleInstance | None:
    found = in_powers(place, equation)
    if found is None or found[1][2] is ZERO:
        return None
    inside, (constant, once, square) = found
    return chosen_instance(rule, rule.bound(square, inside, once, constant), place.fresh)


def _factored(place: Place, rule: Rule, equation: Expression) -> RuleInstance | None:
    left, right = equation.args
    if right is not ZERO or left.head != "sum":
        return None
    made = factored(left, place.tidy.style)
    if made is None or made is left or made.head == "sum":
        return None
    return _made(place, rule, equation, made)


def _made(place: Place, rule: Rule, equation: Expression, left: Expression) -> RuleInstance | None:
    """The instance of a computed rule after which this is 0."""
    return computed_instance(rule, equation, node("alternatives", (related(left, "="),)), place.fresh)


def _without_denominators(place: Place, rule: Rule, equation: Expression) -> RuleInstance | None:
    left, right = equation.args
    if right is not ZERO or left.head != "sum":
        return None
    terms = [term.args[0] if term.head == "negation" else term for term in left.args]
    below = dict.fromkeys(term.args[1] for term in terms if term.head == "quotient"
                          and place.unknown.value in term.args[1].free)
    if not below:
        return None
    cleared = add(*[place.tidy(multiply(term, *below)) for term in left.args])
    return _made(place, rule, equation, opened(cleared, place.tidy.style))


def _tangent(place: Place, rule: Rule, equation: Expression) -> RuleInstance | None:
    left, right = equation.args
    if right is not ZERO or left.head != "sum" or len(left.args) != 2:
        return None
    equations = Equations(place.unknown, Between(-math.inf, math.inf), place.tidy)
    ratio = equations.sine_over_cosine(left)
    if ratio is None:
        return None
    inside, value = ratio
    return chosen_instance(rule, rule.bound(rational(1), inside, place.tidy(negate(value))), place.fresh)


BY_VALUES: dict[str, Callable[[Place, Rule, Expression], RuleInstance | None]] = {
    "linear_equation": _linear, "pure_quadratic": _pure_quadratic, "quadratic_formula": _quadratic,
    "negative_discriminant": _quadratic, "factored_equation": _factored, "tangent_instead": _tangent,
    "without_denominators": _without_denominators,
}
"""Rules whose letters stand for coefficients, which code reads off, or whose right side it makes."""


def with_plain_roots(root: Expression) -> Expression:
    """An expression in which the root of a fraction is written as in books: sqrt(2)/2 for sqrt(1/2)."""
    changes: dict[Expression, Expression] = {}
    for part in postorder([root]):
        value = rational_value(part.args[0]) if part.head == "sqrt" else None
        if value is not None and value > 0:
            try:
                changes[part] = written(root_of(Fraction(value)))
            except TooLarge:
                continue
    return replace(root, changes) if changes else root
