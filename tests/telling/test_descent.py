"""Gradient descent told: rows, sentences, and a comparison of rates."""

from __future__ import annotations

import pytest

from tests.telling.descents import run
from tutor.telling.descent import happened, sentences, told_comparison, told_descent
from tutor.telling.document import Document, Table


def table_of(document: Document) -> Table:
    (table,) = [block for group in document.groups for block in group if isinstance(block, Table)]
    return table


def cells(document: Document) -> list[list[str]]:
    return [[cell.written() for cell in row] for row in table_of(document).rows]


def test_short_fractions_are_exact_and_the_last_row_has_no_change() -> None:
    told = told_descent(run("(x-3)^2", "0", "0.9", 2))
    assert [column.title.written() for column in table_of(told).columns] == ["step", "x", "loss", "slope", "change"]
    assert cells(told) == [["0", "0", "9", "-6", "5.4"], ["1", "5.4", "5.76", "4.8", "-4.32"],
                           ["2", "1.08", "3.6864", "-3.84", ""]]
    assert "rounded" not in str(told)


def test_others_are_rounded_and_that_is_said() -> None:
    told = told_descent(run("(x-3)^2", "0", "0.9", 6))
    assert cells(told)[5] == ["5", "3.983", "0.9664", "1.966", "-1.769"]
    assert "Numbers are rounded" in str(told)


@pytest.mark.parametrize(("steps", "shown"), [
    (19, list(range(20))), (20, [*range(10), None, *range(16, 21)]), (1000, [*range(10), None, *range(996, 1001)])])
def test_of_many_rows_the_first_and_the_last_are_shown(steps: int, shown: list[int | None]) -> None:
    rows = cells(told_descent(run("x^2", "1", "1", steps)))
    assert [int(row[0].replace(",", "")) if row else None for row in rows] == shown


def test_several_letters() -> None:
    told = told_descent(run("x_1^2 + y", "x_1=1,y=0", "0.25", 1))
    assert [column.title.written() for column in table_of(told).columns] == [
        "step", "x_1", "y", "loss", "slope x_1", "slope y", "change x_1", "change y"]
    assert cells(told)[0] == ["0", "1", "0", "1", "2", "1", "-0.5", "-0.25"]


def test_a_point_without_a_slope_or_a_value() -> None:
    assert cells(told_descent(run("|x|", "1", "0.5")))[-1] == ["2", "0", "0", "none", ""]
    assert cells(told_descent(run("ln(x) + 0y", "x=1,y=1", "2")))[-1][:5] == ["1", "-1", "1", "none", "none"]
    assert not [block for group in told_descent(run("x^200", "1000", "1")).groups for block in group
                if isinstance(block, Table)]


NO_PROOF = "This was seen in the steps that were computed; it is not a proof."


@pytest.mark.parametrize(("loss", "start", "rate", "steps", "sentence"), [
    ("sqrt((h-3)^2+1)", "2", "2*sqrt(2)", 9,
     f"The last four points are 2, 4, 2, 4: it goes back and forth between two points. {NO_PROOF}"),
    ("ln(1 + e^(-x))", "0", "0.1", 1, f"The loss never rose: it went from 0.6931 to 0.6685 in 1 step. {NO_PROOF}"),
    ("x^2 + x^4", "1", "0.1", 70,
     f"At the last point the slope is 1.354*10^-7, so next to nothing changes. {NO_PROOF}"),
    ("x^4", "2", "1", 3, f"The loss grew in each of the last 3 steps. {NO_PROOF}"),
    ("x^4", "3", "0.1", 9, "At step 6, the numbers became larger than 1.8*10^308, and cannot be computed any further. "
                           "The loss grew in each of the last 4 steps."),
    ("|x|", "1", "0.5", 9,
     "At step 2, there is no slope here: abs(x) has slope -1 on the left of 0 and 1 on the right."),
    ("ln(x)", "1", "2", 9, "At step 1, ln(x) has no real value at x = -1."),
])
def test_only_what_was_computed_is_said_of_other_losses(loss: str, start: str, rate: str, steps: int,
                                                       sentence: str) -> None:
    assert " ".join(each.written() for each in sentences(run(loss, start, rate, steps))) == sentence


def test_with_momentum_what_is_proved_comes_before_what_was_seen() -> None:
    said = " ".join(each.written() for each in sentences(run("(x-3)^2", "0", "0.1", 3, "0.9")))
    assert said.startswith("The loss is quadratic, so with this momentum rates below 1.9 converge")
    assert said.endswith(f"The loss never rose: it went from 9 to 0.0346 in 3 steps. {NO_PROOF}")


@pytest.mark.parametrize(("loss", "start", "rate", "words"), [
    ("(x-3)^2", "0", "0.1", "comes closer, factor 0.8"), ("(x-3)^2", "0", "0.5", "lands on the lowest point, factor 0"),
    ("(x-3)^2", "0", "1", "jumps between two points, factor -1"), ("(x-3)^2", "3", "1", "stays at the start"),
    ("(x-3)^2", "0", "100", "moves further away, factor -199; left the numbers at step 67"),
    ("-x^2", "1", "0.1", "moves away, factor 1.2"), ("x", "1", "0.1", "moves on by the same change"),
    ("x*y", "x=1,y=1", "0.1", "moves away, from nearly every start"), ("x^2+10y^2", "x=1,y=1", "0.01", "comes closer"),
    ("x^2+10y^2", "x=1,y=1", "0.11", "grows, from nearly every start"),
    ("x^2+10y^2", "x=0,y=1", "0.1", "back and forth between two points"), ("|x|", "1", "0.5", "came to a point without "
                                                                           "a slope at step 2"),
    ("x^4 + x", "0", "0.01", "the loss falls"), ("x^4 - 2x^2", "sqrt(1)", "0.01", "no change from step 0 on"),
])
def test_what_happened_in_a_few_words(loss: str, start: str, rate: str, words: str) -> None:
    assert happened(run(loss, start, rate, 100)).written() == words


def test_a_comparison_has_a_row_for_each_rate() -> None:
    told = told_comparison([run("(x-3)^2", "0", rate, 1) for rate in ("0.5", "1")])
    assert cells(told) == [["0.5", "1", "3", "0", "lands on the lowest point, factor 0"],
                           ["1", "1", "6", "9", "jumps between two points, factor -1"]]
