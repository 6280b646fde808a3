r"""LaTeX -> the learner's notation, which the token pass then reads: only the structure of LaTeX is known here.

    as_notation(r"\frac{d}{dx}\sqrt{x}").text       # "d/dx sqrt(x)"

Groups, fractions, roots, scripts and known commands are written in the notation; products, bracketless functions,
bars and d/dx are left to the pass that decides them anyway. Each character keeps the place in the LaTeX that it comes
from, so that messages point into what was pasted. Nothing is executed or expanded: `\def` is an unknown command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor import limits
from tutor.errors import NotationError, Problem
from tutor.expression.characters import is_latex
from tutor.expression.lexemes import NAME
from tutor.expression.names import ELSEWHERE, FUNCTION_WORDS, GREEK_LETTER, canonical_name
from tutor.expression.spelling import advice_on, printable


@dataclass(frozen=True)
class Notation:
    """A text in the learner's notation; its character n comes from the LaTeX at starts[n] to ends[n].

    functions: the names that the LaTeX marks as functions, by \\operatorname.
    """

    text: str
    starts: list[int]
    ends: list[int]
    functions: frozenset[str] = frozenset()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the LaTeX from which text[start:end] was made."""
        if not self.text:
            return 0, 1
        first = min(start, len(self.text) - 1)
        last = max(min(end, len(self.text)) - 1, first)
        begins = self.starts[first]
        return begins, max(begins + 1, *self.ends[first:last + 1])


_TOKEN = re.compile(r"\\(?P<command>[A-Za-z]+\*?)|\\(?P<escaped>.)|(?P<space>[\s~]+)|(?P<number>[0-9]+)|(?P<sign>.)",
                    re.DOTALL)

# Commands that stand for a sign or a letter of the notation.
_SIGNS = GREEK_LETTER | {
    "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ", "varsigma": "ς", "pi": "π", "infty": "∞",
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "int": "∫", "partial": "∂",
    "dots": "...", "ldots": "...", "cdots": "...", "vert": "|", "mid": "|", "lbrace": "{", "rbrace": "}", "lbrack": "[",
    "rbrack": "]", "prime": "'", "coloneqq": ":=", "lvert": " abs(", "rvert": ")", "lparen": "(", "rparen": ")",
}
_FUNCTIONS = frozenset((*FUNCTION_WORDS, *ELSEWHERE)) - {"sqrt"}
_INVISIBLE = frozenset((
    "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "thinspace", "enspace", "big",
    "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm", "Bigm",
))
_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"))
_STYLES = frozenset((
    "mathrm", "mathit", "mathbf", "mathsf", "mathnormal", "boldsymbol", "bm", "text", "textrm", "textit", "textbf",
    "mbox", "mathop", "operatorname", "operatorname*",
))
_ESCAPED = {"{": "{", "}": "}", "|": "‖"} | dict.fromkeys("([,;:!)] \n", " ")
_LEFT = {"(": "(", "[": "[", ".": "(", "|": " abs(", "\\{": "{", "\\lvert": " abs(", "\\vert": " abs(", "\\lbrace": "{",
         "\\lbrack": "["}
_RIGHT = {")": ")", "]": "]", ".": ")", "|": ")", "\\}": "}", "\\rvert": ")", "\\vert": ")", "\\rbrace": "}",
          "\\rbrack": "]"}
_DELIMITER = re.compile(r"\s*(\\[A-Za-z]+|\\?.)", re.DOTALL)
_POINT = re.compile(r"\s*_\s*(?:(?=\{(?:[^{}=]|\{[^{}=]*\})*=)|(?=\\?[A-Za-z]+\s*=))")
_EMPTY = re.compile(r"\{\s*\}")
_WORD = re.compile(r"\s*\{\s*([A-Za-z]+)\s*\}")
_INDEX = r"(?:_[0-9]+|_[A-Za-z]|_\{[0-9A-Za-z]+\}|[0-9]+)"
_CALLED = re.compile(rf"\s*\{{\s*(?P<name>\\?{NAME})(?P<subscript>{_INDEX})?\s*\}}\s*(?:'+\s*)?(?:\\left\s*)?\(")
_SIGMOID = re.compile(r"\s*\{\s*\\sigma\s*\}")
_BRACKET = re.compile(r"\s*\[")
_MOST_BELOW = 24


@dataclass
class _Group:
    """What has been opened: its closing text, the arguments of the same command that follow, and where it stands.

    single: an argument without braces, which ends with the next thing. kind: "{", "left", "degree" or "argument".
    first, divides: for a fraction, the places of the pieces that open it and that divide it.
    """

    kind: str
    start: int
    closing: str
    rest: tuple[tuple[str, str], ...] = ()
    single: bool = False
    first: int = -1
    divides: int = -1


class _Reader:
    """One pass over the LaTeX, with a stack of what is open."""

    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.pieces: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.groups: list[_Group] = []
        self.awaited: _Group | None = None  # the argument that has to begin now
        self.opening = ""  # and what is written before it
        self.problems: list[Problem] = []
        self.unknown: list[tuple[str, int]] = []
        self.functions: set[str] = set()
        self.integrals: list[int] = []  # places of the signs whose dx has not been found above a fraction line

    def run(self) -> Notation:
        place = 0
        while place < len(self.latex):
            token = _TOKEN.match(self.latex, place)
            assert token is not None  # `sign` takes any character
            place = self.token(token)
        return self.finish()

    def write(self, text: str, start: int, end: int) -> None:
        self.pieces.append(text)
        self.spans.append((start, end))

    def word(self, text: str, start: int, end: int) -> None:
        """A word of several letters, apart from letters beside it."""
        before = " " if self.pieces and self.pieces[-1][-1:].isalpha() else ""
        after = " " if self.latex[end:end + 1].isalpha() or self.latex[end:end + 1] == "\\" else ""
        self.write(before + text + after, start, end)

    def token(self, token: re.Match[str]) -> int:
        start, end = token.span()
        kind = token.lastgroup
        if kind == "space":
            if self.awaited is None:
                self.write(" ", start, end)
            return end
        if self.awaited is not None:
            group, self.awaited = self.awaited, None
            if self.opening == "/(":
                group.divides = len(self.pieces)
            self.write(self.opening, start, start)
            if token["sign"] == "{":
                self.groups.append(group)
                return end
            if token["sign"] == "}":
                self.problems.append(Problem(f"Something is missing before this {'}'}.", start, end))
                return end
            group.single = True
            self.groups.append(group)
            if kind == "number":
                end = start + 1  # \frac12 takes one digit
        if kind == "command":
            return self.command(token["command"], start, end)
        text = self.latex[start:end]
        if kind == "escaped":
            if token["escaped"] in _ESCAPED:
                self.write(_ESCAPED[token["escaped"]], start, end)
            else:
                self.unknown.append((text, start))
            return end
        if text == "{":
            empty = _EMPTY.match(self.latex, start)
            if empty is not None:
                return empty.end()
            self.write("{", start, end)
            self.groups.append(_Group("{", start, "}"))
        elif text == "}":
            self.close("{", start, end, "There is no { that this } closes.")
        elif text == "]" and self.groups and self.groups[-1].kind == "degree":
            self.degree(start, end)
        elif text == "$":
            self.write(" ", start, end)
        elif text == "|" and (point := _POINT.match(self.latex, end)) is not None:
            return self.at_point("", start, point.end())
        else:
            self.write(text, start, end)
            if text not in "^_":
                self.completed(end)
        return end

    # -- what is open ----------------------------------------------------------------------------------------------

    def arguments(self, wanted: tuple[tuple[str, str], ...], start: int, first: int = -1) -> None:
        """Await the arguments of a command: what is written before and after each."""
        (self.opening, closing), *rest = wanted
        self.awaited = _Group("argument", start, closing, tuple(rest), first=first)

    def close(self, kind: str, start: int, end: int, complaint: str) -> None:
        group = self.groups[-1] if self.groups else None
        if group is None or group.single or (group.kind != kind and not (kind == "{" and group.kind == "argument")):
            self.problems.append(Problem(complaint, start, end))
            return
        self.groups.pop()
        self.ended(group, start, end)

    def ended(self, group: _Group, start: int, end: int) -> None:
        """The end of a group: the next argument of its command, or the end of the command."""
        self.write(group.closing, start, end)
        if group.rest:
            self.arguments(group.rest, group.start, group.first)
            return
        if group.first >= 0:
            self.fraction(group.first, group.divides)
        self.completed(end)

    def completed(self, end: int) -> None:
        """Something whole was written: arguments without braces end with it."""
        while self.awaited is None and self.groups and self.groups[-1].single:
            group = self.groups.pop()
            self.write(group.closing, end, end)
            if group.rest:
                self.arguments(group.rest, group.start, group.first)
            elif group.first >= 0:
                self.fraction(group.first, group.divides)

    # -- commands --------------------------------------------------------------------------------------------------

    def command(self, name: str, start: int, end: int) -> int:
        if name in _FRACTIONS:
            self.arguments((("((", ")"), ("/(", "))")), start, first=len(self.pieces))
        elif name == "sqrt":
            bracket = _BRACKET.match(self.latex, end)
            if bracket is None:
                self.arguments(((" sqrt(", ")"),), start)
            else:
                self.groups.append(_Group("degree", start, "", first=len(self.pieces)))
                return bracket.end()
        elif name in ("left", "right"):
            return self.delimiter(name, start, end)
        elif name in _STYLES:
            return self.styled(name, start, end)
        elif name in _FUNCTIONS:
            self.word(name, start, end)
            self.completed(end)
        elif name in _SIGNS:
            if name == "int":
                self.integrals.append(len(self.pieces))
            if name == "prime" and self.pieces and self.pieces[-1] in ("^", "{"):
                self.primes(start, end)
            else:
                self.write(_SIGNS[name], start, end)
            self.completed(end)
        elif name in _INVISIBLE:
            self.write(" ", start, end)
        else:
            self.unknown.append((f"\\{name}", start))
        return end

    def primes(self, start: int, end: int) -> None:
        """f^{\\prime} and f^\\prime are f'. The braces stay, empty, and mean nothing."""
        place = len(self.pieces) - 1
        if self.pieces[place] == "{":
            self.pieces[place] = ""
            self.groups[-1].closing = ""
            place -= 1
        if place >= 0 and self.pieces[place] == "^":
            self.pieces[place] = ""
        self.write("'", start, end)

    def delimiter(self, name: str, start: int, end: int) -> int:
        match = _DELIMITER.match(self.latex, end)
        if match is None:
            self.problems.append(Problem(f"\\{name} needs a bracket after it.", start, end))
            return end
        sign, end = match[1], match.end()
        if sign not in (_LEFT if name == "left" else _RIGHT):
            self.problems.append(Problem(printable(f"\\{name}{sign} is no bracket that the tutor knows."), start, end))
            return end
        if name == "left":
            self.write("(" if sign == "." else "", start, start)
            self.write(_LEFT[sign], start, end)
            self.groups.append(_Group("left", start, sign))
            return end
        if not self.groups or self.groups[-1].kind != "left":
            self.problems.append(Problem("There is no \\left that this \\right closes.", start, end))
            return end
        opened = self.groups.pop().closing
        self.write(_RIGHT[sign], start, end)
        point = _POINT.match(self.latex, end) if sign in "|])." else None
        if point is not None:
            return self.at_point(")" if opened == "." else "", start, point.end())
        if opened == ".":
            self.write(")", end, end)
        self.completed(end)
        return end

    def at_point(self, closing: str, start: int, end: int) -> int:
        """A bar with x = 2 at its foot."""
        self.write(" at ", start, end)
        self.arguments((("(", ")" + closing),), start)
        return end

    def degree(self, start: int, end: int) -> None:
        """The degree of a root was read: it is taken out again and written behind the root."""
        group = self.groups.pop()
        degree = "".join(self.pieces[group.first:]).strip()
        del self.pieces[group.first:], self.spans[group.first:]
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
        word = _WORD.match(self.latex, end)
        if word is not None and len(word[1]) > 1:
            if self.awaited is None:
                self.word(word[1], start, word.end())
                self.completed(word.end())
            return word.end()
        self.arguments((("", ""),), start)
        return end

    def fraction(self, first: int, divides: int) -> None:
        """A fraction was read: one that is a derivative, or has the dx of an integral in it, is written as such."""
        pieces = self.pieces
        if len(pieces) - divides < _MOST_BELOW and _BELOW.fullmatch("".join(pieces[divides + 1:-1])):
            self.derivative(first, divides)
        elif self.integrals and self.integrals[-1] < first:  # one inside the fraction has its dx there, too
            self.integrated(first, divides)

    def derivative(self, first: int, divides: int) -> None:
        """Write d/dx, dy/dx, or d(x^2)/dx as d/dx [x^2], if a d stands above."""
        pieces = self.pieces
        letters = [place for place in range(first + 1, min(first + _MOST_BELOW, divides - 1)) if pieces[place].strip()]
        if not letters or pieces[letters[0]].strip() not in ("d", "∂"):
            return
        last = letters[0]
        if len(letters) > 2 and pieces[letters[1]] == "^":
            order = _ORDER.match("".join(pieces[place] for place in letters[2:]))
            if order is None:
                return
            read, length = 2, 0
            while length < order.end():
                length += len(pieces[letters[read]])
                read += 1
            last = letters[read - 1]
        pieces[first] = ""
        if letters[-1] == last:
            pieces[divides - 1], pieces[divides], pieces[-1] = "", "/", " "
            return
        pieces[last] += "/" + "".join(pieces[divides + 1:-1]) + " ["
        pieces[divides - 1:] = ["]", *[""] * (len(pieces) - divides)]

    def integrated(self, first: int, divides: int) -> None:
        """Take the dx of an integral out of the fraction in which it was written: ∫ x dx/(x^2 + 1)."""
        pieces = self.pieces
        written = (place for place in range(divides - 2, first, -1) if pieces[place].strip())
        variable, symbol = next(written, first), next(written, first)
        if symbol == first or pieces[symbol].strip() != "d" or not _VARIABLE.fullmatch(pieces[variable]):
            return
        self.integrals.pop()
        alone = next(written, None) is None
        pieces[first], pieces[symbol] = ("", "d") if alone else ("(", ") d")
        pieces[divides - 1], pieces[-1] = "", ")"

    # -- the end -----------------------------------------------------------------------------------------------------

    def finish(self) -> Notation:
        if self.awaited is not None:
            start = self.awaited.start
            self.problems.append(Problem("Something is missing after this command.", start, _end_of(self.latex, start)))
        for group in self.groups[:limits.ERRORS_SHOWN]:
            what = {"{": "This { is never closed.", "left": "This \\left has no \\right.",
                    "degree": "The [ after \\sqrt is never closed."}.get(group.kind, "A } is missing here.")
            self.problems.append(Problem(what, group.start, _end_of(self.latex, group.start)))
        if self.unknown:
            self.problems.append(_about_unknown(self.latex, self.unknown))
        if self.problems:
            found = sorted(self.problems, key=lambda problem: problem.start)
            raise NotationError(self.latex, found[:limits.ERRORS_SHOWN])
        starts, ends = [], []
        for piece, (start, end) in zip(self.pieces, self.spans, strict=True):
            starts += [start] * len(piece)
            ends += [end] * len(piece)
        return Notation("".join(self.pieces), starts, ends, frozenset(self.functions))


_MOST_NAMED = 5


def _about_unknown(latex: str, unknown: Sequence[tuple[str, int]]) -> Problem:
    """One message for all commands that are not known, at the first of them, with what to type for that one."""
    command, start = unknown[0]
    names = list(dict.fromkeys(name for name, _ in unknown[:_MOST_NAMED]))
    commands = "is a LaTeX command" if len(names) == 1 else "are LaTeX commands"
    word = _WORD.match(latex, start + len(command)) if command == "\\begin" else None
    advice = advice_on(command[1:] if word is None else word[1])
    message = f"{', '.join(names)} {commands} that the tutor does not know" + (f": {advice}." if advice else ".")
    return Problem(printable(message), start, start + len(command))


_VARIABLE = re.compile(NAME)
_ORDER = re.compile(rf"[0-9]+|\{{(?:[0-9]+|{NAME}{_INDEX}?)\}}|{NAME}")
_BELOW = re.compile(rf"\s*[d∂]\s*{NAME}{_INDEX}?\s*(?:\^(?:{_ORDER.pattern}))?\s*")


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
    return _Reader(latex).run()
