"""The worked solution of an exercise told: its derivation, its table, or its critical points.

    told_exercise(exercise)             # of ask: backprop, the table with all its cells; None where there is nothing
"""

from __future__ import annotations

from tutor.lesson.exercise import Exercise
from tutor.telling.derivation import told_derivation
from tutor.telling.document import Document
from tutor.telling.worksheet import told_filled


def told_exercise(exercise: Exercise) -> Document | None:
    """How one gets to the answer; None where there is nothing to work out or no rule has a way."""
    if exercise.sheet is not None:
        return told_filled(exercise)
    if exercise.critical is not None:
        from tutor.telling.critical import told_critical_points  # which needs the engine that solves equations

        return told_critical_points(exercise.critical)
    if exercise.derivation is None or not exercise.derivation.steps:
        return None
    return told_derivation(exercise.derivation)
