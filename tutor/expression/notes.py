"""Notes on doubtful readings, and the text as one would type it for the other reading that a note tells of.

    note = read("e^2x").notes[0]
    note.message                        # "e^2x is read as (e^2)·x; for the other reading, type e^(2x)."
    other_texts("e^2x", [note])         # ["e^(2x)"]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from typing import NamedTuple

Change = tuple[int, int, str]
"""What is typed in place of text[start:end]."""

MOST_RETYPED = 300
"""Characters of a text whose other readings are worked out; nobody types longer ones by hand."""

MOST_OTHERS = 16
"""Other texts that are made of one, however many notes there are."""


class Note(NamedTuple):
    """How something doubtful was read: a sentence, and the span it speaks of.

    others: for each other reading that the sentence tells of, the changes of the whole text that give it; none where
    the sentence offers no other, or the text is longer than MOST_RETYPED; usual: whether it was read as most people
    would read it, so that the note can wait; doubtful: whether there was any doubt, and not only another notation;
    kind: what was doubtful, as a short code that notes with different formulas in them share; "" where there is none.
    """

    message: str
    start: int
    end: int
    others: tuple[tuple[Change, ...], ...] = ()
    usual: bool = False
    doubtful: bool = True
    kind: str = ""


def other_texts(text: str, notes: Sequence[Note]) -> list[str]:
    """The text as typed for the readings that its notes offer: one doubt resolved the other way, then several."""
    offering = [note for note in notes if note.others]
    chosen = islice(_choices(offering), MOST_OTHERS)
    made = [_retyped(text, [change for changes in some for change in changes]) for some in chosen]
    return [other for other in dict.fromkeys(made) if other is not None]


def _choices(offering: Sequence[Note]) -> Iterator[tuple[tuple[Change, ...], ...]]:
    """Which of the other readings are taken together: each alone, all, and everything between."""
    sizes = range(2, len(offering))
    for size in (1, len(offering), *sizes) if len(offering) > 1 else range(1, len(offering) + 1):
        for some in combinations(offering, size):
            yield from product(*[note.others for note in some])


def _retyped(text: str, changes: list[Change]) -> str | None:
    """The text with all the changes made; None where two of them are of the same characters."""
    out: list[str] = []
    done = 0
    # At one place a bracket closes before another opens, and what is taken away goes last.
    for start, end, instead in sorted(changes, key=lambda change: (change[0], change[1], change[2] not in (")", "]"))):
        if start < done:
            return None
        out += (text[done:start], instead)
        done = end
    return "".join([*out, text[done:]])
