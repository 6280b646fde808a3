"""What has to be assumed of the letters in a definite integral so that its integrand breaks nowhere on the way.

    behaviour_with_letters(sites_of_1/x, name("x"), parse("1"), parse("b"), tidy).assumed              # b > 0
    behaviour_with_letters(sites_of_tan(x), name("x"), parse("0"), parse("a"), tidy).assumed           # |a| < pi/2
    behaviour_with_letters(sites_of_1/(x^2 - a^2), name("x"), parse("0"), parse("1"), tidy).assumed    # x^2 - a^2 != 0

Where the limits decide, relations between them are assumed. Where they do not, the relation has the variable of the
integral in it, and is meant for every number between the limits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import holds, sign_of
from tutor.algebra.terms import split
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.relations import COMPARISONS, related
from tutor.expression.tree import (
    INFINITY,
    PI,
    TWO,
    ZERO,
    E,
    Expression,
    add,
    divide,
    multiply,
    negate,
    postorder,
    rational,
    substitute,
)
from tutor.integration.equations import Between, linear, number_of, vanishing_factors
from tutor.integration.sites import Behaviour, Break, Site
from tutor.integration.zeros import Place, symbolic_zeros, zeros
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL
from tutor.oracle.table import Undefined, lowest_table
from tutor.rules.conditions import is_linear, rational_value

Relations = dict[Expression, None]


def behaviour_with_letters(found: Sequence[Site], variable: Expression, lower: Expression, upper: Expression,
                        tidy: Tidy, by_limits: bool = True) -> Behaviour:
    """The course of an integrand with these sites between two limits, where there are letters in it or in them.

    by_limits: whether poles may be kept away by what is assumed of the limits, which is more than is needed.
    """
    look = _Look(variable, lower, upper, tidy, by_limits)
    sure = {tidy(site.argument) for site in found if site.need in ("not negative", "positive")}
    for site in found:
        argument = tidy(site.argument)
        sign = sign_of(argument)
        if sign == "+" or (sign in ("-", "!") and site.need in ("not zero", "same sign")) or (
                sign == "0+" and site.need in ("not negative", "same sign")):
            continue
        if site.need == "same sign":
            look.same_sign(site, argument)
        elif site.need == "not zero":
            factors = dict.fromkeys(tidy(factor) for factor in vanishing_factors(argument))
            for factor in factors:
                if variable.value in factor.free and sign_of(factor) not in ("+", "-", "!") and not (
                        factor in sure and not is_monotonic(factor, variable) and is_never_below_its_ends(
                            factor, variable)):
                    look.not_zero(site, factor)
        elif not look.stays_positive(argument, ">" if site.need == "positive" else ">="):
            return Behaviour(decided=False, without=site.part)
    if by_limits and not _can_all_hold(look.assumed):  # each of them is enough by itself, and less would do
        return behaviour_with_letters(found, variable, lower, upper, tidy, by_limits=False)
    return Behaviour(tuple(look.breaks), assumed=tuple(look.assumed), decided=look.decided)


class _Look:
    """What was found so far of the sites of one integrand."""

    def __init__(self, variable: Expression, lower: Expression, upper: Expression, tidy: Tidy,
                 by_limits: bool) -> None:
        self.variable, self.limits, self.tidy, self.by_limits = variable, (lower, upper), tidy, by_limits
        self.assumed: Relations = {}
        self.breaks: list[Break] = []
        self.decided = True

    def at_limits(self, argument: Expression) -> list[Expression]:
        """What an argument is at the limits; an infinite one is left out."""
        return [self.tidy(substitute(argument, self.variable.value, limit)) for limit in self.limits
                if not _is_infinite(limit)]

    def smallest(self, ends: list[Expression]) -> list[Expression]:
        """Those of two values that have to be positive for both to be so: of a and a + 1 only a."""
        if len(ends) == 2:
            sign = _sign_of_end(self.tidy(add(ends[1], negate(ends[0]))))
            if sign in ("+", "-"):
                return ends[:1] if sign == "+" else ends[1:]
        return ends

    def on_the_way(self, argument: Expression, sign: str) -> None:
        """Assume a relation for every number between the limits."""
        self.assumed[related(argument, sign)] = None

    # -- kinks ---------------------------------------------------------------------------------------------------------

    def same_sign(self, site: Site, argument: Expression) -> None:
        """Whether the formula changes between the limits; nothing is assumed of that."""
        places = symbolic_zeros(argument, self.variable, self.tidy)
        for place in places or ():
            signs = self.signs_beyond(place)
            if "" in signs:
                self.decided = False
            elif signs[0] != signs[1]:
                self.breaks.append(Break("change", site.part, Place(place, number_of(place) or 0.0)))
        self.decided = self.decided and places is not None

    def signs_beyond(self, place: Expression) -> list[str]:
        """The sign of what the limits lie beyond a place, "" where that is not known."""
        ends = [limit if _is_infinite(limit) else self.tidy(add(limit, negate(place))) for limit in self.limits]
        signs = [_sign_of_end(end) for end in ends]
        if "" in signs and sign_of(self.tidy(multiply(*ends))) in ("-", "0-"):  # as of -a and a, whatever a is
            return ["-", "+"]
        return signs

    # -- poles ---------------------------------------------------------------------------------------------------------

    def not_zero(self, site: Site, argument: Expression) -> None:
        """Find where an argument is 0 between the limits, or assume that it is nowhere."""
        places = symbolic_zeros(argument, self.variable, self.tidy)
        if places and all(sign for place in places for sign in self.signs_beyond(place)):
            for place in places:
                signs = self.signs_beyond(place)
                if signs[0] != signs[1]:
                    self.breaks.append(Break("unbounded", site.part, Place(place, number_of(place) or 0.0)))
            return
        lower, upper = [number_of(limit) for limit in self.limits]
        if not self.by_limits:
            self.on_the_way(argument, "!=")
        elif argument.free == self.variable.free and not (lower is None and upper is None):
            self.apart_from_numbers(site, argument)
        elif argument.head in ("sin", "cos"):
            self.within_half_a_turn(site, argument)
        elif is_monotonic(argument, self.variable) and not any(map(_is_infinite, self.limits)):
            self.on_one_side(argument)
        else:
            self.on_the_way(argument, "!=")

    def apart_from_numbers(self, site: Site, argument: Expression) -> None:
        """The zeros are numbers, and so is one of the limits: the other one lies before the next of them."""
        known = [number_of(limit) for limit in self.limits]
        is_periodic = any(FUNCTIONS[part.head].period for part in postorder([argument]) if part.head in FUNCTIONS)
        where = zeros(argument, self.variable, _reach(known, is_periodic), self.tidy)
        if not where.complete or not all(place.exact for place in where.places) or (
                is_periodic and not where.places and None in known):
            self.on_the_way(argument, "!=")
            return
        if None not in known:
            self.breaks += [Break("unbounded", site.part, place) for place in where.places]
            return
        here, letter = (known[0], self.limits[1]) if known[1] is None else (known[1], self.limits[0])
        assert here is not None
        for place in _next_to(here, where.places):
            self.assumed[related(letter, ">" if place.value < here else "<", place.number)] = None

    def within_half_a_turn(self, site: Site, argument: Expression) -> None:
        """Of sin(g) or cos(g), whose g goes from a number to something with letters, the next zeros on both sides."""
        inside = argument.args[0]
        ends = self.at_limits(inside)
        middle = symbolic_zeros(inside, self.variable, self.tidy) if argument.head == "sin" else None
        if middle and self.signs_beyond(middle[0]) in (["-", "+"], ["+", "-"]):
            self.breaks.append(Break("unbounded", site.part, Place(middle[0], number_of(middle[0]) or 0.0)))
            return
        numbers = [number_of(end) for end in ends if not end.free]
        if linear(inside, self.variable, self.tidy)[1] is None or len(ends) != 2 or len(numbers) != 1 or (
                numbers[0] is None):
            self.on_the_way(argument, "!=")
            return
        (other,) = [end for end in ends if end.free]
        first = 0.0 if argument.head == "sin" else math.pi / 2
        turns = (numbers[0] - first) / math.pi
        nearest = round(turns)
        at_zero = abs(turns - nearest) < _CLOSE
        before, after = (nearest - 1, nearest + 1) if at_zero else (math.floor(turns), math.ceil(turns))
        shift = ZERO if argument.head == "sin" else divide(PI, TWO)
        factor, core = split(other)
        for sign, count in (("<", before), (">", after)):
            place = self.tidy(divide(add(multiply(rational(count), PI), shift), rational(factor)))
            wanted = ">" if (sign == "<") == (factor > 0) else "<"
            self.assumed[related(core, wanted, place)] = None

    def on_one_side(self, argument: Expression) -> None:
        """An argument that only grows, or only falls, is 0 nowhere between if it has the same sign at both limits."""
        ends = self.at_limits(argument)
        signs = [_sign_of_end(end) for end in ends]
        if "" not in signs and signs[0] != signs[1] and "0" not in signs:
            self.on_the_way(argument, "!=")  # never true, and said so
        if "0" in signs:  # the place is a limit, and the other one lies where it should
            places = symbolic_zeros(argument, self.variable, self.tidy)
            at_lower = signs[0] == "0"
            if places:
                beyond = self.tidy(add(self.limits[1 if at_lower else 0], negate(places[0])))
                self.assumed[related(beyond, ">" if at_lower else "<")] = None
            return
        for sign, other in ((signs[0], ends[1]), (signs[1], ends[0])):
            if sign in ("+", "-"):
                self.assumed[related(other, ">" if sign == "+" else "<")] = None
                return
        self.assumed |= dict.fromkeys([related(end, ">") for end in self.smallest(ends)])

    # -- ends of the domain --------------------------------------------------------------------------------------------

    def stays_positive(self, argument: Expression, sign: str) -> bool:
        """Assume that an argument is positive, or not negative, all the way; False if it is not so at a limit."""
        assumed: Relations = {}
        ends = self.at_limits(argument)
        smallest = self.smallest(ends)
        for there in ends:
            relation = related(there, sign)
            if holds(relation) is False and there is not ZERO:
                return False
            if sign_of(there) not in ("+", "0+", "0") and there in smallest:
                assumed[relation] = None
        grows_there = not any(map(_is_infinite, self.limits)) or self.grows_at_infinity(argument)
        if is_never_below_its_ends(argument, self.variable) and grows_there:
            self.assumed |= assumed
        else:
            self.on_the_way(argument, sign)
        return True

    def grows_at_infinity(self, argument: Expression) -> bool:
        """Whether a linear argument is positive towards each infinite limit."""
        slope = linear(argument, self.variable, self.tidy)[1]
        wanted = ["+" if limit is INFINITY else "-" for limit in self.limits if _is_infinite(limit)]
        return slope is not None and all(sign_of(slope) == sign for sign in wanted)


_CLOSE = 1e-9
_SEARCHED = 50.0
"""So far beyond a limit that is a number the next zero of something periodic is looked for."""


def _reach(known: Sequence[float | None], is_periodic: bool) -> Between:
    """Where to look: between the limits, or all around the only one that is known."""
    values = [value for value in known if value is not None]
    if len(values) == len(known):
        return Between(min(values), max(values))
    if is_periodic and math.isfinite(values[0]):
        return Between(values[0] - _SEARCHED, values[0] + _SEARCHED)
    return Between(-math.inf, math.inf)


def _next_to(value: float, places: Sequence[Place]) -> Iterator[Place]:
    """The last of the places before a number, and the first behind it."""
    before = [place for place in places if place.value < value - _CLOSE]
    behind = [place for place in places if place.value > value + _CLOSE]
    yield from before[-1:]
    yield from behind[:1]


def is_monotonic(part: Expression, variable: Expression) -> bool:
    """Whether an expression plainly only grows, or only falls, where it has values: a*x + b, e^x - a, ln(2*x), x^3."""
    letter = variable.value
    if part is variable:
        return True
    varying = [arg for arg in part.args if letter in arg.free]
    if len(varying) != 1:
        return False
    head, (inside,) = part.head, varying
    if head in ("negation", "sum", "product"):
        return is_monotonic(inside, variable)
    if head == "quotient":
        return inside is part.args[0] and is_monotonic(inside, variable)
    if head == "power":
        exponent = rational_value(part.args[1])
        grows = part.args[0] is E if inside is part.args[1] else exponent is not None and exponent > 0 and (
            exponent.numerator % 2 == 1)
        return grows and is_monotonic(inside, variable)
    function = FUNCTIONS.get(head)
    return (head == "exp" or (function is not None and bool(function.monotonic) and len(function.domain) == 1)) and (
        is_monotonic(inside, variable))


def is_never_below_its_ends(part: Expression, variable: Expression) -> bool:
    """Whether an expression is nowhere between two numbers smaller than at both: one that only grows or falls, or one
    that bends down, as a^2 - x^2 does."""
    if is_monotonic(part, variable):
        return True
    if part.head != "sum":
        return False
    varying = [term for term in part.args if variable.value in term.free]
    bent = [term for term in varying if not is_linear(term, variable.value)]
    return all(_is_minus_a_square(term, variable) for term in bent)


def _is_minus_a_square(term: Expression, variable: Expression) -> bool:
    """Whether a term is -x^2, or that times a positive factor."""
    if term.head != "negation":
        return False
    factors = term.args[0].args if term.args[0].head == "product" else term.args
    varying = [factor for factor in factors if variable.value in factor.free]
    return len(varying) == 1 and varying[0].head == "power" and varying[0].args[0] is variable and (
        rational_value(varying[0].args[1]) == 2) and all(
            sign_of(factor) in ("+", "0+") for factor in factors if factor is not varying[0])


_TRIED = (0.5, -0.5, 2.0, -2.0, 7.0, -7.0, 1.2, -1.2, 3.0, -3.0, 4.0, -4.0, 5.5, -5.5, 0.1, -0.1)
_FEW = 6


def _can_all_hold(relations: Iterable[Expression]) -> bool:
    """Whether there are numbers for the letters, among a few, with which all of the relations hold."""
    listed = list(relations)
    letters = sorted({letter for relation in listed for letter in relation.free})
    if len(listed) < 2 or len(letters) > _MOST_LETTERS:
        return True
    tried = _TRIED if len(letters) < _MOST_LETTERS else _TRIED[:_FEW]
    return any(all(_holds_for(relation, dict(zip(letters, numbers, strict=True))) for relation in listed)
               for numbers in product(tried, repeat=len(letters)))


_MOST_LETTERS = 3


def _holds_for(relation: Expression, numbers: Mapping[str, float]) -> bool:
    table = lowest_table(REAL, numbers.get)
    try:
        left, right = [value_of(table, side) for side in relation.args]
    except Undefined:
        return False
    return COMPARISONS[relation.value](left, right)


def _is_infinite(limit: Expression) -> bool:
    return INFINITY in postorder([limit])


def _sign_of_end(end: Expression) -> str:
    if end is INFINITY:
        return "+"
    if _is_infinite(end):
        return "-"
    value = number_of(end) if not end.free else None
    if value is not None:
        return "+" if value > 0 else "-" if value < 0 else "0"
    found = sign_of(end)
    return found if found in ("+", "-") else ""
