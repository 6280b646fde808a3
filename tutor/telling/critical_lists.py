"""Critical points of a function of whole lists, told: the equations, how they are read, and what is there.

    list(told_lists(tutor.critical_points("sum_i (sum_j X_{ij}*w_j - y_i)^2", "w"), "normal"))
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.derivation.critical_points import AlongLines, CriticalPoints, ListEquation, WholeEquation
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import add, multiply, name
from tutor.oracle.matrices import component_of
from tutor.oracle.verdict import Oracle
from tutor.telling.document import (
    Detail,
    Formula,
    Heading,
    Labelled,
    SimpleBlock,
    Words,
    listed,
    words,
)
from tutor.telling.equations import count_of, lines_of, told_equation, told_steps
from tutor.telling.matrices import shapes_told


def told_lists(found: CriticalPoints, detail: Detail) -> Iterator[list[SimpleBlock]]:
    """Groups of blocks, from the equations to what follows from the second derivatives."""
    lists = found.lists
    assert lists is not None
    first = 1
    for place, equation in enumerate(lists.equations):
        told: list[SimpleBlock] = [] if place else [Heading(
            "Where is the slope 0?" if len(lists.equations) == 1 else "Where are all slopes 0?")]
        if detail != "brief":
            told += _rewritten(equation, detail, first)
            first += len(lines_of(equation.steps)) + (0 if equation.solved is None else count_of(equation.solved))
        elif equation.reading is None:
            told.append(Formula(equation.equation))
        told += _in_whole_lists(equation.reading, detail)
        yield told
    if lists.along is not None:
        yield [Heading("What is there?"), *_second(found), *_along(lists.along)]


def _rewritten(equation: ListEquation, detail: Detail, first: int) -> Iterator[SimpleBlock]:
    start = related(equation.slope.result, "=")
    yield Formula(start)
    if equation.unknown.args:
        indices = " and ".join(str(index) for index in equation.unknown.args)
        yield words(f"This is one equation for every {indices}.", "quiet")
    if equation.solved is not None:
        yield from told_steps(equation.solved, detail, first)
    else:
        yield from told_equation(start, equation.steps, detail, first)


def _in_whole_lists(reading: WholeEquation | None, detail: Detail) -> Iterator[SimpleBlock]:
    """An equation in whole lists, with the rules by which it is read, unless numbers refute it."""
    if reading is None:
        return
    sides = [side for side in (reading.left, reading.right) if side is not None]
    if any(Oracle().compare(side.component, component_of(side.matrix, side.indices, side.shapes, side.sizes)).outcome
           == "refuted" for side in sides):
        return
    yield words("In whole lists, where T exchanges rows and columns:", "quiet")
    yield Formula(reading.equation)
    titles = dict.fromkeys(rule.title[:1].lower() + rule.title[1:] for side in sides for rule in side.rules)
    if titles and detail != "brief":
        yield words(", ".join(titles), "quiet")
    yield from shapes_told({letter: sizes for side in sides for letter, sizes in side.shapes.items()})


def _second(found: CriticalPoints) -> Iterator[SimpleBlock]:
    lists = found.lists
    if lists is None or lists.second is None:
        return
    second, reading = lists.second
    yield Labelled("second derivatives", Formula(related(second.problem, "=", second.result), tone=""))
    if reading is not None and Oracle().compare(reading.component, component_of(
            reading.matrix, reading.indices, reading.shapes, reading.sizes)).outcome != "refuted":
        yield Labelled("in whole lists", Formula(reading.matrix, tone=""))


def _along(along: AlongLines) -> Iterator[SimpleBlock]:
    places = [add(name(letter), multiply(along.t, direction)) for letter, direction in along.directions.items()]
    yield Words((Text.of("Along a line, at ", listed(places, between=" and "), ", the second derivative by ", along.t,
                         " is"),))
    yield Formula(along.second.result)
