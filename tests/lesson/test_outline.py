"""The table of contents of the course."""

from __future__ import annotations

from tutor.lesson.course import load_course
from tutor.lesson.outline import course_outline, dump, outline_of, restore


def test_it_is_that_of_the_course() -> None:
    assert course_outline() == outline_of(load_course())
    assert restore(dump(course_outline())) == course_outline()
    assert [entry.lesson for entry in course_outline()] == [lesson.id for lesson in load_course()]
