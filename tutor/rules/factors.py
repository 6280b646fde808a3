"""The factors of products and fractions, each with the side of the fraction bar on which it stands.

    factors_of(parse("2*x/(x^2 + 1)"))               # [(2, False), (x, False), (x^2 + 1, True)]
    joined_factors(factors_of(parse("x/y*z")))       # x*z/y
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tutor.expression.tree import ONE, Expression, divide, multiply, negate


class Factor(NamedTuple):
    """A factor, and whether it stands in the denominator."""

    part: Expression
    is_below: bool


MINUS = Factor(negate(ONE), False)
"""What stands for a minus sign in front."""


def factors_of(whole: Expression) -> list[Factor]:
    """The factors of products and fractions inside each other, in written order, those that are 1 left out."""
    found: list[Factor] = []
    stack = [Factor(whole, False)]
    while stack:
        part, is_below = stack.pop()
        if part.head == "product":
            stack.extend([Factor(arg, is_below) for arg in reversed(part.args)])
        elif part.head == "quotient":
            stack += (Factor(part.args[1], not is_below), Factor(part.args[0], is_below))
        elif part.head == "negation" and part is not MINUS.part:
            found.append(MINUS)
            stack.append(Factor(part.args[0], is_below))
        elif part is not ONE:
            found.append(Factor(part, is_below))
    return found


def joined_factors(factors: Sequence[Factor]) -> Expression:
    """The product of factors, with a fraction bar if some of them stand below."""
    above = multiply(*[part for part, is_below in factors if not is_below])
    below = [part for part, is_below in factors if is_below]
    return divide(above, multiply(*below)) if below else above
