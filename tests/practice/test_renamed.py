"""The log read under the names of today."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.lesson.lessons import lesson
from tutor.lesson.outline import outline_of
from tutor.practice.progress import Progress
from tutor.practice.renamed import under_present_names
from tutor.practice.store import Attempt

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def attempt(lesson: str = "old", rule: str = "power", form: str = "u^n") -> Attempt:
    return Attempt(NOW, "s", 1, lesson, "before", 3, "d/dx x^2", rule, form)


def test_what_was_done_under_a_former_name_counts() -> None:
    renamed = lesson({"id": "after", "formerly": "before", "given": "x^2"}, id="new", formerly="old")
    question = attempt(rule="", form="old/before")
    other = attempt(lesson="another")
    first, second, third = under_present_names([attempt(), question, other], outline_of([renamed]))
    assert (first.lesson, first.item, first.form) == ("new", "after", "u^n")
    assert second.form == "new/after"
    assert third is other
    assert ("new", "after") in Progress(iter([first])).items
