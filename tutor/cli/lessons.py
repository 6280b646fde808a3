"""`tutor lessons`: the course with what is done, begun and next, or one lesson of it to read.

    tutor lessons
    tutor lessons chain-rule
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from tutor.cli.options import drawing_options

if TYPE_CHECKING:
    from tutor.lesson.schema import Lesson
    from tutor.practice.statistics import LessonStatistics
    from tutor.views.page import Page

DONE, BAD_INPUT = 0, 2
"""The exit statuses."""


@click.command()
@click.argument("name", required=False, metavar="[LESSON]")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@drawing_options
@click.pass_context
def lessons(context: click.Context, name: str | None, as_json: bool) -> None:
    """List the lessons with what is done, begun and next, or read LESSON with its worked examples.

    \b
    tutor lessons
    tutor lessons chain-rule
    tutor lessons ./my-lessons            a file or a folder of your own

    Exit status: 0 done, 2 there is no such lesson.
    """
    from tutor.cli.screen import new_page
    from tutor.errors import TutorError
    from tutor.lesson.course import chosen_lessons
    from tutor.views.errors import show_error

    try:
        chosen = chosen_lessons([] if name is None else [name]).lessons
        if as_json:
            _print_json(chosen, whole=name is not None)
        elif name is None or len(chosen) > 1:
            _list(chosen, name)
        else:
            _read(chosen[0], name)
    except TutorError as error:
        show_error(new_page(stderr=True), error)
        context.exit(BAD_INPUT)


def _known(chosen: tuple[Lesson, ...]) -> list[tuple[Lesson, LessonStatistics]]:
    """The lessons with what the log knows of them."""
    from tutor.cli.practice import log_or_memory
    from tutor.lesson.outline import outline_of
    from tutor.practice.progress import Progress
    from tutor.practice.renamed import under_present_names
    from tutor.practice.statistics import lesson_statistics

    with log_or_memory("Without it, your progress is not shown.") as store:
        progress = Progress(under_present_names(store.attempts(), outline_of(chosen)))
        return list(zip(chosen, lesson_statistics(progress, chosen), strict=True))


def _print_json(chosen: tuple[Lesson, ...], *, whole: bool) -> None:
    """The lessons as data. whole: one lesson, with its words and examples."""
    import json

    data = []
    for lesson, known in _known(chosen):
        entry = {"title": lesson.title, "needs": lesson.needs, "teaches": lesson.teaches, **known._asdict()}
        if whole:
            entry |= {"text": lesson.text, "examples": lesson.examples}
        data.append(entry)
    click.echo(json.dumps({"format": 1, "lessons": data}, indent=2))


def _list(course: tuple[Lesson, ...], typed: str | None) -> None:
    """Every lesson, with what is done, begun and next. typed: the folder of them, if it is not the course."""
    from tutor.cli.screen import new_page
    from tutor.lesson.addresses import address_of
    from tutor.views.practice import LessonRow, show_course, tell

    rows = []
    for lesson, each in _known(course):
        words = {"done": "done", "begun": f"begun, {each.met} of {each.items}", "next": "next"}.get(each.state, "")
        if each.met and each.mastered:
            words += f", {each.mastered} of {each.rules} rule{'' if each.rules == 1 else 's'} mastered"
        rows.append(LessonRow(lesson.id, lesson.title, lesson.needs, each.state, words))
    page = new_page()
    show_course(page, rows)
    page.blank()
    if typed is None:
        tell(page, "Read one by name or number: tutor lessons 6. Practise it: tutor practice 6.")
    else:
        file = shlex.quote(str(address_of(typed).files[0]))
        tell(page, "Read one by its file, for example:")
        tell(page, f"  tutor lessons {file}")
        tell(page, f"  tutor practice {file}")


def _read(lesson: Lesson, typed: str) -> None:
    """The words of a lesson and its worked examples, page by page where someone reads them on a terminal."""
    from tutor.cli.screen import new_page, paged

    with paged(new_page()) as page:
        _show(page, lesson, typed)


def _show(page: Page, lesson: Lesson, typed: str) -> None:
    """Show a lesson. typed: how the reader named it, so that the command at the end names it in the same way."""
    from tutor.lesson.exercise import worked_examples
    from tutor.telling.lesson import told_lesson
    from tutor.views.terminal import show

    show(page, told_lesson(lesson, worked_examples(lesson)))
    page.blank()
    page.words("  ", f"Practise it: tutor practice {shlex.quote(typed)}")
    page.flush()
