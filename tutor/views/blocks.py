"""Blocks of text: rows of the same width, with the row that a line goes on in, and what stands out in them.

    beside((line("x = "), over((line("1"), line("───"), line("x+1")), 1)))        # 3 rows, baseline 1

Every character is one cell. Putting blocks together keeps their marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Mark = tuple[int, int, int]
"""A row of a block, and the columns between which something stands out."""


@dataclass(frozen=True, slots=True)
class Block:
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


def line(text: str, changed: bool = False) -> Block:
    return Block((text,), 0, ((0, 0, len(text)),) if changed else ())


def marked(block: Block) -> Block:
    """A block that stands out wherever something is drawn in it."""
    marks = [(number, len(row) - len(row.lstrip()), len(row.rstrip())) for number, row in enumerate(block.rows)]
    return Block(block.rows, block.baseline, tuple(mark for mark in marks if mark[1] < mark[2]))


def moved(block: Block, down: int, right: int) -> list[Mark]:
    """The marks of a block that stands so far from the corner of another."""
    return [(row + down, start + right, end + right) for row, start, end in block.marks]


def without_first(block: Block) -> Block:
    """A line without its first character."""
    return Block((block.rows[0][1:],), 0, tuple([(row, max(0, start - 1), end - 1) for row, start, end in block.marks]))


def beside(blocks: Sequence[Block]) -> Block:
    """Blocks side by side, on one baseline."""
    if len(blocks) == 1:
        return blocks[0]
    above = max([block.baseline for block in blocks])
    height = above + max([len(block.rows) - block.baseline for block in blocks])
    columns: list[Sequence[str]] = []
    marks: list[Mark] = []
    width = 0
    for block in blocks:
        top = above - block.baseline
        if block.marks:
            marks += moved(block, top, width)
        own = len(block.rows[0])
        if len(block.rows) == height:
            columns.append(block.rows)
        else:
            blank = (" " * own,)
            columns.append(blank * top + block.rows + blank * (height - top - len(block.rows)))
        width += own
    return Block(tuple(["".join(row) for row in zip(*columns, strict=True)]), above, tuple(marks))


def over(blocks: Sequence[Block], baseline: int) -> Block:
    """Blocks one above the other, in the middle of their common width."""
    width = max([block.width for block in blocks])
    rows: list[str] = []
    marks: list[Mark] = []
    for block in blocks:
        left = (width - block.width) // 2
        marks += moved(block, len(rows), left)
        rows += [(" " * left + row).ljust(width) for row in block.rows]
    return Block(tuple(rows), baseline, tuple(marks))


def corner(block: Block) -> int:
    """The highest row in which something is drawn at the right edge: where an exponent belongs."""
    return next((number for number, row in enumerate(block.rows) if row[-1] != " "), block.baseline)


def ending(block: Block, text: Block, row: int) -> Block:
    """A block followed by a line in one of its rows, or in the one above it, which is row -1."""
    added = 1 if row < 0 else 0
    blank = " " * text.width
    rows = [own + (text.rows[0] if number == row else blank) for number, own in enumerate(block.rows)]
    if added:
        rows.insert(0, " " * block.width + text.rows[0])
    marks = moved(block, added, 0) + moved(text, row + added, block.width)
    return Block(tuple(rows), block.baseline + added, tuple(marks))
