"""Lessons made in tests, and what is drawn from them."""

from __future__ import annotations

from typing import Any

from tutor.lesson.exercise import Exercise
from tutor.lesson.schema import Lesson
from tutor.lesson.variants import exercises


def lesson(*items: dict[str, Any], teaches: tuple[str, ...] = (), **more: Any) -> Lesson:
    """A lesson with these items."""
    written = {"format": "1", "id": "made", "title": "Made", "teaches": teaches, "items": items}
    return Lesson.model_validate(written | more)


def exercise(item: dict[str, Any], seed: int = 0, teaches: tuple[str, ...] = (), **more: Any) -> Exercise:
    """One exercise of a lesson with this one item."""
    made = lesson(item, teaches=teaches, **more)
    return exercises(made, made.items[0]).variant(seed)
