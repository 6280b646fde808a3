"""Tables: the values of expressions at one place, and what is said of an expression that has none."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tutor.expression.tree import Expression
from tutor.oracle.jets import Value

if TYPE_CHECKING:
    from tutor.oracle.numbers import Numbers

MOST_COEFFICIENTS = 64
"""Coefficients of one value: the product of (order + 1) over the nested directions."""


class Reason(StrEnum):
    """Why an expression has no value at any point, where more than the sentence depends on it."""

    IMAGINARY = "it contains i"
    TOO_MANY_SAMPLES = "the integrals have to be followed too closely"
    ALL_TERMS_ZERO = "all known terms of a series are 0"


class Undefined(Exception):
    """Raised, or kept in a table, for an expression without a value. `reason` is "" if another point may have one."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


_PRECISE = 3
"""What an operation on numbers with many digits costs, beside one on doubles."""


class Effort:
    """Counts that all tables over one point share.

    nested: values that wait for a value in another table; integrals: integrals that wait for their integrand;
    samples: evaluations of integrands for the value that was asked for; sampling: what all of them cost for one
    question; work: what was computed for one question, as `evaluate` counts it.
    """

    __slots__ = ("integrals", "nested", "samples", "sampling", "work")

    def __init__(self) -> None:
        self.nested = self.integrals = self.samples = self.sampling = self.work = 0


class Table:
    """Values of expressions at one place; see `evaluate`. Made by `lowest_table`, `bind` and `evaluate`.

    variable: the name that this table is about ("" for the lowest); order: to which power of ε it is known (0 if
    bound); level: how many directions there are down to here; coefficients: how many a value of this table can have;
    cost: what an operation on two such values is counted as.
    """

    __slots__ = (
        "coefficients", "cost", "directions", "effort", "level", "number_of",
        "numbers", "order", "parent", "values", "variable",
    )  # fmt: skip

    def __init__(self, numbers: Numbers, parent: Table | None, variable: str, order: int) -> None:
        self.numbers = numbers
        self.parent = parent
        self.variable = variable
        self.order = order
        self.values: dict[Expression, Value] = {}
        self.directions: dict[tuple[str, int], Table] = {}
        self.number_of: Callable[[str], Any]
        if parent is None:
            self.level, self.coefficients, self.effort = 0, 1, Effort()
        else:
            self.level = parent.level + (order > 0)
            self.coefficients = parent.coefficients * (order + 1)
            self.effort = parent.effort
            if self.coefficients > MOST_COEFFICIENTS:
                raise Undefined("derivatives are nested too deeply")
        self.cost = self.coefficients * (self.coefficients + 1) // 2 * (1 if numbers.digits == 15 else _PRECISE)

    def bind(self, variable: Expression, value: Value) -> Table:
        """A table above this one in which `variable` has this value.

        It is not kept: what was computed with it stays in this table, as the value of the `at` or of the integral.
        """
        table = Table(self.numbers, self, variable.value, 0)
        table.values[variable] = value
        return table


def lowest_table(numbers: Numbers, number_of: Callable[[str], Any], effort: Effort | None = None) -> Table:
    """A table in which every name has the number that `number_of` gives (None: no value).

    effort: the counts of a question that looks at several places.
    """
    table = Table(numbers, None, "", 0)
    table.number_of = number_of
    table.effort = effort or table.effort
    return table
