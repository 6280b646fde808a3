"""Whatever is printed on a page, the terminal can show it, and it changes nothing about the terminal."""

import io
from collections.abc import Callable

import pytest
from rich.console import Console

from tutor.expression.parse import parse
from tutor.lesson.findings import Examination, LessonProblem
from tutor.telling.document import Formula
from tutor.views.examination import show_examination
from tutor.views.page import Page


def shown(show: Callable[[Page], object], encoding: str) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    page = Page(Console(file=stream, width=60, color_system=None))
    show(page)
    page.flush()
    stream.flush()
    return raw.getvalue().decode(encoding)


WAYS = {
    "a row": lambda page, text: page.row(("  ", ""), (text, "bold")),
    "words": lambda page, text: page.words("  ", text),
    "what leads words": lambda page, text: page.words("  ", "words", lead=(text, "bold")),
    "mathematics": lambda page, text: page.math("  ", text),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("encoding", "expected"), [
    ("utf-8", "é␛[31m漢"), ("ascii", "??[31m?"), ("latin-1", "??[31m?")])
def test_every_way_to_print_keeps_to_the_signs_of_the_terminal(way: str, encoding: str, expected: str) -> None:
    text = shown(lambda page: WAYS[way](page, "é\x1b[31m漢"), encoding)
    assert expected in text
    assert "\x1b" not in text


def test_a_file_with_any_name_can_be_spoken_of_on_any_terminal() -> None:
    problem = LessonProblem("é.yaml", 4, 9, "L120", "There is no lesson sinüs.", "needs: [sinüs]")
    text = shown(lambda page: show_examination(page, Examination("é", 2, 5, (problem,))), "ascii")
    assert "?.yaml:4:9: L120" in text
    assert "There is no lesson sin?s." in text


@pytest.mark.parametrize(("flat", "changed", "joined"), [
    (False, (), {2, 3}), (True, (), set()), (True, ((0,),), {2}),
])
def test_rows_of_one_formula_are_known_to_belong_together(flat: bool, changed: tuple[tuple[int], ...],
                                                          joined: set[int]) -> None:
    page = Page(Console(file=io.StringIO(), width=60, force_terminal=True, color_system=None, _environ={}), flat=flat)
    page.words("  ", "So it is")
    page.formula("  ", Formula(parse("1/x"), changed=frozenset(changed)))
    page.words("  ", "for all x.")
    assert page.joined == joined
    assert page.rows == 3 + len(joined)


@pytest.mark.parametrize(("text", "rows"), [
    ("1/(x+1) + 1/(x+2) + 1/(x+3)", ["    1       1", "  ───── + ─────", "  x + 1   x + 2", "",
                                     "          1", "      + ─────", "        x + 3"]),
    ("x^2 + x^3 + x^4 + x^5 + x^6", ["  x² + x³ + x⁴ + x⁵", "      + x⁶"]),
])
def test_an_empty_row_keeps_the_high_parts_of_a_broken_formula_apart(text: str, rows: list[str]) -> None:
    """Else 1/(x + 2) below 1/(x + 1) could be read as a fraction of fractions."""
    stream = io.StringIO()
    page = Page(Console(file=stream, width=20, force_terminal=True, color_system=None, _environ={}))
    page.formula("  ", Formula(parse(text)))
    page.flush()
    assert stream.getvalue().split("\n")[:-1] == rows
