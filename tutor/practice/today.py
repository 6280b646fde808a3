"""What to do today: the reviews that are due, and the next lesson.

    today(Progress(), outline(), now).sentences     # ("Begin with the first lesson: What a derivative is (1 of 31).",)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tutor.lesson.outline import Entry
from tutor.practice.progress import Progress
from tutor.practice.statistics import skill_statistics, when


class Today(NamedTuple):
    """What there is to do.

    due: how many skills are due; title: the lesson that goes on or begins after that, "" if every exercise of every
    lesson was asked; place: which lesson that is, from 1; lessons: how many there are; met, items: how many of its
    exercises were asked, and how many there are; later: when the next skill is due, "" if one is or none is known;
    has_begun: whether an exercise of any of the lessons was asked.
    """

    due: int
    title: str
    place: int
    lessons: int
    met: int
    items: int
    later: str
    has_begun: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """Such as "3 skills are due, then the next lesson: The chain rule (5 of 12)."."""
        lesson = ""
        if self.title and self.met:
            lesson = f"go on with the lesson: {self.title} ({self.met} of {self.items} exercises seen)"
        elif self.title and self.lessons == 1:
            lesson = f"begin the lesson: {self.title}"
        elif self.title:
            first = "the next lesson" if self.has_begun or self.place > 1 else "begin with the first lesson"
            lesson = f"{first}: {self.title} ({self.place} of {self.lessons})"
        if self.due:
            skills = "1 skill is due" if self.due == 1 else f"{self.due} skills are due"
            return (f"{skills}, then {lesson}." if lesson else f"{skills}; every lesson is done.",)
        later = (f"The next skill is due {self.later}.",) if self.later else ()
        return (f"{lesson[:1].upper()}{lesson[1:]}.", *later) if lesson else ("Nothing is due now.", *later)


def today(progress: Progress, course: Sequence[Entry], now: datetime) -> Today:
    """What a learner of these lessons has to do now: reviews, and the lesson from which new exercises come."""
    due, known = len(progress.due(now)), skill_statistics(progress)
    later = when(known[0].due, now) if known and not due else ""
    has_begun = any((entry.lesson, item) in progress.items for entry in course for item in entry.items)
    for place, entry in enumerate(course, 1):
        met = sum((entry.lesson, item) in progress.items for item in entry.items)
        if met < len(entry.items):
            return Today(due, entry.title, place, len(course), met, len(entry.items), later, has_begun)
    return Today(due, "", 0, len(course), 0, 0, later, has_begun)
