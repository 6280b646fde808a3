"""Exercises about the slopes of a graph, whose lines are put in: a learner may still use the names of these lines.

    given = lines_of("z = w*x; L = z^2; dL/dw", {})             # z = w*x; L = z^2; dL/dw
    problem = slopes_with_lines_put_in(item, {}, {})            # d/dw [(w*x)^2], if that is given in the item
    without_names(parse("2*z*x"), given, problem)           # 2*(w*x)*x
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.algebra.filling import filled
from tutor.derivation.graph import Graph, graph_of
from tutor.derivation.points import without_places
from tutor.derivation.problem import read_problem
from tutor.errors import TutorError
from tutor.expression.functions import Functions
from tutor.expression.parse import read_as_typed
from tutor.expression.tree import Expression, as_tuple, derivative, node
from tutor.judge.whole_lists import in_inputs
from tutor.lesson.schema import Item
from tutor.oracle.matrices import ShapeError

_TYPED_RATE = re.compile(r"\s*[d∂][^;=]*/[^;=]*(?:\sat\s[^;]*)?$")


def lines_of(text: str, functions: Functions) -> Expression:
    """The lines of a problem and what is asked of them, to be shown. Raises TutorError if they cannot be read."""
    if _TYPED_RATE.match(text.rpartition(";")[2]):
        return read_as_typed(text, is_problem=True).expression
    found = read_problem(text, functions).expression
    if found.head != "statements":
        raise TutorError("One expression is expected here, not several statements, unless they are lines with a slope "
                         "behind them, as in z = w*x; L = z^2; dL/dw, or with grad L.")
    return found


def slopes_with_lines_put_in(item: Item, functions: Functions, values: Mapping[str, Expression]) -> Expression:
    """The slopes that an item asks for, with what the lines say in place of their names, and with these values of
    letters. Raises TutorError."""
    if item.ask not in ("differentiate", "name-the-rule"):
        raise TutorError(f"Slopes behind lines are asked for by ask: differentiate, not by ask: {item.ask}.")
    if item.at:
        raise TutorError("Behind lines, the point stands behind the slope, as in z = w*x; L = z^2; dL/dw at w = 1.")
    found = read_problem(item.given, functions).expression
    found = _put_in(found, item.given) if found.head == "statements" else found
    return filled(found, values) if values else found


def _put_in(found: Expression, text: str) -> Expression:
    *lines, asked = found.args
    graph = graph_of(lines, text)
    if graph.given:
        raise TutorError("What is given of a sum has no place in an exercise: write the value into the lines.")
    return as_tuple([_slope(graph, part) for part in (asked.args if asked.head == "tuple" else (asked,))])


def _slope(graph: Graph, asked: Expression) -> Expression:
    rate, places = without_places(asked)
    if rate.head != "rate":
        raise TutorError(f"Behind lines, ask for a slope, as in z = w*x; L = z^2; dL/dw: {rate} is none.")
    line, variable = rate.args
    found = derivative(graph.written_out(line, variable.value if variable.value in graph.lines else ""), variable)
    for letter, point in places:
        found = node("at", (found, letter, point))
    return found


def with_lines(given: Expression | None, problem: Expression) -> Expression:
    """A problem behind the lines that were put into it, so that an answer can be read that has their names."""
    return problem if given is None or given.head != "statements" else node("statements", (*given.args[:-1], problem))


def without_names(answer: Expression, given: Expression | None, problem: Expression) -> Expression:
    """An answer with what the lines say in place of their names. Raises TutorError for whole lists of wrong shapes."""
    if given is None or given.head != "statements":
        return answer
    if "tuple" in (problem.head, answer.head):
        if len(problem.args) != len(answer.args) or problem.head != answer.head:
            return answer
        return node("tuple", tuple([without_names(one, given, slope) for one, slope in zip(
            answer.args, problem.args, strict=True)]))
    try:
        return in_inputs(answer, without_places(problem)[0], given.args[:-1])
    except ShapeError as error:
        raise TutorError(str(error)) from None
