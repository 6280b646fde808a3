"""Judging an answer to an exercise, and what to tell the learner.

    judge(exercise, "4(3x+2)^3").outcome                # "wrong"
    judge(exercise, "4(3x+2)^3").misconceptions         # ("chain_inner_forgotten",)

Mathematics is judged by `tutor.judge.diagnose`. The sentences here are for a learner who will try again: they say why
an answer is not right without giving the right one away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tutor.derivation.antiderivatives import has_definite_integral
from tutor.errors import TutorError
from tutor.expression.notes import Note
from tutor.expression.parse import Reading, collector_paused
from tutor.expression.tree import OPEN, ZERO, Expression, derivative, name, node, postorder
from tutor.judge.answer import read_answer
from tutor.judge.diagnose import diagnose_expressions, rule_that_applies
from tutor.judge.diagnosis import Diagnosis, Text
from tutor.judge.equivalence import equivalent
from tutor.judge.lists import Listed, judge_listed, read_listed
from tutor.judge.misreading import meant
from tutor.judge.no_value import diagnose_no_value, says_no_value
from tutor.judge.readings import answers_offered, as_read
from tutor.judge.rounding import rounded
from tutor.judge.told import told
from tutor.lesson.choosing import foreseen, judge_counted
from tutor.lesson.critical import not_critical
from tutor.lesson.exercise import Exercise
from tutor.lesson.filling_in import filled_in
from tutor.lesson.tolerance import Tolerance
from tutor.lesson.worksheet import CellJudgement, Value, Worksheet
from tutor.rules.restate import shown_bindings

JudgementOutcome = Literal["right", "wrong", "unreadable", "nearly", "undecided", "line"]

_OUTCOMES: dict[str, JudgementOutcome] = {
    "right": "right", "right_on_part": "right", "right_other_form": "nearly", "constant_missing": "nearly",
    "unreadable": "unreadable", "undecided": "undecided",
}
"""The outcome of a diagnosis -> the outcome of the judgement; all others are wrong."""

_WORKED_OUT = frozenset(("evaluate", "number", "expression"))
"""Kinds of question that are not answered by repeating the question."""


@dataclass(frozen=True)
class Judgement:
    """What was found.

    outcome: "nearly" is a right value that is not in the form that was asked for, an antiderivative without its
    constant, or a rounded number; "unreadable" is what counts as no attempt; "line", a right step on the way, such as
    the derivative where its value at a point is asked for; reading: the answer as it was read, where
    it is mathematics; notes: how doubtful things were read; texts: what is said, sentence by sentence; diagnosis: all
    that is known of a mathematical answer; error: why it could not be read, with the position; explained_by: names of
    misconceptions, where there is no diagnosis.
    """

    outcome: JudgementOutcome
    texts: tuple[Text, ...]
    reading: Expression | None = None
    notes: tuple[Note, ...] = ()
    diagnosis: Diagnosis | None = None
    error: TutorError | None = None
    explained_by: tuple[str, ...] = ()

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The names of the misconceptions that explain the answer."""
        return self.explained_by if self.diagnosis is None else self.diagnosis.misconceptions


def judge(exercise: Exercise, text: str) -> Judgement:
    """Judge `text` as an answer; an answer that cannot be read is an outcome too."""
    if exercise.sheet is not None and not exercise.right:
        return _judge_cells(exercise.sheet, text)
    if exercise.listed is not None:
        return _judge_list(exercise, exercise.listed, text)
    if exercise.right:
        right, said = judge_counted(exercise, text)
        return Judgement("unreadable" if right is None else "right" if right else "wrong", (said,))
    if exercise.problem is not None and says_no_value(text, has_definite_integral(exercise.problem)):
        found_none = diagnose_no_value(exercise.problem, text)
        return Judgement(_OUTCOMES.get(found_none.outcome, "wrong"), found_none.texts, diagnosis=found_none)
    try:
        reading = _read_with_names(exercise, text)
    except TutorError as error:
        return _judge_several(exercise, text) or Judgement("unreadable", (Text(str(error), {}),), error=error)
    found = replace(judge_expression(exercise, reading.expression), reading=reading.expression, notes=reading.notes)
    if found.outcome in ("wrong", "undecided"):
        found = _right_as_read_otherwise(exercise, text, reading) or found
    if found.outcome == "wrong":
        return _no_attempt(exercise, text, reading, found) or found
    return found


def _read_with_names(exercise: Exercise, text: str) -> Reading:
    """An answer, with what the lines of the exercise say in place of their names."""
    if exercise.ask != "differentiate" or exercise.problem is None or exercise.given is None or (
            exercise.given.head != "statements"):
        return read_answer(text, exercise.problem or ZERO)
    from tutor.lesson.with_lines import with_lines, without_names  # few exercises have lines

    reading = read_answer(text, with_lines(exercise.given, exercise.problem))
    return reading._replace(expression=without_names(reading.expression, exercise.given, exercise.problem))


def answer_as_typed(exercise: Exercise, written: str) -> Text:
    """An answer of the author as a learner types it; the values of this variant are put into numbers and points."""
    if exercise.listed is None:
        return exercise.text(written)
    return read_listed(exercise.listed.kind, written, exercise.formula, exercise.listed.letters).told


def _judge_list(exercise: Exercise, right: Listed, text: str) -> Judgement:
    """Judge an answer that is more than one value."""
    def same(mine: Expression, his: Expression) -> bool:
        if exercise.tolerance is not None:
            return exercise.tolerance.reaches(mine, his, exercise.oracle) is True
        return exercise.oracle.compare(mine, his).outcome == "checked"

    try:
        typed = read_listed(right.kind, text, lambda part: read_answer(part, exercise.given or ZERO).expression,
                            right.letters)
    except TutorError as error:
        return Judgement("unreadable", (Text(str(error), {}),), error=error)
    for key, words in foreseen(exercise):
        if judge_listed(read_listed(right.kind, key, exercise.formula, right.letters), typed, same).outcome == "right":
            return Judgement("wrong", (words,))
    found = judge_listed(right, typed, same)
    slope = None
    if exercise.critical is not None and found.strange is not None:
        slope = not_critical(exercise.critical, found.strange, exercise)
    return Judgement(found.outcome, (found.text, *(() if slope is None else (slope,))))


def _judge_cells(sheet: Worksheet, text: str) -> Judgement:
    """Judge values of cells in one line, as if the table were filled with nothing else: the first mistake decides."""
    own: dict[str, tuple[Value, ...]] = {}
    found: list[CellJudgement] = []
    try:
        for cell, value in filled_in(sheet, text, own):
            found.append(sheet.judge(cell, value, own))
            own[cell.key] = value
    except TutorError as error:
        return Judgement("unreadable", (Text(str(error), {}),), error=error)
    for outcome in ("wrong", "undecided"):
        first = next((each for each in found if each.outcome == outcome), None)
        if first is not None:
            said = (Text("{cell} is not right.", {"cell": first.cell.asked}), *first.texts)
            return Judgement("wrong" if outcome == "wrong" else "undecided", said, explained_by=first.misconceptions)
    if len(own) < len(sheet.blanks):
        return Judgement("line", (Text("That is right so far.", {}),))
    return Judgement("right", (Text("Every cell is right.", {}),))


_JOINED = re.compile(r"\s*(?:,(?!\d)|;|\bor\b|\band\b)\s*")
"""What separates two answers; a comma between two digits is meant as a decimal point."""

_MOST_JOINED = 6


def _judge_several(exercise: Exercise, text: str) -> Judgement | None:
    """Judge several answers in one line, such as x = -1 or x = 1, or ±1; None for anything else."""
    parts = [part.replace("±", sign) for part in _JOINED.split(text.strip()) if part
             for sign in ("+-" if "±" in part else "+")]
    if exercise.ask not in ("number", "expression") or not 1 < len(parts) <= _MOST_JOINED:
        return None
    found = [judge(exercise, part) for part in parts]
    if any(each.reading is None for each in found):
        return None
    if not exercise.also_right_values:
        return Judgement("unreadable", (Text("Type one answer only: the one you mean.", {}),))
    other = next((each for each in found if each.outcome != "right"), None)
    if other is None:
        return Judgement("right", (Text("All of them are right.", {}),))
    if other.outcome == "wrong" and other.reading is not None:
        said = _foreseen(exercise, other.reading)
        return replace(other, texts=(Text("{answer} is not right.", {"answer": other.reading}), *said))
    return other


def _right_as_read_otherwise(exercise: Exercise, text: str, reading: Reading) -> Judgement | None:
    """The judgement by another reading of an answer that the notes on it offer, if it is right by that one."""
    assert exercise.problem is not None
    for answer in answers_offered(text, reading, exercise.problem):
        if equivalent(exercise.problem, answer).verdict == "equal":
            found = judge_expression(exercise, answer)
            if found.outcome in ("right", "nearly"):
                return replace(found, reading=answer, notes=reading.notes, texts=(*found.texts, as_read(answer)))
    return None


def judge_expression(exercise: Exercise, answer: Expression) -> Judgement:
    """Judge a mathematical answer that has been read already."""
    assert exercise.problem is not None
    on_the_way = _derivative_before_the_value(exercise, answer)
    if on_the_way is not None:
        with collector_paused():
            diagnosis = diagnose_expressions(exercise.problem, answer, exercise.form, exercise.own, exercise.letters)
        outcome, said = on_the_way
        return Judgement(outcome, _foreseen(exercise, answer) or (said,), answer, diagnosis=diagnosis)
    if exercise.ask == "number" and answer.head == "tuple":
        return Judgement("unreadable", (Text("The answer is one number, without commas.", {}),), answer)
    if exercise.ask == "number" and answer.free:
        return Judgement("unreadable", (Text("The answer should be a number, without letters.", {}),), answer)
    found = _judge_by(exercise, exercise.problem, answer)
    for other in exercise.also_right_values:
        if found.outcome == "right":
            break
        again = _judge_by(exercise, other, answer)
        if again.outcome == "right" or (again.outcome == "nearly" and found.outcome != "nearly"):
            found = again
    return found


def _judge_by(exercise: Exercise, right: Expression, answer: Expression) -> Judgement:
    """Judge an answer by comparing it with one of the right ones."""
    if exercise.tolerance is not None:
        return _judge_distance(exercise, exercise.tolerance, right, answer)
    with collector_paused():
        method = exercise.written.method if right is exercise.problem else ""
        diagnosis = diagnose_expressions(right, answer, exercise.form, exercise.own, exercise.letters, method)
    outcome = _OUTCOMES.get(diagnosis.outcome, "wrong")
    texts: tuple[Text, ...]
    if outcome == "right" and _is_the_question(exercise, answer):
        outcome, texts = "nearly", (_WORK_IT_OUT,)
    elif diagnosis.slip is not None and diagnosis.slip.kind == "rounded":
        outcome, texts = "nearly", diagnosis.texts
    else:
        texts = _foreseen(exercise, answer) or _said(exercise, diagnosis)
    return Judgement(outcome, texts, answer, diagnosis=diagnosis)


# -- right so far ----------------------------------------------------------------------------------------------------


def _derivative_before_the_value(exercise: Exercise, answer: Expression) -> tuple[JudgementOutcome, Text] | None:
    """The outcome, and what to say, for a right derivative where a number is asked for. None for other answers.

    It is right so far if the number is a value of the derivative. If the number is something else, such as a place or
    the slope of a chord, the derivative does not count as an attempt.
    """
    if not answer.free:
        return None
    for slope, point in _slopes(exercise):
        letter = slope.args[1]
        if letter.value not in answer.free or equivalent(slope, answer).verdict != "equal":
            continue
        if point is not None:
            return "line", Text("That is the derivative. Now put in {letter} = {point} to get the number.",
                                {"letter": letter, "point": point})
        if _is_taken_somewhere(exercise, slope):
            return "line", Text("That is the derivative of {body}. Now find the number: its value at the right point.",
                                {"body": slope.args[0]})
        return "unreadable", Text("That is the derivative of {body}. The question asks for a number.",
                                  {"body": slope.args[0]})
    return None


def _is_taken_somewhere(exercise: Exercise, slope: Expression) -> bool:
    """Whether the number that is asked for is the value of a derivative at one of the numbers in the question."""
    assert exercise.problem is not None
    said = exercise.prompt.slots.values()
    named = dict.fromkeys(part for each in said for part in (each.args if each.head == "relation" else (each,)))
    places = [each for each in named if not each.free and each.head not in (*OPEN, "relation")]
    return any(equivalent(node("at", (slope, slope.args[1], place)), exercise.problem).verdict == "equal"
               for place in places[:_MOST_PLACES])


_MOST_PLACES = 8


def _slopes(exercise: Exercise) -> Iterator[tuple[Expression, Expression | None]]:
    """The derivatives on the way to a number, each with the point at which its value is taken, if that is known."""
    problem = exercise.problem
    if problem is None or problem.free:
        return
    if problem.head == "at" and problem.args[0].head == "derivative":
        yield problem.args[0], problem.args[2]
    elif exercise.ask == "number":
        for body in dict.fromkeys((exercise.given, *exercise.prompt.slots.values())):
            if body is not None and body.args and len(body.free) == 1 and body.head not in (*OPEN, "relation"):
                yield derivative(body, name(next(iter(body.free)))), None


# -- what counts as no attempt ---------------------------------------------------------------------------------------


def _no_attempt(exercise: Exercise, text: str, reading: Reading, found: Judgement) -> Judgement | None:
    """Words, and answers in which only brackets are missing, do not count as attempts.

    A frequent error is checked first: it is likelier than a missing bracket, and should not be excused as one.
    """
    assert exercise.problem is not None
    strangers = sorted(reading.expression.free - exercise.letters)
    if strangers and found.diagnosis is not None and found.diagnosis.outcome == "wrong_variable":
        return replace(found, outcome="unreadable")
    if found.diagnosis is not None and _is_likely(found.diagnosis):
        return None
    other = meant(text, exercise.problem, exercise.oracle)
    if other is None:
        return None
    return replace(found, outcome="unreadable", diagnosis=None, notes=(), texts=(Text(
        f"Read like this, it is not right. If you meant something else, put brackets {_where_missing(text, other)}, "
        "around what belongs together.", {}),))


def _is_likely(diagnosis: Diagnosis) -> bool:
    """Whether an answer is explained by a lost sign, by another letter, or by one frequent misconception."""
    lost_sign = diagnosis.slip is not None and diagnosis.slip.kind == "sign"
    return lost_sign or diagnosis.outcome == "wrong_variable" or any(
        len({mistake.rule.name for mistake in each}) == 1 and "frequent" in each[0].rule.tags
        for each in diagnosis.explanations)


def _where_missing(text: str, other: str) -> str:
    """Where the first bracket is missing, in words. other: the text with brackets."""
    place = next(place for place, sign in enumerate(other) if text[place:place + 1] != sign)
    before = text[:place].rstrip("([{ ")
    return _PLACES.get(before[-1:], "after the function" if before else "in the numerator")


_PLACES = {"^": "in the exponent", "/": "in the denominator", "-": "after the minus sign", "−": "after the minus sign"}
"""What stands before a missing bracket -> where that is."""


# -- numbers ---------------------------------------------------------------------------------------------------------


def _judge_distance(exercise: Exercise, tolerance: Tolerance, right: Expression, answer: Expression) -> Judgement:
    """A number that may be off by so much."""
    near = tolerance.reaches(answer, right, exercise.oracle)
    if near is None:
        return Judgement("undecided", (Text("Your answer has no real value, so this could not be "
                                            "decided.", {}),), answer)
    if near and _is_the_question(exercise, answer):
        return Judgement("nearly", (_WORK_IT_OUT,), answer)
    if near:
        worked_out = exercise.answer if right is exercise.problem and exercise.answer is not None else right
        return Judgement("right", (tolerance.said("Right: within {within} of {value}.", worked_out),), answer)
    said = _foreseen(exercise, answer)
    if not said and rounded(answer, right):
        return Judgement("nearly", (tolerance.said(
            "Nearly: keep more digits, so that it is within {within} of the right answer.", right),), answer)
    return Judgement("wrong", said or (
        tolerance.said("That is not within {within} of the right answer.", right),), answer)


# -- what is said ----------------------------------------------------------------------------------------------------


_WORK_IT_OUT = Text("That is what the question says already. Work it out.", {})


def _is_the_question(exercise: Exercise, answer: Expression) -> bool:
    """Whether an answer only repeats a formula of the question, or still has something to be worked out in it."""
    if exercise.ask in ("number", "expression") and any(part.head in OPEN for part in postorder([answer])):
        return True
    asked = [*exercise.prompt.slots.values(), *([exercise.given] if exercise.ask == "evaluate" else [])]
    return (exercise.ask in _WORKED_OUT and answer not in exercise.answers
            and any(answer is each and each.args for each in asked))


def is_foreseen(exercise: Exercise, answer: Expression) -> bool:
    """Whether the author has written a reply to this answer."""
    return not exercise.right and exercise.listed is None and bool(_foreseen(exercise, answer))


def _foreseen(exercise: Exercise, answer: Expression) -> tuple[Text, ...]:
    """The author's reply to this answer, which `expect` lists as wrong."""
    for key, words in foreseen(exercise):
        if exercise.oracle.compare(exercise.formula(key), answer).outcome == "checked":
            return (words,)
    return ()


_FORMS = {
    "expanded": "The value is right, but it is not multiplied out yet.",
    "factored": "The value is right, but a factor can still be taken out.",
    "simplified": "The value is right, but it can be written more simply.",
    "exact": "The value is right, but it is not exact: use fractions and roots, not decimals.",
}

_SLIPS = {
    "sign": "Everything is there except for a sign.",
    "factor": "The form is right, but a number in front is not: check the factors again.",
    "constant": "Everything is right except for a number that is added or subtracted.",
    "exponent": "An exponent is off by one.",
}


def _said(exercise: Exercise, diagnosis: Diagnosis) -> tuple[Text, ...]:
    """The sentences for a learner: of several explanations the likeliest, and nothing that gives the result away."""
    if diagnosis.outcome == "right_other_form" and len(diagnosis.texts) > 1 and exercise.form:
        finding = diagnosis.texts[-1]
        return diagnosis.texts if len(finding.slots) == 1 else (Text(_FORMS[exercise.form], {}),)
    if diagnosis.outcome == "slip" and diagnosis.slip is not None and diagnosis.slip.kind in _SLIPS:
        return (Text(_SLIPS[diagnosis.slip.kind], {}),)
    if diagnosis.outcome == "one_of":
        return told(diagnosis.explanations[0])
    if diagnosis.derivation is not None and diagnosis.derivation.undefined:
        return diagnosis.texts
    if diagnosis.outcome == "unexplained":
        return _unexplained(exercise, diagnosis)
    return diagnosis.texts


TO_THE_HINTS = Text("? gives a hint.", {})


def _unexplained(exercise: Exercise, diagnosis: Diagnosis) -> tuple[Text, ...]:
    """What to say when nothing explains the answer: name the part that does not fit, if it can be seen in the answer,
    or the rule that the exercise is about. A question in words has no rule; there the hints are better."""
    said = diagnosis.observations
    if "very_near" in said:
        return (said["very_near"],)
    difference, answer = diagnosis.difference, diagnosis.answer
    if ("all_but" in said and difference is not None and answer is not None and answer.free
            and difference.yours is not answer and difference.yours in set(postorder([answer]))):
        return (said["all_but"],)
    leading = exercise.leading
    if exercise.ask in ("number", "expression") or leading is None or leading.rule is None:
        return (said.get("differentiated", TO_THE_HINTS),)
    return (rule_that_applies(leading.rule, shown_bindings(leading.rule, leading.bindings)),)
