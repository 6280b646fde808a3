"""Answers that are right if a matrix is symmetric, as 2*A*x is for the slope of x^T*A*x.

    problem = parse("d/dx_[k] [sum_{i=1}^{n} sum_{j=1}^{n} x_i*A_{ij}*x_j]")
    slip_of_symmetry(problem, parse("2*sum_{j=1}^{n} A_{kj}*x_j"), is_right).sentence.written()
    # "This is right if A is symmetric, but nothing says so here. ..."

A matrix is made symmetric by putting (A_{ij} + A_{ji})/2 in place of A_{ij}, in the problem and in the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from tutor.expression.lists import shapes
from tutor.expression.text import Text
from tutor.expression.tree import TWO, Expression, add, divide, name, node, postorder, replace
from tutor.judge.diagnosis import Slip

IsRight = Callable[[Expression, Expression], bool]
"""Whether the second expression is a right answer to the first one."""


def slip_of_symmetry(problem: Expression, answer: Expression, is_right: IsRight) -> Slip | None:
    """The slip of taking a matrix of the problem as symmetric; None if the answer is wrong even then. The answer has to
    speak of single parts, and to be wrong as it is."""
    matrices = _square_matrices(problem)
    for letters in dict.fromkeys((*[(letter,) for letter in matrices], matrices)):
        if letters and is_right(_symmetric(problem, letters), _symmetric(answer, letters)):
            called: list[str | Expression] = [part for letter in letters for part in (" and ", name(letter))][1:]
            return Slip("symmetry", answer, problem, Text.of(
                "This is right if ", *called, " is symmetric" if len(letters) == 1 else " are symmetric",
                ", but nothing says so here. In general a matrix and its transpose are not the same."))
    return None


def _square_matrices(problem: Expression) -> tuple[str, ...]:
    """The letters of matrices with as many rows as columns which are given: no slope is taken by them, and no line says
    what they are."""
    parts = list(postorder([problem]))
    others = {part.args[1].value for part in parts if part.head in ("derivative", "rate")}
    if problem.head == "statements":
        others |= {line.args[0].value for line in problem.args[:-1]}
    return tuple(letter for letter, sizes in shapes(problem).items()
                 if len(sizes) == 2 and sizes[0] is sizes[1] and letter not in others)


def _symmetric(root: Expression, letters: Collection[str]) -> Expression:
    changes = {}
    for part in postorder([root]):
        if part.head == "indexed" and part.value in letters:
            turned = node("indexed", part.args[::-1], part.value)
            changes[part] = divide(add(part, turned), TWO)
    return replace(root, changes)
