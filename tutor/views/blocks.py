"""The blocks of a document on a page: prose, formulas, headings, and rows with labels.

    show_blocks(page, "  ", [Labelled("you wrote", Formula(parse("cos(x^2)")))])      # you wrote    cos(x²)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tutor.telling.document import Formula, Heading, Inset, Labelled, ReadingNote, SimpleBlock, Words
from tutor.views.page import DISPLAYED, MARGIN, STRONG, STYLES, TITLE, Page, StyledText
from tutor.views.prose import said, show_remark, styled_sign

_NARROWEST_LABELS, _WIDEST_LABELS = 11, 40
"""Cells of the column of labels; one that is longer has a row of its own."""

_GAP = 2

_BESIDE = "   "
"""What stands between two things that share a row."""


def show_blocks(page: Page, prefix: str, blocks: Sequence[SimpleBlock], digits: int = 1) -> None:
    """Blocks one below the other, labels that follow each other in one column. digits: the width of the longest number
    that marks a block; what is set in stands behind it."""
    for number, (kind, group) in enumerate(groupby(blocks, type)):
        members = list(group)
        if kind is Labelled:
            _show_table(page, prefix, [block for block in members if isinstance(block, Labelled)])
        elif kind is Formula:
            formulas = [block for block in members if isinstance(block, Formula)]
            _show_formulas(page, prefix, formulas, digits, begun=number > 0)
        else:
            for block in members:
                _show_block(page, prefix, block, digits)


def _show_block(page: Page, prefix: str, block: SimpleBlock, digits: int) -> None:
    match block:
        case Words():
            show_remark(page, prefix, block._replace(mark=_aligned(block.mark, digits)))
        case ReadingNote():
            show_remark(page, prefix, block)
        case Heading():
            page.words(prefix, block.text, TITLE)
        case Inset():
            show_blocks(page, prefix + " " * (digits + 2), block.blocks, digits)


def _aligned(mark: str, digits: int) -> str:
    return mark.rjust(digits) if mark.isdecimal() else mark


def _show_formulas(page: Page, prefix: str, formulas: Sequence[Formula], digits: int, *, begun: bool) -> None:
    """Formulas one below the other. One that others continue is indented as far as their "= ", so that all begin alike.

    If some of several are high, empty rows separate them; begun: whether something stands above the first.
    """
    begins = "  " if any(formula.continues for formula in formulas) else ""
    leads = []
    for formula in formulas:
        mark = f"{_aligned(formula.mark, digits)}  " if formula.mark else ""
        leads.append(DISPLAYED if formula.shape == "display" else mark + ("" if formula.continues else begins))
    several_high = len(formulas) > 1 and any(page.is_high(formula, len(prefix + lead))
                                             for formula, lead in zip(formulas, leads, strict=True))
    for number, (formula, lead) in enumerate(zip(formulas, leads, strict=True)):
        if several_high and (number or begun):
            page.blank(prefix)
        _show_formula(page, prefix, formula, lead)


def _show_formula(page: Page, prefix: str, formula: Formula, lead: str) -> None:
    """A formula behind what stands before it, and what its letter stands for: beside it, or else below it."""
    if formula.where is None:
        page.formula(prefix, formula, leads=((lead, STRONG),))
        return
    where = f"where {page.text(formula.where)}"
    box = page.box(formula, page.width - len(prefix + lead + _BESIDE + where))
    if box is not None:
        page.place(prefix, box, STYLES[formula.tone], leads=((lead, STRONG),), tail=((_BESIDE + where, ""),))
        return
    page.formula(prefix, formula, leads=((lead, STRONG),))
    page.math(prefix + " " * len(lead) + "  ", where)


def _show_table(page: Page, prefix: str, rows: Sequence[Labelled]) -> None:
    """Labels in a column, and behind them what they are the labels of. Several high formulas have empty rows round
    them."""
    labels = [(*_sign_before(page, row), row.label) for row in rows]
    widest = min(_WIDEST_LABELS, page.width // 2 - len(prefix))
    beside = [len(sign + label) for sign, _, label in labels if len(sign + label) <= widest]
    column = max([_NARROWEST_LABELS, *beside])
    if page.room(len(prefix) + column + _GAP) < _NARROWEST_LABELS:
        column = 0  # every label in a row of its own
    indent = len(prefix) + column + _GAP
    high = [isinstance(row.body, Formula) and page.is_high(row.body, indent) for row in rows]
    for number, (row, (sign, style, label)) in enumerate(zip(rows, labels, strict=True)):
        if number and sum(high) > 1 and (high[number - 1] or high[number]):
            page.blank(prefix)
        lead = sign + label, style or STYLES[row.tone]
        if isinstance(row.body, Formula) and row.body.shape == "line" and (
                len(lead[0]) > column or page.box(row.body, page.width - indent) is None):
            _show_below(page, prefix, lead, row.body, indent if beside else len(prefix + MARGIN))
            continue
        if len(lead[0]) > column:
            page.words(prefix, *lead)
            lead = "", ""
        padded = lead[0].ljust(column + _GAP), lead[1]
        if isinstance(row.body, Formula):
            page.formula(prefix, row.body, leads=(padded,))
        elif isinstance(row.body, ReadingNote):
            show_remark(page, prefix + padded[0], row.body)
        else:
            text = " ".join(said(page, each) for each in row.body.texts)
            page.words(prefix, text, STYLES[row.body.tone], lead=padded)


def _show_below(page: Page, prefix: str, lead: StyledText, formula: Formula, place: int) -> None:
    """A label, and below it a formula that is to stay on one line: in the column of the others if it has room there."""
    page.words(prefix, *lead)
    page.formula(" " * place if page.box(formula, page.width - place) else prefix + MARGIN, formula)


def _sign_before(page: Page, row: Labelled) -> StyledText:
    sign = row.body.sign if isinstance(row.body, Words) else None
    return ("", "") if sign is None else styled_sign(page, sign)
