"""Lines that use each other, and what a slope means in them."""

from __future__ import annotations

import pytest

from tutor.derivation.graph import Graph, graph_of
from tutor.errors import LimitError, NotationError
from tutor.expression.parse import parse
from tutor.oracle.verdict import Oracle

NEURON = "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
TWO_PATHS = "u = x^2; v = x*u; L = v + sin(u)"


def graph(text: str) -> Graph:
    statements = parse(text)
    return graph_of(statements.args if statements.head == "statements" else (statements,), text)


def test_inputs_are_the_letters_that_no_line_defines_in_written_order() -> None:
    assert graph(NEURON).inputs == ("w", "x", "b", "y")
    assert graph(TWO_PATHS).inputs == ("x",)


def test_the_lines_that_use_a_letter() -> None:
    found = graph(TWO_PATHS)
    assert found.users("x", "L") == ("u", "v")
    assert found.users("u", "L") == ("v", "L")
    assert found.users("u", "v") == ("v",)
    assert found.users("L", "L") == ()


@pytest.mark.parametrize(("lines", "rate", "point", "slope"), [
    (NEURON, "dL/dz", {"w": 0.5, "x": 2.0, "b": -0.3, "y": 1.0}, -0.147131),
    (NEURON, "dL/dw", {"w": 0.5, "x": 2.0, "b": -0.3, "y": 1.0}, -0.294262),
    (NEURON, "∂z/∂w", {"w": 0.5, "x": 2.0, "b": -0.3, "y": 1.0}, 2.0),
    (TWO_PATHS, "dL/dx", {"x": 1.5}, 4.86548),
    (TWO_PATHS, "dL/du", {"x": 1.5}, 0.871826),
    ("a = x^2; b = a + 1; L = 3*a", "dL/db", {"x": 2.0}, 0.0),
])
def test_a_slope_is_found_by_cutting_the_graph(lines: str, rate: str, point: dict[str, float], slope: float) -> None:
    (meaning,) = graph(lines).meaning((parse(rate),))
    assert Oracle().value(meaning, point) == pytest.approx(slope, abs=1e-5)


def test_one_line_beside_a_whole_slope_has_its_values() -> None:
    """∂v/∂x of v = x*u is u, and u is x^2 there; its own letter x is not counted twice."""
    left, right = graph(TWO_PATHS).meaning((parse("dL/dv*∂v/∂x"), parse("dL/dv*u")))
    assert Oracle().compare(left, right).outcome == "checked"
    assert Oracle().compare(left, graph(TWO_PATHS).meaning((parse("dL/dv*3*u"), parse("0")))[0]).outcome == "refuted"


@pytest.mark.parametrize(("lines", "message"), [
    ("L = z^2; z = w*x", "The line of L uses z before z is defined."),
    ("z = z + 1", "The line of z uses z itself."),
    ("a = b; b = x", "The line of a uses b before b is defined."),
    ("a = b; b = a", "The lines of a and b go round in a circle"),
    ("a = c; b = a + 1; c = b^2", "The lines of a and c go round in a circle"),
    ("z = 1; z = 2", "z has two lines."),
    ("x + 1; z = 2", "x + 1 is no line of a graph."),
    ("f(x) = x^2; z = 2", "f(x) = x^2 is no line of a graph."),
])
def test_what_is_no_graph_is_refused_in_words(lines: str, message: str) -> None:
    with pytest.raises(NotationError, match="^" + message.replace("^", r"\^").replace("(", r"\(").replace(")", r"\)")
                       .replace("+", r"\+")):
        graph(lines)


def test_there_is_a_bound_for_lines() -> None:
    with pytest.raises(LimitError, match="can have 500 lines, and the line of a_500 is one more"):
        graph("; ".join(f"a_{{{number}}} = x + {number}" for number in range(501)))
