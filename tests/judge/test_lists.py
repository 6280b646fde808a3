"""Answers that are several numbers, a point or an interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.judge.lists import Kind, judge_listed, read_listed
from tutor.oracle.verdict import Oracle


def same(mine: Expression, his: Expression) -> bool:
    return Oracle().compare(mine, his).outcome == "checked"


JUDGED: list[tuple[Kind, str, str, str, str]] = [
    # kind, right answer, what is typed; outcome, how the sentence begins
    ("numbers", "{-1, 1}", "x = 1 or x = -1", "right", "That is all of them."),
    ("numbers", "{-1, 1}", "±1", "right", ""), ("numbers", "{-1, 1}", "x = ±1", "right", ""),
    ("numbers", "{-1, 1}", "1, -1, 1", "right", ""), ("numbers", "{-1, 1}", "(1, -1)", "right", ""),
    ("numbers", "{-1, 1}", "-1 and sqrt(1).", "right", ""),
    ("numbers", "-1, 1", "{1}", "line", "These are not all yet."),
    ("numbers", "{-1, 1}", "1, 2", "wrong", "2 is none of them. The other one is right."),
    ("numbers", "{-1, 1}", "3", "wrong", "3 is none of them."), ("numbers", "{-1, 1}", "none", "wrong", "There is at"),
    ("numbers", "{}", "none", "right", "That is it."), ("numbers", "none", "1", "wrong", "1 is none of them."),
    ("numbers", "2", "4/2", "right", "That is it."),
    ("point", "(3, 4)", "3, 4", "right", "Every coordinate is right."),
    ("point", "(3, 4)", "(1 + 2, (4))", "right", ""),
    ("point", "x = 3, y = 4", "y = 4, x = 3", "right", ""), ("point", "x = 3, y = 4", "x=3 and y=4", "right", ""),
    ("point", "x = 3, y = 4", "(3, 4)", "right", ""), ("point", "(3, 4)", "x = 3, y = 4", "right", ""),
    ("point", "(3, 4)", "(4, 3)", "wrong", "These are the right numbers in another order."),
    ("point", "x = 3, y = 4", "(3, 5)", "wrong", "Look again at y."),
    ("point", "(3, 4)", "(3, 5)", "wrong", "Look again at the second coordinate."),
    ("point", "(3, 4)", "(1, 2)", "wrong", "No coordinate is right yet."),
    ("point", "(3, 4)", "3", "wrong", "The point has 2 coordinates, and yours has 1."),
    ("point", "x = 3, y = 4", "x = 3, z = 4", "wrong", "The coordinates are called x, y."),
    ("interval", "[0, 2)", "0 <= x < 2", "right", "That is it."), ("interval", "[0, 2)", "2 > x ≥ 0", "right", ""),
    ("interval", "[0, 2)", "[0; 2[", "right", ""), ("interval", "x < 2", "(-inf, 2)", "right", ""),
    ("interval", "x < 2", "2 > x", "right", ""), ("interval", "(-∞, 2)", "x < 2", "right", ""),
    ("interval", "[0, 2)", "[0, 2]", "wrong", "The ends are right, but does 2 belong to it?"),
    ("interval", "[0, 2)", "(0, 2)", "wrong", "The ends are right, but does 0 belong to it?"),
    ("interval", "[0, 2)", "[0, 3)", "wrong", "One end is right, and one is not."),
    ("interval", "[0, 2)", "(1, 3)", "wrong", "Look again at where it begins and ends."),
    ("interval", "x < -1 or x > 1", "(1, ∞) ∪ (-∞, -1)", "right", ""),
    ("interval", "x < -1 or x > 1", "x > 1", "line", "A part is still missing."),
]


@pytest.mark.parametrize(("kind", "right", "typed", "outcome", "said"), JUDGED)
def test_what_is_said(kind: Kind, right: str, typed: str, outcome: str, said: str) -> None:
    found = judge_listed(read_listed(kind, right, parse), read_listed(kind, typed, parse), same)
    assert found.outcome == outcome
    assert found.text.written().startswith(said)


@pytest.mark.parametrize(("kind", "typed", "said"), [
    ("numbers", "", "There is no answer."), ("numbers", "1, 2x+", "Something is missing"),
    ("numbers", ", ".join("1" * 13), "These are 13 numbers; up to 12 are taken."),
    ("point", "x = 3, 4", "Name all coordinates or none"), ("point", "x = 3, x = 4", "x has two values here."),
    ("interval", "5", "This is no interval."), ("interval", "0 < x > 2", "This is no interval."),
    ("interval", "1 < 2", "This is no interval."), ("interval", "[1, 2, 3]", "This is no interval."),
])
def test_what_cannot_be_read(kind: Kind, typed: str, said: str) -> None:
    with pytest.raises(TutorError) as caught:
        read_listed(kind, typed, parse)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(("kind", "written", "told"), [
    ("numbers", "1 or -1", "1, -1"), ("numbers", "none", "none"), ("point", "x = 3, y = 4", "(3, 4)"),
    ("interval", "0 <= x < 2", "[0, 2)"), ("interval", "x < 0 or x >= 2", "(-infinity, 0) or [2, infinity)"),
])
def test_how_it_is_told(kind: Kind, written: str, told: str) -> None:
    assert read_listed(kind, written, parse).told.written() == told


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=5))
def test_the_order_of_numbers_does_not_matter(numbers: list[int]) -> None:
    turned = sorted(numbers, key=lambda each: (each % 3, -each))
    right, typed = [read_listed("numbers", ", ".join(map(str, each)), parse) for each in (numbers, turned)]
    assert judge_listed(right, typed, same).outcome == "right"
    extra = read_listed("numbers", ", ".join(map(str, [*turned, 10])), parse)
    assert judge_listed(right, extra, same).outcome == "wrong"
