"""Areas that are asked for in words."""

from __future__ import annotations

import pytest

from tutor.derivation.areas import area_asked
from tutor.derivation.derivation import derive
from tutor.derivation.problem import read_problem
from tutor.errors import NotationError
from tutor.judge.diagnose import diagnose

READ = [
    ("area between x^2 and x+2", "int_(-1)^2 abs(x^2 - (x + 2)) dx", "9/2"),
    ("Find the area enclosed by y = x^2 and y = x.", "int_0^1 abs(x^2 - x) dx", "1/6"),
    ("What is the area of the region bounded by x^2 - 1 and the x-axis?", "int_(-1)^1 abs(x^2 - 1) dx", "4/3"),
    ("area between x^4 and x^2", "int_(-1)^1 abs(x^4 - x^2) dx", "4/15"),
    ("area under x^2 from 0 to 2", "int_0^2 x^2 dx", "8/3"),
    ("area under the curve y = x^3 from -1 to 1", "int_(-1)^1 abs(x^3) dx", "1/2"),
    ("the area below e^x on [0, 1]", "int_0^1 e^x dx", "e - 1"),
    ("area under x^2 between x = 1 and x = 2", "int_1^2 x^2 dx", "7/3"),
    ("area under t^2 from 2 to 0", "int_0^2 t^2 dt", "8/3"),
    ("area between sin(x) and cos(x) from 0 to pi", "int_0^pi abs(sin(x) - cos(x)) dx", "2*sqrt(2)"),
    ("area between the x-axis and x - 1 for 0 <= x <= 3", "int_0^3 abs(-(x - 1)) dx", "5/2"),
]


@pytest.mark.parametrize(("text", "problem", "value"), READ)
def test_an_area_is_read_and_found(text: str, problem: str, value: str) -> None:
    read = read_problem(text)
    assert str(read.expression) == problem
    derivation = derive(read.expression)
    assert str(derivation.result) == value
    assert derivation.checked


@pytest.mark.parametrize(("text", "told"), [
    ("area between sin(x) and cos(x)", "Where sin(x) and cos(x) meet could not be found exactly. Say from where"),
    ("area between x^5 - x - 1 and 0", "could not be found exactly"),
    ("area under e^x", "e^x and the x-axis do not meet, so they enclose no area."),
    ("area between x^2 and 2*x - 1", "x^2 and 2*x - 1 meet only at x = 1, so they enclose no area."),
    ("area between x^2 and x^2", "Both curves are the same"),
    ("area between 3 and 5", "Two horizontal lines enclose no area."),
    ("area between a*x and x^2", "Where a*x and x^2 meet depends on a."),
    ("area between x^2 and", "Name one or two curves"),
    ("area between x and x^2 and x^3", "Name one or two curves"),
    ("area between x^2 = 3 and x", "is not a value"),
])
def test_what_is_no_area_is_refused_with_words(text: str, told: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_problem(text)
    assert told in str(refused.value)


@pytest.mark.parametrize("text", ["x^2", "a*r*e*a", "area", "area of x^2", "the area", "d/dx [x^2]"])
def test_other_texts_ask_for_no_area(text: str) -> None:
    assert area_asked(text) is None


def test_a_note_says_where_the_curves_meet() -> None:
    assert "x^2 and x + 2 meet at x = -1 and x = 2." in [
        note.message for note in read_problem("area between x^2 and x+2").notes]


@pytest.mark.parametrize(("answer", "outcome"), [("9/2", "right"), ("4.5", "right"), ("7/2", "unexplained")])
def test_an_answer_to_an_area_is_judged(answer: str, outcome: str) -> None:
    assert diagnose("area between x^2 and x+2", answer).outcome == outcome
