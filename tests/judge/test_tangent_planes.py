"""Answers about tangent planes."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose
from tutor.rules.rulebook import misconceptions

PLANE = "tangent plane to x^2 + y^2 at (1, 2)"


@pytest.mark.parametrize(("problem", "answer"), [
    *[(PLANE, answer) for answer in (
        "z = 2x + 4y - 5", "2x + 4y - 5", "2x + 4y - z = 5", "z - 5 = 2(x - 1) + 4(y - 2)")],
    ("linear approximation of sqrt(x*y) at (1, 1) for x = 1.1, y = 0.9", "1"),
    ("linear approximation of x*y*z at (1, 2, 3)", "w = 6x + 3y + 2z - 12"),
    ("tangent plane to sqrt(x^2 + y^2) at (0, 0)", "none"),
])
def test_a_right_plane_is_right_in_any_form(problem: str, answer: str) -> None:
    assert diagnose(problem, answer).outcome == "right"


WRONG = [
    ("5 + 2x + 4y", "plane_without_shift"), ("2(x - 1) + 4(y - 2)", "plane_height_forgotten"),
    ("5 + 2x(x - 1) + 2y(y - 2)", "plane_slopes_everywhere"), ("5 + 4(x - 1) + 2(y - 2)", "plane_slopes_swapped"),
]


@pytest.mark.parametrize(("answer", "misconception"), WRONG)
def test_a_wrong_plane_is_explained(answer: str, misconception: str) -> None:
    assert diagnose(PLANE, answer).misconceptions == (misconception,)


def test_every_misconception_about_planes_is_recognised() -> None:
    assert {rule.name for rule in misconceptions().values() if rule.unlike == "tangent_plane"} == {
        name for _, name in WRONG}


@pytest.mark.parametrize(("answer", "sentence"), [
    ("5 + 2(x - 1) + 3(y - 2)", "The slope along y is not right."),
    ("2x + 4y", "Is the height at the point that of the function?"),
    ("x*y", "This is no plane"),
    ("z^2 = x", "This is no equation of a plane"),
    ("none", "There is a plane here."),
])
def test_what_is_said_of_other_answers(answer: str, sentence: str) -> None:
    found = diagnose(PLANE, answer)
    assert found.outcome == "unexplained"
    assert sentence in found.texts[0].written()
