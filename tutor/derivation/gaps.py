"""Where an antiderivative jumps although the integrand has a value: at the poles of a tangent that came in with a
substitution, and where it divides by 0.

    gap_of(parse("2*atan(tan(x/2)/sqrt(3))/sqrt(3)"), parse("1/(2 + cos(x))"), name("x"), tidy)     # pi
    gap_of(parse("-2*cos(x)/sqrt(1 + sin(x))"), parse("sqrt(1 + sin(x))"), name("x"), tidy)         # -pi/2
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from tutor.algebra.decide import Tidy
from tutor.expression.tree import (
    ZERO,
    Expression,
    add,
    constant,
    divide,
    negate,
    number,
    postorder,
    replace,
    substitute,
)
from tutor.integration.equations import Between
from tutor.integration.zeros import zeros
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import precise
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined, lowest_table
from tutor.rules.conditions import is_linear

_LOOKED_AT = Between(-7, 7)
"""Where divisors are looked at: a little more than a full turn on both sides."""

_NEAR = Fraction(1, 10**15)
_LARGEST_CHANGE = 1e-6
"""What is larger than this is a jump: a function with a slope changes by less between two places so near."""

_LARGEST_SLOPE = 1e6
"""Where the integrand is larger than this it may have a pole, which 40 digits cannot tell."""

_DIGITS = 40
_POINTS = 6
"""Points that give numbers to other letters."""

_FIRST_POLE = {"tan": divide(constant("pi"), number(2)), "cot": ZERO}


def gap_of(result: Expression, integrand: Expression, variable: Expression, tidy: Tidy) -> Expression | None:
    """The first place found where a formula jumps between values of the integrand; None if none was found. Other
    letters are given numbers; with some of them the formula may have no value."""
    for part in postorder([result]):
        for place in _poles(part, variable, tidy):
            if _jumps_at(result, integrand, variable, place):
                return place
    return None


def _poles(part: Expression, variable: Expression, tidy: Tidy) -> Iterator[Expression]:
    """Where a tangent with a linear inside has a pole, and where a divisor is 0 that has only such an inside."""
    if part.head in _FIRST_POLE and is_linear(part.args[0], variable.value):
        yield _where(part.args[0], _FIRST_POLE[part.head], variable, tidy)
    if part.head == "quotient":
        divisor = part.args[1]
        for factor in divisor.args if divisor.head == "product" else (divisor,):
            insides = {arg for each in postorder([factor]) if each.head in ("sin", "cos") for arg in each.args
                       if is_linear(arg, variable.value)}
            for inside in insides or {variable}:
                yield from _zeros(replace(factor, {inside: variable}), inside, variable, tidy)


def _zeros(factor: Expression, inside: Expression, variable: Expression, tidy: Tidy) -> Iterator[Expression]:
    """Where a factor is 0, in which the variable stands for an inside."""
    if factor.free == variable.free:
        found = sorted(zeros(factor, variable, _LOOKED_AT, tidy).places, key=lambda place: abs(place.value))
        yield from [_where(inside, each.number, variable, tidy) for each in found if each.exact]


def _where(inside: Expression, value: Expression, variable: Expression, tidy: Tidy) -> Expression:
    """Where an inside that is linear in the variable has this value."""
    start = substitute(inside, variable.value, ZERO)
    slope = tidy(add(substitute(inside, variable.value, number(1)), negate(start)))
    return tidy(divide(add(value, negate(start)), slope))


def _jumps_at(result: Expression, integrand: Expression, variable: Expression, place: Expression) -> bool:
    has_letters = (result.free | integrand.free) != variable.free
    return any(_jumps_with(result, integrand, variable, place, Point(index, real=True))
               for index in range(_POINTS if has_letters else 1))


def _jumps_with(result: Expression, integrand: Expression, variable: Expression, place: Expression,
                point: Point) -> bool:
    numbers = precise(_DIGITS, real=True)

    def with_variable(number: Any) -> Callable[[str], Any]:
        return lambda letter: number if letter == variable.value else numbers.convert(
            Fraction(point.number_of(letter).real))

    try:
        middle = value_of(lowest_table(numbers, with_variable(None)), place)
        sides = [middle - _NEAR.numerator / numbers.convert(_NEAR.denominator),
                 middle + _NEAR.numerator / numbers.convert(_NEAR.denominator)]
        before, after = [value_of(lowest_table(numbers, with_variable(each)), result) for each in sides]
        slope = value_of(lowest_table(numbers, with_variable(middle)), integrand)
    except Undefined:
        return False
    return bool(abs(slope) < _LARGEST_SLOPE and abs(after - before) > _LARGEST_CHANGE)
