"""Answers about a step of Newton's method.

    diagnose("newton step of x^2 - 2 at x = 1", "x = 3/2").outcome                  # "right"
    diagnose("newton step of x^2 - 2 at x = 1", "1/2").misconceptions               # ("newton_added",)
"""

from __future__ import annotations

from dataclasses import replace

from tutor.derivation.newton import newton_asked, solved_newton
from tutor.errors import refused
from tutor.expression.parse import Reading
from tutor.expression.tree import Expression
from tutor.judge.answer import read_answer, sides
from tutor.judge.diagnosis import Diagnosis, Text
from tutor.judge.equivalence import equivalent
from tutor.judge.tangents import DiagnoseExpression, wrong_statements
from tutor.rules.rulebook import rulebook


def read_newton(text: str, problem: Expression) -> Reading | None:
    """An answer to such a step, with or without its letter; None where something else is asked for."""
    asked = newton_asked(problem)
    if asked is None:
        return None
    parts = sides(text)
    if len(parts) == 1:
        return read_answer(text, problem)
    if len(parts) > 2 or parts[0].strip() not in (asked.variable.value, f"{asked.variable}_1", f"{asked.variable}1"):
        raise refused(text, f"The answer is where the step leads, such as {asked.variable} = 2.")
    return read_answer(" " * (len(parts[0]) + 1) + parts[1], problem)


def diagnose_newton(problem: Expression, answer: Expression, of_expression: DiagnoseExpression) -> Diagnosis | None:
    """What is to be said of an answer about such a step; None where something else is asked for."""
    found = solved_newton(problem)
    if found is None:
        return None
    if found.value is None:
        assert found.why_none is not None
        return Diagnosis("unexplained" if found.undefined else "undecided", problem, answer, texts=(
            Text.of("There is no step from here: " if found.undefined else "This could not be decided: ",
                    found.why_none, "."),))
    compared = equivalent(found.value, answer, found.oracle)
    if compared.verdict == "equal":
        return Diagnosis("right", problem, answer, found, equivalence=compared,
                         texts=(Text("Right: there the tangent is 0.", {}),))
    asked = found.asked
    wrong = wrong_statements(rulebook()["newton_step"], asked.by, asked.variable, answer, found.oracle)
    mistake = next(wrong, None) if compared.verdict == "different" else None
    if mistake is not None:
        return Diagnosis("misconception", problem, answer, found, equivalence=compared, texts=(mistake.sentence,),
                         explanations=((mistake,),), likely=1)
    judged = of_expression(found.asked.instance.after, answer)
    if judged.outcome == "unexplained":
        judged = replace(judged, texts=(Text(
            "Work out the height and the slope at {x} = {a}. How far from there is the tangent 0?",
            {"x": found.asked.variable, "a": found.asked.place}),), hint=Text("", {}))
    return replace(judged, problem=problem, derivation=found)


def diagnose_no_newton(problem: Expression, words: str) -> Diagnosis | None:
    """What is to be said where the answer says in words that there is no step; None as above."""
    found = solved_newton(problem)
    if found is None:
        return None
    if found.value is not None:
        return Diagnosis("unexplained", problem, None, found, texts=(Text("There is a step from here.", {}),),
                         words=words)
    assert found.why_none is not None
    if not found.undefined:
        return Diagnosis("undecided", problem, None, texts=(
            Text.of("This could not be decided: ", found.why_none, "."),), words=words)
    return Diagnosis("right", problem, None, texts=(Text.of("Right: ", found.why_none, "."),), words=words)

