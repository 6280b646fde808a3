"""Questions whose answer is more than one value."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lesson.lessons import exercise, lesson
from tests.practice.played import Played
from tutor.errors import TutorError
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge

NUMBERS: dict[str, Any] = {"ask": "numbers", "text": "Where is the slope of $x^3 - 3x$ equal to 0?",
                           "answer": "{-1, 1}",
                           "expect": [{"0": "There the slope is steepest downhill."}]}
POINT = {"ask": "point", "text": "Where is $(x - 3)^2 + (y - 4)^2$ smallest?", "answer": "x = 3, y = 4"}
INTERVAL = {"ask": "interval", "text": "For which rates does it come closer?", "answer": "(0, 2/a)",
            "vary": {"a": "2..5"}}
ROUNDED = {"ask": "numbers", "text": "Where is $x^2 = 2$?", "answer": "±sqrt(2)", "within": "0.01"}


@pytest.mark.parametrize(("item", "typed", "outcome", "said"), [
    (NUMBERS, "±1", "right", "That is all of them."), (NUMBERS, "1", "line", "These are not all"),
    (NUMBERS, "0", "wrong", "There the slope is steepest downhill."), (NUMBERS, "2x +", "unreadable", "Something is"),
    (POINT, "(3, 4)", "right", "Every coordinate"), (POINT, "y = 4, x = 3", "right", "Every coordinate"),
    (INTERVAL, "(0, 2/(2 + 3 - 3))", "right", "That is it."), (INTERVAL, "x", "unreadable", "This is no interval."),
    (ROUNDED, "1.41, -1.41", "right", "That is all of them."), (ROUNDED, "1.4, -1.4", "wrong", "1.4 is none of them."),
])
def test_what_is_said(item: dict[str, Any], typed: str, outcome: str, said: str) -> None:
    seed = next(seed for seed in range(4) if "a" not in (made := exercise(item, seed)).values
                or str(made.values["a"]) == "2")
    found = judge(exercise(item, seed), typed)
    assert found.outcome == outcome
    assert found.texts[0].written().startswith(said)


def test_hints_say_how_many_and_then_which() -> None:
    assert [text.written() for text in hints(exercise(NUMBERS))] == [
        "There are 2 of them.", "The lesson explains what you need: type lesson to read it again.",
        "The answer is -1, 1."]
    assert hints(exercise(POINT))[0].written() == "The point has 2 coordinates: find them one by one."


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(TutorError, match="This is no interval"):
        exercise(INTERVAL | {"answer": "3", "vary": {}})


def test_practice() -> None:
    session = Played(["why", "1", "?", "x = 1 or x = -1"], [lesson(NUMBERS)], items=1, width=70)
    assert session.text.split("equal to 0?\n", 1)[1].partition("\n\n  1 exercise")[0].strip() == """\
answer> why
  Where is the slope of x³ − 3x equal to 0?
  The answer may be several numbers, in any order, with commas between
  them. If there is none, type none.
  answer> 1
  ✓ right so far. These are not all yet.
  answer> ?
  hint 1  There are 2 of them.
  answer> x = 1 or x = -1
  ✓ yes. That is all of them."""
    shown = Played(["show"], [lesson(INTERVAL | {"answer": "[0, 2)", "vary": {}})], items=1, width=70)
    assert "The answer is [0, 2)." in shown.text
