"""Answers in the letters of whole lists, such as X^T*(X*w - y): what they say of one component.

    in_components(parse("X^T*r"), parse("w_[k]"), {"X": (n, m), "r": (n,), "w": (m,)})      # sum_{i=1}^{n} X_{ik}*r_i
"""

from __future__ import annotations

from collections.abc import Collection

from tutor.derivation.graph import graph_of
from tutor.derivation.matrices import places_of
from tutor.expression.lists import Sizes
from tutor.expression.names import UNIT_MATRIX
from tutor.expression.tree import ONE, Expression
from tutor.oracle.matrices import ShapeError, component_of, has_whole_lists


def in_components(answer: Expression, variable: Expression, shapes: Sizes,
                  numbers: Collection[str] = ()) -> Expression:
    """The component of an answer to a slope by a letter, or by one part of a list; the answer itself if it speaks of
    parts already.

    numbers: letters that stand for numbers in the problem, even if they mean something of lists elsewhere, as I does.
    Raises ShapeError where its sizes do not fit each other, or those of the variable.
    """
    if not has_whole_lists(answer, shapes):
        return answer
    if variable.head != "indexed":
        return component_of(answer, (), shapes, (ONE, ONE), numbers)
    found = component_of(answer, variable.args, shapes, shapes[variable.value], numbers)
    if any(index.head == "number" for index in variable.args) or len({*variable.args}) < len(variable.args):
        raise ShapeError(f"This is a slope for every part of {variable.value}, and only one of them is asked for.")
    return found


def in_entries(answer: Expression, problem: Expression, shapes: Sizes, numbers: Collection[str] = ()) -> Expression:
    """The same of an answer to a derivative, which may be a matrix of second slopes, or of the slopes of a list."""
    places = places_of(problem, shapes)
    if not places or len(places) == len(problem.args[1].args) or not (has_whole_lists(answer, shapes) or (
            len(places) == 2 and UNIT_MATRIX in answer.free and UNIT_MATRIX not in numbers)):
        return in_components(answer, problem.args[1], shapes, numbers)
    return component_of(answer, [index for index, _ in places], shapes, [size for _, size in places], numbers)


def in_inputs(answer: Expression, problem: Expression, lines: tuple[Expression, ...]) -> Expression:
    """An answer to a derivative with the lines of a graph put in: what the names of lines in it say, of one component.
    """
    graph = graph_of(lines, "")
    found = in_entries(answer, problem, graph.shapes, {*graph.inputs, *graph.lines})
    return graph.written_out(found, problem.args[1].value)
