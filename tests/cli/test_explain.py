"""`tutor explain`, as a person and as a program use it."""

import dataclasses
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import pytest
from click.testing import CliRunner, Result

import tutor
from tests.narrowed import not_none
from tutor.cli.main import main
from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Block
from tutor.expression.tree import Expression
from tutor.oracle.verdict import Check


def run(*arguments: str, **options: Any) -> Result:
    """The outcome of a command, any exception but an exit being a failure of the test."""
    return CliRunner().invoke(main, ["explain", *arguments], catch_exceptions=False, **options)


def process(*arguments: str | bytes, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tutor.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, **options)


def test_a_derivation() -> None:
    outcome = run("d/dx x^2*sin(x)")
    assert outcome.exit_code == 0
    assert "Product rule" in outcome.stdout
    assert "3 steps, each checked" in outcome.stdout
    assert outcome.stderr == ""


def test_an_integral_that_is_not_found_is_reported_with_what_was_tried() -> None:
    refused = run("int_0^1 e^(x^2) dx")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("  No antiderivative of e^x^2 was found. It has been proved")
    assert "\n  - Numbers alone give about 1.46265 for int_0^1 e^x^2 dx.\n" in refused.stderr
    report = json.loads(run("int_0^1 e^(x^2) dx", "--json").stdout)["report"]
    assert "Numbers alone give about 1.46265 for int_0^1 e^x^2 dx." in report


def test_sympy_is_asked_only_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(problem: Expression) -> str:
        asked.append(str(problem))
        return "The answer of another program."

    monkeypatch.setattr("tutor.derivation.without_steps.answer_without_steps", answer)
    assert "another program" not in run("int x^x dx").stderr
    assert "another program" not in run("int x dx", "--without-steps").output
    assert not asked
    assert run("int x^x dx", "--without-steps").stderr.endswith("  - The answer of another program.\n")
    assert asked == ["int x^x dx"]


def test_options() -> None:
    assert "‾" in run("d/dx x^2*sin(x)", "--view", "lines").stdout
    assert "n = 2" not in run("d/dx x^2", "--detail", "brief").stdout
    assert "both sides agree" in run("d/dx x^2", "--detail=full").stdout
    assert "Quotient rule" in run("d/dx tan(x)", "--method", "tangent_as_quotient").stdout


@pytest.mark.parametrize(("problem", "sentence"), [
    ("d/dx [ln(x)] at x = -1", "ln(x) has no real value at x = −1"),
    ("d/dx [|x|] at x = 0", "|x| has slope −1 on the left of 0 and 1 on the right"),
    ("d/dx [1/x] at x = 0", "1/x has no value at x = 0"),
    ("1/(d/dx [x^2] at (x = 0))", "has no value"),
])
@pytest.mark.parametrize("options", [(), ("--view", "lines"), ("--detail", "full"), ("--detail", "brief")])
def test_no_derivative_at_the_point(problem: str, sentence: str, options: tuple[str, ...]) -> None:
    outcome = run(problem, *options, env={"COLUMNS": "120"})
    assert outcome.exit_code == 0
    assert "│ no derivative here │" in outcome.stdout
    assert sentence in outcome.stdout
    assert "checked" in outcome.stdout
    assert not any(wrong in outcome.stdout for wrong in ("1/0", "0/0", "sign(0)"))


def test_no_derivative_at_the_point_as_json() -> None:
    outcome = run("d/dx [|x|] at x = 0", "--json")
    data = json.loads(outcome.stdout)
    assert (outcome.exit_code, data["outcome"], data["result"]) == (0, "checked", None)
    assert data["undefined"] == "abs(x) has slope -1 on the left of 0 and 1 on the right"
    assert data["blocks"][0]["result"] is None
    assert json.loads(run("d/dx [x^2] at x = 1", "--json").stdout)["undefined"] == ""


def test_an_undecided_point_says_so() -> None:
    outcome = run("d/dx [f(x)*|x|] at x = 0")
    assert outcome.exit_code == 3
    assert "│ not decided │   nothing is known about f there" in outcome.stdout


@pytest.mark.parametrize("problem", ["-x^2", "-5*x", "--x", "-sin(x)", "-(x + 1)", "-vw*x", "-h*x"])
def test_a_problem_may_start_with_a_minus_sign(problem: str) -> None:
    outcome = run(problem)
    assert outcome.exit_code == 0
    assert "d/dx [−" in outcome.stdout


@pytest.mark.parametrize(("arguments", "message"), [
    (["--vew", "tree", "x"], "Did you mean --view"),
    (["--no-such-option", "x"], "There is no option --no-such-option."),
    (["x^2", "x^3"], "in quotes"),
    (["--view", "upside-down", "x"], "upside-down"),
    (["--file", "no-such-file.txt"], "no-such-file.txt"),
])
def test_wrong_usage_is_bad_input(arguments: list[str], message: str) -> None:
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    assert message in outcome.stderr
    assert outcome.stdout == ""


@pytest.mark.parametrize("problem", ["d/dx In(x) + sin", "", " ", "d/dx", "d/d3", "(" * 100_000, "1e9999999", "x\x00y",
                                     "x\x1b[2J", "x \ud800", "x^2 = 2", "x" * 1_000_001, "漢字", "x = \u202e y"])
def test_what_cannot_be_read(problem: str) -> None:
    outcome = run(problem)
    assert outcome.exit_code == 2
    assert outcome.stdout == ""
    assert outcome.stderr.strip()
    assert "Traceback" not in outcome.stderr
    assert all(char.isprintable() for char in outcome.stderr.replace("\n", ""))


def test_an_unknown_method() -> None:
    outcome = run("d/dx x^2", "--method", "magic")
    assert outcome.exit_code == 2
    assert "There is no method magic." in outcome.stderr


# -- exit statuses ----------------------------------------------------------------------------------------------------


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems 1*x, 2*x, 3*x, ... are answered by derivations with the outcome that is named for them."""
    real = tutor.explain
    of_problem: dict[str, Literal["refuted", "undecided"]] = {"refuted*x": "refuted", "undecided*x": "undecided"}

    def pretend(problem: str, method: str = "") -> Derivation:
        derivation = real("d/dx x^2", method)
        outcome = of_problem.get(problem)
        if outcome:
            check = Check(outcome, 1, 0.5, {"x": 1.0}, 2.0, 3.0, reason="a reason" if outcome == "undecided" else "")
            step = dataclasses.replace(derivation.steps[0], compare=lambda step: check)
            derivation = real("d/dx x^2", method)
            derivation.__dict__["block"] = Block(derivation.problem, (step,), derivation.result)
        return derivation if problem != "bad" else real("In(x)")

    monkeypatch.setattr(tutor, "explain", pretend)


@pytest.mark.parametrize(("problems", "status"), [
    (["good"], 0), (["refuted*x"], 1), (["bad"], 2), (["undecided*x"], 3),
    (["undecided*x", "good"], 3), (["undecided*x", "bad", "good"], 2), (["bad", "refuted*x", "undecided*x"], 1),
])
def test_the_exit_status_is_the_worst(outcomes: None, problems: list[str], status: int) -> None:
    for options in ([], ["--json"]):
        assert run(*options, input="\n".join(problems)).exit_code == status
        if len(problems) == 1:
            assert run(problems[0], *options).exit_code == status


def test_an_unexpected_error_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(problem: str, method: str = "") -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tutor, "explain", broken)
    with pytest.raises(ZeroDivisionError):
        run("x")


# -- many problems ----------------------------------------------------------------------------------------------------

MANY = "# homework\n\nd/dx x^2\n   \nIn(x)\n  d/dx sin(x)  \r\n"


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_problems_from_standard_input(arguments: list[str]) -> None:
    outcome = run(*arguments, input=MANY)
    assert outcome.exit_code == 2
    assert "= 2x" in outcome.stdout
    assert "= cos(x)" in outcome.stdout
    assert "line 5:\n  In(x)\n  ‾‾\n" in outcome.stderr


def test_problems_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "homework.txt"
    file.write_text("\ufeffd/dx x^2\nd/dx sin(x)", encoding="utf-8")
    outcome = run("--file", str(file))
    assert outcome.exit_code == 0
    assert outcome.stdout.count("each checked") + outcome.stdout.count("step, checked") == 2


def test_a_file_that_is_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("homework.txt")
    file.write_bytes(b"d/dx x^2\nx \xff\xfe\nx\x00y\n\xed\xa0\x80\nd/dx sin(x)\n")
    outcome = run("--file", str(file))
    assert outcome.exit_code == 2
    assert "homework.txt, line 2:" in outcome.stderr
    assert "Byte 3 of this line is not UTF-8 text." in outcome.stderr
    assert outcome.stderr.count("not UTF-8") == 2
    assert "= cos(x)" in outcome.stdout


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n"])
def test_no_problem_at_all(text: str) -> None:
    outcome = run(input=text)
    assert outcome.exit_code == 2
    assert "There are no problems to explain." in outcome.stderr


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "zeros"
    file.write_bytes(b"0" * 10_000_000)
    outcome = run("--file", str(file))
    assert outcome.exit_code == 2
    assert "too long" in outcome.stderr


# -- json -------------------------------------------------------------------------------------------------------------


def test_one_json_document() -> None:
    outcome = run("d/dx x^2*sin(x)", "--json")
    data = json.loads(outcome.stdout)
    assert outcome.exit_code == 0
    assert tutor.parse(data["result"]) is tutor.explain("d/dx x^2*sin(x)").result
    assert outcome.stdout.isascii()


def test_many_json_documents() -> None:
    outcome = run("--json", input=MANY)
    documents = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert outcome.exit_code == 2
    assert [document.get("result") for document in documents] == ["2*x", None, "cos(x)"]
    assert documents[1]["place"] == "line 5"
    assert documents[1]["problems"][0]["start"] == 0
    assert outcome.stderr == ""


def test_json_of_unreadable_bytes() -> None:
    outcome = run("--json", "x \udcff")
    assert json.loads(outcome.stdout)["problems"]
    assert outcome.exit_code == 2


# -- as a process -----------------------------------------------------------------------------------------------------


def test_a_pipe_gets_no_escape_codes_and_no_color_no_colours() -> None:
    for extra in ({}, {"NO_COLOR": "1"}):
        found = process("explain", "d/dx x^2*sin(x^2)", "--view", "lines", env={**os.environ, **extra})
        assert found.returncode == 0
        assert b"\x1b" not in found.stdout
    forced = {**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "1"}
    found = process("explain", "d/dx x^2/(x+1)", "--view", "lines", env=forced)
    assert set(re.findall(rb"\x1b\[([0-9;]*)m", found.stdout)) == {b"0", b"1", b"1;4"}  # bold, and what changed
    found = process("explain", "d/dx x^2", env={**os.environ, "FORCE_COLOR": "1", "NO_COLOR": ""})
    assert b"\x1b[" in found.stdout


def test_a_stream_in_ascii() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    found = process("explain", "d/dx theta*sqrt(theta)", "--detail", "full", env=environment)
    assert found.returncode == 0
    assert found.stdout.isascii()
    found = process("explain", "d/dx In(x²)", env=environment)
    assert found.returncode == 2
    assert b"^^" in found.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals and bytes of a command line are of POSIX")
class TestPosix:
    def test_bytes_that_are_no_text(self) -> None:
        found = process("explain", b"x \xff")
        assert found.returncode == 2
        assert b"Traceback" not in found.stderr

    def test_a_reader_who_goes_away(self) -> None:
        with started("explain") as running:
            not_none(running.stdout).close()
            _, errors = running.communicate(b"d/dx x^2\n" * 50, timeout=60)
        assert errors == b""
        assert running.returncode == 141

    def test_stopping(self) -> None:
        with started("explain") as running:
            typed = not_none(running.stdin)
            typed.write(b"d/dx x^2\n")
            typed.flush()
            assert any(b"checked" in line for line in not_none(running.stdout))  # now it waits for another problem
            running.send_signal(signal.SIGINT)
            _, errors = running.communicate(timeout=60)
        assert errors == b"Stopped.\n"
        assert running.returncode == 130


def started(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tutor.cli.main", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
