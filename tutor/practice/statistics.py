"""What a log adds up to, for learners, authors and other programs: one entry for each rule, lesson or item.

    rule_statistics(progress, now)[0].words         # "7 of the last 8 right without help"
    item_statistics(attempts)[0].right              # 0: nobody gets it right
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from tutor.errors import TutorError
from tutor.expression.parse import read_back
from tutor.expression.tree import Expression
from tutor.oracle import Oracle
from tutor.practice.progress import Progress
from tutor.practice.store import Attempt
from tutor.rules.rulebook import rulebook, title_of

if TYPE_CHECKING:
    from tutor.lesson.exercise import Exercise
    from tutor.lesson.schema import Lesson


class RuleStatistics(NamedTuple):
    """How a rule stands.

    attempts: first attempts that bear on it; unaided: right ones among them, without a hint or shown steps; share: of
    those, the last counting most; due: skills of it that are due; next_due: when the first of them is, or was.
    """

    rule: str
    title: str
    words: str
    attempts: int
    unaided: int
    share: float
    mastered: bool
    due: int
    next_due: datetime | None


class SkillStatistics(NamedTuple):
    """A skill in the schedule: a rule in a form ("" and the name of an item, for a question without a rule).

    due: when it is due again, or was; last: when it was reviewed.
    """

    rule: str
    form: str
    due: datetime
    last: datetime


LessonState = Literal["done", "begun", "next", "later"]
"""Of a lesson: all of its exercises were asked ("done"), some were ("begun"), or none was: then it is the first such
lesson ("next") or not ("later")."""


class LessonStatistics(NamedTuple):
    """How far a learner is in a lesson. met: items asked at least once; mastered: of the rules that it teaches."""

    lesson: str
    items: int
    met: int
    rules: int
    mastered: int
    state: LessonState


class ItemStatistics(NamedTuple):
    """How learners do on an item. asked: first attempts that were decided; right: right ones among them, unaided or
    not."""

    lesson: str
    item: str
    asked: int
    right: int


class Unexplained(NamedTuple):
    """Wrong answers of one value to one exercise that no misconception explains. answers: as they were read."""

    exercise: str
    times: int
    answers: tuple[str, ...]


def item_statistics(attempts: Iterable[Attempt]) -> list[ItemStatistics]:
    """Every item that was graded at least once, the hardest first."""
    asked, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for attempt in attempts:
        if attempt.grade:
            asked[attempt.lesson, attempt.item] += 1
            right[attempt.lesson, attempt.item] += attempt.grade != "again"
    found = [ItemStatistics(lesson, item, count, right[lesson, item]) for (lesson, item), count in asked.items()]
    return sorted(found, key=lambda each: (each.right / each.asked, -each.asked, each.lesson, each.item))


def unexplained(attempts: Iterable[Attempt], lessons: Sequence[Lesson] = ()) -> list[Unexplained]:
    """Wrong answers without an explanation, grouped by exercise and value, the most frequent first.

    lessons: where to look for an author's own reply to an answer, which explains it too.
    """
    from tutor.lesson.judging import is_foreseen  # slow to import, and nothing else here needs it

    oracle = Oracle()
    groups: dict[tuple[str, str, int], list[tuple[Expression, list[str]]]] = {}
    for attempt in attempts:
        if attempt.outcome != "wrong" or attempt.misconceptions or not attempt.reading:
            continue
        try:
            reading = read_back(attempt.reading)
        except TutorError:  # the number of a choice or of a line, which has no value to group by
            continue
        known = groups.setdefault((attempt.lesson, attempt.item, attempt.seed), [])
        same = next((texts for value, texts in known if oracle.compare(value, reading).outcome == "checked"), None)
        if same is None:
            known.append((reading, [attempt.reading]))
        else:
            same.append(attempt.reading)
    by_id = {lesson.id: lesson for lesson in lessons}
    found = []
    for (lesson, item, seed), values in groups.items():
        exercise = exercise_named(by_id[lesson], item, seed) if lesson in by_id else None
        found += [Unexplained(f"{lesson}/{item}@{seed}", len(texts), tuple(dict.fromkeys(texts)))
                  for value, texts in values if exercise is None or not is_foreseen(exercise, value)]
    return sorted(found, key=lambda each: (-each.times, each.exercise))


def exercise_named(lesson: Lesson, item: str, seed: int) -> Exercise | None:
    """The exercise that an attempt was made at; None if the lesson no longer has it."""
    from tutor.lesson.variants import exercises

    try:
        return exercises(lesson, lesson.item(item)).variant(seed)
    except TutorError:
        return None


def rule_statistics(progress: Progress, now: datetime) -> list[RuleStatistics]:
    """Every rule on which an attempt bears, in the order of the rulebook, those of lessons last."""
    due = [rule for rule, _ in progress.due(now)]
    found = []
    for name in dict.fromkeys((*rulebook(), *progress.rules)):
        standing = progress.rules.get(name)
        if standing is None or not standing.uses:
            continue
        dates = [card.due for (each, _), card in progress.cards.items() if each == name]
        found.append(RuleStatistics(
            name, title_of(name), standing.words, len(standing.uses), sum(use.unaided for use in standing.uses),
            round(standing.share, 3), standing.mastered, due.count(name), min(dates, default=None)))
    return found


def skill_statistics(progress: Progress) -> list[SkillStatistics]:
    """Every skill of the schedule, in the order in which they are due."""
    found = [SkillStatistics(rule, form, card.due, card.last) for (rule, form), card in progress.cards.items()]
    return sorted(found, key=lambda skill: (skill.due, skill.rule, skill.form))


def when(due: datetime, now: datetime) -> str:
    """When something is due, in words: "now", "tomorrow", "in 5 days"."""
    days = (due.date() - now.date()).days
    return "now" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"


def lesson_statistics(progress: Progress, lessons: Sequence[Lesson]) -> list[LessonStatistics]:
    """How far a learner is in each of these lessons, which are in the order in which they are learned."""
    met = [sum((lesson.id, item.name) in progress.items for item in lesson.items) for lesson in lessons]
    untouched = next((number for number, lesson in enumerate(lessons) if lesson.items and not met[number]), None)
    found = []
    for number, lesson in enumerate(lessons):
        state: LessonState = ("done" if met[number] == len(lesson.items) else "begun") if met[number] else (
            "next" if number == untouched else "later")
        mastered = sum(rule in progress.rules and progress.rules[rule].mastered for rule in lesson.teaches)
        found.append(LessonStatistics(lesson.id, len(lesson.items), met[number], len(lesson.teaches), mastered, state))
    return found
