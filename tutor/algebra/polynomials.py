"""Polynomials in one letter with exact coefficients: division, common divisors, repeated factors.

    above, below = (-1, 0, 1), (-1, 1)                # x^2 - 1 and x - 1
    exact_quotient(above, below)                      # (1, 1), which is x + 1
    greatest_common_divisor(above, (1, 2, 1))         # (1, 1)

A polynomial is the tuple of its coefficients, the constant one first and the last one not 0; () is the zero polynomial.
Sums, products, slopes and divisions need nothing but the four operations, so they work for coefficients from any exact
field, such as fractions with letters and roots in them. Common divisors and factors are found for numbers alone. There,
coefficients are ints wherever they are whole, since ints are many times faster than fractions; by Gauss's lemma, the
quotient of two primitive polynomials is whole again. The algorithms and their names are those of Knuth, The Art of
Computer Programming, volume 2, section 4.6.1, and of von zur Gathen and Gerhard, Modern Computer Algebra, chapters 6
and 14.

The oracle has polynomials of its own, because it must not share code with what it checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import zip_longest
from math import gcd, lcm
from typing import Any, Protocol, TypeVar

from tutor.algebra.terms import reduced

Rational = int | Fraction
Polynomial = tuple[Rational, ...]
Whole = tuple[int, ...]
"""A polynomial whose coefficients are whole numbers."""


class Exact(Protocol):
    """A coefficient: a number or another element of an exact field, to which ints can be added."""

    def __bool__(self) -> bool: ...
    def __add__(self, other: Any, /) -> Any: ...
    def __sub__(self, other: Any, /) -> Any: ...
    def __mul__(self, other: Any, /) -> Any: ...
    def __truediv__(self, other: Any, /) -> Any: ...
    def __rmul__(self, other: Any, /) -> Any: ...


C = TypeVar("C", bound=Exact)


def trimmed(coefficients: Iterable[C]) -> tuple[C, ...]:
    """The polynomial with these coefficients: no zeros at the end."""
    found = list(coefficients)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def plus(left: tuple[C, ...], right: tuple[C, ...], factor: C | int = 1) -> tuple[C, ...]:
    """left + factor · right"""
    pairs: Any = zip_longest(left, right, fillvalue=0)
    return trimmed([a + factor * b for a, b in pairs])


def times(left: tuple[C, ...], right: tuple[C, ...]) -> tuple[C, ...]:
    """left · right; a coefficient to which nothing is added is the int 0 in all fields"""
    found: list[Any] = [0] * max(len(left) + len(right) - 1, 0)
    for i, a in enumerate(left):
        if a:
            for j, b in enumerate(right, i):
                found[j] += a * b
    return trimmed(found)


def to_the(base: tuple[C, ...], exponent: int) -> tuple[C, ...]:
    """base to a whole power from 1 up"""
    found = base
    for _ in range(exponent - 1):
        found = times(found, base)
    return found


def divided(dividend: tuple[C, ...], divisor: tuple[C, ...]) -> tuple[tuple[C, ...], tuple[C, ...]]:
    """Quotient and remainder; numbers become fractions."""
    leading: Any = divisor[-1]
    if leading.__class__ is int:
        leading = Fraction(leading)
    rest: list[Any] = list(dividend)
    degree = len(divisor) - 1
    quotient: list[Any] = []
    while len(rest) > degree:
        factor = rest.pop() / leading
        quotient.append(factor)
        if factor:
            start = len(rest) - degree
            for place in range(degree):
                rest[start + place] -= factor * divisor[place]
    return trimmed(quotient[::-1]), trimmed(rest)


def value_at(polynomial: tuple[C, ...], place: C) -> C:
    """The value at a place, by Horner's scheme."""
    value: Any = 0
    for coefficient in reversed(polynomial):
        value = value * place + coefficient
    found: C = value
    return found


def slope(polynomial: tuple[C, ...]) -> tuple[C, ...]:
    """The derivative."""
    return trimmed([exponent * each for exponent, each in enumerate(polynomial)][1:])


def exact_quotient(dividend: Polynomial, divisor: Polynomial) -> Polynomial | None:
    """The quotient if nothing remains, else None; None too where the divisor is the zero polynomial."""
    if not divisor or len(dividend) < len(divisor):
        return None if dividend or not divisor else ()
    content, whole = primitive(dividend)
    other, part = primitive(divisor)
    quotient = _whole_quotient(whole, part)
    if quotient is None or content == other:
        return quotient
    factor = Fraction(content) / other
    return tuple([reduced(factor * each) for each in quotient])


def _whole_quotient(dividend: Whole, divisor: Whole) -> Whole | None:
    """The quotient if it is whole and nothing remains; given up at the first coefficient that does not divide."""
    if dividend[0] % divisor[0] if divisor[0] else dividend[0]:
        return None
    rest, leading, degree = list(dividend), divisor[-1], len(divisor) - 1
    quotient: list[int] = []
    while len(rest) > degree:
        factor, left = divmod(rest.pop(), leading)
        if left:
            return None
        quotient.append(factor)
        if factor:
            start = len(rest) - degree
            for place in range(degree):
                rest[start + place] -= factor * divisor[place]
    return None if any(rest) else tuple(reversed(quotient))


def primitive(polynomial: Polynomial) -> tuple[Rational, Whole]:
    """Content and primitive part: polynomial = content · part.

    The part has whole coefficients without a common divisor, the last of them positive. Both are zero for zero.
    """
    if not polynomial:
        return 0, ()
    try:
        shared, below = gcd(*polynomial), 1  # type: ignore[arg-type]  # the usual case: all are ints
    except TypeError:
        below = lcm(*[each.denominator for each in polynomial])
        shared = gcd(*[each.numerator * (below // each.denominator) for each in polynomial])
    if polynomial[-1] < 0:
        shared = -shared
    if below == 1:
        return shared, tuple([each.numerator // shared for each in polynomial])
    part = tuple([each.numerator * (below // each.denominator) // shared for each in polynomial])
    return Fraction(shared, below), part


def greatest_common_divisor(left: Polynomial, right: Polynomial) -> Whole:
    """The common divisor of highest degree, as its primitive part; () for two zero polynomials.

    The polynomials are read as numbers in a large base, and so is the common divisor of these numbers. If it divides
    both polynomials, it is the greatest that does (Char, Geddes and Gonnet, GCDHEU; Geddes, Czapor and Labahn,
    Algorithms for Computer Algebra, theorem 7.7). If not, the two numbers share something by accident; what they can
    share is bounded, so with a base that is squared each time this ends after a few rounds. Euclid's algorithm with
    primitive remainders takes three times as long, and thirty times where coefficients have hundreds of digits.
    """
    left, right = primitive(left)[1], primitive(right)[1]
    if not left or not right:
        return left or right
    if len(left) == 1 or len(right) == 1:
        return (1,)
    base = 2 * min(max(map(abs, left)), max(map(abs, right))) + 29
    while True:
        shared = gcd(value_at(left, base), value_at(right, base))
        if 2 * shared < base:
            return (1,)
        found = primitive(_digits(shared, base))[1]
        if _whole_quotient(left, found) is not None and _whole_quotient(right, found) is not None:
            return found
        base *= base


def _digits(value: int, base: int) -> Polynomial:
    """The polynomial with this value at the base, its coefficients between -base/2 and base/2."""
    found = []
    while value:
        digit = value % base
        if 2 * digit > base:
            digit -= base
        found.append(digit)
        value = (value - digit) // base
    return tuple(found)


def square_free_factors(polynomial: Polynomial) -> list[tuple[Whole, int]]:
    """Pairs of a factor and its multiplicity: each factor is primitive, has no repeated roots and none of another's.

    Their product, each to its multiplicity, is the primitive part (Yun's algorithm; von zur Gathen and Gerhard, 14.21).
    """
    whole = primitive(polynomial)[1]
    if len(whole) < 2:
        return []
    change = slope(whole)
    repeated = greatest_common_divisor(whole, change)
    if len(repeated) == 1:
        return [(whole, 1)]
    left, rest = _certain(whole, repeated), _certain(change, repeated)
    found: list[tuple[Whole, int]] = []
    multiplicity = 1
    while len(left) > 1:
        rest = plus(rest, slope(left), -1)
        factor = greatest_common_divisor(left, rest)
        if len(factor) > 1:
            found.append((factor, multiplicity))
        left, rest = _certain(left, factor), _certain(rest, factor)
        multiplicity += 1
    return found


def _certain(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    """The quotient of a division that is known to leave nothing."""
    quotient = exact_quotient(dividend, divisor)
    assert quotient is not None
    return quotient
