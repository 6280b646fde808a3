"""Tangent planes and linear approximations in several letters that are asked for in words.

    plane_of_text(tangent_asked_for("tangent plane to x^2 + y^2 at (1, 2)"), read).expression
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.rate_phrases import RateText, places_of, real_value, split_places
from tutor.derivation.tangent_phrases import TangentText
from tutor.derivation.tangent_planes import RULES, Places, plane
from tutor.errors import refused
from tutor.expression.lexemes import EQUALS
from tutor.expression.notes import Note
from tutor.expression.parse import Reading
from tutor.expression.patterns import Pattern
from tutor.expression.relations import related
from tutor.expression.tree import OPEN, Expression, I, name, postorder, replace
from tutor.oracle.existence import holds_there

_BEFORE = Pattern(r"\s*(?:the\s+)?(?:surface|graph|function)?\s*(?:(?:of|with)\s+(?:the\s+)?(?:equation\s+)?)?"
                  r"(?:(?:[a-zA-Z]\s*\(\s*(?P<letters>[A-Za-z](?:\s*,\s*[A-Za-z])+)\s*\)|(?P<height>z|w))\s*=)?",
                  re.IGNORECASE)


def plane_of_text(asked: TangentText, read: Callable[[str], Expression]) -> Reading | None:
    """The equation that stands for the plane, with notes; None where the text asks for a line. read: reads a part of
    the text. Raises NotationError where something is missing or does not fit."""
    text = asked.text
    is_plane = asked.kind == "tangent plane"
    values = split_places(asked.points[0])
    before = _BEFORE.match(asked.curve)
    start = 0 if before is None else before.end()
    body = " " * start + asked.curve[start:]
    if not is_plane and (len(values) < 2 or EQUALS.search(body)):
        return None
    if EQUALS.search(body):
        raise refused(text, "The tangent plane is found for z = ..., as in: tangent plane to x^2 + y^2 at (1, 2). "
                            "Solve the equation for one letter first.")
    function = read(body)
    for part in postorder([function]):
        if part.head in OPEN or part.head in ("application", "tuple", "relation") or part is I:
            raise refused(text, f"{part} cannot stand in a function that is approximated here.")
    stated = before["letters"] if before is not None else None
    letters = [each.strip() for each in stated.split(",")] if stated else sorted(function.free)
    named = sorted(each.split("=")[0].strip() for each in values if "=" in each)
    if not is_plane and len(letters) < 2 and not named:
        return None  # a point (4, 2) of a curve
    if is_plane and not named and not stated and len(letters) < 2:
        letters = ["x", "y"]
    if named and not stated:
        letters = named
    height = None
    if not named and len(values) == len(letters) + 1:
        height, values = values[-1], values[:-1]
    if len(letters) not in RULES or len(values) != len(letters):
        raise refused(text, f"{function} has the letters {', '.join(letters) or 'none'}. Give the value of each at the "
                            "point, two or three of them, as in at x = 1, y = 2.")
    at = _places(text, letters, values, read)
    target = _places(text, letters, split_places(asked.target), read) if asked.target else ()
    varying = set(letters)
    if any(varying & value.free for _, value in (*at, *target)):
        raise refused(text, f"{', '.join(letters)} vary. Call the point by other letters, as in at {letters[0]} = a, "
                            f"{letters[1]} = b.")
    if height is not None:
        _check_height(text, function, at, read(height))
    notes = []
    others = sorted(function.free - varying)
    if others:
        notes.append(Note(f"{', '.join(others)} {'is' if len(others) == 1 else 'are'} taken to be "
                          f"{'a constant' if len(others) == 1 else 'constants'}.", 0, len(text), usual=True))
    return Reading(plane(function, at, target).problem, tuple(notes))


def _places(text: str, letters: list[str], values: tuple[str, ...], read: Callable[[str], Expression]) -> Places:
    """The values of all letters, in their order."""
    if len(values) != len(letters):
        raise refused(text, f"Give the values of all of {', '.join(letters)}, as in for {letters[0]} = 1, "
                            f"{letters[1]} = 2.")
    if any("=" in value for value in values):
        found = places_of(RateText(text, (), "", "", values), ("", ""), letters, read)
    else:
        found = {name(letter): real_value(read(value), text) for letter, value in zip(letters, values, strict=True)}
    missing = [letter for letter in letters if name(letter) not in found]
    if missing:
        raise refused(text, f"Give the value of {missing[0]} as well.")
    return tuple([(name(letter), found[name(letter)]) for letter in letters])


def _check_height(text: str, function: Expression, at: Places, height: Expression) -> None:
    """Refuse a point (a, b, c) that is not on the surface."""
    value = replace(function, dict(at))
    if holds_there(related(value, "=", height)) is False:
        raise refused(text, f"The point is not on the surface: the value there is {Tidy(Style())(value)}, and not "
                            f"{height}.")
