"""Sentences in which words and formulas are kept apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.expression.test_write import trees
from tutor.expression.parse import parse
from tutor.expression.text import Text
from tutor.expression.tree import Expression
from tutor.expression.write import PRETTY

HALF = Text("{f} has no value at {x}", {"f": parse("1/x^2"), "x": parse("0")})


def test_a_sentence_is_written_in_every_style() -> None:
    assert HALF.written() == "1/x^2 has no value at 0"
    assert HALF.written(PRETTY) == "1/x² has no value at 0"


def test_a_sentence_is_made_of_words_formulas_and_other_sentences() -> None:
    whole = Text.of("Here ", HALF, ", and ", HALF, " too: ", parse("x"))
    assert whole.written() == "Here 1/x^2 has no value at 0, and 1/x^2 has no value at 0 too: x"
    assert [part for part in whole.parts if isinstance(part, Expression)] == [
        parse("1/x^2"), parse("0"), parse("1/x^2"), parse("0"), parse("x")]


@given(st.lists(st.text("abc {}", min_size=1) | trees(["f"], 2), max_size=6))
def test_no_part_of_a_sentence_is_lost(parts: list[str | Expression]) -> None:
    assert Text.of(*parts).written() == "".join(map(str, parts))
