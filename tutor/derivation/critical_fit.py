"""The curve that fits points best by least squares, asked for in words: its loss is what the critical points are of.

    fit_asked("line through (1, 2), (2, 3), (3, 5)").model              # w*x + b
    fit_asked("fit y = w*x to (1, 2), (2, 3)").loss                     # (w - 2)^2 + (2*w - 3)^2
    fit_asked("x^3 - 3x")                                               # None
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tutor.algebra.decide import Tidy
from tutor.algebra.terms import Style
from tutor.errors import refused
from tutor.expression.parse import parse
from tutor.expression.patterns import WordedPattern
from tutor.expression.tree import ZERO, Expression, add, name, names_in_order, negate, number, power, substitute
from tutor.integration.equations import number_of

MOST_POINTS = 20

VARIABLE = "x"
"""The letter of a model that stands for the first number of each point."""

EXAMPLE = "Type, for example, line through (1, 2), (2, 3), (3, 5), or fit y = w*x to (1, 2), (2, 3)."

_LINE = parse("w*x + b")
_LEAD = (r"\s*(?:(?:please|can|could|you|find|compute|determine|give|show|me|us|what|is|the|a|an|derive|get|equation|"
         r"of)\s+)*?")
_BEST = r"(?:(?:best|straight|regression|least[\s-]squares|(?:best[\s-])?fit(?:ting)?)\s+)*"
_LINE_FITTED = rf"(?:{_BEST}line(?:\s+of\s+best\s+fit)?|linear\s+(?:fit|regression))"
_TO = r"\s+(?:through|to|for|of|with|on|fits)\s+(?:the\s+)?(?:(?:data\s+)?points?\s*:?\s*)?"
_END = r"(?:\s+best)?[\s.?!]*$"
_GOES = r"(?:\s+(?:that\s+)?(?:goes|going|passes|passing|fits|fitted))?"
_FORMS = tuple(WordedPattern(_LEAD + form + _END, re.IGNORECASE | re.DOTALL, ["line", "fit"]) for form in (
    rf"{_LINE_FITTED}{_GOES}{_TO}(?P<points>\S.*?)",
    rf"fit\s+(?:a|the)\s+{_LINE_FITTED}{_TO}(?P<points>\S.*?)",
    rf"fit\s+(?:the\s+)?(?:(?:curve|model|function|line)\s+)?(?P<model>\S.*?){_TO}(?P<points>[(\[].*?)",
))
_BETWEEN_POINTS = re.compile(r"\)\s*(?:[,;]\s*(?:and\s+)?|and\s+|\s|)(?=\()")
_ROUND = str.maketrans("[]", "()")


class Fit(NamedTuple):
    """response: the letter of the second number of each point; model: what is to come close to it, in `VARIABLE` and
    the letters to be chosen; points: the first and second number of each."""

    response: Expression
    model: Expression
    points: tuple[tuple[Expression, Expression], ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """Those to be chosen, in the order in which they first stand in the model."""
        return tuple(each.value for each in names_in_order(self.model) if each.value != VARIABLE)

    @property
    def loss(self) -> Expression:
        """The squared errors at all points, added up."""
        tidy = Tidy(Style())
        errors = [tidy(add(substitute(self.model, VARIABLE, first), negate(second))) for first, second in self.points]
        return add(*[power(error, number(2)) for error in errors if error is not ZERO])

    def with_letters(self, values: Mapping[str, Expression]) -> Expression:
        """The model with numbers for its letters."""
        fitted = self.model
        for letter, value in values.items():
            fitted = substitute(fitted, letter, value)
        return Tidy(Style())(fitted)


def asks_for_fit(text: str) -> bool:
    """Whether a text asks for a fit in words, which `fit_asked` then reads or refuses."""
    return _asked(text) is not None


def fit_asked(text: str) -> Fit | None:
    """What is to be fitted to which points, if a text asks for that in words; None if it asks for something else.
    Raises NotationError where the model or the points cannot be used."""
    found = _asked(text)
    if found is None:
        return None
    model = found.groupdict().get("model")
    response, fitted = _model(model, text) if model else (name("y"), _LINE)
    return Fit(response, fitted, _points(found["points"], text))


def _asked(text: str) -> re.Match[str] | None:
    matches = (form.match(text) for form in _FORMS)
    return next((match for match in matches if match is not None), None)


def _model(written: str, text: str) -> tuple[Expression, Expression]:
    response, model = name("y"), parse(written)
    if model.head == "relation" and model.value == "=" and model.args[0].head == "name":
        response, model = model.args
    fit = Fit(response, model, ())
    if model.head in ("relation", "statements", "tuple") or VARIABLE not in model.free or not fit.letters:
        raise refused(text, f"A model has {VARIABLE} in it, and letters whose best values are wanted. {EXAMPLE}")
    if response.value in model.free:
        raise refused(text, f"{response} stands on both sides of the model. {EXAMPLE}")
    return response, model


def _points(written: str, text: str) -> tuple[tuple[Expression, Expression], ...]:
    if not written.startswith(("(", "[")):
        raise refused(text, f"Write each point in brackets, as (1, 2). {EXAMPLE}")
    separated, gaps = _BETWEEN_POINTS.subn("), ", written.translate(_ROUND))
    bracketed = separated.startswith("((") and separated.endswith("))")
    listed = parse(f"({separated})" if gaps and not bracketed else separated)
    points = listed.args if listed.head == "tuple" and listed.args[0].head == "tuple" else (listed,)
    if len(points) > MOST_POINTS:
        raise refused(text, f"These are {len(points)} points; curves are fitted to up to {MOST_POINTS}.")
    for point in points:
        if point.head != "tuple" or len(point.args) != 2:
            raise refused(text, f"{point} is no point: a point has two numbers in brackets, as (1, 2). {EXAMPLE}")
        for value in point.args:
            if value.free or number_of(value) is None:
                raise refused(text, f"{value} is no number, so {point} cannot be used as a point. {EXAMPLE}")
    return tuple((point.args[0], point.args[1]) for point in points)
