"""A learner who makes honest mistakes with integrals and limits: what is said to each of them."""

from __future__ import annotations

import pytest

from tests.practice.played import Played
from tutor.lesson.schema import Lesson


def lesson(ask: str, given: str) -> Lesson:
    """A lesson with a single exercise."""
    return Lesson.model_validate({
        "format": "1", "id": "one", "title": "One thing", "teaches": [], "text": "Try it.",
        "items": [{"id": "only", "ask": ask, "given": given, "vary": {}}]})


def dialogue(ask: str, given: str, *answers: str) -> str:
    """What stands on the screen from the first answer on, as one line; Enter first turns the lesson's page."""
    played = Played(["", *answers, "quit"], [lesson(ask, given)])
    return " ".join(played.text[played.text.index("answer>"):].split())


@pytest.mark.parametrize(("ask", "given", "answers", "said"), [
    ("integrate", "2x - 7", ["x^2 + 7x + C", "x^2 + C", "x^2 - 7x", "x^2 - 7x + C"], [
        "Everything is there except for a sign.",
        "A term is missing: nothing in your answer gives −7 when it is differentiated.",
        "The constant of integration is missing: add + C.",
        "✓ yes",
    ]),
    ("integrate", "cos(3x)", ["sin(3x) + C", "3sin(3x) + C", "-sin(3x)/3 + C", "sin(3x)/3 + K"], [
        "the inner function 3x brings in its derivative 3 as a factor",
        "Multiplying by 3, the derivative of the inner function 3x, is what differentiation does.",
        "Differentiate your answer and compare the signs.",
        "✓ yes",
    ]),
    ("integrate", "2/x", ["ln|x| + C", "2 ln|x| + C"], ["The numerator 2 is a constant factor.", "✓ yes"]),
    ("evaluate", "int_1^3 x^2 dx", ["9", "28/3", "-26/3", "26/3 + C", "[x^3/3]_1^3", "26/3"], [
        "at the lower limit 1 has to be subtracted too",
        "the value at 3 minus the value at 1.",
        "Start with the value at the upper limit 3",
        "a constant is added only where an antiderivative is asked for",
        "still has to be worked out",
        "✓ yes",
    ]),
    ("evaluate", "lim_(x->3) (x^2 - 9)/(x - 3)", ["0", "infinity", "does not exist", "6"], [
        "x² − 9 and x − 3 both go to 0.",
        "The denominator x − 3 goes to 0, but so does the numerator x² − 9.",
        "a limit asks where the values go close to it.",
        "✓ yes",
    ]),
    ("evaluate", "lim_(x->0) sin(2x)/x", ["1", "4", "2"], [
        "The known limit 1 is that of a sine over its own inside.",
        "There is a known limit to use here: Sine of a multiple over the angle.",
        "✓ yes",
    ]),
])
def test_what_is_said(ask: str, given: str, answers: list[str], said: list[str]) -> None:
    text = dialogue(ask, given, *answers)
    place = 0
    for each in said:  # in this order
        assert each in text[place:], text
        place = text.index(each, place) + len(each)
