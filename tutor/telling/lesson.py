"""A lesson told: its words with its worked examples, the question of an exercise, and lines that are given with it.

    told_lesson(lesson, worked_examples(lesson))
    told_question(exercise)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tutor.derivation.derivation import Derivation
from tutor.expression.text import Text
from tutor.expression.tree import Expression
from tutor.lesson.choosing import LETTERS
from tutor.lesson.exercise import Exercise
from tutor.lesson.schema import Lesson
from tutor.lesson.texts import text_of
from tutor.lesson.worksheet import Cell, CellJudgement
from tutor.telling.derivation import told_solution
from tutor.telling.document import Document, DocumentBlock, Formula, Heading, Words
from tutor.telling.worksheet import told_table


def told_lesson(lesson: Lesson, examples: Iterable[Derivation] = (), heading: str = "") -> Document:
    """The words of a lesson under its title, or under another heading, and its worked examples, or some of these."""
    groups: list[tuple[DocumentBlock, ...]] = [(Heading(heading or lesson.title),)]
    if lesson.text:
        groups.append((Words((text_of(lesson.text, functions=lesson.defined),)),))
    return Document((*groups, *((told_solution(example),) for example in examples)))


def told_question(exercise: Exercise, filled: Mapping[str, CellJudgement] | None = None,
                  cell: Cell | None = None) -> Document:
    """The words of an exercise, its expression or the lines in which something is wrong, and what can be chosen.

    filled, cell: of a table, what is filled in, and the cell that is asked for now.
    """
    if exercise.sheet is not None:
        return Document(((Words((exercise.prompt,)),), *told_table(exercise, filled, cell)))
    lines = [Formula(line.expression, continues=number > 1, mark=str(number))
             for number, line in enumerate(exercise.lines, 1)]
    groups: list[tuple[DocumentBlock, ...]] = [(Words((exercise.prompt,)),)]
    if exercise.shown is None:
        groups = [(*groups[0], *lines)]
    else:
        groups.append((Formula(exercise.shown, shape="display"), *lines))
    if exercise.choices:
        groups.append(tuple(map(_told_choice, LETTERS, exercise.choices)))
    return Document(tuple(groups))


def _told_choice(letter: str, choice: Text) -> Words | Formula:
    """A choice behind its letter: as a formula if it is one, without words."""
    match list(choice.parts):
        case [Expression() as formula]:
            return Formula(formula, tone="", mark=letter)
    return Words((choice,), mark=letter)


def told_given_lines(lines: Iterable[tuple[Expression, Expression | None]]) -> list[Formula]:
    """The lines of a solution that are given, each with what its letter stands for where that has to be said."""
    given: list[Formula] = []
    told = None
    for line, beside in lines:
        given.append(Formula(line, continues=bool(given), tone="", where=None if beside is told else beside))
        told = beside
    return given
