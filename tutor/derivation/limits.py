"""Limits for whoever needs one, and the limit that defines a derivative.

    limit_of(parse("sin(x)/x"), name("x"), ZERO).value          # 1
    limit_of(parse("abs(x)/x"), name("x"), ZERO).outcome        # "none"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tutor.errors import TutorError
from tutor.expression.text import Text
from tutor.expression.tree import ONE, ZERO, Expression, add, divide, name, negate, node, substitute

if TYPE_CHECKING:
    from tutor.derivation.goal import Goal


class Approached(NamedTuple):
    """What became of a limit.

    outcome: "value", "none" where there is no limit, "undecided" where the rules do not tell; value: the limit, which
    may be infinity or -infinity; reason: for the other two, a sentence; goal: how it was found, None if undecided.
    """

    outcome: Literal["value", "none", "undecided"]
    value: Expression | None = None
    reason: Text = Text("", {})
    goal: Goal | None = None


def limit_of(body: Expression, variable: Expression, target: Expression,
             side: Literal["", "+", "-"] = "") -> Approached:
    """The limit of `body` as `variable` goes to `target`, which may be infinity or -infinity, from one side or both."""
    from tutor.derivation.derivation import derive  # which is made of this

    problem = node("limit", (body, variable, target), side)
    try:
        derivation = derive(problem)
    except TutorError as error:
        return Approached("undecided", reason=Text.of(str(error).replace("{", "(").replace("}", ")")))
    if derivation.unsolved is not None:
        return Approached("none", reason=derivation.unsolved, goal=derivation.goal)
    return Approached("value", derivation.result, goal=derivation.goal)


def difference_quotient(goal: Expression) -> Expression | None:
    """d/dx [f] -> lim_(h->0) (f(x + h) - f(x))/h"""
    body, variable, order = goal.args
    step = next(name(letter) for letter in ("h", "k", "t", "s", "h_1") if letter not in body.free | {variable.value})
    if order is not ONE or variable.value not in body.free:
        return None
    moved = substitute(body, variable.value, add(variable, step))
    return node("limit", (divide(add(moved, negate(body)), step), step, ZERO), "")
