"""How fast expressions grow far out: exponentials before powers, powers before logarithms.

    growth = GrowthOf(name("x"), tidy, {})
    growth(parse("3*x^2*e^(-x)")).rates                          # {(3, 1): -1, (2, 0): 2}
    growth.leading({(3, 1): -1, (2, 0): 2}).sign                # -1: it goes to 0

What grows is written, up to a constant factor, as a product of e^(c·x^p), x^q, ln(x)^r and ln(ln(x))^s. The numbers
c, q, r and s are its rates; the first of them that is not 0 decides, in this order and with the largest p first. The
rates may have letters in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from tutor.derivation.infinity import Known, Signed, assumed_sign, is_zero, product_of_signs, sign_near
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.tree import (
    INFINITY,
    ONE,
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
from tutor.rules.conditions import rational_value

Scale = tuple[int, Fraction]
"""(3, p) for e^(x^p), then POWER for x, LOGARITHM for ln(x), and (0, 0) for ln(ln(x))."""

_EXPONENTIAL = 3
POWER: Scale = (2, Fraction(0))
LOGARITHM: Scale = (1, Fraction(0))
_TWICE: Scale = (0, Fraction(0))

Rates = Mapping[Scale, Expression]
Tidy = Callable[[Expression], Expression]


class Growth(NamedTuple):
    """The rates of growth, those that are 0 left out; assumed: what was assumed of letters to find the largest term of
    a sum."""

    rates: Rates
    assumed: tuple[Expression, ...] = ()

    @property
    def is_exponential(self) -> bool:
        return any(scale[0] == _EXPONENTIAL for scale in self.rates)

    @property
    def is_plain(self) -> bool:
        """Whether it is only a power, which needs no comparison."""
        return set(self.rates) <= {POWER}


class GrowthOf:
    """Finds the growth of expressions as a variable goes to infinity. known: the signs that are taken for granted."""

    def __init__(self, variable: Expression, tidy: Tidy, known: Known) -> None:
        self.variable, self.tidy, self.known = variable, tidy, known

    def __call__(self, expression: Expression) -> Growth | None:
        """The growth of what is positive or negative all the way; None where it is not known."""
        if self.variable.value not in expression.free:
            return Growth({})
        args = expression.args
        match expression.head:
            case "name":
                return Growth({POWER: ONE})
            case "negation" | "abs":
                return self(args[0])
            case "product":
                return self._product([(arg, ONE) for arg in args])
            case "quotient":
                return self._product([(args[0], ONE), (args[1], negate(ONE))])
            case "sqrt" | "cbrt":
                return self._product([(args[0], divide(ONE, TWO if expression.head == "sqrt" else number(3)))])
            case "power" if self.variable.value not in args[1].free:
                return self._product([(args[0], args[1])])
            case "power" if self.variable.value not in args[0].free:
                return self._exponential(*args)
            case "exp":
                return self._exponential(E, args[0])
            case "ln" | "log":
                return self._logarithm(args[0])
            case "sum":
                largest = self.largest(expression)
                return None if largest is None else self._with(self(largest[0]), largest[1])
        return None

    def _with(self, growth: Growth | None, assumed: tuple[Expression, ...]) -> Growth | None:
        return None if growth is None else growth._replace(assumed=(*growth.assumed, *assumed))

    def _product(self, factors: list[tuple[Expression, Expression]]) -> Growth | None:
        """The growth of a product of powers."""
        rates: dict[Scale, Expression] = {}
        assumed: tuple[Expression, ...] = ()
        for base, exponent in factors:
            found = self(base)
            if found is None:
                return None
            assumed += found.assumed
            for scale, rate in found.rates.items():
                rates[scale] = self.tidy(add(rates.get(scale, ZERO), multiply(exponent, rate)))
        return Growth({scale: rate for scale, rate in rates.items() if not is_zero(rate)}, assumed)

    def _exponential(self, base: Expression, exponent: Expression) -> Growth | None:
        """The growth of base^exponent, whose exponent is a sum of powers of the variable and logarithms of it."""
        rates: dict[Scale, Expression] = {}
        exponent = self.tidy(exponent)
        for term in exponent.args if exponent.head == "sum" else (exponent,):
            found = self(term)
            if found is None or found.assumed:
                return None
            if not found.rates:
                continue
            if len(found.rates) > 1 or found.is_exponential:
                return None
            ((scale, rate),) = found.rates.items()
            measure = self._measure(scale, rate)
            if measure is None:
                return None
            factor = self.tidy(divide(term, measure))
            if self.variable.value in factor.free:
                return None
            value = rational_value(rate)
            if value is not None and value < 0:
                continue  # it goes to 0, and e^0 is 1
            after = POWER if scale == LOGARITHM else (_EXPONENTIAL, Fraction(value or 0))
            times = factor if base is E else multiply(factor, call("ln", base))
            rates[after] = self.tidy(add(rates.get(after, ZERO), times))
        return Growth({scale: rate for scale, rate in rates.items() if not is_zero(rate)})

    def _measure(self, scale: Scale, rate: Expression) -> Expression | None:
        """x^p, or ln(x); None for what an exponent is not compared with."""
        if scale == POWER and rational_value(rate) is not None:
            return self.tidy(power(self.variable, rate))
        return call("ln", self.variable) if scale == LOGARITHM and rate is ONE else None

    def _logarithm(self, inside: Expression) -> Growth | None:
        found = self(inside)
        if found is None or not found.rates:
            return None
        scale = max(found.rates)
        if scale[0] == _EXPONENTIAL:
            return Growth({POWER: rational(scale[1])}, found.assumed)
        if scale == POWER:
            return Growth({LOGARITHM: ONE}, found.assumed)
        return Growth({_TWICE: ONE}, found.assumed) if scale == LOGARITHM else None

    def largest(self, total: Expression) -> tuple[Expression, tuple[Expression, ...]] | None:
        """The term of a sum that grows fastest, and what is assumed for that; None if two of them grow alike."""
        found: list[tuple[Expression, Growth]] = []
        assumed: tuple[Expression, ...] = ()
        for term in total.args:
            growth = Growth({}) if self._is_bounded(term) else self(term)
            if growth is None:
                return None
            found.append((term, growth))
            assumed += growth.assumed
        for term, growth in found:
            if self._is_bounded(term):
                continue
            signs = [self.compared(growth, other) for each, other in found if each is not term]
            if all(sign is not None and sign.sign == 1 for sign in signs):
                assumed += tuple([relation for sign in signs if sign is not None for relation in sign.assumed])
                return term, assumed
        return None

    def _is_bounded(self, term: Expression) -> bool:
        inner = term.args[0] if term.head == "negation" else term
        return inner.head in BOUNDED

    def compared(self, one: Growth, other: Growth) -> Signed | None:
        """1 if one grows faster than the other, -1 if slower, 0 if alike; None where that is not known."""
        difference = dict(one.rates)
        for scale, rate in other.rates.items():
            difference[scale] = self.tidy(add(difference.get(scale, ZERO), negate(rate)))
        return self.leading(difference)

    def leading(self, rates: Rates) -> Signed | None:
        """The sign of the first rate that is not 0."""
        for scale in sorted(rates, reverse=True):
            if not is_zero(rates[scale]):
                decides = not any(part.head in ("ln", "log") for part in rates[scale].args)
                return assumed_sign(rates[scale], self.known, wanted=-1 if decides else 0)
        return Signed(0)

    def sign(self, expression: Expression) -> Signed | None:
        """The sign that an expression has far out."""
        near = sign_near(expression, self.variable, INFINITY, "")
        if near is not None:
            return Signed(near)
        args = expression.args
        if self.variable.value not in expression.free:
            return assumed_sign(expression, self.known)
        if expression is self.variable or expression.head in ("exp", "sqrt") or (
                expression.head == "power" and self.variable.value not in args[0].free):
            return Signed(1)
        if expression.head == "power":
            base, value = self.sign(args[0]), rational_value(args[1])
            if base is None or base.sign == 1 or value is None or value.denominator != 1:
                return base if base is not None and base.sign == 1 else None
            return base if value % 2 else base._replace(sign=1)
        if expression.head == "negation":
            inner = self.sign(args[0])
            return None if inner is None else inner._replace(sign=-inner.sign)
        if expression.head in ("product", "quotient"):
            return product_of_signs([self.sign(arg) for arg in args])
        if expression.head == "sum":
            largest = self.largest(expression)
            return None if largest is None else self.sign(largest[0])
        if expression.head == "ln":
            found = self(args[0])
            return None if found is None or not found.rates else self.leading(found.rates)
        return None


BOUNDED = frozenset([name for name, function in FUNCTIONS.items()
                     if function.range[0].low is not None and function.range[-1].high is not None])
"""Functions whose values all lie between two bounds."""
