"""Signs that expressions cannot have together: x - d and d + x are not positive and negative where d is positive.

    together([(parse("x - d"), 1), (parse("x + d"), -1), (parse("d"), 1)])      # False: they add up to less than 0 > 0

Whatever is not a sum of letters with numbers as factors is taken for a letter of its own. So signs that are found to be
impossible are that, and others may be impossible too.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tutor.expression.tree import Expression
from tutor.oracle.cells import coefficients

MOST_INEQUALITIES = 200
"""Inequalities after which it is not known."""

_Form = dict[Expression | None, Fraction]
"""The coefficients of the parts of a sum, the constant term under None."""


def together(signs: Iterable[tuple[Expression, int]]) -> bool:
    """Whether expressions may have these signs, 1 or -1, at one point; True also where that is not known.

    Letters are eliminated one after the other: of two inequalities in which one stands with different signs, the sum
    with fitting factors holds without it.
    """
    forms = [{part: sign * factor for part, factor in coefficients(expression).items()} for expression, sign in signs]
    while True:
        letter = next((part for form in forms for part, factor in form.items() if part is not None and factor), None)
        if letter is None:
            return all(form.get(None, Fraction(0)) > 0 for form in forms)
        rising = [form for form in forms if form.get(letter, 0) > 0]
        falling = [form for form in forms if form.get(letter, 0) < 0]
        forms = [form for form in forms if not form.get(letter)] + [
            _without(letter, one, other) for one in rising for other in falling]
        if len(forms) > MOST_INEQUALITIES:
            return True


def _without(letter: Expression, one: _Form, other: _Form) -> _Form:
    """The sum of two inequalities in which a letter goes out."""
    first, second = -other[letter], one[letter]
    return {part: first * one.get(part, Fraction(0)) + second * other.get(part, Fraction(0))
            for part in {*one, *other} - {letter}}
