"""The grammar: no conflicts, and the project's own loop over its table gives what Lark gives."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from lark import Lark, logger
from lark import Token as LarkToken
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from tutor.errors import NotationError
from tutor.expression.grammar import lark_parser
from tutor.expression.parse import TreeBuilder, parse_tokens
from tutor.expression.tokens import Token, tokenize
from tutor.files import data_folder


class NoLexer(Lexer):
    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[LarkToken]:
        return iter(())


@pytest.mark.parametrize("file", ["expression.lark", "rulebook.lark"])
def test_no_conflicts(file: str, caplog: pytest.LogCaptureFixture) -> None:
    """Lark resolves a shift/reduce conflict silently, but for a line in its debug log; others it refuses."""
    grammar = data_folder("grammar") / file
    start = ["start"] if file == "expression.lark" else ["start", "rulebook"]
    logger.addHandler(caplog.handler)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        Lark(grammar.read_text(encoding="utf-8"), source_path=str(grammar), import_paths=[str(grammar.parent)],
             parser="lalr", lexer=NoLexer, start=start, maybe_placeholders=False, debug=True)
    finally:
        logger.setLevel(before)
        logger.removeHandler(caplog.handler)
    assert [record.getMessage() for record in caplog.records if "onflict" in record.getMessage()] == []


def test_the_test_would_see_a_conflict(caplog: pytest.LogCaptureFixture) -> None:
    logger.addHandler(caplog.handler)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        Lark('start: sum\nsum: sum "+" sum | "x"', parser="lalr", debug=True)
    finally:
        logger.setLevel(before)
        logger.removeHandler(caplog.handler)
    assert any("onflict" in record.getMessage() for record in caplog.records)


@pytest.fixture(scope="module")
def lark() -> Lark:
    return lark_parser("expression.lark", ["start"], transformer=TreeBuilder())


TEXTS = [
    "x", "-x^2 + 3*-y/z", "2 sin^2 3x cos(x)/|x|", "log_2 x^3 + max(1, x, e)", "f(x) = x^2; f'(2) + y''; z",
    "d/dx [x^2] at (x = 2) - dy/dx", "int_0^(2pi) x dx + int x/2 dx", "x^2 at x = 2", "x^-y^z",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_loop_gives_what_lark_gives(text: str, lark: Lark) -> None:
    tokens = tokenize(text).tokens
    assert parse_tokens(text, tokens) is lark.parse(tokens)


BROKEN = [
    [], [("NAME", "x"), ("NAME", "y")], [("PLUS_MINUS", "+")], [("NAME", "x"), ("TIMES_DIVIDE", "*")],
    [("LPAR", "("), ("NAME", "x")], [("NAME", "x"), ("RELATION", "="), ("NAME", "x"), ("RELATION", "=")],
]


@pytest.mark.parametrize("kinds", BROKEN)
def test_the_loop_refuses_what_lark_refuses(kinds: list[tuple[str, str]], lark: Lark) -> None:
    tokens = [Token(kind, value, place, place + 1) for place, (kind, value) in enumerate(kinds)]
    with pytest.raises(UnexpectedToken):
        lark.parse(tokens)
    with pytest.raises(NotationError) as caught:
        parse_tokens("x" * len(kinds), tokens)
    assert caught.value.position is not None


def test_every_rule_of_the_grammar_has_its_builder() -> None:
    rules = {"sum", "product", "negation", "power", "number", "name", "constant", "absolute", "call", "powered_call",
             "logarithm", "powered_logarithm", "application", "primed", "derivative", "derivative_of", "integral",
             "definite", "relation", "at", "at_end", "start"}
    assert all(callable(getattr(TreeBuilder, rule)) for rule in rules)
