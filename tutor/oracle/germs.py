"""What a function does on one side of a point: the first terms of its series in t, where x = a + t^m or x = a - t^m.

    table = lowest_table(GERMS, ...).bind(x, variable_at(Fraction(0), -1, 1, terms=4))    # x = -t
    value_of(table, parse("x*|x|"))              # -t^2
    value_of(table, parse("sqrt(x)"))            # Undefined: no real values there

A germ is a value like any other for `evaluate`: it is added, multiplied and put into functions, and it is positive if
its first term is. So |x| is x or -x, and nothing is sampled. m is larger than 1 where roots need it: `Ramified` says
by how much.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tutor.oracle.functions import apply
from tutor.oracle.jets import Jet
from tutor.oracle.sure import SURE, Twin, scalar, scalar_power, settled, sign, sure_numbers
from tutor.oracle.table import Reason, Undefined

ESSENTIAL = "a function has no series at a pole of its argument"
LOGARITHM = "a logarithm has no series at 0"


class Ramified(Exception):
    """Raised where only x = a ± t^(m·degree) has a series in t."""

    def __init__(self, degree: int) -> None:
        super().__init__(degree)
        self.degree = degree


class Germ:
    """terms[0]·t^order + terms[1]·t^(order + 1) + ..., up to what is left out, O(t^(order + len(terms))).

    The first term is not 0; without terms, only its order of magnitude is known.
    """

    __slots__ = ("order", "terms")

    def __init__(self, order: int, terms: list[Any]) -> None:
        first = 0
        while first < len(terms) and sign(terms[first]) == 0:
            first += 1
        self.order, self.terms = order + first, terms[first:]

    def __repr__(self) -> str:
        return f"Germ({self.order}, {self.terms})"

    @property
    def end(self) -> int:
        """The first power that is not known."""
        return self.order + len(self.terms)

    @property
    def is_blank(self) -> bool:
        """Whether no term is known."""
        return not self.terms

    def slope(self, side: int, degree: int) -> Germ:
        """The derivative by x = a + side·t^degree, term by term."""
        terms = [term * Fraction(side * (self.order + k), degree) for k, term in enumerate(self.terms)]
        return Germ(self.order - degree, terms)

    def coefficient(self, power: int) -> Any:
        """The number before t^power; power is less than `end`."""
        return self.terms[power - self.order] if self.order <= power < self.end else Fraction(0)

    @property
    def real(self) -> Any:
        """The value at t = 0, by which functions choose between formulas of the same value."""
        if self.order < 0 or self.end <= 0:
            raise Undefined(ESSENTIAL if self.order < 0 else Reason.ALL_TERMS_ZERO)
        return self.coefficient(0)

    @property
    def sign(self) -> int:
        """1 or -1, as the values close to the point. Raises Undefined where no term is known."""
        if not self.terms:
            raise Undefined(Reason.ALL_TERMS_ZERO)
        return sign(self.terms[0])

    def __lt__(self, other: Any) -> bool:
        return _sign_of(self - other) < 0

    def __gt__(self, other: Any) -> bool:
        return _sign_of(self - other) > 0

    def __neg__(self) -> Germ:
        return Germ(self.order, [-term for term in self.terms])

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Jet):
            return NotImplemented
        if not isinstance(other, Germ):
            if self.end <= 0 or sign(other) == 0:
                return self
            other = Germ(0, [other, *[Fraction(0)] * (self.end - 1)])
        start, end = min(self.order, other.order), min(self.end, other.end)
        return Germ(min(start, end), [self.coefficient(k) + other.coefficient(k) for k in range(start, end)])

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Any:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Jet):
            return NotImplemented
        if not isinstance(other, Germ):
            return Fraction(0) if sign(other) == 0 else Germ(self.order, [term * other for term in self.terms])
        known = min(len(self.terms), len(other.terms))
        return Germ(self.order + other.order, [
            sum([self.terms[j] * other.terms[k - j] for j in range(k + 1)]) for k in range(known)])

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, Jet):
            return NotImplemented
        if isinstance(other, Germ):
            return self * raised(other, Fraction(-1))
        if sign(other) == 0:
            raise ZeroDivisionError
        return self * (1 / other if isinstance(other, Twin) else Fraction(1) / other)

    def __rtruediv__(self, other: Any) -> Any:
        return raised(self, Fraction(-1)) * other


def _sign_of(value: Any) -> int:
    return value.sign if isinstance(value, Germ) else sign(value)


def variable_at(point: Any, side: int, degree: int, terms: int) -> Germ:
    """x = point + side·t^degree, known to so many terms."""
    zeros = [Fraction(0)]
    if sign(point) == 0:
        return Germ(degree, [Fraction(side), *zeros * (terms - 1)])
    return Germ(0, [point, *zeros * (degree - 1), Fraction(side), *zeros * (terms - 1)])


# -- functions ---------------------------------------------------------------------------------------------------------


def raised(base: Germ, exponent: Any) -> Any:
    """base^exponent: c^r·t^(v·r)·(1 + w)^r, by the binomial series. A negative base wants a whole exponent."""
    if sign(exponent) == 0:
        return Fraction(1)
    whole = isinstance(exponent, Fraction) and exponent.denominator == 1
    if not base.terms:
        if whole and exponent > 0:
            return Germ(base.order * int(exponent), [])
        raise Undefined(Reason.ALL_TERMS_ZERO)
    if not whole and base.sign < 0:
        raise ValueError("the root of a negative number")
    if base.order and not isinstance(exponent, Fraction):
        raise Undefined(ESSENTIAL)
    order = base.order * exponent if base.order else Fraction(0)
    if order.denominator != 1:
        raise Ramified(order.denominator)
    first = base.terms[0]
    rest = [term / first for term in base.terms]
    series: list[Any] = [Fraction(1)]
    for k in range(1, len(rest)):
        total = sum([(j * exponent - (k - j)) * rest[j] * series[k - j] for j in range(1, k + 1)])
        series.append(total / k)
    front = scalar_power(first, exponent)
    return Germ(int(order), [front * term for term in series])


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(exponent, Germ):
        if not isinstance(base, Germ) and sign(base) == 0:
            if sign(exponent.real) > 0:
                return Fraction(0)
            raise ZeroDivisionError
        return _function("exp")(exponent * _function("ln")(base))
    return raised(base, exponent) if isinstance(base, Germ) else scalar_power(base, exponent)


def _function(name: str) -> Callable[[Any], Any]:
    special = _AT_EDGES.get(name)

    def call(value: Any) -> Any:
        if not isinstance(value, Germ):
            return scalar(name, value)
        found = special(value) if special is not None else None
        return _composed(name, value) if found is None else found

    return call


def _composed(name: str, value: Germ) -> Germ:
    """A function at a point where it has a Taylor series, put together with the series of its argument."""
    start = value.real
    if value.end == 1:
        return Germ(0, [scalar(name, start)])
    found = apply(SURE, name, Jet(1, tuple([value.coefficient(k) for k in range(value.end)])))
    return Germ(0, list(found.coefficients))


def _square_root(value: Germ) -> Any:
    return raised(value, Fraction(1, 2))


def _cube_root(value: Germ) -> Any:
    return -raised(-value, Fraction(1, 3)) if value.sign < 0 else raised(value, Fraction(1, 3))


def _logarithm(value: Germ) -> Any:
    if value.sign < 0:
        raise ValueError("the logarithm of a negative number")
    if value.order != 0:
        raise Undefined(LOGARITHM)
    return None


def _area_tangent(value: Germ) -> Any:
    _logarithm(1 - value * value) if value.order >= 0 else None
    return None


def _arcsine(value: Germ) -> Any:
    """At the ends: asin(1 - w) = pi/2 - 2 asin(sqrt(w/2)). Inside the domain it has a Taylor series: None."""
    start = value.real
    if sign(1 - start * start):
        return None
    edge = sign(start)
    inside = 1 - value * edge
    if not isinstance(inside, Germ):
        return None
    if inside.sign < 0:
        raise ValueError("outside the domain")
    half = raised(inside * Fraction(1, 2), Fraction(1, 2))
    return (SURE.pi * Fraction(1, 2) - 2 * _function("asin")(half)) * Fraction(edge)


def _arccosine(value: Germ) -> Any:
    return SURE.pi * Fraction(1, 2) - _function("asin")(value)


def _area_cosine(value: Germ) -> Any:
    """At 1: acosh(1 + w) = 2 asinh(sqrt(w/2))."""
    if sign(value.real - 1):
        return None
    beyond = value - 1
    if beyond.sign < 0:
        raise ValueError("outside the domain")
    return 2 * _function("asinh")(raised(beyond * Fraction(1, 2), Fraction(1, 2)))


def _exponential_integral(value: Germ) -> None:
    if value.order != 0:
        raise Undefined(LOGARITHM)


def _logarithmic_integral(value: Germ) -> None:
    _logarithm(value)
    if isinstance(value - 1, Germ):
        _exponential_integral(value - 1)


_AT_EDGES: dict[str, Callable[[Germ], Any]] = {
    "sqrt": _square_root, "cbrt": _cube_root, "ln": _logarithm, "log1p": lambda value: _logarithm(1 + value),
    "atanh": _area_tangent, "asin": _arcsine, "acos": _arccosine, "acosh": _area_cosine,
    "Ci": _logarithm, "Ei": _exponential_integral, "li": _logarithmic_integral,
}  # fmt: skip
"""Functions with places where they have values but no Taylor series: the value there, None elsewhere."""


def _finite(value: Any) -> bool:
    return all(map(settled, value.terms)) if isinstance(value, Germ) else settled(value)


GERMS = sure_numbers(_function, _power, _finite)
"""Real arithmetic that takes germs beside numbers."""
