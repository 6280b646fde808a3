import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.derivation import phrases
from tutor.expression.patterns import WordedPattern

WORDED = {name: value for name, value in vars(phrases).items() if isinstance(value, WordedPattern)}


@pytest.mark.parametrize("name", WORDED)
@settings(max_examples=50)
@given(data=st.data())
def test_what_a_phrase_matches_contains_one_of_its_literals(name: str, data: st.DataObject) -> None:
    worded = WORDED[name]
    compiled = re.compile(worded.pattern.text, worded.pattern.flags)
    text = data.draw(st.from_regex(compiled))
    found = compiled.search(text)
    assert found is not None
    searched = worded.search(text)
    assert searched is not None
    assert searched.span() == found.span()


@pytest.mark.parametrize(("text", "ask", "letters"), [
    ("J(w,b) = (w*x + b - y)^2", "gradient", ("w", "b")),
    ("J(w, b) = (w*x + b - y)^2; grad J", "gradient", ("w", "b")),
    ("J(w, b) = (w*x + b - y)^2; grad_w J", "gradient", ("w",)),
    ("gradient of f(x, y) = x^2*y", "derivative", ()),
    ("J(w, b) = (w*x + b - y)^2; dJ/dw", "", ()),
    ("z = w*x; J(w_1, b) = w_1*z + b; hessian J", "hessian", ("w_1", "b")),
])
def test_what_stands_in_the_brackets_of_a_definition_says_what_varies(
        text: str, ask: str, letters: tuple[str, ...]) -> None:
    found = phrases.understood(text)
    assert (found.ask, found.letters) == (ask, letters)
    assert len(found.text) == len(text)
    assert "read as the line" in found.notes[0].message


@pytest.mark.parametrize("text", ["max(a, b) = 2", "f(x) = x^2; f'(3)", "L = f(x, y); dL/dx", "f(1, 2) = 3"])
def test_other_brackets_are_left_alone(text: str) -> None:
    assert phrases.without_arguments(text) == text
    assert phrases.understood(text).text == text
