"""Boxes of text: rows of the same width, with the row that a line goes on in, and what stands out in them.

    beside((line("x = "), over((line("1"), line("───"), line("x+1")), 1)))        # 3 rows, baseline 1

Every character is one cell. Putting boxes together keeps their marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Mark = tuple[int, int, int]
"""A row of a box, and the columns between which something stands out."""


class Box(NamedTuple):
    """Rows of the same width; `baseline` is the number of the row that goes on in a line of text."""

    rows: tuple[str, ...]
    baseline: int = 0
    marks: tuple[Mark, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def height(self) -> int:
        return len(self.rows)


def line(text: str, changed: bool = False) -> Box:
    return Box((text,), 0, ((0, 0, len(text)),) if changed else ())


def marked(box: Box) -> Box:
    """A box that stands out wherever something is drawn in it."""
    marks = [(number, len(row) - len(row.lstrip()), len(row.rstrip())) for number, row in enumerate(box.rows)]
    return Box(box.rows, box.baseline, tuple(mark for mark in marks if mark[1] < mark[2]))


def moved(box: Box, down: int, right: int) -> list[Mark]:
    """The marks of a box that stands so far from the corner of another."""
    return [(row + down, start + right, end + right) for row, start, end in box.marks]


def without_first(box: Box) -> Box:
    """A line without its first character."""
    return Box((box.rows[0][1:],), 0, tuple([(row, max(0, start - 1), end - 1) for row, start, end in box.marks]))


def beside(boxes: Sequence[Box]) -> Box:
    """Boxes side by side, on one baseline."""
    if len(boxes) == 1:
        return boxes[0]
    above = max([box.baseline for box in boxes])
    height = above + max([len(box.rows) - box.baseline for box in boxes])
    columns: list[Sequence[str]] = []
    marks: list[Mark] = []
    width = 0
    for box in boxes:
        top = above - box.baseline
        if box.marks:
            marks += moved(box, top, width)
        own = len(box.rows[0])
        if len(box.rows) == height:
            columns.append(box.rows)
        else:
            blank = (" " * own,)
            columns.append(blank * top + box.rows + blank * (height - top - len(box.rows)))
        width += own
    return Box(tuple(["".join(row) for row in zip(*columns, strict=True)]), above, tuple(marks))


def over(boxes: Sequence[Box], baseline: int) -> Box:
    """Boxes one above the other, in the middle of their common width."""
    width = max([box.width for box in boxes])
    rows: list[str] = []
    marks: list[Mark] = []
    for box in boxes:
        left = (width - box.width) // 2
        marks += moved(box, len(rows), left)
        rows += [(" " * left + row).ljust(width) for row in box.rows]
    return Box(tuple(rows), baseline, tuple(marks))


def apart(upper: Box, lower: Box) -> bool:
    """Whether there is an empty row between two parts of a broken formula, lest one is read as the top of the other."""
    return upper.height > 1 or lower.height > 1


def corner(box: Box) -> int:
    """The highest row in which something is drawn at the right edge: where an exponent belongs."""
    return next((number for number, row in enumerate(box.rows) if row[-1] != " "), box.baseline)


def ending(box: Box, text: Box, row: int) -> Box:
    """A box followed by a line in one of its rows, or in the one above it, which is row -1."""
    added = 1 if row < 0 else 0
    blank = " " * text.width
    rows = [own + (text.rows[0] if number == row else blank) for number, own in enumerate(box.rows)]
    if added:
        rows.insert(0, " " * box.width + text.rows[0])
    marks = moved(box, added, 0) + moved(text, row + added, box.width)
    return Box(tuple(rows), box.baseline + added, tuple(marks))
