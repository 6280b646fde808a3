"""Which exercise comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.narrowed import not_none
from tests.practice.course import CHAIN, COURSE, NOW, POWERS, attempt
from tutor.lesson.course import load_course
from tutor.lesson.schema import Lesson
from tutor.practice.progress import Progress
from tutor.practice.schedule import Picked, exercise_text, pick
from tutor.practice.store import Attempt, AttemptOutcome


def asked(picked: Picked, turn: int, at: datetime = NOW) -> Attempt:
    rule, form = picked.exercise.skill
    return Attempt(at, "s", turn, picked.exercise.lesson, picked.exercise.item, picked.exercise.seed,
                   exercise_text(picked.exercise), rule, form, picked.exercise.rules)


def played(rights: list[bool], lessons: Sequence[Lesson] = COURSE, seed: int = 1,
           apart: timedelta = timedelta(seconds=30)) -> list[Picked]:
    """What is asked of a learner whose answers are right or wrong like this."""
    progress, random, picks, now = Progress(), Random(seed), [], NOW
    for turn, right in enumerate(rights, 1):
        picked = pick(lessons, progress, now, random)
        assert picked is not None
        picks.append(picked)
        begun = asked(picked, turn, now)
        progress.add(begun)
        if not right:
            progress.add(progress.grade(replace(begun, outcome="wrong", seconds=30, at=now)))
        done = replace(begun, outcome="right", seconds=30, at=now)
        progress.add(progress.grade(done) if right else done)
        now += apart
    return picks


def test_a_new_rule_begins_with_a_worked_example_and_steps_shown() -> None:
    first, second, third = played([True, True, True], [CHAIN])
    assert str(not_none(first.example).problem) == "d/dx [sin(x^2)]"
    assert (first.left, first.why) == (1, "new")
    assert (second.example, second.left) == (None, 2)
    assert (third.example, third.left) == (None, None)


def test_who_fails_keeps_the_steps() -> None:
    picks = played([False, False, True, True, True], [CHAIN])
    assert [picked.left for picked in picks] == [1, 1, 1, 2, None]
    assert sum(picked.example is not None for picked in picks) == 1


def test_an_example_is_not_the_exercise_itself() -> None:
    lesson = Lesson.model_validate({
        "format": "1", "id": "one", "title": "One", "teaches": ["chain"],
        "examples": ["d/dx [sin(x^2)]", "d/dx [e^(3x)]"], "items": [{"given": "sin(x^2)"}]})
    picked = not_none(pick([lesson], Progress(), NOW, Random(1)))
    assert str(not_none(picked.example).problem) == "d/dx [e^(3*x)]"


def test_new_items_come_in_the_order_of_the_course() -> None:
    picks = played([True] * 4)
    assert [picked.exercise.lesson for picked in picks] == ["powers"] * 4
    assert {picked.exercise.item for picked in picks[:3]} == {"power", "root", "reciprocal-power"}


def test_a_wrong_line_that_is_asked_for_by_its_name_is_asked() -> None:
    alone = POWERS.model_copy(update={"items": (POWERS.item("slip"),)})
    picked = not_none(pick([alone], Progress(), NOW, Random(1)))
    assert (picked.exercise.item, picked.exercise.ask) == ("slip", "find-the-wrong-line")


def test_a_wrong_line_is_looked_for_only_where_the_right_rule_was_met() -> None:
    first = {not_none(pick([POWERS], Progress(), NOW, Random(seed))).exercise.item for seed in range(20)}
    assert "slip" not in first
    assert "slip" in [picked.exercise.item for picked in played([True] * 6, [POWERS])]


@given(st.lists(st.booleans(), min_size=1, max_size=14), st.integers(0, 1000))
@settings(deadline=None, max_examples=25)
def test_the_same_log_clock_and_chance_give_the_same(rights: list[bool], seed: int) -> None:
    names = [picked.exercise.name for picked in played(rights, seed=seed)]
    assert names == [picked.exercise.name for picked in played(rights, seed=seed)]


@given(st.lists(st.booleans(), min_size=12, max_size=20), st.integers(0, 1000))
@settings(deadline=None, max_examples=20)
def test_rules_are_mixed_once_each_had_its_first_items(rights: list[bool], seed: int) -> None:
    before = [attempt("asked", rule=rule, lesson=lesson, item=item, form="u", turn=turn)
              for turn, (rule, lesson, item) in enumerate([
                  ("power", "powers", "power"), ("chain", "chain", "linear")] * 3)]
    progress, random, last = Progress([*before, attempt("skipped", turn=5)]), Random(seed), ""
    for turn, right in enumerate(rights, 10):
        picked = not_none(pick(COURSE, progress, NOW, random))
        rule = picked.exercise.skill.rule
        assert not rule or rule != last
        begun = asked(picked, turn)
        progress.add(begun)
        progress.add(progress.grade(replace(begun, outcome="right" if right else "shown")))
        last = rule


@given(st.integers(0, 1000))
@settings(deadline=None, max_examples=15)
def test_no_exercise_comes_twice_while_there_are_fresh_ones(seed: int) -> None:
    lesson = POWERS.model_copy(update={"items": POWERS.items[:1]})
    texts = [exercise_text(picked.exercise) for picked in played([True] * 7, [lesson], seed)]
    assert len(set(texts)) == 7


def test_what_is_due_comes_before_what_is_new() -> None:
    log = [attempt("asked"), attempt("right", grade="good")]
    progress = Progress(log)
    assert not_none(pick([POWERS], progress, NOW + timedelta(minutes=1), Random(1))).why == "new"
    due = not_none(pick([POWERS], progress, NOW + timedelta(days=30), Random(1)))
    assert (due.why, due.exercise.skill) == ("due", ("power", "integer"))


def test_a_due_skill_is_reviewed_in_its_form() -> None:
    lesson = Lesson.model_validate({
        "format": "1", "id": "powers", "title": "Powers", "teaches": ["power"],
        "items": [{"id": "power", "given": "x^n", "vary": {"n": ["2", "1/2", "3", "3/2", "5"]}}]})
    for form in ("integer", "fraction"):
        progress = Progress([attempt("asked", form=form), attempt("right", grade="good", form=form)])
        found = not_none(pick([lesson], progress, NOW + timedelta(days=30), Random(3)))
        assert found.exercise.skill == ("power", form)


def test_what_was_left_open_comes_first() -> None:
    first = not_none(pick(COURSE, Progress(), NOW, Random(5)))
    progress = Progress([asked(first, 1)])
    again = not_none(pick(COURSE, progress, NOW + timedelta(days=9), Random(6)))
    assert (again.exercise.name, again.why) == (first.exercise.name, "unfinished")
    other = not_none(pick([CHAIN], progress, NOW, Random(6)))
    assert other.exercise.lesson == "chain"


def test_what_was_left_open_and_was_changed_since_is_not_asked() -> None:
    first = not_none(pick(COURSE, Progress(), NOW, Random(5)))
    progress = Progress([replace(asked(first, 1), exercise="another text")])
    assert not_none(pick(COURSE, progress, NOW, Random(6))).why != "unfinished"


@pytest.mark.parametrize("lessons", [[], [Lesson.model_validate({"format": "1", "id": "empty", "title": "Empty"})]])
def test_nothing_to_practise(lessons: list[Lesson]) -> None:
    assert pick(lessons, Progress(), NOW, Random(1)) is None


def test_who_makes_many_mistakes_still_meets_new_items() -> None:
    picks = played([False] * 12, apart=timedelta(minutes=2))
    assert {picked.exercise.item for picked in picks} >= {"power", "root", "reciprocal-power", "flat"}
    assert sum(picked.why == "again" for picked in picks) >= 3


@pytest.mark.parametrize("wrong_share", [0, 0.25])
def test_a_month_of_the_course(wrong_share: float) -> None:
    """Nobody goes in circles: every day brings something new, and no item comes more than twice a day."""
    course, progress, random, chance = load_course(), Progress(), Random(3), Random(4)
    lessons: set[str] = set()
    for day in range(20):
        now, asked_today = NOW + timedelta(days=day), []
        for turn in range(10):
            picked = not_none(pick(course, progress, now, random))
            asked_today.append(picked)
            begun = replace(asked(picked, turn, now), session=str(day))
            progress.add(begun)
            outcome: AttemptOutcome = "shown" if chance.random() < wrong_share else "right"
            progress.add(progress.grade(replace(begun, outcome=outcome, seconds=30)))
            now += timedelta(seconds=40)
        times = Counter(picked.exercise.item for picked in asked_today)
        assert max(times.values()) <= 2
        assert sum(picked.why == "new" for picked in asked_today) >= 2
        lessons.update(picked.exercise.lesson for picked in asked_today)
    assert len(lessons) >= (9 if not wrong_share else 7)
