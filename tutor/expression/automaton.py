"""The LALR table that Lark builds, run without what Lark spends on each reduction.

Lark looks a rule's callback up by the rule itself, whose hash it computes anew each time; here every action holds its
callback, and a rule that only passes its one part on costs two dictionary look-ups. Table, callbacks and results are
Lark's own (a test compares them).

    Automaton(lark, "start").run(tokens)
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from lark import Lark
from lark.parse_tree_builder import ExpandSingleChild
from lark.parsers.lalr_analysis import Shift


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
    """The parser for one start symbol."""

    def __init__(self, lark: Lark, start: str) -> None:
        parser = lark.parser.parser.parser  # front end, LALR parser, and in it the table with its callbacks
        table, self.callbacks = parser.parse_table, parser.callbacks
        # state -> symbol -> the state to go to, or a reduction: how many parts, of what symbol, made by what
        self.states: list[dict[str, Any]] = [{} for _ in range(max(table.states) + 1)]
        for state, actions in table.states.items():
            self.states[state] = {
                symbol: argument if action is Shift else self.reduction(argument)
                for symbol, (action, argument) in actions.items()
            }
        self.start = self.states[table.start_states[start]]
        self.end = self.states[table.end_states[start]]

    def reduction(self, rule: Any) -> tuple[int, str, Any]:
        """A rule as the loop wants it; its callback is None if it only passes its one part on."""
        size, callback = len(rule.expansion), self.callbacks[rule]
        passes_on = size == 1 and isinstance(callback, ExpandSingleChild)
        return size, rule.origin.name, None if passes_on else callback

    def run(self, tokens: Iterable[Any]) -> Any:
        """What the callbacks make of the tokens. Raises Unexpected at the first that cannot stand where it does."""
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
                size, symbol, callback = action
                if size:
                    del rows[-size:]
                if callback is not None:
                    first = len(values) - size
                    parts = values[first:]
                    del values[first:]
                    values.append(callback(parts))
                row = states[rows[-1][symbol]]
                rows.append(row)
                if row is end and token is _END:
                    return values[-1]
