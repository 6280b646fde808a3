"""Answers about the lines of a graph: slopes in letters and at numbers."""

from __future__ import annotations

import pytest

import tutor

TWO_PATHS = "u = x^2; v = x*u; L = v + sin(u); dL/dx"
THREE_PATHS = "u = x^2; v = x*u; L = v + x; dL/dx"
SQUARE = "z = w*x; L = z^2"
NEURON = "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
HERE = "at w = 0.5, x = 2, b = -0.3, y = 1"

ANSWERS = [
    # problem, answer; the outcome, the component that it is about, how the sentences begin
    (TWO_PATHS, "2x*(x + cos(u)) + u", "right", (), "Right."),
    (TWO_PATHS, "3x^2 + 2x*cos(x^2)", "right", (), "Right."),
    (TWO_PATHS, "u", "misconception", (), "Only the path through v was followed, but x stands on more lines"),
    (TWO_PATHS, "2x*(x + cos(u))", "misconception", (), "Only the path through u was followed"),
    (TWO_PATHS, "2x*(x + cos(u))*u", "misconception", (), "The paths from x to L were multiplied"),
    (TWO_PATHS, "x + cos(u) + 1", "misconception", (), "The slopes of L from above were added as they are."),
    (THREE_PATHS, "u + 2x*x", "misconception", (), "One of the paths from x to L is missing."),
    (f"{NEURON}; dL/dz", "a(1 - a)", "misconception", (), "This is what z does on the line of a alone."),
    (f"{NEURON}; dL/dz", "2(a - y)*sigmoid(a)*(1 - sigmoid(a))", "misconception", (),
     "The slope on the line of a belongs to the value of z"),
    (TWO_PATHS, "17", "unexplained", (), ""),
    (TWO_PATHS, "2x*dL/du + u", "undecided", (), "Another slope is left in it."),
    (f"{SQUARE}; grad L", "(2z*x, 2z*w)", "right", (), "Both components are right."),
    (f"{SQUARE}; grad L", "(2z*x, 2z)", "misconception", (2,), "This is the slope by z, unchanged."),
    (f"{SQUARE}; grad L", "2z*x", "unexplained", (), "The answer is a list of 2 components"),
    (f"{SQUARE}; dL/dz at w = 1, x = 2", "4", "right", (), "Right."),
    (f"{SQUARE}; dL/dz at w = 1, x = 2", "5", "unexplained", (), ""),
    (f"{NEURON}; dL/dz", "2(a-y)*a*(1-a)", "right", (), "Right."),
    (f"{NEURON}; dL/dz", "2(a-y)", "misconception", (), "This is the slope by a, unchanged."),
    (f"{NEURON}; dL/da", "a - y", "misconception", (), "The exponent comes down as a factor."),
    (f"{NEURON}; grad_{{b,y}} L", "(2(a-y)*a*(1-a), 2(a-y))", "misconception", (2,), ""),
    # numbers that are rounded, as one finds them line by line
    (f"{NEURON}; dL/dz {HERE}", "-0.1471", "right", (), "Right to 4 digits."),
    (f"{NEURON}; dL/dz {HERE}", "-0.147132", "right", (), "Right to 5 digits. To 6 digits it is -0.147134."),
    (f"{NEURON}; dL/dz {HERE}", "-0.15", "slip", (), "That is right as far as it goes. Give at least 3 digits."),
    (f"{NEURON}; dL/dz {HERE}", "-0.6636*0.2217", "right", (), "Right to 4 digits."),
    (f"{NEURON}; dL/dz {HERE}", "0.1471", "unexplained", (), ""),
    (f"{NEURON}; dL/dz {HERE}", "-0.1", "unexplained", (), ""),
    (f"{NEURON}; dL/dz {HERE}", "2(a-y)*a*(1-a)", "right", (), "Right."),
    (f"{NEURON}; grad_{{w,b}} L {HERE}", "(-0.2943, -0.147)", "right", (),
     "Both components are right, to at least 3 digits."),
    (f"{NEURON}; grad_{{w,b}} L {HERE}", "(-0.2943, -0.15)", "slip", (2,), "That is right as far as it goes."),
    ("q = x + y; f = q*z/3; df/dq at x = 1, y = 2, z = 4", "1.333", "slip", (), "That is rounded."),
    ("q = x + y; f = q*z/3; df/dq at x = 1, y = 2, z = 4", "4/3", "right", (), "Right."),
    # the same where the lines are put in, unless the answer has their names
    (f"{NEURON}; dL/dw", "2(a-y)*a*(1-a)*x", "right", (), "Right."),
    (f"{NEURON}; dL/dw", "2(sigmoid(w*x+b)-y)*a*(1-a)*x", "right", (), "Right."),
    (f"{NEURON}; dL/dw", "2(a-y)*a*(1-a)", "misconception", (), "This is the slope by z, unchanged."),
    (f"{NEURON}; dL/dz", "2(a-y)*q", "wrong_variable", (), "The letter q does not occur in the graph."),
    ("h = x^2*y; L = sin(h); dL/dx", "cos(h)*2x*y", "right", (), "Right."),
    (f"{NEURON}; dL/dw", "2(sigmoid(w*x+b)-y)*sigmoid(w*x+b)*(1-sigmoid(w*x+b))*x", "right", (), "Right: Chain rule"),
    (f"{NEURON}; dL/dw {HERE}", "-0.2943", "right", (), "Right to 4 digits."),
    (f"{NEURON}; dL/dw {HERE}", "-0.2942", "right", (), "Right to 3 digits. To 4 digits it is -0.2943."),
    ("d/dx sin(x) at x = 1", "0.5403", "slip", (), "That is rounded. Give the exact value."),
]


@pytest.mark.parametrize(("problem", "answer", "outcome", "component", "said"), ANSWERS)
def test_what_is_said_of_an_answer(problem: str, answer: str, outcome: str, component: tuple[int, ...],
                                   said: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert (found.outcome, found.component) == (outcome, component)
    assert found.message.startswith(said)


def test_the_form_that_is_asked_for() -> None:
    assert tutor.diagnose(f"{SQUARE}; grad L", "(2z*x, z*w + z*w)", "simplified").outcome == "right_other_form"
    assert tutor.diagnose(f"{NEURON}; dL/dz {HERE}", "-0.1471", "exact").outcome != "right"
    assert tutor.diagnose(f"{NEURON}; dL/dw {HERE}", "-0.2943", "exact").outcome == "slip"


NO_SLOPE = "z = x; L = |z|; dL/dz at x = 0"


@pytest.mark.parametrize(("problem", "answer", "outcome", "said"), [
    (NO_SLOPE, "none", "right", "There is no slope there: abs(z) has slope -1 on the left of 0 and 1 on the right."),
    (NO_SLOPE, "0", "unexplained", "There is no slope there: abs(z) has slope -1 on the left of 0 and 1"),
    (f"{SQUARE}; dL/dz at w = 1, x = 2", "none", "unexplained", "There is a slope there."),
    (f"{SQUARE}; grad L", "DNE", "unexplained", "There is a slope."),
    # lists as they are typed, and left sides
    (f"{SQUARE}; grad L", "2z*x, 2z*w", "right", "Both components are right."),
    (f"{SQUARE}; grad L", "[2z*x, 2z*w]", "right", "Both components are right."),
    ("grad x^2*y", "{2xy, x^2}", "right", "Both components are right."),
    ("hessian x^2*y", "(2y, 2x), (2x, 0)", "right", "Both rows are right."),
    (f"{SQUARE}; grad L", "(dL/dw, dL/dx) = (2z*x, 2z*w)", "right", "Both components are right."),
    (f"{SQUARE}; grad L", "∇L = (2z*x, 2z*w)", "right", "Both components are right."),
    (f"{SQUARE}; dL/dz", "∂L/∂z = 2z", "right", "Right."),
    (f"{SQUARE}; grad L", "(2z*x,", "unreadable", "This ( is never closed"),
])
def test_answers_as_they_are_typed(problem: str, answer: str, outcome: str, said: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.outcome == outcome
    assert found.message.startswith(said)


@pytest.mark.parametrize(("problem", "answer", "outcome"), [
    ("y = e^(3x); y''", "9y", "right"),
    ("y = e^(3x); y''", "3y", "one_of"),
    ("y = cos(x); y''", "-y", "right"),
    ("y = cos(x); y'", "-y", "unexplained"),
    ("u = x^4; y = sin(u); d^2y/dx^2", "12x^2*cos(u) - 16x^6*y", "right"),  # a line above the line that is asked for
    ("u = x^4; y = sin(u); d^2y/dx^2", "12x^2*cos(u) - 16x^6*z", "wrong_variable"),
    ("u = x*z; y = e^u; hessian y", "((z^2*y, (1 + u)*y), ((1 + u)*y, x^2*y))", "right"),
    ("y = cos(x) + 1; int y dx", "sin(x) + x + C", "right"),
])
def test_names_of_lines_that_were_put_into_the_problem(problem: str, answer: str, outcome: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.outcome == outcome
    assert found.answer is tutor.parse(answer)  # as it was typed
