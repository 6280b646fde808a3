"""The lowest point of a convex function with bars around single letters, such as (x + y - 3)^2 + |x| + |y|.

    of_bars(read_critical("(x + y - 3)^2 + 2*abs(x) + abs(y)"), slopes)

Each letter with bars is below its corner, above it, or in it: in every such case a smooth function of the other letters
is left. A point is the lowest one if its slopes are 0 in the letters that are not in their corner, and if in each of
those that are the slope of the rest is no steeper than the bars; for the function is convex, and its corners lie along
the letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Literal, NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import sign_of
from tutor.algebra.terms import Style, split
from tutor.derivation.critical_kinds import derived
from tutor.derivation.critical_points import CriticalPoint, CriticalPoints, Part, found_of
from tutor.derivation.critical_problem import CriticalProblem
from tutor.derivation.critical_separable import without_bound
from tutor.derivation.derivation import Derivation
from tutor.expression.relations import related
from tutor.expression.text import Text
from tutor.expression.tree import (
    ZERO,
    Expression,
    add,
    call,
    divide,
    multiply,
    name,
    negate,
    rational,
    substitute,
)
from tutor.integration.equations import linear
from tutor.integration.sites import sites
from tutor.oracle.existence import holds_there

MOST_BARS = 3
"""Letters with bars: each has three cases."""


class Bar(NamedTuple):
    """A term such as 2*|x - 1|: how steep it is on both sides of its corner, and where that is."""

    steep: Expression
    corner: Expression


Side = Literal["<", "=", ">"]


def of_bars(problem: CriticalProblem, slopes: tuple[Derivation, ...]) -> CriticalPoints | None:
    """What is found of such a function; None of any other, and where not all cases could be solved."""
    tidy = Tidy(Style())
    apart = _apart(problem, tidy)
    if apart is None:
        return None
    rest, bars = apart
    if found_of(problem._replace(function=rest)).convexity != "convex":
        return None
    slopes_of_rest = {letter: derived(rest, name(letter), "∂").result for letter in bars}
    points: list[CriticalPoint] = []
    parts: list[Part] = []
    sentences: list[Text] = []
    for sides in product(_SIDES, repeat=len(bars)):
        case = dict(zip(bars, sides, strict=True))
        fixed = {letter: bars[letter].corner for letter, side in case.items() if side == "="}
        function = add(rest, *[_without_bars(letter, bar, case[letter]) for letter, bar in bars.items()])
        for letter, corner in fixed.items():
            function = substitute(function, letter, corner)
        left = tuple(letter for letter in problem.letters if letter not in fixed)
        found = found_of(CriticalProblem(tidy(function), left, ())) if left else None
        if found is not None and (not found.complete or found.everywhere or any(
                point.every or not point.exact for point in found.points)):
            return None
        for at in ([point.at for point in found.points] if found is not None else [{}]):
            place = {letter: fixed[letter] if letter in fixed else at[letter] for letter in problem.letters}
            steep = {letter: _put(slopes_of_rest[letter], place, tidy) for letter in fixed}
            holds = [holds_there(related(place[letter], side, bars[letter].corner)) for letter, side in case.items()
                     if side != "="]
            holds += [holds_there(related(call("abs", value), "<=", bars[letter].steep))
                      for letter, value in steep.items()]
            if None in holds:
                return None
            if False in holds:
                continue
            value = _put(problem.function, place, tidy)
            because = Text("no step in any letter leads down, and the function is convex", {})
            points.append(CriticalPoint(place, value, "minimum", because, "no slope" if fixed else "slope 0",
                                        is_global=True))
            if found is not None:
                parts.append(Part(_called(case, bars), found))
            sentences += [Text.of(
                "At ", related(name(letter), "=", fixed[letter]), " the slope by ", name(letter), " would be ", value,
                " without the bars, and these add a slope between ", tidy(negate(bars[letter].steep)), " and ",
                bars[letter].steep, ": no step in ", name(letter), " leads down.") for letter, value in steep.items()]
    said = Text("Each letter in bars lies below its corner, in it or above it, and in each of these cases there are no "
                "bars left. The function is convex, so a point from which no step in one letter leads down is the "
                "lowest of all.", {})
    return CriticalPoints(problem, slopes, tuple(points), sentences=tuple(sentences), parts=tuple(parts), said=said,
                          largest=without_bound(problem, "maximum", tidy))


_SIDES: tuple[Side, ...] = ("<", "=", ">")


def _apart(problem: CriticalProblem, tidy: Tidy) -> tuple[Expression, dict[str, Bar]] | None:
    """The function without its bars, which is smooth, and the bars by their letters; None of any other function."""
    bars: dict[str, Bar] = {}
    rest: list[Expression] = []
    terms = problem.function.args if problem.function.head == "sum" else ()
    for term in terms:
        value, core = split(tidy(term))
        if core.head != "abs":
            rest.append(term)
            continue
        letters = [letter for letter in problem.letters if letter in core.free]
        shift, slope = linear(tidy(core.args[0]), name(letters[0]), tidy) if len(letters) == 1 else (None, None)
        if shift is None or slope is None or slope.free or shift.free or value <= 0 or letters[0] in bars:
            return None
        steep = slope if sign_of(slope) == "+" else negate(slope)
        bars[letters[0]] = Bar(tidy(multiply(rational(value), steep)), tidy(negate(divide(shift, slope))))
    function = add(*rest)
    is_smooth = all(letter in function.free and not any(True for _ in sites(function, name(letter)))
                    for letter in problem.letters)
    return (function, bars) if 0 < len(bars) <= MOST_BARS and is_smooth and not problem.parameters else None


def _without_bars(letter: str, bar: Bar, side: Side) -> Expression:
    """What a term is on one side of its corner."""
    if side == "=":
        return ZERO
    grown = multiply(bar.steep, add(name(letter), negate(bar.corner)))
    return grown if side == ">" else negate(grown)


def _put(body: Expression, at: Mapping[str, Expression], tidy: Tidy) -> Expression:
    for letter, value in at.items():
        body = substitute(body, letter, value)
    return tidy(body)


def _called(case: Mapping[str, Side], bars: Mapping[str, Bar]) -> str:
    """The heading of a case, as "For x > 0 and y = 0"."""
    return "For " + " and ".join(f"{letter} {side} {bars[letter].corner}" for letter, side in case.items())
