"""Where an expression is 0 between two numbers: exactly where that can be had, else by a search that misses nothing.

    zeros(parse("x^2 - 2"), name("x"), Between(-3.0, 3.0), tidy).places    # -sqrt(2) and sqrt(2)
    zeros(parse("2*cos(x) - 1"), name("x"), Between(0.0, 7.0), tidy)       # pi/3 and 5*pi/3
    zeros(parse("cos(x) - x"), name("x"), Between(0.0, 1.0), tidy)         # about 0.739085, found by its sign

Polynomials in one letter or one function are solved by their factors, and that function is undone by its inverse. What
is left is searched with numbers that have an error bound, so that a part of the interval is passed over only where the
expression is surely not 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.cancelling import polynomial
from tutor.algebra.decide import Tidy
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
    decimal,
    divide,
    multiply,
    negate,
    number,
    power,
    rational,
    substitute,
)
from tutor.oracle.balls import Ball, balls
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import REAL
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


class Place(NamedTuple):
    """A number: as an expression, which is a decimal if it is not exact, and its value."""

    number: Expression
    value: float
    exact: bool = True


class Zeros(NamedTuple):
    """The places from left to right; complete: whether there are surely no others."""

    places: tuple[Place, ...]
    complete: bool


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


def zeros(root: Expression, variable: Expression, between: Between, tidy: Tidy) -> Zeros:
    """Where a tidy expression in one letter is 0."""
    try:
        found = _Solver(variable, between, tidy).zeros(root, _NESTED)
    except _Unsolved:
        return _searched(root, variable, between)
    places: dict[float, Place] = {}
    for each in found:
        value = number_of(each)
        if value is not None and between.has(value) and not any(
                abs(value - known) <= between.margin for known in places):
            places[value] = Place(each, value)
    if len(places) > MOST_ZEROS:
        return Zeros((), False)
    return Zeros(tuple([places[value] for value in sorted(places)]), True)


def exact_zeros(root: Expression, variable: Expression, between: Between, tidy: Tidy) -> tuple[Place, ...] | None:
    """The same; None where they cannot all be found exactly."""
    found = zeros(root, variable, between, tidy)
    return found.places if found.complete and all(place.exact for place in found.places) else None


def symbolic_zeros(root: Expression, variable: Expression, tidy: Tidy) -> list[Expression] | None:
    """Where an expression is 0 that may have other letters: only if it is linear in the variable; None elsewhere."""
    if variable.value not in root.free:
        return []
    if sign_of(root) in ("+", "-", "!"):
        return []
    found = [factor for factor in _factors_of(root) if variable.value in factor.free]
    places = []
    for factor in found:
        shift, slope = linear(factor, variable, tidy)
        if slope is None or shift is None:
            return None
        places.append(tidy(negate(divide(shift, slope))))
    return places


def _factors_of(root: Expression) -> Iterator[Expression]:
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


class _Unsolved(Exception):
    """The zeros cannot be found exactly."""


class _Solver:
    """Solves equations in one letter. Each method gives all solutions, perhaps with some too many beyond the ends of
    the interval, or raises _Unsolved."""

    def __init__(self, variable: Expression, between: Between, tidy: Tidy) -> None:
        self.variable, self.between, self.tidy = variable, between, tidy

    def zeros(self, root: Expression, depth: int) -> list[Expression]:
        if not depth:
            raise _Unsolved
        if self.variable.value not in root.free:
            if sign_of(root) in ("+", "-", "!") or number_of(root):
                return []
            raise _Unsolved
        if root.free != self.variable.free:
            raise _Unsolved
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
                raise _Unsolved
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
            raise _Unsolved
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
            core = next((part for part in _factors_of(term) if part.head in ("sin", "cos")), None)
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
                raise _Unsolved
            angle = core.args[0]
            angles.append(angle if core.head == "sin" else add(divide(PI, TWO), negate(angle)))
            weights.append(weight)
        if abs(weights[0]) != abs(weights[1]):
            raise _Unsolved
        one, other = angles[0], angles[1] if weights[0] == -weights[1] else negate(angles[1])
        found: list[Expression] = []
        for angle in (add(one, negate(other)), add(one, other, negate(PI))):
            angle = self.tidy(angle)
            if self.variable.value not in angle.free:
                if not number_of(angle):
                    raise _Unsolved
                continue
            found += self.where(call("sin", self.tidy(divide(angle, TWO))), ZERO, depth - 1)
        return found

    def where(self, root: Expression, value: Expression, depth: int) -> list[Expression]:
        """Where an expression has a value, which is free of the variable."""
        if not depth:
            raise _Unsolved
        size = number_of(value)
        if size is None:
            raise _Unsolved
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
        raise _Unsolved

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
        raise _Unsolved

    def quadratic(self, second: Expression, first: Expression, constant: Expression) -> list[Expression]:
        """The roots of a quadratic with real numbers as coefficients."""
        beyond = self.tidy(add(power(first, TWO), negate(multiply(number(4), second, constant))))
        size = number_of(beyond)
        if size is None:
            raise _Unsolved
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
                raise _Unsolved
            if size <= 0:
                return []
            logarithm = call("ln", value) if base is E else divide(call("ln", value), call("ln", base))
            return self.where(exponent, self.tidy(logarithm), depth - 1)
        times = rational_value(exponent)
        if times is None or times == 0:
            raise _Unsolved
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
            raise _Unsolved
        if head in _ROOTS:
            return self.where(inside, self.tidy(power(value, number(_ROOTS[head]))), depth - 1)
        if head not in _INVERSES:
            raise _Unsolved
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
                raise _Unsolved
            turns = range(math.ceil((low - begin) / length - 1e-9), math.floor((high - begin) / length + 1e-9) + 1)
            if len(turns) > MOST_ZEROS:
                raise _Unsolved
            for turn in turns:
                place = self.tidy(add(start, multiply(rational(turn), period)))
                found += self.where(inside, place, depth - 1)
        return found

    def range_of(self, inside: Expression) -> tuple[float, float]:
        """Between which numbers a polynomial in the variable lies all over the interval, roughly."""
        if not self.between.is_finite:
            raise _Unsolved
        shift, slope = linear(inside, self.variable, self.tidy)
        if shift is not None and slope is not None:
            by, times = number_of(shift), number_of(slope)
            if by is None or times is None:
                raise _Unsolved
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
            raise _Unsolved
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
            raise _Unsolved
    return found


def _quadratic_roots(factor: Polynomial) -> list[Expression]:
    constant, first, second = factor
    beyond = first * first - 4 * second * constant
    if beyond < 0:
        return []
    root = _square_root(beyond)
    return [divide(add(rational(-first), each), rational(2 * second)) for each in (negate(root), root)]


def _square_root(value: Rational) -> Expression:
    """The root of a whole number, with small squares taken out of it."""
    outside, inside = 1, int(value)
    for each in range(2, 100):
        while inside and inside % (each * each) == 0:
            outside, inside = outside * each, inside // (each * each)
    root = call("sqrt", number(inside))
    return root if outside == 1 else multiply(number(outside), root)


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
            raise _Unsolved
        if size > 0:
            found += [negate(call("sqrt", square)), call("sqrt", square)]
        elif size == 0:
            found.append(ZERO)
    return found


def _has_no_real_root(factor: Polynomial) -> bool:
    """By Sturm's count of the changes of sign at both ends."""
    from tutor.oracle.polynomial import roots

    return not roots(tuple([Fraction(each) for each in factor]))


# -- a search that misses nothing --------------------------------------------------------------------------------------

_MOST_LOOKS, _DEEPEST, _FIRST = 1_500, 24, 16
_FAR = 1_000.0
"""How far out is searched where an end is infinite; what lies beyond is not known then."""


def _searched(root: Expression, variable: Expression, between: Between) -> Zeros:
    """Zeros with a change of sign, found by halving every part of the interval in which the expression may be 0."""
    if root.free != variable.free:
        return Zeros((), False)
    low, high = max(between.low, -_FAR), min(between.high, _FAR)
    complete = (low, high) == tuple(between)
    if not low < high:
        return Zeros((), complete)
    doubtful, all_seen = parts_in_doubt(low, high, lambda middle, radius: _is_apart_from_0(
        root, variable, middle, radius))
    complete = complete and all_seen
    places: list[Place] = []
    for left, right in doubtful:
        width = right - left
        before, after = [_sign_at(root, variable, place) for place in (left - width / 7, right + width / 7)]
        if before is None or after is None or before == after:
            complete = False
        if before is not None and after is not None and before * after < 0:
            value = _closed_in(root, variable, left - width / 7, right + width / 7)
            places.append(Place(decimal(round(value, 10)), value, exact=False))
    return Zeros(tuple(places[:MOST_ZEROS]), complete and len(places) <= MOST_ZEROS)


def parts_in_doubt(low: float, high: float, is_sure: Callable[[float, float], bool],
                   ) -> tuple[list[tuple[float, float]], bool]:
    """The smallest parts of an interval of which something is not sure, neighbours joined, from left to right; and
    whether they are all as small as they can be.

    is_sure: whether it is sure of all numbers that are at most a radius away from a middle.
    """
    width = (high - low) / _FIRST
    stack = [(low + width * place, low + width * (place + 1), 4) for place in reversed(range(_FIRST))]
    found: list[tuple[float, float]] = []
    looks, all_seen = 0, True
    while stack:
        left, right, depth = stack.pop()
        looks += 1
        if looks > _MOST_LOOKS:
            return found, False
        middle = (left + right) / 2
        if is_sure(middle, (right - left) / 2):
            continue
        if depth < _DEEPEST:
            stack += [(middle, right, depth + 1), (left, middle, depth + 1)]
        elif found and found[-1][1] == left:
            found[-1] = (found[-1][0], right)
        else:
            found.append((left, right))
    return found, all_seen


_DIGITS = 30


def _is_apart_from_0(root: Expression, variable: Expression, middle: float, radius: float) -> bool:
    value = ball_of(root, variable, middle, radius)
    return value is not None and not value.may_be_0


def ball_of(root: Expression, variable: Expression, middle: float, radius: float) -> Ball | None:
    """A ball with all values that an expression has near a place; None where it may have none, or any."""
    numbers = balls(_DIGITS, real=True, forgiving=False)
    exact = numbers.convert(Fraction(middle))
    around = Ball(exact.middle, numbers.convert(Fraction(radius)).middle, exact.unit)
    try:
        value = value_of(lowest_table(numbers, lambda _: None).bind(variable, around), root)
    except (Undefined, ArithmeticError, ValueError):
        return None
    return value if isinstance(value, Ball) else numbers.convert(value)


def _sign_at(root: Expression, variable: Expression, place: float) -> int | None:
    value = number_of(substitute(root, variable.value, decimal(place)))
    return None if value is None else (value > 0) - (value < 0)


def _closed_in(root: Expression, variable: Expression, left: float, right: float) -> float:
    before = _sign_at(root, variable, left)
    for _ in range(60):
        middle = (left + right) / 2
        if _sign_at(root, variable, middle) == before:
            left = middle
        else:
            right = middle
    return (left + right) / 2
