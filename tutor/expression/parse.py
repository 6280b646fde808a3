"""Text -> tree: the token pass, then the LALR grammar of `grammar/expression.lark`, building nodes while it parses.

    read("d/dx 1/2x").expression         # the tree
    read("d/dx 1/2x").notes              # "1/2x is read as (1/2)·x ..."
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lark import Lark, Transformer
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from tutor import limits
from tutor.compiled import load_parser
from tutor.errors import NotationError, Problem
from tutor.expression import tree
from tutor.expression.names import UNKNOWN_FUNCTIONS
from tutor.expression.tokens import Note, Token, tokenize
from tutor.expression.tree import Expression, node


@dataclass(frozen=True)
class Reading:
    """How a text was read: the tree, and a note for every reading that a person could doubt."""

    expression: Expression
    notes: tuple[Note, ...]


class TokenSource(Lexer):
    """Hands tokens that are already made to Lark."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, tokens: Any) -> Iterator[Any]:  # type: ignore[override]
        return iter(tokens)


class Unreadable(Exception):
    """Raised while the tree is built; becomes a NotationError with the whole text."""

    def __init__(self, message: str, token: Token) -> None:
        super().__init__(message)
        self.problem = Problem(message, token.start_pos, max(token.end_pos, token.start_pos + 1))


def _number(text: str) -> Expression:
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    if not decimals and not exponent:
        return node("number", (), int(whole))
    shift = int(exponent or "0") - len(decimals)
    digits = int((whole or "0") + decimals)
    return tree.number(digits * 10**shift if shift >= 0 else Fraction(digits, 10**-shift))


class TreeBuilder(Transformer[Any, Any]):
    """One method a grammar rule; each is called with the values of that rule's parts."""

    def start(self, statements: list[Expression]) -> Expression:
        return statements[0] if len(statements) == 1 else node("statements", tuple(statements))

    def number(self, parts: list[Token]) -> Expression:
        return _number(parts[0].value)

    def name(self, parts: list[Token]) -> Expression:
        return tree.name(parts[0].value)

    def constant(self, parts: list[Token]) -> Expression:
        return tree.constant(parts[0].value)

    def sum(self, parts: list[Any]) -> Expression:
        terms = [parts[0]]
        for index in range(1, len(parts), 2):
            term = parts[index + 1]
            terms.append(node("negation", (term,)) if parts[index].value == "-" else term)
        return node("sum", tuple(terms))

    def product(self, parts: list[Any]) -> Expression:
        factors = [parts[0]]
        for index in range(1, len(parts), 2):
            if parts[index].value == "*":
                factors.append(parts[index + 1])
            else:
                numerator = node("product", tuple(factors)) if len(factors) > 1 else factors[0]
                factors = [node("quotient", (numerator, parts[index + 1]))]
        return node("product", tuple(factors)) if len(factors) > 1 else factors[0]

    def negation(self, parts: list[Any]) -> Expression:
        return node("negation", (parts[-1],))

    def power(self, parts: list[Any]) -> Expression:
        return node("power", (parts[0], parts[-1]))

    def absolute(self, parts: list[Any]) -> Expression:
        return node("abs", (parts[1],))

    def call(self, parts: list[Any]) -> Expression:
        return _checked_call(parts[0], parts[1:])

    def powered_call(self, parts: list[Any]) -> Expression:
        return node("power", (_checked_call(parts[0], parts[2:]), parts[1]))

    def logarithm(self, parts: list[Any]) -> Expression:
        return node("log", (parts[2], parts[1]))

    def powered_logarithm(self, parts: list[Any]) -> Expression:
        return node("power", (node("log", (parts[3], parts[1])), parts[2]))

    def application(self, parts: list[Any]) -> Expression:
        return node("application", (parts[1],), parts[0].value)

    def primed(self, parts: list[Any]) -> Expression:
        return node("application", (), parts[0].value)

    def derivative(self, parts: list[Any]) -> Expression:
        return _derivative(parts[0], parts[1], parts[0].value[:3])

    def derivative_of(self, parts: list[Any]) -> Expression:
        return _derivative(parts[0], tree.name(parts[0].value[3]), parts[0].value[:3])

    def integral(self, parts: list[Any]) -> Expression:
        return node("integral", (parts[1], tree.name(parts[2].value)))

    def definite(self, parts: list[Any]) -> Expression:
        return node("integral", (parts[3], tree.name(parts[4].value), parts[1], parts[2]))

    def at(self, parts: list[Any]) -> Expression:
        body, _, variable, relation, point = parts
        if relation.value != "=":
            raise Unreadable("at needs an equation, as in at x = 2.", relation)
        return node("at", (body, tree.name(variable.value), point))

    at_end = at

    def relation(self, parts: list[Any]) -> Expression:
        return node("relation", (parts[0], parts[2]), parts[1].value)


def _checked_call(token: Token, args: list[Expression]) -> Expression:
    fewest, most = tree.FUNCTIONS[token.value]
    if not fewest <= len(args) <= most:
        wanted = {(1, 1): "one argument", (1, 2): "one or two arguments"}.get((fewest, most), "two or more arguments")
        raise Unreadable(f"{token.value} takes {wanted}, here it has {len(args)}.", token)
    return tree.call(token.value, *args)


def _derivative(token: Token, body: Expression, operator: tuple[str, str, str]) -> Expression:
    symbol, variable, order = operator
    if order[0] in "0123456789":
        if not 1 <= int(order) <= limits.DERIVATIVE_ORDER:
            raise Unreadable(f"The order of a derivative is a number from 1 to {limits.DERIVATIVE_ORDER}.", token)
        return tree.derivative(body, tree.name(variable), node("number", (), int(order)), symbol)
    return tree.derivative(body, tree.name(variable), tree.name(order), symbol)


_EXPECTED = {
    "NUMBER": "a number", "NAME": "a name", "PLUS_MINUS": "+ or -", "TIMES_DIVIDE": "* or /", "CIRCUMFLEX": "^",
    "RPAR": "a closing bracket", "RSQB": "a closing ]", "RBAR": "a closing |", "COMMA": "a comma",
    "$END": "the end", "RELATION": "=", "SEMICOLON": ";", "LPAR": "an opening bracket", "DX": "dx",
}


def _explain_unexpected(error: UnexpectedToken, text: str) -> Problem:
    """What Lark did not expect, in words: what is missing, and what to type."""
    token: Any = error.token
    at_end = token.type == "$END"
    start = len(text.rstrip()) if at_end else token.start_pos
    end = start + 1 if at_end else max(token.end_pos, start + 1)
    wants_operand = "NUMBER" in error.expected
    if at_end and not text.strip():
        message = "There is nothing to read. Type a problem, such as d/dx x^2."
    elif wants_operand:
        what = "the text ends" if at_end else f"there is {text[start:end].strip() or token.value}"
        message = f"Something is missing: a number, a name or a bracket is expected here, but {what}."
    elif token.type == "RELATION":
        message = "Only one = (or <, >) can stand in a statement; separate statements by ;."
    elif token.type == "AT_END":
        message = "at x = ... ends a problem and can be said once; for more, use brackets: (...) at (x = 2)."
    else:
        expected = sorted({_EXPECTED[kind] for kind in error.expected if kind in _EXPECTED})
        shown = "the end" if at_end else text[start:end].strip() or str(token.value)
        message = f"{shown} cannot stand here; expected: {', '.join(expected) or 'nothing more'}."
    return Problem(message, start, end)


_parser: Lark | None = None


def parser() -> Lark:
    """The one parser for problems and rulebooks, loaded when first used."""
    global _parser
    if _parser is None:
        _parser = load_parser()
    return _parser


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause garbage collection while many nodes are made: none of them is in a cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read(text: str, functions: frozenset[str] = UNKNOWN_FUNCTIONS) -> Reading:
    """Read `text` in the learner's notation; `functions` are letters that call when they stand before a bracket.

    Raises NotationError with the position of everything that could not be read.
    """
    with collector_paused():
        found = tokenize(text, functions)
        expression = parse_tokens(text, found.tokens, "start")
    return Reading(expression, tuple(found.notes))


def parse_tokens(text: str, tokens: list[Token], start: str) -> Any:
    """Run the grammar from the symbol `start` over tokens of `text`."""
    try:
        return parser().parse(tokens, start=start)  # type: ignore[arg-type]
    except UnexpectedToken as error:
        raise NotationError(text, [_explain_unexpected(error, text)]) from None
    except Unreadable as error:
        raise NotationError(text, [error.problem]) from None


def parse(text: str) -> Expression:
    """The tree of `text`, as it was typed: nothing is simplified. `str()` of it parses back to the same tree.

    Raises TutorError, with `.position`, if the text is not in the notation.
    """
    return read(text).expression


def read_back(text: str) -> Expression:
    """Undo `str(expression)`: every letter before a bracket calls, because `write` puts a `*` where a product is."""
    return read(text, EVERY_NAME).expression


class _EveryName(frozenset[str]):
    def __contains__(self, item: object) -> bool:
        return True


EVERY_NAME = _EveryName()
