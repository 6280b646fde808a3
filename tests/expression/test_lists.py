"""The sizes of lists: what a sum says, or letters that stand for nothing else."""

from __future__ import annotations

import pytest

from tutor.expression.lists import free_indices, letters_that_vary, shapes
from tutor.expression.parse import parse, read
from tutor.expression.tree import name


@pytest.mark.parametrize(("typed", "sizes"), [
    ("sum_i x_i", "x: n"), ("sum_{i=1}^{N} x_i", "x: N"), ("sum_i w_i*x_i", "w: n, x: n"),
    ("sum_i x_i + sum_j y_j", "x: n, y: m"), ("n + sum_i x_i", "x: n"), ("m*n*sum_i sum_j W_{ij}", "W: n×p"),
    ("z_i = sum_j W_{ij}*x_j + b_i; p_i = e^z_i/sum_j e^z_j", "z: n, W: n×m, x: m, b: n, p: n"),
    ("sum_{i=1}^{5} x_i*y_i", "x: 5, y: 5"), ("sum_{i=1}^{k - 1} x_i", "x: n"),
    ("sum_i x_i*delta_{ik}*y_k", "x: n, y: n"), ("sum_{i,j,k} A_{ij}*B_{jk}", "A: n×m, B: m×p"),
    ("d/dx_k [sum_i x_i]", "x: n"), ("sum_i x_i*sum_i W_{i,2}", "x: n, W: m×p"),
])
def test_shapes(typed: str, sizes: str) -> None:
    found = shapes(parse(typed))
    assert ", ".join(f"{letter}: {'×'.join(map(str, each))}" for letter, each in found.items()) == sizes


@pytest.mark.parametrize(("typed", "sizes"), [
    ("z_i = sum_j W_{ij}*v_j; L = 1/n*sum_i z_i^2", "z: n, W: n×m, v: m"),
    ("z_i = sum_j W_{ij}*v_j; L = -1/n*(sum_i z_i)", "z: n, W: n×m, v: m"),
    ("z_i = sum_j W_{ij}*v_j; L = sum_i z_i^2/n", "z: n, W: n×m, v: m"),
    ("z_i = sum_j W_{ij}*v_j; L = (sum_i z_i^2 + sum_j v_j^2)/(2*N)", "z: N, W: N×n, v: n"),
    ("c/(2*n)*sum_j v_j^2 + 1/n*sum_i (sum_j W_{ij}*v_j)^2", "v: m, W: n×m"),  # that of the mean comes first
    ("sum_i 1/n*(sum_j W_{ij}*v_j)^2", "W: n×m, v: m"),
    ("z_i = sum_j W_{ij}*v_j; s = sum_i z_i; c = s/n", "z: n, W: n×m, v: m"),
    ("z_i = sum_j W_{ij}*v_j; c = sum_i z_i; L = n + c", "z: m, W: m×p, v: p"),  # beside no sum, n is any number
])
def test_n_counts_what_the_sum_beside_it_adds_up(typed: str, sizes: str) -> None:
    found = shapes(parse(typed))
    assert ", ".join(f"{letter}: {'×'.join(map(str, each))}" for letter, each in found.items()) == sizes


def test_sizes_that_are_known_from_elsewhere() -> None:
    reading = read("sum_i x_i", lists={"x": (name("N"),)})
    assert str(reading.expression) == "sum_{i=1}^{N} x_i"
    assert not reading.notes


@pytest.mark.parametrize(("typed", "notes"), [
    ("sum_j W_{ij}*x_j", ["sum_j runs from 1 to m, the number of parts of x."]),
    ("sum_i sum_j W_{ij}", ["sum_i runs from 1 to n, the number of rows of W.",
                            "sum_j runs from 1 to m, the number of columns of W."]),
    ("sum_{i=1}^{n} x_i*sum_j x_j", []),
    ("sum_i sum_j A_{ij}*x_i*x_j", ["sum_i and sum_j run from 1 to n, the number of parts of x."]),
    ("sum_i sum_j sum_k A_{ij}*A_{jk}", ["sum_i, sum_j and sum_k run from 1 to n, the number of rows of A."]),
    ("sum_i x_i + sum_i y_i", ["sum_i runs from 1 to n, the number of parts of x.",
                               "sum_i runs from 1 to m, the number of parts of y."]),
])
def test_notes_say_how_far_a_sum_runs(typed: str, notes: list[str]) -> None:
    assert [note.message for note in read(typed).notes] == notes


def test_free_letters() -> None:
    loss = parse("1/n*sum_{i=1}^{n} (w*x_i + b - y_i)^2 + delta_{ik}*c_k")
    assert free_indices([loss]) == {"i", "k"}
    assert letters_that_vary(loss) == ["b", "w"]
