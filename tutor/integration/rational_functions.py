"""A rational function of the variable: a polynomial over factors that do not split any further.

    found = rational_function(parse("x/(x^2 - 1)"), name("x"))
    found.numerator                # (0, 1)
    found.factors                  # {(-1, 1): 1, (1, 1): 1}
    written_polynomial((-1, 0, 1), name("x"))      # x^2 - 1

A polynomial is the tuple of its coefficients, the constant one first and the last one not 0, as in
`algebra/polynomials.py`; here the coefficients may have letters and roots in them (see `constants.py`). With numbers,
factors are found over the rational numbers, and then quadratics over square roots where a person would find them, as in
x^4 + 1. With letters, they are found by the formula for quadratics where the discriminant is a square.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.multivariate import TooLarge, atoms_in
from tutor.algebra.polynomial_factors import factors as whole_factors
from tutor.algebra.polynomials import divided, plus, primitive, times, to_the, trimmed
from tutor.expression.tree import (
    ONE,
    OPEN,
    ZERO,
    Expression,
    add,
    divide,
    multiply,
    negate,
    node,
    number,
    postorder,
    power,
)
from tutor.integration.constants import (
    constant_of,
    number_in,
    roots_in,
    shared_factor,
    simplest,
    square_root,
)
from tutor.integration.ratios import Constant, Ratio, written
from tutor.rules.conditions import is_integer, rational_value

LARGEST_DEGREE = 14
"""The largest degree above and below the line."""

Polynomial = tuple[Constant, ...]
Factors = dict[Polynomial, int]


class RationalFunction(NamedTuple):
    """`numerator` over the product of `factors`, each to its multiplicity; they share nothing with the numerator."""

    numerator: Polynomial
    factors: Factors
    is_cancelled: bool = False  # whether it was not in lowest terms
    is_factored: bool = True  # whether its factors stood below the line as they are

    @property
    def denominator(self) -> Polynomial:
        return product_of(self.factors)


ONLY_ONE: Polynomial = (Fraction(1),)
THE_VARIABLE: Polynomial = (Fraction(0), Fraction(1))


def product_of(factors: Mapping[Polynomial, int]) -> Polynomial:
    """The product of the factors. Raises TooLarge."""
    found = ONLY_ONE
    for factor, often in factors.items():
        if often:
            if len(found) + often * (len(factor) - 1) > 2 * LARGEST_DEGREE + 1:
                raise TooLarge
            found = times(found, to_the(factor, often))
    return found


def is_numeric(polynomial: Polynomial) -> bool:
    return all(number_in(each) is not None for each in polynomial)


def is_of_numbers_and_roots(polynomial: Polynomial) -> bool:
    return all(not isinstance(each, Ratio) or (not each.factors and roots_in(each) == atoms_in(each.above))
               for each in polynomial)


def numbers_in(polynomial: Polynomial) -> tuple[Fraction, ...]:
    """The coefficients of a polynomial that has nothing but numbers as coefficients."""
    return tuple([each for each in map(number_in, polynomial) if each is not None])


def rational_function(body: Expression, variable: Expression) -> RationalFunction | None:
    """A body as a rational function; None if it is none, or one that is too large. Its letters are constants."""
    if not is_rational(body, variable) or any(
            part.head == "constant" and part.value in ("i", "infinity") for part in postorder([body])):
        return None
    try:
        above, below = _read(body, variable)
        numerator = product_of(above)
        factors: Factors = {}
        is_factored = True
        for factor, multiplicity in below.items():
            for part, often in factored(factor).items():
                is_factored = is_factored and (len(part) == 1 or (len(part) == len(factor) and part not in factors))
                numerator = _put_below(numerator, factors, part, often * multiplicity)
        found = in_lowest_terms(numerator, dict(sorted(factors.items(), key=_order)))._replace(is_factored=is_factored)
        largest = max(len(found.denominator), len(found.numerator)) - 1
        return found if largest <= LARGEST_DEGREE else None
    except (TooLarge, ZeroDivisionError):
        return None


def in_lowest_terms(numerator: Polynomial, factors: Factors) -> RationalFunction:
    """A numerator over factors that do not split, without those of them that divide it."""
    rest, left = numerator, {}
    for factor, often in factors.items():
        while often and rest:
            quotient, remainder = divided(rest, factor)
            if remainder:
                break
            rest, often = quotient, often - 1
        if often:
            left[factor] = often
    return RationalFunction(rest, left, is_cancelled=len(rest) < len(numerator))


def is_rational(body: Expression, variable: Expression) -> bool:
    """Whether it is made of the variable and constants by arithmetic and powers with whole exponents."""
    return all(part.head in _RATIONAL and (part.head != "power" or is_integer(part.args[1]))
               for part in postorder([body]) if variable.value in part.free)


def is_polynomial(body: Expression, variable: Expression) -> bool:
    """Whether the variable does not stand below a line either."""
    return is_rational(body, variable) and not any(
        (part.head == "quotient" and variable.value in part.args[1].free)
        or (part.head == "power" and variable.value in part.free and (rational_value(part.args[1]) or 0) < 0)
        for part in postorder([body]))


_RATIONAL = frozenset(("name", "sum", "product", "quotient", "negation", "power"))


def _order(item: tuple[Polynomial, int]) -> tuple[int, bool]:
    """x first, then what is linear, then quadratics, otherwise as they were met."""
    return len(item[0]), bool(item[0][0])


def _put_below(numerator: Polynomial, factors: Factors, part: Polynomial, often: int) -> Polynomial:
    """Divide by part^often: a factor that is a number times a known one joins it. Returns the new numerator."""
    if len(part) == 1:
        return trimmed([each / part[0]**often for each in numerator])
    for known in factors:
        if len(known) == len(part):
            ratio = part[-1] / known[-1]
            if all(not a - ratio * b for a, b in zip(part, known, strict=True)):
                factors[known] += often
                return trimmed([each / ratio**often for each in numerator])
    factors[part] = often
    return numerator


def _read(body: Expression, variable: Expression) -> tuple[Factors, Factors]:
    """The factors above and below the line as they are written."""
    done: dict[Expression, tuple[Factors, Factors]] = {variable: ({THE_VARIABLE: 1}, {})}
    stack = [body]
    while stack:
        part = stack[-1]
        if part in done:
            stack.pop()
        elif variable.value not in part.free:
            done[part] = {trimmed([constant_of(part, variable.value)]): 1}, {}
        elif waiting := [arg for arg in part.args if arg not in done]:
            stack += waiting
        else:
            done[part] = _joined(part, [done[arg] for arg in part.args])
    return done[body]


def _joined(part: Expression, args: list[tuple[Factors, Factors]]) -> tuple[Factors, Factors]:
    if part.head == "power":
        value = rational_value(part.args[1])
        if value is None or value.denominator != 1 or abs(int(value)) > LARGEST_DEGREE:
            raise TooLarge
        above, below = ({factor: often * abs(int(value)) for factor, often in side.items()} for side in args[0])
        return (above, below) if value > 0 else (below, above)
    if part.head == "negation":
        return _product([args[0], ({(Fraction(-1),): 1}, {})])
    if part.head == "product":
        return _product(args)
    if part.head == "quotient":
        return _product([args[0], args[1][::-1]])
    below = dict[Polynomial, int]()
    for _, under in args:
        for factor, often in under.items():
            below[factor] = max(below.get(factor, 0), often)
    total: Polynomial = ()
    for above, under in args:
        missing = {factor: often - under.get(factor, 0) for factor, often in below.items()}
        total = plus(total, times(product_of(above), product_of(missing)))
    return {total: 1}, below


def _product(args: list[tuple[Factors, Factors]]) -> tuple[Factors, Factors]:
    sides: tuple[Factors, Factors] = {}, {}
    for arg in args:
        for side, factors in zip(sides, arg, strict=True):
            for factor, often in factors.items():
                side[factor] = side.get(factor, 0) + often
    return sides


def factored(polynomial: Polynomial) -> Factors:
    """The factors of a polynomial, and a constant if one is left. What cannot be split stays one factor."""
    if not is_numeric(polynomial):
        return _split_with_letters(polynomial)
    content, found = whole_factors(numbers_in(polynomial))
    factors: Factors = {}
    for factor, multiplicity in found:
        factors[tuple([Fraction(each) for each in factor])] = multiplicity
    return factors if content == 1 else {(Fraction(content),): 1, **factors}


def _split_with_letters(polynomial: Polynomial) -> Factors:
    zeros = next(place for place, each in enumerate(polynomial) if each)
    content, rest = without_content(polynomial[zeros:])
    found: Factors = {THE_VARIABLE: zeros} if zeros else {}
    squared = len(rest) == 5 and not rest[1] and not rest[3]  # a polynomial in x^2
    halves = _split_quadratic(rest[::2] if squared else rest) if squared or len(rest) == 3 else None
    parts: Factors | None = None
    if halves is not None:
        parts = {}
        for half in halves:
            whole = (half[0], Fraction(0), half[1]) if squared else half
            for each, often in _split_with_letters(whole).items():
                parts[each] = parts.get(each, 0) + often
    for each, often in (parts or _by_rational_multiples(rest) or {rest: 1}).items():
        if len(each) > 1:
            found[each] = found.get(each, 0) + often
        else:
            content = content * each[0]**often
    return found if content == 1 else {(content,): 1, **found}


def _split_quadratic(polynomial: Polynomial) -> tuple[Polynomial, Polynomial] | None:
    """Two linear factors, if the discriminant is the square of a constant without other roots of numbers."""
    constant, linear, leading = polynomial
    discriminant = linear * linear - 4 * leading * constant
    root = square_root(discriminant) if discriminant else Fraction(0)
    if root is None or roots_in(root) - roots_in(*polynomial):
        return None
    divisor = 2 * leading
    return trimmed([leading * (linear - root) / divisor, leading]), ((linear + root) / divisor, Fraction(1))


def _by_rational_multiples(polynomial: Polynomial) -> Factors | None:
    """The factors of what is a polynomial with numbers in x/m, where m is a constant: x^3 + a^3 is one in x/a."""
    found = numbers_in_unit(polynomial) if len(polynomial) > 3 else None
    if found is None:
        return None
    unit, numbers = found
    leading = polynomial[-1]
    factors: Factors = {} if leading == 1 else {(leading,): 1}
    for factor, often in factored(numbers).items():
        degree = len(factor) - 1
        factors[trimmed([each * unit**(degree - place) for place, each in enumerate(factor)])] = often
    return factors


def numbers_in_unit(polynomial: Polynomial) -> tuple[Ratio, Polynomial] | None:
    """A product m of letters, and the polynomial with numbers that this one, divided by its leading coefficient, is in
    x/m, but for a power of m; None if there is no such m."""
    places = [place for place, each in enumerate(polynomial) if each]
    if len(places) < 2:
        return None
    ratios = [polynomial[place] / polynomial[-1] for place in places]
    distance = len(polynomial) - 1 - places[-2]
    step = ratios[-2]  # a number times m^distance
    if not isinstance(step, Ratio) or step.factors or len(step.above) != 1 or roots_in(step):
        return None
    product, = step.above
    if not product or any(exponent % distance for _, exponent in product):
        return None
    unit = Ratio({frozenset([(part, exponent // distance) for part, exponent in product]): 1})
    numbers: list[Constant] = [Fraction(0)] * len(polynomial)
    for place, ratio in zip(places, ratios, strict=True):
        numbers[place] = simplest(ratio / unit**(len(polynomial) - 1 - place))
    return (unit, trimmed(numbers)) if is_numeric(tuple(numbers)) else None


def over_a_root(function: RationalFunction) -> RationalFunction | None:
    """The same with its quadratics and quartics split over square roots, where that is possible; else None."""
    split: Factors = {}
    try:
        for factor, often in function.factors.items():
            parts = _split_over_a_root(factor) if is_of_numbers_and_roots(factor) else None
            for part in parts or (factor,):
                split[part] = often
    except TooLarge:
        return None
    return None if split.keys() == function.factors.keys() else function._replace(factors=split)


def _split_over_a_root(factor: Polynomial) -> tuple[Polynomial, ...] | None:
    """An irreducible quadratic or quartic, or one in x^2, as a product over a field with one more square root."""
    if len(factor) > 5 and len(factor) % 4 == 1 and not any(factor[1::2]):
        halves = _split_over_a_root(factor[::2])
        return halves and tuple([tuple([part[place // 2] if place % 2 == 0 else Fraction(0)
                                        for place in range(2 * len(part) - 1)]) for part in halves])
    leading = factor[-1]
    if len(factor) == 3:
        constant, linear = factor[0] / leading, factor[1] / leading
        root = square_root(linear * linear / 4 - constant)
        if root is None:
            return None
        return trimmed([leading * (linear / 2 - root), leading]), (linear / 2 + root, Fraction(1))
    if len(factor) != 5:
        return None
    e, d, c, b = [each / leading for each in factor[:4]]
    if not b and not d:  # a quadratic in x^2 whose roots have a square root in them
        root = square_root(c * c / 4 - e)
        if root is not None:
            return (trimmed([leading * (c / 2 - root), Fraction(0), leading]),
                    (c / 2 + root, Fraction(0), Fraction(1)))
        middle = square_root(e)
    else:
        middle = d / b if b and d / b * (d / b) == e else None
    if middle is None:
        return None
    root = square_root(b * b / 4 - c + 2 * middle)  # x^2 + k/x^2 + .. is a quadratic in z = x + k/x
    if root is None:
        return None
    return (trimmed([leading * middle, leading * (b / 2 - root), leading]), (middle, b / 2 + root, Fraction(1)))


def written_polynomial(polynomial: Polynomial, variable: Expression) -> Expression:
    """A polynomial as a person writes it, the highest power first."""
    terms: list[Expression] = []
    for exponent in range(len(polynomial) - 1, -1, -1):
        if polynomial[exponent]:
            term = written_term(polynomial[exponent], variable, exponent)
            terms += term.args if term.head == "sum" else (term,)
    return add(*terms) if terms else ZERO


def written_term(coefficient: Constant, variable: Expression, exponent: int) -> Expression:
    raised_variable = ONE if exponent == 0 else variable if exponent == 1 else power(variable, number(exponent))
    return scaled_by(coefficient, raised_variable)


def scaled_by(coefficient: Constant, core: Expression) -> Expression:
    """coefficient · core with the sign in front, and numbers of the coefficient below the line if core is no sum."""
    value = written(coefficient)
    if value.head == "negation":
        return negate(scaled_by(-coefficient, core))
    if core is ONE:
        return value
    if value is ONE:
        return core
    if value.head == "quotient" and core.head not in OPEN:
        above, below = value.args
        return divide(core if above is ONE else multiplied(above, core), below)
    return multiplied(value, core)


def multiplied(left: Expression, right: Expression) -> Expression:
    """The product of both, in one row."""
    return multiply(*(left.args if left.head == "product" else (left,)),
                    *(right.args if right.head == "product" else (right,)))


def without_content(polynomial: Polynomial) -> tuple[Constant, Polynomial]:
    """A constant, and the rest with a plain first term: nothing below a line, no letter or number in all terms."""
    several = [each for each in polynomial if each]
    if len(several) == 1:
        return several[0], (*[Fraction(0)] * (len(polynomial) - 1), Fraction(1))
    if is_numeric(polynomial):
        number_in_all, whole = primitive(numbers_in(polynomial))
        return Fraction(number_in_all), tuple([Fraction(each) for each in whole])
    if number_in(polynomial[-1]) is None:
        monic = trimmed([each / polynomial[-1] for each in polynomial])
        if all(not isinstance(each, Ratio) or not each.factors for each in monic):
            return polynomial[-1], monic
    content = shared_factor(polynomial)
    return content, trimmed([each / content for each in polynomial])


def written_factors(factors: Mapping[Polynomial, int], variable: Expression) -> Expression:
    """The product of the factors."""
    return multiply(*[written_polynomial(factor, variable) if often == 1
                      else power(written_polynomial(factor, variable), number(often))
                      for factor, often in factors.items()])


def written_fraction(function: RationalFunction, variable: Expression) -> Expression:
    """The function with its denominator in factors."""
    above, below = written_polynomial(function.numerator, variable), written_factors(function.factors, variable)
    return above if below is ONE else divide(above, below)


class Piece(NamedTuple):
    """content·core, where the numerator of the core has no common factor. fraction: this as a person writes it, with
    its sign in front and its number below the line; integral: that of the core, with the content in front."""

    content: Constant
    core: Expression
    fraction: Expression
    integral: Expression


def piece_of(function: RationalFunction, numerator: Polynomial, variable: Expression) -> Piece:
    """numerator over the denominator of a function"""
    content, above = without_content(numerator)
    top, below = written_polynomial(above, variable), written_factors(function.factors, variable)
    core = top if below is ONE else divide(top, below)
    return Piece(content, core, _over(written(content), top, below),
                 scaled_by(content, node("integral", (core, variable))))


def _over(factor: Expression, above: Expression, below: Expression) -> Expression:
    if factor.head == "negation":
        return negate(_over(factor.args[0], above, below))
    if factor.head == "quotient":
        factor, below = factor.args[0], multiplied(factor.args[1], below)
    top = above if factor is ONE else factor if above is ONE else multiplied(factor, above)
    return top if below is ONE else divide(top, below)


def equation(left: Expression, right: Expression) -> Expression:
    return node("relation", (left, right), "=")
