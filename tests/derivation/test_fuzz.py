"""Whatever is typed: a derivation, or a TutorError; nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import tutor

PIECES = st.sampled_from(
    ["x", "y", "2", "0", "1", "-1", "1/2", "3.5", "e", "pi", "i", "+", "-", "*", "/", "^", "(", ")", "[", "]", "|", " ",
     "sin", "ln", "sqrt", "abs", "max(x, ", "min(1, ", "log_2 ", "step(", "f(", "f'(", "d/dx ", "d^2/dx^2 ", "∂/∂y ",
     "int ", " dx", " at x = ", ";", "=", "f(x) = ", "y'", "²", "√", "exp(", "sigmoid(", "x^x", "1e9", ",", "∞"]
)


def explained(text: str) -> None:
    try:
        derivation = tutor.explain(text)
    except tutor.TutorError:
        return
    assert derivation.checked is not False
    assert all(step.rule.name for step in derivation.steps)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_pieces_of_problems(text: str) -> None:
    explained(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["d/dx [x^2*sin(x)/e^x]", "f(x) = x^3; f''(2)", "d/dx max(x, x^2, 1)", "(3x+2)^4 ln|x|"]),
       st.lists(st.tuples(st.integers(0, 30), PIECES), max_size=4))
def test_mutated_problems(problem: str, changes: list[tuple[int, str]]) -> None:
    for place, piece in changes:
        problem = problem[:place] + piece + problem[place + 1:]
    explained(problem)
