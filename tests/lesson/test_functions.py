"""Functions of a lesson's own, from their lines in the file to exercises."""

from __future__ import annotations

import pytest

from tests.lesson.lessons import exercise, lesson
from tutor.errors import TutorError
from tutor.lesson.exercise import worked_example
from tutor.lesson.functions import own_functions
from tutor.lesson.hints import hints
from tutor.lesson.judging import judge
from tutor.lesson.own_rules import own_misconceptions

SWISH = {"swish(x)": "x*sigmoid(x)", "swish'(x)": "sigmoid(x) + swish(x)*(1 - sigmoid(x))"}


def test_later_ones_may_use_earlier_ones() -> None:
    functions = own_functions({"twice(t)": "2t", "four(t)": "twice(twice(t))"})
    assert functions["four"].body.head == "defined"


@pytest.mark.parametrize(("lines", "said"), [
    ({"sin(x)": "x"}, "sin already has a meaning"), ({"swish'(x)": "1"}, "put its own line above this one"),
    ({"half(x)": "x/2", "half (x)": "x"}, "already defined"), ({"half(x)": "a*x"}, "a is not the variable of half"),
    ({"half": "x"}, "half does not define a function"),
    ({"half(3)": "x"}, "not a letter, so it cannot be the variable"),
    ({"half(x)": "f(x)"}, "in which every function is known"),
    ({"half(x)": "x = 2"}, "in which every function is known"),
    ({"half(x)": "x/2", "half'(t)": "1/2"}, "defined with the letter x"),
    ({"half(x)": "x/2", "half'(x)": "1/2", "half' (x)": "1/2"}, "already stated"),
    ({"x.__class__(x)": "x"}, "does not define a function"), ({"at(x)": "x"}, "already has a meaning"),
])
def test_lines_that_say_something_wrong(lines: dict[str, str], said: str) -> None:
    with pytest.raises(TutorError, match=said):
        own_functions(lines)


def test_an_exercise_with_one() -> None:
    made = exercise({"given": "swish(a*x)", "vary": {"a": ["3"]}}, functions=SWISH, teaches=("chain",))
    assert str(made.given) == "swish(3*x)"
    assert made.skill == ("chain", "swish(u),linear")
    assert "The function swish is applied to something." in hints(made)[0].written()
    assert judge(made, "3(sigmoid(3x) + swish(3x)(1 - sigmoid(3x)))").outcome == "right"
    assert judge(made, "sigmoid(3x) + swish(3x)(1 - sigmoid(3x))").outcome == "wrong"


def test_everywhere_else_in_a_lesson() -> None:
    made = exercise({"ask": "number", "text": "What is $swish(a)$?", "answer": "swish(a)", "vary": {"a": ["swish(2)"]},
                     "require": "swish(a) > 0", "hints": ["It is $swish(a)$."]}, functions=SWISH)
    assert made.prompt.written() == "What is swish(swish(2))?"
    assert hints(made)[0].written() == "It is swish(swish(2))."
    assert judge(made, "swish(2 sigmoid(2))").outcome == "right"


def test_examples_and_misconceptions_have_it_too() -> None:
    made = lesson(functions=SWISH, misconceptions="""
  letters
      x is a variable
  misconception like_sigmoid "Slope of the sigmoid" unlike chain
      d/dx [swish(x)] = sigmoid(x)*(1 - sigmoid(x))
      say "This is the slope of the sigmoid alone."
      example d/dx [swish(x)]
""")
    assert worked_example(made, "swish(2x)").checked is True
    (rule,) = own_misconceptions(made)
    assert rule.left.args[0].head == "defined"
