"""Two small lessons, and attempts as a log has them: what the tests of practice work on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tutor.lesson.schema import Lesson
from tutor.practice.store import Attempt, AttemptOutcome, Grade

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

POWERS = Lesson.model_validate({
    "format": "1", "id": "powers", "title": "Powers", "teaches": ["power"],
    "text": "The slope of $x^2$.\n\nPull the exponent down.", "examples": ["d/dx [x^4]"],
    "items": [
        {"id": "power", "given": "x^n", "vary": {"n": "3..9"}},
        {"id": "root", "given": "x^(n/2)", "vary": {"n": ["3", "5", "7"]}},
        {"id": "reciprocal-power", "given": "x^(-n)", "vary": {"n": "2..5"}},
        {"id": "slip", "ask": "find-the-wrong-line", "given": "a*x^n", "vary": {"a": "2..5", "n": "3..6"},
         "misconception": "power_lost_coefficient"},
        {"id": "flat", "ask": "choose", "text": "What is the slope of $5$?", "choices": ["0", "1", "5"], "answer": "0"},
    ],
})

CHAIN = Lesson.model_validate({
    "format": "1", "id": "chain", "title": "Inside and outside", "needs": ["powers"], "teaches": ["chain"],
    "examples": ["d/dx [sin(x^2)]"],
    "items": [
        {"id": "linear", "given": "(a*x + b)^n", "vary": {"a": "2..5", "b": "1..9", "n": "3..5"}},
        {"id": "sine", "given": "sin(a*x^2)", "vary": {"a": "2..9"}},
    ],
})

COURSE = (POWERS, CHAIN)


def attempt(outcome: AttemptOutcome = "right", *, rule: str = "power", form: str = "integer", lesson: str = "powers",
            item: str = "power", seconds: float = 30, hints: int = 0, given: int = 0, grade: Grade = "",
            after: timedelta = timedelta(), turn: int = 1, misconceptions: tuple[str, ...] = ()) -> Attempt:
    """One row of a log. after: how long after NOW."""
    return Attempt(NOW + after, "s", turn, lesson, item, 7, "text", rule, form, (rule,) if rule else (), given,
                   outcome=outcome, seconds=seconds, hints=hints, grade=grade, misconceptions=misconceptions)
