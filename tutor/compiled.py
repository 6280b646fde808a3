"""Parse tables, rules and the course, worked out once: with the wheel, or in the checkout's ignored build folder.

Building a LALR table, reading a hundred rules and parsing the lessons at every start is slow. What comes of it is kept
in a file whose name is the digest of everything that it depends on: grammars, rulebooks, lessons, the code that reads
them, and Python. A stale file is never found; where none is found the work is done in memory, and kept only where the
project keeps such files.

    table = kept("grammar", make_table, pickle.dumps, pickle.loads)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from tutor.files import compiled_folder, data_folder, is_checkout, rulebook_files, sources

Made = TypeVar("Made")


COURSE = "course"
"""The kind of table that the lessons are kept in; it alone depends on them."""


@lru_cache(maxsize=2)
def digest(with_lessons: bool) -> str:
    """The digest of everything that the tables depend on."""
    found = sha256(f"{sys.version_info[:2]}".encode())
    files = [*sorted(data_folder("grammar").glob("*.lark")), *rulebook_files(), *sources("expression", "rules")]
    if with_lessons:
        files += [*sorted(data_folder("lessons").glob("*.yaml")), *sources("lesson")]
    for file in files:
        found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()[:20]


def file_name(kind: str) -> str:
    """The name under which today's table of this kind is kept."""
    return f"{kind}-{digest(kind == COURSE)}.table"


def kept(kind: str, make: Callable[[], Made], dump: Callable[[Made], bytes], load: Callable[[bytes], Made]) -> Made:
    """What was kept under this kind and today's digest, or what `make` makes."""
    file = compiled_folder() / file_name(kind)
    try:
        data = file.read_bytes()
    except OSError:
        made = make()
        if is_checkout():
            _store(file, dump(made))
        return made
    return load(data)


def _store(file: Path, data: bytes) -> None:
    """Write `file` whole or not at all, and remove its stale forerunners; without a place to write, do without."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for stale in file.parent.glob(f"{file.name.partition('-')[0]}-*"):
            stale.unlink(missing_ok=True)
        temporary.write_bytes(data)
        temporary.replace(file)
    except OSError:
        return  # nothing is lost: the table is in memory, and the next start makes it again
