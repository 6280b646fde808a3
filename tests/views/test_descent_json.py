"""Gradient descent as data."""

from __future__ import annotations

import json

import pytest

from tests.telling.descents import run
from tutor.views.descent_json import comparison_as_data, descent_as_data


def test_one_letter() -> None:
    data = descent_as_data(run("(x-3)^2", "0", "0.9", 2))
    assert data["rows"] == [
        {"step": 0, "point": {"x": 0.0}, "value": 9.0, "slope": -6.0},
        {"step": 1, "point": {"x": 5.4}, "value": 5.76, "slope": 4.8},
        {"step": 2, "point": {"x": 1.08}, "value": 3.6864, "slope": -3.84}]
    assert (data["outcome"], data["ended_at"], data["checked"], data["left_out"]) == ("done", None, True, 0)
    assert (data["factor"], data["eigenvalues"], data["limit"]) == (-0.8, [2.0], 1.0)
    assert data["slopes"] == {"x": "2*x - 6"}
    assert "each step lands on the other side, closer" in data["sentence"]


def test_several_letters_have_a_slope_each() -> None:
    data = descent_as_data(run("x^2 + 10y^2", "x=1,y=1", "0.1", 1))
    assert data["rows"][1] == {"step": 1, "point": {"x": 0.8, "y": -1.0}, "value": 10.64,
                               "slope": {"x": 1.6, "y": -20.0}}
    assert (data["factor"], data["eigenvalues"], data["limit"]) == (None, [2.0, 20.0], 0.1)


@pytest.mark.parametrize(("loss", "start", "outcome", "step", "rows"), [
    ("|x|", "1", "no slope", 1, 2), ("1/x", "-1", "no value", 1, 2), ("x^200", "1000", "overflow", 0, 0)])
def test_what_ends_early(loss: str, start: str, outcome: str, step: int, rows: int) -> None:
    data = descent_as_data(run(loss, start, "1"))
    assert (data["outcome"], data["ended_at"], len(data["rows"])) == (outcome, step, rows)
    assert (data["factor"], data["eigenvalues"], data["limit"]) == (None, None, None)
    assert all(row["slope"] is None for row in data["rows"][1:])
    json.dumps(data, allow_nan=False)


def test_of_a_long_run_the_rows_between_are_counted() -> None:
    data = descent_as_data(run("ln(1 + e^(-x))", "0", "1", 10_001))
    assert data["left_out"] == 10_002 - 25
    assert data["rows"][-1]["step"] == 10_001
    assert descent_as_data(run("x^2", "1", "1", 10_000))["left_out"] == 0


def test_a_comparison_has_the_ends_of_each_run() -> None:
    data = comparison_as_data([run("(x-3)^2", "0", rate, 5) for rate in ("0.1", "1")])
    assert [each["rate"] for each in data["runs"]] == [0.1, 1.0]
    assert [[row["step"] for row in each["rows"]] for each in data["runs"]] == [[0, 5], [0, 5]]
    assert data["runs"][1]["left_out"] == 4
