"""A real derivation with one wrong rule in it, for learners to find: made by the engine, which is given that rule once.

    with_wrong_line(lesson, exercise).right         # 3: the third line does not follow from the second
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.derivation.derivation import Derivation, derived_with
from tutor.derivation.strategy import only_at
from tutor.errors import TutorError
from tutor.expression.tree import OPEN, postorder
from tutor.judge.wrong_turns import fits_the_place
from tutor.lesson.exercise import DerivationLine, Exercise, NoExercise
from tutor.lesson.own_rules import misconception_named
from tutor.lesson.schema import Lesson
from tutor.lesson.vary import scrambled
from tutor.rules.instance import instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions


def with_wrong_line(lesson: Lesson, exercise: Exercise) -> Exercise:
    """The exercise with the lines of a derivation, one of them wrong. Raises NoExercise if no wrong rule fits."""
    wanted = exercise.written.misconception
    rules = [misconception_named(wanted, exercise.own)] if wanted else [
        rule for rule in misconceptions().values() if rule.unlike in lesson.teaches and "frequent" in rule.tags]
    made = [each for rule in rules if rule.left.head in OPEN for each in _derivations(exercise, rule)]
    single = [(lines, wrong[0]) for lines, wrong in made if len(wrong) == 1]
    found = [(lines, wrong) for lines, wrong in single if len(lines) >= _FEWEST_LINES]
    if not found:
        if single:
            lines, _ = single[0]
            problem = lines[0].expression
            raise NoExercise(f"A derivation of {problem} has only {len(lines)} lines, so there is nothing to find. Add "
                             f"a term, such as {problem.args[1]}^3.")
        which = f"The misconception {wanted}" if wanted else "No frequent misconception about a taught rule"
        raise NoExercise(f"{which} {'does not make' if wanted else 'makes'} exactly one wrong line in a derivation of "
                         f"{exercise.problem}.")
    lines, right = found[scrambled(exercise.seed) % len(found)]
    return replace(exercise, lines=lines, right=right)


def _derivations(exercise: Exercise, rule: Rule) -> Iterator[tuple[tuple[DerivationLine, ...], list[int]]]:
    """A derivation for each place where the wrong rule fits, with the numbers of the lines that come out wrong."""
    sound = exercise.derivation
    if sound is None:
        return
    for place in sound.goals:
        wrong = instance_of(rule, place, sound.fresh)
        if wrong is None or (not rule.definitions and place in wrong.opens):
            continue
        if not fits_the_place(rule, place, sound.problem):
            continue
        try:
            lines = tuple(_lines(derived_with(only_at(place, wrong), sound.problem)))
        except TutorError:
            continue
        wrong_ones = _wrong_lines(lines, exercise)
        yield tuple(line._replace(rule=rule.name) if number in wrong_ones else line
                    for number, line in enumerate(lines, 1)), wrong_ones


_FEWEST_LINES = 3
"""Lines of a derivation in which there is something to find."""


def _lines(derivation: Derivation) -> Iterator[DerivationLine]:
    """The problem, and each whole line after a step that is more than bookkeeping, also where several of them would be
    written with one number: there has to be something to find.

    Lines in which the letter of a substitution stands are passed over: a learner writes both in one.
    """
    fresh = derivation.fresh.value
    line, rule = DerivationLine(derivation.problem, ""), ""
    for step, whole in derivation.lines():
        rule = rule or step.rule.name
        if any(part.head == "at" and part.args[1].value == fresh for part in postorder([whole])):
            continue
        if (step.number is not None or "combine" in step.rule.tags) and whole is not line.expression:
            yield line
            line = DerivationLine(whole, rule)
        else:
            line = DerivationLine(whole, line.rule)
        rule = ""
    yield line


def _wrong_lines(lines: tuple[DerivationLine, ...], exercise: Exercise) -> list[int]:
    """The numbers, from 1, of the lines whose value is another than that of the line before; of antiderivatives, other
    than up to a constant."""
    return [number for number in range(2, len(lines) + 1)
            if exercise.compare(lines[number - 2].expression, lines[number - 1].expression).outcome != "checked"]
