"""The token pass: from what a person typed to tokens that a small grammar can read.

One linear pass over a regex lexer. It puts a `*` between neighbours, cuts joined letters, decides whether a `|` opens
or closes, puts brackets round bracketless arguments and round what a `d/dx` takes, finds the `dx` of an integral,
and checks brackets. Every note ("read as ...") and every suggestion about spelling arises here.

    [token.value for token in tokenize("2 sin 3x").tokens]     # ['2', '*', 'sin', '(', '3', '*', 'x', ')']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tutor import limits
from tutor.errors import NotationError, Problem
from tutor.expression import lexemes
from tutor.expression.brackets import Note, Slot, Token
from tutor.expression.calculus import Calculus
from tutor.expression.lexemes import DIGITS, LATIN, LEXEME, MAY_FOLLOW_NAME, OPERATORS, PIECE, SPACES, SUPERSCRIPTS
from tutor.expression.names import (
    CONSTANT_WORDS,
    EVERY_NAME,
    FUNCTION_WORDS,
    GREEK,
    GREEK_LETTER,
    UNKNOWN_FUNCTIONS,
    canonical_name,
)
from tutor.expression.operators import is_short_number
from tutor.expression.spelling import about_character, about_latex, about_word, looks_like_function, nearest_function

__all__ = ["Note", "Token", "Tokens", "tokenize"]


@dataclass
class Tokens:
    """What the token pass made of a text."""

    tokens: list[Token]
    notes: list[Note] = field(default_factory=list)


_INTEGRAL_WORDS = ("int", "integral")
_BETWEEN = {"==", "=<", "=>", "<>", ":", "&", "→", "±"}  # foreign signs that join two operands


def tokenize(text: str, functions: frozenset[str] = UNKNOWN_FUNCTIONS) -> Tokens:
    """The tokens of `text`; `functions` are the names that call when they stand before `(`.

    Raises NotationError with every problem that the pass finds, in the order of the text.
    """
    if len(text) > limits.INPUT_CHARACTERS:
        message = f"This text has more than {limits.INPUT_CHARACTERS:,} characters; that is too long to be a problem."
        raise NotationError(text[:80], [Problem(message, 0, 1)])
    return _Pass(text, functions).run()


class _Pass(Calculus):
    """The pass itself: one method for each kind of piece, and each returns where to go on reading."""

    def run(self) -> Tokens:
        text, position, end, scan = self.text, 0, len(self.text.rstrip(SPACES)), LEXEME.match
        handlers = {
            "word": self.word, "number": self.number, "operator": self.operator, "superscript": self.superscript,
            "primes": self.primes, "latex": self.latex, "foreign": self.foreign,
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
            raise NotationError(text, found[:limits.ERRORS_SHOWN])
        return Tokens(self.out, sorted(self.notes.values(), key=lambda note: note.start))

    def finish(self, end: int) -> None:
        if self.out and self.out[-1].type == "SEMICOLON":
            self.out.pop()  # a ; at the end separates nothing
        else:
            self.complete("", end, end)
        self.end_statement()

    # -- words and names ----------------------------------------------------------------------------------------

    def word(self, raw: str, start: int, end: int) -> int:
        """A run of letters: cut it longest first into functions, Greek names, pi and single letters."""
        if len(raw) == 1 and raw not in "d∂":
            return self.name(raw, start, end, True)
        function = FUNCTION_WORDS.get(raw)
        if function is not None:
            return self.function(function, start, end)
        if raw in GREEK_LETTER or raw in CONSTANT_WORDS:
            return self.name(raw, start, end, True)
        if len(raw) > limits.JOINED_LETTERS:
            self.problem(f"{len(raw):,} letters in a row cannot be read; put * between the factors.", start, end)
            self.leaf("NAME", "x", start, end)
            return end
        if raw in _INTEGRAL_WORDS:
            return self.integral(start, end)
        if raw == "at":
            value = lexemes.AT_VALUE.match(self.text, end)
            if value is not None:
                return self.at(bool(value["open"]), start, end)
        if raw in self.functions and (self.functions is not EVERY_NAME or lexemes.OPENING.match(self.text, end)):
            return self.defined_function(raw, start, end)
        about = about_word(raw)
        if about is not None and (len(raw) > 2 or lexemes.OPENING.match(self.text, end)):
            self.problem(about, start, end)
            self.leaf("NAME", raw, start, end)
            return end
        if lexemes.OPENING.match(self.text, end) and self.misspelled(raw, start, end):
            return end
        return self.run_of_letters(raw, start, end)

    def defined_function(self, raw: str, start: int, end: int) -> int:
        """The name of a function that somebody defined and that is a word."""
        match = lexemes.AFTER_NAME.match(self.text, end)
        assert match is not None  # all of its parts may be absent
        if match["open"] is None or match["subscript"]:
            self.problem(f"{raw} needs something in brackets to act on, as in {raw}(x).", start, end)
            self.leaf("NAME", "x", start, end)
            return end
        return self.name_with_tail(raw, start, end)

    def run_of_letters(self, raw: str, start: int, end: int) -> int:
        text, position = self.text, start
        pieces: list[str] = []
        while position < end:
            if text[position] in "d∂":
                after = self.calculus(position, end)
                if after is not None:
                    return after
            piece = PIECE.match(text, position, end)
            letter = piece[0] if piece else text[position]
            if letter == "∂":
                self.problem("∂ stands in ∂/∂x: for a partial derivative type ∂/∂x [...].", position, position + 1)
            pieces.append(letter)
            position += len(letter)
            if letter in FUNCTION_WORDS:
                self.note_run(raw, pieces, start, end)
                return self.function(FUNCTION_WORDS[letter], position - len(letter), position)
            position = self.name(letter, position - len(letter), position, position == end)
        self.note_run(raw, pieces, start, end)
        return position

    def note_run(self, raw: str, pieces: list[str], start: int, end: int) -> None:
        """A run that is neither a word nor one or two letters could have been meant as something else."""
        shown = self.quote(start, end)
        product = "·".join(pieces[:20]) + ("..." if len(pieces) > 20 else "")
        function = looks_like_function(raw)
        if function is not None:
            self.note(f"{shown} is read as the product {product}; for the function type {function}(...).", start, end)
        elif len(raw) == 2 and raw[0] == "d" and len(pieces) == 2:
            self.note(f"{shown} is read as the product {product}, because no integral waits for it; an integral begins "
                      f"with int, as in int x^2 {shown}.", start, end)
        elif len(pieces) > 2 or (len(pieces) == 2 and len(raw) > 2 and pieces[-1] not in FUNCTION_WORDS):
            self.note(f"{shown} is read as the product {product}.", start, end)

    def name(self, letter: str, start: int, stop: int, last: bool) -> int:
        """One name; the last of a run may carry digits, a subscript or primes, or be called."""
        constant = CONSTANT_WORDS.get(letter)
        if constant is not None:
            if letter == "e" and last and self.text.startswith("(", stop):
                self.note("e(...) is read as the product e·(...); for a power type e^(...).", start, stop + 1)
            self.leaf("CONSTANT", constant, start, stop)
            return stop
        name = GREEK.get(letter, letter)
        follower = self.text[stop:stop + 1] if last else ""
        if follower in MAY_FOLLOW_NAME or (follower and follower in SPACES and name in self.functions):
            return self.name_with_tail(letter, start, stop)
        self.leaf("NAME", name, start, stop)
        return stop

    def name_with_tail(self, letter: str, start: int, stop: int) -> int:
        text = self.text
        match = lexemes.AFTER_NAME.match(text, stop)
        assert match is not None  # all of its parts may be absent
        subscript, primes, opening = match["subscript"] or "", match["primes"] or "", match["open"]
        if subscript:
            stop += len(subscript)
            self.note_subscript(letter, subscript, start, stop)
        name = canonical_name(letter, subscript)
        in_slot = self.slot is not None and self.slot.kind != "argument"  # sin^n (x): the bracket is the argument
        calls = opening is not None and (bool(primes) or name in self.functions) and not in_slot
        if primes and not in_slot:
            return self.unknown_function(name, primes, calls, start, stop)
        if calls:
            if match["gap"]:
                self.note(f"{name} (...) is read as {name} applied to what is in the brackets; for a product type "
                          f"{name}*(...).", start, match.end())
            return self.unknown_function(name, "", True, start, stop)
        if opening and text[start - 1:start] == "1" and self.misspelled(letter, start, stop):
            return stop
        if opening and not match["gap"] and not in_slot:
            if name == "sigma":
                self.note("σ(...) is read as the sigmoid function; for a factor σ type σ*(...).", start, stop)
                return self.function("sigmoid", start, stop)
            alone = lexemes.IN_BRACKETS.match(text, stop)
            if alone and alone["name"] != letter:
                self.note(f"{name}({alone['name']}) is read as the product {name}·{alone['name']}; to make {name} a "
                          f"function, first type {name}({alone['name']}) = ... ;", start, alone.end())
        self.leaf("NAME", name, start, stop)
        return stop

    def note_subscript(self, letter: str, subscript: str, start: int, stop: int) -> None:
        follower = self.text[stop:stop + 1]
        if subscript[0] == "_":
            if follower in LATIN and subscript[1] in LATIN:
                self.note(f"{letter}{subscript}{follower} is read as {letter}{subscript}·{follower}; for one subscript "
                          f"type {letter}_{{{subscript[1]}{follower}}}.", start, stop + 1)
        elif subscript[0] in DIGITS:
            if self.text.startswith("d/d", max(0, start - 2)):
                self.problem(f"d/d{self.quote(stop - len(subscript), stop)}: a derivative is by a letter, as in d/dx; "
                             f"for a quotient put brackets: d/({letter}{subscript}).", start - 2, stop)
            previous = self.out[-1] if self.out else None
            if follower in LATIN or (previous and previous.type == "NUMBER" and previous.end_pos == start):
                digits = self.quote(stop - len(subscript), stop)
                self.note(f"{letter}{digits} is read as one name, {letter} with the number {digits}; for a power type "
                          f"{letter}^{digits}, for a product {letter}*{digits}.", start, stop)

    # -- functions ---------------------------------------------------------------------------------------------

    def unknown_function(self, name: str, primes: str, calls: bool, start: int, stop: int) -> int:
        """`f(x)`, `f'(x)` or `y'`."""
        end = stop + len(primes)
        order = sum(lexemes.PRIME_MARKS[mark] for mark in primes)
        if order > limits.DERIVATIVE_ORDER:
            self.problem(f"A function has at most {limits.DERIVATIVE_ORDER} primes here.", stop, end)
        self.before_operand("function", start, stop)
        if calls:
            self.emit("UNKNOWN", (name, order), start, end)
            self.slot, self.operand = Slot("argument", name, "", start, end, len(self.out) - 1, raised=True), False
        else:
            self.emit("PRIMED", (name, order), start, end)
            self.atom, self.operand = start, True
        return end

    def function(self, function: str, start: int, end: int) -> int:
        """A known function: its exponent, base or argument comes next."""
        text, word = self.text, self.text[start:end]
        if self.operand or self.slot is not None:
            self.before_operand("function", start, end)  # in `ln sin x` the second is the argument of the first
        self.operand = False
        slot = self.slot = Slot("argument", word, function, start, end, len(self.out))
        if function == "log":
            base = lexemes.LOGARITHM_BASE.match(text, end)
            if base is not None:
                return self.logarithm(base, slot, start, end)
        self.out.append(Token("FUNCTION", function, start, end))
        return end

    def logarithm(self, base: re.Match[str], slot: Slot, start: int, end: int) -> int:
        """A logarithm with a base: `log_2 x`, `log₂ x`, and `log2(x)`, `log10 x`, names in programming languages."""
        self.emit("LOGARITHM", "log", start, end)
        slot.kind, slot.function, slot.end = "base", "", base.end()
        kind = base.lastgroup
        if kind is None:
            return base.end()
        digits = canonical_name("", base[kind]).strip("_")
        if kind == "joined":
            self.note(f"log{digits} is read as the logarithm to base {digits}; for the natural one type "
                      f"ln({digits}...).", start, base.end())
        return self.number(digits, base.start(kind), base.end())

    def misspelled(self, raw: str, start: int, end: int) -> bool:
        """Report a run before `(` that is one slip from a function's name, ones in it taken for l: `1n(x)`."""
        text, begin = self.text, start
        while begin > max(0, start - 8) and (text[begin - 1] == "1" or text[begin - 1] in LATIN):
            begin -= 1
        typed = text[begin:end]
        suggestion = looks_like_function(typed)
        if suggestion is None:
            typed, begin = raw, start
            if any(raw.endswith(word) for word in FUNCTION_WORDS):
                return False  # xsin(x) is a product
            suggestion = nearest_function(raw)
        if suggestion is None:
            return False
        meaning = ", the natural logarithm (small L, small N)" if suggestion == "ln" else ""
        self.problem(f"There is no function {typed}. Did you mean {suggestion}{meaning}?", begin, end)
        self.function(FUNCTION_WORDS[suggestion], start, end)
        return True

    # -- signs -------------------------------------------------------------------------------------------------

    def operator(self, raw: str, start: int, end: int) -> int:
        sign = OPERATORS[raw]
        if sign in "([{":
            self.open(sign, start, end)
        elif sign in ")]}":
            self.close(sign, start, end)
        elif sign in "+-":
            self.plus_minus(sign, start, end)
        elif sign == "^":
            self.raise_to(start, end)
        elif sign in "*/":
            self.times(sign, start, end)
        elif sign == "|":
            self.bar(start, end)
        elif sign == "√":
            return self.function("sqrt", start, end)
        elif sign == "∛":
            return self.function("cbrt", start, end)
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
        if slot is not None and slot.kind in ("argument", "caret"):
            self.raise_to(start, start)
        elif slot is None and self.operand:
            self.emit("CIRCUMFLEX", "^", start, start)
        else:
            self.problem(f"The exponent {self.quote(start, end)} has nothing to its left to raise.", start, end)
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
        self.problem(f"A prime follows a letter, as in f'(x) or y'; for any other derivative type d/dx [{what}].",
                     start, end)
        return end

    def latex(self, raw: str, start: int, end: int) -> int:
        self.problem(about_latex(raw), start, end)
        word = raw[1:]
        if word in FUNCTION_WORDS and word not in ("log", "sqrt"):
            return self.function(FUNCTION_WORDS[word], start, end)
        if word in ("cdot", "times"):
            self.operand = False
        elif word == "int":
            return self.integral(start, end)
        elif canonical_name(word) in GREEK.values() or word in CONSTANT_WORDS:
            self.leaf("NAME", word, start, end)
        return end

    def foreign(self, raw: str, start: int, end: int) -> int:
        """A character that the notation does not have; one that is a letter or a number stands for an operand."""
        self.problem(about_character(raw), start, end)
        if raw.isalnum():
            self.leaf("NAME", "x", start, end)
        elif raw in _BETWEEN:
            self.operand = False
        return end
