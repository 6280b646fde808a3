"""Breaking long lines: mathematics before an operator that binds weakly, words at spaces.

    [text[start:end] for start, end in math_rows(text, 72, 70)]

Rows are spans, so that marks on the text survive the breaking. Everything is linear in the text.
"""

from __future__ import annotations

import re

Row = tuple[int, int]

_PLACES = re.compile(r"[(\[]|[)\]]| [-+−=] | (?:!=|<=|>=|[<>≠≤≥]) |[,;] | at (?=\()|[·*]|(?<=[)\]|])/| ")
_KIND = {"+": 0, "-": 0, "−": 0, "=": 0, ";": 0, ",": 1, "a": 1, "·": 2, "*": 2, "/": 2, "": 3}


def math_rows(text: str, first: int, rest: int) -> list[Row]:
    """Rows of at most `first`, then `rest` characters; breaks stand before operators, as deep outside as possible."""
    if len(text) <= first:
        return [(0, len(text))]
    breaks = _breaks(text)
    rows: list[Row] = []
    start, room, index = 0, first, 0
    while len(text) - start > room:
        best: tuple[tuple[int, int], int, int] | None = None
        while index < len(breaks) and breaks[index][1] <= start:
            index += 1
        ahead = index
        while ahead < len(breaks) and breaks[ahead][0] <= start + room:
            cost, end, resume = (breaks[ahead][2], *breaks[ahead][:2])
            # A short row is worse than a break one bracket further in.
            if end - start < room // 3:
                cost = (cost[0] + 1000, cost[1])
            if best is None or cost <= best[0]:
                best = (cost, end, resume)
            ahead += 1
        end, resume = (best[1], best[2]) if best else (start + room, start + room)
        rows.append((start, end))
        start, room = resume, rest
    rows.append((start, len(text)))
    return rows


def _breaks(text: str) -> list[tuple[int, int, tuple[int, int]]]:
    """Where a row may end, where the next one then starts, and how bad that is: (depth of brackets, kind)."""
    found: list[tuple[int, int, tuple[int, int]]] = []
    depth = 0
    for match in _PLACES.finditer(text):
        place, sign = match.start(), match.group()
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif place > 0:
            kind = _KIND.get(sign.strip()[:1], 0)
            if sign[0] in ",;":
                found.append((place + 1, match.end(), (depth, kind)))
            elif sign[0] == " ":
                found.append((place, place + 1, (depth, kind)))
            else:
                found.append((place, place, (depth, kind)))
    return found


def word_rows(text: str, first: int, rest: int) -> list[Row]:
    """Rows of at most `first`, then `rest` characters, broken at spaces; a longer word is broken where it must be."""
    rows: list[Row] = []
    start, room = 0, first
    while len(text) - start > room:
        space = text.rfind(" ", start + 1, start + room + 1)
        end, resume = (space, space + 1) if space > start else (start + room, start + room)
        rows.append((start, end))
        start, room = resume, rest
    rows.append((start, len(text)))
    return rows
