"""What a learner types to fill cells of a table: one value, several, or the name of a cell with its value.

    list(filled_in(sheet, "0.6682; dL/da = 2*(a - y)", {}))     # [(cell a, (0.6682,)), (cell dL/da, (-0.6636,))]

A value may be a number, or a formula in the names of the table, in which the learner's own values stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.errors import TutorError, refused
from tutor.expression.brackets import cut_outside
from tutor.expression.tree import Expression, name, node
from tutor.judge.answer import read_answer, sides
from tutor.lesson.worksheet import Cell, Own, Value, Worksheet, slopes_by_key

_DECIMAL_COMMA = re.compile(r"\s*[-−+]?\d+,\d+\s*")


def filled_in(sheet: Worksheet, text: str, own: Own,
              first: Cell | None = None) -> Iterator[tuple[Cell, tuple[Value, ...]]]:
    """The cells that a line fills, each with its value, in the order in which they are typed.

    first: the cell for a value without a name; if not given, the first blank one that is not filled. The next ones go
    to the cells after it. own: what was filled in before; it may grow while the cells are taken. Raises TutorError for
    what cannot be read.
    """
    following = list(sheet.blanks)
    if first is not None:
        following = following[following.index(first):]
    for piece in pieces(sheet, text):
        cell, written = _named(sheet, piece)
        if cell is None:
            cell = next((each for each in following if each is first or each.key not in own), None)
            if cell is None:
                raise refused(piece, "There are more values than cells that are blank.")
        if cell in following:
            following = following[following.index(cell) + 1:]
        yield cell, value_of(sheet, cell, written, own)
        first = None


def pieces(sheet: Worksheet, text: str) -> list[str]:
    """The values in a line: semicolons separate them, and commas do where a value is a single number."""
    signs = ";\n" if any(len(cell.keys) > 1 for cell in sheet.blanks) or _DECIMAL_COMMA.fullmatch(text) else ";,\n"
    return [piece.strip() for piece in cut_outside(text, signs) if piece.strip()] or [text]


def _named(sheet: Worksheet, piece: str) -> tuple[Cell | None, str]:
    """The cell that is named before a value, and the value; no cell where only a value is typed."""
    *before, written = sides(piece)
    if not before:
        return None, written
    called = "".join(before[0].split()).replace("∂", "d")
    cell = next((each for each in sheet.cells if called in ("".join(each.key.split()), *each.aliases)), None)
    if cell is None:
        if any(called in each.letters and len(each.keys) > 1 for each in sheet.blanks):
            return None, piece  # a coordinate of a point
        raise refused(piece, f"There is no cell {before[0].strip()} in this table. The blank cells are "
                             f"{', '.join(each.key for each in sheet.blanks)}.")
    if cell not in sheet.blanks:
        raise refused(piece, f"{cell.key} is given already. The blank cells are "
                             f"{', '.join(each.key for each in sheet.blanks)}.")
    return cell, written


def value_of(sheet: Worksheet, cell: Cell, text: str, own: Own) -> tuple[Value, ...]:
    """The value of each part of a cell, as it was typed. Raises TutorError if that cannot be read."""
    names = node("statements", tuple(name(letter) for letter in sorted({*sheet.known(own), *sheet.inputs, "x"})))
    before = {key: value for key, value in own.items() if key != cell.key}
    if len(cell.keys) > 1:
        return tuple(sheet.read(slopes_by_key(part), before) for part in _coordinates(cell, text, names))
    typed = read_answer(text, names).expression
    if typed.head == "tuple":
        raise refused(text, "One value is asked for here, and this is a list.")
    return (sheet.read(slopes_by_key(typed), before),)


def _coordinates(cell: Cell, text: str, names: Expression) -> tuple[Expression, ...]:
    """The coordinates of a point, typed as (3, 4), as 3, 4, or as x = 3, y = 4 in any order."""
    parts = cut_outside(text, ",")
    if len(parts) == 1:
        typed = read_answer(text, names).expression
        parts_typed = typed.args if typed.head == "tuple" else (typed,)
    else:
        parts_typed = tuple(_named_coordinates(cell, parts, names))
    if len(parts_typed) != len(cell.keys):
        raise refused(text, f"A point with {len(cell.keys)} numbers is asked for here, one for each of "
                            f"{', '.join(cell.letters)}: type it as ({', '.join('3' * len(cell.keys))}).")
    return parts_typed


def _named_coordinates(cell: Cell, parts: list[str], names: Expression) -> list[Expression]:
    """Coordinates between commas, put in the order of the letters where these are named."""
    named = [sides(part) for part in parts]
    if not all(len(each) > 1 for each in named):
        return [read_answer(part, names).expression for part in parts]
    found = {each[0].strip(): read_answer(each[-1], names).expression for each in named}
    keys = [letter if letter in found else key for letter, key in zip(cell.letters, cell.keys, strict=True)]
    if set(keys) != set(found):
        raise refused(", ".join(parts), f"The coordinates are called {', '.join(cell.letters)}.")
    return [found[key] for key in keys]


def is_value(sheet: Worksheet, cell: Cell, text: str, own: Own) -> bool:
    """Whether a text can be read as the value of a cell."""
    try:
        list(filled_in(sheet, text, own, cell))
    except TutorError:
        return False
    return True
