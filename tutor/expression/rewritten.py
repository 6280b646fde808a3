"""A text in which something is written in another way before it is read, and where each part of it was typed.

    written = rewritten("2*softmax(a, b)_1", [(2, 17, "(e^a/(e^a + e^b))")], ())
    written.text                # 2*(e^a/(e^a + e^b))
    written.span(3, 6)          # (2, 17): what was typed for e^a
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from tutor.errors import NotationError, Problem
from tutor.expression.notes import Change, Note

if TYPE_CHECKING:
    from tutor.expression.parse import Reading


class Rewritten(NamedTuple):
    """places: (start, end) of each part that is written in another way, and of what was typed for it; notes: what is
    said of these parts."""

    text: str
    places: tuple[tuple[int, int, int, int], ...]
    notes: tuple[Note, ...]

    def holds(self, place: int) -> bool:
        """Whether what stands at a place was not typed so, and cannot be doubted by who typed it."""
        return any(begins <= place < ends for begins, ends, _, _ in self.places)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """What was typed for text[start:end]."""
        return self._typed(start, 0), self._typed(end, 1)

    def _typed(self, place: int, side: int) -> int:
        moved = 0
        for begins, ends, start, end in self.places:
            if place < begins + side:
                break
            if place < ends + side:
                return (start, end)[side]
            moved = end - ends
        return place + moved


def rewritten(text: str, changes: Iterable[Change], notes: Iterable[Note]) -> Rewritten:
    """A text with changes that do not overlap, in their order."""
    made, done, length = list[str](), 0, 0
    places: list[tuple[int, int, int, int]] = []
    for start, end, instead in changes:
        length += start - done
        places.append((length, length + len(instead), start, end))
        made += (text[done:start], instead)
        length, done = length + len(instead), end
    return Rewritten("".join([*made, text[done:]]), tuple(places), tuple(notes))


def read_as_rewritten(text: str, written: Rewritten, read: Callable[[str], Reading]) -> Reading:
    """What `read` makes of a text that was rewritten; its errors and notes point into what was typed."""
    try:
        reading = read(written.text)
    except NotationError as error:
        found = [Problem(problem.message, *written.span(problem.start, problem.end)) for problem in error.problems]
        raise NotationError(text, found) from None
    notes = [note._replace(start=start, end=end, others=(), doubtful=note.doubtful and not written.holds(note.start))
             for note in reading.notes for start, end in [written.span(note.start, note.end)]]
    return reading._replace(notes=(*written.notes, *notes))
