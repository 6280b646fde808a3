"""The smallest part in which an answer differs from the right result.

    smallest_difference(parse("2*x*sin(x) + x^2*sin(x)"), parse("2*x*sin(x) + x^2*cos(x)"))
    # DifferingPart(yours=sin(x), expected=cos(x))

Both trees are walked side by side from the top. Terms and factors that both have are set aside, whatever their order;
where one part is left on each side, the walk goes on inside it. It stops before functions and powers: cos(2*x) says
where to look, 2*x does not.
"""

from __future__ import annotations

from collections import Counter

from tutor.expression.tree import Expression, node
from tutor.judge.diagnosis import DifferingPart

_ENTERED = frozenset(("sum", "product", "quotient", "negation"))


def smallest_difference(yours: Expression, expected: Expression) -> DifferingPart:
    """Where the two differ: the smallest part that holds all of it; the whole, if they have nothing in common."""
    while True:
        inner = _inner(yours, expected)
        if inner is None:
            return DifferingPart(yours, expected)
        yours, expected = inner


def _inner(yours: Expression, expected: Expression) -> tuple[Expression, Expression] | None:
    """The one pair of parts inside which everything differs, or None."""
    if yours.head != expected.head or yours.head not in _ENTERED:
        return None
    if yours.head in ("sum", "product"):
        return _left_over(yours, expected)
    pairs = [(one, other) for one, other in zip(yours.args, expected.args, strict=True) if one is not other]
    return pairs[0] if len(pairs) == 1 else None


def _left_over(yours: Expression, expected: Expression) -> tuple[Expression, Expression] | None:
    """What is left of two sums or products without the parts that both have, if there were any."""
    own = _without(yours.args, expected.args)
    other = _without(expected.args, yours.args)
    if not own or not other or len(own) == len(yours.args):
        return None
    return _whole(yours.head, own), _whole(yours.head, other)


def _without(parts: tuple[Expression, ...], taken: tuple[Expression, ...]) -> list[Expression]:
    left = Counter(taken)
    kept = []
    for part in parts:
        if left[part]:
            left[part] -= 1
        else:
            kept.append(part)
    return kept


def _whole(head: str, parts: list[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else node(head, tuple(parts))
