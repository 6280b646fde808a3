"""Integrands that are rational in the sine and cosine, or the hyperbolic ones, of linear arguments.

    found = in_sine_and_cosine(integrand, CIRCLE)        # of int sin(2*x)/(1 + cos(x)) dx
    found.argument, found.sine, found.cosine     # x, and the atoms that stand for sin(x) and cos(x)
    found.ratio                                  # 2*sin(x)*cos(x) / (1 + cos(x))

All six functions are written with these two, and those of multiple arguments by what is known of multiple angles.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from tutor.algebra.functions import FAMILIES
from tutor.errors import TutorError
from tutor.expression.tree import Expression, call, divide, multiply, postorder, rational
from tutor.integration.integrand import Integrand
from tutor.integration.ratios import (
    UNIT,
    Ratio,
    Sum,
    TooLarge,
    atom,
    by_powers,
    cancelled,
    parts_by_root,
    plain,
    plus,
    quotient,
    ratio_of,
    times,
    with_value,
    without,
)
from tutor.rules.conditions import rational_value

MOST_MULTIPLE = 6
"""sin(7x) is not written with sin(x) and cos(x)."""


class Family(NamedTuple):
    """Functions that are made of the same two. sign: cosine² + sign · sine² = 1."""

    names: tuple[str, ...]
    sign: int

    @property
    def sine(self) -> str:
        return self.names[0]

    @property
    def cosine(self) -> str:
        return self.names[1]

    @property
    def tangent(self) -> str:
        return self.names[2]


CIRCLE = Family(("sin", "cos", "tan", "cot", "sec", "csc"), 1)
HYPERBOLA = Family(("sinh", "cosh", "tanh", "coth", "sech", "csch"), -1)


class InSineAndCosine(NamedTuple):
    """An integrand as a ratio in two atoms, the sine and the cosine of one argument with a constant slope."""

    family: Family
    argument: Expression
    slope: Expression
    ratio: Ratio

    @property
    def sine(self) -> Expression:
        return call(self.family.sine, self.argument)

    @property
    def cosine(self) -> Expression:
        return call(self.family.cosine, self.argument)


def functions_in(integrand: Integrand, family: Family) -> list[Expression]:
    """The functions of the family that vary, in the order in which they stand."""
    return [part for part in dict.fromkeys(postorder([integrand.body]))
            if part.head in family.names and integrand.varies(part)]


def has_constant_slope(part: Expression, integrand: Integrand) -> bool:
    """Whether a part varies with a constant slope."""
    if part is integrand.variable:
        return True
    if not integrand.varies(part):
        return False
    try:
        return not integrand.varies(integrand.slope(part))
    except TutorError:
        return False


def in_sine_and_cosine(integrand: Integrand, family: Family) -> InSineAndCosine | None:
    """The integrand in the sine and cosine of one argument; None if it is not rational in them, or too large."""
    functions = functions_in(integrand, family)
    if not functions:
        return None
    arguments = list(dict.fromkeys(part.args[0] for part in functions))
    if not all(has_constant_slope(argument, integrand) for argument in arguments):
        return None
    multiples = _multiples(arguments, integrand)
    if multiples is None:
        return None
    shared, times_shared = multiples
    sine, cosine = call(family.sine, shared), call(family.cosine, shared)

    def known(part: Expression) -> Ratio | None:
        if part.head not in family.names or not integrand.varies(part):
            return None
        sines, cosines = FAMILIES[part.head][part.head]
        at_sine, at_cosine = _of_multiple(sine, cosine, times_shared[part.args[0]], family)
        above = below = UNIT
        for value, exponent in ((at_sine, sines), (at_cosine, cosines)):
            if exponent > 0:
                above = times(above, value)
            elif exponent < 0:
                below = times(below, value)
        return Ratio(above, below)

    try:
        ratio = ratio_of(integrand.body, known, integrand.variable.value)
        return None if ratio is None else InSineAndCosine(family, shared, integrand.slope(shared),
                                                          cancelled(ratio, sine))
    except (TooLarge, TutorError):
        return None


def _multiples(arguments: list[Expression],
               integrand: Integrand) -> tuple[Expression, dict[Expression, int]] | None:
    """One argument of which all are whole multiples, and these; None if there is none."""
    first, shares = arguments[0], []
    for argument in arguments:
        share = rational_value(integrand.tidy(divide(argument, first)))
        if share is None or share <= 0:
            return None
        shares.append(Fraction(share))
    unit = Fraction(gcd(*[share.numerator for share in shares]), lcm(*[share.denominator for share in shares]))
    whole = [int(share / unit) for share in shares]
    if max(whole) > MOST_MULTIPLE:
        return None
    shared = first if unit == 1 else integrand.tidy(multiply(rational(unit), first))
    return shared, dict(zip(arguments, whole, strict=True))


def _of_multiple(sine: Expression, cosine: Expression, multiple: int, family: Family) -> tuple[Sum, Sum]:
    """Sine and cosine of a multiple, by the addition theorems."""
    first = atom(sine), atom(cosine)
    found = first
    for _ in range(multiple - 1):
        found = (plus(times(found[0], first[1]), times(found[1], first[0])),
                 plus(times(found[1], first[1]), times(found[0], first[0]), -family.sign))
    return found


# -- in terms of one of them -------------------------------------------------------------------------------------------


def by_cosine(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """f / (du/dg) in terms of u, the cosine of g, if that is possible: if f is odd in the sine."""
    return _by_the_other(found, found.cosine, found.sine, Ratio(plus(UNIT, atom(u, 2), -1), plain(found.family.sign)),
                         -found.family.sign, u)


def by_sine(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """The same where u is the sine, if f is odd in the cosine."""
    return _by_the_other(found, found.sine, found.cosine,
                         Ratio(plus(UNIT, atom(u, 2), -found.family.sign)), 1, u)


def _by_the_other(found: InSineAndCosine, kept: Expression, removed: Expression, square: Ratio, sign: int,
                  u: Expression) -> Ratio | None:
    """f / removed as a ratio in u, which is `kept`, if f is odd in `removed`, whose square is given."""
    try:
        parts = [_renamed(total, kept, u) for total in found.ratio]
        made = _odd_part(parts[0], parts[1], removed, square)
        return None if made is None else cancelled(Ratio(made.above, times(made.below, plain(sign))), u)
    except TooLarge:
        return None


def _odd_part(above: Sum, below: Sum, removed: Expression, square: Ratio) -> Ratio | None:
    """B where above/below = removed · B, and only the square of `removed` occurs in B; None if there is none."""
    even, odd = parts_by_root(Ratio(above, below), removed, square)
    return None if even.above else odd


def _renamed(total: Sum, part: Expression, u: Expression) -> Sum:
    return with_value(total, part, Ratio(atom(u))).above


def by_tangent(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """f / (du/dg) in terms of u, the tangent of g, if f stays the same when sine and cosine both change signs."""
    sign = found.family.sign
    return _by_quotient(found, found.sine, found.cosine, plus(UNIT, atom(u, 2), sign), 1, u)


def by_cotangent(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """The same where u is the cotangent."""
    sign = found.family.sign
    return _by_quotient(found, found.cosine, found.sine, plus(atom(u, 2), plain(sign)), -1, u)


def _by_quotient(found: InSineAndCosine, first: Expression, second: Expression, one: Sum, sign: int,
                 u: Expression) -> Ratio | None:
    """f / (du/dg) in terms of u = first / second, where second² is 1 / one, and du/dg is one times the sign."""
    try:
        above, below = (with_value(total, first, Ratio(times(atom(u), atom(second)))).above for total in found.ratio)
        made = _odd_part(times(above, atom(second)), below, second, Ratio(UNIT, one))
        if made is None:
            return None
        return cancelled(without(Ratio(made.above, times(times(made.below, one), plain(sign))), one, u), u)
    except TooLarge:
        return None


def by_half_angle(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """f / (du/dg) in terms of u, the tangent of half of g."""
    one, other = (plus(UNIT, atom(u, 2), sign * found.family.sign) for sign in (1, -1))
    try:
        parts = []
        for total in found.ratio:
            first = with_value(total, found.sine, Ratio(times(plain(2), atom(u)), one))
            second = with_value(first.above, found.cosine, Ratio(other, one))
            parts.append(Ratio(second.above, times(second.below, first.below)))
        made = quotient(parts[0], parts[1])
        if made is None:
            return None
        made = Ratio(times(made.above, plain(2)), times(made.below, one))
        return cancelled(without(made, one, u), u)
    except TooLarge:
        return None


def sizes(ratio: Ratio, u: Expression) -> tuple[int, int]:
    """How hard a ratio is to integrate: the degree below the line, then the one above."""
    return max(by_powers(ratio.below, u), default=0), max(by_powers(ratio.above, u), default=0)


