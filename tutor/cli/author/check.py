"""`tutor author check`: every exercise of a lesson is made, and answered rightly and wrongly.

    tutor author check lessons
    tutor author check my-lesson.yaml/a-power
    tutor author check --watch my-lesson.yaml
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.author.statuses import BAD_INPUT, FAILED, PASSED, refused

if TYPE_CHECKING:
    from tutor.lesson.examining import Wanted
    from tutor.lesson.findings import Examination


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="FILE|FOLDER|FILE/ITEM...")
@click.option("--json", "as_json", is_flag=True, help="What was found as JSON, one lesson per line.")
@click.option("--strict", is_flag=True, help="Warnings count as failures: exit status 1.")
@click.option("--watch", is_flag=True, help="Check again whatever is saved; Ctrl-C stops.")
@click.pass_context
def check(context: click.Context, places: tuple[str, ...], as_json: bool, strict: bool, watch: bool) -> None:
    """Test every exercise of a lesson with right and wrong answers.

    \b
    tutor author check my-lesson.yaml
    tutor author check my-lesson.yaml/a-power     one item of it
    tutor author check lessons                    a folder, with its course.yaml

    What has not changed since the last check is not checked again; results are kept in your cache folder.

    Exit status: 0 no errors (there may be warnings), 1 an error (with --strict, also a warning), 2 a file cannot be
    read.
    """
    from tutor.errors import TutorError

    try:
        wanted = wanted_of(places)
        contents = {each: _content(each.file) for each in wanted}
        status, known = _check(wanted, as_json, strict)
        if watch:
            status = _Watching(places, as_json, strict, status, known, contents).run()
    except TutorError as error:
        context.exit(refused(error))
    context.exit(status)


def wanted_of(places: Sequence[str]) -> list[Wanted]:
    """What is to be checked, each once, whatever names it was given under. Raises TutorError."""
    from tutor.lesson.addresses import COURSE_FILE, address_of
    from tutor.lesson.examining import Wanted

    found: dict[tuple[str, str], Wanted] = {}
    for place in places:
        address = address_of(place)
        files = list(address.files)
        if address.folder is not None and os.path.lexists(address.folder / COURSE_FILE):
            files.append(address.folder / COURSE_FILE)
        for file in files:
            found.setdefault((os.path.realpath(file), address.item), Wanted(file, address.item))
    return list(found.values())


def _check(wanted: Sequence[Wanted], as_json: bool, strict: bool) -> tuple[int, dict[Wanted, Examination]]:
    """Check these files and print what was found. Returns the exit status, and what was found."""
    status, apart, known = PASSED, False, dict["Wanted", "Examination"]()
    for each, found in _examined(wanted):
        apart = _show(found, as_json, apart)
        status = max(status, _status(found, strict))
        known[each] = found
    return status, known


def _show(found: Examination, as_json: bool, apart: bool) -> bool:
    """Print what was found. apart: whether an empty row has to stand before it. Returns it for what comes next."""
    if as_json:
        import json

        from tutor.views.json import examination_as_data

        click.echo(json.dumps(examination_as_data(found)))
        return False
    from tutor.cli.screen import new_page
    from tutor.views.examination import show_examination

    page = new_page()
    if apart:
        page.blank()
    show_examination(page, found)
    return bool(found.problems)


def _status(found: Examination, strict: bool) -> int:
    if any(problem.code.startswith("L00") for problem in found.problems):
        return BAD_INPUT
    return FAILED if not found.passed or (strict and found.problems) else PASSED


def _examined(wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, Examination]]:
    """What the check finds for each file, with a bar that shows how far it is where someone is looking."""
    from tutor.lesson.examining import Examining

    with Examining(wanted) as examining:
        if not examining.total:
            yield from examining.run()
            return
        from rich.progress import BarColumn, Progress, TextColumn

        from tutor.cli.screen import screen
        from tutor.views.page import TITLE

        console = screen(stderr=True)
        bar, count = BarColumn(complete_style=TITLE), TextColumn("{task.completed} of {task.total} variants")
        with Progress(TextColumn("Checking"), bar, count, console=console, transient=True,
                      disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=examining.total)
            examining.advance = lambda variants: progress.advance(task, variants)
            for found in examining.run():
                progress.stop()  # what is printed must not be mixed with the bar
                yield found
                progress.start()


# -- watching --------------------------------------------------------------------------------------------------------


@dataclass
class _Watching:
    """A check that goes on: what it was asked to check, and what it last found in every file."""

    places: Sequence[str]
    as_json: bool
    strict: bool
    status: int
    known: dict[Wanted, Examination]
    contents: dict[Wanted, bytes | str]
    refusal: str = ""

    def run(self) -> int:
        """Check whenever something is saved, until Ctrl-C. Returns the last exit status."""
        try:
            if not self.as_json:
                click.echo("\nWaiting for you to save a file. Ctrl-C stops.", err=True)
            for _ in changes(sorted({each.file.absolute().parent for each in self.known})):
                self._look_again()
        except KeyboardInterrupt:
            click.echo(err=True)
        return self.status

    def _look_again(self) -> None:
        """Check what has changed, and show it, together with what has changed for other files because of that."""
        from tutor.errors import TutorError

        try:
            wanted = wanted_of(self.places)
            contents = {each: _content(each.file) for each in wanted}
            found = dict(_examined(wanted))  # all of them: what did not change is known, and takes no time
        except TutorError as error:  # such as a folder that has become empty, or an item that was renamed
            if str(error) != self.refusal:
                self.refusal, self.status = str(error), refused(error)
            return
        shown = [each for each in wanted
                 if self.refusal or contents[each] != self.contents.get(each) or found[each] != self.known.get(each)]
        gone = [each.file for each in self.known if each not in found]
        self.refusal, self.known, self.contents = "", found, contents
        self.status = max(_status(each, self.strict) for each in found.values())
        if (shown or gone) and not self.as_json:
            click.echo(f"\n-- {time.strftime('%H:%M:%S')} --\n")
            _show_gone(gone)
        apart = False
        for each in shown:
            apart = _show(found[each], self.as_json, apart)


def _show_gone(files: Sequence[Path]) -> None:
    from tutor.cli.screen import new_page

    page = new_page()
    for file in files:
        page.words("", f"{file} is gone.")
    page.flush()


def changes(folders: Sequence[Path]) -> Iterator[object]:
    """Yields whenever a file in one of these folders is written, moved or removed; it never ends."""
    from watchfiles import watch

    return watch(*folders, recursive=False, watch_filter=None, debounce=400, step=50)


def _content(file: Path) -> bytes | str:
    """What stands in a file, or why that is not known."""
    from tutor.lesson.addresses import content_of

    try:
        return content_of(file)
    except OSError as error:
        return str(error)
