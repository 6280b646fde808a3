"""The limit that defines a derivative, and limits of what has no values.

    difference_quotient(parse("d/dx [x^2]"))        # lim_(h->0) ((x + h)^2 - x^2)/h
"""

from __future__ import annotations

from tutor.errors import NoProgress
from tutor.expression.new_letters import unused
from tutor.expression.tree import (
    ONE,
    PARTLY_REAL,
    ZERO,
    Expression,
    add,
    divide,
    negate,
    node,
    postorder,
    substitute,
)
from tutor.oracle.limits import has_no_values_near


def difference_quotient(goal: Expression) -> Expression | None:
    """d/dx [f] -> lim_(h->0) (f(x + h) - f(x))/h"""
    body, variable, order = goal.args
    step = next(unused({*body.free, variable.value}, "hkts"))
    if order is not ONE or variable.value not in body.free:
        return None
    moved = substitute(body, variable.value, add(variable, step))
    return node("limit", (divide(add(moved, negate(body)), step), step, ZERO), "")


def refuse_limits_without_values(problem: Expression) -> None:
    """Raise NoProgress where there is no place to approach, or nothing that could have a limit.

    The rules work out one part after the other, and would say that x^2 + ln(x) grows without bound where x goes to
    -infinity.
    """
    for part in postorder([problem]):
        if part.head == "limit" and part.args[1].value in part.args[2].free:
            raise NoProgress(f"In {part}, the place that {part.args[1]} approaches moves with it. Write a number "
                             "there, or another letter.", str(part), 0)
        if part.head == "limit" and _may_lack_values(part) and has_no_values_near(part):
            body, variable, target = part.args
            side = {"+": " and above it", "-": " and below it"}.get(part.value, "")
            raise NoProgress(f"There is no limit to find: {body} has no real value at any {variable} near "
                             f"{target}{side} that was tried.", str(part), 0)


def _may_lack_values(limit: Expression) -> bool:
    letter = limit.args[1].value
    return any(letter in part.free and (part.head in PARTLY_REAL or part.head == "power")
               for part in postorder([limit.args[0]]))
