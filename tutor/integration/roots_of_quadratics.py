"""Integrands that are rational in x and the square root of one quadratic in x.

    next(root_of_quadratic(integrand)).rule.name        # "root_ansatz", of int x^2/sqrt(x^2 + 2*x + 5) dx

A polynomial times odd powers of the root is a polynomial times the root again, plus a number times the integral of one
over the root; both are found by comparing coefficients. One over the root is left to the table, once the square is
completed. Other fractions become rational: with the root over x, or x over the root, where they are even in x; else by
Euler's substitutions. All of these are right on both sides of 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tutor.algebra.terms import Rational, magnitude
from tutor.expression.exponents import integer_root
from tutor.expression.tree import (
    ONE,
    TWO,
    ZERO,
    Expression,
    add,
    call,
    divide,
    multiply,
    node,
    postorder,
    power,
    rational,
)
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.ratios import (
    NOTHING,
    UNIT,
    Ratio,
    Sum,
    TooLarge,
    atom,
    by_powers,
    cancelled,
    degree,
    divided,
    only_number,
    parts_by_root,
    plain,
    plus,
    product_of,
    put_in,
    quotient,
    raised,
    ratio_of,
    solution,
    times,
    with_square,
    without,
    written,
)
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, Working

MOST_DEGREE = 14


class OverRoot(NamedTuple):
    """An integrand whole + over/root, where both are ratios in x; the quadratic is low + middle·x + high·x²."""

    whole: Ratio
    over: Ratio
    root: Expression
    quadratic: Sum
    low: Sum
    middle: Sum
    high: Sum

    def in_lowest_powers(self, x: Expression) -> tuple[Sum, int] | None:
        """P and m where over = P/quadratic^m, up to a constant; None where something else stands below the line."""
        below, often = self.over.below, 0
        while degree(below, x):
            found = divided(below, self.quadratic, x)
            if found is None:
                return None
            below, often = found, often + 1
        return self.over.above, often


def root_of_quadratic(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """What makes simpler integrals of a fraction in x and the root of a quadratic."""
    try:
        found = over_root(integrand)
        if found is None:
            return
        if found.whole.above:
            yield from _whole_and_root(integrand, found)
        elif _is_one_over_root(integrand, found):
            yield from _complete_the_square(integrand, found)
        elif found.in_lowest_powers(integrand.variable) is not None:
            yield from _ansatz(integrand, found)
        elif found.middle:
            yield from _complete_the_square(integrand, found)
            yield from _euler(integrand, found)
        else:
            yield from _even(integrand, found)
            yield from _euler(integrand, found)
    except (TooLarge, ZeroDivisionError):
        yield Refusal("The polynomials in it are too large, or one below the line is zero.")


def over_root(integrand: Integrand) -> OverRoot | None:
    """The integrand, read; None if it is not rational in x and the root of one quadratic."""
    x = integrand.variable
    radicands = {part.args[0] for part in postorder([integrand.body])
                 if integrand.varies(part) and half_powers(part) is not None}
    if len(radicands) != 1:
        return None
    radicand = next(iter(radicands))
    read = ratio_of(radicand, lambda part: Ratio(atom(x)) if part is x else None, x.value)
    divisor = None if read is None else only_number(read.below)
    if read is None or divisor is None:
        return None
    quadratic: Sum = {product: Fraction(value) / divisor for product, value in read.above.items()}
    coefficients = by_powers(quadratic, x)
    if max(coefficients, default=0) != 2:
        return None
    root = call("sqrt", radicand)

    def known(part: Expression) -> Ratio | None:
        if part is x:
            return Ratio(atom(x))
        times_half = half_powers(part)
        if times_half is None or part.args[0] is not radicand:
            return None
        size = atom(root, abs(times_half))
        return Ratio(size) if times_half > 0 else Ratio(UNIT, size)

    ratio = ratio_of(integrand.body, known, x.value)
    if ratio is None:
        return None
    whole, beside = parts_by_root(ratio, root, Ratio(quadratic))
    if not beside.above:
        return None
    over = cancelled(product_of(beside, Ratio(quadratic)), x)
    while (above := divided(over.above, quadratic, x)) and (below := divided(over.below, quadratic, x)):
        over = cancelled(Ratio(above, below), x)
    return OverRoot(cancelled(whole, x), over, root, quadratic,
                    coefficients.get(0, NOTHING), coefficients.get(1, NOTHING), coefficients[2])


def half_powers(part: Expression) -> int | None:
    """The k of a power f^(k/2) with an odd k; None of anything else."""
    if part.head == "sqrt":
        return 1
    if part.head != "power":
        return None
    exponent = rational_value(part.args[1])
    return None if exponent is None or exponent.denominator != 2 else exponent.numerator


def _is_one_over_root(integrand: Integrand, found: OverRoot) -> bool:
    return not degree(found.over.above, integrand.variable) and not degree(found.over.below, integrand.variable)


def _whole_and_root(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """The rational part by itself."""
    x = integrand.variable
    terms = [integrand.tidy(written(found.whole, x)), integrand.tidy(divide(written(found.over, x), found.root))]
    line = Working("A part with the root as a factor, and one without:",
                   node("relation", (integrand.body, add(*terms)), "="))
    instance = integrand.computed("root_apart", add(*[node("integral", (term, x)) for term in terms]), {}, (line,))
    if instance is not None:
        yield instance


# -- a polynomial over odd powers of the root --------------------------------------------------------------------------


def _ansatz(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """P/root^(2m + 1) = d/dx [T/root^(2m - 1)] + k/root with the coefficients of the polynomial T and k unknown."""
    x = integrand.variable
    read = found.in_lowest_powers(x)
    assert read is not None
    above, often = read
    highest = max(degree(above, x) - 1, 2 * often - 1, 0) if often else degree(above, x) - 1
    if highest > MOST_DEGREE:
        return
    change: Sum = plus(found.middle, times(times(plain(2), found.high), atom(x)))
    columns = []
    for exponent in range(highest + 1):
        # of x^n: n x^(n - 1) Q - (2m - 1)/2 x^n Q'
        lowered = times(plain(exponent), atom(x, exponent - 1)) if exponent > 1 else plain(exponent)
        raised_power = atom(x, exponent) if exponent else UNIT
        columns.append(plus(times(lowered, found.quadratic), times(raised_power, change),
                            Fraction(1 - 2 * often, 2)))
    columns.append(raised(found.quadratic, often))
    solved = solution(columns, above, x)
    if solved is None:
        return
    divisor = _constant_below(found, often, x)
    values = [quotient(value, Ratio(divisor)) for value in solved]
    terms = [multiply(written(value, x), power(x, rational(exponent)))
             for exponent, value in enumerate(values[:-1]) if value is not None and value.above]
    factor, rest = integrand.tidy(add(*reversed(terms))), values[-1]
    number = ZERO if rest is None or not rest.above else integrand.tidy(written(rest, x))
    found_part = integrand.tidy(multiply(factor, power(found.root, rational(1 - 2 * often))))
    remains = _times(number, node("integral", (divide(ONE, found.root), x)))
    after = [part for part in (found_part, remains) if part is not ZERO]
    quadratic = found.root.args[0]
    terms = [_times(integrand.slope(factor), quadratic),
             _times(rational(Fraction(1 - 2 * often, 2)), multiply(factor, integrand.slope(quadratic))),
             _times(number, power(quadratic, rational(often)) if often else ONE)]
    right = add(*[term for term in terms if term is not ZERO])
    left = integrand.tidy(multiply(integrand.body, power(found.root, rational(2 * often + 1))))
    line = Working("Differentiated and multiplied by the power of the root below the line, both sides are polynomials "
                   "with the same coefficients:", node("relation", (left, right), "="))
    instance = integrand.computed("root_ansatz", add(*after), {"g": factor}, (line,))
    if instance is not None:
        yield instance


def _times(number: Expression, part: Expression) -> Expression:
    """A number times a part, with its minus sign in front of both."""
    if number.head == "negation":
        return node("negation", (_times(number.args[0], part),))
    if number is ZERO:
        return ZERO
    return part if number is ONE else number if part is ONE else multiply(number, part)


def _constant_below(found: OverRoot, often: int, x: Expression) -> Sum:
    """What is below the line apart from powers of the quadratic."""
    below = found.over.below
    for _ in range(often):
        made = divided(below, found.quadratic, x)
        assert made is not None
        below = made
    return below


# -- the square completed ----------------------------------------------------------------------------------------------


def _complete_the_square(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """u = r·x + b/(2r), where ±r² is the coefficient of x², so that the root is that of ±u² plus a constant."""
    x, u = integrand.variable, integrand.fresh
    unit = _unit(found.high)
    if unit is None:
        return
    unit_written, sign = unit
    if unit_written is ONE and not found.middle:
        return
    middle = written(Ratio(found.middle), x)
    shift = integrand.tidy(divide(multiply(rational(sign), middle), multiply(TWO, unit_written)))
    inside = integrand.tidy(add(multiply(unit_written, x), shift))
    constant = integrand.tidy(add(written(Ratio(found.low), x), multiply(rational(-sign), power(shift, TWO))))
    new_root = call("sqrt", integrand.tidy(add(_times(rational(sign), power(u, TWO)), constant)))
    old = ratio_of(integrand.tidy(divide(add(u, node("negation", (shift,))), unit_written)),
                   lambda part: Ratio(atom(u)) if part is u else None, u.value)
    made = None if old is None else put_in(found.over, x, old)
    if made is None:
        return
    made = cancelled(made, u)
    even, odd = parts_by_root(made, u, Ratio(atom(u, 2)))
    if even.above and odd.above:
        return  # no way would be open that is not open now
    rest = written(made, u)
    body = integrand.tidy(divide(rest, multiply(unit_written, new_root)))
    square = add(_times(rational(sign), power(inside, TWO)), constant)
    line = Working("The square completed:", node("relation", (found.root.args[0], square), "="))
    instance = integrand.substituted("complete_the_square_under_root", body, inside, {"h": body, "u": u}, (line,))
    if instance is not None:
        yield instance


def _unit(high: Sum) -> tuple[Expression, int] | None:
    """r and the sign where ±r² is this coefficient; None where its sign is not known."""
    value = only_number(high)
    if value is not None:
        above, below = integer_root(abs(value.numerator), 2), integer_root(value.denominator, 2)
        sign = 1 if value > 0 else -1
        if above is not None and below is not None:
            return rational(Fraction(above, below)), sign
        return call("sqrt", rational(magnitude(value))), sign
    if len(high) == 1:
        product, number = next(iter(high.items()))
        if all(exponent % 2 == 0 for _, exponent in product):
            inner = _unit(plain(number))
            assert inner is not None
            letters = [part if exponent == 2 else power(part, rational(exponent // 2)) for part, exponent in product]
            return multiply(*([inner[0]] if inner[0] is not ONE else []), *letters), inner[1]
    return None


# -- made rational -----------------------------------------------------------------------------------------------------


def _even(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """Of an even fraction over the root of a·x² + c: the root over x, or x over the root, as the new variable."""
    x, u = integrand.variable, integrand.fresh
    squares = parts_by_root(found.over, x, Ratio(atom(u)))
    if squares[1].above:
        return
    rational_in_square = squares[0]  # u stands for x²
    ways: list[tuple[int, int, int, Expression, Ratio]] = []
    over_variable = Ratio(found.low, plus(atom(u, 2), found.high, -1))  # u = root/x: u² = a + c/x²
    over_root_itself = Ratio(times(found.low, atom(u, 2)), plus(UNIT, times(found.high, atom(u, 2)), -1))
    for inside, square, share in (
            # du/dx = -c/(x²·root) for u = root/x, and c/root³ for u = x/root, where root² = c/(1 - a u²)
            (divide(found.root, x), over_variable, Ratio(plain(-1), over_variable.below)),
            (divide(x, found.root), over_root_itself, Ratio(UNIT, over_root_itself.below))):
        made = put_in(rational_in_square, u, square)
        if made is None:
            continue
        made = product_of(made, share)
        made = cancelled(made, u)
        if max(degree(made.above, u), degree(made.below, u)) <= MOST_DEGREE:
            ways.append((degree(made.below, u), degree(made.above, u), len(ways), inside, made))
    for _, _, _, inside, made in sorted(ways, key=lambda way: way[:3]):
        yield from _substituted(integrand, "root_over_variable", inside, made)


def _substituted(integrand: Integrand, rule: str, inside: Expression, made: Ratio,
                 lines: tuple[Working, ...] = ()) -> Iterator[RuleInstance]:
    body = integrand.tidy(written(made, integrand.fresh))
    inside = integrand.tidy(inside)
    slope = Working("The derivative of the new variable:", node("relation", (
        node("derivative", (inside, integrand.variable, ONE), "d"), integrand.slope(inside)), "="))
    instance = integrand.substituted(rule, body, inside, {"h": body, "u": integrand.fresh}, (*lines, slope))
    if instance is not None:
        yield instance


class _New(NamedTuple):
    """A new variable u by which x and the root become rational: x in u, and dx/root = share · du."""

    inside: Expression
    old: Ratio
    share: Ratio
    unit: Expression = ONE


def _euler(integrand: Integrand, found: OverRoot) -> Iterator[RuleInstance]:
    """Euler's substitutions: x and the root as fractions in one u."""
    x, u = integrand.variable, integrand.fresh
    new = (None if _has_root(found.high) else _by_zeros(found, x, u)) or _by_unit(found, x, u)
    made = None if new is None else put_in(found.over, x, new.old)
    if new is None or made is None:
        return
    made = without(product_of(made, new.share), new.share.below, u)
    if new.unit.head == "sqrt":
        square = rational_value(new.unit.args[0]) or 0
        made = Ratio(*(with_square(total, new.unit, square) for total in made))
    made = cancelled(made, u)
    if max(degree(made.above, u), degree(made.below, u)) <= MOST_DEGREE:
        old = Ratio(*(_renamed(total, u, new.inside) for total in new.old))
        line = Working("The old variable, written with what the new one stands for:",
                       node("relation", (x, written(old, new.inside)), "="))
        yield from _substituted(integrand, "euler_substitution", new.inside, made, (line,))


def _by_zeros(found: OverRoot, x: Expression, u: Expression) -> _New | None:
    """root = (x - p)·u, so (x - p)·u² = a·(x - q), and (u² - a)·dx = -2·root·du."""
    zeros = _zeros(found)
    if zeros is None:
        return None
    first, second = (plain(zero) for zero in zeros)
    below = plus(atom(u, 2), found.high, -1)
    old = Ratio(plus(times(first, atom(u, 2)), times(found.high, second), -1), below)
    return _New(divide(found.root, add(x, rational(-zeros[0])) if zeros[0] else x), old, Ratio(plain(-2), below))


def _by_unit(found: OverRoot, x: Expression, u: Expression) -> _New | None:
    """root = u - r·x, so u² - c = (b + 2·r·u)·x; or root = x·u + r, so a·x + b = x·u² + 2·r·u."""
    for square, is_high in ((found.high, True), (found.low, False)):
        unit = _unit(square) if square else None
        if unit is None or unit[1] < 0:
            continue
        twice = times(times(plain(2), _as_sum(unit[0])), atom(u))
        if is_high:
            below = plus(found.middle, twice)
            return _New(add(_times(unit[0], x), found.root), Ratio(plus(atom(u, 2), found.low, -1), below),
                        Ratio(plain(2), below), unit[0])
        below = plus(atom(u, 2), found.high, -1)
        return _New(divide(add(found.root, node("negation", (unit[0],))), x),
                    Ratio(plus(found.middle, twice, -1), below), Ratio(plain(-2), below), unit[0])
    return None


def _renamed(total: Sum, old: Expression, new: Expression) -> Sum:
    return {frozenset([(new if part is old else part, exponent) for part, exponent in product]): value
            for product, value in total.items()}


def _as_sum(part: Expression) -> Sum:
    read = ratio_of(part, lambda _: None, "")
    assert read is not None
    return read.above if read.below == UNIT else {product: Fraction(value) / (only_number(read.below) or 1)
                                                  for product, value in read.above.items()}


def _has_root(value: Sum) -> bool:
    unit = _unit(value)
    return unit is not None and unit[1] > 0 and rational_value(unit[0]) is not None


def _zeros(found: OverRoot) -> tuple[Rational, Rational] | None:
    """The two rational zeros of the quadratic; None if there are none."""
    low, middle, high = (only_number(each) if each else Fraction(0) for each in (found.low, found.middle, found.high))
    if low is None or middle is None or high is None:
        return None
    beyond = Fraction(middle) ** 2 - 4 * Fraction(high) * low
    above, below = integer_root(beyond.numerator, 2) if beyond > 0 else None, integer_root(beyond.denominator, 2)
    if above is None or below is None:
        return None
    size = Fraction(above, below)
    first, second = ((-middle + sign * size) / (2 * high) for sign in (1, -1))
    return (first, second) if abs(first) <= abs(second) else (second, first)
