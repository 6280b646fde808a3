"""Documents on the screen, as LaTeX on standard output, and in a file of LaTeX."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tutor.cli.main import main


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(main, [*arguments], catch_exceptions=False, **options)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_fragment_on_standard_output() -> None:
    outcome = run("d/dx x^2", "--format", "latex")
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("{\\raggedright")
    assert "\\boxed{\\displaystyle 2x}" in outcome.stdout
    assert "documentclass" not in outcome.stdout
    assert run("d/dx x^2", "--format", "text").stdout == run("d/dx x^2").stdout


def test_a_document_in_a_file_which_replaces_an_older_one(tmp_path: Path) -> None:
    for problem in ("d/dx x^2", "d/dx x^3"):
        outcome = run("explain", problem, "-o", "derivation.tex")
        assert (outcome.exit_code, outcome.output) == (0, "")
    written = (tmp_path / "derivation.tex").read_text(encoding="utf-8")
    assert written.startswith("\\documentclass")
    assert written.endswith("\\end{document}\n")
    assert "3x^{2}" in written
    assert "2x}" not in written


def test_several_problems_and_one_that_cannot_be_read(tmp_path: Path) -> None:
    problems = "d/dx x^2\nd/dx sin(\nd/dx x^3\n"
    outcome = run("explain", "-", "--output=all.TEX", input=problems)
    assert outcome.exit_code == 2
    assert outcome.stdout == ""
    assert "never closed" in outcome.stderr
    written = (tmp_path / "all.TEX").read_text(encoding="utf-8")
    assert written.count("\\boxed") == 2
    assert written.count("\\documentclass") == 1
    fragments = run("explain", "-", "--format", "latex", input=problems)
    assert fragments.exit_code == 2
    assert fragments.stdout.count("\\boxed") == 2
    assert fragments.stdout.count("\\hrule") == 1


def test_no_file_is_written_where_there_is_nothing_to_write(tmp_path: Path) -> None:
    outcome = run("explain", "d/dx sin(", "-o", "nothing.tex")
    assert outcome.exit_code == 2
    assert "never closed" in outcome.stderr
    assert not (tmp_path / "nothing.tex").exists()


@pytest.mark.parametrize("problem", ["-cos(x)", "-o*x", "-ox", "-2o"])
def test_a_problem_that_begins_with_a_minus_sign_is_no_option(problem: str) -> None:
    assert "\\boxed" in run("explain", problem, "--format", "latex").stdout
    assert "\\boxed" in run("explain", "--format", "latex", "--", problem).stdout


def test_a_method_is_no_advice_on_paper() -> None:
    assert "--method" in run("d/dx tan(x)").stdout
    assert "method" not in run("d/dx tan(x)", "--format", "latex").stdout


@pytest.mark.parametrize(("options", "message"), [
    (["-o", "a.pdf"], "Only LaTeX can be written. For a PDF, use --output a.tex, then pdflatex a.tex."),
    (["-o", "a.txt"], "The name of the file has to end in .tex, for example a.tex."),
    (["-o", "a"], "for example a.tex."),
    (["-o", ""], "for example derivation.tex."),
    (["-o", ".tex"], "for example derivation.tex."),
    (["-o", "no-such-folder/a.tex"], "There is no folder no-such-folder. Make it first, or choose another one."),
    (["-o", "folder.tex"], "folder.tex is a folder. Name a file to write."),
    (["-o", "a.tex", "--format", "text"], "A file is written in LaTeX. Leave out --format text"),
    (["-o", "a.tex", "--json"], "Use --json or --output, not both."),
    (["--format", "latex", "--json"], "Use --json or --format, not both."),
    (["--format", "pdf"], "'pdf' is not one of 'text', 'latex'"),
    (["-o", "x" * 300 + ".tex"], "cannot be written: File name too long."),
])
def test_what_cannot_be_written(tmp_path: Path, options: list[str], message: str) -> None:
    (tmp_path / "folder.tex").mkdir()
    outcome = run("explain", "d/dx x^2", *options)
    assert outcome.exit_code == 2
    assert message in " ".join(outcome.stderr.split())
    assert outcome.stdout == ""
    assert [file.name for file in tmp_path.iterdir()] == ["folder.tex"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_folder_in_which_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    outcome = run("explain", "d/dx x^2", "-o", "closed/a.tex")
    assert outcome.exit_code == 2
    assert "closed/a.tex cannot be written: Permission denied." in " ".join(outcome.stderr.split())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "full.tex").symlink_to("/dev/full")
    outcome = run("explain", "d/dx x^2", "-o", "full.tex")
    assert outcome.exit_code == 2
    assert "full.tex cannot be written: No space left on device." in " ".join(outcome.stderr.split())


def test_a_judgement_in_latex() -> None:
    outcome = run("check", "d/dx sin(x^2)", "cos(x^2)", "--format", "latex")
    assert outcome.exit_code == 1
    assert "The inner derivative is missing." in outcome.stdout
    assert "\\frac{d}{dx}[\\sin(x^{2})]" in outcome.stdout  # the problem, which nothing else says on paper
    assert "tutor check" not in outcome.stdout
    unread = run("check", "d/dx sin(x^2)", "cos(", "--format", "latex")
    assert (unread.exit_code, unread.stdout) == (2, "")


def test_lines_that_were_judged_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("2x*sin(x) - x^2*cos(x)\n", encoding="utf-8")
    outcome = run("check", "d/dx x^2*sin(x)", "--lines", "lines.txt", "-o", "lines.tex")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert "It goes wrong at line 1." in (tmp_path / "lines.tex").read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "part"), [
    (["product"], "Product rule"), (["tan"], "Derivative of tangent"), ([], "Sign rule"),
])
def test_rules_in_latex(words: list[str], part: str) -> None:
    outcome = run("rules", *words, "--format", "latex")
    assert outcome.exit_code == 0
    assert part in outcome.stdout
    assert "tutor rules" not in outcome.stdout


@pytest.mark.parametrize("option", ["--check", "--names"])
def test_what_is_only_text(option: str) -> None:
    outcome = run("rules", "chain", option, "--format", "latex")
    assert outcome.exit_code == 2
    assert "Leave out --format and --output." in " ".join(outcome.stderr.split())
