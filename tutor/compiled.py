"""Parse tables, built once: with the wheel, or in the checkout's ignored build folder.

Building a LALR table at every start is slow, so it is kept in a file keyed by the grammars' content and the versions
of Python and Lark. A stale or missing file is rebuilt in memory; it is written only where the project itself keeps it.

    parser = load_parser()
    parser.parse(tokens, start="start")
"""

from __future__ import annotations

from lark import Lark
from lark.visitors import merge_transformers

from tutor.files import compiled_folder, data_folder


def load_parser() -> Lark:
    """The parser of both grammars, with the start symbols `start` (a problem) and `rulebook`."""
    from tutor.expression.parse import TokenSource, TreeBuilder
    from tutor.rules.reader import RulebookBuilder

    folder = compiled_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        cache: str | bool = str(folder / "grammar.table")
    except OSError:
        cache = False  # a folder that cannot be written to: the table is built in memory at each start
    grammar = data_folder("grammar") / "rulebook.lark"
    return Lark(
        grammar.read_text(encoding="utf-8"), source_path=str(grammar), import_paths=[str(grammar.parent)],
        parser="lalr", lexer=TokenSource, start=["start", "rulebook"], maybe_placeholders=False,
        transformer=merge_transformers(RulebookBuilder(), expression=TreeBuilder()), cache=cache,
    )
