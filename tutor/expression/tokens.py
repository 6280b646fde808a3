"""The token pass: from what a person typed to tokens that a small grammar can read.

One linear pass over a regex lexer. It puts a `*` between neighbours, cuts joined letters, decides whether a `|` opens
or closes, puts brackets round bracketless arguments and round what a `d/dx` takes, finds the `dx` of an integral,
and checks brackets. Every note ("read as ...") and every suggestion about spelling arises here.

    [token.value for token in tokenize("2 sin 3x").tokens]     # ['2', '*', 'sin', '(', '3', '*', 'x', ')']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from tutor import limits
from tutor.errors import NotationError, Problem
from tutor.expression.names import (
    CONSTANT_WORDS,
    FUNCTION_WORDS,
    GREEK,
    GREEK_LETTER,
    INVERSE,
    UNKNOWN_FUNCTIONS,
    WORDS_BY_LENGTH,
)


class Token:
    """A token for Lark: `type` and `value`, and the span of the text it stands for."""

    __slots__ = ("type", "value", "start_pos", "end_pos")
    line = column = end_line = end_column = 0  # Lark asks for these; spans are all we need

    def __init__(self, kind: str, value: Any, start: int, end: int) -> None:
        self.type, self.value, self.start_pos, self.end_pos = kind, value, start, end


@dataclass(frozen=True)
class Note:
    """How something doubtful was read: a sentence, and the span it speaks of."""

    message: str
    start: int
    end: int


@dataclass
class Tokens:
    """What the token pass made of a text."""

    tokens: list[Token]
    notes: list[Note] = field(default_factory=list)


_NAME = r"(?:%s|[A-Za-z])" % "|".join(sorted([*GREEK_LETTER, *map(re.escape, GREEK)], key=len, reverse=True))
_SUBSCRIPT = r"(?:[0-9]+|_[0-9]+|_[A-Za-z]+|_\{[A-Za-z0-9]+\}|[₀-₉]+)"
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵃᵇᵏᵐˣ⁽⁾", "0123456789-+nabkmx()", strict=True))
_SUBSCRIPT_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ORDER = r"(?:\^\s*(?:[0-9]+|[a-z])|\^\{[0-9]+\}|[²³⁴⁵⁶⁷⁸⁹ⁿ]+)"
_SPACE = r"[ \t\r\n\u00a0\u2009\u202f\u200b]*"

_RAW = re.compile(
    rf"""{_SPACE}(?:
      (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<derivative>(?<![A-Za-z])(?P<symbol>[d∂])\s*(?P<order>{_ORDER})?\s*(?P<of>(?!d\s*/){_NAME})?
        \s*/\s*[d∂]\s*(?P<variable>{_NAME}{_SUBSCRIPT}?)(?P<order_below>{_ORDER})?
        (?![A-Za-z]*\())
    | (?P<word>[A-Za-zΑ-Ωα-ωϵϕµ]+)
    | (?P<operator>\*\*|<=|>=|!=|\.\.\.|[-+*/^()\[\]{{}}|,;=<>]|[·×⋅∙÷−–—∕√∛∫π∞≤≥≠…])
    | (?P<superscript>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵃᵇᵏᵐˣ⁽⁾]+)
    | (?P<bad>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_AT = re.compile(rf"{_SPACE}(?P<open>\(?){_SPACE}{_NAME}{_SUBSCRIPT}?{_SPACE}=")
_TAIL = re.compile(_SUBSCRIPT)
_PRIMES = re.compile(r"['′’]+|″|‴")
_PIECE = re.compile("|".join(WORDS_BY_LENGTH))
_OPENING = re.compile(r"\s*\(")
_LOG_WORD_BASE = re.compile(r"(2|10)(?=\s*[(|])")
_LOG_BASE = re.compile(rf"{_SPACE}_{_SPACE}(?P<base>[0-9]+|\{{?[A-Za-z]\}}?|(?=\())?")
_MINUS_ONE = re.compile(
    rf"{_SPACE}(?:(?:\^|\*\*){_SPACE}(?:[-−–]{_SPACE}1(?![0-9.])|[({{]{_SPACE}[-−–]{_SPACE}1{_SPACE}[)}}])|⁻¹)"
)
_RAISED = re.compile(rf"{_SPACE}(?:(\^|\*\*)|([{''.join(_SUPERSCRIPTS)}]+))")
_BRACKET_FOLLOWS = re.compile(rf"{_SPACE}\[")
_NO_VARIABLE = re.compile(r"d\s*/\s*d\s*[0-9]")
_LIMIT = re.compile(rf"{_SPACE}_")
_CARET = re.compile(rf"{_SPACE}(\^|\*\*)")
_DIVIDED = re.compile(rf"{_SPACE}[/÷∕]")
_BOUND = re.compile(
    rf"{_SPACE}(?P<sign>[-−–+]?){_SPACE}(?:(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?P<group>[({{])"
    rf"|(?P<word>infinity|pi|π|∞|{_NAME}{_SUBSCRIPT}?))"
)
_DIGITS = frozenset("0123456789")  # never str.isdigit, which takes ² and foreign digits
_AFTER_NAME = frozenset("0123456789_₀₁₂₃₄₅₆₇₈₉('′’″‴ \t")
_SAME = {"**": "^", "·": "*", "×": "*", "⋅": "*", "∙": "*", "÷": "/", "∕": "/", "−": "-", "–": "-", "—": "-",
         "≤": "<=", "≥": ">=", "≠": "!=", "…": "..."}
_CLOSER = {"(": ")", "[": "]", "{": "}", "|": "|"}
_TYPE = {"(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "^": "CIRCUMFLEX", "*": "TIMES_DIVIDE",
         "/": "TIMES_DIVIDE", ",": "COMMA", ";": "SEMICOLON"}
_RELATIONS = frozenset(("=", "!=", "<", "<=", ">", ">="))
_BAD_CHARACTERS = {
    "½": "type 1/2", "¼": "type 1/4", "¾": "type 3/4", "⅓": "type 1/3", "⅔": "type 2/3",
    "'": "a prime belongs straight after a function or a name, as in f'(x)",
    "!": "factorials are not part of this notation; write the number",
    "%": "write 5% as 5/100",
    "\\": "LaTeX commands are not read; type sin(x), sqrt(x), (a)/(b)",
    "_": "a subscript follows a letter, as in w_2",
    "$": "leave the dollar signs out",
    "°": "angles are in radians: 90° is pi/2",
    ":": "for division type /, for a definition f(x) = ...",
    "&": "it has no meaning in mathematics here; leave it out",
    ".": "a number goes on after its point, as in 2.5",
    "∑": "sums over an index are not part of this notation; write the terms",
    "√": "",
}


@dataclass
class _Frame:
    """Something open: a typed bracket or bar, or one that the pass itself opened."""

    kind: str  # "(" "[" "{" "|" typed; "argument" "derivative" opened by the pass; "integral" waits for its dx
    start: int
    in_exponent_of_function: bool = False  # a group that is the exponent (or base) of a function: an argument follows
    of_derivative: bool = False  # the [ of d/dx [...]
    variable: str = ""
    first: int = 0  # integral: index in the output of the first token of its integrand


class _Pass:
    def __init__(self, text: str, functions: frozenset[str]) -> None:
        self.text, self.functions = text, functions
        self.out: list[Token] = []
        self.notes: list[Note] = []
        self.problems: list[Problem] = []
        self.frames: list[_Frame] = []
        self.operand = False  # does the last token end an operand?
        self.after_function: tuple[str, int, int] | None = None  # a function whose argument must come next
        self.in_function_exponent = False  # the next operand is a function's exponent or a logarithm's base
        self.pending: tuple[str, int, int] | None = None  # the function whose exponent or base is being read

    # -- output ------------------------------------------------------------------------------------------------

    def emit(self, kind: str, value: Any, start: int, end: int) -> None:
        self.out.append(Token(kind, value, start, end))

    def note(self, message: str, start: int, end: int) -> None:
        self.notes.append(Note(message, start, end))

    def problem(self, message: str, start: int, end: int) -> None:
        self.problems.append(Problem(message, start, end))

    def push(self, frame: _Frame) -> None:
        self.frames.append(frame)
        if len(self.frames) > limits.NESTING:
            message = f"More than {limits.NESTING:,} brackets are open at one time."
            raise NotationError(self.text, [Problem(message, frame.start, frame.start + 1)])

    # -- closing what the pass opened --------------------------------------------------------------------------

    def close_argument(self, at: int) -> None:
        self.frames.pop()
        self.emit("RPAR", ")", at, at)

    def end_virtual(self, at: int, kinds: tuple[str, ...]) -> None:
        """Close the arguments (and derivatives) that end here."""
        while self.frames and self.frames[-1].kind in kinds:
            frame = self.frames.pop()
            if frame.kind == "derivative" and self.out[-1].type == "LSQB":
                self.problem(f"{self.text[frame.start:at].strip()} needs something to differentiate, "
                             "as in d/dx [x^2].", frame.start, at)
                self.emit("NUMBER", "0", at, at)
            self.emit("RPAR" if frame.kind == "argument" else "RSQB", ")", at, at)

    # -- operands ----------------------------------------------------------------------------------------------

    def before_operand(self, kind: str, start: int) -> None:
        """Something that starts an operand comes: put `*` before it, end arguments, or open one."""
        if self.after_function:
            word, begin, end = self.after_function
            self.after_function = None
            self.emit("LPAR", "(", start, start)
            self.push(_Frame("argument", begin))
            return
        if not self.operand:
            return
        while self.frames and self.frames[-1].kind == "argument":
            last = self.out[-1]
            if kind == "name" or (kind == "group" and last.type == "NUMBER"):
                break
            self.close_argument(start)
        self.emit("TIMES_DIVIDE", "*", start, start)
        self.operand = False

    def end_operand(self) -> None:
        self.operand = True
        if self.in_function_exponent:
            self.in_function_exponent = False
            self.operand = False
            self.after_function = self.pending

    def number(self, value: str, start: int, end: int) -> None:
        if self.operand and self.out[-1].type == "NUMBER":
            self.problem("Two numbers stand side by side: put an operator between them, as in 2*3.", start, end)
        self.before_operand("name", start)
        mantissa, _, exponent = value.replace("E", "e").partition("e")
        if len(mantissa) > limits.LITERAL_DIGITS or len(exponent.lstrip("+-0")) > limits.LITERAL_EXPONENT_DIGITS:
            self.problem("This number is too long: a number has at most "
                         f"{limits.LITERAL_DIGITS:,} digits and an exponent of {limits.LITERAL_EXPONENT_DIGITS}.",
                         start, end)
            value = "0"
        self.emit("NUMBER", value, start, end)
        self.end_operand()

    def plain_name(self, value: str, start: int, end: int) -> None:
        previous = self.out[-1] if self.out else None
        if (previous and self.operand and previous.type == "NUMBER" and previous.end_pos == start
                and len(self.out) > 1):
            self.doubtful_factor(value, previous, start, end)
        self.before_operand("name", start)
        self.emit("CONSTANT" if value in CONSTANT_WORDS else "NAME", CONSTANT_WORDS.get(value, value), start, end)
        self.end_operand()

    def doubtful_factor(self, value: str, previous: Token, start: int, end: int) -> None:
        """`1/2x` and `e^2x`: a factor joined to the number in a denominator or an exponent."""
        before = self.out[-2]
        if before.type == "CIRCUMFLEX" and len(self.out) > 2:
            base = self.text[self.out[-3].start_pos:before.start_pos].strip() or "..."
            self.note(f"{base}^{previous.value}{value} is read as ({base}^{previous.value})·{value}; "
                      f"for the other reading type {base}^({previous.value}{value}).",
                      self.out[-3].start_pos, end)
        elif before.value == "/" and len(self.out) > 2:
            top = self.text[self.out[-3].start_pos:before.start_pos].strip()
            top = top if self.out[-3].type != "RPAR" else "..."
            self.note(f"{top}/{previous.value}{value} is read as ({top}/{previous.value})·{value}; "
                      f"for the other reading type {top}/({previous.value}{value}).", self.out[-3].start_pos, end)

    def function(self, word: str, start: int, end: int, raw: str) -> int:
        """A known function: its exponent, base or argument comes next. Returns where to go on reading."""
        text = self.text
        self.before_operand("function", start)  # in `ln sin x` the second function is the argument of the first
        self.operand = False
        if word == "log":
            joined = _LOG_WORD_BASE.match(text, end)  # log2(x), log10(x) are names in every programming language
            if joined:
                self.note(f"log{joined[0]} is read as the logarithm to base {joined[0]}.", start, joined.end())
                self.emit("LOGARITHM", word, start, end)
                self.emit("NUMBER", joined[0], joined.start(), joined.end())
                self.after_function = ("log", start, joined.end())
                return joined.end()
            subscript = _LOG_BASE.match(text, end)
            if subscript:
                return self.logarithm_base(subscript, start, end)
            if not self.has_two_arguments(end):
                self.note("log without a base is read as the natural logarithm, ln; another base: log_10(x).",
                          start, end)
        position = end
        inverse = _MINUS_ONE.match(text, position)
        if inverse and word in INVERSE:
            self.note(f"{raw}^-1 is read as the inverse function arc{word}; for 1/{word} type 1/{word}(x).",
                      start, inverse.end())
            word, position = INVERSE[word], inverse.end()
        self.emit("FUNCTION", word, start, end)
        raised = _RAISED.match(text, position)
        if raised:
            self.pending, self.in_function_exponent = (raw, start, end), True
            if raised[2]:
                self.superscript(raised[2], raised.start(2), raised.end(2))
            else:
                self.emit("CIRCUMFLEX", "^", raised.start(1), raised.end(1))
            return raised.end()
        self.after_function = (raw, start, end)
        return position

    def has_two_arguments(self, position: int) -> bool:
        """Whether the bracket that follows holds a comma of its own: log(x, 2)."""
        opening = _OPENING.match(self.text, position)
        depth, index = 1, opening.end() if opening else len(self.text)
        while depth and index < min(len(self.text), position + 1000):
            letter = self.text[index]
            depth += (letter in "([{") - (letter in ")]}")
            if depth == 1 and letter == ",":
                return True
            index += 1
        return False

    def logarithm_base(self, subscript: re.Match[str], start: int, end: int) -> int:
        """The base of `log_2 x`: a number, a letter, or a bracket."""
        self.emit("LOGARITHM", "log", start, end)
        self.pending = ("log", start, subscript.end())
        base = subscript["base"]
        if base is None:
            self.problem("log_ needs a base, as in log_2(x).", start, subscript.end())
            base = "2"
        if base == "":
            self.in_function_exponent = True  # a bracket follows; after it, the argument
            return subscript.end()
        letter = base.strip("{}")
        kind = "NUMBER" if letter[0] in _DIGITS else "CONSTANT" if letter in CONSTANT_WORDS else "NAME"
        self.emit(kind, letter, subscript.start("base"), subscript.end())
        self.after_function = self.pending
        raised = _CARET.match(self.text, subscript.end())
        if raised:
            self.emit("CIRCUMFLEX", "^", raised.start(1), raised.end(1))
            self.in_function_exponent, self.after_function = True, None
            return raised.end()
        return subscript.end()

    def superscript(self, raw: str, start: int, end: int) -> None:
        """² and the like: an exponent, in brackets of its own."""
        if not self.in_function_exponent:
            if not self.operand:
                self.problem(f"The exponent {raw} has nothing to its left to raise.", start, end)
                return
        was_pending, self.in_function_exponent = self.in_function_exponent, False
        self.emit("CIRCUMFLEX", "^", start, start)
        inner = "".join(_SUPERSCRIPTS[letter] for letter in raw)
        self.emit("LPAR", "(", start, start)
        try:
            made = tokenize(inner)
        except NotationError:
            self.problem(f"The exponent {raw} cannot be read; type ^(...).", start, end)
            made = Tokens([Token("NUMBER", "1", start, end)])
        for token in made.tokens:
            self.emit(token.type, token.value, start, end)
        self.emit("RPAR", ")", end, end)
        self.in_function_exponent = was_pending
        self.end_operand()

    # -- words -------------------------------------------------------------------------------------------------

    def word(self, raw: str, start: int, end: int) -> int:
        """A run of letters: cut it longest first into functions, Greek names, pi and single letters."""
        text = self.text
        whole = FUNCTION_WORDS.get(raw)
        if whole:
            if whole != "log" and text[end:end + 1] in _DIGITS:
                self.note(f"{raw}{text[end]}... is read as {raw} of what follows; "
                          f"brackets would say it: {raw}({text[end]}...).", start, end)
            return self.function(whole, start, end, raw)
        if raw == "d" and _NO_VARIABLE.match(text, start):
            self.problem("d/d is followed by the letter to differentiate by, as in d/dx.", start, end + 2)
        if len(raw) > 1:
            if raw == "at" and _AT.match(text, end):
                return self.at(start, end)
            if raw in ("int", "integral"):
                return self.integral(start, end)
            if text.startswith("(", end) and not self.ends_in_function(raw) and self.misspelled(raw, start, end):
                return end
        position, letters = start, 0
        while position < end:
            if text[position] == "d" and end - position > 1 and self.is_differential(position, end):
                return self.differential(position, end)
            piece = _PIECE.match(text, position, end)
            letter = piece[0] if piece else text[position]
            stop = position + len(letter)
            if letter in FUNCTION_WORDS:
                if stop < end or text[stop:stop + 1] in _DIGITS:
                    self.note(f"{text[start:end]} is read as {' '.join([*text[start:position], letter])} "
                              "of what follows; brackets would say it.", start, stop)
                return self.function(FUNCTION_WORDS[letter], position, stop, letter)
            letters += 1
            position = self.letter(letter, position, stop, last=stop == end)
        if letters > 2:
            self.note(f"{raw} is read as the product {'·'.join(raw)}.", start, end)
        return position

    def letter(self, letter: str, start: int, stop: int, last: bool) -> int:
        """One name; the last of a run may carry digits, a subscript or primes, or be called. Returns where it ends."""
        text, canonical = self.text, GREEK.get(letter, letter)
        if last and stop < len(text) and text[stop] in _AFTER_NAME and canonical not in CONSTANT_WORDS:
            tail = _TAIL.match(text, stop)
            if tail:
                canonical, stop = canonical + _plain_subscript(tail[0]), tail.end()
            prime = _PRIMES.match(text, stop)
            opening = _OPENING.match(text, prime.end() if prime else stop)
            if prime or (opening and canonical in self.functions):
                return self.unknown(canonical, prime, bool(opening), start, stop)
            if canonical == "sigma" and opening and opening.end() == stop + 1:
                self.note("σ(...) is read as the sigmoid; for a factor σ type σ*(...).", start, stop)
                return self.function("sigmoid", start, stop, letter)
        self.plain_name(canonical, start, stop)
        return stop

    def ends_in_function(self, raw: str) -> bool:
        """Whether a run ends in a function's name, as xsin does."""
        return any(raw.endswith(word) for word in FUNCTION_WORDS if 1 < len(word) < len(raw))

    def misspelled(self, raw: str, start: int, end: int) -> bool:
        """Report a run straight before `(` that is one slip from a function's name."""
        suggestion = nearest_function(raw)
        if suggestion is None:
            return False
        meaning = ", the natural logarithm (small L, small N)" if suggestion == "ln" else ""
        self.problem(f"There is no function {raw}. Did you mean {suggestion}{meaning}?", start, end)
        self.before_operand("function", start)
        self.emit("FUNCTION", "sin", start, end)
        self.operand = False
        self.after_function = (raw, start, end)
        return True

    def unknown(self, name: str, prime: re.Match[str] | None, opening: bool, start: int, stop: int) -> int:
        primes = len(prime[0].replace("″", "''").replace("‴", "'''")) if prime else 0
        end = prime.end() if prime else stop
        self.before_operand("function", start)
        if opening:
            self.emit("UNKNOWN", (name, primes), start, end)
            self.operand = False
            self.after_function = (name, start, end)
        else:
            self.emit("PRIMED", (name, primes), start, end)
            self.end_operand()
        return end

    def at(self, start: int, end: int) -> int:
        opening = _AT.match(self.text, end)
        self.needs_operand(start, end)
        self.end_virtual(start, ("argument", "derivative"))
        self.emit("AT" if opening and opening["open"] else "AT_END", "at", start, end)
        self.operand = False
        return end

    # -- calculus ----------------------------------------------------------------------------------------------

    def derivative(self, match: re.Match[str]) -> int:
        start, end = match.start("symbol"), match.end("derivative")
        symbol = "∂" if match["symbol"] == "∂" else "d"
        variable, of = _plain_subscript(match["variable"]), match["of"]
        variable = GREEK.get(variable[0], variable[0]) + variable[1:]
        above, below = _order(match["order"]), _order(match["order_below"])
        if above != below:
            self.problem(f"The orders differ: above it is {above}, below it is {below}. Type d^2/dx^2.", start, end)
        if variable in CONSTANT_WORDS:
            self.problem(f"{variable} is a constant: nothing can be differentiated with respect to it.", start, end)
        self.before_operand("function", start)
        if of:
            self.emit("DERIVATIVE_OF", (symbol, variable, above, GREEK.get(of, of)), start, end)
            self.end_operand()
            return end
        self.emit("DERIVATIVE", (symbol, variable, above), start, end)
        self.operand = False
        if not _BRACKET_FOLLOWS.match(self.text, end):
            self.emit("LSQB", "[", end, end)
            self.push(_Frame("derivative", start))
        return end

    def integral(self, start: int, end: int) -> int:
        """`int`, with or without limits, opens an integrand that waits for its dx."""
        self.before_operand("function", start)
        self.emit("INTEGRAL", "int", start, end)
        self.operand = False
        position = end
        limit = _LIMIT.match(self.text, end)
        if limit:
            self.emit("LPAR", "(", end, end)
            position = self.bound(limit.end(), start)
            caret = _CARET.match(self.text, position)
            if caret is None:
                self.problem("An integral with a lower limit needs an upper one: int_0^1 ... dx.", start, position)
            else:
                self.emit("COMMA", ",", caret.start(1), caret.end(1))
                position = self.bound(caret.end(), start)
            self.emit("RPAR", ")", position, position)
        self.emit("LSQB", "[", position, position)
        self.push(_Frame("integral", start, first=len(self.out)))
        self.operand = False
        return position

    def bound(self, position: int, start: int) -> int:
        """One limit of an integral: a number, a name, or anything in brackets. Returns where it ends."""
        match = _BOUND.match(self.text, position)
        if match is None:
            self.problem("An integral's limit is a number, a name or something in brackets: int_0^(2a) ... dx.",
                         start, position)
            return position
        self.emit("LPAR", "(", match.start(), match.start())
        if match["group"]:
            depth, end = 1, match.end()
            while depth and end < len(self.text):
                depth += (self.text[end] in "({") - (self.text[end] in ")}")
                end += 1
            inner = self.text[match.end():end - 1] if depth == 0 else ""
            if not inner.strip():
                self.problem("This bracket of an integral's limit is empty or not closed.", match.start(), match.end())
                return end
            offset = match.end()
            body = f"{match['sign']}({inner})" if match["sign"] else inner
        else:
            body, offset, end = self.text[match.start():match.end()], match.start(), match.end()
        try:
            made = tokenize(body, self.functions)
        except NotationError as error:
            self.problems += [Problem(p.message, p.start + offset, p.end + offset) for p in error.problems]
        else:
            self.out += [Token(t.type, t.value, t.start_pos + offset, t.end_pos + offset) for t in made.tokens]
        self.emit("RPAR", ")", end, end)
        return end

    def waiting_integral(self) -> _Frame | None:
        for frame in reversed(self.frames):
            if frame.kind == "integral":
                return frame
            if frame.kind not in ("argument", "derivative"):
                return None
        return None

    def is_differential(self, position: int, end: int) -> bool:
        """Whether what is left of a run is d and one name, and an integral waits for it."""
        if end - position > 8:
            return False
        variable = self.text[position + 1:end]
        return (len(variable) == 1 or variable in GREEK_LETTER) and self.waiting_integral() is not None

    def differential(self, start: int, end: int) -> int:
        variable = GREEK.get(self.text[start + 1:end], self.text[start + 1:end])
        tail = _TAIL.match(self.text, end)
        if tail:
            variable, end = variable + _plain_subscript(tail[0]), tail.end()
        self.end_virtual(start, ("argument", "derivative"))
        frame = self.frames[-1]
        if _DIVIDED.match(self.text, end):  # ∫ dx/x: the rest of the product is still under the integral
            frame.variable = variable
            if not self.operand:
                self.emit("NUMBER", "1", start, end)
                self.operand = True
            return end
        self.end_integral(frame, variable, start, end)
        return end

    def end_integral(self, frame: _Frame, variable: str, start: int, end: int) -> None:
        self.frames.pop()
        if len(self.out) == frame.first:
            self.emit("NUMBER", "1", start, start)  # ∫ dx
        self.needs_operand(start, end)
        self.emit("RSQB", "]", start, start)
        self.emit("DX", variable, start, end)
        self.operand = True

    def end_divided_integrals(self, at: int) -> None:
        """An integral whose dx stood in a numerator ends where its product ends."""
        while self.frames and self.frames[-1].kind == "integral" and self.frames[-1].variable:
            self.end_integral(self.frames[-1], self.frames[-1].variable, at, at)

    # -- operators and brackets --------------------------------------------------------------------------------

    def operator(self, raw: str, start: int, end: int) -> int:
        sign = _SAME.get(raw, raw)
        if sign in "([{":
            self.open(sign, start, end)
        elif sign in ")]}":
            self.close(sign, start, end)
        elif sign == "|":
            self.bar(start, end)
        elif sign in "+-":
            self.plus_minus(sign, start, end)
        elif sign in ("*", "/", "^"):
            self.times(sign, start, end)
        elif sign in ("√", "∛"):
            return self.function("sqrt" if sign == "√" else "cbrt", start, end, sign)
        elif sign == "∫":
            return self.integral(start, end)
        elif sign in CONSTANT_WORDS:
            self.plain_name(sign, start, end)
        elif sign == "...":
            self.before_operand("name", start)
            self.emit("ELLIPSIS", "...", start, end)
            self.end_operand()
        else:
            self.separator(sign, start, end)
        return end

    def open(self, sign: str, start: int, end: int) -> None:
        previous = self.out[-1] if self.out else None
        if sign == "[" and previous and previous.type == "DERIVATIVE":
            self.emit("LSQB", "[", start, end)
            self.push(_Frame("[", start, of_derivative=True))
            return
        if self.after_function:
            self.after_function = None
            self.emit("LPAR", "(", start, end)
            self.push(_Frame(sign, start))
            return
        in_exponent = self.in_function_exponent
        self.in_function_exponent = False
        if not in_exponent:
            self.before_operand("group", start)
        self.emit("LPAR", "(", start, end)
        self.push(_Frame(sign, start, in_exponent))
        self.operand = False

    def needs_operand(self, start: int, end: int) -> None:
        """Something ends here; say so if what came last still waits for an operand."""
        if self.after_function or self.in_function_exponent:
            word, begin, stop = self.after_function or self.pending or ("this", start, end)
            self.problem(f"{word} needs something to act on, as in {word}(x).", begin, stop)
            self.after_function, self.in_function_exponent, self.operand = None, False, True
            self.emit("LPAR", "(", start, start)
            self.emit("NUMBER", "0", start, start)
            self.emit("RPAR", ")", start, start)

    def close(self, sign: str, start: int, end: int) -> None:
        self.needs_operand(start, end)
        self.end_virtual(start, ("argument", "derivative"))
        self.end_divided_integrals(start)
        if not self.frames:
            self.problem(f"One {sign} too many: nothing is open here.", start, end)
            return
        frame = self.frames[-1]
        if frame.kind == "integral":
            self.problem("This integral has no dx; end it with dx, as in int x^2 dx.", frame.start, frame.start + 1)
            self.end_integral(frame, "x", start, start)
            frame = self.frames[-1] if self.frames else _Frame("(", start)
        if not self.frames:
            return
        if _CLOSER[frame.kind] != sign:
            self.problem(f"{frame.kind} is closed by {_CLOSER[frame.kind]}, not by {sign}.", start, end)
        self.frames.pop()
        if self.out[-1].type == "LPAR" and self.out[-1].start_pos == frame.start:
            self.problem("There is nothing between these brackets.", frame.start, end)
            self.emit("NUMBER", "0", start, start)
        self.emit("RSQB" if frame.of_derivative else "RPAR", sign, start, end)
        if frame.in_exponent_of_function:
            self.operand = False
            self.after_function = self.pending
        else:
            self.end_operand()

    def bar(self, start: int, end: int) -> None:
        innermost = next((f for f in reversed(self.frames) if f.kind not in ("argument", "derivative")), None)
        if self.operand and innermost is not None and innermost.kind == "|":
            self.end_virtual(start, ("argument", "derivative"))
            self.frames.pop()
            self.emit("RBAR", "|", start, end)
            self.end_operand()
            return
        self.before_operand("group", start)
        self.emit("LBAR", "|", start, end)
        self.push(_Frame("|", start))
        self.operand = False

    def plus_minus(self, sign: str, start: int, end: int) -> None:
        if self.operand:
            if self.frames and self.frames[-1].kind == "derivative":
                begin = self.frames[-1].start
                self.note(f"The derivative is taken of what stands before the {sign}; "
                          "to differentiate all of it put brackets round it: d/dx [...].", begin, start)
            self.end_virtual(start, ("argument", "derivative"))
            self.end_divided_integrals(start)
            self.emit("PLUS_MINUS", sign, start, end)
            self.operand = False
            return
        if self.after_function:
            self.before_operand("name", start)
        if sign == "-":
            self.emit("MINUS", "-", start, end)

    def times(self, sign: str, start: int, end: int) -> None:
        if not self.operand:
            self.needs_operand(start, end)
            if not self.operand:
                self.problem(f"{sign} needs something to its left.", start, end)
                self.emit("NUMBER", "0", start, start)
        if sign == "^":
            if self.frames and self.frames[-1].kind == "argument":
                begin = self.frames[-1].start
                self.note(f"{self.text[begin:start].strip()}^... is read with the power inside; for a power of the "
                          "function type sin(x)^2.", begin, start)
        else:
            self.end_virtual(start, ("argument",))
            if sign == "/":
                self.note_power_then_division(start, end)
        self.emit(_TYPE[sign], sign, start, end)
        self.operand = False

    def note_power_then_division(self, start: int, end: int) -> None:
        """`x^-1/2` and `x^1/2`: the exponent ends before the bar."""
        out = self.out
        signed = len(out) > 3 and out[-2].type == "MINUS"
        caret = -3 if signed else -2
        if len(out) > 2 and out[-1].type == "NUMBER" and out[caret].type == "CIRCUMFLEX" and self.text[end:end + 1] in _DIGITS:
            exponent = f"-{out[-1].value}" if signed else out[-1].value
            self.note(f"^{exponent}/... is read as a power, then divided; for a fraction in the exponent type "
                      f"^({exponent}/{self.text[end]}).", out[caret].start_pos, end)

    def separator(self, sign: str, start: int, end: int) -> None:
        self.needs_operand(start, end)
        self.end_virtual(start, ("argument", "derivative"))
        self.end_divided_integrals(start)
        innermost = self.frames[-1].kind if self.frames else ""
        if sign == "," and innermost != "(":
            self.problem("A comma separates arguments, as in max(a, b); a decimal number has a point, as in 2.5.",
                         start, end)
        if sign == ";" and innermost:
            self.problem("; separates whole problems, but a bracket is still open here.", start, end)
        self.emit("RELATION" if sign in _RELATIONS else _TYPE[sign], sign, start, end)
        self.operand = False

    # -- the pass ----------------------------------------------------------------------------------------------

    def run(self) -> Tokens:
        text, position, end = self.text, 0, len(self.text.rstrip())
        scan = _RAW.match
        while position < end:
            match = scan(text, position)
            assert match is not None  # `bad` takes any character
            if match["number"] is not None:
                position = match.end()
                self.number(match["number"], match.start("number"), position)
            elif match["word"] is not None:
                position = self.word(match["word"], match.start("word"), match.end())
            elif match["operator"] is not None:
                position = self.operator(match["operator"], match.start("operator"), match.end())
            elif match["derivative"] is not None:
                position = self.derivative(match)
            elif match["superscript"] is not None:
                position = match.end()
                self.superscript(match["superscript"], match.start("superscript"), position)
            else:
                self.bad(match["bad"], match.start("bad"), match.end())
                position = match.end()
            if len(self.problems) >= limits.ERRORS_SHOWN:
                break
        self.finish(end)
        if self.problems:
            raise NotationError(text, sorted(self.problems, key=lambda problem: problem.start))
        return Tokens(self.out, self.notes)

    def bad(self, character: str, start: int, end: int) -> None:
        advice = _BAD_CHARACTERS.get(character)
        shown = character if character.isprintable() else f"U+{ord(character):04X}"
        self.problem(f"{shown} is not part of the notation{': ' + advice if advice else '; leave it out'}.", start, end)

    def finish(self, end: int) -> None:
        self.needs_operand(end, end)
        self.end_virtual(end, ("argument", "derivative"))
        self.end_divided_integrals(end)
        while self.frames:
            frame = self.frames.pop()
            if frame.kind == "integral":
                self.problem("This integral has no dx; end it with dx, as in int x^2 dx.", frame.start, frame.start + 1)
            elif frame.kind in _CLOSER:
                self.problem(f"This {frame.kind} is never closed: a {_CLOSER[frame.kind]} is missing.",
                             frame.start, frame.start + 1)
            if len(self.problems) >= limits.ERRORS_SHOWN:
                break


def _plain_subscript(text: str) -> str:
    return text.translate(_SUBSCRIPT_DIGITS).replace("{", "").replace("}", "")


def _order(text: str | None) -> str:
    if not text:
        return "1"
    return "".join(_SUPERSCRIPTS.get(letter, letter) for letter in text).strip("^{} ")


_CONFUSED = str.maketrans("Il1|", "llll")


def nearest_function(word: str) -> str | None:
    """The function whose name is one slip from `word`; capital I, small L and 1 count as one letter."""
    plain = word.translate(_CONFUSED).lower()
    for known in FUNCTION_WORDS:
        if plain == known.translate(_CONFUSED).lower():
            return known
    close = get_close_matches(word.lower(), FUNCTION_WORDS, n=3, cutoff=0.6)
    return next((known for known in close if _one_slip(word.lower(), known)), None)


def _one_slip(typed: str, known: str) -> bool:
    """One letter too many, too few or wrong, or two neighbours swapped."""
    if min(len(typed), len(known)) < 3 and len(typed) != len(known):
        return False
    if abs(len(typed) - len(known)) > 1 or len(known) < 3:
        return False
    start = 0
    while start < min(len(typed), len(known)) and typed[start] == known[start]:
        start += 1
    left, right = typed[start:], known[start:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or (
        left[:2] == right[:2][::-1] and left[2:] == right[2:])


def tokenize(text: str, functions: frozenset[str] = UNKNOWN_FUNCTIONS) -> Tokens:
    """The tokens of `text`; `functions` are the letters that call when they stand before `(`.

    Raises NotationError with every problem that the pass finds, in the order of the text.
    """
    if len(text) > limits.INPUT_CHARACTERS:
        message = f"This text has more than {limits.INPUT_CHARACTERS:,} characters; that is too long to be a problem."
        raise NotationError(text[:80], [Problem(message, 0, 1)])
    return _Pass(text, functions).run()
