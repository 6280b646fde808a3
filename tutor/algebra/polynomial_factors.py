"""The factors of a polynomial in one letter over the rational numbers.

    factors((-4, 0, 4))               # (4, [((-1, 1), 1), ((1, 1), 1)]), which is 4(x - 1)(x + 1)
    factors((1, 0, 1))                # (1, [((1, 0, 1), 1)]): x^2 + 1 does not split

A quadratic is split by its discriminant, everything else by Zassenhaus's method (von zur Gathen and Gerhard, Modern
Computer Algebra, chapters 14 and 15; Knuth, The Art of Computer Programming, volume 2, section 4.6.2): it is split
modulo a small prime p with Berlekamp's algorithm, these factors are lifted to factors modulo a power of p that is
larger than any coefficient of a true factor, and products of them are tried by division. Nothing that is returned
depends on luck: a factor is one because the division leaves nothing. No integer is ever split into primes, so long
coefficients cost little. The size of the polynomial and the number of products that are tried are bounded; a polynomial
beyond the bounds stays one factor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from math import isqrt

from tutor.algebra.polynomials import (
    Polynomial,
    Rational,
    Whole,
    exact_quotient,
    plus,
    primitive,
    slope,
    square_free_factors,
    times,
)

LARGEST_DEGREE = 40
LARGEST_BITS = 20_000
"""Polynomials are not split if their degree, or the degree times the bits of the longest coefficient, is larger."""

PRODUCTS_TRIED = 5_000
"""Products of factors modulo a prime that are tried; what is left after that stays one factor."""

_PRIMES_COMPARED = 3
_FEW = 4
"""Of so many primes the one is taken that gives the fewest factors, or the first one that gives so few."""


def factors(polynomial: Polynomial) -> tuple[Rational, list[tuple[Whole, int]]]:
    """Content, and the irreducible factors with their multiplicities: primitive, of lower degree first."""
    content, whole = primitive(polynomial)
    zeros = next((place for place, each in enumerate(whole) if each), 0)  # the multiplicity of the root 0
    found: list[tuple[Whole, int]] = [((0, 1), zeros)] if zeros else []
    degree, longest = len(whole) - zeros - 1, max([each.bit_length() for each in whole], default=0)
    if degree > LARGEST_DEGREE or degree * longest > LARGEST_BITS:
        return content, [*found, (whole[zeros:], 1)]
    for part, multiplicity in square_free_factors(whole[zeros:]):
        found += [(factor, multiplicity) for factor in _split(part)]
    return content, sorted(found, key=lambda each: (len(each[0]), each[0][::-1]))


def _split(part: Whole) -> list[Whole]:
    """The irreducible factors of a primitive square-free polynomial that is not zero at 0."""
    if len(part) <= 2:
        return [part]
    if len(part) == 3:
        return _split_quadratic(part)
    prime, modular = _split_modulo_a_prime(part)
    return [part] if len(modular) == 1 else _combined(part, *_lifted(part, modular, prime))


def _split_quadratic(part: Whole) -> list[Whole]:
    constant, linear, leading = part
    discriminant = linear * linear - 4 * leading * constant
    root = isqrt(max(discriminant, 0))
    if root * root != discriminant:
        return [part]
    return [primitive((linear + sign * root, 2 * leading))[1] for sign in (1, -1)]


def _split_modulo_a_prime(part: Whole) -> tuple[int, list[Whole]]:
    """A prime modulo which the polynomial keeps its degree and has no repeated roots, and its monic factors there."""
    found: list[tuple[int, list[Whole]]] = []
    for prime in _odd_primes():  # only finitely many are refused: those that divide the discriminant
        if part[-1] % prime:
            monic = _monic(part, prime)
            if len(_common_divisor(monic, _modulo(slope(monic), prime), prime)) == 1:
                found.append((prime, _berlekamp(monic, prime)))
                if len(found) == _PRIMES_COMPARED or len(found[-1][1]) <= _FEW:
                    break
    return min(found, key=lambda each: len(each[1]))


def _odd_primes() -> Iterator[int]:
    number = 3
    while True:
        if all(number % divisor for divisor in range(3, isqrt(number) + 1, 2)):
            yield number
        number += 2


def _combined(part: Whole, lifted: list[Whole], modulus: int) -> list[Whole]:
    """The true factors: products of few lifted factors first, each tried by its constant before it is multiplied."""
    found: list[Whole] = []
    count, tried = 1, 0
    while 2 * count <= len(lifted):
        for chosen in combinations(lifted, count):
            tried += 1
            if tried > PRODUCTS_TRIED:
                return [*found, part]
            constant = part[-1]
            for each in chosen:
                constant = constant * each[0] % modulus
            constant = _nearest(constant, modulus)
            if not constant or part[-1] * part[0] % constant:
                continue
            product: Whole = (part[-1],)
            for each in chosen:
                product = _modulo(times(product, each), modulus)
            factor = primitive(tuple([_nearest(each, modulus) for each in product]))[1]
            quotient = exact_quotient(part, factor)
            if quotient is not None:
                found.append(factor)
                part = primitive(quotient)[1]
                lifted = [each for each in lifted if each not in chosen]
                break
        else:
            count += 1
    return [*found, part]


def _nearest(value: int, modulus: int) -> int:
    """The number nearest to 0 that is the same modulo the modulus."""
    return value - modulus if 2 * value > modulus else value


def _lifted(part: Whole, modular: list[Whole], prime: int) -> tuple[list[Whole], int]:
    """The monic factors modulo a power of the prime that is beyond all coefficients, and this power.

    The coefficients of a factor are at most 2^degree · ‖part‖ (Mignotte); here they have the leading one in front.
    """
    bound = part[-1] * (isqrt(sum(each * each for each in part)) + 1) << len(part)
    modulus = prime
    while modulus <= 2 * bound:
        modulus *= modulus
    return [_lifted_factor(part, factor, prime, modulus) for factor in modular], modulus


def _lifted_factor(part: Whole, factor: Whole, prime: int, wanted: int) -> Whole:
    """The factor modulo `wanted`, by Newton's iteration on "part divided by it leaves 0": it squares the modulus.

    `inverse` times the quotient is 1 modulo the factor; each step mends both, the inverse one step behind.
    """
    modulus = prime
    inverse = _inverse(_divided(_monic(part, modulus), factor, modulus)[0], factor, modulus)
    while modulus < wanted:
        modulus *= modulus
        quotient, rest = _divided(_monic(part, modulus), factor, modulus)
        close = times(quotient, inverse)
        inverse = _divided(times(inverse, plus((2,), close, -1)), factor, modulus)[1]
        factor = _modulo(plus(factor, _divided(times(rest, inverse), factor, modulus)[1]), modulus)
    return factor


def _berlekamp(monic: Whole, prime: int) -> list[Whole]:
    """The irreducible factors of a square-free polynomial modulo a prime (Knuth, algorithm B).

    Where a polynomial v is equal to its own power v^prime, the factors of `monic` are found among the common divisors
    with v - s, for all numbers s.
    """
    fixed = _equal_to_their_power(monic, prime)
    found = [monic]
    for each in fixed:
        for number in range(prime):
            if len(found) == len(fixed):
                return found
            shifted = _modulo(plus(each, (number,), -1), prime)
            parts: list[Whole] = []
            for factor in found:
                shared = _common_divisor(factor, shifted, prime)
                parts += ([shared, _divided(factor, shared, prime)[0]] if 1 < len(shared) < len(factor) else [factor])
            found = parts
    return found


def _equal_to_their_power(monic: Whole, prime: int) -> list[Whole]:
    """A basis of the v with v^prime = v modulo `monic`: the kernel of a linear map, by Gauss's elimination."""
    degree = len(monic) - 1
    step = _divided((*[0] * prime, 1), monic, prime)[1]  # x^prime
    power: Whole = (1,)
    done: list[tuple[int, list[int]]] = []
    basis: list[Whole] = []
    for index in range(degree):
        row = [*power, *[0] * (2 * degree - len(power))]  # x^(prime·index) - x^index, and beside it what it is made of
        row[index] -= 1
        row[degree + index] = 1
        for column, other in done:
            if row[column]:
                times_other = row[column]
                row = [(one - times_other * two) % prime for one, two in zip(row, other, strict=True)]
        column = next((place for place in range(degree) if row[place] % prime), degree)
        if column == degree:
            basis.append(_modulo(row[degree:], prime))
        else:
            inverse = pow(row[column], -1, prime)
            done.append((column, [inverse * each % prime for each in row]))
        power = _divided(times(power, step), monic, prime)[1]
    return basis


# Polynomials modulo a number: whole coefficients from 0 up to below it; what is divided by is monic.


def _modulo(polynomial: Iterable[Rational], modulus: int) -> Whole:
    return _whole(each.numerator % modulus for each in polynomial)


def _whole(coefficients: Iterable[int]) -> Whole:
    """Without zeros at the end."""
    found = list(coefficients)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _monic(polynomial: Whole, modulus: int) -> Whole:
    inverse = pow(polynomial[-1], -1, modulus)
    return _modulo([inverse * each for each in polynomial], modulus)


def _divided(dividend: Polynomial, divisor: Whole, modulus: int) -> tuple[Whole, Whole]:
    """Quotient and remainder."""
    rest, degree = [each.numerator % modulus for each in dividend], len(divisor) - 1
    quotient: list[int] = []
    while len(rest) > degree:
        factor = rest.pop()
        quotient.append(factor)
        if factor:
            start = len(rest) - degree
            for place in range(degree):
                rest[start + place] = (rest[start + place] - factor * divisor[place]) % modulus
    return _whole(reversed(quotient)), _whole(rest)


def _common_divisor(left: Whole, right: Whole, prime: int) -> Whole:
    """The monic common divisor of highest degree, by Euclid's algorithm."""
    while right:
        right = _monic(right, prime)
        left, right = right, _divided(left, right, prime)[1]
    return left


def _inverse(polynomial: Whole, monic: Whole, prime: int) -> Whole:
    """What gives 1 modulo `monic` when it is multiplied by the polynomial, which shares no factor with it."""
    left, right = monic, _divided(polynomial, monic, prime)[1]
    before: Whole = ()
    now: Whole = (1,)  # these times the polynomial are left and right
    while len(right) > 1:
        scale = (pow(right[-1], -1, prime),)
        right, now = _modulo(times(scale, right), prime), _modulo(times(scale, now), prime)
        quotient, rest = _divided(left, right, prime)
        left, right, before, now = right, rest, now, _modulo(plus(before, times(quotient, now), -1), prime)
    return _modulo(times(now, (pow(right[0], -1, prime),)), prime)
