"""Does every part of an expression affect the digits that were compared?

    unseen([parse("x + 10^(-50)*x")], points)       # 10^(-50)*x: beside x it is too small for 60 digits
    unseen([parse("tanh(10^12*x)")], points)        # 10^12*x: tanh is 1 or -1 to 60 digits at all of these points

At each point every node is asked how much its value changes, relatively, when one of its args is changed a little. The
product of these along the best way up to the root is how much of the node can be seen from there. A part that cannot
be seen at any point may be anything, so that agreement says nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tutor.expression.piecewise import PIECEWISE
from tutor.expression.tree import E, Expression, postorder
from tutor.oracle.evaluate import again, value_of
from tutor.oracle.functions import KNOWN as FUNCTIONS
from tutor.oracle.losses import JOINED
from tutor.oracle.numbers import precise
from tutor.oracle.points import Point
from tutor.oracle.table import Table, Undefined

COMPARED = 60
"""Digits of the values that were compared."""

DIGITS = 120
"""Digits of the values here: with 60 of them, ln(1 + 10^-90) is nothing but rounding."""

KNOWN = 1e-20
"""The relative difference of both up to which a value that was compared has digits that are right."""

FAINTEST = 1e-40
"""What changes a value by less than this, relatively, cannot be seen in 60 digits."""

ZERO_BUT_FOR_ROUNDING = 1e-110
"""What is left of a sum whose terms cancel, relative to the largest of them."""

_CHANGE = 1e-3
_CLEAREST = 1e100
_CLOSED = frozenset(("derivative", "integral", "at", "defined"))
_ALWAYS_SEEN = frozenset(name for name, known in FUNCTIONS.items() if known.sides is not None) | {
    "min", "max", PIECEWISE} | JOINED
"""Their values do not show all of their arguments; that is why they are looked at in every piece."""


def unseen_in_a_piece(roots: Sequence[Expression], kinked: Iterable[Expression], pieces: Iterable[Sequence[Point]],
                      ) -> Expression | None:
    """A node with a kink that can be seen at no point of some piece, though it is not 0 there; None if there is none.

    Beside e^x nobody sees relu(x - 500) where it is not 0.
    """
    for piece in pieces:
        clearest: dict[Expression, float] = {}
        found = [_clearness(roots, point, real=True) for point in piece]
        for part, (clear, value) in (each for known in found for each in (known or {}).items()):
            if value != 0:
                clearest[part] = max(clear, clearest.get(part, 0.0))
        otherwise = 0.0 if None in found and not clearest else 1.0
        for part in kinked:
            if clearest.get(part, otherwise) < FAINTEST:
                return part
    return None


def unseen(roots: Sequence[Expression], points: Iterable[Point], real: bool = True) -> Expression | None:
    """A part that can be seen at none of the points, the outermost of several; None if there is none."""
    clearest: dict[Expression, float] = {}
    for point in points:
        for part, (clear, _) in (_clearness(roots, point, real) or {}).items():
            clearest[part] = max(clear, clearest.get(part, 0.0))
    if not clearest:
        return roots[0]
    return next((part for part in reversed(list(postorder(roots))) if clearest.get(part, 1.0) < FAINTEST), None)


def _clearness(roots: Sequence[Expression], point: Point, real: bool) -> dict[Expression, tuple[float, Any]] | None:
    """For every node that has a value at a point: how much of it shows in the value of a root, and the value.

    Empty where a root has no value; None where it has one, but none of the digits that were compared is right.
    """
    table, compared = point.table(precise(DIGITS, real)), point.table(precise(COMPARED, real, noisy=True))
    try:
        values = [(value_of(table, root), value_of(compared, root)) for root in roots]
    except Undefined:
        return {}
    nothing = _zeros(roots, table)
    if any(root.free and root not in nothing and abs(value - noisy) > KNOWN * abs(value)
           for root, (value, noisy) in zip(roots, values, strict=True)):
        return None
    clear: dict[Expression, float] = dict.fromkeys(roots, 1.0)
    for part in reversed(list(postorder(roots))):
        from_here = clear.get(part)
        if from_here is None:
            continue  # it stands only inside what is closed
        if part in nothing:
            from_here = clear[part] = 1.0  # 0 cannot show, and need not
        for index, arg in enumerate(() if part.head in _CLOSED else part.args):
            clear[arg] = max(clear.get(arg, 0.0), min(from_here * _shows(table, part, index), _CLEAREST))
    return {part: (each, table.values[part]) for part, each in clear.items()
            if not isinstance(table.values.get(part), Undefined | None)}


def _zeros(roots: Sequence[Expression], table: Table) -> set[Expression]:
    """The nodes that are 0 but for rounding, because a sum cancels."""
    found: set[Expression] = set()
    for part in postorder(roots):
        if part.head == "sum":
            values: list[Any] = [table.values.get(each) for each in (part, *part.args)]
            if not any(each is None or isinstance(each, Undefined) for each in values) and (
                    abs(values[0]) <= ZERO_BUT_FOR_ROUNDING * max(abs(each) for each in values[1:])):
                found.add(part)
        elif part.head in ("product", "negation", "quotient", "power", "sqrt", "abs") and not found.isdisjoint(
                part.args[:1] if part.head in ("quotient", "power") else part.args):
            found.add(part)
    return found


def _shows(table: Table, part: Expression, index: int) -> float:
    """How much the value of a node changes, relatively, with that of one of its args."""
    values: list[Any] = [table.values.get(arg) for arg in part.args]
    value = table.values.get(part)
    if part.head in _ALWAYS_SEEN or not value or any(each is None or isinstance(each, Undefined) for each in values):
        return 1.0  # also where the value is 0: a sum that cancels shows all of its terms
    if part.head == "power" and (not values[1] or part.args[0] is E):
        return 1.0  # the base of x^0 cannot show, and need not; e is known
    if not values[index]:
        return 1.0 if part.args[index].head == "number" else 0.0  # how large it is elsewhere cannot be seen here
    try:
        other = again(table, part, [*values[:index], values[index] * (1 + _CHANGE), *values[index + 1:]])
    except (Undefined, ArithmeticError, ValueError):
        return 1.0  # close to the end of its domain
    return float(abs((other - value) / value)) / _CHANGE
