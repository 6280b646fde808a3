"""Order and brackets do not count, everything else does."""

from __future__ import annotations

import pytest

from tutor.algebra.arrangement import Arrangements
from tutor.expression.parse import parse


@pytest.mark.parametrize(("left", "right", "same"), [
    ("x + (y + 1)", "1 + x + y", True),
    ("2*(x*y)", "y*2*x", True),
    ("sin(a*b)", "sin(b*a)", True),
    ("max(a, b)", "max(b, a)", True),
    ("x + x", "2*x", False),
    ("a - b", "b - a", False),
    ("x^y", "y^x", False),
    ("x/y", "y/x", False),
    ("a*b + c", "a*(b + c)", False),
    ("f(x)", "g(x)", False),
])
def test_same_up_to_order_and_brackets(left: str, right: str, same: bool) -> None:
    arrangements = Arrangements()
    assert (arrangements.of(parse(left)) == arrangements.of(parse(right))) is same


def test_depth_is_no_limit() -> None:
    arrangements = Arrangements()
    opened, closed = "sin(x + " * 10_000, ")" * 10_000
    assert arrangements.of(parse(f"{opened}1{closed}")) != arrangements.of(parse(f"{opened}2{closed}"))
