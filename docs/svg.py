"""A terminal as a picture: escape codes in, SVG out.

    picture("$ tutor\\n\\x1b[1mCalculus\\x1b[0m", title="The first screen", width=80)      # "<svg ..."

Every character is placed at its own cell, so columns line up in whatever font the reader has. Lines, boxes and tall
brackets are drawn and not written, as good terminals do it: in most fonts their pieces would not meet. The picture
needs nothing but itself, and is light or dark as the page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

WIDE, HIGH = 9, 18
"""A cell, in pixels. The letters of most monospaced fonts are 0.6 of their size wide, so 15 pixels fit."""

_BASELINE, _UNDERLINE = 14, 16
_MARGIN = 16

_FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">
<title>{title}</title>
<style>
svg {{ color: #1f2328; }}
rect {{ fill: #ffffff; stroke: #d0d7de; }}
@media (prefers-color-scheme: dark) {{
  svg {{ color: #e6edf3; }}
  rect {{ fill: #0d1117; stroke: #30363d; }}
}}
text {{ fill: currentColor; font-family: "Cascadia Code", "JetBrains Mono", "DejaVu Sans Mono", Menlo, Consolas,
  monospace; font-size: 15px; font-variant-ligatures: none; }}
path {{ fill: none; stroke: currentColor; stroke-width: 1.2; }}
{styles}
</style>
<rect x="0.5" y="0.5" width="{frame_wide}" height="{frame_high}" rx="6"/>
<g transform="translate({margin} {margin})">
{content}
</g>
</svg>
"""


class Look(NamedTuple):
    """How a character looks. color: as in CSS; "" is that of the page."""

    color: str = ""
    bold: bool = False
    italic: bool = False
    underlined: bool = False


class Cell(NamedTuple):
    """A character, with the signs that combine with it, and the first column that it stands in."""

    text: str
    column: int
    look: Look


_MOVES = re.compile(r"\x1b(?!\[[0-9;]*m)|[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f]")
"""What does more on a terminal than to show text: codes that are not for a colour, and control characters."""


def picture(terminal: str, title: str, width: int) -> str:
    """The SVG of what stands on a terminal with this many columns. Raises ValueError for what it cannot show."""
    if found := _MOVES.search(terminal):
        raise ValueError(f"A picture shows texts and their colours, but not {terminal[found.start():][:8]!r}.")
    rows = [row for line in _decoded(terminal) for row in _wrapped(line, width)]
    looks: dict[Look, str] = {}
    content = [piece for number, row in enumerate(rows) for piece in _drawn(row, number, looks)]
    wide, high = width * WIDE + 2 * _MARGIN, len(rows) * HIGH + 2 * _MARGIN
    return _FRAME.format(wide=wide, high=high, frame_wide=wide - 1, frame_high=high - 1, margin=_MARGIN,
                         title=escape(title, quote=False), styles="\n".join(map(_rule, looks, looks.values())),
                         content="\n".join(content))


def _decoded(terminal: str) -> Iterator[list[tuple[str, Look]]]:
    """The lines, as texts that each have one look."""
    decoder, console = AnsiDecoder(), Console(width=80, color_system=None)
    for line in terminal.rstrip("\n").split("\n"):
        yield [(segment.text, _look(segment.style or Style.null()))
               for segment in decoder.decode_line(line).render(console)]


def _look(style: Style) -> Look:
    if style.reverse or style.dim or style.strike or style.overline or style.bgcolor:
        raise ValueError(f"A picture does not show this style: {style}.")
    color = style.color
    own = "" if color is None or color.is_default else color.get_truecolor(DEFAULT_TERMINAL_THEME).hex
    return Look(own, bool(style.bold), bool(style.italic), bool(style.underline))


def _wrapped(line: Sequence[tuple[str, Look]], width: int) -> list[list[Cell]]:
    """The rows that a line takes on a terminal with this many columns, cell by cell."""
    rows: list[list[Cell]] = [[]]
    column = 0
    for text, look in line:
        for character in text:
            wide = cell_len(character)
            if wide == 0 and rows[-1]:
                before = rows[-1].pop()
                rows[-1].append(before._replace(text=before.text + character))
                continue
            if column + wide > width:
                rows.append([])
                column = 0
            rows[-1].append(Cell(character, column, look))
            column += wide
    return rows


def _drawn(row: Sequence[Cell], number: int, looks: dict[Look, str]) -> Iterator[str]:
    """The words and the lines of one row."""
    top = number * HIGH
    for look, run in groupby(row, key=lambda cell: cell.look):
        cells = list(run)
        shapes = [f"M{cell.column * WIDE} {top}{SHAPES[cell.text]}" for cell in cells if cell.text in SHAPES]
        if look.underlined:
            first, last = cells[0].column, cells[-1].column + cell_len(cells[-1].text)
            shapes.append(f"M{first * WIDE} {top + _UNDERLINE}h{(last - first) * WIDE}")
        words = [list(word) for written, word in groupby(cells, key=_is_written) if written]
        if not shapes and not words:
            continue
        name = "" if look == Look() else f' class="{looks.setdefault(look, f"look{len(looks)}")}"'
        for word in words:
            places = " ".join(str(cell.column * WIDE) for cell in word for _ in cell.text)
            text = escape("".join(cell.text for cell in word), quote=False)
            yield f'<text{name} y="{top + _BASELINE}" x="{places}">{text}</text>'
        if shapes:
            yield f'<path{name} d="{"".join(shapes)}"/>'


def _is_written(cell: Cell) -> bool:
    return cell.text != " " and cell.text not in SHAPES


def _rule(look: Look, name: str) -> str:
    declarations = {"color": look.color, "font-weight": look.bold and "bold", "stroke-width": look.bold and "1.8",
                    "font-style": look.italic and "italic"}
    return f".{name} {{ {' '.join(f'{key}: {value};' for key, value in declarations.items() if value)} }}"


# -- signs that are drawn --------------------------------------------------------------------------------------------

SHAPES = {
    "─": "m0 9h9", "│": "m4.5 0v18", "┌": "m9 9h-4.5v9", "┐": "m0 9h4.5v9", "└": "m4.5 0v9h4.5", "┘": "m4.5 0v9h-4.5",
    "├": "m4.5 0v18m0 -9h4.5", "┤": "m4.5 0v18m0 -9h-4.5", "┬": "m0 9h9m-4.5 0v9", "┴": "m0 9h9m-4.5 0v-9",
    "┼": "m0 9h9m-4.5 -9v18", "╭": "m9 9q-4.5 0 -4.5 4.5v4.5", "╮": "m0 9q4.5 0 4.5 4.5v4.5",
    "╰": "m4.5 0v4.5q0 4.5 4.5 4.5", "╯": "m4.5 0v4.5q0 4.5 -4.5 4.5", "╱": "m9 0l-9 18", "╲": "m0 0l9 18",
    "‾": "m0 2h9",
    "⎛": "m7 1q-4 4 -4 11v6", "⎜": "m3 0v18", "⎝": "m3 0v6q0 7 4 11",
    "⎞": "m2 1q4 4 4 11v6", "⎟": "m6 0v18", "⎠": "m6 0v6q0 7 -4 11",
    "⎡": "m7 1h-4v17", "⎢": "m3 0v18", "⎣": "m3 0v17h4", "⎤": "m2 1h4v17", "⎥": "m6 0v18", "⎦": "m6 0v17h-4",
    "⌠": "m8 4q0 -3 -1.75 -3q-1.75 0 -1.75 3v14", "⎮": "m4.5 0v18", "⌡": "m4.5 0v14q0 3 -1.75 3q-1.75 0 -1.75 -3",
}
"""The path of each, from the upper left corner of its cell. What goes on in the next cell ends at the very edge."""
