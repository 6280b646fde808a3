"""A step-by-step derivation tutor for calculus.

    import tutor
    derivation = tutor.explain("d/dx x^2*sin(x)")
    str(derivation.result)                  # '2*x*sin(x) + x^2*cos(x)'
    derivation.steps[0].rule.title          # 'Product rule'
    derivation.checked                      # True: the oracle, which knows no rules, agrees with every step

Every error is a TutorError; `.position` says where in the text it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tutor.errors import TutorError

if TYPE_CHECKING:
    from tutor.derivation.critical_points import CriticalPoints
    from tutor.derivation.derivation import Derivation
    from tutor.derivation.step import Step
    from tutor.expression.functions import Functions
    from tutor.expression.tree import Expression
    from tutor.judge.diagnosis import Diagnosis
    from tutor.judge.equivalence import Equivalence

__version__ = "0.1.0"
__all__ = ["CriticalPoints", "Derivation", "Expression", "Step", "TutorError", "critical_points", "diagnose",
           "equivalent", "explain", "latex", "parse"]

_CLASSES = {"CriticalPoints": "tutor.derivation.critical_points",
            "Derivation": "tutor.derivation.derivation", "Expression": "tutor.expression.tree",
            "Step": "tutor.derivation.step"}


def __getattr__(name: str) -> object:
    """A class of the package, loaded when it is first asked for: so `tutor --help` need not load the engine."""
    if name not in _CLASSES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_CLASSES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_CLASSES]


def critical_points(function: str, by: str = "", without_steps: bool = False) -> CriticalPoints:
    """The critical points of a function, such as "x^3 - 3x", "x^3 - 3x on [0, 2]" or "x^2 + x*y + y^2".

    `.points` lists them: `.at` has the place of each letter as an Expression, `.value` that of the function, `.kind` is
    "minimum", "maximum", "saddle", "neither" or "undecided", `.because` says why. `.complete` says whether there are
    surely no others, and `.why` why not. by: the letters that vary, as "x, y", where others are constants;
    without_steps: whether SymPy is asked for solutions where no rule solves an equation.
    Raises TutorError if the text cannot be read or a bound is met.
    """
    from tutor.derivation.critical_points import critical_points as found
    from tutor.expression.parse import collector_paused

    _refuse_other_types(function=function, by=by)
    with collector_paused():
        return found(function, by, without_steps)


def diagnose(problem: str, answer: str, form: str = "") -> Diagnosis:
    """What is to be said of an answer to a problem, both in the learner's notation; see `tutor.judge.diagnosis`.

    form: "simplified", "expanded", "factored" or "exact" if the answer has to be in that form. Raises TutorError if
    the problem cannot be read or there is no such form; an answer that cannot be read is an outcome.
    """
    from tutor.judge.diagnose import diagnose

    _refuse_other_types(problem=problem, answer=answer, form=form)
    return diagnose(problem, answer, form)


def parse(text: str, functions: Functions | None = None) -> Expression:
    """The tree of `text`, as it was typed: nothing is simplified. `str()` of it parses back to the same tree.

    functions: those that somebody defined, by name. Raises TutorError, with `.position`, if the text is not in the
    notation.
    """
    from tutor.expression.parse import parse as parsed

    _refuse_other_types(text=text)
    if functions is not None and not isinstance(functions, Mapping):
        raise TypeError(f"functions has to be a mapping of names to functions, not {type(functions).__name__}")
    return parsed(text, functions)


def explain(problem: str, method: str = "") -> Derivation:
    """The derivation of a problem in the learner's notation.

    problem: such as "d/dx x^2*sin(x)", "d/dx [x^3] at x = 2", "f(x) = x^2; f'(3)", or a bare expression in one
    variable, which means its derivative; "x^2 at x = 3" asks for its value there. A gradient is asked for by "grad
    x^2*y" (its result is a `tuple` whose `.args` are the components), and slopes along the lines of a graph by
    "z = w*x; L = z^2; grad L" or "...; dL/dz" (see `tutor.derivation.backward`). Where there is no derivative at the
    point, `.undefined` says why. method: the name of a second method to use where it applies first
    (`Derivation.other_methods` lists those that do), or "graph" or "written-out" for a problem with lines.
    Raises TutorError if the text cannot be read, no rule applies, or a bound of `tutor.limits` is met.
    """
    from tutor.derivation.explained import explained
    from tutor.derivation.problem import read_problem
    from tutor.derivation.several import METHODS
    from tutor.expression.parse import collector_paused

    _refuse_other_types(problem=problem, method=method)
    with collector_paused():
        if method.replace("_", "-") in METHODS:
            reading = read_problem(problem, method=method.replace("_", "-"))
            method = ""
        else:
            reading = read_problem(problem)
        found = explained(reading.expression, reading.notes, method, reading.names)
        if not reading.lines:
            return found
        from tutor.derivation.named import with_names  # most problems have no lines

        return with_names(found, reading.lines)


def equivalent(left: str | Expression, right: str | Expression) -> Equivalence:
    """Whether two expressions, or texts in the learner's notation, are equal wherever both have a value.

    `verdict` is "equal" (`proved`, or agreed by numbers), "different" with a `counterexample`, or "undecided" with a
    `reason`; `domain` says where only one of them has a value. Indefinite integrals are compared up to a constant.
    Raises TutorError if a text cannot be read.
    """
    from tutor.expression.lists import has_lists, shapes
    from tutor.expression.parse import parse as parsed
    from tutor.expression.tree import Expression
    from tutor.judge.equivalence import equivalent as compared

    for side, given in (("left", left), ("right", right)):
        if not isinstance(given, str | Expression):
            raise TypeError(f"{side} has to be a text or an Expression, not {type(given).__name__}")
    first, second = [parse(side) if isinstance(side, str) else side for side in (left, right)]
    if has_lists(first) or has_lists(second):  # x_k is part of a list on both sides if it is one on either side
        lists = {**shapes(second), **shapes(first)}
        first, second = [parsed(side, lists=lists) if isinstance(side, str) else side for side in (left, right)]
    return compared(first, second)


def latex(expression: Expression) -> str:
    """An expression in LaTeX, to stand between dollar signs. `tutor.parse` reads it back to the very same tree."""
    from tutor.expression.latex import latex as written
    from tutor.expression.tree import Expression

    if not isinstance(expression, Expression):
        raise TypeError(f"expression has to be an Expression, not {type(expression).__name__}")
    return written(expression)


def _refuse_other_types(**texts: object) -> None:
    """Raise TypeError for what is no text."""
    for name, given in texts.items():
        if not isinstance(given, str):
            raise TypeError(f"{name} has to be a text in the learner's notation, not {type(given).__name__}"
                            if name not in ("by", "form", "method") else
                            f"{name} has to be a name as a text, not {type(given).__name__}")
