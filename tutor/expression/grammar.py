"""From the Lark grammars to a parse table: done once, with the wheel or at a checkout's first start.

    table = make_table()
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Lark
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

from tutor.expression.automaton import ParseTable, Recipe
from tutor.files import data_folder

_IMPORTED = "expression__"  # how Lark calls what rulebook.lark imports from expression.lark


class TokenSource(Lexer):
    """Hands tokens that are already made to Lark."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, tokens: Any) -> Iterator[Any]:  # type: ignore[override]
        return iter(tokens)


def lark_parser(file: str, start: list[str], **options: Any) -> Lark:
    """Lark's own parser for one of the grammars."""
    grammar = data_folder("grammar") / file
    return Lark(grammar.read_text(encoding="utf-8"), source_path=str(grammar), import_paths=[str(grammar.parent)],
                parser="lalr", lexer=TokenSource, start=start, maybe_placeholders=False, **options)


def make_table() -> ParseTable:
    """One table for both start symbols, `start` (a problem) and `rulebook`."""
    table = lark_parser("rulebook.lark", ["start", "rulebook"]).parser.parser.parser.parse_table
    rules: dict[Any, int] = {}
    states: list[dict[str, int]] = [{} for _ in range(max(table.states) + 1)]
    for state, actions in table.states.items():
        for symbol, (action, argument) in actions.items():
            states[state][str(symbol)] = argument if action is Shift else -1 - rules.setdefault(argument, len(rules))
    return ParseTable(states, [_recipe(rule) for rule in rules], dict(table.start_states), dict(table.end_states))


def _recipe(rule: Any) -> Recipe:
    """Lark's ways with a rule: punctuation is dropped, `_rules` lend their parts, `?rules` pass a single part on."""
    origin = str(rule.origin.name)
    kept = tuple((place, not symbol.is_term and symbol.name.startswith("_"))
                 for place, symbol in enumerate(rule.expansion) if not (symbol.is_term and symbol.filter_out))
    method = str(rule.alias or rule.options.template_source or origin)
    return Recipe(len(rule.expansion), origin, "" if origin.startswith("_") else method.removeprefix(_IMPORTED),
                  kept, bool(rule.options.expand1 and not rule.alias))
