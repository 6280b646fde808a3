"""Bounds for the sums of a text that were typed without any, and notes that say which.

    with_bounds("sum_i x_i", reading, {}).expression        # sum_{i=1}^{n} x_i
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import NotationError, Problem
from tutor.expression.characters import usual
from tutor.expression.facts import Facts
from tutor.expression.lexemes import SUM_SIGN
from tutor.expression.lists import Sizes, sized
from tutor.expression.notes import Note
from tutor.expression.sum_header import header_at
from tutor.expression.tree import postorder

if TYPE_CHECKING:
    from tutor.expression.parse import Reading


def with_bounds(text: str, reading: Reading, known: Sizes) -> Reading:
    """A reading in which every sum has bounds. Raises NotationError, with the place, where a sum runs over no list."""
    found = sized(reading.expression, known)
    for index in found.unknown:
        if any(part.head == "finite_sum" and part.args[1].value == index and any(
                inner.head == "finite_sum" and inner.args[1].value == index for inner in postorder([part.args[0]]))
               for part in postorder([reading.expression])):
            raise NotationError(text, [Problem(
                f"One inside the other, there are two sums with the index {index}. Give one of them another letter.",
                *place_of_sum(text, index))])
    if found.unknown:
        raise NotationError(text, [Problem(
            f"How far does {index} run? There is no list with the index {index} here: type sum_{{{index}=1}}^{{n}}.",
            *place_of_sum(text, index)) for index in found.unknown])
    notes = []
    for place, (index, size, counted) in enumerate(found.chosen):
        before = sum(each.letter == index for each in found.chosen[:place])
        notes.append(Note(f"sum_{index} runs from 1 to {size}, the number of {counted}.",
                          *place_of_sum(text, index, before), usual=True, kind="size-of-list"))
    return reading._replace(expression=found.expression, notes=(*reading.notes, *notes))


def place_of_sum(text: str, index: str, before: int = 0) -> tuple[int, int]:
    """Where in a text a sum over an index begins, and where its header ends. before: how many others are before it."""
    text = usual(text)
    closing = Facts(text).closing
    places: list[tuple[int, int]] = []
    for sign in SUM_SIGN.finditer(text):
        header = header_at(text, sign.end(), closing)
        if header is not None and index in header.indices:
            places.append((sign.start(), header.end))
            if len(places) > before:
                break
    return places[-1] if places else (0, len(text))
