"""Substitution of a root: where every root is one of the same linear expression, or of the same fraction of two, the
root of lowest degree that all of them are powers of is called u, and an integral of a fraction of polynomials is left.

    next(root_substitution(integrand)).after          # of int 1/(sqrt(x) + x^(1/3)) dx
                                                      # (int 6*u^3/(u + 1) du) at (u = x^(1/6))

sqrt(u^2) never has to be simplified: where u is b^(1/n), every power of b in the integrand is a multiple of 1/n, and
becomes a power of u with a whole exponent. If n is even, u is not negative, and b^(1/2) is u^(n/2) without a sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from tutor.algebra.terms import Rational
from tutor.expression.tree import ONE, Expression, add, derivative, divide, multiply, negate, node, postorder, rational
from tutor.integration.in_terms import InTerms, Knowledge, base_and_exponent, power_of
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.substitution import fact_lines, is_of_powers
from tutor.rules.instance import RuleInstance, Working

LARGEST_DEGREE = 24
"""The degree of a root that is called u."""


def root_substitution(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """A root of a linear expression, or of a fraction of two, as the new variable; not where an inside that is easier
    to work with can be it."""
    if not is_of_powers(integrand):
        yield from any_root_substitution(integrand)


def any_root_substitution(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The same wherever it is possible."""
    heads = {part.head for part in postorder([integrand.body])}
    for base, degree in radicands(integrand).items():
        if degree > LARGEST_DEGREE:
            continue
        knowledge = Knowledge(integrand.fresh, integrand.variable, integrand.tidy, heads)
        inside = integrand.tidy(power_of(base, Fraction(1, degree)))
        knowledge.learn(inside, integrand.fresh)
        back = knowledge.whole.get(integrand.variable)
        written = knowledge.written(integrand.body)
        if back is None or written is None:
            continue
        slope = integrand.differentiate(back, integrand.fresh)
        body = integrand.tidy(multiply(written.body, slope))
        point = node("at", (back, integrand.fresh, inside))
        lines = (
            Working("Solve for {x}:", node("relation", (integrand.variable, point), "="), {"x": integrand.variable}),
            Working("Its derivative by {u}:",
                    node("relation", (derivative(back, integrand.fresh), slope), "="), {"u": integrand.fresh}))
        instance = integrand.substituted("root_substitution", body, inside, {"h": body}, lines)
        if instance is not None:
            yield instance


def radicands(integrand: Integrand) -> dict[Expression, int]:
    """Every radicand that varies, with the least common multiple of the degrees of its roots."""
    found: dict[Expression, int] = {}
    for part in postorder([integrand.body]):
        raised = base_and_exponent(part)
        if raised is not None and raised[1].denominator != 1 and integrand.varies(raised[0]):
            base, exponent = raised
            found[base] = lcm(found.get(base, 1), exponent.denominator)
    return found


def binomial_substitution(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """x^m*(a*x^n + b)^(k/s) where m + 1 + n*k/s is a multiple of n: u = (a*x^n + b)^(1/s)/x^(n/s) leaves a fraction of
    polynomials, because u^s = a + b/x^n can be solved for x^n.

    n/s has to be whole: then the root of the sum is u times a power of x whatever the sign of x is.
    """
    knowledge = Knowledge(integrand.fresh, integrand.variable, integrand.tidy, frozenset())
    exponents = knowledge.bases(integrand.body)
    varying = {base: Fraction(exponent) for base, exponent in exponents.items() if integrand.varies(base)}
    m = varying.pop(integrand.variable, Fraction(0))
    if len(varying) != 1:
        return
    (base, exponent), = varying.items()
    k, s = exponent.numerator, exponent.denominator
    binomial = _binomial(integrand, knowledge, base)
    if binomial is None or s == 1:
        return
    a, n, b = binomial
    whole = (m + 1 + n * exponent) / n + 1
    if (n / s).denominator != 1 or whole.denominator != 1 or max(Fraction(abs(k)), abs(whole)) > LARGEST_DEGREE:
        return
    x, u = integrand.variable, integrand.fresh
    inside = integrand.tidy(divide(power_of(base, Fraction(1, s)), power_of(x, n / s)))
    constants = [power_of(each, Fraction(times)) for each, times in exponents.items() if not integrand.varies(each)]
    solved = integrand.tidy(divide(b, add(power_of(u, s), negate(rational(a)))))
    body = integrand.tidy(multiply(rational(-s / n), *constants, divide(ONE, b), power_of(solved, whole),
                                   power_of(u, k + s - 1)))
    written = InTerms(body, ((integrand.tidy(divide(base, power_of(x, n))), power_of(u, s)), (power_of(x, n), solved)))
    instance = integrand.substituted(
        "binomial_substitution", body, inside, {"h": body},
        (integrand.naming(inside, integrand.slope(inside)), *fact_lines(integrand, inside, written)))
    if instance is not None:
        yield instance


def _binomial(integrand: Integrand, knowledge: Knowledge,
              base: Expression) -> tuple[Rational, Fraction, Expression] | None:
    """a, n and b of a*x^n + b, where n is positive."""
    if base.head != "sum":
        return None
    terms, rest = knowledge.terms(base)
    if len(terms) != 1:
        return None
    (core, factor), = terms.items()
    variable, exponent = base_and_exponent(core) or (core, Fraction(1))
    return (factor, exponent, rest) if variable is integrand.variable and exponent > 0 else None
