"""A graph at numbers: the value of every line, and the slope of the loss by every name.

    found = at_numbers(tutor.explain("z = w*x; L = z^2; grad L"), {"w": parse("3"), "x": parse("2")})
    found.forward["z"], found.slopes["w"]           # 6, 24

Values are exact where all of them are fractions. The slopes are worked out line by line, as the rules say; numbers that
are found by cutting the graph, without a rule, say whether they are right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from tutor.derivation.adjoints import Adjoint, LocalSlope
from tutor.derivation.backward import BackwardPass
from tutor.errors import TutorError
from tutor.expression.parse import parse
from tutor.expression.tree import Expression, decimal, derivative, name, node, postorder, rational, replace
from tutor.oracle.cuts import LinesAtPoint
from tutor.oracle.existence import existence_of
from tutor.oracle.verdict import Oracle
from tutor.rules.conditions import rational_value

Number = Fraction | float

_LARGEST = 10**100
"""The size of numbers up to which a graph is followed."""

_CLOSE = 1e-9
"""The relative difference up to which two slopes are the same number."""


class AtNumbers(NamedTuple):
    """forward: inputs and lines with their values; slopes: dL/dx of every name x that the backward pass meets;
    confirmed: whether numbers that know no rules agree with each of them."""

    forward: Mapping[str, Number]
    slopes: Mapping[str, Number]
    confirmed: Mapping[str, bool]


def at_numbers(found: BackwardPass, places: Mapping[str, Expression]) -> AtNumbers:
    """The forward values and the slopes where the inputs have these values.

    Raises TutorError where an input has no number, or a line or a slope has no value there.
    """
    oracle = Oracle()
    on_the_way = found.graph.reaching(found.adjoints.loss)
    needed = [letter for letter in found.graph.inputs if letter in on_the_way]
    missing = [letter for letter in needed if letter not in places]
    if missing:
        example = ", ".join(f"{letter} = 1" for letter in needed)
        raise TutorError(f"There is no number for {', '.join(missing)}. Every letter that no line defines needs one, "
                         f"as in {example}.")
    for letter in places:
        if letter in found.graph.lines:
            raise TutorError(f"{letter} has a line, which says what it is, so it needs no number.")
        if letter not in found.graph.inputs:
            raise TutorError(f"{letter} stands on none of the lines.")
        if places[letter].head == "tuple":
            raise TutorError(f"{letter} is a number on these lines, and {places[letter]} is a list.")
    forward = {letter: number_in(places[letter], {}, found.tidy, oracle,
                                 f"{letter} = {places[letter]} has no real value") for letter in needed}
    for line, right in found.graph.lines.items():
        if line in on_the_way:
            forward[line] = number_in(right, forward, found.tidy, oracle,
                                      f"{line} = {right} has no value at these numbers")
    slopes: dict[str, Number] = {}
    confirmed: dict[str, bool] = {}
    inputs = {letter: forward[letter] for letter in needed}
    lines = LinesAtPoint(found.cuts, inputs.get)
    for letter in found.adjoints.order:
        adjoint = found.adjoints.adjoint(letter)
        rates = {part: slopes[part.args[1].value] for part in postorder([adjoint.result]) if part.head == "rate"}
        known: dict[str, Number] = forward | {str(rate): slope for rate, slope in rates.items()}
        in_names = replace(adjoint.result, {rate: name(str(rate)) for rate in rates})
        complaint = f"{adjoint.rate} = {adjoint.result} has no value at these numbers"
        try:
            slopes[letter] = number_in(in_names, known, found.tidy, oracle, complaint)
        except TutorError:
            _refuse_at_corners(found, adjoint, forward, oracle)
            raise
        cut = lines.slope(found.adjoints.loss, letter) if found.cuts.is_plain else None
        if cut is None:
            cut = _cut(found, adjoint.rate, inputs, oracle)
        if cut is None:
            _refuse_at_corners(found, adjoint, forward, oracle)
            raise TutorError(f"No single slope {adjoint.rate} was found at these numbers: it may differ on the two "
                             "sides.")
        confirmed[letter] = abs(cut - slopes[letter]) <= _CLOSE * max(1, abs(cut))
    return AtNumbers(forward, slopes, confirmed)


def _refuse_at_corners(found: BackwardPass, adjoint: Adjoint, forward: Mapping[str, Number], oracle: Oracle) -> None:
    """Raise TutorError if a line that uses a name has a corner at these numbers, or another place without a slope."""
    variable = adjoint.rate.args[1]
    value = _exactly(forward[variable.value])
    for line in [on_line.rate.args[0].value for on_line in adjoint.slopes]:
        right = found.graph.lines[line]
        others = {name(letter): _exactly(forward[letter]) for letter in right.free - {variable.value}}
        existence = existence_of(node("at", (derivative(replace(right, others), variable), variable, value)))
        if existence.outcome == "missing":
            corners = [part for part in postorder([right]) if part.head in _SLOPE_0_AT_CORNER
                       and _value_or_none(part.args[0], forward, found.tidy, oracle) == 0]
            raise TutorError(
                f"At {variable} = {value} the line {line} = {right} has no slope by {variable}: "
                f"{existence.text.written()}. So the backward pass cannot go on through it." + (
                    f" PyTorch, TensorFlow and JAX go on with the slope 0 of {corners[0].head} at its corner. That is "
                    "a convention: it is chosen, and does not follow from what a slope is." if corners else ""))


_SLOPE_0_AT_CORNER = ("relu", "abs")
"""Functions at whose corner the usual frameworks all take the slope 0."""


def _exactly(value: Number) -> Expression:
    return rational(value) if isinstance(value, Fraction) else decimal(value)


def _cut(found: BackwardPass, rate: Expression, inputs: Mapping[str, Number], oracle: Oracle) -> float | None:
    """The slope by numbers alone: the graph is cut, and where it has a kink, it is looked at from both sides; None if
    no single slope was found."""
    (meaning,) = found.graph.meaning((rate,))
    number = oracle.value(meaning, {letter: float(value) for letter, value in inputs.items()})
    if not isinstance(number, float):
        for letter, value in inputs.items():
            meaning = node("at", (meaning, name(letter), _exactly(value)))
        number = oracle.value(meaning, {})
    return number if isinstance(number, float) else None


def slope_on_line(found: BackwardPass, numbers: AtNumbers, slope: LocalSlope) -> Number | None:
    """∂v/∂x at the numbers; None where it has no value, though the slopes that it is a part of may have one."""
    value = _value_or_none(slope.result, numbers.forward, found.tidy, Oracle())
    return value if value is not None and -_LARGEST <= value <= _LARGEST else None


def number_in(expression: Expression, known: Mapping[str, Number], tidy: Callable[[Expression], Expression],
              oracle: Oracle, complaint: str) -> Number:
    """The value of an expression in letters whose values are known: exact if all of them are and no function is met.

    complaint: how the sentence of the TutorError begins if there is none.
    """
    value = _value_or_none(expression, known, tidy, oracle)
    if value is None:
        raise TutorError(f"{complaint}, or one that is too large or could not be worked out.")
    if isinstance(value, Fraction) and abs(value) > _LARGEST:
        raise TutorError(f"{complaint} that is small enough to go on with.")
    return value


def _value_or_none(expression: Expression, known: Mapping[str, Number], tidy: Callable[[Expression], Expression],
                   oracle: Oracle) -> Number | None:
    """The same, if there is one."""
    letters = {letter: known[letter] for letter in expression.free}
    if not any(isinstance(value, float) for value in letters.values()):
        filled = replace(expression, {name(letter): rational(value) for letter, value in letters.items()
                                      if isinstance(value, Fraction)})
        exact = rational_value(tidy(filled))
        if exact is not None:
            return Fraction(exact)
    value = oracle.value(expression, {letter: float(value) for letter, value in letters.items()})
    return value if isinstance(value, float) else None


def places_of(text: str) -> dict[str, Expression]:
    """The numbers of letters as they are typed: w = 0.5, x = 2, and for a list v = (1, 2).

    Raises TutorError for anything else.
    """
    places: dict[str, Expression] = {}
    for piece in re.split(r"[,;](?=[^(),;]*(?:=|$))|\s+(?=[^\W\d]\w*\s*=)", text):
        if not piece.strip():
            continue
        left, sign, right = piece.partition("=")
        letter, value = (parse(left), parse(right)) if sign and left.strip() and right.strip() else (None, None)
        if letter is None or value is None or letter.head != "name" or value.free or value.head == "relation":
            raise TutorError(f"{piece.strip()} is no number for a letter. Type, for example, w = 0.5, x = 2.")
        if letter.value in places:
            raise TutorError(f"There are two numbers for {letter}.")
        places[letter.value] = value
    return places
