"""Answers that are equations of lines."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose
from tutor.rules.rulebook import misconceptions

X2 = "tangent to x^2 at 3"

RIGHT = [
    *[(X2, answer) for answer in (
        "y = 6x - 9", "6x - 9", "y - 9 = 6(x - 3)", "6x - y = 9", "y = 9 + 6(x - 3)", "2y - 12x + 18 = 0",
        "y/3 = 2x - 3")],
    ("normal to x^2 at 3", "y = 19/2 - x/6"), ("normal to x^2 at 3", "x + 6y = 57"),
    ("tangent to cbrt(x) at 0", "x = 0"), ("tangent to cbrt(x) at 0", "2x = 0"), ("normal to cbrt(x) at 0", "0"),
    ("tangent to abs(x) at 0", "none"), ("approximate sqrt(4.1) by the tangent at 4", "2.025"),
    ("tangent to x*y at 2", "z = x*y"), ("tangent to 2 at 1", "y = 2"),
]


@pytest.mark.parametrize(("problem", "answer"), RIGHT)
def test_a_right_line_is_right_in_any_form(problem: str, answer: str) -> None:
    assert diagnose(problem, answer).outcome == "right"


WRONG = [
    (X2, "9 + 2x(x - 3)", ("tangent_slope_everywhere",)),
    (X2, "y = 9 + 6x", ("tangent_without_shift",)),
    (X2, "y = 6(x - 3)", ("tangent_height_forgotten",)),
    (X2, "y = 9 + 6(x + 3)", ("tangent_shift_sign",)),
    (X2, "y = 6 + 6(x - 3)", ("tangent_height_of_slope",)),
    (X2, "6x", ("tangent_through_origin",)),
    (X2, "6", ("tangent_slope_alone",)),
    ("normal to x^2 at 3", "6x - 9", ("normal_with_slope_of_tangent",)),
    ("normal to x^2 at 3", "9 + (x - 3)/6", ("normal_not_negated",)),
    ("normal to x^2 at 3", "9 - 6(x - 3)", ("normal_not_inverted",)),
]


@pytest.mark.parametrize(("problem", "answer", "names"), WRONG)
def test_a_wrong_line_is_explained(problem: str, answer: str, names: tuple[str, ...]) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "misconception"
    assert found.misconceptions == names


def test_a_wrong_derivative_in_the_right_line_is_found() -> None:
    assert "chain_inner_forgotten" in diagnose("tangent to sin(3x) at 0", "x").misconceptions


def test_every_misconception_about_lines_is_recognised() -> None:
    about_lines = {rule.name for rule in misconceptions().values() if rule.unlike in ("tangent_line", "normal_line")}
    assert about_lines == {name for *_, names in WRONG for name in names}


@pytest.mark.parametrize(("problem", "answer", "message"), [
    (X2, "y = 6x - 10", "The slope is right, but the line does not go through the point of the curve: where x = 3, it "
                        "has the height 8."),
    (X2, "y = 5x - 6", "The line goes through the right point, but its slope is 5, and that is not right."),
    (X2, "y = 5x - 9", "Neither the point nor the slope is right: where x = 3, this line has the height 6, and its "
                       "slope is 5."),
    (X2, "x^2", "This is not a straight line: its slope changes with x."),
    (X2, "y^2 = x", "This is no equation of a line with one height y for every x."),
    (X2, "x = 3", "This is no equation of a line with one height y for every x."),
    (X2, "y", "This is no equation of a line with one height y for every x."),
    (X2, "none", "There is a tangent here."),
    ("tangent to abs(x) at 0", "y = x", "There is no tangent here: abs(x) has slope -1 on the left of 0 and 1 on the "
                                        "right."),
    ("tangent to cbrt(x) at 0", "y = x", "Look at the slope: the slope of cbrt(x) grows without bound on both sides of "
                                         "x = 0, so the tangent is vertical."),
    ("tangent to cbrt(x) at 0", "none", "There is a tangent here, but it is no function of x."),
])
def test_what_is_wrong_with_a_line_is_said(problem: str, answer: str, message: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "unexplained"
    assert found.message == message


@pytest.mark.parametrize(("answer", "message"), [
    ("y =", "The answer is one equation, such as y = 2*x + 1."),
    ("y = 6x = 3", "The answer is one equation"),
    ("y = 6x -", "Something is missing after -"),
    ("", "There is no answer."),
])
def test_what_is_no_equation_is_not_judged(answer: str, message: str) -> None:
    found = diagnose(X2, answer)
    assert found.outcome == "unreadable"
    assert message in found.message
