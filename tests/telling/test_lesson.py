"""A lesson and the question of an exercise as documents."""

import pytest

from tests.lesson.lessons import exercise, lesson
from tests.narrowed import of_kind
from tutor.expression.parse import parse
from tutor.expression.tree import Expression
from tutor.lesson.exercise import worked_examples
from tutor.telling.document import DocumentBlock, Formula, Heading, Solution, Words
from tutor.telling.lesson import told_given_lines, told_lesson, told_question


def formulas_in(block: DocumentBlock) -> list[Expression]:
    return [part for text in of_kind(Words, block).texts for part in text.parts if isinstance(part, Expression)]


def test_the_words_of_a_lesson_keep_formulas_apart_and_its_examples_are_worked_out() -> None:
    made = lesson({"given": "x^3"}, teaches=("power",), text="Of $x^2$ the **slope** is\n\n$$2x$$.",
                  examples=["d/dx [x^4]", "d/dx [sin(x)]"])
    (heading,), (words,), (first,), (second,) = told_lesson(made, worked_examples(made)).groups
    assert heading == Heading("Made")
    assert isinstance(words, Words)
    assert words.texts[0].markdown
    assert formulas_in(words) == [parse("x^2"), parse("2x")]
    for solution, result in ((first, "4x^3"), (second, "cos(x)")):
        assert isinstance(solution, Solution)
        assert solution.result.formula is parse(result)
        assert [finding.sign for finding in solution.result.findings] == ["yes"]


def test_a_lesson_of_exercises_alone_under_another_heading() -> None:
    assert told_lesson(lesson({"given": "x^3"}), heading="A new lesson").groups == ((Heading("A new lesson"),),)


def test_a_question_is_words_and_what_stands_apart_from_them() -> None:
    (words,), (given,) = told_question(exercise({"given": "x^3/2"})).groups
    assert isinstance(words, Words)
    assert given == Formula(parse("x^3/2"), shape="display")


def test_a_choice_that_is_a_formula_is_told_as_one() -> None:
    asked = exercise({"ask": "choose", "text": "What is the slope of $x^2$?", "answer": "$2x$",
                      "choices": ["$2x$", "$x$ or more", "none"]})
    (prompt,), choices = told_question(asked).groups
    assert formulas_in(prompt) == [parse("x^2")]
    assert [choice.mark for choice in choices if isinstance(choice, Words | Formula)] == ["a", "b", "c"]
    (formula,) = [choice for choice in choices if isinstance(choice, Formula)]
    assert formula.expression is parse("2x")
    assert sorted(str(choice.texts[0]) for choice in choices if isinstance(choice, Words)) == ["none", "x or more"]


def test_the_lines_of_a_derivation_are_numbered_and_go_on_from_the_first() -> None:
    asked = exercise({"ask": "find-the-wrong-line", "given": "a*x^n", "vary": {"a": "2..5", "n": "3..6"},
                      "misconception": "power_lost_coefficient"}, teaches=("power",))
    (_, *blocks), = told_question(asked).groups
    lines = [of_kind(Formula, block) for block in blocks]
    assert [line.expression for line in lines] == [line.expression for line in asked.lines]
    assert [line.mark for line in lines] == [str(number + 1) for number in range(len(lines))]
    assert [line.continues for line in lines] == [False] + [True] * (len(lines) - 1)


@pytest.mark.parametrize(("lines", "where"), [
    ([("d/dx [sin(x^2)]", None), ("d/du [sin(u)]*d/dx [x^2]", "u = x^2"), ("cos(u)*d/dx [x^2]", "u = x^2"),
      ("2x*cos(x^2)", None)], [None, "u = x^2", None, None]),
    ([("cos(u)", "u = x"), ("2x", None), ("cos(u)", "u = x")], ["u = x", None, "u = x"]),
    ([], []),
])
def test_what_a_letter_stands_for_is_said_once(lines: list[tuple[str, str | None]], where: list[str | None]) -> None:
    told = told_given_lines((parse(line), parse(beside) if beside else None) for line, beside in lines)
    assert [line.where and str(line.where) for line in told] == where
    assert [line.continues for line in told] == [number > 0 for number in range(len(lines))]
