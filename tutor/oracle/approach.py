"""The value of a limit, by numbers that come closer and closer to the place, without any rule of calculus.

    approach(sample, Fraction(0), "")       # for sin(x)/x: Approach("finite", 1, error below 1e-30)
    approach(sample, Fraction(0), "")       # for |x|/x: Approach("none", sides=...), -1 and 1

From each side that is asked for, values are taken at distances 2^-16, 2^-32, 2^-64 and 2^-128, or as far out; with
hundreds of digits, so that nothing is lost where terms cancel. The exponents double: values that converge as a power of
the distance get twice as many digits with each step, so little is needed to see where they go. The steps are taken on
ladders that have no simple ratio, or sin(pi*x) would be 0 at all of them. Where the values neither settle nor grow with
growing steps, it is looked much further, with bounds of all errors. There values such as 1/ln(x) are a smooth function
of 1/ln(x), which is followed to 0. What then neither settles nor grows is left open.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from tutor.expression.tree import INFINITY, Expression
from tutor.oracle.table import Undefined

LADDERS = tuple([Fraction(each, 1_000_000_000) for each in (1_127_016_653, 1_381_966_011, 1_816_496_581)])
"""The first distance of each ladder, in units of its power of 2."""

_EXPONENTS = ((16, 32, 64, 128), (8, 16, 32, 62), (4, 8, 15, 30), (4, 6, 8, 10), (1, 2, 3, 4))
"""The powers of 2 by which distances shrink, or places lie far out. The later ones are for what overflows at the
first: for e^x, e^(x^2) and e^(e^x)."""

_FAR_EXPONENTS = (120, 240, 480, 960, 1920, 3840)
"""The same for what is too slow for the others, such as x^(1/10) and 1/ln(x)."""

DIGITS, MORE_DIGITS, FAR_DIGITS = 400, 700, 300
"""Values are computed with so many digits; the last of a ladder again with more, which have to say the same; and those
far out with so many, and a bound of their error."""


_ROUGH_EXPONENTS = range(1, 9)
"""The same where values are known as doubles only, such as those of integrals."""

_ENOUGH_OF_DOUBLES = 1e-9

_ENOUGH = 1e-12
"""An error that is smaller than this, beside the value or beside 1, settles a value."""


_NOISE = 1e-35
"""Beside the value, steps that are smaller than this are only rounding: 40 digits are sure."""

_LARGE = 20
"""Only what has become larger than this is taken to grow beyond all bounds."""


class Approach(NamedTuple):
    """What the values do: they come to a `value`, give or take an `error`, grow beyond all bounds with the `sign` 1 or
    -1, or do different things on the two sides, or nothing that could be made out. sides: what they do on the left and
    on the right, if both were looked at."""

    kind: Literal["finite", "infinite", "none", "unknown"]
    value: Any = None
    error: Any = 0
    sign: int = 0
    sides: tuple[Approach, Approach] | None = None


UNKNOWN = Approach("unknown")
WANDERS = Approach("none")
"""The values keep changing, however close to the place."""
NO_VALUES = Approach("unknown", value="outside the domain")
"""There are no values at all on that side."""

Sample = Callable[[Any, int], Any]
"""The value at an exact place with so many digits. Raises Undefined."""


class Samples(NamedTuple):
    """Where values come from: `near`, and `far` with a bound of their error, as (value, error), if they are known.
    is_rough: whether those near are doubles, whatever the digits."""

    near: Sample
    far: Sample | None = None
    is_rough: bool = False


def approach(samples: Samples, target: Any, side: str) -> Approach:
    """What values do near a target: a number, or INFINITY or its negation.

    Where the values are real on one side only, the limit is the one from that side.
    """
    if isinstance(target, Expression):
        sign = 1 if target is INFINITY else -1
        return _one_way(samples, lambda step: sign * step)
    ways: dict[str, Callable[[Fraction], Any]] = {
        "-": lambda step: target - 1 / step, "+": lambda step: target + 1 / step}
    if side:
        return _one_way(samples, ways[side])
    left, right = (_one_way(samples, ways[each]) for each in "-+")
    if left is NO_VALUES or right is NO_VALUES:
        return right if left is NO_VALUES else left
    return _together(left, right)


def _together(left: Approach, right: Approach) -> Approach:
    if WANDERS in (left, right):
        return WANDERS
    if "unknown" in (left.kind, right.kind):
        return UNKNOWN
    if left.kind != right.kind or left.sign != right.sign:
        return Approach("none", sides=(left, right))
    if left.kind == "infinite":
        return left
    apart, error = abs(left.value - right.value), left.error + right.error
    size = max(abs(left.value), abs(right.value))
    if apart <= 10 * error + size * 1e-30:
        return left if left.error <= right.error else right
    if apart > 1000 * error and apart > 1e-9 * size:
        return Approach("none", sides=(left, right))
    return UNKNOWN


def _one_way(samples: Samples, place_of: Callable[[Fraction], Any]) -> Approach:
    """What the values do along all ladders from one side."""
    if samples.is_rough:
        return _roughly(samples.near, place_of)
    found: Approach | None = None
    for ladder in LADDERS:
        seen = _along(samples, partial(_place, place_of, ladder))
        if seen is UNKNOWN and found is None and _wanders(samples, place_of):
            return WANDERS
        if seen is UNKNOWN and samples.far is not None:
            seen = _far_out(samples.far, partial(_place, place_of, ladder), ladder)
        if seen.kind == "unknown":
            return seen
        if found is None:
            found = seen
            continue
        both = _together(found, seen)
        if both.kind not in ("finite", "infinite"):
            return UNKNOWN
        found = both
    assert found is not None
    return found


def _wanders(samples: Samples, place_of: Callable[[Fraction], Any]) -> bool:
    """Whether values at the same scale are far apart however close that is, and do not shrink."""
    largest, changes_sign = [], []
    for exponent in (32, 64, 128):
        values = [_value(samples.near, place_of(ladder * 2**exponent), DIGITS)
                  for ladder in _MORE_LADDERS]
        if None in values:
            return False
        size = max(abs(value) for value in values)
        if not max(values) - min(values) > size / 3:
            return False
        largest.append(size)
        changes_sign.append(min(values) < -size / 5 and max(values) > size / 5)
    stays = all(before / 2 < after < before * 2 for before, after in pairwise(largest))
    return stays or (all(changes_sign) and all(before < after for before, after in pairwise(largest)))


_MORE_LADDERS = [Fraction(1_000_000_000 + 104_729_183 * index, 1_000_000_000) for index in range(12)]


def _place(place_of: Callable[[Fraction], Any], ladder: Fraction, exponent: int) -> Any:
    return place_of(ladder * 2**exponent)


def _along(samples: Samples, place_at: Callable[[int], Any]) -> Approach:
    """What the values do along one ladder."""
    has_values = False
    for exponents in _EXPONENTS:
        values = [_value(samples.near, place_at(exponent), DIGITS) for exponent in exponents]
        has_values = has_values or any(value is not None for value in values)
        if None not in values:
            again = _value(samples.near, place_at(exponents[-1]), MORE_DIGITS)
            if again is None or abs(again - values[-1]) > 1e-40 * abs(again):
                return UNKNOWN  # too few digits are left of what cancels
            seen = _seen(values)
            return UNKNOWN if _turns_round(values, exponents, seen) else seen
    return UNKNOWN if has_values else NO_VALUES


def _turns_round(values: Sequence[Any], exponents: Sequence[int], seen: Approach) -> bool:
    """Whether what seems to grow beyond all bounds, or to go to 0, will do the opposite further out, as
    ln(x)^10/x^(1/10) does: by how the logarithm of the size changes with that of the distance, followed to infinity."""
    grows = seen.kind == "infinite"
    if not (grows or (seen.kind == "finite" and abs(values[-1]) < 1e-3)) or not all(values) or exponents[-1] < 8:
        return False
    sizes = [_logarithm(value) for value in values]
    slopes = [(after - before) / (exponents[place + 1] - exponents[place])
              for place, (before, after) in enumerate(pairwise(sizes))]
    in_the_end = 2 * slopes[-1] - slopes[-2]  # where a power and logarithms are multiplied: the exponent of the power
    return in_the_end < -_FLAT if grows else in_the_end > _FLAT and slopes[-1] > slopes[-2]


_FLAT = 1e-3
"""Exponents of powers closer to 0 than this are taken for 0."""


def _logarithm(value: Any) -> float:
    """The logarithm of the size of a number, to base 2, however large that is."""
    fraction, exponent = value.context.frexp(abs(value))
    return math.log2(float(fraction)) + int(exponent)


def _far_out(far: Sample, place_at: Callable[[int], Any], ladder: Fraction) -> Approach:
    """What values are followed to that are a smooth function of 1 over the logarithm of the distance."""
    found = [_value(far, place_at(exponent), FAR_DIGITS) for exponent in _FAR_EXPONENTS]
    if None in found or any(error > 1e-30 * abs(value) for value, error in found):
        return UNKNOWN
    values = [value for value, _ in found]
    seen = _seen(values[-4:])
    if seen.kind != "unknown":
        return UNKNOWN if _turns_round(values[-4:], _FAR_EXPONENTS[-4:], seen) else seen
    nodes = [1 / (exponent + math.log2(ladder)) for exponent in _FAR_EXPONENTS]
    best, other = _followed_to_0(nodes, values), _followed_to_0(nodes[1:], values[1:])
    error = max(abs(best - other), 1e-15 * abs(values[0]))  # the nodes are doubles
    return Approach("finite", best, error) if error <= _ENOUGH * max(1, abs(best)) else UNKNOWN


def _roughly(sample: Sample, place_of: Callable[[Fraction], Any]) -> Approach:
    """What doubles come to, if they settle, or are a smooth function of the distance that can be followed to 0."""
    values = [_value(sample, place_of(LADDERS[0] * 2**exponent), DIGITS) for exponent in _ROUGH_EXPONENTS]
    if None in values:
        return UNKNOWN
    if abs(values[-1] - values[-2]) <= _ENOUGH * abs(values[-1]) >= abs(values[-2] - values[-3]):
        return Approach("finite", values[-1], _ENOUGH * abs(values[-1]))
    nodes = [2.0**-exponent for exponent in _ROUGH_EXPONENTS]
    best = _followed_to_0(nodes[1:], values[1:])
    error = max(abs(best - _followed_to_0(nodes[place:], values[place:])) for place in (0, 2, 3))
    return Approach("finite", best, error) if error <= _ENOUGH_OF_DOUBLES * max(1, abs(best)) else UNKNOWN


def _followed_to_0(nodes: Sequence[float], values: Sequence[Any]) -> Any:
    """The value at 0 of the polynomial with these values at the nodes, by the method of Neville."""
    row = list(values)
    for width in range(1, len(row)):
        row = [(far * value - near * after) / (far - near)
               for near, far, (value, after) in zip(nodes, nodes[width:], pairwise(row), strict=False)]
    return row[0]


def _value(sample: Sample, place: Any, digits: int) -> Any:
    """A value, or None where there is none."""
    try:
        return sample(place, digits)
    except Undefined as undefined:
        if undefined.reason:
            raise
        return None


def _seen(values: Sequence[Any]) -> Approach:
    """What four values in a row come to."""
    steps = [after - before for before, after in pairwise(values)]
    sizes = [abs(step) for step in steps]
    last = abs(values[-1])
    if max(sizes[-2:]) <= _NOISE * last:
        return Approach("finite", values[-1], sizes[-1])
    if sizes[0] > 0 and sizes[-1] * 8 <= sizes[-2]:
        error = sizes[-1] * sizes[-1] / sizes[-2] if sizes[-2] * 8 <= sizes[0] else sizes[-1]
        if error <= _ENOUGH * max(1, last):
            return Approach("finite", values[-1], error)
        return UNKNOWN
    sign = 1 if values[-1] > 0 else -1
    grows = all(step * sign > 0 for step in steps) and sizes[0] <= sizes[1] <= sizes[2]
    if last > _LARGE and grows and values[1] * sign > 0:
        return Approach("infinite", sign=sign)
    return UNKNOWN
