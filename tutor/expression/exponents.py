"""Exponents that take a root: x^(1/3) has a real value for every x, as cbrt(x) has; and roots of whole numbers.

    odd_root(parse("2/3"))            # Fraction(2, 3): x^(2/3) is the square of the cube root
    odd_root(parse("1/3 - 1"))        # Fraction(-2, 3)
    odd_root(parse("1/2"))            # None: an even root
    odd_root(parse("0.2"))            # None: a decimal says nothing about roots
    integer_root(243, 5)              # 3
    square_out_of_root(12)            # 2, 3

Someone who writes x^(1/3) means a root; someone who writes x^0.2 or x^a means a power, so its base has to be positive.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from tutor.expression.tree import Expression, postorder

_LARGEST = 64
"""Binary digits of the numbers that an exponent is worked out with, and the parts that it may have."""


@lru_cache(maxsize=4096)
def odd_root(exponent: Expression) -> Fraction | None:
    """The value of an exponent made of whole numbers if its denominator in lowest terms is odd and not 1; else None."""
    if exponent.free or not exponent.args or exponent.size > _LARGEST:
        return None
    value = _value(exponent)
    return value if value is not None and value.denominator != 1 and value.denominator % 2 else None


def _value(root: Expression) -> Fraction | None:
    values: dict[Expression, Fraction] = {}
    for part in postorder([root]):
        args = [values[arg] for arg in part.args]
        if part.head == "number" and part.value.__class__ is int:
            value = Fraction(part.value)
        elif part.head == "negation":
            value = -args[0]
        elif part.head == "sum":
            value = sum(args, Fraction(0))
        elif part.head == "product":
            value = Fraction(1)
            for arg in args:
                value *= arg
        elif part.head == "quotient" and args[1]:
            value = args[0] / args[1]
        else:
            return None
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LARGEST:
            return None
        values[part] = value
    return values[root]


def integer_root(value: int, degree: int) -> int | None:
    """The whole number whose `degree`-th power is `value`, if there is one; neither is negative."""
    if value in (0, 1):
        return value
    if degree > value.bit_length():
        return None
    guess = 1 << -(-value.bit_length() // degree)
    while True:  # Newton's iteration from above, exact in integers
        lower = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if lower >= guess:
            return guess if guess**degree == value else None
        guess = lower


def square_out_of_root(value: int | Fraction) -> tuple[Fraction, Fraction] | None:
    """s and r where the root of a positive number is s times the root of r: 2 and 3 for 12, 1/2 and 1/3 for 1/12; None
    where there is no square to be taken out, or the number is a fraction that keeps a fraction below its root."""
    if value <= 0:
        return None
    size = Fraction(square_factor(value.numerator), square_factor(value.denominator))
    left = value / size**2
    return None if size == 1 or 1 not in (left.numerator, left.denominator) else (size, left)


def square_factor(value: int) -> int:
    """A large n for which n^2 divides a positive whole number: the largest, if its prime factors are small."""
    found, place = 1, 2
    while place * place <= value and place <= _LARGEST_FACTOR:
        while value % (place * place) == 0:
            value //= place * place
            found *= place
        while value % place == 0:
            value //= place
        place += 1
    root = integer_root(value, 2)
    return found if root is None else found * root


_LARGEST_FACTOR = 100
