"""Which part of an integrand to call u: the engine finds the parts, and says of each what becomes of it."""

from __future__ import annotations

import re

import pytest

from tests.lesson.lessons import exercise, lesson
from tutor.expression.parse import parse
from tutor.lesson.exercise import NoExercise
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge
from tutor.lesson.variants import exercises


@pytest.mark.parametrize(("given", "right", "others"), [
    ("2x*cos(x^2)", "x^2", {"x*cos(x^2)", "cos(x^2)", "x"}),
    ("x^2*sqrt(x^3 + 5)", "x^3 + 5", {"x^2*sqrt(x^3 + 5)", "x^2", "x"}),
    ("int 3*ln(x)^2/x dx", "ln(x)", {"ln(x)^2/x", "x"}),
    ("t*e^(t^2)", "t^2", {"t*e^t^2", "t"}),
    ("x/(x^2 + 1)^3", "x^2 + 1", {"x/(x^2 + 1)^3", "x"}),  # (x^2 + 1)^3 would do as well
])
def test_the_choices(given: str, right: str, others: set[str]) -> None:
    made = exercise({"ask": "choose-u", "given": given})
    choices = [choice.written() for choice in made.choices]
    assert choices[made.right - 1] == right
    assert {*choices} - {right} == others
    assert made.prompt.written() == "Which part do you call u, so that only u is left in the new integral?"
    assert made.given is made.problem is not None
    assert made.problem.head == "integral"


@pytest.mark.parametrize(("part", "outcome", "said"), [
    ("x^2", "right", "The derivative of x^2 is 2*x. Divided by it, x*cos(x^2) becomes cos(x^2)/2, and that "
                     "can be written with u alone."),
    ("u = x^2", "right", "The derivative of x^2 is 2*x."),
    ("cos(x^2)", "wrong", "The derivative of cos(x^2) is -2*x*sin(x^2). Divided by it, x*cos(x^2) becomes -cot(x^2)/2. "
                          "Can you write that with u alone, so that no x is left?"),
    ("x", "wrong", "With u = x the integral looks the same as before."),
    ("7", "unreadable", "Type the letter of a choice"),
])
def test_what_is_said_of_a_part(part: str, outcome: str, said: str) -> None:
    found = judge(exercise({"ask": "choose-u", "given": "2x*cos(x^2)"}), part)
    assert found.outcome == outcome
    assert found.texts[0].written().startswith(said)


def test_an_author_may_say_it_instead() -> None:
    made = exercise({"ask": "choose-u", "given": "2x*cos(x^2)", "expect": [{"$x$": "That is only another name."}]})
    assert judge(made, "x").texts[0].written() == "That is only another name."


def test_the_hints_lead_to_the_derivative_of_u() -> None:
    first, second, third = hints(exercise({"ask": "choose-u", "given": "2x*cos(x^2)"}))
    assert "x^2" not in first.written()
    assert second.slots["slope"] is parse("2*x")
    assert third.written() == "Take u = x^2: its derivative is 2*x."


@pytest.mark.parametrize(("given", "why"), [
    ("x^3", "solves int x^3 dx without a substitution"),
    ("e^x/(1 + e^x)", "Nearly every part of int e^x/(1 + e^x) dx would do as u"),
])
def test_where_there_is_nothing_to_choose(given: str, why: str) -> None:
    with pytest.raises(NoExercise, match=re.escape(why)):
        exercise({"ask": "choose-u", "given": given})


def test_a_variant_without_a_choice_is_not_drawn() -> None:
    made = lesson({"ask": "choose-u", "given": "f", "vary": {"f": ["x*e^(x^2)", "x^3"]}})
    assert [str(each.problem) for each in exercises(made, made.items[0])] == ["int x*e^x^2 dx"]
