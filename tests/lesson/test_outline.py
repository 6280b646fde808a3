"""The table of contents of the course."""

from __future__ import annotations

from tutor.lesson.course import load_course
from tutor.lesson.outline import dump, outline, outline_of, restore


def test_it_is_that_of_the_course() -> None:
    assert outline() == outline_of(load_course())
    assert restore(dump(outline())) == outline()
    assert [entry.lesson for entry in outline()] == [lesson.id for lesson in load_course()]
