"""Formulas in an author's words."""

from __future__ import annotations

import pytest

from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.lesson.texts import formulas, names_in_braces, text_of, unpaired


@pytest.mark.parametrize(("words", "written"), [
    ("The slope of $sin(x^2)$\nis $2x cos(x^2)$.\n", "The slope of sin(x^2)\nis 2*x*cos(x^2)."),
    ("With $a*x$", "With 3*x"), ("It costs \\$5 and {x} stays.", "It costs $5 and {x} stays."), ("", ""),
])
def test_texts(words: str, written: str) -> None:
    assert text_of(words, {"a": parse("3")}).written() == written


def test_words_in_braces() -> None:
    words = {"thing": "mass", "X": "axis"}
    text = text_of("{Thing}: a {thing} on the {X}, not {x} or \\{thing}; $x_{thing}$", words=words)
    assert text.written() == "Mass: a mass on the axis, not {x} or \\{thing}; x_{thing}"


def test_places_of_braces() -> None:
    words = "\\$5 {a} $x_{b}$ {1, 2} \\{c} {D_2}"
    assert list(names_in_braces(words)) == [(4, "a"), (words.index("{D"), "D_2")]
@pytest.mark.parametrize(("words", "template"), [
    ("$$x^2$$", "{$0}"), ("a\n\n$$x$$\n\nb", "a\n\n{$0}\n\nb"), ("a\n$$\nx\n$$\nb", "a\n\n\n{$0}\n\n\nb"),
    ("Then $$x$$, so $y$", "Then \n\n{$0},\n\n so {$1}"), ("- $$x$$\n- c", "- {$0}\n\n  \n- c"),
    ("- a\n  $$x$$", "- a\n  \n\n  {$0}"), ("1. a $$x$$", "1. a \n\n   {$0}"), ("> $$x$$", "> {$0}"),
])
def test_a_formula_in_a_row_of_its_own(words: str, template: str) -> None:
    assert text_of(words).template == template


def test_a_formula_that_cannot_be_read() -> None:
    with pytest.raises(TutorError):
        text_of("so $sin($")


def test_places() -> None:
    words = "a $x$ \\$ b $y^2$"
    assert [words[each.start:each.start + len(each.text)] for each in formulas(words)] == ["x", "y^2"]
    assert unpaired(words) is None
    assert unpaired("$$x$$") is None
    (row,) = formulas("so $$x^2$$.")
    assert (row.text, row.begin, row.end) == ("x^2", 3, 10)
    assert unpaired("a $x") == 2
