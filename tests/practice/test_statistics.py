"""What a log adds up to for an author."""

from __future__ import annotations

from datetime import UTC, datetime

from tutor.practice.statistics import item_statistics, unexplained
from tutor.practice.store import Attempt

BASE = {"at": datetime(2026, 1, 1, tzinfo=UTC), "session": "s", "turn": 1, "lesson": "products", "seed": 1,
        "exercise": "x*sin(x)", "rule": "product", "form": "f*g"}


def attempt(item: str, outcome: str, reading: str = "", grade: str = "",
            misconceptions: tuple[str, ...] = ()) -> Attempt:
    return Attempt(**BASE, item=item, outcome=outcome, reading=reading, grade=grade,  # type: ignore[arg-type]
                   misconceptions=misconceptions)


def test_items_that_nobody_gets_right_come_first() -> None:
    found = item_statistics([attempt("easy", "right", grade="good"), attempt("hard", "wrong", grade="again"),
                             attempt("hard", "right"), attempt("easy", "asked")])
    assert [(each.item, each.asked, each.right) for each in found] == [("hard", 1, 0), ("easy", 1, 1)]


def test_wrong_answers_are_grouped_by_value() -> None:
    found = unexplained([attempt("hard", "wrong", "2*x"), attempt("hard", "wrong", "x + x"),
                         attempt("hard", "wrong", "3"),
                         attempt("hard", "wrong", "x", misconceptions=("product_of_derivatives",)),
                         attempt("hard", "right", "x")])
    assert [(each.times, each.answers) for each in found] == [(2, ("2*x", "x + x")), (1, ("3",))]
