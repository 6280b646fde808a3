"""What a log adds up to, for a learner to look at and for other programs: one entry a rule, one a lesson.

    rule_statistics(progress, now)[0].words         # "7 of the last 8, unaided"
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tutor.lesson.schema import Lesson
from tutor.practice.progress import Progress
from tutor.rules.rulebook import rulebook


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


class LessonStatistics(NamedTuple):
    """How far a learner is in a lesson. met: items asked at least once; mastered: of the rules that it teaches."""

    lesson: str
    items: int
    met: int
    rules: int
    mastered: int


def rule_statistics(progress: Progress, now: datetime) -> list[RuleStatistics]:
    """Every rule on which an attempt bears, in the order of the rulebook."""
    due = [rule for rule, _ in progress.due(now)]
    found = []
    for name, rule in rulebook().items():
        standing = progress.rules.get(name)
        if standing is None or not standing.uses:
            continue
        dates = [card.due for (each, _), card in progress.cards.items() if each == name]
        found.append(RuleStatistics(
            name, rule.title, standing.words, len(standing.uses), sum(use.unaided for use in standing.uses),
            round(standing.share, 3), standing.mastered, due.count(name), min(dates, default=None)))
    return found


def lesson_statistics(progress: Progress, lessons: Sequence[Lesson]) -> list[LessonStatistics]:
    """How far a learner is in each of these lessons."""
    return [LessonStatistics(
        lesson.id, len(lesson.items), sum((lesson.id, item.name) in progress.items for item in lesson.items),
        len(lesson.teaches), sum(rule in progress.rules and progress.rules[rule].mastered for rule in lesson.teaches),
    ) for lesson in lessons]
