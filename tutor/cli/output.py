"""Where a command writes its documents, and how: on the screen, as LaTeX on standard output, or into a file of LaTeX.

    @click.command(cls=WithOutput)
    @click.pass_context
    def explain(context, ...):
        output = output_of(context)
        output.put(told_derivation(derivation))
        output.finish("A derivation")
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.options import drawing_of, keep_under

if TYPE_CHECKING:
    from tutor.expression.write import WritingStyle
    from tutor.telling.document import Document

_FORMAT, _OUTPUT = "tutor.format", "tutor.output"
"""Where the options are kept in the context of a command."""


class WithOutput(click.Command):
    """A command with the options --format and --output, whose short form is -o as a word of its own.

    As a short option of click, it would also be found within a problem, such as -cos(x).
    """

    pictures: Mapping[str, str] = {}
    """Formats of pictures that the command can draw, with the endings of their files."""

    metavar, of_file = "FILE.tex", "Write a document of its own in LaTeX to this file."
    of_format = "text, or latex: a fragment for a document of yours, which needs amsmath and amssymb."

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params += [
            click.Option(["--format"], type=click.Choice(["text", "latex", *self.pictures]), expose_value=False,
                         callback=keep_under(_FORMAT), help=self.of_format),
            _OutputOption(["--output"], metavar=self.metavar, expose_value=False, callback=keep_under(_OUTPUT),
                          help=self.of_file),
        ]

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse the command line, in which -o stands for --output."""
        end = args.index("--") if "--" in args else len(args)
        return super().parse_args(context, ["--output" if word == "-o" else word for word in args[:end]] + args[end:])


class WithPictures(WithOutput):
    """The same for a command whose documents can also be drawn."""

    pictures: Mapping[str, str] = {"svg": ".svg", "mermaid": ".mmd"}

    metavar, of_file = "FILE", "Write to this file: LaTeX to FILE.tex, a picture to FILE.svg or, for Mermaid, FILE.mmd."
    of_format = f"{WithOutput.of_format[:-1]}; svg or mermaid: a picture."


class _OutputOption(click.Option):
    def get_help_record(self, context: click.Context) -> tuple[str, str] | None:
        """The row of the help."""
        record = super().get_help_record(context)
        return None if record is None else (f"-o, {record[0]}", record[1])


@dataclass
class Output:
    """Where documents go.

    latex: whether they are LaTeX; file: the file to write, None for standard output; picture: the format of a picture
    that is drawn in their place; begun: whether any LaTeX was written; fragments: what waits for the file.
    """

    context: click.Context
    latex: bool
    file: Path | None
    picture: str = ""
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

        self._write(self.file, standalone(BETWEEN.join(self.fragments), title))

    @property
    def style(self) -> WritingStyle:
        """How formulas are written in a picture: in plain ASCII where it was asked for or nothing else can be shown."""
        from tutor.cli.screen import new_page
        from tutor.views.signs import ASCII, UNICODE

        if self.file is None:
            return new_page().signs.style
        return (ASCII if drawing_of(self.context)[1] else UNICODE).style

    def draw(self, picture: str) -> None:
        """Write a picture to the file, or else to standard output."""
        if self.file is None:
            click.echo(picture, nl=False)
        else:
            self._write(self.file, picture)

    def _write(self, file: Path, text: str) -> None:
        try:
            file.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise _not_written(file, error, self.context) from None


def output_of(context: click.Context, as_json: bool = False) -> Output:
    """What the options ask for. as_json: whether --json was given, which goes with neither."""
    format: str | None = context.meta.get(_FORMAT)
    name: str | None = context.meta.get(_OUTPUT)
    if as_json and (format is not None or name is not None):
        other = "--format" if name is None else "--output"
        raise click.UsageError(f"Use --json or {other}, not both.", context)
    pictures = context.command.pictures if isinstance(context.command, WithOutput) else {}
    if name is None:
        return Output(context, format == "latex", None, format if format is not None and format in pictures else "")
    if format == "text":
        raise click.UsageError(f"A file is {_WRITTEN[bool(pictures)]}. Leave out --format text, or redirect the text: "
                               "> FILE.txt", context)
    ending = Path(name).suffix.lower()
    picture = next((each for each, of_file in pictures.items() if ending == of_file), "")
    if picture or format in pictures:
        if format not in (None, picture):
            raise click.UsageError(f"The name of a file for --format {format} has to end in "
                                   f"{pictures.get(format, '.tex')}.", context)
        return Output(context, False, _in_its_folder(context, Path(name)), picture)
    return Output(context, True, _to_write(context, name))


_WRITTEN = {False: "written in LaTeX", True: "LaTeX or a picture"}


def _to_write(context: click.Context, name: str) -> Path:
    """The file, where it has the right ending and a folder to be in."""
    file = Path(name)
    if file.suffix.lower() != ".tex":
        if file.suffix.lower() == ".pdf":
            source = file.with_suffix(".tex")
            raise click.UsageError(
                f"Only LaTeX can be written. For a PDF, use --output {source}, then pdflatex {source}.", context)
        pictures = context.command.pictures if isinstance(context.command, WithOutput) else {}
        endings = " or ".join([", ".join([".tex", *list(pictures.values())[:-1]]), *list(pictures.values())[-1:]])
        raise click.UsageError(f"The name of the file has to end in {endings}, for example {_example(file)}.", context)
    return _in_its_folder(context, file)


def _in_its_folder(context: click.Context, file: Path) -> Path:
    """The file, where there is a folder for it to be in."""
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
