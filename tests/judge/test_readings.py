"""An answer that is right under a reading which a note offers is right, and no other is."""

from __future__ import annotations

import pytest

import tutor
from tests.lesson.lessons import exercise
from tutor.judge.lines import judge_lines
from tutor.lesson.judging import judge

RIGHT = [
    ("d/dx 3x^2 + 2x", "6x + 2", "Right: "),
    ("d/dx 3x^2 + 2x", "6x + 2x", "the problem is read as d/dx [3*x^2] + 2*x."),
    ("d/dx 3x^2 + 2x at x = 1", "8", "Right: "),
    ("d/dx e^3x", "3e^(3x)", "the problem is read as d/dx [e^(3*x)]."),
    ("d/dx e^3x", "e^3", "Right: "),
    ("d/dx e^2x", "2e^2x", "the problem is read as d/dx [e^(2*x)] and your answer as 2*e^(2*x)."),
    ("d/dx cos x^2", "-2 cos x sin x", "the problem is read as d/dx [cos(x)^2]."),
    ("d/dx cot x", "-cscx^2", "your answer is read as -csc(x)^2."),
    ("d/dx ln x", "2/2x", "your answer is read as 2/(2*x)."),
    ("d/dx x^3", "3x2", "your answer is read as 3*x^2."),
    ("d/dx log x", "1/(x ln 10)", "the problem is read as d/dx [log(x, 10)]."),
    ("d/dx x^1/2", "1/(2sqrt(x))", "the problem is read as d/dx [x^(1/2)]."),
    ("d/dx tan^-1 x", "-1/sin^2 x", "the problem is read as d/dx [1/tan(x)]."),
    ("derivative of sin x^2", "2 sin x cos x", "the problem is read as d/dx [sin(x)^2]."),
    ("f(x) = e^2x; f'(x)", "2e^(2x)", "the problem is read as d/dx [e^(2*x)]."),
    ("int e^2x dx", "e^(2x)/2 + C", "the problem is read as int e^(2*x) dx."),
]


@pytest.mark.parametrize(("problem", "answer", "said"), RIGHT)
def test_right_under_a_reading_that_a_note_offers(problem: str, answer: str, said: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.outcome == "right"
    assert said in found.message
    assert found.problem_notes or found.notes


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx 3x^2 + 2x", "6x"), ("d/dx e^2x", "e^(2x)"), ("d/dx sin x^2", "2 sin x"), ("d/dx tan x", "secx^3"),
    ("d/dx x^3", "2x3"), ("d/dx [3x^2] + 2x", "6x + 2"), ("d/dx [e^(2x)]", "e^2"), ("d/dx (x^2)*e^x", "2x"),
    ("d/dx ln x", "2/x^2x"), ("d/dx x^2", "1/2x + 2x"), ("d/dx [e^(2x)]", "2e^2"),
    ("d/dx [(x-1)/x]", "x - (x-1) / x^2"),  # brackets that no note offers
])
def test_a_wrong_answer_stays_wrong(problem: str, answer: str) -> None:
    assert tutor.diagnose(problem, answer).outcome not in ("right", "right_other_form", "constant_missing")


@pytest.mark.parametrize("lines", [
    ["d/dx x^2 + 3x", "2x + 3"], ["d/dx x^2 + 3x = 2x + 3"], ["= 2x + 3"],
    ["d/dx [x^2 + 3x]", "d/dx [x^2] + d/dx 3x", "2x + 3"], ["d/dx [x^2] + d/dx [3x] = 2x + 3"],
])
def test_lines_may_repeat_the_problem_as_it_was_typed(lines: list[str]) -> None:
    judged = judge_lines("d/dx x^2 + 3x", lines)
    assert judged.finished
    assert judged.broke_at is None


def test_in_a_line_a_derivative_ends_at_the_sum() -> None:
    assert judge_lines("d/dx [x^2 + 3x^2]", ["d/dx x^2 + 6x", "8x"]).broke_at is None
    assert judge_lines("d/dx [x^2 + 3x^2]", ["d/dx x^2 + 3x", "8x"]).broke_at == 1


@pytest.mark.parametrize(("item", "answer", "outcome"), [
    ({"given": "tan(x)"}, "secx^2", "right"), ({"given": "e^(3x)"}, "3e^3x", "right"),
    ({"given": "ln(x)"}, "2/2x", "right"), ({"given": "tan(x)"}, "secx^3", "wrong"),
    ({"given": "x^2*e"}, "2xe2", "wrong"),
    # what the author wrote is not doubtful
    ({"given": "e^2*x"}, "2e^(2x)", "wrong"),
])
def test_in_practice_too(item: dict[str, str], answer: str, outcome: str) -> None:
    found = judge(exercise(item), answer)
    assert found.outcome == outcome
    if outcome == "right":
        assert found.texts[-1].written() == f"It is right if your answer is read as {found.reading}."
