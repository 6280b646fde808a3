"""Areas that are asked for in words: between two curves, or between one and the x-axis.

    area_asked("area between x^2 and x + 2").curves         # "x^2" and "x + 2", with blanks before them
    area_of(area_asked("area under x^2 from 0 to 2"), read) # int_0^2 abs(x^2) dx

An area is the integral of the distance between the curves. Without ends they are taken from where the curves meet,
which has to be found exactly; what encloses nothing is refused with words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import sign_of
from tutor.algebra.terms import Style
from tutor.errors import NotationError, Problem
from tutor.expression.characters import usual
from tutor.expression.notes import Note
from tutor.expression.parse import Reading
from tutor.expression.patterns import Pattern, WordedPattern
from tutor.expression.tree import ZERO, Expression, add, call, name, negate, node

LONGEST = 500
"""Characters of a text in which such words are looked for."""

_KIND = r"between|enclosed\s+by|enclosed\s+between|bounded\s+by|under|below|beneath"
_CURVE = r"(?:the\s+)?(?:(?:two\s+)?(?:curve|graph|function|parabola|line)s?\s+)?(?:of\s+)?(?:y\s*=\s*|f\(x\)\s*=\s*)?"
_AREA = WordedPattern(
    rf"\s*(?:[a-z’'\s]*?\s)??(?:the\s+)?area\s+(?:of\s+the\s+(?:region|area)\s+)?(?:that\s+is\s+)?(?P<kind>{_KIND})\s+"
    rf"(?P<curves>\S.*?)[\s.?!]*$", re.IGNORECASE, ["area"])
_BEFORE_CURVE = Pattern(rf"\s*{_CURVE}", re.IGNORECASE)
_AND = Pattern(r"\s+and\s+", re.IGNORECASE)
_AXIS = Pattern(r"(?:the\s+)?(?:x\s*-?\s*axis|horizontal\s+axis)", re.IGNORECASE)
_ENDS = tuple(Pattern(text, re.IGNORECASE) for text in (
    r",?\s+from\s+(?:x\s*=\s*)?(?P<lower>[^=;,]+?)\s+to\s+(?:x\s*=\s*)?(?P<upper>[^=;,]+?)\s*$",
    r",?\s+between\s+x\s*=\s*(?P<lower>[^=;,]+?)\s+and\s+(?:x\s*=\s*)?(?P<upper>[^=;,]+?)\s*$",
    r",?\s+(?:on|over)\s+(?:the\s+interval\s+)?\[\s*(?P<lower>[^=;,\]]+?)\s*,\s*(?P<upper>[^=;,\]]+?)\s*\]\s*$",
    r",?\s+(?:for|with)\s+(?P<lower>[^=;,<]+?)\s*<=?\s*x\s*<=?\s*(?P<upper>[^=;,<]+?)\s*$"))
_EXAMPLE = "area between x^2 and x + 2 from 0 to 1"


class Area(NamedTuple):
    """What is asked: one or two curves, the x-axis as "", and the ends, if they are given. All with as many blanks
    before them as bring them to their place in the text."""

    text: str
    curves: tuple[str, ...]
    ends: tuple[str, ...] = ()


def area_asked(text: str) -> Area | None:
    """The area for which a text asks in words; None where it asks for none."""
    if len(text) > LONGEST:
        return None
    plain = usual(text)
    found = _AREA.match(plain, 0)
    if found is None:
        return None
    begin, rest = found.start("curves"), found["curves"]
    ends: tuple[str, ...] = ()
    for pattern in _ENDS:
        limits = pattern.search(rest)
        if limits is not None:
            ends = tuple([" " * (begin + limits.start(each)) + limits[each] for each in ("lower", "upper")])
            rest = rest[:limits.start()]
            break
    curves: list[str] = []
    place = 0
    for between in [*_AND.finditer(rest), None]:
        end = len(rest) if between is None else between.start()
        curves.append(_curve(rest[place:end], begin + place))
        place = end if between is None else between.end()
    return Area(text, tuple(curves), ends)


def _curve(part: str, begin: int) -> str:
    """One curve with blanks before it; "" for the x-axis."""
    if _AXIS.fullmatch(part.strip()):
        return ""
    before = _BEFORE_CURVE.match(part, 0)
    skipped = 0 if before is None else before.end()
    return " " * (begin + skipped) + part[skipped:]


def area_of(asked: Area, read: Callable[[str], Expression]) -> Reading:
    """The integral that is the area, with notes. Raises NotationError where a curve or an end cannot be read, and where
    nothing is enclosed. read: reads a part of the text."""
    if not 1 <= len(asked.curves) <= 2 or not any(asked.curves) or asked.curves[-1].endswith(" and"):
        raise _refused(asked, f"Name one or two curves, as in: {_EXAMPLE}.")
    first, second = [read(curve) if curve else ZERO for curve in (*asked.curves, "")[:2]]
    letters = sorted(first.free | second.free)
    if not letters and not asked.ends:
        raise _refused(asked, f"Two horizontal lines enclose no area. Say from where to where: {_EXAMPLE}.")
    variable = name("x" if "x" in letters or not letters else letters[0])
    height = first if second is ZERO else negate(second) if first is ZERO else add(
        first, negate(second))
    notes: list[Note] = []
    ends = tuple([read(end) for end in asked.ends]) or _where_they_meet(asked, first, second, variable, notes)
    from tutor.integration.equations import number_of  # most problems ask for no area

    values = [number_of(end) for end in ends]
    if values[0] is not None and values[1] is not None and values[0] > values[1]:
        ends = ends[1], ends[0]
    if sign_of(Tidy(Style())(height)) not in ("+", "0+"):
        height = call("abs", height)
        notes.append(Note("An area is the integral of the distance, which is never negative: hence the bars.",
                          0, len(asked.text), usual=True))
    return Reading(node("integral", (height, variable, *ends)), tuple(notes))


def _where_they_meet(asked: Area, first: Expression, second: Expression, variable: Expression,
                     notes: list[Note]) -> tuple[Expression, Expression]:
    """The first and the last place at which two curves meet."""
    tidy = Tidy(Style())
    gap = tidy(add(first, negate(second)))
    others = ", ".join(sorted(gap.free - variable.free))
    asks = f"Say from where to where, as in: {_EXAMPLE}."
    what = f"{first} and {second}" if second is not ZERO else f"{first} and the {variable}-axis"
    if gap is ZERO:
        raise _refused(asked, "Both curves are the same, so there is nothing between them.")
    if others:
        raise _refused(asked, f"Where {what} meet depends on {others}. {asks}")
    from tutor.integration.equations import Between
    from tutor.integration.zeros import exact_zeros

    places = exact_zeros(gap, variable, Between(-math.inf, math.inf), tidy)
    if places is None:
        raise _refused(asked, f"Where {what} meet could not be found exactly. {asks}")
    if len(places) < 2:
        meet = "do not meet" if not places else f"meet only at {variable} = {places[0].number}"
        raise _refused(asked, f"{what} {meet}, so they enclose no area. {asks}")
    listed = [f"{variable} = {place.number}" for place in places]
    notes.append(Note(f"{what} meet at {', '.join(listed[:-1])} and {listed[-1]}.", 0, len(asked.text)))
    return places[0].number, places[-1].number


def _refused(asked: Area, message: str) -> NotationError:
    return NotationError(asked.text, [Problem(message, 0, max(len(asked.text), 1))])
