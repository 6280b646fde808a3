"""Numbers whose sign is known: exact fractions, and all others with 60 and with 120 digits side by side.

    sign(Fraction(1, 3) - Fraction(1, 3))           # 0, exactly
    sign(SURE.functions["sin"](SURE.pi))            # 0: what is left shrinks as the digits grow
    sign(SURE.functions["exp"](Fraction(-300)))     # 1: it is small, and the same at both precisions

A kink, a jump or a pole is met exactly or not at all, so sin(pi) = 1.2·10⁻¹⁶ is no good here. Where the two precisions
do not settle a sign, `Undefined` is raised with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from tutor.expression.exponents import integer_root
from tutor.oracle.functions import ELEMENTARY
from tutor.oracle.numbers import Numbers
from tutor.oracle.table import Undefined

LOW, HIGH = 60, 120
"""The digits of both precisions."""

UNCLEAR_SIGN = f"{HIGH} digits are not enough to tell whether a number is 0"
TOO_LARGE = "the numbers become too large"

_MOST_BITS = 20_000
"""Binary digits of an exact fraction; beyond, powers are computed with digits, and all else is given up."""

_LARGEST_MAGNITUDE = 4096
_SATURATED = 270
"""From here on e^-x is nothing beside 1, to so many digits."""

_INVISIBLE = 320
"""2 to the minus this is nothing beside 1, and so is the square of 2 to the minus half of it."""


@cache
def _contexts() -> tuple[Any, Any]:
    """mpmath for both precisions, imported when the first irrational number turns up."""
    import mpmath

    low, high = mpmath.mp.clone(), mpmath.mp.clone()
    low.dps, high.dps = LOW, HIGH
    return low, high


class Twin:
    """One number with 60 and with 120 digits. Arithmetic with fractions and other twins."""

    __slots__ = ("high", "low")

    def __init__(self, low: Any, high: Any) -> None:
        self.low, self.high = low, high

    def __repr__(self) -> str:
        return f"Twin({self.high})"

    @property
    def real(self) -> Twin:
        return self

    def __neg__(self) -> Twin:
        return Twin(-self.low, -self.high)

    def __abs__(self) -> Twin:
        return Twin(abs(self.low), abs(self.high))

    def __float__(self) -> float:
        return float(self.high)

    def __add__(self, other: Any) -> Any:
        return _sum(self, other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return _sum(self, -other) if _is_known(other) else NotImplemented

    def __rsub__(self, other: Any) -> Any:
        return _sum(-self, other)

    def __mul__(self, other: Any) -> Any:
        return _with(self, other, lambda a, b: a * b)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if _is_known(other) and sign(other) == 0:
            raise ZeroDivisionError
        return _with(self, other, lambda a, b: a / b)

    def __rtruediv__(self, other: Any) -> Any:
        if sign(self) == 0:
            raise ZeroDivisionError
        return _with(self, other, lambda a, b: b / a)

    def __lt__(self, other: Any) -> bool:
        return sign(self - other) < 0

    def __gt__(self, other: Any) -> bool:
        return sign(self - other) > 0

    def __le__(self, other: Any) -> bool:
        return sign(self - other) <= 0

    def __ge__(self, other: Any) -> bool:
        return sign(self - other) >= 0

    def __eq__(self, other: object) -> bool:
        return _is_known(other) and sign(self - other) == 0

    __hash__ = None  # type: ignore[assignment]


class _Constant(Twin):
    """pi or e, computed when it is needed."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def low(self) -> Any:
        return +getattr(_contexts()[0], self.name)

    @property
    def high(self) -> Any:
        return +getattr(_contexts()[1], self.name)


def _is_known(value: object) -> bool:
    return isinstance(value, (int, Fraction, Twin))


def twin(value: int | Fraction | Twin) -> Twin:
    """A number with both precisions."""
    if isinstance(value, Twin):
        return value
    low, high = _contexts()
    above, below = value.numerator, value.denominator
    return Twin(low.mpf(above) / below, high.mpf(above) / below)


def _sum(one: Twin, other: Any) -> Any:
    """one + other. Raises Undefined if one of them is too small to be seen beside the other: 1 - tanh(300) is not 0.

    It does so too if one is nothing but rounding: tan(atan(10^100)) is 10^60 with 60 digits and 10^120 with 120, and
    beside 10^200 that would not show.
    """
    total = _with(one, other, lambda a, b: a + b)
    if isinstance(total, Twin):
        for whole, part in ((one, other), (other, one)):
            if sign(part) and total.high == twin(whole).high:
                raise Undefined(UNCLEAR_SIGN)
    return total


def _with(one: Twin, other: Any, operation: Callable[[Any, Any], Any]) -> Any:
    if not _is_known(other):
        return NotImplemented
    if not isinstance(other, Twin):
        if other == 0 and operation(2, 3) == 6:
            return Fraction(0)
        other = twin(other)
    return Twin(operation(one.low, other.low), operation(one.high, other.high))


def sign(value: int | Fraction | Twin) -> int:
    """1, 0 or -1. Raises Undefined where both precisions do not tell."""
    if not isinstance(value, Twin):
        return (value > 0) - (value < 0)
    high = value.high
    low = _contexts()[1].mpf(value.low)
    if abs(low - high) <= abs(high) * 1e-8:
        return int(high > 0) - int(high < 0)
    if abs(high) > (abs(low) * 10.0**-55 if low else 10.0**-112):  # what is 0 shrinks with the precision
        raise Undefined(UNCLEAR_SIGN)
    return 0


def recognized(value: int | Fraction | Twin) -> Fraction | None:
    """The fraction that a number is, if its digits leave no doubt; None if it looks irrational."""
    if not isinstance(value, Twin):
        return Fraction(value)
    if sign(value) == 0:
        return Fraction(0)
    context = _contexts()[1]
    scaled = context.mpf(value.high) * 10**60
    if abs(scaled) > 10**80:
        return None
    found = Fraction(int(context.nint(scaled)), 10**60).limit_denominator(10_000)
    return found if sign(value - found) == 0 else None


# -- functions ---------------------------------------------------------------------------------------------------------

def scalar(function: str, value: Any) -> Any:
    """An elementary function of a number. Raises ValueError outside its domain."""
    if function in ("sqrt", "cbrt"):
        negative = function == "cbrt" and sign(value) < 0
        root = scalar_power(-value if negative else value, Fraction(1, 2 if function == "sqrt" else 3))
        return -root if negative else root
    known = ELEMENTARY[function]
    exact = None if isinstance(value, Twin) else known.exact.get(value)
    if exact is not None:
        return Fraction(exact)
    if known.inside is not None:
        inside = sign(known.inside(value))
        if inside < 0 or (inside == 0 and not known.has_edge):
            raise ValueError("outside the domain")
        if inside == 0:  # exactly on the edge, where rounding would step over it
            edge = Fraction(sign(value))
            if function == "acosh":
                return Fraction(0)
            right_angle = SURE.pi * Fraction(1, 2) * edge
            return right_angle if function == "asin" else SURE.pi * Fraction(1, 2) - right_angle
    both = twin(value)
    if (function == "expm1" and both.high < -_SATURATED) or (function == "erf" and both.high**2 > _SATURATED):
        raise Undefined(UNCLEAR_SIGN)  # as good as -1 or 1, but not that
    size = _contexts()[1].mag(both.high) if sign(both) else 0  # raises where all digits are rounding
    if (function == "atan" and size > _INVISIBLE) or (known.is_flat and size < -_INVISIBLE / 2):
        raise Undefined(UNCLEAR_SIGN)  # as good as π/2, or as the value at 0
    largest = 20 if known.grows else _LARGEST_MAGNITUDE
    if both.high and _contexts()[1].mag(both.high) > largest:
        raise Undefined(TOO_LARGE)
    low, high = [getattr(context, known.precise or function) for context in _contexts()]
    return Twin(low(both.low), high(both.high))


def scalar_power(base: Any, exponent: Any) -> Any:
    """base^exponent of numbers. Raises ValueError for a negative base unless the exponent is a whole number."""
    known = sign(base)
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        if isinstance(base, Twin):
            return _twin_power(base, int(exponent))
        if not known and exponent < 0:
            raise ZeroDivisionError
        if _bits(base) * abs(exponent) <= _MOST_BITS:
            return Fraction(base) ** int(exponent)
        return _twin_power(twin(base), int(exponent))
    if known < 0:
        raise ValueError("a root of a negative number")
    if known == 0:
        if sign(exponent) <= 0:
            raise ZeroDivisionError
        return Fraction(0)
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        above, below = (integer_root(part, exponent.denominator) for part in (base.numerator, base.denominator))
        if above and below and max(above, below).bit_length() * abs(exponent.numerator) <= _MOST_BITS:
            return Fraction(above, below) ** exponent.numerator
    both, raised = twin(base), twin(exponent)
    if twin(abs(raised * scalar("ln", base))).high > 2**20:  # of 1 it is an exact 0
        raise Undefined(TOO_LARGE)
    return Twin(both.low**raised.low, both.high**raised.high)


def _twin_power(base: Twin, exponent: int) -> Any:
    if sign(base) == 0:
        if exponent <= 0:
            raise ZeroDivisionError
        return Fraction(0)
    if abs(exponent) * abs(_contexts()[1].mag(base.high)) > 2**20:
        raise Undefined(TOO_LARGE)
    return Twin(base.low**exponent, base.high**exponent)


def _bits(value: Any) -> int:
    above, below = int(value.numerator), int(value.denominator)
    return max(above.bit_length(), below.bit_length())


def settled(value: Any) -> bool:
    """Whether a number can be gone on with; too large ones raise Undefined with that reason."""
    if isinstance(value, Twin):
        if not _contexts()[1].isfinite(value.high):
            raise Undefined(TOO_LARGE)
    elif _bits(value) > 4 * _MOST_BITS:
        raise Undefined(TOO_LARGE)
    return True


def sure_numbers(functions: Callable[[str], Callable[[Any], Any]], power: Callable[[Any, Any], Any],
                 finite: Callable[[Any], bool]) -> Numbers:
    """Real arithmetic with fractions and twins, for what else goes with these functions."""
    return Numbers(
        digits=HIGH, real=True, functions={each: functions(each) for each in ELEMENTARY}, power=power,
        convert=Fraction, finite=finite, pi=_Constant("pi"), e=_Constant("e"), i=None)  # type: ignore[arg-type]  # no complex sample ever meets real arithmetic


SURE = sure_numbers(lambda function: lambda value: scalar(function, value), scalar_power, settled)
