"""What is wrong with lessons, and what a check of one comes to: the data that others make and show.

    str(LessonProblem("a.yaml", 6, 21, "L104", "m does not occur in x^2."))
    # "a.yaml:6:21: L104 a letter that is not in the item: m does not occur in x^2."

It imports nothing that takes long: a check whose result is known already only reads and shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tutor.errors import TutorError
from tutor.lesson.codes import CODES, is_warning


@dataclass(frozen=True)
class LessonProblem:
    """One thing that is wrong with a lesson file.

    line, column: from 1; code: of `codes.py`; message: what is wrong here; text: the line itself.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    text: str = ""

    @property
    def is_warning(self) -> bool:
        """Whether the lesson can be used all the same."""
        return is_warning(self.code)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {CODES[self.code].meaning}: {self.message}"


class LessonErrors(TutorError):
    """Lessons that cannot be used; `found` has everything that is wrong with them."""

    def __init__(self, found: Iterable[LessonProblem]) -> None:
        self.found = tuple(found)
        super().__init__("\n".join(map(str, self.found)))


@dataclass(frozen=True)
class Examination:
    """What was found about a lesson: how much was looked at, and every problem, in the order of the file.

    lessons: how many are in order, for the file of a course; None for a lesson.
    """

    lesson: str
    items: int
    variants: int
    problems: tuple[LessonProblem, ...]
    lessons: int | None = None

    @property
    def passed(self) -> bool:
        """Whether the lesson can be used: warnings do not count."""
        return all(problem.is_warning for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many of the problems are warnings."""
        return sum(problem.is_warning for problem in self.problems)

    def with_problems(self, more: Iterable[LessonProblem]) -> Examination:
        """The same with further problems, each in its place."""
        problems = sorted((*self.problems, *more), key=lambda problem: (problem.line, problem.column))
        return replace(self, problems=tuple(dict.fromkeys(problems)))
