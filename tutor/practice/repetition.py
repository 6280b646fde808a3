"""What is not repeated in a session: a note on how something was read, or the explanation just given.

    told = set()
    news(judgement, told)       # all notes; the next time only those that are new
"""

from __future__ import annotations

from dataclasses import replace

from tutor.expression.notes import Note
from tutor.judge.diagnosis import Text
from tutor.lesson.choosing import NOT_THAT_ONE
from tutor.lesson.judging import TO_THE_HINTS, Judgement


def news(judgement: Judgement, told: set[str]) -> list[Note]:
    """The notes on an answer that are worth showing: no note twice, and one of each kind as long as answers are right.

    told: what was said before; what is said now is added to it.
    """
    found = [note for note in judgement.notes if note.message not in told and (
        judgement.outcome != "right" or not note.kind or note.kind not in told)]
    told.update(each for note in found for each in (note.message, note.kind))
    return found


def without_repetition(judgement: Judgement, before: Judgement) -> Judgement:
    """A judgement that does not explain in the same words what was explained just before."""
    said = judgement.texts
    if judgement.outcome != "wrong" or said != before.texts or said[-1] in (TO_THE_HINTS, NOT_THAT_ONE):
        return judgement
    return replace(judgement, texts=(Text("The same is true of this answer. ? gives a hint.", {}),))
