"""Former names: a lesson or an item that was renamed says what it was called, and keeps what learners did with it.

    present = PresentNames(outline_of([lesson]))        # whose item power says formerly: powers
    present.of("powers-and-sums", "powers")             # ("powers-and-sums", "power")

The log keeps the names under which things were asked; whoever reads it asks here for those of today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tutor.lesson.outline import Entry

if TYPE_CHECKING:
    from tutor.lesson.document import Fault, YamlDocument
    from tutor.lesson.schema import Lesson


class PresentNames:
    """The names of today for those of the log. A name that something has today is never taken for a former one."""

    def __init__(self, course: Sequence[Entry]) -> None:
        ids = {entry.lesson for entry in course}
        self.lessons = {former: entry.lesson for entry in course for former in entry.formerly if former not in ids}
        self.items = {(entry.lesson, former): item for entry in course for former, item in entry.former_items
                      if former not in entry.items}

    def of(self, lesson: str, item: str) -> tuple[str, str]:
        """The names of a lesson and of an item of it today; the same ones where nothing was renamed."""
        lesson = self.lessons.get(lesson, lesson)
        return lesson, self.items.get((lesson, item), item)


def taken_names(document: YamlDocument, lesson: Lesson) -> Iterator[Fault]:
    """The former names of the items of a lesson that another item has, or had."""
    from tutor.lesson.document import Fault

    lines = {item.name: document.place(("items", index)).line for index, item in enumerate(lesson.items)}
    claimed: dict[str, int] = {}
    for index, item in enumerate(lesson.items):
        for number, former in enumerate(item.formerly):
            place = document.place(("items", index, "formerly", number))
            taken = lines.get(former) or claimed.get(former)
            if taken is not None:
                has = "has" if former in lines else "had"
                yield Fault(place, "L119", f"The item in line {taken} {has} the name {former}.")
            claimed.setdefault(former, lines[item.name])
