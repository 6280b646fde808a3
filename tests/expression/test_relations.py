"""What the signs of relations say of numbers."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.expression.relations import COMPARISONS, not_zero, related


@pytest.mark.parametrize(("sign", "holds_between"), [
    ("=", [(2, 2)]), ("!=", [(1, 2), (2, 1)]), ("<", [(1, 2)]), ("<=", [(1, 2), (2, 2)]), (">", [(2, 1)]),
    (">=", [(2, 1), (2, 2)]),
])
def test_a_sign_says_which_numbers_stand_in_the_relation(sign: str, holds_between: list[tuple[int, int]]) -> None:
    pairs = [(1, 2), (2, 1), (2, 2)]
    assert [pair for pair in pairs if COMPARISONS[sign](*pair)] == [pair for pair in pairs if pair in holds_between]


def test_every_sign_of_the_notation_has_a_comparison() -> None:
    assert all(parse(f"x {sign} 1").value == sign for sign in COMPARISONS)


def test_not_zero_is_what_one_types() -> None:
    assert not_zero(parse("x + 1")) is parse("x + 1 != 0")


def test_a_relation_is_what_one_types() -> None:
    assert related(parse("x"), "<=", parse("a + 1")) is parse("x <= a + 1")
    assert related(parse("x"), ">") is parse("x > 0")
