"""The LALR table that Lark works out from the grammars, as plain data, and the loop that runs it.

Only making the table needs Lark (tutor/expression/grammar.py), so a start that finds a stored table does not have to
import it. A test compares this loop with Lark's own.

    Automaton(load_table(), TreeBuilder(), "start").run(tokens)
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from tutor.compiled import kept, packed, unpacked

_Kept = tuple[tuple[int, bool], ...]


class Recipe(NamedTuple):
    """What a reduction does with its parts.

    size: how many parts; symbol: what they become; method: the builder's method, "" for a rule that only lends its
    parts to the rule above; kept: the parts that are passed on, each with whether it is such a lent list;
    passes: a single part is passed on as it is.
    """

    size: int
    symbol: str
    method: str
    kept: _Kept
    passes: bool


class ParseTable(NamedTuple):
    """states: for each state, symbol -> the state to go to, or -1 - the place of a recipe; starts, ends: by start
    symbol, the first state and the one that is reached when all is read."""

    states: list[dict[str, int]]
    recipes: list[Recipe]
    starts: dict[str, int]
    ends: dict[str, int]


def make_table() -> ParseTable:
    """The table, worked out by Lark anew."""
    from tutor.expression.grammar import make_table as make  # imports Lark only when needed

    return make()


def load_table() -> ParseTable:
    """The stored parse table of both grammars."""
    return kept("grammar", make_table, dump, restore)


def dump(table: ParseTable) -> bytes:
    """A table as plain data."""
    return packed((table.states, [tuple(recipe) for recipe in table.recipes], table.starts, table.ends))


def restore(data: bytes) -> ParseTable:
    """Undo `dump`."""
    states, recipes, starts, ends = unpacked(data)
    return ParseTable(states, [Recipe(*recipe) for recipe in recipes], starts, ends)


class _End:
    """What follows the last token."""

    type = "$END"


_END = _End()


class Unexpected(Exception):
    """A token that cannot stand where it does; None is the end of the text."""

    def __init__(self, token: Any | None, expected: frozenset[str]) -> None:
        super().__init__(token)
        self.token, self.expected = token, expected


class Automaton:
    """The parser for one start symbol, building with the methods of `builder`."""

    def __init__(self, table: ParseTable, builder: object, start: str) -> None:
        actions = [self._action(recipe, builder) for recipe in table.recipes]
        self.states: list[dict[str, Any]] = [
            {symbol: target if target >= 0 else actions[-1 - target] for symbol, target in row.items()}
            for row in table.states
        ]
        self.start, self.end = self.states[table.starts[start]], self.states[table.ends[start]]

    def _action(self, recipe: Recipe, builder: object) -> tuple[int, str, Any, _Kept | None, bool]:
        """The recipe as the loop wants it: `kept` is None where all parts are passed on as they are."""
        plain = tuple((place, False) for place in range(recipe.size))
        method = getattr(builder, recipe.method, None) if recipe.method else _lent
        return recipe.size, recipe.symbol, method, None if recipe.kept == plain else recipe.kept, recipe.passes

    def run(self, tokens: Iterable[Any]) -> Any:
        """What the builder makes of the tokens. Raises Unexpected at the first that cannot stand where it does."""
        states, end, row = self.states, self.end, self.start
        rows: list[dict[str, Any]] = [row]
        values: list[Any] = []
        for token in chain(tokens, (_END,)):
            terminal = token.type
            while True:
                action = row.get(terminal)
                if action.__class__ is int:
                    row = states[action]
                    rows.append(row)
                    values.append(token)
                    break
                if action is None:
                    expected = frozenset(symbol for symbol in row if symbol.isupper())
                    raise Unexpected(None if token is _END else token, expected)
                size, symbol, method, kept, passes = action
                if size:
                    del rows[-size:]
                if size != 1 or not passes:
                    first = len(values) - size
                    parts = values[first:]
                    del values[first:]
                    if kept is not None:
                        parts = _chosen(parts, kept)
                    values.append(parts[0] if passes and len(parts) == 1 else method(parts))
                row = states[rows[-1][symbol]]
                rows.append(row)
                if row is end and token is _END:
                    return values[-1]


def _lent(parts: list[Any]) -> list[Any]:
    return parts


def _chosen(parts: list[Any], kept: _Kept) -> list[Any]:
    """The parts that are passed on, lent lists opened; the first lent list is grown, so that long sums stay linear."""
    chosen: list[Any] = []
    for place, lent in kept:
        if not lent:
            chosen.append(parts[place])
        elif chosen:
            chosen += parts[place]
        else:
            chosen = parts[place]
    return chosen
