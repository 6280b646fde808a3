"""Sparse polynomials over the generators of a field of functions, with rational exponents.

A `Field` grows while expressions are read into it. Its generators are the imaginary unit, roots of integers, names and
other functions taken as they are ("bases"), their absolute values ("sizes"), exponentials, and sums that stand in a
denominator or under a root. A monomial is a sorted tuple of (generator, exponent), and a polynomial is held as its
`Terms`, a dictionary from monomials to rational coefficients:

    field = Field()
    x = field.base(("name", "x"))
    field.is_zero(field.plus(field.times(x, x), field.integer_power(x, 2), -1))        # True

Every relation that is used holds for real values: i² = -1, √2² = 2, |b|² = b², a sum equals its terms. Relations that
are not known only make a proof fail. Work is counted; GiveUp is raised where it becomes too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor, gcd, lcm
from typing import Literal

Number = int | Fraction
Monomial = tuple[tuple[int, Number], ...]
Terms = dict[Monomial, Number]

UNIT = 0
"""The generator i."""

ONE: Terms = {(): 1}
I: Terms = {((UNIT, 1),): 1}  # noqa: E741

MOST_WORK = 15_000
"""Products of two terms that one proof may take."""

MOST_EXPONENT = 500
"""The largest power of a number, or of a sum at the end of a proof."""

MOST_DIGITS = 400
"""Decimal digits of a coefficient."""

PRIMES_BELOW = 1_000
"""Integers are split into primes below this and one rest."""


class GiveUp(Exception):
    """There is no proof: it became too much work, or something has no value."""


@dataclass(frozen=True)
class Generator:
    """One generator.

    terms: what a sum stands for; exponent: the monomial m of an exponential e^m; mirror: a sign and a monomial, the
    complex conjugate of m; of: the base of a size; number: the integer of a root; positive: known to be so; real: its
    value is (an imaginary exponential's is not).
    """

    kind: Literal["unit", "root", "base", "sum", "size", "exponential"]
    terms: Terms | None = None
    exponent: Monomial = ()
    mirror: tuple[int, Monomial] = (1, ())
    of: int = -1
    number: int = 0
    positive: bool = False
    real: bool = True


Factorizer = Callable[["Field", Terms], "tuple[Number, list[tuple[Terms, int]]] | None"]
"""A sum of a field as a number and sums with powers; None if it stays one sum."""


class Field:
    """Generators, what is known of their signs, and the arithmetic of polynomials in them.

    factorizer: how a sum is factored before its factors become generators; None where sums are not factored.
    """

    def __init__(self, factorizer: Factorizer | None = None) -> None:
        self.factorizer = factorizer
        self.generators = [Generator("unit", real=False)]
        self.found: dict[object, int] = {}
        self.special = {UNIT}  # generators whose powers reduce
        self.signs: dict[int, tuple[int, tuple[int, ...]]] = {}  # base -> its sign, as ±1 times signs of other bases
        self.products: dict[object, Terms] = {}  # primitive sum -> the product of its factors
        self.work = 0

    # -- generators --------------------------------------------------------------------------------------------

    def generator(self, key: object, made: Generator) -> int:
        """The number of the generator with this key."""
        number = self.found.get(key)
        if number is None:
            number = self.found[key] = len(self.generators)
            self.generators.append(made)
            if made.kind in ("root", "size"):
                self.special.add(number)
        return number

    def base(self, key: object, positive: bool = False) -> Terms:
        """A function about whose value nothing is known but that it is real."""
        return {((self.generator(key, Generator("base", positive=positive)), 1),): 1}

    def root(self, integer: int, exponent: Number) -> Terms:
        """integer^exponent for a positive integer, split into primes."""
        coefficient, monomial = self.reduced({
            self.generator(("root", prime), Generator("root", number=prime, positive=True)): times * exponent
            for prime, times in prime_factors(integer).items()})
        return {monomial: coefficient}

    def exponential(self, exponent: Monomial, times: Number) -> Monomial:
        """e^(times · exponent)"""
        number = self.found.get(("exponential", exponent))
        if number is None:
            real = all(self.generators[number].real for number, _ in exponent)
            mirror = self.mirrored(exponent)
            number = self.generator(("exponential", exponent), Generator(
                "exponential", exponent=exponent, mirror=mirror, positive=real, real=real))
        return ((number, times),)

    def mirrored(self, monomial: Monomial) -> tuple[int, Monomial]:
        """A sign and a monomial: the complex conjugate, if all bases are real."""
        exponents: dict[int, Number] = {}
        sign = 1
        for number, power in monomial:
            made = self.generators[number]
            if made.kind == "unit":
                sign = -sign
            elif not made.real:
                ((number, power),) = self.exponential(made.mirror[1], power * made.mirror[0])
            exponents[number] = exponents.get(number, 0) + power
        return sign, tuple(sorted([pair for pair in exponents.items() if pair[1]]))

    def size(self, base: int, exponent: Number) -> dict[int, Number]:
        """|base|^exponent as exponents of generators."""
        if self.generators[base].positive:
            return {base: exponent}
        return {self.generator(("size", base), Generator("size", of=base, positive=True)): exponent}

    def learn_sign(self, bases: Iterable[int], sign: int) -> bool:
        """The product of the bases has this sign, wherever anything here has a value. Whether that is news."""
        odd: dict[int, None] = {}
        for base in bases:
            known, others = self.signs.get(base, (1, (base,)))
            sign *= known
            for other in others:
                if other in odd:
                    del odd[other]
                else:
                    odd[other] = None
        if not odd:
            return False
        pivot = max(odd)
        rest = tuple(other for other in odd if other != pivot)
        for base, (known, others) in self.signs.items():
            if pivot in others:  # put in for it what is now known
                self.signs[base] = known * sign, tuple(
                    each for each in (*others, *rest) if each != pivot and (each in others) != (each in rest))
        self.signs[pivot] = sign, rest
        return True

    # -- arithmetic --------------------------------------------------------------------------------------------

    def plus(self, left: Terms, right: Terms, factor: Number = 1) -> Terms:
        """left + factor · right"""
        self.spend(len(right))
        result = dict(left)
        for monomial, coefficient in right.items():
            total = result.get(monomial, 0) + factor * coefficient
            if total:
                result[monomial] = total
            else:
                result.pop(monomial, None)
        return result

    def times(self, left: Terms, right: Terms) -> Terms:
        """left · right, term by term."""
        self.spend(len(left) * len(right))
        result: Terms = {}
        for first, one in left.items():
            for second, other in right.items():
                factor, monomial = self.monomial_product(first, second)
                total = result.get(monomial, 0) + factor * one * other
                if total:
                    result[monomial] = total
                else:
                    result.pop(monomial, None)
        return result

    def monomial_product(self, first: Monomial, second: Monomial) -> tuple[Number, Monomial]:
        if not first:
            return 1, second
        if not second:
            return 1, first
        exponents: dict[int, Number] = dict(first)
        for number, exponent in second:
            total = exponents.get(number, 0) + exponent
            exponents[number] = total if total.__class__ is int else as_int(total)
        return self.reduced(exponents)

    def reduced(self, exponents: dict[int, Number]) -> tuple[Number, Monomial]:
        """A coefficient and a monomial, with i² = -1, √2² = 2, |b|² = b² and the known signs used."""
        factor: Number = 1
        special = [number for number in exponents if number in self.special]
        while special:
            number = special.pop()
            exponent = exponents.get(number, 0)
            made = self.generators[number]
            if made.kind == "unit":
                quarter = int(exponent) % 4
                factor = -factor if quarter >= 2 else factor
                exponents[number] = quarter % 2
            elif made.kind == "root":
                whole = floor(exponent)
                exponents[number] = exponent - whole
                factor *= number_power(made.number, whole)
            else:
                factor *= self.reduce_size(number, exponents, special)
        return factor, tuple(sorted([pair for pair in exponents.items() if pair[1]]))

    def reduce_size(self, number: int, exponents: dict[int, Number], special: list[int]) -> int:
        """|b|² = b²; if the sign of b is known by those of others, |b| = ± b · |c|/c. The sign is given back."""
        base, exponent = self.generators[number].of, exponents.get(number, 0)
        known = self.signs.get(base)
        whole = floor(exponent) if known is not None else 2 * floor(exponent / Fraction(2))
        if not whole:
            return 1
        exponents[number] = exponent - whole
        exponents[base] = exponents.get(base, 0) + whole
        if known is None or whole % 2 == 0:
            return 1
        sign, others = known
        for other in others:
            exponents[other] = exponents.get(other, 0) - 1
            for size, more in self.size(other, 1).items():
                exponents[size] = exponents.get(size, 0) + more
                special.append(size)
        return sign

    def spend(self, work: int) -> None:
        self.work += work
        if self.work > MOST_WORK:
            raise GiveUp

    # -- powers and sums ---------------------------------------------------------------------------------------

    def product(self, left: Terms, right: Terms) -> Terms:
        """left · right; the product of two sums is not multiplied out."""
        if len(left) > 1 and len(right) > 1:
            left, right = self.as_factor(left), self.as_factor(right)
        return self.times(left, right)

    def integer_power(self, base: Terms, exponent: int) -> Terms:
        """base^exponent; a sum is kept as one generator. Raises GiveUp for a power of 0 that has no value."""
        if exponent == 1:
            return base
        if not base:
            if exponent <= 0:
                raise GiveUp
            return base
        ((monomial, coefficient),) = self.as_factor(base).items()
        factor, raised = self.reduced({number: power * exponent for number, power in monomial})
        return {raised: factor * number_power(coefficient, exponent)}

    def as_factor(self, terms: Terms) -> Terms:
        """The same as a single term: number · monomial · sum. Raises GiveUp for 0."""
        if len(terms) == 1:
            return terms
        numerator, outside = self.cleared(terms)
        if not numerator:
            raise GiveUp
        if len(numerator) == 1:
            return self.times(numerator, {outside: 1})
        content, common, primitive = self.primitive(numerator)
        return self.times({outside: content}, self.times({common: 1}, self.split(primitive)))

    def split(self, primitive: Terms) -> Terms:
        """A primitive sum as a generator or, where sums are factored, as a product of several."""
        key = ("sum", tuple(sorted(primitive.items())))
        if self.factorizer is None:
            made = Generator("sum", primitive, positive=self.is_positive(primitive))
            return {((self.generator(key, made), 1),): 1}
        found = self.products.get(key)
        if found is None:
            found = self.products[key] = self.factored(primitive, self.factorizer)
        return found

    def factored(self, primitive: Terms, factorizer: Factorizer) -> Terms:
        number, parts = factorizer(self, primitive) or (1, [(primitive, 1)])
        result: Terms = {(): number}
        for part, times in parts:
            content, common, inner = self.primitive(part)
            made = Generator("sum", inner, positive=self.is_positive(inner))
            generator = self.generator(("sum", tuple(sorted(inner.items()))), made)
            factor, monomial = self.reduced({number: power * times for number, power in common})
            result = self.times(result, {monomial: factor * number_power(content, times)})
            result = self.times(result, {((generator, times),): 1})
        return result

    def primitive(self, terms: Terms) -> tuple[Number, Monomial, Terms]:
        """A number, a real monomial and a sum with coprime integer coefficients whose product `terms` is."""
        least = dict(next(iter(terms)))
        for monomial in terms:
            exponents = dict(monomial)
            for number in [*least, *exponents]:
                least[number] = min(least.get(number, 0), exponents.get(number, 0))
        common = tuple(sorted((number, exponent) for number, exponent in least.items()
                              if exponent and self.generators[number].real))
        inverse = {number: -exponent for number, exponent in common}
        result: Terms = {}
        for monomial, coefficient in terms.items():
            exponents = dict(monomial)
            for number, exponent in inverse.items():
                exponents[number] = exponents.get(number, 0) + exponent
            result[tuple(sorted([pair for pair in exponents.items() if pair[1]]))] = coefficient
        fractions = [Fraction(coefficient) for coefficient in result.values()]
        content = Fraction(gcd(*[each.numerator for each in fractions]), lcm(*[each.denominator for each in fractions]))
        if result[max(result)] < 0:
            content = -content
        return as_int(content), common, {monomial: as_int(coefficient / content)
                                         for monomial, coefficient in result.items()}

    def is_positive(self, terms: Terms) -> bool:
        """Whether every term of a sum is plainly not negative, and one positive."""
        strict = False
        for monomial, coefficient in terms.items():
            if coefficient < 0:
                return False
            positive = all(self.generators[number].positive for number, _ in monomial)
            if not positive and not all(
                    self.generators[number].positive or (self.generators[number].real and exponent % 2 == 0)
                    for number, exponent in monomial):
                return False
            strict = strict or positive
        return strict

    # -- zero --------------------------------------------------------------------------------------------------

    def cleared(self, terms: Terms, common: bool = True) -> tuple[Terms, Monomial]:
        """Without denominators: a polynomial in which sums are multiplied out, and the monomial to multiply it by.

        common: whether powers of sums that all terms share are left in that monomial, too.
        """
        outside: dict[int, Number] = {}
        terms = self.refreshed(terms)
        while True:
            newest = max((number for monomial in terms for number, exponent in monomial
                          if self.generators[number].kind == "sum" and floor(exponent)), default=None)
            if newest is None:
                return terms, self.reduced(outside)[1]
            least = min(floor(dict(monomial).get(newest, 0)) for monomial in terms)
            if not common:
                least = min(least, 0)
            outside[newest] = outside.get(newest, 0) + least
            terms = self.multiplied_out(terms, newest, least)

    def expanded(self, terms: Terms) -> Terms:
        """Multiplied out, every term over the common denominator: the same for equal fractions with equal ones."""
        numerator, outside = self.cleared(terms, common=False)
        return self.times(numerator, {outside: 1}) if outside else numerator

    def multiplied_out(self, terms: Terms, number: int, least: int) -> Terms:
        """`terms` over the generator to the power `least`, the whole powers of the generator multiplied out."""
        by_power: dict[int, Terms] = {}
        for monomial, coefficient in terms.items():
            exponents = dict(monomial)
            exponent = exponents.pop(number, 0)
            rest = exponent - floor(exponent)
            if rest:
                exponents[number] = rest
            by_power.setdefault(floor(exponent) - least, {})[tuple(sorted(exponents.items()))] = coefficient
        inner = self.generators[number].terms
        assert inner is not None
        if max(by_power) > MOST_EXPONENT:
            raise GiveUp
        result: Terms = {}
        for power in range(max(by_power), -1, -1):  # Horner's scheme
            result = self.plus(self.times(result, inner), by_power.get(power, {}))
        return result

    def refreshed(self, terms: Terms) -> Terms:
        """`terms` with what was learned about signs since they were made."""
        if not self.signs:
            return terms
        self.spend(len(terms))
        result: Terms = {}
        for monomial, coefficient in terms.items():
            factor, again = self.reduced(dict(monomial))
            total = result.get(again, 0) + factor * coefficient
            if total:
                result[again] = total
            else:
                result.pop(again, None)
        return result

    def is_zero(self, terms: Terms) -> bool:
        """Whether `terms` is certainly 0; False means that it is not known to be."""
        return not terms or not self.cleared(terms)[0]

    def conjugate(self, terms: Terms) -> Terms:
        """The complex conjugate, if all bases are real."""
        result: Terms = {}
        for monomial, coefficient in terms.items():
            sign, mirrored = self.mirrored(monomial)
            result = self.plus(result, {mirrored: sign * coefficient})
        return result


def as_int(number: Number) -> Number:
    """An integer as an int."""
    return number.numerator if number.denominator == 1 else number


def size(number: Number) -> Number:
    """The absolute value."""
    return -number if number < 0 else number


def number_power(base: Number, exponent: int) -> Number:
    """base^exponent, exactly. Raises GiveUp if that has too many digits."""
    size = max(abs(base.numerator), base.denominator)
    if abs(exponent) * size.bit_length() > MOST_DIGITS * 10 // 3 and size > 1:
        raise GiveUp
    return as_int(Fraction(base) ** exponent) if exponent < 0 else base**exponent


def prime_factors(integer: int) -> dict[int, int]:
    """The primes of a positive integer with their powers; a rest without small primes is left as it is."""
    found: dict[int, int] = {}
    divisor = 2
    while divisor < PRIMES_BELOW and divisor * divisor <= integer:
        while integer % divisor == 0:
            found[divisor] = found.get(divisor, 0) + 1
            integer //= divisor
        divisor += 1
    if integer > 1:
        found[integer] = found.get(integer, 0) + 1
    return found
