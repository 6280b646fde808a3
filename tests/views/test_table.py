"""Tables on a page: aligned, with the columns that there is room for, and never wider than the page."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from tutor.expression.parse import parse
from tutor.expression.text import Text
from tutor.telling.document import Column, Document, Table, plain
from tutor.views.blocks import show_blocks
from tutor.views.markdown_document import markdown_of
from tutor.views.page import Page

NUMBERS = Table(
    (Column(plain("step")), Column(Text.of(parse("x_1"))), Column(plain("slope"), spare=1),
     Column(plain("change"), spare=2)),
    ((plain("0"), Text.of(parse("-5.4")), Text.of(parse("2*10^-16")), plain("")), (),
     (plain("1,000"), Text.of(parse("12.25")), plain("none"), Text.of(parse("2/3")))))

WORDY = Table((Column(plain("rate")), Column(plain("what happened"), "words")),
              ((plain("0.1"), plain("it comes closer and closer and closer")), (plain("11"), plain(""))))


def shown(table: Table, width: int = 60, *, ascii: bool = False) -> str:
    stream = io.StringIO()
    page = Page(Console(file=stream, width=width, color_system=None, _environ={}), ascii=ascii)
    show_blocks(page, "  ", [table])
    page.flush()
    return stream.getvalue()


def test_decimal_points_are_below_each_other() -> None:
    assert shown(NUMBERS) == """\
   step       x₁      slope    change
      0    −5.4     2·10⁻¹⁶
      …
  1,000    12.25       none       2/3
"""


def test_a_power_of_ten_without_decimals_stands_below_those_with_some() -> None:
    numbers = ["4.8*10^15", "2*10^16", "115.6", "7"]
    table = Table((Column(plain("loss")),), tuple((Text.of(parse(each)),) for each in numbers))
    assert shown(table) == """\
        loss
    4.8·10¹⁵
    2·10¹⁶
  115.6
    7
"""


def test_columns_are_left_out_where_there_is_no_room() -> None:
    assert shown(NUMBERS, 28) == """\
   step       x₁      slope
      0    −5.4     2·10⁻¹⁶
      …
  1,000    12.25       none
  A wider window also shows:
  change.
"""
    assert "slope" not in shown(NUMBERS, 22).partition("wider")[0]


def test_rows_are_lists_where_there_is_no_room_at_all() -> None:
    wide = Table((Column(plain("step")), Column(plain("a long title")), Column(plain("another"))),
                 ((plain("0"), plain("1"), plain("2")), (), (plain("9"), plain("8"), plain(""))))
    assert shown(wide, 24) == """\
  step 0
  a long title 1
  another 2
  …
  step 9
  a long title 8
"""


def test_words_stand_beside_the_numbers_or_below_them() -> None:
    assert shown(WORDY, 40) == """\
  rate  what happened
   0.1  it comes closer and closer and
        closer
  11
"""
    assert shown(WORDY, 30) == """\
  rate
   0.1
        it comes closer and
        closer and closer
  11
"""


def test_plain_ascii() -> None:
    text = shown(NUMBERS, ascii=True)
    assert text.isascii()
    assert "2*10^-16" in text
    assert "\n    ...\n" in text


@pytest.mark.parametrize("width", range(20, 70, 7))
def test_no_row_is_wider_than_the_page(width: int) -> None:
    for table in (NUMBERS, WORDY):
        assert max(map(len, shown(table, width).split("\n"))) <= width


def test_markdown() -> None:
    assert markdown_of(Document(((NUMBERS,),))) == """\
| step | $x_{1}$ | slope | change |
| ---: | ---: | ---: | ---: |
| 0 | $-5.4$ | $2 \\cdot 10^{-16}$ |  |
| … |  |  |  |
| 1,000 | $12.25$ | none | $\\frac{2}{3}$ |
"""
