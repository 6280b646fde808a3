"""Polynomials in several atoms, such as sin(x), cos(x) and the letters of a problem, with exact numbers.

    a, b = atom(name("a")), atom(name("b"))
    square = times(plus(a, b), plus(a, b))            # a^2 + 2*a*b + b^2
    exact_quotient(square, plus(a, b))                # a + b
    square_root(square)                               # a + b

A polynomial maps each product of powers of atoms to its coefficient; a product is the frozenset of its pairs of an atom
and an exponent, so that its order does not matter. An atom is any expression that is not looked into; of roots of
numbers, such as sqrt(2) and sqrt(2 + sqrt(2)), it is known what their squares are. Products are ordered as words are,
by the names of their atoms, roots of numbers last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from tutor.algebra.terms import Rational, reduced
from tutor.expression.tree import Expression

Product = frozenset[tuple[Expression, int]]
Sum = Mapping[Product, Rational]

MOST_TERMS, MOST_DEGREE = 120, 30
"""Polynomials that are longer, or have higher powers, are given up."""

CONSTANT: Product = frozenset()
UNIT: Sum = {CONSTANT: 1}
NOTHING: Sum = {}


class TooLarge(ArithmeticError):
    """A polynomial has more terms than are worth handling."""


def plain(value: Rational) -> Sum:
    return {CONSTANT: reduced(value)} if value else NOTHING


def atom(part: Expression, exponent: int = 1) -> Sum:
    return {frozenset([(part, exponent)]): 1} if exponent else UNIT


def atoms_in(*sums: Iterable[Product]) -> set[Expression]:
    """The atoms that occur."""
    return {part for total in sums for product in total for part, _ in product}


def square_of(part: Expression) -> Sum | None:
    """The square of an atom that is a root of a whole number, or of a sum of numbers and such roots; None of others."""
    return _square_of(part) if part.head == "sqrt" and not part.free else None


@lru_cache(maxsize=1000)
def _square_of(part: Expression) -> Sum | None:
    found: Sum = NOTHING
    for term in part.args[0].args if part.args[0].head == "sum" else part.args:
        sign, inner = (-1, term.args[0]) if term.head == "negation" else (1, term)
        value: Sum = UNIT
        for factor in inner.args if inner.head == "product" else (inner,):
            if factor.head == "number" and isinstance(factor.value, int):
                value = times(value, plain(factor.value))
            elif factor.head == "sqrt" and square_of(factor) is not None:
                value = times(value, atom(factor))
            else:
                return None
        found = plus(found, value, sign)
    return found


def is_nested(part: Expression) -> bool:
    """Whether an atom is a root with roots in it."""
    square = square_of(part)
    return square is not None and only_number(square) is None


def plus(left: Sum, right: Sum, factor: Rational = 1) -> Sum:
    """left + factor · right"""
    found = dict(left)
    for product, value in right.items():
        total = found.get(product, 0) + factor * value
        if total:
            found[product] = reduced(total)
        else:
            found.pop(product, None)
    return found


def times(left: Sum, right: Sum) -> Sum:
    """left · right. Raises TooLarge."""
    found: dict[Product, Rational] = {}
    for first, a in left.items():
        for second, b in right.items():
            product, squares = _product(first, second) if first and second else (first or second, UNIT)
            if squares is UNIT:
                found[product] = found.get(product, 0) + a * b
            else:
                for each, value in times({product: a * b}, squares).items():
                    found[each] = found.get(each, 0) + value
            if len(found) > MOST_TERMS:
                raise TooLarge
    return {product: reduced(value) for product, value in found.items() if value}


def _product(first: Product, second: Product) -> tuple[Product, Sum]:
    """The product of two products, and what the squares of roots in it come to."""
    powers, squares = dict(first), UNIT
    for part, exponent in second:
        exponent += powers.get(part, 0)
        if exponent > MOST_DEGREE:
            raise TooLarge
        powers[part] = exponent
        if exponent > 1 and (square := square_of(part)) is not None:
            squares = times(squares, raised(square, exponent // 2))
            powers[part] = exponent % 2
            if not exponent % 2:
                del powers[part]
    return frozenset(powers.items()), squares


def raised(base: Sum, exponent: int) -> Sum:
    """base to a power that is not negative. Raises TooLarge."""
    if exponent > MOST_DEGREE:
        raise TooLarge
    found = UNIT
    for _ in range(exponent):
        found = times(found, base)
    return found


def by_powers(total: Sum, part: Expression) -> dict[int, Sum]:
    """The coefficients of the powers of one atom: exponent -> polynomial in the other atoms."""
    found: dict[int, dict[Product, Rational]] = {}
    for product, value in total.items():
        exponent = next((times for each, times in product if each is part), 0)
        rest = frozenset([pair for pair in product if pair[0] is not part]) if exponent else product
        found.setdefault(exponent, {})[rest] = value
    return dict(found)


def degree(total: Sum, part: Expression) -> int:
    return max(by_powers(total, part), default=0)


def slope_of(total: Sum, part: Expression) -> Sum:
    """The derivative by an atom."""
    made: Sum = NOTHING
    for exponent, rest in by_powers(total, part).items():
        if exponent:
            made = plus(made, times(rest, atom(part, exponent - 1)), exponent)
    return made


def renamed(total: Sum, old: Expression, new: Expression) -> Sum:
    """The same with an atom that does not occur in it in the place of another one."""
    return {frozenset([(new if part is old else part, exponent) for part, exponent in product]): value
            for product, value in total.items()}


def only_number(total: Sum) -> Rational | None:
    """The value of a polynomial in which no atom occurs, None of others."""
    return 0 if not total else total[CONSTANT] if len(total) == 1 and CONSTANT in total else None


def order(product: Product) -> list[tuple[str, int]]:
    """By this, products are sorted: a^2, a*b, a, b^2, b, 1. The order is kept if both are multiplied by a third one."""
    return [*sorted([(_rank(part), -exponent) for part, exponent in product]), ("\uffff", 0)]


def _rank(part: Expression) -> str:
    return str(part) if square_of(part) is None else f"~{part}"  # roots of numbers after all that can be divided by


def leading(total: Sum) -> Product:
    """The product that comes first."""
    return next(iter(total)) if len(total) == 1 else min(total, key=order)


def content(sums: Iterable[Sum]) -> Rational:
    """The positive number that is a factor of all coefficients and leaves whole ones without a common divisor."""
    values = [value for total in sums for value in total.values()]
    return reduced(Fraction(gcd(*[value.numerator for value in values]), lcm(*[value.denominator for value in values])))


def shared_product(sums: Iterable[Sum]) -> Product:
    """The powers of atoms that are in every term."""
    every = [dict(product) for total in sums for product in total]
    if not every:
        return CONSTANT
    least = {part: min([powers.get(part, 0) for powers in every]) for part in every[0]}
    return frozenset([pair for pair in least.items() if pair[1]])


def over_product(total: Sum, divisor: Product) -> Sum | None:
    """The quotient by a product of powers; None where it does not divide every term."""
    if not divisor:
        return total
    found = {}
    for product, value in total.items():
        powers = dict(product)
        for part, exponent in divisor:
            powers[part] = powers.get(part, 0) - exponent
            if powers[part] < 0:
                return None
        found[frozenset([pair for pair in powers.items() if pair[1]])] = value
    return found


def exact_quotient(dividend: Sum, divisor: Sum) -> Sum | None:
    """The quotient if nothing remains, else None. Raises TooLarge."""
    first = leading(divisor)
    if len(divisor) == 1:
        quotient = over_product(dividend, first)
        return quotient and {product: reduced(Fraction(value) / divisor[first]) for product, value in quotient.items()}
    rest, found = dividend, NOTHING
    for _ in range(MOST_TERMS):
        if not rest:
            return found
        highest = leading(rest)
        step = over_product({highest: reduced(Fraction(rest[highest]) / divisor[first])}, first)
        if step is None:
            return None
        found = plus(found, step)
        rest = plus(rest, times(step, divisor), -1)
    return None


def square_root(total: Sum) -> Sum | None:
    """The root of a square whose leading coefficient is 1, found from its leading term downwards; None of others."""
    highest = leading(total)
    if total[highest] != 1 or any(exponent % 2 for _, exponent in highest):
        return None
    first: Product = frozenset([(part, exponent // 2) for part, exponent in highest])
    found: dict[Product, Rational] = {first: 1}
    for _ in range(len(total)):
        rest = plus(total, times(found, found), -1)
        if not rest:
            return found
        highest = leading(rest)
        step = over_product({highest: reduced(Fraction(rest[highest]) / 2)}, first)
        if step is None or not step.keys().isdisjoint(found):
            return None
        found |= step
    return None
