"""Parse tables, built once: with the wheel, or in the checkout's ignored build folder.

Building a LALR table at every start is slow, so it is kept in a file keyed by the grammars' content and the versions
of Python and Lark. A stale or missing file is rebuilt in memory; it is written only where the project itself keeps it.

    parser = load_parser()
    parser.parse(tokens, start="start")
"""

from __future__ import annotations

from lark import Lark

from tutor.files import compiled_folder, data_folder


def load_parser() -> Lark:
    """The parser of both grammars, with the start symbols `start` (a problem) and `rulebook`."""
    from tutor.expression.parse import TokenSource, TreeBuilder

    folder = compiled_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        cache: str | bool = str(folder / "grammar.table")
    except OSError:
        cache = False  # a read-only home: the table is built in memory at each start
    grammar = data_folder("grammar") / "expression.lark"
    return Lark(grammar.read_text(encoding="utf-8"), parser="lalr", lexer=TokenSource, transformer=TreeBuilder(),
                start=["start"], maybe_placeholders=False, cache=cache)
