"""Exercises that are a table: the one with cells to fill, and the one in which a cell is wrong.

    with_table(exercise).sheet.blanks           # the cells to fill, in their order
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.lesson.backprop import backprop_sheet, graph_from, loss_of
from tutor.lesson.exercise import Exercise, NoExercise
from tutor.lesson.iterate import iterate_sheet, prompt_of, with_facts
from tutor.lesson.worksheet import Worksheet
from tutor.lesson.wrong_cell import with_wrong_cell


def with_table(exercise: Exercise) -> Exercise:
    """The exercise with its table. Raises NoExercise if there is none with these values."""
    try:
        if exercise.ask == "iterate":
            return _with_points(exercise)
        sheet = _sheet(exercise)
        if exercise.ask == "which-cell-is-wrong":
            return with_wrong_cell(exercise, sheet)
        return replace(exercise, sheet=sheet)
    except NoExercise:
        raise
    except TutorError as error:
        raise NoExercise(str(error)) from error


def _sheet(exercise: Exercise) -> Worksheet:
    item = exercise.written
    assert exercise.given is not None
    at = {str(parse(letter)): exercise.formula(value) for letter, value in item.numbers_at.items()}
    graph = graph_from(exercise.given)
    blank = item.blank
    if item.ask == "which-cell-is-wrong":
        loss = loss_of(graph)
        blank = tuple(f"d{loss}/d{letter}" for letter in (*reversed([*graph.lines]), *graph.inputs) if letter != loss)
    return backprop_sheet(graph, at, blank, exercise.tolerance, exercise.own)


def _with_points(exercise: Exercise) -> Exercise:
    item, given = exercise.written, exercise.given
    assert given is not None
    start = starts(item.from_, exercise.formula)
    rate, steps = exercise.formula(item.rate), exercise.formula(item.steps)
    momentum = exercise.formula(item.momentum) if item.momentum else None
    sheet = iterate_sheet(given, start, rate, steps, momentum, exercise.tolerance, exercise.own)
    prompt = with_facts(exercise.prompt, given, rate, momentum) if item.text else prompt_of(
        given, start, rate, steps, momentum)
    return replace(exercise, sheet=sheet, prompt=prompt)


def starts(written: str, read: Callable[[str], Expression]) -> dict[str, Expression]:
    """Where each letter starts: w = 4, b = 0. read: reads mathematics. Raises TutorError."""
    found: dict[str, Expression] = {}
    for piece in written.replace(";", ",").split(","):
        relation = read(piece)
        if relation.head != "relation" or relation.value != "=" or relation.args[0].head != "name":
            raise NoExercise(f"{piece.strip()} does not say where a letter starts. Type, for example, from: w = 4, "
                             "b = 0.", "from")
        if relation.args[0].value in found:
            raise NoExercise(f"This says twice where {relation.args[0]} starts.", "from")
        found[relation.args[0].value] = relation.args[1]
    return found
