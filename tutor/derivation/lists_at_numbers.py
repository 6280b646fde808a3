"""A graph with lists at numbers: every part of a list becomes a line or an input of its own.

    found, places = parts_at(slopes_of("L = sum_i w_i*x_i; grad_w L"), {"w": parse("(1, 2)"), "x": parse("(3, 4)")})
    found.wanted, places["x_2"]         # ("w_1", "w_2"), 4
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor import limits
from tutor.derivation.adjoints import Adjoints
from tutor.derivation.backward import BackwardPass
from tutor.derivation.graph import Graph
from tutor.errors import LimitError, TutorError
from tutor.expression.tree import Expression, as_tuple, name, node, number, replace
from tutor.oracle.expansion import name_of_part, written_with
from tutor.oracle.verdict import Oracle

_CLOSE = 1e-9
"""The difference up to which a sum is what it is given to be."""


def parts_at(found: BackwardPass, places: Mapping[str, Expression]) -> tuple[BackwardPass, dict[str, Expression]]:
    """The backward pass over the parts of all lists, and a number for each letter.

    places: a number for each letter, and a list of numbers for each list. Raises TutorError where a list is missing, or
    has another size than the lists that go with it.
    """
    graph = found.graph
    case: dict[str, int] = {}
    numbers: dict[str, Expression] = {}
    by_whom: dict[str, str] = {}
    for letter, value in _with_parts_joined(places, graph).items():
        if letter in graph.lines:
            raise TutorError(f"{letter} has a line, which says what it is, so it needs no number.")
        shape = graph.shapes.get(letter)
        if shape is None:
            if value.head == "tuple" and letter in graph.inputs:
                raise TutorError(f"{letter} is a number on these lines, and {value} is a list.")
            numbers[letter] = value
            continue
        for size, count in zip(shape, _counts(letter, value, len(shape)), strict=True):
            known = case.setdefault(size.value, count) if size.head == "name" else int(size.value)
            if known != count:
                beside = f", and {by_whom[size.value]} for {known}" if size.value in by_whom else ""
                raise TutorError(f"{letter} has numbers for {count} places{beside}. Both run over the same index, so "
                                 f"they have the same size." if beside else
                                 f"{letter} has numbers for {count} places, and not for {known}.")
            by_whom.setdefault(size.value, letter)
        numbers |= {name_of_part(letter, indices): part for indices, part in _parts(value, len(shape))}
    for size in sorted({size.value for each in graph.shapes.values() for size in each if size.head == "name"}):
        given = numbers.pop(size, None)
        if size not in case and given is not None and given.head == "number" and given.value.__class__ is int:
            case[size] = int(given.value)
        elif given is not None and given is not number(case.get(size, 0)):
            raise TutorError(f"{size} is a size: that of {by_whom.get(size, 'a list')}, which is "
                             f"{case.get(size, 'not known')}.")
    given_parts = {part.partition("_")[0] for part in numbers}
    missing = [letter for letter in graph.shapes if letter not in graph.lines and letter not in given_parts]
    if missing:
        raise TutorError(f"There are no numbers for the list {missing[0]}. Type them in brackets, as in "
                         f"{missing[0]} = (1, 2).")
    scalar = graph.in_numbers(case)
    if len(scalar.lines) > limits.LINES_OF_A_GRAPH:
        raise LimitError(f"With every part of its lists, this graph has more than {limits.LINES_OF_A_GRAPH} lines.")
    _check_given(graph, case, numbers)
    wanted = tuple([name(part) for letter in found.wanted for part in _names(graph, letter, case)])
    lists = {letter: _in_rows(graph, letter, case) for letter in dict.fromkeys((*graph.inputs, *found.wanted))
             if letter in graph.shapes}
    return BackwardPass(Adjoints(scalar, found.adjoints.loss, wanted), notes=found.notes, lists=lists), numbers


def _with_parts_joined(places: Mapping[str, Expression], graph: Graph) -> dict[str, Expression]:
    """The same with x = (3, 4) where the parts of a list were given one by one, as in x_1 = 3, x_2 = 4."""
    joined: dict[str, Expression] = {}
    parts: dict[str, dict[int, Expression]] = {}
    for letter, value in places.items():
        listed, _, index = letter.partition("_")
        if len(graph.shapes.get(listed, ())) == 1 and index.isdecimal() and listed not in places:
            parts.setdefault(listed, {})[int(index)] = value
        else:
            joined[letter] = value
    for listed, found in parts.items():
        gap = next((index for index in range(1, len(found) + 1) if index not in found), None)
        if gap is not None:
            raise TutorError(f"There is no number for {listed}_{gap}. The parts of {listed} are numbered from 1 on.")
        joined[listed] = as_tuple([found[index] for index in sorted(found)])
    return joined


def _counts(letter: str, value: Expression, rank: int) -> list[int]:
    """How many places a list of numbers has, or rows and columns."""
    rows = _row(value)
    if rank == 1:
        if any(row.head == "tuple" for row in rows):
            raise TutorError(f"{letter} has one index, so its numbers stand in one row, as in {letter} = (1, 2).")
        return [len(rows)]
    widths = {len(_row(row)) for row in rows}
    if rank != 2 or len(widths) > 1:
        raise TutorError(f"{letter} has rows of different lengths. Type one row after the other, as in "
                         f"{letter} = ((1, 2), (3, 4))." if rank == 2 else
                         f"{letter} has {rank} indices; numbers can be given for at most two.")
    return [len(rows), *widths]


def _row(value: Expression) -> tuple[Expression, ...]:
    return value.args if value.head == "tuple" else (value,)


def _parts(value: Expression, rank: int) -> Iterator[tuple[tuple[int, ...], Expression]]:
    for row, each in enumerate(_row(value), 1):
        if rank == 1:
            yield (row,), each
        else:
            yield from (((row, column), entry) for column, entry in enumerate(_row(each), 1))


def _names(graph: Graph, letter: str, case: Mapping[str, int]) -> Iterator[str]:
    """The names of all parts of a list, or the letter of a number."""
    places: list[tuple[int, ...]] = [()]
    for size in graph.shapes.get(letter, ()):
        count = case[size.value] if size.head == "name" else int(size.value)
        places = [(*place, index) for place in places for index in range(1, count + 1)]
    yield from (name_of_part(letter, place) if place else letter for place in places)


def _in_rows(graph: Graph, letter: str, case: Mapping[str, int]) -> Expression:
    """The names of all parts of a list as they stand in it: ((W_{1,1}, W_{1,2}), (W_{2,1}, W_{2,2}))."""
    row = [name(part) for part in _names(graph, letter, case)]
    for size in reversed(graph.shapes[letter][1:]):
        width = case[size.value] if size.head == "name" else int(size.value)
        row = [node("tuple", tuple(row[start:start + width])) for start in range(0, len(row), width)]
    return node("tuple", tuple(row))


def _check_given(graph: Graph, case: Mapping[str, int], numbers: Mapping[str, Expression]) -> None:
    """Refuse numbers with which a sum is not what it is given to be."""
    oracle = Oracle()
    for given in graph.given:
        total, said = (written_with(side, case) for side in given.args)
        if not (total.free | said.free) <= numbers.keys():
            continue
        filled = [replace(side, {name(letter): numbers[letter] for letter in side.free}) for side in (total, said)]
        value, wanted = (oracle.value(side, {}) for side in filled)
        if isinstance(value, float) and isinstance(wanted, float) and abs(value - wanted) > _CLOSE:
            raise TutorError(f"It is given that {given}, but with these numbers the sum is {value:g}.")
