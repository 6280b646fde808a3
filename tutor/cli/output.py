"""Where a command writes its documents, and how: on the screen, as LaTeX on standard output, or into a file of LaTeX.

    @click.command()
    @output_options
    def explain(...):
        output = output_of(context)
        output.put(told_derivation(derivation))
        output.finish("A derivation")
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from tutor.telling.document import Document

_Command = TypeVar("_Command", bound=Callable[..., Any])

_FORMAT, _OUTPUT = "tutor.format", "tutor.output"
"""Where the options are kept in the context of a command."""


def output_options(command: _Command) -> _Command:
    """The options --format and --output."""
    command = click.option("-o", "--output", metavar="FILE.tex", expose_value=False, callback=_kept(_OUTPUT),
                           help="Write a document of its own in LaTeX to this file.")(command)
    return click.option("--format", type=click.Choice(["text", "latex"]), expose_value=False, callback=_kept(_FORMAT),
                        help="latex: a fragment for a document of yours, which needs amsmath and amssymb.")(command)


def _kept(key: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        context.meta[key] = value

    return keep


@dataclass
class Output:
    """Where documents go. latex: whether they are LaTeX; file: the file to write, None for standard output."""

    context: click.Context
    latex: bool
    file: Path | None
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
        from tutor.views.latex import BETWEEN, latex_of

        fragment = latex_of(document)
        if self.file is None:
            click.echo(BETWEEN + fragment if self.fragments else fragment, nl=False)
            self.fragments = [fragment]  # that there was one is all that is asked
        else:
            self.fragments.append(fragment)

    def finish(self, title: str) -> None:
        """Write the file, if there is one to write and something to write into it; an older one is replaced."""
        if self.file is None or not self.fragments:
            return
        from tutor.views.latex import BETWEEN, standalone

        try:
            self.file.write_text(standalone(BETWEEN.join(self.fragments), title), encoding="utf-8", newline="\n")
        except OSError as error:
            raise click.UsageError(f"{self.file} cannot be written: {error.strerror or error}.", self.context) from None


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
    if not file.parent.is_dir():
        raise click.UsageError(f"There is no folder {file.parent}. Make it first, or choose another one.", context)
    if file.is_dir():
        raise click.UsageError(f"{file} is a folder. Name a file to write.", context)
    return file


def _example(file: Path) -> Path:
    """A name that would do: the one that was given with the right ending, if that is one."""
    is_name = file.name and not file.name.startswith(".") and not file.is_dir()
    return file.with_suffix(".tex") if is_name else Path("derivation.tex")
