"""How long a learner waits for feedback: from Enter to the next time that something can be typed.

A session over the whole course, with a log on the disk. Every exercise is answered three times: by a misconception
where one fits, by something that nothing explains, which takes all the searching that there is, and rightly; after a
right answer the next exercise is chosen too.
"""

from __future__ import annotations

import io
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.diagnosis import wrong_answers
from tutor.lesson.choosing import LETTERS

if TYPE_CHECKING:
    from tutor.lesson.exercise import Exercise
    from tutor.practice.session import Session

ITEMS = 60


class Learner:
    """Types what is to be typed, and measures how long it took until it could type again."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.left: list[tuple[str, str]] = []
        self.asked = 0
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.after = ""
        self.since: float | None = None
        self.waits: dict[str, list[float]] = {"explained": [], "unexplained": [], "right": []}

    def read(self, prompt: str, already: str) -> str:
        if self.since is not None and self.after in self.waits:
            self.waits[self.after].append(perf_counter() - self.since)
        self.after, typed = self._next(prompt)
        self.now += timedelta(seconds=30)
        self.since = perf_counter()
        return typed

    def _next(self, prompt: str) -> tuple[str, str]:
        """What is typed, and which kind of wait follows."""
        assert self.session is not None
        if "answer>" not in prompt:
            return "", ""
        turn = self.session.turns[-1]
        if turn.number != self.asked:
            self.asked, right = turn.number, _right(turn.exercise)
            self.left = [("explained", _wrong(turn.exercise)), ("unexplained", f"({right})*7 + 12345"),
                         ("right", right)]
        return self.left.pop(0) if self.left else ("", "skip")


def _right(exercise: Exercise) -> str:
    if exercise.choices:
        return LETTERS[exercise.right - 1]
    return str(exercise.right or exercise.answer or "skip")


def _wrong(exercise: Exercise) -> str:
    """The answer of someone who made a frequent mistake, or a number that is not the right one."""
    from tutor.rules.rulebook import misconceptions

    if exercise.choices:
        return LETTERS[exercise.right % len(exercise.choices)]
    if exercise.right:
        return "2" if exercise.right == 1 else "1"
    for rule in misconceptions().values():
        if "frequent" in rule.tags and rule.unlike in exercise.rules:
            for answer in wrong_answers(str(exercise.problem), rule.name):
                if answer != _right(exercise):
                    return answer
    return "12345"


def compare() -> list[tuple[str, str]]:
    from rich.console import Console

    from tutor.lesson.course import load_course
    from tutor.practice.session import Session
    from tutor.practice.store import FILE, open_store
    from tutor.views.page import Page

    learner = Learner()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / FILE) as store:
        console = Console(file=io.StringIO(), width=80, highlight=False, markup=False)
        page = Page(console)
        learner.session = Session(load_course(), store, page, learner.read, lambda: learner.now, Random(1), ITEMS)
        learner.session.run()
    rows = [("after a wrong answer with a known mistake", learner.waits["explained"]),
            ("after a wrong answer without one", learner.waits["unexplained"]),
            ("after a right one, the next exercise included", learner.waits["right"]),
            ("all", [wait for waits in learner.waits.values() for wait in waits])]
    return [(f"{what}, median and 95th percentile",
             f"{median(waits) * 1e3:.0f} ms, {quantiles(waits, n=20)[-1] * 1e3:.0f} ms") for what, waits in rows]


if __name__ == "__main__":
    for what, figure in compare():
        print(f"{what:<75} {figure}")
