"""The kinds of number that the oracle computes with: float, complex, and mpmath's at any number of digits.

`REAL` is real arithmetic: what has no real value raises ValueError or ArithmeticError, and so does overflow.
`COMPLEX` has principal branches. `precise(digits, real)` is either of them with more digits; mpmath is imported only
then, because importing it takes longer than checking a whole derivation.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from tutor.oracle.functions import ELEMENTARY, Elementary


@dataclass(frozen=True, eq=False)
class Numbers:
    """One kind of number: its functions, constants and conversions. Arithmetic is Python's operators.

    functions: the elementary functions by name, as in `ELEMENTARY`; convert: an exact number or a sample of a point;
    finite: whether a number is neither infinite nor nan; noise: None, or by how much results are to be disturbed;
    widened: for numbers that carry a bound of their error, how an error of another kind enters it.
    """

    digits: int
    real: bool
    functions: Mapping[str, Callable[[Any], Any]]
    power: Callable[[Any, Any], Any]
    convert: Callable[[int | Fraction | float | complex], Any]
    finite: Callable[[Any], bool]
    pi: Any
    e: Any
    i: Any
    noise: Any = None
    widened: Callable[[Any, Any], Any] | None = None


REAL = Numbers(
    digits=15,
    real=True,
    functions={name: each.real for name, each in ELEMENTARY.items()},
    power=math.pow,
    convert=float,  # type: ignore[arg-type]  # no complex sample ever meets real arithmetic
    finite=math.isfinite,
    pi=math.pi,
    e=math.e,
    i=None,
)


def _on_upper_side(function: Callable[[complex], complex]) -> Callable[[complex], complex]:
    """Without the sign of a zero: on a branch cut the value is the one on the side of +0i, as mpmath has it.

    Else -(1+0i) = -1-0i would have another root than -1.
    """
    return lambda z: function(z + 0j)


COMPLEX = Numbers(
    digits=15,
    real=False,
    functions={name: _on_upper_side(each.complex) for name, each in ELEMENTARY.items() if each.complex is not None},
    power=lambda base, exponent: (base + 0j) ** exponent,
    convert=lambda value: value if value.__class__ is complex else float(value),  # type: ignore[arg-type]
    finite=cmath.isfinite,
    pi=math.pi,
    e=math.e,
    i=1j,
)

_LARGEST_MAGNITUDE = 4096
"""Binary digits before the point: mpmath would take 2^(10^9) on and never come back."""

_LARGEST_GROWTH = 64
"""The same of an exponent, where the result has that many digits. Powers that fall are small, and cost nothing."""


@cache
def precise(digits: int, real: bool, noisy: bool = False) -> Numbers:
    """Real or complex arithmetic with `digits` decimal digits, in an mpmath context of its own.

    noisy: the evaluation disturbs every result in its last four digits, as rounding at its worst would. Without it
    1 - tanh(x)^2 is 0 at any number of digits if x is large, and nothing shows that no digit of that 0 is right.
    """
    import mpmath

    context = mpmath.mp.clone()
    context.dps = digits
    mpf, mpc = context.mpf, context.mpc

    def convert(value: int | Fraction | float | complex) -> Any:
        if isinstance(value, Fraction):
            return mpf(value.numerator) / value.denominator
        return mpc(value) if isinstance(value, complex) else mpf(value)

    def checked(value: Any) -> Any:
        if (real and isinstance(value, mpc)) or not context.isfinite(value):
            raise ValueError("outside the domain")
        return value

    def guarded(function: Callable[[Any], Any], largest: int = _LARGEST_MAGNITUDE) -> Callable[[Any], Any]:
        def call(value: Any) -> Any:
            if value and context.mag(value) > largest:
                raise OverflowError
            return checked(function(value))

        return call

    def careful(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """With so many more digits that none is lost near 0, ±1 and ±i, beside a branch cut, or far out."""

        def call(value: Any) -> Any:
            distances = [value.real, value.imag, value - 1, value + 1, value * value + 1]
            sizes = [context.mag(each) for each in distances if each]
            lost = max(map(abs, sizes))
            if lost > _LARGEST_MAGNITUDE:
                raise OverflowError
            with context.workprec(context.prec + 2 * lost + 20):
                found = function(value)
            return +found

        return call

    def cbrt(value: Any) -> Any:
        return -context.cbrt(-value) if value < 0 else context.cbrt(value)

    def power(base: Any, exponent: Any) -> Any:
        if base and exponent:
            rate = context.log(base) or 1
            falls = real and base > 0 and (exponent < 0) is not (rate < 0)
            if context.mag(exponent) + context.mag(rate) > (_LARGEST_MAGNITUDE if falls else _LARGEST_GROWTH):
                raise OverflowError
        return checked(mpc(base) ** exponent if not real else mpf(base) ** exponent)

    def function(name: str, known: Elementary) -> Callable[[Any], Any]:
        own = cbrt if name == "cbrt" else getattr(context, known.precise or name)
        if known.loses_digits and (not real or name == "acosh"):  # acosh is small near 1, which is on the real line
            own = careful(own)
        if name == "exp" and real:
            rising, falling = guarded(own, _LARGEST_GROWTH), guarded(own)
            return lambda value: falling(value) if value < 0 else rising(value)
        return guarded(own, _LARGEST_GROWTH) if known.grows else guarded(own)

    return Numbers(
        digits=digits,
        real=real,
        functions={name: function(name, known) for name, known in ELEMENTARY.items()},
        power=power,
        convert=convert,
        finite=context.isfinite,
        pi=+context.pi,
        e=+context.e,
        i=mpc(0, 1),
        noise=mpf(10) ** (1 - digits) if noisy else None,
    )
