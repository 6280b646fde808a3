"""The limit that defines a derivative.

    difference_quotient(parse("d/dx [x^2]"))        # lim_(h->0) ((x + h)^2 - x^2)/h
"""

from __future__ import annotations

from tutor.expression.tree import ONE, ZERO, Expression, add, divide, name, negate, node, substitute


def difference_quotient(goal: Expression) -> Expression | None:
    """d/dx [f] -> lim_(h->0) (f(x + h) - f(x))/h"""
    body, variable, order = goal.args
    step = next(name(letter) for letter in ("h", "k", "t", "s", "h_1") if letter not in body.free | {variable.value})
    if order is not ONE or variable.value not in body.free:
        return None
    moved = substitute(body, variable.value, add(variable, step))
    return node("limit", (divide(add(moved, negate(body)), step), step, ZERO), "")
