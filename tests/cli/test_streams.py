"""Streams that are closed, full or gone, and what a message repeats of the command line."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tutor.cli.main import NOT_DONE, STOPPED, main

TUTOR = f"{shlex.quote(sys.executable)} -m tutor.cli.main"
ROOT = Path(__file__).parents[2]


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, cwd=ROOT)


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind")
@pytest.mark.parametrize(("command", "status", "said"), [
    (f"{TUTOR} explain - <&-", 2, "It is closed"),
    (f"{TUTOR} check --lines - <&-", 2, "Standard input is closed"),
    pytest.param(f"{TUTOR} explain 'cos(x)' > /dev/full", NOT_DONE, "No space left",
                 marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")),
])
def test_a_stream_that_does_not_serve(command: str, status: int, said: str) -> None:
    found = shell(command)
    assert (found.returncode, said in found.stderr, "Traceback" in found.stderr) == (status, True, False)


@pytest.mark.parametrize("arguments", [
    ["\x1b[2Jx"], ["--\x1b[2Jx"], ["progress", "\x1b[2Jx"], ["explain", "--file", "no\x1b[2J\x07"],
    ["explain", "--view", "\x9b2J", "x"], ["practice", "--items", "\x07"], ["lessons", "a", "\x08\x08"],
    ["explain", "\x1b]0;x\x07"], ["check", "x", "1", "--form", "\x1b[2J"], ["rules", "\x1b[2J"],
    ["author", "check", "no\x1b[2J\x07"], ["author", "preview", "no\x1b[2J"], ["author", "new", "\x1b[2J"],
])
def test_control_characters_are_not_repeated(arguments: list[str]) -> None:
    found = CliRunner().invoke(main, arguments, color=True)
    assert found.exit_code == 2
    assert all(char.isprintable() or char == "\n" for char in found.output)


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind")
@pytest.mark.parametrize("settings", ["FORCE_COLOR=1", "TTY_COMPATIBLE=1", "COLUMNS=0", "COLUMNS=0 FORCE_COLOR=1",
                                      "TERM=", "LC_ALL=POSIX", "PYTHONIOENCODING=cp1252"])
def test_in_a_pipe_formulas_are_on_one_line_whatever_is_set(settings: str) -> None:
    found = shell(f"{settings} {TUTOR} explain 'd/dx [x/(x + 1)]' | head -1")
    assert "d/dx [x/(x + 1)]" in found.stdout
    assert found.stderr == ""


def test_control_c_ends_in_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tutor.explain", stop)
    found = CliRunner().invoke(main, ["explain", "x^2"])
    assert (found.exit_code, found.stderr.strip()) == (STOPPED, "Stopped.")


def test_one_bad_line_does_not_stop_the_others() -> None:
    found = CliRunner().invoke(main, ["explain", "-"], input=b"x^3\n\xff\xfe\nx^4\n")
    assert found.exit_code == 2
    assert "3x²" in found.stdout
    assert "4x³" in found.stdout
    assert "not UTF-8" in found.stderr


def test_practice_goes_on_after_what_is_no_text_and_repeats_no_control_character() -> None:
    typed = b"\xff\xfe\n\x1b[2J\nquit\n"
    found = CliRunner().invoke(main, ["practice", "powers-and-sums", "--items", "1"], input=typed, color=True)
    assert (found.exit_code, found.exception) == (0, None)
    assert "is not part of the notation" in found.stdout
    assert "\x1b" not in found.stdout
