"""Which of many expressions may have a given value? A quick look at few points, before any of them is compared.

    screen = Screen(answer, result)
    [each for each in candidates if screen.may_equal(each)]

What it lets through still has to be compared; what it keeps out has another value at some point.
"""

from __future__ import annotations

from tutor.expression.tree import Expression
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import COMPLEX, REAL, Numbers
from tutor.oracle.points import REAL_POINTS, Point
from tutor.oracle.table import Table, Undefined

_PLACES = 8
_TOLERANCE, _ROUNDING = 1e-8, 1e-13
"""Relative and absolute: wide enough for terms that cancel, narrow enough that few strangers come through."""


class Screen:
    """The values of one expression, the target, at a few places where another one has a value too.

    All that is asked about is kept in the tables of these places, so candidates that share parts cost little.
    """

    def __init__(self, target: Expression, beside: Expression) -> None:
        self.places: list[tuple[Table, complex]] = []
        for numbers in (REAL, COMPLEX):
            self._look_for_places(target, beside, numbers)
            if self.places:
                break

    def _look_for_places(self, target: Expression, beside: Expression, numbers: Numbers) -> None:
        for index in range(REAL_POINTS):
            table = Point(index, real=True).table(numbers)
            value = _value(table, target)
            if value is not None and _value(table, beside) is not None:
                self.places.append((table, value))
                if len(self.places) == _PLACES:
                    return

    def may_equal(self, candidate: Expression) -> bool:
        """Whether the candidate has the value of the target at every place where it has one, and has one somewhere."""
        agreed = False
        for table, wanted in self.places:
            value = _value(table, candidate)
            if value is None:
                continue
            if not _near(value, wanted):
                return False
            agreed = True
        return agreed

    def differs(self, one: Expression, other: Expression) -> bool:
        """Whether two expressions have different values at one of the places."""
        pairs = zip(self.values(one), self.values(other), strict=True)
        return any(not _near(left, right) for left, right in pairs if left is not None and right is not None)

    def values(self, expression: Expression) -> list[complex | None]:
        """The value of an expression at each place, None where it has none."""
        return [_value(table, expression) for table, _ in self.places]

    @property
    def targets(self) -> list[complex]:
        """The value of the target at each place."""
        return [wanted for _, wanted in self.places]


def _near(one: complex, other: complex) -> bool:
    return abs(one - other) <= max(_TOLERANCE * max(abs(one), abs(other)), _ROUNDING)


def _value(table: Table, expression: Expression) -> complex | None:
    try:
        return complex(value_of(table, expression))
    except (Undefined, OverflowError):
        return None
