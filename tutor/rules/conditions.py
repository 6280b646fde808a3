"""The closed list of predicates that `where` may use, each with the words by which a rulebook calls it.

They look at a node's head and cached facts only, so a condition costs the same on every tree; only `real` and `linear
in` walk over it.

    PREDICATES["a number"](parse("2"))      # True
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tutor.expression.exponents import odd_root
from tutor.expression.tree import ONE, E, Expression, I, postorder
from tutor.rules.rule import Condition


def rational_value(node: Expression) -> int | Fraction | None:
    """The exact value of a number, a quotient of two numbers, or the negation of either; None for anything else."""
    head = node.head
    if head == "number":
        value: int | Fraction = node.value
        return value
    if head == "negation":
        inner = rational_value(node.args[0]) if node.args[0].head != "negation" else None
        return None if inner is None else -inner
    if head == "quotient":
        top, bottom = node.args
        if top.head == "number" and bottom.head == "number" and bottom.value:
            value = Fraction(top.value) / bottom.value
            return value.numerator if value.denominator == 1 else value
    return None


def is_real(node: Expression) -> bool:
    """Whether the imaginary unit does not occur; names stand for real numbers."""
    return I not in postorder([node])


def is_integer(node: Expression) -> bool:
    value = rational_value(node)
    return value is not None and value.denominator == 1


def _odd_root_of_power(node: Expression) -> int | None:
    """Of an exponent such as 2/5 whether its numerator is odd, 1 or 0; None of other exponents."""
    value = rational_value(node)
    if value is None or value.denominator == 1 or odd_root(node) is None:
        return None
    return value.numerator % 2


PREDICATES: dict[str, Callable[[Expression], bool]] = {
    "a number": lambda node: rational_value(node) is not None,
    "an integer": is_integer,
    "even": lambda node: is_integer(node) and not (rational_value(node) or 0) % 2,
    "odd": lambda node: is_integer(node) and (rational_value(node) or 0) % 2 == 1,
    "an even power of an odd root": lambda node: _odd_root_of_power(node) == 0,
    "an odd power of an odd root": lambda node: _odd_root_of_power(node) == 1,
    "one": lambda node: node is ONE,
    "zero": lambda node: rational_value(node) == 0,
    "negative": lambda node: (rational_value(node) or 0) < 0,
    "a proper fraction": lambda node: 0 < (rational_value(node) or 0) < 1,
    "an even root or a decimal": lambda node: (
        rational_value(node) is not None and not is_integer(node) and odd_root(node) is None),
    "e": lambda node: node is E,
    "real": is_real,
    "a name": lambda node: node.head == "name",
    "a negation": lambda node: node.head == "negation",
    "a sum": lambda node: node.head == "sum",
    "a product": lambda node: node.head == "product",
    "a quotient": lambda node: node.head == "quotient",
    "a power": lambda node: node.head == "power",
}

def is_linear(node: Expression, variable: str) -> bool:
    """Whether it is written as a*x + b with a and b free of the variable: 3 - x/2, k*(x + 1), not (x^2 + x)/x."""
    stack = [node]
    while stack:
        part = stack.pop()
        varying = [arg for arg in part.args if variable in arg.free]
        if part.head in ("sum", "negation"):
            stack += varying
        elif part.head == "product" or (part.head == "quotient" and variable not in part.args[1].free):
            if len(varying) != 1:
                return False
            stack += varying
        elif part.head != "name":
            return False
    return variable in node.free


def is_polynomial(node: Expression, variable: str) -> bool:
    """Whether it is written as a polynomial in the variable, with coefficients free of it: k*x^2/3 - x*(x + 1), not
    x^n."""
    stack = [node]
    while stack:
        part = stack.pop()
        if variable not in part.free or part.head == "name":
            continue
        if part.head == "power":
            exponent = part.args[1]
            if exponent.head != "number" or exponent.value.__class__ is not int:
                return False
        elif part.head not in ("sum", "product", "negation") and (
                part.head != "quotient" or variable in part.args[1].free):
            return False
        stack += part.args
    return True


FREE_OF, SMALLER, LINEAR, POLYNOMIAL = "free of ", "smaller than ", "linear in ", "a polynomial in "
"""`where f is free of x`: the letter does not occur in what f stands for, as its node has cached; `where m is smaller
than n`: both are numbers, and so it is; `where g is linear in x`: see `is_linear`; `where f is a
polynomial in x`: see `is_polynomial`."""


def refers_to(what: str) -> str:
    """The letter that the words of a condition mention, "" for a predicate."""
    if what in PREDICATES:
        return ""
    return what.removeprefix(FREE_OF).removeprefix(SMALLER).removeprefix(LINEAR).removeprefix(POLYNOMIAL)


def applies(condition: Condition, bindings: Mapping[str, Any]) -> bool:
    """Whether a condition holds of what the letters stand for."""
    letter, negated, what = condition
    bound, predicate = bindings[letter], PREDICATES.get(what)
    if isinstance(bound, tuple):  # what the letter of `f + ...` stands for in each term
        return all(applies(condition, {**bindings, letter: each}) for each in bound)
    if predicate is not None:
        found = predicate(bound)
    elif what.startswith(FREE_OF):
        found = bindings[refers_to(what)].value not in bound.free
    elif what.startswith(LINEAR):
        found = is_linear(bound, bindings[refers_to(what)].value)
    elif what.startswith(POLYNOMIAL):
        found = is_polynomial(bound, bindings[refers_to(what)].value)
    elif what.startswith(SMALLER):
        values = rational_value(bound), rational_value(bindings[refers_to(what)])
        found = values[0] is not None and values[1] is not None and values[0] < values[1]
    else:
        found = bound is bindings[what]
    return found is not negated
