"""Answers about tangents and normals to curves that equations give."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose

CIRCLE = "tangent to x^2 + y^2 = 25 at (3, 4)"


@pytest.mark.parametrize(("problem", "answer"), [
    *[(CIRCLE, answer) for answer in ("3x + 4y = 25", "y = 25/4 - 3x/4", "25/4 - 3x/4", "y - 4 = -(3/4)(x - 3)")],
    ("normal to x^2 + y^2 = 25 at (3, 4)", "y = 4x/3"),
    ("tangent to x^2 + y^2 = 25 at (5, 0)", "x = 5"), ("tangent to x^2 + y^2 = 25 at (5, 0)", "2x = 10"),
    ("normal to x^2 + y^2 = 25 at (5, 0)", "y = 0"), ("normal to x^2 + y^2 = 25 at (5, 0)", "0"),
    ("tangent to x^2 + y^2 = r^2 at (p, q)", "y = q - p/q*(x - p)"),
])
def test_a_right_line_is_right_in_any_form(problem: str, answer: str) -> None:
    assert diagnose(problem, answer).outcome == "right"


@pytest.mark.parametrize(("answer", "names"), [
    ("y = 4 + (3/4)*(x - 3)", ("moved_with_its_sign",)), ("y = 4 - (4/3)*(x - 3)", ("divided_upside_down",)),
])
def test_a_wrong_slope_is_explained(answer: str, names: tuple[str, ...]) -> None:
    assert diagnose(CIRCLE, answer).misconceptions == names


@pytest.mark.parametrize(("problem", "answer", "outcome", "sentence"), [
    (CIRCLE, "-3x/4", "unexplained", "The slope is right, but the line does not go through the point"),
    (CIRCLE, "4 + 7(x - 3)", "unexplained", "goes through the right point, but its slope is 7"),
    (CIRCLE, "x + 1000", "unexplained", "Neither the point nor the slope is right"),
    (CIRCLE, "x^2", "unexplained", "This is not a straight line"),
    (CIRCLE, "y = 4 - (x/y)*(x - 3)", "unexplained", "no equation of a line with one height"),
    (CIRCLE, "none", "unexplained", "There is a tangent here."),
    ("tangent to x^2 + y^2 = 25 at (5, 0)", "none", "unexplained", "Which lines have no slope?"),
    ("tangent to x^2 + y^2 = 25 at (5, 0)", "y = 5", "unexplained", "Look at the slope"),
    ("tangent to y^2 = x^3 at (0, 0)", "y = 0", "undecided", "these derivatives do not decide"),
    ("tangent to y^2 = x^3 at (0, 0)", "none", "undecided", "these derivatives do not decide"),
    (CIRCLE, "y = 3 = x", "unreadable", "The answer is one equation"),
])
def test_what_is_said_of_other_answers(problem: str, answer: str, outcome: str, sentence: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == outcome
    assert sentence in " ".join(text.written() for text in found.texts)
