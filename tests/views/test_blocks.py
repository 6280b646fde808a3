"""Blocks of a document on a page: lines below each other, and rows with labels."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from tutor.expression.parse import parse
from tutor.telling.document import Formula, Labelled, SimpleBlock, words
from tutor.views.blocks import show_blocks
from tutor.views.page import Page


def shown(blocks: Sequence[SimpleBlock], width: int = 60, *, terminal: bool = True, digits: int = 1) -> str:
    stream = io.StringIO()
    page = Page(Console(file=stream, width=width, color_system=None, force_terminal=terminal, _environ={}))
    show_blocks(page, "  ", blocks, digits)
    page.flush()
    return stream.getvalue()


def test_a_line_that_others_go_on_from_begins_where_they_do() -> None:
    lines = [Formula(parse("3x + x"), mark="9"), Formula(parse("4x"), continues=True, mark="10")]
    assert shown([words("Which?"), *lines], digits=2) == """\
  Which?
   9    3x + x
  10  = 4x
"""


def test_between_lines_that_are_higher_than_one_row_there_is_an_empty_one() -> None:
    lines = [Formula(parse("x/2 + 1")), Formula(parse("1 + x/2"), continues=True), Formula(parse("y"), continues=True)]
    assert shown([words("Look:"), *lines]) == """\
  Look:

    x
    ─ + 1
    2

        x
  = 1 + ─
        2

  = y
"""
    assert shown([words("Look:"), *lines], terminal=False) == """\
  Look:
    x/2 + 1
  = 1 + x/2
  = y
"""


def test_formulas_without_a_line_that_goes_on_begin_at_the_margin() -> None:
    assert shown([Formula(parse("x"), mark="a"), Formula(parse("y"), mark="b")]) == "  a  x\n  b  y\n"


@pytest.mark.parametrize(("width", "expected"), [
    (40, "  = cos(u)·d/dx [x²]   where u = x²\n"), (30, "  = cos(u)·d/dx [x²]\n    where u = x²\n"),
])
def test_what_a_letter_stands_for_is_beside_the_formula_if_there_is_room(width: int, expected: str) -> None:
    line = Formula(parse("cos(u)*d/dx [x^2]"), continues=True, where=parse("u = x^2"))
    assert shown([line], width, terminal=False) == expected


def test_a_formula_of_a_list_stays_on_one_line_and_goes_below_a_label_that_leaves_no_room() -> None:
    rows = [Labelled(label, Formula(parse("f/g = f*g^-1"), shape="line"), "")
            for label in ("Short", "A label that is much too long to stand beside it")]
    assert shown(rows) == """\
  Short        f/g = f·g⁻¹
  A label that is much too long to stand beside it
               f/g = f·g⁻¹
"""
    assert shown(rows[1:]) == """\
  A label that is much too long to stand beside it
    f/g = f·g⁻¹
"""
