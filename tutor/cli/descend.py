"""`tutor descend`: gradient descent on a loss, as a table of the points that it reaches.

    tutor descend "(x-3)^2" --from x=0 --rate 0.1 --steps 10
    tutor descend "x^2 + 10y^2" --from x=1,y=1 --compare 0.05,0.1,0.11
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tutor.cli.arguments import Refused, in_quotes, refuse_unknown_options
from tutor.cli.options import drawing_options
from tutor.cli.output import Output, WithOutput, output_of

if TYPE_CHECKING:
    from tutor.derivation.descent import Descent
    from tutor.errors import TutorError
    from tutor.telling.descent import Run

DONE, REFUTED, BAD_INPUT, UNDECIDED = range(4)
"""The exit statuses."""

STOPPED = 130
"""Exit status after Ctrl-C, as a shell has it."""

_AT_ONCE = 500
"""Steps between two looks at whether Ctrl-C was pressed."""

_START = re.compile("[A-Za-z][A-Za-z0-9_]*=[^=]+,?")
"""Where a letter starts, which somebody has typed behind a blank: --from x=0 y=1."""

_LONG = 20_000
"""Steps from which on a bar shows how far it is."""


@click.command(cls=WithOutput, context_settings={"ignore_unknown_options": True})
@click.argument("loss", nargs=-1, metavar="LOSS")
@click.option("--from", "start", default="", metavar="x=0,y=1",
              help="Where each letter starts; with one letter the number is enough.")
@click.option("--rate", metavar="NUMBER", help="The learning rate, more than 0.  [default: 0.1]")
@click.option("--steps", default="10", metavar="NUMBER", show_default=True, help="How many steps, up to 1,000,000.")
@click.option("--momentum", default="0", metavar="NUMBER",
              help="The share of its last change that each step keeps, less than 1.")
@click.option("--compare", default="", metavar="RATES", help="Where several rates lead, such as 0.1,0.5,1.1.")
@click.option("--json", "as_json", is_flag=True, help="The points and what is said of them, as JSON.")
@drawing_options
@click.pass_context
def descend(context: click.Context, loss: tuple[str, ...], start: str, rate: str | None, steps: str, momentum: str,
            compare: str, as_json: bool) -> None:
    """Make LOSS smaller by gradient descent: step by step against its slope.

    \b
    tutor descend "(x-3)^2" --from x=0 --rate 0.9 --steps 5
    tutor descend "x^2 + 10y^2" --from x=1,y=1 --rate 0.05
    tutor descend "(x-3)^2" --from 0 --rate 0.1 --momentum 0.9
    tutor descend "(x-3)^2" --from 0 --compare 0.1,0.5,1.1
    tutor descend "sqrt((h-3)^2 + 1)" --from 2 --rate "2*sqrt(2)"

    One step is v = momentum*v - rate*slope, then x = x + v, with v = 0 at the start; without momentum that is
    x = x - rate*slope. All letters take their slopes at the old point. What is said of a quadratic loss is a theorem;
    of other losses only what was seen in these steps is said.

    Exit status: 0 done, also where descent ended early, 2 something could not be read, 1 or 3 the check refuted the
    slope or could not decide, 130 stopped by Ctrl-C.
    """
    refuse_unknown_options(context, loss)
    if not loss:
        raise click.UsageError("Give a loss, in quotes, and where it starts.", context)
    if any(map(_START.fullmatch, loss[1:])):
        starts = [word.strip(",") for word in (start, *filter(_START.fullmatch, loss[1:])) if word]
        raise Refused("Give all starts as one word, with commas between them.", context,
                      f"tutor descend {in_quotes(loss[0])} --from {','.join(starts)}")
    if len(loss) > 1 and all(map(_is_read, loss)):
        raise Refused("Give one loss at a time, in quotes.", context,
                      f"tutor descend {in_quotes(loss[0])} --from {start or 'x=0'}")
    output = output_of(context, as_json)
    from tutor.errors import TutorError

    place = "the loss"
    try:
        from tutor.derivation import descent_problem as problem
        from tutor.derivation.descent import Descent
        from tutor.derivation.quadratic_loss import quadratic
        from tutor.telling.descent import Run

        read = problem.read_loss(" ".join(loss))
        place = "--from"
        begin = problem.read_start(start, read)
        place = "--steps"
        count = problem.read_steps(steps)
        place = "--momentum"
        kept = problem.read_momentum(momentum)
        place = "--rate"
        rates = [] if compare and rate is None else [problem.read_rate("0.1" if rate is None else rate)]
        place = "--compare"
        compared = problem.read_rates(compare) if compare else ()
        known = quadratic(read)
    except TutorError as error:
        context.exit(_unreadable(error, as_json, place))
    runs = [Run(read, Descent(read, begin, each.number, count, kept.number), each, kept, known)
            for each in (*rates, *compared)]
    whole = _advance([run.descent for run in runs], count)
    _put(output, runs, len(rates), as_json)
    checks = {found.checked for found in read.slopes}
    context.exit(STOPPED if not whole else REFUTED if False in checks else UNDECIDED if None in checks else DONE)


def _is_read(word: str) -> bool:
    """Whether a word of the command line is mathematics by itself."""
    from tutor.errors import TutorError
    from tutor.expression.parse import parse

    try:
        parse(word)
    except TutorError:
        return False
    return True


def _put(output: Output, runs: Sequence[Run], single: int, as_json: bool) -> None:
    """Put out the runs. single: how many of them, at the beginning, are shown point by point."""
    if as_json:
        import json

        from tutor.views.descent_json import comparison_as_data, descent_as_data

        data = descent_as_data(runs[0]) if single else {}
        data |= comparison_as_data(runs[single:]) if len(runs) > single else {}
        click.echo(json.dumps(data, indent=2, allow_nan=False))
        return
    from tutor.telling.descent import told_comparison, told_descent

    for run in runs[:single]:
        output.put(told_descent(run))
    if len(runs) > single:
        output.put(told_comparison(runs[single:], with_head=not single), apart=bool(single))
    output.finish("Gradient descent")


def _advance(descents: Sequence[Descent], steps: int) -> bool:
    """Make all steps, with a bar where someone is looking and it takes long. Returns False after Ctrl-C."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from tutor.cli.screen import screen
    from tutor.views.page import TITLE

    console = screen(stderr=True)
    columns = (TextColumn("Descending"), BarColumn(complete_style=TITLE),
               TextColumn("step {task.completed:,} of {task.total:,}"), TimeRemainingColumn())
    is_long = steps * len(descents) >= _LONG
    with _interruptions() as interrupted, Progress(*columns, console=console, transient=True,
                                                   disable=not (is_long and console.is_terminal)) as progress:
        task = progress.add_task("", total=steps * len(descents))
        for number, descent in enumerate(descents):
            while not interrupted and descent.advance(_AT_ONCE):
                progress.update(task, completed=number * steps + descent.step)
            progress.update(task, completed=(number + 1) * steps)
            if interrupted:
                descent.interrupt()
    return not any(descent.ending is not None and descent.ending.kind == "interrupted" for descent in descents)


@contextmanager
def _interruptions() -> Iterator[list[int]]:
    """A list that is no longer empty once Ctrl-C was pressed: what was reached until then is to be shown."""
    import signal

    pressed: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # as where a shell has it ignored
        yield pressed
        return
    signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _unreadable(error: TutorError, as_json: bool, place: str) -> int:
    """Print why something could not be read. Returns the exit status."""
    from tutor.cli.screen import new_page
    from tutor.views.errors import show_error

    if as_json:
        import json

        from tutor.views.json import error_as_data

        click.echo(json.dumps(error_as_data(error, place), indent=2))
    else:
        show_error(new_page(stderr=True), error, place)
    return BAD_INPUT
