"""Integrals of products with e^g that come out as another such product: int f*e^g dx = h*e^g, where h' + h*g' = f.

    next(exponential_ansatz(integrand)).after       # of int (10*x^2 + 30*x + 1)*e^(5*x^2 + 30*x) dx: x*e^(5*x^2 + 30*x)

Where f and g are fractions of polynomials, so is h; its denominator and its degree can be read off, and its
coefficients come from linear equations. If these have no solution, there is no such h, and by a theorem of Liouville
there is no elementary antiderivative at all. Where f is a sum with a term such as ln(x), that term divided by g' is
tried first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.polynomials import (
    Polynomial,
    exact_quotient,
    greatest_common_divisor,
    plus,
    slope,
    square_free_factors,
    times,
    trimmed,
)
from tutor.errors import LimitError
from tutor.expression.tree import (
    ONE,
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
    replace,
)
from tutor.integration.in_terms import exponential
from tutor.integration.integrand import Integrand, Refusal
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, Working

LARGEST_DEGREE = 14
MOST_TERMS = 8
"""Terms of a sum that are tried as the beginning of the factor."""


class Fractional(NamedTuple):
    """A fraction of polynomials in lowest terms."""

    above: Polynomial
    below: Polynomial


def exponential_ansatz(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The factor in front of the exponential, if there is one."""
    found = apart_from_exponential(integrand)
    if found is None:
        return
    whole, exponent, factor = found
    inner = integrand.slope(exponent)
    front = factor_of_answer(integrand, factor, inner)
    if front is None:
        if as_fraction(factor, integrand.variable) and as_fraction(exponent, integrand.variable):
            yield Refusal("No fraction of polynomials times the exponential has it as its derivative: comparing the "
                          "coefficients leads to a contradiction. By a theorem of Liouville, it has no elementary "
                          "antiderivative then.")
        return
    product_with_slope = front if inner is ONE else multiply(front, inner)
    equation = node("relation", (add(derivative(front, integrand.variable), product_with_slope), factor), "=")
    working = Working("The derivative of this factor, plus the factor times {slope}, is what stands in front of the "
                      "exponential.", equation, {"slope": inner})
    instance = integrand.computed("exponential_ansatz", integrand.tidy(multiply(front, whole)),
                                  {"h": front, "g": exponent}, (working,))
    if instance is not None:
        yield instance


def apart_from_exponential(integrand: Integrand) -> tuple[Expression, Expression, Expression] | None:
    """e^g, g and f of an integrand f*e^g, where the variable stands in no other exponent."""
    wholes = {part for part in postorder([integrand.body])
              if (found := exponential(part)) and integrand.varies(found[1])}
    if len(wholes) != 1:
        return None
    whole = wholes.pop()
    base, exponent = exponential(whole) or (ONE, ONE)
    factor = integrand.tidy(divide(replace(integrand.body, {whole: integrand.fresh}), integrand.fresh))
    if base is not E or integrand.fresh.value in factor.free:
        return None
    return whole, exponent, factor


def factor_of_answer(integrand: Integrand, factor: Expression, inner: Expression) -> Expression | None:
    """h with h' + h*inner = factor."""
    x = integrand.variable
    slope_of_exponent = as_fraction(inner, x)
    begins = [term for term in (factor.args if factor.head == "sum" else ()) if as_fraction(term, x) is None]
    for start in (ZERO, *[integrand.tidy(divide(term, inner)) for term in begins[:MOST_TERMS]]):
        made = add(integrand.slope(start), multiply(start, inner))
        rest = integrand.tidy(add(factor, negate(made)))
        if rest is ZERO:
            return start
        left = as_fraction(rest, x)
        if left is not None and slope_of_exponent is not None:
            solution = solved_risch_equation(left, slope_of_exponent)
            if solution is not None:
                return integrand.tidy(add(start, divide(*[written(part, x) for part in solution])))
    return None


# -- fractions of polynomials -------------------------------------------------------------------------------------


def solved_risch_equation(right: Fractional, inner: Fractional) -> Fractional | None:
    """The fraction h of polynomials with h' + inner*h = right, or None if there is none. Raises LimitError if too many
    coefficients would have to be found.

    A pole of h that is none of `inner` has one order less than that of `right`; a pole of order j of `inner` takes j
    from the order. So the denominator of h is known, and with it the highest degree that the numerator may have.
    """
    below: Polynomial = (1,)
    for part, often in square_free_factors(right.below):
        shared = greatest_common_divisor(part, inner.below)
        alone = exact_quotient(part, shared) or (1,)
        below = times(below, raised(alone, often - 1))
        below = times(below, raised(shared, often))
    degree = len(right.above) - len(right.below)
    growth = len(inner.above) - len(inner.below)
    most = len(below) - 1 + (degree - growth if growth >= -1 else max(degree + 1, 0))
    if most < 0:
        return None
    if most > LARGEST_DEGREE:
        raise LimitError(f"The factor in front of the exponential may have a degree of more than {LARGEST_DEGREE}.")
    # h = y/d: (y'*d - y*d')/d^2 + a*y/(b*d) = p/q, times b*q*d^2
    d, (a, b), (p, q) = below, inner, right
    columns = []
    for k in range(most + 1):
        y: Polynomial = (*[0] * k, 1)
        changed = times(b, plus(times(slope(y), d), times(y, slope(d)), -1))
        columns.append(times(q, plus(changed, times(a, times(y, d)))))
    target = times(times(b, p), times(d, d))
    height = max(len(target), *[len(column) for column in columns])
    rows = [[Fraction(column[k]) if k < len(column) else Fraction(0) for column in columns]
            + [Fraction(target[k]) if k < len(target) else Fraction(0)] for k in range(height)]
    solution = solution_of(rows)
    if solution is None:
        return None
    return in_lowest_terms(trimmed(solution), below)


def solution_of(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """A solution of linear equations, each the numbers on its left side and the one on its right; None if there is
    none. What may have any value is 0."""
    width = len(rows[0]) - 1
    pivots: list[int] = []
    for column in range(width):
        place = len(pivots)
        found = next((index for index in range(place, len(rows)) if rows[index][column]), None)
        if found is None:
            continue
        rows[place], rows[found] = rows[found], rows[place]
        leading = rows[place][column]
        rows[place] = [each / leading for each in rows[place]]
        for index, row in enumerate(rows):
            if index != place and row[column]:
                rows[index] = [each - row[column] * other for each, other in zip(row, rows[place], strict=True)]
        pivots.append(column)
    if any(row[width] for row in rows[len(pivots):]):
        return None
    values = [Fraction(0)] * width
    for place, column in enumerate(pivots):
        values[column] = rows[place][width]
    return values


def as_fraction(root: Expression, variable: Expression) -> Fractional | None:
    """An expression as a fraction of polynomials with numbers as coefficients; None if it is none, or a large one."""
    done: dict[Expression, Fractional] = {}
    for part in postorder([root]):
        args = [done[arg] for arg in part.args if arg in done]
        value = rational_value(part)
        made: Fractional | None = None
        if value is not None:
            made = Fractional(trimmed([value]), (1,))
        elif part is variable:
            made = Fractional((0, 1), (1,))
        elif part.head == "power" and len(args) == 2:
            exponent = rational_value(part.args[1])
            if exponent is not None and exponent.denominator == 1 and -LARGEST_DEGREE <= exponent <= LARGEST_DEGREE:
                made = to_the(args[0], int(exponent))
        elif len(args) < len(part.args):
            return None
        elif part.head == "negation":
            made = Fractional(trimmed([-each for each in args[0].above]), args[0].below)
        elif part.head == "sum":
            made = total(args)
        elif part.head == "product":
            made = product(args)
        elif part.head == "quotient":
            made = product([args[0], Fractional(args[1].below, args[1].above)]) if args[1].above else None
        if made is None or max(len(made.above), len(made.below)) > LARGEST_DEGREE + 1:
            return None
        done[part] = made
    return done[root]


def total(fractions: Sequence[Fractional]) -> Fractional:
    above, below = fractions[0]
    for other in fractions[1:]:
        above, below = in_lowest_terms(plus(times(above, other.below), times(other.above, below)),
                                       times(below, other.below))
    return Fractional(above, below)


def product(fractions: Sequence[Fractional]) -> Fractional:
    above, below = fractions[0]
    for other in fractions[1:]:
        above, below = in_lowest_terms(times(above, other.above), times(below, other.below))
    return Fractional(above, below)


def to_the(base: Fractional, exponent: int) -> Fractional | None:
    above, below = base if exponent >= 0 else (base.below, base.above)
    if not below:
        return None
    if max(len(above), len(below)) * abs(exponent) > 4 * LARGEST_DEGREE:
        return None
    return Fractional(raised(above, abs(exponent)), raised(below, abs(exponent)))


def raised(base: Polynomial, exponent: int) -> Polynomial:
    found: Polynomial = (1,)
    for _ in range(exponent):
        found = times(found, base)
    return found


def in_lowest_terms(above: Polynomial, below: Polynomial) -> Fractional:
    shared = greatest_common_divisor(above, below)
    if len(shared) < 2:
        return Fractional(above, below)
    return Fractional(exact_quotient(above, shared) or (), exact_quotient(below, shared) or ())


def written(polynomial: Polynomial, variable: Expression) -> Expression:
    """A polynomial as a sum of powers, the highest first."""
    return add(*[multiply(rational(value), power(variable, rational(degree)))
                 for degree, value in reversed(list(enumerate(polynomial))) if value])
