"""Words of a command line that are mathematics: they may begin with a minus sign and are still no options.

    refuse_unknown_options(context, words)
"""

from __future__ import annotations

import re

import click
from click.exceptions import NoSuchOption

_OPTION = re.compile(r"--[a-z][a-z-]+(=.*)?", re.DOTALL)


def refuse_unknown_options(context: click.Context, words: tuple[str, ...]) -> None:
    """Raise NoSuchOption for a word such as --vew, which is a slip and not mathematics."""
    for word in words:
        if _OPTION.fullmatch(word):
            from difflib import get_close_matches

            name = word.partition("=")[0]
            known = [option for parameter in context.command.params for option in parameter.opts]
            raise NoSuchOption(name, possibilities=get_close_matches(name, known), ctx=context)
