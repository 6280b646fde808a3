"""Integrals of functions that are another formula on the other side of a place: e^|x|, x*sign(x - 1), max(x, 1)^2.

    next(kinks(integrand)).rule.name        # of int abs(x - 1)*x dx: "sign_in_front", x*(x - 1) with the sign of x - 1
    next(kinks(integrand)).rule.name        # of int e^abs(x) dx: "distance_from_kink"
    next(kinks(integrand)).rule.name        # of int max(x, 1)^2 dx: "pieces_that_meet"

The pieces of an antiderivative have to meet at these places, or it is none. Each proposal is continuous by its form.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from tutor.algebra.signs import sign_of
from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.tree import (
    ZERO,
    Expression,
    add,
    call,
    divide,
    multiply,
    name,
    negate,
    node,
    postorder,
    power,
    rational,
    rebuilt,
    replace,
    substitute,
)
from tutor.integration.equations import Between, linear, number_of
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.intervals import case_at, middle_of, one_of, value_at
from tutor.integration.sites import CHANGING
from tutor.integration.zeros import exact_zeros
from tutor.oracle.conditions import joints_of
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance

MOST_KINKS = 4


class Pieces(NamedTuple):
    """An integrand without kinks between its kinks. places: from left to right; formulas: one more than places."""

    places: tuple[Expression, ...]
    formulas: tuple[Expression, ...]


def kinks(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """What makes the pieces of an antiderivative meet."""
    without_roots = _roots_as_powers(integrand)
    if without_roots is not None:
        yield without_roots
        return
    parts = [part for part in postorder([integrand.body]) if integrand.varies(part) and (
        part.head in CHANGING or part.head in ("min", "max", PIECEWISE))]
    if not parts:
        return
    pieces = _pieces(integrand, parts)
    if pieces is None:
        yield Refusal("Where it changes its formula could not be found exactly, or there are too many such places.")
        return
    if pieces.places and not _begins_with_logarithm(integrand, pieces):
        proposal = _sign_in_front(integrand, pieces, parts) or _by_distance(integrand, pieces) or _meeting(
            integrand, pieces)
        if proposal is not None:
            yield proposal


def _roots_as_powers(integrand: Integrand) -> RuleInstance | None:
    """The integrand with x^(3/2) for sqrt(x^3), and with x^(2/3) for cbrt(x^2). sqrt(x^2) is |x|, and no such power."""
    changes = {}
    for part in postorder([integrand.body]):
        index = _ROOTS.get(part.head)
        inside = part.args[0] if index else part
        if index is None or inside.head != "power" or inside.args[0] is not integrand.variable:
            continue
        times = rational_value(inside.args[1])
        if times is not None and times.denominator == 1 and times > 0 and (index % 2 or times % 2 or times % 4 == 0):
            changes[part] = power(inside.args[0], rational(Fraction(times) / index))
    if not changes:
        return None
    return integrand.rewritten("root_of_power_as_power", integrand.tidy(replace(integrand.body, changes)))


_ROOTS = {"sqrt": 2, "cbrt": 3}


# -- the pieces --------------------------------------------------------------------------------------------------------


def _arguments(part: Expression) -> list[Expression]:
    """What is 0 where a part changes its formula."""
    if part.head in CHANGING:
        return [part.args[0]]
    if part.head == PIECEWISE:
        return [joint for case in cases_in(part) for relation in case.relations for joint in joints_of(relation)]
    return [add(one, negate(other)) for one, other in combinations(dict.fromkeys(part.args), 2)]


def _pieces(integrand: Integrand, parts: Sequence[Expression]) -> Pieces | None:
    """The formulas of an integrand; None where its kinks cannot be found exactly."""
    variable, tidy = integrand.variable, integrand.tidy
    arguments = [tidy(argument) for part in parts for argument in _arguments(part)]
    if any(each.free - variable.free for each in arguments):
        return _two_pieces(integrand, arguments)
    found: dict[float, Expression] = {}
    for argument in dict.fromkeys(arguments):
        if integrand.varies(argument):
            places = exact_zeros(argument, variable, Between(-math.inf, math.inf), tidy)
            if places is None:
                return None
            found |= {place.value: place.number for place in places}
    if len(found) > MOST_KINKS:
        return None
    ends = [-math.inf, *sorted(found), math.inf]
    formulas = []
    for left, right in pairwise(ends):
        middle = middle_of(left, right)
        formula = _formula(integrand, {part: value_at(part, variable, middle) for part in _inside(parts)}, middle)
        if formula is None:
            return None
        formulas.append(formula)
    return Pieces(tuple(found[value] for value in sorted(found)), tuple(formulas))


def _inside(parts: Sequence[Expression]) -> list[Expression]:
    """All that stands directly inside of some parts."""
    return list(dict.fromkeys(arg for part in parts if part.head != PIECEWISE for arg in part.args))


def _two_pieces(integrand: Integrand, arguments: Sequence[Expression]) -> Pieces | None:
    """Both formulas of an integrand with letters, whose kinks are at one place: |x - a|."""
    variable, tidy = integrand.variable, integrand.tidy
    signs: dict[Expression, int] = {}
    places: dict[Expression, None] = {}
    for argument in arguments:
        shift, slope = linear(argument, variable, tidy)
        if shift is None or slope is None or sign_of(slope) not in ("+", "-"):
            return None
        signs[argument] = 1 if sign_of(slope) == "+" else -1
        places[tidy(negate(divide(shift, slope)))] = None
    if len(places) != 1:
        return None
    if any(part.head in ("min", "max", PIECEWISE) for part in postorder([integrand.body])):
        return None
    values = [{argument: float(side * sign) for argument, sign in signs.items()} for side in (-1, 1)]
    left, right = [_formula(integrand, {part.args[0]: each[tidy(part.args[0])] for part in postorder([integrand.body])
                                        if part.head in CHANGING and tidy(part.args[0]) in each}) for each in values]
    return None if left is None or right is None else Pieces(tuple(places), (left, right))


def _formula(integrand: Integrand, values: Mapping[Expression, float | None],
             place: Fraction | None = None) -> Expression | None:
    """The integrand where the arguments of its kinks have these values; None if one has no value there.

    place: where that is, for cases.
    """
    made: dict[Expression, Expression] = {}
    for part in postorder([integrand.body]):
        args = tuple([made[arg] for arg in part.args])
        made[part] = rebuilt(part, args)
        if part.head == PIECEWISE and integrand.varies(part):
            found = None if place is None else case_at(part, made[part], integrand.variable, place)
            if found is None:
                return None
            made[part] = found
        elif integrand.varies(part) and (part.head in CHANGING or part.head in ("min", "max")):
            known = [value for arg in part.args if (value := values.get(arg)) is not None]
            if len(known) < len(args):
                return None
            made[part] = one_of(part.head, args, known)
    return integrand.tidy(made[integrand.body])


def _begins_with_logarithm(integrand: Integrand, pieces: Pieces) -> bool:
    """Whether there is a logarithm of 0 at a kink, as in ln|x|: there is no value there with which to begin."""
    letter, tidy = integrand.variable.value, integrand.tidy
    return any(part.head in ("ln", "log") and tidy(substitute(part.args[0], letter, place)) is ZERO
               for place in pieces.places for part in postorder(pieces.formulas))


# -- how they meet -----------------------------------------------------------------------------------------------------


def _sign_in_front(integrand: Integrand, pieces: Pieces, parts: Sequence[Expression]) -> RuleInstance | None:
    """Where all formulas are one, with the one or the other sign: the integral of x*|x - 1| is that of x*(x - 1) with
    the sign of x - 1, but for a constant on each side that closes the gap."""
    variable, tidy = integrand.variable, integrand.tidy
    formula = pieces.formulas[-1]
    opposite = tidy(negate(formula))
    signs = [1 if each is formula else -1 if each is opposite else 0 for each in pieces.formulas]
    if 0 in signs or -1 not in signs:
        return None
    changing = [place for place, (left, right) in zip(pieces.places, pairwise(signs), strict=True) if left != right]
    beyond = [tidy(add(variable, negate(place))) for place in changing]
    insides = {part.args[0] for part in parts if part.head in ("abs", "sign")}
    front = beyond[0] if len(beyond) == 1 else tidy(multiply(*insides)) if len(insides) == 1 else multiply(*beyond)
    integral = node("integral", (formula, variable))
    terms = [multiply(call("sign", front), integral)]
    for index, (place, distance) in enumerate(zip(changing, beyond, strict=True)):
        if _has_pole(formula, variable, place):
            continue  # the sides need not meet there
        there = node("at", (integral, variable, place))
        is_rising = (len(changing) - index) % 2 == 1  # behind the last change the sign is +
        term = multiply(call("sign", distance), there)
        terms.append(negate(term) if is_rising else term)
    return integrand.computed("sign_in_front", add(*terms), {"g": formula, "h": front})


def _has_pole(formula: Expression, variable: Expression, place: Expression) -> bool:
    """Whether a formula grows so fast near a place that there is no area up to it: as 1/|x| does, and not 1/sqrt(|x|).

    Other letters are given a number for that.
    """
    letters = (formula.free | place.free) - variable.free
    numbers = {name(letter): rational(_SOME) for letter in letters}
    here = number_of(replace(place, numbers))
    if here is None:
        return True
    sizes = []
    for distance in _DISTANCES:
        value = value_at(replace(formula, numbers), variable, Fraction(here) + distance)
        if value is None:
            return True
        sizes.append(abs(value) * float(distance))
    return sizes[1] > _LEAST and sizes[1] > sizes[0] / 2


_SOME = Fraction(7, 10)
_DISTANCES = (Fraction(1, 10**6), Fraction(1, 10**9))
_LEAST = 1e-8


def _by_distance(integrand: Integrand, pieces: Pieces) -> RuleInstance | None:
    """Where the integrand is a function of the distance from its one kink, perhaps with another sign on the left."""
    if len(pieces.places) != 1:
        return None
    variable, fresh, tidy = integrand.variable, integrand.fresh, integrand.tidy
    (place,) = pieces.places
    left, right = [tidy(substitute(formula, variable.value, add(place, side)))
                   for formula, side in zip(pieces.formulas, (negate(fresh), fresh), strict=True)]
    beyond = tidy(add(variable, negate(place)))
    integral = node("integral", (right, fresh))
    there = node("at", (integral, fresh, call("abs", beyond)))
    slots = {"g": right, "c": place, "t": fresh}
    if left is right and not _has_pole(right, fresh, ZERO):
        beginning = node("at", (integral, fresh, ZERO))
        return integrand.computed("distance_from_kink", multiply(call("sign", beyond), add(there, negate(beginning))),
                                  slots)
    if left is tidy(negate(right)):
        return integrand.computed("opposite_on_both_sides", there, slots)
    return None


def _meeting(integrand: Integrand, pieces: Pieces) -> RuleInstance | None:
    """The formula on the left, and from each kink on what is added to it."""
    variable, fresh, tidy = integrand.variable, integrand.fresh, integrand.tidy
    terms = [node("integral", (pieces.formulas[0], variable))] if pieces.formulas[0] is not ZERO else []
    added = []
    for place, (before, behind) in zip(pieces.places, pairwise(pieces.formulas), strict=True):
        beyond = tidy(add(variable, negate(place)))
        more = tidy(substitute(add(behind, negate(before)), variable.value, add(place, fresh)))
        if more is not ZERO:
            added.append(more)
            terms.append(node("at", (node("integral", (more, fresh)), fresh, call("relu", beyond))))
    if not added:
        return None
    return integrand.computed("pieces_that_meet", add(*terms), {
        "g": pieces.formulas[0], "h": added[0], "c": pieces.places[0], "t": fresh})
