"""Where an integrand has a value between the limits of a definite integral, before anything is integrated.

    look = behaviour(parse("1/(x - 3)^2"), name("x"), parse("2"), parse("4"), tidy)
    look.unbounded[0].place             # 3, where it grows without bound
    behaviour(parse("sqrt(x)"), name("x"), parse("-1"), parse("1"), tidy).unreal       # sqrt(x) between -1 and 0
    behaviour(parse("abs(x)"), name("x"), parse("-1"), parse("2"), tidy).changes       # at 0 another formula begins
    behaviour(parse("1/x"), name("x"), parse("1"), parse("b"), tidy).assumed           # b > 0

An antiderivative says nothing of this: -1/(x - 3) has values at 2 and at 4, and the area between them is infinite.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Literal

from tutor.algebra.decide import Tidy
from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.tree import ONE, ZERO, Expression, add, negate, postorder, rebuilt, substitute
from tutor.integration.equations import Between, number_of
from tutor.integration.intervals_with_letters import behaviour_with_letters
from tutor.integration.sites import CHANGING, Behaviour, Break, Site, Unreal, sites
from tutor.integration.zeros import Place, zeros
from tutor.oracle.evaluate import case_that_counts, value_of
from tutor.oracle.numbers import Numbers, precise
from tutor.oracle.table import Undefined, lowest_table


def behaviour(body: Expression, variable: Expression, lower: Expression, upper: Expression, tidy: Tidy) -> Behaviour:
    """What is known of a tidy integrand between two limits, the lower of them the smaller one where both are known."""
    if any(part.head in ("integral", "derivative", "at", "application", "defined") for part in postorder([body])):
        return Behaviour(decided=False)
    low, high = number_of(lower), number_of(upper)
    found = list(dict.fromkeys(sites(body, variable)))
    if low is None or high is None or body.free - variable.free:
        return behaviour_with_letters(found, variable, lower, upper, tidy)
    between = Between(min(low, high), max(low, high))
    return _between_numbers(body, found, variable, (lower, upper), between, tidy)


def _between_numbers(body: Expression, found: list[Site], variable: Expression, limits: tuple[Expression, Expression],
                     between: Between, tidy: Tidy) -> Behaviour:
    decided = True
    breaks: dict[float, Break] = {}
    for site in found:
        argument = tidy(site.argument)
        where = zeros(argument, variable, between, tidy)
        decided = decided and where.complete
        if site.need in ("not negative", "positive"):
            unreal = _negative_part(site, argument, variable, where.places, limits, between)
            if unreal is not None:
                return Behaviour(unreal=unreal, decided=decided)
        for place in where.places:
            if site.need == "same sign":
                inside = between.low + between.margin < place.value < between.high - between.margin
                if inside and _changes_sign(argument, variable, place, where.places, between):
                    breaks.setdefault(place.value, Break("change", site.part, place))
            elif site.need != "not negative":
                grows = grows_near(body, variable, place.value, between)
                kind: Literal["unbounded", "gap"] = "unbounded" if grows else "gap"
                known = breaks.get(place.value)
                if known is None or known.kind != "unbounded":
                    breaks[place.value] = Break(kind, site.part, _as_limit(place, limits, between))
    return Behaviour(_once(breaks, between), decided=decided)


def _once(breaks: dict[float, Break], between: Between) -> tuple[Break, ...]:
    """In order, each place once: two sites may have found it, rounded differently."""
    result: list[Break] = []
    for value in sorted(breaks):
        if result and value - result[-1].place.value <= between.margin:
            if breaks[value].kind == "unbounded" or not result[-1].place.exact:
                result[-1] = breaks[value]
        else:
            result.append(breaks[value])
    return tuple(result)


def _as_limit(place: Place, limits: tuple[Expression, Expression], between: Between) -> Place:
    """The place, as the limit is written that it is equal to."""
    for limit, value in zip(limits, (number_of(limits[0]), number_of(limits[1])), strict=True):
        if value is not None and abs(place.value - value) <= between.margin:
            return Place(limit, value)
    return place


def _pieces(places: tuple[Place, ...], between: Between) -> list[tuple[float, float]]:
    """The parts of the interval between the places."""
    ends = [between.low, *[place.value for place in places], between.high]
    return [(left, right) for left, right in pairwise(ends) if right - left > between.margin]


def middle_of(left: float, right: float) -> Fraction:
    """A number inside a part of an interval."""
    if math.isinf(left) and math.isinf(right):
        return Fraction(0)
    if math.isinf(left):
        return Fraction(right - max(1.0, abs(right)))
    if math.isinf(right):
        return Fraction(left + max(1.0, abs(left)))
    return (Fraction(left) + Fraction(right)) / 2


def _negative_part(site: Site, argument: Expression, variable: Expression, places: tuple[Place, ...],
                   limits: tuple[Expression, Expression], between: Between) -> Unreal | None:
    for left, right in _pieces(places, between):
        value = value_at(argument, variable, middle_of(left, right))
        if value is not None and value < 0:
            ends = [_named(end, places, limits) for end in (left, right)]
            return Unreal(site.part, *ends)
    return None


def _named(end: float, places: tuple[Place, ...], limits: tuple[Expression, Expression]) -> Expression:
    """The limit or the place that has this value."""
    for limit in limits:
        if number_of(limit) == end:
            return limit
    return next(place.number for place in places if place.value == end)


def _changes_sign(argument: Expression, variable: Expression, place: Place, places: tuple[Place, ...],
                  between: Between) -> bool:
    """Whether an argument has different signs on the two sides of a zero: (x - 1)^2 has not."""
    values = [value_at(argument, variable, middle_of(left, right)) for left, right in _pieces(places, between)
              if place.value in (left, right)]
    return len(values) != 2 or values[0] is None or values[1] is None or values[0] * values[1] < 0


_STEPS = tuple(Fraction(1, 10**each) for each in (4, 6, 8, 10, 12))
_GROWTH = 1.3


@cache
def _numbers() -> Numbers:
    """Made where they are first needed: this imports mpmath, which takes long."""
    return precise(60, real=True)


def value_at(root: Expression, variable: Expression, place: Fraction) -> float | None:
    """The value of an expression in one letter, by many digits; None where it has none."""
    try:
        value = value_of(lowest_table(_numbers(), {variable.value: place}.get), root)
    except Undefined:
        return None
    return float(value)


def grows_near(body: Expression, variable: Expression, place: float, between: Between) -> bool:
    """Whether an expression seems to grow without bound beside a place, on a side that lies in the interval."""
    centre = Fraction(place)
    for side in (-1, 1):
        if not between.low < place + side * float(_STEPS[0]) < between.high and between.has(place) and (
                place - between.margin <= between.low if side < 0 else place + between.margin >= between.high):
            continue
        size = Fraction(max(1.0, abs(place)))
        values = [value_at(body, variable, centre + side * step * size) for step in _STEPS]
        sizes = [abs(value) for value in values if value is not None]
        if any(map(math.isinf, sizes)):  # as e^(1/x) is, which soon has no value that could be worked out
            return True
        if len(sizes) < len(_STEPS):
            continue
        if all(one < other for one, other in pairwise(sizes)) and sizes[-1] > _GROWTH * sizes[0]:
            return True
    return False


# -- symmetry, and one formula of several ------------------------------------------------------------------------------


def is_odd(body: Expression, variable: Expression, tidy: Tidy) -> bool:
    """Whether f(-x) = -f(x), which tidying shows."""
    return tidy(add(body, _mirrored(body, variable))) is ZERO


def is_even(body: Expression, variable: Expression, tidy: Tidy) -> bool:
    """Whether f(-x) = f(x), which tidying shows."""
    return variable.value in body.free and tidy(_mirrored(body, variable)) is tidy(body)


def _mirrored(body: Expression, variable: Expression) -> Expression:
    return substitute(body, variable.value, negate(variable))


def resolved(body: Expression, variable: Expression, lower: Expression, upper: Expression) -> Expression:
    """The integrand as it is between two numbers between which nothing changes: |x| is -x between -2 and -1."""
    low, high = number_of(lower), number_of(upper)
    if low is None or high is None:
        return body
    inside = middle_of(min(low, high), max(low, high))
    made: dict[Expression, Expression] = {}
    for part in postorder([body]):
        args = tuple([made[arg] for arg in part.args])
        made[part] = rebuilt(part, args)
        if part.head == PIECEWISE and variable.value in part.free:
            made[part] = case_at(part, made[part], variable, inside) or made[part]
            continue
        if variable.value not in part.free or (part.head not in CHANGING and part.head not in ("min", "max")):
            continue
        values = [value_at(arg, variable, inside) for arg in args]
        known = [value for value in values if value is not None]
        if len(known) < len(args):
            continue
        made[part] = one_of(part.head, args, known)
    return made[body]


def case_at(part: Expression, made: Expression, variable: Expression, place: Fraction) -> Expression | None:
    """The value of the case that counts at a place, as it is in `made`, the same cases resolved; None where none does,
    or where other letters decide."""
    try:
        case = case_that_counts(lowest_table(_numbers(), {variable.value: place}.get), part)
    except (Undefined, ValueError):
        return None
    return None if case is None else cases_in(made)[cases_in(part).index(case)].value


def one_of(head: str, args: tuple[Expression, ...], values: list[float]) -> Expression:
    """What a function with two formulas is where its arguments have these values."""
    argument, positive = args[0], values[0] > 0
    if head == "abs":
        return argument if positive else negate(argument)
    if head == "sign":
        return ONE if positive else negate(ONE)
    if head == "step":
        return ONE if positive else ZERO
    if head == "relu":
        return argument if positive else ZERO
    return args[values.index((min if head == "min" else max)(values))]
