"""Fractions over the root of a quadratic, integrated by comparing coefficients.

    next(comparing_coefficients(integrand, found, pole)).after
    # of int sqrt(9 - x^2)/x^2 dx: -sqrt(9 - x^2)/x - int 1/sqrt(9 - x^2) dx

A polynomial over powers of the root and of one linear factor has an integral of the same kind, apart from two that are
known: one over the root, and one over the linear factor times the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.multivariate import NOTHING, atom, by_powers, degree, plus, raised, slope_of, times
from tutor.expression.tree import (
    ONE,
    TWO,
    ZERO,
    Expression,
    add,
    call,
    divide,
    multiply,
    node,
    power,
    rational,
)
from tutor.integration.integrand import Integrand
from tutor.integration.over_root import (
    MOST_DEGREE,
    OverRoot,
    times_part,
    unit_of,
)
from tutor.integration.ratios import Ratio, cancelled, put_in, solution, written
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, Working


class Pole(NamedTuple):
    """quadratic^often · (x - place)^order · factor stands below the line."""

    often: int
    place: Ratio
    order: int
    factor: Ratio


def pole_of(found: OverRoot, x: Expression) -> Pole | None:
    """How the divisor is made of the quadratic and of one linear factor; None if it is not."""
    often, below = found.below_apart(x)
    order = degree(below, x)
    coefficients = by_powers(below, x)
    leading = Ratio(coefficients[order])
    if not order:
        return Pole(often, Ratio(NOTHING), 0, leading)
    second = coefficients.get(order - 1, NOTHING)
    place = cancelled(-Ratio(second) / (leading * order), x)
    is_power = Ratio(below) == leading * (Ratio(atom(x)) - place)**order
    return Pole(often, place, order, leading) if is_power else None


def comparing_coefficients(integrand: Integrand, found: OverRoot, pole: Pole) -> Iterator[RuleInstance]:
    """P/((x - r)^n·root^(2m + 1)) = d/dx [T/((x - r)^(n - 1)·root^(2m - 1))] + k/root + l/((x - r)·root).

    The coefficients of the polynomial T, and k and l, are unknown. With v = x - r all of it is about powers of v.
    """
    x = integrand.variable
    v = Ratio(atom(x)) + pole.place  # x, written with v
    above, quadratic = (put_in(total, x, v) for total in (found.over.above, found.quadratic))
    if pole.order and not by_powers(quadratic.above, x).get(0):
        lowest, has_pole = -pole.order, False  # the root vanishes there
    else:
        lowest, has_pole = 1 - pole.order, pole.order > 0
    highest = degree(above.above, x) - pole.order - 1
    if pole.often or pole.order:
        highest = max(highest, 2 * pole.often - 1)  # where the powers that stand first cancel
    if max(highest, -lowest) > MOST_DEGREE:
        return
    shift = pole.order + 1
    square, slope = quadratic.above, slope_of(quadratic.above, x)
    columns = []
    for exponent in range(min(lowest, 0) if pole.order else 0, highest + 1):
        first = times(atom(x, exponent + shift - 1), square) if exponent else NOTHING
        second = times(atom(x, exponent + shift), slope)
        columns.append(plus(plus(NOTHING, first, exponent), second, Fraction(1 - 2 * pole.often, 2)))
    exponents = list(range(min(lowest, 0) if pole.order else 0, highest + 1))
    columns.append(times(raised(square, pole.often), atom(x, shift)))
    if has_pole:
        columns.append(times(raised(square, pole.often), atom(x, shift - 1)))
    solved = solution(columns, times(above.above, atom(x)), x)
    if solved is None:
        return
    # what was left out: the divisors of the polynomials in v
    scale = 1 / (Ratio(above.below) * pole.factor)
    below = Ratio(quadratic.below)
    scales = [below] * len(exponents) + [below**pole.often] * 2
    values = [cancelled(value * scale * each, x) for value, each in zip(solved, scales, strict=False)]
    polynomial = Ratio(NOTHING)
    raise_by = max(-min(exponents, default=0), 0)
    for exponent, value in zip(exponents, values, strict=False):
        polynomial += value * Ratio(atom(x, exponent + raise_by))
    back = Ratio(atom(x)) - pole.place
    polynomial = cancelled(put_in(polynomial, x, back), x)
    factor_of_pole = integrand.tidy(written(back, x))
    yield from _compared(integrand, found, pole, (
        polynomial, power(factor_of_pole, rational(raise_by)) if raise_by else ONE, factor_of_pole,
        values[len(exponents)], values[-1] if has_pole else Ratio(NOTHING)))


def _compared(integrand: Integrand, found: OverRoot, pole: Pole,
              parts: tuple[Ratio, Expression, Expression, Ratio, Ratio]) -> Iterator[RuleInstance]:
    """The instance for what was found: the polynomial, the power of the pole below it, k and l."""
    x = integrand.variable
    polynomial, below, linear, of_root, of_pole = parts
    tidy = integrand.tidy
    numbers = [tidy(written(each, x)) if each else ZERO for each in (of_root, of_pole)]
    remaining = [divide(ONE, found.root), divide(ONE, multiply(linear, found.root))]
    if not polynomial:
        yield from _known(integrand, found, pole, numbers, linear)
        return
    factor = tidy(divide(written(polynomial, x), below))
    part = tidy(multiply(factor, power(found.root, rational(1 - 2 * pole.often))))
    integrals = [times_part(number, node("integral", (tidy(each), x)))
                 for number, each in zip(numbers, remaining, strict=True)]
    after = add(*[each for each in (part, *integrals) if each is not ZERO])
    quadratic = found.root.args[0]
    share = rational(Fraction(1 - 2 * pole.often, 2))
    scaled_by = ONE if not pole.often else quadratic if pole.often == 1 else power(quadratic, rational(pole.often))
    inner = integrand.slope(quadratic)
    terms = [times_part(integrand.slope(factor), quadratic),
             times_part(share, inner if factor is ONE else multiply(factor, inner)),
             times_part(numbers[0], scaled_by), times_part(numbers[1], divide(scaled_by, linear))]
    left = tidy(multiply(integrand.body, power(found.root, rational(2 * pole.often + 1))))
    line = Working("Differentiated and multiplied by the power of the root below the line, both sides have the same "
                   "coefficients:", node("relation", (left, add(*[each for each in terms if each is not ZERO])), "="))
    instance = integrand.computed("root_ansatz", after, {"g": factor}, (line,))
    if instance is not None:
        yield instance


def _known(integrand: Integrand, found: OverRoot, pole: Pole, numbers: list[Expression],
           linear: Expression) -> Iterator[RuleInstance]:
    """k/root or l/((x - r)·root), or the integrals of both."""
    if numbers[0] is not ZERO and numbers[1] is not ZERO:
        terms = [times_part(numbers[0], divide(ONE, found.root)),
                 times_part(numbers[1], divide(ONE, multiply(linear, found.root)))]
        line = Working("Divided by the linear factor:", node("relation", (integrand.body, add(*terms)), "="))
        instance = integrand.computed(
            "root_terms", add(*map(integrand.integral_of, terms)), {}, (line,))
        if instance is not None:
            yield instance
    elif numbers[1] is ZERO:
        yield from _over_root(integrand, found, numbers[0])
    else:
        yield from _over_linear_and_root(integrand, found, pole, numbers[1], linear)


def _over_root(integrand: Integrand, found: OverRoot, number: Expression) -> Iterator[RuleInstance]:
    """One over the root: with the square completed, an inverse sine or a logarithm."""
    x, tidy = integrand.variable, integrand.tidy
    unit = unit_of(found.high)
    if unit is None:
        return
    unit_written, sign = unit
    if unit_written is ONE and not found.middle:
        return  # the table has it
    shift = tidy(divide(times_part(rational(sign), written(Ratio(found.middle), x)), multiply(TWO, unit_written)))
    inside = tidy(add(times_part(unit_written, x), shift))
    constant = tidy(add(written(Ratio(found.low), x), times_part(rational(-sign), power(shift, TWO))))
    square = add(times_part(rational(sign), power(inside, TWO)), constant)
    line = Working("The square completed:", node("relation", (found.root.args[0], square), "="))
    value, value_of_shift = rational_value(constant), rational_value(shift)
    whole = rational(value_of_shift.denominator) if value_of_shift is not None else ONE
    if sign > 0:
        found_part = call("ln", call("abs", add(tidy(multiply(whole, inside)), times_part(whole, found.root))))
    elif value is None:
        found_part = call("atan", divide(inside, found.root))
    else:
        found_part = call("asin", divide(multiply(whole, inside), call("sqrt", tidy(
            multiply(power(whole, TWO), constant)))))
    instance = integrand.computed("integral_over_root", tidy(divide(multiply(number, found_part), unit_written)),
                                  {"g": inside}, (line,))
    if instance is not None:
        yield instance


def _over_linear_and_root(integrand: Integrand, found: OverRoot, pole: Pole, number: Expression,
                          linear: Expression) -> Iterator[RuleInstance]:
    """One over v·root, where the quadratic is c + b·v + a·v²: a logarithm, or an inverse tangent where c < 0."""
    x, tidy = integrand.variable, integrand.tidy
    quadratic = put_in(found.quadratic, x, Ratio(atom(x)) + pole.place)
    coefficients = by_powers(quadratic.above, x)
    low, middle = (cancelled(Ratio(coefficients.get(exponent, NOTHING), quadratic.factors), x) for exponent in (0, 1))
    b = tidy(written(middle, x)) if middle else ZERO
    c = tidy(written(low, x))
    bv = tidy(multiply(b, linear))
    unit = None if low.factors else unit_of(low.above)
    if unit is None:
        return
    size, sign = unit
    if sign > 0 and b is ZERO:
        found_part = node("negation", (call("ln", call("abs", divide(add(size, found.root), linear))),))
    elif sign > 0:
        top = add(tidy(add(multiply(TWO, c), bv)), multiply(TWO, size, found.root))
        found_part = node("negation", (call("ln", call("abs", divide(top, linear))),))
    elif b is ZERO:
        found_part = call("atan", divide(found.root, size))
    else:
        found_part = call("atan", divide(tidy(add(multiply(TWO, c), bv)), multiply(TWO, size, found.root)))
    instance = integrand.computed("integral_over_linear_and_root", tidy(divide(multiply(number, found_part), size)),
                                  {"g": linear})
    if instance is not None:
        yield instance
