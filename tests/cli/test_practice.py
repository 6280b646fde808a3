"""`tutor practice`, `tutor lessons` and `tutor progress`, as commands and in a real terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import select
import shlex
import signal
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutor.cli.main import main
from tutor.practice.store import FILE, open_store


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("TUTOR_HOME", str(folder))
    return folder


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed, env={"NO_COLOR": "1", "COLUMNS": "80"})


def outcomes(home: Path) -> list[str]:
    with open_store(home / FILE) as store:
        return [attempt.outcome for attempt in store.attempts()]


# -- practice --------------------------------------------------------------------------------------------------------


def test_a_session_through_a_pipe(home: Path) -> None:
    found = run("practice", "chain-rule", "--items", "2", typed="cos(x)\n?\nskip\nquit\n")
    assert found.exit_code == 0
    assert "answer> cos(x)\n  ✗ not yet." in found.stdout
    assert "Think of gears." in found.stdout
    assert "Enter for more" not in found.stdout
    assert "item 2 of 2" in found.stdout
    assert outcomes(home) == ["asked", "wrong", "hint", "skipped", "asked"]


def test_the_end_of_input_ends_it(home: Path) -> None:
    found = run("practice", "chain-rule")
    assert found.exit_code == 0
    assert "You did not finish an exercise this time." in found.stdout
    assert outcomes(home) == ["asked"]


def test_lessons_that_there_are_not() -> None:
    found = run("practice", "chain-rul")
    assert found.exit_code == 2
    assert "There is no lesson chain-rul. Did you mean chain-rule?" in found.stderr


OWN = """format: 1
id: mine
title: Mine
needs: [chain-rule]
text: Words of my own.
items:
  - given: x^5
"""


def test_a_lesson_of_ones_own(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "mine.yaml").write_text(OWN)
    (folder / "other.yaml").write_text(OWN.replace("mine", "other").replace("[chain-rule]", "[mine]"))
    for where in (folder / "mine.yaml", folder):
        found = run("practice", "--count", str(where), typed="5x^4\nquit\n")
        assert found.exit_code == 0
        assert "A new lesson: Mine." in found.stdout or where is folder
        assert f"item 1 of {'1' if where is not folder else '2'}" in found.stdout
    assert outcomes(home)[:2] == ["asked", "right"]
    assert "Words of my own." in run("lessons", str(folder / "mine.yaml")).stdout


def test_a_lesson_in_no_course_does_not_count(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(OWN)
    found = run("practice", str(file), typed="s\n5x^4\nquit\n")
    assert found.stdout.startswith("  This lesson is not part of a course, so practising it does not count. To count\n")
    assert "✓ yes" in found.stdout
    assert outcomes(home) == []
    run("practice", "products", str(file), typed="skip\n" * 30)
    with open_store(home / FILE) as store:
        assert {attempt.lesson for attempt in store.attempts()} == {"products"}
    (tmp_path / "course.yaml").write_text("format: 1\ntitle: Mine\norder: [mine]\n")
    found = run("practice", str(file), typed="s\n5x^4\nquit\n")
    assert "no course" not in found.stdout
    with open_store(home / FILE) as store:
        assert {attempt.lesson for attempt in store.attempts()} == {"products", "mine"}


def test_the_next_step_can_be_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my own.yaml").write_text(OWN)
    assert run("lessons", "my own.yaml").stdout.splitlines()[-1] == "  Practise it: tutor practice 'my own.yaml'"


def test_a_folder_is_listed(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN)
    (tmp_path / "other.yaml").write_text(OWN.replace("mine", "other").replace("Mine", "Other"))
    found = run("lessons", str(tmp_path))
    assert "Mine" in found.stdout
    assert "Other" in found.stdout


def test_a_lesson_of_a_listed_folder_can_be_read_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "my own"
    folder.mkdir()
    (folder / "mine.yaml").write_text(OWN)
    (folder / "other.yaml").write_text(OWN.replace("mine", "other").replace("Mine", "Other"))
    commands = [row.strip() for row in run("lessons", "my own").stdout.splitlines() if row.startswith("    tutor ")]
    assert commands == ["tutor lessons 'my own/mine.yaml'", "tutor practice 'my own/mine.yaml'"]
    assert "Words of my own." in run(*shlex.split(commands[0])[1:]).stdout


@pytest.mark.parametrize(("name", "said"), [
    ("./none.yaml", "L001"), ("empty/", "There are no lessons in"), ("bad.yaml", "L105"),
])
def test_a_lesson_of_ones_own_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str,
                                           said: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.yaml").write_text(OWN.replace("x^5", "x^("))
    found = run("practice", name)
    assert found.exit_code == 2
    assert said in found.stderr


@pytest.mark.parametrize("arguments", [["--items", "0"], ["--minutes", "0"], ["--items", "many"]])
def test_limits_that_are_none(arguments: list[str]) -> None:
    assert run("practice", *arguments).exit_code == 2


def test_without_a_place_for_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "taken" / "deeper"))
    found = run("practice", "chain-rule", typed="show\n")
    assert found.exit_code == 0
    assert "could not be created" in found.stderr
    assert "your work will not be saved" in found.stderr
    assert "1 exercise: looked up." in found.stdout


def test_a_damaged_log_is_spoken_of(home: Path) -> None:
    home.mkdir()
    (home / FILE).write_bytes(b"no database" * 100)
    found = run("practice", "chain-rule", typed="skip\n")
    assert "is damaged" in found.stderr
    assert (home / "progress-damaged-1.db").read_bytes() == b"no database" * 100


# -- lessons ---------------------------------------------------------------------------------------------------------


def test_the_course_is_listed_with_progress() -> None:
    run("practice", "chain-rule", typed="skip\n")
    found = run("lessons")
    assert found.exit_code == 0
    assert "  →   1  what-a-derivative-is          next\n" in found.stdout
    assert "  ◐   7  chain-rule                    begun, 2 of 15\n" in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 80


def test_the_course_in_columns_where_there_is_room() -> None:
    found = CliRunner().invoke(main, ["lessons"], env={"NO_COLOR": "1", "COLUMNS": "100"})
    assert "      9  trigonometric-functions       Sine, cosine and their relatives\n" in found.stdout
    assert "  →   1  what-a-derivative-is          What a derivative is               next\n" in found.stdout


def test_a_lesson_to_read() -> None:
    found = run("lessons", "chain-rule")
    assert found.exit_code == 0
    assert found.stdout.startswith("  The chain rule\n")
    assert "d/dx [sin(x²)]" in found.stdout
    assert "Practise it: tutor practice chain-rule" in found.stdout


def test_lessons_as_data() -> None:
    course = json.loads(run("lessons", "--json").stdout)["lessons"]
    assert [(each["lesson"], each["met"]) for each in course if each["lesson"] == "chain-rule"] == [("chain-rule", 0)]
    assert "text" not in course[0]
    (lesson,) = json.loads(run("lessons", "chain-rule", "--json").stdout)["lessons"]
    assert (lesson["needs"], lesson["examples"][0]) == (["quotients"], "d/dx [sin(x^2)]")
    assert "$" in lesson["text"]


def test_a_lesson_that_there_is_not() -> None:
    found = run("lessons", "xyz")
    assert found.exit_code == 2
    assert "To see those of the course, use tutor lessons" in found.stderr


# -- progress --------------------------------------------------------------------------------------------------------


def test_progress_before_anything() -> None:
    found = run("progress")
    assert found.stdout == """
  Today   Begin with the first lesson: What a derivative is (1 of 31).
          tutor practice
"""


def test_progress_in_words_and_as_data() -> None:
    run("practice", "chain-rule", "--items", "1", typed="show\n")
    found = run("progress")
    assert found.exit_code == 0
    assert found.stdout == """
  Today   The next lesson: What a derivative is (1 of 31).
          The next skill is due tomorrow.
          tutor practice

  Being learned
    Chain rule   ░░░░░░░░░░   0 of 1
      due tomorrow: sine, cosine or tangent of something longer, such as x²

  Each bar shows how often you used a rule correctly at the first attempt and
  without help. Recent attempts count most.
"""
    data = json.loads(run("progress", "--json").stdout)
    ((row,), (skill,)) = data["rules"], data["skills"]
    assert (skill["rule"], skill["form"]) == ("chain", "trigonometric,nonlinear")
    assert (skill["title"], skill["words"]) == (
        "Chain rule", "sine, cosine or tangent of something longer, such as x²")
    assert (row["rule"], row["attempts"], row["unaided"], row["mastered"]) == ("chain", 1, 0, False)
    (line,) = csv.DictReader(io.StringIO(run("progress", "--csv").stdout))
    assert (line["rule"], line["attempts"], line["next_due"]) == ("chain", "1", row["next_due"])


def test_one_kind_of_data_at_a_time() -> None:
    assert run("progress", "--json", "--csv").exit_code == 2


# -- a real terminal -------------------------------------------------------------------------------------------------


class Terminal:
    """The command in a pseudo-terminal: what it prints is waited for, and keys are pressed."""

    def __init__(self, kind: str, *arguments: str) -> None:
        import pty

        self.process, self.keyboard = pty.fork()
        if not self.process:
            os.environ.update(TERM=kind, COLUMNS="80", LINES="40")
            os.execv(sys.executable, [sys.executable, "-m", "tutor.cli.main", *arguments])
        self.text = ""

    def wait_for(self, words: str) -> str:
        """Everything up to these words, which the terminal has not shown before."""
        while words not in self.text:
            assert select.select([self.keyboard], [], [], 60)[0], f"nothing more came after:\n{self.text}"
            try:
                part = os.read(self.keyboard, 4096)
            except OSError:  # Linux says so when nobody writes any more
                part = b""
            assert part, f"it ended without {words!r}:\n{self.text}"
            self.text += part.decode()
        before, _, self.text = self.text.partition(words)
        return before

    def press(self, keys: str) -> None:
        os.write(self.keyboard, keys.encode())

    def hang_up(self) -> None:
        os.close(self.keyboard)

    def status(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("kind", ["xterm-256color", "dumb"])
def test_a_session_in_a_terminal(home: Path, kind: str) -> None:
    terminal = Terminal(kind, "practice", "chain-rule", "--items", "1")
    assert "Think of gears" in terminal.wait_for(" - Enter for more, skip to leave out the rest: ")
    terminal.press("\r")
    assert "page 2 of " in terminal.wait_for(" - Enter ")
    terminal.press("skip\r")
    terminal.wait_for("answer> ")
    terminal.press("xy\x7f\r")  # a letter too many is taken back
    assert "not yet" in terminal.wait_for("answer> ")
    terminal.press("skip\r")
    shown = terminal.wait_for("due ")
    if kind == "dumb":
        assert "\x1b" not in shown
    assert terminal.status() == 0
    with open_store(home / FILE) as store:
        assert [(attempt.text, attempt.outcome) for attempt in store.attempts()] == [
            ("", "asked"), ("x", "wrong"), ("skip", "skipped")]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_the_line_before_comes_back(home: Path) -> None:
    terminal = Terminal("xterm", "practice", "chain-rule", "--items", "1")
    terminal.wait_for("leave out the rest: ")
    terminal.press("skip\r")
    terminal.wait_for("answer> ")
    terminal.press("cos(x)\r")
    terminal.wait_for("answer> ")
    terminal.press("\x1b[A\r")  # the arrow up
    terminal.wait_for("answer> ")
    terminal.press("\x04")
    terminal.wait_for("due ")
    assert terminal.status() == 0
    with open_store(home / FILE) as store:
        assert [attempt.text for attempt in store.attempts()] == ["", "cos(x)", "cos(x)"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_ctrl_c_ends_it_with_a_summary(home: Path) -> None:
    terminal = Terminal("xterm", "practice", "chain-rule")
    terminal.wait_for("leave out the rest: ")
    terminal.press("skip\r")
    terminal.wait_for("answer> ")
    terminal.press("x\r")
    terminal.wait_for("answer> ")
    terminal.press("half a li")
    terminal.wait_for("half a li")
    terminal.press("\x03\r")  # a program that is not yet waiting for a key notices with the next one
    terminal.wait_for("You did not finish an exercise this time.")
    assert terminal.status() == 0
    assert outcomes(home) == ["asked", "wrong"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_terminal_that_is_closed_loses_nothing(home: Path) -> None:
    terminal = Terminal("xterm", "practice", "chain-rule")
    terminal.wait_for("leave out the rest: ")
    terminal.press("skip\r")
    terminal.wait_for("answer> ")
    terminal.press("x\r")
    terminal.wait_for("answer> ")
    terminal.hang_up()
    assert terminal.status() in (0, -signal.SIGHUP)
    assert outcomes(home) == ["asked", "wrong"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_what_is_typed_at_a_page_stands_on_the_line_of_the_answer(home: Path) -> None:
    terminal = Terminal("xterm", "practice", "chain-rule", "--items", "1")
    terminal.wait_for("leave out the rest: ")
    terminal.press("2x cos(x)\r")
    terminal.wait_for("Your answer is kept")
    terminal.wait_for("answer> 2x cos(x)")
    terminal.press("\x7f^2)\r")  # the bracket is taken back, and the rest is put in
    terminal.wait_for("yes.")  # now and then the rule is asked for after that
    terminal.hang_up()
    assert terminal.status() in (0, -signal.SIGHUP)
    with open_store(home / FILE) as store:
        assert [attempt.text for attempt in store.attempts()][:2] == ["", "2x cos(x^2)"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_pasted_lines_come_together(home: Path) -> None:
    terminal = Terminal("xterm", "practice", "chain-rule", "--items", "1")
    terminal.wait_for("leave out the rest: ")
    terminal.press("skip\r")
    terminal.wait_for("answer> ")
    terminal.press("\x1b[200~cos(x^2)*d/dx[x^2]\n= cos(x^2)*2x\x1b[201~\r")
    terminal.wait_for("2 lines: here is each of them in turn.")
    terminal.wait_for("right at once")
    assert terminal.status() == 0
    assert outcomes(home) == ["asked", "line", "right"]
