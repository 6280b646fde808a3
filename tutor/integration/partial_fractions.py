"""A rational function as a sum of fractions with one factor of the denominator each, and how a person finds it.

    found = apart(rational_function(parse("(3*x + 5)/(x^2 - 1)"), name("x")))
    [(part.numerator, part.factor, part.power) for part in found]      # [((4,), (-1, 1), 1), ((-1,), (1, 1), 1)]

The numerators over the powers of one factor are the digits of numerator · (the other factors)^-1 in a number system
whose base is this factor, modulo its power; so they take divisions alone (Knuth, The Art of Computer Programming,
volume 2, section 4.6.1). A person writes letters for them, puts in the roots, and compares coefficients for the rest;
`working` shows that.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from string import ascii_uppercase
from typing import NamedTuple

from tutor.algebra.polynomials import divided, plus, times, trimmed, value_at
from tutor.expression.tree import ZERO, Expression, add, divide, multiply, name, number, power
from tutor.integration.integrand import Integrand
from tutor.integration.rational_functions import (
    ONLY_ONE,
    Polynomial,
    RationalFunction,
    equation,
    piece_of,
    product_of,
    scaled_by,
    written_factors,
    written_polynomial,
    written_term,
)
from tutor.integration.ratios import Constant, Ratio, written
from tutor.rules.instance import RuleInstance, Working


class PartialFraction(NamedTuple):
    """numerator/factor^power"""

    numerator: Polynomial
    factor: Polynomial
    power: int


def apart(function: RationalFunction) -> list[PartialFraction]:
    """The parts of a function whose numerator has a lower degree than its denominator, those with numerator 0 too.

    Raises TooLarge where letters make them too long.
    """
    found = []
    for factor, multiplicity in function.factors.items():
        others = {each: often for each, often in function.factors.items() if each != factor}
        inverse = ONLY_ONE
        for each, often in others.items():
            for _ in range(often):
                inverse = divided(times(inverse, _inverse(each, factor)), factor)[1]
        rest: Polynomial = function.numerator
        below = product_of(others)
        for exponent in range(multiplicity, 0, -1):
            digit = divided(times(divided(rest, factor)[1], inverse), factor)[1]
            found.append(PartialFraction(digit, factor, exponent))
            rest = divided(plus(rest, times(digit, below), -1), factor)[0]
    return sorted(found, key=lambda part: (list(function.factors).index(part.factor), part.power))


def _inverse(polynomial: Polynomial, modulus: Polynomial) -> Polynomial:
    """What gives 1 modulo the modulus when it is multiplied by a polynomial that shares no factor with it."""
    rest = divided(polynomial, modulus)[1]
    if len(rest) == 1:
        return (1 / rest[0],)
    if len(modulus) == 3:  # as for complex numbers: the conjugate over the norm
        (constant, linear), (e, d, c) = rest, modulus
        turned = constant - linear * d / c
        norm = linear * linear * e / c + constant * turned
        return turned / norm, -linear / norm
    empty: Polynomial = ()
    left, before, now = modulus, empty, ONLY_ONE
    while len(rest) > 1:
        quotient, remainder = divided(left, rest)
        left, rest, before, now = rest, remainder, now, plus(before, times(quotient, now), -1)
    return trimmed([each / rest[0] for each in now])


def taken_apart(integrand: Integrand, function: RationalFunction, whole: Expression | None) -> RuleInstance | None:
    """The integrals of the parts. whole: the denominator if its factors cannot be seen in the integrand.

    That the coefficients are divided by products of letters, as by a - b, is what the rule assumes of these letters.
    """
    parts = apart(function)
    integrals = [piece_of(function._replace(factors={part.factor: part.power}), part.numerator,
                          integrand.variable).integral for part in parts if part.numerator]
    assumed = dict.fromkeys([each for part in parts for coefficient in part.numerator
                             if isinstance(coefficient, Ratio) for each in coefficient.assumed()])
    lines = working(function, parts, integrand.body, integrand.variable, whole)
    if not any(each.free for each in assumed):
        return integrand.computed("partial_fractions", add(*integrals), working=lines)
    with_letters = "partial_fractions_with_letters"
    letters = integrand.met(with_letters, integrand.body, multiply(*assumed))
    return integrand.computed(with_letters, add(*integrals), letters, lines)


def working(function: RationalFunction, parts: list[PartialFraction], body: Expression, variable: Expression,
            whole: Expression | None) -> tuple[Working, ...]:
    """The lines of work that lead to the parts. whole: the denominator if its factors cannot be seen in the body."""
    lines = []
    denominator = written_factors(function.factors, variable)
    if whole is not None:
        lines.append(Working("Factor the denominator:", equation(whole, denominator)))
    unknown = _Unknowns(parts, body, variable)
    values = unknown.values
    ansatz = add(*[divide(unknown.numerator(part), written_factors({part.factor: part.power}, variable))
                   for part in parts])
    powers = " and for each of its powers" if max(function.factors.values()) > 1 else ""
    lines.append(Working(f"Write one fraction for each factor{powers}, with new letters for the numbers that are "
                         "still to be found:", equation(body, ansatz), values=values))
    cleared = add(*[_times_rest(unknown.numerator(part), _rest(function, part), variable) for part in parts])
    above = written_polynomial(function.numerator, variable)
    lines.append(Working("Multiply both sides by {d}:", equation(above, cleared), {"d": denominator}, values))
    lines += unknown.found(function)
    filled = [piece_of(function._replace(factors={part.factor: part.power}), part.numerator, variable).fraction
              for part in parts if part.numerator]
    lines.append(Working("Put the numbers in:", equation(body, add(*filled))))
    return tuple(lines)


def _rest(function: RationalFunction, part: PartialFraction) -> dict[Polynomial, int]:
    """The denominator divided by that of a part."""
    left = {each: often - (part.power if each == part.factor else 0) for each, often in function.factors.items()}
    return {each: often for each, often in left.items() if often}


def _times_rest(numerator: Expression, rest: dict[Polynomial, int], variable: Expression) -> Expression:
    if not rest:
        return numerator
    factors = written_factors(rest, variable)
    return multiply(numerator, *(factors.args if factors.head == "product" else (factors,)))


class _Unknowns:
    """The letters for the coefficients of the numerators: those of one part from the highest power down."""

    def __init__(self, parts: list[PartialFraction], body: Expression, variable: Expression) -> None:
        self.variable, self.parts = variable, parts
        count = sum(len(part.factor) - 1 for part in parts)
        free = [letter for letter in ascii_uppercase if letter not in body.free and letter not in "EIO"]
        letters = [name(letter) for letter in free[:count]]
        letters += [name(f"{free[0]}_{index}") for index in range(1, count - len(letters) + 1)]
        self.letters: dict[int, list[Expression]] = {}
        self.values: dict[Expression, Expression] = {}
        self.constants: dict[Expression, Constant] = {}
        for place, part in enumerate(parts):
            degree = len(part.factor) - 1
            self.letters[place], letters = letters[:degree], letters[degree:]
            for index, letter in enumerate(self.letters[place]):
                exponent = degree - 1 - index
                value = part.numerator[exponent] if exponent < len(part.numerator) else Fraction(0)
                self.constants[letter], self.values[letter] = value, written(value)

    def numerator(self, part: PartialFraction) -> Expression:
        """The numerator of a part in letters: B*x + C"""
        letters = self.letters[self.parts.index(part)]
        terms = []
        for index, letter in enumerate(letters):
            exponent = len(letters) - 1 - index
            raised = self.variable if exponent == 1 else power(self.variable, number(exponent))
            terms.append(letter if exponent == 0 else multiply(letter, raised))
        return add(*terms)

    def found(self, function: RationalFunction) -> Iterator[Working]:
        """One line for each coefficient: where a root can be put in, and then by comparing coefficients."""
        known: dict[Expression, Constant] = {}
        for place, part in enumerate(self.parts):
            if len(part.factor) == 2 and part.power == function.factors[part.factor]:
                letter, = self.letters[place]
                root = -part.factor[0] / part.factor[1]
                factor = value_at(product_of(_rest(function, part)), root)
                left = written(value_at(function.numerator, root))
                at_root = equation(scaled_by(factor, letter), left)
                known[letter] = self.constants[letter]
                yield self._found("Put in {x} = {root}, where all other terms are 0:", letter, at_root,
                                  {"x": self.variable, "root": written(root)})
        equations = self._coefficients(function)
        waiting = [letter for letter in self.values if letter not in known]
        while waiting:
            chosen = next((each for each in equations if len(each.unknown(known)) == 1), None)
            if chosen is None:
                yield from self._system(equations, waiting)
                return
            letter, = chosen.unknown(known)
            equations.remove(chosen)
            known[letter] = self.constants[letter]
            waiting.remove(letter)
            yield self._found(f"Compare the {chosen.words}:", letter, chosen.written, chosen.slots)

    def _found(self, sentence: str, letter: Expression, because: Expression, slots: dict[str, Expression]) -> Working:
        """The line that finds one letter from an equation."""
        result = equation(letter, self.values[letter])
        if because is not result:
            sentence, slots = f"{sentence} {{equation}}, so", {**slots, "equation": because}
        return Working(sentence, result, slots, {letter: self.values[letter]})

    def _coefficients(self, function: RationalFunction) -> list[_Comparison]:
        """The equations between the coefficients on both sides, that of the highest power first."""
        columns: dict[Expression, Polynomial] = {}
        for place, part in enumerate(self.parts):
            rest = product_of(_rest(function, part))
            letters = self.letters[place]
            for index, letter in enumerate(letters):
                columns[letter] = times(rest, (*[Fraction(0)] * (len(letters) - 1 - index), Fraction(1)))
        degree = len(function.denominator) - 2
        return [_Comparison(exponent, {letter: column[exponent] for letter, column in columns.items()
                                       if exponent < len(column) and column[exponent]},
                            function.numerator[exponent] if exponent < len(function.numerator) else Fraction(0),
                            self.variable) for exponent in range(degree, -1, -1)]

    def _system(self, equations: list[_Comparison], waiting: list[Expression]) -> Iterator[Working]:
        """The equations that are needed for the unknowns that are left, and then what they come to."""
        rows: list[dict[Expression, Constant]] = []
        for each in equations:
            row = {letter: value for letter, value in each.factors.items() if letter in waiting}
            for other in rows:
                pivot = next(iter(other))
                if pivot in row:
                    ratio = row[pivot] / other[pivot]
                    row = {letter: value for letter in waiting if (
                        value := row.get(letter, Fraction(0)) - ratio * other.get(letter, Fraction(0)))}
            if row:
                rows.append(row)
                yield Working(f"Compare the {each.words}:", each.written, each.slots, self.values)
        for letter in waiting:
            yield Working("Solve these equations for {letter}:", equation(letter, self.values[letter]),
                          {"letter": letter}, {letter: self.values[letter]})


class _Comparison(NamedTuple):
    """The equation between the coefficients of one power on both sides."""

    exponent: int
    factors: dict[Expression, Constant]
    value: Constant
    variable: Expression

    def unknown(self, known: dict[Expression, Constant]) -> list[Expression]:
        return [letter for letter in self.factors if letter not in known]

    @property
    def words(self) -> str:
        return "coefficients of {power}" if self.exponent else "constant terms"

    @property
    def slots(self) -> dict[str, Expression]:
        return {"power": written_term(Fraction(1), self.variable, self.exponent)} if self.exponent else {}

    @property
    def written(self) -> Expression:
        terms = [scaled_by(value, letter) for letter, value in self.factors.items()]
        return equation(add(*terms) if terms else ZERO, written(self.value))

