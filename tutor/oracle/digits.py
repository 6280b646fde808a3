"""Numbers with as many digits as a person needs.

    in_digits(0.5403023058681398, 4), in_digits(-2e-16, 4)      # "0.5403", "-2·10⁻¹⁶"
    told_apart(3.14159265, 3.14159)                             # ("3.141593", "3.14159")
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    Expression,
    I,
    add,
    is_terminating,
    multiply,
    name,
    negate,
    node,
    number,
    power,
    rational,
)


def place_in_words(place: Mapping[str, float | complex]) -> str:
    """x = 1.307, y = -0.5217"""
    return ", ".join(f"{name} = {in_digits(value, 6)}" for name, value in place.items())


def numbers_at(place: Mapping[str, float | complex]) -> list[Expression]:
    """The same as relations: x = 1.307 and y = -0.5217."""
    return [related(name(letter), "=", in_tree(value, 6)) for letter, value in place.items()]


def digits_apart(left: float | complex, right: float | complex) -> int:
    """How many digits it takes to see that two numbers differ: four at least; 16 where even these do not show it."""
    return next((digits for digits in range(4, 16) if in_digits(left, digits) != in_digits(right, digits)), 16)


def told_apart(left: float | complex, right: float | complex) -> tuple[str, str]:
    """Both numbers with so many digits."""
    digits = digits_apart(left, right)
    return in_digits(left, digits), in_digits(right, digits)


def alike(written: str, other: str) -> Text:
    """What is said of two numbers that differ, though both are written in the same way with 16 digits."""
    if written == "0":
        return Text(f"and {other} differs from it by less than {{least}}", {"least": _LEAST})
    return Text(f"and {other} differs from it only beyond the 16th digit", {})


_LEAST = node("power", (number(10), node("negation", (number(300),))))


_LEAST_IN_FULL, _MOST_IN_FULL = 1e-4, 1e15
"""The sizes of numbers that are written without a power of 10."""


def in_digits(number: float | complex, digits: int) -> str:
    """A number with so many digits, as in 0.5403, -2·10⁻¹⁶ or 1 + 2i, which parses."""
    if number == 0:
        return "0"  # and never -0
    if isinstance(number, complex):
        sign = "-" if number.imag < 0 else "+"
        return f"{in_digits(number.real, digits)} {sign} {in_digits(abs(number.imag), digits)}i"
    if number and math.isfinite(number) and not _LEAST_IN_FULL <= abs(number) < _MOST_IN_FULL:
        return scientific(number, digits)
    return f"{number:.{digits}g}" if abs(number) < 10**digits else f"{number:.0f}"


def in_tree(value: float | complex, digits: int) -> Expression:
    """The same as an expression, such as -2*10^-16; the number has to be finite."""
    if isinstance(value, complex):
        imaginary = multiply(in_tree(abs(value.imag), digits), I)
        return add(in_tree(value.real, digits), negate(imaginary) if value.imag < 0 else imaginary)
    if value < 0:
        return negate(in_tree(-value, digits))
    if value and not _LEAST_IN_FULL <= value < _MOST_IN_FULL:
        mantissa, exponent = _parts(value, digits)
        return multiply(number(Fraction(mantissa)), power(number(10), number(exponent) if exponent >= 0 else negate(
            number(-exponent))))
    return number(Fraction(in_digits(value, digits)))


def exactly(value: Fraction) -> Expression:
    """A fraction as a decimal number where its decimals end, else as a quotient: 5.4 and 2/3."""
    if not is_terminating(value):
        return rational(value)
    return negate(number(-value)) if value < 0 else number(value)


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def scientific(number: float, digits: int = 1) -> str:
    """2·10⁻¹⁶"""
    mantissa, exponent = _parts(number, digits)
    return f"{mantissa}·10{str(exponent).translate(_RAISED)}"


def _parts(number: float, digits: int) -> tuple[str, int]:
    """The mantissa and the power of 10."""
    exponent = math.floor(math.log10(abs(number)))
    mantissa = f"{number / 10.0**exponent:.{digits}g}" if exponent > -300 else f"{number:.{digits}e}".partition("e")[0]
    return mantissa, exponent
