"""Problems in several letters: gradients, matrices of derivatives, and slopes along the lines of a graph.

    read_problem("grad x^2*y").expression                   # (∂/∂x [x^2*y], ∂/∂y [x^2*y])
    read_problem("z = w*x; L = z^2; grad_w L").expression   # z = w*x; L = z^2; dL/dw
    read_problem("grad (sum_i a*x_i)").expression           # L = sum_{i=1}^{n} a*x_i; (dL/da, dL/dx_i)

A graph stays a graph, so that its slopes are found line by line, where a gradient is asked for, where the letter is
that of a line, or where a line is used twice. In any other problem its lines are put in. A gradient by lists is always
found on a graph: an expression without a line gets one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tutor.derivation.graph import Graph, graph_of, is_given
from tutor.derivation.phrases import Request
from tutor.derivation.points import at_places, without_places
from tutor.errors import refused
from tutor.expression.lists import Sizes, letters_that_vary, occurrences_of_lists, shapes
from tutor.expression.new_letters import letters_in, unused
from tutor.expression.notes import Note
from tutor.expression.relations import related
from tutor.expression.tree import (
    Expression,
    as_tuple,
    derivative,
    indexed,
    name,
    names_in_order,
    node,
    number,
    unused_index,
)

SEVERAL = frozenset(("gradient", "hessian", "jacobian"))
"""What can be asked about several letters at once."""

GRAPH, WRITTEN_OUT = "graph", "written-out"

METHODS = (GRAPH, WRITTEN_OUT)
"""Methods for problems with lines: along these, or with every line put in where its name stands."""

MOST_LETTERS = 20
"""Letters of one gradient; a matrix of second derivatives has as many rows."""


def asked_of_graph(lines: Sequence[Expression], last: Expression, request: Request, text: str,
                   notes: list[Note], method: str = "") -> Expression | None:
    """The problem that is to be solved on the graph of these lines; None if their right sides are to be put in."""
    if not lines or any(line.args[0].head not in ("name", "indexed", "finite_sum") for line in lines):
        if method == GRAPH:
            raise refused(text, "This is not a graph. Its lines have names, as in z = w*x + b; L = (z - y)^2; dL/dw.")
        return None
    asked, places = without_places(last)
    defined = {line.args[0].value for line in lines if not is_given(line)}
    has_lists = any(line.args[0].head != "name" for line in lines)
    if has_lists and request.ask not in ("", "gradient", "hessian"):
        raise refused(text, "Along lines with lists, slopes such as dL/dz_k or grad L are found, and second slopes "
                             "such as d^2L/dz_k dz_l or hessian_z L.")
    if request.ask == "derivative" and request.order == 1 and asked.head == "name" and asked.value in defined:
        if request.noun == "gradient" and (not request.by or request.by in lists_in(lines)):
            request = request._replace(ask="gradient", letters=(request.by,) if request.by else ())
        elif request.by:  # the derivative of L with respect to w
            asked = derivative(asked, name(request.by))
    if method == WRITTEN_OUT:
        by = asked.args[1].value if asked.head == "derivative" else ""
        line = next((letter for letter in (*request.letters, by) if letter in defined), None)
        if line is not None:
            raise refused(text, f"With the lines put in, {line} stands nowhere any more. Leave out --method "
                                f"{WRITTEN_OUT} to find the slope by {line}.")
        return None
    if has_lists and request.ask == "hessian":
        if asked.head == "name" and asked.value in defined:
            graph = graph_of(lines, text)
            varying = [letter for letter in graph.inputs if letter in graph.reaching(asked.value)]
            second = _second_by_list(graph.written_out(asked), graph.shapes, varying, request, text, notes)
            return at_places(second, places)
        raise refused(text, "Behind lines with lists, hessian is followed by the name of a line, as in hessian_z L.")
    if has_lists and request.ask == "gradient" and asked.head not in ("name", "tuple"):
        return _on_a_line(asked, places, lines, request, text, notes)
    if request.ask == "gradient" and asked.head == "name" and asked.value not in defined:
        raise refused(text, f"{asked} is the name of none of the lines, so there is nothing to differentiate.")
    if request.ask == "gradient" and asked.head == "name":
        graph, loss = graph_of(lines, text), asked.value
        on_the_way = graph.reaching(loss)
        letters = request.letters or tuple(letter for letter in graph.inputs if letter in on_the_way)
        wanted = tuple(map(graph.part, letters))
        if not wanted:
            raise refused(text, f"{loss} uses no letter that could vary.")
        symbol = "d"
    elif asked.head == "derivative" and asked.args[0].head == "name" and asked.args[0].value in defined and (
            asked.args[2] is number(1)):
        graph, loss, wanted, symbol = graph_of(lines, text), asked.args[0].value, (asked.args[1],), asked.value
        by = asked.args[1].value
        if symbol == "∂" and by in graph.lines[loss].free and not has_lists:
            return at_places(derivative(graph.lines[loss], asked.args[1], symbol=symbol), places)
        if not method and not has_lists and by not in graph.lines and not any(
                len(graph.users(letter, loss)) > 1 for letter in graph.reaching(loss)):
            if len(graph.reaching(loss).intersection(graph.lines)) > 1:
                notes.append(Note(f"The lines are put into {loss} first; tutor explain --method {GRAPH} goes from line "
                                  "to line.", 0, len(text), usual=True))
            return None
        if symbol == "∂":
            notes.append(Note(f"The line of {loss} has no {by}, so ∂{loss}/∂{wanted[0]} is read as "
                              f"d{loss}/d{wanted[0]}, along every path.", 0, len(text), usual=True))
    elif has_lists and asked.head == "derivative":
        body, variable, order = asked.args
        body = graph_of(lines, text).written_out(body, variable.value)
        return at_places(derivative(body, variable, order, asked.value), places)
    elif has_lists:
        from tutor.derivation.slopes_by_lists import slope_to_ask_for  # most problems have no lists

        raise refused(text, slope_to_ask_for(lines))
    elif method == GRAPH:
        letter = next(iter(sorted(lines[0].args[1].free)), "x")
        raise refused(text, "Along the lines of a graph, first derivatives of a line are found, such as "
                            f"d{lines[-1].args[0]}/d{letter} or grad {lines[-1].args[0]}.")
    else:
        return None
    _check_wanted(loss, wanted, graph, text)
    for place, _ in places:
        if place.value in graph.lines:
            raise refused(text, f"{place} has a line, which says what it is, so it needs no number.")
        if place.value not in graph.inputs:
            raise refused(text, f"{place} stands on none of the lines.")
    rates = [at_places(node("rate", (name(loss), part), "d"), places) for part in wanted]
    return node("statements", (*lines, rates[0] if len(rates) == 1 else node("tuple", tuple(rates))))


def _check_wanted(loss: str, wanted: Iterable[Expression], graph: Graph, text: str) -> None:
    if loss in graph.indices:
        raise refused(text, f"{loss} is a list, and only a number has slopes here. Put a line below it that makes a "
                             f"number of {graph.part(loss)}, such as a sum.")
    for part in wanted:
        letter = part.value
        if letter not in graph.lines and letter not in graph.inputs:
            raise refused(text, f"{letter} stands on none of the lines.")
        count = len(graph.shapes.get(letter, ()))
        if part.head == "name" and count:
            raise refused(text, f"{letter} is a list. Say by which part of it, as in d{loss}/d{graph.part(letter)}.")
        if part.head == "indexed" and len(part.args) != count:
            have = f"{count} indices" if count != 1 else "one index"
            raise refused(text, f"{part}: on the lines, {letter} has {have if count else 'no index'}.")


def in_several(body: Expression, request: Request, text: str, notes: list[Note]) -> Expression:
    """The gradient of an expression, or the matrix of derivatives that is asked for."""
    asked, places = without_places(body)
    rows = asked.args if asked.head == "tuple" else (asked,)
    if asked.head == "tuple" and request.ask != "jacobian":
        raise refused(text, f"A {'gradient' if request.ask == 'gradient' else 'matrix of second derivatives'} is that "
                             "of one expression. For several, type jacobian (..., ...).")
    varying, lists = letters_that_vary(asked), sorted(lists_in([asked]))
    named = request.letters or ((request.by,) if request.by else ())
    by_list = next((letter for letter in named or lists if letter in lists), None)
    if request.ask not in ("hessian", "jacobian") and by_list:
        return _on_a_line(asked, places, (), request._replace(ask="gradient", letters=named), text, notes)
    if request.ask == "jacobian" and by_list:
        raise refused(text, f"{by_list} is a list, so a row of this matrix has as many slopes as {by_list} has parts. "
                             f"Ask for one row at a time, as in grad ({rows[0]}), or name the letters that are no "
                             "lists, as in jacobian_{a,b} (..., ...).")
    letters = tuple(map(name, request.letters)) or tuple(
        each for each in names_in_order(asked) if each.value in varying)
    if lists and request.ask == "hessian" and (not letters or not {*map(_stem, map(str, letters))}.isdisjoint(lists)):
        return at_places(_second_by_list(asked, shapes(asked), [*lists, *varying], request, text, notes), places)
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
        notes.append(Note(f"Only {letters[0]} varies{_held(lists)}, so this is one derivative for each expression.", 0,
                          len(text), usual=True))
    elif lists and not named:
        notes.append(Note(f"Only {', '.join(map(str, letters))} vary{_held(lists)}.", 0, len(text), usual=True))
    return as_tuple([as_tuple([at_places(entry, places) for entry in row]) for row in entries])


def _held(lists: Sequence[str]) -> str:
    return f"; the parts of {' and '.join(lists)} stay as they are" if lists else ""


def lists_in(expressions: Iterable[Expression]) -> set[str]:
    """The letters of the lists in some expressions."""
    return {part.value for each in expressions for part in occurrences_of_lists(each)}


def _on_a_line(asked: Expression, places: Iterable[tuple[Expression, Expression]], lines: Sequence[Expression],
               request: Request, text: str, notes: list[Note]) -> Expression:
    """The gradient of an expression with lists in it, which gets a line of its own below these lines."""
    taken = letters_in([asked, *lines]) | {*request.letters} | {letter.value for letter, _ in places}
    loss = next(unused(taken, "LJE"))
    notes.append(Note(f"What is differentiated is called {loss} here.", 0, len(text), usual=True, doubtful=False))
    below = (*lines, related(loss, "=", asked))
    found = asked_of_graph(below, at_places(loss, places), request, text, notes)
    assert found is not None  # a gradient of a line is always found on the graph
    return found


def _second_by_list(body: Expression, sizes: Sizes, letters: Sequence[str], request: Request, text: str,
                    notes: list[Note]) -> Expression:
    """∂/∂w_l [∂/∂w_k [body]]: the entry in row k and column l of the Hessian by a list w. letters: those by which it
    could be asked for."""
    named = [*dict.fromkeys(map(_stem, request.letters or ((request.by,) if request.by else ())))]
    if not named and len(letters) == 1:
        named = [*letters]
    one = next((letter for letter in letters if len(sizes.get(letter, ())) == 1), letters[0])
    if len(named) != 1:
        raise refused(text, f"By which of {', '.join(letters)} are the second slopes asked for? Name one of them, as "
                             f"in hessian_{one} ...")
    (letter,) = named
    if letter not in letters:
        raise refused(text, f"{letter} does not vary here. Name one of {', '.join(letters)}, as in hessian_{one} ...")
    count = len(sizes.get(letter, ()))
    if count > 1:
        raise refused(text, f"{letter} has {count} indices, so its second slopes have {2 * count}, and make no matrix. "
                             f"For one of them, type d^2/d{letter}_{{kl}} d{letter}_{{pq}} [...].")
    if not count:
        return derivative(body, name(letter), number(2), "∂")
    taken = letters_in([body]) | {"i", "j"} | {each for some in sizes.values() for size in some for each in size.free}
    row = unused_index(taken)
    column = unused_index(taken | {row.value})
    notes.append(Note(f"Every entry of the Hessian has the same formula, here that in row {row} and column {column}: "
                      f"the second slope by {letter}_{row} and {letter}_{column}.", 0, len(text), usual=True))
    return derivative(derivative(body, indexed(letter, row), symbol="∂"), indexed(letter, column), symbol="∂")


def _stem(letter: str) -> str:
    """The letter of a list, of which a part may have been typed: w for w_k."""
    return letter.partition("_")[0]


def _second(body: Expression, first: Expression, second: Expression) -> Expression:
    """∂/∂first [∂/∂second [body]]: down a row the letter outside stays the same."""
    if first is second:
        return derivative(body, first, number(2), "∂")
    return derivative(derivative(body, second, symbol="∂"), first, symbol="∂")
