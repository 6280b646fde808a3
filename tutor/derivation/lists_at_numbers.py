"""A graph with lists at numbers: every part of a list becomes a line or an input of its own.

    found, places = parts_at(slopes_of("L = sum_i w_i*x_i; grad_w L"), {"w": parse("(1, 2)"), "x": parse("(3, 4)")})
    found.wanted, places["x_2"]         # ("w_1", "w_2"), 4
"""

from __future__ import annotations

from collections.abc import Mapping

from tutor.derivation.adjoints import Adjoints
from tutor.derivation.backward import BackwardPass
from tutor.derivation.places_of_lists import check_given, numbers_of_parts, parts_in, scalar_graph, size_in
from tutor.errors import TutorError
from tutor.expression.tree import Expression, name, node


def parts_at(found: BackwardPass, places: Mapping[str, Expression]) -> tuple[BackwardPass, dict[str, Expression]]:
    """The backward pass over the parts of all lists, and a number for each letter.

    places: a number for each letter, and a list of numbers for each list. Raises TutorError where a list is missing, or
    has another size than the lists that go with it.
    """
    graph = found.graph
    case, numbers = numbers_of_parts(places, graph.shapes, graph.lines)
    given_parts = {part.partition("_")[0] for part in numbers}
    missing = [letter for letter in graph.shapes if letter not in graph.lines and letter not in given_parts]
    if missing:
        raise TutorError(f"There are no numbers for the list {missing[0]}. Type them in brackets, as in "
                         f"{missing[0]} = (1, 2).")
    scalar = scalar_graph(graph, case)
    check_given(graph, case, numbers)
    wanted = tuple([name(part) for letter in found.wanted
                    for part in parts_in(found.adjoints.part(letter), graph.shapes, case)])
    lists = {letter: _in_rows(found, letter, case) for letter in dict.fromkeys((*graph.inputs, *found.wanted))
             if letter in graph.shapes}
    return BackwardPass(Adjoints(scalar, found.adjoints.loss, wanted), notes=found.notes, lists=lists), numbers


def _in_rows(found: BackwardPass, letter: str, case: Mapping[str, int]) -> Expression:
    """The names of all parts of a list as they stand in it: ((W_{1,1}, W_{1,2}), (W_{2,1}, W_{2,2}))."""
    sizes = found.graph.shapes
    row = [name(part) for part in parts_in(found.adjoints.part(letter), sizes, case)]
    for size in reversed(sizes[letter][1:]):
        width = size_in(size, case)
        row = [node("tuple", tuple(row[start:start + width])) for start in range(0, len(row), width)]
    return node("tuple", tuple(row))
