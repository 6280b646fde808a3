"""Which of many expressions may have a given value? A quick look at few points, before any of them is compared.

    screen = Screen(answer, result)
    [each for each in candidates if screen.may_equal(each)]

Candidates that pass still have to be compared; those that do not have another value at some point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from tutor.expression.lists import has_lists
from tutor.expression.tree import Expression
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import COMPLEX, REAL
from tutor.oracle.points import Point
from tutor.oracle.table import Table, Undefined
from tutor.oracle.verdict import Oracle

_PLACES = 8
_TOLERANCE, _ROUNDING = 1e-8, 1e-13
"""Relative and absolute: wide enough for terms that cancel, narrow enough that few strangers come through."""

Sample = tuple[Table, complex]
"""A table of values, and the value of the target in it."""


class Screen:
    """The values of one expression, the target, at the first few places where another one has a value too.

    oracle: one that is asked about the same expressions before or afterwards. All that is asked about is kept in the
    tables of its points, so candidates that share parts cost little. Places are looked for as they are needed: nearly
    every candidate has another value at the first one.
    """

    def __init__(self, target: Expression, beside: Expression, oracle: Oracle | None = None) -> None:
        self._found: list[Sample] = []
        self._written = _written_out(target, beside)
        self._more = _places(self._written(target), self._written(beside), (oracle or Oracle()).points())

    def _each_place(self) -> Iterator[Sample]:
        """The places in order, those first that were found before."""
        for index in range(_PLACES):
            if index == len(self._found):
                place = next(self._more, None)
                if place is None:
                    return
                self._found.append(place)
            yield self._found[index]

    @property
    def places(self) -> list[Sample]:
        """All places; empty if the target and the other expression have a value together nowhere."""
        return list(self._each_place())

    def may_equal(self, candidate: Expression) -> bool:
        """Whether the candidate has the value of the target at every place where it has one, and has one somewhere."""
        agreed = False
        for table, wanted in self._each_place():
            value = _value(table, self._written(candidate))
            if value is None:
                continue
            if not _near(value, wanted):
                return False
            agreed = True
        return agreed

    def differs(self, one: Expression, other: Expression) -> bool:
        """Whether two expressions have different values at one of the places."""
        pairs = ((_value(table, self._written(one)), _value(table, self._written(other)))
                 for table, _ in self._each_place())
        return any(not _near(left, right) for left, right in pairs if left is not None and right is not None)

    def values(self, expression: Expression) -> list[complex | None]:
        """The value of an expression at each place, None where it has none."""
        return [_value(table, self._written(expression)) for table, _ in self._each_place()]

    @property
    def targets(self) -> list[complex]:
        """The value of the target at each place."""
        return [wanted for _, wanted in self._each_place()]


def _written_out(*roots: Expression) -> Callable[[Expression], Expression]:
    """What makes expressions ordinary ones: sums with an index in some of them are written out for one size."""
    if not any(map(has_lists, roots)):
        return lambda expression: expression
    from tutor.oracle.expansion import usual_case, written_if_possible

    case = usual_case(*roots)
    return cache(lambda expression: written_if_possible(expression, case))


def _places(target: Expression, beside: Expression, points: Sequence[Point]) -> Iterator[Sample]:
    """Where both expressions have a value: in real numbers or, if that is nowhere, in complex ones."""
    for numbers in (REAL, COMPLEX):
        is_somewhere = False
        for point in points:
            table = point.table(numbers)
            value = _value(table, target)
            if value is not None and _value(table, beside) is not None:
                is_somewhere = True
                yield table, value
        if is_somewhere:
            return


def _near(one: complex, other: complex) -> bool:
    return abs(one - other) <= max(_TOLERANCE * max(abs(one), abs(other)), _ROUNDING)


def _value(table: Table, expression: Expression) -> complex | None:
    try:
        return complex(value_of(table, expression))
    except (Undefined, OverflowError):
        return None
