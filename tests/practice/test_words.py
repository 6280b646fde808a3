"""Skills and sessions in words."""

from __future__ import annotations

import pytest

from tests.practice.course import attempt
from tutor.lesson.course import load_course
from tutor.lesson.variants import exercises
from tutor.practice.store import Attempt
from tutor.practice.words import how_it_went, skill_in_words


@pytest.mark.parametrize(("rule", "form", "words"), [
    ("chain", "power,linear", "a power of something like 3x + 2"),
    ("chain", "trigonometric,nonlinear",
     "sine, cosine or tangent of something longer, such as x²"),
    ("chain", "abs,linear", "the absolute value of something like 3x + 2"),
    ("chain", "swish(u),linear", "swish of something like 3x + 2"),
    ("power", "negative_integer", "negative exponents"), ("general_exponential", "integer", "a whole number as base"),
    ("product", "function,polynomial", "a polynomial times a function such as sin(x)"),
    ("quotient", "function,polynomial", "a function such as sin(x) over a polynomial"),
    ("product", "polynomial,polynomial", "a polynomial times another"),
    ("quotient", "function,function", "a function such as sin(x) over another"),
    ("reciprocal", "polynomial", "a polynomial"), ("derivative_of_sin", "sin", ""),
    ("", "chain-rule/inside-a-function", "inside a function"),
])
def test_a_skill(rule: str, form: str, words: str) -> None:
    assert skill_in_words(rule, form) == words


def test_every_skill_of_the_course_has_words_without_letters_of_rules() -> None:
    for lesson in load_course():
        for item in lesson.items:
            words = skill_in_words(*exercises(lesson, item).variant(2).skill)
            assert "u^" not in words
            assert "u linear" not in words
            assert "/" not in words
            assert "_" not in words


ONCE, HINT = attempt("right", grade="good"), attempt("right", grade="hard", hints=1)
GIVEN, ONE = attempt("right", grade="hard", given=2), attempt("right", grade="hard", given=1)
WRONG, SHOWN = attempt("wrong", grade="again"), attempt("shown", grade="again")
LEFT = attempt("skipped", grade="again")


@pytest.mark.parametrize(("attempts", "sentence"), [
    ([ONCE], "1 exercise: right at once."), ([GIVEN], "1 exercise: right at once, with two lines given."),
    ([ONE], "1 exercise: right at once, with one line given."), ([HINT], "1 exercise: right after a hint."),
    ([ONCE, ONCE], "2 exercises, both right at once."), ([SHOWN] * 3, "3 exercises, all looked up."),
    ([LEFT], "1 exercise: tried and skipped."), ([SHOWN, LEFT], "2 exercises: 1 looked up, 1 tried and skipped."),
    ([SHOWN, ONCE, WRONG, ONCE, HINT],
     "5 exercises: 2 right at once, 1 right after a hint, 1 right in the end, 1 looked up."),
    ([attempt("nearly", grade="hard"), ONCE], "2 exercises: 1 right at once, 1 right in the end."),
    ([attempt("right", grade="hard", hints=2, given=3)],
     "1 exercise: right after two hints with three lines given."),
    ([attempt("right", grade="again", hints=3)], "1 exercise: right in the end."),
])
def test_a_session(attempts: list[Attempt], sentence: str) -> None:
    assert how_it_went(attempts) == sentence
