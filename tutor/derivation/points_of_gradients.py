"""A point behind a gradient, without the names of its coordinates: these stand in the order of the slopes.

    read_problem("grad (x^2*y) at (1, 2)")          # that of "grad (x^2*y) at x = 1, y = 2", with a note
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tutor.errors import TutorError
from tutor.expression.brackets import cut_outside
from tutor.expression.characters import usual
from tutor.expression.notes import Note
from tutor.expression.parse import Reading
from tutor.expression.tree import Expression

_POINT = re.compile(r"(?P<asked>.*[\s)\]])at\s+(?:the\s+)?(?:point\s+)?\((?P<values>[^=;]*,[^=;]*)\)\s*[.?!]?\s*",
                    re.DOTALL | re.IGNORECASE)
_SPACE = (("x", "y"), ("x", "y", "z"))
"""The letters whose order everybody knows, for a slope by one of them."""


def at_unnamed_point(text: str, read: Callable[[str], Reading]) -> Reading | None:
    """The problem that a text states, where it ends with a point that has as many coordinates as letters vary in what
    is asked for; None if it does not. read: what reads the text with the letters in it."""
    found = _POINT.fullmatch(usual(text))
    if found is None:
        return None
    asked = _problem(found["asked"], read)
    if asked is None:
        return None
    values = [value.strip() for value in cut_outside(found["values"], ",")]
    letters = _letters(asked.expression)
    if len(letters) < len(values):
        last = _asked(asked.expression)
        letters = next((each for each in _SPACE if last.head == "derivative" and set(each) == last.args[0].free), ())
    if len(letters) != len(values) or not all(values):
        return None
    named = ", ".join(f"{letter} = {value}" for letter, value in zip(letters, values, strict=True))
    there = _problem(f"{found['asked']} at {named}", read)
    note = Note(f"at ({', '.join(values)}) is read as at {named}.", 0, len(text), usual=True, kind="unnamed-point")
    return None if there is None else there._replace(notes=(*there.notes, note))


def _problem(text: str, read: Callable[[str], Reading]) -> Reading | None:
    """What is read; None if it is refused: then the whole text is, with the places of what was typed."""
    try:
        return read(text)
    except TutorError:
        return None


def _asked(problem: Expression) -> Expression:
    return problem.args[-1] if problem.head == "statements" else problem


def _letters(asked: Expression) -> Sequence[str]:
    """The letters by which is differentiated, in the order of the slopes."""
    stack, found = [_asked(asked)], []
    while stack:
        part = stack.pop()
        if part.head == "tuple":
            stack.extend(reversed(part.args))
        elif part.head in ("derivative", "rate") and part.args[1].head == "name":
            found.append(part.args[1].value)
            stack.append(part.args[0])
    return tuple(dict.fromkeys(found))
