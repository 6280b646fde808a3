"""Answers about the tangent or the normal to a curve that an equation gives.

    diagnose("tangent to x^2 + y^2 = 25 at (3, 4)", "3x + 4y = 25").outcome             # "right"

A wrong line is looked at for its point and its slope; a wrong slope is explained as one that follows from the equation.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.derivation.curve_tangents import CurveTangent, curve_tangent_asked, solved_curve_tangent
from tutor.expression.parse import Reading
from tutor.expression.tree import ONE, ZERO, Expression, derivative, divide, negate, node, substitute
from tutor.judge.diagnosis import Diagnosis, Text
from tutor.judge.equivalence import equivalent
from tutor.judge.rates import mistake_in_rate
from tutor.judge.tangents import against_upright, read_sides, slope_of_line, solved_for


def read_curve_tangent(text: str, problem: Expression) -> Reading | None:
    """An answer to such a line, which may be an equation; None where something else is asked for."""
    asked = curve_tangent_asked(problem)
    return None if asked is None else read_sides(text, problem, asked.across, asked.up)


def diagnose_curve_tangent(problem: Expression, answer: Expression) -> Diagnosis | None:
    """What is to be said of an answer about such a line; None where something else is asked for."""
    found = solved_curve_tangent(problem)
    if found is None:
        return None
    line = found.line
    what = "normal" if line.is_normal else "tangent"
    if found.unsolved is not None:
        return Diagnosis("unexplained" if found.undefined else "undecided", problem, answer, found, texts=(
            Text.of(f"There is no {what} here: " if found.undefined else "This could not be decided: ",
                    found.unsolved, "."),))
    if found.upright is not None:
        return against_upright(found, answer, found.upright, line.up)
    height = solved_for(answer, line.up)
    if height is None:
        return Diagnosis("unexplained", problem, answer, found, texts=(Text(
            "This is no equation of a line with one height {y} for every {x}.", {"y": line.up, "x": line.across}),))
    compared = equivalent(found.result.args[1], height, found.oracle)
    if compared.verdict == "equal":
        does = "is perpendicular to it there" if line.is_normal else "has its slope there"
        return Diagnosis("right", problem, answer, found, equivalence=compared, texts=(Text(
            f"Right: the line goes through the point of the curve and {does}.", {}),))
    if compared.verdict == "undecided":
        return Diagnosis("undecided", problem, answer, found, equivalence=compared, texts=(
            Text.of("This could not be decided: ", compared.why, "."),))
    mistake = mistake_in_rate(found, _slope_of_curve(found, height))
    if mistake is not None and _goes_through_point(found, height):
        return Diagnosis("misconception", problem, answer, found, equivalence=compared, texts=(mistake.sentence,),
                         explanations=((mistake,),), likely=1)
    return Diagnosis("unexplained", problem, answer, found, equivalence=compared, texts=tuple(_facts(found, height)))


def diagnose_no_curve_tangent(problem: Expression, words: str) -> Diagnosis | None:
    """What is to be said where the answer says in words that there is no such line; None as above."""
    found = solved_curve_tangent(problem)
    if found is None:
        return None
    what = "normal" if found.line.is_normal else "tangent"
    if found.unsolved is None:
        said = f"There is a {what} here" + ("." if found.upright is None else ". Which lines have no slope?")
        return Diagnosis("unexplained", problem, None, found, texts=(Text(said, {}),), words=words)
    if found.undefined:
        return Diagnosis("right", problem, None, found, texts=(Text.of("Right: ", found.unsolved, "."),), words=words)
    return Diagnosis("undecided", problem, None, found, texts=(
        Text.of("This could not be decided: ", found.unsolved, "."),), words=words)


def _slope_of_curve(found: CurveTangent, height: Expression) -> Expression:
    """The slope that the curve would have if a straight line were the one that is asked for."""
    slope = slope_of_line(height, found.line.across)
    return divide(negate(ONE), slope) if found.line.is_normal else slope


def _goes_through_point(found: CurveTangent, height: Expression) -> bool:
    line = found.line
    return equivalent(node("at", (height, line.across, line.place)), line.height, found.oracle).verdict == "equal"


def _facts(found: CurveTangent, height: Expression) -> Iterator[Text]:
    """What is right and what is wrong of a line: whether it is straight, its point, and its slope."""
    line = found.line
    slope = derivative(height, line.across)
    if equivalent(derivative(slope, line.across), ZERO, found.oracle).verdict == "different":
        yield Text("This is not a straight line: its slope changes with {x}.", {"x": line.across})
        return
    own = _slope_of_curve(found, height)
    is_slope = equivalent(own, found.slope, found.oracle).verdict == "equal"
    slots = {"x": line.across, "a": line.place, "y": line.up,
             "height": found.tidy(substitute(height, line.across.value, line.place)),
             "slope": found.tidy(divide(negate(ONE), own) if line.is_normal else own)}
    if _goes_through_point(found, height):
        yield Text("The line goes through the right point, but its slope is {slope}, and that is not right.", slots)
    elif is_slope:
        yield Text("The slope is right, but the line does not go through the point of the curve: where {x} = {a}, it "
                   "has the height {height}.", slots)
    else:
        yield Text("Neither the point nor the slope is right: where {x} = {a}, this line has the height {height}, and "
                   "its slope is {slope}.", slots)
