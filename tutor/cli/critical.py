"""`tutor critical`: where a function can have a minimum or a maximum, found in steps.

    tutor critical "x^3 - 3x"
    tutor critical "x^3 - 3x" on [0, 2]
    tutor critical "1/2*(w - a)^2 + k*|w| assuming k > 0" --by w
    tutor critical "sum_i (sum_j X_{ij}*w_j - y_i)^2" --by w
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tutor.cli.arguments import refuse_unknown_options
from tutor.cli.options import drawing_options
from tutor.cli.output import Output, WithOutput, output_of

if TYPE_CHECKING:
    from tutor.errors import TutorError
    from tutor.telling.document import Detail

DONE, REFUTED, BAD_INPUT, UNDECIDED = range(4)
"""The exit statuses."""


@click.command(cls=WithOutput, context_settings={"ignore_unknown_options": True})
@click.argument("function", nargs=-1, metavar="FUNCTION")
@click.option("--by", default="", metavar="LETTERS", help="The letters that vary, numbers or lists, such as w or "
                                                          "x,y; others are constants.  [default: all numbers]")
@click.option("--detail", type=click.Choice(["brief", "normal", "full"]), default="normal", show_default=True,
              help="brief: the points; normal: also how they were found; full: also what each rule says.")
@click.option("--without-steps", is_flag=True,
              help="Where no rule solves an equation, ask SymPy for solutions without steps, and check them.")
@click.option("--json", "as_json", is_flag=True, help="The points and the steps as JSON.")
@drawing_options
@click.pass_context
def critical(context: click.Context, function: tuple[str, ...], by: str, detail: Detail, without_steps: bool,
             as_json: bool) -> None:
    """Find the critical points of FUNCTION, and whether each is a minimum, a maximum or a saddle.

    \b
    tutor critical "x^3 - 3x"
    tutor critical "x^3 - 3x on [0, 2]"
    tutor critical "x^3 - 3x + y^2"
    tutor critical "(w - a)^2 + k*w^2" --by w
    tutor critical "line through (1, 2), (2, 3), (3, 5)"
    tutor critical "fit y = w*x to (1, 2), (2, 3)"
    tutor critical "1/2*(w - a)^2 + k*|w| assuming k > 0" --by w
    tutor critical "sum_i (sum_j X_{ij}*w_j - y_i)^2" --by w

    The slope is derived and set to zero, and the equation is solved step by step. Places without a slope and the ends
    of an interval are looked at as well. What could not be solved or decided is said.

    Exit status: 0 done and checked, 3 a check could not decide, 2 something could not be read, 1 a step was refuted.
    """
    refuse_unknown_options(context, function)
    if not function:
        raise click.UsageError("Give a function, in quotes.", context)
    output = output_of(context, as_json)
    status = find(output, " ".join(function), by, detail, as_json, without_steps)
    output.finish("Critical points")
    context.exit(status)


def find(output: Output, text: str, by: str, detail: Detail, as_json: bool, without_steps: bool = False) -> int:
    """Put out the critical points of the function in a text. Returns the exit status."""
    import tutor
    from tutor.errors import TutorError

    try:
        found = tutor.critical_points(text, by, without_steps)
        if as_json:
            import json

            from tutor.views.critical_json import critical_as_data

            click.echo(json.dumps(critical_as_data(found), indent=2, allow_nan=False))
        else:
            from tutor.telling.critical import told_critical_points

            output.put(told_critical_points(found, detail))
    except TutorError as error:
        return _unreadable(error, as_json)
    return {True: DONE, False: REFUTED, None: UNDECIDED}[found.checked]


def _unreadable(error: TutorError, as_json: bool) -> int:
    if as_json:
        import json

        from tutor.views.json import error_as_data

        click.echo(json.dumps(error_as_data(error, ""), indent=2))
        return BAD_INPUT
    from tutor.cli.screen import new_page
    from tutor.views.errors import show_error

    show_error(new_page(stderr=True), error, "")
    return BAD_INPUT
