"""How a problem ends that asks for a derivative at a point: the value put in, or what is seen from both sides.

    ending_of(parse("d/dx [abs(x)] at (x = 0)"), parse("sign(0)"), [])        # ("missing", None)

The rules find a formula, but a condition of a rule may fail at the point. Then the oracle is asked, which examines the
problem itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from tutor.derivation.unfit import with_value
from tutor.expression.tree import Expression, node, postorder, rational
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


def without_places(problem: Expression) -> tuple[Expression, list[tuple[Expression, Expression]]]:
    """A problem without the places of its letters (`at x = 1, y = 2`), and these, innermost first."""
    places: list[tuple[Expression, Expression]] = []
    while problem.head == "at":
        problem, letter, point = problem.args
        places.append((letter, point))
    return problem, places[::-1]


def at_places(problem: Expression, places: Iterable[tuple[Expression, Expression]]) -> Expression:
    """A problem at places of its letters, innermost first."""
    for letter, point in places:
        problem = node("at", (problem, letter, point))
    return problem


def parts_of_places(problem: Expression) -> tuple[Expression, ...]:
    """What has to be known before values are put in: what they are put into, and the values."""
    body, places = without_places(problem)
    return body, *[point for _, point in places]


def with_values(problem: Expression, results: Mapping[Expression, Expression]) -> Expression:
    """A problem with the values of all its places put in at once, where its parts come to these results."""
    body, places = without_places(problem)
    found = results.get(body, body)
    for letter, point in places:
        found = with_value(found, letter, results.get(point, point))
    return found


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
