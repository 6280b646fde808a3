"""Answers to rates that follow from equations."""

from __future__ import annotations

import pytest

from tutor.judge.diagnose import diagnose

CIRCLE = "x^2 + y^2 = 25; dy/dx"
LADDER = "x^2 + y^2 = 25; dx/dt = 2; dy/dt at x = 3, y = 4"


@pytest.mark.parametrize(("problem", "answer"), [
    (CIRCLE, "-x/y"), (CIRCLE, "dy/dx = -x/y"), (CIRCLE, "y' = -x/y"), (CIRCLE, "x/(-y)"),
    ("x*y = 1; dy/dx", "-1/x^2"),  # the same where the equation holds
    ("x*y = 1; dy/dx", "-y^2"),
    ("dy/dx if x^2 + y^2 = 25 at (3, 4)", "-3/4"), ("dy/dx if x^2 + y^2 = 25 at (3, 4)", "-0.75"),
    ("dy/dx if x^2 + y^2 = 25 at (5, 0)", "none"),
    (LADDER, "-1.5"), (LADDER, "dy/dt = -3/2"), ("A = pi*r^2; dA/dt", "2*pi*r*dr/dt"),
])
def test_a_right_rate_is_right(problem: str, answer: str) -> None:
    assert diagnose(problem, answer).outcome == "right"


@pytest.mark.parametrize(("problem", "answer", "name"), [
    (CIRCLE, "x/y", "moved_with_its_sign"),
    (CIRCLE, "-y/x", "divided_upside_down"),
    (CIRCLE, "-2x - 2y", "factor_subtracted"),
    (CIRCLE, "-2x", "factor_left_out"),
    ("dy/dx if x^2 + y^2 = 25 at (3, 4)", "3/4", "moved_with_its_sign"),
])
def test_a_wrong_step_of_solving_is_recognised(problem: str, answer: str, name: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "misconception"
    assert found.misconceptions == (name,)


@pytest.mark.parametrize(("problem", "answer", "message"), [
    (LADDER, "-3/4", "The rate dx/dt is missing: what changes with x changes as fast as x does."),
    ("A = pi*r^2; dA/dt", "2*pi*r", "The rate dr/dt is missing: what changes with r changes as fast as r does."),
    (CIRCLE, "-x/sqrt(25 - x^2)", "This is right only on a part of the curve. With y in it, one formula holds on all "
                                  "of it."),
    (CIRCLE, "1", "Differentiating both sides gives 2*x + 2*y*dy/dx = 0. Is that what you have solved for dy/dx?"),
    (CIRCLE, "none", "There is a rate here: it can be worked out."),
    ("dy/dx if x^2 + y^2 = 25 at (5, 0)", "0",
     "There is no such rate here: the factor 2*y of dy/dx is 0 there, and the other side is not, so there is no dy/dx: "
     "the tangent is vertical."),
])
def test_what_is_wrong_with_a_rate_is_said(problem: str, answer: str, message: str) -> None:
    found = diagnose(problem, answer)
    assert found.outcome == "unexplained"
    assert found.message == message


def test_a_counterexample_is_a_point_where_the_equation_holds() -> None:
    compared = diagnose(CIRCLE, "x + y").equivalence
    assert compared is not None
    point = {letter: complex(value).real for letter, value in compared.counterexample.items()}
    assert point["x"] ** 2 + point["y"] ** 2 == pytest.approx(25)


@pytest.mark.parametrize(("answer", "outcome", "sentence"), [
    ("-25/y^3", "right", "differentiated once more"), ("-(x^2 + y^2)/y^3", "right", "differentiated once more"),
    ("(x*dy/dx - y)/y^2", "right", "differentiated once more"),
    ("-x/y", "unexplained", "This is dy/dx. Differentiate it once more."),
    ("-1/y", "unexplained", "The rate dy/dx is missing: y changes with x"),
    ("25/y^3", "unexplained", "Is dy/dx = -x/y what you have differentiated once more?"),
])
def test_answers_to_a_second_derivative(answer: str, outcome: str, sentence: str) -> None:
    found = diagnose("x^2 + y^2 = 25; d^2y/dx^2", answer)
    assert found.outcome == outcome
    assert sentence in found.texts[0].written()
