"""`tutor practice`: exercises, one after another, with hints and a reason for whatever is wrong.

    tutor practice
    tutor practice chain-rule --items 5
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

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
@click.option("--items", type=click.IntRange(1), help=f"How many exercises; {ITEMS} if there are so many.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="No new exercise after so many minutes.")
@click.pass_context
def practice(context: click.Context, names: tuple[str, ...], items: int | None, minutes: float | None) -> None:
    """Practise what is due and what is new, of all lessons or of those named. One of your own is a file or a folder.

    \b
    tutor practice
    tutor practice chain-rule
    tutor practice chain-rule products --minutes 15
    tutor practice ./my-lesson.yaml

    Type an answer, or one of: ? why show lesson lines skip back quit help. Whatever ends it, everything is kept.
    """
    from random import Random

    from tutor.cli.screen import screen
    from tutor.errors import TutorError
    from tutor.practice.session import Session
    from tutor.practice.store import StoreError
    from tutor.views.errors import show_error

    console = screen()
    try:
        lessons = chosen_lessons(names)
    except TutorError as error:
        show_error(screen(stderr=True), error)
        context.exit(BAD_INPUT)
    if items is None and minutes is None:
        items = min(ITEMS, sum(len(lesson.items) for lesson in lessons)) or ITEMS
    _import_while_someone_reads()
    with log_or_memory("You can practise, but nothing of it is remembered afterwards.") as store:
        try:
            Session(lessons, store, console, _reader(), _now, Random(), items, minutes,
                    paged=someone_reads(console)).run()
        except StoreError as error:
            show_error(screen(stderr=True), error)
            context.exit(BAD_INPUT)


def _import_while_someone_reads() -> None:
    """Get SymPy ready: now and then a proof takes it, and to import it takes longer than to judge an answer."""
    from importlib import import_module
    from threading import Thread

    Thread(target=import_module, args=("sympy",), daemon=True).start()


def _now() -> datetime:
    """By the clock of the learner: a day ends when it ends for them."""
    from datetime import datetime

    return datetime.now().astimezone()


def chosen_lessons(names: Sequence[str]) -> tuple[Lesson, ...]:
    """The lessons with these names, in the order of the course, and those of the files and folders among them.

    All of the course if nothing is named. Raises TutorError.
    """
    from difflib import get_close_matches
    from pathlib import Path

    from tutor.errors import TutorError
    from tutor.lesson.course import lessons_at, load_course

    paths = [Path(name) for name in names if _is_path(name)]
    wanted = [name for name in names if not _is_path(name)]
    course = load_course() if wanted or not paths else ()
    known = [lesson.id for lesson in course]
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, known, 1, cutoff=0.5)
            guess = f" Did you mean {near[0]}?" if near else (
                " tutor lessons lists those of the course; one of your own is named by its file, as in ./mine.yaml.")
            raise TutorError(f"There is no lesson {name}.{guess}")
    own = [lesson for path in paths for lesson in lessons_at(path)]
    return (*(lesson for lesson in course if not names or lesson.id in wanted), *own)


def _is_path(name: str) -> bool:
    """Whether a name is that of a file or a folder: names of lessons have no dots and slashes."""
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def log_or_memory(consequence: str) -> Store:
    """The log; where there can be none, the reader is told so with the consequence, and gets an empty one instead."""
    from tutor.cli.screen import screen
    from tutor.practice.store import FILE, StoreError, home, memory_only, open_store
    from tutor.views.errors import show_error

    messages = screen(stderr=True)
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
        if self.lines is None and self.editor is not None:
            self.editor.set_startup_hook(lambda: self.editor.insert_text(already))
            try:
                return input(prompt)
            finally:
                self.editor.set_startup_hook(None)
        if already:
            prompt = f"{prompt}[{already}] "  # Enter alone sends what stands there
        if self.lines is None:
            return input(prompt) or already
        click.echo(prompt, nl=False)
        line = next(self.lines, None)
        if line is None:
            raise EOFError
        click.echo(line.rstrip("\n"))
        return line if line.strip() else already


def _reader() -> _Typed:
    if sys.stdin is None:  # closed: as if it had ended at once
        return _Typed(())
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
