"""The two streams of the terminal, as consoles that keep to what the reader's terminal can show.

    screen().print("...")
    screen(stderr=True)
"""

from __future__ import annotations

import os

from rich.console import Console


class _Screen(Console):
    """A console that reports a reader who went away (`tutor ... | head -1`) instead of ending the process itself."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def screen(stderr: bool = False) -> Console:
    """Standard output or standard error. No escape codes in a pipe or where NO_COLOR is set."""
    plain = bool(os.environ.get("NO_COLOR"))
    return _Screen(stderr=stderr, color_system=None if plain else "auto", highlight=False, markup=False, emoji=False)
