"""Both sides of a question without their kinks, once for each combination of signs of the arguments.

If |g| and sign(g) stand in both sides, it does not matter where g is 0: the sides agree everywhere if they agree with
g and 1 in their place, and with -g and -1. So there is no need to search for kinks, however many letters there are:

    left, right = parse("d/dx |sin x|"), parse("cos x * sign(sin x)")
    for case in cases_of(left, right, (), sites_of([left, right], kinks), points):
        case.left, case.right           # d/dx [sin(x)] and cos(x)*1, then d/dx [-sin(x)] and cos(x)*-1

A case may be impossible, and then the sides may well differ in it: only the agreement of all of them says something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Any, NamedTuple

from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.relations import related
from tutor.expression.tree import (
    ONE,
    OPEN,
    ZERO,
    E,
    Expression,
    add,
    call,
    divide,
    negate,
    postorder,
    rational,
    rebuilt,
    substitute,
)
from tutor.oracle.conditions import holds_with
from tutor.oracle.evaluate import value_of
from tutor.oracle.functions import KNOWN
from tutor.oracle.impossible import together
from tutor.oracle.losses import JOINED, formula
from tutor.oracle.numbers import precise
from tutor.oracle.pieces import Site, has_kink, kinks
from tutor.oracle.points import Point
from tutor.oracle.table import Table, Undefined

MOST_ARGUMENTS = 5
"""Different arguments; there are twice as many cases with each."""

DIGITS, SAME = 60, 1e-45
"""Two arguments are proportional if their ratio is the same at several points, to so many digits."""


class SignCase(NamedTuple):
    """Both sides as they are where the arguments have certain signs; assumptions: the signs that still matter."""

    left: Expression
    right: Expression
    assumptions: tuple[Expression, ...]


def cases_of(left: Expression, right: Expression, assumptions: Sequence[Expression], sites: Sequence[Site],
             points: Sequence[Point]) -> list[SignCase] | None:
    """Every case that the assumptions (relations) allow; None where there are too many.

    points: where the arguments are compared with each other: 2x + 1 and x + 1/2 have the same sign.
    """
    several = Counter(site.node for site in set(sites))
    resolved_twice = any(count > (len(kinks(part)) if part.head in _COMPARING else 1)
                         for part, count in several.items())
    if resolved_twice:  # the same node with several arguments: inside an `at` or an integral, and outside
        return None
    known = {add(relation.args[0], negate(relation.args[1])): relation.value for relation in assumptions
             if relation.value in _SIGNS}
    factors = {argument: _factors(argument) for argument in (*[site.argument for site in sites], *known)}
    alike = _alike([factor for some in factors.values() for factor in some], points)
    if alike is None and known:  # they are still asked for at each point
        known = {}
        factors = {site.argument: _factors(site.argument) for site in sites}
        alike = _alike([factor for some in factors.values() for factor in some], points)
    if alike is None:
        return None
    return list(_cases(left, right, assumptions, sites, known, factors, alike, points))


def with_points_put_in(root: Expression) -> Expression:
    """An expression with each `at` filled in whose body has nothing to be worked out first, so that a kink in it, seen
    at two points, is two kinks."""
    if not any(part.head == "at" for part in postorder([root])):
        return root
    done: dict[Expression, Expression] = {}
    for part in postorder([root]):
        made = rebuilt(part, tuple([done[arg] for arg in part.args]))
        if made.head == "at" and not any(each.head in OPEN for each in postorder(made.args[:1])):
            made = substitute(made.args[0], made.args[1].value, made.args[2])
        done[part] = made
    return done[root]


def _stays(head: str) -> bool:
    """Whether a kink is left as it is, with the sign of the argument assumed."""
    return head not in _COMPARING and (head not in KNOWN or KNOWN[head].sides is None)


_COMPARING = frozenset(("min", "max", PIECEWISE)) | JOINED
_SIGNS = {"<": -1, "<=": -1, ">": 1, ">=": 1}


def _cases(left: Expression, right: Expression, assumptions: Sequence[Expression], sites: Sequence[Site],
           known: Mapping[Expression, str], factors: Mapping[Expression, list[Expression]],
           alike: Mapping[Expression, Alike], points: Sequence[Point]) -> Iterator[SignCase]:
    kinked = [argument for argument in factors if _is_kinked(argument)]
    plain = [argument for argument in factors if argument not in kinked]
    for signs in product((1, -1), repeat=1 + max((each.number for each in alike.values()), default=-1)):
        sign_of = {argument: prod(alike[factor].sign * (signs[alike[factor].number] if alike[factor].number >= 0 else 1)
                                  for factor in some) for argument, some in factors.items()}
        if any(sign_of[argument] != _SIGNS[relation] for argument, relation in known.items()):
            continue
        if not together(sign_of.items()):
            continue
        if not all(_may_have_its_sign(argument, sign_of, sites, plain, points) for argument in kinked):
            continue
        sides = _resolved(left, sites, sign_of), _resolved(right, sites, sign_of)
        if sides[0] is None or sides[1] is None:
            continue
        assumed = [related(site.argument, ">" if sign_of[site.argument] > 0 else "<")
                   for site in sites if _stays(site.node.head)]
        yield SignCase(sides[0], sides[1], (*assumptions, *dict.fromkeys(assumed)))


def _may_have_its_sign(argument: Expression, sign_of: Mapping[Expression, int], sites: Sequence[Site],
                       plain: Sequence[Expression], points: Sequence[Point]) -> bool:
    """Whether an argument with kinks may have the sign that a case gives it, going by the other signs of the case.

    Where r > d, what stands in the maximum of -d and min(r, d) is -2d, which is negative if d is positive.
    plain: the arguments without kinks.
    """
    without = _resolved(argument, sites, sign_of)
    if without is None:
        return False
    parts = _factors(without)
    alike = _alike([*plain, *parts], points)
    if alike is None:
        return True
    sign = 1
    for part in parts:
        number, ratio = alike[part]
        leader = next((each for each in plain if each in alike and alike[each].number == number), None)
        if number >= 0 and leader is None:
            return True
        sign *= ratio if leader is None or number < 0 else ratio * alike[leader].sign * sign_of[leader]
    return sign == sign_of[argument]


def _factors(argument: Expression) -> list[Expression]:
    """Parts whose signs, multiplied, are the sign of an argument: of x·y those of x and of y."""
    found: list[Expression] = []
    stack = [argument]
    while stack:
        part = stack.pop()
        if part.head in ("product", "quotient"):
            stack.extend(part.args)
        elif part.head == "negation":
            stack.append(part.args[0])
            found.append(_MINUS_ONE)
        elif part.head == "power" and part.args[1].head == "number" and part.args[1].value.__class__ is int:
            stack.extend(part.args[:part.args[1].value % 2])  # an even power is positive
        elif part.head in KNOWN and KNOWN[part.head].factors:
            stack.extend(call(function, part.args[0]) for function in KNOWN[part.head].factors)
        elif not (part.head == "power" and part.args[0] is E) and not (
                part.head in KNOWN and KNOWN[part.head].positive):
            found.append(part)
    return found


_MINUS_ONE = negate(ONE)


class Alike(NamedTuple):
    """Which arguments an argument is a multiple of, so that it changes its sign together with them.

    number: of the class of those arguments, -1 for what has no letters; sign: of the ratio to the first of the class,
    or of the number itself.
    """

    number: int
    sign: int


def _alike(arguments: Sequence[Expression], points: Sequence[Point]) -> dict[Expression, Alike] | None:
    """The class of every argument. None if there are too many, or one has no values to go by or is 0 everywhere.

    An argument with kinks is a class of its own: a - x and a - x - relu(a - 4) are the same at many points.
    """
    tables = [point.table(precise(DIGITS, real=True)) for point in points]
    found: dict[Expression, Alike] = {}
    leaders: list[list[Any]] = []
    for argument in dict.fromkeys(arguments):
        values = [_value(table, argument) for table in (tables if argument.free else tables[:1])]
        known = [value for value in values if value]
        if len(known) < min(2, len(values)):
            return None
        if not argument.free:
            found[argument] = Alike(-1, 1 if known[0] > 0 else -1)
            continue
        values = [None] * len(values) if _is_kinked(argument) else values  # a few points do not see all its pieces
        for number, leader in enumerate(leaders):
            ratios = [value / other for value, other in zip(values, leader, strict=True) if value and other]
            if len(ratios) >= 2 and all(abs(ratio - ratios[0]) <= SAME * abs(ratios[0]) for ratio in ratios):
                found[argument] = Alike(number, 1 if ratios[0] > 0 else -1)
                break
        else:
            found[argument] = Alike(len(leaders), 1)
            leaders.append(values)
            if len(leaders) > MOST_ARGUMENTS:
                return None
    return found


def _is_kinked(argument: Expression) -> bool:
    return any(map(has_kink, postorder([argument])))


def _value(table: Table, argument: Expression) -> Any:
    try:
        return value_of(table, argument)
    except Undefined:
        return None


def _resolved(root: Expression, sites: Sequence[Site], sign_of: Mapping[Expression, int]) -> Expression | None:
    """An expression with every kink as it is where the arguments have these signs; None if they cannot have them."""
    arguments: dict[Expression, list[Expression]] = {}
    for site in sites:
        arguments.setdefault(site.node, []).append(site.argument)
    done: dict[Expression, Expression] = {}
    for part in postorder([root]):
        args = tuple([done[arg] for arg in part.args])
        signs = [sign_of[argument] for argument in arguments.get(part, ())]
        found = rebuilt(part, args) if not signs else (
            _case(part, args, signs) if part.head == PIECEWISE else
            formula(part.head, args, signs) if part.head in JOINED else
            _extreme(part, args, signs) if part.head in _COMPARING else _on_one_side(part, args, signs[0] > 0))
        if found is None:
            return None
        done[part] = found
    return done[root]


def _case(part: Expression, args: tuple[Expression, ...], signs: list[int]) -> Expression:
    """The value of the case that counts, given the sign of each difference that is compared with 0."""
    sign_of = dict(zip(kinks(part), signs, strict=True))
    for case, made in zip(cases_in(part), cases_in(rebuilt(part, args)), strict=True):
        if all(holds_with(relation, sign_of) for relation in case.relations):
            return made.value
    return _NO_VALUE


_NO_VALUE = divide(ONE, ZERO)


def _extreme(part: Expression, args: tuple[Expression, ...], signs: list[int]) -> Expression | None:
    """The arg that is the least or the greatest, given the sign of each difference; None if there is none such."""
    different = list(dict.fromkeys(part.args))
    wins = dict.fromkeys(different, 0)
    for (one, other), sign in zip(combinations(different, 2), signs, strict=True):
        wins[one if (sign > 0) == (part.head == "max") else other] += 1
    best = max(different, key=wins.__getitem__)
    return args[part.args.index(best)] if wins[best] == len(different) - 1 else None


def _on_one_side(part: Expression, args: tuple[Expression, ...], positive: bool) -> Expression:
    sides = KNOWN[part.head].sides if part.head in KNOWN else None
    if sides is None:
        return rebuilt(part, args)
    slope, value = sides[0 if positive else 1]
    terms = [negate(args[0]) if slope < 0 else args[0]] if slope else []
    return add(*terms, *[rational(value)] if value else [])
