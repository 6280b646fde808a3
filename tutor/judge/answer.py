"""What a learner typed as an answer, as an expression.

    read_answer("2x sin(x)", parse("d/dx [x^2*sin(x)]")).expression         # 2*x*sin(x)
"""

from __future__ import annotations

from tutor import limits
from tutor.errors import LimitError, NotationError, Problem
from tutor.expression.functions import functions_of, with_functions
from tutor.expression.names import UNKNOWN_FUNCTIONS
from tutor.expression.parse import Reading, read
from tutor.expression.tree import Expression, postorder

_NO_EQUATION = "An answer is an expression, not an equation: type only what stands on its right side."


def read_answer(text: str, problem: Expression) -> Reading:
    """The expression of an answer to a problem.

    A letter of the problem that f, g or h could be as well is that letter: with a step h, h(x + 1) is a product.
    A function that the problem has, if it is defined, means the same in the answer.
    Raises TutorError where the text cannot be read or is something else than one value.
    """
    if len(text) > limits.ANSWER_CHARACTERS:
        raise LimitError(f"This has {len(text):,} characters; an answer may have {limits.ANSWER_CHARACTERS:,}.")
    if not text.strip():
        raise _refused(text, "There is no answer. Type an expression, such as 2x.")
    if text.lstrip().startswith("="):
        raise _refused(text, _NO_EQUATION)
    letters = {part.value for part in postorder([problem]) if part.head == "name"}
    known = functions_of(problem)
    reading = read(text, UNKNOWN_FUNCTIONS - letters | known.keys())
    reading = Reading(with_functions(reading.expression, known), reading.notes)
    head = reading.expression.head
    if head == "statements":
        raise _refused(text, "One answer at a time: type one expression, without a semicolon.")
    if head == "relation":
        raise _refused(text, _NO_EQUATION)
    for part in postorder([reading.expression]):
        if part.head in ("relation", "statements", "ellipsis"):
            raise _refused(text, "An answer is one expression: there is something in it that has no value.")
        if part.head == "application" and not part.args:
            raise _refused(text, f"{part} is not known here: write out what it stands for.")
    return reading


def _refused(text: str, message: str) -> NotationError:
    return NotationError(text, [Problem(message, 0, max(len(text), 1))])
