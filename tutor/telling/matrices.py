"""Slopes by the parts of lists told once more in the letters of whole lists: dL/dW = (p - y)*h^T.

    list(told_as_matrices([(rate, reading)], Oracle().compare, "normal"))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.derivation.matrices import MatrixReading
from tutor.expression.lists import Sizes
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import Expression, name, node
from tutor.oracle.components import Compare
from tutor.oracle.matrices import component_of
from tutor.telling.document import Detail, Formula, SimpleBlock, Words, words


def told_as_matrices(readings: Sequence[tuple[Expression | None, MatrixReading]], compare: Compare,
                     detail: Detail) -> Iterator[SimpleBlock]:
    """Each slope by whole lists, with the rules by which it is read, and the shapes of the lists.

    readings: dL/dW_{ij}, if the slope has a name, and how its value is read. What numbers refute is not told.
    """
    checked = [(slope, reading) for slope, reading in readings if compare(reading.component, component_of(
        reading.matrix, reading.indices, reading.shapes, reading.sizes), ()).outcome != "refuted"]
    if not checked:
        return
    places = next((reading.indices for slope, reading in checked if slope is None and len(reading.indices) == 2), None)
    with_places = "" if places is None else f", with a row for each {places[0]} and a column for each {places[1]}"
    yield words(f"In whole lists{with_places}, where T exchanges rows and columns:", "quiet")
    for slope, reading in checked:
        yield Formula(reading.matrix if slope is None else related(_whole(slope), "=", reading.matrix))
        titles = [rule.title[:1].lower() + rule.title[1:] for rule in reading.rules]
        if reading.part_by_part:
            titles.append("functions, powers and fractions part by part")
        if titles and detail != "brief":
            yield words(", ".join(titles), "quiet")
    yield from shapes_told({letter: sizes for _, reading in checked for letter, sizes in reading.shapes.items()})


def shapes_told(shapes: Sizes) -> Iterator[SimpleBlock]:
    """How many rows and columns lists have."""
    if not shapes:
        return  # the unit matrix alone
    pieces: list[str | Expression] = ["with "]
    for place, (letter, sizes) in enumerate(shapes.items()):
        pieces += [", " if place else "", name(letter), ": "]
        for count, size in enumerate(sizes):
            pieces += ["×" if count else "", size]
    yield Words((Text.of(*pieces),), "quiet")


def _whole(slope: Expression) -> Expression:
    """dL/dW for dL/dW_{ij}."""
    return node("rate", (slope.args[0], name(slope.args[1].value)), slope.value)
