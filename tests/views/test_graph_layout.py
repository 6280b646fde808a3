"""Where boxes and wires go: nothing stands on anything else, and wires run from left to right."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import LimitError
from tutor.views.graph_layout import Layout, Point, Size, Wire, layout

CHAIN = {"x": Size(40, 30), "u": Size(60, 50), "v": Size(60, 50), "L": Size(90, 50)}
SKIPPING: dict[Wire, Size] = dict.fromkeys([("x", "u"), ("u", "v"), ("x", "v"), ("v", "L"), ("x", "L")], Size(20, 30))


def overlap(first: tuple[Point, Size], second: tuple[Point, Size]) -> bool:
    (one, its), (other, others) = first, second
    return (abs(one.x - other.x) < (its.wide + others.wide) / 2 - 1e-6
            and abs(one.y - other.y) < (its.high + others.high) / 2 - 1e-6)


def refuse_overlaps(placed: Layout, boxes: dict[str, Size], wires: dict[Wire, Size]) -> None:
    things = [(placed.boxes[box], size) for box, size in boxes.items()]
    things += [(placed.wires[wire].label, size) for wire, size in wires.items()]
    assert not any(overlap(*pair) for pair in combinations(things, 2))


def test_a_wire_that_crosses_a_layer_does_not_run_behind_its_box() -> None:
    placed = layout(CHAIN, SKIPPING)
    refuse_overlaps(placed, CHAIN, SKIPPING)
    u, size = placed.boxes["u"], CHAIN["u"]
    beside = [point.y for point in placed.wires["x", "L"].points if abs(point.x - u.x) <= size.wide / 2]
    assert beside
    assert all(abs(y - u.y) > size.high / 2 for y in beside)


def test_what_nothing_stands_before_is_close_to_what_needs_it() -> None:
    boxes = {**CHAIN, "y": Size(40, 30)}
    wires: dict[Wire, Size] = dict.fromkeys([("x", "u"), ("u", "v"), ("v", "L"), ("y", "L")], Size(20, 30))
    placed = layout({"y": boxes["y"], **CHAIN}, wires)
    assert placed.boxes["y"].x == placed.boxes["v"].x


def test_one_box_alone() -> None:
    assert layout({"L": Size(40, 30)}, {}) == Layout(Size(40, 30), {"L": Point(20, 15)}, {})


def test_too_many_bends_are_refused() -> None:
    boxes = {f"a_{number}": Size(20, 20) for number in range(200)}
    wires = {(start, end): Size(9, 9) for start, end in combinations(boxes, 2)}
    with pytest.raises(LimitError, match="too large to be drawn"):
        layout(boxes, wires)


@settings(max_examples=40)
@given(st.lists(st.sets(st.integers(0, 30), max_size=4), min_size=1, max_size=9), st.data())
def test_nothing_stands_on_anything_else(uses: list[set[int]], data: st.DataObject) -> None:
    names = [f"a_{number}" for number in range(len(uses))]
    sizes = st.builds(Size, st.integers(1, 200), st.integers(1, 60))
    boxes = {name: data.draw(sizes) for name in names}
    wires = {(names[other % place], names[place]): data.draw(sizes)
             for place, others in enumerate(uses) if place for other in others}
    placed = layout(boxes, wires)
    refuse_overlaps(placed, boxes, wires)
    for wire in placed.wires.values():
        assert all(first.x <= second.x for first, second in pairwise(wire.points))
    for box, size in boxes.items():
        assert size.wide / 2 - 1e-6 <= placed.boxes[box].x <= placed.size.wide - size.wide / 2 + 1e-6
        assert size.high / 2 - 1e-6 <= placed.boxes[box].y <= placed.size.high - size.high / 2 + 1e-6
