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
