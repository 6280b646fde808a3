"""Right sides: what a rule makes of an expression, built from what its letters stand for.

    build = builder(rule.right, rule)
    build(bindings, None)           # as the rule states it: d/dx [x^2]*sin(x) + x^2*d/dx [sin(x)]
    build(bindings, results)        # with the results of what is open in it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tutor.expression.new_letters import letters_in
from tutor.expression.piecewise import PIECEWISE, UNREAD, cases_in, piecewise, with_values
from tutor.expression.tree import (
    ONE,
    Expression,
    add,
    derivative,
    indexed,
    multiply,
    negate,
    node,
    postorder,
    substitute,
    unused_index,
)
from tutor.rules.rule import Rule, listed_letters

Bindings = dict[str, Any]
"""Letter -> Expression; a function letter -> Schema; an unknown function -> its name; the letter of `f + ...` -> the
tuple of terms. "symbol" holds the d or ∂ of the problem, "side" that of a limit, "fresh" a letter that it does not
have, for the new variable of a rule."""

Schema = tuple[Expression, int | Expression]
"""What a function letter stands for: a node and the index of the part that varies, as (sin(x), 0), or an expression and
the name that varies in it, as (1/u^3, u)."""

Builder = Callable[[Bindings, "Mapping[Expression, Expression] | None"], Expression]


def builder(template: Expression, rule: Rule) -> Builder:
    """A closure that builds `template` from bindings; with results, they take the place of what is open."""
    head, args = template.head, template.args
    if head == "name":
        letter = template.value
        if rule.letters.get(letter) == "new variable":
            return lambda bindings, results: bindings["fresh"]
        if rule.letters.get(letter) == "new index":
            return lambda bindings, results: bindings.get(letter) or new_index(bindings)
        if letter in rule.letters:
            return lambda bindings, results: bindings[letter]
        return lambda bindings, results: template
    if head in ("number", "constant"):
        return lambda bindings, results: template
    if head == "application":
        return _build_application(template, rule)
    if head in OPENED:
        return _build_open(template, rule)
    if head == "at":
        return _build_at(template, rule)
    if head == "indexed":
        return _build_indexed(template, rule)
    if head == "sum" and args[-1].head == "ellipsis":
        return _build_every_term(args[0], rule)
    if head == "product" and args[-1].head == "ellipsis":
        return _build_every_factor(multiply(*args[:-1]), rule)
    if args and args[-1].head == "ellipsis" and head != PIECEWISE:
        return _build_every_argument(head, args[0], rule)
    if head == PIECEWISE and args[-1].head == "ellipsis":
        return _build_every_case(args[0], args[1].value, rule)
    if head == PIECEWISE and template.value == (UNREAD, ()):
        return _build_case_and_rest(args, rule)
    if head in ("product", "sum"):
        return _build_many(head, args, rule)
    parts = [builder(arg, rule) for arg in args]
    value = template.value
    if len(parts) == 1:
        only = parts[0]
        return lambda bindings, results: node(head, (only(bindings, results),), value)
    if len(parts) == 2:
        first, second = parts
        return lambda bindings, results: node(head, (first(bindings, results), second(bindings, results)), value)
    return lambda bindings, results: node(head, tuple([part(bindings, results) for part in parts]), value)


def _build_indexed(template: Expression, rule: Rule) -> Builder:
    letter = template.value
    indices = [builder(arg, rule) for arg in template.args]
    return lambda bindings, results: indexed(
        bindings[letter].value, *[index(bindings, results) for index in indices])


def new_index(bindings: Bindings) -> Expression:
    """A letter for an index that occurs in nothing that the letters of the rule stand for."""
    met: list[Expression] = []
    for bound in bindings.values():
        met += [part for part in (bound if isinstance(bound, tuple) else (bound,)) if isinstance(part, Expression)]
    return unused_index(letters_in(met))


def _build_many(head: str, args: tuple[Expression, ...], rule: Rule) -> Builder:
    """A sum or product; what is put together from results becomes one flat sum or product, as a person writes it.

    A constant that was left over by a derivative matched by value may be 1, and is not written then.
    """
    parts = [builder(arg, rule) for arg in args]
    left_over = [arg.value for arg in args if rule.letters.get(arg.value) == "constant"] if (
        head == "product" and has_slope(rule)) else []

    def build(bindings: Bindings, results: Mapping[Expression, Expression] | None) -> Expression:
        built = [part(bindings, results) for part in parts]
        if any(bindings[letter] is ONE for letter in left_over):
            built = [part for part in built if part is not ONE]
            if len(built) < 2:
                return multiply(*built)
        if results is not None and any(part.head == head for part in built):
            built = [inner for part in built for inner in (part.args if part.head == head else (part,))]
        return node(head, tuple(built))

    return build


def has_slope(rule: Rule) -> bool:
    """Whether its left side is an integral with a derivative in it, which is matched by value."""
    return rule.left.head == "integral" and any(part.head == "derivative" for part in postorder([rule.left]))


def _build_application(template: Expression, rule: Rule) -> Builder:
    letter, primes = template.value
    inner = builder(template.args[0], rule)
    if rule.letters[letter] == "unknown function":

        def unknown(bindings: Bindings, results: Any) -> Expression:
            name, found = bindings[letter]
            return node("application", (inner(bindings, results),), (name, found + primes))

        return unknown

    def schema(bindings: Bindings, results: Any) -> Expression:
        return fill(bindings[letter], inner(bindings, results))

    return schema


def fill(schema: Schema, part: Expression) -> Expression:
    """F(part)."""
    outside, index = schema
    if isinstance(index, Expression):
        return substitute(outside, index.value, part)
    args = outside.args
    return node(outside.head, (*args[:index], part, *args[index + 1:]), outside.value)


def keeps_sign(rule: Rule) -> bool:
    """Whether d and ∂ mean two things in a rule, as they do for the lines of a graph and in equations. In other rules
    the sign of the problem is taken over."""
    return not {"graph", "curve"}.isdisjoint(rule.tags)


OPENED = frozenset(("derivative", "integral", "limit"))
"""Heads of what a right side leaves to be found."""


def _build_open(template: Expression, rule: Rule) -> Builder:
    build = _open_part(template, rule)

    def open_part_or_result(bindings: Bindings, results: Mapping[Expression, Expression] | None) -> Expression:
        goal = build(bindings)
        return goal if results is None else results[goal]

    return open_part_or_result


def _open_part(template: Expression, rule: Rule) -> Callable[[Bindings], Expression]:
    """A closure that builds the derivative, integral or limit `template` as it stands, with all that is open in it."""
    if template.head == "derivative":
        body, variable, order = (builder(arg, rule) for arg in template.args)
        # d/du even where the problem has ∂: nothing else varies
        by_fresh_letter = rule.letters.get(template.args[1].value) == "new variable"
        own = template.value if by_fresh_letter or keeps_sign(rule) else ""
        return lambda bindings: derivative(body(bindings, None), variable(bindings, None), order(bindings, None),
                                           own or bindings["symbol"])
    parts = [builder(arg, rule) for arg in template.args]
    head, side = template.head, template.value
    return lambda bindings: node(head, tuple([part(bindings, None) for part in parts]),
                                 side or (bindings["side"] if head == "limit" else None))


def _build_at(template: Expression, rule: Rule) -> Builder:
    body, variable, point = (builder(arg, rule) for arg in template.args)
    is_index = rule.letters.get(template.args[1].value) == "index"  # another index is written at once

    def build(bindings: Bindings, results: Mapping[Expression, Expression] | None) -> Expression:
        parts = body(bindings, results), variable(bindings, None), point(bindings, results)
        if results is None and not is_index:
            return node("at", parts)
        return substitute(parts[0], parts[1].value, parts[2])

    return build


def _build_every_term(template: Expression, rule: Rule) -> Builder:
    """`d/dx [f] + ...`: the template once a term; a minus before a term stays before it."""
    letter, signs_apart = listed_letter(rule), _lists_terms(rule)
    build = builder(template, rule)

    def every(bindings: Bindings, results: Any) -> Expression:
        terms, each = [], dict(bindings)
        for term in bindings[letter]:
            if term.head == "negation" and signs_apart:
                each[letter] = term.args[0]
                terms.append(negate(build(each, results)))
            else:
                each[letter] = term
                made = build(each, results)
                terms += made.args if results is not None and made.head == "sum" else (made,)
        return add(*terms)

    return every


def _build_every_factor(template: Expression, rule: Rule) -> Builder:
    """`∂v/∂x * ...`: the template once a line of a graph, multiplied."""
    letter = listed_letter(rule)
    build = builder(template, rule)

    def every(bindings: Bindings, results: Any) -> Expression:
        return multiply(*[build({**bindings, letter: line}, results) for line in bindings[letter]])

    return every


def _lists_terms(rule: Rule) -> bool:
    """Whether the left side lists the terms of a sum, so that a minus before a term may stay before it. Of the
    arguments of a function it belongs to what is put in: e^(-a) is not -e^a."""
    return any(part.head == "sum" and part.args[-1].head == "ellipsis" for part in postorder([rule.left]))


def _build_every_argument(head: str, template: Expression, rule: Rule) -> Builder:
    """`logsumexp(f, ...)`: the template once an argument."""
    letter = listed_letter(rule)
    build = builder(template, rule)

    def every(bindings: Bindings, results: Any) -> Expression:
        return node(head, tuple([build({**bindings, letter: each}, results) for each in bindings[letter]]))

    return every


def _build_every_case(template: Expression, condition: str, rule: Rule) -> Builder:
    """`{d/dx [f] if c; ...}`: the template once a case, under the conditions that there were."""
    letter = listed_letter(rule)
    build = builder(template, rule)

    def every(bindings: Bindings, results: Any) -> Expression:
        return with_values(bindings[condition], [build({**bindings, letter: value}, results)
                                                 for value in bindings[letter]])

    return every


def _build_case_and_rest(args: Sequence[Expression], rule: Rule) -> Builder:
    """`{f if c; g otherwise}`: the first case under its condition, and what all others say under theirs."""
    build, build_rest = builder(args[0], rule), builder(args[2], rule)
    condition = args[1].value

    def made(bindings: Bindings, results: Any) -> Expression:
        first, *others = cases_in(bindings[condition])
        rest = build_rest(bindings, results)
        kept = cases_in(rest) if len(others) > 1 else [others[0]._replace(value=rest)]
        return piecewise([first._replace(value=build(bindings, results)), *kept])

    return made


def listed_letter(rule: Rule) -> str:
    """The letter that is another one in each term of `...`: f in `d/dx [f + ...]`; "" in a rule without `...`."""
    return _listed(rule.left, rule.right)


@lru_cache(1000)
def _listed(left: Expression, right: Expression) -> str:
    return next(iter(sorted(listed_letters(left, right))), "")


def collectors(template: Expression, rule: Rule) -> list[Callable[[Bindings, list[Expression]], None]]:
    """One closure for each open derivative or integral of a right side."""
    if template.head in OPENED:
        build = _open_part(template, rule)
        return [lambda bindings, found: found.append(build(bindings))]
    inner = [collect for arg in template.args for collect in collectors(arg, rule)]
    if not inner or template.head not in ("sum", PIECEWISE) or template.args[-1].head != "ellipsis":
        return inner
    letter = listed_letter(rule)

    def every(bindings: Bindings, found: list[Expression]) -> None:
        each = dict(bindings)
        for term in bindings[letter]:
            each[letter] = term.args[0] if term.head == "negation" and _lists_terms(rule) else term
            for collect in inner:
                collect(each, found)

    return [every]
