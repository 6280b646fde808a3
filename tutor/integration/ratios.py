"""Quotients of polynomials in several atoms, such as sin(x), cos(x) and the letters of a problem, with exact numbers.

    ratio = ratio_of(parse("sin(x)/(1 + a*cos(x))"), known, "x")    # known: what sin(x) and cos(x) are to be read as
    written(ratio, parse("sin(x)"))                                 # as an expression, to be tidied

A polynomial maps each product of powers of atoms to its coefficient; a product is the frozenset of its pairs of an atom
and an exponent, so that its order does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    highest = degree(total, part)
    return Ratio(cleared(total, part, value, highest), raised(value.below, highest))


def cleared(total: Sum, part: Expression, value: Ratio, highest: int) -> Sum:
    """A sum with a ratio put in for one of its atoms, times a power of what is below the line of the ratio."""
    above: Sum = NOTHING
    for exponent, rest in by_powers(total, part).items():
        factor = times(raised(value.above, exponent), raised(value.below, highest - exponent))
        above = plus(above, times(rest, factor))
    return above


def put_in(ratio: Ratio, part: Expression, value: Ratio) -> Ratio | None:
    """A ratio with another one put in for one of its atoms; None where it has no value. Raises TooLarge."""
    highest = max(degree(total, part) for total in ratio)
    above, below = (cleared(total, part, value, highest) for total in ratio)
    return Ratio(above, below) if below else None


def with_square(total: Sum, root: Expression, square: Rational) -> Sum:
    """A sum in which no power of an atom is higher than 1, where its square is this number. Raises TooLarge."""
    made: Sum = NOTHING
    for exponent, rest in by_powers(total, root).items():
        power_left = atom(root) if exponent % 2 else UNIT
        made = plus(made, times(times(rest, power_left), plain(Fraction(square) ** (exponent // 2))))
    return made


def quotient(left: Ratio, right: Ratio) -> Ratio | None:
    """left / right, None if right is zero. Raises TooLarge."""
    if not right.above:
        return None
    return Ratio(times(left.above, right.below), times(left.below, right.above))


def product_of(left: Ratio, right: Ratio) -> Ratio:
    """left · right. Raises TooLarge."""
    return Ratio(times(left.above, right.above), times(left.below, right.below))


def minus(left: Ratio, right: Ratio, factor: int = 1) -> Ratio:
    """left - factor · right. Raises TooLarge."""
    if left.below == right.below:
        return Ratio(plus(left.above, right.above, -factor), left.below)
    return Ratio(plus(times(left.above, right.below), times(right.above, left.below), -factor),
                 times(left.below, right.below))


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
    if not ratio.above:
        return Ratio(NOTHING)
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
    """The quotient by a sum whose leading coefficient in one atom is a single product; None if something remains.

    Raises TooLarge.
    """
    leading = degree(divisor, part)
    coefficient = by_powers(divisor, part)[leading]
    if len(coefficient) != 1:
        return None
    quotient_found, rest = NOTHING, total
    while rest:
        powers = by_powers(rest, part)
        highest = max(powers)
        factor = _by_product(powers[highest], coefficient) if highest >= leading else None
        if factor is None:
            return None
        step = times(factor, atom(part, highest - leading) if highest > leading else UNIT)
        quotient_found = plus(quotient_found, step)
        rest = plus(rest, times(step, divisor), -1)
    return quotient_found


def without(ratio: Ratio, divisor: Sum, part: Expression) -> Ratio:
    """The ratio with a divisor, one that depends on the atom, cancelled as often as it divides both parts."""
    while ratio.above:
        above, below = (divided(total, divisor, part) for total in ratio)
        if above is None or below is None:
            break
        ratio = Ratio(above, below)
    return ratio


def _by_product(total: Sum, divisor: Sum) -> Sum | None:
    """A sum divided by a single product; None where it does not divide every term."""
    (product, number), found = next(iter(divisor.items())), {}
    for each, value in total.items():
        powers = dict(each)
        for part, exponent in product:
            powers[part] = powers.get(part, 0) - exponent
            if powers[part] < 0:
                return None
        found[frozenset([pair for pair in powers.items() if pair[1]])] = reduced(Fraction(value) / number)
    return found


def only_number(total: Sum) -> Rational | None:
    """The value of a sum in which no atom occurs, None of others."""
    return 0 if not total else total[_ONE] if len(total) == 1 and _ONE in total else None


# -- with a root as an atom --------------------------------------------------------------------------------------------


def parts_by_root(ratio: Ratio, root: Expression, square: Ratio) -> tuple[Ratio, Ratio]:
    """A and B where the ratio is A + B · root, and the root, an atom whose square is known, occurs in neither.

    Raises TooLarge.
    """
    (a, b), (c, d) = (_split(total, root, square) for total in ratio)
    # (a + b r)/(c + d r) = (a + b r)(c - d r)/(c² - d² r²)
    if not d.above:
        return _over(a, c), _over(b, c)
    if not c.above:
        return _over(b, d), _over(a, product_of(d, square))
    below = minus(product_of(c, c), product_of(product_of(d, d), square))
    return (_over(minus(product_of(a, c), product_of(product_of(b, d), square)), below),
            _over(minus(product_of(b, c), product_of(a, d)), below))


def _over(left: Ratio, right: Ratio) -> Ratio:
    made = quotient(left, right)
    if made is None:
        raise ZeroDivisionError("a sum below the line vanishes")
    return made if made.above else Ratio(NOTHING)


def _split(total: Sum, root: Expression, square: Ratio) -> tuple[Ratio, Ratio]:
    """a and b of a sum a + b · root, whose higher powers are replaced."""
    even = odd = Ratio(NOTHING)
    for exponent, rest in by_powers(total, root).items():
        made = Ratio(rest)
        for _ in range(exponent // 2):
            made = product_of(made, square)
        if exponent % 2:
            odd = minus(odd, made, -1)
        else:
            even = minus(even, made, -1)
    return even, odd


def solution(columns: Sequence[Sum], right: Sum, part: Expression) -> list[Ratio] | None:
    """The numbers by which sums in one atom have to be multiplied to add up to another; None if there are none.

    Columns of high degree come first, and of the equations the shortest, so that letters stay short. Raises TooLarge.
    """
    last = len(columns)
    by_column = [by_powers(column, part) for column in (*columns, right)]
    rows = [[Ratio(powers.get(exponent, NOTHING)) for powers in by_column]
            for exponent in sorted({each for powers in by_column for each in powers}, reverse=True)]
    solved: dict[int, list[Ratio]] = {}
    for place in sorted(range(last), key=lambda each: -max(by_column[each], default=0)):
        possible = [row for row in rows if row[place].above]
        if not possible:
            return None
        pivot = min(possible, key=lambda row: sum([len(each.above) + len(each.below) for each in row if each.above]))
        rows.remove(pivot)
        row = [cancelled(_over(each, pivot[place]), part) for each in pivot]
        for other in (*rows, *solved.values()):
            factor = other[place]
            if factor.above:
                other[:] = [cancelled(minus(each, product_of(factor, mine)), part)
                            for each, mine in zip(other, row, strict=True)]
        solved[place] = row
    if any(row[last].above for row in rows):
        return None
    return [solved[place][last] for place in range(last)]


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
