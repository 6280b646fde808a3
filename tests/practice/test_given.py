"""The lines of a solution that are given."""

from __future__ import annotations

import pytest

from tests.lesson.lessons import exercise
from tutor.lesson.course import load_course
from tutor.lesson.readable import without_at
from tutor.lesson.variants import exercises
from tutor.practice.given import first_lines


@pytest.mark.parametrize(("given", "left", "lines"), [
    ("x^5", 1, []), ("x^5", None, []),
    ("sin(x^2)", 1, ["d/dx [sin(x^2)]", "d/du [sin(u)] at (u = x^2)*d/dx [x^2]", "cos(x^2)*d/dx [x^2]"]),
    ("x^2*sin(x)", 2, ["d/dx [x^2*sin(x)]", "d/dx [x^2]*sin(x) + x^2*d/dx [sin(x)]"]),
])
def test_the_first_lines(given: str, left: int | None, lines: list[str]) -> None:
    found = [str(line) for line in first_lines(exercise({"given": given}), left)]
    assert len(found) == len(lines)
    assert found[:2] == lines[:2]


def test_every_line_that_is_given_can_be_read() -> None:
    for lesson in load_course():
        for item in lesson.items:
            made = exercises(lesson, item).variant(5)
            for left in (1, 2):
                found = first_lines(made, left)
                assert len(found) != 1
                for line in found:
                    readable = without_at(line)
                    assert readable is not None
                    assert str(readable[0]).count(" at (") == (line.head == "at")
