"""`tutor check`, as a person and as a program use it."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tutor.cli.arguments import in_quotes
from tutor.cli.main import main


def run(*arguments: str, **options: Any) -> Result:
    """The outcome of a command, any exception but an exit being a failure of the test."""
    return CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False, **options)


# One answer for every outcome, and the exit status.
OUTCOMES = [
    ("d/dx x^2", "2x", "right", 0),
    ("d/dx x^2", "d/dx [x^2]", "right_other_form", 1),
    ("d/dx x^2", "2t", "wrong_variable", 1),
    ("d/dx sin(x^2)", "cos(x^2)", "misconception", 1),
    ("d/dx x^2", "x", "one_of", 1),
    ("d/dx x^2", "-2x", "slip", 1),
    ("d/dx sin(x)", "tan(x)^3", "unexplained", 1),
    ("d/dx x^2", "In(x)", "unreadable", 2),
    ("d/dx x^2", "", "unreadable", 2),
    ("d/dx x^2", "1/0", "undecided", 3),
    ("d/dx [|x|] at x = 0", "does not exist", "right", 0),
    ("d/dx [|x|] at x = 0", "0", "unexplained", 1),
    ("d/dx [x^2] at x = 1", "DNE", "unexplained", 1),
]


@pytest.mark.parametrize(("problem", "answer", "outcome", "status"), OUTCOMES)
def test_exit_status_and_json_of_every_outcome(problem: str, answer: str, outcome: str, status: int) -> None:
    shown, data = run(problem, answer), run(problem, answer, "--json")
    assert (shown.exit_code, data.exit_code) == (status, status)
    assert json.loads(data.stdout)["outcome"] == outcome
    assert data.stdout.isascii()
    assert data.stderr == ""
    assert (shown.stderr if outcome == "unreadable" else shown.stdout).strip()
    assert not (shown.stdout if outcome == "unreadable" else shown.stderr)


def test_a_right_answer() -> None:
    outcome = run("d/dx x^2", "2x")
    assert "✓ yes" in outcome.stdout
    assert "Right: Power rule." in outcome.stdout


def test_a_wrong_answer() -> None:
    outcome = run("d/dx sin(x^2)", "cos(x^2)")
    assert "✗ not yet" in outcome.stdout
    assert "The inner derivative is missing." in outcome.stdout


def test_the_command_for_more_works_as_it_is_printed() -> None:
    for problem, answer, *form in (("d/dx sin(x^2)", "cos(x^2)"), ("d/dx -x^2", "-2*x^2", "--form", "expanded")):
        outcome = run(problem, answer, *form)
        assert outcome.exit_code == 1
        (more,) = [line for line in outcome.stdout.splitlines() if line.startswith("  more  ")]
        words = shlex.split(more)
        assert words[1:4] == ["tutor", "check", "--all"]
        everything = run(*words[3:])
        assert everything.exit_code == 1
        assert "what you did" in everything.stdout
        assert "tutor check" not in everything.stdout


def test_a_long_command_is_not_written_out() -> None:
    outcome = run("d/dx [sin(x^2)" + " + 0" * 60 + "]", "cos(x^2)")
    assert outcome.stdout.endswith("  more         the same with --all\n")


@pytest.mark.parametrize("answer", ["a$b", "x`y`", "x\\y", 'x"y', "x!y", "x'y", "2*x^2"])
def test_mathematics_in_quotes_reaches_a_command_unchanged(answer: str) -> None:
    assert shlex.split(in_quotes(answer)) == [answer]


@pytest.mark.parametrize(("problem", "answer", "status"), [
    ("d/dx -x^2", "-2x", 0), ("-x^2", "-2x", 0), ("d/dx x^2", "-2x", 1), ("d/dx x^2", "--2x", 0), ("-h*x", "-h", 0),
    ("d/dx -sin(x)", "-cos(x)", 0), ("-sin(x)", "- cos(x)", 0), ("d/dx x^2", "-(x+1)", 1), ("d/dx [-x]", "-1", 0),
])
def test_both_may_begin_with_a_minus_sign(problem: str, answer: str, status: int) -> None:
    assert run(problem, answer).exit_code == status


@pytest.mark.parametrize(("answer", "form", "status"), [
    ("2(x + 1)", "expanded", 1), ("2x + 2", "expanded", 0), ("2x + 2", "factored", 1), ("2(x + 1)", "factored", 0),
    ("x + x + 2", "simplified", 1), ("2x + 2", "exact", 0),
])
def test_a_form_can_be_asked_for(answer: str, form: str, status: int) -> None:
    assert run("d/dx [(x + 1)^2]", answer, "--form", form).exit_code == status
    assert run("--form=" + form, "d/dx [(x + 1)^2]", answer).exit_code == status


@pytest.mark.parametrize(("arguments", "message"), [
    ([], "Give a problem and an answer"),
    (["d/dx x^2"], "Give a problem and an answer"),
    (["d/dx", "x^2", "2x"], "Give a problem and an answer"),
    (["--jsn", "d/dx x^2", "2x"], "Did you mean --json"),
    (["--no-such-option", "d/dx x^2", "2x"], "There is no option --no-such-option."),
    (["d/dx x^2", "--lines", "no-such-file.txt"], "no-such-file.txt"),
    (["d/dx x^2", "2x", "--lines", "-"], "give only the problem"),
    (["d/dx x^2", "--form", "expanded", "--lines", "-"], "--form is for a single answer"),
    (["d/dx x^2", "2x", "--form", "factord"], "Did you mean factored?"),
])
def test_wrong_usage_is_bad_input(arguments: list[str], message: str) -> None:
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    assert message in " ".join(outcome.stderr.split())
    assert outcome.stdout == ""


@pytest.mark.parametrize("text", ["d/dx In(x) + sin", "", " ", "(" * 100_000, "1e9999999", "x\x00y", "x\x1b[2J", "漢字",
                                  "x \ud800", "x = \u202e y", "x" * 1_000_001, "...", "x; y"])
def test_what_cannot_be_read_is_said_without_control_characters(text: str) -> None:
    for outcome in (run(text, "2x"), run("d/dx x^2", text), run(text, "--lines", input="2x")):
        assert outcome.exit_code == 2
        assert outcome.stdout == ""
        assert outcome.stderr.strip()
        assert all(char.isprintable() for char in outcome.stderr.replace("\n", ""))


@pytest.mark.parametrize("arguments", [["In(x)", "2x"], ["d/dx x^2", "2x", "--form", "nice"]])
def test_json_of_what_is_refused(arguments: list[str]) -> None:
    outcome = run(*arguments, "--json")
    data = json.loads(outcome.stdout)
    assert outcome.exit_code == 2
    assert data["error"]
    assert data["place"] in ("the problem", "--form")


def test_an_unexpected_error_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(problem: str, answer: str, form: str = "") -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tutor.diagnose", broken)
    with pytest.raises(ZeroDivisionError):
        run("d/dx x^2", "2x")


# -- line by line -----------------------------------------------------------------------------------------------------

LINES = [
    ("cos(x^2)*d/dx [x^2]\n= cos(x^2)*2x\n", 0, ["expected", "expected"]),
    ("# homework\n\n  2x*cos(x^2)\r\n", 0, ["several_steps"]),
    ("cos(x^2)*d/dx [x^2]", 1, ["expected"]),
    ("cos(x^2)\n= cos(x^2)*1\n", 1, ["wrong", "follows_from_wrong"]),
    ("In(x)\n2x*cos(x^2)", 2, ["unreadable", "several_steps"]),
    ("x; y\ncos(x^2)", 1, ["unreadable", "wrong"]),
    ("1/0\n2x*cos(x^2)", 3, ["undecided", "several_steps"]),
]


@pytest.mark.parametrize(("text", "status", "outcomes"), LINES)
def test_lines_from_a_file_and_from_standard_input(tmp_path: Path, text: str, status: int, outcomes: list[str]) -> None:
    file = tmp_path / "homework.txt"
    file.write_text("\ufeff" + text, encoding="utf-8")
    problem = "d/dx sin(x^2)"
    from_file, from_input = run(problem, "--lines", str(file)), run(problem, "--lines", "-", input=text)
    assert (from_file.exit_code, from_input.exit_code) == (status, status)
    assert from_file.stdout == from_input.stdout
    data = json.loads(run(problem, "--json", "--lines", str(file)).stdout)
    assert [line["outcome"] for line in data["lines"]] == outcomes
    assert data["finished"] == (outcomes[-1] in ("expected", "several_steps") and "[x^2]" not in text[-6:])


def test_without_a_problem_the_first_line_is_it() -> None:
    outcome = run("--lines", input="d/dx x^2\n2x\n")
    assert outcome.exit_code == 0
    assert "Finished: the last line is the answer." in outcome.stdout


def test_all_that_is_known_of_a_line() -> None:
    short, long = run("d/dx sin(x^2)", "--lines", input="cos(x^2)"), run("d/dx sin(x^2)", "--lines", "--all",
                                                                          input="cos(x^2)")
    assert "what you did" not in short.stdout
    assert short.stdout.endswith("  more         the same with --all\n")
    assert "what you did" in long.stdout


@pytest.mark.parametrize(("data", "message"), [
    (b"", "There are no lines to check."), (b"\n# nothing\n", "There are no lines to check."),
    (b"2x \xff\n", "Byte 4 of this line is not UTF-8 text."), (b"0" * 5_000_000, "too long"),
])
def test_lines_that_are_no_text(data: bytes, message: str) -> None:
    outcome = run("d/dx x^2", "--lines", input=data)
    assert outcome.exit_code == 2
    assert message in outcome.stderr.replace("\n", " ").replace("  ", " ")


def test_too_many_lines() -> None:
    outcome = run("d/dx x^2", "--lines", input="2x\n" * 1_001)
    assert outcome.exit_code == 2
    assert "1,000 lines" in outcome.stderr


def test_an_absurd_line_does_not_end_the_judging() -> None:
    text = "\n".join(["+".join(["x"] * 50_000), "(" * 10_000, "x\x1b[2J", "9^9^9^9", "2x"])
    outcome = run("d/dx x^2", "--lines", input=text)
    assert outcome.exit_code == 2
    assert "Finished" in outcome.stdout
    assert all(char.isprintable() for char in outcome.stdout.replace("\n", ""))


# -- as a process -----------------------------------------------------------------------------------------------------


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tutor.cli.main", "check", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, env={**os.environ, **environment})


def test_a_pipe_gets_no_escape_codes_and_no_color_no_colours() -> None:
    for environment in ({}, {"NO_COLOR": "1"}):
        assert b"\x1b" not in process("d/dx sin(x^2)", "cos(x^2)", **environment).stdout
    forced = process("d/dx sin(x^2)", "cos(x^2)", NO_COLOR="1", FORCE_COLOR="1").stdout
    assert b"\x1b[1m" in forced
    assert b"38;5" not in forced
    assert b"\x1b[" in process("d/dx sin(x^2)", "cos(x^2)", FORCE_COLOR="1", NO_COLOR="").stdout


def test_a_stream_in_ascii() -> None:
    found = process("d/dx sqrt(theta)", "1/sqrt(theta)", PYTHONIOENCODING="ascii")
    assert found.returncode == 1
    assert found.stdout.isascii()
    assert b"Traceback" not in found.stderr
