"""An exercise of a session and how far the learner is in it; and questions about an exercise before it is judged.

    turn = Turn(picked, 1, asked)
    turn.exercise.name, turn.ended      # "chain-rule/power-of-linear@17", None: it is not finished
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Literal

from tutor.errors import TutorError
from tutor.expression.tree import ZERO, Expression
from tutor.judge.answer import read_answer
from tutor.judge.diagnosis import Text
from tutor.lesson.choosing import judge_counted
from tutor.lesson.exercise import Exercise, well_known
from tutor.lesson.filling_in import is_value
from tutor.lesson.hints import hints
from tutor.lesson.judging import Judgement, judge
from tutor.lesson.skill import Skill
from tutor.lesson.worksheet import Cell, CellJudgement
from tutor.practice.asking import command_named
from tutor.practice.given import first_lines
from tutor.practice.schedule import Picked, exercise_text
from tutor.practice.store import Attempt, AttemptOutcome
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook
from tutor.telling.worksheet import hints_of

_RULES_TO_CHOOSE, _RULES_LIKELY = 3, 8
"""How many rules a learner chooses from, and from how many of the rules met first the wrong ones are drawn."""


@dataclass
class Turn:
    """An exercise of this session.

    begun: when it was shown; waits: what was typed before that; decision: the attempt that was graded, decided: whether
    there was one, in this session or an earlier one; ended: nothing is left to do in it, and why.

    Of a table, filled: what is in its cells; mistaken: the cells that were wrong at first; graded: the skills that
    were; told_to_go_on: whether it was said that a wrong cell can wait; last_filled, cell_begun: the last cell that was
    filled, and when.
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
    ended: AttemptOutcome | None = None
    judgement: Judgement | None = None
    filled: dict[str, CellJudgement] = field(default_factory=dict)
    mistaken: list[str] = field(default_factory=list)
    graded: set[Skill] = field(default_factory=set)
    told_to_go_on: bool = False
    cell_begun: datetime | None = None
    last_filled: str = ""

    @property
    def exercise(self) -> Exercise:
        return self.picked.exercise

    @property
    def texts(self) -> tuple[Text, Text, Text]:
        """The hints; of a table, for the cell that is asked for now."""
        if self.cell is None or self.exercise.sheet is None:
            return self._texts
        return hints_of(self.exercise.sheet, self.cell, {key: each.value for key, each in self.filled.items()})

    @cached_property
    def _texts(self) -> tuple[Text, Text, Text]:
        return hints(self.exercise)

    @property
    def cell(self) -> Cell | None:
        """The cell that is asked for now: the first one that is empty or wrong. None where no table is to be filled."""
        cells = () if self.exercise.sheet is None else self.exercise.sheet.blanks
        left = [cell for cell in cells if cell.key not in self.filled
                or self.filled[cell.key].outcome in ("wrong", "undecided")]
        return next(iter(left), cells[-1] if cells else None)

    @property
    def explanation(self) -> Text | None:
        """What is said beside the answer: the last hint, if its author wrote it or if nothing else shows the way."""
        exercise = self.exercise
        if self.cell is not None:
            return None
        is_known = exercise.listed is not None or exercise.answers or exercise.choices
        unknown = not is_known and exercise.derivation is None
        told = any(exercise.written.hints[len(self.texts) - 1:]) or exercise.lines or unknown
        return self.texts[-1] if told else None

    @property
    def has_a_name(self) -> bool:
        """Whether it makes sense to ask which rule leads the exercise: a well-known one does, and it is not the
        question."""
        exercise = self.exercise
        return exercise.rule is not None and "basic" in exercise.rule.tags and not exercise.choices

    def rules_to_choose(self, met: Iterable[str], random: Random) -> list[Rule]:
        """The rule of the exercise and two others, shuffled. met: names of rules that the learner has met, from which
        the others are taken if there are enough. Rules that the exercise uses too are left out."""
        assert self.exercise.rule is not None
        book, beside = rulebook(), self.exercise.rules_beside
        others = [book[name] for name in dict.fromkeys((*met, *well_known()))
                  if name in book and book[name] not in beside]
        shown = [self.exercise.rule, *random.sample(others[:_RULES_LIKELY], _RULES_TO_CHOOSE - 1)]
        random.shuffle(shown)
        return shown

    def is_an_answer(self, text: str) -> bool:
        """Whether a word that looks like a command can be read as an answer, in the letters of the exercise."""
        exercise = self.exercise
        if exercise.right:
            return judge_counted(exercise, text)[0] is not None
        if exercise.sheet is not None and self.cell is not None:
            return is_value(exercise.sheet, self.cell, text, {key: each.value for key, each in self.filled.items()})
        if exercise.listed is not None:
            return judge(exercise, text).outcome != "unreadable"
        try:
            return read_answer(text, exercise.problem or ZERO).expression.free <= exercise.letters
        except TutorError:
            return False


def open_turn(picked: Picked, number: int, session: str, at: datetime, before: Sequence[Attempt]) -> Turn:
    """The turn of an exercise that was picked. before: what was done in it already, if it was left open."""
    exercise, lines = picked.exercise, first_lines(picked.exercise, picked.left)
    asked = Attempt(at, session, number, exercise.lesson, exercise.item, exercise.seed, exercise_text(exercise),
                    *exercise.skill, exercise.rules, given=len(lines))
    hints_seen = 0 if exercise.sheet is not None else max([attempt.hints for attempt in before], default=0)
    return Turn(picked, number, asked, lines, hints_seen, decided=any(attempt.grade for attempt in before),
                graded={attempt.skill for attempt in before if attempt.grade})


def results_of(turns: Iterable[Turn]) -> list[Attempt]:
    """The attempt that decided each exercise that was finished, or tried and skipped; as shown, if it was looked up."""
    finished = [turn for turn in turns if turn.ended not in (None, "skipped")
                or (turn.ended == "skipped" and turn.decision is not None)]
    decided = [turn.decision or replace(turn.asked, grade="again") for turn in finished]
    return [replace(attempt, outcome=turn.ended) if turn.ended in ("shown", "skipped") else attempt
            for turn, attempt in zip(finished, decided, strict=True)]


def has_lines(exercise: Exercise) -> bool:
    """Whether an answer can be given line by line."""
    return exercise.derivation is not None and not exercise.right and not exercise.form


def leads_away(turn: Turn) -> Literal["back", "quit"] | None:
    """Where a command typed before an exercise leads, if there is no point in beginning the exercise first."""
    command = command_named(turn.waits)
    return "quit" if command == "quit" else "back" if command == "back" and turn.number > 1 else None
