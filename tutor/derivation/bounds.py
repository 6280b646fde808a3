"""Between which numbers something lies: several relations that say so, in as few as possible.

    between_bounds([parse("|x| <= 1"), parse("x >= -1"), parse("x != 2")])      # [|x| <= 1]
    between_bounds([parse("x >= 0"), parse("x > 2"), parse("x != 3")])          # [x > 2, x != 3]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.terms import split
from tutor.expression.relations import related
from tutor.expression.tree import ONE, Expression, call, rational
from tutor.rules.conditions import rational_value


class _End(NamedTuple):
    """An end of an interval; the number belongs to it unless it is open."""

    number: Fraction
    is_open: bool


class _Between(NamedTuple):
    """What one relation says of an expression: the ends between which it lies, and a number that it is not."""

    low: _End | None = None
    high: _End | None = None
    hole: Fraction | None = None


def between_bounds(relations: Iterable[Expression]) -> list[Expression]:
    """The relations, where those that compare one expression with numbers are replaced by fewer that say the same."""
    found: dict[Expression | None, list[tuple[Expression, _Between]]] = {}
    order: list[tuple[Expression, Expression | None]] = []
    for each in relations:
        read = _read(each)
        core = None if read is None else read[0]
        order.append((each, core))
        if read is not None:
            found.setdefault(core, []).append((each, read[1]))
    shorter = {core: _fewest(core, group) for core, group in found.items() if core is not None}
    result: dict[Expression, None] = {}
    for each, core in order:
        result.update(dict.fromkeys([each] if core is None else shorter[core]))
    return list(result)


def _read(relation: Expression) -> tuple[Expression, _Between] | None:
    """The expression that a relation compares with a number, and what it says of it; None of any other relation."""
    left, right = relation.args
    number, sign = rational_value(right), relation.value
    inner = left.args[0] if left.head == "abs" and sign in ("<", "<=") else left
    linear = _linear(inner)
    if number is None or linear is None or sign == "=":
        return None
    core, slope, shift = linear
    if sign == "!=":
        return core, _Between(hole=(number - shift) / slope)
    end = _End((number - shift) / slope, sign in ("<", ">"))
    if inner is not left:
        if number < 0:
            return None
        low, high = sorted((end, _End((-number - shift) / slope, end.is_open)))
        return core, _Between(low, high)
    return core, _Between(high=end) if (sign in ("<", "<=")) == (slope > 0) else _Between(low=end)


def _linear(root: Expression) -> tuple[Expression, Fraction, Fraction] | None:
    """The expression, the factor and the number of 2*x + 3; None of a sum with more terms, of a power and of a
    number."""
    slope, shift, core = Fraction(0), Fraction(0), ONE
    for value, part in map(split, root.args if root.head == "sum" else (root,)):
        if part is ONE:
            shift += value
        elif core is not ONE or part.head == "power":
            return None
        else:
            slope, core = Fraction(value), part
    return None if core is ONE else (core, slope, shift)


def _fewest(core: Expression, group: Sequence[tuple[Expression, _Between]]) -> list[Expression]:
    """The fewest relations that say the same of an expression as these; these, if there are no fewer."""
    given = list(dict.fromkeys([relation for relation, _ in group]))
    lows = [between.low for _, between in group if between.low is not None]
    highs = [between.high for _, between in group if between.high is not None]
    low = max(lows, default=None)  # of two ends at one number the open one says more
    high = min(highs, key=lambda end: (end.number, not end.is_open), default=None)
    if low is not None and high is not None and low.number >= high.number:
        return given
    holes: dict[Fraction, Expression] = {}
    for relation, between in group:
        if between.hole is None:
            continue
        if low is not None and between.hole == low.number:
            low = low._replace(is_open=True)
        elif high is not None and between.hole == high.number:
            high = high._replace(is_open=True)
        elif (low is None or between.hole > low.number) and (high is None or between.hole < high.number):
            holes.setdefault(between.hole, relation)
    says_all = next((relation for relation, between in group
                     if between.hole is None and (between.low, between.high) == (low, high)), None)
    made = [*(_relations(core, low, high) if says_all is None else [says_all]), *holes.values()]
    return made if len(made) < len(given) else given


def _relations(core: Expression, low: _End | None, high: _End | None) -> list[Expression]:
    """What says that an expression lies between two ends, in one relation if they lie on both sides of 0 alike."""
    if low is not None and high is not None and low.number == -high.number and low.is_open == high.is_open:
        return [related(call("abs", core), "<" if high.is_open else "<=", rational(high.number))]
    made = []
    if low is not None:
        made.append(related(core, ">" if low.is_open else ">=", rational(low.number)))
    if high is not None:
        made.append(related(core, "<" if high.is_open else "<=", rational(high.number)))
    return made
