"""Combinations of values, one for every seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import TutorError
from tutor.lesson.vary import Choices, Condition, scrambled, shuffled, values_of


@pytest.mark.parametrize(("written", "values"), [
    ("2..5", "2 3 4 5"), ("-1..1", "-1 0 1"), ("−2 .. −1", "-2 -1"), ("7", "7"), (["sin(x)", "e^x"], "sin(x) e^x"),
])
def test_values(written: str | list[str], values: str) -> None:
    assert " ".join(map(str, values_of(written))) == values


@pytest.mark.parametrize("written", ["5..2", "1..100000", "2..", "sin(", "1...3"])
def test_values_that_cannot_be_read(written: str) -> None:
    with pytest.raises(TutorError):
        values_of(written)


CONDITIONS = [
    ("a != b", True), ("a = b", False), ("a < b", True), ("a + 1 = b", True), ("2a > b, b > 2", True),
    ("a > b or b > a", True), ("a > b and b > a or a = 2", True), ("a > b, a = 2 or b = 3", False),
    ("max(a, b) = 3", True), ("f != x", True), ("f = sin(x)", True), ("b/a > 1.4", True), ("a >= 2, a <= 2", True),
    ("sqrt(b) < a", True), ("sqrt(a)^2 = a", True), ("sqrt(a)^2 > a", False),
]


@pytest.mark.parametrize(("text", "outcome"), CONDITIONS)
def test_conditions(text: str, outcome: bool) -> None:
    assert Condition(text).holds(Choices({"a": "2", "b": "3", "f": "sin(x)"})[0]) is outcome


@pytest.mark.parametrize("text", ["a", "a ==", "a != b,", "gcd(a, b) is 1", "or"])
def test_conditions_that_cannot_be_read(text: str) -> None:
    with pytest.raises(TutorError):
        Condition(text)


def test_order_is_asked_of_numbers_only() -> None:
    with pytest.raises(TutorError, match="only numbers have an order"):
        Condition("f > 2").holds({"f": values_of("sin(x)")[0]})


@given(st.dictionaries(st.sampled_from("abcmn"), st.integers(1, 7), max_size=4))
def test_the_first_seeds_meet_every_combination_once(sizes: dict[str, int]) -> None:
    choices = Choices({letter: f"1..{size}" for letter, size in sizes.items()})
    met = [tuple(choices[seed].values()) for seed in range(len(choices))]
    assert len(set(met)) == len(met) == len(choices)
    assert choices[len(choices) + 3] == choices[3]


def test_the_same_on_every_machine() -> None:
    choices = Choices({"a": "2..5", "b": "1..9", "n": ["3", "4", "5"]})
    assert [" ".join(map(str, choices[seed].values())) for seed in (0, 1, 17, 10**30)] == [
        "2 1 3", "5 8 4", "5 6 4", "2 2 4"]
    assert scrambled(0) == 0xE220A8397B1DCDAF  # the first number of splitmix64 from the seed 0
    assert shuffled(["a", "b", "c", "d"], "made/item@5") == ["b", "c", "a", "d"]


def test_very_many_combinations() -> None:
    choices = Choices(dict.fromkeys("abcdghjkmnpqrstuvwz", "1..1000") | {f"x{i}": "1..1000" for i in range(99)})
    assert choices[3] != choices[4]
