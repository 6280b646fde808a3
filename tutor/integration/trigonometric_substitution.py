"""Trigonometric substitution: x as a multiple of sin(t), tan(t) or sec(t), so that the root of a quadratic goes away.

    next(trigonometric_substitution(integrand)).after       # of int 1/(x^2*sqrt(x^2 + 4)) dx
                                                            # (int csc(u)*cot(u)/4 du) at (u = atan(x/2))

With the square completed, the quadratic is one of a² - v², v² + a² and v² - a². The angle is an arcsine or an
arctangent of v/a: there the cosine and the secant are positive, so the root has no sign to be decided. For v² - a² it
is the arctangent of the root over a; there sec(t) is |v|/a, which is right for negative v, too, if the integrand is
odd in v. Where it is even, this substitution would need two cases and is not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.multivariate import TooLarge, atom, degree, exact_quotient
from tutor.algebra.signs import sign_of
from tutor.expression.tree import (
    TWO,
    ZERO,
    Expression,
    add,
    call,
    derivative,
    divide,
    multiply,
    negate,
    node,
    power,
    rational,
    replace,
)
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.over_root import OverRoot, over_root
from tutor.integration.ratios import Ratio, cancelled, parts_by_root, put_in, written
from tutor.rules.instance import RuleInstance, Working

MOST_POWERS = 4
"""How many sines and cosines may be left, above and below the line, where this is the first choice."""


class _Angle(NamedTuple):
    """How v and the root are written with an angle t: v = size·function(t), root = leg·other(t); inside: what t is."""

    size: Expression
    function: str
    leg: Expression
    other: str
    inside: Expression


def trigonometric_substitution(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The substitution that belongs to the quadratic under the root."""
    try:
        found = over_root(integrand)
        if found is None or found.whole:
            return
        x, t, tidy = integrand.variable, integrand.fresh, integrand.tidy
        shift = cancelled(Ratio(found.middle) / (2 * Ratio(found.high)), x)
        angle = _angle(integrand, found, shift)
        if angle is None:
            return
        v, root = call(angle.function, t), call(angle.other, t)
        old = multiply(angle.size, v)
        if shift:
            old = tidy(add(old, negate(written(shift, x))))
        slope = integrand.differentiate(old, t)
        square = tidy(power(add(x, written(shift, x)) if shift else x, TWO))
        often, over = _powers_of_quadratic(found, x)
        size = multiply(angle.leg, root)
        body = tidy(multiply(replace(written(over, x), {x: old}), power(size, rational(2 * often - 1)), slope))
    except (TooLarge, ZeroDivisionError):
        return
    let = Working(f"Let {{x}} = {{old}}, so d{{x}} = {'({slope})' if slope.head == 'sum' else '{slope}'} d{{u}}.",
                  node("relation", (derivative(old, t), slope), "="),
                  {"x": x, "old": old, "slope": slope, "u": t}, told_in_words=True)
    lines = [let]
    if angle.function == "sec":  # the sign of the secant of an arctangent is known, that of x is not
        lines.append(Working("The integrand is odd, so this is right for negative {v}, too: only the square counts.",
                             _at(square, tidy(power(multiply(angle.size, v), TWO)), integrand, angle),
                             {"v": add(x, written(shift, x)) if shift.above else x}))
    lines.append(Working("For this angle, {function} is not negative, so the root is simple:",
                         _at(found.root, size, integrand, angle), {"function": root}))
    instance = integrand.substituted("trigonometric_substitution", body, angle.inside,
                                     {"h": body, "u": t}, tuple(lines))
    if instance is not None:
        yield instance


def short_trigonometric_substitution(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The same where a short integral of powers of a sine and a cosine is left: of a power of x and of a² - x², or of
    x² + a² if the tangent and the secant do not end in a logarithm."""
    try:
        found = over_root(integrand)
    except (TooLarge, ZeroDivisionError):
        return
    if found is None or found.whole or found.middle or sign_of(integrand.tidy(
            written(Ratio(found.low), integrand.variable))) not in ("+", "0+"):
        return
    x = integrand.variable
    often, rest = _powers_of_quadratic(found, x)
    above, below = rest.above, rest.below
    if len(above) != 1 or len(below) != 1:
        return
    of_variable, of_root = degree(above, x) - degree(below, x), 2 * often - 1
    sine, cosine = of_variable, of_root + 1
    if sign_of(integrand.tidy(written(Ratio(found.high), x))) in ("+", "0+"):
        cosine = -of_variable - of_root - 2
        if cosine < 0:
            return
    if abs(sine) + abs(cosine) <= MOST_POWERS:
        yield from trigonometric_substitution(integrand)


def _at(left: Expression, right: Expression, integrand: Integrand, angle: _Angle) -> Expression:
    return node("relation", (left, node("at", (right, integrand.fresh, angle.inside))), "=")


def _angle(integrand: Integrand, found: OverRoot, shift: Ratio) -> _Angle | None:
    """The angle for high·v² + low with v = x + shift; None where signs are not known, or it needs two cases."""
    x, tidy = integrand.variable, integrand.tidy
    constant = Ratio(found.low) - Ratio(found.middle)**2 / (4 * Ratio(found.high))
    low, high = tidy(written(cancelled(constant, x), x)), tidy(written(Ratio(found.high), x))
    v = tidy(add(x, written(shift, x))) if shift else x
    signs = tuple("+" if sign_of(each) in ("+", "0+") else "-" if sign_of(each) in ("-", "0-") else ""
                  for each in (low, high))
    if low is ZERO or "" in signs or signs == ("-", "-"):
        return None
    low, high = (tidy(negate(each)) if sign == "-" else each for each, sign in zip((low, high), signs, strict=True))
    leg = _positive_root(low, tidy)
    size = tidy(divide(leg, _positive_root(high, tidy)))
    if signs == ("+", "-"):
        return _Angle(size, "sin", leg, "cos", call("asin", tidy(divide(v, size))))
    if signs == ("+", "+"):
        return _Angle(size, "tan", leg, "sec", call("atan", tidy(divide(v, size))))
    if not _is_odd(found.over, shift, x):
        return None
    return _Angle(size, "sec", leg, "tan", call("atan", tidy(divide(found.root, leg))))


def _positive_root(square: Expression, tidy: Tidy) -> Expression:
    """The root of what is not negative; that of a^2 is |a|."""
    view = tidy.views.of(square)
    halves = [(view.faces.get(base, base), Fraction(exponent, 2)) for base, exponent in view.powers.items()
              if isinstance(exponent, int)]
    if not view.powers or len(halves) < len(view.powers) or any(half.denominator > 1 for _, half in halves):
        return tidy(call("sqrt", square))
    root = call("abs", multiply(*[power(base, rational(half)) for base, half in halves]))
    return tidy(multiply(call("sqrt", rational(view.coefficient)), root))


def _is_odd(over: Ratio, shift: Ratio, x: Expression) -> bool:
    """Whether a ratio is odd in v = x + shift."""
    moved = put_in(over, x, Ratio(atom(x)) - shift)
    even, _ = parts_by_root(cancelled(moved, x), x, Ratio(atom(x, 2)))
    return not even


def _powers_of_quadratic(found: OverRoot, x: Expression) -> tuple[int, Ratio]:
    """n and the rest where the ratio over the root is quadratic^n times the rest."""
    below_often, below = found.below_apart(x)
    above, often = found.over.above, -below_often
    while other := exact_quotient(above, found.quadratic):
        above, often = other, often + 1
    return often, Ratio(above) / Ratio(below)
