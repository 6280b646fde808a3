"""`tutor author preview`: all that a learner can see of an exercise.

    tutor author preview my-lesson.yaml/a-power --seed 17
    tutor author preview my-lesson.yaml --all
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from tutor.cli.author.statuses import BAD_INPUT, refused
from tutor.cli.options import drawing_options

if TYPE_CHECKING:
    from tutor.expression.text import Text
    from tutor.lesson.exercise import Exercise
    from tutor.lesson.schema import Item, Lesson
    from tutor.telling.document import Document, Formula


@click.command()
@click.argument("place", metavar="FILE|FOLDER|FILE/ITEM")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Which variant to show.")
@click.option("--all", "everything", is_flag=True, help="Every variant.")
@drawing_options
@click.pass_context
def preview(context: click.Context, place: str, seed: int, everything: bool) -> None:
    """Show everything that learners can see: the lesson, and for each item the question, the lines given at first, the
    hints, the solution, and the replies to right and wrong answers, including your own.

    \b
    tutor author preview my-lesson.yaml
    tutor author preview my-lesson.yaml/a-power --seed 3
    tutor author preview my-lesson.yaml/a-power --all

    Exit status: 0 done, 2 there is no such lesson or it cannot be used.
    """
    from tutor.cli.screen import new_page
    from tutor.errors import TutorError
    from tutor.lesson.exercise import worked_examples
    from tutor.lesson.responses import responses
    from tutor.lesson.variants import exercises
    from tutor.telling.lesson import told_lesson
    from tutor.views.errors import show_error
    from tutor.views.preview import show_exercise
    from tutor.views.terminal import show

    try:
        for lesson, items, whole in _asked_for(context, place):
            if whole:
                page = new_page()
                show(page, told_lesson(lesson, worked_examples(lesson)))
                page.blank()
                page.flush()
            for item in items:
                try:
                    variants = exercises(lesson, item)
                    for exercise in variants if everything else [variants.variant(seed)]:
                        show_exercise(new_page(), exercise, _hints(exercise), _solution(exercise),
                                      responses(lesson, exercise), _given(exercise))
                except TutorError as error:
                    if not whole:
                        raise
                    show_error(new_page(), error, f"{lesson.id}/{item.name}")  # the other items can be seen
    except TutorError as error:
        context.exit(refused(error))


def _solution(exercise: Exercise) -> Document | None:
    """The worked solution, where the exercise asks for it."""
    from tutor.telling.exercise import told_exercise

    if exercise.sheet is None and (exercise.lines or exercise.ask == "choose"):
        return None
    return told_exercise(exercise)


def _hints(exercise: Exercise) -> Sequence[Text]:
    """The hints; of a table, those for every cell."""
    from tutor.expression.text import Text
    from tutor.lesson.hints import hints
    from tutor.telling.worksheet import hints_of

    if exercise.sheet is None or exercise.right:
        return hints(exercise)
    return [Text.of(cell.asked, ": ", text) for cell in exercise.sheet.blanks
            for text in hints_of(exercise.sheet, cell, {})]


def _given(exercise: Exercise) -> list[list[Formula]]:
    """The lines that are given while the rule is new, and then the fewer lines that are."""
    from tutor.lesson.readable import without_at
    from tutor.practice.given import first_lines
    from tutor.practice.schedule import steps_left_at_first
    from tutor.telling.lesson import told_given_lines

    given = dict.fromkeys(first_lines(exercise, left) for left in steps_left_at_first(exercise))
    return [told_given_lines(without_at(line) or (line, None) for line in lines) for lines in given]


def _asked_for(context: click.Context, place: str) -> Iterator[tuple[Lesson, Sequence[Item], bool]]:
    """The lessons that are meant, each with its items that are, and whether that is all of it. Raises TutorError.

    A file with an error in it is shown as the check shows it.
    """
    from tutor.cli.screen import new_page
    from tutor.lesson.addresses import address_of
    from tutor.lesson.check import examine_lesson
    from tutor.lesson.reader import read_source
    from tutor.views.examination import show_examination

    address = address_of(place)
    for file in address.files:
        source = read_source(file)
        lesson = source.lesson
        if lesson is None:
            show_examination(new_page(stderr=True), examine_lesson(source))
            context.exit(BAD_INPUT)
        yield lesson, [lesson.item(address.item)] if address.item else lesson.items, not address.item
