"""An author's words on the screen: Markdown with formulas in it.

    show_markdown(page, text_of("The slope of **the sine** is $cos(x)$."))

rich draws the paragraphs, lists, headings and tables. Formulas come in as code, so that nothing in them is taken for
Markdown, and short ones are not broken; one that is a paragraph of its own stands apart, in two dimensions where that
helps. A picture is told by its alternative text; what looks like HTML or a control character stays what it is: text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.segment import Segment
from rich.theme import Theme

from tutor.expression.text import Text
from tutor.expression.tree import Expression
from tutor.telling.document import Formula
from tutor.views.page import DISPLAYED, GUIDE, STRONG, TITLE, Page, StyledText
from tutor.views.signs import in_signs

if TYPE_CHECKING:
    from markdown_it.token import Token

_GLUE, _BAR = "\ue001", "\ue002"
"""Signs of the private use area for a space at which nothing is broken, and for a bar, which ends a cell of a table."""

_UNBROKEN = 32
"""Characters of a formula that stays in one row."""

_NARROWEST, _ENDLESS = 12, 10_000
"""Cells of a row in which there is still room for something, and of one that is never full."""

_NESTED = 3
"""Cells that each level of a list or a quotation takes at most."""

_THEME = Theme({
    "markdown.code": TITLE, "markdown.h1": STRONG, "markdown.h2": STRONG, "markdown.h3": STRONG,
    "markdown.h1.border": GUIDE, "markdown.item.bullet": GUIDE, "markdown.item.number": GUIDE,
    "markdown.table.border": GUIDE, "markdown.table.header": STRONG, "markdown.block_quote": "",
    "markdown.hr": GUIDE, "markdown.link": "underline", "markdown.link_url": "",
})


def show_markdown(page: Page, text: Text, prefix: str, *, lead: StyledText = ("", "")) -> None:
    """The words, each row after `prefix`; lead: what stands before the first one, and spaces before the others."""
    room = page.width - len(prefix) - len(lead[0])
    rows = _rows(page, text, max(room, _NARROWEST), struck=_can_strike(page.console), begun=bool(lead[0]))
    for number, row in enumerate(rows):
        first = lead if number == 0 or not lead[0] else (" " * len(lead[0]), "")
        page.segments(prefix, first, row)


def _can_strike(console: Console) -> bool:
    """Whether a line can be drawn through words."""
    return console.is_terminal and not console.is_dumb_terminal


def in_one_line(page: Page, text: Text) -> str:
    """The words without the marks of Markdown, for a sentence among others."""
    rows = ["".join(segment.text for segment in row) for row in _rows(page, text, None, struck=False)]
    return " ".join(" ".join(rows).split())


def _rows(page: Page, text: Text, width: int | None, *, struck: bool, begun: bool = False) -> Iterator[list[Segment]]:
    """What rich makes of the words, row by row, with one empty row where there are some between others.

    width: None where nothing is to be broken; struck: whether a line can be drawn through words; where it cannot, the
    tildes stay that say so; begun: whether something stands before the words in their first row.
    """
    console: Console = page.console
    with console.use_theme(_THEME):
        formulas: dict[str, Expression] = {}
        drawn = _markdown(text.filled(lambda formula: _as_code(page, formula, formulas)), struck)
        if width is not None:
            _display(page, drawn.parsed[1 if begun else 0:], formulas, width)
        lines = console.render_lines(drawn, console.options.update(width=width or _ENDLESS), pad=False)
    waits = shown = False
    for line in lines:
        row = [Segment(_finished(page, segment.text), segment.style) for segment in line]
        if not "".join(segment.text for segment in row).strip():
            waits = shown
            continue
        if waits:
            yield []
        yield row
        waits, shown = False, True


def _markdown(source: str, struck: bool) -> Any:
    """The words as something that rich can draw."""
    from markdown_it import MarkdownIt
    from rich.markdown import Markdown

    drawn = Markdown("", hyperlinks=False)
    drawn.parsed = MarkdownIt("commonmark", {"html": False}).enable(
        ["table", "strikethrough"] if struck else ["table"]).parse(source)
    for token in drawn.parsed:
        if token.children is not None:
            token.children = [shown for child in token.children for shown in _in_words(child)]
    return drawn


def _in_words(token: Token) -> Iterator[Token]:
    """What stands for a part of a line: for a picture its alternative text, and the same for all other parts."""
    from markdown_it.token import Token

    if token.type != "image":
        yield token
        return
    yield Token("text", "", 0, content="[picture: " if token.children else "[picture")
    yield from token.children or ()
    yield Token("text", "", 0, content="]")


def _display(page: Page, tokens: list[Token], formulas: Mapping[str, Expression], width: int) -> None:
    """Draw every formula that is a paragraph of its own, but for a full stop or the like, as one that stands apart."""
    for paragraph, token in pairwise(tokens):
        parts = token.children or []
        if paragraph.type != "paragraph_open" or paragraph.hidden or not parts or parts[0].content not in formulas:
            continue
        stop = "".join(part.content for part in parts[1:])
        if parts[0].type != "code_inline" or stop.strip(".,;:!?"):
            continue
        room = width - _NESTED * paragraph.level - len(DISPLAYED + stop)
        if room >= _NARROWEST + len(DISPLAYED):
            token.children = list(_displayed(page, formulas[parts[0].content], room, parts[1:]))


def _displayed(page: Page, formula: Expression, room: int, stop: list[Token]) -> Iterator[Token]:
    """The rows of a formula as lines of code that are not broken. stop: what ends the sentence behind it."""
    from markdown_it.token import Token

    boxes = page.boxes(Formula(formula), room, room - len(DISPLAYED))
    for number, box in enumerate(boxes):
        for row, text in enumerate(box.rows):
            if number or row:
                yield Token("hardbreak", "br", 0)
            inset = DISPLAYED * 2 if number else DISPLAYED
            yield Token("code_inline", "code", 0, content=(inset + text).replace(" ", _GLUE))
            if number + 1 == len(boxes) and row == box.baseline:
                yield from stop


def _as_code(page: Page, formula: Expression, formulas: dict[str, Expression]) -> str:
    """A formula between the signs of code. formulas: what stands between them -> the formula, which is added to it."""
    written = page.text(formula).replace("|", _BAR)
    written = written.replace(" ", _GLUE) if len(written) <= _UNBROKEN else written
    formulas[written] = formula
    return f"`{written}`"


def _finished(page: Page, text: str) -> str:
    return in_signs(text.replace(_GLUE, " ").replace(_BAR, "|"), page.signs)
