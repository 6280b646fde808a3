"""What tests of tables with blank cells share."""

from __future__ import annotations

from tutor.lesson.filling_in import filled_in
from tutor.lesson.worksheet import CellJudgement, Value, Worksheet


def judged(sheet: Worksheet, typed: str) -> list[CellJudgement]:
    """What is said of the cells that are typed, one after the other, each with the learner's own cells before it."""
    own: dict[str, tuple[Value, ...]] = {}
    found = []
    for cell, value in filled_in(sheet, typed, own):
        found.append(sheet.judge(cell, value, own))
        own[cell.key] = value
    return found
