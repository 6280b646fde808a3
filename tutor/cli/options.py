"""Options that several commands have. What they ask for is kept in the context of the command, for whoever needs it.

    @drawing_options
    def lessons(...): ...

    drawing_of(context)         # (True, False) after --flat
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_FLAT, _ASCII = "tutor.flat", "tutor.ascii"

_DRAWING = (
    ("--ascii", _ASCII, "Use plain ASCII only."),
    ("--flat", _FLAT, "Write every formula on one line. TUTOR_FLAT=1 does it for all commands."),
)


def drawing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --flat and --ascii."""
    for name, key, help in _DRAWING:
        option = click.option(name, is_flag=True, expose_value=False, is_eager=True, help=help,
                              callback=keep_under(key))
        command = option(command)
    return command


def drawing_of(context: click.Context | None) -> tuple[bool, bool]:
    """Whether --flat was given, and whether --ascii was."""
    asked = {} if context is None else context.meta
    return asked.get(_FLAT, False), asked.get(_ASCII, False)


def keep_under(key: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """A callback that keeps a value that was given under this key."""
    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value is not None and value is not False:
            context.meta[key] = value

    return keep
