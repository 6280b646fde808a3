"""One quadratic, or a power of one, below the line.

    over_one_quadratic(integrand, function, (5, 2, 1), 1)      # of 1/(x^2 + 2*x + 5): "complete_the_square"

A linear numerator is a multiple of the derivative of the quadratic and a constant, which go apart. Below a constant the
square is completed, so that the table, or the reduction of powers, knows the rest. A difference of squares that is
left, such as x^2 - 2, is split over a root. Of a quadratic with letters the table assumes the sign of its discriminant.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.algebra.bookkeeping import terms_of
from tutor.algebra.multivariate import UNIT, atom, square_of
from tutor.algebra.polynomials import plus, slope, trimmed
from tutor.expression.tree import ONE, TWO, Expression, add, call, divide, node, number, power
from tutor.integration.constants import number_in, roots_in, sign_of, simplest, square_root
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.partial_fractions import taken_apart
from tutor.integration.rational_functions import (
    ONLY_ONE,
    Polynomial,
    RationalFunction,
    equation,
    multiplied,
    piece_of,
    scaled_by,
    written_polynomial,
)
from tutor.integration.ratios import Constant, Ratio, written
from tutor.rules.instance import RuleInstance, Working


def over_one_quadratic(integrand: Integrand, function: RationalFunction, quadratic: Polynomial,
                       multiplicity: int) -> Iterator[RuleInstance | Refusal | None]:
    """A constant or linear numerator over a power of a quadratic that does not split over the rational numbers."""
    numerator, change = function.numerator, slope(quadratic)
    reduced = integrand.by_rule("quadratic_power_reduction") or integrand.by_rule("multiple_quadratic_power_reduction")
    if len(numerator) == 2:
        multiple = trimmed([each * (numerator[1] / change[1]) for each in change])
        rest = plus(numerator, multiple, -1)
        if rest:
            yield split_numerator(integrand, function, [multiple, rest])
    elif quadratic[1]:
        yield _complete_the_square(integrand, function, quadratic, multiplicity)
    elif multiplicity > 1 and reduced is not None:
        yield reduced
    elif not _is_difference(quadratic):
        yield _in_units_of_a_root(integrand, function, quadratic, multiplicity)
    elif multiplicity == 1:
        yield _difference_of_squares(integrand, function, quadratic)


def _is_difference(quadratic: Polynomial) -> bool:
    return sign_of(quadratic[0] / quadratic[-1]) < 0


def _difference_of_squares(integrand: Integrand, function: RationalFunction,
                           quadratic: Polynomial) -> RuleInstance | None:
    """One over x^2 - d by the rule for it, with the root of d; a constant over p*(x^2 - d) taken apart."""
    constant, _, leading = quadratic
    square = -constant / leading
    if function.numerator[0] == leading:
        return integrand.chosen("integral_of_one_over_difference_of_squares", call("sqrt", written(square)))
    root = square_root(square) if number_in(square) is not None else None
    if root is None:
        root = Ratio(atom(call("sqrt", written(square))))
    one = Fraction(1)
    numerator = trimmed([function.numerator[0] / leading])
    return taken_apart(integrand, function._replace(numerator=numerator, factors={(-root, one): 1, (root, one): 1}),
                       written_polynomial((-square, Fraction(0), one), integrand.variable))


def split_numerator(integrand: Integrand, function: RationalFunction, pieces: list[Polynomial]) -> RuleInstance | None:
    """One integral for each piece of the numerator."""
    made = [piece_of(function, piece, integrand.variable) for piece in pieces]
    line = Working("Write the numerator as a sum:", equation(integrand.body, add(*[each.fraction for each in made])))
    return integrand.computed("split_numerator", add(*[each.integral for each in made]), working=(line,))


def _complete_the_square(integrand: Integrand, function: RationalFunction, quadratic: Polynomial,
                         multiplicity: int) -> RuleInstance | None:
    """times·quadratic = (slope·x + shift)^2 + rest, with `times` so that there are no fractions."""
    constant, linear, leading = quadratic
    for times, slope_inside in _ways(leading, linear):
        shift = times * linear / (2 * slope_inside)
        if _is_whole(shift):
            break
    rest = trimmed([times * constant - shift * shift])
    u = integrand.fresh
    inside = written_polynomial((shift, slope_inside), integrand.variable)
    completed = add(power(inside, TWO), *terms_of(written(rest[0]))) if rest else power(inside, TWO)
    whole = written_polynomial(quadratic, integrand.variable)
    line = Working("Complete the square:", equation(
        whole if times == 1 else multiplied(written(times), whole), completed))
    factor = function.numerator[0] * times**multiplicity / slope_inside
    unit = square_root(rest[0]) if rest and number_in(rest[0]) is None else None
    if unit is not None:  # of x^2 - a*x + a^2 the rest is 3*a^2
        factor, inside = factor * unit / rest[0]**multiplicity, divide(inside, written(unit))
        rest = ONLY_ONE
    below = written_polynomial((*(rest or (Fraction(0),)), Fraction(0), Fraction(1)), u)
    after = scaled_by(factor, node("at", (_power_below(below, multiplicity, u), u, inside)))
    found = integrand.computed("complete_the_square", after, {"g": inside}, (line,))
    if found is None:
        return None
    naming = integrand.naming(inside, integrand.slope(inside))
    return found._replace(working=(line, naming))


def _in_units_of_a_root(integrand: Integrand, function: RationalFunction, quadratic: Polynomial,
                        multiplicity: int) -> RuleInstance | None:
    """For b^2*x^2 + a^2 with letters: x = (a/b)*u, since the roots of the table would be |a| and |b|."""
    constant, _, leading = quadratic
    ratio = constant / leading
    unit = square_root(ratio) if number_in(ratio) is None else None
    if unit is None:
        return None
    u, m = integrand.fresh, written(unit)
    inside = written_polynomial((Fraction(0), 1 / unit), integrand.variable)
    below = written_polynomial((Fraction(1), Fraction(0), Fraction(1)), u)
    factor = function.numerator[0] * unit / constant**multiplicity
    line = Working("Let {x} be {m} times a new variable {u}:", equation(integrand.variable, multiplied(m, u)),
                   {"x": integrand.variable, "m": m, "u": u}, {u: inside})
    after = scaled_by(factor, node("at", (_power_below(below, multiplicity, u), u, inside)))
    letters = integrand.met("scale_the_variable", integrand.body, m)
    return integrand.computed("scale_the_variable", after, letters, (line,))


def _power_below(below: Expression, multiplicity: int, variable: Expression) -> Expression:
    """int 1/below^multiplicity"""
    power_of_it = below if multiplicity == 1 else power(below, number(multiplicity))
    return node("integral", (divide(ONE, power_of_it), variable))


def _ways(leading: Constant, linear: Constant) -> Iterator[tuple[Constant, Constant]]:
    """By what the quadratic may be multiplied, and the slope inside the square then: the last way always works."""
    if number_in(leading) is not None:
        for root in range(1, 11):
            if leading == root * root:
                yield Fraction(1), Fraction(root)
    if leading == 1:
        for root_inside in sorted(roots_in(linear), key=str):  # 2*(x^2 - sqrt(2)*x + 1) is (sqrt(2)*x - 1)^2 + 1
            yield simplest(Ratio(square_of(root_inside) or UNIT)), Ratio(atom(root_inside))
    yield leading, leading
    yield 4 * leading, 2 * leading


def _is_whole(constant: Constant) -> bool:
    if not isinstance(constant, Ratio):
        return constant.denominator == 1
    return not constant.factors and all(value.denominator == 1 for value in constant.above.values())
