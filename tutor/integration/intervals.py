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
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from typing import Literal, NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import holds, sign_of
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.relations import related
from tutor.expression.tree import (
    INFINITY,
    ONE,
    ZERO,
    E,
    Expression,
    add,
    call,
    multiply,
    negate,
    postorder,
    rational,
    rebuilt,
    substitute,
)
from tutor.integration.equations import Between, number_of
from tutor.integration.zeros import Place, symbolic_zeros, zeros
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import Numbers, precise
from tutor.oracle.table import Undefined, lowest_table
from tutor.rules.conditions import is_integer, rational_value

Need = Literal["not zero", "not negative", "positive", "same sign"]
"""What has to be true of an argument: that it is not 0; 0 or more; more than 0; that it does not change its sign, since
another formula begins there."""


class Site(NamedTuple):
    """A part of an integrand that has a value, or one formula, only where its argument is as it has to be."""

    part: Expression
    argument: Expression
    need: Need


class Break(NamedTuple):
    """A place in the interval, ends included, where an integrand grows without bound, has a gap or begins another
    formula; part: because of which part."""

    kind: Literal["unbounded", "gap", "change"]
    part: Expression
    place: Place


class Unreal(NamedTuple):
    """A part of an integrand that has no real value between two numbers."""

    part: Expression
    lower: Expression
    upper: Expression


class Behaviour(NamedTuple):
    """What an integrand does between the limits.

    breaks: from left to right; unreal: a part without real values, if there is one; assumed: relations between letters
    under which nothing breaks; decided: whether there is surely nothing else; without: a part that has no real
    value at a limit or, as (x + 1)^n at x = -2, has one for some values of its letters only.
    """

    breaks: tuple[Break, ...] = ()
    unreal: Unreal | None = None
    assumed: tuple[Expression, ...] = ()
    decided: bool = True
    without: Expression | None = None

    @property
    def unbounded(self) -> tuple[Break, ...]:
        return tuple(each for each in self.breaks if each.kind == "unbounded")

    @property
    def changes(self) -> tuple[Break, ...]:
        return tuple(each for each in self.breaks if each.kind == "change")


def sites(body: Expression, variable: Expression) -> Iterator[Site]:
    """The parts of an integrand that may break as the variable goes on."""
    for part in postorder([body]):
        if variable.value in part.free:
            for site in _sites_of(part):
                if variable.value in site.argument.free:
                    yield site


def _sites_of(part: Expression) -> Iterator[Site]:
    head, args = part.head, part.args
    if head == "quotient":
        yield Site(part, args[1], "not zero")
    elif head == "power":
        yield from _sites_of_power(part)
    elif head == "log":
        yield Site(part, args[0], "positive")
    elif head in ("min", "max"):
        for one, other in combinations(dict.fromkeys(args), 2):
            yield Site(part, add(one, negate(other)), "same sign")
    elif head in FUNCTIONS and len(args) == 1:
        yield from _sites_of_function(part)


def _sites_of_power(part: Expression) -> Iterator[Site]:
    base, exponent = part.args
    if base is E:
        return
    value = rational_value(exponent)
    if value is None:
        if sign_of(base) != "+":
            yield Site(part, base, "positive")
    elif value < 0:
        yield Site(part, base, "not zero" if Fraction(value).denominator % 2 else "positive")
    elif not is_integer(exponent) and Fraction(value).denominator % 2 == 0:
        yield Site(part, base, "not negative")


def _sites_of_function(part: Expression) -> Iterator[Site]:
    function, argument = FUNCTIONS[part.head], part.args[0]
    if function.poles_at_zeros_of:
        yield Site(part, call(function.poles_at_zeros_of, argument), "not zero")
    for place in (*function.jumps, *(function.kinks if part.head in CHANGING else ())):
        yield Site(part, argument if place == "0" else add(argument, negate(rational(Fraction(place)))), "same sign")
    if function.jumps:
        return
    domain = function.domain
    if len(domain) == 1:
        low, high, has_low, has_high, _ = domain[0]
        if low is not None:
            inside = argument if low == 0 else add(argument, rational(-low))
            yield Site(part, inside, "not negative" if has_low else "positive")
        if high is not None:
            yield Site(part, add(rational(high), negate(argument)), "not negative" if has_high else "positive")
        return
    for left, right in pairwise(domain):
        if left.high == right.low:
            assert left.high is not None
            yield Site(part, argument if left.high == 0 else add(argument, rational(-left.high)), "not zero")
        else:  # a gap around 0, as in the domain of the arcsecant
            assert right.low is not None
            outside = add(call("abs", argument), negate(rational(right.low)))
            yield Site(part, outside, "not negative" if right.has_low else "positive")


CHANGING = frozenset(("abs", "sign", "step", "relu"))
"""Functions that are another formula on either side of 0."""


def behaviour(body: Expression, variable: Expression, lower: Expression, upper: Expression, tidy: Tidy) -> Behaviour:
    """What is known of a tidy integrand between two limits, the lower of them the smaller one where both are known."""
    if any(part.head in ("integral", "derivative", "at", "application", "defined") for part in postorder([body])):
        return Behaviour(decided=False)
    low, high = number_of(lower), number_of(upper)
    found = list(dict.fromkeys(sites(body, variable)))
    if low is None or high is None or body.free - variable.free:
        return _with_letters(found, variable, lower, upper, tidy)
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


# -- with letters ------------------------------------------------------------------------------------------------------


def _with_letters(found: list[Site], variable: Expression, lower: Expression, upper: Expression,
                  tidy: Tidy) -> Behaviour:
    """What has to be assumed of the letters so that nothing breaks, where the arguments are linear."""
    assumed: dict[Expression, None] = {}
    breaks: list[Break] = []
    decided = True
    for site in found:
        argument = tidy(site.argument)
        sign = sign_of(argument)
        if sign == "+" or (sign in ("-", "!") and site.need in ("not zero", "same sign")) or (
                sign == "0+" and site.need in ("not negative", "same sign")):
            continue
        if site.need in ("not zero", "same sign"):
            places = symbolic_zeros(argument, variable, tidy)
            if places is None:
                decided = False
                continue
            for place in places:
                ends = [_beyond(limit, place, tidy) for limit in (lower, upper)]
                signs = [_sign_of_end(end) for end in ends]
                if "" in signs and sign_of(tidy(multiply(*ends))) in ("-", "0-"):  # as of -a and a, whatever a is
                    signs = ["-", "+"]
                if "" in signs and site.need == "same sign":
                    decided = False
                elif "" in signs:
                    assumed |= dict.fromkeys(_on_one_side(ends, signs))
                elif signs[0] != signs[1]:
                    kind: Literal["change", "unbounded"] = "change" if site.need == "same sign" else "unbounded"
                    breaks.append(Break(kind, site.part, Place(place, number_of(place) or 0.0)))
            continue
        for limit in (lower, upper):
            if INFINITY in postorder([limit]):
                decided = False
                continue
            there = tidy(substitute(argument, variable.value, limit))
            relation = related(there, ">" if site.need == "positive" else ">=")
            if holds(relation) is False and there is not ZERO:
                return Behaviour(decided=False, without=site.part)
            if sign_of(there) not in ("+", "0+", "0"):
                assumed[relation] = None
        if symbolic_zeros(argument, variable, tidy) is None:
            decided = False
    return Behaviour(tuple(breaks), assumed=tuple(assumed), decided=decided)


def _beyond(limit: Expression, place: Expression, tidy: Tidy) -> Expression:
    """How far a limit lies above a place; an infinite one stays as it is."""
    return limit if INFINITY in postorder([limit]) else tidy(add(limit, negate(place)))


def _sign_of_end(end: Expression) -> str:
    if end is INFINITY:
        return "+"
    if INFINITY in postorder([end]):
        return "-"
    value = number_of(end) if not end.free else None
    if value is not None:
        return "+" if value > 0 else "-" if value < 0 else "0"
    found = sign_of(end)
    return found if found in ("+", "-") else ""


def _on_one_side(ends: list[Expression], signs: list[str]) -> Iterator[Expression]:
    """Relations under which both limits lie on the same side of a place: above it, if nothing is known of either."""
    if "0" in signs:  # the place is a limit, and the other one lies where it should
        at_lower = signs[0] == "0"
        yield related(ends[1] if at_lower else ends[0], ">" if at_lower else "<")
        return
    for sign, other in ((signs[0], ends[1]), (signs[1], ends[0])):
        if sign in ("+", "-"):
            yield related(other, ">" if sign == "+" else "<")
            return
    yield from [related(end, ">") for end in ends]


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
        if variable.value not in part.free or (part.head not in CHANGING and part.head not in ("min", "max")):
            continue
        values = [value_at(arg, variable, inside) for arg in args]
        known = [value for value in values if value is not None]
        if len(known) < len(args):
            continue
        made[part] = _one_of(part.head, args, known)
    return made[body]


def _one_of(head: str, args: tuple[Expression, ...], values: list[float]) -> Expression:
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
