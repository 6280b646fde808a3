"""What stands below and above the sign of a sum: its index, and from where to where that runs.

    header = header_at("sum_{i=1}^{n} x_i", 3, {4: 8, 10: 12})
    header.indices, header.lower.text, header.upper.text        # ("i",), "1", "n"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tutor.expression import lexemes
from tutor.expression.lexemes import SUPERSCRIPTS
from tutor.expression.names import SMALL_LETTERS

LONGEST = 200
"""Characters of what stands below or above the sign."""

_SMALL = SMALL_LETTERS | {"₌": "=", "₊": "+", "₋": "-"}


class Bound(NamedTuple):
    """A bound in signs of the usual size, and where in the text it stands."""

    text: str
    start: int
    end: int


class Header(NamedTuple):
    """indices: several are as many sums, one in the other; lower, upper: the bounds, if there are any; end: where the
    text goes on."""

    indices: tuple[str, ...]
    lower: Bound | None
    upper: Bound | None
    end: int


def header_at(text: str, place: int, closing: Mapping[int, int]) -> Header | None:
    """The header of a sum whose sign ends at a place; None if no index stands there."""
    below = lexemes.SUM_BELOW.match(text, place)
    if below is None:
        return None
    kind = below.lastgroup or "open"
    start, end = below.start("open") + 1, below.end()
    if below["small"]:
        start, inner = below.start(kind), "".join(_SMALL[sign] for sign in below["small"])
    elif below["open"]:
        close = closing.get(start - 1)
        if close is None or close - start > LONGEST:
            return None
        inner, end = text[start:close], close + 1
    else:
        start = below.start("index")
        inner = text[start:end]
    found = lexemes.SUM_INDICES.match(inner)
    if found is None or (found.end() < len(inner) and not found["from"]):
        return None
    lower = Bound(inner[found.end():], start + found.end(), start + len(inner)) if found["from"] else None
    indices = tuple(sign for sign in found["indices"] if sign.isalpha())
    above = lexemes.SUM_ABOVE.match(text, end)
    if above is None:
        return Header(indices, lower, None, end)
    if above["raised"]:
        raised = "".join(SUPERSCRIPTS[sign] for sign in above["raised"])
        return Header(indices, lower, Bound(raised, *above.span("raised")), above.end())
    if not above["open"]:
        return Header(indices, lower, Bound(above["upper"], *above.span("upper")), above.end())
    close = closing.get(above.start("open"))
    if close is None or close - above.end() > LONGEST:
        return None
    return Header(indices, lower, Bound(text[above.end():close], above.end(), close), close + 1)
