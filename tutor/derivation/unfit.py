"""What lists and indices cannot be: the letter by which is differentiated, or one for which a value is put in.

    why_unfit(parse("d/dn [sum_{i=1}^{n} x_i]"))     # "n is a bound of a sum here, which is a whole number, so ..."
"""

from __future__ import annotations

from tutor.errors import NoProgress
from tutor.expression.tree import Expression, node, postorder, substitute


def why_unfit(problem: Expression) -> str:
    """Why nothing can be differentiated with respect to the letter of a derivative, in a sentence; "" for other
    problems."""
    if problem.head != "derivative" or problem.args[1].head != "name":
        return ""
    body, variable = problem.args[:2]
    letter = variable.value
    for part in postorder([body]):
        if part.head == "indexed" and part.value == letter:
            below = "k" if len(part.args) == 1 else f"{{{'klmp'[:len(part.args)]}}}"
            return f"{letter} is a list here. Differentiate with respect to one part of it, as in d/d{letter}_{below}."
        if part.head in ("indexed", "same") and variable in part.args:
            return _of_whole_number(letter, "an index")
        if part.head == "finite_sum" and letter in part.args[2].free | part.args[3].free:
            return _of_whole_number(letter, "a bound of a sum")
    return ""


def with_value(body: Expression, variable: Expression, point: Expression) -> Expression:
    """An expression with a value put in for a letter. Raises NoProgress for part of a list."""
    if variable.head != "name":
        raise NoProgress("A value can be put in for a letter, but not for part of a list.",
                         str(node("at", (body, variable, point))), 0)
    return substitute(body, variable.value, point)


def _of_whole_number(letter: str, what: str) -> str:
    return (f"{letter} is {what} here, which is a whole number, so nothing can be differentiated with respect to "
            f"{letter}.")
