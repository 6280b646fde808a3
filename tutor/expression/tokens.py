"""The token pass: from what a person typed to tokens that a small grammar can read.

One linear pass over a regex lexer. It puts a `*` between neighbours, cuts joined letters, decides whether a `|` opens
or closes, puts brackets round bracketless arguments and round what a `d/dx` takes, finds the `dx` of an integral,
and checks brackets. Every note ("read as ...") and every suggestion about spelling arises here.

    [token.value for token in tokenize("2 sin 3x").tokens]     # ['2', '*', 'sin', '(', '3', '*', 'x', ')']
"""

from __future__ import annotations

from typing import NamedTuple

from tutor import limits
from tutor.errors import NotationError, Problem
from tutor.expression.brackets import Token
from tutor.expression.characters import usual
from tutor.expression.letters import Letters
from tutor.expression.lexemes import LEXEME, OPERATORS, SPACES, SUPERSCRIPTS
from tutor.expression.names import (
    CONSTANT_WORDS,
    ROOT_SIGNS,
    UNKNOWN_FUNCTIONS,
    root_of_order,
)
from tutor.expression.notes import Note
from tutor.expression.operators import is_short_number
from tutor.expression.spelling import about_character

__all__ = ["Note", "Token", "Tokens", "tokenize"]


class Tokens(NamedTuple):
    """What the token pass made of a text."""

    tokens: list[Token]
    notes: list[Note]


_BETWEEN = {"==", "=<", "=>", "<>", ":", "&", "→", "±"}  # foreign signs that join two operands


def tokenize(text: str, functions: frozenset[str] = UNKNOWN_FUNCTIONS, is_problem: bool = False) -> Tokens:
    """The tokens of `text`; `functions` are the names that call when they stand before `(`.

    is_problem: a d/dx at the beginning of a statement takes all that follows, unless another derivative follows too.
    Raises NotationError with every problem that the pass finds, in the order of the text.
    """
    if len(text) > limits.INPUT_CHARACTERS:
        message = f"This text has more than {limits.INPUT_CHARACTERS:,} characters; that is too long for a problem."
        raise NotationError(text[:80], [Problem(message, 0, 1)])
    return _Pass(usual(text), functions, is_problem).run(text)


class _Pass(Letters):
    """The pass itself: one method for each kind of piece, and each returns where to go on reading."""

    def run(self, typed: str) -> Tokens:
        text, position, end, scan = self.text, 0, len(self.text.rstrip(SPACES)), LEXEME.match
        handlers = {
            "word": self.word, "number": self.number, "operator": self.operator, "superscript": self.superscript,
            "primes": self.primes, "fraction": self.fraction, "foreign": self.foreign,
        }
        while position < end:
            match = scan(text, position)
            assert match is not None  # `foreign` takes any character
            kind = match.lastgroup or "foreign"
            raw, stop = match[kind], match.end()
            position = handlers[kind](raw, stop - len(raw), stop)
            if len(self.problems) >= limits.ERRORS_SHOWN:
                break
        else:
            self.finish(end)
        if self.problems:
            found = sorted(self.problems, key=lambda problem: problem.start)
            raise NotationError(typed, found[:limits.ERRORS_SHOWN])
        return Tokens(self.out, self.finished_notes())

    def finish(self, end: int) -> None:
        if self.out and self.out[-1].type == "SEMICOLON":
            self.out.pop()  # a ; at the end separates nothing
        else:
            self.complete("", end, end)
        self.end_statement()
        self.note_bars()

    # -- signs -------------------------------------------------------------------------------------------------

    def operator(self, raw: str, start: int, end: int) -> int:
        sign = OPERATORS[raw]
        if sign in "([{":
            self.open(sign, start, end)
        elif sign in ")]}":
            return self.close(sign, start, end)
        elif sign in "+-":
            self.plus_minus(sign, start, end)
        elif sign == "^":
            self.raise_to(start, end)
        elif sign in "*/":
            self.times(sign, start, end)
        elif sign == "|":
            self.bar(start, end)
        elif sign in ROOT_SIGNS:
            return self.function(ROOT_SIGNS[sign], start, end)
        elif sign == "∫":
            return self.integral(start, end)
        elif sign in CONSTANT_WORDS:
            self.leaf("CONSTANT", CONSTANT_WORDS[sign], start, end)
        elif sign == "...":
            self.leaf("ELLIPSIS", "...", start, end)
        else:
            self.separator(sign, start, end)
        return end

    def superscript(self, raw: str, start: int, end: int) -> int:
        """² and the like: an exponent, in brackets of its own unless it is a plain number."""
        slot = self.slot
        apart = not self.operand or self.out[-1].end_pos < start
        if self.text.startswith("√", end) and (slot is None or (slot.kind == "argument" and slot.end < start)):
            index = "".join(SUPERSCRIPTS[letter] for letter in raw)
            if apart and is_short_number(index) and int(index) > 1:
                return self.function(root_of_order(int(index)), start, end + 1)
            if self.operand:
                done = self.quote(self.atom, end)
                self.note(f"{done}√ is read as {done}·√; for the root, type {self.quote(self.atom, start)}*{raw}√.",
                          self.atom, end + 1, [(start, start, "*")])
        if slot is not None and slot.kind in ("argument", "caret"):
            self.raise_to(start, start)
        elif slot is None and self.operand:
            self.emit("CIRCUMFLEX", "^", start, start)
        else:
            self.problem(f"The exponent {self.quote(start, end)} has no base to its left.", start, end)
            self.assume_operand(end)
            return end
        inner = "".join(SUPERSCRIPTS[letter] for letter in raw)
        if is_short_number(inner):
            self.emit("NUMBER", inner, start, end)
        else:
            try:
                made = tokenize(inner, frozenset()).tokens
            except NotationError:
                self.problem(f"The exponent {self.quote(start, end)} cannot be read; type ^(...).", start, end)
                made = []
            self.emit("LPAR", "(", start, start)
            self.out += [Token(token.type, token.value, start, end) for token in made]
            self.emit("RPAR", ")", end, end)
        self.operand = True
        if self.slot is not None:
            self.fill(self.slot, end)
        return end

    def primes(self, raw: str, start: int, end: int) -> int:
        what = self.slot.word + "(x)" if self.slot is not None else "x^2"
        self.problem(f"A prime follows a letter, as in f'(x) or y'; for any other derivative, type d/dx [{what}].",
                     start, end)
        return end

    def foreign(self, raw: str, start: int, end: int) -> int:
        """A character that the notation does not have; one that is a letter or a number stands for an operand."""
        self.problem(about_character(raw), start, end)
        if raw.isalnum():
            self.leaf("NAME", "x", start, end)
        elif raw in _BETWEEN:
            self.operand = False
        return end
