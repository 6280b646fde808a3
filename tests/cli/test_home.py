"""`tutor` alone: the first screen, whatever the log is like."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.practice.course import attempt
from tutor.cli.main import main
from tutor.practice.store import FILE, open_store


def run(home: Path | str, width: int = 80) -> str:
    outcome = CliRunner().invoke(main, [], catch_exceptions=False, env={"TUTOR_HOME": str(home), "COLUMNS": str(width)})
    assert outcome.exit_code == 0
    assert outcome.stderr == ""
    return outcome.stdout


FIRST = """\
  Calculus for machine learning, step by step.

  Today   Begin with the first lesson: What a derivative is (1 of 31).
          tutor practice

  Ask     tutor "d/dx x^2 sin x"                   derived, every step checked
          tutor check "d/dx sin(x^2)" "cos(x^2)"   is it right? if not, why?
          tutor rules chain                        a rule, with an example

  More    tutor --help
"""


def test_before_anything_was_practised(tmp_path: Path) -> None:
    assert run(tmp_path) == FIRST
    assert f"$ tutor\n{FIRST}```" in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_what_is_due_and_what_comes_next(tmp_path: Path) -> None:
    week_ago = datetime.now().astimezone() - timedelta(days=7)
    asked = replace(attempt("asked", lesson="what-a-derivative-is", item="gone"), at=week_ago)
    with open_store(tmp_path / FILE) as store:
        store.append(asked)
        store.append(replace(asked, outcome="right", grade="good"))
    said = "Today   1 skill is due, then begin with the first lesson: What a derivative is (1 of 31)."
    assert said in re.sub(r"\n +", " ", run(tmp_path))


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_nothing_is_wider_than_the_screen(tmp_path: Path, width: int) -> None:
    text = run(tmp_path, width)
    assert max(map(len, text.splitlines())) <= width
    assert "is it right? if not, why?" in text


@pytest.mark.parametrize(("spoil", "notice"), [
    (lambda home: (home / FILE).write_bytes(b"no database" * 100), "is damaged. It is kept as progress-damaged-1.db"),
    (lambda home: (home / FILE).mkdir(), "cannot be used"),
    (lambda home: (home.rmdir(), home.write_text("a file")), "could not be created"),
])
def test_what_is_wrong_with_the_log_is_said_and_the_rest_is_shown(tmp_path: Path, spoil: Callable[[Path], object],
                                                                  notice: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    spoil(home)
    text = run(home)
    assert notice in re.sub(r"\s+", " ", text)
    assert "Note: The " in text
    assert "tutor practice\n" in text
    assert text.endswith("  More    tutor --help\n")


def test_every_example_of_the_first_screen_works(tmp_path: Path) -> None:
    from shlex import split

    from tutor.views.home import EXAMPLES

    for command, _ in EXAMPLES:
        assert CliRunner().invoke(main, split(command)[1:], catch_exceptions=False).exit_code in (0, 1)
