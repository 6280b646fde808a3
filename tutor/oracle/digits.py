"""Numbers with as many digits as a person needs.

    in_digits(0.5403023058681398, 4), in_digits(-2e-16, 4)      # "0.5403", "-2·10⁻¹⁶"
    told_apart(3.14159265, 3.14159)                             # ("3.141593", "3.14159")
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from tutor.expression.parse import parse
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import Expression, name, node, number


def place_in_words(place: Mapping[str, float | complex]) -> str:
    """x = 1.307, y = -0.5217"""
    return ", ".join(f"{name} = {in_digits(value, 6)}" for name, value in place.items())


def numbers_at(place: Mapping[str, float | complex]) -> list[Expression]:
    """The same as relations: x = 1.307 and y = -0.5217."""
    return [related(name(letter), "=", parse(in_digits(value, 6))) for letter, value in place.items()]


def told_apart(left: float | complex, right: float | complex) -> tuple[str, str]:
    """Both numbers with as many digits as it takes to see that they differ, four at least."""
    for digits in range(4, 17):
        written = in_digits(left, digits), in_digits(right, digits)
        if written[0] != written[1]:
            break
    return written


def alike(written: str, other: str) -> Text:
    """What is said of two numbers that differ, though both are written in the same way with 16 digits."""
    if written == "0":
        return Text(f"and {other} differs from it by less than {{least}}", {"least": _LEAST})
    return Text(f"and {other} differs from it only beyond the 16th digit", {})


_LEAST = node("power", (number(10), node("negation", (number(300),))))


def in_digits(number: float | complex, digits: int) -> str:
    """A number with so many digits, as in 0.5403, -2·10⁻¹⁶ or 1 + 2i, which parses."""
    if number == 0:
        return "0"  # and never -0
    if isinstance(number, complex):
        sign = "-" if number.imag < 0 else "+"
        return f"{in_digits(number.real, digits)} {sign} {in_digits(abs(number.imag), digits)}i"
    if number and math.isfinite(number) and not 1e-4 <= abs(number) < 1e15:
        return scientific(number, digits)
    return f"{number:.{digits}g}" if abs(number) < 10**digits else f"{number:.0f}"


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def scientific(number: float, digits: int = 1) -> str:
    """2·10⁻¹⁶"""
    exponent = math.floor(math.log10(abs(number)))
    mantissa = f"{number / 10.0**exponent:.{digits}g}" if exponent > -300 else f"{number:.{digits}e}".partition("e")[0]
    return f"{mantissa}·10{str(exponent).translate(_RAISED)}"
