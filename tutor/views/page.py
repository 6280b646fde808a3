"""A page of a terminal: rows of text with an indentation, broken where they are too long for it.

    page = Page(console)
    page.formula("     ", Formula(parse("2x*sin(x^2)"), continues=True))        # = 2x·sin(x²)

A formula is drawn in two dimensions where it is higher than one row and has room, else on one line. Further rows of it
hang under the first.

Rows are built of styled segments, never of markup, and `row` shows control characters and signs that the terminal does
not have by others. So nothing that was typed can change how the screen looks, whoever prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from tutor.expression.tree import Expression
from tutor.expression.write import write
from tutor.telling.document import Formula, Tone
from tutor.views.boxes import Box, apart, beside
from tutor.views.marks import write_marked
from tutor.views.shorten import LONG, shortened
from tutor.views.signs import ASCII, Signs, in_signs, signs_for
from tutor.views.wrap import math_rows, word_rows

MARGIN = "  "
"""What stands before everything on a page."""

DISPLAYED = "    "
"""What a formula that stands apart from the words around it is set in by."""

# Middle tones of the 256 colours: each has a contrast above 3.5 to white and to black.
TITLE = "color(32)"
GUIDE = "color(244)"
LETTERS = "color(97)"
GOOD = "bold color(28)"
BAD = "bold color(160)"
DOUBT = "color(130)"
CHANGED = "bold underline"
STRONG = "bold"

STYLES: dict[Tone, str] = {"": "", "strong": STRONG, "title": TITLE, "quiet": GUIDE, "doubt": DOUBT}
"""How what stands out is drawn."""

StyledText = tuple[str, str | Style]
"""A text and its style."""

_NARROWEST = 20
_LEAST = 8
"""Cells that are left for a text however far it is set in."""

_HANGING = "    "
"""What further rows of an expression are set in by: enough to be seen as such also below "= "."""
_SEGMENTS_AT_ONCE = 1000


@dataclass
class Page:
    """Where a view writes.

    flat: whether every formula is written on one line, as it always is where the output is no terminal; ascii: whether
    to keep to plain ASCII; cut: tells whether anything was too long to be shown whole; rows: how many there are so far;
    joined: those that go on with a formula of the row before, so that the two are not to be parted.
    """

    console: Console
    flat: bool = False
    ascii: bool = False
    cut: bool = False
    rows: int = field(init=False, default=0)
    joined: set[int] = field(init=False, default_factory=set)
    signs: Signs = field(init=False)
    _waiting: list[Segment] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.signs = ASCII if self.ascii else signs_for(self.console.encoding)
        self.flat = self.flat or not self.console.is_terminal or self.console.is_dumb_terminal

    @property
    def width(self) -> int:
        """Cells of a row, which change while someone makes the window larger or smaller."""
        return max(_NARROWEST, self.console.width)

    def room(self, indent: int) -> int:
        """Cells that are left of a row which is set in by so many."""
        return max(_LEAST, self.width - indent)

    @property
    def styled(self) -> bool:
        """Whether bold and colours reach the reader; if not, marks have to be drawn as text."""
        return self.console.color_system is not None

    # -- rows --------------------------------------------------------------------------------------------------

    def row(self, *pieces: StyledText) -> None:
        """One row that fits. Spaces at its end are left out."""
        pieces = tuple([(in_signs(content, self.signs), style) for content, style in pieces])
        last = len(pieces)
        while last and not pieces[last - 1][0].strip(" "):
            last -= 1
        for number, (content, style) in enumerate(pieces[:last], 1):
            text = content.rstrip(" ") if number == last else content
            if text:
                found = self.console.get_style(style) if isinstance(style, str) and style else style or None
                self._waiting.append(Segment(text, found))
        self._waiting.append(Segment.line())
        self.rows += 1
        if len(self._waiting) >= _SEGMENTS_AT_ONCE:
            self.flush()

    def segments(self, prefix: str, lead: StyledText, row: Sequence[Segment]) -> None:
        """A row that rich has drawn."""
        self.row((prefix, GUIDE), lead, *[(segment.text, segment.style or "") for segment in row])

    def blank(self, prefix: str = "") -> None:
        """An empty row, with the guides of `prefix`."""
        self.row((prefix, GUIDE))

    def flush(self) -> None:
        """Print the rows that wait; printing many at once is much faster."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.console.print(Segments(waiting), end="", soft_wrap=True)

    # -- formulas ----------------------------------------------------------------------------------------------------

    def formula(self, prefix: str, formula: Formula, *, leads: Sequence[StyledText] = (), above: str | None = None,
                below: str | None = None) -> None:
        """A formula in as many rows as it needs. leads, above, below: as for `place`."""
        indent = sum(len(text) for text, _ in leads)
        hanging = (prefix if below is None else below) + " " * indent + _HANGING
        first, rest = self.room(len(prefix) + indent), self.room(len(hanging))
        boxes = self.boxes(formula, first, rest)
        ends = [box.width + len(hanging if number else prefix) + (0 if number else indent)
                for number, box in enumerate(boxes) if box.height > 1]
        if max(ends, default=0) > self.console.width:  # a terminal would break the rows of a high formula anywhere
            boxes = self.boxes(formula._replace(shape="line"), first, rest)
        for number, box in enumerate(boxes):
            if number == 0:
                self.place(prefix, box, STYLES[formula.tone], leads=leads, above=above, below=below)
                continue
            if apart(boxes[number - 1], box):
                self.blank(prefix if below is None else below)
            self.place(hanging, box, STYLES[formula.tone])

    def math(self, prefix: str, text: str, style: str = "", *, lead: StyledText = ("", ""), follow: str = "") -> None:
        """What is written on one line already, further rows hanging. follow: what stands before these."""
        hanging = (follow or prefix + " " * len(lead[0])) + _HANGING
        first = self.room(len(prefix + lead[0]))
        for number, (start, end) in enumerate(math_rows(text, first, self.room(len(hanging)))):
            box = Box((text[start:end],), 0)
            if number == 0:
                self.place(prefix, box, style, leads=(lead,))
            else:
                self.place(hanging, box, style)

    def boxes(self, formula: Formula, first: int, rest: int, limit: int = LONG) -> list[Box]:
        """A formula as boxes that stand one above the other, the first one of at most `first` cells, then `rest`.

        limit: the size up to which it is shown whole.
        """
        shown = shortened(formula.expression, limit)
        whole = shown is formula.expression
        self.cut = self.cut or not whole
        changed = formula.changed if whole else frozenset()
        equals = "= " if formula.continues else ""
        if not self.flat and formula.shape != "line" and self.console.width >= _NARROWEST:
            from tutor.views.stacked import stacked_rows  # loaded only where something is drawn in two dimensions

            stacked = stacked_rows(shown, self.signs, first - len(equals), rest, changed)
            if stacked is not None:
                return [beside((Box((equals,), 0), stacked[0])) if equals else stacked[0], *stacked[1:]]
        text, spans = write_marked(shown, changed, self.signs.style)
        text, spans = equals + text, [(start + len(equals), end + len(equals)) for start, end in spans]
        boxes = []
        for start, end in math_rows(text, first, rest):
            inside = [(0, max(start, begin) - start, min(end, stop) - start) for begin, stop in spans
                      if begin < end and stop > start]
            boxes.append(Box((text[start:end],), 0, tuple(inside)))
        return boxes

    def box(self, formula: Formula, room: int) -> Box | None:
        """A formula as one box, if it has room."""
        boxes = self.boxes(formula, room, room) if room > 0 else []
        return boxes[0] if len(boxes) == 1 and boxes[0].width <= room else None

    def is_high(self, formula: Formula, indent: int) -> bool:
        """Whether a formula that is set in by so many cells takes more than one row because it is stacked."""
        room = self.room(indent)
        return not self.flat and any(box.height > 1 for box in self.boxes(formula, room, room))

    def place(self, prefix: str, box: Box, style: str = "", *, leads: Sequence[StyledText] = (),
              above: str | None = None, below: str | None = None, tail: Sequence[StyledText] = ()) -> None:
        """A box, with something before its baseline, and something behind.

        leads: what stands between the prefix and the formula; above, below: what stands in place of the prefix before
        the rows above and below the baseline; tail: what follows on the baseline.
        """
        indent = " " * sum(len(text) for text, _ in leads)
        above, below = (prefix if each is None else each for each in (above, below))
        for number, text in enumerate(box.rows):
            if number:
                self.joined.add(self.rows)
            pieces: list[StyledText] = [(below + indent, GUIDE)]
            if number < box.baseline:
                pieces = [(above + indent, GUIDE)]
            elif number == box.baseline:
                pieces = [(prefix, GUIDE), *leads]
            place = 0
            for _, begin, stop in sorted(mark for mark in box.marks if mark[0] == number):
                if begin >= place:
                    pieces += [(text[place:begin], style), (text[begin:stop], f"{style} {CHANGED}")]
                    place = stop
            self.row(*pieces, (text[place:], style), *(tail if number == box.baseline else ()))
        if box.marks and not self.styled:
            under = [" "] * box.width
            for _, begin, stop in box.marks:
                under[begin:stop] = self.signs.under * (stop - begin)
            self.joined.add(self.rows)
            self.row((below + indent, GUIDE), ("".join(under), ""))

    # -- words -------------------------------------------------------------------------------------------------------

    def words(self, prefix: str, text: str, style: str | Style = "", *, lead: StyledText = ("", ""),
              below: str | None = None) -> None:
        """A sentence, further rows under its first word. below: the prefix of these, if it is another one."""
        text = in_signs(text, self.signs)
        room = self.room(len(prefix + lead[0]))
        for number, (start, end) in enumerate(word_rows(text, room, room)):
            first = lead if number == 0 else (" " * len(lead[0]), "")
            guide = prefix if number == 0 or below is None else below
            self.row((guide, GUIDE), first, (text[start:end], style))

    def flow(self, prefix: str, items: Sequence[str], style: str = "") -> None:
        """Short texts side by side, as many as fit in a row; one that fits in none is broken as mathematics."""
        room = self.room(len(prefix))
        waiting = ""
        for item in items:
            if waiting and len(waiting) + 3 + len(item) <= room:
                waiting += "   " + item
                continue
            if waiting:
                self.math(prefix, waiting, style)
            waiting = item
        if waiting:
            self.math(prefix, waiting, style)

    # -- expressions -------------------------------------------------------------------------------------------

    def text(self, expression: Expression) -> str:
        """An expression on one line in the signs of this page, without its inner parts if it is a giant."""
        shown = shortened(expression)
        self.cut = self.cut or shown is not expression
        return write(shown, self.signs.style)
