"""Brackets: multiplying them out, and taking a sum apart into factors over the rational numbers.

    multiplied(parse("2*(x + 1)^2"), Style())       # 2*x^2 + 4*x + 2
    factored(parse("x^2 + x"), Style())             # x*(x + 1)
    factored(parse("x^2 + 1"), Style())             # None: there is nothing to take out or to split
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm, prod
from operator import sub
from typing import NamedTuple

from tutor import limits
from tutor.algebra.decide import Tidy
from tutor.algebra.polynomial_factors import LARGEST_DEGREE, factors
from tutor.algebra.polynomials import Whole
from tutor.algebra.sums import collected, multiplied_out
from tutor.algebra.terms import Rational, Style, reduced, split
from tutor.algebra.view import View, Views
from tutor.algebra.writing import in_book_order, write, written
from tutor.expression.tree import ONE, ZERO, Expression

MOST_LETTERS = 6
"""Polynomials in more letters are only searched for a common factor."""

_LARGEST_POWER = 6


def multiplied(part: Expression, style: Style) -> Expression | None:
    """A tidy product with its brackets, and whole powers of brackets, multiplied out; None if that is too much."""
    return _multiplied(part, Views(style))


def _multiplied(part: Expression, views: Views) -> Expression | None:
    view = views.of(part)
    brackets = {base: exponent for base, exponent in view.powers.items()
                if base.head == "sum" and isinstance(exponent, int) and 0 < exponent <= _LARGEST_POWER}
    if not brackets or prod(len(base.args) ** times for base, times in brackets.items()) > limits.EXPANDED_TERMS:
        return None
    return in_book_order(collected(
        [written(each, views) for each in multiplied_out(view, brackets, views)], views)[0] or [ZERO], views)


class _Letter(NamedTuple):
    """What a polynomial is written in: powers of a base with a number as exponent, or with multiples of an exponent."""

    base: Expression
    exponent: Expression

    def power(self, times: Rational, views: Views) -> View:
        return views.base(self.base, views.multiple(ONE if self.exponent is ONE else self.exponent, times))


_Row = tuple[int, ...]
_Polynomial = dict[_Row, int]
"""Exponents, one a letter -> coefficient."""


def factored(total: Expression, style: Style) -> Expression | None:
    """A sum as a product, with more taken out or split than it has; None where nothing is found.

    Whatever is not a sum, product or power counts as a letter: e^x*x + e^x is e^x*(x + 1).
    """
    views = Views(style)
    plain = _opened(total, views)
    if plain.head != "sum":
        return plain
    terms = [(value * views.of(core).coefficient, _monomial(core, views))  # 1/(4*x - 4) brings the factor 1/4
             for value, core in map(split, plain.args)]
    letters = list(dict.fromkeys(letter for _, exponents in terms for letter in exponents))
    steps = [lcm(*(Fraction(exponents.get(letter, 0)).denominator for _, exponents in terms)) for letter in letters]
    totals: dict[_Row, Fraction] = {}
    for value, exponents in terms:
        row = tuple(int(exponents.get(letter, 0) * step) for letter, step in zip(letters, steps, strict=True))
        totals[row] = totals.get(row, Fraction(0)) + value
    totals = {row: value for row, value in totals.items() if value}
    if not totals:
        return ZERO
    columns = list(zip(*totals, strict=True))
    lowest = tuple(map(min, columns))
    negative = all(value < 0 for value in totals.values())
    content = gcd(*(value.numerator for value in totals.values())) * (-1 if negative else 1)
    below = lcm(*(value.denominator for value in totals.values()))
    polynomial = {tuple(map(sub, row, lowest)): int(value * below / content) for row, value in totals.items()}
    sign, factors = _split(polynomial)
    common = abs(content) > 1 or any(min(column) > 0 or max(column) < 0 for column in columns)
    if not common and len(factors) == 1 and factors[0][1] == 1:
        return None

    def monomial(row: Iterable[int], value: int = 1) -> View:
        made = views.product([(letter.power(Fraction(exponent, step), views), 1)
                              for letter, exponent, step in zip(letters, row, steps, strict=True) if exponent])
        made.coefficient = value
        return made

    made = [(monomial(lowest), 1)]
    for factor, times in factors:
        inside = [written(monomial(row, value), views) for row, value in factor.items()]
        made.append((views.of(in_book_order(collected(inside, views)[0], views)), times))
    whole = views.product(made)
    whole.coefficient *= Fraction(content * sign, below)
    whole.coefficient = reduced(whole.coefficient)
    return write(whole, views, numbers_apart=True)


def opened(expression: Expression, style: Style) -> Expression:
    """The expression as a sum of tidy terms, brackets multiplied out and like terms collected."""
    return _opened(expression, Views(style))


def _opened(expression: Expression, views: Views) -> Expression:
    tidy = Tidy(views.style)
    terms = [tidy(term) for term in (expression.args if expression.head == "sum" else (expression,))]
    made = collected([_multiplied(term, views) or term for term in terms], views)[0]
    return in_book_order(made, views) if made else ZERO


def _monomial(core: Expression, views: Views) -> dict[_Letter, Rational]:
    if core is ONE:
        return {}
    found: dict[_Letter, Rational] = {}
    for base, exponent in views.of(core).powers.items():
        if isinstance(exponent, Expression):  # x^(n + 1) is x^n*x
            parts = exponent.args if exponent.head == "sum" else (exponent,)
            found |= {_Letter(base, rest): times for times, rest in map(split, parts)}
        else:
            found[_Letter(base, ONE)] = exponent
    return found


def _split(polynomial: _Polynomial) -> tuple[int, list[tuple[_Polynomial, int]]]:
    """A sign, and the irreducible factors with their multiplicities; what does not split, or is too large, as it is."""
    sign, found = _split_in_one_monomial(polynomial) or _split_in_letters(polynomial)
    return (1, [(polynomial, 1)]) if len(found) == 1 and found[0][1] == 1 else (sign, found)


def _split_in_one_monomial(polynomial: _Polynomial) -> tuple[int, list[tuple[_Polynomial, int]]] | None:
    """The factors of what is a polynomial in one monomial t but for a factor; None where there is no such t.

    x^2 - 3*x + 2 is one in x, a^2*x^2 - 1 one in a*x, and x^4 - y^2 is y^2 times one in x^2/y. What
    does not split in t does not split in the letters either, since t is no power of another monomial.
    """
    rows = sorted(polynomial)
    lowest, highest = rows[0], rows[-1]
    degree = gcd(*map(sub, highest, lowest))
    step = [difference // degree for difference in map(sub, highest, lowest)] if degree else []
    place = next((index for index, difference in enumerate(step) if difference), None)
    if place is None or degree > LARGEST_DEGREE:
        return None
    coefficients = [0] * (degree + 1)
    for row in rows:
        exponent = (row[place] - lowest[place]) // step[place]
        if any(start + exponent * each != value for start, each, value in zip(lowest, step, row, strict=True)):
            return None
        coefficients[exponent] = polynomial[row]
    content, found = factors(tuple(coefficients))

    def in_letters(factor: Whole) -> _Polynomial:
        start = [max(-each, 0) * (len(factor) - 1) for each in step]  # so that no letter comes below the line
        return {tuple([begin + exponent * each for begin, each in zip(start, step, strict=True)]): value
                for exponent, value in reversed(list(enumerate(factor))) if value}

    return (1 if content > 0 else -1), [(in_letters(factor), times) for factor, times in found]


def _split_in_letters(polynomial: _Polynomial) -> tuple[int, list[tuple[_Polynomial, int]]]:
    """The same in several letters, by SymPy: its lifting from one letter to several is a field of its own.

    It is imported only here, because that takes longer than anything else that a command does.
    """
    (row, *_) = polynomial
    if (len(row) > MOST_LETTERS or len(polynomial) > limits.EXPANDED_TERMS
            or max(map(sum, polynomial)) > LARGEST_DEGREE):
        return 1, [(polynomial, 1)]
    from sympy import ZZ, Poly, symbols

    sign, found = Poly.from_dict(polynomial, *symbols(f"x:{len(row)}"), domain=ZZ).factor_list()
    return int(sign), [({row: int(value) for row, value in factor.terms()}, times) for factor, times in found]
