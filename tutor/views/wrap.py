"""Breaking long lines: mathematics before an operator that binds weakly, words at spaces.

    [text[start:end] for start, end in math_rows(text, 72, 70)]

Rows are spans, so that marks on the text survive the breaking. Everything is linear in the text.
"""

from __future__ import annotations

import re

RowSpan = tuple[int, int]

_PLACES = re.compile(r"[(\[{]|[)\]}]| [-+−=·] | (?:!=|<=|>=|[<>≠≤≥]) |[,;] | at (?=\()|[·*]|(?<=[)\]}|])/| (?![(\[])")
_KIND = {"=": 0, "+": 1, "-": 1, "−": 1, ";": -1, ",": 2, "a": 2, "·": 2, "*": 2, "/": 2, "": 3}
_IN_CONDITION = 3
"""The kind of a relation inside braces: cases are broken between them."""


def math_rows(text: str, first: int, rest: int) -> list[RowSpan]:
    """Rows of at most `first`, then `rest` characters; breaks stand before operators, as far outside as possible.

    A bracket is broken only if it has no room in a row of its own, and a number or a name only then too.
    """
    if len(text) <= first:
        return [(0, len(text))]
    breaks = _breaks(text, rest)
    rows: list[RowSpan] = []
    start, room, index = 0, first, 0
    while len(text) - start > room:
        best: tuple[tuple[int, int, int], int, int] | None = None
        while index < len(breaks) and breaks[index][1] <= start:
            index += 1
        ahead = index
        while ahead < len(breaks) and breaks[ahead][0] <= start + room:
            end, resume, (tears, depth, kind) = breaks[ahead]
            # A short row is worse than a break one bracket further in, but not worse than a torn bracket; and it is
            # no worse where the right side of an equation then has a row of its own.
            short = end - start < room // 3 and not (depth == kind == 0 and len(text) - resume <= rest)
            cost = (tears, depth + (1000 if short else 0), kind)
            if best is None or cost <= best[0]:
                best = (cost, end, resume)
            ahead += 1
        end, resume = (best[1], best[2]) if best else (start + room, start + room)
        rows.append((start, end))
        start, room = resume, rest
    rows.append((start, len(text)))
    return rows


def _breaks(text: str, room: int) -> list[tuple[int, int, tuple[int, int, int]]]:
    """Where a row may end, where the next one then starts, and how bad that is: whether it tears a bracket that has
    room in one row, the depth of brackets, the kind of sign."""
    places: list[tuple[int, int, int, int, int]] = []  # the same with the bracket in which it is
    widths: list[int] = [room + 1]  # of each bracket with its name; the whole text is one, and too wide
    waiting: list[tuple[int, int]] = []  # brackets that are open: number, start
    for match in _PLACES.finditer(text):
        place, sign = match.start(), match.group()
        if sign in "([{":
            start = place
            while start and text[start - 1].isalnum():  # the sin of sin(x)
                start -= 1
            waiting.append((len(widths), start))
            widths.append(room + 1)
        elif sign in ")]}":
            if waiting:
                number, start = waiting.pop()
                widths[number] = place + 1 - start
        elif place > 0:
            kind = _KIND.get(sign.strip()[:1], _IN_CONDITION if waiting and text[waiting[-1][1]] == "{" else 0)
            inside = waiting[-1][0] if waiting else 0
            if sign[0] in ",;":
                places.append((place + 1, match.end(), inside, len(waiting), kind))
            elif sign[0] == " ":
                places.append((place, place + 1, inside, len(waiting), kind))
            else:
                places.append((place, place, inside, len(waiting), kind))
    return [(end, resume, (int(widths[inside] + 1 < room), depth, kind)) for end, resume, inside, depth, kind in places]


_IN_FORMULA = re.compile(r"[-+−·*=<>≠≤≥] |[^ ] (?:[+·*=<>≠≤≥\[]|[-−] )")
"""A space beside an operator, or before the square bracket of a derivative; a sign may begin a formula."""

_AFTER_AN_OPERATOR = frozenset(f" {sign}" for sign in "-+−·*=<>≠≤≥")
"""What stands before a space where the row would end with an operator; mathematics is broken before one."""


def word_rows(text: str, first: int, rest: int) -> list[RowSpan]:
    """Rows of at most `first`, then `rest` characters, broken at spaces; a longer word is broken where it must be.

    A formula in the sentence keeps together, such as 3x + 2, unless the row would then be less than half full.
    """
    rows: list[RowSpan] = []
    start, room = 0, first
    while len(text) - start > room:
        space = last = text.rfind(" ", start + 1, start + room + 1)
        while last > start and _IN_FORMULA.search(text, last - 1, last + 3):
            last = text.rfind(" ", start + 1, last)
        if last - start >= room // 2:
            space = last
        elif space - 2 > start and text[space - 2:space] in _AFTER_AN_OPERATOR:
            space -= 2
        end = resume = space if space > start else start + room
        while resume < len(text) and text[resume] == " ":
            resume += 1
        while text[end - 1] == " " and end - 1 > start:
            end -= 1
        rows.append((start, end))
        start, room = resume, rest
    rows.append((start, len(text)))
    return rows
