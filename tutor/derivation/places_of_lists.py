"""Numbers for lists behind `at`: the problem written out over the parts of its lists, each with its number.

    text, places = split_places("d/dx_k [sum_i x_i^2] at x = (1, 2, 3)")        # places: {"x": (1, 2, 3)}
    at_lists(read_problem(text).expression, places, text).problem.args[0]
    # d/dx_1 [x_1^2 + x_2^2 + x_3^2] at (x_1 = 1) at (x_2 = 2) at (x_3 = 3)

What is asked for every k is a list of as many values as k has. Sizes are small numbers then, so nothing is left of sums
and indices, and a problem with numbers is one like any other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from tutor import limits
from tutor.derivation.forward import places_of
from tutor.derivation.graph import Graph, graph_of
from tutor.derivation.points import at_places, without_places
from tutor.errors import LimitError, TutorError, refused
from tutor.expression.brackets import is_in_brackets, open_brackets
from tutor.expression.lists import Sizes, free_indices, has_lists, occurrences_of_lists, shapes, size_letters
from tutor.expression.tree import Expression, as_tuple, name, node, number, postorder, replace
from tutor.oracle.expansion import TooLarge, Unknown, name_of_part, written_with
from tutor.oracle.verdict import Oracle

MOST_COMPONENTS = 40
"""Derivatives of one problem without lines."""

MOST_PLACES = 20
"""How often `at` may stand in one problem with numbers for lists."""

_CLOSE = 1e-9
"""The difference up to which a sum is what it is given to be."""

_AT = re.compile(r"\s+at\b\s*")
_OF_A_LIST = re.compile(r"=\s*[(\[]\s*[(\[]?[^()=]*,|\b[A-Za-zα-ω]+_(?:\d+|\{[\d,\s]+\})\s*=")


class AtLists(NamedTuple):
    """A problem with numbers for its lists. said: what the letters in the bounds of its sums are."""

    problem: Expression
    said: str


def split_places(text: str) -> tuple[str, str] | None:
    """A problem without what stands behind its `at`, and that, if a list or a part of one may have a number there."""
    if text.count(" at ") > MOST_PLACES:
        raise refused(text, f'This has "at" more than {MOST_PLACES} times. Give all numbers behind one at, as in '
                            "at x = (1, 2), y = 3.")
    last, depth, done = None, 0, 0
    for at in _AT.finditer(text):
        depth, done = depth + open_brackets(text[done:at.start()]), at.start()
        last = at if depth == 0 else last
    places = "" if last is None else text[last.end():].strip()
    if last is None or open_brackets(places) or not _OF_A_LIST.search(places):
        return None
    return text[:last.start()], places[1:-1] if is_in_brackets(places) else places


def at_lists(problem: Expression, places: str, text: str) -> AtLists | None:
    """A problem with these numbers for its letters and lists; None if it has no lists, and names such as x_1 are all
    that looks like parts of them. Raises TutorError where numbers are missing or do not fit."""
    given = places_of(places)
    if not has_lists(problem):
        listed = next((letter for letter, value in given.items() if value.head == "tuple"), None)
        if listed is None:
            return None
        raise refused(text, f"{listed} is no list here: it has one number behind at, as in at {listed} = 2.")
    return _on_graph(problem, given, text) if problem.head == "statements" else _written_out(problem, given, text)


def _on_graph(problem: Expression, given: Mapping[str, Expression], text: str) -> AtLists:
    *lines, asked = problem.args
    graph = graph_of(lines, text)
    case, numbers = numbers_of_parts(given, graph.shapes, graph.lines)
    _refuse_without_size(graph.shapes, case, text)
    scalar = scalar_graph(graph, case)
    check_given(graph, case, numbers)
    _refuse_strangers(numbers, scalar.inputs, text)
    slopes = [_at(node("rate", (rate.args[0], name(letter)), rate.value), numbers)
              for rate in (asked.args if asked.head == "tuple" else (asked,))
              for letter in parts_in(rate.args[1], graph.shapes, case)]
    return AtLists(node("statements", (*scalar.statements, as_tuple(slopes))), _said(case))


def scalar_graph(graph: Graph, case: Mapping[str, int]) -> Graph:
    """A graph in which every part of a list is a line of its own. Raises TutorError where a line has a part that its
    list does not have."""
    _refuse_missing_parts(graph.lines.values(), graph.shapes, case)
    scalar = graph.in_numbers(case)
    if len(scalar.lines) > limits.LINES_OF_A_GRAPH:
        raise LimitError(f"With every part of its lists, this graph has more than {limits.LINES_OF_A_GRAPH} lines.")
    return scalar


def parts_in(part: Expression, sizes: Sizes, case: Mapping[str, int]) -> Iterator[str]:
    """The names of all parts that a part of a list stands for: x_1 and x_2 for x_k; the letter of a number."""
    if part.head != "indexed":
        yield part.value
        return
    ends = {index.value: size_in(size, case) for index, size in zip(part.args, sizes[part.value], strict=True)
            if index.head == "name"}
    for values in product(*(range(1, end + 1) for end in ends.values())):
        yield written_with(part, dict(zip(ends, values, strict=True))).value


def size_in(size: Expression, case: Mapping[str, int]) -> int:
    """The number that a size is."""
    return case[size.value] if size.head == "name" else int(size.value)


def _written_out(problem: Expression, given: Mapping[str, Expression], text: str) -> AtLists:
    """The same for a problem without lines: one component for each value of its free indices."""
    sizes = shapes(problem)
    case, numbers = numbers_of_parts(given, sizes, ())
    alone = [letter for letter in given if letter.partition("_")[0] in sizes and letter not in sizes]
    said = ""
    if len(alone) == 1:
        _refuse_if_others_count(problem, alone[0], text)
        said = f"Only {alone[0]} counts here, however many parts there are."
    counts = {letter for letter in size_letters(problem) if letter in numbers}
    case |= {letter: int(numbers.pop(letter).value) for letter in counts if numbers[letter].head == "number"
             and numbers[letter].value.__class__ is int}
    _refuse_without_size(sizes, case, text)
    _refuse_missing_parts([problem], sizes, case)
    _refuse_strangers(numbers, {*problem.free - sizes.keys(), *_all_parts(sizes, case)}, text)
    free = sorted(free_indices([problem]))
    ends: dict[str, int] = {}
    for part in occurrences_of_lists(problem):
        for index, size in zip(part.args, sizes[part.value], strict=True):
            if index.head == "name" and index.value in free:
                ends.setdefault(index.value, size_in(size, case))
    body, before = without_places(problem)
    columns = [index.value for index in _indices_of_variable(body) if index.value in ends]
    rows = [index for index in free if index in ends and index not in columns]
    places = {**numbers, **{letter.value: value for letter, value in before}}
    counted = prod(ends.values())
    if counted > MOST_COMPONENTS:
        raise LimitError(f"This asks for {counted} derivatives; up to {MOST_COMPONENTS} are found at once.")

    def written(row: Mapping[str, int]) -> Expression:
        return as_tuple([_at(written_with(body, {**case, **row, **column}), places)
                         for column in _values_of(columns, ends)])

    try:
        found = as_tuple([written(row) for row in _values_of(rows, ends)])
    except (TooLarge, Unknown):
        raise LimitError("Written out with these numbers, the sums have too many terms, or a bound that is no whole "
                         "number.") from None
    return AtLists(found, said or _said(case))


def _values_of(indices: Sequence[str], ends: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Every choice of values for some indices."""
    for values in product(*(range(1, ends[index] + 1) for index in indices)):
        yield dict(zip(indices, values, strict=True))


def _said(case: Mapping[str, int]) -> str:
    sizes = ", ".join(f"{letter} is {count}" for letter, count in case.items())
    return f"With these numbers, {sizes}." if sizes else ""


def _indices_of_variable(body: Expression) -> tuple[Expression, ...]:
    variable = body.args[1] if body.head == "derivative" else None
    return variable.args if variable is not None and variable.head == "indexed" else ()


def _all_parts(sizes: Sizes, case: Mapping[str, int]) -> Iterator[str]:
    for letter, each in sizes.items():
        for places in product(*(range(1, size_in(size, case) + 1) for size in each)):
            yield name_of_part(letter, places)


def _at(asked: Expression, numbers: Mapping[str, Expression]) -> Expression:
    return at_places(asked, [(name(letter), value) for letter, value in numbers.items()])


def _refuse_if_others_count(problem: Expression, part: str, text: str) -> None:
    """Refuse a number for one part of a list where the result needs other parts, or how many there are."""
    from tutor.derivation.derivation import derive

    letter = part.partition("_")[0]
    result = derive(without_places(problem)[0]).result
    needs = [each for each in occurrences_of_lists(result) if each.value == letter]
    if any(name_of_part(letter, [int(index.value) if index.head == "number" else 0 for index in each.args]) != part
           for each in needs) or size_letters(problem) & result.free:
        raise refused(text, f"{part} is one part of {letter}, and others count here too. Give all of them, as in "
                            f"at {letter} = (1, 2, 3).")


def _refuse_without_size(sizes: Sizes, case: Mapping[str, int], text: str) -> None:
    for letter, each in sizes.items():
        if any(size.head == "name" and size.value not in case for size in each):
            raise refused(text, f"It is not known how many parts {letter} has. Give numbers for it too, as in "
                                f"at {letter} = (1, 2).")


def _refuse_missing_parts(expressions: Iterable[Expression], sizes: Sizes, case: Mapping[str, int]) -> None:
    """Refuse a part that a list of this size does not have, as z_5 where z = (1, 2, 3)."""
    for part in postorder(expressions):
        for index, size in zip(part.args, sizes[part.value], strict=True) if part.head == "indexed" else ():
            if index.head == "number" and not 1 <= index.value <= size_in(size, case):
                shown = name_of_part(part.value, tuple([each.value for each in part.args]))
                raise TutorError(f"{shown} stands here, but with these numbers this index runs only from 1 to "
                                 f"{size_in(size, case)}.")


def _refuse_strangers(numbers: Mapping[str, Expression], known: Collection[str], text: str) -> None:
    for letter in numbers:
        if letter not in known:
            raise refused(text, f"{letter} does not occur in the problem.")


# -- sizes and numbers ------------------------------------------------------------------------------------------------


def numbers_of_parts(places: Mapping[str, Expression], sizes: Sizes,
                     lines: Collection[str]) -> tuple[dict[str, int], dict[str, Expression]]:
    """What the letters for sizes are, and the number of each letter and of each part of a list.

    lines: names that have lines. Raises TutorError for lists of sizes that do not fit each other.
    """
    case: dict[str, int] = {}
    numbers: dict[str, Expression] = {}
    by_whom: dict[str, str] = {}
    for letter, value in _with_parts_joined(places, sizes).items():
        if letter in lines:
            raise TutorError(f"{letter} has a line, which says what it is, so it needs no number.")
        shape = sizes.get(letter)
        if shape is None:
            if value.head == "tuple":
                raise TutorError(f"{letter} is a number here, and {value} is a list.")
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
    for size in sorted({size.value for each in sizes.values() for size in each if size.head == "name"}):
        given = numbers.pop(size, None)
        if size not in case and given is not None and given.head == "number" and given.value.__class__ is int:
            case[size] = int(given.value)
        elif given is not None and given is not number(case.get(size, 0)):
            raise TutorError(f"{size} is a size: that of {by_whom.get(size, 'a list')}, which is "
                             f"{case.get(size, 'not known')}.")
    return case, numbers


def _with_parts_joined(places: Mapping[str, Expression], sizes: Sizes) -> dict[str, Expression]:
    """The same with x = (3, 4) where the parts of a list were given one by one, as in x_1 = 3, x_2 = 4."""
    joined: dict[str, Expression] = {}
    parts: dict[str, dict[int, Expression]] = {}
    for letter, value in places.items():
        listed, _, index = letter.partition("_")
        if len(sizes.get(listed, ())) == 1 and index.isdecimal() and listed not in places:
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


def check_given(graph: Graph, case: Mapping[str, int], numbers: Mapping[str, Expression]) -> None:
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
