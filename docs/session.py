"""A session of `tutor practice` as the pictures show it: the day, the learner and what is left to chance are given.

    python -m docs.session chain-rule --items 1        # the answers are read from standard input

The learner has met the rule of the lesson the day before, so no worked example comes first.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from tutor.cli.practice import practice
from tutor.cli.screen import new_page
from tutor.lesson.course import chosen_lessons
from tutor.practice.session import Session
from tutor.practice.settings import Settings
from tutor.practice.store import Attempt, Store, memory_only

_TODAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
_TIMES_MET = 4
_SECONDS_TO_ANSWER = 30


def main() -> None:
    options = practice.make_context("tutor practice", sys.argv[1:]).params
    (lesson,) = chosen_lessons(options["names"]).lessons
    page = new_page()
    answered = 0

    def read(prompt: str, already: str = "") -> str:
        nonlocal answered
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        answered += 1
        line = already + line.removesuffix("\n")
        page.console.print(prompt + line, soft_wrap=True)
        return line

    def now() -> datetime:
        return _TODAY + timedelta(seconds=answered * _SECONDS_TO_ANSWER)

    with memory_only() as store:
        _remember(store, lesson.id, lesson.teaches[0])
        Session([lesson], store, page, read, now, Random(1), options["items"], paged=True,
                settings=Settings(explain_share=0)).run()


def _remember(store: Store, lesson: str, rule: str) -> None:
    """Put into the log that the rule was used rightly the day before."""
    for turn in range(_TIMES_MET):
        asked = Attempt(_TODAY - timedelta(days=1), "before", turn, lesson, "another", 1, "", rule, "another", (rule,))
        store.append(asked)
        store.append(replace(asked, outcome="right", grade="good", seconds=_SECONDS_TO_ANSWER))


if __name__ == "__main__":
    main()
