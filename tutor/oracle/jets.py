"""Jets: truncated Taylor series. The oracle uses them to differentiate.

A `Jet` is c0 + c1·ε + ... + cn·εⁿ with ε marking one direction; arithmetic drops what is beyond εⁿ. Feed x0 + ε to a
program that computes f, and c1 of what comes out is f'(x0), ck is the k-th derivative divided by k!.

Directions nest: each has a level, and the coefficients of a jet are plain numbers or jets of lower levels. A number (or
a jet of a lower level) is a constant in the direction, so it needs no lifting:

    x = Jet(1, (3.0, 1.0))
    (x * x + 5.0).coefficients            # (14.0, 6.0)

The code is the same for floats, complex numbers and mpmath numbers; functions of jets are in `functions.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Value = Any
"""A number of one kind (float, complex, mpmath), or a Jet over such numbers."""


class Jet:
    """A truncated Taylor series in the direction `level`; at least two coefficients."""

    __slots__ = ("coefficients", "level")

    def __init__(self, level: int, coefficients: tuple[Value, ...]) -> None:
        self.level = level
        self.coefficients = coefficients

    def __repr__(self) -> str:
        return f"Jet({self.level}, {self.coefficients})"

    def __neg__(self) -> Jet:
        return Jet(self.level, tuple([-c for c in self.coefficients]))

    def __add__(self, other: Value) -> Jet:
        own = self.coefficients
        if other.__class__ is Jet:
            if other.level == self.level:
                theirs = other.coefficients
                if len(own) == 2:
                    return Jet(self.level, (own[0] + theirs[0], own[1] + theirs[1]))
                return Jet(self.level, tuple([a + b for a, b in zip(own, theirs, strict=True)]))
            if other.level > self.level:
                return Jet(other.level, (self + other.coefficients[0], *other.coefficients[1:]))
        return Jet(self.level, (own[0] + other, *own[1:]))

    __radd__ = __add__

    def __sub__(self, other: Value) -> Jet:
        return self.__add__(-other)

    def __rsub__(self, other: Value) -> Jet:
        return (-self).__add__(other)

    def __mul__(self, other: Value) -> Jet:
        own = self.coefficients
        if other.__class__ is Jet:
            if other.level == self.level:
                theirs = other.coefficients
                if len(own) == 2:
                    return Jet(self.level, (own[0] * theirs[0], own[0] * theirs[1] + own[1] * theirs[0]))
                return Jet(
                    self.level,
                    tuple([sum([own[j] * theirs[k - j] for j in range(k + 1)]) for k in range(len(own))]),
                )
            if other.level > self.level:
                return Jet(other.level, tuple([self * c for c in other.coefficients]))
        return Jet(self.level, tuple([c * other for c in own]))

    __rmul__ = __mul__

    def __truediv__(self, other: Value) -> Jet:
        own = self.coefficients
        if other.__class__ is Jet:
            if other.level == self.level:
                return Jet(self.level, _divided(own, other.coefficients))
            if other.level > self.level:
                return Jet(other.level, _divided((self,), other.coefficients))
        return Jet(self.level, tuple([c / other for c in own]))

    def __rtruediv__(self, other: Value) -> Jet:
        return Jet(self.level, _divided((other,), self.coefficients))


def _divided(upper: tuple[Value, ...], lower: tuple[Value, ...]) -> tuple[Value, ...]:
    """Coefficients of upper/lower; those of `upper` may stop early. From quotient·lower = upper, one after another."""
    head = lower[0]
    quotient = [upper[0] / head]
    for k in range(1, len(lower)):
        rest = sum([lower[j] * quotient[k - j] for j in range(1, k + 1)])
        quotient.append(((upper[k] - rest) if k < len(upper) else -rest) / head)
    return tuple(quotient)


def leading(value: Value) -> Any:
    """The number that a value has when every ε is 0."""
    while value.__class__ is Jet:
        value = value.coefficients[0]
    return value


def magnitude(value: Value) -> Any:
    """The largest absolute value among the coefficients."""
    if value.__class__ is Jet:
        return max([magnitude(c) for c in value.coefficients])
    return abs(value)


def levels(value: Value) -> set[int]:
    """The directions in which a value is said to vary."""
    if value.__class__ is not Jet:
        return set()
    return {value.level}.union(*[levels(each) for each in value.coefficients])


def derivative_of_jet(value: Value, level: int, times: int, order: int, zero: Any) -> Value:
    """Differentiate `times` times in the direction `level`, in which `value` is known up to order `order` + `times`.

    The answer is known up to `order`: for 0 it is one coefficient, else a jet again.
    """
    if value.__class__ is not Jet or value.level != level:
        return zero
    found = []
    for k in range(order + 1):
        factor = 1
        for j in range(k + 1, k + times + 1):
            factor *= j
        found.append(value.coefficients[k + times] * factor)
    return Jet(level, tuple(found)) if order else found[0]


def with_slope(value: Value, slope: Callable[[Value], Value], a: Jet) -> Jet:
    """The series y with y0 = `value` and y' = slope(a)·a': y is the function of a whose derivative is `slope`.

    slope(a) is needed to one order less than y, so a function whose slope is made of itself ends.
    """
    c = a.coefficients
    if len(c) == 2:
        return Jet(a.level, (value, slope(c[0]) * c[1]))
    rate = slope(Jet(a.level, c[:-1])) * Jet(a.level, tuple([k * c[k] for k in range(1, len(c))]))
    return Jet(a.level, (value, *[r / (k + 1) for k, r in enumerate(rate.coefficients)]))
