"""What is said of answers to an exercise that can be foreseen, for an author to read.

    [(each.label, each.judgement.outcome) for each in responses(lesson, exercise)]
    # [("expected right", "right"), ("chain_inner_forgotten", "wrong"), ...]

First the answers that the author wrote into `expect`, then the other choices or lines, then those to which the
misconceptions lead that are unlike a taught rule, the lesson's own included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.expression.relations import related
from tutor.expression.tree import Expression, as_tuple
from tutor.judge.diagnosis import Text
from tutor.lesson.check import applicable, wrong_answers
from tutor.lesson.choosing import LETTERS
from tutor.lesson.exercise import Exercise
from tutor.lesson.judging import Judgement, answer_as_typed, judge, judge_expression
from tutor.lesson.schema import Lesson, is_sentence
from tutor.lesson.worksheet import Worksheet, in_tree
from tutor.oracle.digits import in_tree as digits_in_tree


@dataclass(frozen=True)
class Response:
    """An answer and what is said of it. label: where it comes from: what `expect` says, or a misconception; "" for
    another choice or line."""

    answer: Text
    label: str
    judgement: Judgement


def responses(lesson: Lesson, exercise: Exercise) -> Iterator[Response]:
    """Each answer that can be foreseen, once, with what is said of it."""
    seen: set[object] = set()
    for response, same in (*_expected(exercise), *_other_choices(exercise), *_mistaken(lesson, exercise)):
        if same not in seen:
            seen.add(same)
            yield response


def _expected(exercise: Exercise) -> Iterator[tuple[Response, object]]:
    for entry in exercise.written.expect:
        for key, verdict in entry.items():
            label = "expected wrong" if is_sentence(verdict) else f"expected {verdict}"
            if exercise.right or exercise.sheet is not None or exercise.listed is not None:
                text = answer_as_typed(exercise, key)
                yield Response(text, label, judge(exercise, text.written())), text.written()
            else:
                answer = exercise.formula(key)
                yield Response(_alone(answer), label, judge_expression(exercise, answer)), answer


def _other_choices(exercise: Exercise) -> Iterator[tuple[Response, object]]:
    for letter, choice in zip(LETTERS, exercise.choices, strict=False):
        yield Response(choice, "", judge(exercise, letter)), choice.written()
    rows = len(exercise.sheet.cells) if exercise.sheet is not None and exercise.right else 0
    for number in range(1, rows + 1):
        yield Response(Text(f"row {number}", {}), "", judge(exercise, str(number))), number
    for number in range(1, len(exercise.lines) + 1):
        yield Response(Text(f"line {number}", {}), "", judge(exercise, str(number))), number


_DIGITS = 4


def _in_cells(sheet: Worksheet) -> Iterator[tuple[Response, object]]:
    """The frequent mistakes in each cell of a table, and those about its paths."""
    for cell in sheet.blanks:
        for made in cell.made():
            rule, value = made.mistake.rule, sheet.wrong_value(made, {})
            if value is None or not ("frequent" in rule.tags or made.where is None):
                continue
            found = sheet.judge(cell, value, {})
            if found.outcome == "wrong":
                shown = related(cell.asked, "=", as_tuple(
                    digits_in_tree(each, _DIGITS) if isinstance(each, float) else in_tree(each) for each in value))
                yield Response(_alone(shown), rule.name, Judgement("wrong", found.texts)), (cell.key, rule.name)


def _mistaken(lesson: Lesson, exercise: Exercise) -> Iterator[tuple[Response, object]]:
    if exercise.sheet is not None:
        yield from _in_cells(exercise.sheet)
    if exercise.derivation is None or exercise.right:
        return
    for name, answer in wrong_answers(exercise, applicable(lesson, exercise)):
        found = judge_expression(exercise, answer)
        if found.outcome == "wrong":
            yield Response(_alone(answer), name, found), answer


def _alone(answer: Expression) -> Text:
    return Text("{answer}", {"answer": answer})
