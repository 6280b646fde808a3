"""Values of activations and losses of machine learning, each from what it is, case by case where it has cases.

    table = lowest_table(REAL, {"x": -2.0}.get)
    value_of(table, parse("leaky_relu(x, 0.1)"))        # -0.2
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add as plus

from tutor.expression.tree import ONE, ZERO, E, Expression, add, divide, multiply, negate, number, power
from tutor.oracle.functions import apply, is_blank, side
from tutor.oracle.jets import Value, leading
from tutor.oracle.numbers import Numbers
from tutor.oracle.table import Reason, Undefined


def _where(numbers: Numbers, function: str, gap: Value) -> int:
    """On which side of a joint an argument is; 0 on it. Raises ValueError for a jet there, which may have a kink."""
    if is_blank(gap):
        raise Undefined(Reason.ALL_TERMS_ZERO)
    return side(numbers, function, gap)


def leaky_relu(numbers: Numbers, x: Value, slope: Value) -> Value:
    return x if _where(numbers, "leaky_relu", x) > 0 else slope * x


def elu(numbers: Numbers, x: Value, scale: Value) -> Value:
    return x if _where(numbers, "elu", x) > 0 else scale * apply(numbers, "expm1", x)


def huber(numbers: Numbers, error: Value, bound: Value) -> Value:
    """Half the square up to the bound, and the tangent there beyond it."""
    if _where(numbers, "huber", bound) <= 0:
        raise ValueError("the bound of the Huber loss is positive")
    if _where(numbers, "huber", error - bound) <= 0 <= _where(numbers, "huber", error + bound):
        return error * error / 2
    return bound * ((error if leading(error) > 0 else -error) - bound / 2)


def logsumexp(numbers: Numbers, *values: Value) -> Value:
    """The logarithm of a sum of exponentials; the largest is taken out, so that nothing overflows."""
    largest = max(values, key=lambda value: leading(value).real) if numbers.real else values[0]
    total = reduce(plus, [apply(numbers, "exp", value - largest) if value is not largest else numbers.convert(1)
                         for value in values])
    return largest + apply(numbers, "ln", total)


def binary_cross_entropy(numbers: Numbers, p: Value, y: Value) -> Value:
    return -(y * apply(numbers, "ln", p) + (1 - y) * apply(numbers, "ln", 1 - p))


OF_SEVERAL: dict[str, Callable[..., Value]] = {
    "leaky_relu": leaky_relu, "elu": elu, "huber": huber, "logsumexp": logsumexp,
    "binary_cross_entropy": binary_cross_entropy,
}
"""Function of several arguments -> its value."""


def joints(head: str, args: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """What is 0 where one of these functions goes from one formula to another, or begins to have values."""
    if head in ("leaky_relu", "elu"):
        return args[:1]
    return (add(args[0], negate(args[1])), add(*args), args[1]) if head == "huber" else ()


JOINED = frozenset(("leaky_relu", "elu", "huber", "hinge"))
"""The functions with joints; that of the hinge loss is known as its kink."""


def formula(head: str, args: tuple[Expression, ...], signs: list[int]) -> Expression:
    """What one of them is where its joints have these signs."""
    if head == "hinge":
        return add(ONE, negate(args[0])) if signs[0] < 0 else ZERO
    x, a = args
    if head == "huber":
        if signs[2] < 0:
            return divide(ONE, ZERO)  # no value
        if signs[0] < 0 < signs[1]:
            return divide(power(x, number(2)), number(2))
        return multiply(a, add(x if signs[0] > 0 else negate(x), negate(divide(a, number(2)))))
    if signs[0] > 0:
        return x
    return multiply(a, x if head == "leaky_relu" else add(power(E, x), negate(ONE)))
