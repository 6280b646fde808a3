"""What a log adds up to, for an author and for a learner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.lesson.lessons import lesson
from tests.practice.course import CHAIN, COURSE, POWERS
from tests.practice.course import attempt as asked
from tutor.expression.parse import parse
from tutor.lesson.schema import Lesson
from tutor.lesson.variants import exercises
from tutor.practice.progress import Progress
from tutor.practice.statistics import (
    item_statistics,
    lesson_statistics,
    skill_statistics,
    unexplained,
    when,
)
from tutor.practice.store import Attempt, AttemptOutcome, Grade

BASE = Attempt(datetime(2026, 1, 1, tzinfo=UTC), "s", 1, "products", "", 1, "x*sin(x)", "product", "f*g")


def attempt(item: str, outcome: AttemptOutcome, reading: str = "", grade: Grade = "",
            misconceptions: tuple[str, ...] = ()) -> Attempt:
    return replace(BASE, item=item, outcome=outcome, reading=reading, grade=grade, misconceptions=misconceptions)


def test_items_that_nobody_gets_right_come_first() -> None:
    found = item_statistics([attempt("easy", "right", grade="good"), attempt("hard", "wrong", grade="again"),
                             attempt("hard", "right"), attempt("easy", "asked")])
    assert [(each.item, each.asked, each.right) for each in found] == [("hard", 1, 0), ("easy", 1, 1)]


def test_wrong_answers_are_grouped_by_value() -> None:
    found = unexplained([attempt("hard", "wrong", "2*x"), attempt("hard", "wrong", "x + x"),
                         attempt("hard", "wrong", "3"),
                         attempt("hard", "wrong", "x", misconceptions=("product_of_derivatives",)),
                         attempt("hard", "right", "x")])
    assert [(each.times, each.answers) for each in found] == [(2, ("2*x", "x + x")), (1, ("3",))]


def test_what_the_author_says_something_of_is_explained() -> None:
    made = lesson({"id": "foreseen", "given": "a*x^2", "vary": {"a": "3..5"}, "expect": [
        {"a*x": "Bring the exponent down, too.", "2*x": "wrong"}]}, id="products")
    log = [attempt("foreseen", "wrong", "x + 3*x"), attempt("foreseen", "wrong", "2*x"),
           attempt("gone", "wrong", "4*x"), attempt("foreseen", "wrong", "5*x")]
    assert exercises(made, made.items[0]).variant(1).given is parse("4*x^2")
    assert len(unexplained(log)) == 4
    assert [each.answers for each in unexplained(log, [made])] == [("2*x",), ("5*x",), ("4*x",)]


NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_skills_and_when_they_are_due() -> None:
    progress = Progress([attempt("easy", "wrong", grade="again")])
    (skill,) = skill_statistics(progress)
    assert (skill.rule, skill.form, skill.last) == ("product", "f*g", NOW)
    assert when(skill.due, NOW) == "tomorrow"


def test_when() -> None:
    assert [when(NOW + timedelta(hours=hours), NOW) for hours in (-1, 0, 5, 25, 50)] == [
        "now", "now", "now", "tomorrow", "in 2 days"]


def seen(lesson: Lesson, count: int) -> list[Attempt]:
    """A log in which so many items of a lesson were asked."""
    return [asked("asked", lesson=lesson.id, item=item.name, turn=turn)
            for turn, item in enumerate(lesson.items[:count])]


@pytest.mark.parametrize(("powers", "chain", "states"), [
    (0, 0, ["next", "later"]), (2, 0, ["begun", "next"]), (5, 0, ["done", "next"]), (0, 1, ["next", "begun"]),
    (5, 2, ["done", "done"]),
])
def test_how_far_each_lesson_is(powers: int, chain: int, states: list[str]) -> None:
    progress = Progress([*seen(POWERS, powers), *seen(CHAIN, chain)])
    assert [each.state for each in lesson_statistics(progress, COURSE)] == states
