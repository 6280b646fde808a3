"""Integrals of products with e^g that come out as another such product: int f*e^g dx = h*e^g, where h' + h*g' = f.

    next(exponential_ansatz(integrand)).after       # of int (10*x^2 + 30*x + 1)*e^(5*x^2 + 30*x) dx: x*e^(5*x^2 + 30*x)

Where f and g are fractions of polynomials, so is h; its denominator and its degree can be read off, and its
coefficients come from linear equations. If these have no solution, there is no such h, and by a theorem of Liouville
there is no elementary antiderivative at all. Where f is a sum with a term such as ln(x), that term divided by g' is
tried first.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.algebra.linear_equations import solution_of
from tutor.algebra.polynomials import plus, slope, times, trimmed
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
    replace,
)
from tutor.integration.in_terms import exponential
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.rational_functions import (
    Polynomial,
    RationalFunction,
    in_lowest_terms,
    is_numeric,
    product_of,
    rational_function,
    written_fraction,
)
from tutor.rules.instance import RuleInstance, Working

LARGEST_DEGREE = 14
MOST_TERMS = 8
"""Terms of a sum that are tried as the beginning of the factor."""


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
                return integrand.tidy(add(start, written_fraction(solution, x)))
    return None


# -- fractions of polynomials -------------------------------------------------------------------------------------


def solved_risch_equation(right: RationalFunction, inner: RationalFunction) -> RationalFunction | None:
    """The fraction h of polynomials with h' + inner*h = right, or None if there is none. Raises LimitError if too many
    coefficients would have to be found.

    A pole of h that is none of `inner` has one order less than that of `right`; a pole of order j of `inner` takes j
    from the order. So the denominator of h is known, and with it the highest degree that the numerator may have.
    """
    factors = {factor: often if factor in inner.factors else often - 1 for factor, often in right.factors.items()}
    a, b, p, q, d = inner.numerator, inner.denominator, right.numerator, right.denominator, product_of(factors)
    degree, growth = len(p) - len(q), len(a) - len(b)
    most = len(d) - 1 + (degree - growth if growth >= -1 else max(degree + 1, 0))
    if most < 0:
        return None
    if most > LARGEST_DEGREE:
        raise LimitError(f"The factor in front of the exponential may have a degree of more than {LARGEST_DEGREE}.")
    # h = y/d: (y'*d - y*d')/d^2 + a*y/(b*d) = p/q, times b*q*d^2
    columns = []
    for k in range(most + 1):
        y: Polynomial = (*[Fraction(0)] * k, Fraction(1))
        changed = times(b, plus(times(slope(y), d), times(y, slope(d)), -1))
        columns.append(times(q, plus(changed, times(a, times(y, d)))))
    columns.append(times(times(b, p), times(d, d)))
    height = max(map(len, columns))
    rows = [[column[k] if k < len(column) else Fraction(0) for column in columns] for k in range(height)]
    solution = solution_of(rows)
    if solution is None:
        return None
    return in_lowest_terms(trimmed([each or Fraction(0) for each in solution]), factors)


def as_fraction(root: Expression, variable: Expression) -> RationalFunction | None:
    """An expression as a fraction of polynomials with numbers as coefficients; None if it is none, or a large one."""
    found = rational_function(root, variable)
    return found if found is not None and all(map(is_numeric, (found.numerator, *found.factors))) else None
