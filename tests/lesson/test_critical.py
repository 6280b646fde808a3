"""Questions for critical points."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lesson.lessons import exercise, lesson
from tests.practice.played import Played
from tutor.errors import TutorError
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge
from tutor.practice.question import question

CUBIC: dict[str, Any] = {"ask": "critical-points", "given": "x^3 - 3x"}
CORNER = {"ask": "critical-points", "given": "(w - a)^2/2 + 2|w|", "vary": {"a": ["5"]}}
SADDLE = {"ask": "critical-points", "given": "w^3 - 3w + b^2"}
ROUNDED = {"ask": "critical-points", "given": "x^5 + x^2 - x", "within": "0.01"}
NONE = {"ask": "critical-points", "given": "e^x"}
ON = {"ask": "critical-points", "given": "x^3 - 3a^2*x", "on": ["0", "2a"], "vary": {"a": ["2"]}}
WITH_LETTERS = {"ask": "critical-points", "given": "(w - a)^2", "with_respect_to": "w"}


@pytest.mark.parametrize(("item", "typed", "outcome", "said"), [
    (CUBIC, "x = 1 or x = -1", "right", "That is all of them."),
    (CUBIC, "±1", "right", "That is all of them."),
    (CUBIC, "-1", "line", "These are not all yet."),
    (CUBIC, "0", "wrong", "0 is none of them. The slope at x = 0 is -3."),
    (CUBIC, "1, -1, 2", "wrong", "2 is none of them. The others are right. The slope at x = 2 is 9."),
    (CUBIC, "none", "wrong", "There is at least one."),
    (CORNER, "0, 3", "right", "That is all of them."),
    (CORNER, "3", "line", "These are not all yet."),
    (CORNER, "7", "wrong", "7 is none of them."),  # two formulas, so no slope is named
    (SADDLE, "(1, 0), (-1, 0)", "right", "That is all of them."),
    (SADDLE, "w = -1, b = 0 or b = 0 and w = 1", "right", "That is all of them."),
    (SADDLE, "(±1, 0)", "right", "That is all of them."),
    (SADDLE, "1, 0", "line", "These are not all yet."),
    (SADDLE, "(0, 1)", "wrong", "(0, 1) is none of them. The slope with respect to w at (w, b) = (0, 1) is -3."),
    (SADDLE, "1", "unreadable", "Each point has 2 coordinates, w and b: type it as in (1, 0)."),
    (SADDLE, "(1, 0, 0)", "unreadable", "Each point has 2 coordinates, w and b: type it as in (1, 0)."),
    (SADDLE, "(±1, ±0)", "unreadable",
     "It is not clear which signs belong together. Type each point by itself, as in (1, 0)."),
    (ROUNDED, "0.42, -0.86", "right", "That is all of them."),
    (NONE, "none", "right", "That is it."),
    (NONE, "0", "wrong", "0 is none of them. The slope at x = 0 is 1."),
    (ON, "0, 2, 4", "right", "That is all of them."),
    (ON, "2", "line", "These are not all yet."),
    (ON, "-2, 2, 0, 4", "wrong",
     "-2 is none of them. The others are right. -2 does not lie in the interval 0 <= x <= 4."),
    (ON, "0, 1, 2, 4", "wrong", "1 is none of them. The others are right. The slope at x = 1 is -9."),
    (WITH_LETTERS, "a", "right", "That is it."),
])
def test_what_is_said(item: dict[str, Any], typed: str, outcome: str, said: str) -> None:
    found = judge(exercise(item), typed)
    assert (found.outcome, " ".join(text.written() for text in found.texts)) == (outcome, said)


@pytest.mark.parametrize(("given", "reason"), [
    ("sin(x)", "there are infinitely many"), ("(x - y)^2", "there are infinitely many"), ("3 + 0*x", "it is constant"),
    ("sqrt(x)", "an end of its domain"), ("x^5 + x^2 - x", "known only as decimals"), ("d/dx [x^2]", "a derivative"),
])
def test_points_that_cannot_be_asked_for(given: str, reason: str) -> None:
    with pytest.raises(TutorError, match=reason):
        exercise(CUBIC | {"given": given})


@pytest.mark.parametrize("given", ["sum_j (w_j - a_j)^2", "sum_i (sum_j X_{ij}*w_j - y_i)^2 + sum_j w_j^2"])
def test_lists_cannot_be_asked_for(given: str) -> None:
    with pytest.raises(TutorError, match="what varies is a whole list"):
        exercise(CUBIC | {"given": given, "with_respect_to": "w"})


@pytest.mark.parametrize(("ends", "reason"), [
    (["0"], "on: has two ends"), (["3", "0"], "give the smaller end first"), (["0", "b"], "is no number"),
    (["0", "2*"], "missing after")])
def test_ends_of_an_interval_that_cannot_be_meant(ends: list[str], reason: str) -> None:
    with pytest.raises((TutorError, ValueError), match=reason):
        exercise(CUBIC | {"on": ends})


def test_an_interval_is_part_of_the_question() -> None:
    asked = exercise(ON)
    assert asked.prompt.written() == (
        "Find every x for 0 <= x <= 4 where the slope is 0 or where there is none, and the ends of the interval:")
    assert [text.written() for text in hints(asked)] == [
        "Differentiate, and find where the slope is 0. Keep those in the interval, and add its two ends.",
        "Solve 3*x^2 - 12 = 0.", "The answer is 0, 2, 4."]


def test_questions_and_hints() -> None:
    assert exercise(CUBIC).prompt.written() == "Find every x where the slope is 0 or where there is none:"
    assert exercise(SADDLE).prompt.written() == (
        "Find every point (w, b) where all slopes are 0 or where one of them does not exist:")
    assert [text.written() for text in hints(exercise(SADDLE))] == [
        "Work out the slope with respect to each letter, and find where all of them are 0.",
        "Solve 3*w^2 - 3 = 0 and 2*b = 0.", "The answer is (-1, 0), (1, 0)."]
    assert [text.written() for text in hints(exercise(CORNER))][:2] == [
        "Differentiate, and find where the slope is 0. Look also for places where there is no slope.",
        "Solve w - 7 = 0 or w - 3 = 0. Check that each solution lies in the part where its formula holds."]
    assert question(exercise(SADDLE))[-1].written() == (
        "The answer may be several points, in any order: each as (w, b) or by name, as in w = 1, b = 0, with or "
        "between them. If there is none, type none.")


def test_practice_shows_how_it_is_solved() -> None:
    shown = Played(["(1, 0)", "show"], [lesson(SADDLE)], items=1, width=60).text
    assert "✓ right so far. These are not all yet." in shown
    assert "The answer is (−1, 0), (1, 0)." in shown
    assert "To hold some constant" not in shown  # the item says what varies
    assert "4  A product is 0 where a factor is 0" in shown
