"""`tutor check`: is this answer right, and if not, why?

    tutor check "d/dx sin(x^2)" "cos(x^2)"
    tutor check "d/dx x^2*sin(x)" --lines homework.txt
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from tutor.cli.arguments import in_quotes, refuse_unknown_options
from tutor.cli.input import BinaryFile, lines_of
from tutor.cli.options import drawing_options
from tutor.cli.output import Output, WithOutput, output_of

if TYPE_CHECKING:
    from tutor.errors import TutorError
    from tutor.judge.diagnosis import DiagnosisOutcome

RIGHT, WRONG, UNREADABLE, UNDECIDED = range(4)
"""The exit statuses."""


@click.command(cls=WithOutput, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, metavar="PROBLEM [ANSWER]")
@click.option("--lines", "file", type=BinaryFile(), is_flag=False, flag_value="-", metavar="[FILE]",
              help="Judge a derivation line by line, from FILE or from standard input.")
@click.option("--form", default="", metavar="FORM",
              help="Also ask for a form: simplified, expanded, factored or exact.")
@click.option("--all", "everything", is_flag=True,
              help="Everything about a mistake: the rules, the place, and what else would explain it.")
@click.option("--json", "as_json", is_flag=True, help="Everything that was found, as JSON.")
@drawing_options
@click.pass_context
def check(context: click.Context, words: tuple[str, ...], file: BinaryIO | None, form: str, everything: bool,
          as_json: bool) -> None:
    """Judge ANSWER to PROBLEM: is it right, and if not, which mistake leads to exactly that answer?

    \b
    tutor check "d/dx sin(x^2)" "cos(x^2)"
    tutor check "int 2x dx" "x^2"
    tutor check "d/dx (x+1)^2" "2(x+1)" --form expanded
    tutor check "grad x^2*y" "(2xy, x^2)"
    tutor check "z = w*x; L = (z - y)^2; dL/dw" "2(z - y)*x"
    tutor check "d/dx x^2*sin(x)" --lines homework.txt

    With --lines, a derivation is judged line by line. If you leave out PROBLEM, its first line is the problem.

    Exit status: 0 right, 1 wrong or not finished, 2 could not be read, 3 could not be decided.
    """
    refuse_unknown_options(context, words)
    output = output_of(context, as_json)
    if file is not None:
        if form:
            raise click.UsageError("--form is for a single answer. With --lines, leave it out.", context)
        if len(words) > 1:
            raise click.UsageError("With --lines, give only the problem: the answer is read from the lines.", context)
        typed = None if sys.stdin is not None and file is sys.stdin.buffer else file
        context.exit(_check_lines(words[0] if words else None, typed, everything, as_json, output))
    if len(words) != 2:
        raise click.UsageError("Give a problem and an answer, each in quotes.", context)
    context.exit(_check(*words, form, everything, as_json, output))


def _check(problem: str, answer: str, form: str, everything: bool, as_json: bool, output: Output) -> int:
    """Print what is to be said of one answer. Returns the exit status."""
    import tutor
    from tutor.cli.screen import new_page
    from tutor.judge.form import check_form

    try:
        check_form(form)
    except tutor.TutorError as error:
        return _unreadable(error, as_json, "--form")
    try:
        diagnosis = tutor.diagnose(problem, answer, form)
    except tutor.TutorError as error:
        return _unreadable(error, as_json, "the problem")
    if as_json:
        import json

        from tutor.views.json import diagnosis_as_data

        click.echo(json.dumps(diagnosis_as_data(diagnosis, everything), indent=2, allow_nan=False))
    elif diagnosis.error is not None:
        from tutor.views.errors import show_error

        show_error(new_page(stderr=True), diagnosis.error)
    else:
        from tutor.telling.judgement import told_diagnosis

        asked = f" --form {form}" if form else ""
        more = f"tutor check --all {in_quotes(problem)} {in_quotes(answer)}{asked}"
        more = "" if output.latex else more if len(more) <= _LONGEST_COMMAND else _MORE
        output.put(told_diagnosis(diagnosis, everything or output.latex, more))
        output.finish("An answer, checked")
    return _status(diagnosis.outcome)


_MORE = "the same with --all"

_LONGEST_COMMAND = 200
"""Characters up to which the command that shows more is written out."""


def _status(outcome: DiagnosisOutcome) -> int:
    known = {"right": RIGHT, "right_on_part": RIGHT, "unreadable": UNREADABLE, "undecided": UNDECIDED}
    return known.get(outcome, WRONG)


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
    return UNREADABLE


def _check_lines(problem: str | None, file: BinaryIO | None, everything: bool, as_json: bool,
                 output: Output) -> int:
    """Print what is to be said of each line of a file, or of standard input. Returns the exit status."""
    import tutor
    from tutor.judge.lines import judge_lines

    lines: list[str] = []
    try:
        for place, number, text in lines_of(file, "There are no lines to check."):
            if isinstance(text, tutor.TutorError):
                return _unreadable(text, as_json, place)
            lines += [""] * (number - 1 - len(lines))  # what was skipped counts, so that numbers are those of the file
            if problem is None:
                problem, text = text, ""
            lines.append(text)
        assert problem is not None
        judged = judge_lines(problem, lines)
    except tutor.TutorError as error:
        return _unreadable(error, as_json, "the problem")
    if as_json:
        import json

        from tutor.views.json import lines_as_data

        click.echo(json.dumps(lines_as_data(judged, everything), indent=2, allow_nan=False))
    else:
        from tutor.telling.judgement import told_lines_judged

        output.put(told_lines_judged(judged, everything or output.latex, "" if output.latex else _MORE))
        output.finish("A derivation, checked")
    outcomes = {line.outcome for line in judged.lines}
    if "wrong" in outcomes or "follows_from_wrong" in outcomes:
        return WRONG
    if "unreadable" in outcomes:
        return UNREADABLE
    if "undecided" in outcomes:
        return UNDECIDED
    return RIGHT if judged.finished else WRONG
