"""Expressions that are given case by case: a node as a list of cases, and back.

    node = parse("{x^2 if x < 1; 2*x - 1 otherwise}")
    [case.signs for case in cases_in(node)]         # [("<",), ()]
    piecewise(cases_in(node)) is node               # True

The first case whose condition holds counts. A condition compares two expressions, or three in a row as in 0 < x <= 1;
the last case may have none, and is for all the rest. The args of the node are the value and the sides of each case, one
after the other, so that all of them are plain expressions; its value has the signs of each case.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tutor.expression.relations import related
from tutor.expression.tree import Expression, node

PIECEWISE = "piecewise"

UNREAD = ("?",)
"""The signs of a case whose condition is one expression: in a rule it is a letter for any condition."""

MORE = ("...",)
"""The signs of the `...` of a rule, which stands for more cases like the one before it."""


class Case(NamedTuple):
    """A value, and the condition under which it counts: `sides` with `signs` between them, none for all the rest."""

    value: Expression
    sides: tuple[Expression, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def relations(self) -> tuple[Expression, ...]:
        """What has to hold: one comparison, or two for a chain."""
        return tuple([related(self.sides[place], sign, self.sides[place + 1])
                      for place, sign in enumerate(self.signs)])


def cases_in(part: Expression) -> list[Case]:
    """The cases of a piecewise node, in written order."""
    found, place = [], 0
    for signs in part.value:
        sides = 0 if not signs or signs == MORE else 1 if signs == UNREAD else len(signs) + 1
        found.append(Case(part.args[place], part.args[place + 1:place + 1 + sides], signs))
        place += 1 + sides
    return found


def piecewise(cases: Iterable[Case]) -> Expression:
    """The node with these cases."""
    listed = list(cases)
    args = tuple([arg for case in listed for arg in (case.value, *case.sides)])
    return node(PIECEWISE, args, tuple([case.signs for case in listed]))


def with_values(part: Expression, values: Iterable[Expression]) -> Expression:
    """A piecewise node with other values under the same conditions."""
    return piecewise([case._replace(value=value) for case, value in zip(cases_in(part), values, strict=True)])
