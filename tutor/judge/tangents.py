"""Answers about the tangent to a curve or its normal: an equation, or the height of the line.

    diagnose("tangent to x^2 at 3", "y - 9 = 6(x - 3)").outcome          # "right"
    diagnose("tangent to x^2 at 3", "6x").misconceptions                 # ("tangent_through_origin",)

An answer may be the equation, in any form, or only its right side. A wrong one is compared with what the wrong rules
about lines say here, then with what comes of a wrong derivative in the right rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.derivation.tangents import Tangent, solved_tangent, tangent_asked
from tutor.errors import NotationError, refused
from tutor.expression.notes import Note
from tutor.expression.parse import Reading
from tutor.expression.relations import related
from tutor.expression.tree import ONE, ZERO, Expression, add, derivative, divide, negate, substitute
from tutor.judge.answer import read_answer, sides
from tutor.judge.diagnosis import Diagnosis, Mistake, Text
from tutor.judge.equivalence import equivalent
from tutor.oracle.verdict import Oracle
from tutor.rules.instance import RuleInstance
from tutor.rules.rule import Rule
from tutor.rules.rulebook import misconceptions

if TYPE_CHECKING:
    from tutor.derivation.curve_tangents import CurveTangent

DiagnoseExpression = Callable[[Expression, Expression], Diagnosis]


def read_tangent(text: str, problem: Expression) -> Reading:
    """An answer to a line that is asked for: an equation, whose right side may stand alone."""
    line = tangent_asked(problem)
    assert line is not None
    if line.target is not None:
        return read_answer(text, problem)
    return read_sides(text, problem, line.variable, line.height)


def read_sides(text: str, problem: Expression, variable: Expression, height: Expression) -> Reading:
    """An answer that is an equation, or the right side of one that says what the height is."""
    parts = sides(text)
    if len(parts) == 1:
        return read_answer(text, problem)
    if len(parts) > 2 or not all(part.strip() for part in parts):
        raise refused(text, f"The answer is one equation, such as {height} = 2*{variable} + 1.")
    both: list[Expression] = []
    notes: list[Note] = []
    place = 0
    for part in parts:
        try:
            reading = read_answer(" " * place + part, problem)
        except NotationError as error:  # what is wrong in one side is said of the whole answer
            raise NotationError(text, list(error.problems)) from None
        both.append(reading.expression)
        notes += reading.notes
        place += len(part) + 1
    if both[0] is height and height.value not in both[1].free:
        return Reading(both[1], tuple(notes))
    return Reading(related(both[0], "=", both[1]), tuple(notes))


def diagnose_tangent(problem: Expression, answer: Expression, of_expression: DiagnoseExpression) -> Diagnosis:
    """What is to be said of an answer about a line. of_expression: how two expressions are judged."""
    found = solved_tangent(problem)
    judged = _judged(found, answer, of_expression)
    return replace(judged, problem=problem, answer=answer,
                   derivation=None if judged.derivation is None else found)


def diagnose_no_tangent(problem: Expression, words: str) -> Diagnosis:
    """What is to be said where the answer says in words that there is no such line."""
    found = solved_tangent(problem)
    what = "normal" if found.line.is_normal else "tangent"
    if found.unsolved is None:
        said = f"There is a {what} here" + ("." if found.upright is None else ", but it is no function of {x}.")
        return Diagnosis("unexplained", problem, None, texts=(Text(said, {"x": found.line.variable}),), words=words)
    if found.undefined:
        return Diagnosis("right", problem, None, texts=(Text.of(f"Right: there is no {what} here, as ", found.unsolved,
                                                                "."),), words=words)
    return Diagnosis("undecided", problem, None, texts=(Text.of("This could not be decided: ", found.unsolved, "."),),
                     words=words)


def _judged(found: Tangent, answer: Expression, of_expression: DiagnoseExpression) -> Diagnosis:
    line = found.line
    if found.unsolved is not None:
        what = "normal" if line.is_normal else "tangent"
        return Diagnosis("unexplained" if found.undefined else "undecided", found.problem, answer, texts=(
            Text.of(f"There is no {what} here: " if found.undefined else "This could not be decided: ",
                    found.unsolved, "."),))
    if found.upright is not None:
        return against_upright(found, answer, found.upright, line.height)
    if line.target is not None:
        return of_expression(line.at_target(found.formula), answer)
    height = solved_for(answer, line.height)
    if height is None:
        return Diagnosis("unexplained", found.problem, answer, texts=(Text(
            "This is no equation of a line with one height {y} for every {x}.",
            {"y": line.height, "x": line.variable}),))
    compared = equivalent(found.height, height, found.oracle)
    if compared.verdict == "equal":
        does = "is perpendicular to it there" if line.is_normal else "has its slope there"
        said = Text(f"Right: the line meets the curve where {{x}} = {{a}}, and {does}.",
                    {"x": line.variable, "a": line.point})
        return Diagnosis("right", found.problem, answer, found, equivalence=compared, texts=(said,))
    mistake = next(wrong_statements(line.rule, lambda rule: line._replace(rule=rule).instance, line.height, height,
                                    found.oracle), None)
    if mistake is not None and compared.verdict == "different":
        return Diagnosis("misconception", found.problem, answer, found, equivalence=compared, texts=(mistake.sentence,),
                         explanations=((mistake,),), likely=1)
    judged = of_expression(found.formula, height)
    if judged.outcome not in ("slip", "unexplained"):
        return judged
    return replace(judged, outcome="unexplained", slip=None, texts=tuple(_facts(found, height)), hint=Text("", {}))


def wrong_statements(sound: Rule, stated: Callable[[Rule], RuleInstance], about: Expression, answer: Expression,
                     oracle: Oracle) -> Iterator[Mistake]:
    """The wrong rules unlike a sound one that give exactly this answer. stated: what a rule says of what is asked for,
    such as a line, a plane or a step; about: the letter that it is the value of."""
    for rule in misconceptions().values():
        if rule.unlike == sound.name:
            instance = stated(rule)
            if equivalent(instance.after, answer, oracle).verdict == "equal":
                bindings = {letter: bound for letter, bound in instance.bindings.items() if letter in rule.letters}
                yield Mistake(rule, sound, bindings, about, answer, None, False)


def _facts(found: Tangent, height: Expression) -> Iterator[Text]:
    """What is right and what is wrong of a line: whether it is straight, its point, and its slope."""
    line, oracle = found.line, found.oracle
    slope = derivative(height, line.variable)
    if equivalent(derivative(slope, line.variable), ZERO, oracle).verdict == "different":
        yield Text("This is not a straight line: its slope changes with {x}.", {"x": line.variable})
        return
    through = equivalent(line.at_point(height), line.at_point(line.curve), oracle).verdict
    wanted = divide(negate(ONE), line.slope) if line.is_normal else line.slope
    steep = equivalent(line.at_point(slope), wanted, oracle).verdict
    point = {"x": line.variable, "a": line.point}
    own = {"slope": found.tidy(substitute(slope_of_line(height, line.variable), line.variable.value, line.point)),
           "height": found.tidy(substitute(height, line.variable.value, line.point))}
    if steep == "equal":
        yield Text("The slope is right, but the line does not go through the point of the curve: where {x} = {a}, it "
                   "has the height {height}.", {**point, **own})
    elif through == "equal":
        yield Text("The line goes through the right point, but its slope is {slope}, and that is not right.",
                   {**point, **own})
    else:
        yield Text("Neither the point nor the slope is right: where {x} = {a}, this line has the height {height}, and "
                   "its slope is {slope}.", {**point, **own})


def slope_of_line(height: Expression, variable: Expression) -> Expression:
    """The slope of a straight line, as the change from one place to the next."""
    at_one, at_zero = (substitute(height, variable.value, value) for value in (ONE, ZERO))
    return add(at_one, negate(at_zero))


def solved_for(answer: Expression, letter: Expression) -> Expression | None:
    """The height for which an equation is true, if it has the letter of the height to the first power; an expression is
    the height itself. None where there is no such height."""
    if answer.head != "relation":
        return None if letter.value in answer.free else answer
    left, right = answer.args
    apart = add(left, negate(right))
    at_zero, at_one, at_two = (substitute(apart, letter.value, value) for value in (ZERO, ONE, add(ONE, ONE)))
    factor = add(at_one, negate(at_zero))
    straight = equivalent(add(at_two, negate(at_one)), factor).verdict == "equal"
    if not straight or equivalent(factor, ZERO).verdict != "different":
        return None
    return divide(negate(at_zero), factor)


def against_upright(found: Tangent | CurveTangent, answer: Expression, upright: Expression,
                    height: Expression) -> Diagnosis:
    """What is to be said of an answer where the line is vertical, or horizontal beside a steep curve. upright: its
    equation; height: the letter of the height."""
    letter, value = upright.args
    yours = solved_for(answer, letter) if answer.head == "relation" or letter is height else None
    compared = None if yours is None else equivalent(value, yours, found.oracle)
    if compared is not None and compared.verdict == "equal":
        return Diagnosis("right", found.problem, answer, found, equivalence=compared,
                         texts=(Text.of("Right: ", found.about_upright, "."),))
    return Diagnosis("unexplained", found.problem, answer, found, texts=(Text.of(
        "Look at the slope: ", found.about_upright, "."),))
