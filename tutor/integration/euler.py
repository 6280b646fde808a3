"""New variables that make a fraction in x and the root of a quadratic rational.

    next(by_parity(integrand, found)).after     # of int 1/((x^2 + 1)*sqrt(x^2 + 4)) dx
                                                # (int -1/(u^2 + 3) du) at (u = sqrt(x^2 + 4)/x)

The root over x, or x over the root, where the fraction is even; else Euler's substitutions.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.multivariate import Sum, atom, degree, only_number
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
)
from tutor.integration.ratios import Ratio, cancelled, parts_by_root, put_in, ratio_of, written
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, Working


def by_parity(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """With v = x + b/2a the quadratic is a·v² + c. If the rest is even in v, the root over v, or v over the root, is
    the new variable."""
    x, u = integrand.variable, integrand.fresh
    low, high, square_of_u = Ratio(found.low), Ratio(found.high), Ratio(atom(u, 2))
    shift = cancelled(Ratio(found.middle) / (2 * high), x)
    over = cancelled(put_in(found.over, x, Ratio(atom(x)) - shift), x)
    low = cancelled(low - Ratio(found.middle)**2 / (4 * high), x)
    even, odd = parts_by_root(over, x, Ratio(atom(u)))  # u stands for v² at first
    v = integrand.tidy(add(x, written(shift, x))) if shift else x
    if odd:  # and if it is odd, the root itself is a substitution for the whole integrand
        return
    ways: list[tuple[int, int, int, Expression, Ratio]] = []
    for inside, square, share in (
            # u = root/v: u² = a + c/v², du/dv = -c/(v²·root)
            (divide(found.root, v), low / (square_of_u - high), -1 / (square_of_u - high)),
            # u = v/root: v² = c·u²/(1 - a·u²), du/dv = c/root³, where root² is c/(1 - a·u²)
            (divide(v, found.root), low * square_of_u / (1 - high * square_of_u), 1 / (1 - high * square_of_u))):
        try:
            made = put_in(even, u, square)
        except ZeroDivisionError:
            continue
        made = cancelled(made * share, u)
        if max(degree(made.above, u), degree(made.below, u)) <= MOST_DEGREE:
            ways.append((degree(made.below, u), degree(made.above, u), len(ways), inside, made))
    for _, _, _, inside, made in sorted(ways, key=lambda way: way[:3]):
        yield from _substituted(integrand, "root_over_variable", inside, made)


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


def euler(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """Euler's substitutions: x and the root as fractions in one u."""
    x, u = integrand.variable, integrand.fresh
    new = (None if _has_root(found.high) else _by_zeros(found, x, u)) or _by_unit(found, x, u)
    if new is None:
        return
    try:
        made = cancelled(put_in(found.over, x, new.old) * new.share, u)
    except ZeroDivisionError:
        return
    if max(degree(made.above, u), degree(made.below, u)) <= MOST_DEGREE:
        old = new.old.renamed(u, new.inside)
        line = Working("The old variable, written with what the new one stands for:",
                       node("relation", (x, written(old, new.inside)), "="))
        yield from _substituted(integrand, "euler_substitution", new.inside, made, (line,))


def _by_zeros(found: OverRoot, x: Expression, u: Expression) -> _New | None:
    """root = (x - p)·u, so (x - p)·u² = a·(x - q), and (u² - a)·dx = -2·root·du."""
    zeros = _zeros(found)
    if zeros is None:
        return None
    square, high = Ratio(atom(u, 2)), Ratio(found.high)
    old = (zeros[0] * square - high * zeros[1]) / (square - high)
    return _New(divide(found.root, add(x, rational(-zeros[0])) if zeros[0] else x), old, -2 / (square - high))


def _by_unit(found: OverRoot, x: Expression, u: Expression) -> _New | None:
    """root = u - r·x, so u² - c = (b + 2·r·u)·x; or root = x·u + r, so a·x + b = x·u² + 2·r·u."""
    low, middle, high = (Ratio(each) for each in (found.low, found.middle, found.high))
    for square, is_high in ((found.high, True), (found.low, False)):
        unit = unit_of(square) if square else None
        size = None if unit is None or unit[1] < 0 else ratio_of(unit[0], "")
        if unit is None or size is None:
            continue
        twice = 2 * size * Ratio(atom(u))
        if is_high:
            below = middle + twice
            return _New(add(times_part(unit[0], x), found.root), (Ratio(atom(u, 2)) - low) / below, 2 / below)
        below = Ratio(atom(u, 2)) - high
        return _New(divide(add(found.root, node("negation", (unit[0],))), x), (middle - twice) / below, -2 / below)
    return None


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
