"""The parts of the plane of two letters between straight lines at which an expression may break.

    points = cells([parse("a"), parse("b"), parse("b - a")], point)     # some in each of the 6 parts of the plane
    cells([parse("a*b - 1")], point)                                    # None: that is no straight line

int_a^b |x| dx has a kink where a is 0 and one where b is 0: two sides agree everywhere if they do in every part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import prod

from tutor.expression.tree import Expression
from tutor.oracle.pieces import numbers_in, vanishing
from tutor.oracle.points import Point

MOST_LINES = 6
"""Straight lines; of n lines there are up to n(n + 1)/2 + 1 parts."""

_SAMPLES = 2
"""Numbers of each letter that are taken in each part."""

Form = dict[str, Fraction]
"""The coefficients of a linear expression by its letters, the constant term under ""."""


def cells(arguments: Iterable[Expression], point: Point) -> list[Point] | None:
    """Points in every part into which the zeros of arguments in two letters cut their plane; None where one of them is
    not linear in these letters, or there are more letters, or too many lines."""
    found = {factor: linear_form(factor) for each in arguments for factor in vanishing(each) if factor.free}
    letters = sorted({letter for factor in found for letter in factor.free})
    forms = [form for form in found.values() if form is not None]
    if len(letters) != 2 or len(forms) < len(found) or len(forms) > MOST_LINES:
        return None
    first, second = letters
    return [point.moved(first, one).moved(second, other)
            for one in _between(_shadows(forms, first, second))
            for other in _between(_zero(form, first, one, second) for form in forms if form.get(second))]


def linear_form(root: Expression) -> Form | None:
    """The coefficients of a sum of letters with numbers as factors; None if it is no such sum."""
    found = coefficients(root)
    if any(part is not None and part.head != "name" for part in found):
        return None
    return {"" if part is None else part.value: factor for part, factor in found.items()}


def coefficients(root: Expression) -> dict[Expression | None, Fraction]:
    """The coefficients of the parts of a sum, whatever they are, and the constant term under None."""
    form: dict[Expression | None, Fraction] = {}
    stack = [(root, Fraction(1))]
    while stack:
        term, factor = stack.pop()
        if term.head == "sum":
            stack += [(each, factor) for each in term.args]
        elif term.head == "negation":
            stack.append((term.args[0], -factor))
        elif term.head == "product" and sum(map(_is_number, term.args)) == len(term.args) - 1:
            (rest,) = [each for each in term.args if not _is_number(each)]
            stack.append((rest, factor * prod(Fraction(each.value) for each in term.args if _is_number(each))))
        elif term.head == "quotient" and _is_number(term.args[1]) and term.args[1].value:
            stack.append((term.args[0], factor / Fraction(term.args[1].value)))
        elif _is_number(term):
            form[None] = form.get(None, Fraction(0)) + factor * Fraction(term.value)
        else:
            form[term] = form.get(term, Fraction(0)) + factor
    return form


def _is_number(part: Expression) -> bool:
    return part.head == "number"


def _shadows(forms: Sequence[Form], first: str, second: str) -> Iterator[Fraction]:
    """Values of the first letter at which something changes: a line that is upright, or two that cross."""
    for form in forms:
        if not form.get(second) and form.get(first):
            yield -form.get("", Fraction(0)) / form[first]
    for one, other in combinations([form for form in forms if form.get(second)], 2):
        ratio = one[second] / other[second]
        slope, shift = [one.get(key, Fraction(0)) - ratio * other.get(key, Fraction(0)) for key in (first, "")]
        if slope:
            yield -shift / slope


def _zero(form: Form, first: str, value: Fraction, second: str) -> Fraction:
    return -(form.get("", Fraction(0)) + form.get(first, Fraction(0)) * value) / form[second]


def _between(breaks: Iterable[Fraction]) -> Iterator[Fraction]:
    """Some numbers in each of the pieces into which breaks cut a line."""
    for left, right in pairwise([None, *sorted(set(breaks)), None]):
        yield from numbers_in(left, right)[:_SAMPLES]
