"""The degree of a polynomial as it is written.

    degree_of(parse("3*x^2*(x + 1)"), "x")       # 3
    degree_of(parse("1/x"), "x")                 # None
"""

from __future__ import annotations

from tutor.expression.tree import Expression, postorder
from tutor.rules.conditions import rational_value


def degree_of(root: Expression, variable: str) -> int | None:
    """The degree in the variable, 0 of what is free of it; None of what is no polynomial as it is written."""
    degrees: dict[Expression, int | None] = {}
    for part in postorder([root]):
        below = [degrees[arg] for arg in part.args]
        if variable not in part.free:
            degrees[part] = 0
        elif part.head == "name":
            degrees[part] = 1
        elif None in below:
            degrees[part] = None
        else:
            degrees[part] = _combined(part, [degree for degree in below if degree is not None])
    return degrees[root]


def _combined(part: Expression, below: list[int]) -> int | None:
    if part.head in ("sum", "negation"):
        return max(below)
    if part.head == "product":
        return sum(below)
    if part.head == "quotient":
        return below[0] if below[1] == 0 else None
    if part.head != "power":
        return None
    exponent = rational_value(part.args[1])
    return below[0] * exponent if isinstance(exponent, int) and exponent > 0 else None
