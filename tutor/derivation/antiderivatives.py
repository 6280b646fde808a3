"""Equations between antiderivatives, made ready for the oracle.

An indefinite integral is determined only up to a constant, so the derivatives of two sides are compared. The
oracle knows the derivative of an integral that stands as a term of its own; one that is multiplied, or put into
something, becomes the definite integral from a fixed place to its variable, so that it has a value.

    comparable(parse("int 2x dx"), parse("x^2 + 5"))      # d/dx [int 2*x dx]  and  d/dx [x^2 + 5]
"""

from __future__ import annotations

from tutor.expression.tree import ONE, Expression, derivative, node, postorder, rebuilt

BEGINNING = ONE
"""The lower limit of integrals that need a value: powers, roots and logarithms have values at 1."""


def comparable(left: Expression, right: Expression,
               variable: Expression | None = None) -> tuple[Expression, Expression]:
    """The sides of `left = right` as the oracle can compare them: unchanged if no indefinite integral is in them.

    With one that the equation depends on, their derivatives by its variable, or by `variable` where that is known.
    """
    if variable is None:
        variables = [part.args[1] for part in postorder([left, right]) if is_indefinite(part)]
        variable = next((each for each in variables if each.value in left.free | right.free), None)
    left, right = _with_values(left), _with_values(right)
    return (left, right) if variable is None else (derivative(left, variable), derivative(right, variable))


def _with_values(side: Expression) -> Expression:
    """`side` with int f dx as int_1^x f dx wherever more than its derivative is needed."""
    terms = set(_terms(side))
    done: dict[Expression, Expression] = {}
    for part in postorder([side]):
        args = tuple([done[arg] for arg in part.args])
        begins = is_indefinite(part) and part not in terms
        done[part] = node("integral", (*args, BEGINNING, args[1])) if begins else rebuilt(part, args)
    return done[side]


def _terms(side: Expression) -> list[Expression]:
    """The terms of a sum without their signs; of anything else, itself."""
    terms = side.args if side.head == "sum" else (side,)
    return [term.args[0] if term.head == "negation" else term for term in terms]


def is_indefinite(part: Expression) -> bool:
    """Whether an expression is an integral without bounds."""
    return part.head == "integral" and len(part.args) == 2
