"""The additive view of one term: its rational coefficient and what it multiplies.

    split(parse("-3*x^2/4"))          # (Fraction(-3, 4), x^2)
    scaled(parse("x^2"), Fraction(3, 4))   # 3*x^2/4
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from tutor.expression.tree import ONE, ZERO, Expression, add, divide, is_terminating, negate, node, number

Rational = int | Fraction

REMEMBERED = 4096
"""How many views are cached: a derivation uses the same few terms again and again."""


class Style(NamedTuple):
    """How the problem was written: with exp(x) or e^x, with decimals or fractions; the result follows it."""

    exp: bool = False
    decimals: bool = False


def reduced(value: Rational) -> Rational:
    """A fraction with denominator 1 as an int: ints are several times faster."""
    return value.numerator if value.denominator == 1 else value


@lru_cache(maxsize=REMEMBERED)
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
    elif head == "quotient":
        top, bottom = term.args
        above, rest_above = _number_first(top)
        below, rest_below = _number_first(bottom)
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
    above, below = value.numerator, value.denominator
    top, bottom = core.args if core.head == "quotient" else (core, ONE)
    if style.decimals and below != 1 and is_terminating(Fraction(value)):
        top, below = _led_by(number(value), top), 1
    elif above != 1:
        top = _led_by(number(above), top)
    if below != 1:
        bottom = _led_by(number(below), bottom)
    return top if bottom is ONE else divide(top, bottom)


def _led_by(value: Expression, part: Expression) -> Expression:
    if part is ONE:
        return value
    return node("product", (value, *part.args) if part.head == "product" else (value, part))


def collect(terms: Iterable[Expression], style: Style) -> tuple[Expression, str]:
    """The sum of tidy terms with like terms added, and the name of the rule that did most of it.

    Nested sums are opened, zeros dropped; every term stays at the place of its first like. The name is "" if nothing
    but brackets fell away.
    """
    totals: dict[Expression, Rational] = {}
    reason = ""
    stack = [(term, 1) for term in terms]
    stack.reverse()
    while stack:
        term, sign = stack.pop()
        if term.head == "sum":
            stack.extend([(arg, sign) for arg in reversed(term.args)])
            reason = reason or "remove_brackets"
            continue
        if term.head == "negation" and term.args[0].head == "sum":
            stack.append((term.args[0], -sign))
            continue
        value, core = split(term)
        if sign < 0:
            value = -value
        if core in totals:
            totals[core] = reduced(totals[core] + value)
            if core is not ONE:
                reason = "like_terms"
            elif reason != "like_terms":
                reason = "arithmetic"
        elif value:
            totals[core] = value
        else:
            reason = reason or "zeros_and_ones"
    return add(*[scaled(core, value, style) for core, value in totals.items() if value]), reason


def magnitude(value: Rational) -> Rational:
    return value if value >= 0 else -value


def negated(term: Expression) -> Expression:
    return term.args[0] if term.head == "negation" else negate(term)
