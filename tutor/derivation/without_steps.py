"""What SymPy says of an integral for which no steps were found. Its answer has no steps; the oracle checks it.

SymPy works in a process of its own, because nobody knows beforehand how long it will take: after some seconds the
process is stopped. This is the only bound that does not count work, and it holds only where somebody asks for SymPy.

    answer_without_steps(parse("int x*e^x*sin(x)^2 dx"))
    # "SymPy's answer, without steps: ... The oracle has checked that its derivative is the integrand."
"""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from typing import Any

from tutor.errors import TutorError
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.parse import parse
from tutor.expression.tree import OPEN, Expression, derivative, outermost, postorder
from tutor.oracle.verdict import Oracle

SECONDS = 20
"""After so long SymPy is stopped."""

SIZE = 300
"""Larger integrals are not handed to SymPy."""

_SAME = frozenset(("sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "acot", "asec", "acsc", "sinh",
                   "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh", "atanh", "acoth", "asech", "acsch", "exp",
                   "sqrt", "sign", "erf", "Si", "Ci", "Ei", "li"))
_OTHER_NAMES = {"ln": "log", "log": "log", "abs": "Abs", "min": "Min", "max": "Max"}


def answer_without_steps(problem: Expression) -> str:
    """What SymPy finds for an integral, and whether the oracle agrees with it, in sentences."""
    if problem.size > SIZE or any(outermost(arg, OPEN) for arg in problem.args):
        return "This integral is too long, or has too much in it, to be handed to SymPy."
    answered = _asked(str(problem))
    if answered is None:
        return f"SymPy had no answer after {SECONDS} seconds, and was stopped."
    kind, _, text = answered.partition(" ")
    if kind != "answer":
        return text if kind == "none" else "SymPy ended with an error."
    try:
        answer = parse(text)
    except TutorError:
        return f"SymPy's answer cannot be written in the notation of the tutor: {text}"
    return _checked(problem, answer)


def roots_without_steps(root: Expression, unknown: Expression) -> list[Expression] | None:
    """Where SymPy says that an expression in one letter is 0; None where it does not list finitely many places."""
    if root.size > SIZE or any(outermost(arg, OPEN) for arg in root.args):
        return None
    kind, _, text = (_asked(f"{_SOLVE}{unknown} {root}") or "").partition(" ")
    try:
        return [parse(each) for each in text.split(";")] if kind == "roots" else None
    except TutorError:
        return None


_SOLVE = "solve "
"""What an equation begins with when it is handed to the other process; its letter and its left side follow."""


def _asked(text: str) -> str | None:
    """What the other process answers; None where it took too long."""
    try:
        done = subprocess.run([sys.executable, "-P", "-m", "tutor.derivation.without_steps"], input=text,
                              capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.strip()


def _checked(problem: Expression, answer: Expression) -> str:
    body, variable, *limits = problem.args
    if limits:
        check, agreement = Oracle().compare(problem, answer), "numbers give the same value"
    else:
        check, agreement = Oracle().compare(derivative(answer, variable), body), "its derivative is the integrand"
    if check.outcome == "refuted" or (check.outcome == "checked" and not check.real):
        return "SymPy has an answer, but the oracle refutes it, so it is not shown."
    shown = f"SymPy's answer, without steps: {answer}{'' if limits else ' + C'}."
    if check.outcome == "checked":
        return f"{shown} The oracle has checked it: {agreement}."
    return f"{shown} The oracle could not check it."


# -- in the other process ------------------------------------------------------------------------------------------

def _in_sympy(root: Expression) -> Any:
    """An expression as one of SymPy, whose letters are real. Raises TutorError for what SymPy does not have."""
    import sympy

    done: dict[Expression, Any] = {}
    for part in postorder([root]):
        done[part] = _node(sympy, part, [done[arg] for arg in part.args])
    return done[root]


def _node(sympy: Any, part: Expression, args: list[Any]) -> Any:
    match part.head:
        case "number":
            fraction = Fraction(part.value)
            return sympy.Rational(fraction.numerator, fraction.denominator)
        case "name":
            return sympy.Symbol(part.value, real=True)
        case "constant":
            return {"e": sympy.E, "pi": sympy.pi, "infinity": sympy.oo, "i": sympy.I}[part.value]
        case "sum":
            return sympy.Add(*args)
        case "product":
            return sympy.Mul(*args)
        case "negation":
            return -args[0]
        case "quotient":
            return args[0] / args[1]
        case "power":
            return args[0]**args[1]
        case "cbrt":
            return sympy.real_root(args[0], 3)
        case "integral":
            body, variable, *limits = args
            return sympy.Integral(body, (variable, *limits))
        case head if head in _SAME or head in _OTHER_NAMES:
            return getattr(sympy, _OTHER_NAMES.get(head, head))(*args)
        case head if head in FUNCTIONS and FUNCTIONS[head].definition:
            return _in_sympy(parse(FUNCTIONS[head].definition)).subs(sympy.Symbol("x", real=True), args[0])
    raise TutorError(f"SymPy cannot be asked about {part.head}.")


def _in_notation(found: Any) -> str:
    """An expression of SymPy in the notation of the tutor."""
    from sympy.printing.str import StrPrinter

    class Printer(StrPrinter):  # type: ignore[misc]
        def _print_log(self, expression: Any) -> str:
            return f"ln({self._print(expression.args[0])})"

        def _print_Exp1(self, _: Any) -> str:
            return "e"

    return str(Printer().doprint(found)).replace("**", "^")


def _roots(letter: str, left: str) -> str:
    """The real zeros of an expression, if SymPy lists them."""
    import sympy

    found = sympy.solveset(_in_sympy(parse(left)), sympy.Symbol(letter, real=True), sympy.S.Reals)
    if not isinstance(found, sympy.FiniteSet):
        return "none"
    return "roots " + ";".join(_in_notation(sympy.simplify(each)) for each in found)


def _main() -> None:
    """Read an integral, or an equation to solve, from standard input and write what SymPy finds."""
    import sympy

    text = sys.stdin.read()
    try:
        if text.startswith(_SOLVE):
            print(_roots(*text.removeprefix(_SOLVE).split(" ", 1)))
            return
        found = _in_sympy(parse(text)).doit()
    except TutorError as error:
        print("none", error)
        return
    except Exception:  # what SymPy raises where it fails is of many kinds, and all mean the same here
        print("none SymPy has no answer either: it ended with an error.")
        return
    if found.has(sympy.Integral):
        print("none SymPy has no answer either.")
    elif found.has(sympy.Piecewise, sympy.I, sympy.nan, sympy.zoo):
        print("none SymPy has only an answer that is made of cases or is not real.")
    else:
        print("answer", _in_notation(found))


if __name__ == "__main__":
    _main()
