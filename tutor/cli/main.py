"""The command `tutor`. Each command has a file of its own, which is loaded when the command is asked for.

    tutor                           the first screen
    tutor "d/dx x^2*sin(x)"         the same as tutor explain "d/dx x^2*sin(x)"
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, TextIO

import click

from tutor import __version__
from tutor.cli.arguments import Refused, examples_of, in_quotes, options_of, reason_unread, refuse_unknown_options

COMMANDS = {
    "explain": "Derive a problem step by step.",
    "backprop": "The backward pass over a graph, line by line.",
    "descend": "Gradient descent: the points that it reaches, and why.",
    "critical": "Minima, maxima and saddles, found step by step.",
    "check": "Say whether an answer is right, and if not, why.",
    "practice": "Exercises, with hints and reasons.",
    "lessons": "The course, or one lesson to read.",
    "progress": "How well each rule is known.",
    "rules": "The rules and misconceptions: all, one, or a search.",
    "author": "Write lessons of your own.",
}
"""Each command with a summary, in the order in which somebody meets them; it is in the module of the same name."""

STOPPED = 130
"""Exit status after Ctrl-C, as a shell has it."""

UNREAD = 141
"""Exit status when the reader of our output went away, as a shell has it."""

NOT_DONE = 2
"""Exit status when the output could not be written, as on a full disk, so that nobody takes it for a verdict."""


_WORD = re.compile("[A-Za-z][A-Za-z-]{2,30}")
"""A word that may be meant as a command. Shorter words, such as xy, are products of letters."""


class _Commands(click.Group):
    """The group of all commands. Ctrl-C, a closed pipe or a full disk end in a message, never in a traceback. What is
    typed in place of a command is taken as a problem. Messages repeat parts of the command line without control
    characters."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
             standalone_mode: bool = True, **extra: Any) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            status = super().main(args, prog_name, complete_var, False, **extra)
            if sys.stdout is not None:
                sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:  # a group alone: its help, as with --help
            click.echo(error.format_message())
            status = 0
        except click.ClickException as error:
            try:
                _show_usage(error)
            except OSError:
                _give_up(sys.stderr)
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

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse the command line. A problem without a command is to be explained."""
        return super().parse_args(context, args if context.resilient_parsing else self._with_command(context, args))

    def _with_command(self, context: click.Context, args: list[str]) -> list[str]:
        """The words with the command that is meant in front."""
        if not args or args[0] in COMMANDS or args[0] in ("--help", "--version"):
            before, last = args[:-1], args[-1:]
            return [*before, "--help"] if last == ["-h"] and self._is_a_command(context, before) else args
        if args[0] in ("-h", "help") and self._is_a_command(context, args[1:]):
            return [*args[1:], "--help"]
        if args[0].startswith("--"):
            explain = _command("explain")
            known = options_of(click.Context(explain, context, explain.name))
            if args[0].partition("=")[0] not in known:
                refuse_unknown_options(context, (args[0],), also=tuple(known))
        if _WORD.fullmatch(args[0]):
            self._refuse_other_words(context, *args)
        return ["explain", *args]

    def _refuse_other_words(self, context: click.Context, word: str, *others: str) -> None:
        """Raise Refused for a word that is a slip from a command, or neither a command nor mathematics."""
        from difflib import get_close_matches

        from tutor.expression.names import FUNCTION_WORDS

        for near in get_close_matches(word.lower(), COMMANDS, 1, cutoff=0.7):
            meant = " ".join(["tutor", near, *map(_as_typed, others)])
            raise Refused(f"There is no command {word}. Did you mean {near}?", context, meant)
        error = None if others or word in FUNCTION_WORDS else reason_unread(word)
        if error is not None:
            raise Refused(f"There is no command {word}, and it cannot be read as a problem. {error}", context)

    def _is_a_command(self, context: click.Context, names: Sequence[str]) -> bool:
        """Whether these words name a command, such as author check; no words name the whole program."""
        command: click.Command | None = self
        for name in names:
            command = command.get_command(context, name) if isinstance(command, click.Group) else None
        return command is not None

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return _command(name) if name in COMMANDS else None

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            raise click.Abort from None


def _command(name: str) -> click.Command:
    """A command, from the module of the same name, which is loaded only now."""
    command: click.Command = getattr(import_module(f"tutor.cli.{name}"), name)
    command.short_help = COMMANDS[name]
    return command


def _as_typed(word: str) -> str:
    """A word of a command line as it has to be typed there."""
    return word if re.fullmatch("[A-Za-z0-9_./=-]+", word) else in_quotes(word)


def _show_usage(error: click.ClickException) -> None:
    """Say what a command line lacks, show one that works, and where help is."""
    from tutor.cli.screen import new_page
    from tutor.views.errors import show_usage

    message = _in_words(error)
    context = error.ctx if isinstance(error, click.UsageError) else None
    example = error.example if isinstance(error, Refused) else ""
    example = example or next(iter(examples_of(main if context is None else context.command)), "")
    path = "tutor" if context is None else context.command_path
    show_usage(new_page(stderr=True), message, example, f"{path} --help")


def _in_words(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        meant = " or ".join(error.possibilities or ())
        return f"There is no option {error.option_name}." + (f" Did you mean {meant}?" if meant else "")
    message = error.format_message()
    return message if message.endswith((".", "?", "!")) else f"{message}."


def _say(message: str) -> None:
    """Print a message to standard error, if there is one that takes it."""
    try:
        click.echo(message, err=True)
    except OSError:
        _give_up(sys.stderr)


def _give_up(stream: TextIO | None) -> None:
    """Discard what is still in the buffer of a stream, or Python would complain about it on exit."""
    from contextlib import suppress
    from io import UnsupportedOperation

    with suppress(AttributeError, UnsupportedOperation):  # a stream without a file needs nothing
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]


@click.group("tutor", cls=_Commands, invoke_without_command=True, subcommand_metavar="[PROBLEM | COMMAND ...]",
             epilog='Completion in bash: eval "$(_TUTOR_COMPLETE=bash_source tutor)". For zsh or fish, type zsh_source '
                    "or fish_source.")
@click.version_option(__version__, prog_name="tutor", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Calculus, step by step: every step names its rule and is checked.

    \b
    tutor "d/dx x^2*sin(x)"            a derivation; short for tutor explain
    tutor "int_0^1 x*e^x dx"           the same for an integral or a limit
    tutor check "d/dx x^2" "x"         is it right, and if not, why?
    tutor backprop "z=w*x; L=z^2"      the slopes of a loss, line by line
    tutor descend "x^2" --from x=1     gradient descent, point by point
    tutor critical "x^3 - 3x"          its minima and maxima
    tutor practice                     exercises, with hints and reasons
    tutor lessons chain-rule           one lesson of the course, to read
    tutor rules product                one rule, with a worked example
    tutor author new my-lesson         begin a lesson of your own

    tutor on its own says what to do today. Put mathematics in quotes, because * and ( ) mean something to the shell.
    """
    if context.invoked_subcommand is None:
        from tutor.cli.home import home_screen

        home_screen()


def run() -> None:
    """The command in a process of its own. Nearly everything that it loads and makes is needed until it ends, so the
    garbage collector seldom has to look at it: not after every 700 objects, and not when the process ends."""
    gc.set_threshold(50_000)
    try:
        main()
    finally:
        gc.freeze()


if __name__ == "__main__":
    run()
