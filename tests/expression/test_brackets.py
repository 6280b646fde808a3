"""What stands in no bracket of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.brackets import cut_outside, is_in_brackets, last_statement, open_brackets, outside_brackets


@pytest.mark.parametrize(("text", "signs", "parts"), [
    ("f(a, b), c", ",", ["f(a, b)", " c"]), ("[1, 2]; {3; 4},5", ",;", ["[1, 2]", " {3; 4}", "5"]), ("", ",", [""]),
    ("a), b", ",", ["a)", " b"]), ("(a, b", ",", ["(a, b"]), (",", ",", ["", ""]),
])
def test_a_text_is_cut_outside_its_brackets(text: str, signs: str, parts: list[str]) -> None:
    assert cut_outside(text, signs) == parts


@pytest.mark.parametrize(("text", "is_whole"), [
    ("(a)", True), ("(a)*(b)", False), ("((a), b)", True), ("[a]", False), ("(a", False), ("a", False), ("", False),
    ("(a))", False),
])
def test_one_pair_of_brackets_round_all(text: str, is_whole: bool) -> None:
    assert is_in_brackets(text) is is_whole


@pytest.mark.parametrize(("text", "place"), [
    ("x", 0), ("f(x) = x^2; f(3)", 11), ("{x if x < 1; 2 otherwise}", 0), ("a; b; ", 2), ("a); b", 3),
])
def test_the_last_statement(text: str, place: int) -> None:
    assert last_statement(text) == place


def test_between_two_places_only_brackets_that_are_opened_there_count() -> None:
    assert [place for place, sign in outside_brackets("f(a, g(b, c), d)", 2, 15) if sign == ","] == [3, 12]


@given(st.text("(),;ab"), st.sampled_from([",", ";", ",;"]))
def test_the_parts_make_the_text_again(text: str, signs: str) -> None:
    parts = cut_outside(text, signs)
    assert sum(map(len, parts)) + len(parts) - 1 == len(text)
    assert sum(map(open_brackets, parts)) == open_brackets(text)
