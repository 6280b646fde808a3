"""The command `tutor`. One file a command; each imports what is heavy only when it runs.

    tutor explain "d/dx x^2*sin(x)"
"""

from __future__ import annotations

import os
import sys

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


class _Commands(click.Group):
    """A group whose commands end without a traceback when the person or the reader of a pipe has had enough."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            context.exit(STOPPED)
        except BrokenPipeError:
            # What is still in the buffer has nowhere to go; without this Python complains about it at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            context.exit(UNREAD)


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
