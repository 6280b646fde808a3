"""The smallest part in which two expressions differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.expression.parse import parse
from tutor.judge.difference import smallest_difference


@pytest.mark.parametrize(("yours", "expected", "part", "other"), [
    ("2*x*sin(x) + x^2*sin(x)", "2*x*sin(x) + x^2*cos(x)", "sin(x)", "cos(x)"),
    ("x^2*cos(2*x) + 1", "1 + x^2*cos(x)", "cos(2*x)", "cos(x)"),
    ("(2*x + 1)/x", "(2*x + 3)/x", "1", "3"),
    ("1/(x + y)", "1/(x + z)", "y", "z"),
    ("-(x*sin(x))", "-(x*cos(x))", "sin(x)", "cos(x)"),
    ("a + b + c", "c + d + e", "a + b", "d + e"),
    ("x*x*y", "x*y*z", "x", "z"),
    ("(x + 1)^2", "(x + 2)^2", "(x + 1)^2", "(x + 2)^2"),
    ("x + 1", "x + 1 + y", "x + 1", "x + 1 + y"),
    ("a/b", "c/d", "a/b", "c/d"),
    ("sin(x)", "x", "sin(x)", "x"),
    ("x + y", "y + x", "x + y", "y + x"),
])
def test_the_smallest_difference(yours: str, expected: str, part: str, other: str) -> None:
    found = smallest_difference(parse(yours), parse(expected))
    assert (str(found.yours), str(found.expected)) == (part, other)


LETTERS = st.sampled_from("abc")
SUMS = st.lists(LETTERS, min_size=2, max_size=5)


@given(SUMS, st.permutations("abcde"))
def test_order_does_not_matter(terms: list[str], places: list[str]) -> None:
    """One part exchanged in a sum is found wherever it stands."""
    right = [*terms, "y"]
    wrong = sorted([*terms, "z"], key=lambda term: places.index(term) if term in places else 2)
    found = smallest_difference(parse(" + ".join(wrong)), parse(" + ".join(right)))
    assert (str(found.yours), str(found.expected)) == ("z", "y")


def test_depth_does_not_matter() -> None:
    deep = [parse("1 + 2*(" * 3_000 + letter + ")" * 3_000) for letter in "yz"]
    found = smallest_difference(*deep)
    assert (str(found.yours), str(found.expected)) == ("y", "z")
