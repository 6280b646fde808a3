"""Rates that are asked for by equations, as they are typed.

    rate_asked_for("x^2 + y^2 = 25; dy/dx at (3, 4)").places            # ("3", "4"), with blanks before them
    rate_asked_for("dy/dx if x*y = 1").statements                       # ("x*y = 1",), with blanks before it

The lines of a graph, y = x^2; dy/dx, are no such question: there y is what its line says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tutor.derivation.rate_problem import (
    RateAsked,
    is_line,
    rate_asked,
    refuse_other_points,
    second_rate_problem,
)
from tutor.errors import refused
from tutor.expression.brackets import outside_brackets
from tutor.expression.characters import usual
from tutor.expression.lexemes import NAME
from tutor.expression.names import canonical_name
from tutor.expression.notes import Note
from tutor.expression.parse import Reading
from tutor.expression.patterns import Pattern, WordedPattern
from tutor.expression.tree import INFINITY, ONE, OPEN, TWO, Expression, I, derivative, name, node, postorder
from tutor.oracle.existence import has_no_value

LONGEST = 2_000
"""Characters of a text in which such a question is looked for."""

_LETTER = rf"(?:{NAME})(?:_?[0-9]++)?"
_ASKING = (r"\s*(?:(?:please|find|compute|calculate|determine|what|is|are|the|value|of|rate|then|now|and|how|fast|give|"
           r"show)(?:['’]s)?[\s,]+)*")
_TWICE = r"(?:(?:\^\s*)?2|²)\s*"
_RATE = (rf"d\s*(?P<twice>{_TWICE}(?=.*[2²]))?(?P<of>{_LETTER})\s*/\s*d\s*(?P<by>(?(twice){NAME}|{_LETTER}))"
         rf"(?(twice)\s*{_TWICE})(?![A-Za-z0-9_^\[(])")
_PLACES = (r"(?:\s*,)?\s*(?:(?:at|when|where|for|if)\s+(?:the\s+)?(?:point\s+|moment\s+)?(?:when\s+|where\s+)?)"
           r"(?P<places>.*?)")
_END = r"[\s.?!]*$"
_ASKED = WordedPattern(rf"{_ASKING}{_RATE}(?:{_PLACES})?{_END}", re.IGNORECASE, ["/"])
_ASKED_FIRST = WordedPattern(
    rf"{_ASKING}{_RATE}\s*(?:by\s+implicit\s+differentiation\s*)?(?:if|when|where|for|given|from|on|:)(?![A-Za-z])\s*"
    rf"(?:the\s+)?(?:curve\s+|equation\s+|circle\s+|ellipse\s+)?(?P<equation>.*?){_END}", re.IGNORECASE, ["/"])
_IMPLICIT = WordedPattern(
    rf"{_ASKING}(?P<second>second\s+)?(?:implicit\s+(?P<twice>second\s+)?(?:derivative|differentiation)\s+(?:of|for)|implicitly\s+differentiate|differentiate\s+"
    rf"implicitly|differentiate(?=.*\simplicitly))\s*:?\s*(?:the\s+)?(?:curve\s+|equation\s+)?(?P<equation>.*?)"
    rf"(?:\s+implicitly)?{_END}", re.IGNORECASE, ["implicit"])
_AND_ASKS = Pattern(r"[,.](?=\s+(?:find|compute|calculate|determine|what|how)\s[^=]*"
                    rf"d\s*(?:{_TWICE})?{_LETTER}\s*/\s*d)", re.IGNORECASE)
_LINE = Pattern(rf"\s*(?P<letter>{_LETTER})\s*=(?!=)")
_TAIL = Pattern(r"\s(?:at|when|where)\s+(?:the\s+)?(?:point\s+)?"
                r"(?P<places>\(.*,.*\)|[A-Za-zα-ω]\w*\s*=[^=]*(?:=[^=]*)*)$", re.IGNORECASE)
_PAIR = Pattern(r"\s*\((?P<inside>.*)\)\s*$")
_GIVEN = Pattern(rf"\s*(?P<letter>{_LETTER})\s*=(?P<value>[^=]+)$")
_NEXT_PLACE = Pattern(r"(?:\s+and\s+|,)", re.IGNORECASE)


_TIME = "t"
"""The letter with which others may change although it stands in no equation."""


class RateText(NamedTuple):
    """What is typed, in parts with as many blanks before them as bring them to their place in the text.

    statements: the equations, and rates that are given; of, by: the letters of the rate, "" where none is named;
    places: where it is asked for: x = 3 each, or the coordinates of a point; is_before: whether the rate stands before
    its equation, which then is no line of a graph; is_second: whether the second derivative is asked for.
    """

    text: str
    statements: tuple[str, ...]
    of: str
    by: str
    places: tuple[str, ...]
    is_before: bool = False
    is_second: bool = False


def rate_asked_for(text: str) -> RateText | None:
    """The equations and the rate that a text has; None where it has none. Whether they are lines of a graph is seen
    only when they are read."""
    if len(text) > LONGEST:
        return None
    plain = usual(text)
    for match in _AND_ASKS.finditer(plain):
        plain = f"{plain[:match.start()]};{plain[match.end():]}"
    ends: list[int] = []
    for place, sign in outside_brackets(plain):
        if sign in ";\n" or (sign == "," and _is_between_lines(plain, ends[-1] + 1 if ends else 0, place)):
            ends.append(place)
    pieces = [" " * start + plain[start:end] for start, end in zip([0, *(end + 1 for end in ends)], [*ends, len(plain)],
                                                                  strict=True)]
    pieces = [piece for piece in pieces if piece.strip()]
    if not pieces:
        return None
    *before, last = pieces
    asked = _ASKED.match(last) if before else None
    if asked is not None:
        return RateText(text, tuple(before), *_letters(asked), split_places(_placed(asked, "places")),
                        is_second=asked["twice"] is not None)
    for pattern in (_ASKED_FIRST, _IMPLICIT):
        found = pattern.match(last)
        if found is not None and "=" in found["equation"]:
            equation, places = _without_tail(_placed(found, "equation"))
            of, by = _letters(found) if pattern is _ASKED_FIRST else ("", "")
            is_second = any(found.groupdict().get(group) for group in ("twice", "second"))
            return RateText(text, (*before, equation), of, by, split_places(places), bool(of), is_second)
    return None


def _is_between_lines(text: str, begins: int, comma: int) -> bool:
    """Whether a comma stands between two lines, as in z = w*x, L = z^2; the comma of z = w*x, x = 3 does not."""
    following = _LINE.match(text, comma + 1)
    return following is not None and _LINE.match(text, begins) is not None and (
        re.search(rf"(?<![A-Za-z]){following['letter']}(?![A-Za-z0-9_])", text[begins:comma]) is None)


def _letters(found: re.Match[str]) -> tuple[str, str]:
    return _canonical(found["of"]), _canonical(found["by"])


def _canonical(letter: str) -> str:
    stem = letter.rstrip("0123456789").rstrip("_")
    return canonical_name(stem, letter[len(stem):])


def _placed(found: re.Match[str], group: str) -> str:
    return " " * found.start(group) + found[group] if found[group] else ""


def _placed_in(part: str, found: re.Match[str]) -> str:
    return " " * found.start("value") + part[found.start("value"):found.end("value")]


def _without_tail(equation: str) -> tuple[str, str]:
    """An equation without the place behind it, and that place."""
    tail = _TAIL.search(equation)
    return (equation[:tail.start()], _placed(tail, "places")) if tail is not None else (equation, "")


def split_places(places: str) -> tuple[str, ...]:
    """The parts of a place that is typed: x = 3, y = 4 one by one, and the coordinates of (3, 4)."""
    pair = _PAIR.match(places)
    if pair is not None and "=" not in pair["inside"]:
        places = _placed(pair, "inside")
    outside = {place for place, _ in outside_brackets(places)}
    parts, start = [], 0
    for match in _NEXT_PLACE.finditer(places):
        if match.start() in outside or match.end() - 1 in outside:
            parts.append(" " * start + places[start:match.start()])
            start = match.end()
    parts.append(" " * start + places[start:])
    return tuple(part for part in parts if part.strip())


def rate_of_text(asked: RateText, read: Callable[[str], Expression]) -> Reading | None:
    """The statements that stand for the question, with notes; None where they are the lines of a graph, or no
    equations. read: reads a part of the text. Raises NotationError where something is missing or does not fit."""
    text, notes = asked.text, list[Note]()
    statements = [read(statement) for statement in asked.statements]
    if any(each.head != "relation" or each.value != "=" for each in statements):
        odd = next(each for each in statements if each.head != "relation" or each.value != "=")
        if len(statements) == 1 and odd.head != "relation":
            raise refused(text, f"{odd} is no equation, so it does not say how one letter depends on the other. Type, "
                                f"for example, {odd} = 1; dy/dx.")
        return None
    equations = [each for each in statements if each.args[0].head != "rate"]
    if any(each.args[0].head == "application" for each in equations) or not equations:
        return None  # f(x) = ... is a definition
    for part in postorder(equations):
        if part.head in OPEN or part.head in ("application", "tuple") or part is I:
            raise refused(text, f"{part} cannot stand in an equation here.")
    letters = sorted(frozenset[str]().union(*[each.free for each in equations]))
    of, by = (asked.of, asked.by) if asked.of else _usual_letters(letters, text, notes)
    if not asked.of and all(map(is_line, equations)):
        return None
    known: dict[Expression, Expression] = {}
    for each in statements:
        rate, value = each.args
        if rate.head == "rate":
            if rate.args[1].value != by:
                raise refused(text, f"{rate} is a rate in {rate.args[1]}, but d{of}/d{by} is one in {by}.")
            if rate in known:
                raise refused(text, f"{rate} is given twice.")
            if rate.args[0].value not in letters:
                raise refused(text, f"{rate.args[0]} stands in none of the equations, so {rate} does not matter.")
            known[rate] = real_value(value, text)
    rate = node("rate", (name(of), name(by)), "d")
    wanted = RateAsked(tuple(equations), known, rate, {})
    if rate_asked(wanted.problem) is None:
        return _slope_of_line(asked, wanted, letters, read)
    if asked.is_second and (known or len(equations) > 1):
        raise refused(text, "A second derivative is found from one equation alone, as in: x^2 + y^2 = 25; d^2y/dx^2.")
    if asked.is_second and by not in letters:
        raise refused(text, f"{by} does not stand in {equations[0]}. A second derivative is found with respect to a "
                            "letter of the equation, as in: x^2 + y^2 = 25; d^2y/dx^2.")
    if of == by:
        raise refused(text, f"{of} changes with itself at the rate 1.")
    if of not in letters:
        raise refused(text, f"{of} stands in none of the equations.")
    if rate in known:
        raise refused(text, f"{rate} is given: it is {known[rate]}.")
    if not known and by not in (*letters, _TIME) and all(map(is_line, equations)):
        raise refused(text, f"{by} stands on none of the lines, so {of} does not change with it. If every letter "
                            f"changes in time, ask for d{of}/d{_TIME}.")
    notes += constants_noted(wanted, letters, text)
    places = places_of(asked, (by, of), letters, read)
    wanted = wanted._replace(places=places)
    refuse_other_points(wanted, text)
    return Reading(second_rate_problem(wanted) if asked.is_second else wanted.problem, tuple(notes))


def _slope_of_line(asked: RateText, wanted: RateAsked, letters: Sequence[str],
                   read: Callable[[str], Expression]) -> Reading | None:
    """What "dy/dx if y = x^2" asks for: an ordinary derivative. None for anything else."""
    if not asked.is_before or len(wanted.equations) > 1 or wanted.known:
        return None
    (equation,), (of, by) = wanted.equations, wanted.rate.args
    left, right = equation.args
    if left is not of or by.value not in right.free:
        return None
    places = places_of(asked, (asked.by, asked.of), letters, read)
    refuse_other_points(wanted._replace(places=places), asked.text)
    slope = derivative(right, by, TWO if asked.is_second else ONE)
    return Reading(node("at", (slope, by, places[by])) if by in places else slope, ())


def _usual_letters(letters: Sequence[str], text: str, notes: list[Note]) -> tuple[str, str]:
    """Which letter depends on which, where no rate is named: y on x, or the second of two letters on the first."""
    if "x" in letters and "y" in letters:
        return "y", "x"
    if len(letters) == 2:
        by, of = letters
        notes.append(Note(f"Read as d{of}/d{by}.", 0, len(text), usual=True))
        return of, by
    raise refused(text, "Say which rate is asked for, as in: dy/dx if x^2 + y^2 = 25.")


def constants_noted(wanted: RateAsked, letters: Sequence[str], text: str) -> Iterator[Note]:
    """A note that says which letters are taken to be constants."""
    constants = [letter for letter in letters if letter not in wanted.depending and letter != wanted.by.value]
    if constants:
        what = "a constant" if len(constants) == 1 else "constants"
        yield Note(f"{', '.join(constants)} {'is' if len(constants) == 1 else 'are'} taken to be {what}.", 0,
                   len(text), usual=True)


def places_of(asked: RateText, coordinates: tuple[str, str], letters: Sequence[str],
            read: Callable[[str], Expression]) -> dict[Expression, Expression]:
    """The values of letters at the place that is given."""
    text = asked.text
    found: dict[Expression, Expression] = {}
    named = [_GIVEN.match(part) for part in asked.places]
    if asked.places and not any(named):
        if len(asked.places) != 2 or set(coordinates) - set(letters):
            raise refused(text, "Say which letters have which values, as in at x = 3, y = 4.")
        return {name(letter): real_value(read(part), text)
                for letter, part in zip(coordinates, asked.places, strict=True)}
    for part, each in zip(asked.places, named, strict=True):
        if each is None:
            raise refused(text, f"{part.strip()} does not say which letter it is the value of: type, for example, "
                                "x = 3.")
        letter = name(_canonical(each["letter"]))
        if letter.value not in letters:
            raise refused(text, f"{letter} stands in none of the equations, so it needs no value.")
        if letter in found:
            raise refused(text, f"{letter} is given two values.")
        found[letter] = real_value(read(_placed_in(part, each)), text)
    return found


def real_value(value: Expression, text: str) -> Expression:
    """A value of a letter or a rate. Refused unless it is an expression that may be a real number."""
    parts = list(postorder([value]))
    if any(part.head in OPEN or part in (I, INFINITY) for part in parts) or (not value.free and has_no_value(value)):
        raise refused(text, f"{value} is no real number, which the values here have to be.")
    return value
