"""The quick look at few points: what it lets through, and what it keeps out."""

from __future__ import annotations

import pytest

from tutor.expression.parse import parse
from tutor.oracle.screen import Screen
from tutor.oracle.verdict import Oracle


@pytest.mark.parametrize(("target", "beside", "candidate", "may"), [
    ("2x", "x^2", "x + x", True),
    ("2x", "x^2", "2x + 10^-5", False),
    ("ln(x)", "x", "ln(x^2)/2", True),           # a value only where x > 0
    ("ln(x)", "x", "ln(-x)", False),             # no place where both have one
    ("sqrt(-1 - x^2)", "x", "i*sqrt(1 + x^2)", True),  # nowhere real
    ("sqrt(-1 - x^2)", "x", "sqrt(1 + x^2)", False),
    ("1/0", "x", "1/0", False),
])
def test_what_may_be_equal(target: str, beside: str, candidate: str, may: bool) -> None:
    assert Screen(parse(target), parse(beside)).may_equal(parse(candidate)) is may


def test_a_difference_at_a_later_place_counts() -> None:
    target = parse("abs(x)")
    screen = Screen(target, parse("x"))
    for candidate in ("x", "-x"):
        assert not screen.may_equal(parse(candidate))
        assert screen.differs(parse(candidate), target)
    assert screen.may_equal(parse("sqrt(x^2)"))
    assert len(screen.places) == len(screen.targets) == len(screen.values(parse("x")))


def test_there_may_be_no_place() -> None:
    assert Screen(parse("1/0"), parse("x")).places == []


def test_one_oracle_for_many_screens_changes_nothing() -> None:
    oracle = Oracle()
    for target in ("sin(x)^2", "ln(x)", "sqrt(-1 - x^2)", "abs(x)"):
        shared, alone = Screen(parse(target), parse("x"), oracle), Screen(parse(target), parse("x"))
        assert shared.targets == alone.targets
        assert shared.values(parse("cos(x)")) == alone.values(parse("cos(x)"))


def test_sums_have_values_and_candidates_are_told_apart() -> None:
    screen = Screen(parse("sum_{i=1}^{n} x_i*(w*x_i - y_i)"), parse("2*sum_{i=1}^{n} x_i*(w*x_i - y_i)"))
    assert len(screen.places) > 1
    assert screen.may_equal(parse("sum_{j=1}^{n} x_j*(w*x_j - y_j)"))
    assert not screen.may_equal(parse("sum_{i=1}^{n} (w*x_i - y_i)"))
    assert screen.differs(parse("sum_{i=1}^{n} x_i"), parse("n*x_[1]"))
