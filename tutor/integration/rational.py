"""Rational functions: how a polynomial, or a fraction of two, is made simpler before it is integrated.

A polynomial is multiplied out. A fraction is brought to lowest terms, divided until its numerator is smaller than its
denominator, and taken apart by the factors of the denominator (`partial_fractions.py`); what has one quadratic below
the line is left to `quadratics.py`. Nothing here integrates: linear denominators, and numerators that are the
derivative of what stands below, are found by other methods.

    [proposal.rule.name for proposal in rational(integrand)]       # of (3*x + 5)/(x^2 - 1): ["partial_fractions"]
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod

from tutor.algebra.bookkeeping import terms_of
from tutor.algebra.multivariate import TooLarge
from tutor.algebra.polynomials import plus, slope, times, trimmed
from tutor.algebra.sums import collected, multiplied_out
from tutor.algebra.writing import in_book_order, written
from tutor.expression.tree import ONE, Expression, add, multiply, negate, node, postorder
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.partial_fractions import PartialFraction, apart, taken_apart
from tutor.integration.quadratics import over_one_quadratic, split_numerator
from tutor.integration.rational_functions import (
    THE_VARIABLE,
    Polynomial,
    RationalFunction,
    equation,
    multiplied,
    over_a_root,
    piece_of,
    rational_function,
    written_factors,
    written_fraction,
    written_polynomial,
)
from tutor.integration.scaling import scaled, shifted
from tutor.rules.conditions import rational_value
from tutor.rules.instance import RuleInstance, Working

MOST_TERMS = 12
"""Terms that an integrand may have after it was multiplied out and is integrated term by term."""

LARGEST_EXPONENT = 100
"""The largest power of a linear function whose integral is told with another variable."""

_LARGEST_POWER = 4

Proposals = Iterator[RuleInstance | Refusal | None]


def expand_polynomial(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """A polynomial that is a product of sums, multiplied out; not (x + 3)^9, which has a linear function inside."""
    body, variable = integrand.body, integrand.variable
    if not any(part.head in ("product", "power") and any(arg.head == "sum" and integrand.varies(arg)
                                                         for arg in part.args) for part in postorder([body])):
        return
    function = rational_function(body, variable)
    if function is None:  # perhaps of too high a degree to be multiplied out
        yield from _shifted_product(integrand)
        return
    if function.factors:
        return
    if body.head == "power":
        base = rational_function(body.args[0], variable)
        if base is not None and len(base.numerator) == 2:
            return
    yield from _multiplied_out(integrand, function)


def all_multiplied_out(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """Any polynomial that is not multiplied out; (x + 3)^9, too."""
    function = rational_function(integrand.body, integrand.variable)
    if function is not None and not function.factors and len(function.numerator) <= MOST_TERMS:
        yield from _multiplied_out(integrand, function)


def _multiplied_out(integrand: Integrand, function: RationalFunction) -> Iterator[RuleInstance]:
    expanded = _in_book_order(written_polynomial(function.numerator, integrand.variable), integrand)
    found = integrand.rewritten("expand_integrand", expanded, working=(
        Working("Multiply out:", equation(integrand.body, expanded)),))
    if found is not None and expanded is not integrand.body:
        yield found


def _shifted_product(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """x*(x - 1)^20: a polynomial times a power of a linear function."""
    if integrand.body.head != "product":
        return
    powers = [each for each in integrand.body.args if each.head == "power" and integrand.varies(each)]
    large = max(powers, key=lambda each: rational_value(each.args[1]) or 0, default=None)
    exponent = None if large is None else rational_value(large.args[1])
    if large is None or exponent is None or exponent.denominator != 1 or exponent > LARGEST_EXPONENT:
        return
    inside = rational_function(large.args[0], integrand.variable)
    rest = rational_function(multiply(*[each for each in integrand.body.args if each is not large]), integrand.variable)
    if inside is None or rest is None or len(inside.numerator) != 2 or inside.factors or rest.factors:
        return
    found = shifted(integrand, rest.numerator, inside.numerator, int(exponent))
    if found is not None:
        yield found


def terms_apart(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """A product or fraction with brackets above the line, taken apart into one integral for each term."""
    views = integrand.tidy.views
    view = views.of(integrand.body)
    brackets = {base: exponent for base, exponent in view.powers.items()
                if base.head == "sum" and isinstance(exponent, int) and 0 < exponent <= _LARGEST_POWER}
    if not brackets or prod(len(base.args)**times for base, times in brackets.items()) > MOST_TERMS:
        return
    opened = [integrand.tidy(written(each, views)) for each in multiplied_out(view, brackets, views)]
    terms, _ = collected(opened, views)
    found = integrand.computed(
        "terms_apart", add(*[_integral_of_term(term, integrand) for term in terms]),
        working=(Working("Take the brackets apart:", equation(integrand.body, add(*terms))),))
    if found is not None:
        yield found


def _integral_of_term(term: Expression, integrand: Integrand) -> Expression:
    if term.head == "negation":
        return negate(_integral_of_term(term.args[0], integrand))
    return node("integral", (term, integrand.variable))


def rational(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """What makes a fraction of polynomials simpler."""
    function = rational_function(integrand.body, integrand.variable)
    if function is None or not function.factors:
        return
    try:
        for proposal in _proposals(integrand, function):
            if proposal is not None:
                yield proposal
    except TooLarge:
        yield Refusal("The numbers or letters in the fraction make its partial fractions too long to write down.")


def _proposals(integrand: Integrand, function: RationalFunction) -> Proposals:
    body, variable = integrand.body, integrand.variable
    if function.is_cancelled or not _is_one_fraction(body, variable):
        simpler = written_fraction(function, variable)
        if integrand.tidy(simpler) is not body:
            yield integrand.rewritten("lowest_terms", simpler, working=(
                Working("Write the integrand as one fraction:", equation(body, simpler)),))
            return
    if set(function.factors) == {THE_VARIABLE}:
        if sum(map(bool, function.numerator)) > 1:
            yield _over_a_power(integrand, function)
        return
    if len(function.numerator) >= len(function.denominator):
        yield _divide_first(integrand, function)
        return
    in_other_unit = scaled(integrand, function)
    if in_other_unit is not None:
        yield in_other_unit
    elif len(function.factors) > 1:
        yield from _partial_fractions(integrand, function)
    else:
        yield from _with_one_factor(integrand, function)


def _with_one_factor(integrand: Integrand, function: RationalFunction) -> Proposals:
    variable = integrand.variable
    (factor, multiplicity), = function.factors.items()
    if len(factor) == 2 and len(function.numerator) > 1:
        yield shifted(integrand, function.numerator, factor, -multiplicity)
    elif len(function.numerator) >= len(factor):
        yield from _partial_fractions(integrand, function)
    elif not function.is_factored and multiplicity > 1:
        yield integrand.rewritten("factor_the_denominator", written_fraction(function, variable), working=(
            Working("Factor the denominator:", equation(written_polynomial(function.denominator, variable),
                                                        written_factors(function.factors, variable))),))
    elif len(factor) == 3:
        yield from over_one_quadratic(integrand, function, factor, multiplicity)
    elif len(factor) > 3:
        yield from _over_one_factor(integrand, function, factor)


def _over_a_power(integrand: Integrand, function: RationalFunction) -> RuleInstance | None:
    """A polynomial over a power of the variable, term by term."""
    variable, below = integrand.variable, len(function.denominator) - 1
    pieces = []
    for place in range(len(function.numerator) - 1, -1, -1):
        if function.numerator[place]:
            above = trimmed((*[Fraction(0)] * max(place - below, 0), function.numerator[place]))
            factors = {THE_VARIABLE: below - place} if below > place else {}
            pieces.append(piece_of(function._replace(factors=factors), above, variable))
    return integrand.computed("terms_apart", add(*[each.integral for each in pieces]), working=(
        Working("Divide term by term:", equation(integrand.body, add(*[each.fraction for each in pieces]))),))


def _is_one_fraction(body: Expression, variable: Expression) -> bool:
    """Whether it is a fraction with polynomials above and below."""
    return body.head == "quotient" and not any(
        part.head == "quotient" and variable.value in part.args[1].free for part in postorder(body.args))


def _divide_first(integrand: Integrand, function: RationalFunction) -> RuleInstance | None:
    """Long division, line by line."""
    variable = integrand.variable
    denominator = function.denominator
    below = written_polynomial(denominator, variable)
    lines = []
    if function.is_factored and sum(function.factors.values()) > 1:
        lines.append(Working("Multiply out the denominator:",
                             equation(written_factors(function.factors, variable), below)))
    rest: Polynomial = function.numerator
    quotient: Polynomial = ()
    sentence = "Divide the highest power by that of the denominator, and take {p} times the denominator off:"
    while len(rest) >= len(denominator):
        term = trimmed((*[Fraction(0)] * (len(rest) - len(denominator)), rest[-1] / denominator[-1]))
        left, piece = plus(rest, times(term, denominator), -1), written_polynomial(term, variable)
        taken_off = _times_bracket(piece, below)
        line = add(taken_off, *terms_of(written_polynomial(left, variable))) if left else taken_off
        lines.append(Working(sentence, equation(written_polynomial(rest, variable), line), {"p": piece}))
        rest, quotient = left, plus(quotient, term)
        sentence = "Do the same with what is left, this time with {p}:"
    whole = _in_book_order(written_polynomial(quotient, variable), integrand)
    parts = [node("integral", (whole, variable))]
    shown = list(terms_of(whole))
    if rest:
        left_over = piece_of(function, rest, variable)
        parts.append(left_over.integral)
        shown.append(left_over.fraction)
    lines.append(Working("So the fraction is a polynomial and a smaller fraction:",
                         equation(integrand.body, add(*shown))))
    return integrand.computed("divide_first", add(*parts), working=tuple(lines))


def _in_book_order(total: Expression, integrand: Integrand) -> Expression:
    """The terms of a polynomial in the order in which they stay: u^2 - u^4, not -u^4 + u^2."""
    return in_book_order(list(terms_of(total)), integrand.tidy.views)


def _times_bracket(piece: Expression, bracket: Expression) -> Expression:
    if piece.head == "negation":
        return negate(_times_bracket(piece.args[0], bracket))
    return bracket if piece is ONE else multiplied(piece, bracket)


def _partial_fractions(integrand: Integrand, function: RationalFunction) -> Proposals:
    for part in apart(function):
        if part.numerator and not _can_be_integrated(part, function):
            yield Refusal(_no_factors(part.factor))
            return
    whole = None if function.is_factored else written_polynomial(function.denominator, integrand.variable)
    yield taken_apart(integrand, function, whole)


def _no_factors(factor: Polynomial) -> str:
    return (f"The denominator has a factor of degree {len(factor) - 1} that cannot be split into linear and quadratic "
            "factors with numbers or square roots.")


def _can_be_integrated(part: PartialFraction, function: RationalFunction) -> bool:
    """Whether there is a way on for one fraction with a factor that does not split over the rational numbers."""
    factor = part.factor
    if len(factor) <= 3:
        return True
    change = slope(factor)
    if len(part.numerator) == len(change) and not plus(part.numerator, change, -part.numerator[-1] / change[-1]):
        return True
    # x times something in x^2 over a quartic in x^2: a quadratic is left for u = x^2
    odd = not any(factor[1::2]) and not any(part.numerator[::2]) and len(factor) == 5
    alone = function._replace(numerator=part.numerator, factors={factor: 1})
    return odd or over_a_root(alone) is not None


def _over_one_factor(integrand: Integrand, function: RationalFunction, factor: Polynomial) -> Proposals:
    """One factor of degree 3 or more that does not split over the rational numbers."""
    numerator, change = function.numerator, slope(factor)
    if len(numerator) == len(change):
        rest = plus(numerator, change, -numerator[-1] / change[-1])
        if not rest:
            return
    is_even = not any(factor[1::2])
    if is_even and any(numerator[1::2]) and any(numerator[::2]):
        odd = trimmed([each if place % 2 else Fraction(0) for place, each in enumerate(numerator)])
        yield split_numerator(integrand, function, [odd, plus(numerator, odd, -1)])
        return
    over_root = over_a_root(function)
    if over_root is None:
        yield Refusal(_no_factors(factor))
        return
    yield from _partial_fractions(integrand, over_root._replace(is_factored=False))
