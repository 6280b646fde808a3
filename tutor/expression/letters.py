"""Runs of letters: functions, names and words. The part of the token pass that says what letters mean.

A run is a known word, or it is cut, longest first, into functions, Greek letters and single letters, as `xsinx` is; if
it could be an English word it is refused. `ctg`, `SIN` and other spellings of a function are read, with a note.
"""

from __future__ import annotations

import re

from tutor import limits
from tutor.expression import lexemes
from tutor.expression.brackets import UNREAD, Behind, Slot, Token
from tutor.expression.calculus import Calculus
from tutor.expression.lexemes import DIGITS, LATIN, MAY_FOLLOW_NAME, PIECE, SPACES
from tutor.expression.names import (
    ALSO_WORDS,
    CODE_NAMES,
    CONSTANT_WORDS,
    ELSEWHERE,
    EVERY_NAME,
    FUNCTION_WORDS,
    GREEK,
    GREEK_LETTER,
    INVERSE,
    WORDS_BY_LENGTH,
    canonical_name,
    shown_name,
)
from tutor.expression.spelling import about_character, about_word, looks_like_function, nearest_function
from tutor.expression.words import is_listed, run_could_be_word

_INTEGRAL_WORDS = ("int", "integral")
_SOME_FUNCTIONS = "sin, cos, tan, exp, ln, sqrt, abs, sigmoid, relu, min, max and others"


class Letters(Calculus):
    """The token pass over letters."""

    # -- words and names ----------------------------------------------------------------------------------------

    def word(self, raw: str, start: int, end: int) -> int:
        """A run of letters: cut it longest first into functions, Greek names, pi and single letters."""
        if len(raw) == 1 and raw not in "d∂":
            return self.name(raw, start, end, True)
        if self.text[end:end + 1] in DIGITS:
            code = lexemes.CODE_NAME.match(self.text, start)
            if code is not None:
                return self.code_name(code["name"], start, code.end("name"))
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
            if self.operand and self.text[start - 1] not in LATIN | DIGITS and lexemes.ARGUMENT.match(self.text, end):
                return self.at_point(start, end)
        if raw in self.functions and (self.functions is not EVERY_NAME or lexemes.OPENING.match(self.text, end)):
            return self.defined_function(raw, start, end)
        after = self.function_elsewhere(raw, start, end)
        if after is not None:
            return after
        called = lexemes.OPENING.match(self.text, end) is not None
        about = about_word(raw)
        if about is not None:
            self.refuse(about, raw, called, start, end)
            return end
        argued = called or (looks_like_function(raw) and lexemes.ARGUMENT.match(self.text, end))
        if argued and self.misspelled(raw, start, end):
            return end
        if self.is_word(raw, called, start, end):
            self.refuse_word(raw, called, start, end)
            return end
        return self.run_of_letters(raw, start, end)

    def at_point(self, start: int, end: int) -> int:
        """`x^2 at 3`: which letter is 3 there?"""
        self.problem("at is followed by a letter and its value, as in at x = 2.", start, end)
        self.operand = False
        return end

    # -- functions by other names, and words -------------------------------------------------------------------

    def code_name(self, name: str, start: int, end: int) -> int:
        """`log1p(x)`, `atan2(y, x)`: functions of programming languages, not to be read as log(1·p·x)."""
        self.refuse(f"There is no function {name}: type {CODE_NAMES[name]}.", name, True, start, end)
        return end

    def function_elsewhere(self, raw: str, start: int, end: int) -> int | None:
        """A function as another country or another keyboard writes it: `ctg x`, `sh(x)`, `SIN x`, `arc sin x`."""
        small = raw.lower()
        function = ELSEWHERE.get(raw) or ELSEWHERE.get(small) or FUNCTION_WORDS.get(small)
        if function is None and raw in ("arc", "ar"):
            match = lexemes.ARC.match(self.text, end)
            if match is not None:
                function, end = INVERSE[match["base"]], match.end()
        if function is None:
            return None
        if (len(raw) == 2 or small in ALSO_WORDS) and not lexemes.ARGUMENT.match(self.text, end):
            return None
        if small in ("sh", "ch", "th") and self.h_is_called():
            return None
        return self.noted_function(function, start, end)

    def noted_function(self, function: str, start: int, end: int) -> int:
        """A function under a name of another country: read, and said so."""
        shown = self.quote(start, end)
        if len(shown) == 2 and shown in ELSEWHERE and shown != "tg":
            product = f"{shown[0]}*{shown[1]}"
            self.note(f"{shown} is read as {shown_name(function)}; for a product, type {product}.", start, end,
                      [(start, end, product)])
        else:
            self.note(f"{shown} is read as {shown_name(function)}.", start, end, usual=True)
        name, _, base = function.partition("_")
        if not base:
            return self.function(name, start, end)
        if self.operand or self.slot is not None:
            self.before_operand("function", start, end)
        self.operand = False
        self.slot = Slot("base", shown, "", start, end, len(self.out))
        self.emit("LOGARITHM", "log", start, end)
        self.leaf("NUMBER", base, start, end)
        return end

    def h_is_called(self) -> bool:
        """Whether h stands alone as a function, or as a letter, so that it is one in `ch(x)` too."""
        if self.calls_h is None:
            self.calls_h = "h" not in self.functions or lexemes.H_CALLED.search(self.text) is not None
        return self.calls_h

    def is_word(self, raw: str, called: bool, start: int, end: int) -> bool:
        """Whether a run is not to be cut into letters. What has its own meaning at its end is not looked at: the e of
        `axe^x`, the f of `abf(x)`, the dx of an integral."""
        run = raw
        for place in range(start, end):
            if self.text[place] in "d∂" and self.begins_calculus(place, end):
                run, called = raw[:place - start], False
                break
        else:
            raised = raw[-1] == "e" and lexemes.POWER.match(self.text, end)
            applied = raw[-1] in self.functions and (called or self.text[end:end + 1] in lexemes.PRIME_MARKS)
            if raised or (applied and not is_listed(raw)):
                run = raw[:-1]
        return run_could_be_word(run, called)

    def refuse_word(self, raw: str, called: bool, start: int, end: int) -> None:
        shown = self.quote(start, end)
        if called:
            nearest = nearest_function(raw)
            meant = f"Did you mean {nearest}?" if nearest else f"There are {_SOME_FUNCTIONS}."
            self.refuse(f"There is no function {shown}. {meant}", raw, called, start, end)
            return
        first = start
        before = self.problems[-1] if self.problems else None
        if before is not None and before is self.last_word and not self.text[before.end:start].strip(SPACES):
            first = self.problems.pop().start  # several words in a row are one problem
        function = _joined_function(raw)
        if function:
            message = (f"{shown} is not part of the notation: for the function, type {function}; for a product, "
                       f"type {'*'.join(raw)}.")
        elif first < start:
            message = (f"{self.quote(first, end)}: words are not part of the notation. Type only mathematics, as in "
                       "x^2 + 1.")
        elif len(raw) > _LONGEST_PRODUCT:
            message = (f"{shown}: words are not part of the notation, and a product of so many letters needs * "
                       "between them.")
        else:
            message = (f"{shown} is not part of the notation: a quantity is called by one letter. For a product, type "
                       f"{'*'.join(raw)}.")
        self.problem(message, first, end)
        self.last_word = self.problems[-1]
        self.leaf("NAME", "x", start, end)

    def refuse(self, message: str, raw: str, called: bool, start: int, end: int) -> None:
        """A word that cannot be read; what follows is read on, as its argument if it stands in brackets."""
        self.problem(message, start, end)
        if called:
            self.function(UNREAD, start, end)
        else:
            self.leaf("NAME", raw, start, end)

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
                self.problem("∂ is used only in ∂/∂x: for a partial derivative, type ∂/∂x [...].",
                             position, position + 1)
            pieces.append(letter)
            position += len(letter)
            if letter in FUNCTION_WORDS:
                self.note_run(raw, pieces, start, end)
                return self.function(FUNCTION_WORDS[letter], position - len(letter), position)
            if letter in ELSEWHERE:
                return self.noted_function(ELSEWHERE[letter], position - len(letter), position)
            position = self.name(letter, position - len(letter), position, position == end)
        self.note_run(raw, pieces, start, end)
        return position

    def note_run(self, raw: str, pieces: list[str], start: int, end: int) -> None:
        """A run that is neither a word nor one or two letters could have been meant as something else."""
        shown = self.quote(start, end)
        product = "·".join(pieces[:20]) + ("..." if len(pieces) > 20 else "")
        function = looks_like_function(raw)
        if function is not None:
            self.note(f"{shown} is read as the product {product}; for the function, type {function}(...).", start, end)
        elif len(raw) == 2 and raw[0] == "d" and len(pieces) == 2:
            self.note(f"{shown} is read as the product {product}, because no integral is open here; an integral begins "
                      f"with int, as in int x^2 {shown}.", start, end)
        elif len(pieces) > 2 or (len(pieces) == 2 and len(raw) > 2 and pieces[-1] not in FUNCTION_WORDS):
            self.note(f"{shown} is read as the product {product}.", start, end, usual=True)

    def name(self, letter: str, start: int, stop: int, last: bool) -> int:
        """One name; the last of a run may carry digits, a subscript or primes, or be called."""
        constant = CONSTANT_WORDS.get(letter)
        if constant is not None:
            if letter == "e" and last and self.text.startswith("(", stop):
                self.note("e(...) is read as the product e·(...); for a power, type e^(...).", start, stop + 1,
                          [(stop, stop, "^")])
            self.leaf("CONSTANT", constant, start, stop)
            return stop
        if letter == "Σ" and self.is_problem and lexemes.SUMMED.match(self.text, stop):
            self.problem(about_character("∑"), start, stop)
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
            end = self.refuse_word_below(letter, subscript, stop)
            if end is not None:
                self.leaf("NAME", letter, start, end)
                return end
            self.note_subscript(letter, subscript, start, stop)
        name = canonical_name(letter, subscript)
        in_slot = self.slot is not None and self.slot.kind != "argument"  # sin^n (x): the bracket is the argument
        calls = opening is not None and (bool(primes) or name in self.functions) and not in_slot
        if primes and calls and name == "sigma" and name not in self.functions:
            self.problem(f"σ(...) is the sigmoid function, and its derivative is typed d/dx [sigmoid(x)]; for another "
                         f"function first type {letter}(x) = ... ;", start, stop + len(primes))
        if primes and not in_slot:
            return self.unknown_function(name, primes, calls, start, stop)
        if calls:
            if match["gap"]:
                self.note(f"{name} (...) is read as {name} applied to what is in the brackets; for a product, type "
                          f"{name}*(...).", start, match.end(), [(stop, stop, "*")])
            return self.unknown_function(name, "", True, start, stop)
        if opening and text[start - 1:start] == "1" and self.misspelled(letter, start, stop):
            return stop
        if opening and not match["gap"] and not in_slot:
            if name == "sigma":
                self.note("σ(...) is read as the sigmoid function; for a factor σ, type σ*(...).", start, stop,
                          [(stop, stop, "*")])
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
                self.note(f"{letter}{subscript}{follower} is read as {letter}{subscript}·{follower}; for one subscript"
                          f", type {letter}_{{{subscript[1]}{follower}}}.", start, stop + 1,
                          [(stop - 1, stop - 1, "{"), (stop + 1, stop + 1, "}")])
        elif subscript[0] in DIGITS:
            if self.text.startswith("d/d", max(0, start - 2)):
                self.problem(f"d/d{self.quote(stop - len(subscript), stop)}: a derivative is taken with respect to a "
                             f"letter, as in d/dx; for a quotient, use brackets: d/({letter}{subscript}).",
                             start - 2, stop)
            previous = self.out[-1] if self.out else None
            if follower in LATIN or (previous and previous.type == "NUMBER" and previous.end_pos == start):
                digits = self.quote(stop - len(subscript), stop)
                first = stop - len(subscript)
                self.note(f"{letter}{digits} is read as one name, {letter} with the number {digits}; for a power, type "
                          f"{letter}^{digits}, and for a product {letter}*{digits}.", start, stop,
                          [(first, first, "^")], [(first, first, "*")])

    # -- functions ---------------------------------------------------------------------------------------------

    def unknown_function(self, name: str, primes: str, calls: bool, start: int, stop: int) -> int:
        """`f(x)`, `f'(x)` or `y'`."""
        end = stop + len(primes)
        order = sum(lexemes.PRIME_MARKS[mark] for mark in primes)
        if order > limits.DERIVATIVE_ORDER:
            self.problem(f"A function can have at most {limits.DERIVATIVE_ORDER} primes.", stop, end)
        if order:
            self.other_derivative()
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
            self.note(f"log{digits} is read as the logarithm to base {digits}; for the natural one, type "
                      f"ln({digits}...).", start, base.end(), [(start, end, "ln("), Behind(len(self.out) - 1, ")")])
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
            if any(raw.endswith(word) for word in WORDS_BY_LENGTH if word not in GREEK_LETTER):
                return False  # xsin(x) is a product
            suggestion = nearest_function(raw)
        if suggestion is None:
            return False
        meaning = ", the natural logarithm (small L, small N)" if suggestion == "ln" else ""
        self.problem(f"There is no function {typed}. Did you mean {suggestion}{meaning}?", begin, end)
        self.function(FUNCTION_WORDS[suggestion], start, end)
        return True


_LONGEST_PRODUCT = 4
"""Letters of a run that somebody may have meant as a product although it looks like a word."""


def _joined_function(run: str) -> str:
    """The call that a run is probably meant for: sen(x) for `senx`; "" if for none."""
    small = run.lower()
    for cut in (len(run) - 1, len(run) - 2):
        name, argument = small[:cut], run[cut:]
        if cut > 1 and (name in ELSEWHERE or name in FUNCTION_WORDS) and _ARGUMENT.issuperset(argument.lower()):
            return f"{name}({'*'.join(argument)})"
    return ""


_ARGUMENT = frozenset("atuvwxyz")
