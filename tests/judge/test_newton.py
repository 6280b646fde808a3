"""Answers about steps of Newton's method."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose
from tutor.rules.rulebook import misconceptions

STEP = "newton step of x^2 - 2 at x = 1"


@pytest.mark.parametrize("answer", ["3/2", "1.5", "x = 3/2", "x_1 = 1.5", "1 + 1/2"])
def test_a_right_step_is_right_in_any_form(answer: str) -> None:
    assert diagnose(STEP, answer).outcome == "right"


WRONG = [("1/2", "newton_added"), ("3", "newton_upside_down"), ("2", "newton_without_slope")]


@pytest.mark.parametrize(("answer", "misconception"), WRONG)
def test_a_wrong_step_is_explained(answer: str, misconception: str) -> None:
    assert diagnose(STEP, answer).misconceptions == (misconception,)


def test_every_misconception_about_steps_is_recognised() -> None:
    assert {rule.name for rule in misconceptions().values() if rule.unlike == "newton_step"} == {
        name for _, name in WRONG}


@pytest.mark.parametrize(("problem", "answer", "outcome", "sentence"), [
    (STEP, "7", "unexplained", "Work out the height and the slope at x = 1."),
    (STEP, "none", "unexplained", "There is a step from here."),
    (STEP, "y = 3", "unreadable", "The answer is where the step leads"),
    ("newton step of x^2 - 2 at x = 0", "none", "right", "the tangent there is level"),
    ("newton step of x^2 - 2 at x = 0", "5", "unexplained", "There is no step from here"),
])
def test_what_is_said_of_other_answers(problem: str, answer: str, outcome: str, sentence: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == outcome
    assert sentence in found.texts[0].written()
