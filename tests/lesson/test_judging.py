"""Answers to exercises of every kind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lesson.lessons import exercise
from tutor.lesson.judging import judge

CHAIN = {"given": "(3x + 2)^4"}
NUMBER = {"ask": "number", "text": "How much?", "answer": "1/3"}
NEAR = {**NUMBER, "within": "0.01"}
SHARE = {**NUMBER, "within": "1%"}
FINE = {**NUMBER, "within": "0.0001"}
PLACES = {"ask": "number", "text": "Where is $x^3 - 3x$ flat?", "answer": "1",
          "expect": [{"-1": "right"}, {"0": "There the slope is $-3$."}, {"3": "wrong"}]}
CHOOSE = {"ask": "choose", "text": "Which?", "choices": ["$2x$", "$x$", "neither of them"], "answer": "$2x$"}


@pytest.mark.parametrize(("item", "answer", "outcome"), [
    (CHAIN, "12(3x+2)^3", "right"), (CHAIN, "4(3x+2)^3*3", "right"), (CHAIN, "4(3x+2)^3", "wrong"),
    (CHAIN, "12(3x+2", "unreadable"), (CHAIN, "y' = 2", "wrong"),
    (CHAIN, "y' = 12(3x+2)^3", "right"), (CHAIN, "no idea", "unreadable"), (CHAIN, "12(3y+2)^3", "unreadable"),
    ({"given": "e^(-2x)"}, "-2e^-2x", "right"),
    ({"given": "grad x^2*y"}, "(2xy, x^2)", "right"), ({"given": "grad x^2*y"}, "(2xy, x)", "wrong"),
    ({"given": "grad x^2*y at x = 1, y = 2"}, "(4, 1)", "right"), ({"given": "grad x^2*y"}, "2xy + x^2", "wrong"),
    ({"given": "softmax(z)_i", "with_respect_to": "z_k"}, "softmax(z)_k*(delta_{ik} - softmax(z)_i)", "right"),
    ({"given": "(x+1)/x"}, "(x) - (x+1) / x^2", "unreadable"), ({"given": "x*f(x)"}, "f + x f'", "right"),
    ({"ask": "evaluate", "given": "3*4 + 2"}, "3*4 + 2", "nearly"),
    ({**CHAIN, "form": "expanded"}, "12(3x+2)^3", "nearly"),
    ({"given": "ln(x)", "at": "3"}, "0.33", "nearly"), ({"given": "x^2/3"}, "0.67x", "nearly"),
    ({"given": "x^2", "at": "3"}, "6", "right"), ({"given": "x^2", "at": "3"}, "2x", "line"),
    ({"given": "x^2", "at": "3"}, "3x", "wrong"),
    ({"ask": "evaluate", "given": "d^2/dx^2 [x^3] at x = 3"}, "6x", "line"),
    ({"ask": "number", "text": "How steep is $x^2$ at $x = 2$?", "answer": "4"}, "2x", "line"),
    ({"ask": "number", "text": "How steep is $x^2$ at $x = 2$?", "answer": "4"}, "x^2", "unreadable"),
    ({"given": "a*x^2", "with_respect_to": "x", "at": "3"}, "2a*x", "wrong"),
    ({"given": "x^2", "at": "3"}, "does not exist", "wrong"), ({"given": "|x|", "at": "0"}, "undefined", "right"),
    ({"given": "|x|", "at": "0"}, "0", "wrong"), (CHAIN, "undefined", "wrong"), (NUMBER, "none", "wrong"),
    ({"ask": "integrate", "given": "2x"}, "x^2 + C", "right"), ({"ask": "integrate", "given": "2x"}, "x^2", "nearly"),
    ({"ask": "simplify", "given": "2x + 3x"}, "5x", "right"),
    ({"ask": "simplify", "given": "2x + 3x"}, "2x + 3x", "nearly"),
    (NUMBER, "1/3", "right"), (NUMBER, "2/6", "right"), (NUMBER, "0.33", "nearly"), (NUMBER, "0.34", "wrong"),
    (NUMBER, "0.3", "wrong"), (NUMBER, "x", "unreadable"),
    (NEAR, "0.33", "right"), (NEAR, "0.32", "wrong"), (NEAR, "sqrt(-1)", "undecided"),
    (SHARE, "0.33", "right"), (SHARE, "0.3", "wrong"), (SHARE, "-1/3", "wrong"), (SHARE, "x", "unreadable"),
    (FINE, "0.3333", "right"), (FINE, "0.33", "nearly"), (FINE, "0.34", "wrong"), (FINE, "0.3", "wrong"),
    ({**NEAR, "text": "How much is $2/6$?"}, "2/6", "nearly"),
    (PLACES, "1", "right"), (PLACES, "-1", "right"), (PLACES, "x = -1", "right"), (PLACES, "0", "wrong"),
    (PLACES, "x = -1 or x = 1", "right"), (PLACES, "1, -1", "right"), (PLACES, "1 and 2", "wrong"),
    (PLACES, "±1", "right"), (PLACES, "x = ±1", "right"), (PLACES, "±2", "wrong"), (PLACES, "±", "unreadable"),
    (NUMBER, "±1/3", "unreadable"), (PLACES, "0 ± 1", "right"), (PLACES, "2 ± 1", "wrong"),
    (PLACES, "1 or", "unreadable"), (PLACES, "1,5", "unreadable"), (PLACES, "one or two", "unreadable"),
    ({**PLACES, "within": "1%"}, "-1.01", "right"), ({**PLACES, "within": "1%"}, "-1.02", "wrong"),
    (NUMBER, "1/3 or 2/3", "unreadable"), (NUMBER, " or ".join("1" * 200), "unreadable"),
    ({"ask": "expression", "text": "Which function is its own slope?", "answer": "e^x", "expect": [{"0": "right"}]},
     "0", "right"),
    ({"ask": "expression", "text": "?", "answer": "x^2 - 1", "form": "factored", "expect": [{"x^2 - 4": "right"}]},
     "x^2 - 4", "nearly"),
    ({**CHAIN, "expect": [{"4(3x+2)^3": "right"}]}, "4(3x+2)^3", "wrong"),  # a derivative is right, or it is not
    ({"ask": "expression", "text": "What?", "answer": "x^2"}, "x*x", "right"),
    (CHOOSE, "2*x", "right"), (CHOOSE, "Neither of them.", "wrong"), (CHOOSE, "4", "unreadable"),
    (CHOOSE, "0", "unreadable"), (CHOOSE, "", "unreadable"), (CHOOSE, "9" * 5000, "unreadable"),
])
def test_outcomes(item: dict[str, Any], answer: str, outcome: str) -> None:
    found = judge(exercise(item), answer)
    assert found.outcome == outcome
    assert found.texts
    assert "{" not in " ".join(text.written() for text in found.texts)


def test_a_derivative_where_its_value_is_asked_for_is_credited() -> None:
    (said,) = judge(exercise({"given": "x^2", "at": "3"}), "2x").texts
    assert said.written() == "That is the derivative. Now put in x = 3 to get the number."
    (said,) = judge(exercise({"ask": "number", "text": "How steep is $x^2$ at $x = 2$?", "answer": "4"}), "2x").texts
    assert said.written().startswith("That is the derivative of x^2. Now find the number")


@pytest.mark.parametrize(("text", "answer"), [
    ("A chord of $x^2$ goes from $x = 2$ to $x = 6$. What is its slope?", "8"),
    ("At what $x$ is $x^2 - 6x$ smallest?", "3"), ("What is the smallest value of $x^2 - 6x$?", "-9"),
    ("What is the second derivative of $x^2$ at $x = 5$?", "2"),
])
def test_a_derivative_is_not_credited_where_another_number_is_asked_for(text: str, answer: str) -> None:
    slope = "2x" if "6x" not in text else "2x - 6"
    found = judge(exercise({"ask": "number", "text": text, "answer": answer}), slope)
    assert found.outcome == "unreadable"
    assert found.texts[0].template == "That is the derivative of {body}. The question asks for a number."


@pytest.mark.parametrize(("given", "answer", "explained"), [
    ("5x - x^3 - x^2", "5 - 3x^2 + 2x", "sum_sign_lost"),  # it would be right with 5 - (3x^2 + 2x)
    ("x*cos(x)", "cos(x) + x*sin(x)", "cos_sign"),
    ("x^2*e^x", "-2x*e^x - x^2*e^x", "sign"),
])
def test_a_frequent_error_is_no_missing_bracket(given: str, answer: str, explained: str) -> None:
    found = judge(exercise({"given": given}), answer)
    assert found.outcome == "wrong"
    assert found.diagnosis is not None
    slip = found.diagnosis.slip
    assert explained in (*found.misconceptions, "" if slip is None else slip.kind)


@pytest.mark.parametrize(("given", "answer", "where"), [
    ("x^2/(x + 1)", "2x(x+1)-x^2/(x+1)^2", "in the numerator"),
    ("(2x + 5)/(x + 2)", "(2(x+2)-2x+5)/(x+2)^2", "after the minus"),
])
def test_an_excuse_says_where_brackets_are_missing_and_not_what_is_right(given: str, answer: str, where: str) -> None:
    made = exercise({"given": given})
    found = judge(made, answer)
    said = " ".join(text.written() for text in found.texts)
    assert (found.outcome, found.misconceptions) == ("unreadable", ())
    assert f"put brackets {where}" in said
    assert str(made.answer) not in said
    assert not any(sign in said for sign in "()^/")


def test_what_is_very_close_is_said_to_be() -> None:
    found = judge(exercise({"given": "x^3", "at": "1"}), "3.0000000000000000000001")
    assert [text.written() for text in found.texts] == ["It is very close to the right value, but not equal to it."]


def test_a_choice_by_its_letter() -> None:
    for seed in range(5):
        made = exercise({**CHOOSE, "vary": {"a": "1..9"}, "text": "Which, $a$?"}, seed)
        outcomes = [judge(made, f"{letter})").outcome for letter in "abc"]
        assert outcomes.count("right") == 1
        assert outcomes.index("right") + 1 == made.right


def test_several_choices_may_be_right() -> None:
    made = exercise({**CHOOSE, "expect": [{"neither of them": "right"}]})
    assert [judge(made, choice.written()).outcome for choice in made.choices].count("right") == 2
    for number in made.right_choices:
        assert judge(made, "abc"[number - 1]).texts == (made.choices[number - 1],)


@pytest.mark.parametrize(("item", "typed", "said"), [
    (SHARE, "0.33", "Right: within 1% of 1/3."), (SHARE, "0.3", "That is not within 1% of the right answer."),
    (NEAR, "0.33", "Right: within 0.01 of 1/3."),
    ({**NEAR, "answer": "d/dx [ln(x)] at (x = 3)"}, "0.33", "Right: within 0.01 of 1/3."),
    (FINE, "0.33", "Nearly: keep more digits, so that it is within 0.0001 of the right answer."),
    ({**PLACES, "within": "1%"}, "-1.01", "Right: within 1% of -1."), (PLACES, "1, -1", "All of them are right."),
    (PLACES, "1 or 2", "2 is not right."), (PLACES, "1 or 0", "0 is not right. There the slope is -3."),
    (NUMBER, "1/3 or 2/3", "Type one answer only: the one you mean."),
    (NUMBER, "(1/3, 2/3)", "The answer is one number, without commas."),
])
def test_what_is_said_of_numbers(item: dict[str, Any], typed: str, said: str) -> None:
    assert " ".join(text.written() for text in judge(exercise(item), typed).texts) == said


def test_what_the_answer_makes_right_is_no_other_answer() -> None:
    made = exercise({**SHARE, "expect": [{"0.333": "right"}, {"2/6": "right"}, {"1/2": "right"}]})
    assert [str(each) for each in made.answers] == ["1/3", "1/2"]
    assert judge(made, "0.3367").outcome == "wrong"  # it is within 1% of 0.333 and 1.01% from 1/3


NUMBERS = {"ask": "choose", "text": "What is the slope of $5$?", "choices": ["$0$", "$1$", "$5$", "it has none"],
           "answer": "$0$"}


@pytest.mark.parametrize(("typed", "outcome"), [
    ("0", "right"), ("5", "wrong"), ("1", "wrong"), ("none", "wrong"), ("It has none.", "wrong"), ("5 - 5", "right"),
    ("2", "unreadable"), ("it", "unreadable"), ("a slope", "unreadable"),
])
def test_a_choice_by_what_it_says(typed: str, outcome: str) -> None:
    assert judge(exercise(NUMBERS), typed).outcome == outcome


@pytest.mark.parametrize(("item", "typed", "said"), [
    ({**NUMBER, "answer": "2", "expect": [{"8": "That is the rise of $8$."}]}, "2*4", "That is the rise of 8."),
    ({**NUMBERS, "expect": [{"$5$": "That is how high it is."}]}, "5", "That is how high it is."),
    ({"given": "a*x", "vary": {"a": "3..3"}, "expect": [{"a*x": "Still the line, $a*x$."}]}, "3x",
     "Still the line, 3*x."),
])
def test_what_an_author_says_of_a_wrong_answer(item: dict[str, Any], typed: str, said: str) -> None:
    found = judge(exercise(item), typed)
    assert (found.outcome, found.texts[0].written()) == ("wrong", said)


@pytest.mark.parametrize(("item", "typed"), [
    ({"given": "x^5"}, "-5x^4"), ({"given": "3x^5"}, "30x^4"), ({"ask": "number", "text": "?", "answer": "7"}, "14"),
    ({"ask": "expression", "text": "?", "answer": "x^2 + x", "form": "factored"}, "x^2 + x"),
    ({"ask": "simplify", "given": "2x + 3x"}, "4x + x"), (CHAIN, "7"), (CHAIN, "12(3x+2)^2"),
])
def test_nothing_that_is_said_gives_the_answer_away(item: dict[str, Any], typed: str) -> None:
    made = exercise(item)
    found = judge(made, typed)
    assert found.outcome in ("wrong", "nearly")
    assert str(made.answer) not in " ".join(text.written() for text in found.texts)


def test_of_several_explanations_the_likeliest_is_said() -> None:
    found = judge(exercise({"given": "sin(6x)"}), "cos(6x)")
    assert found.diagnosis is not None
    assert found.diagnosis.outcome == "one_of"
    assert len(found.texts) == 1


def test_the_line_itself_may_be_the_right_answer() -> None:
    line = {"ask": "expression", "given": "3x + 2", "text": "What is its tangent?", "answer": "5 + 3*(x - 1)"}
    assert judge(exercise(line), "3x + 2").outcome == "right"


def test_of_a_wrong_number_no_part_fits() -> None:
    found = judge(exercise({"given": "x^2", "at": "-1"}), "-12")
    assert "All fits" not in found.texts[0].written()


def test_letters_of_the_question_are_no_strangers() -> None:
    made = exercise({"ask": "expression", "text": "The chord has the slope $-a/(x*(x + h))$. And the curve?",
                     "answer": "-a/x^2"})
    assert judge(made, "-a/(x*(x + h))").outcome == "wrong"


def test_a_wrong_answer_is_explained() -> None:
    found = judge(exercise(CHAIN), "4(3x+2)^3")
    assert "chain_inner_forgotten" in found.misconceptions
    assert str(found.reading) == "4*(3*x + 2)^3"


def test_a_wrong_rule_is_answered_with_its_statement() -> None:
    made = exercise({"ask": "name-the-rule", "given": "sin(x^2)"}, teaches=("product",))
    found = judge(made, "product rule")
    assert found.outcome == "wrong"
    assert "d/dx [f*g] = d/dx [f]*g + f*d/dx [g]" in found.texts[0].written()
    assert judge(made, "Chain rule").outcome == "right"


def test_lines() -> None:
    made = exercise({"ask": "find-the-wrong-line", "given": "x^2 + (3x + 1)^4",
                     "misconception": "chain_inner_forgotten"})
    assert [judge(made, str(number)).outcome for number in range(1, 5)] == ["wrong", "wrong", "wrong", "right"]
    assert judge(made, "1").texts[0].written() == "Line 1 is the problem itself."


OWN = """
letters
    x is a variable
    g is an expression
    n is a constant
misconception doubled "The outside was doubled" unlike chain
    d/dx [g^n] = 2 * g^n
    say "Why twice {g}?"
    example d/dx [(x^2 + 1)^3]
misconception forgotten "Out of sight" unlike chain
    d/dx [g^n] = n * g^(n - 1)
    say "Where has {g} gone?"
    example d/dx [(x^2 + 1)^3]
"""


@pytest.mark.parametrize(("answer", "name"), [("2(3x+2)^4", "doubled"), ("4(3x+2)^3", "forgotten")])
def test_misconceptions_of_a_lesson_come_first(answer: str, name: str) -> None:
    assert judge(exercise(CHAIN, misconceptions=OWN), answer).misconceptions == (name,)
