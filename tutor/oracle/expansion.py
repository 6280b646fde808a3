"""Sums with an index, written out: for sizes that are small numbers they are ordinary sums of ordinary names.

    written_with(parse("sum_{i=1}^{n} x_i^2"), {"n": 3})                    # x_1^2 + x_2^2 + x_3^2
    written_with(parse("d/dx_[k] [sum_{i=1}^{n} x_i^2]"), {"n": 2, "k": 1})     # d/dx_1 [x_1^2 + x_2^2]

Two sides are equal if they are in every such case: for several sizes, and for every value of every free index. Sizes
above 1 refute what is true of single numbers only, and all values of an index what is true of most parts only. No rule
is used, and what a part of a list is worth is what the name x_2 is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tutor.expression.lists import Sizes, free_indices, has_lists, shapes, size_letters
from tutor.expression.relations import COMPARISONS
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    add,
    name,
    negate,
    node,
    postorder,
    rational,
    rebuilt,
    substitute,
)

if TYPE_CHECKING:
    from tutor.oracle.components import Compare
    from tutor.oracle.verdict import Check

Case = Mapping[str, int]
"""A whole number for each size and each free index."""

MOST_CASES = 40
"""Cases in which two sides are compared."""

MOST_NODES = 20_000
"""Parts of one side in one case."""

MOST_WORK = 60_000
"""Symbols of both sides in all cases together."""

ENOUGH = 2
"""If more than MOST_WORK would be needed, or not all kinks can be found any more, cases with greater sizes than this
are left out."""

SIZES = 4
"""How many sizes are tried for each letter, from the least one on: 1, 2, 3 and 4."""

_LARGEST = 12
"""The greatest number of a part, as in x_12, with which sizes are still tried."""

class TooLarge(Exception):
    """Written out, the sums have too many terms."""


class Unknown(Exception):
    """What should be a whole number is none: a bound, or a letter by which is differentiated."""


def in_every_case(compare: Compare, left: Expression, right: Expression, assumptions: tuple[Expression, ...],
                  known: Sizes = MappingProxyType({}),
                  written: Callable[[Sequence[Expression], Case], Sequence[Expression]] | None = None) -> Check:
    """What is found of two sides with sums, written out in every case: a refutation says in which one.

    known: the sizes of lists, if what is around the two sides says them; written: writes expressions out in one case,
    where they have a meaning of their own.
    """
    from tutor.oracle.pieces import KINKS_NOT_FOUND
    from tutor.oracle.verdict import Check

    cases = cases_of((left, right, *assumptions), known)
    if cases is None:
        return Check("undecided", 0, reason=TOO_MANY_CASES)
    points, largest, agreed, work, unclear = 0, 0.0, 0, 0, None
    only_small = False
    for case in cases:
        if only_small and max(case.values()) > ENOUGH:
            continue
        if work > MOST_WORK:
            if agreed and max(case.values()) > ENOUGH:
                break
            return Check("undecided", points, reason=TOO_MANY_TERMS)
        try:
            first, second, *assumed = (written or _all_written)((left, right, *assumptions), case)
            held = _held(assumed, (first, second))
        except TooLarge:
            return Check("undecided", points, reason=TOO_MANY_TERMS)
        except Unknown:
            return Check("undecided", points, reason=NO_WHOLE_NUMBER)
        if held is None:
            continue
        work += held.left.size + held.right.size
        found = compare(held.left, held.right, held.assumptions)
        if found.outcome == "refuted":
            shown = {each: float(value) for each, value in case.items() if each in left.free | right.free}
            return replace(found, counterexample={**shown, **(found.counterexample or {})})
        if found.outcome == "undecided":
            unclear = unclear or found
            if agreed and found.reason == KINKS_NOT_FOUND and max(case.values()) > ENOUGH:
                only_small = True  # with more parts there are more kinks; at the points both sides agree here too
                continue
            if any(size > 1 for size in case.values()) or not case:
                return found  # a single number may be a case without values, as for a variance with n - 1
            continue
        agreed, points, largest = agreed + 1, points + found.points, max(largest, found.largest_difference)
    if not agreed:
        return unclear or Check("undecided", 0, reason="the assumptions hold in no case that was tried")
    if agreed == 1:
        return Check("checked", points, largest)
    return Check("checked", points, largest,
                 finding=f"both sides agree in {agreed} cases of small sizes, at {points} points")


TOO_MANY_CASES = "there are too many sizes and indices to try their values"
TOO_MANY_TERMS = "written out, the sums have too many terms"
NO_WHOLE_NUMBER = "a bound of a sum is not a whole number"


# -- cases ---------------------------------------------------------------------------------------------------------


class _Letters(NamedTuple):
    """sizes: each letter in the bounds of sums, with the least number that it can stand for; indices: each free index,
    with the letter or number that it runs to."""

    sizes: dict[str, int]
    indices: dict[str, Expression | None]


def cases_of(roots: Sequence[Expression], known: Sizes = MappingProxyType({})) -> list[Case] | None:
    """The cases in which expressions are compared, those with small sizes first; None if there are too many. known: as
    for `in_every_case`."""
    letters = _letters_of(roots, known)
    if any(least > _LARGEST for least in letters.sizes.values()):
        return None
    for most, chosen in _choices(letters.sizes):
        cases: list[Case] = []
        for sizes in chosen:
            ends = [range(1, _end(upper, sizes, most) + 1) for upper in letters.indices.values()]
            cases += [{**sizes, **dict(zip(letters.indices, values, strict=True))} for values in product(*ends)]
            if len(cases) > MOST_CASES:
                break
        if 0 < len(cases) <= MOST_CASES:
            return cases
    return None


def _choices(least: Mapping[str, int]) -> Iterator[tuple[int, list[dict[str, int]]]]:
    """How many of each, and sizes to try, the richest choice first. least: for each letter the least number that it can
    stand for. Where there are too many letters for all combinations, all are the least and then all are one more."""
    for most in range(SIZES, 1, -1):
        if most ** len(least) <= MOST_CASES:
            values = product(*[range(first, first + most) for first in least.values()])
            yield most, sorted((dict(zip(least, each, strict=True)) for each in values),
                               key=lambda sizes: sum(sizes.values()))
    yield 2, [{letter: first + more for letter, first in least.items()} for more in (0, 1)]


def _end(upper: Expression | None, sizes: Mapping[str, int], most: int) -> int:
    if upper is None:
        return most
    return sizes[upper.value] if upper.head == "name" else int(upper.value)


def _letters_of(roots: Sequence[Expression], known: Sizes = MappingProxyType({})) -> _Letters:
    whole = node("tuple", tuple(roots))
    bound = {part.args[1].value for part in postorder(roots) if part.head == "finite_sum"}
    sizes = {size.value: 1 for each in known.values() for size in each if size.head == "name"}
    for part in postorder(roots):
        if part.head == "finite_sum":
            sizes.update((letter, 1) for limit in part.args[2:] for letter in sorted(limit.free & whole.free - bound))
    found = shapes(whole, known)
    indices: dict[str, Expression | None] = {}
    free = free_indices(roots)
    for part in postorder(roots):
        if part.head == "indexed":
            for index, size in zip(part.args, found[part.value], strict=False):
                if index.head == "number" and size.head == "name":
                    sizes[size.value] = max(sizes.get(size.value, 1), int(index.value))
                elif index.value in free and index.value not in sizes:
                    indices[index.value] = indices.get(index.value) or size
    _as_far_as_beside(roots, indices, free - sizes.keys())
    for upper in indices.values():
        if upper is not None and upper.head == "name":
            sizes.setdefault(upper.value, 1)
    return _Letters(sizes, indices)


def _as_far_as_beside(roots: Sequence[Expression], indices: dict[str, Expression | None], free: Set[str]) -> None:
    """Let a free index that stands only beside others in Kronecker's delta run as far as one of these."""
    ends = {part.args[1].value: part.args[3] for part in postorder(roots) if part.head == "finite_sum"
            and part.args[3].head in ("name", "number")}
    pairs = [part.args for part in postorder(roots) if part.head == "same"]
    for one, other in [pair for _ in pairs for args in pairs for pair in (args, args[::-1])]:
        if one.value in free and indices.get(one.value) is None:
            indices[one.value] = indices.get(other.value) or ends.get(other.value)


# -- one case ------------------------------------------------------------------------------------------------------


def written_with(root: Expression, case: Case) -> Expression:
    """An expression with numbers for its sizes and free indices, and so without sums and lists.

    Raises TooLarge, and Unknown for a bound that is no whole number.
    """
    done: dict[object, Expression] = {}
    first = _item(root, case)
    stack = [first]
    while stack:
        key, part, values = stack[-1]
        if key in done:
            stack.pop()
            continue
        if len(done) > MOST_NODES:
            raise TooLarge
        below = [_item(*each) for each in _below(part, values)]
        waiting = [item for item in below if item.key not in done]
        if waiting:
            if len(waiting) > MOST_NODES:
                raise TooLarge
            stack.extend(reversed(waiting))
            continue
        stack.pop()
        done[key] = _written(part, values, [done[item.key] for item in below])
    return done[first.key]


class _Item(NamedTuple):
    """A part in one case. key: the part with those numbers of the case that it depends on."""

    key: object
    part: Expression
    values: Case


def _item(part: Expression, values: Case) -> _Item:
    free = part.free
    return _Item((part, tuple([item for item in values.items() if item[0] in free])), part, values)


def _all_written(expressions: Sequence[Expression], case: Case) -> list[Expression]:
    return [written_with(each, case) for each in expressions]


def _below(part: Expression, values: Case) -> list[tuple[Expression, Case]]:
    """What has to be written first: of a sum its terms, once for each value of its index."""
    if part.head == "finite_sum":
        body, index, lower, upper = part.args
        first, last = (whole_number(bound, values) for bound in (lower, upper))
        if last - first >= MOST_NODES:
            raise TooLarge
        return [(body, {**values, index.value: value}) for value in range(first, last + 1)]
    if part.head == "at" and (whole := _size_at(part, values)) is not None:
        return [(part.args[0], {**values, part.args[1].value: whole})]
    if part.head in ("at", "limit") and part.args[1].value in values:
        inside = {letter: value for letter, value in values.items() if letter != part.args[1].value}
        return [(part.args[0], inside), (part.args[1], inside), (part.args[2], values)]
    if part.head in ("derivative", "integral") and part.args[1].head == "name" and part.args[1].value in values:
        raise Unknown
    if part.head in ("indexed", "same"):
        return []
    return [(arg, values) for arg in part.args]


def _size_at(part: Expression, values: Case) -> int | None:
    """The whole number that a size is at a place, as in (...) at (n = 3); None if the letter is no size."""
    body, letter, point = part.args
    if letter.value not in size_letters(body):
        return None
    return whole_number(point, values)


def _written(part: Expression, values: Case, args: list[Expression]) -> Expression:
    match part.head:
        case "name":
            return rational(values[part.value]) if part.value in values else part
        case "finite_sum":
            return add(*args)
        case "at" if len(args) == 1:
            return args[0]
        case "indexed":
            return name(name_of_part(part.value, [whole_number(index, values) for index in part.args]))
        case "same":
            one, other = (whole_number(index, values) for index in part.args)
            return ONE if one == other else ZERO
    return rebuilt(part, tuple(args))


def name_of_part(letter: str, indices: Sequence[int]) -> str:
    """The name of a part of a list: x_2, W_{1,2}."""
    return f"{letter}_{indices[0]}" if len(indices) == 1 else f"{letter}_{{{','.join(map(str, indices))}}}"


def whole_number(bound: Expression, values: Case) -> int:
    """The whole number that a bound or an index is. Raises Unknown."""
    if bound.head == "name" and bound.value in values:
        return values[bound.value]
    found = _exact(bound, values)
    if found is None or found.denominator != 1:
        raise Unknown
    return int(found)


def _exact(bound: Expression, values: Case) -> Fraction | None:
    worked: dict[Expression, Fraction | None] = {}
    for part in postorder([bound]):
        args = [worked[arg] for arg in part.args]
        worked[part] = None if None in args else _of(part, values, [arg for arg in args if arg is not None])
    return worked[bound]


def _of(part: Expression, values: Case, args: list[Fraction]) -> Fraction | None:
    match part.head:
        case "number":
            return Fraction(part.value)
        case "name":
            return Fraction(values[part.value]) if part.value in values else None
        case "sum":
            return sum(args, Fraction(0))
        case "negation":
            return -args[0]
        case "product":
            return prod(args, start=Fraction(1))
        case "quotient" if args[1]:
            return args[0] / args[1]
    return None


# -- assumptions ---------------------------------------------------------------------------------------------------


class _Held(NamedTuple):
    """Both sides where some assumptions hold, and those that are left."""

    left: Expression
    right: Expression
    assumptions: tuple[Expression, ...]


def _held(assumptions: Iterable[Expression], sides: Sequence[Expression]) -> _Held | None:
    """The two sides where the assumptions hold; None if one fails in this case, as k <= 2 does for k = 3.

    No point of a list is where y_1 + y_2 = 1, so one of the names is put in: y_2 is 1 - y_1. Where something is
    differentiated with respect to y_1, the others stay where they are, so that is done only afterwards.
    """
    left, right = sides
    kept: list[Expression] = []
    for each in assumptions:
        difference = _exact(add(each.args[0], negate(each.args[1])), {})
        if difference is not None:
            if not COMPARISONS[each.value](float(difference), 0):
                return None
            continue
        if each.value == "=" and (solved := _solved(each)) is not None:
            letter, value = solved
            left, right = (node("at", (side, name(letter), value)) if _varies_one_of(side, each) else
                           substitute(side, letter, value) for side in (left, right))
            continue
        kept.append(each)
    return _Held(left, right, tuple(kept))


def _varies_one_of(side: Expression, relation: Expression) -> bool:
    """Whether something is differentiated with respect to a letter of an equation."""
    return any(part.head == "derivative" and part.args[1].value in relation.free for part in postorder([side]))


def _solved(relation: Expression) -> tuple[str, Expression] | None:
    """A name and what it is, by an equation that sets a sum of names equal to something else."""
    total, value = relation.args
    terms = total.args if total.head == "sum" else (total,)
    last = terms[-1]
    if any(term.head != "name" for term in terms) or last.value in value.free or last in terms[:-1]:
        return None
    return last.value, add(value, *[negate(term) for term in terms[:-1]])


def case_at(place: Mapping[str, float | complex], *roots: Expression) -> Case:
    """The whole numbers that the sizes and free indices of expressions have at a place."""
    letters = _letters_of(roots)
    return {letter: int(value.real) for letter in (*letters.sizes, *letters.indices)
            if (value := place.get(letter)) is not None and value == int(value.real)}


def usual_case(*roots: Expression) -> Case:
    """A case in which lists have several parts and the index of a part is 1; {} if there is none."""
    cases = cases_of(roots) or [{}]
    sizes = _letters_of(roots).sizes
    return next((case for case in cases if all(case[letter] > 1 for letter in sizes)), cases[-1])


def concrete(root: Expression, place: Mapping[str, float | complex]) -> Expression:
    """An expression written out with the whole numbers of a place; as it is where these are not enough."""
    return written_if_possible(root, case_at(place, root)) if has_lists(root) else root


def written_if_possible(root: Expression, case: Case) -> Expression:
    """An expression with these whole numbers, without sums and lists; as it is where they are not enough."""
    try:
        return written_with(root, case)
    except (TooLarge, Unknown):
        return root
