"""Substitution in the whole integrand: a part g of it is called u, and all that is left is written with u.

    rules = substitution_in_whole(integrand)      # of int x^7*sqrt(x^4 + 7) dx
    next(rules).after                             # (int (u - 7)*sqrt(u)/4 du) at (u = x^4 + 7)

Each part of the integrand that varies is tried as u: the integrand is divided by its derivative, and what comes out
has to be an expression in u. The ones that leave the simplest integrals come first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from math import gcd

from tutor.errors import LimitError, TutorError
from tutor.expression.tree import (
    ONE,
    Expression,
    divide,
    multiply,
    node,
    postorder,
    power,
    rational,
    rebuilt,
)
from tutor.integration.in_terms import InTerms, base_and_exponent, exponential, in_terms_of, power_of
from tutor.integration.integrand import Integrand, Refusal
from tutor.integration.rational_functions import is_polynomial, is_rational
from tutor.rules.instance import RuleInstance, Working, instance_of
from tutor.rules.rulebook import rulebook

MOST_CANDIDATES = 24
MOST_PROPOSED = 3
MOST_GROWTH = 2
"""By how many functions and powers the new integrand may have more than the old one."""
HIGH_POWER = 4
"""A power of a linear part from which on this part is called u, so that something else is multiplied out."""
LARGEST_INTEGRAND = 300
"""Size of an integrand that is not looked at any more."""

_NOT_COUNTED = frozenset(("sum", "product", "negation", "quotient", "name"))
_BY_SINE_AND_COSINE = ("sine_of_double", "tangent_as_fraction", "cotangent_as_fraction", "secant_as_fraction",
                       "cosecant_as_fraction",
                       "hyperbolic_tangent_as_fraction", "hyperbolic_cotangent_as_fraction",
                       "hyperbolic_secant_as_fraction", "hyperbolic_cosecant_as_fraction")


def substitution_in_whole(integrand: Integrand) -> Iterator[RuleInstance | Refusal]:
    """The best substitutions for the whole of an integrand, those that leave the simplest integrals first."""
    if integrand.body.size > LARGEST_INTEGRAND:
        return
    if is_of_powers(integrand):
        return
    before = weight(integrand.body, integrand.variable)
    found: list[tuple[tuple[int, int, Fraction], int, Expression, Expression, InTerms, tuple[Working, ...]]] = []
    tried = candidates(integrand)
    for inside in tried:
        proposal = substituted_by(integrand, inside)
        if proposal is None:
            continue
        rank = weight(proposal[1].body, integrand.fresh)
        if rank[0] <= before[0] + MOST_GROWTH:
            found.append((rank, len(found), inside, *proposal))
    insides = {inside for _, _, inside, *_ in found}
    found.sort(key=lambda each: (is_reciprocal_of_another(each[2], insides), *each[:2]))
    for _, _, inside, slope, written, lines in found[:MOST_PROPOSED]:
        instance = integrand.substituted(
            "substitution_in_whole", written.body, inside, {"h": written.body},
            (integrand.naming(inside, slope), *lines, *fact_lines(integrand, inside, written)))
        if instance is not None:
            yield instance
    if tried and not found:
        yield Refusal("No part of it can be called u so that the rest, divided by the derivative of u, has only u in "
                      "it.")


def is_reciprocal_of_another(inside: Expression, insides: Collection[Expression]) -> bool:
    """Whether this is a number over a part that could be called u as well: 1 + e^x is easier to think of than
    1/(1 + e^x)."""
    return inside.head == "quotient" and not inside.args[0].free and inside.args[1] in insides


def weight(body: Expression, variable: Expression) -> tuple[int, int, Fraction]:
    """How hard an integrand looks: first the number of its functions and powers in which the variable occurs, then its
    size, then its largest exponent. A root counts twice if it is one of a sum, or if there is a sum below the line,
    since multiplying out does not get rid of it then."""
    varying = [part for part in postorder([body]) if variable.value in part.free]
    has_divisor = any(part.head == "quotient" and part.args[1].head != "name" and variable.value in part.args[1].free
                      and any(each.head == "sum" for each in postorder([part.args[1]])) for part in varying)
    found, largest = 0, Fraction(0)
    for part in varying:
        raised = base_and_exponent(part)
        largest = largest if raised is None else max(largest, raised[1])
        is_root = raised is not None and raised[1].denominator != 1
        if part.head not in _NOT_COUNTED:
            found += 2 if is_root and (has_divisor or part.args[0].head == "sum") else 1
    return found, body.size, largest


def candidates(integrand: Integrand) -> list[Expression]:
    """The parts of an integrand that may be called u, the most promising first."""
    classes: list[dict[Expression, None]] = [{} for _ in range(5)]
    arguments, functions, sums, powers, products = classes
    for part in postorder([integrand.body]):
        if not integrand.varies(part) or not part.args:
            continue
        raised = base_and_exponent(part)
        exponent = exponential(part)
        if part.head == "sum":
            sums[part] = None
        elif part.head == "product":
            products |= dict.fromkeys((part, primitive_product(part)))
        elif part.head == "quotient":
            functions[part.args[1]] = None
            products[part] = None
        elif raised is not None:
            base, times = raised
            arguments[base] = None
            if times.denominator == 1:
                powers[part] = None
            else:  # sqrt(x) for x^(3/2)
                functions[power_of(base, Fraction(1, times.denominator))] = None
        elif exponent is not None:
            arguments |= dict.fromkeys(exponent)
            functions[part] = None
        elif part.head != "negation":
            arguments |= dict.fromkeys(part.args)
            functions[part] = None
    powers |= dict.fromkeys(powers_that_divide(integrand))
    found: dict[Expression, None] = {}
    for each in classes:
        found |= dict.fromkeys(sorted(each, key=lambda part: -part.size))
    variable = integrand.variable
    if is_rational(integrand.body, variable):  # with u = 1/(x - 5), a rational function only becomes another one
        found = {part: None for part in found if is_polynomial(part, variable)}
    return [part for part in found if is_candidate(integrand, part)][:MOST_CANDIDATES]


def is_candidate(integrand: Integrand, part: Expression) -> bool:
    """Whether a part could be called u. The variable itself is no new one, and what has a minus is tried without it."""
    return integrand.varies(part) and part.head not in ("name", "negation")


def primitive_product(part: Expression) -> Expression:
    """x*ln(x) for x^2*ln(x)^2: the product of which this is a power."""
    raised = [base_and_exponent(factor) or (factor, Fraction(1)) for factor in part.args]
    whole = [exponent.numerator for _, exponent in raised if exponent.denominator == 1]
    if len(whole) < len(raised) or gcd(*whole) == 1:
        return part
    return multiply(*[power_of(base, exponent / gcd(*whole)) for base, exponent in raised])


def powers_that_divide(integrand: Integrand) -> Iterator[Expression]:
    """x^d where x^n is a factor of the integrand and d divides n + 1, since x^n dx is then a power of x^d times its
    derivative."""
    view = integrand.tidy.views.of(integrand.body)
    exponent = view.powers.get(integrand.variable, 0)
    if not isinstance(exponent, int) or len(view.powers) == 1:
        return
    times = abs(exponent + 1)
    for divisor in range(2, min(times, 12) + 1):
        if times % divisor == 0:
            yield power(integrand.variable, rational(divisor))


def substituted_by(integrand: Integrand,
                   inside: Expression) -> tuple[Expression, InTerms, tuple[Working, ...]] | None:
    """The derivative of a part, the integrand divided by it in terms of a letter for that part, and the lines in which
    functions were written with sine and cosine for this; None if some of the old variable would be left."""
    try:
        slope = integrand.slope(inside)
    except LimitError:
        raise
    except TutorError:  # a function without a rule for its derivative
        return None
    if not integrand.varies(slope) and not is_high_power(integrand, inside):
        return None
    rest = integrand.tidy(divide(integrand.body, slope))
    found = in_terms_of(rest, inside, integrand.fresh, integrand.variable, integrand.tidy)
    if found is not None:
        return slope, found, ()
    whole, lines = written_by(_BY_SINE_AND_COSINE, rest)
    if not lines:
        return None
    found = in_terms_of(integrand.tidy(whole), inside, integrand.fresh, integrand.variable, integrand.tidy)
    return None if found is None else (slope, found, lines)


def is_of_powers(integrand: Integrand) -> bool:
    """Whether multiplying out leaves nothing but powers of the variable, as in (x - 7)*sqrt(x): then no root has to be
    called u."""
    for part in postorder([integrand.body]):
        if not integrand.varies(part) or part.head in ("name", "sum", "product", "negation"):
            continue
        raised = base_and_exponent(part)
        if raised is not None:
            base, exponent = raised
            if base is integrand.variable or (exponent.denominator == 1 and 0 < exponent < HIGH_POWER):
                continue
        elif part.head == "quotient" and all(each.head != "sum" for each in postorder([part.args[1]])):
            continue
        return False
    return True


def is_high_power(integrand: Integrand, inside: Expression) -> bool:
    """Whether a linear part stands in a higher power than all else, as in x^4*(1 - x)^20: that is easy to multiply out
    once this part is u."""
    exponents = {base: exponent for base, exponent in integrand.tidy.views.of(integrand.body).powers.items()
                 if integrand.varies(base)}
    own = exponents.pop(integrand.tidy.views.key(inside)[0], 0) if inside.head == "sum" else 0
    return isinstance(own, int) and own >= HIGH_POWER and bool(exponents) and all(
        isinstance(exponent, int) and 0 < exponent < own for exponent in exponents.values())


def written_by(names: tuple[str, ...], whole: Expression) -> tuple[Expression, tuple[Working, ...]]:
    """An expression in which the rules with these names are used wherever they fit, and a line for each use."""
    lines: dict[Expression, Working] = {}
    done: dict[Expression, Expression] = {}
    rules = [rulebook()[name] for name in names]
    heads = {rule.left.head for rule in rules}
    for part in postorder([whole]):
        made = done[part] = rebuilt(part, tuple([done[arg] for arg in part.args]))
        for rule in rules if part.head in heads else ():
            instance = instance_of(rule, made, ONE)
            if instance is not None:
                lines[made] = Working(rule.say, node("relation", (made, instance.after), "="))
                done[part] = instance.after
                break
    return done[whole], tuple(lines.values())


def fact_lines(integrand: Integrand, inside: Expression, written: InTerms) -> tuple[Working, ...]:
    """What was used to write the rest with u, each as a line of its own: x^4 is u - 7 where u is x^4 + 7."""
    return tuple([
        Working("Written with {u}:", node("relation", (part, node("at", (value, integrand.fresh, inside))), "="),
                {"u": integrand.fresh})
        for part, value in written.facts])
