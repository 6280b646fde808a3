"""Answers in the letters of whole lists, such as X^T*(X*w - y): what they say of one component.

    in_components(parse("X^T*r"), parse("w_[k]"), {"X": (n, m), "r": (n,), "w": (m,)})      # sum_{i=1}^{n} X_{ik}*r_i
"""

from __future__ import annotations

from tutor.expression.tree import Expression
from tutor.oracle.matrices import Shapes, component_of, has_whole_lists


def in_components(answer: Expression, variable: Expression, shapes: Shapes) -> Expression:
    """The component of an answer to a slope by one part of a list; the answer itself if it speaks of parts already.

    Raises ShapeError where its sizes do not fit each other, or those of the variable.
    """
    if variable.head != "indexed" or not has_whole_lists(answer, shapes):
        return answer
    return component_of(answer, variable.args, shapes, shapes[variable.value])
