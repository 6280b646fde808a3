"""Lines that touch a curve and rates that follow from equations, as they are told: transcripts at 80 columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tutor.cli.main import main

TRANSCRIPTS = Path(__file__).parent / "golden" / "equations.txt"


def transcripts() -> list[tuple[str, str]]:
    """Each problem with what is told of it."""
    told = TRANSCRIPTS.read_text(encoding="utf-8").split("$ ")[1:]
    return [(problem, shown) for problem, _, shown in (each.partition("\n") for each in told)]


@pytest.mark.parametrize(("problem", "shown"), transcripts(), ids=[problem for problem, _ in transcripts()])
def test_transcripts(problem: str, shown: str) -> None:
    result = CliRunner().invoke(main, ["explain", problem], env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert result.output.strip("\n") == shown.strip("\n")


@pytest.mark.parametrize(("problem", "answer", "status"), [
    ("tangent to x^2 at 3", "y - 9 = 6(x - 3)", 0), ("tangent to x^2 at 3", "y = 6x", 1),
    ("tangent to x^2 at 3", "y =", 2), ("x*y = 1; dy/dx", "-1/x^2", 0), ("x*y = 1; dy/dx", "y/x", 1),
])
def test_answers_have_their_exit_status(problem: str, answer: str, status: int) -> None:
    assert CliRunner().invoke(main, ["check", problem, answer]).exit_code == status


@pytest.mark.parametrize("problem", [
    "tangent to x^2 at 3", "x*y = 1; dy/dx", "tangent to x^2 + y^2 = 25 at (3, 4)", "x*y = 1; d^2y/dx^2",
    "newton step of x^2 - 2 at x = 1", "tangent plane to x^2 + y^2 at (1, 2)"])
def test_other_views(problem: str, tmp_path: Path) -> None:
    file = tmp_path / "solution.tex"
    assert CliRunner().invoke(main, ["explain", problem, "-o", str(file)]).exit_code == 0
    assert "boxed" in file.read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["explain", problem, "--json"]).exit_code == 0
    lines = CliRunner().invoke(main, ["check", problem, "--lines", "-"], input="= 3\n")
    assert "judged as one" in lines.stderr


def test_where_the_curve_has_no_height_this_is_said() -> None:
    told = CliRunner().invoke(main, ["explain", "linear approximation of sqrt(x) at 1 for x = -1"]).output
    assert "The curve has no height there: √(−1) has no real value." in told
