"""Formulas in an author's words."""

from __future__ import annotations

import pytest

from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.lesson.texts import formulas, text_of, unpaired


@pytest.mark.parametrize(("words", "written"), [
    ("The slope of $sin(x^2)$\nis $2x cos(x^2)$.\n", "The slope of sin(x^2)\nis 2*x*cos(x^2)."),
    ("With $a*x$", "With 3*x"), ("It costs \\$5 and {x} stays.", "It costs $5 and {x} stays."), ("", ""),
])
def test_texts(words: str, written: str) -> None:
    assert text_of(words, {"a": parse("3")}).written() == written


def test_a_formula_that_cannot_be_read() -> None:
    with pytest.raises(TutorError):
        text_of("so $sin($")


def test_places() -> None:
    words = "a $x$ \\$ b $y^2$"
    assert [words[each.start:each.start + len(each.text)] for each in formulas(words)] == ["x", "y^2"]
    assert unpaired(words) is None
    assert unpaired("a $x") == 2
