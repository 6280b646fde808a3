"""Words of a command line that are mathematics: they may begin with a minus sign without being options.

    refuse_unknown_options(context, words)
    one_problem(context, ("d/dx", "x^2"))       # "d/dx x^2"
"""

from __future__ import annotations

import re

import click
from click.exceptions import NoSuchOption

_OPTION = re.compile(r"--[a-z][a-z-]+(=.*)?", re.DOTALL)


class Refused(click.UsageError):
    """A command line that cannot be followed, with one that can. example: "" for the first one of its help."""

    def __init__(self, message: str, context: click.Context, example: str = "") -> None:
        super().__init__(message, context)
        self.example = example


def refuse_unknown_options(context: click.Context, words: tuple[str, ...], also: tuple[str, ...] = ()) -> None:
    """Raise NoSuchOption for a word such as --vew, which is a slip and not mathematics. also: more to suggest."""
    for word in words:
        if _OPTION.fullmatch(word):
            from difflib import get_close_matches

            name = word.partition("=")[0]
            raise NoSuchOption(name, possibilities=get_close_matches(name, [*options_of(context), *also]), ctx=context)


def options_of(context: click.Context) -> list[str]:
    """The options that a command knows, as they are typed."""
    return [option for parameter in context.command.get_params(context) for option in parameter.opts
            if option.startswith("-")]


def one_problem(context: click.Context, words: tuple[str, ...]) -> str:
    """The problem that is meant by words that the shell has separated, as in tutor d/dx x^2.

    Where each of them is a problem of its own, nobody can know what was meant, and that is said.
    """
    if len(words) > 1 and all(reason_unread(word) is None for word in words):
        raise Refused("Give one problem at a time, in quotes. To check an answer, use tutor check.",
                      context, f"tutor {in_quotes(words[0])}")
    return " ".join(words)


def reason_unread(text: str) -> str | None:
    """Why a text cannot be read as a problem, in one sentence; None if it can."""
    from tutor.derivation.problem import read_problem
    from tutor.errors import TutorError

    try:
        read_problem(text)
    except TutorError as error:
        return error.problems[0].message if error.problems else str(error)
    return None


def in_quotes(text: str) -> str:
    """Mathematics as it is typed on a command line: in quotes, and so that a shell changes nothing in it."""
    if re.search(r'["$`\\!]', text):
        from shlex import quote

        return quote(text)
    return f'"{text}"'


def examples_of(command: click.Command) -> list[str]:
    """The command lines that the help of a command shows, without what is said beside them."""
    lines = [line.strip() for line in (command.help or "").split("\n")]
    return [re.split(r"\s{2,}", line)[0] for line in lines if line.startswith("tutor ")]
