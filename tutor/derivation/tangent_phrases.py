"""Tangents, normals and linear approximations that are asked for in words.

    tangent_asked_for("tangent to x^2 at 3").curve          # "x^2", with blanks before it
    tangent_asked_for("approximate sqrt(4.1) by the tangent at 4").approximated     # "sqrt(4.1)", with blanks as well

What is asked for is read by `tangent_of_text`, which says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.derivation.curve_tangents import CurveTangentAsked
from tutor.derivation.rate_phrases import RateText, constants_noted, places_of, split_places
from tutor.derivation.rate_problem import refuse_other_points
from tutor.derivation.tangents import tangent
from tutor.errors import refused
from tutor.expression.brackets import last_statement
from tutor.expression.characters import usual
from tutor.expression.lexemes import EQUALS
from tutor.expression.notes import Note
from tutor.expression.parse import Reading
from tutor.expression.patterns import Pattern, WordedPattern
from tutor.expression.relations import related
from tutor.expression.tree import (
    INFINITY,
    OPEN,
    Expression,
    I,
    add,
    divide,
    name,
    negate,
    node,
    postorder,
    replace,
    substitute,
)
from tutor.oracle.existence import has_no_value, holds_there
from tutor.rules.conditions import rational_value

LONGEST = 500
"""Characters of a text in which such words are looked for."""

_ASKING = ("please|can|could|would|you|we|i|want|need|to|find|compute|calculate|determine|give|show|tell|me|us|what|is|"
           "are|the|a|an|write|state|derive|get|work|out|down|now|let|use")
_LEAD = rf"\s*(?:(?:{_ASKING})(?:['’]s)?[\s,]+)*?"
_EQUATION = r"(?:equation\s+(?:of|for)\s+(?:the\s+|a\s+)?)?"
_LINE = rf"{_EQUATION}(?P<kind>tangent(?:\s+plane)?|normal)(?:\s+line)?"
_LINEAR = (r"(?:(?:local\s+)?lineari[sz]ation|(?:local\s+|best\s+)?linear\s+approximation|"
           r"tangent\s+line\s+approximation|first[\s-]order\s+(?:taylor\s+)?(?:approximation|polynomial))")
_AT = r"(?:at|near|around|about|in|when|where|if)\s+(?:the\s+)?(?:point\s+)?(?:(?:at\s+which|where|with)\s+)?"
_ON = r"\s+(?:to|of|for)\s+"
_TARGET = r"(?:(?:\s*,)?\s+(?:for|when)\s+(?P<target>[A-Za-zα-ω](?:_?[0-9])?\s*=\s*[^;]+?))?"
_END = r"[\s.?!]*$"
_WORDS = ["tangent", "normal", "linear", "first"]
_FORMS = tuple(WordedPattern(_LEAD + text + _END, re.IGNORECASE, _WORDS) for text in (
    rf"{_LINE}{_ON}(?P<curve>\S.*?)\s+{_AT}(?P<point>[^=;].*?)",
    rf"{_LINE}\s+{_AT}(?P<point>[^;]+?){_ON}(?P<curve>\S.*?)",
    rf"{_LINEAR}{_ON}(?P<curve>\S.*?)\s+{_AT}(?P<point>[^;]+?){_TARGET}",
    rf"{_LINEAR}\s+{_AT}(?P<point>[^;]+?){_ON}(?P<curve>\S.*?){_TARGET}",
    rf"lineari[sz]e\s+(?P<curve>\S.*?)\s+{_AT}(?P<point>[^;]+?){_TARGET}",
))
_OF_STATEMENT = WordedPattern(rf"{_LEAD}{_LINE}\s+{_AT}(?P<point>[^=;].*?){_END}", re.IGNORECASE, _WORDS)
"""The curve stands before it, as in x^2 + y^2 = 25; tangent at (3, 4)."""
_VALUE = WordedPattern(
    rf"{_LEAD}(?:approximate|estimate)\s+(?P<value>\S.*?)\s+(?:by|using|with)\s+(?:the\s+|a\s+|its\s+)?(?:{_LINEAR}|"
    rf"tangent(?:\s+line)?)(?:\s+(?:to|of)\s+(?P<curve>\S.*?))?\s+{_AT}(?P<point>[^;]+?){_END}",
    re.IGNORECASE, ["approximate", "estimate"])
_RATE = WordedPattern(
    rf"{_LEAD}(?:average\s+rate\s+of\s+change|slope\s+of\s+the\s+secant(?:\s+line)?){_ON}(?P<curve>\S.*?)\s+(?:"
    r"from\s+(?:[A-Za-z]\s*=\s*)?(?P<lower>[^=;,]+?)\s+to|between\s+(?:[A-Za-z]\s*=\s*)?(?P<from>[^=;,]+?)\s+and|"
    r"(?:on|over)\s+(?:the\s+interval\s+)?\[(?P<left>[^=;,]+?),)\s*(?:[A-Za-z]\s*=\s*)?(?P<upper>[^=;,\]]+?)\]?"
    rf"{_END}", re.IGNORECASE, ["average", "secant"])
_INCOMPLETE = WordedPattern(rf"{_LEAD}(?:{_LINE}(?:{_ON}.*)?|{_LINEAR}(?:{_ON}.*)?|(?:approximate|estimate)\s.*|"
                            rf"lineari[sz]e\s.*){_END}",
                            re.IGNORECASE, [*_WORDS, "approximate", "estimate"])
_FUNCTION = WordedPattern(rf"{_LEAD}tangent\s+of\s+(?P<angle>[^\s].*?){_END}", re.IGNORECASE, ["tangent"])
_BEFORE_CURVE = Pattern(r"\s*(?:the\s+)?(?:curve|graph|function|parabola|line|circle|ellipse|hyperbola|equation|"
                        r"expression)?\s*(?:(?:of|with)\s+(?:the\s+)?(?:equation\s+)?)?(?P<equation>(?:y|[a-zA-Z]\s*\("
                        r"\s*(?P<of>[A-Za-zα-ω])\s*\))\s*=)?", re.IGNORECASE)
_NAMED_POINT = Pattern(r"\s*(?P<letter>[A-Za-zα-ω](?:_?[0-9])?)\s*=(?P<value>[^=]+)$")
_BRACES = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_PAIR = Pattern(r"\s*\(\s*(?P<first>[^,]+),(?P<second>[^,]+)\)\s*$")


class TangentText(NamedTuple):
    """What is asked, in parts of the text with as many blanks before them as bring them to their place.

    kind: "tangent", "normal" or "tangent plane", "" for a linear approximation, "rate" for an average rate of change;
    approximated: a number whose value is asked for, such as sqrt(4.1); given: the statements before, if the last of
    them is the curve.
    """

    text: str
    kind: str
    curve: str = ""
    points: tuple[str, ...] = ()
    target: str = ""
    approximated: str = ""
    given: str | None = None

    @property
    def definitions(self) -> str:
        """The statements before the one that asks, such as f(x) = x^2."""
        return self.given if self.given is not None else self.text[:last_statement(self.text)].rstrip("; ")


def tangent_asked_for(text: str) -> TangentText | None:
    """The line for which a text asks in words; None where it asks for none. Raises NotationError where it asks for one,
    but not for which."""
    if len(text) > LONGEST:
        return None
    plain = usual(text)
    begin = last_statement(plain)
    plain = " " * begin + plain[begin:]
    last = _without_cases(plain)

    def placed(found: re.Match[str], group: str) -> str:
        return " " * found.start(group) + plain[slice(*found.span(group))]

    for pattern in _FORMS:
        found = pattern.match(last)
        if found is not None:
            parts = found.groupdict()
            return TangentText(text, " ".join((parts.get("kind") or "").lower().split()), placed(found, "curve"),
                             (placed(found, "point"),), placed(found, "target") if parts.get("target") else "")
    before = text[:begin].rstrip("; \n")
    after = _OF_STATEMENT.match(last) if before else None
    if after is not None:
        start = last_statement(before)
        return TangentText(text, after["kind"].lower(), " " * start + before[start:], (placed(after, "point"),),
                           given=before[:start].rstrip("; \n"))
    value = _VALUE.match(last)
    if value is not None:
        return TangentText(text, "", placed(value, "curve") if value["curve"] else "", (placed(value, "point"),),
                         approximated=placed(value, "value"))
    rate = _RATE.match(last)
    if rate is not None:
        lower = next(each for each in ("lower", "from", "left") if rate[each])
        return TangentText(text, "rate", placed(rate, "curve"), (placed(rate, lower), placed(rate, "upper")))
    function = _FUNCTION.match(last)
    if function is not None:
        raise refused(text, f"For the function tangent, type tan({function['angle']}). For the line that touches a "
                             "curve, say where: tangent to x^2 at 3.")
    incomplete = _INCOMPLETE.match(last)
    if incomplete is not None and "plane" in incomplete[0].lower():
        raise refused(text, "Say of which function, and at which point the plane touches it, as in: tangent plane to "
                             "x^2 + y^2 at (1, 2).")
    if incomplete is not None:
        raise refused(text, "Say of which curve, and at which point the line touches it, as in: tangent to x^2 at 3, "
                             "or: approximate sqrt(4.1) by the tangent at 4.")
    return None


def _without_cases(text: str) -> str:
    """The text with other characters in its braces, since the words and signs in {x^2 if x < 1; 2x otherwise} say
    nothing about the line."""
    return _BRACES.sub(lambda found: "{" + "x" * (len(found[0]) - 2) + "}", text)


def tangent_of_text(asked: TangentText, read: Callable[[str], Expression]) -> Reading:
    """The equation that stands for the line, with notes. Raises NotationError where a part cannot be read, or does not
    fit. read: reads a part of the text, with the definitions before it put in."""
    text, notes = asked.text, list[Note]()
    if asked.kind in ("", "tangent plane") and not asked.approximated:
        from tutor.derivation.plane_phrases import plane_of_text  # most ask for a line

        found = plane_of_text(asked, read)
        if found is not None:
            return found
    letter = ""
    curve_text, point_texts = asked.curve, list(asked.points)
    before = _BEFORE_CURVE.match(curve_text, 0)
    if before is not None and curve_text[before.end():].strip():
        letter = before["of"] or ""
        explicit = " " * before.end() + curve_text[before.end():]
        if before["equation"] and asked.kind in ("tangent", "normal") and not letter and (
                EQUALS.search(_BRACES.sub("", explicit)) or "y" in read(explicit).free):
            curve_text = " " * before.start("equation") + curve_text[before.start("equation"):]
        else:
            curve_text = explicit
    of_function = re.search(rf"(?<![A-Za-z]){re.escape(curve_text.strip())}\s*\(\s*([A-Za-zα-ω]\w*)\s*\)\s*=",
                            asked.definitions) if curve_text.strip().isalpha() else None
    if of_function is not None:  # the tangent to f, where f(x) = ... stands before
        letter, curve_text = of_function[1], f"{curve_text.rstrip()}({of_function[1]})"
    if EQUALS.search(_BRACES.sub("", curve_text)):
        return curve_tangent_of_text(asked, curve_text, read)
    named = _NAMED_POINT.match(point_texts[0])
    if named is not None:
        letter = named["letter"]
        point_texts[0] = " " * named.start("value") + named["value"]
    pair = _PAIR.match(point_texts[0]) if asked.kind != "rate" else None
    second = None
    if pair is not None:
        second = read(" " * pair.start("second") + pair["second"])
        point_texts[0] = " " * pair.start("first") + pair["first"]
    points = [_number(read(each), text) for each in point_texts]
    target = _number(_value_of_target(asked, read), text) if asked.target else None
    if asked.approximated:
        curve, target = _approximated(asked, curve_text, points[0], read, notes)
    else:
        curve = read(curve_text)
    if any(part.head in ("tuple", "limit") or part is I for part in postorder([curve])):
        raise refused(text, f"{curve} is no curve that has a tangent here. Give one real expression, as in: tangent "
                             "to x^2 at 3.")
    variable = name(letter or _varying(curve, text))
    if asked.kind == "rate":
        lower, upper = points
        if lower is upper or holds_there(related(lower, "=", upper)):
            raise refused(text, "From one place to the same place nothing changes, so there is no average rate.")
        heights = [node("at", (curve, variable, each)) for each in (upper, lower)]
        return Reading(divide(add(heights[0], negate(heights[1])), add(upper, negate(lower))), ())
    if any(variable.value in place.free for place in (points[0], *([] if target is None else [target]))):
        raise refused(text, f"{variable} is the letter that varies along the curve. Call the point by another one, "
                             f"as in at {variable} = a.")
    if second is not None:
        _check_pair(curve, variable, points[0], second, text)
    if not asked.kind and target is None:
        notes.append(Note(f"For the height of this line at another place, and how far it is from the curve there, add: "
                          f"for {variable} = ...", 0, len(text), usual=True))
    line = tangent(curve, variable, points[0], asked.kind == "normal", target)
    return Reading(line.problem, tuple(notes))


def curve_tangent_of_text(asked: TangentText, curve_text: str, read: Callable[[str], Expression]) -> Reading:
    """The statements that stand for the tangent to the curve of an equation."""
    text = asked.text
    if asked.kind not in ("tangent", "normal"):
        raise refused(text, "An equation has no value to be approximated. For the line that touches its curve, type, "
                             "for example: tangent to x^2 + y^2 = 25 at (3, 4).")
    parts = EQUALS.split(curve_text)
    if len(parts) != 2 or not all(part.strip() for part in parts):
        raise refused(text, "A curve is given by one equation with two sides, as in: tangent to x^2 + y^2 = 25 at "
                             "(3, 4).")
    left, right = parts
    equation = related(read(left), "=", read(" " * (len(left) + 1) + right))
    for part in postorder([equation]):
        if part.head in OPEN or part.head in ("application", "tuple") or part is I:
            raise refused(text, f"{part} cannot stand in the equation of a curve here.")
    places = split_places(asked.points[0])
    named = [found["letter"] for place in places if (found := _NAMED_POINT.match(place)) is not None]
    letters = sorted(equation.free)
    across, up = _coordinates(letters, named, text)
    missing = next((letter for letter in (across, up) if letter not in letters), None)
    if missing is not None:
        raise refused(text, f"{missing} does not stand in {equation}. It gives straight lines parallel to the "
                             f"{missing}-axis, and each of them is its own tangent.")
    point = places_of(RateText(text, (), up, across, places), (across, up), [*letters, across, up], read)
    if len(point) < 2 or set(point) != {name(across), name(up)}:
        raise refused(text, f"A point of this curve has two coordinates. Type both, as in: at {across} = 3, {up} = 4.")
    if {across, up} & frozenset[str]().union(*[value.free for value in point.values()]):
        raise refused(text, f"{across} and {up} vary along the curve. Call the point by other letters, as in at "
                             f"{across} = p, {up} = q.")
    line = CurveTangentAsked(equation, name(across), name(up), point[name(across)], point[name(up)],
                             asked.kind == "normal")
    refuse_other_points(line.rate, text)
    return Reading(line.problem, tuple(constants_noted(line.rate, letters, text)))


def _coordinates(letters: Sequence[str], named: Sequence[str], text: str) -> tuple[str, str]:
    """The letters across and up in a plane in which a curve is drawn."""
    if set(letters) <= {"x", "y"} or {"x", "y"} <= set(letters):
        return "x", "y"
    if len(letters) == 2 or len(named) == 2:
        across, up = sorted(named if len(named) == 2 else letters)
        return across, up
    raise refused(text, "Say which letters are the coordinates, as in: at u = 3, v = 4.")


def _number(point: Expression, text: str) -> Expression:
    """A point at which a line may touch."""
    if any(part in (INFINITY, I) for part in postorder([point])) or (not point.free and has_no_value(point)):
        raise refused(text, f"A place on a curve is a real number, and {point} is none.")
    return point


def _value_of_target(asked: TangentText, read: Callable[[str], Expression]) -> Expression:
    """The value of the letter at the place where the height of a line is asked for."""
    found = _NAMED_POINT.match(asked.target)
    if found is None:
        raise refused(asked.text, "Name one place at which the height is wanted, as in: linear approximation of "
                                   "sqrt(x) at 4 for x = 4.1.")
    return read(" " * found.start("value") + found["value"])


def _varying(curve: Expression, text: str) -> str:
    letters = sorted(curve.free)
    if "x" in letters or not letters:
        return "x"
    if len(letters) > 1:
        raise refused(text, f"Which letter varies: {', '.join(letters)}? Say it with the point, as in at "
                             f"{letters[0]} = 3.")
    return letters[0]


def _check_pair(curve: Expression, variable: Expression, first: Expression, second: Expression, text: str) -> None:
    """Refuse a point (a, b) that is not on the curve."""
    height = substitute(curve, variable.value, first)
    if holds_there(related(height, "=", second)) is False:
        raise refused(text, f"The point ({first}, {second}) is not on the curve: where {variable} is {first}, the "
                             f"curve has the height {Tidy(Style())(height)}.")


def _approximated(asked: TangentText, curve_text: str, point: Expression, read: Callable[[str], Expression],
                  notes: list[Note]) -> tuple[Expression, Expression]:
    """The curve and the place of a value such as sqrt(4.1), which is approximated by a tangent at 4: the number nearest
    to 4 in it is the place."""
    value = read(asked.approximated)
    if value.free:
        raise refused(asked.text, f"{value} is not one number. For an approximation near a point, type: linear "
                                   f"approximation of {value} at ...")
    near = rational_value(point)
    numbers = [part for part in postorder([value]) if part.head == "number" and part is not point]
    if near is None or not numbers:
        raise refused(asked.text, "Say where the approximation is wanted, as in: linear approximation of sqrt(x) at 4 "
                                   "for x = 4.1.")
    place = min(numbers, key=lambda part: abs(part.value - near))
    variable = name("x")
    curve = replace(value, {place: variable})
    if curve_text and read(curve_text) is not curve:
        curve = read(curve_text)
        filled = replace(curve, {name(_varying(curve, asked.text)): place})
        if filled is not value:
            raise refused(asked.text, f"{value} is not a value of {curve}. Type, for example: approximate sqrt(4.1) "
                                       "by the tangent at 4.")
        return curve, place
    notes.append(Note(f"{value} is read as the height of {curve} at {variable} = {place}.", 0, len(asked.text)))
    return curve, place
