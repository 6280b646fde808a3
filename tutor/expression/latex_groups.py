r"""What is open while LaTeX is read: braces, arguments, scripts and fractions, and the pieces that were written so far.

    groups = Groups("{x}^2")
    groups.append("x", 1, 2)             # a piece of the notation, and the LaTeX that it was made of

`from_latex.py` reads the tokens; here is decided what the end of a group means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tutor.errors import Problem
from tutor.expression.latex_commands import FRACTION_COMMANDS, FUNCTION_COMMANDS
from tutor.expression.latex_fractions import INDEX, derivative, integrated
from tutor.expression.lexemes import NAME
from tutor.expression.names import GREEK_LETTER, LIST_WORDS
from tutor.expression.notes import Note
from tutor.expression.spelling import printable

JOINS = frozenset("([{+-*/=<>;,^_")
"""Ends of what goes on behind them."""
NOT_INDEXED = ("∫", "∑", "log", "lim", "∇")
"""What has something else below it than an index."""
INDEX_ONLY = "An index is made of letters and digits, as in w_{ij}."
LETTER = re.compile(NAME)
RELATION = r"\\(?:leq?|geq?|neq?|leqslant|geqslant|lt|gt)(?![A-Za-z])"
SHORT = 60
"""Pieces of a group that is looked at as a whole."""

_NAME = re.compile(rf"{NAME}{INDEX}?'*")
_OPERATOR = re.compile(r"[d∂](?:\^[{}()0-9A-Za-z]+)?/[d∂][\w{}()^]+|[-+*/=<>:,]|[<>!]=|(?:log|sin|cos)[_^{}()0-9a-z-]*")
_DIFFERENTIAL = re.compile(rf"d{NAME}?")
_INDICES = re.compile(r"[0-9A-Za-z ]+(?:,[0-9A-Za-z ]+)*")
_MIXED_NUMBER = re.compile(r"\(\([0-9]+\)/\([0-9]+\)\)")
_WHOLE_DERIVATIVE = re.compile(rf"[d∂](?P<of>{NAME}){INDEX}?/[d∂]\S+")
_NEXT_BRACKET = re.compile(r"\s*(?:\\left\s*)?\(")
_OF_FUNCTION = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(sorted(FUNCTION_COMMANDS, key=len, reverse=True))})"
                          r"\s*(?:\^\s*(?:\w+|\([\w+\- ]*\)))?\s*$")
_MOST_BEFORE = 8
"""Pieces of an exponent between a function and its argument."""
_FUNCTION_OF_LIST = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(sorted(LIST_WORDS, key=len, reverse=True))})\s*\($")
_FACTORS = "|".join((*GREEK_LETTER, *FRACTION_COMMANDS, "pi", "sqrt"))
_MULTIPLIED = re.compile(rf"(?:\s|\\[,;:! ])*(?:\{{\s*)?([A-Za-z0-9^]|\\(?:{_FACTORS})(?![A-Za-z]))")
_OPEN = ("", *"([{+=<>;,")
_CARRIED = frozenset("_'(")
_NEAR = 40
_ENDS = re.compile(rf"\s*(?:$|[)\]}}+\-=<>;,&]|\\right(?![A-Za-z])|\\\\|{RELATION})")


@dataclass
class Group:
    """What has been opened: its closing text, the arguments of the same command that follow, and where it stands.

    single: an argument without braces, which ends with the next thing. kind: "{", "script", "left", "degree" or
    "argument". before: the last piece before it that is no blank. content: the piece, empty, behind the opening text.
    base: for a script, the piece that carries it. first, divides: for a fraction, the pieces that open it and that
    divide it. has_sum: a + or - stands in it, in no bracket; depth: brackets that are open in it. is_bold: its letters
    are bold. separators: for a matrix, the pieces between its entries.
    """

    kind: str
    start: int
    closing: str
    rest: tuple[tuple[str, str], ...] = ()
    single: bool = False
    before: int = -1
    content: int = 0
    base: int = -1
    first: int = -1
    divides: int = -1
    depth: int = 0
    has_sum: bool = False
    is_bold: bool = False
    separators: list[int] = field(default_factory=list)


class Groups:
    """The pieces that were written, and a stack of what is open."""

    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.pieces: list[str] = [""]
        self.spans: list[tuple[int, int]] = [(0, 0)]
        self.solid = -1  # the last piece that is no blank
        self.whole = Group("whole", 0, "")
        self.groups: list[Group] = []
        self.overs: list[tuple[Group, int]] = []  # groups with an \\over in them, and its piece
        self.awaited: Group | None = None  # the argument that has to begin now
        self.opening = ""  # and what is written before it
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []  # problems that an unknown command may have made
        self.notes: dict[str, Note] = {}
        self.unknown: list[tuple[str, int]] = []
        self.functions: set[str] = set()
        self.bold: list[tuple[int, int]] = []  # from which piece to which
        self.slash = -1  # the last / whose divisor may go on
        self.bars = 0  # \lvert that are open
        self.base = -1  # the piece that carries the last script
        self.indexed = self.raised = -1  # the pieces that end the last subscript and the last exponent
        self.integrals: list[int] = []  # places of the signs whose dx has not been found above a fraction line

    def append(self, text: str, start: int, end: int) -> None:
        if text.strip():
            self.solid = len(self.pieces)
        self.pieces.append(text)
        self.spans.append((start, end))

    def word(self, text: str, start: int, end: int) -> None:
        """A word of several letters, apart from letters beside it."""
        before = " " if self.last()[-1:].isalpha() else ""
        after = " " if self.latex[end:end + 1].isalpha() or self.latex[end:end + 1] == "\\" else ""
        self.append(before + text + after, start, end)

    def last(self) -> str:
        """The last piece that is no blank."""
        return self.pieces[self.solid].strip() if self.solid >= 0 else ""

    def ends_function_of_list(self) -> bool:
        """Whether the last bracket closes a function of a list, so that what stands below it says which part is meant.
        """
        depth = 0
        for place in range(self.solid, -1, -1):
            depth += self.pieces[place].count(")") - self.pieces[place].count("(")
            if depth <= 0:
                before = "".join(self.pieces[max(place - _MOST_BEFORE, 0):place + 1])
                return _FUNCTION_OF_LIST.search(before) is not None
        return False

    def problem(self, message: str, start: int, end: int) -> None:
        self.problems.append(Problem(message, start, end))

    def note(self, kind: str, message: str, start: int, end: int) -> None:
        """A doubtful reading; of each kind only the first is told."""
        self.notes.setdefault(kind, Note(printable(message), start, end, kind=kind))

    def arguments(self, wanted: tuple[tuple[str, str], ...], start: int, first: int = -1,
                  before: int | None = None) -> None:
        """Await the arguments of a command: what is written before and after each."""
        (self.opening, closing), *rest = wanted
        self.awaited = Group("argument", start, closing, tuple(rest), first=first,
                             before=self.solid if before is None else before)

    def opened(self, group: Group, start: int) -> None:
        group.content = len(self.pieces)
        self.append("", start, start)
        self.groups.append(group)

    def close(self, start: int, end: int) -> None:
        group = self.groups[-1] if self.groups else None
        if group is None or group.single or group.kind not in ("{", "script", "argument"):
            self.problem("There is no { that this } closes.", start, end)
            return
        self.groups.pop()
        self.ended(group, start, end)
        self.completed(end)

    def ended(self, group: Group, start: int, end: int) -> None:
        """The end of a group: the next argument of its command, or the end of the command."""
        self.end_over(group, start)
        if group.kind == "{":
            self.braces(group, start, end)
        elif group.kind == "script":
            self.end_script(group, start, end)
        if group.is_bold:
            self.bold.append((group.content, len(self.pieces)))
        self.append(group.closing, start, end)
        if group.rest:
            self.arguments(group.rest, group.start, group.first, group.before)
        elif group.kind == "argument":
            self.about_function(group, end)
        if not group.rest and group.kind == "argument" and group.first >= 0:
            self.fraction(group.first, group.divides, group.before, group.start, end)

    def completed(self, end: int) -> None:
        """Something whole was written: arguments without braces end with it."""
        while self.awaited is None and self.groups and self.groups[-1].single:
            self.ended(self.groups.pop(), end, end)

    def inside(self, group: Group) -> str | None:
        """What was written in a group; None if that is long."""
        return None if len(self.pieces) - group.content > SHORT else "".join(self.pieces[group.content:]).strip()

    def braces(self, group: Group, start: int, end: int) -> None:
        """Braces that only hold LaTeX together mean nothing; where something is beside them, they are brackets."""
        before = self.pieces[group.before].strip() if group.before >= 0 else ""
        inside = self.inside(group)
        follows = self.latex[end:end + _NEAR].lstrip().removeprefix("\\left").lstrip()[:1]
        is_argument = before in FUNCTION_COMMANDS
        if is_argument:
            self.about_function(group, end)
        if inside == "":
            self.solid = group.before
        if (before[-1:] in _OPEN and _ENDS.match(self.latex, end)) or (
                inside is not None and (inside in FUNCTION_COMMANDS or _OPERATOR.fullmatch(inside))) or (
                self.ends_integral(group)):
            self.bare(group, " ")
        elif inside is not None and not is_argument and (
                _DIFFERENTIAL.fullmatch(inside) or (follows in _CARRIED and _NAME.fullmatch(inside))
                or (LETTER.fullmatch(before) and _is_bracket(inside))):
            self.bare(group, "")
        elif group.has_sum or (not is_argument and (
                (inside and inside[0] in "+-") or (follows == "^" and not self.is_one(group, inside)))):
            what = _shortened(self.latex[group.start:min(end, group.start + _SLICE + 1)])
            self.note("braces", f"LaTeX does not print braces; {what} is read as if it had brackets instead.",
                      group.start, end)

    def about_function(self, group: Group, end: int) -> None:
        r"""In \sin\frac{x}{2} y and \sin{2x}y nothing that is printed says where the argument ends."""
        text = "".join(self.pieces[max(0, group.before - _MOST_BEFORE):group.before + 1])
        if group.before < 0 or not _OF_FUNCTION.search(text):
            return
        follows = _MULTIPLIED.match(self.latex, end)
        if follows is not None and not (follows[1] == "d" and self.integrals):
            self.note("function", "Without brackets nothing printed says where the argument of the function ends; if "
                                  "it is read wrongly, put it in brackets.", group.start, end)

    def ends_integral(self, group: Group) -> bool:
        """Whether a group ends with the dx of an integral that began before it."""
        return (bool(self.integrals) and self.integrals[-1] < group.content
                and self.pieces[self.solid - 1].strip() == "d" and LETTER.fullmatch(self.last()) is not None)

    def bare(self, group: Group, instead: str) -> None:
        self.pieces[group.content - 1] = group.closing = instead

    def is_one(self, group: Group, inside: str | None) -> bool:
        """Whether a power of these braces can only be a power of all of it."""
        if inside is None:
            first = next((piece for piece in self.pieces[group.content:] if piece.strip()), "")
            return _is_bracket(first.strip() + self.last())
        return inside.isdecimal() or _is_bracket(inside) or _NAME.fullmatch(inside) is not None

    def end_script(self, group: Group, start: int, end: int) -> None:
        self.base = group.base
        if self.pieces[group.before] != "_":
            self.raised = len(self.pieces)
            return
        base = self.pieces[group.base].strip() if group.base >= 0 else ""
        self.indexed = len(self.pieces)
        if base in NOT_INDEXED:
            return
        inside = self.inside(group)
        if inside is None or not _INDICES.fullmatch(inside):
            self.doubts.append(Problem(INDEX_ONLY, group.start, end))
            return
        for place in range(group.content, len(self.pieces)):
            self.pieces[place] = self.pieces[place].strip()

    def over(self, start: int, end: int) -> None:
        """{x \\over y}: all that was written in this group is above."""
        while self.groups and self.groups[-1].single:
            self.ended(self.groups.pop(), start, start)
        group = self.groups[-1] if self.groups else self.whole
        if group.kind == "degree" or self.pieces[group.content]:
            self.problem("\\over can come once in a pair of braces.", start, end)
            return
        self.pieces[group.content] = "(("
        self.append(")", start, end)
        self.overs.append((group, len(self.pieces)))
        self.append("/(", start, end)

    def end_over(self, group: Group, start: int) -> None:
        if self.overs and self.overs[-1][0] is group:
            _, divides = self.overs.pop()
            self.append("))", start, start)
            self.fraction(group.content, divides, group.before, group.start, start)

    def fraction(self, first: int, divides: int, before: int, start: int, end: int) -> None:
        """A fraction was read: one that is a derivative, or has the dx of an integral in it, is written as such."""
        pieces = self.pieces
        if derivative(pieces, first, divides):
            self.about_argument(first, start, end)
        elif self.integrals and self.integrals[-1] < first:  # one inside the fraction has its dx there, too
            if integrated(pieces, first, divides):
                self.integrals.pop()
        elif before > 0 and pieces[before].isdecimal() and pieces[before - 1] not in ("^", "_", ".") and (
                len(pieces) - first < SHORT and _MIXED_NUMBER.fullmatch("".join(pieces[first:]).replace(" ", ""))):
            self.note("mixed", "A number before a fraction is read as a product; for the mixed number, write a + "
                               "between them.", start, end)
        self.step_back(first)

    def about_argument(self, first: int, start: int, end: int) -> None:
        """dy/dx(2) may be a product or a value."""
        whole = _WHOLE_DERIVATIVE.fullmatch("".join(self.pieces[first:first + SHORT]).strip())
        if whole is None or _NEXT_BRACKET.match(self.latex, end) is None:
            return
        if whole["of"] in "fghFGH":
            self.problem("A derivative before a bracket may be a value or a product. For the value at a point, write "
                         "|_{x = 2} behind it; for the product, \\cdot.", start, end)
        else:
            self.note("argument", "A derivative before a bracket is read as a product; for the value at a point, write "
                                  "|_{x = 2} behind it.", start, end)

    def step_back(self, first: int) -> None:
        """Find the last piece that is no blank again, after some became blanks."""
        while self.solid >= first and not self.pieces[self.solid].strip():
            self.solid -= 1


_SLICE = 30


def _is_bracket(text: str) -> bool:
    return text[:1] == "(" and text[-1:] == ")"


def _shortened(latex: str) -> str:
    return latex if len(latex) <= _SLICE else f"{latex[:_SLICE]}..."
