"""What the oracle knows of the functions of the notation, on its own account: a record for each.

    "sech": Known(_sech, edges=(), zeros=(), positive=True),
    "gd": Known(lambda numbers, a: 2 * apply(numbers, "atan", _tanh(numbers, a / 2)), zeros=(0,)),

A value that is made of other functions is all that a new function needs; whatever else is known of it lets the oracle
find the places where it breaks exactly, instead of searching for them. Nothing here comes from the rules, nor from what
`grammar/functions.toml` says for their use: so either can be wrong without the other.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tutor.expression.tree import ONE, E, Expression, add, call, divide, negate, number
from tutor.expression.tree import power as power_of
from tutor.oracle.integral_functions import (
    cosine_integral,
    exponential_integral,
    logarithmic_integral,
    sine_integral,
)
from tutor.oracle.jets import Jet, Value, leading, magnitude, with_slope
from tutor.oracle.table import Undefined

if TYPE_CHECKING:
    from tutor.oracle.numbers import Numbers


class Elementary(NamedTuple):
    """A function that every kind of number brings itself.

    slope: how fast it changes, made of the same arithmetic; real, complex: of Python's numbers, None where there is
    none; precise: its name in mpmath, if it is another one; exact: whole numbers with whole values; grows: whether its
    values are soon too large for any number; is_flat: whether near 0 it is a number other than 0, give or take x or x²;
    loses_digits: whether mpmath's is only good to an absolute error off the real line; inside: what is positive in its
    domain, and 0 at the edge; has_edge: whether it has a value there; ends: between which numbers the domain lies, if
    it has values at these; is_monotonic: whether it only rises, or only falls; cut: what is negative or 0 on the branch
    cuts, where the slope would not tell.
    """

    slope: Callable[[Numbers, Value], Value]
    real: Callable[[float], float]
    complex: Callable[[complex], complex] | None
    precise: str = ""
    exact: Mapping[int, int] = {}
    grows: bool = False
    is_flat: bool = False
    loses_digits: bool = False
    inside: Callable[[Any], Any] | None = None
    has_edge: bool = False
    ends: tuple[int | None, int | None] = (None, None)
    is_monotonic: bool = False
    cut: Callable[[Any], Any] | None = None


Side = tuple[Literal[-1, 0, 1], int]
"""The line slope·x + value, as (slope, value)."""


class Known(NamedTuple):
    """What is known of a function of one argument.

    value: its value, or what brings it with every kind of number; edges: where it begins to have a value, has a pole or
    comes to another branch; kinks: where it has no slope or jumps; sides: what it is to the right and to the left of a
    kink at 0, if that is a straight line; zeros: the only places where it is 0, None if they are not known; positive:
    whether all values are; has_gaps: whether it has no real value for whole intervals; factors: functions of which its
    sign is made; inverse: the inverse of a function that takes no value twice. Where the function does not take the
    value, this may still have one: a place too many, which does no harm.
    """

    value: Callable[[Numbers, Value], Value] | Elementary
    edges: tuple[int, ...] = ()
    kinks: tuple[int, ...] = ()
    sides: tuple[Side, Side] | None = None
    zeros: tuple[int, ...] | None = None
    positive: bool = False
    has_gaps: bool = False
    factors: tuple[str, ...] = ()
    inverse: Callable[[Expression], Expression] | None = None

    @property
    def jumps(self) -> bool:
        return self.sides is not None and self.sides[0][1] != self.sides[1][1]


# -- elementary functions ----------------------------------------------------------------------------------------------


def apply(numbers: Numbers, function: str, a: Value) -> Value:
    """One of the elementary functions, of a number or of a jet."""
    if a.__class__ is not Jet:
        return numbers.functions[function](a)
    slope = SLOPES[function]
    return with_slope(apply(numbers, function, a.coefficients[0]), lambda part: slope(numbers, part), a)


def power(numbers: Numbers, base: Value, exponent: Value) -> Value:
    """base^exponent; in real arithmetic a negative base wants an integer that does not vary as its exponent."""
    if exponent.__class__ is Jet:
        return apply(numbers, "exp", exponent * apply(numbers, "ln", base))
    if base.__class__ is not Jet:
        return numbers.power(base, exponent)
    if exponent == 0:
        return numbers.convert(1)
    value = power(numbers, base.coefficients[0], exponent)
    return with_slope(value, lambda part: exponent * power(numbers, part, exponent - 1), base)


def _squared(a: Value) -> Value:
    return a * a


def _complex_erf(z: complex) -> complex:
    import mpmath

    return complex(mpmath.erf(z))


def _sine_over(numbers: Numbers, a: Value) -> Value:
    """sin(a)/a, which is 1 at 0; there the series of the sine ends, because a power of a jet from 0 vanishes."""
    if leading(a) != 0:
        return apply(numbers, "sin", a) / a
    total = term = a * 0 + 1
    k = 0
    while a.__class__ is Jet and magnitude(term) != 0:
        k += 2
        term = -term * a * a / (k * (k + 1))
        total = total + term
    return total


# -- values ------------------------------------------------------------------------------------------------------------


def _tan(numbers: Numbers, a: Value) -> Value:
    return apply(numbers, "sin", a) / apply(numbers, "cos", a)


def _tanh(numbers: Numbers, a: Value) -> Value:
    """From e^(-2|a|), which cannot overflow; expm1 keeps the digits near 0."""
    if leading(a).real < 0:
        return -_tanh(numbers, -a)
    fall = apply(numbers, "expm1", -2 * a)
    return -fall / (2 + fall)


def _sech(numbers: Numbers, a: Value) -> Value:
    if leading(a).real < 0:
        a = -a
    small = apply(numbers, "exp", -a)
    return 2 * small / (1 + small * small)


def _sigmoid(numbers: Numbers, a: Value) -> Value:
    """1/(1 + e^-a), with the exponential that cannot overflow."""
    if leading(a).real >= 0:
        return 1 / (1 + apply(numbers, "exp", -a))
    small = apply(numbers, "exp", a)
    return small / (1 + small)


def _softplus(numbers: Numbers, a: Value) -> Value:
    """ln(1 + e^a). Taking a out of the logarithm avoids overflow, but it is another branch at complex points."""
    if numbers.real and leading(a).real > 0:
        return a + apply(numbers, "log1p", apply(numbers, "exp", -a))
    return apply(numbers, "log1p", apply(numbers, "exp", a))


def side(numbers: Numbers, function: str, value: Value) -> int:
    """1 or -1 for a value right or left of the kink at 0, 0 for a number on it; a jet there has no derivative."""
    if not numbers.real:
        raise Undefined(f"{function} is for real numbers only, and at no real point do both sides have a value")
    first = leading(value)
    if first > 0:
        return 1
    if first < 0:
        return -1
    if first != 0 or value.__class__ is Jet:
        raise ValueError("at the kink")
    return 0


def is_blank(value: Value) -> bool:
    """Whether nothing is known of a series or a ball but how small it is: on either side of a kink it is as small."""
    return getattr(value, "is_blank", False)


def _abs(numbers: Numbers, a: Value) -> Value:
    if is_blank(a):
        return a - a  # as small, and of either sign
    return a if side(numbers, "abs", a) >= 0 else -a


def _sign(numbers: Numbers, a: Value) -> Value:
    return numbers.convert(side(numbers, "sign", a))


def _step(numbers: Numbers, a: Value) -> Value:
    where = side(numbers, "step", a)
    if where == 0:
        raise ValueError("at the jump")
    return numbers.convert(int(where > 0))


def _relu(numbers: Numbers, a: Value) -> Value:
    if is_blank(a):
        return a
    return a if side(numbers, "relu", a) > 0 else numbers.convert(0)


def _hinge(numbers: Numbers, a: Value) -> Value:
    return _relu(numbers, 1 - a)


def _normal_cdf(numbers: Numbers, a: Value) -> Value:
    """By the complementary error function, which keeps the digits far out on the left."""
    return apply(numbers, "erfc", -a / numbers.functions["sqrt"](numbers.convert(2))) / 2


# -- the table ---------------------------------------------------------------------------------------------------------

_HELPERS: dict[str, Elementary] = {
    "expm1": Elementary(lambda numbers, a: apply(numbers, "exp", a), math.expm1, lambda z: cmath.exp(z) - 1,
                        exact={0: 0}, grows=True, is_monotonic=True),
    "erfc": Elementary(
        lambda numbers, a: -2 * apply(numbers, "exp", -(a * a)) / numbers.functions["sqrt"](numbers.pi), math.erfc,
        lambda z: 1 - _complex_erf(z), exact={0: 1}, is_flat=True, is_monotonic=True),
    "log1p": Elementary(lambda numbers, a: 1 / (1 + a), math.log1p, lambda z: cmath.log(1 + z + 0j), exact={0: 0},
                        inside=lambda a: 1 + a, is_monotonic=True, cut=lambda a: 1 + a),
}
"""Functions that are not in the notation: they keep the digits near 0."""

# Every chain of slopes is single (sin -> cos -> sin), so a series of order n costs n steps.
KNOWN: dict[str, Known] = {
    "sin": Known(Elementary(lambda numbers, a: apply(numbers, "cos", a), math.sin, cmath.sin, exact={0: 0})),
    "cos": Known(Elementary(lambda numbers, a: -apply(numbers, "sin", a), math.cos, cmath.cos, exact={0: 1},
                            is_flat=True)),
    "tan": Known(_tan, factors=("sin", "cos")),
    "cot": Known(lambda numbers, a: apply(numbers, "cos", a) / apply(numbers, "sin", a), factors=("sin", "cos")),
    "sec": Known(lambda numbers, a: 1 / apply(numbers, "cos", a), factors=("cos",)),
    "csc": Known(lambda numbers, a: 1 / apply(numbers, "sin", a), factors=("sin",)),
    "asin": Known(
        Elementary(lambda numbers, a: 1 / apply(numbers, "sqrt", (1 - a) * (1 + a)), math.asin, cmath.asin,
                   exact={0: 0}, loses_digits=True, inside=lambda a: 1 - a * a, has_edge=True, ends=(-1, 1),
                   is_monotonic=True),
        edges=(-1, 1), zeros=(0,), has_gaps=True),
    "acos": Known(
        Elementary(lambda numbers, a: -1 / apply(numbers, "sqrt", (1 - a) * (1 + a)), math.acos, cmath.acos,
                   exact={1: 0}, is_flat=True, loses_digits=True, inside=lambda a: 1 - a * a, has_edge=True,
                   ends=(-1, 1), is_monotonic=True),
        edges=(-1, 1), zeros=(1,), has_gaps=True),
    "atan": Known(
        Elementary(lambda numbers, a: 1 / (1 + a * a), math.atan, cmath.atan, exact={0: 0}, loses_digits=True,
                   is_monotonic=True, cut=lambda a: 1 + a * a),
        zeros=(0,), inverse=lambda value: call("tan", value)),
    "acot": Known(lambda numbers, a: apply(numbers, "atan", 1 / a), edges=(0,), zeros=()),
    "asec": Known(lambda numbers, a: apply(numbers, "acos", 1 / a), edges=(0, -1, 1), zeros=(1,), has_gaps=True),
    "acsc": Known(lambda numbers, a: apply(numbers, "asin", 1 / a), edges=(0, -1, 1), zeros=(), has_gaps=True),
    "sinh": Known(
        Elementary(lambda numbers, a: apply(numbers, "cosh", a), math.sinh, cmath.sinh, exact={0: 0}, grows=True,
                   is_monotonic=True),
        zeros=(0,), inverse=lambda value: call("asinh", value)),
    "cosh": Known(
        Elementary(lambda numbers, a: apply(numbers, "sinh", a), math.cosh, cmath.cosh, exact={0: 1}, grows=True,
                   is_flat=True),
        zeros=(), positive=True),
    "tanh": Known(_tanh, zeros=(0,), inverse=lambda value: call("atanh", value)),
    "coth": Known(lambda numbers, a: 1 / _tanh(numbers, a), edges=(0,), zeros=()),
    "sech": Known(_sech, zeros=(), positive=True),
    "csch": Known(lambda numbers, a: 1 / apply(numbers, "sinh", a), edges=(0,), zeros=()),
    "asinh": Known(
        Elementary(lambda numbers, a: 1 / apply(numbers, "sqrt", 1 + a * a), math.asinh, cmath.asinh, exact={0: 0},
                   loses_digits=True, is_monotonic=True),
        zeros=(0,), inverse=lambda value: call("sinh", value)),
    "acosh": Known(
        # not sqrt(a² - 1), which is another branch at complex points
        Elementary(lambda numbers, a: 1 / (apply(numbers, "sqrt", a - 1) * apply(numbers, "sqrt", a + 1)), math.acosh,
                   cmath.acosh, exact={1: 0}, loses_digits=True, inside=lambda a: a - 1, has_edge=True, ends=(1, None),
                   is_monotonic=True),
        edges=(1,), zeros=(1,), has_gaps=True),
    "atanh": Known(
        Elementary(lambda numbers, a: 1 / ((1 - a) * (1 + a)), math.atanh, cmath.atanh, exact={0: 0}, loses_digits=True,
                   inside=lambda a: 1 - a * a, is_monotonic=True, cut=lambda a: 1 - a * a),
        edges=(-1, 1), zeros=(0,), has_gaps=True),
    "acoth": Known(lambda numbers, a: apply(numbers, "atanh", 1 / a), edges=(0, -1, 1), zeros=(), has_gaps=True),
    "asech": Known(lambda numbers, a: apply(numbers, "acosh", 1 / a), edges=(0, -1, 1), zeros=(1,), has_gaps=True),
    "acsch": Known(lambda numbers, a: apply(numbers, "asinh", 1 / a), edges=(0,), zeros=()),
    "exp": Known(
        Elementary(lambda numbers, a: apply(numbers, "exp", a), math.exp, cmath.exp, exact={0: 1}, grows=True,
                   is_flat=True, is_monotonic=True),
        zeros=(), positive=True, inverse=lambda value: call("ln", value)),
    "ln": Known(
        Elementary(lambda numbers, a: 1 / a, math.log, cmath.log, "log", exact={1: 0}, inside=lambda a: a,
                   is_monotonic=True, cut=lambda a: a),
        edges=(0,), zeros=(1,), has_gaps=True, inverse=lambda value: power_of(E, value)),
    "sqrt": Known(
        Elementary(lambda numbers, a: 1 / (2 * apply(numbers, "sqrt", a)), math.sqrt, cmath.sqrt, ends=(0, None),
                   is_monotonic=True),
        edges=(0,), zeros=(0,), has_gaps=True, inverse=lambda value: power_of(value, number(2))),
    "cbrt": Known(
        Elementary(lambda numbers, a: 1 / (3 * _squared(apply(numbers, "cbrt", a))), math.cbrt, None,
                   is_monotonic=True),
        kinks=(0,), zeros=(0,), inverse=lambda value: power_of(value, number(3))),
    "abs": Known(_abs, kinks=(0,), sides=((1, 0), (-1, 0)), zeros=(0,)),
    "sign": Known(_sign, kinks=(0,), sides=((0, 1), (0, -1)), zeros=(0,)),
    "step": Known(_step, kinks=(0,), sides=((0, 1), (0, 0))),
    "relu": Known(_relu, kinks=(0,), sides=((1, 0), (0, 0))),
    "sigmoid": Known(_sigmoid, zeros=(), positive=True,
                     inverse=lambda value: call("ln", divide(value, add(ONE, negate(value))))),
    "softplus": Known(_softplus, zeros=(), positive=True,
                      inverse=lambda value: call("ln", add(power_of(E, value), negate(ONE)))),
    "erf": Known(
        Elementary(lambda numbers, a: 2 * apply(numbers, "exp", -(a * a)) / numbers.functions["sqrt"](numbers.pi),
                   math.erf, _complex_erf, exact={0: 0}, is_monotonic=True),
        zeros=(0,)),
    "normal_cdf": Known(_normal_cdf, zeros=(), positive=True),
    "gelu": Known(lambda numbers, a: a * _normal_cdf(numbers, a), zeros=(0,)),
    "silu": Known(lambda numbers, a: a * _sigmoid(numbers, a), zeros=(0,)),
    "hinge": Known(_hinge, kinks=(1,)),
    "logit": Known(lambda numbers, a: apply(numbers, "ln", a / (1 - a)), edges=(0, 1), has_gaps=True,
                   inverse=lambda value: call("sigmoid", value)),
    "Si": Known(
        Elementary(lambda numbers, a: _sine_over(numbers, a), sine_integral, None, "si", exact={0: 0}), zeros=(0,)),
    "Ci": Known(
        Elementary(lambda numbers, a: apply(numbers, "cos", a) / a, cosine_integral, None, "ci", inside=lambda a: a),
        edges=(0,), has_gaps=True),
    "Ei": Known(
        Elementary(lambda numbers, a: apply(numbers, "exp", a) / a, exponential_integral, None, "ei", grows=True,
                   inside=lambda a: a * a),
        edges=(0,)),
    "li": Known(
        Elementary(lambda numbers, a: 1 / apply(numbers, "ln", a), logarithmic_integral, None, "li", exact={0: 0},
                   inside=lambda a: a * (a - 1) * (a - 1)),
        edges=(0, 1), has_gaps=True),
}
"""The functions of one argument; log, min and max are in `heads.py`."""

ELEMENTARY: dict[str, Elementary] = _HELPERS | {
    name: known.value for name, known in KNOWN.items() if isinstance(known.value, Elementary)}
"""The functions that numbers of every kind bring themselves."""

SLOPES: dict[str, Callable[[Numbers, Value], Value]] = {name: each.slope for name, each in ELEMENTARY.items()}
