"""A course: the lessons of a folder, each after those that it needs.

    [lesson.id for lesson in load_course()]
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from tutor.compiled import COURSE, kept, packed, unpacked
from tutor.errors import TutorError
from tutor.files import data_folder
from tutor.lesson.document import Place
from tutor.lesson.reader import LessonErrors, LessonProblem, Source, read_source
from tutor.lesson.schema import Lesson


def load_course(folder: Path | None = None) -> tuple[Lesson, ...]:
    """The lessons of a folder, by default those of the product, in the order in which they can be learned.

    Raises LessonErrors with everything that is wrong with any of them, or with what they need; warnings alone are no
    reason to.
    """
    if folder is None:
        return kept(COURSE, lambda: load_course(data_folder("lessons")), dump, restore)
    sources = [read_source(file) for file in sorted(folder.glob("*.yaml"))]
    problems = [problem for source in sources for problem in source.problems]
    problems += prerequisites(sources)
    if not all(problem.is_warning for problem in problems):
        raise LessonErrors(problems)
    return in_order([source.lesson for source in sources if source.lesson is not None])


def lessons_at(path: Path) -> tuple[Lesson, ...]:
    """The lesson of a file, or those of a folder in the order in which they can be learned.

    They may need lessons of the product, too. Raises LessonErrors, with everything that is wrong with any of them.
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    sources = with_prerequisites([read_source(file) for file in files])
    problems = [problem for source in sources for problem in source.problems if not problem.is_warning]
    if path.is_dir() and not files:
        raise TutorError(f"There is no lesson in {path}: lessons are files that end with .yaml.")
    if problems:
        raise LessonErrors(problems)
    return in_order([source.lesson for source in sources if source.lesson is not None])


def dump(lessons: Sequence[Lesson]) -> bytes:
    """Lessons as plain data."""
    return packed([lesson.model_dump() for lesson in lessons])


def restore(data: bytes) -> tuple[Lesson, ...]:
    """Undo `dump`."""
    return tuple(Lesson.model_validate(written) for written in unpacked(data))


def with_prerequisites(sources: Sequence[Source]) -> list[Source]:
    """The files, each with the problems of what it needs: looked for among them, beside them, and in the product."""
    given = {Path(os.path.realpath(source.file)) for source in sources}  # resolve() gives up on links in a circle
    folders = dict.fromkeys([*(file.parent for file in sorted(given)), data_folder("lessons").resolve()])
    others = [read_source(file) for folder in folders for file in sorted(folder.glob("*.yaml"))
              if Path(os.path.realpath(file)) not in given]
    taken = {source.lesson.id for source in sources if source.lesson is not None}
    others = [source for source in others if source.lesson is not None and source.lesson.id not in taken]
    problems = list(prerequisites([*sources, *others]))
    return [replace(source, problems=(*source.problems, *(
        problem for problem in problems if problem.file == source.file))) for source in sources]


def in_order(lessons: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """The lessons, each after those that it needs; by name where nothing decides. Their needs must have no cycle."""
    left = {lesson.id: lesson for lesson in sorted(lessons, key=lambda lesson: lesson.id)}
    ordered: list[Lesson] = []
    while left:
        ready = next((lesson for lesson in left.values() if left.keys().isdisjoint(lesson.needs)), None)
        assert ready is not None, "lessons that need each other"
        ordered.append(left.pop(ready.id))
    return tuple(ordered)


def prerequisites(sources: Sequence[Source]) -> Iterator[LessonProblem]:
    """Ids that two lessons have, needs that no lesson meets, and lessons that need each other."""
    first: dict[str, Source] = {}
    for source in sources:
        if source.lesson is not None:
            earlier = first.setdefault(source.lesson.id, source)
            if earlier is not source:
                yield source.problem(source.document.place(("id",)), "L122",
                                     f"{earlier.file} has the id {source.lesson.id} too.")
    yield from _former_ids(first)
    for source in first.values():
        for index, need in enumerate(source.lesson.needs if source.lesson else ()):
            if need not in first:
                near = get_close_matches(need, first, 1, cutoff=0.6)
                guess = f" Did you mean {near[0]}?" if near else ""
                yield source.problem(source.document.place(("needs", index)), "L120",
                                     f"There is no lesson {need}.{guess}")
    for circle in _circles({name: [need for need in source.lesson.needs if need in first]
                            for name, source in first.items() if source.lesson is not None}):
        source = first[circle[0]]
        yield source.problem(_needs_place(source), "L121", _circle_in_words(circle))


def _former_ids(sources: Mapping[str, Source]) -> Iterator[LessonProblem]:
    """Former ids that another lesson has, or had."""
    claimed: dict[str, Source] = {}
    for source in sources.values():
        for index, former in enumerate(source.lesson.formerly if source.lesson else ()):
            other = sources.get(former) or claimed.setdefault(former, source)
            if other is not source or former in sources:
                has = "has" if former in sources else "had"
                yield source.problem(source.document.place(("formerly", index)), "L123",
                                     f"{other.file} {has} the id {former}.")


def _needs_place(source: Source) -> Place:
    return source.document.key_place(("needs",))


_NAMED = 6
"""Lessons of a circle that are named; a longer one is told by its beginning."""


def _circle_in_words(circle: Sequence[str]) -> str:
    if len(circle) <= _NAMED:
        return f"{' needs '.join([*circle, circle[0]])}."
    return f"{' needs '.join(circle[:_NAMED])}, and so on through {len(circle)} lessons back to {circle[0]}."


def _circles(needs: dict[str, list[str]]) -> Iterator[list[str]]:
    """Each way of needs that comes back to where it began, once, from its first lesson by name."""
    left = dict(sorted(needs.items()))
    while left:
        free = [name for name, needed in left.items() if left.keys().isdisjoint(needed)]
        for name in free:
            del left[name]
        if not free:
            circle = [next(iter(left))]
            while (following := next(need for need in left[circle[-1]] if need in left)) not in circle:
                circle.append(following)
            circle = circle[circle.index(following):]
            yield circle
            for name in circle:
                del left[name]
