"""Linear equations with coefficients from any exact field, solved by elimination.

    solution_of([[Fraction(2), Fraction(1), Fraction(5)],     # 2*x + y = 5
                 [Fraction(0), Fraction(3), Fraction(3)]])    # 3*y = 3          [2, 1]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tutor.algebra.polynomials import C


def solution_of(equations: Sequence[Sequence[C]], size: Callable[[C], int] = lambda _: 0) -> list[C | None] | None:
    """What the unknowns are, None where one may be anything (the others are right if it is 0); None if there is no
    solution.

    equations: the coefficients on the left side, and the right side, of each; size: how long a coefficient is: the
    shortest equations are used first, so that letters stay short.
    """
    rows: list[list[Any]] = [list(row) for row in equations]
    width = len(rows[0]) - 1
    solved: dict[int, list[Any]] = {}
    for column in range(width):
        possible = [row for row in rows if row[column]]
        if not possible:
            continue
        pivot = min(possible, key=lambda row: sum([size(each) for each in row if each]))
        rows = [row for row in rows if row is not pivot]
        leading = pivot[column]
        pivot = [each / leading if each else each for each in pivot]
        for other in (*rows, *solved.values()):
            factor = other[column]
            if factor:
                other[:] = [each - factor * mine if mine else each for each, mine in zip(other, pivot, strict=True)]
        solved[column] = pivot
    if any(row[width] for row in rows):
        return None
    return [solved[column][width] if column in solved else None for column in range(width)]
