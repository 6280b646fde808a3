"""What a command prints on a terminal, with its colours as escape codes.

    printed("tutor.cli.main", ["explain", "d/dx x^2"], width=80)      # ("  \\x1b[1md/dx [x²]...", 0)

The command runs as it does for a person: in a process of its own, on a terminal. That terminal is always the same, and
the process knows nothing else of who runs it: no variables, no home folder, no log of practice.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

_ROOT = Path(__file__).parents[1]
_ROWS = 50


def printed(module: str, arguments: Sequence[str], width: int, typed: Sequence[str] = ()) -> tuple[str, int]:
    """What a module prints on a terminal with this many columns when lines are typed, and its exit status."""
    with TemporaryDirectory() as home, TemporaryFile() as lines:
        lines.write("".join(f"{line}\n" for line in typed).encode())
        lines.seek(0)
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "PYTHONUTF8": "1",
                       "TERM": "xterm-256color", "HOME": home, "TUTOR_HOME": home}
        terminal, of_process = os.openpty()
        with os.fdopen(terminal, "rb", buffering=0) as stream:
            try:
                termios.tcsetwinsize(of_process, (_ROWS, width))
                process = subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=_ROOT, env=environment,
                                           stdin=lines, stdout=of_process, stderr=of_process)
            finally:
                os.close(of_process)
            content = b"".join(iter(lambda: _next(stream), b""))
        return content.decode().replace("\r\n", "\n"), process.wait()


def _next(stream: io.FileIO) -> bytes:
    """What comes next; nothing once the process has ended, which Linux reports as an error."""
    try:
        return stream.read(65536)
    except OSError:
        return b""
