"""What stands on the picture of a graph: the lines, what they are worth, the slopes, and what each line does by itself.

    drawing = drawn_graph(slopes_of("z = w*x; L = z^2"), None)
    drawing.nodes[-1].facts                 # (L = z^2, dL/dL = 1)
    drawing.wires["z", "L"].slope           # 2*z
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tutor.derivation.adjoints import LocalSlope
from tutor.derivation.backward import BackwardPass
from tutor.derivation.forward import AtNumbers, slope_on_line
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import Expression, name
from tutor.rules.conditions import rational_value
from tutor.telling.backward import equal_in_value, told_number


class DrawnNode(NamedTuple):
    """An input or a line. says: its name, or all of the line; value: what it is worth; slope: that of the loss by it,
    as a number or, where there are no numbers, as an equation; facts: the same in full, as it can be read aloud."""

    name: str
    says: Expression
    is_input: bool
    value: Expression | None
    slope: Expression | None
    facts: tuple[Expression, ...]


class DrawnWire(NamedTuple):
    """What a name does on the line of another one. slope: as a number, or in letters where there is none; fact: the
    same in full. Both are None if nobody asked for it."""

    slope: Expression | None = None
    fact: Expression | None = None


class DrawnGraph(NamedTuple):
    """nodes: each after those that it uses; wires: by the names where they begin and end; title: what is shown."""

    nodes: tuple[DrawnNode, ...]
    wires: Mapping[tuple[str, str], DrawnWire]
    title: Text


def drawn_graph(found: BackwardPass, numbers: AtNumbers | None) -> DrawnGraph:
    """The part of a graph that is on the way to its loss, with its numbers, or without them in letters."""
    graph, loss = found.graph, found.adjoints.loss
    on_the_way = graph.reaching(loss)
    letters = [letter for letter in (*graph.inputs, *graph.lines) if letter in on_the_way]
    wires = {(letter, user): DrawnWire() for letter in letters for user in graph.users(letter, loss)}
    for letter in found.adjoints.order:
        for on_line in found.adjoints.adjoint(letter).slopes:
            wires[letter, on_line.rate.args[0].value] = _wire(found, on_line, numbers)
    return DrawnGraph(tuple(_node(found, letter, numbers) for letter in letters), wires,
                      Text("The backward pass from {loss}", {"loss": name(loss)}))


def _node(found: BackwardPass, letter: str, numbers: AtNumbers | None) -> DrawnNode:
    line = found.graph.lines.get(letter)
    says = name(letter) if line is None else related(name(letter), "=", line)
    value = slope = None
    facts = [says]
    if numbers is not None:
        value = told_number(numbers.forward[letter])
        known = equal_in_value(name(letter) if line is None else line, numbers.forward[letter])
        facts = [known if line is None else related(name(letter), "=", known)]
    if letter in found.adjoints.order:
        adjoint = found.adjoints.adjoint(letter)
        slope = related(adjoint.rate, "=", adjoint.result)
        if numbers is not None:
            slope = told_number(numbers.slopes[letter])
            facts.append(equal_in_value(adjoint.rate, numbers.slopes[letter]))
        else:
            facts.append(slope)
    return DrawnNode(letter, says, line is None, value, slope, tuple(facts))


def _wire(found: BackwardPass, slope: LocalSlope, numbers: AtNumbers | None) -> DrawnWire:
    in_letters = related(slope.rate, "=", slope.result)
    there = None if numbers is None else slope_on_line(found, numbers, slope)
    if there is None:
        return DrawnWire(slope.result, in_letters)
    if rational_value(slope.result) is not None:
        return DrawnWire(told_number(there), in_letters)
    return DrawnWire(told_number(there), related(slope.rate, "=", equal_in_value(slope.result, there)))
