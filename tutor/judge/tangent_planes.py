"""Answers about tangent planes and linear approximations in several letters.

    diagnose("tangent plane to x^2 + y^2 at (1, 2)", "z = 2x + 4y - 5").outcome         # "right"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.derivation.points import at_places
from tutor.derivation.tangent_planes import TangentPlane, plane_asked, solved_plane
from tutor.expression.parse import Reading
from tutor.expression.tree import ZERO, Expression, derivative
from tutor.judge.answer import read_answer
from tutor.judge.diagnosis import Diagnosis, Text
from tutor.judge.equivalence import equivalent
from tutor.judge.tangents import DiagnoseExpression, read_sides, solved_for, wrong_statements


def read_plane(text: str, problem: Expression) -> Reading | None:
    """An answer to such a plane, which may be an equation; None where something else is asked for."""
    asked = plane_asked(problem)
    if asked is None:
        return None
    if asked.target:
        return read_answer(text, problem)
    return read_sides(text, problem, asked.places[0][0], asked.height)


def diagnose_plane(problem: Expression, answer: Expression, of_expression: DiagnoseExpression) -> Diagnosis | None:
    """What is to be said of an answer about such a plane; None where something else is asked for."""
    found = solved_plane(problem)
    if found is None:
        return None
    asked = found.asked
    if found.unsolved is not None:
        return Diagnosis("unexplained" if found.undefined else "undecided", problem, answer, texts=(
            Text.of("There is no plane here: " if found.undefined else "This could not be decided: ", found.unsolved,
                    "."),))
    if asked.target:
        judged = of_expression(at_places(found.height, asked.target), answer)
        return replace(judged, problem=problem, answer=answer, derivation=found)
    height = solved_for(answer, asked.height)
    if height is None:
        return Diagnosis("unexplained", problem, answer, found, texts=(Text(
            "This is no equation of a plane with one height {z} at every place.", {"z": asked.height}),))
    compared = equivalent(found.height, height, found.oracle)
    if compared.verdict == "equal":
        return Diagnosis("right", problem, answer, found, equivalence=compared, texts=(Text(
            "Right: it has the value and the slopes that the function has at the point.", {}),))
    if compared.verdict == "undecided":
        return Diagnosis("undecided", problem, answer, found, equivalence=compared, texts=(
            Text.of("This could not be decided: ", compared.why, "."),))
    mistake = next(wrong_statements(asked.instance.rule, asked.by, asked.height, height, found.oracle), None)
    if mistake is not None:
        return Diagnosis("misconception", problem, answer, found, equivalence=compared, texts=(mistake.sentence,),
                         explanations=((mistake,),), likely=1)
    return Diagnosis("unexplained", problem, answer, found, equivalence=compared, texts=tuple(_facts(found, height)))


def diagnose_no_plane(problem: Expression, words: str) -> Diagnosis | None:
    """What is to be said where the answer says in words that there is no plane; None as above."""
    found = solved_plane(problem)
    if found is None:
        return None
    if found.unsolved is None:
        return Diagnosis("unexplained", problem, None, found, texts=(Text("There is a plane here.", {}),), words=words)
    is_right = bool(found.undefined)
    said = "Right: " if is_right else "This could not be decided: "
    return Diagnosis("right" if is_right else "undecided", problem, None, texts=(
        Text.of(said, found.unsolved, "."),), words=words)


def _facts(found: TangentPlane, height: Expression) -> Iterator[Text]:
    """What is right and what is wrong of a plane: its slopes along each letter, and its height at the point."""
    asked = found.asked
    letters = [letter for letter, _ in asked.places]
    for letter, slope in zip(letters, asked.slopes, strict=True):
        own = derivative(height, letter)
        if any(equivalent(derivative(own, other), ZERO, found.oracle).verdict == "different" for other in letters):
            yield Text("This is no plane: its slope along {letter} is not the same everywhere.", {"letter": letter})
            return
        if equivalent(asked.there(own), asked.there(slope), found.oracle).verdict == "different":
            yield Text("The slope along {letter} is not right. What is the partial derivative by {letter} at the "
                       "point?", {"letter": letter})
            return
    yield Text("Both slopes are right. Is the height at the point that of the function?" if len(letters) == 2 else
               "The slopes are right. Is the height at the point that of the function?", {})
