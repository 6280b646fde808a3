"""How much work deciding about an expression may be, counted from its size: a bound without a clock.

    work_at(parse("(x + 1)*(x + 2)"))       # 30
"""

from __future__ import annotations

from tutor import limits
from tutor.expression.tree import Expression


def work_at(current: Expression) -> int:
    """What deciding at a node may cost, counted: its parts and their parts. What is tried there is counted by views.

    Terms are looked into where they are few enough to be multiplied out; a sum is held against all other factors; and
    an exponent that is no number is a sum of its own that has to be collected.
    """
    args = current.args
    if current.size <= _SMALL:
        return _FOR_SMALL
    work = 8 + len(args)
    if current.head == "sum":
        work += _WAYS * min(current.size, _CLOSELY)
    closely = len(args) <= limits.EXPANDED_TERMS
    for arg in args:
        work += len(arg.args)
        base = arg.args[0] if arg.head == "power" else arg
        if base.head == "sum":
            work += _SUM * len(base.args)
        if closely:
            work += 2 * min(arg.size, _CLOSELY)
        if arg.head == "exp" or (arg.head == "power" and arg.args[1].free):
            work += _EXPONENT
    return work


_SMALL, _FOR_SMALL = 12, 30
"""The size of a node that is not looked at any closer, and what is counted for it."""

_CLOSELY, _EXPONENT, _SUM, _WAYS = 50, 30, 4, 1
"""The most nodes of one term that are looked into; the cost of an exponent, of each term of a sum among factors, and of
each node of a sum that may be written in other ways."""

OF_A_FACTOR = 2
"""The cost of each factor that is taken into a view or written."""
