"""The blocks of a document on a page: prose, formulas, headings, and rows with labels.

    show_blocks(page, "  ", [Labelled("you wrote", Formula(parse("cos(x^2)")))])      # you wrote    cos(x²)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from tutor.telling.document import Formula, Heading, Inset, Labelled, Reading, SimpleBlock, Words
from tutor.views.page import STRONG, STYLES, TITLE, Page, Piece
from tutor.views.prose import said, show_remark, sign_of

_NARROWEST_LABELS, _WIDEST_LABELS = 11, 40
"""Cells of the column of labels; one that is longer has a row of its own."""

_GAP = 2


def show_blocks(page: Page, prefix: str, blocks: Sequence[SimpleBlock], digits: int = 1) -> None:
    """Blocks one below the other, labels that follow each other in one column. digits: the width of the longest number
    that marks a block; what is set in stands behind it."""
    for is_table, group in groupby(blocks, lambda block: isinstance(block, Labelled)):
        if is_table:
            _show_table(page, prefix, [block for block in group if isinstance(block, Labelled)])
            continue
        for block in group:
            _show_block(page, prefix, block, digits)


def _show_block(page: Page, prefix: str, block: SimpleBlock, digits: int) -> None:
    if isinstance(block, Words | Formula) and block.mark.isdecimal():
        block = replace(block, mark=block.mark.rjust(digits))
    match block:
        case Words() | Reading():
            show_remark(page, prefix, block)
        case Formula():
            leads: tuple[Piece, ...] = ((f"{block.mark}  ", STRONG),) if block.mark else ()
            page.formula(prefix, block, leads=leads)
        case Heading():
            page.words(prefix, block.text, TITLE)
        case Inset():
            show_blocks(page, prefix + " " * (digits + 2), block.blocks, digits)


def _show_table(page: Page, prefix: str, rows: Sequence[Labelled]) -> None:
    """Labels in a column, and behind them what they are the labels of. Several high formulas have empty rows round
    them."""
    labels = [(*_sign_before(page, row), row.label) for row in rows]
    widest = min(_WIDEST_LABELS, page.width // 2 - len(prefix))
    column = max([_NARROWEST_LABELS, *[len(sign + label) for sign, _, label in labels if len(sign + label) <= widest]])
    indent = len(prefix) + column + _GAP
    high = [isinstance(row.body, Formula) and page.is_high(row.body, indent) for row in rows]
    for number, (row, (sign, style, label)) in enumerate(zip(rows, labels, strict=True)):
        if number and sum(high) > 1 and (high[number - 1] or high[number]):
            page.blank(prefix)
        lead = sign + label, style or STYLES[row.tone]
        if len(lead[0]) > column:
            page.words(prefix, *lead)
            lead = "", ""
        padded = lead[0].ljust(column + _GAP), lead[1]
        if isinstance(row.body, Formula):
            page.formula(prefix, row.body, leads=(padded,))
        elif isinstance(row.body, Reading):
            show_remark(page, prefix + padded[0], row.body)
        else:
            text = " ".join(said(page, each) for each in row.body.texts)
            page.words(prefix, text, STYLES[row.body.tone], lead=padded)


def _sign_before(page: Page, row: Labelled) -> Piece:
    sign = row.body.sign if isinstance(row.body, Words) else None
    return ("", "") if sign is None else sign_of(page, sign)
