r"""What only changes how LaTeX looks, taken away before it is read; and scripts put into one order.

    undressed(r"{\displaystyle \int ^1_{0}x\,\mathrm {d} x}").text      # "{  \\int_{0}^1 x dx}"

Spacing, sizes, comments, numbers of equations and the names of environments become blanks. Every character that stays
knows where it stood, so that messages still point into what was pasted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count

from tutor.expression.lexemes import SPACES
from tutor.expression.names import GREEK_LETTER
from tutor.expression.notes import Note


@dataclass(frozen=True)
class Undressed:
    """LaTeX without what only changes its looks; character n of the text stood at places[n]."""

    text: str
    places: list[int]
    notes: tuple[Note, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stood in what was pasted."""
        if not self.places:
            return 0, 1
        first = self.places[min(start, len(self.places) - 1)]
        last = self.places[max(min(end, len(self.places)) - 1, 0)]
        return first, max(first, last) + 1


_ENVIRONMENTS = "|".join((
    "equation", "align", "aligned", "alignedat", "alignat", "gather", "gathered", "split", "multline", "displaymath",
    "math", "eqnarray", "flalign",
))
_SILENT = "|".join((
    "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits", "nolimits", "thinspace", "medspace",
    "thickspace", "negthinspace", "enspace", "enskip", "nobreakspace", "allowbreak", "nonumber", "notag", "strut",
    "mathstrut",
    "[bB]igg?[lrm]?", "boxed", "fbox", "ensuremath", "underline", "noindent", "centering", "mathord", "mathopen",
    "mathclose", "mathbin", "mathrel", "mathinner", "mathpunct", "normalsize", "large", "Large", "small", "rm", "it",
    "sf", "tt", "nobreak", "par", "relax", "substack", "hfill", "middle",
))
_DROPPED = (r"tag\*?|label|color|textcolor|hspace\*?|vspace\*?|mspace|mskip|leftroot|uproot|phantom|hphantom|vphantom|"
            r"colorbox")
_UPRIGHT = r"mathrm|mathit|mathnormal|mathsf|text|textrm|textit|mbox|operatorname|rm|mathup|symup"
_GREEK = "|".join(sorted(GREEK_LETTER, key=len, reverse=True))
_ONE_LETTER = rf"(?:[A-Za-z](?![A-Za-z])|\\(?:{_GREEK}|varepsilon|vartheta|varphi|varrho|varsigma)(?![A-Za-z]))"
_LOOKS = re.compile(
    rf"""
      (?P<comment>%[^\n]*+\n?)
    | (?P<upright>(?:\\(?:{_UPRIGHT})\s*+(?:\{{\s*+d\s*+\}}|d(?![A-Za-z])|d(?=[A-Za-z](?![A-Za-z])))
                    |\{{\s*+\\rm\s++d\s*+\}}|\\(?:dd|differentialD)(?![A-Za-z]))\s*+)
    | (?P<d>(?<![A-Za-z\\])d\s++(?={_ONE_LETTER}))
    | (?P<newline>\\\\\*?(?:\s*\[\s*-?[0-9.]++\s*[a-z]{{2}}\s*\])?|\\newline(?![A-Za-z])|\\cr(?![A-Za-z]))
    | (?P<blank>\\(?:begin|end)\s*\{{\s*(?:{_ENVIRONMENTS})\*?\s*\}}(?:(?<=at\}})\s*\{{[0-9]++\}})?
        |\\(?:{_DROPPED})\s*\{{[^{{}}]*+\}}|\\(?:{_SILENT})(?![A-Za-z])|\\[,;:!>/ \n\r\t()\[\]\u00a0]
        |[~{re.escape(SPACES)}]++)
    | (?P<dollar>\$\$?)
    | (?P<kept>\\[A-Za-z]++\*?|\\.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NESTED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
_SCRIPT = rf"(?:{_NESTED}|\\[A-Za-z]++|[0-9A-Za-z])"
_SCRIPTS = re.compile(  # blanks count from the first one on, or each of them would look through all that follow
    rf"(?<![0-9)\]e\s])\s*+\^\s*(?P<above>{_SCRIPT})\s*(?P<below>_\s*{_SCRIPT})|(?P<bare>(?:(?<!\s)\s++)?_\s*)")
_LIMITS = re.compile(rf"\\int\s*(?:_\s*{_SCRIPT}\s*(?:\^\s*{_SCRIPT})?|\^\s*{_SCRIPT})(?![0-9])")
_POINTS = re.compile(r"(?<!\.)(?<!\\right)(?<!\\left)[.,;](?=\s*(?:\\\\|\Z))")
"""Punctuation at the end of a formula, or of a row of several."""


class _Writer:
    """Text that is made of parts of another, with the place of each character."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[int] = []

    def keep(self, text: str, places: list[int] | range) -> None:
        self.parts.append(text)
        self.places += places

    def put(self, text: str, place: int) -> None:
        self.keep(text, [place] * len(text))

    def text(self) -> str:
        return "".join(self.parts)


def undressed(latex: str) -> Undressed:
    """LaTeX without what only changes its looks."""
    notes: list[Note] = []
    out = _Writer()
    done = 0
    dollars = count()
    closed = -1  # where the writer stood when a formula between dollars ended
    has_integral = "\\int" in latex or "∫" in latex
    for match in _LOOKS.finditer(latex):
        start, end = match.span()
        out.keep(latex[done:start], range(done, start))
        done = end
        match match.lastgroup:
            case "kept":
                out.keep(match[0], range(start, end))
            case "upright":
                out.put("d", start)
            case "d" if has_integral:
                out.put("d", start)
            case "d":
                out.put("d ", start)
            case "newline":
                out.put("\\\\", start)
            case "dollar":
                if next(dollars) % 2:
                    closed = len(out.parts)
                    out.put(" ", start)
                elif closed >= 0 and not "".join(out.parts[closed:]).strip(" .,;"):
                    out.parts[closed:] = [" " * len("".join(out.parts[closed:]))]
                    out.put("\\\\", start)  # another formula
                else:
                    out.put(" ", start)
            case "comment":
                if match[0].strip("% \n\r\t"):
                    notes.append(Note("In LaTeX a comment begins with %, so the rest of that line was left out.",
                                      start, end))
                out.put(" ", start)
            case _:
                out.put(" ", start)
    out.keep(latex[done:], range(done, len(latex)))
    text = out.text()
    if text.strip():
        text = _POINTS.sub(" ", text)
    return _in_order(text, out.places, tuple(notes))


def _in_order(text: str, places: list[int], notes: tuple[Note, ...]) -> Undressed:
    """x^2_1 as x_1^2, no blanks round _, and a blank between the limits of an integral and what follows."""
    for pattern, changed in ((_SCRIPTS, _below_first), (_LIMITS, _apart)):
        out = _Writer()
        done = 0
        for match in pattern.finditer(text):
            start, end = match.span()
            out.keep(text[done:start], places[done:start])
            changed(match, places, out)
            done = end
        if done:
            out.keep(text[done:], places[done:])
            text, places = out.text(), out.places
    return Undressed(text, places, notes)


def _below_first(match: re.Match[str], places: list[int], out: _Writer) -> None:
    if match["bare"] is not None:
        out.put("_", places[match.start("bare") + match["bare"].index("_")])
        return
    sign = match.start("below")
    below = match["below"][1:].lstrip()
    out.put("_", places[sign])
    out.keep(below, places[match.end("below") - len(below):match.end("below")])
    above = match.start("above")
    out.put("^", places[match.start() + match[0].index("^")])
    out.keep(match["above"], places[above:match.end("above")])


def _apart(match: re.Match[str], places: list[int], out: _Writer) -> None:
    out.keep(match[0], places[match.start():match.end()])
    out.put(" ", places[match.end() - 1])
