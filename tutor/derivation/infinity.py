"""Calculating with infinity, where that says something: 3 + infinity is infinity, infinity - infinity is nothing.

    with_infinity(parse("3 + infinity"), tidy)          # infinity
    with_infinity(parse("a*infinity"), tidy)            # infinity, where a > 0 is assumed
    with_infinity(parse("infinity/infinity"), tidy)     # None
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from tutor.algebra.signs import holds, sign_of
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.tree import INFINITY, ONE, ZERO, E, Expression, divide, negate, postorder, rebuilt, substitute
from tutor.oracle.evaluate import value_of
from tutor.oracle.existence import empty_table, holds_there
from tutor.oracle.germs import GERMS, Germ, Ramified, variable_at
from tutor.oracle.table import Undefined, lowest_table
from tutor.rules.conditions import rational_value

MINUS_INFINITY = negate(INFINITY)
INFINITE = (INFINITY, MINUS_INFINITY)

Tidy = Callable[[Expression], Expression]
Known = Mapping[Expression, str]
"""The signs of expressions that are taken for granted already, as `algebra/signs.py` writes them."""


class Signed(NamedTuple):
    """A sign, 1 or -1 or 0, and the relations that have to be assumed for it."""

    sign: int
    assumed: tuple[Expression, ...] = ()


class WorkedOut(NamedTuple):
    """What an expression with infinity in it comes to, and what has to be assumed of its letters for that."""

    value: Expression
    assumed: tuple[Expression, ...] = ()


@cache
def limits_of_function(function: str) -> Mapping[tuple[Expression, str], Expression]:
    """What a function comes to far out and at the ends of its domain: place and side -> limit, as its block says."""
    found: dict[tuple[Expression, str], Expression] = {}
    block = FUNCTIONS.get(function)
    for text in () if block is None else block.limits:
        limit, value = parse(text).args
        place, side = limit.args[2], limit.value
        found[place, side] = value
        if block is not None and block.parity:
            mirrored = place if place is ZERO else negate(place)
            same = block.parity == "even" or value is ZERO
            opposite = INFINITY if value is MINUS_INFINITY else negate(value)
            found[mirrored, {"+": "-", "-": "+"}.get(side, "")] = value if same else opposite
    return found


def has_infinity(expression: Expression) -> bool:
    return any(part is INFINITY for part in postorder([expression]))


def with_infinity(root: Expression, tidy: Tidy, known: Known | None = None) -> WorkedOut | None:
    """An expression with infinity in it worked out: a number, infinity or -infinity; None where that is open."""
    done: dict[Expression, Expression] = {}
    assumed: list[Expression] = []
    for part in postorder([root]):
        args = [done[arg] for arg in part.args]
        if part is INFINITY or not any(arg in INFINITE for arg in args):
            made = rebuilt(part, tuple(args))
            if made not in INFINITE and made.head == "quotient" and is_zero(made.args[1]):
                return None
            done[part] = made
            continue
        found = _worked_out(part, args, known or {})
        if found is None:
            return None
        done[part] = found.value
        assumed += found.assumed
    result = done[root]
    return WorkedOut(result if result in INFINITE else tidy(result), tuple(dict.fromkeys(assumed)))


def _worked_out(part: Expression, args: list[Expression], known: Known) -> WorkedOut | None:
    match part.head:
        case "negation":
            return WorkedOut(MINUS_INFINITY if args[0] is INFINITY else INFINITY)
        case "sum":
            infinite = {arg for arg in args if arg in INFINITE}
            return WorkedOut(infinite.pop()) if len(infinite) == 1 else None
        case "product":
            return _with_sign([_sign(arg, known) for arg in args])
        case "quotient":
            above, below = args
            if below in INFINITE:
                return None if above in INFINITE else WorkedOut(ZERO)
            return _with_sign([_sign(above, known), _sign(below, known)])
        case "power":
            return _power(args[0], args[1], known)
        case "log":
            larger = len(args) == 1 or _is_true(related(args[1], ">", ONE))
            return WorkedOut(INFINITY) if larger and args[0] is INFINITY else None
        case "max" | "min":
            return _largest(args, INFINITY if part.head == "max" else MINUS_INFINITY)
    value = limits_of_function(part.head).get((args[0], "")) if len(args) == 1 else None
    return None if value is None else WorkedOut(value)


def _largest(args: list[Expression], end: Expression) -> WorkedOut | None:
    """The largest of some numbers, or with another `end` the smallest, where some of them are infinite."""
    if end in args:
        return WorkedOut(end)
    rest = [arg for arg in args if arg not in INFINITE]
    return WorkedOut(rest[0]) if len(rest) == 1 else None


def _sign(arg: Expression, known: Known) -> Signed | None:
    if arg in INFINITE:
        return Signed(1 if arg is INFINITY else -1)
    return assumed_sign(arg, known)


def product_of_signs(signs: list[Signed | None]) -> Signed | None:
    """The sign of a product, with all that was assumed for the signs of its factors; None if one is not known."""
    product = 1
    assumed: list[Expression] = []
    for found in signs:
        if found is None:
            return None
        product *= found.sign
        assumed += found.assumed
    return Signed(product, tuple(assumed))


def _with_sign(signs: list[Signed | None]) -> WorkedOut | None:
    found = product_of_signs(signs)
    if found is None or found.sign == 0:
        return None
    return WorkedOut(INFINITY if found.sign > 0 else MINUS_INFINITY, found.assumed)


def _power(base: Expression, exponent: Expression, known: Known) -> WorkedOut | None:
    if base in INFINITE and exponent not in INFINITE:
        value = rational_value(exponent)
        found = assumed_sign(exponent, known, wanted=-1)
        if found is None or found.sign == 0 or (base is MINUS_INFINITY and (value is None or value.denominator != 1)):
            return None
        odd = base is MINUS_INFINITY and value is not None and value % 2 == 1
        far = MINUS_INFINITY if odd else INFINITY
        return WorkedOut(ZERO if found.sign == -1 else far, found.assumed)
    if exponent in INFINITE and base is not MINUS_INFINITY:
        larger = base is INFINITY or base is E or _is_true(related(base, ">", ONE))
        smaller = not larger and _is_true(related(base, ">", ZERO)) and _is_true(related(base, "<", ONE))
        assumed = (related(base, ">", ONE),) if not larger and not smaller and base.head == "name" else ()
        if not larger and not smaller and not assumed:
            return None
        return WorkedOut(ZERO if smaller is (exponent is INFINITY) else INFINITY, assumed)
    return None


def _is_true(relation: Expression) -> bool:
    return true_of_numbers(relation) is True


def assumed_sign(expression: Expression, known: Known = MappingProxyType({}), wanted: int = 0) -> Signed | None:
    """The sign of an expression, for which letters are assumed to be positive where that decides; else None.

    wanted: the sign that is assumed of a sum whose sign is not known, such as 1 - p; with 0 nothing is assumed of it.
    """
    sign = number_sign(expression)
    if sign is not None:
        return Signed(sign)
    sign = number_sign(expression, known) if known else None
    if sign is not None:
        return Signed(sign, tuple([related(part, ">" if known[part] == "+" else "<")
                                   for part in postorder([expression]) if part in known]))
    plain = sign_of(expression, known)
    if plain in ("0+", "0-"):
        return Signed(1 if plain == "0+" else -1, (related(expression, "!="),))
    match expression.head:
        case "name":
            return Signed(1, (related(expression, ">"),))
        case "sum" if wanted:
            return Signed(wanted, (related(expression, ">" if wanted > 0 else "<"),))
        case "negation":
            inner = assumed_sign(expression.args[0], known, -wanted)
            return None if inner is None else inner._replace(sign=-inner.sign)
        case "power":
            base = assumed_sign(expression.args[0], known)
            return base if base is not None and base.sign == 1 else None
        case "product" | "quotient":
            return _sign_of_factors(expression, known, wanted)
    return None


def _sign_of_factors(expression: Expression, known: Known, wanted: int) -> Signed | None:
    sign = 1
    assumed: list[Expression] = []
    for factor in sorted(expression.args, key=lambda factor: factor.head == "sum"):  # sums take the sign that is left
        found = assumed_sign(factor, known, wanted * sign)
        if found is None:
            return None
        sign *= found.sign
        assumed += found.assumed
    return Signed(sign, tuple(assumed))


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


def number_sign(expression: Expression, known: Known | None = None) -> int | None:
    """1 or -1 for what is surely positive or negative, 0 for 0, None where that is not known."""
    sign = {"+": 1, "-": -1, "0": 0}.get(sign_of(expression, known))
    if sign is not None or expression.free:
        return sign
    for sign, relation in ((1, ">"), (-1, "<"), (0, "=")):
        if holds_there(related(expression, relation)):
            return sign
    return None


def sign_near(expression: Expression, variable: Expression, target: Expression, side: str) -> int | None:
    """The sign that an expression has close to a target on one side, 1 or -1; None where that is not known."""
    known = {"+": 1, "-": -1}.get(sign_of(expression))
    if known is not None or expression.free != {variable.value} or target.free:
        return known
    if target in INFINITE:  # far out x is 1/x close to 0
        flipped = divide(ONE if target is INFINITY else negate(ONE), variable)
        return sign_near(substitute(expression, variable.value, flipped), variable, ZERO, "+")
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
