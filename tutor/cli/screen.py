"""The two streams of the terminal, as consoles that keep to what the reader's terminal can show.

    screen().print("...")
    screen(stderr=True)
    with paged(screen()) as console: ...        # page by page, where someone reads it on a terminal
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class _Screen(Console):
    """A console that reports a reader who went away (`tutor ... | head -1`) instead of ending the process itself."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def screen(stderr: bool = False) -> Console:
    """Standard output or standard error. No escape codes in a pipe or where NO_COLOR is set."""
    plain = bool(os.environ.get("NO_COLOR"))
    return _Screen(stderr=stderr, color_system=None if plain else "auto", highlight=False, markup=False, emoji=False)


@contextmanager
def paged(console: Console) -> Iterator[Console]:
    """The console, with what is printed on it shown page by page if it is a terminal and more than fits."""
    if not console.is_terminal or console.is_dumb_terminal:
        yield console
        return
    os.environ.setdefault("LESS", "FRX")  # end at once if it fits, show colours, leave the text on the screen
    with console.pager(styles=console.color_system is not None):
        yield console
