"""Numbers with a bound on how wrong they are: a middle and a radius, and the true value is within.

    numbers = balls(30, real=True)
    x = numbers.convert(10**85)
    angle = numbers.functions["atan"](x)       # π/2, give or take 10⁻²⁹
    KNOWN["tan"].value(numbers, angle)         # ZeroDivisionError: with 30 digits this could be anything

More digits alone prove nothing. tan(atan(10^85)) is 10^30 at 30 digits and 10^60 at 60, and beside 10^85 both are
nothing, so the difference looks the same at either precision. Balls carry the bound through every operation, and what
they cannot bound they raise ArithmeticError or ValueError for. So two balls that do not touch are a proof that the two
values differ. The bound takes two things for granted: that mpmath's functions are right but for their last two digits,
and that the quadrature's estimate of its own error is one.

In real arithmetic nearly all functions are monotonic, and the ends of a ball tell all. In complex arithmetic a ball is
a disc, and a function moves its points apart no faster than its slope there; a disc that meets a branch cut has no
value. A ball whose middle is a real number holds real numbers only, also in complex arithmetic.

A ball that reaches beyond the end of a domain is cut off there if the balls are `forgiving`: else acos(3·(1/3)) would
have no value. With few digits acos(1 + 10^-40) would get one, too, so by then there should be many.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from tutor.oracle.functions import ELEMENTARY, Elementary
from tutor.oracle.jets import Jet, Value
from tutor.oracle.numbers import Numbers, precise


class Ball:
    """All numbers that are at most `radius` away from `middle`; unit: the relative error of one operation."""

    __slots__ = ("middle", "radius", "unit")

    def __init__(self, middle: Any, radius: Any, unit: Any) -> None:
        self.middle, self.radius, self.unit = middle, radius, unit

    def __repr__(self) -> str:
        return f"Ball({self.middle}, {self.radius})"

    def rounded(self, middle: Any, radius: Any) -> Ball:
        """A ball around a result that was just computed, and so is rounded; the radius was, too."""
        unit = self.unit
        return Ball(middle, (radius + abs(middle) * unit) * (1 + unit), unit)

    @property
    def size(self) -> Any:
        """The largest absolute value inside."""
        return abs(self.middle) + self.radius

    @property
    def real(self) -> Any:
        """The real part of the middle, by which one of two formulas is chosen that are both right."""
        return self.middle.real

    @property
    def imag(self) -> Any:
        """The imaginary part of the middle, and something else than 0 unless all numbers inside are real."""
        return self.middle.imag or (0 if self.is_real else self.radius)

    @property
    def is_real(self) -> bool:
        """Whether only real numbers are meant, also in complex arithmetic."""
        return not hasattr(self.middle, "_mpc_")

    @property
    def may_be_0(self) -> bool:
        return bool(abs(self.middle) <= self.radius)

    is_blank = may_be_0

    def __abs__(self) -> Any:
        """The smallest absolute value inside. The quadrature refines what changes by more than rounding."""
        return max(abs(self.middle) - self.radius, 0)

    def __neg__(self) -> Ball:
        return Ball(-self.middle, self.radius, self.unit)

    def __add__(self, other: Any) -> Any:
        if other.__class__ is Jet:
            return NotImplemented
        theirs, radius = (other.middle, self.radius + other.radius) if other.__class__ is Ball else (other, self.radius)
        total = self.middle + theirs
        if not radius and total - self.middle == theirs and total - theirs == self.middle:  # nothing was rounded
            return Ball(total, radius, self.unit)
        return self.rounded(total, radius)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return NotImplemented if other.__class__ is Jet else self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if other.__class__ is Jet:
            return NotImplemented
        if other.__class__ is Ball:
            radius = abs(self.middle) * other.radius + self.radius * other.size
            return self.rounded(self.middle * other.middle, radius)
        return self.rounded(self.middle * other, self.radius * abs(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if other.__class__ is Jet:
            return NotImplemented
        if other.__class__ is not Ball:
            other = Ball(self.unit * 0 + other, 0, self.unit)
        least = abs(other.middle) * (1 - self.unit) - other.radius
        if not least > 0:
            raise ZeroDivisionError
        middle = self.middle / other.middle
        return self.rounded(middle, (self.radius + abs(middle) * other.radius) / least)

    def __rtruediv__(self, other: Any) -> Any:
        return Ball(self.unit * 0 + other, 0, self.unit) / self

    def __gt__(self, other: Any) -> bool:
        gap = self - other
        if -gap.radius < gap.middle <= gap.radius:
            raise ArithmeticError("the digits do not tell which is larger")
        return bool(gap.middle > 0)

    def __lt__(self, other: Any) -> bool:
        return (-self).__gt__(-other)

    def __eq__(self, other: object) -> bool:
        """Whether it is certain that both are the same number."""
        if other.__class__ is Ball:
            return bool(self.radius == other.radius == 0 and self.middle == other.middle)
        return bool(self.radius == 0 and self.middle == other)

    __hash__ = None  # type: ignore[assignment]


_Function = Callable[[Ball], Ball]


@cache
def balls(digits: int, real: bool, forgiving: bool = True) -> Numbers:
    """Real or complex arithmetic with balls whose middles have so many digits.

    forgiving: whether what is at the end of a domain, but for rounding, counts as inside.
    """
    exact = precise(digits, real)
    unit = exact.convert(Fraction(1, 10 ** (digits - 1)))

    def convert(value: int | Fraction | float | complex) -> Ball:
        middle = exact.convert(value)
        if isinstance(value, Fraction):  # of one with another denominator no binary digits are exact
            known = value.denominator & (value.denominator - 1) == 0 and middle * value.denominator == value.numerator
        else:
            known = middle == value
        return Ball(middle, unit * 0 if known else abs(middle) * unit, unit)

    functions: dict[str, _Function] = {}
    numbers = Numbers(
        digits=digits, real=real, functions=functions,
        power=lambda base, exponent: _power(numbers, base, exponent, forgiving),
        convert=convert, finite=lambda ball: exact.finite(ball.middle) and exact.finite(ball.radius),
        pi=Ball(exact.pi, exact.pi * unit, unit), e=Ball(exact.e, exact.e * unit, unit),
        i=None if real else Ball(exact.i, unit * 0, unit), widened=_widened)
    functions.update(_real_functions(exact, numbers, forgiving) if real else _complex_functions(exact, numbers))
    return numbers


def _widened(value: Value, error: Any) -> Value:
    """A ball, or a jet of balls, of which an error is known that did not come from rounding."""
    if value.__class__ is Jet:
        return Jet(value.level, tuple([_widened(each, error) for each in value.coefficients]))
    return Ball(value.middle, value.radius + error, value.unit)


# -- real functions ----------------------------------------------------------------------------------------------------


def _by_slope(exact: Numbers, numbers: Numbers, name: str, known: Elementary) -> _Function:
    """A function that moves the points of a ball apart no faster than its slope there."""
    function = exact.functions[name]

    def call(ball: Ball) -> Ball:
        value = function(ball.middle)
        if not ball.radius:
            return ball.rounded(value, 0)
        if known.cut is not None and not numbers.real:
            1 / numbers.functions["sqrt"](known.cut(ball))  # raises if the ball meets the cut, or where it ends
        return ball.rounded(value, ball.radius * known.slope(numbers, ball).size)

    return call


def _real_functions(exact: Numbers, numbers: Numbers, forgiving: bool) -> dict[str, _Function]:
    called = exact.functions

    def wave(function: Callable[[Any], Any]) -> _Function:
        return lambda ball: ball.rounded(function(ball.middle), min(ball.radius, 2))

    def cosh(ball: Ball) -> Ball:
        return ball.rounded(called["cosh"](ball.middle), ball.radius and ball.radius * called["cosh"](ball.size))

    found = {name: _monotonic(called[name], *known.ends, forgiving=forgiving) if known.is_monotonic
             else _by_slope(exact, numbers, name, known) for name, known in ELEMENTARY.items()}
    return {**found, "sin": wave(called["sin"]), "cos": wave(called["cos"]), "cosh": cosh}


def _monotonic(function: Callable[[Any], Any], least: int | None, greatest: int | None, *,
               forgiving: bool) -> _Function:
    """A function that only rises, or only falls, from its values at both ends of the ball."""

    def call(ball: Ball) -> Ball:
        if not ball.radius:
            return ball.rounded(function(ball.middle), 0)
        lower, upper = ball.middle - ball.radius, ball.middle + ball.radius
        if forgiving and least is not None and lower < least <= upper:
            lower = lower * 0 + least
        if forgiving and greatest is not None and lower <= greatest < upper:
            upper = upper * 0 + greatest
        one, other = function(lower), function(upper)
        return ball.rounded((one + other) / 2, abs(one - other) / 2 + max(abs(one), abs(other)) * ball.unit)

    return call


# -- complex functions -------------------------------------------------------------------------------------------------


def _complex_functions(exact: Numbers, numbers: Numbers) -> dict[str, _Function]:
    called = exact.functions

    def exponential(function: Callable[[Any], Any]) -> _Function:
        def call(ball: Ball) -> Ball:
            spread = abs(called["exp"](ball.middle)) * called["expm1"](ball.radius) if ball.radius else 0
            return ball.rounded(function(ball.middle), spread)
        return call

    def wave(function: Callable[[Any], Any], growing: Callable[[Any], Any]) -> _Function:
        def call(ball: Ball) -> Ball:
            spread = called["cosh"](abs(growing(ball.middle)) + ball.radius) * ball.radius if ball.radius else 0
            return ball.rounded(function(ball.middle), spread)
        return call

    def sqrt(ball: Ball) -> Ball:
        value = called["sqrt"](ball.middle)
        if ball.may_be_0:
            return ball.rounded(value, abs(value) + called["sqrt"](ball.size) if ball.radius else 0)
        if ball.imag and abs(ball.middle.imag) <= ball.radius and ball.middle.real < ball.radius:
            raise ValueError("on both sides of a branch cut")
        return ball.rounded(value, ball.radius / abs(value))  # both roots have nearly the same direction

    return {
        **{name: _by_slope(exact, numbers, name, known) for name, known in ELEMENTARY.items()
           if known.complex is not None}, "sqrt": sqrt,
        **{each: exponential(called[each]) for each in ("exp", "expm1")},
        **{each: wave(called[each], lambda z: z.imag) for each in ("sin", "cos")},
        **{each: wave(called[each], lambda z: z.real) for each in ("sinh", "cosh")},
    }


# -- powers ------------------------------------------------------------------------------------------------------------


def _power(numbers: Numbers, base: Ball, exponent: Ball, forgiving: bool) -> Ball:
    """base^exponent: a whole number of factors, or e^(exponent·ln(base)).

    Where a negative number has a power the exponent is a whole number, so rounding, as of 4/2, may be forgiven.
    """
    nearest = round(exponent.real)
    if exponent.radius == 0 and exponent.middle == nearest:
        return _whole_power(numbers, base, nearest)
    if numbers.real and base.middle < -base.radius:
        if not forgiving or abs(exponent.middle - nearest) > exponent.radius or exponent.radius * 2 > 1:
            raise ValueError("a root of a negative number")
        return _whole_power(numbers, base, nearest)
    if not numbers.real or not base.may_be_0:
        return numbers.functions["exp"](exponent * numbers.functions["ln"](base))  # type: ignore[no-any-return]
    if not exponent > 0:
        raise ZeroDivisionError
    if base == 0:
        return base
    greatest = _power(numbers, Ball(base.size, base.radius * 0, base.unit), exponent, forgiving)
    return Ball(greatest.middle * 0, greatest.size, base.unit)


def _whole_power(numbers: Numbers, base: Ball, exponent: int) -> Ball:
    """Of numbers r away from m, the powers are no further apart than n·r·(|m| + r)^(n - 1)."""
    if exponent < 0:
        return 1 / _whole_power(numbers, base, -exponent)  # type: ignore[no-any-return]
    power = precise(numbers.digits, numbers.real).power
    spread = exponent * base.radius * abs(power(base.size, exponent - 1)) if exponent and base.radius else 0
    middle = power(base.middle, exponent)
    return base.rounded(middle.real if base.is_real else middle, spread)
