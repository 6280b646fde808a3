"""Answers in the letters of whole lists, such as X^T*(X*w - y): what they say of one component.

    in_components(parse("X^T*r"), parse("w_[k]"), {"X": (n, m), "r": (n,), "w": (m,)})      # sum_{i=1}^{n} X_{ik}*r_i
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from tutor.derivation.graph import graph_of
from tutor.derivation.matrices import indices_with_sizes
from tutor.expression.lists import Sizes, shapes
from tutor.expression.names import UNIT_MATRIX
from tutor.expression.text import Text
from tutor.expression.tree import ONE, Expression
from tutor.judge.diagnosis import Diagnosis
from tutor.judge.equivalence import equivalent
from tutor.judge.mistakes_with_lists import diagnosed_order
from tutor.judge.symmetry import slip_of_symmetry
from tutor.oracle.matrices import ShapeError, component_of, has_whole_lists


def in_components(answer: Expression, variable: Expression, sizes: Sizes,
                  numbers: Collection[str] = ()) -> Expression:
    """The component of an answer to a slope by a letter, or by one part of a list; the answer itself if it speaks of
    parts already.

    numbers: letters that stand for numbers in the problem, even if they mean something of lists elsewhere, as I does.
    Raises ShapeError where its sizes do not fit each other, or those of the variable.
    """
    if not has_whole_lists(answer, sizes):
        return answer
    if variable.head != "indexed":
        return component_of(answer, (), sizes, (ONE, ONE), numbers)
    found = component_of(answer, variable.args, sizes, sizes[variable.value], numbers)
    if any(index.head == "number" for index in variable.args) or len({*variable.args}) < len(variable.args):
        raise ShapeError(f"This is a slope for every part of {variable.value}, and only one of them is asked for.")
    return found


def in_entries(answer: Expression, problem: Expression, sizes: Sizes, numbers: Collection[str] = ()) -> Expression:
    """The same of an answer to a derivative, which may be a matrix of second slopes, or of the slopes of a list."""
    places = indices_with_sizes(problem, sizes)
    if not places or len(places) == len(problem.args[1].args) or not (has_whole_lists(answer, sizes) or (
            len(places) == 2 and UNIT_MATRIX in answer.free and UNIT_MATRIX not in numbers)):
        return in_components(answer, problem.args[1], sizes, numbers)
    return component_of(answer, [index for index, _ in places], sizes, [size for _, size in places], numbers)


def in_inputs(answer: Expression, problem: Expression, lines: tuple[Expression, ...]) -> Expression:
    """An answer to a derivative with the lines of a graph put in: what the names of lines in it say, of one component.
    """
    graph = graph_of(lines, "")
    found = in_entries(answer, problem, graph.shapes, {*graph.inputs, *graph.lines})
    return graph.written_out(found, problem.args[1].value)


def diagnose_in_parts(problem: Expression, answer: Expression,
                      judge: Callable[[Expression], Diagnosis]) -> Diagnosis | None:
    """The diagnosis of an answer in whole lists to a derivative. Of one that speaks of parts already it is None, unless
    that is right if a matrix is symmetric.

    judge: the diagnosis of what it says of one part. Where that is unclear, other orders of its factors are tried.
    """
    sizes = shapes(problem)
    try:
        in_parts = in_entries(answer, problem, sizes, problem.free)
    except ShapeError as error:
        order = _in_another_order(problem, answer, sizes) or Diagnosis("unexplained", problem, answer)
        return replace(order, texts=(Text(str(error), {}), *order.texts))
    if in_parts is answer:
        return _right_if_symmetric(problem, answer)
    judged = judge(in_parts)
    if judged.slip is not None and judged.slip.kind == "symmetry":
        judged = replace(judged, answer=answer)
    unclear = judged.outcome in ("unexplained", "slip")
    return (_in_another_order(problem, answer, sizes) if unclear else None) or judged


def _right_if_symmetric(problem: Expression, answer: Expression) -> Diagnosis | None:
    """What is to be said of a wrong answer that is right if a matrix is symmetric."""
    slip = slip_of_symmetry(problem, answer, lambda asked, given: equivalent(asked, given).verdict == "equal")
    found = None if slip is None else equivalent(problem, answer)
    if slip is None or found is None or found.verdict != "different":
        return None
    return Diagnosis("slip", problem, answer, equivalence=found, texts=(slip.sentence,), slip=slip)


def _in_another_order(problem: Expression, answer: Expression, sizes: Sizes) -> Diagnosis | None:
    """What is to be said of a wrong answer in whole lists that is right with its factors in another order."""
    def is_right(other: Expression) -> bool:
        try:
            return equivalent(problem, in_entries(other, problem, sizes, problem.free)).verdict == "equal"
        except ShapeError:
            return False

    return diagnosed_order(problem, answer, sizes, is_right)
