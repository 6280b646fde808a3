"""What cannot be read in an item that is a table: its graph or loss, its numbers, the names of its cells.

    list(table_faults(document, ("items", 0), {"ask": "backprop", "given": "z = w*x", ...}, known=["paths_multiplied"]))

`item_contents.py` asks for this, for items of these kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from tutor.derivation.graph import Graph
from tutor.errors import TutorError
from tutor.expression.functions import Functions
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.lesson.backprop import BadCell, cell_named, graph_from, loss_of
from tutor.lesson.document import Fault, KeyPath, YamlDocument
from tutor.lesson.formulas_in_texts import refusals, unreadable_formula
from tutor.lesson.keys import did_you_mean

_ON_A_GRAPH = frozenset(("backprop", "which-cell-is-wrong"))


def table_faults(document: YamlDocument, path: KeyPath, item: dict[str, Any], known: Sequence[str],
                 functions: Functions) -> Iterator[Fault]:
    """Everything that is wrong with the keys of a table, and with the ends of an interval. known: the names of
    misconceptions."""
    read = partial(parse, functions=functions)
    for key in ("from", "rate", "momentum", "steps"):
        text = item.get(key)
        start = 0
        for part in text.replace(";", ",").split(",") if isinstance(text, str) and text.strip() else ():
            yield from unreadable_formula(document, (*path, key), part, read, start)
            start += len(part) + 1
    numbers = item.get("at")
    for letter, text in numbers.items() if isinstance(numbers, dict) else ():
        if isinstance(text, str) and text.strip():
            yield from unreadable_formula(document, (*path, "at", letter), text, read)
    ends = item.get("on")
    for place, text in enumerate(ends if isinstance(ends, list) else ()):
        if isinstance(text, str) and text.strip():
            yield from unreadable_formula(document, (*path, "on", place), text, read)
    named = item.get("use")
    if isinstance(named, str) and named and named not in known:
        yield Fault(document.place((*path, "use")), "L107",
                    f"There is no misconception {named}.{did_you_mean(named, known)}")
    if item.get("ask") in _ON_A_GRAPH and isinstance(item.get("given"), str):
        yield from _of_graph(document, path, item, read)


def _of_graph(document: YamlDocument, path: KeyPath, item: dict[str, Any],
              read: Callable[[str], Expression]) -> Iterator[Fault]:
    try:
        graph = graph_from(read(item["given"]))
        loss_of(graph)
    except TutorError as error:
        yield from refusals(error, lambda offset: document.place((*path, "given"), offset))
        return
    if graph.has_lists and (item.get("at") or item["ask"] != "backprop"):
        yield Fault(document.place((*path, "given")), "L103",
                    f"{next(iter(graph.shapes))} is a list, and a table at numbers has none. Write out its parts as "
                    "letters of their own, such as x_1 and x_2, or leave out at: and ask for slopes in letters.")
        return
    yield from _numbers(document, path, item, graph)
    seen: dict[str, int] = {}
    cells = item.get("blank")
    for place, written in enumerate(cells if isinstance(cells, list) else []):
        if not isinstance(written, str):
            continue
        here = document.place((*path, "blank", place))
        try:
            key = cell_named(place, written, graph, numeric=bool(item.get("at")))
        except BadCell as error:
            yield Fault(here, "L124", str(error))
            continue
        if key in seen:
            yield Fault(here, "L124", f"{key} is there twice.")
        if key.rpartition("/d")[2] in letters_of(item.get("vary")):
            yield Fault(here, "L124", f"The letter of {written} has values in vary, so it is no input of the graph. "
                                      "Let another letter vary, and type it under at:, as in at: {w: p}.")
        seen[key] = place


def _numbers(document: YamlDocument, path: KeyPath, item: dict[str, Any], graph: Graph) -> Iterator[Fault]:
    """What is wrong with the numbers of the inputs."""
    numbers = item.get("at")
    if not isinstance(numbers, dict) or not numbers:
        return
    given = letters_of(numbers)
    for written, letter in zip(numbers, given, strict=True):
        if letter in graph.lines:
            yield Fault(document.key_place((*path, "at", written)), "L104",
                        f"{written} has a line, which says what it is, so it needs no number.")
        elif letter not in graph.inputs:
            yield Fault(document.key_place((*path, "at", written)), "L104",
                        f"{written} stands on none of the lines.{did_you_mean(written, graph.inputs)}")
    missing = [letter for letter in graph.inputs if letter not in (*given, *letters_of(item.get("vary")))]
    if missing:
        yield Fault(document.key_place((*path, "at")), "L102", f"There is no number for {', '.join(missing)}.")


def letters_of(written: Any) -> list[str]:
    """The letters that are the keys of a mapping, as formulas have them."""
    found = []
    for key in written if isinstance(written, dict) else ():
        name = str(key)
        with suppress(TutorError):
            name = str(parse(name).value)
        found.append(name)
    return found
