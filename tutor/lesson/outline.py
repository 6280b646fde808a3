"""The course as a table of contents: what each lesson is called and which items it has, without their contents.

    [entry.title for entry in course_outline()]

Reading it is much quicker than reading the lessons: the first screen needs no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tutor.compiled import OUTLINE, kept, packed, unpacked

if TYPE_CHECKING:
    from tutor.lesson.schema import Lesson


class Entry(NamedTuple):
    """A lesson of the course.

    lesson: its id; items: their names; formerly: what the lesson was called before; former_items: pairs of what an
    item was called before and its name today.
    """

    lesson: str
    title: str
    items: tuple[str, ...]
    formerly: tuple[str, ...] = ()
    former_items: tuple[tuple[str, str], ...] = ()


def course_outline() -> tuple[Entry, ...]:
    """The lessons of the product, in the order in which they can be learned. Raises what `load_course` raises."""
    return kept(OUTLINE, _from_the_lessons, dump, restore)


def _from_the_lessons() -> tuple[Entry, ...]:
    from tutor.lesson.course import load_course

    return outline_of(load_course())


def outline_of(lessons: Sequence[Lesson]) -> tuple[Entry, ...]:
    """The table of contents of these lessons."""
    return tuple(
        Entry(lesson.id, lesson.title, tuple(item.name for item in lesson.items), lesson.formerly,
              tuple((former, item.name) for item in lesson.items for former in item.formerly))
        for lesson in lessons)


def dump(entries: Sequence[Entry]) -> bytes:
    """A table of contents as plain data."""
    return packed([tuple(entry) for entry in entries])


def restore(data: bytes) -> tuple[Entry, ...]:
    """Undo `dump`."""
    return tuple(Entry(*entry) for entry in unpacked(data))
