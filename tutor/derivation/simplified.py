"""Assumptions as they are shown: short, none of them always true, none that follows from the others.

    simplified([parse("2*x^2 != 0"), parse("sqrt(x) != 0")], Tidy(Style()))        # (x != 0,)
    simplified([parse("x^2 + 1 > 0"), parse("-3*x > 0")], Tidy(Style()))           # (x < 0,)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import holds, sign_of
from tutor.algebra.sums import common
from tutor.algebra.terms import Exponent, Style, content, negated, reduced, scaled, split
from tutor.algebra.writing import in_book_order, written
from tutor.derivation.bounds import between_bounds
from tutor.expression.known_functions import FUNCTIONS, Function
from tutor.expression.relations import not_zero, related
from tutor.expression.tree import (
    ONE,
    ZERO,
    E,
    Expression,
    I,
    add,
    multiply,
    negate,
    node,
    number,
    postorder,
    power,
    rational,
)
from tutor.oracle.existence import empty_table, holds_there

MOST_COMPARED = 40
"""The most relations that are searched for ones that follow from others."""


def simplified(relations: Iterable[Expression], tidy: Tidy) -> tuple[Expression, ...]:
    """The relations that are not plainly true, each once, split into short ones, without those that others imply."""
    found: dict[Expression, None] = {}
    table, signs = empty_table(), dict[Expression, str]()
    for relation in relations:
        if relation.value in ("<", ">") and I in postorder([relation]):
            continue  # complex numbers have no order
        if holds(relation, signs=signs) is not True and holds_there(relation, table) is not True:
            found.update(dict.fromkeys(_split(relation, tidy)))
    kept = _joined([each for each in found
                    if holds(each, signs=signs) is not True and holds_there(each, table) is not True])
    kept = list(between_bounds(kept))
    for each in list(kept) if len(kept) <= MOST_COMPARED else ():
        others = [other for other in kept if other is not each]
        if holds(each, _signs(others, tidy)):
            kept = others
    return tuple(kept)


def _joined(relations: Sequence[Expression]) -> list[Expression]:
    """The relations with equal sums written in one way, and what two of them say of one expression said in one.

    x - 1 != 0 is 1 - x != 0, and x >= 0 together with x != 0 is x > 0.
    """
    first: dict[frozenset[Expression], Expression] = {}
    for each in relations:
        if not _excludes_zero(each):
            first.setdefault(_terms(each.args[0]), each.args[0])
    found: dict[Expression, None] = {}
    for each in relations:
        left, right = each.args
        same = first.get(_terms(left))
        if same is None and _excludes_zero(each):
            same = first.get(frozenset(map(negated, _terms(left))))
        found[related(same or first.setdefault(_terms(left), left), each.value, right)] = None
    positive = {each.args[0] for each in found
                if _excludes_zero(each) and related(each.args[0], ">=") in found}
    return list(dict.fromkeys(
        related(each.args[0], ">") if each.args[0] in positive and (
            _excludes_zero(each) or each is related(each.args[0], ">=")) else each for each in found))


def _excludes_zero(relation: Expression) -> bool:
    return relation.value == "!=" and relation.args[1] is ZERO


def _terms(total: Expression) -> frozenset[Expression]:
    return frozenset(total.args if total.head == "sum" else (total,))


def _split(root: Expression, tidy: Tidy) -> Iterator[Expression]:
    """A relation as shorter ones that hold together exactly where it does."""
    left, right = [node("abs", (tidy(side.args[0]),)) if side.head == "abs" else tidy(side) for side in root.args]
    if left.head == "abs" and left.args[0].head == "quotient" and sign_of(left.args[0].args[1]) in ("+", "0+"):
        above, below = left.args[0].args  # |x/2| <= 1 is |x| <= 2
        left, right = node("abs", (above,)), tidy(multiply(right, below))
    if right is not ZERO and root.value in ("!=", ">", "<"):
        difference = tidy(add(left, negate(right)))
        if difference.head != "sum" and difference.free:  # x^2 + 1 > 1 is x^2 > 0
            left, right = difference, ZERO
    if right is ZERO and sign_of(left) in _NEVER.get(root.value, ()):
        yield related(left, root.value, right)  # as a whole, since no part of it says that it cannot be
    elif right is ZERO and root.value == "<":
        yield from _positive(left, tidy, -1)
    elif right is not ZERO or root.value not in ("!=", ">"):
        yield related(left, root.value, right)
    elif root.value == "!=":
        yield from _not_zero(left, tidy)
    else:
        yield from _positive(left, tidy)


_NEVER = {">": ("-", "0-", "0"), "<": ("+", "0+", "0")}
"""The signs with which an expression is never on that side of 0."""


def _not_zero(root: Expression, tidy: Tidy) -> Iterator[Expression]:
    """Relations that say where an expression is not 0: none of its factors is. A denominator is not 0 anyway."""
    if root.head == "sum":
        yield from _base_not_zero(root, tidy)
        return
    view = tidy.views.of(root)
    if not view.coefficient:
        yield not_zero(root)
        return
    for base, exponent in view.powers.items():
        base = view.faces.get(base, base)
        if isinstance(exponent, Expression):
            if base is not E:
                yield not_zero(base)
        elif exponent > 0:
            yield from _base_not_zero(base, tidy)


def _base_not_zero(base: Expression, tidy: Tidy) -> Iterator[Expression]:
    function = FUNCTIONS.get(base.head, _UNKNOWN)
    if function.is_never_zero or sign_of(base) in ("+", "-"):
        return
    if function.zeros is not None and function.zeros.high == 0:  # at 0, or wherever the argument is not positive
        yield from (_not_zero if function.only_zero == 0 else _positive)(base.args[0], tidy)
    elif function.only_zero is not None:
        yield related(base.args[0], "!=", rational(function.only_zero))
    elif base.head == "sum":
        common, rest = _common_factors(base, tidy)
        for factor in common:
            yield not_zero(factor)
        turned = in_book_order([negated(term) for term in rest.args], tidy.views) if rest.head == "sum" else rest
        yield not_zero(turned if turned.size < rest.size else rest)
    else:
        yield not_zero(base)


_UNKNOWN = Function("function of which nothing is known")

_ZERO_OR_POSITIVE = frozenset(
    name for name, function in FUNCTIONS.items() if function.sign == "0+" and function.only_zero is not None)


def _common_factors(total: Expression, tidy: Tidy) -> tuple[list[Expression], Expression]:
    """The letters that every term of a sum has as a factor, and what is left without them and without a number."""
    views = tidy.views
    seen = [views.of(term) for term in total.args]
    shared: dict[Expression, Exponent] = {
        base: exponent for base, exponent in sorted(common(seen).items(), key=lambda pair: str(pair[0]))
        if base.head == "name" and isinstance(exponent, int) and exponent > 0}
    if shared:
        total = in_book_order([written(views.without(view, shared), views) for view in seen], views)
    return list(shared), _without_number(total)


def _without_number(total: Expression) -> Expression:
    """2x + 4 as x + 2: only its sign counts."""
    terms = [split(term) for term in total.args]
    shared = content([value for value, _ in terms]) if total.head == "sum" else 1
    if shared in (0, 1):
        return total
    return add(*[scaled(core, reduced(value / Fraction(shared)), Style()) for value, core in terms])


def _positive(root: Expression, tidy: Tidy, sign: int = 1) -> Iterator[Expression]:
    """Where sign·root is positive: its even powers are not 0, and the rest of its factors has that sign together."""
    view = tidy.views.of(root)
    wanted, sign = ">" if sign > 0 else "<", -sign if view.coefficient < 0 else sign
    odd = []
    for base, exponent in view.powers.items():
        if isinstance(exponent, Expression):
            if sign_of(base) != "+":
                yield from _positive(base, tidy)
        elif exponent.denominator % 2 == 0:
            if exponent > 0:  # a root has a value there only where its base is not negative
                yield from _positive(base, tidy)
        elif exponent.numerator % 2 == 0:
            if exponent > 0:
                yield from _base_not_zero(base, tidy)
        elif base.head in _ZERO_OR_POSITIVE:
            yield from _base_not_zero(base, tidy)
        else:
            known = sign_of(base)
            if known == "-":
                sign = -sign
            elif known != "+":
                odd.append(base)
    if not view.coefficient or (not odd and sign < 0):
        yield related(root, wanted)
    elif len(odd) == 1:
        yield from _one_positive(odd[0], sign, tidy)
    elif odd:
        yield related(multiply(*odd), ">" if sign > 0 else "<")


def _one_positive(base: Expression, sign: int, tidy: Tidy) -> Iterator[Expression]:
    function = FUNCTIONS.get(base.head, _UNKNOWN)
    zeros = function.zeros
    if function.monotonic and zeros is not None and zeros.high is not None and (zeros.is_point or sign > 0):
        side = sign if function.monotonic == "increasing" else -sign
        if zeros.high == 0:
            yield from _positive(base.args[0], tidy, side)
        else:
            yield related(tidy(base.args[0]), ">" if side > 0 else "<", rational(zeros.high))
    elif base.head == "sum":
        total = _without_number(base)
        yield related(total if sign > 0 else in_book_order([negated(term) for term in total.args], tidy.views), ">")
    else:
        yield related(base, ">" if sign > 0 else "<")


def _signs(relations: Iterable[Expression], tidy: Tidy) -> dict[Expression, str]:
    """The signs that relations give to expressions; "!" means not 0."""
    known: dict[Expression, str] = {}
    for each in relations:
        left, right = each.args
        if each.value == "!=" and right is ZERO:
            known.setdefault(left, "!")
        elif each.value in (">", "<") and right is ZERO:
            known[left] = "+" if each.value == ">" else "-"
        elif each.value in (">", "<"):
            larger, smaller = (left, right) if each.value == ">" else (right, left)
            known[tidy(add(larger, negate(smaller)))] = "+"
            if sign_of(smaller) in ("+", "0+", "0"):
                known[larger] = "+"
            if left.head == "abs" and right is ONE:
                squared = power(left.args[0], number(2))
                known[tidy(add(ONE, negate(squared)))] = "+" if each.value == "<" else "-"
                known[tidy(add(squared, negate(ONE)))] = "-" if each.value == "<" else "+"
                if each.value == ">":
                    known.setdefault(left.args[0], "!")
    return known
