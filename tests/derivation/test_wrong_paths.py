"""What wrong rules about the lines of a graph make of a slope."""

from __future__ import annotations

import pytest

from tutor.derivation.backward import solved_on_graph
from tutor.derivation.problem import read_problem
from tutor.derivation.wrong_paths import wrong_paths

TWO_PATHS = "u = x^2; v = x*u; L = v + sin(u)"
SIGMOID = "z = w*x; a = sigmoid(z); L = (a - y)^2"

MADE = [
    # graph, name, misconception, what it makes of the slope by that name
    (TWO_PATHS, "x", "paths_multiplied", ["(dL/du*(2*x))*(dL/dv*u)"]),
    (TWO_PATHS, "x", "only_one_path", ["dL/du*(2*x)", "dL/dv*u"]),
    (TWO_PATHS, "x", "partials_added_without_chain", ["dL/du + dL/dv"]),
    (TWO_PATHS, "x", "lines_added_without_slope_from_above", ["2*x + u"]),
    (TWO_PATHS, "x", "a_path_left_out", []),
    (TWO_PATHS, "x", "slope_on_the_line_forgotten", []),
    ("u = x^2; v = x*u; L = v + x; dL/dx", "x", "a_path_left_out",
     ["dL/du*(2*x) + dL/dv*u", "dL/du*(2*x) + 1*1", "dL/dv*u + 1*1"]),
    (SIGMOID, "w", "slope_on_the_line_forgotten", ["dL/dz"]),
    (SIGMOID, "w", "slope_from_above_forgotten", ["x"]),
    (SIGMOID, "w", "slopes_added_along_a_line", ["dL/dz + x"]),
    (SIGMOID, "w", "value_in_place_of_slope", ["z*x"]),
    (SIGMOID, "z", "slope_at_outer_value", ["dL/da*(sigmoid(a)*(1 - sigmoid(a)))"]),
    (SIGMOID, "a", "slope_on_the_line_forgotten", []),
]


@pytest.mark.parametrize(("graph", "letter", "misconception", "made"), MADE)
def test_what_a_wrong_rule_makes_of_a_slope(graph: str, letter: str, misconception: str, made: list[str]) -> None:
    lines = graph.removesuffix("; dL/dx")
    adjoints = solved_on_graph(read_problem(f"{lines}; grad_{{{letter}}} L").expression).adjoints
    found = [str(wrong.joined) for wrong in wrong_paths(adjoints, letter) if wrong.rule.name == misconception]
    assert found == made


def test_a_slope_that_nothing_leads_to_has_no_wrong_paths() -> None:
    adjoints = solved_on_graph(read_problem("a = x^2; b = a + 1; L = 3*a; dL/db").expression).adjoints
    assert list(wrong_paths(adjoints, "b")) == []
