"""Periods: after how much a function repeats itself, and what that says of the solutions of an equation.

    period_of(parse("sin(x) + cos(2*x)"), name("x"), tidy)          # 2*pi
    members_between(root, Between(0.0, 7.0), tidy)                  # those of pi/2 + pi*k from 0 to 7
"""

from __future__ import annotations

import math
from fractions import Fraction

from tutor.algebra.decide import Tidy
from tutor.derivation.equations import Root
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.tree import (
    PI,
    ZERO,
    Expression,
    add,
    divide,
    multiply,
    negate,
    number,
    outermost,
    rational,
    replace,
    substitute,
)
from tutor.integration.equations import Between, linear, number_of
from tutor.rules.conditions import rational_value

MOST_MEMBERS = 40
"""Members of a family that are listed one by one."""

MOST_PARTS = 12
"""Parts into which a family is split."""


def period_of(body: Expression, variable: Expression, tidy: Tidy) -> Expression | None:
    """A number after which a function of a letter repeats itself; None where the letter also stands outside of periodic
    functions, or nothing is found."""
    found: list[Fraction] = []
    stack = [body]
    while stack:
        part = stack.pop()
        if variable.value not in part.free:
            continue
        function = FUNCTIONS.get(part.head)
        if part is variable:
            return None
        if function is None or not function.period:
            stack.extend(part.args)
            continue
        shift, slope = linear(part.args[0], variable, tidy)
        times = None if slope is None else rational_value(slope)
        if shift is None or times is None:
            return None
        whole = Fraction(2) if function.period == "2*pi" else Fraction(1)
        found.append(whole / abs(Fraction(times)))
    if not found:
        return None
    together = Fraction(math.lcm(*[each.numerator for each in found]), math.gcd(*[each.denominator for each in found]))
    return tidy(multiply(rational(together), PI))


def _step(root: Root, tidy: Tidy) -> tuple[Expression, Expression] | None:
    """The c and the d of c + d*k."""
    if root.every is None:
        return None
    start = tidy(substitute(root.value, root.every.value, ZERO))
    step = tidy(add(substitute(root.value, root.every.value, number(1)), negate(start)))
    second = substitute(root.value, root.every.value, number(2))
    return (start, step) if tidy(add(second, negate(start), negate(multiply(number(2), step)))) is ZERO else None


def steps_by(root: Root, period: Expression | None, tidy: Tidy) -> bool:
    """Whether the members of a family are whole periods apart."""
    known = _step(root, tidy)
    times = None if known is None or period is None else rational_value(tidy(divide(known[1], period)))
    return times is not None and Fraction(times).denominator == 1


def members_between(root: Root, between: Between, tidy: Tidy) -> list[Expression] | None:
    """The members of a family in an interval; None where it is infinite, or there are too many."""
    if not between.is_finite or root.every is None:
        return None
    known = _step(root, tidy)
    if known is None:
        return None
    start, step = number_of(known[0]), number_of(known[1])
    if start is None or not step:
        return None
    first, last = sorted([(between.low - start) / step, (between.high - start) / step])
    numbers = range(math.ceil(first - 1e-9), math.floor(last + 1e-9) + 1)
    if len(numbers) > MOST_MEMBERS:
        return None
    return [tidy(substitute(root.value, root.every.value, rational(each))) for each in numbers]


def split_family(root: Root, period: Expression | None, tidy: Tidy) -> list[Root]:
    """A family as several ones, each of which goes on by the period."""
    known = _step(root, tidy)
    ratio = None if period is None or known is None else rational_value(tidy(divide(period, known[1])))
    if root.every is None or known is None or period is None or ratio is None:
        return [root]
    if Fraction(ratio).denominator != 1 or not 1 < abs(Fraction(ratio)) <= MOST_PARTS:
        return [root]
    start, step = known
    return [root._replace(value=tidy(add(start, multiply(rational(each), step), multiply(period, root.every))))
            for each in range(abs(int(ratio)))]


def value_on_family(body: Expression, variable: Expression, family: Root, tidy: Tidy) -> Expression:
    """The value of a function at the members of a family: parts that repeat from member to member have one value."""
    known = _step(family, tidy)
    changes: dict[Expression, Expression] = {}
    for part in outermost(body, _PERIODIC) if known is not None else ():
        period = period_of(part, variable, tidy)
        times = None if period is None or known is None else rational_value(tidy(divide(known[1], period)))
        if known is not None and times is not None and Fraction(times).denominator == 1:
            changes[part] = tidy(substitute(part, variable.value, known[0]))
    return tidy(substitute(replace(body, changes), variable.value, family.value))


_PERIODIC = frozenset(name for name, function in FUNCTIONS.items() if function.period)
