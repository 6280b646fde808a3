"""Gradients and matrices of derivatives: how they are read, and what they come to."""

from __future__ import annotations

import pytest

import tutor
from tutor.derivation.problem import read_problem
from tutor.errors import NotationError, TutorError

READINGS = [
    ("grad x^2*y", "(∂/∂x [x^2*y], ∂/∂y [x^2*y])"),
    ("grad(x^2*y)", "(∂/∂x [x^2*y], ∂/∂y [x^2*y])"),
    ("∇(x^2*y)", "(∂/∂x [x^2*y], ∂/∂y [x^2*y])"),
    (r"\nabla (x^2 y)", "(∂/∂x [x^2*y], ∂/∂y [x^2*y])"),
    ("find the gradient of y*x", "(∂/∂y [y*x], ∂/∂x [y*x])"),
    ("grad_{y,x} x^2*y", "(∂/∂y [x^2*y], ∂/∂x [x^2*y])"),
    ("grad_y x^2*y", "d/dy [x^2*y]"),
    ("grad x^2", "d/dx [x^2]"),
    ("f(x) = x^2; grad f(x)", "d/dx [x^2]"),
    ("z = x*y; grad z^2", "(∂/∂x [(x*y)^2], ∂/∂y [(x*y)^2])"),
    ("grad (x^2*y) at x = 1, y = 2",
     "(∂/∂x [x^2*y] at (x = 1) at (y = 2), ∂/∂y [x^2*y] at (x = 1) at (y = 2))"),
    ("grad (x^2*y) at (x = 1, y = 2)",
     "(∂/∂x [x^2*y] at (x = 1) at (y = 2), ∂/∂y [x^2*y] at (x = 1) at (y = 2))"),
    ("hessian x*y^2", "((∂^2/∂x^2 [x*y^2], ∂/∂x [∂/∂y [x*y^2]]), (∂/∂y [∂/∂x [x*y^2]], ∂^2/∂y^2 [x*y^2]))"),
    ("jacobian (r*t, r + t)", "((∂/∂r [r*t], ∂/∂t [r*t]), (∂/∂r [r + t], ∂/∂t [r + t]))"),
    ("z = w*x; L = z^2; grad L", "z = w*x; L = z^2; (dL/dw, dL/dx)"),
    ("z = w*x; L = z^2; grad_{w} L", "z = w*x; L = z^2; dL/dw"),
    ("z = w*x; L = z^2; dL/dz", "z = w*x; L = z^2; dL/dz"),
    ("z = w*x; L = z^2; ∂L/∂z", "∂/∂z [z^2]"),
    ("z = w*x; L = z^2; dL/dw", "d/dw [(w*x)^2]"),  # no line is used twice: put in
    ("u = x^2; L = u + u*x; dL/dx", "u = x^2; L = u + u*x; dL/dx"),
    ("gradient of x^2 at 3", "d/dx [x^2] at (x = 3)"),
]


@pytest.mark.parametrize(("text", "problem"), READINGS)
def test_readings(text: str, problem: str) -> None:
    assert str(read_problem(text).expression) == problem


@pytest.mark.parametrize(("text", "result"), [
    ("grad x^2*y", "(2*x*y, x^2)"),
    ("grad (x^2*y) at x = 1, y = 2", "(4, 1)"),
    ("hessian x^2*y", "((2*y, 2*x), (2*x, 0))"),
    ("jacobian (r*cos(t), r*sin(t))", "((cos(t), -r*sin(t)), (sin(t), r*cos(t)))"),
])
def test_results(text: str, result: str) -> None:
    found = tutor.explain(text)
    assert str(found.result) == result
    assert found.checked


@pytest.mark.parametrize(("text", "message"), [
    ("grad 5", "There is no letter in 5"),
    ("z = w*x; L = z^2; grad q", "q is the name of none of the lines"),
    ("grad (x, y)", "A gradient is that of one expression."),
    ("hessian (x, y)", "A matrix of second derivatives is that of one expression."),
    ("e = x + 1; L = e^2; grad L", "e is a constant"),
    ("z = x; L = z^2; grad_q L", "q stands on none of the lines."),
])
def test_refusals(text: str, message: str) -> None:
    with pytest.raises(NotationError, match=message):
        read_problem(text)


@pytest.mark.parametrize(("text", "said"), [
    ("grad [sum_i x_i^3]", "x is a list.*L = sum_i x_i.2; grad L"),
    ("hessian [sum_i y_i^3]", "y is a list"),
    ("sum_i y_i", "Which part of y varies"),
    ("sum_{i=1}^{10} i^2", "There is no variable here"),
])
def test_where_no_number_varies(text: str, said: str) -> None:
    with pytest.raises(TutorError, match=said):
        read_problem(text)


def test_lists_beside_the_only_letter_stay_as_they_are() -> None:
    (note,) = [note for note in read_problem("grad [sum_{i=1}^{n} w*x_i^3]").notes if "varies" in note.message]
    assert note.message.startswith("Only w varies; the parts of x stay as they are")
