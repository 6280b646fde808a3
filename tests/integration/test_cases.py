"""Integrals of functions that are given case by case: split where the cases meet."""

from __future__ import annotations

import pytest

import tutor
from tutor.errors import TutorError

INTEGRALS = [
    ("int_0^2 {x if x < 1; 2 otherwise} dx", "5/2"), ("int_0^3 {x if x < 1; 2 if x < 2; x^2 otherwise} dx", "53/6"),
    ("int_-2^2 {x^2 if |x| < 1; 1 otherwise} dx", "8/3"), ("int_0^2 {ln(x) if x > 1; 0 otherwise} dx", "2*ln(2) - 1"),
    ("int_0^1 x*{x if x < 1/2; 2 otherwise} dx", "19/24"), ("int_2^3 {x if x < 1; 2 otherwise} dx", "2"),
    ("int {x if x < 1; 2 otherwise} dx", "x^2/2 + relu(x - 1) - relu(x - 1)^2/2 + C"),
]


@pytest.mark.parametrize(("problem", "result"), INTEGRALS)
def test_they_are_split_where_the_cases_meet(problem: str, result: str) -> None:
    found = tutor.explain(problem)
    assert str(found.result) == result
    assert found.checked


@pytest.mark.parametrize("problem", [
    "int {x if x < a; 2 otherwise} dx", "int_0^2 {x if x < 1} dx", "int {x if sin(x) < x^3; 2 otherwise} dx",
])
def test_where_that_is_not_possible_it_is_said(problem: str) -> None:
    with pytest.raises(TutorError, match="could not be told apart everywhere"):
        tutor.explain(problem)
