"""Where an antiderivative jumps although the integrand has a value: at the poles of a tangent that came in with a
substitution.

    gap_of(parse("2*atan(tan(x/2)/sqrt(3))/sqrt(3)"), parse("1/(2 + cos(x))"), name("x"), tidy)     # pi
"""

from __future__ import annotations

from fractions import Fraction

from tutor.algebra.decide import Tidy
from tutor.expression.tree import ZERO, Expression, add, constant, divide, negate, number, postorder, substitute
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import precise
from tutor.oracle.table import Undefined, lowest_table
from tutor.rules.conditions import is_linear

_NEAR = Fraction(1, 10**15)
_LARGEST_CHANGE = 1e-6
"""What is larger than this is a jump: a function with a slope changes by less between two places so near."""

_LARGEST_SLOPE = 1e6
"""Where the integrand is larger than this it may have a pole, which 40 digits cannot tell."""

_DIGITS = 40
_FIRST_POLE = {"tan": divide(constant("pi"), number(2)), "cot": ZERO}


def gap_of(result: Expression, integrand: Expression, variable: Expression, tidy: Tidy) -> Expression | None:
    """The first place found where a formula jumps between values of the integrand; None if none was found, or if there
    are other letters in them."""
    if (result.free | integrand.free) - {variable.value}:
        return None
    for part in postorder([result]):
        if part.head in _FIRST_POLE and is_linear(part.args[0], variable.value) and part.free:
            start = substitute(part.args[0], variable.value, ZERO)
            slope = tidy(add(substitute(part.args[0], variable.value, number(1)), negate(start)))
            place = tidy(divide(add(_FIRST_POLE[part.head], negate(start)), slope))
            if _jumps_at(result, integrand, variable, place):
                return place
    return None


def _jumps_at(result: Expression, integrand: Expression, variable: Expression, place: Expression) -> bool:
    numbers = precise(_DIGITS, real=True)
    try:
        middle = value_of(lowest_table(numbers, lambda text: None), place)
        sides = [middle - _NEAR.numerator / numbers.convert(_NEAR.denominator),
                 middle + _NEAR.numerator / numbers.convert(_NEAR.denominator)]
        before, after = [value_of(lowest_table(numbers, {variable.value: each}.get), result) for each in sides]
        slope = value_of(lowest_table(numbers, {variable.value: middle}.get), integrand)
    except Undefined:
        return False
    return bool(abs(slope) < _LARGEST_SLOPE and abs(after - before) > _LARGEST_CHANGE)
