"""What is typed to find critical points: a function, the letters that vary, and perhaps an interval.

    read_critical("x^3 - 3x on [0, 2]").interval            # from 0 to 2, both ends included
    read_critical("(w - a)^2 + k*w^2 by w").parameters      # ("a", "k")
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from tutor.derivation.critical_fit import Fit, fit_asked
from tutor.derivation.problem import is_definition, with_definitions
from tutor.errors import refused
from tutor.expression.characters import BRACKET_DEPTH, usual
from tutor.expression.lists import occurrences_of_lists, size_letters
from tutor.expression.parse import parse
from tutor.expression.tree import INFINITY, OPEN, Expression, I, name, names_in_order, negate, postorder
from tutor.integration.equations import Between, number_of

MOST_LETTERS = 6
"""Letters that may vary at once."""

LARGEST = 300
"""Symbols of the largest function that is looked at."""

EXAMPLE = 'Type, for example, tutor critical "x^3 - 3x".'

_BY = re.compile(r"(?:\s+|^)by\s+(?P<letters>[A-Za-z]\w*(?:\s*(?:,|\band\b|\s)\s*[A-Za-z]\w*)*)\s*$")
_ON = re.compile(r"\s+(?:on|over|in)\s+(?:the\s+interval\s+)?(?P<interval>[\[(].*[\])])\s*$")


class Interval(NamedTuple):
    """The numbers from one end to another one, which may be infinite, and whether the ends belong to it."""

    lower: Expression
    upper: Expression
    has_lower: bool
    has_upper: bool

    @property
    def between(self) -> Between:
        ends = [number_of(end) for end in (self.lower, self.upper)]
        return Between(*[math.nan if end is None else end for end in ends])


WHOLE_LINE = Interval(negate(INFINITY), INFINITY, False, False)


class CriticalProblem(NamedTuple):
    """A function; letters: those that vary, in their order; parameters: the others, which are constants; without_steps:
    whether SymPy is asked where no rule solves an equation in one letter; fit: what is fitted to points, where the
    function is the loss of that."""

    function: Expression
    letters: tuple[str, ...]
    parameters: tuple[str, ...]
    interval: Interval = WHOLE_LINE
    note: str = ""
    without_steps: bool = False
    fit: Fit | None = None

    @property
    def variables(self) -> tuple[Expression, ...]:
        return tuple(map(name, self.letters))


def read_critical(text: str, by: str = "") -> CriticalProblem:
    """The problem that a text states. by: the letters that vary, where the text does not say so. Raises TutorError."""
    shown = usual(text)
    fit = fit_asked(shown)
    if fit is not None:
        return _of_fit(fit, by, text)
    shown, interval_text, named = _taken_apart(shown)
    if by and named and _letters(by) != _letters(named):
        raise refused(text, f"Two choices of letters are given: {by.strip()} and {named.strip()}.")
    function = _of_usable_size(_function(shown, text), text)
    letters = _varying(function, _letters(by or named), text)
    parameters = tuple(each.value for each in names_in_order(function) if each.value not in letters)
    interval = WHOLE_LINE
    if interval_text:
        if len(letters) > 1:
            raise refused(text, f"An interval is for one letter, and here {' and '.join(letters)} vary.")
        interval = _interval(interval_text, text)
    note = ""
    if len(letters) > 1 and not (by or named):
        note = (f"All letters vary here: {', '.join(letters)}. To hold some constant, say which vary, as in --by "
                f"{letters[0]}.")
    return CriticalProblem(function, letters, parameters, interval, note)


def _of_fit(fit: Fit, by: str, text: str) -> CriticalProblem:
    if by and set(_letters(by)) != set(fit.letters):
        raise refused(text, f"The letters of the model vary here: {', '.join(fit.letters)}. Leave out the others.")
    function = _of_usable_size(fit.loss, text)
    return CriticalProblem(function, _varying(function, fit.letters, text), (), fit=fit)


def _of_usable_size(function: Expression, text: str) -> Expression:
    if function.size > LARGEST:
        raise refused(text, f"This function has more than {LARGEST} symbols, too many to look for its critical points.")
    return function


def _taken_apart(text: str) -> tuple[str, str, str]:
    """The function, the interval and the letters, in whatever order the last two stand."""
    interval = named = ""
    for _ in range(2):
        by = _BY.search(text)
        if by is not None and not named:
            named, text = by["letters"], text[:by.start()]
        on = _ON.search(text)
        if on is not None and not interval:
            interval, text = on["interval"], text[:on.start()]
    return text, interval, named


def _letters(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in re.split(r"\s*,\s*|\s+and\s+|\s+", listed.strip()) if each))


def _varying(function: Expression, named: Sequence[str], text: str) -> tuple[str, ...]:
    sizes = size_letters(function)
    known = tuple(each.value for each in names_in_order(function) if each.value not in sizes)
    lists = {part.value for part in occurrences_of_lists(function)}
    parts = [each for each in named if each.split("_")[0] in lists and each not in known]
    if parts or (lists and not known and not named):
        letter = parts[0].split("_")[0] if parts else min(lists)
        raise refused(text, f"{letter} is a list here, and critical points are found only where numbers vary. To "
                            "differentiate by one part of it, use tutor explain.")
    if not known and not named:
        raise refused(text, f"There is no letter in this, so nothing varies. {EXAMPLE}")
    if named and known and set(named).isdisjoint({*known, *sizes}):
        raise refused(text, f"There is no {named[0]} in the function: it has {', '.join(known)}.")
    letters = tuple(named) or known
    if len(letters) > MOST_LETTERS:
        raise refused(text, f"{len(letters)} letters vary here; critical points are looked for with up to "
                            f"{MOST_LETTERS}. Say which ones vary, as in --by {letters[0]},{letters[1]}.")
    return letters


def _function(shown: str, text: str) -> Expression:
    stated = parse(shown)
    *before, last = stated.args if stated.head == "statements" else (stated,)
    if any(not is_definition(statement) for statement in before):
        raise refused(text, f"Give one function at a time. {EXAMPLE}")
    if is_definition(last) and last.args[1].free:
        last = last.args[1]
    if before:
        last = with_definitions(last, shown)
    if last.head == "relation":
        raise refused(text, f"An equation is not a function. Give the function whose slope is to be 0. {EXAMPLE}")
    for part in postorder([last]):
        if part.head in OPEN or part.head in ("tuple", "application", "rate"):
            what = {"derivative": "a derivative", "at": "a value at a point", "integral": "an integral",
                    "limit": "a limit", "tuple": "a list", "application": "a function without a definition",
                    "rate": "a slope on a graph"}[part.head]
            raise refused(text, f"There is {what} in this. Give the function itself. {EXAMPLE}")
        if part is I or part is INFINITY:
            raise refused(text, f"{part} is not a real number. {EXAMPLE}")
    return last


def _interval(shown: str, text: str) -> Interval:
    inside = shown[1:-1]
    depth, commas = 0, []
    for place, sign in enumerate(inside):
        depth += BRACKET_DEPTH.get(sign, 0)
        if sign in ",;" and depth == 0:
            commas.append(place)
    if len(commas) != 1:
        raise refused(text, "An interval has two ends, with a comma between them, as in on [0, 2].")
    ends = [parse(piece) for piece in (inside[:commas[0]], inside[commas[0] + 1:])]
    for end in ends:
        value = number_of(end)
        if value is None or end.free or math.isnan(value):
            raise refused(text, f"{end} is no number, so it cannot be the end of an interval.")
    low, high = Interval(ends[0], ends[1], False, False).between
    if low > high:
        raise refused(text, f"There are no numbers from {ends[0]} to {ends[1]}: give the smaller end first.")
    has_lower, has_upper = shown[0] == "[" and math.isfinite(low), shown[-1] == "]" and math.isfinite(high)
    if low == high:
        raise refused(text, f"There is at most one number from {ends[0]} to {ends[1]}, so nothing varies.")
    return Interval(ends[0], ends[1], has_lower, has_upper)
