"""An exercise of a session and how far the learner is in it; and questions about an exercise before it is judged.

    turn = Turn(picked, 1, asked)
    turn.exercise.name, turn.ended      # "chain-rule/power-of-linear@17", None: it is not finished
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from tutor.derivation.antiderivatives import is_indefinite
from tutor.derivation.coefficients import Style
from tutor.derivation.tidy import Tidy
from tutor.errors import TutorError
from tutor.expression.tree import OPEN, ZERO, Expression, add, name, postorder, substitute
from tutor.expression.tree import replace as replace_in
from tutor.judge.answer import read_answer
from tutor.judge.antiderivative import judge_antiderivative
from tutor.judge.diagnosis import Text
from tutor.judge.known_integrals import closed
from tutor.lesson.choosing import judge_counted
from tutor.lesson.exercise import Exercise
from tutor.lesson.hints import hints
from tutor.lesson.judging import Judgement
from tutor.practice.asking import command_named
from tutor.practice.schedule import Picked
from tutor.practice.store import Attempt, Outcome
from tutor.rules.reader import FRESH


@dataclass
class Turn:
    """An exercise of this session.

    begun: when it was shown; waits: what was typed before that; decision: the attempt that was graded, decided: whether
    there was one, in this session or an earlier one; ended: nothing is left to do in it, and why.
    """

    picked: Picked
    number: int
    asked: Attempt
    lines: tuple[Expression, ...] = ()
    hints: int = 0
    begun: datetime | None = None
    waits: str = ""
    last_hint: datetime | None = None
    decided: bool = False
    decision: Attempt | None = None
    ended: Outcome | None = None
    judgement: Judgement | None = None

    @property
    def exercise(self) -> Exercise:
        return self.picked.exercise

    @cached_property
    def texts(self) -> tuple[Text, Text, Text]:
        return hints(self.exercise)


def results_of(turns: Iterable[Turn]) -> list[Attempt]:
    """The attempt that decided each exercise that was finished; one that was only looked up, as shown."""
    finished = [turn for turn in turns if turn.ended not in (None, "skipped")]
    decided = [turn.decision or replace(turn.asked, grade="again") for turn in finished]
    return [replace(attempt, outcome="shown") if turn.ended == "shown" else attempt
            for turn, attempt in zip(finished, decided, strict=True)]


def is_an_answer(exercise: Exercise, text: str) -> bool:
    """Whether a word that looks like a command can be read as an answer, in the letters of the exercise."""
    if exercise.right:
        return judge_counted(exercise, text)[0] is not None
    try:
        return read_answer(text, exercise.problem or ZERO).expression.free <= exercise.letters
    except TutorError:
        return False


def has_lines(exercise: Exercise) -> bool:
    """Whether an answer can be given line by line."""
    return exercise.derivation is not None and not exercise.right and not exercise.form


def leads_away(turn: Turn) -> Literal["back", "quit"] | None:
    """Where a command typed before an exercise leads, if there is no point in beginning the exercise first."""
    command = command_named(turn.waits)
    return "quit" if command == "quit" else "back" if command == "back" and turn.number > 1 else None


def answer_of(exercise: Exercise) -> Expression | None:
    """A right answer, as far as there is one to be shown: of an integral without limits one that the rulebook finds in
    a step or two and that its derivative confirms."""
    problem = exercise.problem
    if exercise.answer is not None or problem is None or not is_indefinite(problem):
        return exercise.answer
    found = closed(problem, name(FRESH))
    for part in [part for part in postorder([found]) if part.head == "at"]:
        found = replace_in(found, {part: substitute(part.args[0], part.args[1].value, part.args[2])})
    found = Tidy(Style())(found)
    if any(part.head in OPEN for part in postorder([found])):
        return None
    whole = add(*(found.args if found.head == "sum" else (found,)), name("C"))
    return whole if judge_antiderivative(problem, whole).right else None


def has_a_name(exercise: Exercise) -> bool:
    """Whether it makes sense to ask which rule leads an exercise: one with a name of its own, which was not asked."""
    return exercise.rule is not None and "basic" in exercise.rule.tags and not exercise.choices
