"""Hints: what kind of expression, the rule with its parts filled in, the step done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lesson.lessons import exercise
from tutor.errors import TutorError
from tutor.lesson.hints import hints


def written(item: dict[str, Any], **more: Any) -> list[str]:
    return [text.written() for text in hints(exercise(item, **more))]


def test_from_the_derivation() -> None:
    assert written({"given": "(3x + 2)^4"}) == [
        "What is done to x last? Something is raised to the fourth power. That is the outer function: what is inside "
        "it, and "
        "how fast does that change?",
        "Chain rule: outer function u^4, inner function 3*x + 2: d/dx [(3*x + 2)^4] = d/du [u^4]*d/dx [3*x + 2], "
        "where u = 3*x + 2",
        "d/dx [(3*x + 2)^4] = 4*(3*x + 2)^3*3",
    ]


def test_a_rule_is_said_in_the_letters_of_the_problem() -> None:
    _, second, _ = written({"given": "(3w + 2)^4"})
    assert second.startswith(
        "Chain rule: outer function u^4, inner function 3*w + 2: d/dw [(3*w + 2)^4] = d/du [u^4]*d/dw")
    assert "x" not in second


@pytest.mark.parametrize(("item", "said"), [
    ({"given": "5*x^3"}, "x is cubed. There is nothing inside but x itself, so one rule is enough."),
    ({"given": "sin(w)", "with_respect_to": "w"}, "There is nothing inside but w itself"),
    ({"given": "5x"}, "How much does 5*x change when x grows by 1?"),
    ({"given": "x^2*sin(x)"}, "Each factor adds a term to the slope"),
    ({"given": "7*x^2*sin(x)"}, "Each factor adds a term to the slope"),
    ({"given": "sin(x)/x"}, "The numerator and the denominator both change"),
    ({"given": "1/(x^2 + 1)"}, "The numerator is constant: only the denominator changes."),
    ({"ask": "evaluate", "given": "(2 + 3)*4"}, "Begin with the innermost part, 2 + 3."),
    ({"ask": "choose", "text": "?", "choices": ["one", "two", "three"], "answer": "two"}, "It is not "),
    ({"ask": "choose", "text": "?", "choices": ["one", "two"], "answer": "two"}, "Go through the choices one by one"),
    ({"ask": "number", "text": "?", "answer": "-7/2"}, "negative, and its absolute value is larger than 1."),
    ({"ask": "number", "text": "?", "answer": "0"}, "neither positive nor negative"),
    ({"ask": "number", "text": "?", "answer": "sin(pi)"}, "neither positive nor negative"),
    ({"ask": "number", "text": "?", "answer": "sin(pi/4)^2 + cos(pi/4)^2"}, "The answer is positive."),
    ({"ask": "number", "text": "?", "answer": "1/4"}, "positive, and its absolute value is smaller than 1"),
    ({"ask": "expression", "text": "?", "answer": "a*b + a"}, "The answer contains the letters a and b and no other."),
])
def test_the_first_hint_says_more_than_the_question(item: dict[str, Any], said: str) -> None:
    assert said in written(item)[0]


def test_of_an_integral() -> None:
    first, second, third = written({"ask": "integrate", "given": "3x^2"})
    assert first == "Which expression has 3*x^2 as its derivative?"
    assert second.startswith("Power rule for integrals: int x^n dx = x^(n + 1)/(n + 1); here n = 2")
    assert third == "int x^2 dx = x^(2 + 1)/(2 + 1)"


@pytest.mark.parametrize("item", [
    {"given": "x^2"}, {"given": "x^3*sin(x) + 5", "at": "2"}, {"given": "7"}, {"ask": "simplify", "given": "2x + 3x"},
    {"ask": "integrate", "given": "e^(x^2)"}, {"ask": "evaluate", "given": "d^2/dx^2 [x^4]"},
    {"ask": "number", "text": "?", "answer": "2"}, {"ask": "name-the-rule", "given": "x^2*sin(x)"},
    {"ask": "choose", "text": "?", "choices": ["$x$", "no"], "answer": "no"},
    {"ask": "find-the-wrong-line", "given": "x^2 + x^3 + x"}, {"ask": "choose-u", "given": "x*cos(x^2)"},
])
def test_every_kind_has_three(item: dict[str, Any]) -> None:
    found = written(item, teaches=("power",))
    assert len(set(found)) == 3
    assert all(text and "{" not in text and "$" not in text for text in found)


def test_the_first_hints_do_not_give_the_answer_away() -> None:
    made = exercise({"given": "x^2*sin(x)"})
    assert all(str(made.answer) not in text.written() for text in hints(made)[:2])


def test_an_author_may_write_any_of_them() -> None:
    own = {"given": "(a*x + 2)^4", "vary": {"a": "3..3"}, "hints": ["", "{rule}: {F} around {g}; $a*x$, {answer}"]}
    found = written(own)
    assert found[0].startswith("What is done to x last? Something is raised to the fourth power.")
    assert found[1] == "Chain rule: u^4 around 3*x + 2; 3*x, 12*(3*x + 2)^3"
    assert found[2] == "d/dx [(3*x + 2)^4] = 4*(3*x + 2)^3*3"


@pytest.mark.parametrize(("item", "said"), [
    ({"ask": "number", "answer": "1"}, "It is 1."),
    ({"ask": "number", "answer": "1", "expect": [{"-1": "right"}, {"2/2": "right"}, {"0": "wrong"}]}, "It is 1 or -1."),
    ({"ask": "choose", "choices": ["left", "right"], "answer": "left"}, "left"),
    ({"ask": "choose", "choices": ["here", "there", "nowhere"], "answer": "here", "expect": [{"there": "right"}]},
     " or "),
])
def test_the_last_hint_has_every_right_answer(item: dict[str, Any], said: str) -> None:
    assert said in written({"text": "Where?", **item})[2]


def test_a_slot_that_there_is_not() -> None:
    with pytest.raises(TutorError, match=r"^There is no \{g\} here\. You can use \{rule\}, \{x\}, \{n\}, \{problem"):
        written({"given": "x^2", "hints": ["{g}"]})
