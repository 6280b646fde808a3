"""`tutor backprop`, as a person and as a program use it."""

from __future__ import annotations

import json
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
    assert "= a·(1 − a)·dL/da" in outcome.stdout


def test_at_numbers() -> None:
    outcome = run(NEURON, "--at", PLACES)
    assert outcome.exit_code == 0
    for shown in ("z = w·x + b = 0.7", "a = σ(z) ≈ 0.6682", "= a·(1 − a)·dL/da ≈ −0.1471", "= x·dL/dz ≈ −0.2943"):
        assert shown in outcome.stdout


def test_in_ascii() -> None:
    outcome = run(NEURON, "--at", PLACES, "--ascii")
    assert outcome.stdout.isascii()
    assert "= x*dL/dz ~ -0.2943" in outcome.stdout


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


def test_what_cannot_be_read_is_said() -> None:
    for arguments, words in ((["x^2"], "This is not a graph."), (["L = z; z = x"], "before z is defined"),
                             ([NEURON, "--at", "w=1"], "There is no number for x, b, y"),
                             (["z = ; L = z"], "missing"), ([], "Give the lines of a graph")):
        outcome = run(*arguments)
        assert outcome.exit_code == 2
        assert words in " ".join(outcome.stderr.split())
