"""Gradient descent: the points that it reaches, and how it ends."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.derivation.descent import MOST_KEPT, Descent
from tutor.derivation.descent_problem import read_loss, read_momentum, read_rate, read_start


def descended(text: str, start: str, rate: str, steps: int, momentum: str = "0") -> Descent:
    loss = read_loss(text)
    descent = Descent(loss, read_start(start, loss), read_rate(rate).number, steps, read_momentum(momentum).number)
    descent.advance(steps)
    return descent


@pytest.mark.parametrize(("text", "start", "rate", "momentum", "points"), [
    ("(x-3)^2", "x=0", "0.9", "0", [(0,), (5.4,), (1.08,), (4.536,)]),
    ("sqrt((h-3)^2+1)", "2", "2*sqrt(2)", "0", [(2,), (4,), (2,), (4,)]),
    ("x^2 + 10y^2", "x=1,y=1", "0.1", "0", [(1, 1), (0.8, -1), (0.64, 1)]),
    ("x^2 + 10y^2", "x=0;y=1", "0.11", "0", [(0, 1), (0, -1.2), (0, 1.44)]),
    ("x*y", "x=1,y=2", "0.1", "0", [(1, 2), (0.8, 1.9), (0.61, 1.82)]),  # both slopes at the old point
    ("x^2", "1", "0.1", "0.9", [(1,), (0.8,), (0.46,), (0.062,)]),  # v: -0.2, -0.34, -0.398
])
def test_points(text: str, start: str, rate: str, momentum: str, points: list[tuple[float, ...]]) -> None:
    found = [row.point for row in descended(text, start, rate, len(points) - 1, momentum).rows]
    assert [pytest.approx(point, rel=1e-14) for point in points] == [tuple(map(float, point)) for point in found]


def test_fractions_are_exact() -> None:
    (_, row) = descended("(x-3)^2/3", "0", "1/7", 1).rows
    assert row.point == (Fraction(2, 7),)
    assert row.value == Fraction(19**2, 49 * 3)
    assert row.slopes == (Fraction(-38, 21),)
    assert row.arrived == (Fraction(2, 7),)


FRACTIONS = st.fractions(-3, 3, max_denominator=7)


@given(FRACTIONS, FRACTIONS.filter(bool), FRACTIONS, st.fractions("1/100", 2, max_denominator=100))
def test_a_quadratic_loss_multiplies_the_distance_by_its_factor(start: Fraction, a: Fraction, c: Fraction,
                                                               rate: Fraction) -> None:
    loss = read_loss(f"({a})*(x - ({c}))^2")
    descent = Descent(loss, (start,), rate, 4)
    descent.advance(4)
    assert descent.rows[-1].point == (c + (1 - 2 * a * rate) ** 4 * (start - c),)


@pytest.mark.parametrize(("text", "start", "rate", "kind", "step", "why"), [
    ("|x|", "1", "0.1", "no slope", 10, "abs(x) has slope -1 on the left of 0 and 1 on the right"),
    ("|x - 0.3| + y^2", "x=1.3,y=0", "1", "no slope", 1, "has slope -1 on the left of 0.3 and 1 on the right"),
    ("relu(x) + x", "0", "1", "no slope", 0, "relu(x) + x has slope 1 on the left of 0 and 2 on the right"),
    ("ln(x)", "1", "2", "no value", 1, "ln(x) has no real value at x = -1"),
    ("1/x", "-1", "1", "no value", 1, "1/x has no real value at x = 0"),
    ("x^4", "3", "0.1", "overflow", 6, "the numbers became larger than 1.8*10^308"),
    ("(x-3)^2", "0", "1.1", "overflow", 1_941, "the numbers became larger"),
    ("((((x^64 + 1)^64 + 1)^64 + 1)^64 + 1)^64", "1/3", "1", "overflow", 0, "the numbers became larger"),
    ("x^200", "10^3", "1", "overflow", 0, "the numbers became larger"),
    ("cos(3*x)", "0.9*10^308", "1", "undecided", 0, "cos(3*x) could not be computed"),
    ("-e^x", "0", "1", "overflow", 4, "the numbers became larger"),
])
def test_how_it_ends_early(text: str, start: str, rate: str, kind: str, step: int, why: str) -> None:
    ending = descended(text, start, rate, 5_000).ending
    assert ending is not None
    assert (ending.kind, ending.step) == (kind, step)
    assert why in ending.why.written()
    assert f"At step {step:,}" in ending.why.written()


def test_a_row_without_a_slope_or_a_value_is_kept() -> None:
    assert descended("|x|", "1", "0.5", 9).rows[-1].slopes is None
    assert descended("|x| + 3", "1", "0.5", 9).rows[-1].value == 3
    assert descended("relu(x) + x + 3", "1", "0.5", 9).rows[-1][2:4] == (3, None)
    assert descended("ln(x)", "1", "2", 9).rows[-1].value is None


@pytest.mark.parametrize("text", ["x*|x| + x", "sqrt(x^4) + x", "max(x^2, 0) + x"])
def test_a_kink_with_a_slope_is_no_end(text: str) -> None:
    descent = descended(text, "0", "1", 1)
    assert descent.ending is None
    assert descent.rows[0].slopes == (1,)


@pytest.mark.parametrize(("text", "start", "rate", "steps", "kind", "number"), [
    ("sqrt((h-3)^2+1)", "2", "2*sqrt(2)", 9, "cycle", 0),
    ("x^4", "2", "1", 3, "growing", 3),
    ("ln(1 + e^(-x))", "0", "0.1", 9, "falling", 9),
    ("x^4 - 2x^2", "1", "0.1", 5, "settled", 0),
    ("x^2 + x^4", "1", "0.1", 70, "flat", 0),
    ("x^2", "1", "0.1", 12, "mixed", 10),
])
def test_what_is_seen(text: str, start: str, rate: str, steps: int, kind: str, number: int) -> None:
    momentum = "0.9" if kind == "mixed" else "0"
    seen = descended(text, start, rate, steps, momentum).seen()
    assert (seen.kind, seen.steps) == (kind, number)


def test_nothing_more_is_computed_once_nothing_changes() -> None:
    descent = descended("(x-3)^2", "0", "0.1", 1_000_000)
    assert descent.settled is not None
    assert descent.settled < 200
    assert [row.step for row in descent.rows] == [*range(20), *range(999_996, 1_000_001)]
    assert descent.rows[-1].point == descent.rows[-2].point
    assert [row.step for row in descended("(x-3)^2", "0", "0.5", 23).rows] == list(range(24))


def test_it_goes_on_where_it_stopped() -> None:
    loss = read_loss("x^2 + x^4")
    whole, parts = (Descent(loss, (Fraction(1),), Fraction(1, 10), 30) for _ in range(2))
    whole.advance(30)
    assert [parts.advance(7) for _ in range(5)] == [True, True, True, True, False]
    assert parts.rows == whole.rows
    assert len(parts.rows) == 31


def test_it_can_be_interrupted() -> None:
    descent = Descent(read_loss("(x-3)^2"), (0.0,), 1.0, MOST_KEPT + 1)
    descent.advance(40)
    descent.interrupt()
    assert descent.ending is not None
    assert descent.ending.kind == "interrupted"
    assert descent.advance(1) is False
    assert [row.step for row in descent.rows] == [*range(20), *range(36, 41)]
