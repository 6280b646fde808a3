"""Tidying sums with an index: one term is picked by a δ, constants stand in front, equal terms are counted.

    moves(parse("sum_{i=1}^{n} x_i*delta_{ik}"))       # pick: x_k
    moves(parse("sum_{i=1}^{n} 2*x_i"))                # constant_out_of_sum: 2*sum_{i=1}^{n} x_i

A sum is not distributed over its terms, unless one of them has a δ with its index. The rules stand in indices.rules;
here it is decided which of them is used, and what is told is what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tutor.algebra.decision import Decision
from tutor.algebra.signs import holds
from tutor.algebra.view import Views
from tutor.algebra.writing import turned
from tutor.expression.tree import (
    ONE,
    ZERO,
    Expression,
    add,
    finite_sum,
    has_head,
    multiply,
    name,
    negate,
    node,
    outermost,
    postorder,
    rebuilt,
    replace,
    substitute,
)
from tutor.rules.factors import Factor, factors_of, joined_factors
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rulebook import rulebook

HEADS, SUM = frozenset(("finite_sum", "same")), frozenset(("finite_sum",))


class Move(NamedTuple):
    """What becomes of a whole: by a rule or, where that is None, by tidying a part of it that is written in other ways.

    before, after: the part and what becomes of it; whole_before, whole_after: the expression around it.
    """

    instance: RuleInstance | None
    before: Expression
    after: Expression
    whole_before: Expression
    whole_after: Expression

    @property
    def assumed(self) -> tuple[Expression, ...]:
        """What has to be true for it and is not plainly so."""
        relations = [] if self.instance is None else self.instance.relations
        return tuple([relation for relation in relations if holds(relation) is None])


def moves(current: Expression) -> tuple[Move, ...]:
    """What is done next at a sum or a δ whose parts are tidy; nothing where it is in the form of a book."""
    return _of_delta(current) if current.head == "same" else _of_sum(current)


def decided(found: Sequence[Move]) -> Decision | None:
    """The decision to make these moves."""
    assumed = tuple([relation for move in found for relation in move.assumed])
    return Decision("other", found[-1].whole_after, provided=assumed) if found else None


def moves_to(goal: Expression, current: Expression, views: Views) -> tuple[Move, ...]:
    """The moves that lead from an expression to what it became; nothing where these are others or more."""
    if current.head == "negation":
        found = minus_into_sum(current, views)
    else:
        found = moves(current) if current.head in HEADS else with_same_letters(current)
    return found if found and found[-1].whole_after is goal else ()


# -- δ -----------------------------------------------------------------------------------------------------------------


def _of_delta(delta: Expression) -> tuple[Move, ...]:
    left, right = delta.args
    if left is right:
        return _by("same_index", delta)
    if left.head == right.head == "number":
        return _by("other_number", delta)
    return _by("delta_turned", delta) if _place(left) > _place(right) else ()


def _place(index: Expression) -> tuple[bool, str]:
    """Letters before numbers, in the order of the alphabet."""
    return index.head == "number", str(index.value)


# -- sums --------------------------------------------------------------------------------------------------------------


def _of_sum(total: Expression) -> tuple[Move, ...]:
    body, index, lower, _ = total.args
    if body is ZERO:
        return _by("sum_of_zeros", total)
    if index.value not in body.free:
        return _by("count" if lower is ONE else "count_between_bounds", total)
    return _picked(total) or _distributed(total) or _constant_out(total) or _counted_apart(total)


def _constant_out(total: Expression) -> tuple[Move, ...]:
    body, index = total.args[:2]
    if body.head == "negation":
        return _by("minus_out_of_sum", total)
    factors = factors_of(body)
    outside = [factor for factor in factors if index.value not in factor.part.free]
    if not outside:
        return ()
    inside = joined_factors([factor for factor in factors if index.value in factor.part.free])
    if all(factor.is_below for factor in outside):
        return _by("divisor_out_of_sum", total, node("quotient", (inside, multiply(*[part for part, _ in outside]))))
    return _by("constant_out_of_sum", total, multiply(joined_factors(outside), inside))


def _picked(total: Expression) -> tuple[Move, ...]:
    """The one term that a δ with the index of the sum leaves."""
    body, index = total.args[:2]
    factors = factors_of(body)
    delta = next((factor for factor in factors if _is_delta_of(index, *factor)), None)
    if delta is None:
        return ()
    factors.remove(delta)
    product = node("product", (delta.part, joined_factors(factors)))
    return next(filter(None, (_by(rule, total, product) for rule in (
        "pick", "pick_between_bounds", "after_the_last_term", "before_the_first_term"))), ())


def _is_delta_of(index: Expression, part: Expression, is_below: bool) -> bool:
    return part.head == "same" and index in part.args and not is_below


def _distributed(total: Expression) -> tuple[Move, ...]:
    """The terms with a δ of the index, which picks one of them, apart from the others."""
    body, index = total.args[:2]
    if not has_head("same", body, set()):
        return ()
    if body.head == "sum":
        return _apart(total, [_can_pick(term, index) for term in body.args])
    bracket = next((part for part, is_below in factors_of(body)
                    if part.head == "sum" and not is_below and _can_pick(part, index)), None)
    if bracket is None:
        return ()
    others = factors_of(body)
    others.remove(Factor(bracket, False))
    terms = add(*[_times(term, others) for term in bracket.args])
    opened = rebuilt(total, (terms, *total.args[1:]))
    return (Move(None, body, terms, total, opened), *_distributed(opened))


def _times(term: Expression, others: list[Factor]) -> Expression:
    """A term of a bracket times what stands beside the bracket."""
    if term.head == "negation":
        return negate(_times(term.args[0], others))
    return joined_factors([*factors_of(term), *others])


def _counted_apart(total: Expression) -> tuple[Move, ...]:
    """Terms without the index that have a divisor or a sum in them apart from the others: x_i - sum_j x_j/n. Other such
    terms stay, as b in w*x_i + b - y_i."""
    body, index = total.args[:2]
    if body.head != "sum":
        return ()
    return _apart(total, [index.value not in term.free and any(
        is_below or part.head == "finite_sum" for part, is_below in factors_of(term)) for term in body.args])


def _apart(total: Expression, wanted: list[bool]) -> tuple[Move, ...]:
    """The sum of the first terms apart from that of the others, so that one wanted term stands alone, or the terms
    before it do."""
    if True not in wanted:
        return ()
    terms, place = total.args[0].args, wanted.index(True) or 1
    return _by("sum_of_sums", total, node("sum", (add(*terms[:place]), add(*terms[place:]))))


def split_up(total: Expression) -> tuple[Move, ...]:
    """The moves that turn a sum of several terms into one sum for each of them. Tidying does so only where it must."""
    found: list[Move] = []
    whole, rest = total, total
    while rest.args[0].head == "sum":
        (move,) = _apart(rest, [True] * len(rest.args[0].args))
        after = replace(whole, {rest: move.after})
        found.append(move._replace(whole_before=whole, whole_after=after))
        whole, rest = after, move.after.args[-1]
    return tuple(found)


def _can_pick(part: Expression, index: Expression) -> bool:
    """Whether a δ with this index is a factor of an expression, or of a term of it or of a bracket in it."""
    stack = [part]
    while stack:
        for factor, is_below in factors_of(stack.pop()):
            if _is_delta_of(index, factor, is_below):
                return True
            if factor.head == "sum" and not is_below:
                stack += factor.args
    return False


def moves_around(current: Expression, views: Views) -> tuple[Move, ...]:
    """What is done next at an expression with sums in it. A minus stays in front of what goes into something larger."""
    if current.head == "negation":
        return () if views.style.part_of else minus_into_sum(current, views)
    return with_same_letters(current) if current.head in _WITH_PARTS else ()


_WITH_PARTS = frozenset(("sum", "product", "quotient"))


def minus_into_sum(current: Expression, views: Views) -> tuple[Move, ...]:
    """A minus in front that turns a difference in every term: -sum_i x_i*(y_i - a_i) is sum_i x_i*(a_i - y_i)."""
    inner = current.args[0]
    *front, total = inner.args if inner.head == "product" else (inner,)
    if total.head != "finite_sum":
        return ()
    body = total.args[0]
    factors = list(body.args if body.head == "product" else (body,))
    if not turned(factors, True, views):
        return ()
    (move,) = _by("minus_into_sum", negate(total))
    first = multiply(*front, move.after)
    last = multiply(*front, rebuilt(total, (multiply(*factors), *total.args[1:])))
    return (move._replace(before=current, after=first, whole_before=current, whole_after=first),
            Move(None, negate(body), multiply(*factors), first, last))


# -- the letters of indices --------------------------------------------------------------------------------------------


def with_same_letters(current: Expression) -> tuple[Move, ...]:
    """Two sums in an expression that differ only in the letters of their indices get the same: those of the first one,
    but no letter that means something else there."""
    first: dict[Expression, Expression] = {}
    for total in outermost(current, SUM):
        key = _without_letters(total)
        known = first.setdefault(key, total)
        if known is total:
            continue
        old, new = (total, known) if known.args[1].value not in current.free else (known, total)
        steps = list(_to_letters_of(new, old))
        return tuple(_inside(current, old, steps))
    return ()


def _to_letters_of(wanted: Expression, total: Expression) -> Iterator[Move]:
    """The moves that give a sum, and those inside it, the letters of another one."""
    whole = total
    while whole is not wanted:
        pairs = [(whole, wanted)]
        while pairs:
            old, new = pairs.pop()
            if old.head == "finite_sum" and old.args[1] is not new.args[1]:
                (move,) = _by("index_renamed", old, index=new.args[1])
                after = replace(whole, {old: move.after})
                yield move._replace(whole_before=whole, whole_after=after)
                whole = after
                break
            pairs += [pair for pair in zip(old.args, new.args, strict=True) if pair[0] is not pair[1]]


def _inside(current: Expression, part: Expression, steps: Iterable[Move]) -> Iterator[Move]:
    """Moves on a part as moves on the whole."""
    whole = current
    for move in steps:
        after = replace(current, {part: move.whole_after})
        yield move._replace(whole_before=whole, whole_after=after)
        whole = after


def _without_letters(total: Expression) -> Expression:
    """What sums have in common that differ only in the letters of their indices: with the first sum inside a sum comes
    the index #1, and so on. No text can have such a name."""
    made: dict[Expression, Expression] = {}
    depth: dict[Expression, int] = {}
    for part in postorder([total]):
        args = tuple([made[arg] for arg in part.args])
        depth[part] = max([depth[arg] for arg in part.args], default=0)
        if part.head == "finite_sum":
            depth[part] += 1
            index = name(f"#{depth[part]}")
            made[part] = finite_sum(substitute(args[0], part.args[1].value, index), index, *args[2:])
        else:
            made[part] = rebuilt(part, args)
    return made[total]


# -- using a rule ------------------------------------------------------------------------------------------------------


def _by(rule_name: str, current: Expression, body: Expression | None = None,
        index: Expression | None = None) -> tuple[Move, ...]:
    """The move that a rule makes; nothing if it does not fit. body: how that of the sum is written, so that it fits;
    index: what the new index of the rule is."""
    rule = rulebook()[rule_name]
    place = current if body is None else rebuilt(current, (body, *current.args[1:]))
    instance = instance_of(rule, place, _FRESH)
    if instance is None or not _applies(instance):
        return ()
    if index is not None:
        instance = instance._replace(bindings={**instance.bindings, rule.letter("new index"): index})
    return (Move(instance, current, instance.after, current, instance.after),)


def _applies(instance: RuleInstance) -> bool:
    """Whether nothing that the rule is provided for is plainly false, and all of it plainly true if it has to be."""
    found = [holds(relation) for relation in instance.relations]
    return all(found) if "plainly" in instance.rule.tags else False not in found


_FRESH = name("u")
"""No rule of this module puts in a new variable."""
