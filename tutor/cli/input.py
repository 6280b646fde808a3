"""Mathematics from a file or from standard input, line by line, whatever the lines contain.

    for place, number, text in lines_of(file, "There are no problems to explain."): ...
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import click

if TYPE_CHECKING:
    from tutor.errors import TutorError


class BinaryFile(click.File):
    """A file, or - for standard input, to be read as bytes."""

    def __init__(self) -> None:
        super().__init__("rb")

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        if value == "-" and sys.stdin is None:
            self.fail("Standard input is closed, so nothing can be read from it.", parameter, context)
        return super().convert(value, parameter, context)


# Longer lines are no problems: they are refused before they fill the memory. A character has at most four bytes.
_LONGEST_LINE = 4_100_000


def lines_of(file: BinaryIO | None, nothing: str) -> Iterator[tuple[str, int, str | TutorError]]:
    """Each line of the file, or of standard input: where it stands, in words, its number, and its text or an error.

    Empty lines and lines that start with # are skipped. nothing: what to say where no line is left.
    """
    from tutor.errors import TutorError

    if file is None and sys.stdin is None:
        yield "standard input", 0, TutorError("It is closed, so nothing can be read from it. Name a file instead.")
        return
    stream = file or sys.stdin.buffer
    if file is None and stream.isatty():
        click.echo("Type one per line; press Ctrl-D to end.", err=True)
    where = f"{file.name}, line" if file else "line"
    found, number = False, 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            error = TutorError("This line is too long to be a problem; nothing after it is read.")
            yield f"{where} {number}", number, error
            return
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as undecoded:
            found = True
            error = TutorError(f"Byte {undecoded.start + 1} of this line is not UTF-8 text.")
            yield f"{where} {number}", number, error
            continue
        if text and not text.startswith("#"):
            found = True
            yield f"{where} {number}", number, text
    if not found:
        yield file.name if file else "standard input", 0, TutorError(nothing)
