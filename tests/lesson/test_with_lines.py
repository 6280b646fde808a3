"""Exercises with the lines of a graph: what is asked, and answers that have the names of the lines."""

from __future__ import annotations

import pytest

from tests.lesson.lessons import exercise
from tutor.errors import TutorError
from tutor.lesson.judging import judge
from tutor.lesson.variants import unanswerable

SOFTMAX = "p = softmax(z); dp_i/dz_k"
NEURON = "z = w*x + b; L = z^2; grad L"
LAYER = "z_i = sum_{j=1}^{m} W_{ij}*x_j; L = sum_{i=1}^{n} z_i^2; dL/dW_{kl}"


@pytest.mark.parametrize(("given", "shown", "problem"), [
    (SOFTMAX, "p_i = e^z_i/(sum_{j=1}^{n} e^z_j); dp_i/dz_k", "d/dz_k [e^z_i/(sum_{j=1}^{n} e^z_j)]"),
    (NEURON, "z = w*x + b; L = z^2; (dL/dw, dL/dx, dL/db)",
     "(d/dw [(w*x + b)^2], d/dx [(w*x + b)^2], d/db [(w*x + b)^2])"),
    ("z = w*x; L = z^2; dL/dw", "z = w*x; L = z^2; dL/dw", "d/dw [(w*x)^2]"),
    ("z = w*x; L = z^2*x; dL/dz", "z = w*x; L = z^2*x; dL/dz", "d/dz [z^2*x]"),
    ("u = x^2; L = u*x; dL/dx at x = 2", "u = x^2; L = u*x; dL/dx at (x = 2)", "d/dx [x^2*x] at (x = 2)"),
    ("grad (sum_{i=1}^{n} y*x_i)", "L = sum_{i=1}^{n} y*x_i; (dL/dy, dL/dx_i)",
     "(d/dy [sum_{i=1}^{n} y*x_i], d/dx_i [sum_{i=1}^{n} y*x_i])"),
])
def test_what_is_asked(given: str, shown: str, problem: str) -> None:
    made = exercise({"given": given})
    assert (str(made.shown), str(made.problem), made.prompt.written()) == (shown, problem, "Work out:")
    assert unanswerable(made) is None


def test_values_stand_in_the_lines_and_in_the_slopes() -> None:
    made = exercise({"given": "z = a*w; L = z^2; dL/dw", "vary": {"a": "3"}})
    assert (str(made.shown), str(made.problem)) == ("z = 3*w; L = z^2; dL/dw", "d/dw [(3*w)^2]")
    assert judge(made, "6z").outcome == "right"


@pytest.mark.parametrize(("given", "answer", "outcome"), [
    (SOFTMAX, "p_i*(delta_{ik} - p_k)", "right"), (SOFTMAX, "p_k*(delta_{ik} - p_i)", "right"),
    (SOFTMAX, "diag(p) - p*p^T", "right"), (SOFTMAX, "p_i*(delta_{ik} + p_k)", "wrong"),
    (NEURON, "(2z*x, 2z*w, 2z)", "right"), (NEURON, "(2(w*x + b)*x, 2(w*x + b)*w, 2z)", "right"),
    (NEURON, "(2z, 2z*w, 2z)", "wrong"), (NEURON, "(2z*x, 2z*w)", "wrong"),
    (LAYER, "2*z_k*x_l", "right"), (LAYER, "2*z*x^T", "right"), (LAYER, "2*z_l*x_k", "wrong"),
    (LAYER, "2*x*z^T", "unreadable"), (LAYER, "2*z_k*q", "unreadable"),
])
def test_answers_with_the_names_of_lines(given: str, answer: str, outcome: str) -> None:
    assert judge(exercise({"given": given}), answer).outcome == outcome


@pytest.mark.parametrize(("item", "message"), [
    ({"given": "z = w*x; L = z^2; dL/dw", "ask": "evaluate"}, "asked for by ask: differentiate"),
    ({"given": "z = w*x; L = z^2; dL/dw", "at": "2"}, "the point stands behind the slope"),
    ({"given": "z = w*x; L = z^2; L + 1"}, "unless they are lines with a slope"),
    ({"given": f"{SOFTMAX.partition(';')[0]}; L = -sum_i y_i*ln(p_i); sum_i y_i = 1; dL/dz_k"}, "given of a sum"),
])
def test_refusals(item: dict[str, str], message: str) -> None:
    with pytest.raises(TutorError, match=message):
        exercise(item)
