"""`ask: which-cell-is-wrong`: a filled table in which one cell follows a wrong rule; those after it follow from it.

    with_wrong_cell(exercise).right             # 6: the sixth row
    judge_cell(exercise, "dL/dx")               # True, and what is said
"""

from __future__ import annotations

from dataclasses import replace

from tutor.errors import TutorError
from tutor.expression.text import Text
from tutor.expression.tree import postorder
from tutor.lesson.exercise import Exercise, NoExercise
from tutor.lesson.own_rules import misconception_named
from tutor.lesson.vary import scrambled
from tutor.lesson.worksheet import Cell, Made, Own, Value, Worksheet


def with_wrong_cell(exercise: Exercise, sheet: Worksheet) -> Exercise:
    """The exercise with a wrong cell. sheet: its table, every slope of which may be wrong. Raises NoExercise if the
    wrong rule does not fit or makes nothing wrong."""
    wanted = exercise.written.use
    if wanted:
        misconception_named(wanted, exercise.own)
    found = [(cell, made, wrong) for cell in sheet.blanks for made in cell.made()
             if (made.mistake.rule.name == wanted if wanted else "frequent" in made.mistake.rule.tags)
             and (wrong := _filled(sheet, cell, made))]
    if not found:
        raise NoExercise(f"The misconception {wanted} makes no cell of this table wrong." if wanted else
                         "No frequent misconception makes a cell of this table wrong.")
    cell, made, wrong = found[scrambled(exercise.seed) % len(found)]
    complete = replace(sheet, blanks=())
    return replace(exercise, sheet=complete, right=sheet.cells.index(cell) + 1, wrong=wrong, said=made.told)


def _filled(sheet: Worksheet, cell: Cell, made: Made) -> Own:
    """The table with a mistake in one cell, and all others worked out from that; nothing if no cell comes out wrong."""
    own: dict[str, tuple[Value, ...]] = {}
    for each in sheet.cells:
        try:
            value = sheet.followed(each, own) if each is not cell else tuple(
                sheet.worked_out(formula, sheet.known({**sheet.right, **own}), "") for formula in made.formulas)
        except TutorError:
            return {}
        if value is None:
            return {}
        own[each.key] = value
    return {} if sheet.is_near(own[cell.key], sheet.right[cell.key]) else own


def judge_cell(exercise: Exercise, text: str) -> tuple[bool | None, Text]:
    """Whether a cell is the wrong one, by its row or its name (None if there is none), and what to say."""
    sheet = exercise.sheet
    assert sheet is not None
    plain = "".join(text.casefold().removeprefix("row").removeprefix("line").strip(" .)").split()).replace("∂", "d")
    place = next((number for number, cell in enumerate(sheet.cells, 1)
                  if plain in (str(number), "".join(cell.key.casefold().split()))), 0)
    if not place:
        return None, Text(f"Type the number of a row, from 1 to {len(sheet.cells)}, or the name of its cell.", {})
    cell = sheet.cells[place - 1]
    if place == exercise.right:
        return True, Text.of(*[part for text in exercise.said for part in (text, " ")][:-1])
    if _rests_on_the_wrong_one(exercise, sheet, cell):
        return False, Text("{cell} follows rightly from the cells that it rests on, one of which is wrong.",
                           {"cell": cell.asked})
    return False, Text("{cell} is right.", {"cell": cell.asked})


def _rests_on_the_wrong_one(exercise: Exercise, sheet: Worksheet, cell: Cell) -> bool:
    return not sheet.is_near(exercise.wrong[cell.key], sheet.right[cell.key])


def hints_for(exercise: Exercise) -> tuple[Text, Text, Text]:
    """The three hints: what to compare, what the rule says of the wrong cell, and which one it is."""
    sheet = exercise.sheet
    assert sheet is not None
    cell = sheet.cells[exercise.right - 1]
    first = Text("Work out each slope again from those above it in the table, and compare.", {})
    opened = cell.asked if cell.opened is None else cell.opened
    paths = sum(part.head == "rate" and part.value == "∂" for part in postorder([opened]))
    second = Text("The slope by this name has to come along one path: multiply along it." if paths == 1 else
                  "The slope by this name has to come along several paths: multiply along each, and add.", {})
    return first, second, Text("It is {cell}: by the rule it is {opened}.", {"cell": cell.asked, "opened": opened})
