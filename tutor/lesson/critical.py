"""Questions for critical points: the right points, hints, and what is said of a point that is none.

    exercise = with_critical_points(exercise)                       # of x^3 - 3x
    exercise.places.told.written()                                  # "-1, 1"
    not_critical(exercise.critical, number(0), exercise).written()  # "The slope at x = 0 is -3."
"""

from __future__ import annotations

from dataclasses import replace

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.critical_points import CriticalPoints, critical_points
from tutor.derivation.critical_problem import WHOLE_LINE, CriticalProblem
from tutor.errors import TutorError
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import ZERO, Expression, as_tuple, name, names_in_order, substitute
from tutor.integration.equations import number_of
from tutor.judge.lists import MOST_VALUES, Listed
from tutor.lesson.exercise import Exercise, NoExercise


def with_critical_points(exercise: Exercise) -> Exercise:
    """The exercise with its points. Raises NoExercise if they cannot be the answer."""
    assert exercise.given is not None
    letters = exercise.written.with_respect_to or ", ".join(map(str, names_in_order(exercise.given)))
    try:
        ends = [exercise.formula(end) for end in exercise.written.on]
        interval = f" on [{ends[0]}, {ends[1]}]" if ends else ""
        found = critical_points(f"{exercise.given}{interval}", letters)
    except TutorError as error:
        raise NoExercise(str(error), "on" if exercise.written.on else "") from error
    reason = _why_not(found, exercise)
    if reason:
        raise NoExercise(f"The critical points of {exercise.given} cannot be asked for: {reason}.")
    return replace(exercise, critical=found, places=_listed(found),
                   prompt=exercise.prompt if exercise.written.text else _prompt(found))


def _why_not(found: CriticalPoints, exercise: Exercise) -> str:
    """Why nobody can list the points, or nobody can be sure of them; "" if they can be asked for."""
    if found.everywhere:
        return "it is constant, so every point is one"
    if found.lists is not None or set(found.problem.letters) - _letters(exercise):
        return "what varies is a whole list"
    if any(point.every for point in found.points):
        return "there are infinitely many"
    if not found.complete:
        return "there may be others than those that are found"
    if found.checked is False:
        return "a step of the solution could not be confirmed"
    if found.assumptions or any(point.assuming for point in found.points):
        return "which points there are depends on the other letters"
    if any(point.place == "end of the domain" for point in found.points):
        return "an end of its domain is one of them, and books differ in whether that counts"
    if any(not point.exact for point in found.points) and not exercise.written.within:
        return "some are known only as decimals; say how far an answer may be off, as in within: 0.01"
    if len(found.points) > MOST_VALUES:
        return f"there are {len(found.points)}, and up to {MOST_VALUES} can be typed"
    return ""


def _letters(exercise: Exercise) -> frozenset[str]:
    return frozenset() if exercise.given is None else exercise.given.free


def _listed(found: CriticalPoints) -> Listed:
    """The right answer: numbers, or points where several letters vary."""
    letters = found.problem.letters
    return Listed("numbers", tuple(as_tuple([point.at[letter] for letter in letters]) for point in found.points),
                  letters if len(letters) > 1 else ())


def _prompt(found: CriticalPoints) -> Text:
    """The question in plain words, where its author has none."""
    letters = [name(letter) for letter in found.problem.letters]
    if found.problem.interval != WHOLE_LINE:
        return Text("Find every {letter} for {interval} where the slope is 0 or where there is none, and the ends of "
                    "the interval:", {"letter": letters[0], "interval": interval_of(found.problem)})
    if len(letters) == 1:
        return Text("Find every {letter} where the slope is 0 or where there is none:", {"letter": letters[0]})
    return Text("Find every point {point} where all slopes are 0 or where one of them does not exist:",
                {"point": as_tuple(letters)})


def hints_for(found: CriticalPoints, right: Listed) -> tuple[Text, Text, Text]:
    """What to do, the slopes, the points."""
    corner = any(point.place not in ("slope 0", "end of the interval") for point in found.points)
    first = Text("Differentiate, and find where the slope is 0." if len(found.problem.letters) == 1 else
                 "Work out the slope with respect to each letter, and find where all of them are 0.", {})
    if corner:
        first = Text(f"{first.template} Look also for places where there is no slope.", {})
    interval = found.problem.interval
    if interval != WHOLE_LINE:
        first = Text(f"{first.template} Keep those in the interval, and add its two ends.", {})
    equations = list(dict.fromkeys(related(slope.result, "=", ZERO) for slope in found.slopes))
    slots = {f"equation{place}": each for place, each in enumerate(equations)}
    joined = (" and " if len(found.problem.letters) > 1 else " or ").join(f"{{{slot}}}" for slot in slots)
    pieces = " Check that each solution lies in the part where its formula holds." if len(found.branches) > 1 else ""
    return first, Text(f"Solve {joined}.{pieces}", slots), Text.of("The answer is ", right.told, ".")


def not_critical(found: CriticalPoints, typed: Expression, exercise: Exercise) -> Text | None:
    """What the slope is at a point that is no critical one, None where that is not known."""
    letters = found.problem.letters
    values = typed.args if typed.head == "tuple" else (typed,)
    if len(values) == 1 and _is_outside(found.problem, typed):
        return Text("{typed} does not lie in the interval {interval}.", {
            "typed": typed, "interval": interval_of(found.problem)})
    if len(values) != len(letters) or len(found.branches) > 1:
        return None
    for letter, slope in zip(letters, found.slopes, strict=True):
        there = slope.result
        for each, value in zip(letters, values, strict=True):
            there = substitute(there, each, value)
        result = Tidy(Style())(there)
        if isinstance(exercise.oracle.value(result, {}), float) and (
                exercise.oracle.compare(result, ZERO).outcome == "refuted"):
            place = related(as_tuple(map(name, letters)), "=", typed)
            by = {} if len(letters) == 1 else {"letter": name(letter)}
            words = "The slope with respect to {letter} at {place} is {slope}." if by else (
                "The slope at {place} is {slope}.")
            return Text(words, {**by, "place": place, "slope": result})
    return None


def _is_outside(problem: CriticalProblem, typed: Expression) -> bool:
    """Whether a number lies outside of the interval that is asked about."""
    value = None if typed.free else number_of(typed)
    return value is not None and not problem.interval.between.has(value)


def interval_of(problem: CriticalProblem) -> Expression:
    """The interval that is asked about, as 0 <= x <= 3."""
    (variable,) = problem.variables
    return related(problem.interval.lower, "<=", related(variable, "<=", problem.interval.upper))
