"""Quotients of polynomials in several atoms, such as sin(x), cos(x) and the letters of a problem, with exact numbers.

    ratio_of(parse("sin(x)/(1 + a*cos(x))"), known)    # known: what sin(x) and cos(x) are to be read as
    written(ratio, parse("sin(x)"))                    # as an expression, to be tidied

A polynomial maps each product of powers of atoms to its coefficient; a product is the frozenset of its pairs of an atom
and an exponent, so that its order does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra import polynomials
from tutor.algebra.terms import reduced
from tutor.expression.tree import Expression, add, divide, multiply, number, power, rational
from tutor.rules.conditions import rational_value

Rational = int | Fraction
Product = frozenset[tuple[Expression, int]]
Sum = Mapping[Product, Rational]

MOST_TERMS, MOST_DEGREE = 120, 30
"""Sums that are longer, or have higher powers, are given up."""

_ONE: Product = frozenset()
UNIT: Sum = {_ONE: 1}
NOTHING: Sum = {}


class Ratio(NamedTuple):
    """above / below; below is never zero."""

    above: Sum
    below: Sum = UNIT


class TooLarge(Exception):
    """A sum has more terms than are worth handling."""


def plain(value: Rational) -> Sum:
    return {_ONE: value} if value else {}


def atom(part: Expression, exponent: int = 1) -> Sum:
    return {frozenset([(part, exponent)]): 1}


def plus(left: Sum, right: Sum, factor: Rational = 1) -> Sum:
    """left + factor · right"""
    found = dict(left)
    for product, value in right.items():
        total = found.get(product, 0) + factor * value
        if total:
            found[product] = total
        else:
            found.pop(product, None)
    return found


def times(left: Sum, right: Sum) -> Sum:
    """left · right. Raises TooLarge."""
    found: dict[Product, Rational] = {}
    for first, a in left.items():
        for second, b in right.items():
            product = first | second if not first or not second else _product(first, second)
            found[product] = found.get(product, 0) + a * b
            if len(found) > MOST_TERMS:
                raise TooLarge
    return {product: value for product, value in found.items() if value}


def _product(first: Product, second: Product) -> Product:
    powers = dict(first)
    for part, exponent in second:
        powers[part] = powers.get(part, 0) + exponent
        if powers[part] > MOST_DEGREE:
            raise TooLarge
    return frozenset(powers.items())


def raised(base: Sum, exponent: int) -> Sum:
    """base to a power that is not negative. Raises TooLarge."""
    if exponent > MOST_DEGREE:
        raise TooLarge
    found = UNIT
    for _ in range(exponent):
        found = times(found, base)
    return found


def by_powers(total: Sum, part: Expression) -> dict[int, Sum]:
    """The coefficients of the powers of one atom: exponent -> sum in the other atoms."""
    found: dict[int, dict[Product, Rational]] = {}
    for product, value in total.items():
        exponent = next((times for each, times in product if each is part), 0)
        rest = frozenset([pair for pair in product if pair[0] is not part])
        found.setdefault(exponent, {})[rest] = value
    return dict(found)


def with_value(total: Sum, part: Expression, value: Ratio) -> Ratio:
    """A sum with a ratio put in for one of its atoms. Raises TooLarge."""
    coefficients = by_powers(total, part)
    degree = max(coefficients, default=0)
    above: Sum = NOTHING
    for exponent, rest in coefficients.items():
        factor = times(raised(value.above, exponent), raised(value.below, degree - exponent))
        above = plus(above, times(rest, factor))
    return Ratio(above, raised(value.below, degree))


def quotient(left: Ratio, right: Ratio) -> Ratio | None:
    """left / right, None if right is zero. Raises TooLarge."""
    if not right.above:
        return None
    return Ratio(times(left.above, right.below), times(left.below, right.above))


def ratio_of(root: Expression, known: Callable[[Expression], Ratio | None], variable: str) -> Ratio | None:
    """An expression as a ratio, None if it is none.

    known: what a part is to be read as, None for parts that are looked into. Parts in which the variable does not
    occur, and which are not rational, are atoms. Raises TooLarge.
    """
    found = known(root)
    if found is not None:
        return found
    head, args = root.head, root.args
    if head == "number":
        return Ratio(plain(root.value))
    if head == "negation":
        inner = ratio_of(args[0], known, variable)
        return None if inner is None else Ratio(plus(NOTHING, inner.above, -1), inner.below)
    if head == "sum":
        return _sum_of(root, known, variable)
    if head in ("product", "quotient"):
        parts = [ratio_of(arg, known, variable) for arg in args]
        made: Ratio | None = parts[0]
        for part in parts[1:]:
            if made is None or part is None:
                return None
            made = (quotient(made, part) if head == "quotient"
                    else Ratio(times(made.above, part.above), times(made.below, part.below)))
        return made
    if head == "power":
        exponent = rational_value(args[1])
        if exponent is not None and exponent.denominator == 1:
            base = ratio_of(args[0], known, variable)
            if base is None or (exponent < 0 and not base.above):
                return None
            above, below = base if exponent >= 0 else (base.below, base.above)
            return Ratio(raised(above, abs(int(exponent))), raised(below, abs(int(exponent))))
    return None if variable in root.free else Ratio(atom(root))


def _sum_of(total: Expression, known: Callable[[Expression], Ratio | None], variable: str) -> Ratio | None:
    made = Ratio(NOTHING)
    for term in total.args:
        part = ratio_of(term, known, variable)
        if part is None:
            return None
        if part.below == made.below:
            made = Ratio(plus(made.above, part.above), made.below)
        else:
            made = Ratio(plus(times(made.above, part.below), times(part.above, made.below)),
                         times(made.below, part.below))
    return made


# -- shorter -----------------------------------------------------------------------------------------------------------


def cancelled(ratio: Ratio, part: Expression) -> Ratio:
    """What is above and below the line taken out: powers of atoms, numbers, and, where one atom alone occurs, the
    greatest common divisor."""
    above, below = _without_shared_atoms(ratio)
    if {each for product in (*above, *below) for each, _ in product} <= {part}:
        first, second = coefficients(above, part), coefficients(below, part)
        shared = polynomials.greatest_common_divisor(first, second)
        if len(shared) > 1:
            quotients = polynomials.exact_quotient(first, shared), polynomials.exact_quotient(second, shared)
            assert quotients[0] is not None
            assert quotients[1] is not None
            above, below = from_coefficients(quotients[0], part), from_coefficients(quotients[1], part)
    content, _ = polynomials.primitive(tuple(below.values()))
    return Ratio({product: reduced(Fraction(value) / content) for product, value in above.items()},
                 {product: reduced(Fraction(value) / content) for product, value in below.items()})


def _without_shared_atoms(ratio: Ratio) -> tuple[Sum, Sum]:
    every = [dict(product) for total in ratio for product in total]
    least = {part: min(powers.get(part, 0) for powers in every) for part in every[0]} if every else {}
    least = {part: exponent for part, exponent in least.items() if exponent}
    if not least:
        return ratio

    def lowered(total: Sum) -> Sum:
        return {frozenset([(part, exponent - least.get(part, 0)) for part, exponent in product
                           if exponent != least.get(part, 0)]): value for product, value in total.items()}

    return lowered(ratio.above), lowered(ratio.below)


def coefficients(total: Sum, part: Expression) -> polynomials.Polynomial:
    """A sum in which one atom alone occurs as a polynomial."""
    values = {exponent: rest[_ONE] for exponent, rest in by_powers(total, part).items()}
    return polynomials.trimmed([values.get(exponent, 0) for exponent in range(max(values, default=0) + 1)])


def from_coefficients(polynomial: polynomials.Polynomial, part: Expression) -> Sum:
    return {frozenset([(part, exponent)] if exponent else []): value
            for exponent, value in enumerate(polynomial) if value}


def degree(total: Sum, part: Expression) -> int:
    return max(by_powers(total, part), default=0)


def divided(total: Sum, divisor: Sum, part: Expression) -> Sum | None:
    """The quotient by a sum in one atom whose leading coefficient is 1 or -1, None if something remains.

    Raises TooLarge.
    """
    leading = degree(divisor, part)
    factor = by_powers(divisor, part)[leading][_ONE]
    quotient, rest = NOTHING, total
    while rest:
        powers = by_powers(rest, part)
        highest = max(powers)
        if highest < leading:
            return None
        step = times(powers[highest], atom(part, highest - leading) if highest > leading else UNIT)
        quotient = plus(quotient, step, factor)
        rest = plus(rest, times(step, divisor), -factor)
    return quotient


# -- as expressions ----------------------------------------------------------------------------------------------------


def written(ratio: Ratio, part: Expression) -> Expression:
    """The ratio as an expression, ordered by the powers of one atom, and not tidied yet."""
    above = sum_written(ratio.above, part)
    return above if ratio.below == UNIT else divide(above, sum_written(ratio.below, part))


def sum_written(total: Sum, part: Expression) -> Expression:
    """The sum as an expression, ordered by the powers of one atom: (a + b)*u^2 + a."""
    terms = []
    for exponent, rest in sorted(by_powers(total, part).items(), reverse=True):
        inner = [_term(product, value) for product, value in rest.items()]
        if not exponent:
            terms += inner
        else:
            raised_part = part if exponent == 1 else power(part, number(exponent))
            terms.append(raised_part if rest == UNIT else multiply(add(*inner), raised_part))
    return add(*terms)


def _term(product: Product, value: Rational) -> Expression:
    factors = [part if exponent == 1 else power(part, number(exponent))
               for part, exponent in sorted(product, key=lambda pair: str(pair[0]))]
    return multiply(*factors) if value == 1 else multiply(rational(value), *factors)
