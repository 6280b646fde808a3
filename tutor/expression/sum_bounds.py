"""Bounds for the sums of a text that were typed without any, and notes that say which.

    with_bounds("sum_i x_i", reading, {}).expression        # sum_{i=1}^{n} x_i
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tutor.errors import NotationError, Problem
from tutor.expression.characters import usual
from tutor.expression.facts import Facts
from tutor.expression.lexemes import SUM_SIGN
from tutor.expression.lists import Chosen, Sizes, sized
from tutor.expression.notes import Note
from tutor.expression.sum_header import header_at
from tutor.expression.tree import Expression, postorder

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
    for (size, counted), places in _by_size(found.chosen).items():
        *others, last = [f"sum_{index}" for index in dict.fromkeys(found.chosen[place].letter for place in places)]
        named, index = f"{', '.join(others)} and {last}" if others else last, found.chosen[places[0]].letter
        before = sum(each.letter == index for each in found.chosen[:places[0]])
        notes.append(Note(f"{named} {'run' if others else 'runs'} from 1 to {size}, the number of {counted}.",
                          *place_of_sum(text, index, before), usual=True, doubtful=False, kind="size-of-list"))
    return reading._replace(expression=found.expression, notes=(*reading.notes, *notes))


def _by_size(chosen: Iterable[Chosen]) -> dict[tuple[Expression, str], list[int]]:
    """The places of the sums that run equally far, as one sentence says it of all of them."""
    places: dict[tuple[Expression, str], list[int]] = {}
    for place, each in enumerate(chosen):
        places.setdefault((each.size, each.counted), []).append(place)
    return places


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
