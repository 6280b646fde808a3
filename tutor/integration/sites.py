"""The parts of an integrand that may break as its variable goes on, and what is told of such breaks.

    [site.need for site in sites(parse("ln(x)/(x - 3)"), name("x"))]        # "positive", of x; "not zero", of x - 3
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Literal, NamedTuple

from tutor.algebra.signs import sign_of
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.tree import E, Expression, add, call, negate, postorder, rational
from tutor.integration.zeros import Place
from tutor.oracle.conditions import joints_of
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
    elif head == PIECEWISE:
        for relation in (relation for case in cases_in(part) for relation in case.relations):
            for joint in joints_of(relation):
                yield Site(part, joint, "same sign")
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
