"""Sums taken apart until an unknown stands outside of them, so that an equation with sums is an ordinary one.

    steps = steps_apart(parse("sum_{i=1}^{n} x_i*(w*x_i - y_i) = 0"), [name("w")], tidy)
    [step.rule.name for step in steps]      # multiply_out, sum_of_sums, constant_out_of_sum
    steps[-1].after                         # w*sum_{i=1}^{n} x_i^2 - sum_{i=1}^{n} x_i*y_i = 0

Tidying leaves sum_i x_i*(w*x_i - y_i) as it is, which is how books write a slope. To solve for w it has to be taken
apart, by the same rules that tidying uses elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import opened
from tutor.algebra.indices import SUM, moves, split_up
from tutor.algebra.terms import Style
from tutor.expression.lists import size_letters
from tutor.expression.relations import related
from tutor.expression.tree import (
    ONE,
    Expression,
    add,
    divide,
    has_head,
    multiply,
    name,
    negate,
    outermost,
    postorder,
    rebuilt,
    replace,
)
from tutor.oracle.verdict import Check, Oracle
from tutor.rules.instance import RuleInstance, instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

MOST_STEPS = 20
"""Steps by which the terms of one equation are taken apart."""


class Apart(NamedTuple):
    """A rule, used on all sums with an unknown in them. bindings: what its letters stand for in the first of them;
    assumptions: what has to be true for it and is not plainly so, as of a size."""

    rule: Rule
    before: Expression
    after: Expression
    bindings: dict[str, Expression]
    assumptions: tuple[Expression, ...] = ()


def steps_apart(equation: Expression, unknowns: Sequence[Expression], tidy: Tidy) -> tuple[Apart, ...]:
    """The steps after which no sum has an unknown in it; none where none has, or where that cannot be reached."""
    letters = {each.value for each in unknowns}
    left, right = equation.args
    found: list[Apart] = []
    for change in (_multiplied_out, _split, _constant_out, _counted, _bracket):
        places = left.args if change is _bracket and left.head == "sum" else _with_unknowns(left, letters)
        used = [made for place in places if (made := change(place, tidy)) is not None]
        if used:
            first = used[0].instance
            after = _flat(replace(left, {each.before: each.after for each in used}))
            found.append(Apart(first.rule, related(left, "=", right), related(after, "=", right),
                               {letter: bound for letter, bound in first.bindings.items()
                                if letter in first.rule.letters and isinstance(bound, Expression)},
                               tuple(dict.fromkeys(related(tidy(relation.args[0]), relation.value,
                                                           tidy(relation.args[1]))
                                                   for each in used for relation in each.assumed))))
            left = after
    return () if _with_unknowns(left, letters) else tuple(found)


def terms_apart(equation: Expression, unknown: Expression, tidy: Tidy) -> tuple[Apart, ...]:
    """The steps after which every term has a part of the list of the unknown as a factor, or none of it."""
    left, right = equation.args
    found: list[Apart] = []
    while len(found) < MOST_STEPS:
        mixed = [total for total in postorder([left]) if total.head in SUM and _is_mixed(total.args[0], unknown, tidy)]
        inner = [total for total in mixed if not any(part in mixed for part in postorder([total.args[0]]))]
        brackets = [term.args[0] if term.head == "negation" else term
                    for term in (left.args if left.head == "sum" else (left,))
                    if not inner and term.head != "sum" and _is_mixed(term, unknown, tidy)]
        used = [made for total in inner if (made := (_split if total.args[0].head == "sum" else _multiplied_out)(
            total, tidy)) is not None] or [made for term in brackets if (made := _opened(term, tidy)) is not None]
        if not used:
            break
        first = used[0].instance
        after = _flat(_joined_inside(replace(
            left, {each.before: each.after for each in used if each.instance.rule is first.rule})))
        found.append(Apart(first.rule, related(left, "=", right), related(after, "=", right),
                           {letter: bound for letter, bound in first.bindings.items()
                            if letter in first.rule.letters and isinstance(bound, Expression)}))
        left = after
    return tuple(found)


def _joined_inside(root: Expression) -> Expression:
    """An expression without a sum that is a term of another one, also behind a minus."""
    made: dict[Expression, Expression] = {}
    for part in postorder([root]):
        args = [made[arg] for arg in part.args]
        if part.head == "sum":
            args = [term for arg in args for term in _terms_of(arg)]
        made[part] = rebuilt(part, tuple(args))
    return made[root]


def _terms_of(term: Expression) -> tuple[Expression, ...]:
    if term.head == "negation" and term.args[0].head == "sum":
        return tuple([each.args[0] if each.head == "negation" else negate(each) for each in term.args[0].args])
    return term.args if term.head == "sum" else (term,)


def _is_mixed(body: Expression, unknown: Expression, tidy: Tidy) -> bool:
    """Whether an expression, multiplied out, has terms with a list and terms without it."""
    if unknown.value not in body.free:
        return False
    made = opened(body, tidy.style)
    return made.head == "sum" and len({unknown.value in term.free for term in made.args}) == 2


def _opened(term: Expression, tidy: Tidy) -> _Change | None:
    instance = instance_of(rulebook()["multiply_out"], term, name("u"))
    return None if instance is None else _Change(instance, term, opened(term, tidy.style))


def same_for_all_parts(before: Expression, after: Expression, unknown: Expression) -> Check:
    """Whether two equations for every part of a list say the same: whether the differences of their sides are equal up
    to a factor, which may be the quotient of the left sides, 1, or 1 divided by the size of a list."""
    tidy = Tidy(Style())
    ratio = tidy(divide(before.args[0], after.args[0]))
    factors = [ONE, *[divide(ONE, name(letter)) for letter in sorted(size_letters(before))]]
    if unknown.value not in ratio.free:
        factors.insert(0, ratio)
    differences = [tidy(add(left, negate(right))) for left, right in (before.args, after.args)]
    for factor in factors:
        found = Oracle().compare(differences[0], multiply(factor, differences[1]))
        if found.outcome != "refuted":
            break
    return found


def _with_unknowns(left: Expression, letters: set[str]) -> list[Expression]:
    return [total for total in outermost(left, SUM) if letters & total.free]


class _Change(NamedTuple):
    instance: RuleInstance
    before: Expression
    after: Expression
    assumed: tuple[Expression, ...] = ()


def _multiplied_out(total: Expression, tidy: Tidy) -> _Change | None:
    body = total.args[0]
    instance = instance_of(rulebook()["multiply_out"], body, name("u"))
    return None if instance is None else _Change(
        instance, total, rebuilt(total, (opened(body, tidy.style), *total.args[1:])))


def _split(total: Expression, tidy: Tidy) -> _Change | None:
    found = split_up(total)
    return None if not found or found[0].instance is None else _Change(
        found[0].instance, total, _flat(found[-1].whole_after))


def _constant_out(total: Expression, tidy: Tidy) -> _Change | None:
    return _by_move(total, tidy, ("constant_out_of_sum", "divisor_out_of_sum"))


def _counted(total: Expression, tidy: Tidy) -> _Change | None:
    return _by_move(total, tidy, ("count", "count_between_bounds"))


def _by_move(total: Expression, tidy: Tidy, rules: tuple[str, ...]) -> _Change | None:
    """What tidying does with a sum, if that is what one of these rules does."""
    found = moves(total)
    instance = found[0].instance if found else None
    return _Change(instance, total, tidy(found[-1].whole_after), found[0].assumed) if instance is not None and (
        instance.rule.name in rules) else None


def _bracket(term: Expression, tidy: Tidy) -> _Change | None:
    """A bracket that came up where a sum was: 2*(w*sum_i x_i^2 - sum_i x_i*y_i)."""
    instance = instance_of(rulebook()["multiply_out"], term, name("u")) if (
        term.head == "product" and any(part.head == "sum" and has_head("finite_sum", part, set())
                                       for part in term.args)) else None
    return None if instance is None else _Change(instance, term, opened(term, tidy.style))


def _flat(left: Expression) -> Expression:
    """A sum whose terms are no sums, with each minus in front of its term."""
    terms: list[Expression] = []
    stack = [left]
    while stack:
        part = stack.pop()
        if part.head == "sum":
            stack += reversed(part.args)
        else:
            terms.append(part)
    return add(*[_minus_in_front(term) for term in terms])


def _minus_in_front(term: Expression) -> Expression:
    """sum_i (-x_i) as -sum_i x_i."""
    if term.head == "finite_sum" and term.args[0].head == "negation":
        return negate(rebuilt(term, (term.args[0].args[0], *term.args[1:])))
    return term
