"""Signs of whole lists, w^T and ⊙, in a problem: problems are typed part by part.

    refuse_transposed("∇_w (w⊤x)")                # raises NotationError with the place of ⊤, and what to type
    notes_on_whole_lists(problem, "grad w^T*w")     # "w^T is a power here, with a number T. ..."
"""

from __future__ import annotations

import re

from tutor.errors import NotationError, Problem, refused
from tutor.expression.names import DIAGONAL, TRANSPOSED
from tutor.expression.notes import Note
from tutor.expression.tree import Expression, name, postorder

_TRANSPOSED_SIGN = re.compile(r"[⊤⊺]|\\(?:top|intercal)(?![A-Za-z])")
_INNER_PRODUCT = "sum_i w_i*x_i for w^T*x"


def refuse_transposed(text: str) -> None:
    """Raise NotationError for a sign that can only mean that rows and columns are exchanged."""
    turned = _TRANSPOSED_SIGN.search(text)
    if turned is not None:
        raise NotationError(text, [Problem(
            f"{turned[0]} exchanges rows and columns of whole lists, and problems are typed part by part: "
            f"{_INNER_PRODUCT}, and sum_j X_{{ij}}*w_j for a matrix times a list. Answers may be in whole lists.",
            *turned.span())])


def notes_on_whole_lists(problem: Expression, text: str) -> list[Note]:
    """That w^T is a power here. Raises NotationError for signs that only results and answers in whole lists have."""
    parts = list(postorder([problem]))
    if any(part.head in ("entrywise", DIAGONAL) for part in parts):
        raise refused(text, "⊙ and diag are for whole lists, and problems are typed part by part: x_i*y_i for each i, "
                            "and sum_j X_{ij}*w_j for a matrix times a list. Answers may be in whole lists.")
    turned = next((part for part in parts if part.head == "power" and part.args[0].head == "name"
                   and part.args[1] is name(TRANSPOSED)), None)
    if turned is None:
        return []
    return [Note(f"{turned} is a power here, with a number {TRANSPOSED}. Lists are typed part by part: "
                 f"{_INNER_PRODUCT}.", 0, len(text), kind="transposed")]
