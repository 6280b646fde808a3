"""Answers that are lists."""

from __future__ import annotations

import pytest

import tutor

SQUARE = "z = w*x; L = z^2"

ANSWERS = [
    # problem, answer; the outcome, the component that it is about, how the sentences begin
    ("grad (x^2*y)", "(2xy, x^2)", "right", (), "Both components are right."),
    ("grad (x*y*z)", "(yz, xz, xy)", "right", (), "All 3 components are right."),
    ("grad (x^2*y) at x = 1, y = 2", "(4, 1)", "right", (), "Both components are right."),
    ("grad (x^2*y)", "(2xy, x)", "slip", (2,), "One exponent of x is off by one."),
    ("grad sin(x^2*y)", "(cos(x^2*y)*2xy, cos(x^2*y))", "one_of", (2,), "The derivative of the outer function"),
    ("grad (x^2*y)", "(x^2, 2xy)", "unexplained", (), "The components are right, but in another order."),
    ("grad (x^2*y)", "2xy", "unexplained", (), "The answer is a list of 2 components, and yours is one value."),
    ("grad (x^2*y) at x = 1, y = 2", "4, 1", "right", (), "Both components are right."),
    ("grad (x^2*y) at x = 1, y = 2", "y = 1, x = 4", "right", (), "Both components are right."),
    (f"{SQUARE}; grad L", "dL/dw = 2z*x, dL/dx = 2z*w", "right", (), "Both components are right."),
    ("grad (x^2*y) at x = 1, y = 2", "x = 4, z = 1", "unreadable", (), "An answer is an expression"),
    ("grad (x^2*y)", "2xy + x^2", "unexplained", (), "The components were added. A gradient is a list"),
    (f"{SQUARE}; grad L", "2z*x + 2z*w", "unexplained", (), "The components were added."),
    ("grad (x^2*y)", "(1, 2, 3)", "unexplained", (),
     "The answer is a list of 2 components, and yours is a list of 3."),
    ("d/dx x^2", "(2x, 1)", "unexplained", (), "The answer is one value, and yours is a list of 2."),
    ("hessian (x^2*y)", "((2y, 2x), (2x, 0))", "right", (), "Both rows are right."),
    ("hessian (x^2*y)", "((2y, 2x), (2x, 1))", "misconception", (2, 2), "The variable y has slope one"),
    ("hessian (x^2*y)", "(2y, 0)", "unexplained", (1,),
     "The answer is a list of 2 components, and yours is one value."),
    ("hessian (x^2*y)", "((2x, 0), (2y, 2x))", "unexplained", (1, 1), "Everything fits except this part"),
    ("hessian (x^2*y)", "((2x, 0), (2y, 2x), (1, 1))", "unexplained", (), "The answer is a list of 2 rows, and yours"),
    ("hessian (x^2*y)", "((2y, 2x), (0, 2x))", "unexplained", (2,), "The components are right, but in another order."),
]


@pytest.mark.parametrize(("problem", "answer", "outcome", "component", "said"), ANSWERS)
def test_what_is_said_of_an_answer(problem: str, answer: str, outcome: str, component: tuple[int, ...],
                                   said: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert (found.outcome, found.component) == (outcome, component)
    assert found.message.startswith(said)
    assert bool(found.message) == bool(said)
