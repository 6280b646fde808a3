"""Breaking long lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.views.wrap import math_rows, word_rows


def broken(text: str, first: int, rest: int) -> list[str]:
    return [text[start:end] for start, end in math_rows(text, first, rest)]


def test_a_short_text_is_one_row() -> None:
    assert broken("a + b", 5, 5) == ["a + b"]


def test_breaks_stand_before_operators() -> None:
    assert broken("alpha + beta + gamma", 13, 13) == ["alpha + beta", "+ gamma"]
    assert broken("aaaa·bbbb·cccc", 10, 10) == ["aaaa·bbbb", "·cccc"]


def test_breaks_outside_brackets_are_better() -> None:
    assert broken("sin(a + b) + cos(c + d)", 20, 20) == ["sin(a + b)", "+ cos(c + d)"]


def test_a_bracket_is_torn_only_if_it_has_no_room_in_a_row() -> None:
    assert broken("aaaa·sin(bbb + cccccc)·dd", 20, 20) == ["aaaa", "·sin(bbb + cccccc)", "·dd"]
    assert broken("a·sin(bbbbbbbb + cccccccc + dddd)", 20, 20) == ["a·sin(bbbbbbbb", "+ cccccccc + dddd)"]
    assert broken("ffff + 12 + d/dx [aaaaaaaaa + bb]", 24, 24) == ["ffff + 12", "+ d/dx [aaaaaaaaa + bb]"]


def test_an_equation_is_broken_before_its_right_side() -> None:
    assert broken("d/dx [aaaa + bbbb] = cccccc + dddd", 30, 30) == ["d/dx [aaaa + bbbb]", "= cccccc + dddd"]


def test_a_derivative_is_not_torn_at_its_stroke() -> None:
    assert all("d/d" not in row or "d/dx" in row for row in broken("xxxxxx·d/dx [x]·d/dx [y]·d/dx [z]", 12, 12))


def test_what_has_no_operator_is_broken_anyway() -> None:
    assert broken("1" * 25, 10, 10) == ["1" * 10, "1" * 10, "1" * 5]


PARTS = ["x", " + ", " − ", "·", "(", ")", "sin", "/", ", ", "123", " at (", "|", " "]
TEXTS = st.lists(st.sampled_from(PARTS)).map("".join)


@given(TEXTS, st.integers(5, 30), st.integers(5, 30))
def test_rows_fit_and_lose_nothing_but_spaces(text: str, first: int, rest: int) -> None:
    for rows in (math_rows(text, first, rest), word_rows(text, first, rest)):
        widths = [end - start for start, end in rows]
        assert widths[0] <= first
        assert all(width <= rest for width in widths[1:])
        kept = "".join(text[start:end] for start, end in rows)
        assert kept.replace(" ", "") == text.replace(" ", "")


def test_a_million_characters_take_no_time() -> None:
    text = " + ".join(["sin(x)·cos(x)"] * 60_000)
    assert all(end - start <= 70 for start, end in math_rows(text, 70, 70))


@pytest.mark.parametrize(("text", "rows"), [
    ("for the other one, type 3x + 2.", ["for the other one, type", "3x + 2."]),
    ("to try that, type d/dx [3x]", ["to try that, type", "d/dx [3x]"]),
    ("the function inside is −3z + 1.", ["the function inside is", "−3z + 1."]),
    ("skip  back  quit  help  lesson", ["skip  back  quit  help", "lesson"]),
    ("x + x + x + x + x + x + x + x + x", ["x + x + x + x + x + x", "+ x + x + x"]),  # longer than a row
])
def test_a_formula_in_a_sentence_keeps_together(text: str, rows: list[str]) -> None:
    assert [text[start:end] for start, end in word_rows(text, 24, 24)] == rows
