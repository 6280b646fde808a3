"""Integrands that are rational in x and the square root of one quadratic in x.

    next(root_of_quadratic(integrand)).rule.name        # "root_ansatz", of int x^2/sqrt(x^2 + 2*x + 5) dx

A polynomial times odd powers of the root is a polynomial times the root again, plus a number times the integral of one
over the root; both are found by comparing coefficients. One over the root is left to the table, once the square is
completed. Other fractions become rational: with the root over x, or x over the root, where they are even in x; else by
Euler's substitutions. All of these are right on both sides of 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.algebra import polynomial_factors
from tutor.algebra.multivariate import (
    NOTHING,
    UNIT,
    Sum,
    TooLarge,
    atom,
    atoms_in,
    degree,
    exact_quotient,
    plus,
    raised,
    times,
)
from tutor.expression.tree import add, divide, node
from tutor.integration.euler import by_parity, euler
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.over_root import (
    MOST_DEGREE,
    OverRoot,
    over_root,
)
from tutor.integration.ratios import cancelled, coefficients, from_coefficients, over, solution, written
from tutor.integration.root_coefficients import comparing_coefficients, pole_of
from tutor.rules.instance import RuleInstance, Working


def root_of_quadratic(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """What makes simpler integrals of a fraction in x and the root of a quadratic."""
    try:
        found = over_root(integrand)
        if found is None:
            return
        if found.whole:
            yield from _whole_and_root(integrand, found)
            return
        pole = pole_of(found, integrand.variable)
        if pole is not None:
            yield from comparing_coefficients(integrand, found, pole)
        else:
            yield from _pieces(integrand, found)
            yield from by_parity(integrand, found)
        if pole is None or pole.order:
            yield from euler(integrand, found)
    except (TooLarge, ZeroDivisionError):
        yield Refusal("The polynomials in it are too large, or one below the line is zero.")


def _whole_and_root(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """The rational part by itself."""
    x = integrand.variable
    terms = [integrand.tidy(written(found.whole, x)), integrand.tidy(divide(written(found.over, x), found.root))]
    line = Working("A part with the root as a factor, and one without:",
                   node("relation", (integrand.body, add(*terms)), "="))
    instance = integrand.computed("root_apart", add(*map(integrand.integral_of, terms)), {}, (line,))
    if instance is not None:
        yield instance


def _pieces(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """Partial fractions over the root, where the divisor has several factors over the rational numbers."""
    x = integrand.variable
    below = found.over.below
    if atoms_in(found.over.above, below) - {x}:
        return
    often, rest = found.below_apart(x)
    _, factors = polynomial_factors.factors(coefficients(rest, x))
    parts = [(from_coefficients(factor, x), exponent) for factor, exponent in factors]
    if often:
        parts.append((found.quadratic, often))
    if len(parts) < 2 or degree(below, x) > MOST_DEGREE:
        return
    columns, owners = [], []
    excess = degree(found.over.above, x) - degree(below, x)
    for exponent in range(excess + 1):
        columns.append(times(below, atom(x, exponent)))
        owners.append((UNIT, exponent))
    for factor, exponent in parts:
        whole = raised(factor, exponent)
        others = exact_quotient(below, whole)
        if others is None:
            return
        for place in range(degree(whole, x)):
            columns.append(times(others, atom(x, place)))
            owners.append((whole, place))
    solved = solution(columns, found.over.above, x)
    if solved is None:
        return
    numerators: dict[int, tuple[Sum, Sum]] = {}
    for (whole, place), value in zip(owners, solved, strict=True):
        number = value.value or 0
        above = numerators.get(id(whole), (NOTHING, whole))[0]
        numerators[id(whole)] = plus(above, atom(x, place), number) if number else above, whole
    terms = [integrand.tidy(divide(written(cancelled(over(above, whole), x), x), found.root))
             for above, whole in numerators.values() if above]
    if len(terms) < 2:
        return
    line = Working("In partial fractions over the root:", node("relation", (integrand.body, add(*terms)), "="))
    instance = integrand.computed("root_terms", add(*map(integrand.integral_of, terms)), {}, (line,))
    if instance is not None:
        yield instance
