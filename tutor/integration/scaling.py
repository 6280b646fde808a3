"""Another variable: in another unit, so that letters and roots leave the denominator, or from another beginning.

    scaled(integrand, function)         # of 1/(x^4 + a^4): (int 1/(u^4 + 1) du) at (u = x/a), divided by a^3

    shifted(integrand, above, base, 20) # of x*(x - 1)^20, with the polynomials x and x - 1:
                                        # (int (u + 1)*u^20 du) at (u = x - 1)

With x = m*u, x^4 + a^4 is a^4*(u^4 + 1) for m = a, and c*x^n + d is d*(u^n + 1) for m = (d/c)^(1/n).
"""

from __future__ import annotations

from fractions import Fraction

from tutor.algebra.multivariate import atom, is_nested
from tutor.algebra.polynomials import divided, trimmed
from tutor.expression.tree import divide, multiply, node, number, power, rational
from tutor.integration.constants import roots_in
from tutor.integration.integrand import Integrand
from tutor.integration.rational_functions import (
    Factors,
    Polynomial,
    RationalFunction,
    equation,
    is_numeric,
    multiplied,
    numbers_in_unit,
    over_a_root,
    piece_of,
    scaled_by,
    written_polynomial,
)
from tutor.integration.ratios import Constant, Ratio, written
from tutor.rules.instance import RuleInstance, Working


def scaled(integrand: Integrand, function: RationalFunction) -> RuleInstance | None:
    """The integral in the unit in which a factor of degree 3 or more gets plain numbers; None where there is none."""
    large = next((factor for factor in function.factors if len(factor) > 3), None)
    if large is None or (is_numeric(large) and _splits_over_plain_roots(large, function)):
        return None
    found = numbers_in_unit(large)
    unit = _root_of_binomial(large, function) if found is None else found[0]
    if unit is None:
        return None
    factors: Factors = {}
    below: Constant = Fraction(1)
    for factor, often in function.factors.items():
        in_unit = _binomial_in_unit(factor) if found is None else _in_unit(factor, unit)
        if in_unit is None:
            return None
        constant, numbers = in_unit
        if len(numbers) == 2 and not numbers[0]:  # x = m*u
            constant = constant * unit
        factors[numbers], below = often, below * constant**often
    numerator = trimmed([each * unit**(place + 1) / below for place, each in enumerate(function.numerator)])
    piece = piece_of(function._replace(factors=factors), numerator, integrand.fresh)
    variable, u, m = integrand.variable, integrand.fresh, written(unit)
    inside = divide(variable, m)
    inner = node("integral", (piece.core, u))
    line = Working("Let {x} be {m} times a new variable {u}:", equation(variable, multiply(m, u)),
                   {"x": variable, "m": m, "u": u}, {u: inside})
    after = scaled_by(piece.content, node("at", (inner, u, inside)))
    letters = integrand.met("scale_the_variable", integrand.body, m)
    return integrand.computed("scale_the_variable", after, letters, (line,))


def _splits_over_plain_roots(factor: Polynomial, function: RationalFunction) -> bool:
    """Whether a factor splits over roots of numbers without roots in them."""
    split = over_a_root(function._replace(factors={factor: 1}))
    return split is not None and not any(is_nested(root) for each in split.factors for root in roots_in(*each))


def _in_unit(factor: Polynomial, unit: Constant) -> tuple[Constant, Polynomial] | None:
    """A constant and a polynomial in u with numbers, whose product is this one for x = unit*u."""
    if len(factor) == 2 and not factor[0]:
        return factor[1], (Fraction(0), Fraction(1))
    leading = factor[-1] * unit**(len(factor) - 1)
    numbers = trimmed([each * unit**place / leading for place, each in enumerate(factor)])
    return (leading, numbers) if is_numeric(numbers) else None


def _root_of_binomial(factor: Polynomial, function: RationalFunction) -> Ratio | None:
    """(d/c)^(1/n) of c*x^n + d as a new atom, its sign left out; None of anything else."""
    if any(factor[1:-1]):
        return None
    degree = len(factor) - 1
    ratio = factor[0] / factor[-1]
    if ratio in (1, -1):
        return None
    whole = written(ratio)
    whole = whole.args[0] if whole.head == "negation" else whole
    return Ratio(atom(power(whole, rational(Fraction(1, degree)))))


def _binomial_in_unit(factor: Polynomial) -> tuple[Constant, Polynomial] | None:
    """The same of c*x^n + d in the unit (d/c)^(1/n), and of x."""
    if len(factor) == 2 and not factor[0]:
        return factor[1], (Fraction(0), Fraction(1))
    if len(factor) < 4 or any(factor[1:-1]):
        return None
    sign = Fraction(-1 if written(factor[0] / factor[-1]).head == "negation" else 1)
    return factor[0] * sign, (sign, *[Fraction(0)] * (len(factor) - 2), Fraction(1))


def shifted(integrand: Integrand, numerator: Polynomial, linear: Polynomial, exponent: int) -> RuleInstance | None:
    """numerator·linear^exponent with u for the linear function, the numerator written with powers of u."""
    shift, leading = linear
    digits: list[Constant] = []
    rest = numerator
    while rest:  # its digits in the number system with this base
        rest, digit = divided(rest, linear)
        digits.append(digit[0] if digit else Fraction(0))
    variable, u = integrand.variable, integrand.fresh
    above, inside = written_polynomial(trimmed(digits), u), written_polynomial(linear, variable)
    size = number(abs(exponent))
    body = multiplied(above, power(u, size)) if exponent > 0 else divide(above, power(u, size))
    old = written_polynomial((-shift / leading, 1 / leading), u)
    line = Working("With {u} = {g}, the old variable is", equation(variable, old), {"u": u, "g": inside}, {u: inside})
    after = scaled_by(1 / leading, node("at", (node("integral", (body, u)), u, inside)))
    return integrand.computed("shift_the_variable", after, {"g": inside}, (line,))
