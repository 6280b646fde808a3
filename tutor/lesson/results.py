"""Results of the author's check, kept by content in the user's cache folder, so that nothing is checked twice.

    key = key_of("piece", lesson.model_dump_json())
    keep(key, [14, []])
    kept(key)                   # [14, []]; None if it is not there

The key of a result is the digest of everything that it can depend on: what was checked, every line of the tutor's own
code, rules and grammars, the libraries, and Python itself. So a stale result is never found. Each is a file that is
written whole or not at all and begins with the digest of its data: one that was damaged is not trusted, and two
processes do not disturb each other. Where nothing can be written, a check takes longer, and that is all.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tutor.compiled import sealed, unsealed
from tutor.files import PACKAGE, cache_folder, data_folder

_LIBRARIES = ("sympy", "mpmath", "pydantic", "pydantic_core", "ruamel.yaml", "lark")
"""What a result depends on beside the tutor's own code: how lessons are read, and the second opinion of the oracle."""

_CODE = ("*.py", "*.rules", "*.lark", "*.toml")

CACHE_BYTES = 64_000_000
"""How much is kept; when there is more, the oldest results go until half of it is left."""

_BLOCK = 4096
"""What a small file takes on most disks."""


@lru_cache(maxsize=1)
def code_digest() -> str:
    """The digest of all that a result depends on apart from the lesson."""
    found = sha256(f"{sys.version} {sys.platform}".encode())
    folders = {PACKAGE, data_folder("grammar")}
    for file in sorted(file for folder in folders for pattern in _CODE for file in folder.rglob(pattern)):
        content = file.read_bytes()
        found.update(f"{file.name} {len(content)} ".encode())
        found.update(content)
    for library in _LIBRARIES:
        spec = find_spec(library)
        if spec is not None and spec.origin:  # another version is another file: to ask for its number takes longer
            status = os.stat(spec.origin)
            found.update(f"{spec.origin} {status.st_mtime_ns} {status.st_size}".encode())
    return found.hexdigest()


def key_of(*parts: str | bytes) -> str:
    """The key under which the result for these parts is kept."""
    found = sha256(code_digest().encode())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(f"{len(data)} ".encode())
        found.update(data)
    return found.hexdigest()


def kept(key: str) -> Any:
    """What was kept under a key: plain data; None if there is nothing, or nothing that can be trusted."""
    folder = cache_folder("checks")
    if folder is None:
        return None
    try:
        data = unsealed((folder / key).read_bytes())
    except OSError:
        return None
    return None if data is None else json.loads(data)


def keep(key: str, data: Any) -> None:
    """Keep plain data under a key, if there is a place where that is possible."""
    folder = cache_folder("checks")
    if folder is None:
        return
    temporary = folder / f"{key}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(sealed(json.dumps(data).encode()))
        temporary.replace(folder / key)
    except OSError:  # a full disk or a home that may not be written to: the next check does the work again
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def trim(most: int = CACHE_BYTES) -> None:
    """Remove the oldest results if there are more than `most` bytes of them."""
    folder = cache_folder("checks")
    try:
        found = [] if folder is None else [(file.stat(), file.path) for file in os.scandir(folder)]
    except OSError:
        return
    sizes = [(status.st_mtime_ns, max(status.st_size, _BLOCK), path) for status, path in found]
    total = sum(size for _, size, _ in sizes)
    if total <= most:
        return
    for _, size, path in sorted(sizes):
        if total <= most // 2:
            return
        with suppress(OSError):  # another process removed it
            Path(path).unlink()
        total -= size
