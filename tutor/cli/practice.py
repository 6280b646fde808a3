"""`tutor practice`: exercises, one after another, with hints and a reason for whatever is wrong.

    tutor practice
    tutor practice chain-rule --items 5
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.options import drawing_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from rich.console import Console

    from tutor.lesson.schema import Lesson
    from tutor.practice.store import Store

DONE, BAD_INPUT = 0, 2
"""The exit statuses."""

ITEMS = 10


@click.command()
@click.argument("names", nargs=-1, metavar="[LESSON]...")
@click.option("--items", type=click.IntRange(1), help=f"How many exercises; by default {ITEMS}, or fewer if the "
                                                      f"lessons have fewer.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True),
              help="Start no new exercise after this many minutes.")
@click.option("--count", is_flag=True, help="Also count lessons that are not part of a course.")
@drawing_options
@click.pass_context
def practice(context: click.Context, names: tuple[str, ...], items: int | None, minutes: float | None,
             count: bool) -> None:
    """Practise what is due and what is new, in all lessons or in those you name. Name your own by a file or a folder.

    \b
    tutor practice
    tutor practice chain-rule
    tutor practice chain-rule products --minutes 15
    tutor practice chain-rule/sine-of-square      one item
    tutor practice ./my-lesson.yaml

    A lesson of your own counts if it is named in a file course.yaml beside it, or with --count.

    Type an answer, or one of: ? why show lesson lines skip back quit help. However the session ends, your work is
    saved.
    """
    from tutor.cli.screen import new_page
    from tutor.errors import TutorError
    from tutor.lesson.course import chosen_lessons
    from tutor.practice.store import StoreError
    from tutor.views.errors import show_error

    try:
        chosen = chosen_lessons(names)
    except TutorError as error:
        show_error(new_page(stderr=True), error)
        context.exit(BAD_INPUT)
    if items is None and minutes is None:
        items = min(ITEMS, sum(len(lesson.items) for lesson in chosen.lessons)) or ITEMS
    uncounted = frozenset[str]() if count else chosen.uncounted
    with log_or_memory("You can practise, but your work will not be saved.") as store:
        try:
            play(chosen.lessons, store, items, minutes, uncounted, _about_counting(chosen.lessons, uncounted))
        except StoreError as error:
            show_error(new_page(stderr=True), error)
            context.exit(BAD_INPUT)


def play(lessons: Sequence[Lesson], store: Store, items: int | None, minutes: float | None = None,
         uncounted: frozenset[str] = frozenset(), opening: str = "") -> None:
    """Practise lessons on the terminal. uncounted: the ids of lessons that are not recorded; opening: a sentence said
    first. Raises StoreError."""
    from random import Random

    from tutor.cli.screen import new_page
    from tutor.practice.session import Session
    from tutor.views.page import GUIDE
    from tutor.views.practice import tell

    page = new_page()
    if opening:
        tell(page, opening, GUIDE)
    _import_while_someone_reads()
    Session(lessons, store, page, _reader(), _now, Random(), items, minutes, paged=someone_reads(page.console),
            uncounted=uncounted).run()


def _about_counting(lessons: Sequence[Lesson], uncounted: frozenset[str]) -> str:
    """What is to be said where lessons belong to no course, so that practising them does not count."""
    if not uncounted:
        return ""
    if len(lessons) == 1:
        return "This lesson is not part of a course, so practising it does not count. To count it, add --count."
    which = "These lessons" if len(uncounted) == len(lessons) else ", ".join(sorted(uncounted))
    return f"{which} are not part of a course, so practising them does not count. To count them, add --count."


def _import_while_someone_reads() -> None:
    """Import SymPy in the background: a proof sometimes needs it, and importing it takes longer than judging an
    answer."""
    from importlib import import_module
    from threading import Thread

    Thread(target=import_module, args=("sympy",), daemon=True).start()


def _now() -> datetime:
    """The time by the learner's own clock, so that a day ends when it ends for them."""
    from datetime import datetime

    return datetime.now().astimezone()


def log_or_memory(consequence: str) -> Store:
    """The log. If there can be none, say so and what follows from that, and use an empty one in memory instead."""
    from tutor.cli.screen import new_page
    from tutor.practice.store import FILE, StoreError, home, memory_only, open_store
    from tutor.views.errors import show_error

    messages = new_page(stderr=True)
    try:
        store = open_store(home() / FILE)
    except StoreError as error:
        show_error(messages, error)
        show_error(messages, StoreError(consequence))
        return memory_only()
    if store.notice:
        show_error(messages, StoreError(store.notice))
    return store


def someone_reads(console: Console) -> bool:
    """Whether there is somebody at a terminal, who reads page by page and types."""
    return console.is_terminal and sys.stdin is not None and sys.stdin.isatty()


class _Typed:
    """Lines from a terminal, with editing and a history, or from a pipe, repeated so that the output can be read."""

    def __init__(self, lines: Iterable[str] | None, editor: Any = None) -> None:
        self.lines, self.editor = None if lines is None else iter(lines), editor

    def __call__(self, prompt: str, already: str = "") -> str:
        from tutor.views.signs import clean

        if self.lines is None and self.editor is not None:
            self.editor.set_startup_hook(lambda: self.editor.insert_text(already))
            try:
                return input(prompt)
            finally:
                self.editor.set_startup_hook(None)
        if already:
            prompt = f"{prompt}[{clean(already)}] "  # Enter alone sends what stands there
        if self.lines is None:
            return input(prompt) or already
        click.echo(prompt, nl=False)
        line = next(self.lines, None)
        if line is None:
            raise EOFError
        click.echo(clean(line.rstrip("\n")))
        return line if line.strip() else already


def _reader() -> _Typed:
    if sys.stdin is None:  # closed: as if it had ended at once
        return _Typed(())
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # what is no text cannot be read as an answer, and is told so
    if not sys.stdin.isatty():
        return _Typed(sys.stdin)
    try:
        import readline
    except ImportError:  # where there is none, as on Windows, the terminal itself edits
        return _Typed(None)
    if not sys.stdout.isatty():  # then Python reads without it
        return _Typed(None)
    if os.environ.get("TERM", "dumb") != "dumb":
        readline.parse_and_bind("set enable-bracketed-paste on")  # lines pasted together come together
    return _Typed(None, readline)
