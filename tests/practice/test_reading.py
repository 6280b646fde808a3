"""What is longer than the screen: where its pages end, and what is done at the line that turns them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.console import Console

from tests.practice.course import POWERS
from tests.practice.played import Played
from tutor.practice.reading import page_of, pages, paragraph, read_through, rows_drawn
from tutor.views.page import Page

TEXT = ["one", "one.", "", "two", "two.", "", "A heading", "", "three.", "three.", "three."]


@pytest.mark.parametrize(("height", "expected"), [
    (20, [(0, 11)]), (8, [(0, 5), (6, 11)]), (6, [(0, 5), (6, 11)]), (3, [(0, 2), (3, 5), (6, 9), (9, 11)]),
])
def test_pages_end_between_paragraphs_and_not_after_a_heading(height: int, expected: list[tuple[int, int]]) -> None:
    assert pages(TEXT, height) == expected


@pytest.mark.parametrize(("joined", "expected"), [
    ({4}, [(0, 3), (3, 6)]), ({3, 4, 5}, [(0, 2), (2, 6)]), ({1}, [(0, 4), (4, 6)]),
    ({1, 2, 3, 4, 5}, [(0, 4), (4, 6)]),
])
def test_a_formula_of_several_rows_is_not_parted_if_it_fits(joined: set[int], expected: list[tuple[int, int]]) -> None:
    assert pages(["row."] * 6, 4, joined) == expected


@given(some.lists(some.sampled_from(["", "words", "a sentence.", "\x1b[1mbold\x1b[0m"])), some.integers(1, 30),
       some.sets(some.integers(1, 30)))
def test_nothing_is_lost_and_every_page_fits(rows: list[str], height: int, joined: set[int]) -> None:
    found = pages(rows, height, joined)
    assert all(0 < ends - begins <= height for begins, ends in found)
    shown = [row for begins, ends in found for row in rows[begins:ends] if row]
    assert shown == [row for row in rows if row]


@given(some.lists(some.sampled_from(["", "words.", "a sentence."]), min_size=1), some.integers(1, 30))
def test_a_place_is_found_again(rows: list[str], height: int) -> None:
    found = pages(rows, height)
    for begins, _ in found:
        again = found[page_of(rows, found, paragraph(rows, begins))][0]
        assert paragraph(rows, again) == paragraph(rows, begins)


def paper(width: int = 30, height: int = 8) -> Page:
    return Page(Console(file=io.StringIO(), width=width, height=height, color_system=None))


def shown_on(screen: Page) -> str:
    file = screen.console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def read(typed: list[str], screen: Page, last: str = "ends it", rows: int = 12) -> str:
    lines = iter(typed)

    def line(prompt: str, already: str) -> str:
        screen.console.print(prompt, soft_wrap=True)
        return next(lines)

    def show() -> None:
        for row in range(rows):
            screen.console.print(f"row {row}.")

    return read_through(screen, line, show, last)


@pytest.mark.parametrize(("typed", "returned"), [
    (["", "", ""], ""), (["skip"], ""), (["S"], ""), (["", "back", "", "", ""], ""), (["quit"], "quit"),
    (["", "2x"], "2x"), (["back"], "back"), (["help", "show"], "show"), (["", "", "lesson", "skip"], ""),
    (["hepl", "?"], "?"),
])
def test_what_is_typed_at_a_page(typed: list[str], returned: str) -> None:
    assert read(typed, paper()) == returned


def test_the_place_is_shown() -> None:
    screen = paper(width=80)
    read(["", "back", "", "", ""], screen)
    text = shown_on(screen)
    assert [line.strip() for line in text.splitlines() if "page" in line] == [
        "page 1 of 3 - Enter for more, skip to leave out the rest:",
        "page 2 of 3 - Enter for more, skip to leave out the rest:",
        "page 1 of 3 - Enter for more, skip to leave out the rest:",
        "page 2 of 3 - Enter for more, skip to leave out the rest:",
        "page 3 of 3 - Enter ends it:",
    ]
    assert text.count("row 0.") == 2


def test_one_page_has_no_number_and_nobody_waits_where_nothing_follows() -> None:
    screen = paper(height=40)
    read([""], screen)
    assert "page" not in shown_on(screen)
    assert read([], screen, last="") == ""
    assert read([""], paper(height=11), last="") == ""


def test_a_window_that_changes_is_drawn_again() -> None:
    screen = paper(height=9)

    def show() -> None:
        for row in range(8):
            screen.console.print(f"row {row} is so long.\n", soft_wrap=False)

    def line(prompt: str, already: str) -> str:
        screen.console.print(prompt, soft_wrap=True)
        if "page 2 of 3" in prompt:
            screen.console.height = 40
            return ""
        return ""

    read_through(screen, line, show, "ends it")
    text = shown_on(screen)
    assert text.count("row 0 ") == 2  # once on the small screen, once on the one page of the large one
    assert text.rstrip().endswith("Enter ends it:")


def test_rows_are_drawn_with_their_colours() -> None:
    screen = Page(Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=30))
    assert rows_drawn(screen, lambda: screen.console.print("[red]x[/red]")) == ["\x1b[31mx\x1b[0m"]


# -- in a session ----------------------------------------------------------------------------------------------------


def test_a_long_lesson_comes_page_by_page_with_its_example() -> None:
    session = Played(["", "back", "skip", "quit"], [POWERS], items=1, height=12)
    assert "  page 1 of 3 - Enter for more, skip to leave out the rest: \n" in session.text
    assert "  page 2 of 3 - Enter for more, skip to leave out the rest: back\n" in session.text
    assert session.text.count("The slope of x².") == 2
    assert session.outcomes == ["asked"]


def test_nothing_is_paged_in_a_pipe() -> None:
    session = Played(["4x^3", "quit"], [POWERS], items=1, height=12, paged=False)
    assert "Enter" not in session.text.replace("press Enter", "")
    assert "Pull the exponent down." in session.text
    assert session.outcomes[:2] == ["asked", "right"] or session.outcomes[:2] == ["asked", "wrong"]
