"""Looks before deciding: most nodes need nothing, and that can be seen without making a view.

    is_plain(parse("2*x*sin(x)"))        # True: nothing is left to do
    is_plain(parse("x*(x + 1)"))         # False: a closer look is due
"""

from __future__ import annotations

from math import gcd

from tutor.algebra.functions import FAMILIES
from tutor.algebra.writing import are_in_order
from tutor.expression.tree import ARGUMENT_COUNTS, E, Expression

_FUNCTIONS = frozenset(ARGUMENT_COUNTS) - {"sqrt", "exp", "cbrt", "abs", "sign", "sigmoid"}
_ALONE = frozenset(("name", "constant", "indexed")) | _FUNCTIONS


def is_plain(current: Expression) -> bool:
    """Whether a tidy product, fraction, negation, power or root is in the form of a book; False says nothing."""
    head, args = current.head, current.args
    if head == "negation":
        current = args[0]
        head, args = current.head, current.args
        if head in _ALONE:
            return True
        if head == "negation":
            return False
    if head == "product":
        return _is_plain_fraction(args, ())
    if head == "quotient":
        top, bottom = args
        return _is_plain_fraction(top.args if top.head == "product" else (top,),
                                  bottom.args if bottom.head == "product" else (bottom,))
    if head == "power":
        return _is_plain_power(current)
    return head == "sqrt" and args[0].head in ("name", "sum")


def _is_plain_power(power: Expression) -> bool:
    base, exponent = power.args
    return base is not E and base.head in _ALONE and exponent.head == "number" and (
        exponent.value.__class__ is int and exponent.value > 1)


def _is_plain_fraction(above: tuple[Expression, ...], below: tuple[Expression, ...]) -> bool:
    """Whether the factors above and below the line are distinct, in order, and have nothing to do with each other."""
    seen: set[Expression] = set()
    related = 0
    numbers = [1, 1]
    for place, factors in enumerate((above, below)):
        for index, factor in enumerate(factors):
            head = factor.head
            if head == "number":
                value = factor.value
                if index or value.__class__ is not int or value == 0 or (value == 1 and (place or len(factors) > 1)):
                    return False
                numbers[place] = value
                continue
            base = factor
            if head == "power":
                if not _is_plain_power(factor):
                    return False
                base = factor.args[0]
            elif head == "sqrt":
                base = factor.args[0]
                if base.head != "name":
                    return False
            elif head not in _ALONE:
                return False
            if base in seen:
                return False
            seen.add(base)
            related += base.head in FAMILIES
        if len(factors) > 1 and not are_in_order(factors):
            return False
    return related < 2 and (numbers[1] == 1 or gcd(*numbers) == 1)
