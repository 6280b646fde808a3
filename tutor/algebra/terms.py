"""One term and its coefficient, and how the problem was written.

    split(parse("-3*x^2/4"))                             # (Fraction(-3, 4), x^2)
    scaled(parse("x^2"), Fraction(3, 4), Style())        # 3*x^2/4
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Literal, NamedTuple

from tutor.expression.tree import ONE, ZERO, Expression, divide, is_terminating, multiply, node, number, postorder

_REMEMBERED = 4096
"""How many terms are cached: a derivation uses the same few again and again."""

Rational = int | Fraction
Exponent = Rational | Expression
"""A rational exponent as a number, any other as an expression."""


PartOf = Literal["", "product", "sum"]
"""What a result goes into: nothing, or a larger expression, of which it is a term if that is a sum."""


class Style(NamedTuple):
    """How the problem was written: with exp(x) or e^x, with decimals or fractions; the result follows it. apart: sums
    are not made one fraction or one product, as in books the terms of an antiderivative are not. part_of: what the
    result goes into. There, a number or a minus before brackets stays before them: 2*(x + 1) may be needed where x + 1
    cancels. And nothing is taken out of a sum whose terms go into a larger sum, where they may join others."""

    exp: bool = False
    decimals: bool = False
    apart: bool = False
    part_of: PartOf = ""


def reduced(value: Rational) -> Rational:
    """A fraction with denominator 1 as an int: ints are several times faster."""
    return value.numerator if value.denominator == 1 else value


def magnitude(value: Rational) -> Rational:
    return value if value >= 0 else -value


def negated(term: Expression) -> Expression:
    return term.args[0] if term.head == "negation" else node("negation", (term,))


@lru_cache(maxsize=_REMEMBERED)
def split(term: Expression) -> tuple[Rational, Expression]:
    """The coefficient of a tidy term and the rest of it; the rest of a number is 1."""
    sign = 1
    if term.head == "negation":
        sign, term = -1, term.args[0]
    head = term.head
    if head == "number":
        return sign * term.value, ONE
    if head == "product":
        first = term.args[0]
        if first.head == "number":
            rest = term.args[1:]
            return sign * first.value, rest[0] if len(rest) == 1 else node("product", rest)
        if first.head == "quotient" and term.args[-1].head == "finite_sum":
            value, front = split(first)
            return sign * value, multiply(*([] if front is ONE else [front]), *term.args[1:])
    elif head == "quotient":
        above, rest_above = _number_first(term.args[0])
        below, rest_below = _number_first(term.args[1])
        if below == 0:
            return sign, term
        if above != 1 or below != 1:
            value = reduced(Fraction(sign * above) / below)
            return value, rest_above if rest_below is ONE else divide(rest_above, rest_below)
    return sign, term


def _number_first(part: Expression) -> tuple[Rational, Expression]:
    """The number that leads a product and the rest of it."""
    if part.head == "number":
        value: Rational = part.value
        return value, ONE
    if part.head == "product" and part.args[0].head == "number":
        rest = part.args[1:]
        return part.args[0].value, rest[0] if len(rest) == 1 else node("product", rest)
    return 1, part


def scaled(core: Expression, value: Rational, style: Style) -> Expression:
    """value * core as a tidy term; `core` is the second part of a `split`."""
    if value == 1:
        return core
    if value == 0:
        return ZERO
    if value < 0:
        return node("negation", (scaled(core, -value, style),))
    if core.head == "finite_sum" or (core.head == "product" and core.args[-1].head == "finite_sum"):
        return _scaled_sum(core, value, style)
    above, below = value.numerator, value.denominator
    top, bottom = core.args if core.head == "quotient" else (core, ONE)
    if style.decimals and below != 1 and is_terminating(Fraction(value)):
        top, below = _led_by(number(value), top), 1
    elif above != 1:
        top = _led_by(number(above), top)
    if below != 1:
        bottom = _led_by(number(below), bottom)
    return top if bottom is ONE else divide(top, bottom)


def fraction_before_sums(top: Expression, bottom: Expression) -> Expression:
    """A fraction with sums with an index at the end of its numerator, as books write it: 2/n * sum_{i=1}^{n} x_i."""
    factors = list(top.args if top.head == "product" else (top,))
    sums: list[Expression] = []
    while factors and factors[-1].head == "finite_sum":
        sums.insert(0, factors.pop())
    if not sums or (not factors and any(part.head == "finite_sum" for part in postorder([bottom]))):
        return divide(top, bottom)
    return multiply(divide(multiply(*factors), bottom), *sums)


def _scaled_sum(core: Expression, value: Rational, style: Style) -> Expression:
    """value * core, where the last factor is a sum with an index."""
    factors = core.args if core.head == "product" else (core,)
    place = next(place for place, factor in enumerate(factors) if factor.head == "finite_sum")
    front = scaled(multiply(*factors[:place]), value, style)
    if front.head == "product":
        return multiply(*front.args, *factors[place:])
    return multiply(front, *factors[place:])


def _led_by(value: Expression, part: Expression) -> Expression:
    if part is ONE:
        return value
    return node("product", (value, *part.args) if part.head == "product" else (value, part))


def content(values: Iterable[Rational]) -> Rational:
    """The positive number that is taken out of a sum with these coefficients: what is left is whole, without a common
    divisor."""
    values = list(values)
    try:
        return gcd(*values)  # type: ignore[arg-type]  # the usual case: all are ints
    except TypeError:
        return reduced(Fraction(gcd(*[value.numerator for value in values]),
                                lcm(*[value.denominator for value in values])))
