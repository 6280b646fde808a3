"""A table with cells to fill told: what stands in it, and what is said of a cell.

    told_table(exercise)                    # w = 0.5  x = 2, z = w*x = 1, a = sigmoid(z) = ?, dL/da = ___
    told_cell(sheet.judge(cell, value, {}), praise=False)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import Expression, name, node
from tutor.lesson.exercise import Exercise
from tutor.lesson.worksheet import Cell, CellJudgement, Own, Value, Worksheet
from tutor.rules.rulebook import title_of
from tutor.telling.backward import equal_in_value, told_number
from tutor.telling.document import Document, DocumentBlock, Inset, Words, joined, plain

BLANK, ASKED = "___", "?"
"""What stands in a cell that is blank, and in the one that is asked for now."""

_NOT_YET = "  (not right yet)"


def told_table(exercise: Exercise, filled: Mapping[str, CellJudgement] | None = None,
               current: Cell | None = None) -> list[tuple[DocumentBlock, ...]]:
    """The parts of a table. filled: what a learner has filled in; current: the cell that is asked for now, if not the
    first blank one."""
    sheet = exercise.sheet
    assert sheet is not None
    filled = filled or {}
    if current is None and sheet.blanks:
        current = sheet.blanks[0]
    numbers = iter(range(1, len(sheet.cells) + 1)) if exercise.right else None
    groups: list[tuple[DocumentBlock, ...]] = []
    for part in dict.fromkeys(cell.part for cell in sheet.cells):
        rows: list[Words] = []
        if not groups and sheet.given:
            rows.append(Words((joined([Text.of(equal_in_value(name(letter), value)) for letter, value in
                                       sheet.given.items()], between="   "),)))
        for cell in (each for each in sheet.cells if each.part == part):
            text = _row(sheet, cell, filled.get(cell.key), cell is current, exercise.wrong)
            rows.append(Words((text,), mark="" if numbers is None else str(next(numbers))))
        groups.append((Inset(tuple(rows)),))
    return groups


def _row(sheet: Worksheet, cell: Cell, filled: CellJudgement | None, is_current: bool, wrong: Own) -> Text:
    """One cell with what stands in it."""
    called = (cell.asked,) if cell.equation is None else (cell.asked, cell.equation)
    if filled is not None:
        return Text.of(_chain(called, filled.value), _NOT_YET if filled.outcome in ("wrong", "undecided") else "")
    if cell in sheet.blanks:
        return Text.of(_chain(called), f" = {ASKED if is_current else BLANK}")
    if not sheet.numeric and cell.equation is not None:
        return Text.of(_chain(called))
    return Text.of(_chain(called, wrong.get(cell.key, sheet.right[cell.key])))


def _chain(called: Sequence[Expression], value: Sequence[Value] = ()) -> Expression:
    """Several ways to write one thing, and its value: a = sigmoid(z) = 0.67."""
    *before, last = dict.fromkeys(called)
    if len(value) == 1 and not isinstance(value[0], Expression):
        last = equal_in_value(last, value[0])
    elif value and told_value(value) is not last:
        last = related(last, "=", told_value(value))
    for each in reversed(before):
        last = related(each, "=", last)
    return last


def told_value(value: Sequence[Value]) -> Expression:
    """A value as it is told: a number exactly if it is short, else with four digits; a point as a list."""
    parts = tuple(each if isinstance(each, Expression) else told_number(each) for each in value)
    return parts[0] if len(parts) == 1 else node("tuple", parts)


# -- what is said of a cell -------------------------------------------------------------------------------------------


def told_cell(judged: CellJudgement, *, named: bool, praise: bool) -> Words:
    """What is said of a cell that was filled. named: with its name, where several were filled at once; praise: with
    the rule behind it, while that is being learned."""
    before = Text.of(judged.cell.asked, ": ") if named else plain("")
    if judged.outcome == "right":
        rule = told_rule(judged.cell) if praise and not named else None
        return Words((Text.of(before, "yes."), *([rule] if rule is not None else [])), sign="yes")
    if judged.outcome == "followed":
        return Words((Text.of(before, "yes."), *judged.texts), sign="yes")
    if judged.outcome == "undecided":
        return Words((Text.of(before, "this could not be decided."),), sign="unsure")
    return Words((Text.of(before, "not yet."), *(judged.texts or (plain("? gives a hint."),))), sign="no")


def told_rule(cell: Cell) -> Text | None:
    """The rule behind a cell and what it says there."""
    if cell.rule is None or cell.opened is None:
        return None
    return Text.of(f"{cell.rule.title}: ", related(cell.asked, "=", cell.opened), ".")


def told_carried(cells: Sequence[tuple[Cell, tuple[Value, ...]]]) -> Text:
    """The cells that were right with a wrong value, once that is put right."""
    return joined([Text.of(_chain((cell.asked,), value)) for cell, value in cells],
                  "The cells that you worked out from it are now ", ", ", ".")


def hints_of(sheet: Worksheet, cell: Cell, own: Own) -> tuple[Text, Text, Text]:
    """Three hints for a cell; the last one works it out with the learner's own values before it."""
    first, second = cell.hints()
    value = sheet.followed(cell, own) or sheet.right[cell.key]
    return first, second, Text.of(_chain((cell.asked, told_value(cell.formulas)), value if sheet.numeric else ()))


# -- the solution -----------------------------------------------------------------------------------------------------


def told_filled(exercise: Exercise) -> Document:
    """The whole table, and for every blank cell how it is worked out."""
    sheet = exercise.sheet
    assert sheet is not None
    if exercise.right:
        put_right = replace(exercise, wrong={})
        return Document(((Words(exercise.said),), *told_table(put_right)))
    right = {cell.key: CellJudgement(cell, "right", sheet.right[cell.key]) for cell in sheet.blanks}
    return Document((*told_table(exercise, right), tuple(_steps(sheet))))


def _steps(sheet: Worksheet) -> Iterator[DocumentBlock]:
    for number, cell in enumerate(sheet.blanks, 1):
        titles = ", ".join(dict.fromkeys(title_of(rule) for rule in cell.rules))
        called = (cell.asked, *(() if cell.opened is None else (cell.opened,)), told_value(cell.formulas))
        before = [f"{titles[:1].upper()}{titles[1:].lower()}: "] if titles else []
        whole = _chain(called, sheet.right[cell.key] if sheet.numeric else ())
        yield Words((Text.of(*before, whole),), mark=str(number))
