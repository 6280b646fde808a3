"""Problems in several letters: gradients, matrices of derivatives, and slopes along the lines of a graph.

    read_problem("grad x^2*y").expression                   # (∂/∂x [x^2*y], ∂/∂y [x^2*y])
    read_problem("z = w*x; L = z^2; grad_w L").expression   # z = w*x; L = z^2; dL/dw

A graph stays a graph, so that its slopes are found line by line, where a gradient is asked for, where the letter is
that of a line, or where a line is used twice. In any other problem its lines are put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tutor.derivation.graph import Graph, graph_of
from tutor.derivation.phrases import Request
from tutor.derivation.points import without_places
from tutor.errors import refused
from tutor.expression.notes import Note
from tutor.expression.tree import Expression, as_tuple, derivative, name, names_in_order, node, number

SEVERAL = frozenset(("gradient", "hessian", "jacobian"))
"""What can be asked about several letters at once."""

MOST_LETTERS = 20
"""Letters of one gradient; a matrix of second derivatives has as many rows."""


def asked_of_graph(lines: Sequence[Expression], last: Expression, request: Request, text: str,
                   notes: list[Note]) -> Expression | None:
    """The problem that is to be solved on the graph of these lines; None if their right sides are to be put in."""
    if not lines or any(line.args[0].head != "name" for line in lines):
        return None
    asked, places = without_places(last)
    defined = {line.args[0].value for line in lines}
    if request.ask == "gradient" and asked.head == "name" and asked.value not in defined:
        raise refused(text, f"{asked} is the name of none of the lines, so there is nothing to differentiate.")
    if request.ask == "gradient" and asked.head == "name":
        graph, loss = graph_of(lines, text), asked.value
        on_the_way = graph.reaching(loss)
        wanted = request.letters or tuple(letter for letter in graph.inputs if letter in on_the_way)
        if not wanted:
            raise refused(text, f"{loss} uses no letter that could vary.")
        symbol = "d"
    elif asked.head == "derivative" and asked.args[0].head == "name" and asked.args[0].value in defined and (
            asked.args[2] is number(1)):
        graph, loss, wanted, symbol = graph_of(lines, text), asked.args[0].value, (asked.args[1].value,), asked.value
        if symbol == "∂" and wanted[0] in graph.lines[loss].free:
            return _at(derivative(graph.lines[loss], asked.args[1], symbol=symbol), places)
        if wanted[0] not in graph.lines and not any(
                len(graph.users(letter, loss)) > 1 for letter in graph.reaching(loss)):
            return None
        if symbol == "∂":
            notes.append(Note(f"The line of {loss} has no {wanted[0]}, so ∂{loss}/∂{wanted[0]} is read as "
                              f"d{loss}/d{wanted[0]}, along every path.", 0, len(text), usual=True))
    else:
        return None
    _check_letters(wanted, graph, text)
    rates = [_at(node("rate", (name(loss), name(letter)), "d"), places) for letter in wanted]
    return node("statements", (*lines, rates[0] if len(rates) == 1 else node("tuple", tuple(rates))))


def _check_letters(wanted: Iterable[str], graph: Graph, text: str) -> None:
    for letter in wanted:
        if letter not in graph.lines and letter not in graph.inputs:
            raise refused(text, f"{letter} stands on none of the lines.")


def in_several(body: Expression, request: Request, text: str, notes: list[Note]) -> Expression:
    """The gradient of an expression, or the matrix of derivatives that is asked for."""
    asked, places = without_places(body)
    rows = asked.args if asked.head == "tuple" else (asked,)
    if asked.head == "tuple" and request.ask != "jacobian":
        raise refused(text, f"A {'gradient' if request.ask == 'gradient' else 'matrix of second derivatives'} is that "
                             "of one expression. For several, type jacobian (..., ...).")
    letters = tuple(map(name, request.letters)) or tuple(names_in_order(asked))
    if not letters:
        raise refused(text, f"There is no letter in {asked}, so nothing varies.")
    if len(letters) > MOST_LETTERS:
        raise refused(text, f"There are more than {MOST_LETTERS} letters. Say which ones you want, as in "
                             f"grad_{{{letters[0]},{letters[1]}}} ...")
    if request.ask == "hessian":
        entries = [[_second(asked, first, second) for second in letters] for first in letters]
    else:
        sign = "∂" if len(letters) > 1 else "d"
        entries = [[derivative(row, letter, symbol=sign) for letter in letters] for row in rows]
    if len(letters) == 1:
        notes.append(Note(f"Only {letters[0]} varies, so this is one derivative for each expression.", 0, len(text),
                          usual=True))
    return as_tuple([as_tuple([_at(entry, places) for entry in row]) for row in entries])


def _second(body: Expression, first: Expression, second: Expression) -> Expression:
    """∂/∂first [∂/∂second [body]]: down a row the letter outside stays the same."""
    if first is second:
        return derivative(body, first, number(2), "∂")
    return derivative(derivative(body, second, symbol="∂"), first, symbol="∂")


def _at(asked: Expression, places: Iterable[tuple[Expression, Expression]]) -> Expression:
    for letter, point in places:
        asked = node("at", (asked, letter, point))
    return asked
