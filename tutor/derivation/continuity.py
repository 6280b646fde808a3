"""Where an expression has a value and does not jump, so that a limit may be found by putting the value in.

    has_value_at(parse("x^2 + 1"), name("x"), TWO, "", tidy)         # True
    has_value_at(parse("sin(x)/x"), name("x"), ZERO, "", tidy)       # False
"""

from __future__ import annotations

from collections.abc import Callable

from tutor.algebra.decide import Tidy
from tutor.derivation.infinity import is_zero, number_sign, sign_near, true_of_numbers
from tutor.expression.exponents import odd_root
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.relations import related
from tutor.expression.tree import ONE, OPEN, Expression, add, call, negate, postorder, substitute
from tutor.rules.conditions import rational_value

_CONTINUOUS = frozenset(("sum", "product", "negation", "number", "name", "constant", "abs", "relu", "max", "min"))


def has_value_at(body: Expression, variable: Expression, target: Expression, side: str, tidy: Tidy) -> bool:
    """Whether a body is continuous where the variable has the value of the target, or from the side that is meant."""
    for part in postorder([body]):
        if variable.value in part.free and not _is_continuous_there(
                part, [substitute(arg, variable.value, target) for arg in part.args], tidy,
                lambda arg: bool(side) and sign_near(arg, variable, target, side) == 1):
            return False
    return True


def is_continuous(filled: Expression, tidy: Tidy) -> bool:
    """Whether the outermost operation of an expression without its variable is continuous at its args."""
    return _is_continuous_there(filled, list(filled.args), tidy, lambda arg: False)


def _is_continuous_there(part: Expression, there: list[Expression], tidy: Tidy,
                         is_positive_near: Callable[[Expression], bool]) -> bool:
    """Whether an operation is continuous at what its args become there. What cannot be known for letters is assumed."""
    head = part.head
    if head in _CONTINUOUS:
        return True
    args = [tidy(arg) for arg in there]
    if any(part_of_arg.head == "quotient" and is_zero(part_of_arg.args[1])
           for part_of_arg in postorder(args)):
        return False
    if head == "quotient":
        return not is_zero(args[1]) and true_of_numbers(related(args[1], "!=")) is not False
    if head == "power":
        base, exponent = args
        value = rational_value(exponent)
        if value is not None and value.denominator == 1:
            return value > 0 or (value < 0 and not is_zero(base)) or (value == 0 and not is_zero(base))
        if value is not None and odd_root(exponent) is not None:  # it has a value on both sides of 0
            return value > 0 or not is_zero(base)
        if is_zero(base):
            return number_sign(exponent) == 1 and is_positive_near(part.args[0])
        return true_of_numbers(related(base, ">")) is not False
    if head in ("sqrt", "ln", "log", "acosh"):
        inside = args[0]
        if head == "sqrt" and is_zero(inside):
            return is_positive_near(part.args[0])
        return not is_zero(inside) and true_of_numbers(related(inside, ">")) is not False
    if head in ("sign", "step"):
        return not is_zero(args[0]) and number_sign(args[0]) is not None
    if head in ("application", "defined", *OPEN) or head not in FUNCTIONS:
        return False
    function = FUNCTIONS[head]
    if function.poles_at_zeros_of:
        return not is_zero(call(function.poles_at_zeros_of, args[0]))
    if head in ("asin", "acos") and is_zero(tidy(add(call("abs", args[0]), negate(ONE)))):
        within = negate(part.args[0]) if true_of_numbers(related(args[0], ">")) else part.args[0]
        return is_positive_near(add(within, ONE))  # at an end of its domain, from inside
    if head in ("asin", "acos", "atanh"):
        return all(true_of_numbers(related(args[0], sign, end)) is True
                   for sign, end in (("<", ONE), (">", negate(ONE))))
    if function.has_value_everywhere:
        return True
    return number_sign(args[0]) in (1, -1) and not function.has_gaps
