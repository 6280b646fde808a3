"""Where an expression is 0 between two numbers: exactly where that can be had, else by a search that misses nothing.

    zeros(parse("x^2 - 2"), name("x"), Between(-3.0, 3.0), tidy).places    # -sqrt(2) and sqrt(2)
    zeros(parse("cos(x) - x"), name("x"), Between(0.0, 1.0), tidy)         # about 0.739085, found by its sign

What cannot be solved exactly is searched with numbers that have an error bound, so that a part of the interval is
passed over only where the expression is surely not 0.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import sign_of
from tutor.expression.tree import Expression, decimal, divide, negate, substitute
from tutor.integration.equations import (
    MOST_ZEROS,
    Between,
    Equations,
    TooManyZeros,
    Unsolved,
    linear,
    number_of,
    vanishing_factors,
)
from tutor.oracle.balls import Ball, balls
from tutor.oracle.evaluate import value_of
from tutor.oracle.table import Undefined, lowest_table


class Place(NamedTuple):
    """A number: as an expression, which is a decimal if it is not exact, and its value."""

    number: Expression
    value: float
    exact: bool = True


class Zeros(NamedTuple):
    """The places from left to right; complete: whether there are surely no others."""

    places: tuple[Place, ...]
    complete: bool


MOST_LOOKS = 500
"""Parts of an interval that are looked at in a search."""


def zeros(root: Expression, variable: Expression, between: Between, tidy: Tidy, looks: int = MOST_LOOKS) -> Zeros:
    """Where a tidy expression in one letter is 0. looks: as `MOST_LOOKS`."""
    try:
        found = Equations(variable, between, tidy).zeros(root)
    except Unsolved:
        return _searched(root, variable, between, looks)
    except TooManyZeros:
        return Zeros((), False)
    places: dict[float, Place] = {}
    for each in found:
        value = number_of(each)
        if value is not None and between.has(value) and not any(
                abs(value - known) <= between.margin for known in places):
            places[value] = Place(each, value)
    if len(places) > MOST_ZEROS:
        return Zeros((), False)
    return Zeros(tuple([places[value] for value in sorted(places)]), True)


def exact_zeros(root: Expression, variable: Expression, between: Between, tidy: Tidy) -> tuple[Place, ...] | None:
    """The same; None where they cannot all be found exactly."""
    found = zeros(root, variable, between, tidy)
    return found.places if found.complete and all(place.exact for place in found.places) else None


def symbolic_zeros(root: Expression, variable: Expression, tidy: Tidy) -> list[Expression] | None:
    """Where an expression is 0 that may have other letters: only if it is linear in the variable; None elsewhere."""
    if variable.value not in root.free:
        return []
    if sign_of(root) in ("+", "-", "!"):
        return []
    found = [factor for factor in vanishing_factors(root) if variable.value in factor.free]
    places = []
    for factor in found:
        shift, slope = linear(factor, variable, tidy)
        if slope is None or shift is None:
            return None
        places.append(tidy(negate(divide(shift, slope))))
    return places


# -- a search that misses nothing --------------------------------------------------------------------------------------

_DEEPEST, _FIRST = 24, 16
_FAR = 1_000.0
"""How far out is searched where an end is infinite; what lies beyond is not known then."""


def _searched(root: Expression, variable: Expression, between: Between, looks: int) -> Zeros:
    """Zeros with a change of sign, found by halving every part of the interval in which the expression may be 0."""
    if root.free != variable.free:
        return Zeros((), False)
    low, high = max(between.low, -_FAR), min(between.high, _FAR)
    complete = (low, high) == tuple(between)
    if not low < high:
        return Zeros((), complete)
    doubtful, all_seen = parts_in_doubt(low, high, lambda middle, radius: _is_apart_from_0(
        root, variable, middle, radius), looks)
    complete = complete and all_seen
    places: list[Place] = []
    for left, right in doubtful:
        width = right - left
        before, after = [_sign_at(root, variable, place) for place in (left - width / 7, right + width / 7)]
        if before is None or after is None or before == after:
            complete = False
        if before is not None and after is not None and before * after < 0:
            value = _closed_in(root, variable, left - width / 7, right + width / 7)
            places.append(Place(decimal(round(value, 10)), value, exact=False))
    return Zeros(tuple(places[:MOST_ZEROS]), complete and len(places) <= MOST_ZEROS)


def parts_in_doubt(low: float, high: float, is_sure: Callable[[float, float], bool],
                   most: int = MOST_LOOKS) -> tuple[list[tuple[float, float]], bool]:
    """The smallest parts of an interval of which something is not sure, neighbours joined, from left to right; and
    whether all of the interval was looked at.

    is_sure: whether it is sure of all numbers that are at most a radius away from a middle; most: parts that are looked
    at.
    """
    width = (high - low) / _FIRST
    stack = [(low + width * place, low + width * (place + 1), 4) for place in reversed(range(_FIRST))]
    found: list[tuple[float, float]] = []
    looks = 0
    while stack:
        left, right, depth = stack.pop()
        looks += 1
        if looks > most:
            return found, False
        middle = (left + right) / 2
        if is_sure(middle, (right - left) / 2):
            continue
        if depth < _DEEPEST:
            stack += [(middle, right, depth + 1), (left, middle, depth + 1)]
        elif found and found[-1][1] == left:
            found[-1] = (found[-1][0], right)
        else:
            found.append((left, right))
    return found, True


_DIGITS = 30


def _is_apart_from_0(root: Expression, variable: Expression, middle: float, radius: float) -> bool:
    value = ball_of(root, variable, middle, radius)
    return value is not None and not value.may_be_0


def ball_of(root: Expression, variable: Expression, middle: float, radius: float) -> Ball | None:
    """A ball with all values that an expression has near a place; None where it may have none, or any."""
    numbers = balls(_DIGITS, real=True, forgiving=False)
    exact = numbers.convert(Fraction(middle))
    around = Ball(exact.middle, numbers.convert(Fraction(radius)).middle, exact.unit)
    try:
        value = value_of(lowest_table(numbers, lambda _: None).bind(variable, around), root)
    except (Undefined, ArithmeticError, ValueError):
        return None
    return value if isinstance(value, Ball) else numbers.convert(value)


def _sign_at(root: Expression, variable: Expression, place: float) -> int | None:
    value = number_of(substitute(root, variable.value, decimal(place)))
    return None if value is None else (value > 0) - (value < 0)


def _closed_in(root: Expression, variable: Expression, left: float, right: float) -> float:
    before = _sign_at(root, variable, left)
    for _ in range(60):
        middle = (left + right) / 2
        if _sign_at(root, variable, middle) == before:
            left = middle
        else:
            right = middle
    return (left + right) / 2
