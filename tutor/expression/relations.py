"""Relations: how they are made, and what their signs say of numbers.

    str(related(parse("x"), "<", ONE))  # "x < 1"
    str(not_zero(parse("x + 1")))       # "x + 1 != 0"
    COMPARISONS["<="](2, 3)             # True
"""

from __future__ import annotations

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from tutor.expression.tree import ZERO, Expression, node

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
"""The sign of a relation -> whether it holds between two numbers."""

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The sign of a comparison -> that with both sides exchanged."""


def related(left: Expression, sign: str, right: Expression = ZERO) -> Expression:
    """The relation `left sign right`."""
    return node("relation", (left, right), sign)


def not_zero(expression: Expression) -> Expression:
    """The relation that an expression is not 0."""
    return related(expression, "!=")
