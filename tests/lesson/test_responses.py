"""Replies to answers that can be foreseen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lesson.lessons import lesson
from tutor.lesson.responses import responses
from tutor.lesson.variants import exercises

ITEMS: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({"given": "a*x^3", "vary": {"a": "[4]"}, "expect": [{"3*a*x^2": "right"}, {"a*x^2": "Bring it down, $a$ stays."}]},
     [("12*x^2", "expected right", "right"), ("4*x^2", "expected wrong", "wrong")]),
    ({"given": "sin(x^2)", "expect": [{"cos(x^2)": "chain_inner_forgotten"}]},
     [("cos(x^2)", "expected chain_inner_forgotten", "wrong")]),
    ({"ask": "number", "text": "What is $2 + 3$?", "answer": "5", "expect": [{"6": "One too many, is it not?"}]},
     [("6", "expected wrong", "wrong")]),
    ({"ask": "choose", "text": "Which?", "choices": ["one", "two"], "answer": "two"},
     [("one", "", "wrong"), ("two", "", "right")]),
]


@pytest.mark.parametrize(("item", "wanted"), ITEMS, ids=[str(item.get("given", item.get("text"))) for item, _ in ITEMS])
def test_what_the_author_foresaw_comes_first(item: dict[str, Any], wanted: list[tuple[str, str, str]]) -> None:
    made = lesson(item, teaches=("power", "chain"))
    found = list(responses(made, exercises(made, made.items[0]).variant(0)))
    told = [(each.answer.written().replace("·", "*"), each.label, each.judgement.outcome) for each in found]
    assert [each for each in told if each in wanted] == wanted or sorted(told) == sorted(wanted)
    answers = [each.answer for each in found]
    assert len(answers) == len(set(map(str, answers)))


def test_misconceptions_of_the_lesson_are_among_them() -> None:
    own = ('letters\n    x is a variable\n    n is a constant\nmisconception mine_doubled "Doubled" unlike power\n'
           '    d/dx [x^n] = 2*n*x^(n - 1)\n    say "Twice as much."\n    source "common"\n    example d/dx [x^5]\n')
    made = lesson({"given": "x^5"}, teaches=("power",), misconceptions=own)
    found = {each.label: each for each in responses(made, exercises(made, made.items[0]).variant(0))}
    assert found["mine_doubled"].judgement.texts[0].written() == "Twice as much."
    assert "power_lost_coefficient" in found


def test_every_line_of_a_wrong_derivation_has_its_answer() -> None:
    made = lesson({"given": "x^2 + (3*x + 1)^4", "ask": "find-the-wrong-line",
                   "misconception": "chain_inner_forgotten"}, teaches=("chain",))
    exercise = exercises(made, made.items[0]).variant(0)
    found = list(responses(made, exercise))
    assert len(found) == len(exercise.lines)
    assert [number for number, each in enumerate(found, 1) if each.judgement.outcome == "right"] == [exercise.right]
