"""`tutor backprop`: the backward pass over the lines of a graph, at letters or at numbers.

    tutor backprop "z = w*x + b; a = sigmoid(z); L = (a - y)^2" --at "w = 0.5, x = 2, b = -0.3, y = 1"
    tutor backprop --file network.txt --json
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import click

from tutor.cli.arguments import refuse_unknown_options
from tutor.cli.input import BinaryFile, lines_of
from tutor.cli.options import drawing_options
from tutor.cli.output import WithPictures, output_of

if TYPE_CHECKING:
    from tutor.cli.output import Output
    from tutor.derivation.backward import BackwardPass
    from tutor.derivation.forward import AtNumbers
    from tutor.errors import TutorError
    from tutor.telling.document import Detail

DONE, REFUTED, BAD_INPUT, UNDECIDED = range(4)
"""The exit statuses."""


@click.command(cls=WithPictures, context_settings={"ignore_unknown_options": True})
@click.argument("graph", nargs=-1, metavar="[GRAPH]")
@click.option("--file", type=BinaryFile(), help="Read the lines of the graph from a file.")
@click.option("--at", "places", default="", metavar="NUMBERS", help="Numbers for the letters, as in w=0.5,x=2.")
@click.option("--detail", type=click.Choice(["brief", "normal", "full"]), default="normal", show_default=True,
              help="brief: what each slope comes to; normal: also what the chain rule says; full: also how the slope "
                   "on each line was found.")
@click.option("--json", "as_json", is_flag=True, help="Forward values, gradients and steps as JSON.")
@drawing_options
@click.pass_context
def backprop(context: click.Context, graph: tuple[str, ...], file: BinaryIO | None, places: str, detail: Detail,
             as_json: bool) -> None:
    """Find the slope of the last line of GRAPH by every letter, from the last line backwards.

    \b
    tutor backprop "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
    tutor backprop "z = w*x + b; a = sigmoid(z); L = (a - y)^2" --at w=0.5,x=2,b=-0.3,y=1
    tutor backprop "u = x^2; v = x*u; L = v + sin(u); grad_{x} L"
    tutor backprop "z_i = sum_j W_{ij}*x_j; L = sum_i z_i^2" --at "x = (1, 2), W = ((1, 2), (3, 4))"
    tutor backprop --file network.txt --json
    tutor backprop "z = w*x; L = z^2" --at w=3,x=2 -o graph.svg

    Each line has a name, and can use the names of the lines above it. Lines are separated by ; or, in a file, stand one
    below the other. Without grad, the slopes are those of the last line, by every letter that no line defines.

    Exit status: 0 done and checked, 3 a check could not decide, 2 the graph could not be read or solved, 1 a step was
    refuted.
    """
    from tutor.errors import TutorError

    refuse_unknown_options(context, graph)
    if bool(graph) == (file is not None):
        raise click.UsageError("Give the lines of a graph in quotes, or --file with a file that has them.", context)
    output = output_of(context, as_json)
    text = " ".join(graph)
    if file is not None:
        rows: list[str] = []
        for place, _, line in lines_of(file, "There are no lines in this file."):
            if isinstance(line, TutorError):
                _complain(line, as_json, place)
                context.exit(BAD_INPUT)
            rows.append(line.rstrip("; "))
        text = "; ".join(rows)
    try:
        from tutor.derivation.backward import slopes_of
        from tutor.derivation.forward import at_numbers, places_of

        found = slopes_of(text)
        given = places_of(places) if places else {}
        if given or output.picture:  # a picture has no steps in which letters could be replaced later
            given = {letter.value: value for letter, value in found.places.items()} | given
        if given and found.graph.has_lists:
            from tutor.derivation.lists_at_numbers import parts_at

            found, given = parts_at(found, given)
        numbers = at_numbers(found, given) if given else None
        _check(found)
        if as_json:
            import json

            from tutor.views.json import backward_as_data

            click.echo(json.dumps(backward_as_data(found, numbers, detail), indent=2, allow_nan=False))
        elif output.picture:
            output.draw(_picture(found, numbers, output))
        else:
            from tutor.telling.backward import told_backprop

            output.put(told_backprop(found, numbers, detail))
            output.finish("A backward pass")
    except TutorError as error:
        _complain(error, as_json)
        context.exit(BAD_INPUT)
    if numbers is not None and not all(numbers.confirmed.values()):
        context.exit(REFUTED)
    context.exit({True: DONE, False: REFUTED, None: UNDECIDED}[found.checked])


_LONG = 1_000
"""Steps from which on a bar shows how many of them are checked."""


def _check(found: BackwardPass) -> None:
    """Check a long backward pass, with a bar where someone is looking; a short one is checked as it is told."""
    from tutor.cli.screen import screen

    console = screen(stderr=True)
    if not console.is_terminal or len(found.adjoints.order) < _FEW or found.too_long or (
            len(found.steps) < _LONG):
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from tutor.views.page import TITLE

    columns = (TextColumn("Checking"), BarColumn(complete_style=TITLE),
               TextColumn("step {task.completed:,} of {task.total:,}"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(found.steps))
        for number, step in enumerate(found.steps):
            if not number % _AT_ONCE:
                progress.update(task, completed=number)
            _ = step.check  # which the step keeps


_FEW, _AT_ONCE = 50, 50
"""Slopes of which there are not many steps; steps between two looks at the bar."""


def _picture(found: BackwardPass, numbers: AtNumbers | None, output: Output) -> str:
    """The graph as a picture in the format that was asked for."""
    from tutor.telling.graph_drawing import drawn_graph

    drawing = drawn_graph(found, numbers)
    if output.picture == "svg":
        from tutor.views.graph_svg import graph_svg

        return graph_svg(drawing, output.style)
    from tutor.views.graph_mermaid import graph_mermaid

    return graph_mermaid(drawing, output.style)


def _complain(error: TutorError, as_json: bool, place: str = "") -> None:
    """Say why there is no backward pass. place: in a file, where it cannot be read."""
    if as_json:
        import json

        from tutor.views.json import error_as_data

        click.echo(json.dumps(error_as_data(error, place), indent=2))
        return
    from tutor.cli.screen import new_page
    from tutor.views.errors import show_error

    show_error(new_page(stderr=True), error, place)
