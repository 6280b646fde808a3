"""A learner's backward pass: each slope by itself, what rests on a wrong one, and when it is finished."""

from __future__ import annotations

import pytest

from tutor.errors import LimitError, TutorError
from tutor.judge.lines import judge_lines

NEURON = "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
TWO_PATHS = "u = x^2; v = x*u; L = v + sin(u); dL/dx"
HERE = "at w = 0.5, x = 2, b = -0.3, y = 1"

LINES = [
    # problem, lines; the outcome of each, the first words of the last message, whether it is finished
    (f"{NEURON}; grad_{{w,b}} L",
     ["dL/dL = 1", "dL/da = 2(a-y)", "dL/dz = dL/da*a*(1-a)", "dL/dw = dL/dz*x", "dL/db = dL/dz"],
     "expected expected expected expected expected", "Right: Chain rule along one line.", True),
    (f"{NEURON}; grad_{{w,b}} L", ["dL/da = 2(a-y)", "dL/dw = dL/dz*x", "dL/db = dL/dz"],
     "expected expected expected", "Right", False),  # dL/dz is not found
    (f"{NEURON}; grad_{{w,b}} L", ["(dL/dw, dL/db) = (2(a-y)*a*(1-a)*x, 2(a-y)*a*(1-a))"], "expected", "Right.", True),
    (f"{NEURON}; grad_{{w,b}} L", ["(dL/dw, dL/db) = (2(a-y)*a*(1-a)*x, 2(a-y)*a)"], "wrong",
     "This is wrong: look at component 2.", False),
    # what rests on a wrong line follows from it; in its letters it is right
    (f"{NEURON}; grad_{{w,b}} L", ["dL/da = a-y", "dL/dz = (a-y)*a*(1-a)"], "wrong follows_from_wrong",
     "This follows from what was found before, but that is not right.", False),
    (f"{NEURON}; grad_{{w,b}} L", ["dL/da = a-y", "dL/dz = dL/da*a*(1-a)"], "wrong expected", "Right", False),
    (f"{NEURON}; grad_{{w,b}} L", ["dL/da = a-y", "= a - y"], "wrong follows_from_wrong", "This follows", False),
    (f"{NEURON}; grad_{{w,b}} L", ["∂z/∂b = 0", "dL/db = 0"], "wrong follows_from_wrong", "This follows", False),
    (f"{NEURON}; grad_{{w,b}} L", ["dL/da = a-y", "dL/da = 2(a-y)", "dL/dz = (a-y)*a*(1-a)"],
     "wrong expected wrong", "This is wrong: (a - y)*a*(1 - a) is not dL/dz.", False),
    # ∂ as many books have it, slopes on one line, LaTeX, letters of one's own
    (f"{NEURON}; dL/dw", ["∂L/∂a = 2(a-y)", "∂L/∂z = ∂L/∂a * ∂a/∂z = 2(a-y)*a*(1-a)", "∂L/∂w = ∂L/∂z*x"],
     "expected expected expected expected", "Right", True),
    (f"{NEURON}; dL/dw", ["da/dz = a*(1-a)", "da/dw = a*(1-a)*x"], "expected expected", "Right.", False),
    (f"{NEURON}; dL/dw", [r"\frac{\partial L}{\partial z} = 2(a-y)a(1-a)"], "expected", "Right", False),
    (f"{NEURON}; dL/dz", ["d = 2(a-y)", "dL/dz = d*a*(1-a)"], "expected", "Right", True),
    (TWO_PATHS, ["∂L/∂u = x + cos(u)", "dL/dx = ∂L/∂u*2x + u"], "expected wrong", "This is wrong", False),
    (TWO_PATHS, ["dL/du = x + cos(u)", "dL/dx = dL/du*2x + dL/dv*u", "dL/dv = 1"], "expected expected expected",
     "Right", True),
    # numbers
    (f"{NEURON}; dL/dw {HERE}", ["z = 0.7", "a = 0.6682", "dL/da = -0.6636", "dL/dz = -0.6636*0.2217 = -0.1471",
                                 "dL/dw = dL/dz*2 = -0.2942"],
     "expected expected expected expected expected expected expected",
     "Right to 3 digits. To 4 digits it is -0.2943.", True),
    (f"{NEURON}; dL/dz {HERE}", ["z = 0.6", "a = sigmoid(0.6) = 0.6457", "dL/da = 2(0.6457 - 1) = -0.7086"],
     "wrong follows_from_wrong follows_from_wrong follows_from_wrong follows_from_wrong", "This follows", False),
    (f"{NEURON}; dL/dz {HERE}", ["∂a/∂z = 0.2217", "∂a/∂z = 0.23"], "expected wrong", "This is wrong", False),
    # what is no line of a backward pass
    (f"{NEURON}; dL/dz", ["dL/dq = 3"], "undecided", "q does not occur in the graph", False),
    (f"{NEURON}; dL/dz", ["dq/dz = 3"], "undecided", "q does not occur in the graph", False),
    (f"{NEURON}; dL/dz", ["dx/dw = 3"], "undecided", "dx/dw is no slope in this graph: x has no line.", False),
    (f"{NEURON}; dL/dz", ["dL/dz = d^2L/dw^2"], "undecided", "Only first slopes can be judged here", False),
    (f"{NEURON}; dL/dz", ["x + 1 = 3"], "unreadable", "A line begins with a slope", False),
    (f"{NEURON}; dL/dz", ["dL/dz ="], "unreadable", "There is no answer.", False),
    (f"{NEURON}; dL/dz", ["dL/dz = 2(a"], "unreadable", "This ( is never closed", False),
    (f"{NEURON}; dL/dz", ["", "# nothing"], "", "", False),
]


@pytest.mark.parametrize(("problem", "lines", "outcomes", "said", "finished"), LINES)
def test_what_is_said_of_the_lines(problem: str, lines: list[str], outcomes: str, said: str, finished: bool) -> None:
    judged = judge_lines(problem, lines)
    assert [line.outcome for line in judged.lines] == outcomes.split()
    assert not judged.lines or judged.lines[-1].message.written().startswith(said)
    assert judged.finished is finished


def test_a_wrong_line_is_found_and_its_mistake_named() -> None:
    judged = judge_lines(f"{NEURON}; dL/dw", ["dL/da = 2(a-y)", "dL/dz = dL/da", "dL/dw = dL/dz*x"])
    assert judged.broke_at == 2
    diagnosis = judged.lines[1].diagnosis
    assert diagnosis is not None
    assert "slope_on_the_line_forgotten" in diagnosis.misconceptions
    paths = judge_lines(TWO_PATHS, ["dL/dx = dL/dv*u"]).lines[0].diagnosis
    assert paths is not None
    assert paths.message.startswith("Only the path through v was followed")


def test_lines_are_judged_as_they_are_meant() -> None:
    """dL/dw of lines that are not shared is worked out in one piece, unless the learner goes along the lines."""
    whole = judge_lines(f"{NEURON}; dL/dw", ["= 2(sigmoid(w*x + b) - y)*d/dw [sigmoid(w*x + b)]"])
    assert whole.derivation.is_backward_pass is False
    assert [line.outcome for line in whole.lines] == ["several_steps"]
    for lines in (["dL/da = 2(a-y)"], ["dL/dw = 2(a-y)*a*(1-a)*x"], ["= 2(a-y)*a*(1-a)*x"]):
        judged = judge_lines(f"{NEURON}; dL/dw", lines)
        assert judged.derivation.is_backward_pass is True
        assert [line.outcome for line in judged.lines] == ["expected"]


def test_too_many_lines_and_no_graph() -> None:
    with pytest.raises(LimitError):
        judge_lines(f"{NEURON}; dL/dz", ["dL/dL = 1"] * 2000)
    with pytest.raises(TutorError, match="before z is defined"):
        judge_lines("L = z; z = x; dL/dz", ["dL/dz = 1"])


def test_the_derivative_of_an_expression_in_lines_follows_every_path() -> None:
    found = judge_lines("z = w*x; a = z^2; L = (a - y)^2 + z; dL/dw",
                        ["dL/dz = d/dz [(a - y)^2 + z]", "dL/dz = d/dz [(a - y)^2]", "dL/dz = ∂/∂z [(a - y)^2 + z]"])
    assert [line.outcome for line in found.lines] == ["expected", "wrong", "wrong"]
