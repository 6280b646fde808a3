"""Former names: a lesson or an item that was renamed says what it was called, and keeps what learners did with it.

    present = PresentNames([lesson])                    # whose item power says formerly: powers
    present.of("powers-and-sums", "powers")             # ("powers-and-sums", "power")

The log keeps the names under which things were asked; whoever reads it asks here for those of today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.lesson.document import Document, Finding
from tutor.lesson.schema import Lesson


class PresentNames:
    """The names of today for those of the log. A name that something has today is never taken for a former one."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        ids = {lesson.id for lesson in lessons}
        self.lessons = {former: lesson.id for lesson in lessons for former in lesson.formerly if former not in ids}
        self.items: dict[tuple[str, str], str] = {}
        for lesson in lessons:
            names = {item.name for item in lesson.items}
            self.items |= {(lesson.id, former): item.name for item in lesson.items for former in item.formerly
                           if former not in names}

    def of(self, lesson: str, item: str) -> tuple[str, str]:
        """The names of a lesson and of an item of it today; the same ones where nothing was renamed."""
        lesson = self.lessons.get(lesson, lesson)
        return lesson, self.items.get((lesson, item), item)


def taken_names(document: Document, lesson: Lesson) -> Iterator[Finding]:
    """The former names of the items of a lesson that another item has, or had."""
    lines = {item.name: document.place(("items", index)).line for index, item in enumerate(lesson.items)}
    claimed: dict[str, int] = {}
    for index, item in enumerate(lesson.items):
        for number, former in enumerate(item.formerly):
            place = document.place(("items", index, "formerly", number))
            taken = lines.get(former) or claimed.get(former)
            if taken is not None:
                has = "has" if former in lines else "had"
                yield Finding(place, "L119", f"The item in line {taken} {has} the name {former}.")
            claimed.setdefault(former, lines[item.name])
