"""A table on a page: numbers with their decimal points below each other, words at the end of a row.

    show_rows(page, "  ", Table((Column(plain("step")), Column(plain("x"))), ((plain("0"), plain("5.4")),)))

    step    x
       0    5.4

Columns that may be spared are left out where there is no room, and a line says so. Where there is none even then, each
row is told as a list of what its columns say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.telling.document import Table
from tutor.views.page import GUIDE, TITLE, Page
from tutor.views.prose import said

_GAPS = ("    ", "   ", "  ")
"""What may stand between two columns, the widest first."""

_WORDS = 24
"""Cells that a column of words needs; where there is less room it has rows of its own."""

_SET_IN = "      "


def show_rows(page: Page, prefix: str, table: Table) -> None:
    """Print a table with what there is room for."""
    titles = [said(page, column.title) for column in table.columns]
    rows = [[said(page, cell) for cell in row] for row in table.rows]
    shown = [index for index, column in enumerate(table.columns) if column.kind == "number"]
    texts = {index: _aligned(titles[index], [row[index] if row else "" for row in rows]) for index in shown}
    words = next((index for index, column in enumerate(table.columns) if column.kind == "words"), None)
    room = page.width - len(prefix)
    beside = words is not None and _width(shown, texts) + len(_GAPS[-1]) + _WORDS <= room
    spared: list[str] = []
    while _width(shown, texts) > room and any(table.columns[index].spare for index in shown):
        spare = max(table.columns[index].spare for index in shown)
        spared += [titles[index] for index in shown if table.columns[index].spare == spare]
        shown = [index for index in shown if table.columns[index].spare != spare]
    if _width(shown, texts) > room:
        _show_as_lists(page, prefix, titles, rows)
        return
    longest = max(len(row[words]) for row in [titles, *rows] if row) if words is not None and beside else 0
    gap = next((gap for gap in _GAPS if _width(shown, texts, gap) + (len(gap) + longest if longest else 0)
                <= room), _GAPS[-1])
    for number, cells in enumerate(zip(*[texts[index] for index in shown], strict=True)):
        row = rows[number - 1] if number else titles
        if not row:
            page.row((prefix, ""), (page.signs.cut.rjust(len(cells[0])), GUIDE))
            continue
        style = "" if number else TITLE
        text = prefix + gap.join(cells)
        said_of_it = "" if words is None else row[words]
        if said_of_it and beside:
            page.words("", said_of_it, style, lead=(text + gap, style))
            continue
        page.row((text, style))
        if said_of_it and number:
            page.words(prefix + _SET_IN, said_of_it, style)
    if spared:
        page.words(prefix, f"A wider window also shows: {', '.join(spared)}.", GUIDE)


def _width(shown: Sequence[int], texts: dict[int, list[str]], gap: str = _GAPS[-1]) -> int:
    return sum(len(texts[index][0]) for index in shown) + len(gap) * (len(shown) - 1)


def _aligned(title: str, cells: Sequence[str]) -> list[str]:
    """A title and the cells below it, all of one width, with their decimal points below each other."""
    has_points = any("." in cell for cell in cells if _is_number(cell))
    parts = [_at_point(cell) if has_points else (cell, "") for cell in cells]
    behind = max((len(decimals) for _, decimals in parts), default=0)
    texts = [whole + decimals.ljust(behind) for whole, decimals in parts]
    width = max(map(len, [title, *texts]))
    return [text.rjust(width) for text in [title, *texts]]


_AT_POINT = re.compile(r"\.|[·*]10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹^]")
"""Where the decimals of a number begin, or the power of ten of one without decimals, as in 1·10¹⁵⁹."""


def _at_point(cell: str) -> tuple[str, str]:
    """What stands before the decimal point, and the rest."""
    found = _AT_POINT.search(cell) if _is_number(cell) else None
    return (cell, "") if found is None else (cell[:found.start()], cell[found.start():])


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() or cell[1:2].isdigit()


def _show_as_lists(page: Page, prefix: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        if not row:
            page.row((prefix, ""), (page.signs.cut, GUIDE))
        else:
            page.flow(prefix, [f"{title} {cell}" for title, cell in zip(titles, row, strict=True) if cell])
