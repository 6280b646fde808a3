"""Lessons together: those of the product, of a folder, or those that a person named, each after those that it needs.

    [lesson.id for lesson in load_course()]
    chosen_lessons(["chain-rule", "mine/limits.yaml/at-a-corner"]).lessons

A folder with a `course.yaml` is a course: that file says which lessons belong to it, and in which order.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.compiled import COURSE, kept, packed, unpacked
from tutor.errors import TutorError
from tutor.files import data_folder
from tutor.lesson.addresses import COURSE_FILE, Address, address_of, neighbours, yaml_files
from tutor.lesson.course_file import CourseSource, order_problems, read_course_file
from tutor.lesson.findings import LessonErrors
from tutor.lesson.prerequisites import Header, header_of, header_of_file, needs_problems, prerequisites
from tutor.lesson.reader import Source, read_source
from tutor.lesson.schema import Lesson


def load_course(folder: Path | None = None) -> tuple[Lesson, ...]:
    """The lessons of a folder, by default those of the product, in the order in which they can be learned.

    Raises LessonErrors with everything that is wrong with any of them, or with what they need; warnings alone are no
    reason to.
    """
    if folder is None:
        return kept(COURSE, lambda: load_course(data_folder("lessons")), dump, restore)
    sources = [read_source(file) for file in yaml_files(folder)]
    headers = headers_of(sources)
    problems = [problem for source in sources for problem in source.problems]
    problems += prerequisites(headers)
    course = course_file_of(folder)
    if course is not None:
        problems += [*course.problems, *order_problems(course, headers)]
    if not all(problem.is_warning for problem in problems):
        raise LessonErrors(problems)
    return ordered([source.lesson for source in sources if source.lesson is not None], course)


def course_file_of(folder: Path) -> CourseSource | None:
    """The file that makes a folder a course; None if it has none."""
    file = folder / COURSE_FILE
    return read_course_file(file) if os.path.lexists(file) else None


def headers_of(sources: Sequence[Source]) -> list[Header]:
    """The headers of those files in which there is a lesson."""
    return [header for header in map(header_of, sources) if header is not None]


def ordered(lessons: Sequence[Lesson], course: CourseSource | None) -> tuple[Lesson, ...]:
    """The lessons as a course has them, or each after those that it needs."""
    if course is None or course.course is None:
        return in_order(lessons)
    known = {lesson.id: lesson for lesson in lessons}
    return tuple(known[name] for name in course.course.order if name in known)


def dump(lessons: Sequence[Lesson]) -> bytes:
    """Lessons as plain data."""
    return packed([lesson.model_dump() for lesson in lessons])


def restore(data: bytes) -> tuple[Lesson, ...]:
    """Undo `dump`."""
    return tuple(Lesson.model_validate(written) for written in unpacked(data))


def in_order(lessons: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """The lessons, each after those that it needs; by name where nothing decides. Their needs must have no cycle."""
    ids = {lesson.id for lesson in lessons}
    found: dict[str, Lesson] = {}
    while len(found) < len(ids):
        ready = [lesson for lesson in lessons
                 if lesson.id not in found and not (ids.intersection(lesson.needs) - found.keys())]
        first = min(ready, key=lambda lesson: lesson.id)
        found[first.id] = first
    return tuple(found.values())


# -- what a person named ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chosen:
    """Lessons that a person named. uncounted: the ids of those that belong to no course."""

    lessons: tuple[Lesson, ...]
    uncounted: frozenset[str] = frozenset()


def chosen_lessons(names: Sequence[str]) -> Chosen:
    """The lessons with these names or numbers, in the order of the course, and those of the files and folders.

    All of the course if nothing is named. Raises TutorError, for lessons of one's own LessonErrors with everything that
    is wrong with any of them.
    """
    if not names:
        return Chosen(load_course())
    addresses = [address_of(_name_of_number(name)) for name in names]
    wanted = {address.files[0].stem: address for address in addresses if address.is_name}
    found = [_only(lesson, wanted[lesson.id].item) for lesson in load_course() if lesson.id in wanted] if wanted else []
    uncounted: set[str] = set()
    for address in addresses:
        if not address.is_name:
            lessons, strangers = _at(address)
            found += lessons
            uncounted |= strangers
    ids = [lesson.id for lesson in found]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise TutorError(f"Two of these lessons have the id {twice}. Practise them one at a time.")
    return Chosen(tuple(found), frozenset(uncounted))


def _name_of_number(typed: str) -> str:
    """The lesson with this number in the list of lessons, such as chain-rule for 6; anything else unchanged."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len("99")) or os.path.lexists(typed):
        return typed
    course = load_course()
    return course[int(typed) - 1].id if 0 < int(typed) <= len(course) else typed


def _only(lesson: Lesson, item: str) -> Lesson:
    """The lesson with this item alone, or all of it. Raises TutorError if it has no such item."""
    return lesson.model_copy(update={"items": (lesson.item(item),)}) if item else lesson


def _at(address: Address) -> tuple[list[Lesson], set[str]]:
    """The lessons of a file or a folder, and the ids of those that belong to no course."""
    sources = with_prerequisites([read_source(file) for file in address.files])
    course = course_file_of(address.folder or address.files[0].parent)
    problems = [problem for source in sources for problem in source.problems]
    if course is not None:
        problems += course.problems
    if course is not None and address.folder is not None:
        problems += order_problems(course, headers_of(sources))
    errors = [problem for problem in problems if not problem.is_warning]
    if errors:
        raise LessonErrors(errors)
    lessons = [source.lesson for source in sources if source.lesson is not None]
    members = set() if course is None or course.course is None else set(course.course.order)
    found = ordered(lessons, course) if address.folder is not None else tuple(lessons)
    return [_only(lesson, address.item) for lesson in found], {lesson.id for lesson in found} - members


def with_prerequisites(sources: Sequence[Source]) -> list[Source]:
    """The files, each with the problems of what it needs: looked for among them, beside them, and in the product."""
    given = [Path(source.file) for source in sources]
    others = [header_of_file(file) for file in neighbours(given)]
    problems = needs_problems(headers_of(sources), [header for header in others if header is not None])
    return [replace(source, problems=(*source.problems, *(
        problem for problem in problems if problem.file == source.file))) for source in sources]
