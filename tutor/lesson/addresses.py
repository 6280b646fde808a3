"""How a person names lessons: a lesson of the course, a file, a folder, or one item of a lesson.

    address_of("chain-rule").files                              # the file of that lesson of the course
    address_of("mine/limits.yaml/at-a-corner").item             # "at-a-corner"
    address_of("mine").files                                    # all lessons of the folder

Every command that takes lessons uses this module, so that all of them accept the same names.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from tutor import limits
from tutor.errors import TutorError
from tutor.files import data_folder

SUFFIXES = (".yaml", ".yml")
"""How the names of lesson files end."""

COURSE_FILE = "course.yaml"
"""The file that makes a folder a course."""


@dataclass(frozen=True)
class Address:
    """What was named.

    typed: as the person wrote it; files: the files of lessons, each as it would be typed; item: the name of one item,
    or ""; folder: if all of a folder was named; is_name: whether a lesson of the course was named and no file.
    """

    typed: str
    files: tuple[Path, ...]
    item: str = ""
    folder: Path | None = None
    is_name: bool = False

    @property
    def quoted(self) -> str:
        """As it can be typed into a shell."""
        return shlex.quote(self.typed)


def address_of(typed: str) -> Address:
    """What is meant by `typed`. Raises TutorError if there is nothing of the kind.

    The name of a lesson of the course comes before a file or folder of the same name, for which one types ./name. A
    file that does not exist is no error here: whoever reads it says so, with its place.
    """
    if not typed.strip():
        raise TutorError("The name of a lesson, a file or a folder is missing.")
    if is_name_of_course(typed):
        return Address(typed, (_file_of_course(typed),), is_name=True)
    path = Path(typed)
    if os.path.isdir(path):
        return Address(typed, tuple(lesson_files(path)), folder=path)
    if os.path.lexists(path) or path.suffix in SUFFIXES:
        return Address(typed, (path,))
    if os.path.isfile(path.parent) or path.parent.suffix in SUFFIXES:
        return Address(typed, (path.parent,), item=path.name)
    lesson, _, item = typed.partition("/")
    if is_name_of_course(lesson) and item and "/" not in item:
        return Address(typed, (_file_of_course(lesson),), item=item, is_name=True)
    raise TutorError(_nothing_there(typed))


def _nothing_there(typed: str) -> str:
    is_path = any(sign in typed for sign in "/\\.")
    lesson, _, item = typed.rpartition("/")
    whole = [f"{lesson}{suffix}/{item}" for suffix in SUFFIXES if lesson and os.path.isfile(lesson + suffix)]
    known = {**_files_beside(typed), **{name: name for name in _names_of_course()}}
    near = whole or [known[stem] for stem in get_close_matches(Path(typed).stem, known, 1, cutoff=0.5)]
    if near:
        return f"There is no {'file or folder' if is_path else 'lesson'} {typed}. Did you mean {near[0]}?"
    if is_path:
        return f"There is no file or folder {typed}."
    return (f"There is no lesson {typed}. To see those of the course, use tutor lessons. Name a lesson of your own by "
            "its file, as in ./mine.yaml.")


def near_file(file: Path) -> str:
    """For a file that does not exist, the lesson in its folder that may have been meant; "" if none is similar."""
    beside = _files_beside(str(file))
    return next((beside[stem] for stem in get_close_matches(file.stem, beside, 1, cutoff=0.5)), "")


def is_name_of_course(name: str) -> bool:
    """Whether a lesson of the product's course has this id: its file is named after it."""
    return name in _names_of_course()


def _names_of_course() -> list[str]:
    return [file.stem for file in sorted(data_folder("lessons").glob("*.yaml")) if file.name != COURSE_FILE]


def _file_of_course(name: str) -> Path:
    return data_folder("lessons") / f"{name}.yaml"


def _files_beside(typed: str) -> dict[str, str]:
    """The lessons in the folder that was meant: name without folder and ending -> as it would be typed. Only names are
    compared, because long paths all look alike."""
    try:
        return {file.stem: str(file) for file in lesson_files(Path(typed).parent)}
    except TutorError:
        return {}


def lesson_files(folder: Path) -> list[Path]:
    """The files of a folder that are lessons, by name. Raises TutorError if there are none or it cannot be read."""
    files = yaml_files(folder)
    if not files:
        raise TutorError(f"There are no lessons in {folder}. Lessons are files whose names end with .yaml.")
    return files


def yaml_files(folder: Path) -> list[Path]:
    """The lesson files of a folder, by name; there may be none. Raises TutorError if the folder cannot be read."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise TutorError(f"The folder {folder} cannot be read: {error.strerror or error}.") from error
    return [folder / name for name in names
            if name.endswith(SUFFIXES) and not name.startswith(".") and name != COURSE_FILE]


def neighbours(given: Sequence[Path]) -> list[Path]:
    """The other files in which these lessons may find what they need: those beside them, and those of the product.

    A folder that cannot be listed is passed over.
    """
    real = {Path(os.path.realpath(file)) for file in given}  # resolve() gives up on links in a circle
    folders = dict.fromkeys([*(file.parent for file in sorted(real)), data_folder("lessons").resolve()])
    found: list[Path] = []
    for folder in folders:
        with suppress(TutorError):
            found += yaml_files(folder)
    return [file for file in found if Path(os.path.realpath(file)) not in real]


def content_of(file: Path) -> bytes:
    """The content of a file, cut off where it is longer than a lesson may be. Raises OSError, also for a pipe or a
    device, which might never end."""
    try:
        mode = file.stat().st_mode
    except ValueError as error:  # a name with a character that no name may have
        raise OSError(str(error)) from error
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise OSError(f"A lesson is an ordinary file, and this is {kind}")
    with file.open("rb") as stream:
        return stream.read(4 * limits.LESSON_CHARACTERS + 1)
