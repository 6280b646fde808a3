"""Errors that a person can act on: what happened, where, and what to do.

Every error that the tutor raises on purpose is a `TutorError`. It carries the text it speaks of and the
position in it, so that any view can put a caret under the right character:

    try:
        tutor.parse("In(x)")
    except tutor.TutorError as error:
        print(error.position, error)      # (0, 2) There is no function In. Did you mean ln ...?
"""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with a text: a message and the half-open span of characters it speaks of."""

    message: str
    start: int
    end: int


class TutorError(Exception):
    """The one root of all errors of this package.

    `problems` lists everything found at once; `text` is the input they point into ("" where there is none).
    """

    def __init__(self, message: str, *, text: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.text = text
        self.problems = problems

    @property
    def position(self) -> tuple[int, int] | None:
        """Start and end of the first problem in `text`, counted in characters from 0; None where there is none."""
        return (self.problems[0].start, self.problems[0].end) if self.problems else None


class NotationError(TutorError):
    """A text that is not in the learner's notation."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        super().__init__(problems[0].message, text=text, problems=tuple(problems))


def refused(text: str, message: str) -> NotationError:
    """What is wrong with a text as a whole, and not at one place of it."""
    return NotationError(text, [Problem(message, 0, max(len(text), 1))])


class LimitError(TutorError):
    """Something exceeds a limit in `tutor.limits`."""


class RulebookError(TutorError):
    """An error in a rulebook file; the message begins with file:line:column."""

    def __init__(self, file: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{file}:{line}:{column}: {message}")
        self.file, self.line, self.column = file, line, column


class NoProgress(TutorError):
    """No rule of the rulebook applies to what is left to do, or the steps ran out.

    `goal` is the text of the open problem, `steps` the number of steps made before it, `report` what was tried on it,
    in sentences.
    """

    def __init__(self, message: str, goal: str, steps: int, report: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.goal, self.steps, self.report = goal, steps, report
