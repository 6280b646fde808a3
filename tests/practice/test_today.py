"""What there is to do today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.practice.course import CHAIN, COURSE, NOW, POWERS, attempt
from tutor.lesson.outline import outline_of
from tutor.lesson.schema import Lesson
from tutor.practice.progress import Progress
from tutor.practice.store import Attempt
from tutor.practice.today import today


def seen(lesson: Lesson, count: int) -> list[Attempt]:
    """A log in which so many items of a lesson were asked."""
    return [attempt("asked", lesson=lesson.id, item=item.name, turn=turn)
            for turn, item in enumerate(lesson.items[:count])]


@pytest.mark.parametrize(("log", "days", "sentences"), [
    ([], 0, ["Begin with the first lesson: Powers (1 of 2)."]),
    (seen(POWERS, 2), 0, ["Go on with the lesson: Powers (2 of 5 exercises seen)."]),
    ([*seen(POWERS, 5), attempt("wrong", grade="again")], 0,
     ["The next lesson: Inside and outside (2 of 2).", "The next skill is due tomorrow."]),
    ([*seen(POWERS, 5), attempt("wrong", grade="again")], 9,
     ["1 skill is due, then the next lesson: Inside and outside (2 of 2)."]),
    ([*seen(POWERS, 5), *seen(CHAIN, 2), attempt("wrong", grade="again"),
      attempt("wrong", rule="chain", grade="again")], 9, ["2 skills are due; every lesson is done."]),
    ([*seen(POWERS, 5), *seen(CHAIN, 2), attempt("wrong", grade="again")], 0,
     ["Nothing is due now.", "The next skill is due tomorrow."]),
    ([*seen(POWERS, 5), *seen(CHAIN, 2)], 0, ["Nothing is due now."]),
    (seen(CHAIN, 1), 0, ["The next lesson: Powers (1 of 2)."]),  # begun, but not with the first one
])
def test_what_to_do_today(log: list[Attempt], days: int, sentences: list[str]) -> None:
    assert list(today(Progress(log), outline_of(COURSE), NOW + timedelta(days=days)).sentences) == sentences


def test_of_one_lesson_alone_no_place_is_told() -> None:
    assert today(Progress(), outline_of([POWERS]), NOW).sentences == ("Begin the lesson: Powers.",)
