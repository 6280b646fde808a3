"""The command `tutor`. One file a command; each imports what is heavy only when it runs.

    tutor explain "d/dx x^2*sin(x)"
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import click

from tutor import __version__
from tutor.cli.author import author
from tutor.cli.check import check
from tutor.cli.explain import explain
from tutor.cli.lessons import lessons
from tutor.cli.practice import practice
from tutor.cli.progress import progress
from tutor.cli.rules import rules

STOPPED = 130
"""Exit status after Ctrl-C, as a shell has it."""

UNREAD = 141
"""Exit status when the reader of our output went away, as a shell has it."""

NOT_DONE = 2
"""Exit status when what was found could not be written, as to a full disk: nobody may take that for an outcome."""


_NOT_IN_A_COMMAND = re.compile("[^A-Za-z-]")


class _Commands(click.Group):
    """A group whose commands end in words, never in a traceback, when the person, the reader of a pipe or the disk has
    had enough. What a message repeats of the command line is shown without control characters."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
             standalone_mode: bool = True, **extra: Any) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            status = super().main(args, prog_name, complete_var, False, **extra)
            if sys.stdout is not None:
                sys.stdout.flush()
        except click.ClickException as error:
            _say(_shown(error))
            status = error.exit_code
        except click.Abort:
            _say("Stopped.")
            status = STOPPED
        except BrokenPipeError:
            _give_up(sys.stdout)
            status = UNREAD
        except OSError as error:
            _give_up(sys.stdout)
            _say(f"This could not be finished: {error.strerror or error}.")
            status = NOT_DONE
        sys.exit(status if isinstance(status, int) else 0)

    def resolve_command(self, context: click.Context,
                        args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant. Someone who types a problem in its place is told how to have it derived."""
        if args and _NOT_IN_A_COMMAND.search(args[0]) and not args[0].startswith("-"):
            context.fail(f'To have a problem derived, type: tutor explain "{args[0]}"')
        return super().resolve_command(context, args)

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            raise click.Abort from None


def _shown(error: click.ClickException) -> str:
    """What Click says of an error, without control characters."""
    from io import StringIO

    from tutor.views.signs import clean

    text = StringIO()
    error.show(text)
    return "\n".join(map(clean, text.getvalue().rstrip("\n").split("\n")))


def _say(message: str) -> None:
    """Print a message to standard error, if there is one that takes it."""
    try:
        click.echo(message, err=True)
    except OSError:
        _give_up(sys.stderr)


def _give_up(stream: TextIO | None) -> None:
    """Let what is still in the buffer of a stream go nowhere: Python would complain about it at its end."""
    from contextlib import suppress
    from io import UnsupportedOperation

    with suppress(AttributeError, UnsupportedOperation):  # a stream without a file needs nothing
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]


@click.group(cls=_Commands, context_settings={"help_option_names": ["--help"]})
@click.version_option(__version__, prog_name="tutor")
def main() -> None:
    """Calculus, step by step: every step is named, justified and checked.

    \b
    tutor explain "d/dx x^2*sin(x)"    a derivation
    tutor check "d/dx x^2" "x"         is it right, and if not, why?
    tutor practice                     exercises, with hints and reasons
    tutor lessons                      the course; tutor lessons NAME to read one
    tutor progress                     how well each rule is known
    tutor rules                        all rules
    tutor rules product                one rule, with a worked example
    tutor author new my-lesson         begin a lesson of your own
    """


main.add_command(author)
main.add_command(check)
main.add_command(explain)
main.add_command(lessons)
main.add_command(practice)
main.add_command(progress)
main.add_command(rules)


if __name__ == "__main__":
    main()
