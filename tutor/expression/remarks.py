"""What the token pass has to say about a text: notes on how it is read, and problems that keep it from being read.

    remarks = Remarks("e^2x")
    remarks.note("lost-exponent", "e^2x is read as (e^2)·x; ...", 0, 4, [(2, 2, "("), Behind(4, ")")])
    remarks.finished_notes(tokens)      # with places in the text for the changes that give the other reading
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tutor.errors import Problem
from tutor.expression.lexemes import SPACES
from tutor.expression.notes import MOST_RETYPED, Change, Note
from tutor.expression.spans import end_of_operand, end_of_sum
from tutor.expression.spelling import printable

if TYPE_CHECKING:
    from tutor.expression.state import Token

_QUOTED = 40  # characters of a text that a message repeats


class Behind(NamedTuple):
    """Something to be typed behind an operand, whose end is known only when all tokens are made.

    place: the place among the tokens where the operand begins, closing brackets and a `*` before it not counted;
    of_sum: behind the whole sum that goes on there.
    """

    place: int
    text: str
    of_sum: bool = False


class Remarks:
    """The notes and problems of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.last_word: Problem | None = None  # the problem with a word that was found last
        self.notes: dict[str, Note] = {}  # by message, so that each is shown once
        self.others: dict[str, list[list[Change | Behind]]] = {}  # by message: the changes for each other reading

    def problem(self, message: str, start: int, end: int) -> None:
        self.problems.append(Problem(message, start, max(end, start + 1)))

    def note(self, kind: str, message: str, start: int, end: int, *others: Sequence[Change | Behind],
             usual: bool = False) -> None:
        """kind: what is doubtful, as a short code; others: the changes of the text that give each of the other readings
        that the message tells of; usual: whether most people would read it so."""
        if message not in self.notes:
            self.notes[message] = Note(message, self.skip_spaces(start), end, usual=usual, kind=kind)
        if others and len(self.text) <= MOST_RETYPED:
            known = self.others.setdefault(message, [[] for _ in others])
            for changes, more in zip(known, others, strict=True):
                changes += more  # the same doubt in another place is resolved in the same way

    def finished_notes(self, tokens: Sequence[Token]) -> list[Note]:
        """The notes in the order of the text, with the changes for the other readings in their places."""
        for message, others in self.others.items():
            placed = tuple(tuple(_placed(change, tokens) for change in changes) for changes in others)
            self.notes[message] = self.notes[message]._replace(others=placed)
        return sorted(self.notes.values(), key=lambda note: note.start)

    def quote(self, start: int, end: int) -> str:
        """That part of the text as a message may repeat it: on one line, short, and without control characters."""
        part = self.text[start:end] if end - start <= _QUOTED else f"{self.text[start:start + _QUOTED]}..."
        return printable(" ".join(part.split()))

    def skip_spaces(self, at: int) -> int:
        begins = self.text[at:at + _QUOTED]
        return at + len(begins) - len(begins.lstrip(SPACES))


def _placed(change: Change | Behind, tokens: Sequence[Token]) -> Change:
    if not isinstance(change, Behind):
        return change
    end = (end_of_sum if change.of_sum else end_of_operand)(tokens, change.place)
    return end, end, change.text
