"""What is 0 where the condition of a case begins or ceases to hold, and whether it holds given the signs of that.

    joints_of(parse("x < 1"))               # x - 1
    joints_of(parse("abs(x) <= d"))         # x - d and x + d: both are linear, and |x| - d is not
"""

from __future__ import annotations

from collections.abc import Mapping

from tutor.expression.relations import COMPARISONS, TURNED
from tutor.expression.tree import Expression, add, negate


def joints_of(relation: Expression) -> tuple[Expression, ...]:
    """Expressions one of which is 0 where a comparison may change."""
    bar = _inside_bars(relation)
    if bar is not None:
        inside, _, other = bar
        return add(inside, negate(other)), add(inside, other)
    left, right = relation.args
    return (add(left, negate(right)),)


def holds_with(relation: Expression, sign_of: Mapping[Expression, int]) -> bool:
    """Whether a comparison holds where its joints have these signs, none of them 0."""
    signs = [sign_of[joint] for joint in joints_of(relation)]
    bar = _inside_bars(relation)
    if bar is None:
        return COMPARISONS[relation.value](signs[0], 0)
    return (signs[0] < 0 < signs[1]) is (bar[1][0] == "<")


def _inside_bars(relation: Expression) -> tuple[Expression, str, Expression] | None:
    """x, the sign and d of |x| < d or d > |x|; None for other relations."""
    (left, right), sign = relation.args, relation.value
    if sign in TURNED and left.head == "abs":
        return left.args[0], sign, right
    if sign in TURNED and right.head == "abs":
        return right.args[0], TURNED[sign], left
    return None
