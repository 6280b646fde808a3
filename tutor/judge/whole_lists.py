"""Answers in the letters of whole lists, such as X^T*(X*w - y): what they say of one component.

    in_components(parse("X^T*r"), parse("w_[k]"), {"X": (n, m), "r": (n,), "w": (m,)})      # sum_{i=1}^{n} X_{ik}*r_i
"""

from __future__ import annotations

from collections.abc import Collection

from tutor.expression.lists import Sizes
from tutor.expression.tree import ONE, Expression
from tutor.oracle.matrices import ShapeError, component_of, has_whole_lists


def in_components(answer: Expression, variable: Expression, shapes: Sizes,
                  numbers: Collection[str] = ()) -> Expression:
    """The component of an answer to a slope by a letter, or by one part of a list; the answer itself if it speaks of
    parts already.

    numbers: letters that stand for numbers in the problem, even if they mean something of lists elsewhere, as I does.
    Raises ShapeError where its sizes do not fit each other, or those of the variable.
    """
    if not has_whole_lists(answer, shapes):
        return answer
    if variable.head != "indexed":
        return component_of(answer, (), shapes, (ONE, ONE), numbers)
    found = component_of(answer, variable.args, shapes, shapes[variable.value], numbers)
    if any(index.head == "number" for index in variable.args) or len({*variable.args}) < len(variable.args):
        raise ShapeError(f"This is a slope for every part of {variable.value}, and only one of them is asked for.")
    return found
