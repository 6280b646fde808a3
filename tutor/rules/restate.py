"""A rule said in the letters of the problem that it is used on.

    chain = restated(rulebook()["chain"], step.bindings, step.before)      # of d/dw [(y - w*x)^2]
    chain.left, chain.right                # d/dw [F(g)]   and   d/du [F(u)] at (u = g)*d/dw [g]
    chain.bindings                         # {"F(u)": u^2, "g": y - w*x}

The variable of the rule becomes the variable of the problem. A letter of the rule that already means something else in
the problem gets another name: in d/dg [(g + 1)^2] the inside is called h. So the equation is true as it stands, and
putting in what the letters stand for gives the step that was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from tutor.expression.tree import INDICES, ONE, Expression, multiply, name, node, postorder, rebuilt
from tutor.rules.building import Bindings, fill, keeps_sign, listed_letter, new_index
from tutor.rules.rule import Rule, Sort


class Restated(NamedTuple):
    """left, right: the statement; bindings: what the letters that are left stand for, a function letter as F(u);
    sorts, roles: what each of these letters may stand for, and is in the rule ("" for most); listed: the letter that
    stands for every term of a sum, or ""; meanings: what the rule says that its defined letters are, as in
    `with h = d/dx [f]`."""

    left: Expression
    right: Expression
    bindings: Mapping[str, Expression]
    sorts: Mapping[str, Sort]
    roles: Mapping[str, str]
    listed: str = ""
    meanings: Mapping[str, Expression] = MappingProxyType({})


def restated(rule: Rule, bindings: Mapping[str, Expression], before: Expression,
             beside: Rule | None = None) -> Restated:
    """The rule in the letters of the expression `before`, on which it was used with these bindings.

    bindings: with a function letter as F(u). beside: a rule that is shown next to it and has to get the same letters.
    """
    letters = rule.letters if beside is None else {**beside.letters, **rule.letters}
    fresh = next((letter for letter, sort in letters.items() if sort == "new variable"), "")
    own: dict[str, tuple[str, int]] = {}  # letter -> its new name, and the primes that come with it
    parts: dict[str, Expression] = {}  # a letter -> the part of a list, the number or the bound in its place
    left_over: dict[str, Expression] = {}
    for written, bound in bindings.items():
        letter, _, inside = written.partition("(")
        if inside:
            own[fresh] = (inside[:-1], 0)
        sort = letters.get(letter)
        if sort in _SAID_IN_OWN_LETTERS and bound.head == "name":
            own[letter] = (bound.value, 0)
        elif (sort in _SAID_IN_OWN_LETTERS and bound.head in ("indexed", "number")) or letter in bounds_of(rule.left):
            parts[letter] = bound
        elif sort == "unknown function" and bound.head == "application":
            own[letter] = bound.value
        else:
            left_over[written] = bound
    taken = {text for text, _ in own.values()}.union(*map(_used, (*left_over.values(), *parts.values())))
    for letter in sorted(set(letters).difference(own, parts)):
        if letter in taken and left_over.get(letter) is not name(letter):
            own[letter] = (next(free for free in _others(letter, letters[letter])
                                if free not in taken and free not in letters), 0)
            taken.add(own[letter][0])
    new = tuple(sorted((letter, text, primes) for letter, (text, primes) in own.items() if letter != text or primes))
    symbol = "" if keeps_sign(rule) else before.value if before.head == "derivative" else "d"
    towards = before.value if before.head == "limit" else ""
    as_parts = tuple(sorted(parts.items()))
    left, right = [_rewritten(side, new, symbol, fresh, towards, as_parts) for side in (rule.left, rule.right)]
    shown: dict[str, Expression] = {}
    sorts: dict[str, Sort] = {}
    roles = {letter: role for role, letter in rule.roles.items()}
    shown_roles: dict[str, str] = {}
    for written, bound in left_over.items():
        letter, bracket, inside = written.partition("(")
        text = own[letter][0] if letter in own else letter
        if bound is not name(text) and letter in letters:
            shown[text + bracket + inside] = bound
            sorts[text], shown_roles[text] = letters[letter], roles.get(letter, "")
    listed = listed_letter(rule)
    meanings = {own[letter][0] if letter in own else letter: _rewritten(meaning, new, symbol, fresh, "", as_parts)
                for letter, meaning in rule.definitions}
    return Restated(left, right, shown, sorts, shown_roles, own[listed][0] if listed in own else listed, meanings)


def without_ones(own: Restated) -> Restated:
    """The statement without the letters that stand for 1: f^m/(f^n*h) with m = h = 1 says f/f^n."""
    ones = {name(letter) for letter, bound in own.bindings.items() if bound is ONE}
    if not ones:
        return own
    left, right = _without(own.left, ones), _without(own.right, ones)
    kept = {letter: bound for letter, bound in own.bindings.items() if bound is not ONE}
    return own._replace(left=left, right=right, bindings=kept)


def without_written_ones(side: Expression) -> Expression:
    """An expression without factors, divisors and exponents that are 1."""
    return _without(side, frozenset())


def _without(side: Expression, ones: Set[Expression]) -> Expression:
    made: dict[Expression, Expression] = {}
    for part in postorder([side]):
        args = tuple([made[arg] for arg in part.args])
        if part in ones:
            made[part] = ONE
        elif part.head == "product":
            made[part] = multiply(*[arg for arg in args if arg is not ONE])
        elif part.head in ("power", "quotient") and args[1] is ONE:
            made[part] = args[0]
        elif part.head == "at" and args[0] is ONE:
            made[part] = ONE
        else:
            made[part] = rebuilt(part, args)
    return made[side]


def shown_bindings(rule: Rule, bindings: Bindings) -> dict[str, Expression]:
    """What the letters stand for, as expressions: F as F(u), with a u that is free; a list of terms as their sum."""
    shown: dict[str, Expression] = {}
    for letter, sort in rule.letters.items():
        bound = bindings.get(letter)
        if sort == "condition":  # the cases are seen in what the rule is used on
            continue
        if sort == "new index":
            bound = bound or new_index(bindings)
        if sort == "function" and bound is not None:
            fresh = bindings["fresh"]
            shown[f"{letter}({fresh})"] = fill(bound, fresh)
        elif sort == "unknown function" and bound is not None:
            shown[letter] = node("application", (), bound)
        elif isinstance(bound, tuple):
            shown[letter] = node("sum", bound)
        elif bound is not None:
            shown[letter] = bound
    return shown


def standing_for(rule: Rule, role: str, bindings: Bindings) -> Expression | None:
    """What the letter with this role stands for, an outside as sin(u); None if the rule has no such letter."""
    return slots_of(shown_bindings(rule, bindings)).get(rule.role(role))


def slots_of(shown: Mapping[str, Expression]) -> dict[str, Expression]:
    """What letters stand for, with F(u) under F: for the slots of a sentence such as `say`."""
    return {written.partition("(")[0]: bound for written, bound in shown.items()}


@lru_cache(1000)
def bounds_of(left: Expression) -> frozenset[str]:
    """The letters between which the sums of a statement run."""
    return frozenset(bound.value for part in postorder([left]) if part.head == "finite_sum" for bound in part.args[2:]
                     if bound.head == "name")


_SEARCHED = 400
"""Size up to which an expression is searched for functions that nobody defined; nobody reads a longer one whole."""


def _used(bound: Expression) -> frozenset[str]:
    """The letters that mean something in an expression, functions that nobody defined included."""
    if bound.args and bound.size <= _SEARCHED:
        return bound.free.union(part.value[0] for part in postorder([bound]) if part.head == "application")
    return bound.free


_SAID_IN_OWN_LETTERS = frozenset(("variable", "index", "list", "new index"))
"""Sorts of the letters in whose place the statement has those of the problem."""

_OTHER_LETTERS: dict[Sort, str] = {
    "expression": "fghpqrs", "constant": "cabkmnpq", "function": "FGHP", "unknown function": "pqrfgh",
    "variable": "xtyzs", "new variable": "uvwts", "condition": "cdpq", "index": INDICES, "list": "xyzvw",
    "new index": INDICES,
}


def _others(letter: str, sort: Sort) -> Iterator[str]:
    """Names for a letter of this sort, those first that a book would take."""
    if letter in "mnk":
        yield from "nmk"
    yield from _OTHER_LETTERS[sort]
    number = 1
    while True:
        yield f"{letter}{number}"
        number += 1


@lru_cache(1000)
def _rewritten(side: Expression, new: tuple[tuple[str, str, int], ...], symbol: str, fresh: str,
               towards: str = "", parts: tuple[tuple[str, Expression], ...] = ()) -> Expression:
    """One side of a statement with its letters renamed, and with this d or ∂, except by the new variable `fresh`;
    limits that may come from any side are from the one that is meant. symbol: "" where the signs stay as they are;
    parts: what stands in the place of letters for variables, indices and bounds."""
    own = {letter: (text, primes) for letter, text, primes in new}
    others = dict(parts)
    made: dict[Expression, Expression] = {}
    for part in postorder([side]):
        head, args, value = part.head, tuple([made[arg] for arg in part.args]), part.value
        if head == "name" and value in others:
            made[part] = others[value]
            continue
        if head in ("name", "indexed") and value in own:
            made[part] = node(head, args, own[value][0])
            continue
        if head == "application" and value[0] in own:
            text, primes = own[value[0]]
            value = (text, value[1] + primes)
        elif head == "derivative" and part.args[1].value != fresh:
            value = symbol or value
        elif head == "limit" and not value and part.args[2].head == "name":
            value = towards
        made[part] = node(head, args, value)
    return made[side]
