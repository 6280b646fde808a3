"""`tutor author`."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutor.cli import author
from tutor.cli.main import main

BAD = Path(__file__).parents[1] / "lesson" / "bad"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["author", *arguments], catch_exceptions=False, env={"COLUMNS": "90"})


def test_a_new_lesson_passes_the_check() -> None:
    assert run("new", "my-lesson").exit_code == 0
    outcome = run("check", "my-lesson.yaml")
    assert (outcome.exit_code, outcome.stdout) == (0, "✓ my-lesson: 2 items, 14 variants checked, no problems\n")


def test_nothing_is_overwritten() -> None:
    Path("mine.yaml").write_text("mine", encoding="utf-8")
    outcome = run("new", "mine")
    assert (outcome.exit_code, Path("mine.yaml").read_text(encoding="utf-8")) == (2, "mine")
    assert "mine.yaml exists already" in outcome.stderr


@pytest.mark.parametrize("name", ["My Lesson", "..", "a/b c", "nowhere/a", "[red]", "é"])
def test_names_that_are_none(name: str) -> None:
    outcome = run("new", name)
    assert outcome.exit_code == 2
    assert outcome.stderr
    assert not list(Path().rglob("*.yaml"))


def test_problems_stand_under_their_lines() -> None:
    shutil.copy(BAD / "L104.yaml", ".")
    outcome = run("check", "L104.yaml")
    assert outcome.exit_code == 1
    assert outcome.stdout.splitlines()[-5:] == [
        "    6 │     vary: {a: 2..5, m: 3..5}",
        "      │                     ^ m does not occur in (a*x + b)^n. Did you mean b or n? Use it",
        "      │                       in the item, or remove it.",
        "",
        "✗ L104.yaml: no items, no variants checked, 1 problem",
    ]


def test_a_file_that_is_no_lesson() -> None:
    assert run("check", "nowhere.yaml").exit_code == 2
    assert run("check", str(BAD / "L003.yaml"), str(BAD / "L104.yaml")).exit_code == 2


def test_problems_as_data() -> None:
    outcome = run("check", "--json", str(BAD / "L301.yaml"), str(BAD / "L101.yaml"))
    first, second = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert (first["passed"], first["problems"][0]["code"], first["problems"][0]["warning"]) == (True, "L301", True)
    assert (second["passed"], second["problems"][0]["line"], second["problems"][0]["column"]) == (False, 7, 5)
    assert outcome.exit_code == 1


def test_what_it_needs_is_looked_for_beside_it_and_in_the_course() -> None:
    Path("first.yaml").write_text("format: 1\nid: first\ntitle: First\ntext: a\n", encoding="utf-8")
    second = "format: 1\nid: second\ntitle: B\ntext: b\nneeds: [first, chain-rule]\n"
    Path("second.yaml").write_text(second, encoding="utf-8")
    assert run("check", "second.yaml").exit_code == 0
    Path("first.yaml").unlink()
    outcome = run("check", "second.yaml")
    assert outcome.exit_code == 1
    assert "There is no lesson first." in outcome.stdout


def test_a_file_is_checked_once_whatever_it_is_called() -> None:
    run("new", "mine")
    outcome = run("check", "mine.yaml", "./mine.yaml")
    assert (outcome.exit_code, outcome.stdout.count("mine:")) == (0, 1)


def test_what_is_no_file_is_not_opened() -> None:
    os.mkfifo("pipe.yaml")  # who opens it waits for ever
    Path("loop.yaml").symlink_to("loop.yaml")
    run("new", "mine")
    assert run("check", "mine.yaml").exit_code == 0
    for name, said in (("pipe.yaml", "a pipe or a device"), ("loop.yaml", "symbolic links"), (".", "a folder")):
        outcome = run("check", name)
        assert outcome.exit_code == 2
        assert said in outcome.stdout


def test_preview_of_a_broken_file_shows_its_problems_as_the_check_does() -> None:
    outcome = run("preview", str(BAD / "L105.yaml"))
    assert outcome.exit_code == 2
    assert outcome.stderr == run("check", str(BAD / "L105.yaml")).stdout


def test_a_damaged_log_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(Path.cwd()))
    Path("progress.db").write_bytes(b"no log at all " * 100)
    outcome = run("stats")
    assert outcome.exit_code == 0
    assert "is damaged. It was kept as" in " ".join(outcome.stderr.split())


def test_runs_of_watch_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "mine")
    monkeypatch.setattr(author, "_changes", lambda files: iter([files]))
    lines = run("check", "--watch", "mine.yaml").stdout.splitlines()
    assert lines[0] == lines[-1]
    assert re.fullmatch(r"-- \d\d:\d\d:\d\d --", lines[2])


def test_changes_are_seen() -> None:
    files = [Path("a.yaml"), Path("b.yaml")]
    files[0].write_text("one", encoding="utf-8")
    looks = 0

    def wait(seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            files[1].write_text("new", encoding="utf-8")
        if looks == 3:
            files[0].write_text("longer", encoding="utf-8")

    changes = author._changes(files, wait)
    assert next(changes) == [files[1]]
    assert next(changes) == [files[0]]
    assert looks == 3


def test_preview() -> None:
    run("new", "mine")
    outcome = run("preview", "mine.yaml/a-power", "--seed", "5")
    assert outcome.exit_code == 0
    for part in ("mine/a-power@5", "Differentiate with respect to x:", "checked", "Hints", "power_lost_coefficient:"):
        assert part in outcome.stdout
    assert run("preview", "mine.yaml").stdout.count("Hints") == 2
    assert run("preview", "mine.yaml/a-power", "--all").stdout.count("Hints") == 13
    outcome = run("preview", "mine.yaml/nothing")
    assert outcome.exit_code == 2
    assert "no item nothing. Items: x-5-" in outcome.stderr


NASTY = r"""
format: 1
id: a
title: "[bold]A[/bold] \e[2J"
text: "[link=x]$x^2$ \e]0;t\a"
items:
  - given: x^2
    text: "[red]How\u202e steep?"
    hints: ["[blink] \e[31m"]
"""


def test_nothing_an_author_writes_reaches_the_screen_as_code() -> None:
    Path("a.yaml").write_text(NASTY, encoding="utf-8")
    outcome = run("preview", "a.yaml")
    assert outcome.exit_code == 0
    assert "[bold]A[/bold]" in outcome.stdout
    assert "[red]How" in outcome.stdout
    assert "\x1b" not in outcome.stdout
    assert "\u202e" not in outcome.stdout
    Path("b.yaml").write_text('[red]: "\\e[2J"\n', encoding="utf-8")
    assert "\x1b" not in run("check", "b.yaml").stdout


def test_the_schema() -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["title"] == "Lesson"
    item = schema["$defs"]["Item"]["properties"]
    for scalar in (schema["properties"]["title"], item["choices"]["items"], item["hints"]["items"]):
        assert {"string", "number"} <= set(scalar["type"])
