"""Integration by parts: which factor is differentiated and which one integrated.

What is differentiated has to come down: a power of a logarithm or of an inverse function first, then the degree of a
polynomial. Where neither is there, the integral itself may come back after two steps, or what is integrated is the
derivative of a power that stands below.

    next(sure_parts(integrand)).bindings["f"]        # of int x^2*ln(x) dx: ln(x); of int x^2*cos(x) dx: x^2
    next(other_parts(integrand)).rule.name           # of int e^x*sin(x) dx: "parts_cyclic"
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from tutor.algebra.degree import degree_of
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.relations import related
from tutor.expression.tree import (
    TWO,
    ZERO,
    E,
    Expression,
    add,
    derivative,
    divide,
    multiply,
    negate,
    node,
    postorder,
    power,
    rational,
)
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.table import antiderivative_at_once
from tutor.rules.conditions import is_linear, rational_value
from tutor.rules.factors import Factor, factors_of, joined_factors
from tutor.rules.instance import RuleInstance, Working

_NOT_KNOWN = frozenset(name for name, function in FUNCTIONS.items()
                       if function.family in ("logarithm", "inverse_trigonometric")
                       ) | {"asinh", "acosh", "atanh", "acoth", "asech", "acsch", "erf", "Si", "Ci", "Ei", "li"}
"""Functions whose derivatives are simpler than they are themselves."""

_TRIGONOMETRIC = frozenset(("sin", "cos", "tan", "cot", "sec", "csc"))
_HYPERBOLIC = frozenset(("sinh", "cosh", "tanh", "coth", "sech", "csch"))
_IN_A_CIRCLE = frozenset(("sin", "cos", "sinh", "cosh"))
"""Functions that their second derivative is a multiple of."""

_SHORT_DEGREE = 3
"""Up to this degree the steps are written one by one, and a table is for what is longer."""


def parts_of_logarithm(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """A logarithm or an inverse function alone, or times powers of the variable: it is differentiated.

    1/x is left out: then the logarithm of x is a new variable.
    """
    variable, factors = integrand.variable, factors_of(integrand.body)
    logarithmic, others = _apart(factors)
    if len(logarithmic) == 1 and all(_is_power(factor, variable) for factor in others):
        yield from _differentiating(integrand, factors, logarithmic[0])


def sure_parts(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """Where it is clear which factor becomes simpler: a logarithm or an inverse function, else a polynomial."""
    variable, factors = integrand.variable, factors_of(integrand.body)
    logarithmic, _ = _apart(factors)
    for chosen in logarithmic[:_MOST]:
        yield from _differentiating(integrand, factors, chosen)
    polynomial, others = _polynomial_apart(factors, variable)
    if not polynomial or not others or not all(_is_repeatable(factor, variable) for factor in others) or (
            len(others) == 1 and _leads_to_logarithm(others[0])):
        return
    f, g = joined_factors(polynomial), joined_factors(others)
    proposals = [integrand.chosen("parts", f, g)]
    if (degree_of(f, variable.value) or 0) > _SHORT_DEGREE:
        proposals.insert(0, _in_a_table(integrand, f, g))
    yield from filter(None, proposals)


def all_in_a_table(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """A polynomial times a function that can be integrated again and again, in a table also where it is short."""
    variable, factors = integrand.variable, factors_of(integrand.body)
    polynomial, others = _polynomial_apart(factors, variable)
    if polynomial and others and all(_is_repeatable(factor, variable) for factor in others):
        found = _in_a_table(integrand, joined_factors(polynomial), joined_factors(others))
        if found is not None:
            yield found


def _polynomial_apart(factors: Sequence[Factor], variable: Expression) -> tuple[list[Factor], list[Factor]]:
    """The factors that are polynomials, and the rest."""
    polynomial = [factor for factor in factors if not factor.is_below and degree_of(factor.part, variable.value)]
    return polynomial, [factor for factor in factors if factor not in polynomial]


_MOST = 2
"""Factors that are logarithms or inverse functions of which each is differentiated."""


def _apart(factors: Sequence[Factor]) -> tuple[list[Factor], list[Factor]]:
    """The logarithms and inverse functions that stand above, and the rest."""
    found = [factor for factor in factors if not factor.is_below and _is_not_known(factor.part)]
    return found, [factor for factor in factors if factor not in found]


def _differentiating(integrand: Integrand, factors: Sequence[Factor], chosen: Factor) -> Iterator[RuleInstance]:
    """Parts with this factor differentiated and all others integrated."""
    others = [factor for factor in factors if factor is not chosen]
    found = (integrand.chosen("parts_logarithm", chosen.part, joined_factors(others)) if others
             else integrand.chosen("parts_single", chosen.part))
    if found is not None:
        yield found


def _is_power(factor: Factor, variable: Expression) -> bool:
    """A polynomial or a root of the variable above, or a power of it below that is not x itself."""
    part, is_below = factor
    if not is_below and degree_of(part, variable.value):
        return True
    exponent = rational_value(part.args[1]) if part.head == "power" else None
    return (exponent is not None and part.args[0] is variable) or (
        part.head in ("sqrt", "cbrt") and part.args[0] is variable)


def _leads_to_logarithm(factor: Factor) -> bool:
    """tan(x), 1/cos(x): the integral of such a function is a logarithm, which is no simpler to integrate again."""
    return factor.part.head in (_TRIGONOMETRIC | _HYPERBOLIC if factor.is_below
                                else (_TRIGONOMETRIC | _HYPERBOLIC) - _IN_A_CIRCLE)


def other_parts(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """Choices that may lead to something: towards the same integral, a power of a secant, a power that stands below."""
    factors = factors_of(integrand.body)
    yield from filter(None, (
        _cyclic(integrand, factors), _function_of_logarithm(integrand, factors),
        _power_of_secant(integrand, factors), _beside_slope(integrand, factors)))


# -- what factors are ------------------------------------------------------------------------------------------------


def _is_not_known(part: Expression) -> bool:
    """ln(x), atan(x)^2: a logarithm or an inverse function, or a power of one."""
    if part.head == "power":
        exponent = rational_value(part.args[1])
        return exponent is not None and exponent.denominator == 1 and exponent > 0 and _is_not_known(part.args[0])
    return part.head in _NOT_KNOWN


def _is_repeatable(factor: Factor, variable: Expression) -> bool:
    """Whether an exponential, or a power of a trigonometric or hyperbolic function, of something linear."""
    part = factor.part
    if _is_exponential(part, variable):
        return True
    if part.head == "power":
        part = part.args[0]
    return part.head in _TRIGONOMETRIC | _HYPERBOLIC and is_linear(part.args[0], variable.value)


def _is_exponential(part: Expression, variable: Expression) -> bool:
    """e^(a*x + b), 2^x"""
    if part.head == "exp":
        return is_linear(part.args[0], variable.value)
    return part.head == "power" and variable.value not in part.args[0].free and is_linear(part.args[1], variable.value)


# -- one choice each -------------------------------------------------------------------------------------------------


def _in_a_table(integrand: Integrand, f: Expression, g: Expression) -> RuleInstance | None:
    """Parts repeated until the polynomial is gone, with a table of derivatives and integrals as its working."""
    variable, tidy = integrand.variable, integrand.tidy
    working: list[Working] = []
    terms: list[Expression] = []
    derivatives, integral = f, g
    while integrand.varies(derivatives) or tidy(derivatives) is not ZERO:
        found = antiderivative_at_once(dataclasses.replace(integrand, body=integral))
        if found is None:
            return None
        slope = integrand.slope(derivatives)
        working.append(Working("In the left column, differentiate {f}.", related(
            derivative(derivatives, variable), "=", slope), {"f": derivatives}))
        working.append(Working("In the right column, integrate {g}.", related(
            node("integral", (integral, variable)), "=", found), {"g": integral}))
        term = multiply(derivatives, found)
        terms.append(negate(term) if len(terms) % 2 else term)
        derivatives, integral = slope, found
    return integrand.computed("tabular_parts", add(*terms), integrand.met("tabular_parts", f, g), tuple(working))


def _cyclic(integrand: Integrand, factors: Sequence[Factor]) -> RuleInstance | None:
    """e^(a*x) times sin(b*x): the sine is differentiated."""
    variable = integrand.variable
    exponential = [factor for factor in factors if _is_exponential(factor.part, variable)]
    others = [factor for factor in factors if factor not in exponential]
    if len(exponential) != 1 or len(others) != 1 or others[0].is_below:
        return None
    f = others[0].part
    if f.head not in _IN_A_CIRCLE or not is_linear(f.args[0], variable.value):
        return None
    return integrand.chosen("parts_cyclic", f, joined_factors(exponential))


def _function_of_logarithm(integrand: Integrand, factors: Sequence[Factor]) -> RuleInstance | None:
    """sin(ln(x)), alone or times a polynomial: the derivative brings the function of the logarithm back."""
    for factor in factors:
        part = factor.part
        if part.head in _IN_A_CIRCLE and not factor.is_below and any(
                inner.head in ("ln", "log") and integrand.varies(inner) for inner in postorder(part.args)):
            others = [other for other in factors if other is not factor]
            if not others:
                return integrand.chosen("parts_single", part)
            return integrand.chosen("parts_cyclic", part, joined_factors(others))
    return None


def _power_of_secant(integrand: Integrand, factors: Sequence[Factor]) -> RuleInstance | None:
    """sec(x)^3 as sec(x)*sec(x)^2, and 1/cos(x)^3 in the same way: the square has a known integral."""
    if len(factors) != 1 or factors[0].part.head != "power":
        return None
    (base, exponent), is_below = factors[0].part.args, factors[0].is_below
    value = rational_value(exponent)
    if base.head not in (_SQUARE_BELOW if is_below else _SQUARE) or not isinstance(value, int) or value <= _SQUARED:
        return None
    f = joined_factors([Factor(integrand.tidy(power(base, rational(value - _SQUARED))), is_below)])
    return integrand.chosen("parts_cyclic", f, joined_factors([Factor(power(base, TWO), is_below)]))


_SQUARED = 2
_SQUARE, _SQUARE_BELOW = frozenset(("sec", "csc", "sech", "csch")), frozenset(("cos", "sin", "cosh", "sinh"))
"""Functions whose square, above or below, has an integral in the table."""


def _beside_slope(integrand: Integrand, factors: Sequence[Factor]) -> RuleInstance | None:
    """x^2/(x^2 + 1)^2 as x times x/(x^2 + 1)^2, and x^2*e^(-x^2) as x times x*e^(-x^2): what is integrated is a power
    below, or an exponential, times the slope of what is inside."""
    tidy = integrand.tidy
    for factor in factors:
        inside = _inside(factor)
        if inside is None or not integrand.varies(inside):
            continue
        others = joined_factors([other for other in factors if other is not factor])
        slope = integrand.slope(inside)
        f = tidy(divide(others, slope))
        if f.size < integrand.body.size and integrand.varies(f) and not any(
                integrand.varies(part) for part, is_below in factors_of(f) if is_below):
            return integrand.chosen("parts", f, tidy(joined_factors([Factor(slope, False), factor])))
    return None


def _inside(factor: Factor) -> Expression | None:
    """g of a denominator g^n with n > 1, and of e^g."""
    part, is_below = factor
    if part.head != "power":
        return None
    base, exponent = part.args
    if not is_below:
        return exponent if base is E else None
    value = rational_value(exponent)
    return base if value is not None and value > 1 else None
