"""An expression as a quotient of polynomials in one letter, exactly: what can be said of its zeros and poles then.

    Ratios("x", {}).of(parse("2*|x| - 1"), near=Fraction(-3)).above         # -1 - 2x: x is negative near -3
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.relations import COMPARISONS
from tutor.expression.tree import Expression
from tutor.oracle.evaluate import value_of
from tutor.oracle.functions import KNOWN
from tutor.oracle.numbers import precise
from tutor.oracle.polynomial import IsolatingInterval, Polynomial, plus, roots, times, value_at
from tutor.oracle.table import Undefined, lowest_table

MOST_DEGREE = 24
"""Degree of a polynomial whose roots are found exactly."""

DIGITS = 90
"""Decimal digits to which numbers such as pi and sqrt(2) are known in an exact argument."""


class Ratio(NamedTuple):
    """above/below, both polynomials in one letter."""

    above: Polynomial
    below: Polynomial


_ONE: Polynomial = (Fraction(1),)


class Ratios:
    """Expressions as quotients of polynomials in a letter. Each part of them is worked out once: inside one another,
    kinks share nearly all that they are made of.

    others: the values of all other names; work: about how many operations with fractions were needed so far; rootless:
    parts that are known to have no square root in them.
    """

    def __init__(self, letter: str, others: Mapping[str, Fraction]) -> None:
        self.letter, self.others, self.work = letter, dict(others), 0
        self.rootless: set[Expression] = set()
        self._everywhere: dict[Expression, Ratio | None] = {}  # what has no kinks is the same at every place
        self._near: dict[Fraction, dict[Expression, Ratio | None]] = {}
        self._zeros: dict[Ratio, list[IsolatingInterval]] = {}

    def of(self, root: Expression, near: Fraction) -> Ratio | None:
        """An expression as such a quotient, its kinks resolved as they are at `near`.

        None if it is no such quotient, or one of too high a degree.
        """
        everywhere, here = self._everywhere, self._near.setdefault(near, {})
        stack = [root]
        while stack:
            part = stack[-1]
            if part in everywhere or part in here:
                stack.pop()
                continue
            waiting = [arg for arg in part.args if arg not in everywhere and arg not in here]
            if waiting:
                stack += waiting
                continue
            stack.pop()
            resolved = _resolves(part.head) or any(arg in here for arg in part.args)
            (here if resolved else everywhere)[part] = self._put_together(
                part, [here[arg] if arg in here else everywhere[arg] for arg in part.args], near)
        return here[root] if root in here else everywhere[root]

    def _put_together(self, part: Expression, args: list[Ratio | None], near: Fraction) -> Ratio | None:
        known = [arg for arg in args if arg is not None]
        self.work += 1 + prod([len(each.above) + len(each.below) for each in known[:2]])
        ratio = _ratio(part, known, self.letter, self.others, near) if len(known) == len(args) else None
        if ratio is None and self.letter not in part.free:
            ratio = _closed(part, self.others)
        if ratio is not None and max(len(ratio.above), len(ratio.below)) > MOST_DEGREE + 1:
            return None
        return ratio

    def zeros(self, ratio: Ratio) -> list[IsolatingInterval]:
        """Where a quotient is 0 or has a pole."""
        found = self._zeros.get(ratio)
        if found is None:
            found = self._zeros[ratio] = [*roots(ratio.above), *roots(ratio.below)]
            self.work += sum([_ROOTS + 10 * len(each) ** 2 for each in ratio if len(each) > 2])
        return found


_ROOTS = 200
"""Operations with fractions in the time that finding the roots of a short polynomial takes."""


def _resolves(head: str) -> bool:
    """Whether a node has kinks, of which one side is taken."""
    return head in ("min", "max", PIECEWISE) or (head in KNOWN and KNOWN[head].sides is not None)


def _ratio(part: Expression, args: list[Ratio], letter: str, others: Mapping[str, Fraction],
           near: Fraction) -> Ratio | None:
    head = part.head
    if head == "number":
        return _constant(part.value)
    if head == "name":
        if part.value == letter:
            return Ratio((Fraction(0), Fraction(1)), _ONE)
        value = others.get(part.value)
        return None if value is None else _constant(value)
    if head == "sum":
        total = args[0]
        for arg in args[1:]:
            total = _added(total, arg)
        return total
    if head == "product":
        product = args[0]
        for arg in args[1:]:
            product = Ratio(times(product.above, arg.above), times(product.below, arg.below))
        return product
    if head == "negation":
        return _scaled(args[0], -1)
    if head == "quotient":
        return _inverted(args[1], args[0])
    if head == "power":
        return _raised(args[0], args[1])
    if head in KNOWN and (sides := KNOWN[head].sides) is not None:
        side = _side(args[0], near)
        if side is None or (side == 0 and KNOWN[head].jumps):
            return None
        slope, there = sides[0 if side > 0 else 1]
        straight = _scaled(args[0], slope) if slope else _constant(there)
        return _added(straight, _constant(there)) if slope and there else straight
    if head == PIECEWISE:
        return _case(part, args, near)
    if head in ("min", "max"):
        best = args[0]
        for arg in args[1:]:
            side = _side(_added(arg, _scaled(best, -1)), near)
            if side is None:
                return None
            best = arg if side == (1 if head == "max" else -1) else best
        return best
    return None


def _case(part: Expression, args: list[Ratio], near: Fraction) -> Ratio | None:
    """The case of a piecewise node that counts at a place; None where none does, or at a joint."""
    ratio_of = dict(zip(part.args, args, strict=True))
    for case in cases_in(part):
        holds = True
        for relation in case.relations:
            left, right = (ratio_of[arg] for arg in relation.args)
            side = _side(_added(left, _scaled(right, -1)), near)
            if not side:
                return None
            holds = holds and COMPARISONS[relation.value](side, 0)
        if holds:
            return ratio_of[case.value]
    return None


def _constant(value: int | Fraction) -> Ratio:
    return Ratio((Fraction(value),) if value else (), _ONE)


def _added(left: Ratio, right: Ratio) -> Ratio:
    if left.below == right.below:
        return Ratio(plus(left.above, right.above), left.below)
    return Ratio(plus(times(left.above, right.below), times(right.above, left.below)), times(left.below, right.below))


def _scaled(ratio: Ratio, factor: int) -> Ratio:
    return Ratio(tuple(factor * each for each in ratio.above) if factor else (), ratio.below)


def _inverted(below: Ratio, above: Ratio) -> Ratio | None:
    if not below.above:
        return None
    return Ratio(times(above.above, below.below), times(above.below, below.above))


def _raised(base: Ratio, exponent: Ratio) -> Ratio | None:
    if len(exponent.above) > 1 or len(exponent.below) > 1:
        return None
    value = (exponent.above[0] if exponent.above else Fraction(0)) / exponent.below[0]
    degree = max(len(base.above), len(base.below)) - 1
    if value.denominator != 1 or abs(value) * max(degree, 1) > (MOST_DEGREE if degree else 10 * MOST_DEGREE):
        return None
    if value < 0:
        inverted = _inverted(base, Ratio(_ONE, _ONE))
        return None if inverted is None else _raised(inverted, _constant(int(-value)))
    result = Ratio(_ONE, _ONE)
    for _ in range(int(value)):
        result = Ratio(times(result.above, base.above), times(result.below, base.below))
    return result


def _side(ratio: Ratio, near: Fraction) -> int | None:
    """The sign of a quotient at a place; None where it has no value."""
    above, below = value_at(ratio.above, near), value_at(ratio.below, near)
    return None if not below else (above * below > 0) - (above * below < 0)


def _closed(part: Expression, others: Mapping[str, Fraction]) -> Ratio | None:
    """A number that is no fraction, such as pi or sqrt(2), to `DIGITS` digits."""
    try:
        value = value_of(lowest_table(precise(DIGITS, real=True), others.get), part)
    except Undefined:
        return None
    return _constant(exact(value))


def exact(value: Any) -> Fraction:
    """A number of mpmath as the fraction that it is."""
    sign, mantissa, exponent, _ = value._mpf_
    return Fraction(int(mantissa) * (-1 if sign else 1)) * Fraction(2) ** int(exponent)
