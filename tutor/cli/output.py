"""Where a command writes its documents, and how: on the screen, as LaTeX on standard output, or into a file of LaTeX.

    @click.command(cls=WithOutput)
    @click.pass_context
    def explain(context, ...):
        output = output_of(context)
        output.put(told_derivation(derivation))
        output.finish("A derivation")
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.options import keep_under

if TYPE_CHECKING:
    from tutor.telling.document import Document

_FORMAT, _OUTPUT = "tutor.format", "tutor.output"
"""Where the options are kept in the context of a command."""


class WithOutput(click.Command):
    """A command with the options --format and --output, whose short form is -o as a word of its own.

    As a short option of click, it would also be found within a problem, such as -cos(x).
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params += [
            click.Option(["--format"], type=click.Choice(["text", "latex"]), expose_value=False,
                         callback=keep_under(_FORMAT),
                         help="text, or latex: a fragment for a document of yours, which needs amsmath and amssymb."),
            _OutputOption(["--output"], metavar="FILE.tex", expose_value=False, callback=keep_under(_OUTPUT),
                          help="Write a document of its own in LaTeX to this file."),
        ]

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse the command line, in which -o stands for --output."""
        end = args.index("--") if "--" in args else len(args)
        return super().parse_args(context, ["--output" if word == "-o" else word for word in args[:end]] + args[end:])


class _OutputOption(click.Option):
    def get_help_record(self, context: click.Context) -> tuple[str, str] | None:
        """The row of the help."""
        record = super().get_help_record(context)
        return None if record is None else (f"-o, {record[0]}", record[1])


@dataclass
class Output:
    """Where documents go.

    latex: whether they are LaTeX; file: the file to write, None for standard output; begun: whether any LaTeX was
    written; fragments: what waits for the file.
    """

    context: click.Context
    latex: bool
    file: Path | None
    begun: bool = False
    fragments: list[str] = field(default_factory=list)

    def put(self, document: Document, apart: bool = False, by_page: bool = False) -> None:
        """Write a document. apart: something stands above it; by_page: on a terminal, screen by screen."""
        if not self.latex:
            from contextlib import nullcontext

            from tutor.cli.screen import new_page, paged
            from tutor.views.terminal import show

            with paged(new_page()) if by_page else nullcontext(new_page()) as page:
                if apart:
                    page.blank()
                show(page, document)
            return
        from tutor.views.latex_document import BETWEEN, latex_of

        fragment = latex_of(document)
        if self.file is None:
            click.echo(BETWEEN + fragment if self.begun else fragment, nl=False)
        else:
            self.fragments.append(fragment)
        self.begun = True

    def finish(self, title: str) -> None:
        """Write the file, if there is one to write and something to write into it; an older one is replaced."""
        if self.file is None or not self.fragments:
            return
        from tutor.views.latex_document import BETWEEN, standalone

        try:
            self.file.write_text(standalone(BETWEEN.join(self.fragments), title), encoding="utf-8", newline="\n")
        except OSError as error:
            raise _not_written(self.file, error, self.context) from None


def output_of(context: click.Context, as_json: bool = False) -> Output:
    """What the options ask for. as_json: whether --json was given, which goes with neither."""
    format, name = context.meta.get(_FORMAT), context.meta.get(_OUTPUT)
    if as_json and (format is not None or name is not None):
        other = "--format" if name is None else "--output"
        raise click.UsageError(f"Use --json or {other}, not both.", context)
    if name is None:
        return Output(context, format == "latex", None)
    if format == "text":
        raise click.UsageError("A file is written in LaTeX. Leave out --format text, or redirect the text: > FILE.txt",
                               context)
    return Output(context, True, _to_write(context, name))


def _to_write(context: click.Context, name: str) -> Path:
    """The file, where it has the right ending and a folder to be in."""
    file = Path(name)
    if file.suffix.lower() != ".tex":
        if file.suffix.lower() == ".pdf":
            source = file.with_suffix(".tex")
            raise click.UsageError(
                f"Only LaTeX can be written. For a PDF, use --output {source}, then pdflatex {source}.", context)
        raise click.UsageError(f"The name of the file has to end in .tex, for example {_example(file)}.", context)
    try:
        has_folder, is_folder = file.parent.is_dir(), file.is_dir()
    except OSError as error:  # as with a name that is too long
        raise _not_written(file, error, context) from None
    if not has_folder:
        raise click.UsageError(f"There is no folder {file.parent}. Make it first, or choose another one.", context)
    if is_folder:
        raise click.UsageError(f"{file} is a folder. Name a file to write.", context)
    return file


def _not_written(file: Path, error: OSError, context: click.Context) -> click.UsageError:
    return click.UsageError(f"{file} cannot be written: {error.strerror or error}.", context)


def _example(file: Path) -> Path:
    """A name that would do: the one that was given with the right ending, if that is one."""
    is_name = file.name and not file.name.startswith(".") and not file.is_dir()
    return file.with_suffix(".tex") if is_name else Path("derivation.tex")
