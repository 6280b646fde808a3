"""A learner's lines for a gradient: whole lists, or one component after the other."""

from __future__ import annotations

import pytest

from tutor.judge.lines import judge_lines

LINES = [
    # problem, lines; the outcome of each, the first words of the last message, whether it is finished
    ("grad x^2*y", ["= (d/dx [x^2]*y, x^2)", "= (2x*y, x^2)"], "several_steps expected", "Right: Power rule.", True),
    ("grad x^2*y", ["(2x*y, x)"], "wrong", "This step is wrong: look at component 2.", False),
    ("grad x^2*y", ["(2x*y, x)", "(2x*y, x)"], "wrong follows_from_wrong", "This follows", False),
    ("grad x^2*y", ["(2x*y, x^2, 1)"], "wrong", "This step is wrong:", False),
    ("grad x^2*y", ["2x*y"], "wrong", "This step is wrong:", False),
    ("hessian x^2*y", ["((2y, 2x), (2x, 1))"], "wrong", "This step is wrong: look at component 2 of row 2.", False),
    ("hessian x^2*y", ["((2y, 2x), (2x, 0))"], "several_steps", "Right", True),
    ("grad x^2*y at x = 1, y = 2", ["(2x*y, x^2)", "(4, 1)"], "several_steps expected", "Right", True),
    ("grad x^2*y at x = 1, y = 2", ["(2x*y, x)"], "wrong", "This step is wrong: look at component 2.", False),
    # one component after the other
    ("grad x^2*y", ["∂f/∂x = 2xy", "∂f/∂y = x^2"], "expected expected", "Right: Constant multiple rule", True),
    ("grad x^2*y", ["∂f/∂x = d/dx [x^2]*y", "= 2xy"], "expected expected", "Right: Power rule.", False),
    ("grad x^2*y", ["∂f/∂y = 2x"], "wrong", "This step is wrong:", False),
    ("grad x^2*y", ["∂f/∂x = 2xy", "∂f/∂x = 2x"], "expected wrong", "This step is wrong:", False),
    ("grad x^2*y", ["∂f/∂x = 2xy", "= (2xy, x^2)"], "expected several_steps", "Right", True),
    ("grad x^2*y at x = 1, y = 2", ["∂f/∂x = 2xy = 4", "df/dy = 1"], "expected expected several_steps", "Right", True),
    ("grad x^2*y", ["∂f/∂z = 2xy"], "wrong", "This step is wrong:", False),
    ("grad x^2*y", ["∂f/∂x = 2xy("], "unreadable", "This ( is never closed", False),
]


@pytest.mark.parametrize(("problem", "lines", "outcomes", "said", "finished"), LINES)
def test_what_is_said_of_the_lines(problem: str, lines: list[str], outcomes: str, said: str, finished: bool) -> None:
    judged = judge_lines(problem, lines)
    assert [line.outcome for line in judged.lines] == outcomes.split()
    assert judged.lines[-1].message.written().startswith(said)
    assert judged.finished is finished


def test_a_component_is_shown_with_its_left_side() -> None:
    judged = judge_lines("grad x^2*y", ["∂f/∂x = 2xy", "∂f/∂y = x^2"])
    assert [str(line.expression) for line in judged.lines] == ["∂f/∂x = 2*x*y", "∂f/∂y = x^2"]
    assert judged.ending == "every component is found"
