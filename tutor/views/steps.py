"""One step on a page: its number and rule, the rule's statement, what the letters stand for, the line it leads to.

    drawing = Drawing(page, "normal", digits=1)
    show_step(drawing, "  ", told_step(step, [], "normal"))
    #   2  Power rule                  d/dx [xⁿ] = n·xⁿ⁻¹   n = 2
    #      = 2x

On the right is what the rule says, in the letters of the problem; on the left, what becomes of the problem. Every "=
..." of a part begins in the same column. In brief the line comes first, with its reason beside it.
"""

from __future__ import annotations

from typing import NamedTuple

from tutor.telling.document import Detail, Formula, ToldStep, remarks_on
from tutor.views.page import LETTERS, STRONG, STYLES, TITLE, Page, StyledText
from tutor.views.prose import said, styled_sign

_HIGHEST_STATEMENT = 3
"""Rows of what a rule says in a derivation; a higher one, such as (f/g)/h, is easier to read on one line."""

GAP = 3
"""Cells between two things that share a row."""


class Drawing(NamedTuple):
    """Where steps are drawn, and how. digits: the width of the longest step number."""

    page: Page
    detail: Detail
    digits: int

    @property
    def column(self) -> int:
        """Where statements stand, in every depth: so they can be read down the page."""
        return min(self.page.width * 2 // 5, 40)

    @property
    def reasons(self) -> int:
        """Where the names of rules stand behind the lines of a brief derivation."""
        return min(self.page.width * 3 // 5, 64)

    def number(self, label: str) -> StyledText:
        """The number of a step, as wide as the longest one."""
        return f"{label or self.page.signs.bullet:<{self.digits}}  ", STRONG


def show_step(drawing: Drawing, prefix: str, step: ToldStep, line: Formula | None, *, above: str | None = None,
              below: str | None = None) -> None:
    """A step at this prefix, with the line that it leads to. above, below: as in `Page.place`."""
    page = drawing.page
    inner = (prefix if below is None else below) + " " * (drawing.digits + 2)
    if drawing.detail == "brief":
        _show_with_reason(drawing, prefix, step, line, above, below)
    else:
        if step.title:
            _show_heading(drawing, prefix, step, above, below)
        if step.sentence is not None:
            page.words(inner, said(page, step.sentence))
        for line_of_work in step.working:
            page.words(inner, said(page, line_of_work))
        if step.through is not None:
            page.formula(inner, step.through)
            if line is not None and page.is_high(line, 0):
                page.blank(inner)
        if line is not None:
            page.formula(inner, line)
    for remark in remarks_on(step):
        mark = ("", "") if remark.sign is None else styled_sign(page, remark.sign)
        page.words(inner, said(page, remark.texts[0]), "" if remark.sign == "yes" else mark[1], lead=mark)


def show_in_one_row(drawing: Drawing, prefix: str, step: ToldStep, formula: Formula, column: int, *, above: str,
                    below: str) -> bool:
    """Show a number, the names of rules and their result in one row, the second half at this column or as soon as there
    is room; in brief the names come last. Returns whether there was room; if not, nothing is shown."""
    page, number = drawing.page, drawing.number(step.label)
    start = len(prefix) + len(number[0])
    box = page.box(formula, page.width - start)
    if box is None:
        return False
    first, second = (box.width, len(step.title)) if drawing.detail == "brief" else (len(step.title), box.width)
    column = max(column, start + first + GAP)
    if column + second > page.width:
        return False
    gap = " " * (column - start - first)
    if drawing.detail == "brief":
        page.place(prefix, box, STRONG, leads=(number,), above=above, below=below, tail=((gap + step.title, TITLE),))
    else:
        page.place(prefix, box, STRONG, leads=(number, (step.title + gap, TITLE)), above=above, below=below)
    return True


def _show_heading(drawing: Drawing, prefix: str, step: ToldStep, above: str | None, below: str | None) -> None:
    """The number and the title, what the rule says, and what its letters stand for.

    In the column of statements if possible, else straight after the title or below it.
    """
    page, title, number = drawing.page, step.title, drawing.number(step.label)
    end = len(prefix) + len(number[0]) + len(title)
    if step.statement is None:
        page.words(prefix, title, TITLE, lead=number, below=below)
        return
    inner = (prefix if below is None else below) + " " * (drawing.digits + 2)
    formula, known = Formula(step.statement.formula, tone=""), [text.filled(page.text) for text in step.statement.known]
    together = "   ".join(known)
    if any(box.height > _HIGHEST_STATEMENT for box in page.boxes(formula, page.width, page.width)):
        formula = formula._replace(shape="line")
    for place in (max(drawing.column, end + 2), end + 2):
        box = page.box(formula, page.width - place)
        if box is None:
            continue
        beside = bool(known) and box.width + GAP + len(together) <= page.width - place
        page.place(prefix, box, leads=(number, (title, TITLE), (" " * (place - end), "")), above=above, below=below,
                   tail=((f"   {together}", LETTERS),) if beside else ())
        if known and not beside:
            fits = max(map(len, known)) <= page.width - place
            page.flow(inner + " " * (place - len(inner)) if fits else inner + "  ", known, LETTERS)
        return
    page.words(prefix, title, TITLE, lead=number, below=below)
    inset = inner + "  "
    box = page.box(formula, page.width - len(inset))
    if known and box is not None and len(inset) + box.width + GAP + len(together) <= page.width:
        page.place(inset, box, tail=((f"   {together}", LETTERS),))
    else:
        page.formula(inset, formula)
        page.flow(inset, known, LETTERS)


def _show_with_reason(drawing: Drawing, prefix: str, step: ToldStep, line: Formula | None, above: str | None,
                      below: str | None) -> None:
    """The line with the names of its rules behind it; in a row of their own where there is no room."""
    page, number = drawing.page, drawing.number(step.label)
    if line is None:
        page.words(prefix, step.title, TITLE, lead=number, below=below)
        return
    inner = (prefix if below is None else below) + " " * (drawing.digits + 2)
    box = page.box(line, page.width - len(inner))
    if box is not None:
        end = len(inner) + box.width
        for place in (max(drawing.reasons, end + 2), end + 2):
            if place + len(step.title) <= page.width:
                page.place(prefix, box, STYLES[line.tone], leads=(number,), above=above, below=below,
                           tail=((" " * (place - end) + step.title, TITLE),))
                return
    page.formula(prefix, line, leads=(number,), above=above, below=below)
    place = max(len(inner) + 2, min(drawing.reasons, page.width - len(step.title)))
    page.words(inner + " " * (place - len(inner)), step.title, TITLE)
