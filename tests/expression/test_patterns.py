import re

from tutor.expression.patterns import Pattern


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
