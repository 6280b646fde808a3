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
from tutor.algebra.multivariate import UNIT, TooLarge, atom, degree, plus
from tutor.errors import TutorError
from tutor.expression.tree import Expression, call, divide, multiply, postorder, rational
from tutor.integration.integrand import Integrand
from tutor.integration.ratios import Ratio, cancelled, parts_by_root, put_in, ratio_of
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
        return at_sine**sines * at_cosine**cosines

    try:
        ratio = ratio_of(integrand.body, integrand.variable.value, known)
        return None if ratio is None else InSineAndCosine(family, shared, integrand.slope(shared),
                                                          cancelled(ratio, sine))
    except (TooLarge, ZeroDivisionError, TutorError):
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


def _of_multiple(sine: Expression, cosine: Expression, multiple: int, family: Family) -> tuple[Ratio, Ratio]:
    """Sine and cosine of a multiple, by the addition theorems."""
    first = Ratio(atom(sine)), Ratio(atom(cosine))
    found = first
    for _ in range(multiple - 1):
        found = (found[0] * first[1] + found[1] * first[0],
                 found[1] * first[1] - family.sign * found[0] * first[0])
    return found


# -- in terms of one of them -------------------------------------------------------------------------------------------


def by_cosine(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """f / (du/dg) in terms of u, the cosine of g, if that is possible: if f is odd in the sine."""
    sign = found.family.sign
    return _by_the_other(found, found.cosine, found.sine, Ratio(plus(UNIT, atom(u, 2), -1)) * sign, -sign, u)


def by_sine(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """The same where u is the sine, if f is odd in the cosine."""
    return _by_the_other(found, found.sine, found.cosine, Ratio(plus(UNIT, atom(u, 2), -found.family.sign)), 1, u)


def _by_the_other(found: InSineAndCosine, kept: Expression, removed: Expression, square: Ratio, sign: int,
                  u: Expression) -> Ratio | None:
    """f / removed as a ratio in u, which is `kept`, if f is odd in `removed`, whose square is given."""
    try:
        even, odd = parts_by_root(found.ratio.renamed(kept, u), removed, square)
        return None if even else cancelled(odd * sign, u)
    except (TooLarge, ZeroDivisionError):
        return None


def by_tangent(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """f / (du/dg) in terms of u, the tangent of g, if f stays the same when sine and cosine both change signs."""
    return _by_quotient(found, found.sine, found.cosine, Ratio(plus(UNIT, atom(u, 2), found.family.sign)), 1, u)


def by_cotangent(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """The same where u is the cotangent."""
    return _by_quotient(found, found.cosine, found.sine, Ratio(atom(u, 2)) + found.family.sign, -1, u)


def _by_quotient(found: InSineAndCosine, first: Expression, second: Expression, one: Ratio, sign: int,
                 u: Expression) -> Ratio | None:
    """f / (du/dg) in terms of u = first / second, where second² is 1 / one, and du/dg is one times the sign."""
    try:
        in_second = put_in(found.ratio, first, Ratio(atom(u)) * Ratio(atom(second)))
        even, odd = parts_by_root(in_second, second, 1 / one)
        return None if odd else cancelled(even / (one * sign), u)
    except (TooLarge, ZeroDivisionError):
        return None


def by_half_angle(found: InSineAndCosine, u: Expression) -> Ratio | None:
    """f / (du/dg) in terms of u, the tangent of half of g."""
    one, other = (Ratio(plus(UNIT, atom(u, 2), sign * found.family.sign)) for sign in (1, -1))
    try:
        in_cosine = put_in(found.ratio, found.sine, 2 * Ratio(atom(u)) / one)
        return cancelled(put_in(in_cosine, found.cosine, other / one) * 2 / one, u)
    except (TooLarge, ZeroDivisionError):
        return None


def sizes(ratio: Ratio, u: Expression) -> tuple[int, int]:
    """How hard a ratio is to integrate: the degree below the line, then the one above."""
    return degree(ratio.below, u), degree(ratio.above, u)
