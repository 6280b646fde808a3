"""The canonical derivations along a graph: formulas in the letters of the graph, the rules that open them, and numbers.

The same slopes are asked of automatic differentiation at random points, with every line put into the next; two worked
networks that many courses use are compared with the digits that they print.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from autograd import numpy as np

import tutor
from tests.canonical.numbers import Function, agrees
from tutor.derivation.backward import slopes_of
from tutor.derivation.forward import AtNumbers, at_numbers, places_of
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, substitute
from tutor.judge.equivalence import equivalent


class Graph(NamedTuple):
    """lines: all but what is asked; slopes: letter -> its slope in the letters of the graph; rules: how often each rule
    for graphs opens one; function: the last line in NumPy, of these letters."""

    lines: str
    slopes: dict[str, str]
    rules: dict[str, int]
    function: Function
    letters: list[str]
    ranges: Mapping[str, tuple[float, float]] = MappingProxyType({})


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def cross_entropy(w: Any, x: Any, b: Any, y: Any) -> Any:
    a = sigmoid(w * x + b)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


GRAPHS = {
    "12 squared error of a neuron": Graph(
        "z = w*x + b; a = sigmoid(z); L = 1/2*(a - y)^2",
        {"w": "(a - y)*a*(1 - a)*x", "b": "(a - y)*a*(1 - a)"},
        {"starts_at_one": 1, "along_one_line": 4},
        lambda w, x, b, y: (sigmoid(w * x + b) - y)**2 / 2, ["w", "x", "b", "y"]),
    "13 cross-entropy of a neuron": Graph(
        "z = w*x + b; a = sigmoid(z); L = -(y*ln(a) + (1 - y)*ln(1 - a))",
        {"z": "a - y", "w": "(a - y)*x", "b": "a - y"}, {"starts_at_one": 1, "along_one_line": 4},
        cross_entropy, ["w", "x", "b", "y"], {"y": (0.0, 1.0)}),
    "13 by its name": Graph(
        "z = w*x + b; a = sigmoid(z); L = bce(a, y)",
        {"z": "a - y", "w": "(a - y)*x", "b": "a - y"}, {"starts_at_one": 1, "along_one_line": 4},
        cross_entropy, ["w", "x", "b", "y"], {"y": (0.0, 1.0)}),
    "20 a product of a sum": Graph(
        "q = x + y; f = q*z", {"x": "z", "y": "z", "z": "x + y"}, {"starts_at_one": 1, "along_one_line": 4},
        lambda x, y, z: (x + y) * z, ["x", "y", "z"]),
    "20 two meetings of paths": Graph(
        "u = x^2; v = x*u; L = v + sin(u)", {"x": "x^2 + (x + cos(x^2))*2*x"},
        {"starts_at_one": 1, "along_one_line": 1, "along_every_path": 2},
        lambda x: x**3 + np.sin(x**2), ["x"]),
    "21 two layers": Graph(
        "z_1 = w_1*x + b_1; h = sigmoid(z_1); z_2 = w_2*h + b_2; L = 1/2*(z_2 - y)^2",
        {"w_2": "(z_2 - y)*h", "b_2": "z_2 - y", "w_1": "(z_2 - y)*w_2*h*(1 - h)*x", "b_1": "(z_2 - y)*w_2*h*(1 - h)"},
        {"starts_at_one": 1, "along_one_line": 7},
        lambda w_1, x, b_1, w_2, b_2, y: (w_2 * sigmoid(w_1 * x + b_1) + b_2 - y)**2 / 2,
        ["w_1", "x", "b_1", "w_2", "b_2", "y"]),
}


def gradient(graph: Graph) -> Any:
    return tutor.explain(f"{graph.lines}; grad_{{{','.join(graph.slopes)}}} {graph.lines.split(';')[-1].split()[0]}")


def components(result: Expression) -> tuple[Expression, ...]:
    return result.args if result.head == "tuple" else (result,)


def written_out(expression: Expression, lines: str) -> Expression:
    """An expression in the letters of a graph, with the right sides of its lines put in, the last line first."""
    for line in reversed(lines.split(";")):
        name, _, right = line.partition("=")
        expression = substitute(expression, name.strip(), parse(right))
    return expression


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_the_slopes_and_the_rules_that_find_them(graph: Graph) -> None:
    found = gradient(graph)
    assert found.checked
    for slope, wanted in zip(components(found.result), graph.slopes.values(), strict=True):
        ours, theirs = (written_out(each, graph.lines) for each in (slope, parse(wanted)))
        assert equivalent(ours, theirs).verdict == "equal"
    opened = [step.rule.name for step in found.steps if "graph" in step.rule.tags and step.number is not None]
    assert {name: opened.count(name) for name in opened} == graph.rules


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_automatic_differentiation_says_the_same(graph: Graph) -> None:
    for letter, slope in zip(graph.slopes, components(gradient(graph).result), strict=True):
        if letter in graph.letters:
            agrees(written_out(slope, graph.lines), graph.function, letter, graph.letters, graph.ranges)


def test_what_the_last_slope_looks_like() -> None:
    """Of a sigmoid with cross-entropy nothing is left but the error."""
    found = tutor.explain(f"{GRAPHS['13 cross-entropy of a neuron'].lines}; grad_{{z}} L")
    assert str(found.result) == "a - y"


# -- two networks and the digits that are printed of them --------------------------------------------------------------

# Two inputs, two hidden and two output neurons, one bias per layer.
MAZUR = """p_1 = w_1*x_1 + w_2*x_2 + b_1; h_1 = sigmoid(p_1); p_2 = w_3*x_1 + w_4*x_2 + b_1; h_2 = sigmoid(p_2);
q_1 = w_5*h_1 + w_6*h_2 + b_2; o_1 = sigmoid(q_1); q_2 = w_7*h_1 + w_8*h_2 + b_2; o_2 = sigmoid(q_2);
L = 1/2*(t_1 - o_1)^2 + 1/2*(t_2 - o_2)^2; grad_{w_1,w_5,h_1} L"""
MAZUR_AT = """w_1 = 0.15, w_2 = 0.2, w_3 = 0.25, w_4 = 0.3, w_5 = 0.4, w_6 = 0.45, w_7 = 0.5, w_8 = 0.55, b_1 = 0.35,
b_2 = 0.6, x_1 = 0.05, x_2 = 0.1, t_1 = 0.01, t_2 = 0.99"""
NEURON = "s = w_0*x_0 + w_1*x_1 + w_2; f = 1/(1 + e^(-s))"


def found_at(lines: str, places: str) -> AtNumbers:
    return at_numbers(slopes_of(lines), places_of(places))


def test_a_network_of_two_layers() -> None:
    found = found_at(MAZUR, MAZUR_AT)
    assert found.forward["L"] == pytest.approx(0.298371109, abs=1e-9)
    assert [found.slopes[letter] for letter in ("w_5", "w_1", "h_1")] == pytest.approx(
        [0.082167041, 0.000438568, 0.036350306], abs=1e-9)
    assert all(found.confirmed.values())


def test_one_neuron() -> None:
    found = found_at(NEURON, "w_0 = 2, w_1 = -3, w_2 = -3, x_0 = -1, x_1 = -2")
    assert found.forward["f"] == pytest.approx(0.7311, abs=5e-5)
    assert [found.slopes[letter] for letter in ("w_0", "w_1", "w_2", "x_0", "x_1")] == pytest.approx(
        [-0.197, -0.393, 0.197, 0.393, -0.590], abs=5e-4)
