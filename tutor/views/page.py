"""A page of a terminal: rows of text with an indentation, broken where they are too long for it.

    page = Page(console)
    page.math("     ", "= 2x·sin(x²) + ...")            # further rows hang under the first

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
from tutor.views.shorten import LONG, shortened
from tutor.views.signs import Signs, signs_for, words
from tutor.views.wrap import Row, math_rows, word_rows

# Middle tones of the 256 colours: each has a contrast above 3.5 to white and to black.
TITLE = "color(32)"
GUIDE = "color(244)"
LETTERS = "color(97)"
GOOD = "bold color(28)"
BAD = "bold color(160)"
DOUBT = "color(130)"
CHANGED = "bold underline"
STRONG = "bold"

Piece = tuple[str, str | Style]
"""A text and its style."""

_NARROWEST = 24
_HANGING = "    "
"""What further rows of an expression are set in by: enough to be seen as such also below "= "."""
_SEGMENTS_AT_ONCE = 1000


@dataclass
class Page:
    """Where a view writes. `cut` tells whether anything was too long to be shown whole."""

    console: Console
    cut: bool = False
    signs: Signs = field(init=False)
    width: int = field(init=False)
    _waiting: list[Segment] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.signs = signs_for(self.console.encoding)
        self.width = max(_NARROWEST, self.console.width)

    @property
    def styled(self) -> bool:
        """Whether bold and colours reach the reader; if not, marks have to be drawn as text."""
        return self.console.color_system is not None

    # -- rows --------------------------------------------------------------------------------------------------

    def row(self, *pieces: Piece) -> None:
        """One row that fits. Spaces at its end are left out."""
        pieces = tuple([(words(content, self.signs), style) for content, style in pieces])
        last = len(pieces)
        while last and not pieces[last - 1][0].strip(" "):
            last -= 1
        for number, (content, style) in enumerate(pieces[:last], 1):
            text = content.rstrip(" ") if number == last else content
            if text:
                found = self.console.get_style(style) if isinstance(style, str) and style else style or None
                self._waiting.append(Segment(text, found))
        self._waiting.append(Segment.line())
        if len(self._waiting) >= _SEGMENTS_AT_ONCE:
            self.flush()

    def segments(self, prefix: str, lead: Piece, row: Sequence[Segment]) -> None:
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

    def math(self, prefix: str, text: str, style: str = "", *, lead: Piece = ("", ""), marks: Sequence[Row] = (),
             follow: str = "", tail: Piece = ("", "")) -> None:
        """An expression, further rows hanging.

        lead: what stands between the prefix and the expression; marks: the parts of it that stand out; follow: what
        stands before the further rows, if not `prefix`; tail: what stands behind an expression of one row.
        """
        hanging = (follow or prefix + " " * len(lead[0])) + _HANGING
        first = max(_NARROWEST // 2, self.width - len(prefix) - len(lead[0]))
        for number, (start, end) in enumerate(math_rows(text, first, max(_NARROWEST // 2, self.width - len(hanging)))):
            before = ((prefix, GUIDE), lead) if number == 0 else ((hanging, GUIDE), ("", ""))
            inside = [(max(start, begin), min(end, stop)) for begin, stop in marks if begin < end and stop > start]
            pieces, place = list(before), start
            for begin, stop in inside:
                pieces += [(text[place:begin], style), (text[begin:stop], f"{style} {CHANGED}")]
                place = stop
            self.row(*pieces, (text[place:end], style), tail)
            if inside and not self.styled:
                under = [" "] * (end - start)
                for begin, stop in inside:
                    under[begin - start:stop - start] = self.signs.under * (stop - begin)
                guides = hanging.removesuffix(_HANGING).ljust(len(before[0][0] + before[1][0]))
                self.row((guides, GUIDE), ("".join(under), ""))

    def words(self, prefix: str, text: str, style: str | Style = "", *, lead: Piece = ("", "")) -> None:
        """A sentence, further rows under its first word."""
        text = words(text, self.signs)
        room = max(_NARROWEST // 2, self.width - len(prefix) - len(lead[0]))
        for number, (start, end) in enumerate(word_rows(text, room, room)):
            first = lead if number == 0 else (" " * len(lead[0]), "")
            self.row((prefix, GUIDE), first, (text[start:end], style))

    def flow(self, prefix: str, items: Sequence[str], style: str = "") -> None:
        """Short texts side by side, as many as fit in a row; one that fits in none is broken as mathematics."""
        room = max(_NARROWEST // 2, self.width - len(prefix))
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

    def text(self, expression: Expression, limit: int = LONG) -> str:
        """An expression in the signs of this page, without its inner parts if it is a giant."""
        shown = shortened(expression, limit)
        self.cut = self.cut or shown is not expression
        return write(shown, self.signs.style)
