"""`tutor author`."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutor.cli.main import main
from tutor.practice.store import FILE

watching = import_module("tutor.cli.author.check")
BAD = Path(__file__).parents[1] / "lesson" / "bad"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["author", *arguments], catch_exceptions=False, env={"COLUMNS": "90"})


def test_a_new_lesson_passes_the_check() -> None:
    assert run("new", "my-lesson").exit_code == 0
    outcome = run("check", "my-lesson.yaml")
    assert (outcome.exit_code, outcome.stdout) == (0, "✓ my-lesson: 3 items, 18 variants checked, no problems\n")


def test_what_comes_next_can_be_copied() -> None:
    Path("my lessons").mkdir()
    printed = run("new", "my lessons/mine").stdout
    commands = re.findall(r"^  tutor author (.*?)   ", printed, re.MULTILINE)
    assert [shlex.split(command) for command in commands] == [
        [name, "my lessons/mine.yaml"] for name in ("check", "preview", "try")]
    for command in commands:
        assert run(*shlex.split(command)).exit_code == 0


def test_editors_find_the_schema() -> None:
    run("new", "mine")
    assert Path("mine.yaml").read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=lesson.schema.json\n")
    assert Path("lesson.schema.json").read_text(encoding="utf-8") == run("schema").stdout
    assert "another version" not in run("new", "second").stdout
    Path("lesson.schema.json").write_text("{}", encoding="utf-8")
    assert "To update it: tutor author schema > lesson.schema.json" in run("new", "third").stdout
    assert Path("lesson.schema.json").read_text(encoding="utf-8") == "{}"


BLIND = "format: 1\nid: a\ntitle: A\nteaches: [chain]\nitems:\n  - given: (x + 5)^3\n    id: blind\n  - given: x^2\n"


def test_warnings_are_neither_success_nor_failure() -> None:
    Path("a.yaml").write_text(BLIND, encoding="utf-8")
    outcome = run("check", "a.yaml")
    assert outcome.exit_code == 0
    assert outcome.stdout.splitlines()[-1] == "! a: 2 items, 2 variants checked, 1 warning"
    assert run("check", "--strict", "a.yaml").exit_code == 1
    assert run("check", "a.yaml/blind").stdout.splitlines()[-1] == "! a/blind: 1 item, 1 variant checked, 1 warning"


def test_a_folder_is_checked_with_its_course() -> None:
    Path("mine").mkdir()
    Path("mine/a.yaml").write_text(BLIND.replace("(x + 5)^3", "(2x + 5)^3"), encoding="utf-8")
    Path("mine/course.yaml").write_text("format: 1\ntitle: Mine\norder: [a, b]\n", encoding="utf-8")
    outcome = run("check", "mine")
    assert outcome.exit_code == 1
    assert outcome.stdout.splitlines()[0] == "✓ a: 2 items, 2 variants checked, no problems"
    assert "mine/course.yaml:3:12: L130" in outcome.stdout
    assert outcome.stdout.splitlines()[-1] == "✗ Mine: 2 lessons in order, 1 error"


@pytest.mark.parametrize("command", ["check", "preview", "try", "stats"])
@pytest.mark.parametrize(("place", "said"), [
    ("xyz", "There is no lesson xyz"), ("./xyz", "There is no file or folder ./xyz"), ("empty", "no lessons in empty"),
    ("a.yaml/nothing", "has no item nothing"), ("nowhere.yaml", "No such file or directory"),
    ("binary.yaml", "not UTF-8 text"), ("list.yaml", "L10"), ("none.yaml", "L003"),
])
def test_what_is_no_lesson_is_refused_in_words(command: str, place: str, said: str) -> None:
    Path("empty").mkdir()
    Path("a.yaml").write_text(BLIND, encoding="utf-8")
    Path("binary.yaml").write_bytes(bytes(range(256)))
    Path("list.yaml").write_text("- a\n- b\n", encoding="utf-8")
    Path("none.yaml").write_text("a: b: c", encoding="utf-8")
    outcome = run(command, place)
    assert outcome.exit_code == (1 if (command, place) == ("check", "list.yaml") else 2)
    assert said in " ".join(outcome.output.split())


def test_nothing_is_written_of_a_trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    run("new", "mine")
    outcome = CliRunner().invoke(main, ["author", "try", "mine.yaml/a-power"], input="s\n\nshow\n")
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("  This is a trial: nothing is recorded.\n")
    assert "item 1 of 1" in outcome.stdout
    assert "everything is kept" not in outcome.stdout
    assert not (tmp_path / "home" / FILE).exists()


def test_nothing_is_overwritten() -> None:
    Path("mine.yaml").write_text("mine", encoding="utf-8")
    outcome = run("new", "mine")
    assert (outcome.exit_code, Path("mine.yaml").read_text(encoding="utf-8")) == (2, "mine")
    assert "mine.yaml already exists" in outcome.stderr


def test_a_name_that_could_be_one_is_offered() -> None:
    assert "Type tutor author new my-lesson" in " ".join(run("new", "My Lesson").stderr.split())


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
        "✗ L104.yaml: 1 error",
    ]


def test_a_file_that_is_no_lesson() -> None:
    assert run("check", "nowhere.yaml").exit_code == 2
    assert run("check", str(BAD / "L003.yaml"), str(BAD / "L104.yaml")).exit_code == 2


def test_problems_as_data() -> None:
    outcome = run("check", "--json", str(BAD / "L301.yaml"), str(BAD / "L101.yaml"))
    first, second = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert (first["passed"], first["problems"][0]["code"], first["problems"][0]["severity"]) == (
        True, "L301", "warning")
    assert (second["passed"], [(each["code"], each["line"], each["column"]) for each in second["problems"]]) == (
        False, [("L122", 2, 5), ("L101", 7, 5)])
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
    Path("folder.yaml").mkdir()
    for name, said in (("pipe.yaml", "a pipe or a device"), ("loop.yaml", "symbolic links"),
                       ("folder.yaml", "There are no lessons in folder.yaml"), (".", "a pipe or a device")):
        outcome = run("check", name)
        assert outcome.exit_code == 2
        assert said in outcome.output


def test_preview_of_a_broken_file_shows_its_problems_as_the_check_does() -> None:
    outcome = run("preview", str(BAD / "L105.yaml"))
    assert outcome.exit_code == 2
    assert outcome.stderr == run("check", str(BAD / "L105.yaml")).stdout


def test_a_damaged_log_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(Path.cwd()))
    Path("progress.db").write_bytes(b"no log at all " * 100)
    outcome = run("stats")
    assert outcome.exit_code == 0
    assert "is damaged. It is kept as" in " ".join(outcome.stderr.split())


def test_watch_checks_only_what_was_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "mine")
    run("new", "other")

    def saved(folders: object) -> Iterator[object]:
        yield "a schema, or what an editor writes beside a file"
        text = Path("mine.yaml").read_text(encoding="utf-8")
        Path("mine.yaml").write_text(text.replace("teaches: [power]", "teaches: [pover]"), encoding="utf-8")
        yield "a mistake"
        Path("mine.yaml").write_text(text, encoding="utf-8")
        yield "and back"
        Path("third.yaml").write_text(text.replace("id: mine", "id: third"), encoding="utf-8")
        yield "a new one"
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "changes", saved)
    outcome = run("check", "--watch", ".")
    assert outcome.exit_code == 0
    assert [line for line in outcome.stdout.splitlines() if line[:1] in tuple("✓✗-")] == [
        "✓ mine: 3 items, 18 variants checked, no problems",
        "✓ other: 3 items, 18 variants checked, no problems",
        *_after_a_change(outcome, 0), "✗ mine.yaml: 1 error",
        *_after_a_change(outcome, 1), "✓ mine: 3 items, 18 variants checked, no problems",
        *_after_a_change(outcome, 2), "✓ third: 3 items, 18 variants checked, no problems",
    ]


def _after_a_change(outcome: Result, number: int) -> list[str]:
    return re.findall(r"^-- \d\d:\d\d:\d\d --$", outcome.stdout, re.MULTILINE)[number:number + 1]


def test_watch_shows_what_a_change_means_for_other_files(monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "first")
    run("new", "second")
    second = Path("second.yaml")
    second.write_text(second.read_text(encoding="utf-8").replace("needs: []", "needs: [first]"), encoding="utf-8")
    Path("course.yaml").write_text("format: 1\ntitle: Mine\norder: [first, second]\n", encoding="utf-8")

    def saved(folders: object) -> Iterator[object]:
        first = Path("first.yaml")
        text = first.read_text(encoding="utf-8")
        first.write_text(text.replace("id: first", "id: begin"), encoding="utf-8")
        yield "an id is changed"
        first.write_text(text, encoding="utf-8")
        yield "and back"
        first.unlink()
        yield "removed"
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "changes", saved)
    outcome = run("check", "--watch", ".")
    assert outcome.exit_code == 1
    assert [line for line in outcome.stdout.splitlines() if line[:1] in tuple("✓✗fsc")][3:] == [
        "✓ begin: 3 items, 18 variants checked, no problems",
        "second.yaml:5:9: L120 needs names a lesson that does not exist",
        "✗ second: 3 items, 18 variants checked, 1 error",
        "course.yaml:3:1: L330 a lesson that is not in the course",
        "course.yaml:3:9: L130 the order names a lesson that does not exist",
        "✗ Mine: 2 lessons in order, 1 error, 1 warning",
        "✓ first: 3 items, 18 variants checked, no problems",
        "✓ second: 3 items, 18 variants checked, no problems",
        "✓ Mine: 2 lessons in order, no problems",
        "first.yaml is gone.",
        "second.yaml:5:9: L120 needs names a lesson that does not exist",
        "✗ second: 3 items, 18 variants checked, 1 error",
        "course.yaml:3:9: L130 the order names a lesson that does not exist",
        "✗ Mine: 2 lessons in order, 1 error",
    ]


def test_the_status_of_a_watch_is_that_of_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "mine")
    Path("other.yaml").write_text("format: 1\n", encoding="utf-8")

    def saved(folders: object) -> Iterator[object]:
        Path("mine.yaml").write_text(Path("mine.yaml").read_text(encoding="utf-8") + "\n", encoding="utf-8")
        yield "a file without a mistake"
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "changes", saved)
    assert run("check", "--watch", ".").exit_code == 1


def test_watch_waits_where_a_file_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "mine")

    def removed(folders: object) -> Iterator[object]:
        Path("mine.yaml").unlink()
        yield "removed"
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "changes", removed)
    outcome = run("check", "--watch", "mine.yaml")
    assert outcome.exit_code == 2
    assert "No such file" in outcome.stdout


def test_preview() -> None:
    run("new", "mine")
    outcome = run("preview", "mine.yaml/a-power", "--seed", "5")
    assert outcome.exit_code == 0
    for part in ("mine/a-power@5", "Differentiate with respect to x:", "checked", "Hints", "✓ 18x⁵   expected right",
                 "✗ 3x⁵   expected power_lost_coefficient", "✗ 18x⁶   power_exponent_kept"):
        assert part in outcome.stdout
    assert run("preview", "mine.yaml").stdout.count("Hints") == 3
    assert run("preview", "mine.yaml/a-power", "--all").stdout.count("Hints") == 13
    outcome = run("preview", "mine.yaml/nothing")
    assert outcome.exit_code == 2
    assert "no item nothing. Items: x-5-" in outcome.stderr


FORESEEN = """format: 1
id: a
title: A
text: Words of the lesson.
teaches: [chain, power]
examples: ["d/dx [x^3]"]
items:
  - given: (2x + 1)^3
    id: cube
    hints: ["", "My own second hint."]
    expect:
      - 6*(2x+1)^2: right
      - 7*(2x+1)^2: My own sentence about $7$.
  - ask: choose
    text: Which one?
    id: one
    choices: [this, that, neither]
    answer: this
    expect:
      - that: My own word about that.
"""


def test_preview_shows_all_that_learners_can_see() -> None:
    Path("a.yaml").write_text(FORESEEN, encoding="utf-8")
    outcome = run("preview", "a.yaml")
    assert outcome.exit_code == 0
    parts = [
        "Words of the lesson.", "d/dx [x³]", "a/cube@0", "(2x + 1)³", "Lines given while the rule is new",
        "d/du [u³]·d/dx [2x + 1]   where u = 2x + 1", "Hints", "2  My own second hint.", "Solution", "6(2x + 1)²",
        "Replies to answers", "✓ 6(2x + 1)²   expected right", "✗ 7(2x + 1)²   expected wrong",
        "My own sentence about 7.", "✗ 3(2x + 1)²   chain_inner_forgotten", "a/one@0", "The answer is",
        "✗ that   expected wrong", "My own word about that.", "✗ neither", "Not that one.",
    ]
    places = [outcome.stdout.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places[:11] == sorted(places[:11])


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
    assert json.loads(run("schema", "course").stdout)["title"] == "Course"
    schema = json.loads(run("schema").stdout)
    assert schema["title"] == "Lesson"
    item = schema["$defs"]["Item"]["properties"]
    for scalar in (schema["properties"]["title"], item["choices"]["items"], item["hints"]["items"]):
        assert {"string", "number"} <= set(scalar["type"])
