"""Grades, mastery and the schedule, as they follow from a log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.narrowed import not_none
from tests.practice.course import NOW, attempt
from tutor.lesson.skill import Skill
from tutor.practice.progress import Progress, graded
from tutor.practice.settings import Settings
from tutor.practice.store import Attempt, AttemptOutcome

DAY = timedelta(days=1)


@pytest.mark.parametrize(("made", "was_fast", "grade"), [
    (attempt("right", seconds=60), False, "good"),
    (attempt("right", seconds=5), False, "good"),
    (attempt("right", seconds=5), True, "easy"),
    (attempt("right", seconds=60), True, "good"),
    (attempt("right", seconds=500), True, "hard"),
    (attempt("right", hints=1), False, "hard"),
    (attempt("right", hints=2, seconds=5), True, "hard"),
    (attempt("right", given=3), True, "hard"),
    (attempt("nearly"), False, "hard"),
    (attempt("right", hints=3), False, "again"),
    (attempt("hint", hints=3), False, "again"),
    (attempt("wrong"), True, "again"),
    (attempt("shown"), False, "again"),
])
def test_grades(made: Attempt, was_fast: bool, grade: str) -> None:
    found = graded(made, was_fast)
    assert found is not None
    assert found.grade == grade
    assert found.reason


@pytest.mark.parametrize("outcome", ["asked", "unreadable", "undecided", "skipped", "line", "explained"])
def test_what_decides_nothing(outcome: AttemptOutcome) -> None:
    assert graded(attempt(outcome), False) is None


def test_thresholds_can_be_set() -> None:
    assert not_none(graded(attempt(seconds=30), False, Settings(slow_seconds=10))).grade == "hard"
    assert not_none(graded(attempt(seconds=30), True, Settings(fast_seconds=40))).grade == "easy"


def forms(count: int, days: int = 1) -> list[Attempt]:
    """Unaided successes in so many forms, spread over so many days."""
    return [attempt(grade="good", form=f"form {number}", after=DAY * (number % days)) for number in range(count)]


@pytest.mark.parametrize(("log", "mastered", "words"), [
    ([], False, "not yet tried"),
    (forms(3, 2), True, "3 of 3 right without help"),
    (forms(9, 1), False, "8 of the last 8 right without help"),
    (forms(2, 2), False, "2 of 2 right without help"),
    ([*forms(8, 2), attempt("wrong", grade="again")], True, "7 of the last 8 right without help"),
    ([*forms(3, 2), attempt("wrong", grade="again")], False, "3 of 4 right without help"),
    ([attempt(grade="hard", hints=1, form=str(number), after=DAY * number) for number in range(5)], False,
     "0 of 5 right without help"),
    ([attempt(grade="hard", given=2, form=str(number), after=DAY * number) for number in range(5)], False,
     "not yet tried"),
    ([attempt("asked"), attempt(grade="hard", given=2)], False, "not yet tried alone"),
    ([attempt(grade="hard", seconds=999, form=str(number), after=DAY * number) for number in range(5)], True,
     "5 of 5 right without help"),
])
def test_mastery(log: list[Attempt], mastered: bool, words: str) -> None:
    standing = Progress(log).standing("power")
    assert (standing.mastered, standing.words) == (mastered, words)


def test_a_corrected_answer_gives_no_mastery() -> None:
    log = [each for number in range(6) for each in (
        attempt("asked", turn=number),
        attempt("wrong", grade="again", form=str(number), after=DAY * number, turn=number),
        attempt("right", form=str(number), after=DAY * number, turn=number))]
    assert Progress(log).standing("power").share == 0


def test_a_mistake_counts_against_the_rule_that_was_broken() -> None:
    wrong = replace(attempt("wrong", rule="chain", grade="again", misconceptions=("power_lost_coefficient",)),
                    rules=("chain", "power"))
    progress = Progress([wrong])
    assert [rule for rule, standing in progress.rules.items() if standing.uses] == ["power"]
    assert list(progress.cards) == [("chain", "integer")]


@pytest.mark.parametrize("misconceptions", [(), ("not_differentiated",), ("not_differentiated", "sum_sign_lost")])
def test_a_mistake_counts_against_no_rule_that_was_not_on_the_way(misconceptions: tuple[str, ...]) -> None:
    progress = Progress([attempt("wrong", rule="chain", grade="again", misconceptions=misconceptions)])
    assert [rule for rule, standing in progress.rules.items() if standing.uses] == ["chain"]


def test_what_went_wrong_today_is_owed_after_a_few_others() -> None:
    wrong = [attempt("asked", turn=1), attempt("wrong", grade="again", turn=1), attempt("right", turn=1)]
    others = [attempt("asked", form="fraction", turn=turn) for turn in (2, 3)]
    assert Progress([*wrong, *others[:1]]).owed(NOW.date()) == []
    assert Progress([*wrong, *others]).owed(NOW.date()) == [("power", "integer")]
    assert Progress([*wrong, *others]).owed((NOW + DAY).date()) == []
    again = [attempt("asked", turn=4), attempt("right", grade="good", turn=4)]
    assert Progress([*wrong, *others, *again]).owed(NOW.date()) == []


def test_what_goes_wrong_again_and_again_is_left_for_another_day() -> None:
    log = [each for turn in range(3)
           for each in (attempt("asked", turn=turn), attempt("shown", grade="again", turn=turn))]
    log += [attempt("asked", form="fraction", turn=turn) for turn in (7, 8)]
    assert Progress(log).owed(NOW.date()) == []


GRADED = st.builds(
    lambda outcome, seconds, hints, given, form, rule: attempt(
        outcome, seconds=seconds, hints=hints, given=given, form=form, rule=rule),
    st.sampled_from(["right", "wrong", "nearly", "shown", "skipped", "hint"]), st.floats(0, 1000), st.integers(0, 3),
    st.integers(0, 2), st.sampled_from("abc"), st.sampled_from(["power", "chain"]))


def log_of(rows: list[Attempt]) -> Iterator[Attempt]:
    """The rows with the grades that a session would give them, ten hours apart."""
    progress = Progress()
    for number, row in enumerate(rows):
        moved = replace(row, at=NOW + timedelta(hours=10 * number), turn=number)
        progress.add(progress.grade(moved))
        yield not_none(progress.last)


@given(st.lists(GRADED, max_size=25))
@settings(deadline=None)
def test_the_same_log_always_says_the_same(rows: list[Attempt]) -> None:
    log = list(log_of(rows))
    first, second = Progress(log), Progress(log)
    assert {skill: card.due for skill, card in first.cards.items()} == {
        skill: card.due for skill, card in second.cards.items()}
    for rule, standing in first.rules.items():
        assert 0 <= standing.share <= 1
        assert standing.words == second.rules[rule].words


@given(st.lists(GRADED, min_size=1, max_size=25))
@settings(deadline=None)
def test_what_was_reviewed_is_due_later_and_sooner_after_a_mistake(rows: list[Attempt]) -> None:
    log = list(log_of(rows))
    for card in Progress(log).cards.values():
        assert card.due > NOW
    at = timedelta(days=40)
    lasts = attempt("wrong", grade="again", form="a", after=at), attempt("right", grade="good", form="a", after=at)
    dues = [Progress([*log, last]).cards[Skill("power", "a")].due for last in lasts]
    assert dues[0] <= dues[1]


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_success_never_lowers_a_standing(rights: list[bool]) -> None:
    log = [attempt("right" if right else "wrong", grade="good" if right else "again") for right in rights]
    before = Progress(log).standing("power")
    after = Progress([*log, attempt(grade="good")]).standing("power")
    assert after.share >= before.share
    assert after.level >= before.level


def test_one_slip_lowers_and_does_not_reset() -> None:
    log = [attempt(grade="good") for _ in range(6)]
    before = Progress(log).standing("power")
    after = Progress([*log, attempt("wrong", grade="again")]).standing("power")
    assert 0 < after.share < before.share
    assert 0 < after.level < before.level


def test_a_clock_that_was_set_back_breaks_nothing() -> None:
    progress = Progress([attempt(grade="good", after=3 * DAY), attempt(grade="good"), attempt("wrong", grade="again")])
    assert progress.due(NOW + 30 * DAY) == [("power", "integer")]


def test_new_and_due() -> None:
    progress = Progress([attempt("asked"), attempt(grade="good"), attempt("asked", form="fraction", after=DAY)])
    assert (progress.new_on(NOW.date()), progress.new_on((NOW + DAY).date())) == (1, 1)
    assert progress.due(NOW) == []
    assert progress.due(NOW + DAY) == []
    assert progress.due(NOW + DAY * 3) == [("power", "integer")]


def test_what_is_open_is_known_until_it_ends() -> None:
    asked, wrong, right = attempt("asked"), attempt("wrong", grade="again"), attempt("right")
    assert Progress([asked, wrong]).opened == [asked, wrong]
    assert Progress([asked, wrong, right]).opened == []
    assert Progress([asked, attempt("right", turn=2)]).opened == [asked]
