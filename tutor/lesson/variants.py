"""The variants of an item: which exercises can be made of it, and which of them are worth drawing.

    variants = exercises(lesson, lesson.items[0])
    variants.variant(17).name                   # "chain-rule/power-of-linear@17"
    [each.name for each in variants]            # all of them, or a sample where there are too many
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tutor import limits
from tutor.errors import TutorError
from tutor.expression.tree import OPEN, ZERO, Expression, postorder, substitute
from tutor.lesson.document import KeyPath
from tutor.lesson.exercise import Exercise, NoExercise, make
from tutor.lesson.fill import formula
from tutor.lesson.schema import Item, Lesson
from tutor.lesson.vary import Choices, NoDerivedValue
from tutor.rules.rulebook import misconceptions


class Obstacle(NamedTuple):
    """Why there is no exercise, or none that can be answered. path: where in the item the reason stands."""

    path: KeyPath
    reason: str


class Variants:
    """All exercises of an item; iterating gives each allowed one once, or a sample where there are too many."""

    def __init__(self, lesson: Lesson, item: Item) -> None:
        self.lesson, self.item = lesson, item
        self.choices = Choices(item.vary, item.require, lesson.defined, item.let, item.words)

    def variant(self, seed: int) -> Exercise:
        """The exercise of a seed: the same one for ever. Raises TutorError if no variant is left to draw."""
        for place in self.choices.allowed_seeds(limits.VARIANTS_CHECKED, seed):
            exercise = self._made(seed, place)
            if exercise is not None:
                return exercise
        raise TutorError(f"The item {self.item.name} has no variant that can be drawn: {self.why_not(seed).reason}.")

    def why_not(self, seed: int) -> Obstacle:
        """Why no variant is drawn from a seed on: the reason for the first combination that is allowed."""
        place = next(self.choices.allowed_seeds(1, seed), None)
        try:
            picked = self.choices[seed if place is None else place]
            if place is not None:
                made = make(self.lesson, self.item, place, picked, self.choices.words(place))
                return Obstacle(("vary",), degenerate(self.lesson, made) if self.item.varies else "")
        except (NoExercise, NoDerivedValue) as error:
            return Obstacle(("vary",), str(error))
        looked_at = self.choices.looked_at
        return Obstacle(("require",), "require allows no combination" if looked_at == len(self.choices) else
                       f"require allows none of the first {looked_at:,} combinations")

    def _made(self, seed: int, place: int) -> Exercise | None:
        """The exercise of the combination at a place, under the name of a seed; None for one that is never drawn."""
        words = self.choices.words(place)
        if not self.item.varies:
            return make(self.lesson, self.item, seed, self.choices[place], words)
        try:
            exercise = make(self.lesson, self.item, seed, self.choices[place], words)
        except (NoExercise, NoDerivedValue):
            return None
        return None if degenerate(self.lesson, exercise) else exercise

    def __iter__(self) -> Iterator[Exercise]:
        everything = len(self.choices) <= limits.VARIANTS_CHECKED
        for seed in self.choices.allowed_seeds(limits.VARIANTS_CHECKED if everything else limits.VARIANTS_SAMPLED):
            exercise = self._made(seed, seed)
            if exercise is not None:
                yield exercise


def exercises(lesson: Lesson, item: Item) -> Variants:
    """The exercises of an item of a lesson. Raises TutorError if what it varies cannot be read."""
    return Variants(lesson, item)


# -- what is never drawn ---------------------------------------------------------------------------------------------


def degenerate(lesson: Lesson, exercise: Exercise) -> str:
    """Why this variant of an item that varies teaches nothing, in words; "" for one that does."""
    for part in () if exercise.problem is None else postorder([exercise.problem]):
        if part.head == "quotient" and part.args[1] is ZERO:
            return "a denominator is zero"
    if exercise.derivation is None or exercise.written.ask == "find-the-wrong-line":
        return ""
    refusal = unanswerable(exercise)
    if refusal is not None or exercise.derivation.undefined:
        return exercise.derivation.undefined if refusal is None else refusal.reason
    given = exercise.written.given
    letters = formula(given, functions=exercise.functions).free - exercise.written.letters if given else frozenset()
    if exercise.given is not None and not letters <= exercise.given.free:
        return "the variable is gone"
    if exercise.derivation.problem.head == "derivative" and exercise.derivation.result is ZERO and letters:
        return "it is constant"
    blind = blind_to(lesson, exercise)
    return f"the mistake {blind[0]} would give the right answer" if blind else ""


def unanswerable(exercise: Exercise) -> Obstacle | None:
    """Why nobody can answer a question: there is no number, or no real one; None if it can be answered."""
    problem, derivation, written = exercise.problem, exercise.derivation, exercise.written
    if problem is None or exercise.right:
        return None
    asked: KeyPath = ("answer",) if written.answer else ("at",) if written.at else ("given",)
    also_right = {exercise.formula(answer): ("expect", index, answer) for index, entry in enumerate(written.expect)
                  for answer in entry if answer in written.also_right}
    for right in (problem, *exercise.also_right_values):
        reason = _no_number(exercise, right)
        if reason:
            return Obstacle(asked if right is problem else also_right[right], reason)
        reason = exercise.tolerance.refusal(right, exercise.oracle) if exercise.tolerance is not None else ""
        if reason:
            return Obstacle(("within",), reason)
    if problem.head == "at" and not problem.free and exercise.given is not None and exercise.given.head not in (
            *OPEN, "statements"):
        height = substitute(exercise.given, problem.args[1].value, problem.args[2])
        if not isinstance(exercise.oracle.value(height, {}), float):
            return Obstacle(asked, f"{exercise.given} has no real value at {problem.args[1]} = {problem.args[2]}")
    if derivation is not None and derivation.unsolved is not None:  # that there is none is an answer, too
        return None if derivation.undefined else Obstacle(asked, derivation.unsolved.written())
    if derivation is not None and (derivation.check.outcome == "undecided" or not derivation.check.real):
        return Obstacle(asked, "it has a real value nowhere")
    return None


def _no_number(exercise: Exercise, right: Expression) -> str:
    """Why what is said to be right cannot be the answer where a number is asked for; "" if it can."""
    if exercise.ask != "number":
        return ""
    if right.free:
        return f"a number is asked for, but {right} contains the letter {sorted(right.free)[0]}"
    if not isinstance(exercise.oracle.value(right, {}), float):
        return f"{right} has no real value"
    return ""


def blind_to(lesson: Lesson, exercise: Exercise) -> tuple[str, ...]:
    """The frequent misconceptions unlike a taught rule that fit an exercise and give the right answer all the same.

    Others are right now and then, and may be: not to differentiate the outside gives the right answer for e^(2x).
    """
    derivation, known = exercise.derivation, exercise.prepared
    if derivation is None or known is None:
        return ()
    wanted = [rule.name for rule in misconceptions().values()
              if rule.unlike in lesson.teaches and "frequent" in rule.tags]
    if not wanted:
        return ()
    shown: dict[str, bool] = {}
    for turn in known.replay.wrong_turns(wanted):
        name_of_turn = turn.rule.name
        if not shown.get(name_of_turn):
            outcome = exercise.compare(known.replay.answer([turn]), derivation.result).outcome
            shown[name_of_turn] = outcome != "checked"
    return tuple(each for each, visible in shown.items() if not visible)
