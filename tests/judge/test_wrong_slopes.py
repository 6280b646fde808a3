"""Mistakes in the slope by one name of a graph: about the paths, and on a single line."""

from __future__ import annotations

import pytest

from tutor.derivation.backward import solved_on_graph
from tutor.derivation.problem import read_problem
from tutor.judge.wrong_slopes import wrong_slopes


@pytest.mark.parametrize(("problem", "misconception", "joined", "line"), [
    ("z = w*x; L = (z - 1)^2; dL/dz at w = 1, x = 2", "power_lost_coefficient", "1*(z - 1)", "∂L/∂z"),
    ("z = w*x; a = sigmoid(z); L = a^2; grad_{z} L", "slope_from_above_forgotten", "sigmoid(z)*(1 - sigmoid(z))", None),
])
def test_what_a_mistake_makes_of_a_slope(problem: str, misconception: str, joined: str, line: str | None) -> None:
    found = solved_on_graph(read_problem(problem).expression)
    wrong = [each for each in wrong_slopes(found.adjoints, "z") if each.mistake.rule.name == misconception]
    assert joined in [str(each.joined) for each in wrong]
    assert {None if each.line is None else str(each.line) for each in wrong} == {line}
