"""Between which numbers the values of an expression lie wherever it has one, as far as can be seen from its form.

    bounds_of(parse("2*sin(x) + 3"))        # (1, 5)
    bounds_of(parse("x^2 + 1"))             # (1, inf)
    bounds_of(parse("x"))                   # (-inf, inf)

Each operation is followed by itself, so the bounds are true but need not be the closest ones. Numbers stay exact;
infinity is that of floating-point numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import inf, isinf

from tutor.expression.tree import E, Expression, postorder

Bound = Fraction | float
Bounds = tuple[Bound, Bound]

_MOST_BITS = 4_000
"""Length of the numerator or the denominator of a bound that is a power."""

_ANY: Bounds = (-inf, inf)
_CONSTANTS: dict[str, Bounds] = {"pi": (Fraction(314, 100), Fraction(315, 100)),
                                 "e": (Fraction(271, 100), Fraction(272, 100))}
_VALUES: dict[str, Bounds] = {
    "sin": (Fraction(-1), Fraction(1)), "cos": (Fraction(-1), Fraction(1)), "tanh": (Fraction(-1), Fraction(1)),
    "erf": (Fraction(-1), Fraction(1)), "sigmoid": (Fraction(0), Fraction(1)), "atan": (Fraction(-2), Fraction(2)),
    "exp": (Fraction(0), inf), "cosh": (Fraction(1), inf), "abs": (Fraction(0), inf), "softplus": (Fraction(0), inf),
    "relu": (Fraction(0), inf),
}


def bounds_of(root: Expression) -> Bounds:
    """The lower and the upper bound of the real values."""
    found: dict[Expression, Bounds] = {}
    for part in postorder([root]):
        found[part] = _bounds(part, [found[arg] for arg in part.args])
    return found[root]


def _bounds(part: Expression, inner: list[Bounds]) -> Bounds:
    head = part.head
    if head == "number":
        return Fraction(part.value), Fraction(part.value)
    if head == "constant":
        return _CONSTANTS.get(part.value, _ANY)
    if head == "negation":
        return -inner[0][1], -inner[0][0]
    if head == "sum":
        return sum((low for low, _ in inner), Fraction(0)), sum((high for _, high in inner), Fraction(0))
    if head == "product":
        return _product(inner)
    if head == "quotient":
        above, (low, high) = inner
        below = (Fraction(0) if isinf(high) else 1 / Fraction(high), 1 / Fraction(low)) if low > 0 and not isinf(
            low) else (Fraction(0), inf) if low >= 0 else _ANY
        return _product([above, below])
    if head == "sqrt":
        return Fraction(0), inf
    if head == "power":
        return _power(part, inner)
    return _VALUES.get(head, _ANY)


def _power(part: Expression, inner: list[Bounds]) -> Bounds:
    base, exponent = part.args
    low, high = inner[0]
    if base is E or low > 0:
        return Fraction(0), inf
    if exponent.head == "number" and exponent.value.__class__ is int:
        if exponent.value % 2:
            return _raised(low, exponent.value, -inf), _raised(high, exponent.value, inf)
        return Fraction(0), _raised(max(-low, high), exponent.value, inf)
    above, below = [arg.value for arg in exponent.args] if exponent.head == "quotient" else (None, None)
    is_even_root = above.__class__ is int and below.__class__ is int and Fraction(above, below).denominator % 2 == 0
    return (Fraction(0), inf) if is_even_root or low >= 0 else _ANY


def _raised(end: Bound, exponent: int, beyond: Bound) -> Bound:
    """The power of an end; `beyond`, which is true as well, where that is a number too long to be worked out."""
    if isinf(end):
        return end if exponent % 2 else inf
    exact = Fraction(end)
    if abs(exact) in (0, 1):
        return exact if exponent % 2 else abs(exact)
    length = max(exact.numerator.bit_length(), exact.denominator.bit_length())
    if length * exponent > _MOST_BITS:
        return beyond
    return Fraction(exact**exponent)


def _product(inner: Iterable[Bounds]) -> Bounds:
    low, high = Fraction(1), Fraction(1)
    made: Bounds = (low, high)
    for each in inner:
        ends = [_times(one, other) for one in made for other in each]
        made = min(ends), max(ends)
    return made


def _times(one: Bound, other: Bound) -> Bound:
    """The product, where 0 times infinity is 0: infinity is no value but only beyond all values."""
    return Fraction(0) if one == 0 or other == 0 else one * other
