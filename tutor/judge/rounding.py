"""A decimal in the place of an exact number: 0.33 for 1/3, 2.718 for e, 0.67x for 2x/3.

    rounded(parse("0.33*x^2"), parse("x^2/3"))          # True
    rounded(parse("0.34*x^2"), parse("x^2/3"))          # False: that is another number

Which exact number should stand there is found by value: the answer has to be linear in it, and the number the same at
every point that is tried.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tutor.expression.tree import Expression, name, postorder, replace
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import Numbers, precise
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined, lowest_table

_UNKNOWN = name("t_{rounded}")
"""Stands for the number that was rounded."""

_DIGITS, _SAME = 50, 1e-30
"""Digits with which values are found, and the difference up to which two of them are the same number."""

FEWEST_DIGITS = 2
"""Digits of a decimal that is taken for a rounded one: 0.3 could be anything."""

SHORT = 10**6
"""A number with at most six decimals is easy to write out, so there is no reason to round it."""

LEAST_DIGITS = 3
"""Digits to which a number has to be right where nobody would write out the exact value."""

MOST_DECIMALS, POINTS, _TRIED = 4, 3, 12
"""Decimals of an answer that are looked at; points at which the number has to be the same, and points tried for it."""


def digits_agreed(given: float, value: float) -> int:
    """To how many digits a number is right: it is not further off than half a one in the last of these."""
    if value == 0 or not math.isfinite(given):
        return 0
    first = math.floor(math.log10(abs(value)))
    agreed = 0
    while agreed < MOST_DIGITS and abs(given - value) <= (0.5 + _SLACK) * 10.0 ** (first - agreed):
        agreed += 1
    return agreed


MOST_DIGITS, _SLACK = 15, 1e-6
"""Digits of a float that can be relied on; what may be added to a half because of those that cannot."""


def rounded(answer: Expression, wanted: Expression) -> bool:
    """Whether an answer that is not equal to what is wanted would be if one decimal in it were not rounded."""
    decimals = dict.fromkeys(
        part for part in postorder([answer]) if part.head == "number" and Fraction(part.value).denominator != 1)
    return any(_is_rounded(answer, decimal, wanted) for decimal in list(decimals)[:MOST_DECIMALS])


def _is_rounded(answer: Expression, decimal: Expression, wanted: Expression) -> bool:
    digits, unit = Fraction(decimal.value), Fraction(1)
    while digits.denominator != 1:
        digits, unit = digits * 10, unit / 10
    if digits < 10 ** (FEWEST_DIGITS - 1):
        return False
    numbers = precise(_DIGITS, real=True)
    exact = _in_its_place(replace(answer, {decimal: _UNKNOWN}), wanted, numbers)
    if exact is None or abs(exact * SHORT - round(exact * SHORT)) < _SAME * SHORT:
        return False
    return bool(abs(numbers.convert(decimal.value) - exact) <= numbers.convert(unit / 2))


def _in_its_place(answer: Expression, wanted: Expression, numbers: Numbers) -> Any:
    """The one number for the unknown with which the answer is equal to what is wanted; None if there is none."""
    letters = sorted((answer.free | wanted.free) - {_UNKNOWN.value})
    found = None
    agreed = 0
    for index in range(_TRIED if letters else 1):
        point = Point(index, real=True)
        here = {letter: point.number_of(letter) for letter in letters}
        try:
            target = _value(wanted, here, numbers)
            zero, one, two = (_value(answer, here | {_UNKNOWN.value: number}, numbers) for number in (0, 1, 2))
        except (Undefined, OverflowError):
            continue
        slope = one - zero
        if abs(slope) <= _SAME or abs(two - one - slope) > _SAME * abs(slope):
            return None
        exact = (target - zero) / slope
        if found is not None and abs(exact - found) > _SAME * abs(found):
            return None
        found, agreed = exact, agreed + 1
        if agreed == POINTS:
            break
    return found if agreed >= (POINTS if letters else 1) else None


def _value(expression: Expression, numbers_of: Mapping[str, Any], numbers: Numbers) -> Any:
    return value_of(lowest_table(numbers, numbers_of.get), expression)
