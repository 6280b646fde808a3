"""Grammars, functions, rules and the course, worked out once: with the wheel, or in the checkout's ignored folder.

Building a LALR table, reading a hundred rules and parsing the lessons at every start is slow. The results are stored in
a file whose name is a digest of everything that they depend on: grammars, rulebooks, lessons, the code that reads
them. A stale file is never found; where none is found, or one that is cut short or changed, the work is done in memory,
and kept only where the project keeps such files. A file holds plain data and begins with the digest of it: so every
version of Python reads it, and a damaged one is never trusted.

    table = kept("grammar", make_table, packed, unpacked)
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from tutor.files import PACKAGE, compiled_folder, data_folder, functions_file, is_checkout, rulebook_files, sources

Made = TypeVar("Made")


COURSE, OUTLINE, HEADERS = "course", "outline", "headers"
"""The kinds of table that the lessons, their table of contents, and what they need are kept in; they alone depend on
the lessons."""

FUNCTION_BLOCKS = "functions"
"""The kind of table that the functions of the notation are kept in; every start needs it, and it depends on little."""


_SCOPES = {FUNCTION_BLOCKS: "functions", COURSE: "lessons", OUTLINE: "lessons", HEADERS: "lessons"}
"""Kind of table -> what it depends on; every other kind depends on the grammars and the rules."""


@lru_cache(maxsize=3)
def digest(scope: str) -> str:
    """The digest of everything that the tables of a scope depend on."""
    if scope == "functions":
        files = [functions_file(), PACKAGE / "expression" / "known_functions.py"]
    else:
        files = [*sorted(data_folder("grammar").iterdir()), *rulebook_files(), *sources("expression", "rules")]
    if scope == "lessons":
        files += [*sorted(data_folder("lessons").glob("*.yaml")), *sources("lesson")]
    found = sha256(_FORMAT)
    for file in files:
        found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()[:20]


def file_name(kind: str) -> str:
    """The name under which today's table of this kind is kept."""
    return f"{kind}-{digest(_SCOPES.get(kind, 'rules'))}.table"


def kept(kind: str, make: Callable[[], Made], dump: Callable[[Made], bytes], load: Callable[[bytes], Made]) -> Made:
    """What was kept under this kind and today's digest, or what `make` makes."""
    file = compiled_folder() / file_name(kind)
    try:
        data = unsealed(file.read_bytes())
    except OSError:
        data = None
    if data is not None:
        return load(data)
    made = make()
    if is_checkout():
        _store(file, sealed(dump(made)))
    return made


_FORMAT = b"tutor table 1\n"


def sealed(data: bytes) -> bytes:
    """The content of a file: its format, the digest of the data, the data."""
    return _FORMAT + sha256(data).digest() + data


def unsealed(content: bytes) -> bytes | None:
    """The data in a file; None if it is not, to the last byte, what was written."""
    start = len(_FORMAT) + sha256().digest_size
    data = content[start:]
    return data if content[:start] == _FORMAT + sha256(data).digest() else None


_PROTOCOL = 4
"""The pickle protocol: one that every version of Python from 3.8 on reads."""


def packed(data: Any) -> bytes:
    """Plain data as bytes."""
    return pickle.dumps(data, protocol=_PROTOCOL)


class _Unpickler(pickle.Unpickler):
    """Reads plain data and fractions, and refuses to make, or to call, anything else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("fractions", "Fraction"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def unpacked(data: bytes) -> Any:
    """Undo `packed`."""
    return _Unpickler(BytesIO(data)).load()


def _store(file: Path, data: bytes) -> None:
    """Write `file` completely or not at all, and remove older versions; do nothing if it cannot be written."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for stale in file.parent.glob(f"{file.name.partition('-')[0]}-*"):
            stale.unlink(missing_ok=True)
        temporary.write_bytes(data)
        temporary.replace(file)
    except OSError:
        return  # nothing is lost: the table is in memory, and the next start makes it again
