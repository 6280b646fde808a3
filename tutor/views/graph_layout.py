"""Where the boxes and wires of a graph go: from left to right, with nothing on top of anything else.

    placed = layout({"x": Size(20, 30), "u": Size(60, 40)}, {("x", "u"): Size(25, 30)})
    placed.boxes["u"]                       # Point(x=..., y=...): the middle of its box
    placed.wires["x", "u"].points           # from the side of one box to that of the other, through every bend

A box stands in the layer behind the last one that it needs. Between two layers there is one for the labels of wires,
and a wire has a bend in every layer that it crosses, so boxes, labels and bends are kept apart in the same way. Each
layer is put into the order of what its members are connected to, and then pulled towards that as far as there is room.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from tutor.errors import LimitError

Wire = tuple[str, str]
"""The names of the boxes where it begins and where it ends."""

MOST_BENDS = 5_000
"""Bends of all wires; a picture with more of them is of no use to anybody."""

_SWEEPS = 12
_GAP_OF_LAYERS, _GAP_IN_LAYER = 22, 14


class Size(NamedTuple):
    wide: float
    high: float


class Point(NamedTuple):
    x: float
    y: float


class PlacedWire(NamedTuple):
    """points: from the one box to the other; label: the middle of its label."""

    points: tuple[Point, ...]
    label: Point


class Layout(NamedTuple):
    """The size of the whole, the middle of each box, and the way of each wire."""

    size: Size
    boxes: Mapping[str, Point]
    wires: Mapping[Wire, PlacedWire]


_Part = str | tuple[Wire, int]
"""A box, or the part of a wire that is in one layer."""


def layout(boxes: Mapping[str, Size], wires: Mapping[Wire, Size]) -> Layout:
    """Place boxes of these sizes, each of which comes after those where its wires begin, and wires with labels of these
    sizes. Raises LimitError if there are too many bends."""
    layer_of = _layers(boxes, wires)
    if sum(2 * (layer_of[end] - layer_of[start]) - 1 for start, end in wires) > MOST_BENDS:
        raise LimitError("This graph is too large to be drawn: too many arrows lead past other lines. Draw the lines "
                         "of a part of it.")
    sizes: dict[_Part, Size] = dict(boxes.items())
    layers: list[list[_Part]] = [[] for _ in range(2 * max(layer_of.values()) + 1)]
    for box, layer in layer_of.items():
        layers[2 * layer].append(box)
    before: dict[_Part, list[_Part]] = {}
    after: dict[_Part, list[_Part]] = {}
    ways: dict[Wire, list[_Part]] = {}
    for wire, label in wires.items():
        first, last = (2 * layer_of[end] for end in wire)
        bends: list[_Part] = [(wire, layer) for layer in range(first + 1, last)]
        for layer, bend in enumerate(bends, first + 1):
            layers[layer].append(bend)
            sizes[bend] = label if layer == last - 1 else Size(0, 0)
        ways[wire] = [wire[0], *bends, wire[1]]
        for left, right in pairwise(ways[wire]):
            after.setdefault(left, []).append(right)
            before.setdefault(right, []).append(left)
    _order(layers, before, after)
    across = _across(layers, sizes, before, after)
    return _placed(layers, sizes, across, boxes, ways)


def _layers(boxes: Mapping[str, Size], wires: Mapping[Wire, Size]) -> dict[str, int]:
    """The layer of each box: the longest way to it; a box with nothing before it stands close to what needs it."""
    found = dict.fromkeys(boxes, 0)
    for box in boxes:
        found[box] = max((found[start] + 1 for start, end in wires if end == box), default=0)
    for box in boxes.keys() - {end for _, end in wires}:
        found[box] = min((found[end] - 1 for start, end in wires if start == box), default=0)
    return found


def _order(layers: list[list[_Part]], before: Mapping[_Part, list[_Part]], after: Mapping[_Part, list[_Part]]) -> None:
    """Put each layer into the order of the mean place of what its members are connected to."""
    for sweep in range(_SWEEPS):
        beside = after if sweep % 2 == 0 else before
        place = {part: number / len(layer) for layer in layers for number, part in enumerate(layer, 1)}
        for layer in reversed(layers) if beside is after else layers:
            wanted = {part: _mean([place[other] for other in beside.get(part, [part])]) for part in layer}
            layer.sort(key=wanted.__getitem__)
            place.update((part, number / len(layer)) for number, part in enumerate(layer, 1))


def _across(layers: list[list[_Part]], sizes: Mapping[_Part, Size], before: Mapping[_Part, list[_Part]],
            after: Mapping[_Part, list[_Part]]) -> dict[_Part, float]:
    """How far down the middle of each part is: as close to the mean of its neighbours as its layer has room."""
    across: dict[_Part, float] = dict.fromkeys(sizes, 0.0)
    for sweep in range(2 * _SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = [_mean([across[other] for other in (*before.get(part, []), *after.get(part, []))] or [0.0])
                      for part in layer]
            across.update(zip(layer, _apart(wanted, [sizes[part].high for part in layer]), strict=True))
    return across


def _apart(wanted: list[float], heights: list[float]) -> list[float]:
    """The places nearest to those that are wanted, in their order, at which things of these heights have a gap between
    them: what is too close is joined into a group, which stands where its members want to be on the whole."""
    offsets, offset = [0.0], 0.0
    for above, below in pairwise(heights):
        offset += (above + below) / 2 + _GAP_IN_LAYER
        offsets.append(offset)
    groups: list[tuple[float, int]] = []  # where its first member would stand if it were the first of all; how many
    for goal, offset in zip(wanted, offsets, strict=True):
        place, count = goal - offset, 1
        while groups and groups[-1][0] > place:
            other, others = groups.pop()
            place, count = (place * count + other * others) / (count + others), count + others
        groups.append((place, count))
    places = [place for place, count in groups for _ in range(count)]
    return [place + offset for place, offset in zip(places, offsets, strict=True)]


def _placed(layers: list[list[_Part]], sizes: Mapping[_Part, Size], across: Mapping[_Part, float],
            boxes: Mapping[str, Size], ways: Mapping[Wire, list[_Part]]) -> Layout:
    """Columns from left to right, and everything moved so that the uppermost part is at the top."""
    top = min(across[part] - sizes[part].high / 2 for part in sizes)
    bottom = max(across[part] + sizes[part].high / 2 for part in sizes)
    middles: dict[_Part, Point] = {}
    right = -float(_GAP_OF_LAYERS)
    columns: dict[_Part, float] = {}
    for layer in layers:
        wide = max((sizes[part].wide for part in layer), default=0.0)
        for part in layer:
            columns[part] = wide
            middles[part] = Point(right + _GAP_OF_LAYERS + wide / 2, across[part] - top)
        right += _GAP_OF_LAYERS + wide
    wires = {}
    for wire, way in ways.items():
        start, end = (middles[box] for box in wire)
        points = [Point(start.x + boxes[wire[0]].wide / 2, start.y)]
        for bend in way[1:-1]:  # straight through its column, or it would cut off the corners of boxes
            middle, half = middles[bend], columns[bend] / 2
            points += [Point(middle.x - half, middle.y), Point(middle.x + half, middle.y)]
        points.append(Point(end.x - boxes[wire[1]].wide / 2, end.y))
        wires[wire] = PlacedWire(tuple(points), middles[way[-2]])
    return Layout(Size(right, bottom - top), {box: middles[box] for box in boxes}, wires)


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)
