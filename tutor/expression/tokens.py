"""The token pass: from what a person typed to tokens that a small grammar can read.

One linear pass over a regex lexer. It puts a `*` between neighbours, cuts joined letters, decides whether a `|` opens
or closes, puts brackets round bracketless arguments and round what a `d/dx` takes, finds the `dx` of an integral,
and checks brackets. Every note ("read as ...") and every suggestion about spelling arises here.

    [token.value for token in tokenize("2 sin 3x").tokens]     # ['2', '*', 'sin', '(', '3', '*', 'x', ')']
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tutor import limits
from tutor.errors import NotationError, Problem
from tutor.expression.calculus import read_integral
from tutor.expression.calls import read_function
from tutor.expression.characters import usual
from tutor.expression.closing import end_statement
from tutor.expression.doubts import note_bars
from tutor.expression.letters import read_word
from tutor.expression.lexemes import LEXEME, OPERATORS, SPACES, SUPERSCRIPTS, is_short_number
from tutor.expression.names import CONSTANT_WORDS, ROOT_SIGNS, UNKNOWN_FUNCTIONS, root_of_order
from tutor.expression.notes import Note
from tutor.expression.numbers import read_fraction, read_number
from tutor.expression.operands import add_leaf, complete, end_operand
from tutor.expression.signs import close_bracket, open_bracket, plus_minus, raise_to, read_bar, separate, times
from tutor.expression.spelling import about_character
from tutor.expression.state import State, Token
from tutor.expression.subscripts import NOTHING_KNOWN, Known
from tutor.expression.summation import read_sum

__all__ = ["Note", "Token", "Tokens", "tokenize"]


class Tokens(NamedTuple):
    """What the token pass made of a text. has_open_sum: a sum in it has no bounds."""

    tokens: list[Token]
    notes: list[Note]
    has_open_sum: bool = False


def tokenize(text: str, functions: frozenset[str] = UNKNOWN_FUNCTIONS, is_problem: bool = False,
             lists: Known = NOTHING_KNOWN, outer: State | None = None) -> Tokens:
    """The tokens of `text`; `functions` are the names that call when they stand before `(`.

    is_problem: a d/dx at the beginning of a statement takes all that follows, unless another derivative follows too;
    lists: letters of lists, and how many indices each has; outer: the text in which this one stands.
    Raises NotationError with every problem that the pass finds, in the order of the text.
    """
    if len(text) > limits.INPUT_CHARACTERS:
        message = f"This text has more than {limits.INPUT_CHARACTERS:,} characters; that is too long for a problem."
        raise NotationError(text[:80], [Problem(message, 0, 1)])
    state = State(usual(text), functions, is_problem, lists, outer)
    _read_pieces(state)
    problems = state.remarks.problems
    if problems:
        raise NotationError(text, sorted(problems, key=lambda problem: problem.start)[:limits.ERRORS_SHOWN])
    return Tokens(state.tokens, state.remarks.finished_notes(state.tokens), state.has_open_sum)


def _read_pieces(state: State) -> None:
    """Read the whole text, or up to where too many problems are found."""
    text, position, end, scan = state.text, 0, len(state.text.rstrip(SPACES)), LEXEME.match
    problems = state.remarks.problems
    while position < end:
        match = scan(text, position)
        assert match is not None  # `foreign` takes any character
        kind = match.lastgroup or "foreign"
        raw, stop = match[kind], match.end()
        position = _READERS[kind](state, raw, stop - len(raw), stop)
        if len(problems) >= limits.ERRORS_SHOWN:
            return
    if state.tokens and state.tokens[-1].type == "SEMICOLON":
        state.tokens.pop()  # a ; at the end separates nothing
    else:
        complete(state, "", end, end)
    end_statement(state)
    note_bars(state)


def _read_sign(state: State, raw: str, start: int, end: int) -> int:
    sign = OPERATORS[raw]
    reader = _SIGN_READERS.get(sign)
    if reader is not None:
        return reader(state, sign, start, end)
    if sign in ROOT_SIGNS:
        return read_function(state, ROOT_SIGNS[sign], start, end)
    if sign in CONSTANT_WORDS:
        return add_leaf(state, "CONSTANT", CONSTANT_WORDS[sign], start, end)
    if sign == "...":
        return add_leaf(state, "ELLIPSIS", sign, start, end)
    return separate(state, sign, start, end)


def _read_superscript(state: State, raw: str, start: int, end: int) -> int:
    """² and the like: an exponent, in brackets of its own unless it is a plain number."""
    slot = state.slot
    apart = not state.operand or state.tokens[-1].end_pos < start
    if state.text.startswith("√", end) and (slot is None or (slot.kind == "argument" and slot.end < start)):
        index = "".join(SUPERSCRIPTS[letter] for letter in raw)
        if apart and is_short_number(index) and int(index) > 1:
            return read_function(state, root_of_order(int(index)), start, end + 1)
        if state.operand:
            done = state.quote(state.atom, end)
            state.note("raised-root",
                       f"{done}√ is read as {done}·√; for the root, type {state.quote(state.atom, start)}*{raw}√.",
                       state.atom, end + 1, [(start, start, "*")])
    if slot is not None and slot.kind in ("argument", "caret"):
        raise_to(state, "^", start, start)
    elif slot is None and state.operand:
        state.emit("CIRCUMFLEX", "^", start, start)
    else:
        state.problem(f"The exponent {state.quote(start, end)} has no base to its left.", start, end)
        state.assume_operand(end)
        return end
    inner = "".join(SUPERSCRIPTS[letter] for letter in raw)
    if is_short_number(inner):
        state.emit("NUMBER", inner, start, end)
    else:
        try:
            made = tokenize(inner, frozenset()).tokens
        except NotationError:
            state.problem(f"The exponent {state.quote(start, end)} cannot be read; type ^(...).", start, end)
            made = []
        state.emit("LPAR", "(", start, start)
        state.tokens += [Token(token.type, token.value, start, end) for token in made]
        state.emit("RPAR", ")", end, end)
    end_operand(state, state.atom, end)
    return end


def _read_primes(state: State, raw: str, start: int, end: int) -> int:
    what = state.slot.word + "(x)" if state.slot is not None else "x^2"
    state.problem(f"A prime follows a letter, as in f'(x) or y'; for any other derivative, type d/dx [{what}].",
                  start, end)
    return end


def _read_foreign(state: State, raw: str, start: int, end: int) -> int:
    """A character that the notation does not have; one that is a letter or a number stands for an operand."""
    if raw == "∑" and (after := read_sum(state, start, end)) is not None:
        return after
    last = state.tokens[-1] if raw == "_" and state.operand else None
    if last is not None and last.end_pos == start and state.text[last.start_pos:start] in ("e", "i", "π"):
        state.problem(f"{state.quote(last.start_pos, start)} is a constant, so it cannot have a subscript. Choose "
                      "another letter.", last.start_pos, end)
    else:
        state.problem(about_character(raw), start, end)
    if raw.isalnum() or raw == "∑":
        return add_leaf(state, "NAME", "x", start, end)
    if raw in _BETWEEN:
        state.operand = False
    return end


Reader = Callable[[State, str, int, int], int]
"""Reads the piece that stands at text[start:end], and gives the place where the text goes on."""

_BETWEEN = {"==", "=<", "=>", "<>", ":", "&", "→", "±"}  # foreign signs that join two operands

_SIGN_READERS: dict[str, Reader] = {
    **dict.fromkeys("([{", open_bracket), **dict.fromkeys(")]}", close_bracket), **dict.fromkeys("+-", plus_minus),
    **dict.fromkeys("*/⊙", times), "^": raise_to, "|": read_bar, "∫": read_integral,
}
_READERS: dict[str, Reader] = {
    "word": read_word, "number": read_number, "operator": _read_sign, "superscript": _read_superscript,
    "primes": _read_primes, "fraction": read_fraction, "foreign": _read_foreign,
}
