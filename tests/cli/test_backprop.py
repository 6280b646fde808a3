"""`tutor backprop`, as a person and as a program use it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tutor.cli.main import main

NEURON = "z = w*x + b; a = sigmoid(z); L = (a - y)^2"
PLACES = "w=0.5,x=2,b=-0.3,y=1"


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(main, ["backprop", *arguments], catch_exceptions=False, **options)


def test_at_letters() -> None:
    outcome = run(NEURON)
    assert outcome.exit_code == 0
    assert "dL/dz = dL/da·∂a/∂z" in outcome.stdout
    assert "= dL/da·a·(1 − a)" in outcome.stdout


def test_at_numbers() -> None:
    outcome = run(NEURON, "--at", PLACES)
    assert outcome.exit_code == 0
    for shown in ("z = w·x + b = 0.7", "a = σ(z) ≈ 0.6682", "= dL/da·a·(1 − a) ≈ −0.1471", "= dL/dz·x ≈ −0.2943",
                  "7 slopes, each checked"):
        assert shown in outcome.stdout


def test_in_ascii() -> None:
    outcome = run(NEURON, "--at", PLACES, "--ascii")
    assert outcome.stdout.isascii()
    assert "= dL/dz*x ~ -0.2943" in outcome.stdout
    assert "dL/dz*Dz/Dw" in outcome.stdout  # D looks at one line, d follows all
    assert "?" not in outcome.stdout


def test_a_comma_may_stand_between_lines() -> None:
    assert run("z = w*x, L = z^2", "--at", "w=1,x=2").stdout == run("z = w*x; L = z^2", "--at", "w=1,x=2").stdout


def test_as_json() -> None:
    data = json.loads(run(NEURON, "--at", PLACES, "--json").stdout)
    assert data["outcome"] == "checked"
    assert data["confirmed"] is True
    assert round(data["forward"]["L"], 4) == 0.1101
    assert {letter: round(slope, 4) for letter, slope in data["gradients"].items()} == {
        "L": 1, "a": -0.6636, "z": -0.1471, "w": -0.2943, "x": -0.0736, "b": -0.1471, "y": 0.6636}
    assert [step["rule"]["name"] for step in data["steps"] if step["number"]][:2] == ["starts_at_one", "along_one_line"]


def test_lines_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "network.txt"
    file.write_text("# a neuron\nz = w*x\n\nL = z^2\n", encoding="utf-8")
    outcome = run("--file", str(file))
    assert outcome.exit_code == 0
    assert "dL/dw = dL/dz·∂z/∂w" in outcome.stdout


def test_a_picture(tmp_path: Path) -> None:
    for format, ending, begins in (("svg", ".SVG", "<svg "), ("mermaid", ".mmd", "flowchart LR\n")):
        file = tmp_path / f"graph{ending}"
        printed = run(NEURON, "--at", PLACES, "--format", format)
        assert (printed.exit_code, printed.stdout.startswith(begins)) == (0, True)
        outcome = run(NEURON, "--at", PLACES, "-o", str(file))
        assert (outcome.exit_code, outcome.output) == (0, "")
        assert file.read_text(encoding="utf-8") == printed.stdout
    assert run(NEURON, "--format", "svg", "--ascii").stdout.isascii()


def test_a_picture_at_the_places_of_the_problem() -> None:
    assert ">12</text>" in run("z = w*x; L = z^2; dL/dz at w = 3, x = 2", "--format", "svg").stdout


def test_places_of_the_problem_and_of_the_option() -> None:
    assert "│ 2 │" in run("z = w*x; L = z; dL/dw at w = 1", "--at", "x=2").stdout


def test_a_file_for_another_format_is_refused(tmp_path: Path) -> None:
    for arguments, words in ((["--format", "svg", "-o", "graph.tex"], "for --format svg has to end in .svg."),
                             (["--format", "latex", "-o", "graph.svg"], "for --format latex has to end in .tex."),
                             (["--format", "text", "-o", "graph.svg"], "A file is LaTeX or a picture."),
                             (["-o", "graph.png"], "has to end in .tex, .svg or .mmd, for example graph.tex."),
                             (["--json", "-o", "graph.svg"], "Use --json or --output, not both."),
                             (["-o", str(tmp_path / "none" / "graph.svg")], "There is no folder")):
        outcome = run(NEURON, *arguments)
        assert outcome.exit_code == 2
        assert words in " ".join(outcome.stderr.split())


def test_what_cannot_be_read_is_said() -> None:
    for arguments, words in ((["x^2"], "This is not a graph."), (["L = z; z = x"], "before z is defined"),
                             ([NEURON, "--at", "w=1"], "There is no number for x, b, y"),
                             ([NEURON, "--at", f"{PLACES},q=1"], "q stands on none of the lines."),
                             ([NEURON, "--at", f"{PLACES},z=1"], "z has a line, which says what it is"),
                             (["L = 3"], "L uses no letter that could vary."),
                             (["z = x; L = z", "--at", "x=1e400"], "x = 1e400 has no real value that is small enough"),
                             (["z = ; L = z"], "missing"), ([], "Give the lines of a graph")):
        outcome = run(*arguments)
        assert outcome.exit_code == 2
        assert words in " ".join(outcome.stderr.split())


def test_transcript_at_numbers() -> None:
    golden = Path(__file__).parent / "golden" / "backprop.txt"
    outcome = run(NEURON, "--at", PLACES, env={"COLUMNS": "80", "NO_COLOR": "1"})
    text = f"$ tutor backprop {NEURON!r} --at {PLACES}\n\n{outcome.stdout}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_lists_at_numbers_stand_as_lists_in_the_order_of_the_lines() -> None:
    result = run("z_i = sum_j W_{ij}*x_j; L = c*sum_i z_i^2", "--at", "c = 2, x = (1, 2), W = ((1, 2), (3, 4))")
    assert result.output.startswith("  W = ((1, 2), (3, 4))\n  x = (1, 2)\n  c = 2\n")
    assert ("  │ dL/dW = ((20, 40), (44, 88)) │\n"
            "  │ dL/dx = (152, 216)           │\n"
            "  │ dL/dc = 146                  │\n") in result.output
