"""`tutor author`: the workbench of someone who writes lessons.

    tutor author new my-lesson
    tutor author check lessons/*.yaml
    tutor author preview lessons/chain-rule.yaml/power-of-linear --seed 17
    tutor author schema
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tutor.lesson.check import Examination
    from tutor.lesson.exercise import Exercise
    from tutor.lesson.judging import Judgement
    from tutor.lesson.reader import Source
    from tutor.lesson.schema import Item, Lesson

PASSED, FAILED, BAD_INPUT = range(3)
"""The exit statuses."""


@click.group()
def author() -> None:
    """Write lessons: an expression is an exercise, and everything else follows from it.

    \b
    tutor author new my-lesson                          begin one
    tutor author check lessons/*.yaml                   try every exercise
    tutor author preview my-lesson.yaml/power --all     see what learners will see
    tutor author schema > lesson.schema.json            for completion in an editor
    tutor author stats                                  how the items do, from the local log
    """


# -- new -------------------------------------------------------------------------------------------------------------

SCAFFOLD = """\
format: 1
id: {name}
title: {title}
needs: []
teaches: [power]
text: |
  What is it good for? A few sentences; formulas stand between dollar signs, as in $x^2$.
examples:
  - d/dx [x^3]
items:
  - given: x^5

  - id: a-power
    given: a*x^n
    vary: {{a: 2..5, n: 3..6}}
    require: a != n
    expect:
      - a*n*x^(n-1): right
      - a*x^(n-1): power_lost_coefficient
"""


@author.command()
@click.argument("name")
@click.pass_context
def new(context: click.Context, name: str) -> None:
    """Write a lesson NAME.yaml to start from, which passes the check. Nothing is overwritten.

    \b
    tutor author new my-lesson
    """
    import re

    file = Path(name if name.endswith(".yaml") else f"{name}.yaml")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file.stem):
        context.exit(_refused(f"{file.stem} is no name of a lesson: small letters and digits, with hyphens between."))
    words = file.stem.replace("-", " ")
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(SCAFFOLD.format(name=file.stem, title=words[:1].upper() + words[1:]))
    except FileExistsError:
        context.exit(_refused(f"{file} exists already. Nothing was written."))
    except OSError as error:
        context.exit(_refused(f"{file} cannot be written: {error.strerror or error}."))
    click.echo(f"{file} is there. Try: tutor author check {file}")


def _refused(message: str) -> int:
    """Say why something cannot be done. Returns the exit status."""
    from tutor.cli.screen import screen
    from tutor.errors import TutorError
    from tutor.views.errors import show_error

    show_error(screen(stderr=True), TutorError(message))
    return BAD_INPUT


# -- check -----------------------------------------------------------------------------------------------------------


@author.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="What was found as JSON, one lesson a line.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes; Ctrl-C ends.")
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], as_json: bool, watch: bool) -> None:
    """Try every exercise of lesson FILES, with right answers and with wrong ones.

    \b
    tutor author check my-lesson.yaml
    tutor author check lessons/*.yaml

    Exit status: 0 all is well (there may be warnings), 1 a lesson has a problem, 2 a file cannot be read.
    """
    different = _different(files)
    status = _check(different, as_json)
    if watch:
        for changed in _changes(different):
            if not as_json:
                click.echo(f"\n-- {time.strftime('%H:%M:%S')} --\n")
            status = _check(changed, as_json)
    context.exit(status)


def _different(files: Sequence[Path]) -> list[Path]:
    """The files, each once, whatever names it was given under."""
    return list({os.path.realpath(file): file for file in reversed(files)}.values())[::-1]


def _check(files: Sequence[Path], as_json: bool) -> int:
    """Check these files and print what was found. Returns the exit status."""
    import json

    from tutor.cli.screen import screen
    from tutor.lesson.reader import read_source
    from tutor.views.json import examination_as_data
    from tutor.views.lesson import show_examination
    from tutor.views.page import Page

    sources = [read_source(file) for file in files]
    page = Page(screen())
    status = PASSED
    for source, found in zip(sources, _examined(sources), strict=True):
        if as_json:
            click.echo(json.dumps(examination_as_data(found)))
        else:
            show_examination(page, found)
        if not found.passed:
            status = max(status, FAILED if source.document.data is not None else BAD_INPUT)
    return status


def _examined(sources: Sequence[Source]) -> Iterator[Examination]:
    """What the check finds for each file, with a bar that shows how far it is where someone is looking."""
    from rich.markup import escape
    from rich.progress import Progress

    from tutor.cli.screen import screen
    from tutor.lesson.check import count_variants, examine
    from tutor.lesson.course import with_prerequisites
    from tutor.views.signs import clean

    console = screen(stderr=True)
    for source in with_prerequisites(sources):
        total = count_variants(source.lesson) if source.lesson is not None else 0
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task(escape(clean(Path(source.file).stem)), total=total)
            found = examine(source, partial(progress.advance, task))
        yield found


def _changes(files: Sequence[Path], wait: Callable[[float], None] = time.sleep) -> Iterator[list[Path]]:
    """Those of the files that have changed, whenever some have; for ever."""
    known = {file: _stamp(file) for file in files}
    while True:
        wait(_PATIENCE)
        changed = [file for file in files if _stamp(file) != known[file]]
        known |= {file: _stamp(file) for file in changed}
        if changed:
            yield changed


_PATIENCE = 0.3
"""Seconds between two looks at the files."""


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


# -- preview ---------------------------------------------------------------------------------------------------------


@author.command()
@click.argument("place", metavar="FILE[/ITEM]")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Which variant.")
@click.option("--all", "everything", is_flag=True, help="Every variant.")
@click.pass_context
def preview(context: click.Context, place: str, seed: int, everything: bool) -> None:
    """Show the exercises of a lesson, or of one of its items: question, solution, hints, and what mistakes are told.

    \b
    tutor author preview my-lesson.yaml
    tutor author preview my-lesson.yaml/a-power --seed 17
    """
    from tutor.cli.screen import screen
    from tutor.errors import TutorError
    from tutor.lesson.check import examine
    from tutor.lesson.reader import read_source
    from tutor.lesson.variants import exercises
    from tutor.views.errors import show_error
    from tutor.views.lesson import show_examination, show_lesson_text, show_preview
    from tutor.views.page import Page

    file, item = _split(place)
    source = read_source(file)
    lesson = source.lesson
    if lesson is None:
        show_examination(Page(screen(stderr=True)), examine(source))
        context.exit(BAD_INPUT)
    try:
        items: Sequence[Item] = [lesson.item(item)] if item else lesson.items
        if not item:
            page = Page(screen())
            show_lesson_text(page, lesson)
            page.blank()
            page.flush()
        for each in items:
            variants = exercises(lesson, each)
            for exercise in variants if everything else [variants.variant(seed)]:
                show_preview(screen(), lesson, exercise, _mistakes(lesson, exercise))
    except TutorError as error:
        show_error(screen(stderr=True), error)
        context.exit(BAD_INPUT)


def _split(place: str) -> tuple[Path, str]:
    """A file, and the item in it that is meant, or ""."""
    path = Path(place)
    return (path.parent, path.name) if path.parent.suffix in (".yaml", ".yml") else (path, "")


def _mistakes(lesson: Lesson, exercise: Exercise) -> list[tuple[str, Judgement]]:
    """Each misconception that leads to a wrong answer, and what is said of that answer."""
    from tutor.lesson.check import applicable, wrong_answers
    from tutor.lesson.judging import judge_expression

    if exercise.derivation is None or exercise.right:
        return []
    judged = [(name, judge_expression(exercise, answer))
              for name, answer in wrong_answers(exercise, applicable(lesson, exercise))]
    return [(name, judgement) for name, judgement in judged if judgement.outcome == "wrong"]


@author.command()
def schema() -> None:
    """Print the JSON Schema of lesson files, by which an editor can complete and check them.

    \b
    tutor author schema > lesson.schema.json
    """
    import json

    from tutor.lesson.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@author.command()
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@click.pass_context
def stats(context: click.Context, as_json: bool) -> None:
    """Show what nobody gets right, and wrong answers that no misconception explains, from the local log.

    \b
    tutor author stats

    Exit status: 0 done, 2 the log cannot be read.
    """
    from tutor.cli.screen import screen
    from tutor.lesson.outline import outline
    from tutor.practice.renamed import under_present_names
    from tutor.practice.statistics import item_statistics, unexplained
    from tutor.practice.store import FILE, StoreError, home, open_store
    from tutor.views.errors import show_error
    from tutor.views.practice import show_statistics

    try:
        with open_store(home() / FILE) as store:
            if store.notice:
                show_error(screen(stderr=True), StoreError(store.notice))
            attempts = list(under_present_names(store.attempts(), outline()))
    except StoreError as error:
        show_error(screen(stderr=True), error)
        context.exit(BAD_INPUT)
    items, answers = item_statistics(attempts), unexplained(attempts)
    if as_json:
        import json

        click.echo(json.dumps({"format": 1, "items": [each._asdict() for each in items],
                               "unexplained": [each._asdict() for each in answers]}, indent=2))
        return
    from tutor.views.page import Page

    show_statistics(Page(screen()), [(f"{each.lesson}/{each.item}", each.asked, each.right) for each in items],
                    [(each.exercise, each.times, ", ".join(each.answers)) for each in answers])
