"""How a problem ends that asks for a derivative at a point: the value put in, or what is seen from both sides.

    ending_of(parse("d/dx [abs(x)] at (x = 0)"), parse("sign(0)"), [])        # ("missing", None)

The rules find a formula, but a condition of a rule may fail at the point. Then the oracle is asked, which examines the
problem itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from tutor.expression.tree import Expression, postorder, rational
from tutor.oracle.existence import empty_table, existence_of, holds_there

Ending = Literal["", "both_sides", "missing", "undecided"]
"""How a problem with a point ends: the value is substituted, found from both sides, does not exist, or is undecided."""

STAYS_OPEN = frozenset(("missing", "undecided"))


def with_points(problem: Expression) -> frozenset[Expression]:
    """The parts of a problem, itself among them, that have a value at a point in them."""
    found: set[Expression] = set()
    for part in postorder([problem]):
        if part.head == "at" or not found.isdisjoint(part.args):
            found.add(part)
    return frozenset(found)


def ending_of(problem: Expression, result: Expression,
              relations: Iterable[Expression]) -> tuple[Ending, Expression | None]:
    """How a problem with a point in it ends, and its value where that is not the result of the rules.

    relations: what the rules took for granted, in the letters of the problem.
    """
    found = existence_of(problem)
    if found.outcome == "missing":
        return "missing", None
    at_point = problem.head == "at"
    table = empty_table()
    refuted = at_point and any(holds_there(relation, table) is False for relation in relations)
    if found.outcome == "undecided":  # the result is shown as undecided, if it can be a value at all
        return "undecided" if refuted or existence_of(result).outcome == "missing" else "", None
    if not found.values:
        return "", None
    if found.agrees(result):
        return ("both_sides", result) if refuted else ("", None)
    if found.others(result) is not None:
        return "", None  # two values: the check of the whole refutes the result
    return ("both_sides", rational(found.value)) if at_point and found.value is not None else ("undecided", None)
