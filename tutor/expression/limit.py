"""Limits: `lim_(x->0) sin(x)/x`, and in words `limit of sin(x)/x as x approaches 0`.

Where the variable goes is read first, wherever it stands; what the limit is taken of follows it among the tokens:

    lim_(x->0+) x^x   arrives as   lim ( 0 ) [ x ^ x ]

What follows `lim_(x->0)` belongs to the limit up to the next plus or minus, as it does after d/dx and ∫.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tutor.errors import NotationError
from tutor.expression import lexemes
from tutor.expression.closing import OPENED, close_limit, end_term
from tutor.expression.leading import leads
from tutor.expression.lexemes import SPACES
from tutor.expression.names import CONSTANT_WORDS, FUNCTION_WORDS, canonical_name
from tutor.expression.operands import add_leaf, before_operand, complete
from tutor.expression.state import State, Token

_EXAMPLE = "as in lim_(x->0) sin(x)/x"
_MISSING = f"A limit needs its variable and where that goes, {_EXAMPLE}."


class _Header(NamedTuple):
    """What a limit says of its variable: the letter, the side ("", "+" or "-"), where in the text its target stands,
    and where the text goes on."""

    variable: str
    side: str
    start: int
    stop: int
    end: int


def read_limit(state: State, start: int) -> int | None:
    """A limit whose word, `lim` or `limit`, begins at `start`; None if it is another word."""
    word = lexemes.LIMIT_WORD.match(state.text, start)
    if word is None:
        return None
    header = _header(state, word.end())
    if header is None and lexemes.LETTERS.match(state.text, word.end()):
        return None  # a longer word
    behind = None if header else _header_behind(state, word.end())
    found = header or behind
    if found is None:
        return _refuse(state, start, word.end())
    end = found.end
    if behind is not None:
        of = lexemes.OF.match(state.text, word.end())
        assert of is not None
        end = of.end()
    leading = leads(state, None, start, end) if header else False
    before_operand(state, "function", start, word.end())
    state.emit("LIMIT", (found.variable, found.side), start, word.end())
    state.emit("LPAR", "(", found.start, found.start)
    state.tokens += _target(state, found)
    state.emit("RPAR", ")", found.stop, found.stop)
    state.emit("LSQB", "[", end, end)
    frame = state.push("limit" if header else "limit of", start, end)
    frame.leading = leading
    if behind is not None:
        frame.after = behind.end
    state.operand = False
    return end


def _refuse(state: State, start: int, end: int) -> int:
    """Report a limit that does not say where its variable goes, and go on behind the brackets that follow it."""
    below = lexemes.LIMIT_BELOW.match(state.text, end)
    closing = state.facts.closing.get(below.end() - 1) if below else None
    of = lexemes.OF.match(state.text, end)
    end = closing + 1 if closing is not None else of.end() if of else end
    state.problem(_MISSING, start, end)
    return add_leaf(state, "NAME", "x", start, end)


def ends_limit(state: State, start: int, end: int) -> int | None:
    """The `as x -> 0` or `at 0` behind what a limit in words is of; None if the word means something else."""
    frame = state.frame
    while frame.kind in OPENED:
        frame = frame.parent
    if frame.kind != "limit of" or frame.after <= start:
        return None
    where = _first_behind(state.text, frame.end)
    if where is None or where.start() != start:
        return None
    complete(state, state.text[start:end], start, end)
    end_term(state)
    after = state.frame.after
    close_limit(state, start)
    return after


def _header(state: State, place: int) -> _Header | None:
    """`_(x->0)`, `_{x \\to 0}`, ` x->0`, ` as x approaches 0 of`."""
    text = state.text
    opened = lexemes.LIMIT_OPENED.match(text, place)
    closing = state.facts.closing.get(opened.start("open")) if opened else None
    if opened and closing is not None:
        return _sided(state, opened, opened.end(), closing, closing + 1)
    worded = lexemes.LIMIT_AS.match(text, place)
    if worded:
        return _sided(state, worded, worded.start("target"), worded.end("target"), worded.end())
    plain = lexemes.LIMIT_PLAIN.match(text, place)
    if plain:
        closing = state.facts.closing.get(plain.end())
        if closing is not None and plain["target"] == "":
            side = lexemes.LIMIT_SIDE_BEHIND.match(text, closing + 1)
            stop = side.end() if side else closing + 1
            return _sided(state, plain, plain.end(), stop, stop)
        return _sided(state, plain, plain.start("target"), plain.end("target"), plain.end())
    return None


def _header_behind(state: State, place: int) -> _Header | None:
    """The `as x approaches 0` behind `limit of sin(x)/x`, or its `at 0`."""
    of = lexemes.OF.match(state.text, place)
    found = _first_behind(state.text, of.end() if of else place)
    if of is None or found is None:
        return None
    stop = lexemes.LIMIT_END.match(state.text, found.end())
    assert stop is not None  # it may be empty
    if found["variable"]:
        return _sided(state, found, found.end(), stop.end(), stop.end())
    letters = [found["letter"]] if found["letter"] else _letters(state.text[of.end():found.start()])
    variable = "x" if "x" in letters or len(letters) != 1 else canonical_name(letters[0])
    start, stop_at, side = _without_side(state.text, found.end(), stop.end())
    return _Header(variable, side, start, stop_at, stop.end())


def _first_behind(text: str, place: int) -> re.Match[str] | None:
    """The first `as x ->` or `at` outside the brackets that open behind `place`."""
    depth = 0
    for found in lexemes.LIMIT_BEHIND.finditer(text, place):
        depth += (found[0] in "([{") - (found[0] in ")]}")
        if depth < 0 or found[0] == ";":
            return None
        if depth == 0 and (found["word"] or found["at"]):
            return found
    return None


def _letters(text: str) -> list[str]:
    """The names in a part of a text."""
    return sorted({run for run in lexemes.LETTERS.findall(text)
                   if len(run) == 1 and run not in CONSTANT_WORDS and run not in FUNCTION_WORDS})


def _sided(state: State, found: re.Match[str], start: int, stop: int, end: int) -> _Header:
    variable = canonical_name(found["variable"], found["subscript"] or "")
    if variable in CONSTANT_WORDS:
        state.problem(f"{variable} is a constant and cannot be the variable of a limit; choose another letter.",
                      found.start("variable"), found.end("variable"))
    start, stop, side = _without_side(state.text, start, stop)
    return _Header(variable, side, start, stop, end)


def _without_side(text: str, start: int, stop: int) -> tuple[int, int, str]:
    """A target without the sign of its side: `0+`, `0^+`, `0⁺`, `0 from the right`."""
    marked = lexemes.LIMIT_SIDE.search(text[start:stop])
    side = ""
    if marked:
        side = "+" if (marked["sign"] or marked["words"]).lower() in ("+", "⁺", "➕", "right", "above") else "-"
        stop = start + marked.start()
    return start, stop, side


def _target(state: State, header: _Header) -> list[Token]:
    """The tokens of a target, which stands in the text apart from what the limit is taken of."""
    from tutor.expression.tokens import tokenize  # the pass as a whole: a target is a text of its own

    text = state.text[header.start:header.stop]
    nothing = [Token("NUMBER", "0", header.start, header.stop)]
    if state.remarks.problems and not text.strip(SPACES):
        return nothing
    if not text.strip(SPACES):
        state.problem(f"Where does {header.variable} go? A number, a letter or infinity is missing, {_EXAMPLE}.",
                      header.start, header.stop)
        return nothing
    try:
        made = tokenize(text, state.functions).tokens
    except NotationError as error:
        for problem in error.problems:
            state.problem(problem.message, header.start + problem.start, header.start + problem.end)
        return nothing
    if any(token.type in _NO_TARGET for token in made):
        state.problem(f"A limit goes to one number, letter or infinity, {_EXAMPLE}.", header.start, header.stop)
        return nothing
    return [Token(token.type, token.value, header.start + token.start_pos, header.start + token.end_pos)
            for token in made]


_NO_TARGET = frozenset(("LIMIT", "RELATION", "SEMICOLON", "AT", "AT_END", "DERIVATIVE", "INTEGRAL"))
