"""Derived letters and names in braces, as sentences."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.lesson.naming import texts_with_words, word_names, wrong_braces, wrong_letters


def test_names_in_braces_are_words_unless_a_formula_has_them() -> None:
    item = {"text": "The {w} of {A}, {z} and $x_{b}$.", "vary": {"w": ["mass"], "a": "2", "b": "3", "z": "4"}}
    assert word_names(item, in_formulas={"x_b", "z"}) == {"w", "a"}


@pytest.mark.parametrize("item", [{}, {"text": 3, "vary": "a", "choices": "b", "expect": "c"}, {"expect": [["a"]]}])
def test_a_file_may_have_anything(item: dict[str, object]) -> None:
    assert list(texts_with_words(item)) == []
    assert word_names(item, ()) == set()


def test_the_texts_in_which_words_vary() -> None:
    item = {"ask": "choose", "text": "{a}", "choices": ["{b}"], "hints": ["{c}"],
            "expect": [{"{d}": "right"}, {"{e}": "Not {f}."}]}
    assert [(text, is_key) for _, text, is_key in texts_with_words(item)] == [
        ("{a}", False), ("{b}", False), ("{d}", True), ("{e}", True), ("Not {f}.", False)]


@pytest.mark.parametrize(("name", "said"), [
    ("thing", ""), ("Thing", ""), ("thin", "Did you mean {thing}?"), ("a", "type $a$ for its value"),
    ("other", "Add other to vary, with a list of words"), ("Other", "Add other to vary"),
])
def test_what_is_said_of_braces(name: str, said: str) -> None:
    found = wrong_braces(name, {"thing"}, {"a"}, ["thing", "a"])
    assert said in found
    assert bool(said) is bool(found)


@pytest.mark.parametrize(("value", "said"), [
    ("a*n + 2", ""), ("5", ""), ("m + 1", "m cannot be derived from itself."), ("q - 1", "q is derived further down"),
    ("A*n", "A is neither in vary nor further up in let. Did you mean a?"),
    ("c", "neither in vary nor further up in let."),
])
def test_what_is_said_of_derived_letters(value: str, said: str) -> None:
    found = wrong_letters("m", parse(value), {"a", "n"}, ["q"])
    assert said in found
    assert bool(said) is bool(found)
