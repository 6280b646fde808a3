"""Combinations of values, one for every seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import limits
from tutor.errors import TutorError
from tutor.lesson.vary import Choices, NoDerivedValue, Requirement, letter_of, scrambled, shuffled, values_of


@pytest.mark.parametrize(("written", "values"), [
    ("2..5", "2 3 4 5"), ("-1..1", "-1 0 1"), ("−2 .. −1", "-2 -1"), ("7", "7"), (["sin(x)", "e^x"], "sin(x) e^x"),
    ("2…5", "2 3 4 5"), (["3", "3", "2"], "3 2"),
])
def test_values(written: str | list[str], values: str) -> None:
    assert " ".join(map(str, values_of(written))) == values


@pytest.mark.parametrize("written", ["5..2", "1..100000", "2..", "sin(", "1...3", [], "", ["x = 2"], "x; y"])
def test_values_that_cannot_be_read(written: str | list[str]) -> None:
    with pytest.raises(TutorError):
        values_of(written)


@pytest.mark.parametrize(("written", "said"), [
    ("2-5", "is one value, -3. Did you mean 2..5?"), ("2–5", "Did you mean 2..5?"),
    ("0.1..0.5", "Type other values as a list"), ("2..10..2", "Type other values as a list"),
    (["2..5", "7"], "Type other values as a list"),
])
def test_ranges_that_are_none(written: str | list[str], said: str) -> None:
    with pytest.raises(TutorError) as caught:
        values_of(written)
    assert said in str(caught.value)


def test_letters_are_read_as_formulas_read_them() -> None:
    assert Choices({"α": "2..3"}, "α > 2")[1] == {"alpha": values_of("3")[0]}
    for vary in ({"α": "2", "alpha": "3"}, {"x^2": "3"}, {"e": "3"}):
        with pytest.raises(TutorError):
            Choices(vary)


def test_seeds_that_a_strict_condition_allows() -> None:
    choices = Choices({"a": "1..100", "b": "1..100"}, "a = b, a > 50")
    seeds = list(choices.allowed_seeds(1000))
    assert len(seeds) == 50
    assert all(choices.allowed(choices[seed]) for seed in seeds)
    assert list(choices.allowed_seeds(3)) == seeds[:3]
    assert list(choices.allowed_seeds(1, start=seeds[0] + 1)) == seeds[1:2]
    assert choices.looked_at == len(choices) == 10_000


def test_no_more_combinations_are_looked_at_than_the_limit() -> None:
    choices = Choices({"a": "1..1000", "b": "1..1000"}, "a > 1000")
    assert list(choices.allowed_seeds(1)) == []
    assert choices.looked_at == limits.COMBINATIONS_LOOKED_AT < len(choices)


CONDITIONS = [
    ("a != b", True), ("a = b", False), ("a < b", True), ("a + 1 = b", True), ("2a > b, b > 2", True),
    ("a > b or b > a", True), ("a > b and b > a or a = 2", True), ("a > b, a = 2 or b = 3", False),
    ("max(a, b) = 3", True), ("f != x", True), ("f = sin(x)", True), ("b/a > 1.4", True), ("a >= 2, a <= 2", True),
    ("sqrt(b) < a", True), ("sqrt(a)^2 = a", True), ("sqrt(a)^2 > a", False),
]


@pytest.mark.parametrize(("text", "outcome"), CONDITIONS)
def test_conditions(text: str, outcome: bool) -> None:
    assert Requirement(text).holds(Choices({"a": "2", "b": "3", "f": "sin(x)"})[0]) is outcome


@pytest.mark.parametrize("text", ["a", "a ==", "a != b,", "gcd(a, b) is 1", "or"])
def test_conditions_that_cannot_be_read(text: str) -> None:
    with pytest.raises(TutorError):
        Requirement(text)


def test_order_is_asked_of_numbers_only() -> None:
    with pytest.raises(TutorError, match="only numbers can be ordered"):
        Requirement("f > 2").holds({"f": values_of("sin(x)")[0]})


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


def test_words_count_like_letters() -> None:
    choices = Choices({"a": "1..2", "w": ["height", "mass", "height"], "b": "1..2"}, "a != b", words={"w"})
    assert len(choices) == 8
    met = {(str(choices[seed]["a"]), choices.words(seed)["w"]) for seed in choices.allowed_seeds(100)}
    assert met == {("1", "height"), ("1", "mass"), ("2", "height"), ("2", "mass")}
    assert "w" not in choices[0]


@pytest.mark.parametrize(("let", "values"), [
    ({"m": "a*b"}, "6"), ({"m": "a*b", "p": "m - 1"}, "6 5"), ({"m": "a/b"}, "2/3"), ({"m": "sqrt(a^2*b^2)"}, "6"),
    ({"m": "ln(e^a)"}, "2"), ({"m": "sqrt(a)"}, "sqrt(2)"), ({"m": "f + a"}, "sin(x) + 2"),
    ({"m": "d/dx [x^a] at (x = b)"}, "6"), ({"m": "d/dx [f]"}, "cos(x)"), ({"μ": "a"}, "2"),
])
def test_derived_letters(let: dict[str, str], values: str) -> None:
    picked = Choices({"a": "2", "b": "3", "f": ["sin(x)"]}, let=let)[0]
    assert " ".join(str(picked[letter_of(letter)]) for letter in let) == values


def test_conditions_may_ask_of_derived_letters() -> None:
    choices = Choices({"a": "1..4", "b": "1..4"}, "m > 2", let={"m": "1/(a - b) + a"})
    drawn = [choices[seed] for seed in choices.allowed_seeds(100)]
    assert drawn
    assert all(picked["a"] is not picked["b"] for picked in drawn)


@pytest.mark.parametrize("text", ["1/(a - 2)", "ln(1 - a)", "d/dx [|x|] at (x = a - 2)"])
def test_a_derived_letter_without_a_value(text: str) -> None:
    with pytest.raises(NoDerivedValue, match=r"m = .* has no"):
        Choices({"a": "2"}, let={"m": text})[0]


def test_very_many_combinations() -> None:
    choices = Choices(dict.fromkeys("abcdghjkmnpqrstuvwz", "1..1000") | {f"x{i}": "1..1000" for i in range(99)})
    assert choices[3] != choices[4]
