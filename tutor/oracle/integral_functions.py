"""The sine, cosine, exponential and logarithmic integrals of doubles: Si, Ci, Ei and li.

    sine_integral(1.0)               # 0.946083070367183
    exponential_integral(-1.0)       # -0.21938393439552029

Each is its power series where that loses no digits to cancelling. Farther out, Si, Ci and Ei of negative numbers are a
continued fraction, by the method of Lentz, and Ei of large numbers is its asymptotic series. These are formulas 5.2,
6.6, 6.9 and 6.12 of the Digital Library of Mathematical Functions.
"""

from __future__ import annotations

import cmath
import math

_EULER = 0.5772156649015329
_FAR = 4.0
"""Where the waves of Si and Ci are taken from the continued fraction, which needs more terms the smaller x is."""
_LARGE = 40.0
"""From here on the terms of the asymptotic series of Ei fall below the last digit before they rise again."""
_EPSILON = 1e-17


def sine_integral(x: float) -> float:
    """The integral of sin(t)/t from 0 to x."""
    if x < 0:
        return -sine_integral(-x)
    if x > _FAR:
        return math.pi / 2 + _first_exponential_integral(complex(0, x)).imag
    power, total, k = x, x, 1
    while abs(power) > _EPSILON * total:
        power *= -x * x / ((k + 1) * (k + 2))
        k += 2
        total += power / k
    return total


def cosine_integral(x: float) -> float:
    """The integral of cos(t)/t from infinity to x, for positive x."""
    if not x > 0:
        raise ValueError("outside the domain")
    if x > _FAR:
        return -_first_exponential_integral(complex(0, x)).real
    power, total, k = 1.0, 0.0, 0
    while abs(power) > _EPSILON:
        power *= -x * x / ((k + 1) * (k + 2))
        k += 2
        total += power / k
    return _EULER + math.log(x) + total


def exponential_integral(x: float) -> float:
    """The integral of e^t/t from minus infinity to x; across the pole at 0 its principal value."""
    if x == 0:
        raise ValueError("at the pole")
    if x < -1:
        value = -_first_exponential_integral(complex(-x)).real
        if not value:
            raise OverflowError
        return value
    power, total, k = 1.0, 0.0, 0
    if x > _LARGE:
        while power > _EPSILON and k < x:
            total += power
            k += 1
            power *= k / x
        return math.exp(x) / x * total
    while abs(power) > _EPSILON * (1 + abs(total)):
        k += 1
        power *= x / k
        total += power / k
    return _EULER + math.log(abs(x)) + total


def logarithmic_integral(x: float) -> float:
    """The integral of 1/ln(t) from 0 to x; across the pole at 1 its principal value."""
    return exponential_integral(math.log(x)) if x else 0.0


def _first_exponential_integral(z: complex) -> complex:
    """E1(z) = e^-z/(z + 1 - 1/(z + 3 - 4/(z + 5 - 9/(z + 7 - ...)))), to the right of the imaginary axis or far out on
    it."""
    below = z + 1
    above, under, value = 1e300 + 0j, 1 / below, 1 / below
    change, k = 0j, 0
    while abs(change - 1) > 1e-16 and k < 1000:
        k += 1
        below += 2
        under = 1 / (below - k * k * under)
        above = below - k * k / above
        change = above * under
        value *= change
    return value * cmath.exp(-z)
