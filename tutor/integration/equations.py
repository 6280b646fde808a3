"""Equations in one letter that are solved exactly, between two numbers.

    Equations(name("x"), Between(0.0, 7.0), tidy).zeros(parse("2*cos(x) - 1"))      # pi/3 and 5*pi/3, among others
    Equations(name("x"), Between(0.0, 1.0), tidy).zeros(parse("cos(x) - x"))        # raises Unsolved

Polynomials in one letter or one function are solved by their factors, and that function is undone by its inverse.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.cancelling import polynomial
from tutor.algebra.decide import Tidy
from tutor.algebra.multivariate import TooLarge
from tutor.algebra.polynomial_factors import factors
from tutor.algebra.polynomials import Polynomial, Rational
from tutor.algebra.signs import sign_of
from tutor.algebra.terms import split
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.tree import (
    ONE,
    PI,
    TWO,
    ZERO,
    E,
    Expression,
    add,
    call,
    divide,
    multiply,
    negate,
    number,
    power,
    rational,
)
from tutor.integration.ratios import root, written
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL
from tutor.oracle.polynomial import roots
from tutor.oracle.table import Undefined, lowest_table
from tutor.rules.conditions import rational_value

MOST_ZEROS = 40
"""Places of one expression; where there are more, they are not listed."""

_NESTED = 6
"""Functions inside each other that are undone one after the other."""


class Between(NamedTuple):
    """The numbers from one to another one, ends included; they may be infinite."""

    low: float
    high: float

    def has(self, value: float) -> bool:
        return self.low - self.margin <= value <= self.high + self.margin

    @property
    def margin(self) -> float:
        """Two numbers that are no further apart than this are one: they were rounded."""
        return CLOSE * max([1.0, *[abs(end) for end in self if math.isfinite(end)]])

    @property
    def is_finite(self) -> bool:
        return math.isfinite(self.low) and math.isfinite(self.high)


CLOSE = 1e-12


def number_of(root: Expression) -> float | None:
    """The value of an expression without letters, infinity included; None where it has none."""
    if root.head == "constant" and root.value == "infinity":
        return math.inf
    if root.head == "negation" and root.args[0].head == "constant" and root.args[0].value == "infinity":
        return -math.inf
    try:
        return float(value_of(lowest_table(REAL, lambda _: None), root))
    except (Undefined, OverflowError, TypeError):
        return None


def vanishing_factors(root: Expression) -> Iterator[Expression]:
    """Expressions one of which is 0 wherever the product of them is."""
    stack = [root]
    while stack:
        part = stack.pop()
        if part.head in ("negation", "product"):
            stack.extend(part.args)
        elif part.head == "quotient" or part.head in ("sqrt", "cbrt", "abs") or (
                part.head == "power" and (rational_value(part.args[1]) or 0) > 0):
            stack.append(part.args[0])
        else:
            yield part


def linear(root: Expression, variable: Expression, tidy: Tidy) -> tuple[Expression | None, Expression | None]:
    """The b and the a of a*x + b; None for both where it is not of this form or a is 0."""
    letter = variable.value
    if root.head == "quotient" and root.args[0].head == "sum" and letter not in root.args[1].free:
        root = add(*[divide(term, root.args[1]) for term in root.args[0].args])
    terms = root.args if root.head == "sum" else (root,)
    shift: list[Expression] = []
    slope: list[Expression] = []
    for term in terms:
        if letter not in term.free:
            shift.append(term)
            continue
        value = tidy(divide(term, variable))
        if letter in value.free:
            return None, None
        slope.append(value)
    total = tidy(add(*slope)) if slope else ZERO
    return (None, None) if total is ZERO else (tidy(add(*shift)) if shift else ZERO, total)


_ROOTS = {"sqrt": 2, "cbrt": 3}
_INVERSES = {function.inverse: name for name, function in FUNCTIONS.items() if function.inverse} | {
    name: function.inverse for name, function in FUNCTIONS.items() if function.inverse}


class Unsolved(Exception):
    """The zeros cannot be found exactly."""


class TooManyZeros(Exception):
    """There are more zeros than are listed."""


class Equations:
    """Solves equations in one letter. Each method gives all solutions, perhaps with some too many beyond the ends of
    the interval, or raises Unsolved."""

    def __init__(self, variable: Expression, between: Between, tidy: Tidy) -> None:
        self.variable, self.between, self.tidy = variable, between, tidy

    def zeros(self, root: Expression, depth: int = _NESTED) -> list[Expression]:
        """Where an expression is 0."""
        if not depth:
            raise Unsolved
        if self.variable.value not in root.free:
            if sign_of(root) in ("+", "-", "!") or number_of(root):
                return []
            raise Unsolved
        if root.free != self.variable.free:
            raise Unsolved
        if sign_of(root) in ("+", "-", "!"):
            return []
        if root is self.variable:
            return [ZERO]
        head, args = root.head, root.args
        if head == "negation":
            return self.zeros(args[0], depth)
        if head == "product":
            return [each for arg in args if self.variable.value in arg.free for each in self.zeros(arg, depth)]
        if head == "quotient":
            return self.zeros(args[0], depth) if self.variable.value in args[0].free else []
        if head == "power":
            exponent = rational_value(args[1])
            if args[0] is E or (exponent is not None and exponent < 0):
                return []
            if exponent is None or exponent == 0:
                raise Unsolved
            return self.zeros(args[0], depth)
        if head == "sum":
            return self.zeros_of_sum(root, depth)
        return self.where(root, ZERO, depth)

    def zeros_of_sum(self, root: Expression, depth: int) -> list[Expression]:
        found = polynomial(root, self.tidy.views)
        if found is not None:
            inside, coefficients = found
            return [each for place in _roots(coefficients) for each in self.where(inside, self.tidy(place), depth - 1)]
        shift, core = self.without_constants(root)
        if core.head != "sum":
            return self.where(core, self.tidy(negate(shift)), depth - 1)
        if shift is not ZERO or len(core.args) != 2:
            raise Unsolved
        first, second = core.args
        for one, other in ((first, second), (second, first)):
            if sign_of(other) in ("+", "-", "!"):
                return self.where(self.tidy(divide(one, other)), negate(ONE), depth - 1)
        ratio = self.sine_over_cosine(core)
        if ratio is not None:
            inside, value = ratio
            return self.where(call("tan", inside), value, depth - 1)
        return self.where_sines_meet(first, second, depth)

    def without_constants(self, root: Expression) -> tuple[Expression, Expression]:
        """The terms of a sum that do not vary, and what is left."""
        letter = self.variable.value
        fixed = [term for term in root.args if letter not in term.free]
        return add(*fixed), add(*[term for term in root.args if letter in term.free])

    def sine_over_cosine(self, root: Expression) -> tuple[Expression, Expression] | None:
        """Of a*sin(g) + b*cos(g), g and the value -b/a that its tangent has at a zero."""
        weights: dict[str, Expression] = {}
        inside: Expression | None = None
        for term in root.args:
            core = next((part for part in vanishing_factors(term) if part.head in ("sin", "cos")), None)
            if core is None or (inside is not None and core.args[0] is not inside):
                return None
            inside = core.args[0]
            weights[core.head] = self.tidy(divide(term, core))
        if inside is None or len(weights) != 2 or any(self.variable.value in each.free for each in weights.values()):
            return None
        return inside, self.tidy(negate(divide(weights["cos"], weights["sin"])))

    def where_sines_meet(self, first: Expression, second: Expression, depth: int) -> list[Expression]:
        """Where sin(g) = sin(h): where g - h or g + h - pi is so many full turns. A cosine is a sine of pi/2 - h."""
        angles: list[Expression] = []
        weights: list[Rational] = []
        for term in (first, second):
            weight, core = split(term)
            if core.head not in ("sin", "cos"):
                raise Unsolved
            angle = core.args[0]
            angles.append(angle if core.head == "sin" else add(divide(PI, TWO), negate(angle)))
            weights.append(weight)
        if abs(weights[0]) != abs(weights[1]):
            raise Unsolved
        one, other = angles[0], angles[1] if weights[0] == -weights[1] else negate(angles[1])
        found: list[Expression] = []
        for angle in (add(one, negate(other)), add(one, other, negate(PI))):
            angle = self.tidy(angle)
            if self.variable.value not in angle.free:
                if not number_of(angle):
                    raise Unsolved
                continue
            found += self.where(call("sin", self.tidy(divide(angle, TWO))), ZERO, depth - 1)
        return found

    def where(self, root: Expression, value: Expression, depth: int) -> list[Expression]:
        """Where an expression has a value, which is free of the variable."""
        if not depth:
            raise Unsolved
        size = number_of(value)
        if size is None:
            raise Unsolved
        if root is self.variable:
            return [value]
        if root.head == "negation":
            return self.where(root.args[0], self.tidy(negate(value)), depth)
        if value is ZERO and root.head in ("sum", "product", "quotient"):
            return self.zeros(root, depth)
        if root.head in ("sum", "product", "quotient"):
            return self.where_sum(root, value, depth)
        if root.head in ("power", "exp"):
            return self.where_power(root, value, size, depth)
        if len(root.args) == 1 and root.head in FUNCTIONS:
            return self.where_function(root, value, size, depth)
        raise Unsolved

    def where_sum(self, root: Expression, value: Expression, depth: int) -> list[Expression]:
        shift, slope = linear(root, self.variable, self.tidy)
        if shift is not None and slope is not None:
            return [self.tidy(divide(add(value, negate(shift)), slope))]
        if root.head == "product":
            varying = [each for each in root.args if self.variable.value in each.free]
            fixed = [each for each in root.args if self.variable.value not in each.free]
            if len(varying) == 1 and fixed:
                return self.where(varying[0], self.tidy(divide(value, multiply(*fixed))), depth - 1)
        if root.head == "quotient" and self.variable.value not in root.args[1].free:
            return self.where(root.args[0], self.tidy(multiply(value, root.args[1])), depth - 1)
        if root.head == "quotient" and self.variable.value not in root.args[0].free and value is not ZERO:
            return self.where(root.args[1], self.tidy(divide(root.args[0], value)), depth - 1)
        if root.head == "sum":
            found = polynomial(root, self.tidy.views)
            if found is not None and len(found[1]) == 3:
                inside, (constant, first, second) = found
                shifted = self.tidy(add(rational(constant), negate(value)))
                return [each for place in self.quadratic(rational(second), rational(first), shifted)
                        for each in self.where(inside, place, depth - 1)]
            moved = self.tidy(add(root, negate(value)))
            if moved is not root:
                return self.zeros(moved, depth - 1)
        raise Unsolved

    def quadratic(self, second: Expression, first: Expression, constant: Expression) -> list[Expression]:
        """The roots of a quadratic with real numbers as coefficients."""
        beyond = self.tidy(add(power(first, TWO), negate(multiply(number(4), second, constant))))
        size = number_of(beyond)
        if size is None:
            raise Unsolved
        if size < 0:
            return []
        below = multiply(TWO, second)
        return [self.tidy(divide(add(negate(first), each), below))
                for each in (negate(call("sqrt", beyond)), call("sqrt", beyond))]

    def where_power(self, root: Expression, value: Expression, size: float, depth: int) -> list[Expression]:
        if root.head == "exp":
            base, exponent = E, root.args[0]
        else:
            base, exponent = root.args
        letter = self.variable.value
        if letter in exponent.free:
            if letter in base.free or sign_of(base) != "+":
                raise Unsolved
            if size <= 0:
                return []
            logarithm = call("ln", value) if base is E else divide(call("ln", value), call("ln", base))
            return self.where(exponent, self.tidy(logarithm), depth - 1)
        times = rational_value(exponent)
        if times is None or times == 0:
            raise Unsolved
        if size == 0:
            return self.where(base, ZERO, depth - 1) if times > 0 else []
        above, below = Fraction(times).numerator, Fraction(times).denominator
        if size < 0 and (above % 2 == 0 or below % 2 == 0):
            return []
        positive = self.tidy(power(value if size > 0 else negate(value), rational(1 / Fraction(times))))
        if size < 0:
            return self.where(base, self.tidy(negate(positive)), depth - 1)
        found = self.where(base, positive, depth - 1)
        if above % 2 == 0:
            found += self.where(base, self.tidy(negate(positive)), depth - 1)
        return found

    def where_function(self, root: Expression, value: Expression, size: float, depth: int) -> list[Expression]:
        head, inside = root.head, root.args[0]
        function = FUNCTIONS[head]
        if head == "abs":
            return [] if size < 0 else [each for place in {value, self.tidy(negate(value))}
                                        for each in self.where(inside, place, depth - 1)]
        if function.poles_at_zeros_of or function.period:
            return self.where_periodic(head, inside, value, size, depth)
        if not any((part.low is None or part.low <= size) and (part.high is None or size <= part.high)
                   for part in (each.bounds for each in function.range)):
            return []
        if function.only_zero is not None and value is ZERO:
            return self.where(inside, rational(function.only_zero), depth - 1)
        if not function.monotonic:
            raise Unsolved
        if head in _ROOTS:
            return self.where(inside, self.tidy(power(value, number(_ROOTS[head]))), depth - 1)
        if head not in _INVERSES:
            raise Unsolved
        return self.where(inside, self.tidy(call(_INVERSES[head], value)), depth - 1)

    def where_periodic(self, head: str, inside: Expression, value: Expression, size: float,
                       depth: int) -> list[Expression]:
        """Where a trigonometric function has a value: once or twice a period, as often as there is room."""
        if head in ("cot", "sec", "csc"):
            other = {"cot": "tan", "sec": "cos", "csc": "sin"}[head]
            if value is not ZERO:
                return self.where(call(other, inside), self.tidy(divide(ONE, value)), depth - 1)
            return self.where(call("cos", inside), ZERO, depth - 1) if head == "cot" else []
        if head == "tan":
            starts, period = [call("atan", value)], PI
        elif abs(size) > 1:
            return []
        elif head == "sin":
            first = call("asin", value)
            starts, period = [first, add(PI, negate(first))], multiply(TWO, PI)
        else:
            starts, period = [call("acos", value), negate(call("acos", value))], multiply(TWO, PI)
        low, high = self.range_of(inside)
        length = number_of(period)
        assert length is not None
        found: list[Expression] = []
        for start in starts:
            begin = number_of(start)
            if begin is None:
                raise Unsolved
            turns = range(math.ceil((low - begin) / length - 1e-9), math.floor((high - begin) / length + 1e-9) + 1)
            if len(turns) > MOST_ZEROS:
                raise TooManyZeros
            for turn in turns:
                place = self.tidy(add(start, multiply(rational(turn), period)))
                found += self.where(inside, place, depth - 1)
        return found

    def range_of(self, inside: Expression) -> tuple[float, float]:
        """Between which numbers a polynomial in the variable lies all over the interval, roughly."""
        if not self.between.is_finite:
            raise Unsolved
        shift, slope = linear(inside, self.variable, self.tidy)
        if shift is not None and slope is not None:
            by, times = number_of(shift), number_of(slope)
            if by is None or times is None:
                raise Unsolved
            ends = sorted([by + times * self.between.low, by + times * self.between.high])
            return ends[0], ends[1]
        found = polynomial(inside, self.tidy.views) if inside.head == "sum" else None
        coefficients: tuple[Rational, ...] | None = None
        if found is not None and found[0] is self.variable:
            coefficients = found[1]
        elif inside.head == "power" and inside.args[0] is self.variable and (rational_value(inside.args[1]) or 0) >= 1:
            largest = max(abs(self.between.low), abs(self.between.high)) ** float(rational_value(inside.args[1]) or 0)
            return -largest, largest
        if coefficients is None:
            raise Unsolved
        far = max(abs(self.between.low), abs(self.between.high))
        bound = sum(abs(float(each)) * far**degree for degree, each in enumerate(coefficients))
        return -bound, bound


def _roots(coefficients: Iterable[Rational]) -> list[Expression]:
    """The real roots of a polynomial, if its factors are linear, quadratic or a power of the letter and a number."""
    found: list[Expression] = []
    for factor, _ in factors(tuple(coefficients))[1]:
        if len(factor) == 2:
            found.append(rational(Fraction(-factor[0], factor[1])))
        elif len(factor) == 3:
            found += _quadratic_roots(factor)
        elif _has_no_real_root(factor):
            continue
        elif not any(factor[1:-1]):
            found += _roots_of_number(Fraction(-factor[0], factor[-1]), len(factor) - 1)
        elif not any(each for degree, each in enumerate(factor) if degree % 2):
            found += _roots_of_squares(factor)
        else:
            raise Unsolved
    return found


def _quadratic_roots(factor: Polynomial) -> list[Expression]:
    constant, first, second = factor
    beyond = first * first - 4 * second * constant
    if beyond < 0:
        return []
    try:
        size = root(beyond)
    except TooLarge:
        raise Unsolved from None
    return [written((sign * size - first) / Fraction(2 * second)) for sign in (-1, 1)]


def _roots_of_number(value: Fraction, degree: int) -> list[Expression]:
    """The real numbers whose power of this degree is the value."""
    if value < 0 and degree % 2 == 0:
        return []
    size = power(rational(abs(value)), divide(ONE, number(degree)))
    if degree % 2 == 0:
        return [negate(size), size]
    return [negate(size) if value < 0 else size]


def _roots_of_squares(factor: Polynomial) -> list[Expression]:
    """Those of a polynomial in the square of the letter."""
    squares = _roots(factor[::2])
    found: list[Expression] = []
    for square in squares:
        size = number_of(square)
        if size is None:
            raise Unsolved
        if size > 0:
            found += [negate(call("sqrt", square)), call("sqrt", square)]
        elif size == 0:
            found.append(ZERO)
    return found


def _has_no_real_root(factor: Polynomial) -> bool:
    """By Sturm's count of the changes of sign at both ends."""
    return not roots(tuple([Fraction(each) for each in factor]))
