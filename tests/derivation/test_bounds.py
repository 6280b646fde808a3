"""Several relations of one expression with numbers, in as few as possible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.derivation.bounds import between_bounds
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, substitute
from tutor.oracle.existence import holds_there


@pytest.mark.parametrize(("given_ones", "left"), [
    ("|x| <= 1; x >= -1; x <= 1", "abs(x) <= 1"), ("x >= 0; x > 2; x != 3", "x > 2; x != 3"), 
    ("x > 0; x != 0", "x > 0"),
    ("2x + 4 >= 0; x != -2", "x > -2"), ("|x| <= 1; x != 1; x != -1", "abs(x) < 1"),
    ("1 - x > 0; 1 + x > 0", "abs(x) < 1"),
    ("|x - 1| <= 3; y > 0; x >= -2", "abs(x - 1) <= 3; y > 0"), ("3 - 2x > 0; x < 5; x != 4", "3 - 2*x > 0"),
    ("x + 1 != 0; x - 1 != 0", "x + 1 != 0; x - 1 != 0"), ("x >= 1; x <= 1", "x >= 1; x <= 1"),
    ("x > 0; x < 1", "x > 0; x < 1"),
    ("1 - x^2 > 0; 1 - x^2 != 0", "1 - x^2 > 0; 1 - x^2 != 0"), ("|x| < -1; x > 0", "abs(x) < -1; x > 0"),
    ("sin(x) != 0; sin(x) >= 0", "sin(x) > 0"), ("x + y > 0; x > 0", "x + y > 0; x > 0"),
])  # fmt: skip
def test_says_it_once(given_ones: str, left: str) -> None:
    assert "; ".join(map(str, between_bounds(parse(each) for each in given_ones.split("; ")))) == left


RELATIONS = st.sampled_from([
    "|x| <= 1", "|x| < 2", "|2x - 1| <= 3", "x >= -1", "x <= 1", "x > 0", "x != 0", "x != 1", "x + 2 != 0", "3 - x > 0",
    "2x < 3", "-x <= 1", "x >= 2",
])  # fmt: skip


@given(st.lists(RELATIONS, min_size=1, max_size=5), st.sampled_from(("-2", "-1", "-1/2", "0", "1", "3/2", "2", "3")))
def test_the_few_hold_where_the_many_do(chosen: list[str], point: str) -> None:
    many = [parse(each) for each in chosen]

    def all_hold(relations: list[Expression]) -> bool:
        return all(holds_there(substitute(each, "x", parse(point))) for each in relations)

    assert all_hold(between_bounds(many)) == all_hold(many)
