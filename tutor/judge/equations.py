"""Answers to questions about equations: the line that touches a curve, and a rate that follows from an equation.

    diagnose_equation(parse("x*y = 1; dy/dx"), parse("-y/x"), of_expression).outcome       # "right"
"""

from __future__ import annotations

from tutor.expression.parse import Reading
from tutor.expression.tree import Expression
from tutor.judge.answer import read_answer
from tutor.judge.curve_tangents import diagnose_curve_tangent, diagnose_no_curve_tangent, read_curve_tangent
from tutor.judge.diagnosis import Diagnosis
from tutor.judge.newton import diagnose_newton, diagnose_no_newton, read_newton
from tutor.judge.rates import diagnose_no_rate, diagnose_rate
from tutor.judge.tangent_planes import diagnose_no_plane, diagnose_plane, read_plane
from tutor.judge.tangents import DiagnoseExpression, diagnose_no_tangent, diagnose_tangent, read_tangent


def read_answer_to(problem: Expression, text: str) -> Reading:
    """The expression of an answer, or its equation where a line is asked for. Raises TutorError."""
    if problem.head == "relation":
        return read_newton(text, problem) or read_plane(text, problem) or read_tangent(text, problem)
    return read_curve_tangent(text, problem) or read_answer(text, problem)


def diagnose_equation(problem: Expression, answer: Expression, of_expression: DiagnoseExpression) -> Diagnosis | None:
    """What is to be said of an answer; None where the problem is about no equation. of_expression: how two expressions
    are judged."""
    if problem.head == "relation":
        return (diagnose_newton(problem, answer, of_expression) or diagnose_plane(problem, answer, of_expression)
                or diagnose_tangent(problem, answer, of_expression))
    if problem.head != "statements":
        return None
    return diagnose_curve_tangent(problem, answer) or diagnose_rate(problem, answer)


def diagnose_nothing(problem: Expression, words: str) -> Diagnosis | None:
    """What is to be said where the answer says in words that there is no such line or rate; None as above."""
    if problem.head == "relation":
        return (diagnose_no_newton(problem, words) or diagnose_no_plane(problem, words)
                or diagnose_no_tangent(problem, words))
    if problem.head != "statements":
        return None
    return diagnose_no_curve_tangent(problem, words) or diagnose_no_rate(problem, words)
