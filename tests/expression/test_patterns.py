import re

import pytest

from tutor.expression.patterns import Pattern, WordedPattern


def test_a_pattern_finds_what_the_compiled_expression_finds() -> None:
    pattern, compiled = Pattern("a(?P<digit>[0-9])", re.IGNORECASE), re.compile("a(?P<digit>[0-9])", re.IGNORECASE)
    for _ in range(2):
        assert pattern.findall("a1 A2 b3") == compiled.findall("a1 A2 b3") == ["1", "2"]
        assert pattern.fullmatch("a1 ") is None
        found = pattern.match("A7")
        assert found is not None
        assert found["digit"] == "7"


def test_it_is_compiled_once() -> None:
    pattern = Pattern("[0-9]+")
    assert pattern.search is pattern.search


def test_a_pattern_of_words_is_compiled_for_texts_that_have_one_of_them() -> None:
    worded = WordedPattern("(", re.IGNORECASE, ["at", "find"])  # no regular expression: compiling it fails
    assert worded.search("x^2 + 3") is None
    for text in ("x AT 3", "F\u0131nd x", "F\u0130ND x"):  # to a regular expression, \u0131 and \u0130 are an i
        with pytest.raises(re.error):
            worded.match(text)


def test_a_pattern_of_words_finds_what_the_compiled_expression_finds() -> None:
    worded = WordedPattern(r"at\s+(?P<value>[0-9]+)", 0, ["at"])
    found = worded.search("at 1, at 2", 1)
    assert found is not None
    assert found["value"] == "2"
    assert worded.match("x at 1") is None
    assert worded.search("AT 1") is None
