"""`tutor explain`: a derivation of each problem that is given.

    tutor explain "d/dx x^2*sin(x^2)"
    tutor explain --file homework.txt --json
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import click

from tutor.cli.arguments import one_problem, refuse_unknown_options
from tutor.cli.input import BinaryFile, lines_of
from tutor.cli.options import drawing_options
from tutor.cli.output import Output, WithOutput, output_of

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation
    from tutor.errors import TutorError
    from tutor.telling.document import DerivationView, Detail

DONE, REFUTED, BAD_INPUT, UNDECIDED = range(4)
"""The exit statuses."""

_SEVERITY = (DONE, UNDECIDED, BAD_INPUT, REFUTED)


@click.command(cls=WithOutput, context_settings={"ignore_unknown_options": True})
@click.argument("problem", nargs=-1, metavar="[PROBLEM]")
@click.option("--file", type=BinaryFile(), help="Read problems from a file, one per line.")
@click.option("--view", type=click.Choice(["tree", "lines"]), default="tree", show_default=True,
              help="A tree of nested derivations, or a chain of whole lines.")
@click.option("--detail", type=click.Choice(["brief", "normal", "full"]), default="normal", show_default=True,
              help="brief: lines and the names of rules; normal: also what the rules say; full: also every sentence, "
                   "small step and check.")
@click.option("--method", default="", metavar="NAME",
              help="Use another method where it first applies. A derivation names the ones you can use. With "
                   "lines: graph, or written-out.")
@click.option("--without-steps", is_flag=True,
              help="Where no steps are found for an integral, ask SymPy for an answer without steps, and check it.")
@click.option("--json", "as_json", is_flag=True, help="The derivation as JSON; for several problems, one per line.")
@drawing_options
@click.pass_context
def explain(context: click.Context, problem: tuple[str, ...], file: BinaryIO | None, view: DerivationView,
            detail: Detail, method: str, without_steps: bool, as_json: bool) -> None:
    """Derive PROBLEM step by step and check each step.

    \b
    tutor explain "d/dx x^2*sin(x)"
    tutor explain "d/dx [x^3] at x = 2"
    tutor explain "f(x) = x^2 + 1; f'(3)"
    tutor explain "sqrt(x^2 + 1)"          a bare expression: its derivative
    tutor explain "d/dx tan(x)" --method tangent_as_quotient --detail full
    tutor explain "int x*e^(2x) dx"
    tutor explain "int_0^1 x^2 dx"
    tutor explain "area between x^2 and x+2"
    tutor explain "lim_(x->0) sin(x)/x"
    tutor explain "grad x^2*y"
    tutor explain "d/dw [1/n*sum_i (w*x_i - y_i)^2]"
    tutor explain "f(x) = {x^2 if x < 1; 2x - 1 otherwise}; f'(x)"
    tutor explain "u = x^2; L = u + sin(u); dL/dx" --method written-out
    tutor explain "tangent to x^2 at 3"
    tutor explain "x^2 + y^2 = 25; dy/dx"
    tutor explain --file homework.txt
    tutor explain "d/dx x^2*sin(x)" -o derivation.tex

    You can leave out the word explain, as in tutor "d/dx x^2". Without PROBLEM, or with -, problems are read from
    standard input, one per line; empty lines and lines that start with # are skipped.

    Exit status: 0 done and checked, 3 a check could not decide, 2 a problem could not be read or solved, 1 a step was
    refuted. With several problems, the worst of these counts, and 1 is the worst.
    """
    refuse_unknown_options(context, problem)
    if problem and file:
        raise click.UsageError("Give a problem or --file, not both.", context)
    output = output_of(context, as_json)
    single = bool(problem) and problem != ("-",)
    if single and not method and not without_steps:
        from tutor.derivation.phrases import critical_asked

        asked = critical_asked(" ".join(problem))
        if asked is not None:
            from tutor.cli.critical import find

            status = find(output, asked, "", detail, as_json)
            output.finish("Critical points")
            context.exit(status)
    worst = DONE
    problems = [("", 1, one_problem(context, problem))] if single else lines_of(
        file, "There are no problems to explain.")
    for count, (place, _, text) in enumerate(problems):
        derived = partial(_derivation, text, method, without_steps)
        if as_json:
            status = _explain_as_json(place, derived, view, detail, indent=2 if single else None)
        else:
            status = _explain(output, place, derived, view, detail, apart=count > 0)
        worst = max(worst, status, key=_SEVERITY.index)
    output.finish("A derivation" if single else "Derivations")
    context.exit(worst)


def _explain(output: Output, place: str, derived: Callable[[], Derivation], view: DerivationView, detail: Detail, *,
             apart: bool) -> int:
    """Put out one derivation, or why there is none. apart: something stands above it. Returns the exit status."""
    from tutor.errors import TutorError
    from tutor.telling.derivation import told_derivation

    try:
        derivation = derived()
    except TutorError as error:
        from tutor.cli.screen import new_page
        from tutor.views.errors import show_error

        page = new_page(stderr=True)
        if apart:
            page.blank()
        show_error(page, error, place)
        return BAD_INPUT
    output.put(told_derivation(derivation, view, detail, methods=not output.latex), apart)
    return _status(derivation)


def _explain_as_json(place: str, derived: Callable[[], Derivation], view: DerivationView, detail: Detail, *,
                     indent: int | None) -> int:
    """Print one JSON document, also for what could not be read. Returns the exit status."""
    import json

    from tutor.errors import TutorError
    from tutor.views.json import as_data, error_as_data

    try:
        derivation = derived()
        data = as_data(derivation, view, detail)
    except TutorError as error:
        click.echo(json.dumps(error_as_data(error, place), indent=indent))
        return BAD_INPUT
    click.echo(json.dumps(data, indent=indent, allow_nan=False))
    return _status(derivation)


def _derivation(given: str | TutorError, method: str, without_steps: bool) -> Derivation:
    import tutor
    from tutor.errors import NoProgress

    if isinstance(given, tutor.TutorError):
        raise given
    try:
        return tutor.explain(given, method)
    except NoProgress as error:
        goal = tutor.parse(error.goal)
        if without_steps and goal.head == "integral":
            from tutor.derivation.without_steps import answer_without_steps

            error.report = (*error.report, answer_without_steps(goal))
        raise


def _status(derivation: Derivation) -> int:
    return {True: DONE, False: REFUTED, None: UNDECIDED}[derivation.checked]
