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

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import NamedTuple

from tutor.algebra.polynomial_factors import factors as whole_factors
from tutor.expression.tree import ONE, ZERO, Expression, add, divide, multiply, negate, number, postorder, power
from tutor.integration.constants import (
    Constant,
    Field,
    Symbolic,
    TooMuchError,
    expression_of,
    raised,
    square_root,
)
from tutor.rules.conditions import rational_value

LARGEST_DEGREE = 14
"""The largest degree above and below the line."""

Polynomial = tuple[Constant, ...]
Factors = dict[Polynomial, int]


class RationalFunction(NamedTuple):
    """`numerator` over the product of `factors`, each to its multiplicity; they share nothing with the numerator."""

    numerator: Polynomial
    factors: Factors
    field: Field

    @property
    def denominator(self) -> Polynomial:
        return product_of(self.factors)


ONLY_ONE: Polynomial = (Fraction(1),)


def trimmed(coefficients: Sequence[Constant]) -> Polynomial:
    found = [each.value if isinstance(each, Symbolic) and each.value is not None else each for each in coefficients]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def plus(left: Polynomial, right: Polynomial, factor: Constant | int = 1) -> Polynomial:
    return trimmed([a + factor * b for a, b in zip_longest(left, right, fillvalue=Fraction(0))])


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    if len(left) + len(right) > 2 * LARGEST_DEGREE + 2:
        raise TooMuchError
    found: list[Constant] = [Fraction(0)] * max(len(left) + len(right) - 1, 0)
    for i, a in enumerate(left):
        if a:
            for j, b in enumerate(right, i):
                found[j] = found[j] + a * b
    return trimmed(found)


def to_the(base: Polynomial, exponent: int) -> Polynomial:
    found = ONLY_ONE
    for _ in range(exponent):
        found = times(found, base)
    return found


def product_of(factors: Mapping[Polynomial, int]) -> Polynomial:
    found = ONLY_ONE
    for factor, multiplicity in factors.items():
        found = times(found, to_the(factor, multiplicity))
    return found


def divided(dividend: Polynomial, divisor: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Quotient and remainder."""
    rest, degree = list(dividend), len(divisor) - 1
    quotient: list[Constant] = []
    while len(rest) > degree:
        factor = rest.pop() / divisor[-1]
        quotient.append(factor)
        if factor:
            start = len(rest) - degree
            for place in range(degree):
                rest[start + place] = rest[start + place] - factor * divisor[place]
    return trimmed(quotient[::-1]), trimmed(rest)


def is_numeric(polynomial: Polynomial) -> bool:
    return all(isinstance(each, Fraction) for each in polynomial)


def rational_function(body: Expression, variable: Expression) -> RationalFunction | None:
    """A body as a rational function; None if it is none, or one that is too large. Its letters are constants."""
    if any(variable.value in part.free and part.head not in _RATIONAL for part in postorder([body])):
        return None
    field = Field(variable.value)
    try:
        numerator, below = _read(body, variable, field)
        factors: Factors = {}
        for factor, multiplicity in below.items():
            for part, often in factored(factor, field).items():
                numerator = _put_below(numerator, factors, part, often * multiplicity)
        for factor in list(factors):
            while factors[factor]:
                quotient, rest = divided(numerator, factor)
                if rest or not numerator:
                    break
                numerator, factors[factor] = quotient, factors[factor] - 1
        factors = {factor: often for factor, often in factors.items() if often}
        found = RationalFunction(numerator, dict(sorted(factors.items(), key=_order)), field)
        return found if len(found.denominator) <= LARGEST_DEGREE + 1 and len(numerator) <= LARGEST_DEGREE + 1 else None
    except (TooMuchError, ZeroDivisionError):
        return None


_RATIONAL = frozenset(("name", "sum", "product", "quotient", "negation", "power"))


def _order(item: tuple[Polynomial, int]) -> tuple[int, bool]:
    """x first, then what is linear, then quadratics, otherwise as they were met."""
    return len(item[0]), bool(item[0][0])


def _put_below(numerator: Polynomial, factors: Factors, part: Polynomial, often: int) -> Polynomial:
    """Divide by part^often: a factor that is a number times a known one joins it. Returns the new numerator."""
    if len(part) == 1:
        return trimmed([each / raised(part[0], often) for each in numerator])
    for known in factors:
        if len(known) == len(part):
            ratio = part[-1] / known[-1]
            if all(not a - ratio * b for a, b in zip(part, known, strict=True)):
                factors[known] += often
                return trimmed([each / raised(ratio, often) for each in numerator])
    factors[part] = often
    return numerator


def _read(body: Expression, variable: Expression, field: Field) -> tuple[Polynomial, Factors]:
    """Numerator and the factors below the line as they are written."""
    done: dict[Expression, tuple[Polynomial, Factors]] = {variable: ((Fraction(0), Fraction(1)), {})}
    stack = [body]
    while stack:
        part = stack[-1]
        if part in done:
            stack.pop()
        elif variable.value not in part.free:
            done[part] = trimmed([field.constant(part)]), {}
        elif waiting := [arg for arg in part.args if arg not in done]:
            stack += waiting
        else:
            done[part] = _joined(part, [done[arg] for arg in part.args])
    return done[body]


def _joined(part: Expression, args: list[tuple[Polynomial, Factors]]) -> tuple[Polynomial, Factors]:
    if part.head == "negation":
        return trimmed([-each for each in args[0][0]]), args[0][1]
    if part.head == "power":
        exponent = rational_value(part.args[1])
        if exponent is None or exponent.denominator != 1 or abs(exponent) > LARGEST_DEGREE:
            raise TooMuchError
        base = args[0] if exponent > 0 else _turned(args[0])
        return to_the(base[0], abs(int(exponent))), {each: often * abs(int(exponent)) for each, often in base[1].items()}
    if part.head == "quotient":
        args = [args[0], _turned(args[1])]
    if part.head != "sum":
        found, below = ONLY_ONE, dict[Polynomial, int]()
        for above, under in args:
            found = times(found, above)
            for factor, often in under.items():
                below[factor] = below.get(factor, 0) + often
        return found, below
    below = {}
    for _, under in args:
        for factor, often in under.items():
            below[factor] = max(below.get(factor, 0), often)
    total: Polynomial = ()
    for above, under in args:
        missing = {factor: often - under.get(factor, 0) for factor, often in below.items()}
        total = plus(total, times(above, product_of(missing)))
    return total, below


def _turned(ratio: tuple[Polynomial, Factors]) -> tuple[Polynomial, Factors]:
    """1 divided by it."""
    above, below = ratio
    if not above:
        raise ZeroDivisionError
    return product_of(below), {above: 1}


def factored(polynomial: Polynomial, field: Field) -> Factors:
    """The factors of a polynomial, and a constant if one is left. What cannot be split stays one factor."""
    if not is_numeric(polynomial):
        return _split_with_letters(polynomial, field)
    content, found = whole_factors(tuple(polynomial))  # type: ignore[arg-type]  # is_numeric
    factors: Factors = {}
    for factor, multiplicity in found:
        factors[tuple([Fraction(each) for each in factor])] = multiplicity
    return factors if content == 1 else {(Fraction(content),): 1, **factors}


def _split_with_letters(polynomial: Polynomial, field: Field) -> Factors:
    zeros = next(place for place, each in enumerate(polynomial) if each)
    found: Factors = {(Fraction(0), Fraction(1)): zeros} if zeros else {}
    rest = polynomial[zeros:]
    if len(rest) == 3 or (len(rest) == 5 and not rest[1] and not rest[3]):
        squared = len(rest) == 5  # a polynomial in x^2
        halves = _split_quadratic(rest[::2] if squared else rest, field)
        for half in halves or ():
            part = (half[0], Fraction(0), half[1]) if squared else half
            for each, often in (_split_with_letters(part, field) if squared else {part: 1}).items():
                found[each] = found.get(each, 0) + often
        if halves:
            return found
    by_roots = _by_rational_multiples(rest)
    if by_roots is not None:
        for each, often in by_roots.items():
            found[each] = found.get(each, 0) + often
    elif len(rest) > 1 or rest[0] != 1:
        found[rest] = 1
    return found


def _split_quadratic(polynomial: Polynomial, field: Field) -> tuple[Polynomial, Polynomial] | None:
    """Two linear factors, if the discriminant is the square of a constant without roots."""
    constant, linear, leading = polynomial
    discriminant = linear * linear - 4 * leading * constant
    if not discriminant:
        root: Constant | None = Fraction(0)
    else:
        before = len(field.squares)
        root = square_root(discriminant, field)
        if len(field.squares) > before:
            return None
    if root is None:
        return None
    divisor = 2 * leading
    return (leading * (linear - root) / divisor, leading), ((linear + root) / divisor, Fraction(1))


def _by_rational_multiples(polynomial: Polynomial) -> Factors | None:
    """The factors of what is a polynomial with numbers in x/m, where m is a constant: x^3 + a^3 is one in x/a."""
    places = [place for place, each in enumerate(polynomial) if each]
    if len(places) < 2 or len(polynomial) < 4:
        return None
    leading = polynomial[-1]
    ratios = [polynomial[place] / leading for place in places]
    step = ratios[-2]  # a number times m^(distance)
    distance = len(polynomial) - 1 - places[-2]
    if not isinstance(step, Symbolic) or step.below or len(step.above) != 1:
        return None
    (row, _), = step.above.items()
    if any(exponent % distance for exponent in row):
        return None
    unit = Symbolic(step.field, {tuple([exponent // distance for exponent in row]): Fraction(1)})
    numbers: list[Constant] = [Fraction(0)] * len(polynomial)
    for place, ratio in zip(places, ratios, strict=True):
        number_left = ratio / raised(unit, len(polynomial) - 1 - place)
        value = number_left.value if isinstance(number_left, Symbolic) else number_left
        if value is None:
            return None
        numbers[place] = value
    found: Factors = {}
    for factor, often in factored(tuple(numbers), step.field).items():
        degree = len(factor) - 1
        scaled = trimmed([each * raised(unit, degree - place) for place, each in enumerate(factor)])
        found[scaled] = often
    return found if leading == 1 else {(leading,): 1, **found}


def over_a_root(function: RationalFunction) -> RationalFunction | None:
    """The same with its quadratics and quartics split over square roots, where that is possible; else None."""
    split: Factors = {}
    try:
        for factor, often in function.factors.items():
            parts = _split_over_a_root(factor, function.field) if is_numeric(factor) else None
            for part in parts or (factor,):
                split[part] = often
    except TooMuchError:
        return None
    return None if split.keys() == function.factors.keys() else function._replace(factors=split)


def _split_over_a_root(factor: Polynomial, field: Field) -> tuple[Polynomial, ...] | None:
    """An irreducible quadratic or quartic as a product over a field with one square root."""
    leading = factor[-1]
    if len(factor) == 3:
        constant, linear = factor[0] / leading, factor[1] / leading
        discriminant = linear * linear / 4 - constant
        if discriminant < 0:  # type: ignore[operator]  # a number, as all of factor are
            return None
        root = square_root(discriminant, field)
        assert root is not None
        return trimmed([leading * (linear / 2 - root), leading]), (linear / 2 + root, Fraction(1))
    if len(factor) != 5:
        return None
    e, d, c, b = [each / leading for each in factor[:4]]
    if not b and not d:  # a quadratic in x^2 whose roots have a square root in them
        discriminant = c * c / 4 - e
        if discriminant > 0:  # type: ignore[operator]
            root = square_root(discriminant, field)
            assert root is not None
            zero = Fraction(0)
            return trimmed([leading * (c / 2 - root), zero, leading]), (c / 2 + root, zero, Fraction(1))
        middles: tuple[Constant | None, ...] = (square_root(e, field),)
    else:
        middles = (d / b,) if b and d / b * (d / b) == e else ()
    for middle in middles:  # x^2 + k/x^2 + .. is a quadratic in z = x + k/x
        if isinstance(middle, Fraction):
            discriminant = b * b / 4 - c + 2 * middle
            root = square_root(discriminant, field) if discriminant > 0 else None  # type: ignore[operator]
            if root is not None:
                return (trimmed([leading * middle, leading * (b / 2 - root), leading]),
                        (middle, b / 2 + root, Fraction(1)))
    return None


def written_polynomial(polynomial: Polynomial, variable: Expression) -> Expression:
    """A polynomial as a person writes it, the highest power first."""
    terms = []
    for exponent in range(len(polynomial) - 1, -1, -1):
        if polynomial[exponent]:
            terms.append(written_term(polynomial[exponent], variable, exponent))
    return add(*terms) if terms else ZERO


def written_term(coefficient: Constant, variable: Expression, exponent: int) -> Expression:
    raised_variable = ONE if exponent == 0 else variable if exponent == 1 else power(variable, number(exponent))
    return scaled_by(coefficient, raised_variable)


def scaled_by(coefficient: Constant, core: Expression) -> Expression:
    """coefficient · core with the sign in front, and numbers of the coefficient below the line if core is no sum."""
    value = expression_of(coefficient)
    if value.head == "negation":
        return negate(scaled_by(-coefficient, core))
    if core is ONE:
        return value
    if value is ONE:
        return core
    if value.head == "quotient" and core.head != "integral":
        above, below = value.args
        return divide(core if above is ONE else _product(above, core), below)
    return _product(value, core)


def _product(left: Expression, right: Expression) -> Expression:
    return multiply(*(left.args if left.head == "product" else (left,)),
                    *(right.args if right.head == "product" else (right,)))


def written_factors(factors: Mapping[Polynomial, int], variable: Expression) -> Expression:
    """The product of the factors."""
    return multiply(*[written_polynomial(factor, variable) if often == 1
                      else power(written_polynomial(factor, variable), number(often))
                      for factor, often in factors.items()])
