"""A step-by-step derivation tutor for calculus.

    import tutor
    derivation = tutor.explain("d/dx x^2*sin(x)")
    str(derivation.result)                  # '2*x*sin(x) + x^2*cos(x)'
    derivation.steps[0].rule.title          # 'Product rule'
    derivation.checked                      # True: the oracle, which knows no rules, agrees with every step

Every error is a TutorError; `.position` says where in the text it is.
"""

from __future__ import annotations

from tutor.derivation.derivation import Derivation, derive
from tutor.derivation.problem import read_problem
from tutor.derivation.step import Step
from tutor.errors import TutorError
from tutor.expression.parse import collector_paused, parse
from tutor.expression.tree import Expression

__version__ = "0.1.0"
__all__ = ["Derivation", "Expression", "Step", "TutorError", "explain", "parse"]


def explain(problem: str, method: str = "") -> Derivation:
    """The derivation of a problem in the learner's notation.

    problem: such as "d/dx x^2*sin(x)", "d/dx [x^3] at x = 2", "f(x) = x^2; f'(3)", or a bare expression in one
    variable, which means its derivative. method: the name of a second method to use where it applies first
    (`Derivation.other_methods` lists those that do).
    Raises TutorError if the text cannot be read, no rule applies, or a bound of `tutor.limits` is met.
    """
    with collector_paused():
        reading = read_problem(problem)
        return derive(reading.expression, reading.notes, method)
