"""The blocks of a document on a page: prose, formulas, headings, and rows with labels.

    show_blocks(page, "  ", [Labelled("you wrote", Formula(parse("cos(x^2)")))])      # you wrote    cos(x²)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tutor.telling.document import Formula, Heading, Inset, Labelled, Reading, SimpleBlock, Words
from tutor.views.page import DISPLAYED, MARGIN, STRONG, STYLES, TITLE, Page, Piece
from tutor.views.prose import said, show_remark, sign_of

_INSET = "   "

_NARROWEST_LABELS, _WIDEST_LABELS = 11, 40
"""Cells of the column of labels; one that is longer has a row of its own."""

_GAP = 2

_BESIDE = "   "
"""What stands between two things that share a row."""


def show_blocks(page: Page, prefix: str, blocks: Sequence[SimpleBlock]) -> None:
    """Blocks one below the other: labels that follow each other in one column, and formulas as lines."""
    for number, (kind, group) in enumerate(groupby(blocks, type)):
        members = list(group)
        if kind is Labelled:
            _show_table(page, prefix, [block for block in members if isinstance(block, Labelled)])
        elif kind is Formula:
            _show_lines(page, prefix, [block for block in members if isinstance(block, Formula)], begun=number > 0)
        else:
            for block in members:
                _show_block(page, prefix, block)


def _show_block(page: Page, prefix: str, block: SimpleBlock) -> None:
    match block:
        case Words() | Reading():
            show_remark(page, prefix, block)
        case Heading():
            page.words(prefix, block.text, TITLE)
        case Inset():
            show_blocks(page, prefix + _INSET, block.blocks)


def _show_lines(page: Page, prefix: str, formulas: Sequence[Formula], *, begun: bool) -> None:
    """Formulas one below the other. One that others go on from begins where these do, behind their "= ".

    Where some are higher than one row, an empty one stands before each; begun: also before the first.
    """
    begins = "  " if any(formula.continues for formula in formulas) else ""
    digits, leads = max(len(formula.mark) for formula in formulas), []
    for formula in formulas:
        mark = f"{formula.mark:>{digits}}  " if digits else ""
        leads.append(DISPLAYED if formula.shape == "display" else mark + ("" if formula.continues else begins))
    rooms = [page.width - len(prefix + lead) for lead in leads]
    apart = len(formulas) > 1 and any(block.height > 1 for formula, room in zip(formulas, rooms, strict=True)
                                      for block in page.blocks(formula, room, room))
    for number, (formula, lead) in enumerate(zip(formulas, leads, strict=True)):
        if apart and (number or begun):
            page.blank(prefix)
        _show_formula(page, prefix, formula, lead)


def _show_formula(page: Page, prefix: str, formula: Formula, lead: str) -> None:
    """A formula behind what stands before it, and what its letter stands for: beside it, or else below it."""
    if formula.where is None:
        page.formula(prefix, formula, leads=((lead, STRONG),))
        return
    where = f"where {page.text(formula.where)}"
    block = page.block(formula, page.width - len(prefix + lead + _BESIDE + where))
    if block is not None:
        page.place(prefix, block, STYLES[formula.tone], leads=((lead, STRONG),), tail=((_BESIDE + where, ""),))
        return
    page.formula(prefix, formula, leads=((lead, STRONG),))
    page.math(prefix + " " * len(lead) + "  ", where)


def _show_table(page: Page, prefix: str, rows: Sequence[Labelled]) -> None:
    """Labels in a column, and behind them what they are the labels of."""
    labels = [(*_sign_before(page, row), row.label) for row in rows]
    widest = min(_WIDEST_LABELS, page.width // 2 - len(prefix))
    beside = [len(sign + label) for sign, _, label in labels if len(sign + label) <= widest]
    column = max([_NARROWEST_LABELS, *beside])
    for row, (sign, style, label) in zip(rows, labels, strict=True):
        lead = sign + label, style or STYLES[row.tone]
        place = len(prefix) + column + _GAP
        if isinstance(row.body, Formula) and row.body.shape == "line" and (
                len(lead[0]) > column or page.block(row.body, page.width - place) is None):
            _show_below(page, prefix, lead, row.body, place if beside else len(prefix + MARGIN))
            continue
        if len(lead[0]) > column:
            page.row((prefix, ""), lead)
            lead = "", ""
        padded = lead[0].ljust(column + _GAP), lead[1]
        if isinstance(row.body, Formula):
            page.formula(prefix, row.body, leads=(padded,))
        else:
            page.words(prefix, " ".join(said(page, text) for text in row.body.texts), STYLES[row.body.tone], lead=padded)


def _show_below(page: Page, prefix: str, lead: Piece, formula: Formula, place: int) -> None:
    """A label, and below it a formula that is to stay on one line: in the column of the others if it has room there."""
    page.words(prefix, *lead)
    page.formula(" " * place if page.block(formula, page.width - place) else prefix + MARGIN, formula)


def _sign_before(page: Page, row: Labelled) -> Piece:
    sign = row.body.sign if isinstance(row.body, Words) else None
    return ("", "") if sign is None else sign_of(page, sign)
