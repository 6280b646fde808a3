"""Which letters of a text are lists, so that x_i is one part of x and no name, and which are indices.

    found = lists_in("sum_i w_i*x_i + w_k", {}, {})
    found.letters, found.indices            # {"w", "x"}, {"i", "k"}

A letter with the index of a sum below it, anywhere in the text, is a list everywhere in it; and what stands below a
list is an index. All other subscripts belong to names. `x_[i]` is part of a list in any text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tutor.expression.lexemes import DIGITS, SUBSCRIPTED, SUM_SIGN
from tutor.expression.names import DELTA, GREEK, SMALL_LETTERS
from tutor.expression.sum_header import header_at
from tutor.expression.tree import INDICES

MOST_INDICES = 4


class Part(str):
    """Part of a list as a token carries it, in one spelling: x_{i}, W_{i,j}."""

    __slots__ = ()


class Subscript(NamedTuple):
    """indices: letters and whole numbers; form: "single", "joined" as in W_{ij}, "listed" as in W_{i,j}, "run" as in
    W_ij, or "explicit" as in x_[i]."""

    indices: tuple[str, ...]
    form: str

    @property
    def letters(self) -> list[str]:
        return [index for index in self.indices if index[0] not in DIGITS]


class Lists(NamedTuple):
    """letters: those of lists; indices: letters that are indices; ranks: the most indices below a list, one of them a
    letter."""

    letters: frozenset[str]
    indices: frozenset[str]
    ranks: Mapping[str, int]


NO_LISTS = Lists(frozenset(), frozenset(), {})
Known = Mapping[str, int]
"""Letters that are lists in any text, each with the number of its indices, or with 0 where that is not known."""

NOTHING_KNOWN: Known = MappingProxyType({})
Use = tuple[str, Subscript]


def subscript_of(typed: str) -> Subscript | None:
    """What stands below a letter, as it may be read as indices; None for the digits of x2."""
    if not typed or typed[0] in DIGITS:
        return None
    if typed[0] in SMALL_LETTERS:
        inner, form = "".join(SMALL_LETTERS[sign] for sign in typed), "joined"
    elif typed[1] in "{[":
        inner, form = typed[2:-1], "explicit" if typed[1] == "[" else "listed" if "," in typed else "joined"
    else:
        inner, form = typed[1:], "single"
    if form in ("explicit", "listed"):
        indices = tuple(index.strip() for index in inner.split(","))
        return Subscript(tuple(each for index in indices for each in _cut(index)), form)
    indices = tuple(_cut(inner))
    return Subscript(indices, "single" if len(indices) == 1 else "joined")


def _cut(inner: str) -> list[str]:
    """Joined indices one by one: ij is i and j, 12 is one number."""
    return [inner] if DIGITS.issuperset(inner) else list(inner)


def is_delta(letter: str, subscript: Subscript) -> bool:
    return letter == DELTA and len(subscript.indices) == 2


def is_part(letter: str, subscript: Subscript, lists: Lists) -> bool:
    """Whether a letter with a subscript is part of a list, or Kronecker's delta."""
    letters, form = subscript.letters, subscript.form
    if form == "explicit":
        return True
    are_indices = bool(letters) and lists.indices.issuperset(letters)
    if is_delta(letter, subscript):
        return are_indices
    if form == "single":
        return letter in lists.letters
    if form == "listed":
        return letter in lists.letters or not lists.indices.isdisjoint(letters)
    return letter in lists.letters and lists.indices.issuperset(letters)


_IN = ["i", "n"]
"""Below a letter this is more often a word than two indices."""


def lists_among(sums: Collection[str], sizes: set[str], uses: Iterable[Use], known: Known) -> Lists:
    """The lists among letters with subscripts.

    sums: the indices of the sums; sizes: letters that are upper bounds, which are no indices although x_n is the last
    part of x; known: letters that are lists in any case.
    """
    letters, indices = set(known), set(sums)
    waiting = [use for use in dict.fromkeys(uses) if use[1].letters or use[1].form == "explicit"]
    ranks = dict(known)
    while True:
        before = len(letters) + len(indices) + sum(ranks.values())
        for letter, subscript in waiting:
            below, form = subscript.letters, subscript.form
            certain = form == "explicit" or (
                letter in letters and (form in ("single", "listed") or ranks.get(letter) == len(subscript.indices)))
            if not certain and known and is_delta(letter, subscript) and below != _IN:
                certain = True  # beside lists it is Kronecker's, whatever its indices are
            if not certain and not indices.isdisjoint(below):
                certain = form == "listed" or (form == "joined" and len(below) == 2 and below != _IN
                                               and sizes.isdisjoint(below))
            if not certain and form == "run" and len(below) == 2 and below != _IN:  # W_ij beside a sum over j
                certain = not indices.isdisjoint(below) and indices.union(INDICES).issuperset(below) and (
                    sizes.isdisjoint(below))
            if not certain and not (below and indices.issuperset(below)):
                continue
            if not is_delta(letter, subscript):
                letters.add(letter)
                ranks[letter] = max(ranks.get(letter, 0), len(subscript.indices))
            if certain:
                indices.update(index for index in below if index not in sizes)
        if len(letters) + len(indices) + sum(ranks.values()) == before:
            return Lists(frozenset(letters), frozenset(indices), ranks)


def lists_in(text: str, closing: Mapping[int, int], known: Known) -> Lists:
    """The lists of a text. closing: opening bracket -> the closing one; known: as for `lists_among`."""
    sums: set[str] = set()
    sizes: set[str] = set()
    for sign in SUM_SIGN.finditer(text):
        header = header_at(text, sign.end(), closing)
        if header is not None:
            sums.update(header.indices)
            if header.upper is not None:
                sizes.add(header.upper.text.strip())
    uses: list[Use] = []
    for match in SUBSCRIPTED.finditer(text):
        letter = GREEK.get(match["name"], match["name"]) if match["name"] else ""
        if match["run"]:
            run = tuple(match["run"])
            uses += [(letter, Subscript(run[:1], "single")), (letter, Subscript(run, "run"))]
        elif letter and (subscript := subscript_of(match["subscript"])) is not None:
            uses.append((letter, subscript))
    return lists_among(sums, sizes, uses, known)
