"""Answers in words that there is none."""

from __future__ import annotations

import pytest

import tutor
from tutor.judge.lines import judge_lines
from tutor.judge.no_value import says_no_value


@pytest.mark.parametrize("text", [
    "undefined", "Does not exist", "DNE", "dne.", " none ", "No derivative.", "not differentiable", "doesn't exist",
    "doesn’t exist", "not  defined", "It is undefined.", "NOT DEFINED",
])
def test_knows_the_words(text: str) -> None:
    assert says_no_value(text)
    assert tutor.diagnose("d/dx [|x - 4|] at x = 4", text).outcome == "right"


@pytest.mark.parametrize(("problem", "answer", "outcome", "words"), [
    ("int_(-1)^1 sqrt(x) dx", "does not exist", "right", "no real value between -1 and 0"),
    ("int_(-1)^1 sqrt(x) dx", "diverges", "unexplained", "It has no value, but it does not diverge"),
    ("int_(-1)^1 sqrt(x) dx", "2/3", "unexplained", "There is no value here"),
    ("int_1^infinity 1/x dx", "diverges", "right", "the integral diverges"),
    ("int_1^infinity 1/x dx", "does not converge", "right", "the integral diverges"),
    ("int_1^infinity 1/x dx", "undefined", "right", "the integral diverges"),
    ("int_1^infinity 1/x dx", "∞", "right", "grows without bound"),
    ("int_1^infinity 1/x dx", "-infinity", "unexplained", "this is not why"),
    ("int_(-1)^1 1/x^2 dx", "infinity", "right", "1/x^2 grows without bound at x = 0"),
    ("int_(-1)^1 1/x^2 dx", "-2", "unexplained", "1/x^2 grows without bound at x = 0"),
    ("int_0^1 x^2 dx", "diverges", "unexplained", "There is a value here"),
    ("int_0^1 x^2 dx", "does not exist", "unexplained", "There is a value here"),
    ("int_0^1 1/sqrt(x) dx", "2", "right", "Right"),
    ("int_1^infinity 1/x^2 dx", "1", "right", "Right"),
])
def test_an_integral_without_a_value(problem: str, answer: str, outcome: str, words: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.outcome == outcome
    assert words in found.message


@pytest.mark.parametrize("text", ["diverges", "infinity", "∞"])
def test_a_derivative_does_not_diverge(text: str) -> None:
    assert not says_no_value(text)
    assert says_no_value(text, of_integral=True)


@pytest.mark.parametrize("text", ["", "not", "0", "no idea", "idk", "?", "x", "undefined + 1", "d", "exists"])
def test_and_no_others(text: str) -> None:
    assert not says_no_value(text)


@pytest.mark.parametrize(("problem", "words"), [
    ("d/dx [|x|] at x = 0", "slope -1 on the left"), ("d/dx [ln(x)] at x = -2", "no real value"),
    ("d/dx [1/x] at x = 0", "no value"),
])
def test_right_with_the_reason(problem: str, words: str) -> None:
    found = tutor.diagnose(problem, "undefined")
    assert found.outcome == "right"
    assert words in found.message


@pytest.mark.parametrize(("problem", "value"), [
    ("d/dx [x^2] at x = 1", "2"), ("d/dx x^2", "2*x"), ("d/dx [x*|x|] at x = 0", " 0"),
    ("d/dx [x^3] at x = a", "3*a^2"),
])
def test_wrong_where_there_is_one_and_the_value_is_not_told(problem: str, value: str) -> None:
    found = tutor.diagnose(problem, "does not exist")
    assert found.outcome == "unexplained"
    assert "There is a derivative here" in found.message
    assert value not in found.message


@pytest.mark.parametrize(("problem", "answer"), [
    ("d/dx [|x|] at x = 0", "0"), ("d/dx [ln(x)] at x = -1", "-1"), ("d/dx [|sin(x)|] at x = pi", "1"),
    ("d/dx [|sin(x)|] at x = pi", "-1"), ("d/dx [sqrt(x)] at x = -4", "-1/4 i"), ("d/dx [tan(x)] at x = pi/2", "1"),
    ("d/dx [relu(x)] at x = 0", "1/2"), ("d/dx [sign(x)] at x = 0", "0"),
])
def test_every_number_is_wrong_where_there_is_none(problem: str, answer: str) -> None:
    found = tutor.diagnose(problem, answer)
    assert found.outcome == "unexplained"
    assert found.message.startswith("There is no derivative here")
    assert tutor.equivalent(problem, answer).verdict != "equal"


@pytest.mark.parametrize(("problem", "answer", "outcome"), [
    ("d/dx [x*|x|] at x = 0", "0", "right"), ("d/dx [x*|x|] at x = 0", "1", "wrong"),
    ("d/dx [|x|^3] at x = 0", "0", "right"),
    ("d/dx [x + |sin(x)|^3] at x = pi", "1", "right"), ("d/dx [x^(1/3)] at x = -27", "1/27", "right"),
    ("d/dx [x^(1/3)] at x = -27", "-1/27", "wrong"), ("d/dx [max(x, x)] at x = 3", "1", "right"),
])
def test_numbers_where_there_is_one(problem: str, answer: str, outcome: str) -> None:
    assert (tutor.diagnose(problem, answer).outcome == "right") == (outcome == "right")


def test_undecided_stays_undecided() -> None:
    assert tutor.diagnose("d/dx [f(x)*|x|] at x = 0", "undefined").outcome == "undecided"
    assert tutor.diagnose("d/dx [f(x)*|x|] at x = 0", "0").outcome == "undecided"


def test_lines() -> None:
    judged = judge_lines("d/dx [|x|] at x = 0", ["sign(x)", "does not exist"])
    assert [line.outcome for line in judged.lines][1] == "expected"
    assert judged.finished
    assert judge_lines("d/dx [|x|] at x = 0", ["0"]).lines[0].outcome == "wrong"
    assert judge_lines("d/dx [x^2] at x = 1", ["undefined"]).lines[0].outcome == "wrong"


@pytest.mark.parametrize(("left", "right"), [("sqrt(-3)", "2"), ("ln(-2)", "3"), ("sqrt(-1 - x^2)", "x")])
def test_complex_numbers_are_not_shown_to_who_typed_none(left: str, right: str) -> None:
    found = tutor.equivalent(left, right)
    assert found.verdict != "equal"
    assert not any(isinstance(each, complex) for each in (found.left, found.right, *found.counterexample.values()))
    assert "i" not in found.sentence.replace("different", "").replace("tried", "").split()
