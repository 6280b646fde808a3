"""What there is to do today: reviews that are due, and the lesson that comes next.

    today(Progress(), outline(), now).sentences     # ("Begin with the first lesson: What a derivative is (1 of 13).",)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tutor.lesson.outline import Entry
from tutor.practice.progress import Progress
from tutor.practice.statistics import when


class Today(NamedTuple):
    """What there is to do.

    due: skills whose day has come; lesson: the first lesson of the course with an item that was never asked, None if
    there is none left; number, lessons: which one it is, and of how many; begun: whether one of its items was asked;
    sentences: all of this in words.
    """

    due: int
    lesson: Entry | None
    number: int
    lessons: int
    begun: bool
    sentences: tuple[str, ...]


def today(progress: Progress, course: Sequence[Entry], now: datetime) -> Today:
    """What there is to do now for someone with this progress."""
    due = len(progress.due(now))
    for number, entry in enumerate(course, 1):
        asked = sum((entry.lesson, item) in progress.items for item in entry.items)
        if asked < len(entry.items):
            what = f"{entry.title} ({number} of {len(course)})"
            return Today(due, entry, number, len(course), asked > 0, _sentences(progress, due, what, asked > 0, now))
    return Today(due, None, 0, len(course), False, _sentences(progress, due, "", False, now))


def _sentences(progress: Progress, due: int, lesson: str, begun: bool, now: datetime) -> tuple[str, ...]:
    """lesson: its title and place, or "" if all lessons were done."""
    if not progress.items and lesson:
        return (f"Begin with the first lesson: {lesson}.",)
    if due:
        skills = "1 skill is due" if due == 1 else f"{due} skills are due"
        then = "" if not lesson else f", then {'go on with' if begun else 'the next lesson:'} {lesson}"
        return (f"{skills}{then}.",)
    next_due = min((card.due for card in progress.cards.values()), default=None)
    later = "Nothing is due." if next_due is None else (
        f"Nothing is due today; the next review comes {when(next_due, now)}.")
    if not lesson:
        return ("You have seen every lesson of the course.", later)
    return (f"{'Go on with' if begun else 'The next lesson:'} {lesson}.", later)
