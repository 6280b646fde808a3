"""An author's words on the screen."""

from __future__ import annotations

import io
from typing import Literal

import pytest
from rich.console import Console

from tutor.lesson.course import load_course
from tutor.lesson.schema import Lesson
from tutor.lesson.texts import text_of
from tutor.views.author_text import in_one_line, show_markdown
from tutor.views.page import Page


def shown(words: str, width: int = 60, encoding: str = "utf-8",
          color: Literal["standard", "truecolor"] | None = None, *,
          terminal: bool = False, flat: bool = False, ascii: bool = False) -> str:
    raw = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(file=raw, width=width, color_system=color, force_terminal=terminal or bool(color), _environ={})
    page = Page(console, flat=flat, ascii=ascii)
    show_markdown(page, text_of(words), "  ")
    page.flush()
    raw.seek(0)
    return raw.read()


def test_paragraphs_lists_and_headings() -> None:
    assert shown("One\nparagraph, **strong** and *soft*.\n\n## A heading\n\n- one\n- $x^2$\n\n1. first") == """\
  One paragraph, strong and soft.

  A heading

   • one
   • x²

   1 first
"""


def test_a_table() -> None:
    assert shown("Values:\n\n| step | $w$ |\n| --- | --- |\n| $1$ | $-8$ |\n\nDone.") == """\
  Values:

   step  w
   ────────
   1     −8

  Done.
"""


def test_what_stands_in_a_formula_is_no_markdown() -> None:
    assert shown("So $2*x*y$ and $|x|$, and $a_1*b_1$.") == "  So 2x·y and |x|, and a₁·b₁.\n"
    assert "|x|" in shown("| f | slope |\n| --- | --- |\n| $abs(x)$ | $sign(x)$ |")


def test_short_formulas_are_not_broken() -> None:
    for width in range(24, 60):
        text = shown("Some words that come before $d/dx [sin(x)] = cos(x)$ and after.", width)
        assert "d/dx [sin(x)] = cos(x)" in text or width < 26


@pytest.mark.parametrize("words", [
    "a <b>tag</b> & <script>alert(1)</script>", "[red]no markup[/red]", "an escape \\x1b[31m", "{0} {x.real!r}",
    "<!-- a comment -->", "x < y and y > z",
])
def test_whatever_else_looks_like_markup_is_text(words: str) -> None:
    assert "".join(shown(words, 80).split()) == "".join(words.split())


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x9b31m", "\u202e", "\x00", "\x07"])
def test_no_control_sign_reaches_the_screen(sign: str) -> None:
    assert sign[0] not in shown(f"before {sign} after $x^2$")


def test_links_are_told_and_not_hidden() -> None:
    text = shown("[the page](http://example.org/x)", color="truecolor")
    assert "\x1b]8" not in text
    assert "http://example.org/x" in text


def test_ascii() -> None:
    words = "- $x^2$\n\n> it’s quoted\n\n| a | b |\n| --- | --- |\n| $3x$ | — |"
    assert shown(words, ascii=True) == """\
   * x^2

  | it's quoted

   a    b
   ------
   3*x  -
"""
    text = shown(words, encoding="ascii")
    assert text.isascii()
    assert "?" not in text


@pytest.mark.parametrize("width", [24, 40, 100])
def test_nothing_is_wider_than_the_page(width: int) -> None:
    words = ("Long words and $a*x^2 + b*x + c$ here.\n\n- a list that goes on and on and on and on\n\n"
             "| a | b |\n| - | - |\n| c | d |")
    assert max(map(len, shown(words, width).splitlines())) <= width


def test_in_one_line() -> None:
    page = Page(Console(file=io.StringIO(), width=20))
    assert in_one_line(page, text_of("That is **the rise**,\nof $8$.")) == "That is the rise, of 8."


def test_nothing() -> None:
    assert shown("") == ""


def test_a_picture_is_told_by_its_alternative_text() -> None:
    assert shown('See ![the curve $y = x^2$ and *one* tangent](curve.png "Curve"), and ![](no-words.png).') == (
        "  See [picture: the curve y = x² and one tangent], and\n  [picture].\n")
    assert in_one_line(Page(Console(width=60)), text_of("![a cat](cat.png)")) == "[picture: a cat]"


def test_what_is_struck_through_says_so_where_no_line_can_be_drawn() -> None:
    assert shown("Not ~~$2x$~~ but $3x$.") == "  Not ~~2x~~ but 3x.\n"
    drawn = shown("Not ~~$2x$~~ but $3x$.", color="standard")
    assert "~" not in drawn
    assert "\x1b[9" in drawn


def test_a_formula_in_a_row_of_its_own() -> None:
    assert shown("It is $$x^2 + 1$$, and\n$$\n2x\n$$\n- a $$x$$ b") == """\
  It is

      x² + 1,

  and

      2x

   • a
         x
     b
"""


IN_ROWS_OF_THEIR_OWN = (
    "Then $1/x$ is\n\n$$d/dx [x/2] = 1/2$$.\n\n- a\n  $$x/3$$\n\n| $1/x$ | b |\n| - | - |\n| c | d |")


def test_a_formula_in_a_row_of_its_own_is_drawn_in_two_dimensions() -> None:
    assert shown(IN_ROWS_OF_THEIR_OWN, terminal=True) == """\
  Then 1/x is

      d  ⎡ x ⎤   1
      ── ⎢ ─ ⎥ = ─.
      dx ⎣ 2 ⎦   2

   • a
         x
         ─
         3

   1/x  b
   ──────
   c    d
"""


@pytest.mark.parametrize(("terminal", "flat"), [(True, True), (False, False)])
def test_it_stays_on_one_line_where_all_formulas_do(terminal: bool, flat: bool) -> None:
    text = shown(IN_ROWS_OF_THEIR_OWN, terminal=terminal, flat=flat)
    assert "\n      d/dx [x/2] = 1/2.\n" in text
    assert "\n         x/3\n" in text


@pytest.mark.parametrize("words", ["so $1/x$", "**$1/x$**", "$1/x$, $1/x$", "- $1/x$", "# $1/x$"])
def test_a_formula_among_words_or_in_a_list_stays_on_one_line(words: str) -> None:
    assert "1/x" in shown(words, terminal=True)


def test_a_sentence_among_others_has_no_formula_in_a_row_of_its_own() -> None:
    page = Page(Console(file=io.StringIO(), width=60, force_terminal=True, _environ={}))
    assert in_one_line(page, text_of("So\n\n$$1/x$$.")) == "So 1/x."


@pytest.mark.parametrize("words", [
    "> $$(a + b)/c + (d + f)/g + (h + k)/m + (p + q)/r + (s + t)/v$$.\n\n- b\n\n  $$sqrt(x/2) + a/b + c/d$$",
    "- a\n\n  - a\n\n    - a\n\n      - a\n\n        $$(a + b)/c + x*y*z + 1234567/(x + y)$$",
])
@pytest.mark.parametrize("width", [10, 24, 30, 60])
def test_a_long_one_is_broken_within_the_page(width: int, words: str) -> None:
    for flat in (False, True):
        text = shown(words, width, terminal=True, flat=flat)
        assert max(map(len, text.splitlines())) <= max(width, 24)


@pytest.mark.parametrize("lesson", load_course(), ids=lambda lesson: lesson.id)
def test_no_table_of_a_lesson_of_the_product_is_cut_off_on_a_narrow_screen(lesson: Lesson) -> None:
    assert "…" not in shown(lesson.text, 60)
