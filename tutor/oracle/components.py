"""Lists of values, such as gradients: they are equal if their components are.

    compare_components(Oracle().compare, parse("(x + x, 1)"), parse("(2*x, 1)"), ()).outcome        # "checked"
"""

from __future__ import annotations

from collections.abc import Callable

from tutor.expression.tree import Expression
from tutor.oracle.verdict import Check

Compare = Callable[[Expression, Expression, tuple[Expression, ...]], Check]


def compare_components(compare: Compare, left: Expression, right: Expression,
                       assumptions: tuple[Expression, ...]) -> Check:
    """What is found of two expressions, which may be lists: the first component that is not found right, else the one
    that was looked at in the fewest places."""
    pairs = pairs_of(left, right)
    if pairs is None:
        return Check("undecided", 0, reason="the two are not lists of the same length")
    checks = [compare(*pair, assumptions) for pair in pairs]
    wrong = (check for outcome in ("refuted", "undecided") for check in checks if check.outcome == outcome)
    return next(wrong, min(checks, key=lambda check: check.points))


def pairs_of(left: Expression, right: Expression) -> list[tuple[Expression, Expression]] | None:
    """The components of two lists in pairs, those of lists within them included; None if they do not match."""
    pairs, stack = [], [(left, right)]
    while stack:
        first, second = stack.pop()
        if first.head != "tuple" and second.head != "tuple":
            pairs.append((first, second))
        elif first.head != second.head or len(first.args) != len(second.args):
            return None
        else:
            stack.extend(zip(reversed(first.args), reversed(second.args), strict=True))
    return pairs
