"""Slopes of lines at points, by numbers alone."""

from __future__ import annotations

import pytest

from tutor.derivation.graph import graph_of
from tutor.derivation.problem import read_problem
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.oracle.cuts import Cuts, LinesAtPoint
from tutor.oracle.verdict import Oracle

NEURON = "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
TWICE = "u = x^2; v = x*u; L = v + sin(u)"
SAME_LINES = "a = 2; b = x^2; c = x^2; L = a*b + 2*c"
KINKED = "z = w*x; h = relu(z); L = (h - y)^2"


def cuts_of(lines: str) -> Cuts:
    return Cuts(graph_of(parse(lines).args, lines).lines)


def sides(lines: str, equation: str) -> tuple[Expression, Expression]:
    """Both sides of an equation about the lines, in which dL/dz and ∂z/∂w are slopes."""
    left, right = (read_problem(f"{lines}; {side}", of_graph=True, method="graph").expression.args[-1]
                   if side.startswith("d") else parse(side) for side in equation.split(" = "))
    return left, right


@pytest.mark.parametrize(("lines", "above", "letter", "numbers", "expected"), [
    (TWICE, "L", "x", {"x": 0.0}, 0.0),
    (TWICE, "v", "x", {"x": 2.0}, 12.0),
    (TWICE, "L", "L", {"x": 2.0}, 1.0),
    (SAME_LINES, "L", "b", {"x": 3.0}, 2.0),     # not 4, although the line of c says the same
    (SAME_LINES, "L", "a", {"x": 3.0}, 9.0),     # not what every 2 on the lines does
    (SAME_LINES, "L", "x", {"x": 3.0}, 24.0),
    (SAME_LINES, "b", "c", {"x": 3.0}, 0.0),
    (KINKED, "L", "w", {"w": 1.0, "x": 2.0, "y": 0.5}, 6.0),
    (KINKED, "L", "w", {"w": -1.0, "x": 2.0, "y": 0.5}, 0.0),
    (KINKED, "L", "w", {"w": 0.0, "x": 2.0, "y": 0.5}, None),     # on the kink
    ("z = ln(x); L = z^2", "L", "x", {"x": -1.0}, None),
    ("z = e^x; L = e^z", "L", "x", {"x": 100.0}, None),
])
def test_a_slope_at_numbers(lines: str, above: str, letter: str, numbers: dict[str, float],
                            expected: float | None) -> None:
    found = LinesAtPoint(cuts_of(lines), numbers.get).slope(above, letter)
    assert found == expected if expected is None else found == pytest.approx(expected)


@pytest.mark.parametrize(("lines", "equation", "outcome"), [
    (NEURON, "dL/dw = 2*(a - y)*a*(1 - a)*x", "checked"),
    (NEURON, "dL/dw = 2*(a - y)*a*(1 - a)*w", None),
    (NEURON, "dL/dz = 2*(a - y)*a", None),
    (TWICE, "dL/dx = 3*x^2 + 2*x*cos(u)", "checked"),
    (TWICE, "dL/dx = u", None),                                   # one path only
    (KINKED, "dL/dw = 2*(h - y)*x*step(z)", "checked"),
    (KINKED, "dL/dw = 2*(h - y)*x", None),                        # true where z is positive
    ("z = x^2 + 1; h = relu(z); L = h^2", "dL/dx = 2*h*2*x", None),  # true, but only one side of the kink is seen
])
def test_what_is_settled_at_points_of_the_lines(lines: str, equation: str, outcome: str | None) -> None:
    found = cuts_of(lines).compare(*sides(lines, equation), (), Oracle().points())
    assert (found and found.outcome) == outcome


def test_a_ladder_costs_as_much_as_a_chain() -> None:
    lines = "a1 = x/3; " + "; ".join(f"a{number} = sin(a{number - 1})*a{number - 1} + x" for number in range(2, 101))
    cuts = cuts_of(lines)
    equation = sides(lines, "da100/dx = 0*x")
    assert cuts.compare(*equation, (), Oracle().points()) is None
    assert 0 < cuts.work < 10_000
