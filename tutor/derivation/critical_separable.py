"""Critical points of a sum of functions with one letter each, such as |x| + (y - 1)^2: each letter by itself.

    parts_of(read_critical("abs(x) + (y - 1)^2"))       # the problems |x| in x and (y - 1)^2 in y

Such a sum is lowest where each of its parts is, and a step in one letter does not change the other parts. So there is a
minimum of the sum exactly where each part has one, and places without a slope are found letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.critical_extremes import is_sure, limit_of
from tutor.derivation.critical_one import of_one_letter
from tutor.derivation.critical_points import CriticalPoint, CriticalPoints, End, Extreme, Kind, Part
from tutor.derivation.critical_problem import WHOLE_LINE, CriticalProblem
from tutor.derivation.derivation import Derivation
from tutor.expression.text import Text
from tutor.expression.tree import INFINITY, ZERO, Expression, add, name, negate, node, substitute

MOST_COMBINED = 60
"""Points that the points of the parts may make together."""


def parts_of(problem: CriticalProblem) -> tuple[CriticalPoints, ...]:
    """What is found of the parts, in the order of the letters; none where the function is no such sum, or where
    infinitely many places are in one of them."""
    terms = problem.function.args if problem.function.head == "sum" else ()
    owned: dict[str, list[Expression]] = {letter: [] for letter in problem.letters}
    for term in terms:
        inside = [letter for letter in problem.letters if letter in term.free]
        if len(inside) > 1 or problem.parameters:
            return ()
        owned[inside[0] if inside else problem.letters[0]].append(term)
    if not terms or not all(any(letter in term.free for term in own) for letter, own in owned.items()):
        return ()
    found = tuple([of_one_letter(CriticalProblem(add(*own), (letter,), (), WHOLE_LINE,
                                                 without_steps=problem.without_steps))
                   for letter, own in owned.items()])
    if any(point.every for part in found for point in part.points) or any(part.everywhere for part in found):
        return ()
    return found


def of_parts(problem: CriticalProblem, slopes: tuple[Derivation, ...],
             parts: Sequence[CriticalPoints]) -> CriticalPoints:
    """What is found of the sum."""
    tidy = Tidy(Style())
    combined = list(product(*[part.points for part in parts]))
    why = tuple(dict.fromkeys(each for part in parts for each in part.why))
    is_complete = all(part.complete for part in parts)
    if len(combined) > MOST_COMBINED:
        combined, is_complete = combined[:MOST_COMBINED], False
        why = (*why, f"There are more than {MOST_COMBINED} points, of which only these were looked at.")
    points = tuple([_together(each, tidy) for each in combined])
    smallest, largest = extremes_of(parts, tidy)
    return CriticalPoints(problem, slopes, points, complete=is_complete, why=why, smallest=smallest, largest=largest,
                          parts=tuple([Part(f"The part with {part.problem.letters[0]}", part) for part in parts]),
                          said=Text(_SAID, {}))


_SAID = ("Each part of this sum has one letter, so each letter is looked at by itself: the sum has a minimum where "
         "each part has one, and a maximum likewise.")


def extremes_of(parts: Sequence[CriticalPoints], tidy: Tidy) -> tuple[Extreme, Extreme]:
    """What is known of the smallest and of the largest value of the sum."""
    return _extreme([part.smallest for part in parts], tidy), _extreme([part.largest for part in parts], tidy)


def _extreme(known: Sequence[Extreme], tidy: Tidy) -> Extreme:
    if all(each.outcome == "reached" for each in known):
        values = [each.value for each in known if each.value is not None]
        return Extreme("reached", tidy(add(*values)))
    ends = tuple(end for each in known if each.outcome == "unbounded" for end in each.ends)
    return Extreme("unbounded", None, ends) if ends else Extreme()


def without_bound(problem: CriticalProblem, wanted: Kind, tidy: Tidy) -> Extreme | None:
    """Along which line through 0 the values fall below (or grow beyond) every number; None where none was found."""
    if problem.parameters:
        return None
    far = negate(INFINITY) if wanted == "minimum" else INFINITY
    for direction in product((0, 1, -1), repeat=len(problem.letters)):
        first = next((place for place, each in enumerate(direction) if each), None)
        if first is None or direction[first] < 0:
            continue
        variable = problem.variables[first]
        at = [{0: ZERO, 1: variable, -1: negate(variable)}[step] for step in direction]
        along = problem.function
        for letter, value in zip(problem.letters, at, strict=True):
            along = along if value is name(letter) else substitute(along, letter, value)
        for place, side in ((INFINITY, "-"), (negate(INFINITY), "+")):
            limit = limit_of(tidy(along), variable, place)
            if limit is not None and limit.result is far and is_sure(limit):
                return Extreme("unbounded", None, (End(place, side, limit, far, node("tuple", tuple(at))),))
    return None


def _together(points: Sequence[CriticalPoint], tidy: Tidy) -> CriticalPoint:
    """The point whose coordinates are those of the points of the parts."""
    at = {letter: value for point in points for letter, value in point.at.items()}
    values = [point.value for point in points if point.value is not None]
    value = tidy(add(*values)) if len(values) == len(points) else None
    kinds = {point.kind for point in points}
    letters = list(at)
    kind: Kind = "undecided"
    said = f"it is not decided in {' and '.join(_those(letters, points, 'undecided'))}"
    if kinds == {"minimum"} or kinds == {"maximum"}:
        kind = points[0].kind
        said = f"a {kind} in each letter"
    elif "neither" in kinds or {"minimum", "maximum"} <= kinds:
        kind = "saddle" if {"minimum", "maximum"} <= kinds else "neither"
        said = ", ".join(f"{_CALLED[point.kind]} in {letter}" for letter, point in zip(letters, points, strict=True))
    has_slope = all(point.place == "slope 0" for point in points)
    return CriticalPoint(at, value, kind, Text(said, {}), "slope 0" if has_slope else "no slope",
                         is_global=kind in ("minimum", "maximum") and all(point.is_global for point in points),
                         exact=all(point.exact for point in points),
                         how="rules" if all(point.how == "rules" for point in points) else "searched")


def _those(letters: Sequence[str], points: Sequence[CriticalPoint], kind: Kind) -> list[str]:
    return [letter for letter, point in zip(letters, points, strict=True) if point.kind == kind]


_CALLED: dict[Kind, str] = {"minimum": "a minimum", "maximum": "a maximum", "neither": "neither", "saddle": "a saddle",
                            "undecided": "not decided"}
