"""The file `course.yaml`, which makes a folder of lessons a course: its title, and the order of its lessons.

    read_course_file(Path("lessons/course.yaml")).course.order          # ("what-a-derivative-is", ...)

It is read as strictly as a lesson and with the same reader; what it says about the lessons beside it is compared with
them here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from tutor.lesson.document import Fault, YamlDocument
from tutor.lesson.findings import LessonProblem
from tutor.lesson.keys import did_you_mean
from tutor.lesson.prerequisites import Header
from tutor.lesson.reader import problem_at, read_file
from tutor.lesson.schema import Name, OptionalText, RequiredText


class Course(BaseModel):
    """A course: its title, and which lessons of the folder belong to it, in which order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Annotated[Literal["1"], WithJsonSchema({"const": 1})]
    title: RequiredText
    order: tuple[Name, ...] = Field(
        min_length=1,
        description="Ids of lessons, each after those that it needs; a lesson that is left out is a draft.")
    version: OptionalText = Field("", description="The version of the course, such as 1.2.")


@dataclass(frozen=True)
class CourseSource:
    """The file of a course: its document, the course if it can be used, and what is wrong with it."""

    file: str
    document: YamlDocument
    course: Course | None
    problems: tuple[LessonProblem, ...]


def read_course_file(file: Path) -> CourseSource:
    """The course of a file, if it has one, and all problems, in the order of the file."""
    found = read_file(file, Course, _repeated)
    return CourseSource(str(file), found.document, found.model, found.problems)


def _repeated(document: YamlDocument) -> Iterator[Fault]:
    """Lessons that stand in the order more than once."""
    order = document.data.get("order") if isinstance(document.data, dict) else None
    seen: set[str] = set()
    for index, name in enumerate(order if isinstance(order, list) else []):
        if isinstance(name, str) and name in seen:
            yield Fault(document.place(("order", index)), "L103", f"{name} is already in the order.")
        if isinstance(name, str):
            seen.add(name)


def order_problems(source: CourseSource, lessons: Sequence[Header]) -> Iterator[LessonProblem]:
    """What does not fit between the order in the file of a course and the lessons of its folder."""
    if source.course is None:
        return
    order, known = source.course.order, {lesson.id: lesson for lesson in lessons}
    for index, name in enumerate(order):
        place = source.document.place(("order", index))
        if name not in known:
            guess = did_you_mean(name, known.keys() - set(order))
            yield problem_at(source, place, "L130", f"No lesson of this folder has the id {name}.{guess}")
            continue
        for need in known[name].needs:
            if need in order[index + 1:]:
                yield problem_at(source, place, "L131", f"{name} needs {need}, which comes after it.")
            elif need in known and need not in order:
                yield problem_at(source, place, "L131", f"{name} needs {need}, which the order leaves out.")
    for lesson in lessons:
        if lesson.id not in order:
            yield problem_at(source, source.document.key_place(("order",)), "L330",
                             f"{lesson.id} ({Path(lesson.file).name}) is not in the order.")


def course_schema() -> dict[str, Any]:
    """The JSON Schema of the file of a course, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Course.model_json_schema()}
