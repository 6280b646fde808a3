"""A picture of a terminal has every character in its cell, and needs nothing but itself."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.svg import HIGH, SHAPES, WIDE, picture

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {path: sign for sign, path in SHAPES.items() if sign not in "⎜⎢⎟⎥⎮"} | {
    SHAPES["⎜"]: "⎜", SHAPES["⎟"]: "⎟", SHAPES["⎮"]: "│"}
"""The sign that a path shows; some look the same."""


def read_back(svg: str) -> list[str]:
    """The rows that can be seen in a picture."""
    cells: dict[tuple[int, int], str] = {}
    root = ElementTree.fromstring(svg)
    for text in root.iter(f"{SVG}text"):
        places = [int(place) for place in text.attrib["x"].split()]
        for place, character in zip(places, text.text or "", strict=True):
            spot = ((int(text.attrib["y"]) // HIGH), place // WIDE)
            cells[spot] = cells.get(spot, "") + character
    for path in root.iter(f"{SVG}path"):
        for across, down, shape in re.findall(r"M(\d+) (\d+)([^M]*)", path.attrib["d"]):
            if shape in DRAWN:
                cells[int(down) // HIGH, int(across) // WIDE] = DRAWN[shape]
    last = max((row for row, _ in cells), default=-1)
    return ["".join(cells.get((row, column), " ") for column in range(1 + max(
        (column for place, column in cells if place == row), default=-1))) for row in range(last + 1)]


LINES = st.lists(st.text("ab 7(²√·<&─│╭╯⎛⎠⎡⎦⌠⌡‾", max_size=30).map(str.rstrip), max_size=6)


@given(LINES, st.sampled_from(["", "\x1b[1m", "\x1b[1;4;38;5;32m"]))
def test_every_character_stands_in_its_cell(lines: list[str], code: str) -> None:
    seen = read_back(picture("\n".join(f"{code}{line}\x1b[0m" for line in lines), "Signs", 30))
    assert "\n".join(seen) == "\n".join(lines).rstrip("\n")


@pytest.mark.parametrize(("printed", "rows"), [
    ("abcdefgh", ["abcde", "fgh"]),
    ("\x1b[1mabc\x1b[0mdefg", ["abcde", "fg"]),
    ("abcd日", ["abcd", "日"]),  # which is two cells wide
    ("e\u0301x", ["e\u0301x"]),
])
def test_wraps_as_a_terminal_does(printed: str, rows: list[str]) -> None:
    assert read_back(picture(printed, "Rows", 5)) == rows


def points(sign: str) -> list[tuple[float, float]]:
    """Where the pieces of the path of a sign begin and end, from the upper left corner of its cell."""
    across = down = 0.0
    found = []
    for command, numbers in re.findall(r"([a-z])([-. \d]*)", SHAPES[sign]):
        steps = [float(number) for number in numbers.split()]
        across += {"h": steps[0], "v": 0}.get(command, steps[-2] if len(steps) > 1 else 0)
        down += {"h": 0, "v": steps[0]}.get(command, steps[-1])
        found.append((across, down))
    return found


@pytest.mark.parametrize("column", ["⎛⎜⎝", "⎞⎟⎠", "⎡⎢⎣", "⎤⎥⎦", "⌠⎮⌡", "┌│└", "┐│┘", "╭│╰", "╮│╯", "┬│┴", "├┼┤"])
def test_what_goes_on_in_the_next_row_meets_at_the_edge_of_the_cell(column: str) -> None:
    for upper, lower in pairwise(column):
        below = {across for across, down in points(upper) if down == HIGH}
        assert below
        assert below == {across for across, down in points(lower) if down == 0}


@pytest.mark.parametrize("row", ["╭─╮", "╰─╯", "┌─┐", "└─┘", "├─┤", "┬┼┴"])
def test_what_goes_on_in_the_next_column_meets_at_the_edge_of_the_cell(row: str) -> None:
    for left, right in pairwise(row):
        after = {down for across, down in points(left) if across == WIDE}
        assert after == {HIGH / 2}
        assert after == {down for across, down in points(right) if across == 0}


@pytest.mark.parametrize(("code", "declarations"), [
    ("1", "font-weight: bold;"), ("3", "font-style: italic;"), ("38;5;32", "color: #0087d7;"),
    ("1;38;5;160", "color: #d70000; font-weight: bold;")])
def test_looks(code: str, declarations: str) -> None:
    svg = picture(f"\x1b[{code}mword\x1b[0m", "A word", 20)
    assert declarations in svg
    assert '<text class="look0"' in svg


def test_an_underline_goes_below_spaces_too() -> None:
    assert f'd="M{WIDE} 16h{3 * WIDE}"' in picture("a\x1b[4mb c\x1b[0m", "Underlined", 20)


@pytest.mark.parametrize("printed", ["\x1b[7mreversed\x1b[0m", "\x1b[41mon red\x1b[0m", "\x1b[2Kerased", "a\tb", "a\rb",
                                     "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\"])
def test_what_cannot_be_shown_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="A picture"):
        picture(printed, "Refused", 20)


def test_needs_nothing_but_itself_and_says_what_it_shows() -> None:
    svg = picture("x < 1 & y", "Where x < 1 & y", 20)
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|href|@import|@font-face|<script", svg)
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Where x < 1 & y"
    assert "@media (prefers-color-scheme: dark)" in svg
