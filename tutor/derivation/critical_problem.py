"""What is typed to find critical points: a function, the letters that vary, and perhaps an interval.

    read_critical("x^3 - 3x on [0, 2]").interval            # from 0 to 2, both ends included
    read_critical("(w - a)^2 + k*w^2 by w").parameters      # ("a", "k")
    read_critical("a*w^2 by w assuming a > 0").given        # (a > 0,)
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

from tutor.algebra.signs import SIGN_TOLD, sign_of
from tutor.derivation.critical_fit import Fit, fit_asked
from tutor.derivation.definitions import is_definition, with_definitions
from tutor.derivation.phrases import critical_asked, without_arguments
from tutor.errors import refused
from tutor.expression.brackets import cut_outside
from tutor.expression.characters import usual
from tutor.expression.lists import free_indices, occurrences_of_lists, size_letters
from tutor.expression.parse import parse
from tutor.expression.relations import TURNED, related
from tutor.expression.tree import INFINITY, OPEN, ZERO, Expression, I, add, name, names_in_order, negate, postorder
from tutor.integration.equations import Between, number_of

MOST_LETTERS = 6
"""Letters that may vary at once."""

LARGEST = 300
"""Symbols of the largest function that is looked at."""

EXAMPLE = 'Type, for example, tutor critical "x^3 - 3x".'

_BY = re.compile(r"(?:\s+|^)by\s+(?P<letters>[A-Za-z]\w*(?:\s*(?:,|\band\b|\s)\s*[A-Za-z]\w*)*)\s*$")
_GIVEN = re.compile(r"(?:\s*[,;]?\s+(?:assuming|provided|given|with|where)\s+(?:that\s+)?|\s*,\s*|"
                    r"\s*;\s*(?![^<>≠≤≥!]*$))"
                    r"(?P<relations>[^{}()\[\],;=<>]*(?:[<>=≠≤≥]|!=)[^{}\[\];]*)$")
_COMPARED = re.compile(r"(<=|>=|!=|[<>=≠≤≥])")
_CONDITION = "A condition is typed like this: assuming lambda > 0."
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
    """A function; letters: those that vary, in their order, of numbers and of whole lists; parameters: the others,
    which are constants; without_steps: whether SymPy is asked where no rule solves an equation in one letter; indices:
    the letters below a list, where they were typed, as in w_k; given: relations between parameters that were typed;
    sizes: parameters that are the sizes of lists, beside those that the function shows; fit: what is fitted to points,
    where the function is the loss of that."""

    function: Expression
    letters: tuple[str, ...]
    parameters: tuple[str, ...]
    interval: Interval = WHOLE_LINE
    note: str = ""
    without_steps: bool = False
    indices: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    given: tuple[Expression, ...] = ()
    sizes: frozenset[str] = frozenset()
    fit: Fit | None = None

    @property
    def known(self) -> dict[Expression, str]:
        """The signs that are known: those of sizes, which are positive, and those that were typed."""
        signs = {name(letter): "+" for letter in size_letters(self.function) | self.sizes}
        for relation in self.given:
            left, right = relation.args
            signs[left if right is ZERO else add(left, negate(right))] = SIGN_TOLD[relation.value]
            sign = sign_of(right)
            if (relation.value in (">", ">=") and sign == "+") or (relation.value in ("<", "<=") and sign == "-"):
                signs[left] = sign
        return signs

    @property
    def variables(self) -> tuple[Expression, ...]:
        return tuple(map(name, self.letters))


def read_critical(text: str, by: str = "") -> CriticalProblem:
    """The problem that a text states. by: the letters that vary, where the text does not say so. Raises TutorError."""
    shown = usual(without_arguments(critical_asked(text) or text))
    fit = fit_asked(shown)
    if fit is not None:
        return _of_fit(fit, by, text)
    shown, interval_text, named, conditions = _taken_apart(shown)
    if by and named and _letters(by) != _letters(named):
        raise refused(text, f"Two choices of letters are given: {by.strip()} and {named.strip()}.")
    function = _of_usable_size(_function(shown, text), text)
    letters, indices = _varying(function, _letters(by or named), text)
    parameters = tuple(each.value for each in names_in_order(function) if each.value not in letters)
    given = tuple(each for condition in conditions for each in _relations(condition, letters, text))
    unknown = [letter for each in given for letter in sorted(each.free - function.free)]
    if unknown:
        raise refused(text, f"There is no {unknown[0]} in the function, so nothing can be assumed of it.")
    both = _contradiction(given)
    if both is not None:
        raise refused(text, f"{both[0]} and {both[1]} cannot both be true.")
    interval = WHOLE_LINE
    if interval_text:
        if len(letters) > 1 or indices:
            raise refused(text, f"An interval is for one letter, and here {' and '.join(letters)} vary." if not indices
                          else f"An interval is for a number, and {next(iter(indices))} is a list.")
        interval = _interval(interval_text, text)
    note = ""
    matrices = [part.value for part in occurrences_of_lists(function) if len(part.args) > 1]
    if matrices and not (by or named):
        note = f"{letters[0]} varies here, and the lists are constants. To let a list vary, say so, as in --by w."
    elif len(letters) > 1 and not (by or named):
        note = (f"All letters vary here: {', '.join(letters)}. To hold some constant, say which vary, as in --by "
                f"{letters[0]}.")
    return CriticalProblem(function, letters, parameters, interval, note, indices=indices, given=given)


def _of_fit(fit: Fit, by: str, text: str) -> CriticalProblem:
    if by and set(_letters(by)) != set(fit.letters):
        raise refused(text, f"The letters of the model vary here: {', '.join(fit.letters)}. Leave out the others.")
    function = _of_usable_size(fit.loss, text)
    return CriticalProblem(function, _varying(function, fit.letters, text)[0], (), fit=fit)


def _of_usable_size(function: Expression, text: str) -> Expression:
    if function.size > LARGEST:
        raise refused(text, f"This function has more than {LARGEST} symbols, too many to look for its critical points.")
    return function


def _taken_apart(text: str) -> tuple[str, str, str, list[str]]:
    """The function, the interval, the letters and what is assumed, in whatever order the last three stand."""
    interval = named = ""
    conditions: list[str] = []
    for _ in range(3):
        by = _BY.search(text)
        if by is not None and not named:
            named, text = by["letters"], text[:by.start()]
        on = _ON.search(text)
        if on is not None and not interval:
            interval, text = on["interval"], text[:on.start()]
        given = _GIVEN.search(text)
        if given is not None:
            conditions.append(given["relations"])
            text = text[:given.start()]
    return text, interval, named, conditions


def _letters(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in re.split(r"\s*,\s*(?![^{]*})|\s+and\s+|\s+(?![^{]*})", listed.strip())
                               if each))


def _relations(condition: str, letters: Sequence[str], text: str) -> Iterator[Expression]:
    """The relations of a condition such as "lambda > 0 and 0 < a < 1", each with a letter on its left."""
    for piece in re.split(r",|;|\band\b", condition):
        sides = _COMPARED.split(piece)
        if len(sides) == 1 and not piece.strip():
            continue
        if len(sides) == 1:
            raise refused(text, f"{piece.strip()} is no condition. {_CONDITION}")
        for place in range(0, len(sides) - 2, 2):
            yield _relation(parse("".join(sides[place:place + 3])), letters, text)


def _relation(relation: Expression, letters: Sequence[str], text: str) -> Expression:
    if relation.head == "relation" and relation.value == "=":
        raise refused(text, f"{relation} says what a letter is: put that into the function. {_CONDITION}")
    if relation.head != "relation" or relation.value not in SIGN_TOLD:
        raise refused(text, f"{relation} is no condition. {_CONDITION}")
    left, right = relation.args
    if not relation.free:
        raise refused(text, f"There is no letter in {relation}, so it says nothing about the function.")
    varying = [letter for letter in letters if letter in relation.free]
    if varying:
        others = [letter for letter in letters if letter not in relation.free]
        constant = f"If it is a constant, say which letters vary, as in --by {others[0]}. " if others else ""
        raise refused(text, f"{varying[0]} varies here, so nothing can be assumed of it. {constant}To look at some of "
                            "its values only, give an interval, as in on [0, 2].")
    return relation if left.free else related(right, TURNED.get(relation.value, relation.value), left)


def _contradiction(given: Sequence[Expression]) -> tuple[Expression, Expression] | None:
    """Two conditions on the same letters that cannot both be true, as far as that is plain."""
    for one, other in combinations(given, 2):
        signs = {SIGN_TOLD[one.value], SIGN_TOLD[other.value]}
        if one.args == other.args and ({"+", "-"} <= signs or signs in ({"+", "0-"}, {"-", "0+"})):
            return one, other
    return None


def _varying(function: Expression, named: Sequence[str],
             text: str) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The letters that vary, and the letters that were typed below those that are lists."""
    sizes = size_letters(function)
    places = {part.value: len(part.args) for part in occurrences_of_lists(function)}
    known = tuple(each.value for each in names_in_order(function) if each.value not in {*sizes, *places})
    indices: dict[str, tuple[str, ...]] = {}
    letters: list[str] = []
    for each in named:
        letter, _, below = each.partition("_")
        if each in known or letter not in places:
            letters.append(each)
            continue
        if any(sign.isdigit() for sign in below):
            raise refused(text, f"{letter} is a list here. All its parts vary together: say --by {letter}.")
        letters.append(letter)
        indices[letter] = tuple(sign for sign in below if sign.isalpha())
    if not known and not letters:
        if places:
            example = "w" if "w" in places else max(places)
            raise refused(text, f"Every letter is a list here: {', '.join(sorted(places))}. Say which of them varies, "
                                f"as in --by {example}.")
        raise refused(text, f"There is no letter in this, so nothing varies. {EXAMPLE}")
    if letters and known and set(letters).isdisjoint({*known, *sizes, *places}):
        raise refused(text, f"There is no {letters[0]} in the function: it has {', '.join(known)}.")
    letters = list(dict.fromkeys(letters)) or list(known)
    loose = sorted(free_indices([function]))
    if loose and not places.keys().isdisjoint(letters):
        raise refused(text, f"No sum runs over {loose[0]} here, so this is not one number but one for every "
                            f"{loose[0]}.")
    if len(letters) > MOST_LETTERS:
        raise refused(text, f"{len(letters)} letters vary here; critical points are looked for with up to "
                            f"{MOST_LETTERS}. Say which ones vary, as in --by {letters[0]},{letters[1]}.")
    return tuple(letters), indices


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
    pieces = cut_outside(shown[1:-1], ",;")
    if len(pieces) != 2:
        raise refused(text, "An interval has two ends, with a comma between them, as in on [0, 2].")
    ends = [parse(piece) for piece in pieces]
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
