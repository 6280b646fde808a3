"""Calculating with infinity, where that says something: 3 + infinity is infinity, infinity - infinity is nothing.

    with_infinity(parse("3 + infinity"), tidy)          # infinity
    with_infinity(parse("1/infinity"), tidy)            # 0
    with_infinity(parse("infinity/infinity"), tidy)     # None
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tutor.algebra.signs import holds, sign_of
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import INFINITY, ONE, ZERO, E, Expression, negate, postorder, rebuilt
from tutor.oracle.evaluate import value_of
from tutor.oracle.existence import empty_table, holds_there
from tutor.oracle.germs import GERMS, Germ, Ramified, variable_at
from tutor.oracle.table import Undefined, lowest_table
from tutor.rules.conditions import rational_value

MINUS_INFINITY = negate(INFINITY)
INFINITE = (INFINITY, MINUS_INFINITY)

_AT_INFINITY = {function: tuple(parse(text) for text in values) for function, values in {
    "exp": ("infinity", "0"), "sinh": ("infinity", "-infinity"), "cosh": ("infinity", "infinity"),
    "cbrt": ("infinity", "-infinity"), "abs": ("infinity", "infinity"), "asinh": ("infinity", "-infinity"),
    "atan": ("pi/2", "-pi/2"), "tanh": ("1", "-1"), "erf": ("1", "-1"), "sigmoid": ("1", "0"), "sign": ("1", "-1"),
    "step": ("1", "0"), "relu": ("infinity", "0"), "softplus": ("infinity", "0"), "sech": ("0", "0"),
    "sqrt": ("infinity",), "ln": ("infinity",), "acosh": ("infinity",),
}.items()}
"""What a function comes to far to the right and, if it has values there, far to the left."""

Tidy = Callable[[Expression], Expression]


def has_infinity(expression: Expression) -> bool:
    return any(part is INFINITY for part in postorder([expression]))


def with_infinity(root: Expression, tidy: Tidy) -> Expression | None:
    """An expression with infinity in it worked out: a number, infinity or -infinity; None where that is open."""
    done: dict[Expression, Expression] = {}
    for part in postorder([root]):
        args = [done[arg] for arg in part.args]
        if part is INFINITY or not any(arg in INFINITE for arg in args):
            made = rebuilt(part, tuple(args))
            if made not in INFINITE and any(is_zero(divisor.args[1]) for divisor in (made,)
                                            if divisor.head == "quotient"):
                return None
            done[part] = made
            continue
        found = _worked_out(part, args)
        if found is None:
            return None
        done[part] = found
    result = done[root]
    return result if result in INFINITE else tidy(result)


def _worked_out(part: Expression, args: list[Expression]) -> Expression | None:
    match part.head:
        case "negation":
            return MINUS_INFINITY if args[0] is INFINITY else INFINITY
        case "sum":
            infinite = {arg for arg in args if arg in INFINITE}
            return infinite.pop() if len(infinite) == 1 else None
        case "product":
            return _with_sign([_sign(arg) for arg in args])
        case "quotient":
            above, below = args
            if below in INFINITE:
                return None if above in INFINITE else ZERO
            return _with_sign([_sign(above), _sign(below)])
        case "power":
            return _power(*args)
    values = _AT_INFINITY.get(part.head)
    if values is None or len(args) != 1:
        return None
    return values[0] if args[0] is INFINITY else values[1] if len(values) > 1 else None


def _sign(arg: Expression) -> int:
    if arg in INFINITE:
        return 1 if arg is INFINITY else -1
    return number_sign(arg) or 0


def _with_sign(signs: list[int]) -> Expression | None:
    product = 1
    for sign in signs:
        product *= sign
    return None if product == 0 else INFINITY if product > 0 else MINUS_INFINITY


def _power(base: Expression, exponent: Expression) -> Expression | None:
    if base in INFINITE and exponent not in INFINITE:
        value = rational_value(exponent)
        sign = number_sign(exponent)
        if base is MINUS_INFINITY and (value is None or value.denominator != 1):
            return None
        if sign == -1:
            return ZERO
        odd = base is MINUS_INFINITY and value is not None and value % 2 == 1
        return None if sign != 1 else MINUS_INFINITY if odd else INFINITY
    if exponent in INFINITE:
        if base is MINUS_INFINITY:
            return None
        larger = base is INFINITY or base is E or _is_true(related(base, ">", ONE))
        smaller = not larger and _is_true(related(base, ">", ZERO)) and _is_true(related(base, "<", ONE))
        if not larger and not smaller:
            return None
        return INFINITY if larger is (exponent is INFINITY) else ZERO
    return None


def _is_true(relation: Expression) -> bool:
    return true_of_numbers(relation) is True


def true_of_numbers(relation: Expression) -> bool | None:
    """Whether a relation holds, plainly or between numbers; None where it has to be assumed."""
    found = holds(relation)
    return holds_there(relation) if found is None and not relation.free else found


def is_zero(expression: Expression) -> bool:
    """Whether an expression is surely 0."""
    value = rational_value(expression)
    if value is not None:
        return value == 0
    return not expression.free and holds_there(related(expression, "=")) is True


def number_sign(expression: Expression) -> int | None:
    """1 or -1 for what is surely positive or negative, 0 for 0, None where that is not known."""
    known = {"+": 1, "-": -1, "0": 0}.get(sign_of(expression))
    if known is not None or expression.free:
        return known
    for sign, relation in ((1, ">"), (-1, "<"), (0, "=")):
        if holds_there(related(expression, relation)):
            return sign
    return None


def sign_near(expression: Expression, variable: Expression, target: Expression, side: str) -> int | None:
    """The sign that an expression has close to a target on one side, 1 or -1; None where that is not known."""
    known = {"+": 1, "-": -1}.get(sign_of(expression))
    if known is not None or expression.free != {variable.value} or target in INFINITE or target.free:
        return known
    try:
        start = value_of(empty_table(), target)
    except Undefined:
        return None
    degree = 1
    for terms in (4, 4, 12, 24):
        try:
            table = lowest_table(GERMS, lambda name: None).bind(
                variable, variable_at(start, 1 if side == "+" else -1, degree, terms * degree))
            found: Any = value_of(table, expression)
            if isinstance(found, Germ):
                return found.sign
            return int(found > 0) - int(found < 0) if isinstance(found, Fraction) else None
        except Ramified as ramified:
            degree *= ramified.degree
        except (Undefined, ArithmeticError, ValueError):
            continue
    return None
