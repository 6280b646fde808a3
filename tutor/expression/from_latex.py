r"""LaTeX -> the learner's notation, which the token pass then reads: only the structure of LaTeX is known here.

    as_notation(r"\frac{d}{dx}\sqrt{x}").text       # "d/dx sqrt(x)"

Groups, fractions, roots, scripts and known commands are written in the notation; products, bracketless functions,
bars and d/dx are left to the pass that decides them anyway. Each character keeps the place in the LaTeX that it comes
from, so that messages point into what was pasted. Nothing is executed or expanded: `\def` is an unknown command.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor import limits
from tutor.errors import NotationError, Problem
from tutor.expression.characters import is_latex
from tutor.expression.latex_cases import between_cases, in_cases, read_environment, read_words
from tutor.expression.latex_commands import (
    BOLD,
    ESCAPED,
    FRACTION_COMMANDS,
    FUNCTION_COMMANDS,
    LEFT,
    RIGHT,
    SIGN_COMMANDS,
    STYLE_COMMANDS,
    TEXT_COMMANDS,
    about_commands,
)
from tutor.expression.latex_fractions import INDEX
from tutor.expression.latex_groups import INDEX_ONLY, JOINS, LETTER, NOT_INDEXED, RELATION, SHORT, Group, Groups
from tutor.expression.latex_looks import undressed
from tutor.expression.latex_matrices import between_entries, in_matrix, read_matrix
from tutor.expression.lexemes import NAME
from tutor.expression.names import canonical_name
from tutor.expression.notes import Note
from tutor.expression.spelling import printable


@dataclass(frozen=True)
class Notation:
    """A text in the learner's notation; its character n comes from the LaTeX at starts[n] to ends[n].

    functions: the names that the LaTeX marks as functions, by \\operatorname; notes: on what could be doubted.
    """

    text: str
    starts: list[int]
    ends: list[int]
    functions: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the LaTeX from which text[start:end] was made."""
        if not self.text:
            return 0, 1
        first = min(start, len(self.text) - 1)
        last = max(min(end, len(self.text)) - 1, first)
        begins = self.starts[first]
        return begins, max(begins + 1, *self.ends[first:last + 1])


_TOKEN = re.compile(r"\\(?P<command>[A-Za-z]+\*?)|\\(?P<escaped>.)|(?P<space>\s+)|(?P<number>[0-9]+)|(?P<sign>.)",
                    re.DOTALL)
_DELIMITER = re.compile(r"\s*(\\[A-Za-z]+|\\?.)", re.DOTALL)
_POINT = re.compile(r"\s*_(?:(?=\{(?:\s*+\{){0,3}?(?:[^{}=]|\{[^{}=]*+\})*+=)|(?=\\?[A-Za-z]+\s*=))")
_EMPTY = re.compile(r"\{\s*\}")
_WORD = re.compile(r"\s*\{\s*((?:a(?:rc?|rg)\s+)?[A-Za-z]+)\s*\}")
_WORDS = re.compile(r"\s*+\{((?=[^A-Za-z{}\\$]*+[A-Za-z])[^{}\\$]{2,}+)\}(?!\s*+(?:\\left\s*+)?\()")
_ALLOWED_WORDS = FUNCTION_COMMANDS | {"at"}
_CALLED = re.compile(rf"\s*\{{\s*(?P<name>\\?{NAME})(?P<subscript>{INDEX})?\s*\}}\s*(?:'+\s*)?"
                     r"(?:\{\s*)?(?:\\left\s*)?\(")
_SIGMOID = re.compile(r"\s*\{\s*\\sigma\s*\}")
_BRACKET = re.compile(r"\s*\[")
_PRIMES = re.compile(r"\s*(?:\{\s*((?:(?:'|\\prime(?![A-Za-z]))\s*)+)\}|(\\prime(?![A-Za-z])))")
_ORDER = re.compile(r"\s*\{\s*(?:\\left\s*)?\(\s*(?:(?P<digits>[0-9]{1,2})|\\?[A-Za-z]+)\s*(?:\\right\s*)?\)\s*\}"
                    r"(?P<called>\s*(?:\\left\s*)?\()?")
_ALONG = re.compile(rf"\s*_(?:\{{\s*\\?({NAME})\s*\}}|\\?({NAME})(?![A-Za-z]))")
_DIFFERENCE = ("A value above minus a value below, as in [x^2]_0^1, is not known here: write out the difference. For "
               "the value at a point, say which letter: |_{x = 2}.")
_IN_BRACKETS = ("A script in brackets can be a power, the order of a derivative, or an index. For a power, leave out "
                "the brackets; for a derivative, write f''(x); for an index, x_{i}.")
_DERIVED = re.compile(rf"[d∂]\S*/[d∂]({NAME})(?:\^\S+)?\s*$")
_POINT_LETTER = re.compile(r"[\s{]*\\?([A-Za-z]+)\s*=")
_LETTER_BELOW = re.compile(r"\s*\{?\s*[A-Za-z]")
_MOST_BEFORE = 20
"""Pieces of a derivative's sign."""
_DIVISOR = re.compile(rf"(?:{NAME}|π|[0-9]+)(?:_\w|_\{{\w+\}}|\^\w|\^\(\w+\))*|[a-z]+\([^()]*\)")
_NO_NAMES = frozenset("eπid")  # with a digit behind it, no name
_DIFFERENTIATED = frozenset("fghuvyFGHUVY")  # letters of which a number in brackets above is an order
_GOES_ON = re.compile(rf"[\s&]*(?:$|[)\]}}+\-*/=<>;,]|\\(?:right|times|cdot|div)(?![A-Za-z])|\\\\|{RELATION}"
                      r"|d(?:[A-Za-z](?![A-Za-z])|\\[a-z]+))")
_GAP = re.compile(r"[\s&]*")
_RELATION_FOLLOWS = re.compile(rf"[\s&]*(?:[=<>]|{RELATION})")
_ROW_GOES_ON = re.compile(rf"[\s&]*(?:$|[+\-*/=<>}}]|{RELATION}|\\(?:times|cdot|div|right)(?![A-Za-z]))")


class _Reader(Groups):
    """One pass over the LaTeX, with a stack of what is open."""

    def run(self) -> Notation:
        place = 0
        while place < len(self.latex):
            token = _TOKEN.match(self.latex, place)
            assert token is not None  # `sign` takes any character
            place = self.token(token)
        return self.finish()

    def token(self, token: re.Match[str]) -> int:
        start, end = token.span()
        kind = token.lastgroup
        if kind == "space":
            if self.awaited is None and self.last() not in ("^", "_"):
                self.append(" ", start, end)
            return end
        if self.awaited is not None:
            group, self.awaited = self.awaited, None
            if self.opening == "/(":
                group.divides = len(self.pieces)
            self.append(self.opening, start, start)
            group.single = token["sign"] != "{"
            self.opened(group, start)
            if not group.single:
                return end
            if token["sign"] == "}":
                self.groups.pop()
                self.problem(f"Something is missing before this {'}'}.", start, end)
                return end
            if kind == "number":
                if end > start + 1 and not group.rest and not group.is_bold:
                    self.note("digit", f"Without braces, a command takes only the digit {token[0][0]} here; for "
                                       f"{token[0]}, write {{{token[0]}}}.", group.start, end)
                end = start + 1  # \frac12 takes one digit
        if kind == "command":
            return self.command(token["command"], start, end)
        text = self.latex[start:end]
        if kind == "escaped":
            self.escaped(text, start, end)
            return end
        return self.sign(text, start, end)

    def escaped(self, text: str, start: int, end: int) -> None:
        if text == "\\\\" and (in_cases(self) or in_matrix(self)):
            self.between(text, start, end)
        elif text == "\\\\":
            goes_on = not self.last() or self.last()[-1] in JOINS or _ROW_GOES_ON.match(self.latex, end)
            is_relation = self.last() and _RELATION_FOLLOWS.match(self.latex, end)
            self.append("\n" if is_relation else " " if goes_on else "; ", start, end)
        elif text[1] in ESCAPED:
            self.append(ESCAPED[text[1]], start, end)
        else:
            self.unknown.append((text, start))

    def sign(self, text: str, start: int, end: int) -> int:
        """A character, or a number."""
        if text == "{":
            empty = _EMPTY.match(self.latex, start)
            if empty is not None:
                return empty.end()
            opening, closing = ("(", ")") if self.last() == "^" else ("{", "}")
            group = Group("script" if self.last() in ("^", "_") else "{", start, closing, before=self.solid,
                          base=self.base)
            self.append(opening, start, end)
            self.opened(group, start)
        elif text == "}":
            self.close(start, end)
        elif text == "]" and self.groups and self.groups[-1].kind == "degree":
            self.degree(start, end)
        elif text in "|])" and (point := _POINT.match(self.latex, end)) is not None:
            self.append("" if text == "|" else text, start, end)
            return self.at_point("", start, point.end())
        elif text in ("^", "_"):
            return self.script(text, start, end)
        elif text == "\\":
            self.problem("In LaTeX a command follows a backslash, as in \\frac{1}{x}.", start, end)
        elif text == "&":
            gap = _GAP.match(self.latex, end)
            assert gap is not None  # it may be empty
            self.between(text, start, end)
            end = gap.end()
        else:
            if self.groups:
                group = self.groups[-1]
                group.depth += (text in "([") - (text in ")]")
                group.has_sum |= text in "+-" and group.depth == 0 and self.solid > group.content
            if text.isalnum():
                self.about_slash(start, end)
            elif text not in "'":
                self.slash = len(self.pieces) if text == "/" else -1
            if self.last() in ("^", "_") and text.isdecimal() and len(text) > 1:
                mark, what = self.last(), "exponent" if self.last() == "^" else "index"
                self.note(what, f"The {what} {text} is read as a whole; LaTeX itself takes only the {text[0]}: write "
                                f"{mark}{{{text}}}.", start, end)
            if self.last() == "_":
                self.indexed = len(self.pieces)
            elif self.last() == "^":
                self.raised = len(self.pieces)
            if text.isdecimal() and self.solid == len(self.pieces) - 1 and LETTER.fullmatch(self.last()) and (
                    self.solid not in (self.indexed, self.raised) and self.last() not in _NO_NAMES):
                self.note("name", f"{self.last()}{text} is read as one name; for a product, write \\cdot, for a power, "
                                  f"{self.last()}^{{{text}}}.", start - 1, end)
            if text.isdecimal() and self.raised == self.solid and self.carries_power():
                text = f"*{text}"  # x^{2}3 is a product; without a sign it would look like (2)^3
            self.append(text, start, end)
            self.completed(end)
        return end

    def about_slash(self, start: int, end: int, is_command: bool = False) -> None:
        """In x / 2 y a blank says nothing to LaTeX: y may belong to what divides. Without one, the token pass asks.

        is_command: a fraction or a root follows, of which it does not ask.
        """
        if self.slash < 0 or self.slash == self.solid or not (is_command or self.pieces[-1].isspace()):
            return
        divisor = "".join(self.pieces[self.slash + 1:self.slash + SHORT]).replace(" ", "")
        if _DIVISOR.fullmatch(divisor) and not (self.latex[start] == "d" and self.integrals):
            self.note("slash", "What follows the divisor is read as another factor; if all of it divides, write "
                               "\\frac{...}{...}.", start, end)
        self.slash = -1

    def carries_power(self) -> bool:
        """Whether the last exponent is one of a letter, and not of a function or a d."""
        letter = self.pieces[self.base].strip() if self.base >= 0 else ""
        return LETTER.fullmatch(letter) is not None and letter != "d"

    def script(self, sign: str, start: int, end: int) -> int:
        """What begins an exponent, an index, or the primes of a derivative."""
        base, letter = self.solid, self.last()
        if sign == "^":
            primes = _PRIMES.match(self.latex, end)
            if primes is not None:
                self.append("'" * (primes[0].count("'") + primes[0].count("prime")), start, primes.end())
                self.completed(primes.end())
                return primes.end()
            order = _ORDER.match(self.latex, end)
            is_name = base == self.indexed or (LETTER.fullmatch(letter) is not None and letter not in ("e", "π"))
            if order is not None and base >= 0 and is_name:
                return self.order(order, letter, start)
        elif base >= 0 and base == self.raised:
            self.doubts.append(Problem("In LaTeX this index is one of the base: write e^{w_{1}} or x_{1}^{2}.", start,
                                       end))
        elif letter[-1:] in ("]", ")", "|") and letter and not self.ends_function_of_list():
            self.doubts.append(Problem(_DIFFERENCE, start, end))
        else:
            while self.pieces[-1] == " ":  # x _1 is x_1
                self.pieces[-1] = ""
            if letter == "Σ" and _LETTER_BELOW.match(self.latex, end):  # \Sigma_i is a letter, \sum_i a sum
                self.pieces[base] = " Sigma"
        if sign == "^" and base >= 0 and base == self.raised:
            self.note("tower", "Of two exponents in a row the second is read as that of the first, as in x^{2^{3}}; "
                               "for a power of a power, write {(x^{2})}^{3}.", start, end)
        self.base = base
        self.append(sign, start, end)
        return end

    def order(self, order: re.Match[str], letter: str, start: int) -> int:
        """f^{(2)}(x) is f''(x); x^{(i)} may be anything."""
        end = order.start("called") if order["called"] else order.end()
        if order["digits"] and letter in _DIFFERENTIATED:
            self.append("'" * int(order["digits"]), start, end)
            self.completed(end)
        else:
            self.problem(_IN_BRACKETS, start, end)
        return end

    def between(self, text: str, start: int, end: int) -> None:
        """\\quad or & between two formulas is no product."""
        if in_cases(self) or in_matrix(self):
            (between_cases if in_cases(self) else between_entries)(self, text, start, end)
            return
        if self.last() and self.last()[-1] not in JOINS and not _GOES_ON.match(self.latex, end):
            self.doubts.append(Problem(f"There are two formulas with {text} between them: give one at a time.", start,
                                       end))
        self.append(" ", start, end)

    # -- commands --------------------------------------------------------------------------------------------------

    def command(self, name: str, start: int, end: int) -> int:
        if name in FRACTION_COMMANDS or name == "sqrt":
            self.about_slash(start, end, is_command=True)
        if name in FRACTION_COMMANDS:
            self.arguments((("((", ")"), ("/(", "))")), start, first=len(self.pieces))
        elif name == "over":
            self.over(start, end)
        elif name == "sqrt":
            bracket = _BRACKET.match(self.latex, end)
            if bracket is None:
                self.arguments(((" sqrt(", ")"),), start)
            else:
                self.groups.append(Group("degree", start, "", before=self.solid, first=len(self.pieces)))
                return bracket.end()
        elif name in ("begin", "end") and (
                after := read_environment(self, name, start, end) or read_matrix(self, name, start, end)):
            return after
        elif name in ("left", "right"):
            return self.delimiter(name, start, end)
        elif name in STYLE_COMMANDS:
            return self.styled(name, start, end)
        elif name in FUNCTION_COMMANDS:
            self.word(name, start, end)
            self.completed(end)
        elif name in ("quad", "qquad"):
            self.between(f"\\{name}", start, end)
        elif name == "bf":
            self.about_bold(start, end)
        elif name in SIGN_COMMANDS:
            return self.letter(name, start, end)
        else:
            self.unknown.append((f"\\{name}", start))
        return end

    def letter(self, name: str, start: int, end: int) -> int:
        """A command that stands for a sign or a letter."""
        if name in ("vert", "mid", "rvert") and (name != "rvert" or not self.bars):
            point = _POINT.match(self.latex, end)
            if point is not None:
                return self.at_point("", start, point.end())
        if name == "partial" and (along := _ALONG.match(self.latex, end)) is not None:
            self.append(f"∂/∂{along[1] or along[2]} ", start, along.end())
            return along.end()
        self.bars += {"lvert": 1, "rvert": -1}.get(name, 0)
        if name == "int":
            self.integrals.append(len(self.pieces))
        if self.last() == "_" and (self.base < 0 or self.pieces[self.base].strip() not in NOT_INDEXED):
            self.doubts.append(Problem(INDEX_ONLY, start, end))
        if SIGN_COMMANDS[name].isalpha():
            self.about_slash(start, end)
        self.append(SIGN_COMMANDS[name], start, end)
        self.completed(end)
        return end

    def delimiter(self, name: str, start: int, end: int) -> int:
        match = _DELIMITER.match(self.latex, end)
        if match is None:
            self.problem(f"\\{name} needs a bracket after it.", start, end)
            return end
        sign, end = match[1], match.end()
        if sign not in (LEFT if name == "left" else RIGHT):
            if sign[1:].isalpha():
                self.unknown.append((sign, end - len(sign)))
            else:
                self.problem(printable(f"\\{name}{sign} is no bracket that the tutor knows."), start, end)
            return end
        if name == "left":
            before = self.solid
            self.append("(" if sign == "." else "", start, start)
            self.append(LEFT[sign], start, end)
            self.opened(Group("left", start, sign, before=before), start)
            return end
        if not self.groups or self.groups[-1].kind != "left":
            self.doubts.append(Problem("There is no \\left that this \\right closes.", start, end))
            return end
        group = self.groups.pop()
        self.end_over(group, start)
        self.append(RIGHT[sign], start, end)
        point = _POINT.match(self.latex, end)
        if point is not None:
            self.about_order(group, point.end(), end)
            return self.at_point(")" if group.closing == "." else "", start, point.end())
        if group.closing == ".":
            self.append(")", end, end)
        self.completed(end)
        return end

    def about_order(self, group: Group, place: int, end: int) -> None:
        r"""\frac{d}{dx}\left.x^2\right|_{x=3}: by its bars a value comes first, and a derivative is meant."""
        derived = _DERIVED.search("".join(self.pieces[max(0, group.before - _MOST_BEFORE):group.before + 1]))
        letter = _POINT_LETTER.match(self.latex, place)
        if group.closing == "." and derived and letter and canonical_name(derived[1]) == canonical_name(letter[1]):
            self.problem("Here the value at the point would come first, and then its derivative, which is 0. For the "
                         "derivative at the point, write \\left. before \\frac{d}{dx}.", group.start, end)

    def at_point(self, closing: str, start: int, end: int) -> int:
        """A bar with x = 2 at its foot."""
        self.append(" at ", start, end)
        self.arguments((("(", ")" + closing),), start)
        return end

    def degree(self, start: int, end: int) -> None:
        """The degree of a root was read: it is taken out again and written behind the root."""
        group = self.groups.pop()
        degree = "".join(self.pieces[group.first:]).strip(" {}")
        del self.pieces[group.first:], self.spans[group.first:]
        self.bold = [span for span in self.bold if span[0] < group.first]
        self.solid = group.before
        known = {"2": " sqrt(", "3": " cbrt("}.get(degree)
        self.arguments(((known, ")"),) if known else (("((", f")^(1/({degree})))"),), group.start)

    def styled(self, name: str, start: int, end: int) -> int:
        """Upright or bold letters: a word if there are several."""
        if "op" in name:  # the name of a function
            sigmoid = _SIGMOID.match(self.latex, end)  # a plain \sigma(x) = ... may define another function
            if sigmoid is not None:
                self.word("sigmoid", start, sigmoid.end())
                self.completed(sigmoid.end())
                return sigmoid.end()
            called = _CALLED.match(self.latex, end)
            if called is not None:
                self.functions.add(canonical_name(called["name"].lstrip("\\"), called["subscript"] or ""))
        is_index = self.last() in ("^", "_") or (bool(self.groups) and self.groups[-1].kind == "script")
        words = _WORDS.match(self.latex, end) if name in TEXT_COMMANDS and not is_index else None
        if words is not None and read_words(self, words[1], start, words.end()):
            return words.end()
        if words is not None and words[1].strip() not in _ALLOWED_WORDS:
            self.problem("Words cannot be read here: give the formula alone.", start, words.end())
            return words.end()
        word = _WORD.match(self.latex, end)
        letters = "" if word is None else "".join(word[1].split())
        if word is not None and len(letters) > 1 and name not in BOLD:
            if self.last() in ("^", "_"):
                self.append(f"{{{letters}}}", start, word.end())
            else:
                self.word(letters, start, word.end())
            self.completed(word.end())
            return word.end()
        self.arguments((("", ""),), start)
        if name in BOLD and self.awaited is not None:
            self.awaited.is_bold = True
            self.about_bold(start, end)
        return end

    def about_bold(self, start: int, end: int) -> None:
        self.note("bold", "A letter in bold or script is read like any other letter. A list is written part by "
                          "part, as in x_i.", start, end)

    # -- the end -----------------------------------------------------------------------------------------------------

    def finish(self) -> Notation:
        self.end_over(self.whole, len(self.latex))
        if self.awaited is not None:
            start = self.awaited.start
            self.problem("Something is missing after this command.", start, _end_of(self.latex, start))
        for group in self.groups[:limits.ERRORS_SHOWN]:
            what = {"{": "This { is never closed.", "script": "This { is never closed.",
                    "cases": "This \\begin{cases} has no \\end{cases}.", "matrix": "This \\begin has no \\end.",
                    "left": "This \\left has no \\right.", "degree": "The [ after \\sqrt is never closed.",
                    }.get(group.kind, "A } is missing here.")
            self.problem(what, group.start, _end_of(self.latex, group.start))
        self.two_alphabets()
        self.problems += self.doubts[:0 if self.unknown else 1]
        if self.unknown:
            command, start = self.unknown[0]
            end = start + len(command)
            word = _WORD.match(self.latex, end) if command in ("\\begin", "\\end") else None
            names = [name for name, _ in self.unknown]
            self.problem(about_commands(names, word[1] if word is not None else ""), start, end)
        if self.problems:
            found = sorted(self.problems, key=lambda problem: problem.start)
            raise NotationError(self.latex, found[:limits.ERRORS_SHOWN])
        starts, ends = [], []
        for piece, (start, end) in zip(self.pieces, self.spans, strict=True):
            starts += [start] * len(piece)
            ends += [end] * len(piece)
        return Notation("".join(self.pieces), starts, ends, frozenset(self.functions), tuple(self.notes.values()))

    def two_alphabets(self) -> None:
        """A letter both bold and plain is not one number; but bold z may be a list, of which z_k is one part."""
        bold: set[int] = set()
        reached = 0
        for first, end in sorted(self.bold):
            bold.update(range(max(first, reached), end))
            reached = max(reached, end)
        letters = {self.pieces[place] for place in bold if LETTER.fullmatch(self.pieces[place])}
        for place, piece in enumerate(self.pieces if letters else ()):
            if piece in letters and place not in bold and self.pieces[place + 1:place + 2] != ["_"]:
                self.problem(f"{piece} stands here in two alphabets, bold or script and plain: give one of them "
                             "another letter.", *self.spans[place])
                return


def _end_of(latex: str, start: int) -> int:
    token = _TOKEN.match(latex, start)
    return token.end() if token is not None else start + 1


def in_notation(text: str) -> str:
    """A text that may be LaTeX, in the learner's notation. What cannot be read stays, for a reader that says why."""
    try:
        return as_notation(text).text if is_latex(text) else text
    except NotationError:
        return text


def as_notation(latex: str) -> Notation:
    """LaTeX in the learner's notation. Raises NotationError with the place of what is unknown or not closed."""
    if len(latex) > limits.LATEX_CHARACTERS:
        message = f"This LaTeX has more than {limits.LATEX_CHARACTERS:,} characters; that is too long."
        raise NotationError(latex[:80], [Problem(message, 0, 1)])
    plain = undressed(latex)
    try:
        found = _Reader(plain.text).run()
    except NotationError as error:
        problems = [Problem(problem.message, *plain.span(problem.start, problem.end)) for problem in error.problems]
        raise NotationError(latex, problems) from None
    spans = [plain.span(start, end) for start, end in zip(found.starts, found.ends, strict=True)]
    notes = [Note(note.message, *plain.span(note.start, note.end), kind=note.kind) for note in found.notes]
    return Notation(found.text, [start for start, _ in spans], [end for _, end in spans], found.functions,
                    (*plain.notes, *notes))
