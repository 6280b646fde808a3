"""Definite integrals: where to cut the range, which digits its ends need, and why there may be no value.

    value_of(table, parse("int_0^inf e^(-x) dx"))             # 1.0
    divergence_of(parse("int_2^4 1/(x-3)^2 dx")).text         # near x = 3 the integrand grows so fast that ...

The range is cut where the integrand may have a kink, a pole or the edge of its domain. There the quadrature sees only
ends, where it converges if the integral does, and does not if it does not: no pole inside is stepped over. Whether an
integral that did not converge has no value is then read from how fast the integrand grows at a place, which is the
same at several distances from it, or how slowly it falls off far out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from tutor.expression.tree import Expression, call, derivative, name, postorder
from tutor.oracle.evaluate import infinite_side, sampled, value_of
from tutor.oracle.functions import KNOWN
from tutor.oracle.jets import Jet, Value, leading
from tutor.oracle.numbers import REAL, precise
from tutor.oracle.pieces import Site, TooManyPlaces, breaks, cut, has_kink, sites_of, vanishing
from tutor.oracle.quadrature import NotConverged, Sample, integrate, is_infinite
from tutor.oracle.ratio import exact
from tutor.oracle.table import Table, Undefined, lowest_table

_NEAR = Fraction(1, 10**12)
"""A place that is closer to an end than this, relatively, is the end itself."""

_CLOSE = 1e-3
"""So near to an end at which the integrand grows without bound, the place itself has too few digits."""

_FAR = 30.0
"""So far out, a value that is none in doubles may be a large number divided by a larger one."""

_STEADY = 1e-6
"""By how much an exponent may change from one distance to the next and still be one."""


MOST_INSIDE_EACH_OTHER = 2
"""Definite integrals inside each other: each multiplies the places at which the innermost integrand is asked for."""

MOVING = "the integrand has a kink or a jump whose place could not be followed"


class Divergence(NamedTuple):
    """Why an integral has no value.

    place: where the integrand grows too fast, or infinity (or minus infinity), where it falls off too slowly; shown:
    how that place is written; text: a sentence without capital and full stop.
    """

    place: float
    shown: str
    text: str


def definite_integral(table: Table, node: Expression, inputs: list[Value]) -> Value:
    """The value of an integral between two ends, given the values of those that are finite."""
    if table.effort.integrals >= MOST_INSIDE_EACH_OTHER:
        raise Undefined("integrals are nested too deeply to be followed by numbers")
    body, variable = node.args[:2]
    finite = iter(inputs)
    lower, upper = (side * math.inf if (side := infinite_side(end)) else next(finite) for end in node.args[2:])
    if is_infinite(lower) and lower == upper:
        raise Undefined("an integral needs two different ends if one of them is infinite")

    def function(place: Value) -> Value:
        return sampled(table, body, variable, place)

    between = _places_between(table, node, lower, upper)
    asked, sample = _with_more_digits(table, node, [lower, *between, upper], function)
    try:
        return integrate(asked, lower, upper, table.numbers, between, sample, _share(body))
    except NotConverged:
        if node.free:
            raise  # with other numbers for its letters it may converge
        found = divergence_of(node)
        raise Undefined(found.text if found else "the integral did not converge to enough digits") from None


@lru_cache(maxsize=512)
def _share(body: Expression) -> float:
    """The share of all digits that is wanted: of an integral in an integral not those that are inaccurate inside."""
    return 0.7 if any(part.head == "integral" for part in postorder([body])) else 0.85


# -- where to cut ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _sites(body: Expression, letter: str) -> tuple[Site, ...]:
    """The places of an integrand that may break, if not too many."""
    try:
        return tuple([site for site in sites_of([body], breaks) if letter in site.argument.free])
    except TooManyPlaces:
        return ()


@lru_cache(maxsize=512)
def _cuts(body: Expression, letter: str, others: tuple[tuple[str, Fraction], ...]) -> tuple[Fraction, ...]:
    """Where an integrand may break, as far as that can be found exactly."""
    arguments = [site.argument for site in _sites(body, letter)]
    line = cut(arguments, letter, dict(others), search=False)
    return tuple([(each.lower + each.upper) / 2 for each in line.breaks])


def _places_between(table: Table, node: Expression, lower: Value, upper: Value) -> list[Value]:
    """Places strictly inside the range, in order, at which it is cut."""
    body, letter = node.args[0], node.args[1].value
    if not table.numbers.real or not _sites(body, letter):
        return []
    moving = _moving(table, node) if table.level else []
    if table.effort.integrals:
        if moving:
            raise Undefined(MOVING)
        return []
    places = _cuts(body, letter, tuple([(text, _fraction(value)) for text, value in _others(table, node)]))
    ends: list[Any] = [end if is_infinite(end) else _fraction(end) for end in (lower, upper)]
    first, last = ends
    inside = [place for place in places if min(first, last) < place < max(first, last)
              and all(is_infinite(end) or abs(place - end) > _NEAR * max(Fraction(1), abs(place)) for end in ends)]
    found = [table.numbers.convert(place) for place in (inside if first < last else inside[::-1])]
    return _moved(table, node, found, moving) if moving else found


def _moving(table: Table, node: Expression) -> list[Expression]:
    """What is 0 at the kinks and jumps of the integrand whose places depend on a letter that varies."""
    body, letter = node.args[0], node.args[1].value
    varying = {text for text, value in _others(table, node) if value.__class__ is Jet}
    arguments = [site.argument for site in _sites(body, letter) if has_kink(site.node)]
    return [factor for factor in dict.fromkeys(factor for each in arguments for factor in vanishing(each))
            if letter in factor.free and not varying.isdisjoint(factor.free)]


def _moved(table: Table, node: Expression, places: list[Value], moving: list[Expression]) -> list[Value]:
    """The places at which the range is cut, as they move with the letters that vary: the jump of step(t - x) is always
    at t = x, so the integral changes with x although step(t - x) does not on either side.

    Each step of Newton's method doubles the number of coefficients that are known. Raises Undefined where the places
    cannot be followed.
    """
    variable, others = node.args[1], {text: _fraction(value) for text, value in _others(table, node)}
    found = list(places)
    for argument in moving:
        line = cut([argument], variable.value, others, search=False)
        if not line.complete:
            raise Undefined(MOVING)
        slope = derivative(argument, variable)
        for each in line.breaks:
            centre = (each.lower + each.upper) / 2
            index = next((index for index, place in enumerate(places)
                          if abs(_fraction(place) - centre) <= _NEAR * max(Fraction(1), abs(centre))), None)
            if index is None:
                continue  # outside the range
            place = places[index]
            for _ in range(table.coefficients.bit_length()):
                here = table.bind(variable, place)
                try:
                    place = place - value_of(here, argument) / value_of(here, slope)
                except (Undefined, ArithmeticError):
                    raise Undefined(MOVING) from None
            found[index] = place
    return found


def _others(table: Table, node: Expression) -> Iterator[tuple[str, Value]]:
    """The names in an integrand besides its variable, and their values."""
    for text in sorted(node.args[0].free - node.args[1].free):
        yield text, value_of(table, name(text))


def _fraction(value: Value) -> Fraction:
    """The leading number of a value of any real kind, exactly as it is kept."""
    number = leading(value)
    number = getattr(number, "middle", number)
    return Fraction(number) if isinstance(number, (int, float, Fraction)) else exact(number)


# -- more digits -------------------------------------------------------------------------------------------------------


def _precisely(table: Table, digits: int) -> Table:
    """The same place with more digits; not in a direction, where values are jets."""
    bound: dict[str, Any] = {}
    lowest = table
    while lowest.parent is not None:
        bound.setdefault(lowest.variable, lowest.values[name(lowest.variable)])
        lowest = lowest.parent
    return lowest_table(precise(digits, True), lambda text: bound.get(text, lowest.number_of(text)), table.effort)


def _with_more_digits(table: Table, node: Expression, ends: list[Value], function: Callable[[Value], Value],
                      ) -> tuple[Callable[[Value], Value], Sample | None]:
    """The integrand of doubles, with 50 digits where doubles have too few: far out, and close to some ends.

    Close to 1 they know 1 - x² to its first digits only; an end at 0 has no such trouble.
    """
    body, variable = node.args[:2]
    if table.numbers is not REAL or table.effort.integrals or table.level:
        return function, None
    finite = [end for end in ends if not is_infinite(end)]
    steep = [end for end in finite if end and _grows(function, end, ends)] if _sites(body, variable.value) else []
    if not steep and len(finite) == len(ends):
        return function, None
    more = _precisely(table, 50)
    exactly: dict[int, Any] = {}
    for end in steep:
        limit = next((arg for arg, value in zip(node.args[2:], (ends[0], ends[-1]), strict=True) if end is value), None)
        exactly[id(end)] = _exact_place(more, node, end) if limit is None else value_of(more, limit)

    def with_more(place: Any) -> float:
        found = float(sampled(more, body, variable, place))
        if math.isinf(found):
            raise OverflowError
        return found

    def far_out(place: Value) -> Value:
        try:
            return function(place)
        except ValueError:
            if abs(place) < _FAR:
                raise
            return with_more(more.numbers.convert(place))

    def sample(end: Value, offset: Value) -> Value:
        place = exactly.get(id(end))
        if place is None or abs(offset) > _CLOSE:
            return asked(end + offset)
        return with_more(place + more.numbers.convert(offset))

    asked = function if len(finite) == len(ends) else far_out
    return asked, sample if steep else None


def _exact_place(more: Table, node: Expression, end: float) -> Any:
    """A place at which the range is cut, with all its digits."""
    others = tuple([(text, _fraction(value)) for text, value in _others(more, node)])
    places = _cuts(node.args[0], node.args[1].value, others)
    return more.numbers.convert(min(places, key=lambda place: abs(place - Fraction(end))))


def _grows(function: Callable[[Value], Value], end: float, ends: Sequence[float]) -> bool:
    """Whether the integrand is much larger close to an end than a little farther from it."""
    for other in ends:
        if other == end:
            continue
        width = math.copysign(1.0, other - end) if is_infinite(other) else other - end
        try:
            if abs(function(end + width * 1e-9)) > 20 * abs(function(end + width * 1e-3)):
                return True
        except (ArithmeticError, ValueError):
            continue
    return False


# -- no value ----------------------------------------------------------------------------------------------------------


def divergence_of(integral: Expression) -> Divergence | None:
    """Why a definite integral without letters has no value; None where that is not plain."""
    body, variable, *limits = integral.args
    table = lowest_table(precise(60, True), lambda text: None)
    places: dict[Fraction, str] = {}
    sides = [infinite_side(limit) for limit in limits]
    try:
        ends = [None if side else value_of(table, limit) for side, limit in zip(sides, limits, strict=True)]
    except Undefined:
        return None
    known = [_fraction(end) for end in ends if end is not None]
    low = -math.inf if -1 in sides else min(known, default=-math.inf)
    high = math.inf if 1 in sides else max(known, default=math.inf)
    places |= {_fraction(end): str(limit) for end, limit in zip(ends, limits, strict=True) if end is not None}
    for place in (*_cuts(body, variable.value, ()), *_searched(table, integral, low, high)):
        if low < place < high and all(abs(place - each) > _NEAR for each in places):
            places[place] = str(place) if place.denominator < 1000 else f"{float(place):.4g}"
    for place, shown in places.items():
        for side in (-1, 1):
            if low <= place + side * _NEAR <= high:
                exponent = _exponent(table, integral, table.numbers.convert(place), side)
                if exponent is not None and exponent <= -1 + _STEADY:
                    text = f"near {variable} = {shown} the integrand grows so fast that the integral has no value"
                    return Divergence(float(place), shown, text)
    for side in filter(None, sides):
        exponent = _exponent(table, integral, None, side)
        if exponent is not None and exponent >= -1 - _STEADY:
            end = "infinity" if side > 0 else "minus infinity"
            return Divergence(side * math.inf, end, f"towards {end} the integrand falls off so slowly, if at all, that "
                                                    "the integral has no value")
    return None


def _exponent(table: Table, integral: Expression, place: Any, side: int) -> float | None:
    """p, if the integrand behaves like a multiple of s^p at the distance s from a place, or far out; else None."""
    body, variable = integral.args[:2]
    found, scale = [], table.numbers.convert(Fraction(1, 10**20) if place is not None else 10**20)
    distances = [scale * factor for factor in (1, 3, 10, 17, 1000)]
    try:
        for distance in distances:
            found.append(sampled(table, body, variable, side * distance + (0 if place is None else place)))
    except (ArithmeticError, ValueError):
        return None
    if not (all(each > 0 for each in found) or all(each < 0 for each in found)):
        return None
    exponents = [math.log(abs(other / one)) / math.log(after / before)
                 for (one, other), (before, after) in zip(pairwise(found), pairwise(distances), strict=True)]
    return exponents[0] if max(exponents) - min(exponents) < _STEADY else None


_GRID, _BISECTIONS = 256, 150


def _searched(table: Table, integral: Expression, low: Any, high: Any) -> Iterator[Fraction]:
    """Where something in the integrand changes its sign that is not found exactly, such as cos(x) in tan(x)."""
    body, variable = integral.args[:2]
    if is_infinite(low) or is_infinite(high):
        return
    inside = [site.argument for site in _sites(body, variable.value) if not has_kink(site.node)]
    for part in postorder([body]):
        if part.head in KNOWN:
            inside += [call(factor, *part.args) for factor in KNOWN[part.head].factors]
    for argument in dict.fromkeys(factor for each in inside for factor in vanishing(each)):
        if argument.free == variable.free:
            yield from _sign_changes(table, argument, variable, low, high)


def _sign_changes(table: Table, argument: Expression, variable: Expression, low: Fraction,
                  high: Fraction) -> Iterator[Fraction]:
    """Places between which the sign of an argument changes on a grid, closed in to all digits."""

    def side(place: Fraction) -> int:
        try:
            return 1 if value_of(table.bind(variable, table.numbers.convert(place)), argument) > 0 else -1
        except Undefined:
            return 0

    grid = [low + (high - low) * Fraction(k, _GRID) for k in range(_GRID + 1)]
    for (one, before), (other, after) in pairwise([(place, side(place)) for place in grid]):
        if before * after < 0:
            for _ in range(_BISECTIONS):
                middle = (one + other) / 2
                one, other = (middle, other) if side(middle) == before else (one, middle)
            yield other
