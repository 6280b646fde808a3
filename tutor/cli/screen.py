"""The two streams of the terminal, as pages that keep to what the reader's terminal can show.

    new_page().words("  ", "...")
    new_page(stderr=True)
    with paged(new_page()) as shown: ...        # screen by screen, where someone reads it on a terminal
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console

if TYPE_CHECKING:
    from tutor.views.page import Page

_Command = TypeVar("_Command", bound=Callable[..., Any])

_FLAT, _ASCII = "tutor.flat", "tutor.ascii"
"""Where the options are kept in the context of a command."""


class _Screen(Console):
    """A console that reports a reader who went away (`tutor ... | head -1`) instead of ending the process itself."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def screen(stderr: bool = False) -> Console:
    """Standard output or standard error. No escape codes in a pipe or where NO_COLOR is set."""
    plain = bool(os.environ.get("NO_COLOR"))
    return _Screen(stderr=stderr, color_system=None if plain else "auto", highlight=False, markup=False, emoji=False)


def drawing_options(command: _Command) -> _Command:
    """The options --flat and --ascii, which say how `new_page` draws."""
    for name, key, help in (("--ascii", _ASCII, "Use plain ASCII only."),
                            ("--flat", _FLAT, "Write every formula on one line, as TUTOR_FLAT=1 does for all commands.")):
        command = click.option(name, is_flag=True, expose_value=False, is_eager=True, help=help, callback=_kept(key))(
            command)
    return command


def _kept(key: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        context.meta[key] = context.meta.get(key, False) or value

    return keep


def new_page(stderr: bool = False) -> Page:
    """A page on standard output or standard error, drawn as the options of the command and TUTOR_FLAT ask for."""
    from tutor.views.page import Page

    context = click.get_current_context(silent=True)
    asked = {} if context is None else context.meta
    flat = asked.get(_FLAT, False) or os.environ.get("TUTOR_FLAT", "") not in ("", "0")
    return Page(screen(stderr), flat=flat, ascii=asked.get(_ASCII, False))


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
