"""Well-known values of functions: ln(1), sin(pi/2), |-3|, ln(e^x).

    decide(parse("cos(pi)"), Style())        # Decision("known_value", -1)
"""

from __future__ import annotations

from fractions import Fraction

from tutor.algebra.coefficients import Style, magnitude, split
from tutor.algebra.products import Decision
from tutor.expression.exponents import integer_root
from tutor.expression.tree import ONE, PI, TWO, ZERO, E, Expression, call, divide, negate, number, rational
from tutor.rules.conditions import rational_value

_AT_ZERO = {"sin": ZERO, "tan": ZERO, "asin": ZERO, "atan": ZERO, "sinh": ZERO, "tanh": ZERO, "asinh": ZERO,
            "atanh": ZERO, "erf": ZERO, "relu": ZERO, "abs": ZERO, "sign": ZERO, "cbrt": ZERO,
            "cos": ONE, "sec": ONE, "cosh": ONE, "sech": ONE, "exp": ONE,
            "sigmoid": divide(ONE, TWO), "softplus": call("ln", TWO), "acos": divide(PI, TWO)}
_AT_ONE = {"ln": ZERO, "acosh": ZERO, "acos": ZERO, "asin": divide(PI, TWO), "atan": divide(PI, number(4)),
           "cbrt": ONE, "exp": E}
_HALF, _ROOT_2, _ROOT_3 = divide(ONE, TWO), divide(call("sqrt", TWO), TWO), divide(call("sqrt", number(3)), TWO)
# sine of k*pi/12 for the angles whose sine is short
_SINE_OF_TWELFTHS = {0: ZERO, 2: _HALF, 3: _ROOT_2, 4: _ROOT_3, 6: ONE}


def decide(current: Expression, style: Style) -> Decision | None:
    """The value of a function at a tidy argument, where it is short and exact; None elsewhere."""
    head, args = current.head, current.args
    argument = args[0]
    if head == "ln" and argument is E:
        return Decision("known_value", ONE)
    if head == "ln" and (argument.head == "exp" or (argument.head == "power" and argument.args[0] is E)):
        return Decision("logarithm_of_power", argument.args[-1])
    if head == "exp" and argument.head == "ln":
        return Decision("logarithm_of_power", argument.args[0])
    if head == "log" and args[0] is args[1]:
        return Decision("known_value", ONE)
    value = rational_value(argument)
    if value is not None:
        return _at_rational(current, value)
    if head in ("sin", "cos", "tan"):
        return _at_angle(head, argument)
    return None


def _at_rational(current: Expression, value: int | Fraction) -> Decision | None:
    head = current.head
    if value == 0 and head in _AT_ZERO:
        return Decision("known_value", _AT_ZERO[head])
    if value == 1 and head in _AT_ONE:
        return Decision("known_value", _AT_ONE[head])
    if head == "cbrt":
        above, below = integer_root(abs(value.numerator), 3), integer_root(value.denominator, 3)
        if above is not None and below is not None:
            return Decision("known_value", rational(Fraction(above if value > 0 else -above, below)))
    if head == "abs":
        return Decision("known_value", rational(magnitude(value)))
    if head == "sign":
        return Decision("known_value", rational((value > 0) - (value < 0)))
    if head == "step" and value != 0:
        return Decision("known_value", ONE if value > 0 else ZERO)
    if head == "relu":
        return Decision("known_value", rational(max(value, 0)))
    if head in ("min", "max"):
        known = [other for arg in current.args if (other := rational_value(arg)) is not None]
        if len(known) == len(current.args):
            return Decision("known_value", rational(min(known) if head == "min" else max(known)))
    return None


def _at_angle(function: str, argument: Expression) -> Decision | None:
    """sin, cos and tan at multiples of pi/12 whose values are short."""
    turns, core = split(argument)
    twelfths = turns * 12
    if core is not PI or twelfths.denominator != 1:
        return None
    sine, cosine = _sine(int(twelfths)), _sine(int(twelfths) + 6)
    if function == "tan":
        if sine is None or cosine is None or cosine is ZERO:
            return None
        return Decision("known_value", divide(sine, cosine))
    value = sine if function == "sin" else cosine
    return None if value is None else Decision("known_value", value)


def _sine(twelfths: int) -> Expression | None:
    twelfths %= 24
    if twelfths > 12:
        value = _sine(twelfths - 12)
        return None if value is None else value if value is ZERO else negate(value)
    return _SINE_OF_TWELFTHS.get(min(twelfths, 12 - twelfths))
