"""New variables that make a fraction in x and the root of a quadratic rational.

    next(by_parity(integrand, found)).after     # of int 1/((x^2 + 1)*sqrt(x^2 + 4)) dx
                                                # (int -1/(u^2 + 3) du) at (u = sqrt(x^2 + 4)/x)

The root over x, or x over the root, where the fraction is even; else Euler's substitutions.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.terms import Rational
from tutor.expression.exponents import integer_root
from tutor.expression.tree import (
    ONE,
    Expression,
    add,
    divide,
    node,
    rational,
)
from tutor.integration.integrand import Integrand
from tutor.integration.over_root import (
    MOST_DEGREE,
    OverRoot,
    times_part,
    unit_of,
    with_ratio,
)
from tutor.integration.ratios import (
    NOTHING,
    UNIT,
    Ratio,
    Sum,
    atom,
    cancelled,
    degree,
    minus,
    only_number,
    parts_by_root,
    plain,
    plus,
    product_of,
    put_in,
    quotient,
    ratio_of,
    times,
    with_square,
    without,
    written,
)
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, Working


def by_parity(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """With v = x + b/2a the quadratic is a·v² + c. If the rest is even in v, the root over v, or v over the root, is
    the new variable."""
    x, u = integrand.variable, integrand.fresh
    shift = cancelled(ratio_or_nothing(found.middle, times(plain(2), found.high)), x)
    moved = Ratio(plus(times(atom(x), shift.below), shift.above, -1), shift.below)
    over = cancelled(with_ratio(found.over, x, moved), x)
    constant = minus(Ratio(found.low), product_of(ratio_or_nothing(times(found.middle, found.middle), found.high),
                                                  Ratio(UNIT, plain(4))))
    low = cancelled(constant, x)
    even, odd = parts_by_root(over, x, Ratio(atom(u)))  # u stands for v² at first
    v = integrand.tidy(add(x, written(shift, x))) if shift.above else x
    high = Ratio(found.high)
    if odd.above:  # and if it is odd, the root itself is a substitution for the whole integrand
        return
    ways: list[tuple[int, int, int, Expression, Ratio]] = []
    below = minus(Ratio(atom(u, 2)), high)
    other_below = minus(Ratio(UNIT), product_of(high, Ratio(atom(u, 2))))
    for inside, square, share in (
            # u = root/v: u² = a + c/v², du/dv = -c/(v²·root)
            (divide(found.root, v), _divided(low, below), Ratio(times(plain(-1), below.below), below.above)),
            # u = v/root: v² = c·u²/(1 - a·u²), du/dv = c/root³, where root² is c/(1 - a·u²)
            (divide(v, found.root), _divided(product_of(low, Ratio(atom(u, 2))), other_below),
             Ratio(other_below.below, other_below.above))):
        made = put_in(even, u, square)
        if made is None:
            continue
        made = cancelled(product_of(made, share), u)
        if max(degree(made.above, u), degree(made.below, u)) <= MOST_DEGREE:
            ways.append((degree(made.below, u), degree(made.above, u), len(ways), inside, made))
    for _, _, _, inside, made in sorted(ways, key=lambda way: way[:3]):
        yield from _substituted(integrand, "root_over_variable", inside, made)


def ratio_or_nothing(above: Sum, below: Sum) -> Ratio:
    return Ratio(above, below) if above else Ratio(NOTHING)


def _divided(left: Ratio, right: Ratio) -> Ratio:
    made = quotient(left, right)
    if made is None:
        raise ZeroDivisionError
    return made


def _substituted(integrand: Integrand, rule: str, inside: Expression, made: Ratio,
                 lines: tuple[Working, ...] = ()) -> Iterator[RuleInstance]:
    body = integrand.tidy(written(made, integrand.fresh))
    inside = integrand.tidy(inside)
    slope = Working("The derivative of the new variable:", node("relation", (
        node("derivative", (inside, integrand.variable, ONE), "d"), integrand.slope(inside)), "="))
    instance = integrand.substituted(rule, body, inside, {"h": body, "u": integrand.fresh}, (*lines, slope))
    if instance is not None:
        yield instance


class _New(NamedTuple):
    """A new variable u by which x and the root become rational: x in u, and dx/root = share · du."""

    inside: Expression
    old: Ratio
    share: Ratio
    unit: Expression = ONE


def euler(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """Euler's substitutions: x and the root as fractions in one u."""
    x, u = integrand.variable, integrand.fresh
    new = (None if _has_root(found.high) else _by_zeros(found, x, u)) or _by_unit(found, x, u)
    made = None if new is None else put_in(found.over, x, new.old)
    if new is None or made is None:
        return
    made = without(product_of(made, new.share), new.share.below, u)
    if new.unit.head == "sqrt":
        square = rational_value(new.unit.args[0]) or 0
        made = Ratio(*(with_square(total, new.unit, square) for total in made))
    made = cancelled(made, u)
    if max(degree(made.above, u), degree(made.below, u)) <= MOST_DEGREE:
        old = Ratio(*(_renamed(total, u, new.inside) for total in new.old))
        line = Working("The old variable, written with what the new one stands for:",
                       node("relation", (x, written(old, new.inside)), "="))
        yield from _substituted(integrand, "euler_substitution", new.inside, made, (line,))


def _by_zeros(found: OverRoot, x: Expression, u: Expression) -> _New | None:
    """root = (x - p)·u, so (x - p)·u² = a·(x - q), and (u² - a)·dx = -2·root·du."""
    zeros = _zeros(found)
    if zeros is None:
        return None
    first, second = (plain(zero) for zero in zeros)
    below = plus(atom(u, 2), found.high, -1)
    old = Ratio(plus(times(first, atom(u, 2)), times(found.high, second), -1), below)
    return _New(divide(found.root, add(x, rational(-zeros[0])) if zeros[0] else x), old, Ratio(plain(-2), below))


def _by_unit(found: OverRoot, x: Expression, u: Expression) -> _New | None:
    """root = u - r·x, so u² - c = (b + 2·r·u)·x; or root = x·u + r, so a·x + b = x·u² + 2·r·u."""
    for square, is_high in ((found.high, True), (found.low, False)):
        unit = unit_of(square) if square else None
        if unit is None or unit[1] < 0:
            continue
        twice = times(times(plain(2), _as_sum(unit[0])), atom(u))
        if is_high:
            below = plus(found.middle, twice)
            return _New(add(times_part(unit[0], x), found.root), Ratio(plus(atom(u, 2), found.low, -1), below),
                        Ratio(plain(2), below), unit[0])
        below = plus(atom(u, 2), found.high, -1)
        return _New(divide(add(found.root, node("negation", (unit[0],))), x),
                    Ratio(plus(found.middle, twice, -1), below), Ratio(plain(-2), below), unit[0])
    return None


def _renamed(total: Sum, old: Expression, new: Expression) -> Sum:
    return {frozenset([(new if part is old else part, exponent) for part, exponent in product]): value
            for product, value in total.items()}


def _as_sum(part: Expression) -> Sum:
    read = ratio_of(part, lambda _: None, "")
    assert read is not None
    return read.above if read.below == UNIT else {product: Fraction(value) / (only_number(read.below) or 1)
                                                  for product, value in read.above.items()}


def _has_root(value: Sum) -> bool:
    unit = unit_of(value)
    return unit is not None and unit[1] > 0 and rational_value(unit[0]) is not None


def _zeros(found: OverRoot) -> tuple[Rational, Rational] | None:
    """The two rational zeros of the quadratic; None if there are none."""
    low, middle, high = (only_number(each) if each else Fraction(0) for each in (found.low, found.middle, found.high))
    if low is None or middle is None or high is None:
        return None
    beyond = Fraction(middle) ** 2 - 4 * Fraction(high) * low
    above, below = integer_root(beyond.numerator, 2) if beyond > 0 else None, integer_root(beyond.denominator, 2)
    if above is None or below is None:
        return None
    size = Fraction(above, below)
    first, second = ((-middle + sign * size) / (2 * high) for sign in (1, -1))
    return (first, second) if abs(first) <= abs(second) else (second, first)
