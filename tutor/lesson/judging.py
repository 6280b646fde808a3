"""What is to be said of an answer to an exercise.

    judge(exercise, "4(3x+2)^3").outcome                # "wrong"
    judge(exercise, "4(3x+2)^3").misconceptions         # ("chain_inner_forgotten",)

Mathematics is judged by `tutor.judge.diagnose`; a choice, a line or a number by the small rules here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tutor.errors import TutorError
from tutor.expression.parse import collector_paused, parse
from tutor.expression.tokens import Note
from tutor.expression.tree import ZERO, Expression, add, call, negate, node
from tutor.judge.answer import read_answer
from tutor.judge.diagnose import diagnose_expressions
from tutor.judge.diagnosis import Diagnosis, Text
from tutor.lesson.exercise import Exercise
from tutor.lesson.fill import filled
from tutor.oracle.verdict import Oracle
from tutor.rules.rulebook import rulebook

Verdict = Literal["right", "wrong", "unreadable", "nearly", "undecided"]

_VERDICTS: dict[str, Verdict] = {
    "right": "right", "right_other_form": "nearly", "constant_missing": "nearly", "unreadable": "unreadable",
    "undecided": "undecided",
}
"""Outcome of a diagnosis -> verdict; every other one is wrong."""


@dataclass(frozen=True)
class Judgement:
    """What was found.

    outcome: "nearly" is a right value that is not in the form that was asked for, or an antiderivative without its
    constant; reading: the answer as it was read, where it is mathematics; notes: how doubtful things were read; texts:
    what is said, sentence by sentence; diagnosis: all that is known of a mathematical answer; error: why it could not
    be read, with the position.
    """

    outcome: Verdict
    texts: tuple[Text, ...]
    reading: Expression | None = None
    notes: tuple[Note, ...] = ()
    diagnosis: Diagnosis | None = None
    error: TutorError | None = None

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The names of the misconceptions that explain the answer."""
        return () if self.diagnosis is None else self.diagnosis.misconceptions


def judge(exercise: Exercise, text: str) -> Judgement:
    """What is to be said of `text` as an answer; what cannot be read is an outcome too."""
    if exercise.right:
        return _judge_counted(exercise, text)
    try:
        reading = read_answer(text, exercise.problem or ZERO)
    except TutorError as error:
        return Judgement("unreadable", (Text(str(error), {}),), error=error)
    if exercise.ask == "number":
        found = _judge_number(exercise, reading.expression)
    else:
        found = judge_expression(exercise, reading.expression)
    return replace(found, reading=reading.expression, notes=reading.notes)


def judge_expression(exercise: Exercise, answer: Expression) -> Judgement:
    """The same of a mathematical answer that was read already."""
    assert exercise.problem is not None
    with collector_paused():
        diagnosis = diagnose_expressions(exercise.problem, answer, exercise.form, exercise.own)
    return Judgement(_VERDICTS.get(diagnosis.outcome, "wrong"), diagnosis.texts, answer, diagnosis=diagnosis)


def _judge_number(exercise: Exercise, answer: Expression) -> Judgement:
    """A number, equal to the right one or as near as the item allows."""
    assert exercise.problem is not None
    if answer.free:
        return Judgement("unreadable", (Text("A number is asked for, without letters.", {}),))
    if not exercise.written.within:
        return judge_expression(exercise, answer)
    within = filled(parse(exercise.written.within, exercise.functions), exercise.values)
    distance = call("abs", add(answer, negate(exercise.problem)))
    beyond = Oracle().value(add(distance, negate(within)), {})
    if beyond is None or isinstance(beyond, complex):
        return Judgement("undecided", (Text("This could not be decided: it has no real value.", {}),))
    if beyond <= _NOISE:
        return Judgement("right", (Text("Right: within {within} of {value}.",
                                        {"within": within, "value": exercise.problem}),))
    return Judgement("wrong", (Text("That is farther than {within} from the right number.", {"within": within}),))


_NOISE = 1e-12
"""What rounding may add to a distance."""


def _judge_counted(exercise: Exercise, text: str) -> Judgement:
    """The number of a choice or of a line; a choice may also be typed out."""
    what, count = ("line", len(exercise.lines)) if exercise.lines else ("choice", len(exercise.choices))
    typed = _counted(exercise, text)
    if typed is None:
        return Judgement("unreadable", (Text(f"Type the number of a {what}, from 1 to {count}.", {}),))
    if typed == exercise.right:
        return Judgement("right", (_why_right(exercise),))
    return Judgement("wrong", (_why_wrong(exercise, typed),))


def _counted(exercise: Exercise, text: str) -> int | None:
    """The number that was typed or meant, or None."""
    plain = text.strip().rstrip(".)").strip()
    if plain.isdecimal() and len(plain) <= _DIGITS:
        number = int(plain)
        return number if 1 <= number <= max(len(exercise.lines), len(exercise.choices)) else None
    words = [choice.written().casefold() for choice in exercise.choices]
    return words.index(plain.casefold()) + 1 if plain.casefold() in words else None


_DIGITS = 4


def _why_right(exercise: Exercise) -> Text:
    if exercise.lines:
        wrong = exercise.lines[exercise.right - 1]
        return Text("Right: {before} does not become {line}.", {
            "before": exercise.lines[exercise.right - 2].expression, "line": wrong.expression})
    return Text(f"Right: {exercise.choices[exercise.right - 1].template}.".replace("..", "."),
                exercise.choices[exercise.right - 1].slots)


def _why_wrong(exercise: Exercise, typed: int) -> Text:
    if exercise.lines:
        line = exercise.lines[typed - 1]
        if not line.rule:
            return Text("Line 1 is the problem itself.", {})
        return Text(f"Line {typed} is right: it follows from the line before it.", {})
    if exercise.ask == "name-the-rule":
        chosen = exercise.choices[typed - 1].template
        rule = next((rule for rule in rulebook().values() if rule.title == chosen), None)
        if rule is not None:
            return Text("That rule reads {equation}. Does its left side fit here?",
                        {"equation": node("relation", (rule.left, rule.right), "=")})
    return Text("Not that one.", {})
