"""New letters: in their order, and never one that is in use or looks like one."""

from __future__ import annotations

from itertools import islice

import pytest

from tutor.expression.new_letters import letters_in, new_letters, unused
from tutor.expression.parse import parse


@pytest.mark.parametrize(("used", "preferred", "letters"), [
    ("", "yz", "y z y1 y2"), ("y", "yz", "z y1 y2 y3"), ("y z y1", "yz", "y2 y3 y4 y5"), ("z y_1", "yz", "y y2 y3 y4"),
])
def test_letters_that_are_not_in_use(used: str, preferred: str, letters: str) -> None:
    assert " ".join(map(str, islice(unused(set(used.split()), preferred), 4))) == letters


def test_letters_of_substitutions_come_first() -> None:
    assert list(map(str, islice(new_letters([parse("u + v")]), 2))) == ["w", "s"]


def test_bound_names_and_functions_are_in_use_too() -> None:
    assert letters_in([parse("sum_{i=1}^{n} x_i + f(t)")]) == {"i", "n", "x", "f", "t"}
