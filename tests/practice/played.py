"""A session that is played from a script: what is typed, and how long the learner takes for it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rich.console import Console

from tests.practice.course import CHAIN, NOW
from tutor.lesson.schema import Lesson
from tutor.practice.session import Session
from tutor.practice.store import Attempt, Store, memory_only
from tutor.views.page import Page

CTRL_C = "^C"


class Played:
    """A finished session. text: what stood on the screen; log: what was kept."""

    def __init__(self, typed: Sequence[str | tuple[float, str]], lessons: Sequence[Lesson] = (CHAIN,), *,
                 store: Store | None = None, at: datetime = NOW, seed: int = 1, width: int = 80,
                 height: int = 200,
                 encoding: str = "utf-8", paged: bool = True, terminal: bool = False, **how: Any) -> None:
        raw = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
        self.typed, self.now, self.store = list(typed), at, store or memory_only()
        self.console = Console(file=raw, width=width, height=height, color_system=None, highlight=False, markup=False,
                               emoji=False, force_terminal=terminal)
        self.session = Session(lessons, self.store, Page(self.console), self._read, lambda: self.now, Random(seed),
                               paged=paged, **how)
        self.session.run()
        raw.seek(0)
        self.text = raw.read()

    @property
    def log(self) -> list[Attempt]:
        return list(self.session.store.attempts())

    @property
    def outcomes(self) -> list[str]:
        return [attempt.outcome for attempt in self.log]

    @property
    def grades(self) -> list[str]:
        return [attempt.grade for attempt in self.log if attempt.grade]

    def _read(self, prompt: str, already: str = "") -> str:
        if not self.typed:
            raise EOFError
        line = self.typed.pop(0)
        seconds, text = line if isinstance(line, tuple) else (30.0, line)
        self.console.print(prompt + already + text, soft_wrap=True)
        self.now += timedelta(seconds=seconds)
        if text == CTRL_C:
            raise KeyboardInterrupt
        return already + text
