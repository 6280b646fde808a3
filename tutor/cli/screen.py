"""The two streams of the terminal, as pages that keep to what the reader's terminal can show.

    new_page().words("  ", "...")
    new_page(stderr=True)
    with paged(new_page()) as shown: ...        # screen by screen, where someone reads it on a terminal
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console

from tutor.cli.options import drawing_of

if TYPE_CHECKING:
    from tutor.views.page import Page


_USUAL_WIDTH = 80


class _Screen(Console):
    """A console that reports a reader who went away (`tutor ... | head -1`) instead of ending the process itself."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def screen(stderr: bool = False) -> Console:
    """Standard output or standard error. No escape codes in a pipe, and no colours where NO_COLOR is set.

    Bold and underlined are not colours: they show what changed in a formula of several rows, as nothing else can.
    """
    console = _Screen(stderr=stderr, highlight=False, markup=False, emoji=False)
    if console.width < 1:  # COLUMNS=0, as some programs set it for what they start: rich would print nothing
        console.width = _USUAL_WIDTH
    return console


def new_page(stderr: bool = False) -> Page:
    """A page on standard output or standard error, drawn as the options of the command and TUTOR_FLAT ask for.

    Formulas are on one line wherever the output is no terminal, also where FORCE_COLOR makes rich take it for one.
    """
    from tutor.views.page import Page

    flat, ascii = drawing_of(click.get_current_context(silent=True))
    flat = flat or os.environ.get("TUTOR_FLAT", "") not in ("", "0")
    console = screen(stderr)
    return Page(console, flat=flat or not console.file.isatty(), ascii=ascii)


@contextmanager
def paged(page: Page) -> Iterator[Page]:
    """The page, with what is printed on it shown screen by screen if it is a terminal and more than fits."""
    console = page.console
    if not console.is_terminal or console.is_dumb_terminal:
        yield page
        return
    os.environ.setdefault("LESS", "FRX")  # end at once if it fits, show colours, leave the text on the screen
    with console.pager(styles=console.color_system is not None):
        yield page
        page.flush()
