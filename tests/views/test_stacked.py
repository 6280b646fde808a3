"""Mathematics in two dimensions, drawn cell by cell."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings

from tests.expression.test_write import problems
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, name
from tutor.expression.write import PRETTY, write
from tutor.views.signs import ASCII, UNICODE, Signs
from tutor.views.stacked import stacked

DRAWINGS = [
    ("d/dx [(x^2+1)/(x-3)]", """
        d  ⎡ x² + 1 ⎤
        ── ⎢ ────── ⎥
        dx ⎣ x − 3  ⎦
    """),
    ("(d/dx [x^2+1]*(x-3) - (x^2+1)*d/dx [x-3])/(x-3)^2", """
        d                                  d
        ── [x² + 1] · (x − 3) − (x² + 1) · ── [x − 3]
        dx                                 dx
        ─────────────────────────────────────────────
                          (x − 3)²
    """),
    ("e^(-x^2/2)/sqrt(2pi)", """
         −x²/2
        e
        ──────
        √(2π)
    """),
    ("sqrt((x+1)/(x-1))", """
         ┌─────
         │x + 1
         │─────
        ╲│x − 1
    """),
    ("((x+1)/(x-1))^2", """
        ⎛ x + 1 ⎞²
        ⎜ ───── ⎟
        ⎝ x − 1 ⎠
    """),
    ("int_0^1 x/(x^2+1) dx", """
        1
        ⌠   x
        ⎮ ────── dx
        ⌡ x² + 1
        0
    """),
    ("int_0^1 x^2 dx", """
        ∫₀¹ x² dx
    """),
    ("d/du [sin(u)] at (u = x^2) * d/dx [x^2]", """
        d          │         d
        ── [sin(u)]│       · ── [x²]
        du         │u = x²   dx
    """),
    ("1/(1 + 1/(1 + 1/x))", """
            1
        ─────────
              1
        1 + ─────
                1
            1 + ─
                x
    """),
    ("2/3*x^3", """
        2
        ─ x³
        3
    """),
    ("|x/(x+1)|", """
        │   x   │
        │ ───── │
        │ x + 1 │
    """),
    ("sigmoid(x/2)", """
         ⎛ x ⎞
        σ⎜ ─ ⎟
         ⎝ 2 ⎠
    """),
]


@pytest.mark.parametrize(("typed", "drawn"), DRAWINGS)
def test_it_is_drawn_as_on_paper(typed: str, drawn: str) -> None:
    rows = stacked(parse(typed), UNICODE).rows
    assert [row.rstrip() for row in rows] == dedent(drawn).strip("\n").rstrip().split("\n")


def test_plain_ascii_draws_with_what_it_has() -> None:
    drawn = stacked(parse("((x^2+1)/2)^k"), ASCII).rows
    assert [row.rstrip() for row in drawn] == ["           k", "/ x^2 + 1 \\", "| ------- |", "\\    2    /"]


@settings(max_examples=300, deadline=None)
@given(problems(["f", "g", "theta"]))
def test_blocks_are_rectangles_and_one_row_is_the_line_that_is_always_shown(root: Expression) -> None:
    signs: Signs
    for signs in (UNICODE, ASCII):
        block = stacked(root, signs)
        assert {len(row) for row in block.rows} == {block.width}
        assert 0 <= block.baseline < block.height
        if block.height == 1 and signs is UNICODE and "log(" not in str(root):
            assert block.rows[0] == write(root, PRETTY)


def test_what_changed_is_marked_where_it_stands() -> None:
    root = parse("x + 1/y")
    block = stacked(root, UNICODE, frozenset([name("y")]))
    assert [(row, block.rows[row][start:end]) for row, start, end in block.marks] == [(2, "y")]


def test_depth_is_no_matter() -> None:
    root = parse("sin(" * 3000 + "x" + ")" * 3000)
    assert stacked(root, UNICODE).height == 1
