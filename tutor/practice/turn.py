"""An exercise of a session, with how far it is; and what can be said of an exercise before it is judged.

    turn = Turn(picked, 1, asked)
    turn.exercise.name, turn.ended      # "chain-rule/power-of-linear@17", None: it is not finished
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from tutor.derivation.antiderivatives import is_indefinite
from tutor.derivation.coefficients import Style
from tutor.derivation.tidy import Tidy
from tutor.errors import TutorError
from tutor.expression.notes import Note
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


def news(judgement: Judgement, told: set[str]) -> list[Note]:
    """The notes on an answer that are worth saying: none twice, and one of a kind as long as all is right.

    told: what was said before; what is said now is added to it.
    """
    found = [note for note in judgement.notes if note.message not in told and (
        judgement.outcome != "right" or _kind(note) not in told)]
    told.update(each for note in found for each in (note.message, _kind(note)))
    return found


_PROSE = re.compile(r"[^\W\d_]{2,}")


def _kind(note: Note) -> str:
    """What a note says apart from the formulas in it."""
    return " ".join(word for word in note.message.split() if _PROSE.fullmatch(word.strip(",;:.")))


_SENDS_TO_THE_HINTS = "? gives a hint."


def without_repetition(judgement: Judgement, before: Judgement) -> Judgement:
    """A judgement that does not explain in the same words what was explained just before."""
    said = judgement.texts
    if judgement.outcome != "wrong" or said != before.texts or said[-1].template.endswith(_SENDS_TO_THE_HINTS):
        return judgement
    return replace(judgement, texts=(Text(f"What was said holds for this answer, too. {_SENDS_TO_THE_HINTS}", {}),))


def has_a_name(exercise: Exercise) -> bool:
    """Whether it makes sense to ask which rule leads an exercise: one with a name of its own, which was not asked."""
    return exercise.rule is not None and "basic" in exercise.rule.tags and not exercise.choices
