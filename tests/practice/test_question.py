"""What an exercise asks, in plain words."""

from __future__ import annotations

import pytest

from tests.practice.course import COURSE
from tutor.lesson.course import load_course
from tutor.lesson.schema import Lesson
from tutor.lesson.variants import exercises
from tutor.practice.question import question


def asked(**item: object) -> str:
    lesson = Lesson.model_validate({"format": "1", "id": "own", "title": "Own", "items": [{"id": "only", **item}]})
    return " ".join(text.written() for text in question(exercises(lesson, lesson.items[0]).variant(1)))


@pytest.mark.parametrize(("item", "said"), [
    ({"given": "sin(x^2)"}, "the derivative of sin(x^2): how fast it changes when x does. The answer is an "
                            "expression that may contain x."),
    ({"given": "a*w", "with_respect_to": "w"},
     "changes when w does. The answer is an expression that may contain a and w."),
    ({"given": "x^2", "at": "3"}, "Then put in 3 for x. The answer is a number"),
    ({"given": "d^2/dx^2 [x^5]"}, "the second derivative of x^5"),
    ({"given": "d^3/dx^3 [x^5]"}, "of order 3 of x^5"),
    ({"ask": "integrate", "given": "x^2"}, "whose derivative with respect to x is x^2. The answer is an expression "
                                           "that may contain x, with + C at the end."),
    ({"ask": "integrate", "given": "int_0^1 x^2 dx"}, "from x = 0 to x = 1. The answer is a number"),
    ({"ask": "evaluate", "given": "2 + 3*4"}, "to work out 2 + 3*4. The answer is a number"),
    ({"ask": "evaluate", "given": "1/2 + 1/3", "form": "exact"}, "a number, exact"),
    ({"ask": "simplify", "given": "(x + 1)^2", "form": "expanded"}, "to multiply out"),
    ({"ask": "simplify", "given": "x^2 + x", "form": "factored"}, "to factor"),
    ({"ask": "simplify", "given": "x + x"}, "as simply as you can"),
    ({"ask": "number", "text": "How many?", "answer": "7"}, "How many? The answer is a number"),
    ({"ask": "number", "text": "How many?", "answer": "7", "within": "0.1"}, "may be off by 0.1."),
    ({"ask": "expression", "text": "How much?", "answer": "a*b"}, "How much? The answer is an expression that may "
                                                                  "contain a and b."),
    ({"ask": "choose", "text": "Which?", "choices": ["one", "two", "three"], "answer": "two"},
     "Which? Answer with the letter of a choice, a to c"),
    ({"ask": "name-the-rule", "given": "sin(x^2)"}, "which rule to use first"),
    ({"ask": "choose-u", "given": "x*cos(x^2)"}, "for a part u of the integrand for a substitution"),
    ({"ask": "find-the-wrong-line", "given": "x^2 + (3x + 2)^4", "misconception": "chain_inner_forgotten"},
     "Answer with the number of a line, 2 to"),
])
def test_what_is_asked(item: dict[str, object], said: str) -> None:
    assert said in asked(**item)


def test_every_exercise_can_be_told_and_no_answer_is_given_away() -> None:
    for lesson in (*COURSE, *load_course()):
        for item in lesson.items:
            exercise = exercises(lesson, item).variant(3)
            *asks, wanted = [text.written() for text in question(exercise)]
            assert asks
            assert wanted.startswith(("The answer is ", "The answer may be ", "Answer with ", "Each cell is "))
            if exercise.ask in ("differentiate", "integrate") and exercise.answer is not None and exercise.answer.args:
                assert str(exercise.answer) not in " ".join(asks).replace(str(exercise.given), "")
