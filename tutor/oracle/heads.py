"""The heads whose value follows from the values of their args: arithmetic, and the functions of `functions.py`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

from tutor.expression.exponents import odd_root
from tutor.expression.tree import Expression
from tutor.oracle.balls import Ball
from tutor.oracle.functions import KNOWN, Elementary, apply, is_blank, power, side
from tutor.oracle.jets import Value, leading
from tutor.oracle.losses import OF_SEVERAL
from tutor.oracle.numbers import Numbers
from tutor.oracle.table import Reason, Table, Undefined

Handler = Callable[[Table, Expression, list[Value]], Value]
"""The value of a node, given its table and the values of its args."""


def _number(table: Table, node: Expression, inputs: list[Value]) -> Value:
    return _not_vanished(table, table.numbers.convert(node.value), [node.value])


def _constant(table: Table, node: Expression, inputs: list[Value]) -> Value:
    if node.value == "infinity":
        raise Undefined("infinity is not a number")
    if node.value == "i" and table.numbers.real:
        raise Undefined(Reason.IMAGINARY)
    return getattr(table.numbers, node.value)


def _sum(table: Table, node: Expression, inputs: list[Value]) -> Value:
    return sum(inputs)


def _product(table: Table, node: Expression, inputs: list[Value]) -> Value:
    return _not_vanished(table, reduce(mul, inputs), inputs)


def _negation(table: Table, node: Expression, inputs: list[Value]) -> Value:
    return -inputs[0]


def _quotient(table: Table, node: Expression, inputs: list[Value]) -> Value:
    return _not_vanished(table, inputs[0] / inputs[1], inputs[:1])


def _power(table: Table, node: Expression, inputs: list[Value]) -> Value:
    base, exponent = inputs
    if node.args[0].value == "e" and node.args[0].head == "constant":
        return _exp(table, node, [exponent])
    if _may_be_0(leading(base)) and _may_be_0(leading(exponent)):
        raise ValueError("0^0")
    root = odd_root(node.args[1])
    value = power(table.numbers, base, exponent) if root is None else _odd_root(table, base, exponent, root)
    return _not_vanished(table, value, [base])


def _may_be_0(number: Any) -> bool:
    return bool(number.may_be_0 if number.__class__ is Ball else number == 0)


def _odd_root(table: Table, base: Value, exponent: Value, root: Fraction) -> Value:
    """base^(p/q) for an odd q: of a negative number, the power of its size, with its sign where p is odd."""
    number = leading(base)
    if not table.numbers.real:
        if number.imag:
            raise Undefined("odd roots are for real numbers only, and at no real point do both sides have a value")
        number = number.real
    if not number < 0:
        return power(table.numbers, base, exponent)
    value = power(table.numbers, -base, exponent)
    return -value if root.numerator % 2 else value


_VANISHING = -(2**60)
"""An exponent of e for which nothing is left of the power at any number of digits that is used."""


def _exp(table: Table, node: Expression, inputs: list[Value]) -> Value:
    exponent = inputs[0]
    if table.effort.integrals and table.numbers.real:  # far out in an integral without an end
        number = leading(exponent)
        if (number.middle if number.__class__ is Ball else number) < _VANISHING:
            return exponent * 0
    return _not_vanished(table, apply(table.numbers, "exp", exponent), [])


def _not_vanished(table: Table, value: Value, parts: list[Value]) -> Value:
    """`value`, unless it is 0 though no part is: underflow, which would make two small numbers look equal.

    Inside an integral that does no harm, because larger values are added to it.
    """
    if leading(value) == 0 and not table.effort.integrals and all(leading(part) != 0 for part in parts):
        raise OverflowError
    return value


def _elementary(table: Table, node: Expression, inputs: list[Value]) -> Value:
    return apply(table.numbers, node.head, inputs[0])


def _known(value: Callable[[Numbers, Value], Value]) -> Handler:
    return lambda table, node, inputs: value(table.numbers, inputs[0])


def _handler(value: Callable[[Numbers, Value], Value] | Elementary) -> Handler:
    if not isinstance(value, Elementary):
        return _known(value)
    return _real if value.complex is None else _elementary


def _of_several(value: Callable[..., Value]) -> Handler:
    return lambda table, node, inputs: value(table.numbers, *inputs)


def _log(table: Table, node: Expression, inputs: list[Value]) -> Value:
    argument, base = inputs
    return apply(table.numbers, "ln", argument) / apply(table.numbers, "ln", base)


def _real(table: Table, node: Expression, inputs: list[Value]) -> Value:
    """A function that is for real numbers only: cbrt, whose root is not the principal one, and what has cuts."""
    if not table.numbers.real:
        raise Undefined(f"{node.head} is for real numbers only, and at no real point do both sides have a value")
    return apply(table.numbers, node.head, inputs[0])


def _extreme(table: Table, node: Expression, inputs: list[Value]) -> Value:
    """min or max. Where two different ones tie, there is a kink."""
    best = inputs[0]
    for each in inputs[1:]:
        if each is not best:
            gap = each - best
            if is_blank(gap):
                best = best + gap  # the same as far as it is known, and known no further
                continue
            where = side(table.numbers, node.head, gap)
            if where and (where > 0) == (node.head == "max"):
                best = each
    return best


def _no_value(table: Table, node: Expression, inputs: list[Value]) -> Value:
    raise Undefined(f"{_NOT_NUMBERS[node.head]} has no value")


_NOT_NUMBERS = {"relation": "a relation", "statements": "a list of statements", "ellipsis": "...",
                "tuple": "a list of values", "rate": "a slope of lines that are not given"}

ARITHMETIC: dict[str, Handler] = {
    **{name: _handler(known.value) for name, known in KNOWN.items()},
    **dict.fromkeys(_NOT_NUMBERS, _no_value),
    "number": _number, "constant": _constant,
    "sum": _sum, "product": _product, "negation": _negation, "quotient": _quotient, "power": _power,
    "exp": _exp, "log": _log, "min": _extreme, "max": _extreme,
    **{name: _of_several(value) for name, value in OF_SEVERAL.items()},
}  # fmt: skip
"""Head -> the value of a node, given its table and the values of its args."""
