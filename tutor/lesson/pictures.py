"""Pictures in an author's words: whether they are there, and whether they can be told in words.

    [picture.file for picture in pictures("![a parabola](img/parabola.png)")]       # ["img/parabola.png"]

A terminal shows their alternative text, and so does a screen reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import NamedTuple
from urllib.parse import unquote

from tutor.lesson.document import Fault, KeyPath, YamlDocument

_PICTURE = re.compile(r"(?<!\\)!\[(?P<words>[^\]]*)\]\(\s*<?(?P<file>[^\s)>]+)>?[^)]*\)")

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""How an address begins that is no file, such as https:. With a single letter it would be a disk of Windows."""


class Picture(NamedTuple):
    """A picture: where it begins in the words, its alternative text, and its file."""

    start: int
    words: str
    file: str


def pictures(words: str) -> Iterator[Picture]:
    """Every picture of a text, in order."""
    for found in _PICTURE.finditer(words):
        yield Picture(found.start(), found["words"].strip(), found["file"])


def missing_pictures(document: YamlDocument, folder: Path) -> Iterator[Fault]:
    """What is wrong with the pictures of a lesson, whose file lies in this folder. Nothing is fetched."""
    for path, words in _texts(document.data, ()):
        for picture in pictures(words):
            place = document.place(path, picture.start)
            if not picture.words:
                yield Fault(place, "L311", f"{picture.file} has no description, which is all that a terminal shows. "
                            f"Describe the picture: ![a parabola]({picture.file}).")
            why = _why_not(picture.file, folder)
            if why:
                yield Fault(place, "L116", why)


def _why_not(file: str, folder: Path) -> str:
    """Why the file of a picture cannot be used; "" if it can."""
    if _ELSEWHERE.match(file):
        return ""
    path = Path(unquote(file))
    if path.is_absolute() or PureWindowsPath(file).drive:
        return f"{file} exists only on this computer. Put it beside the lesson, and give its path from there."
    try:
        there = (folder / path).is_file()
    except (OSError, ValueError):  # a name that no file can have
        there = False
    return "" if there else f"There is no file {file} beside the lesson."


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a document with its path. Recursive: the nesting of a lesson is bounded."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts(each, (*path, index))
