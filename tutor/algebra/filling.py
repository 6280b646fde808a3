"""Values put in for letters, as a person would write the result: 1*x is x, x + -3 is x - 3, x^(3 - 1) is x^2.

    filled(parse("(a*x + b)^n"), {"a": parse("1"), "b": parse("-2"), "n": parse("4")})      # (x - 2)^4

Only what a value has come into is written anew; all else stays as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from tutor import limits
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    add,
    is_terminating,
    multiply,
    negate,
    node,
    number,
    postorder,
    rational,
)
from tutor.rules.conditions import rational_value

_LARGEST_EXPONENT = 12
"""Powers of numbers are worked out up to this exponent; larger ones stay powers."""


def filled(written: Expression, values: Mapping[str, Expression]) -> Expression:
    """`written` with its letters replaced by their values, and put in order where a value came in."""
    done: dict[Expression, Expression] = {}
    for part in postorder([written]):
        if part.head == "name" and part.value in values:
            done[part] = values[part.value]
            continue
        args = tuple([done[arg] for arg in part.args])
        put_in_order = _IN_ORDER.get(part.head, _as_it_is)
        done[part] = part if args == part.args else put_in_order(node(part.head, args, part.value))
    return done[written]


def _as_it_is(part: Expression) -> Expression:
    return part


def _number(value: int | Fraction, like: tuple[Expression, ...]) -> Expression:
    """A number, with decimals where the numbers that it was made of had some."""
    decimals = any(part.head == "number" and not isinstance(part.value, int) for part in postorder(like))
    if value < 0:
        return negate(_number(-value, like))
    return number(value) if decimals and is_terminating(Fraction(value)) else rational(value)


def _sum(part: Expression) -> Expression:
    terms, constants = _apart(part.args)
    total = sum((value for _, value in constants), Fraction(0))
    if total and constants:
        terms.insert(constants[0][0], _number(total, part.args))
    return add(*terms)


def _product(part: Expression) -> Expression:
    factors, constants = _apart(part.args)
    value = Fraction(1)
    for _, each in constants:
        value *= each
    if not value:
        return ZERO
    if abs(value) != 1 or not factors:
        factors.insert(constants[0][0] if constants else 0, _number(abs(value), part.args))
    made = multiply(*factors)
    return negate(made) if value < 0 else made


def _apart(args: tuple[Expression, ...]) -> tuple[list[Expression], list[tuple[int, int | Fraction]]]:
    """What is no number, in order; and the numbers, each with its place among the others."""
    others: list[Expression] = []
    constants: list[tuple[int, int | Fraction]] = []
    for arg in args:
        value = rational_value(arg)
        if value is None:
            others.append(arg)
        else:
            constants.append((len(others), value))
    return others, constants


def _negation(part: Expression) -> Expression:
    inner = part.args[0]
    if inner is ZERO:
        return ZERO
    return inner.args[0] if inner.head == "negation" else part


def _quotient(part: Expression) -> Expression:
    above, below = part.args
    if below is ONE:
        return above
    over, under = rational_value(above), rational_value(below)
    if over is not None and under:
        return _number(Fraction(over) / under, part.args)
    return part


def _power(part: Expression) -> Expression:
    base, exponent = part.args
    value, times = rational_value(base), rational_value(exponent)
    if exponent is ONE:
        return base
    if exponent is ZERO:
        return ONE
    if value is None or not isinstance(times, int) or not 0 < times <= _LARGEST_EXPONENT:
        return part
    bits = times * max(value.numerator.bit_length(), value.denominator.bit_length())
    return _number(value ** times, part.args) if bits <= 3 * limits.COMPUTED_DIGITS else part


_IN_ORDER: dict[str, Callable[[Expression], Expression]] = {
    "sum": _sum, "product": _product, "negation": _negation, "quotient": _quotient, "power": _power,
}
