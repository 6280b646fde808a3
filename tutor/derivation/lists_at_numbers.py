"""A graph with lists at numbers: every part of a list becomes a line or an input of its own.

    found, places = parts_at(slopes_of("L = sum_i w_i*x_i; grad_w L"), {"w": parse("(1, 2)"), "x": parse("(3, 4)")})
    found.wanted, places["x_2"]         # ("w_1", "w_2"), 4
"""

from __future__ import annotations

from collections.abc import Mapping

from tutor.derivation.adjoints import Adjoints
from tutor.derivation.backward import BackwardPass
from tutor.derivation.places_of_lists import check_given, numbers_of_parts, parts_in, scalar_graph
from tutor.errors import TutorError
from tutor.expression.tree import Expression, name


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
    return BackwardPass(Adjoints(scalar, found.adjoints.loss, wanted), notes=found.notes), numbers
