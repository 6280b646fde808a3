"""What stands on the picture of a graph: its lines on the way to the loss, with what is known of each."""

from __future__ import annotations

from tutor.derivation.backward import slopes_of
from tutor.derivation.forward import at_numbers, places_of
from tutor.telling.graph_drawing import DrawnGraph, drawn_graph


def drawn(lines: str, places: str = "") -> DrawnGraph:
    found = slopes_of(lines)
    return drawn_graph(found, at_numbers(found, places_of(places)) if places else None)


def facts(drawing: DrawnGraph) -> dict[str, list[str]]:
    return {node.name: [str(fact) for fact in node.facts] for node in drawing.nodes}


def test_in_letters() -> None:
    drawing = drawn("z = w*x; q = x^2; L = z^2; grad_{w} L")
    assert facts(drawing) == {"w": ["w", "dL/dw = dL/dz*x"], "x": ["x"], "z": ["z = w*x", "dL/dz = 2*z"],
                              "L": ["L = z^2", "dL/dL = 1"]}
    assert [node.is_input for node in drawing.nodes] == [True, True, False, False]
    assert {ends: wire.fact and str(wire.fact) for ends, wire in drawing.wires.items()} == {
        ("w", "z"): "∂z/∂w = x", ("x", "z"): None, ("z", "L"): "∂L/∂z = 2*z"}


def test_at_numbers() -> None:
    drawing = drawn("z = w*x; L = z^2/3; grad_{w} L", "w = 3, x = 2")
    assert facts(drawing) == {"w": ["w = 3", "dL/dw = 8"], "x": ["x = 2"], "z": ["z = w*x = 6", "dL/dz = 4"],
                              "L": ["L = z^2/3 = 12", "dL/dL = 1"]}
    assert [(str(node.value), node.slope and str(node.slope)) for node in drawing.nodes] == [
        ("3", "8"), ("2", None), ("6", "4"), ("12", "1")]
    assert {ends: str(wire.fact) for ends, wire in drawing.wires.items() if wire.fact is not None} == {
        ("w", "z"): "∂z/∂w = x = 2", ("z", "L"): "∂L/∂z = 2*z/3 = 4"}

