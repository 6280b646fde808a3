"""What a lesson gives, in the terminal."""

from __future__ import annotations

import io

from rich.console import Console

import tutor
from tutor.views.lesson import show_given_lines
from tutor.views.page import Page


def given(*lines: str, width: int = 60, beside: str = "") -> str:
    file = io.StringIO()
    page = Page(Console(file=file, width=width, force_terminal=True, color_system=None))
    where = tutor.parse(beside) if beside else None
    show_given_lines(page, "    ", [(tutor.parse(line), where) for line in lines])
    page.flush()
    return file.getvalue()


def test_lines_that_are_high_do_not_touch() -> None:
    assert given("a/b", "x/(x + 1)", "x + 1", "x/2 + 1/x", "y") == """\
      a
      ─
      b

        x
    = ─────
      x + 1
    = x + 1
      x   1
    = ─ + ─
      2   x
    = y
"""


def test_what_a_letter_stands_for_is_said_once_beside_the_first_line_if_there_is_room() -> None:
    assert given("cos(u)*2x", "2x*cos(u)", beside="u = x^2") == """\
      cos(u)·2x   where u = x²
    = 2x·cos(u)
"""
    assert given("cos(u)*2x", beside="u = x^2", width=26) == "      cos(u)·2x\n      where u = x²\n"
