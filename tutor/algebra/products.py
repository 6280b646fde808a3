"""What tidying decides at a product, quotient, negation or power: one named rule at a time.

    decide(parse("x^2*x^3"), Style())        # Decision("multiply_powers", x^5)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, prod
from typing import NamedTuple

from tutor import limits
from tutor.algebra.coefficients import Rational, Style, collect, magnitude, negated, reduced, scaled, split
from tutor.algebra.factors import OPENS, Exponent, Factors, gather, merge, write
from tutor.algebra.plain import bases, content, has_sum, is_fraction, is_monomial, is_plain, may_shrink, shapes_of
from tutor.expression.tree import ZERO, Expression, add


class Decision(NamedTuple):
    """A rule that fires at a node, what the node becomes, and bases that must not be zero for it.

    final: nothing is left to decide at the node that it becomes, nor at the parts that were made for it.
    """

    rule: str
    after: Expression
    nonzero: tuple[Expression, ...] = ()
    final: bool = False


Pairs = list[tuple[Expression, Exponent]]

# When several rules apply at once, the step has the name of the first of these.
_BY_WEIGHT = ("cancel", "multiply_powers", "power_of_product", "power_of_power", "logarithm_of_power", "fractions",
              "known_value", "powers_as_quotients", "signs", "arithmetic", "zeros_and_ones", "remove_brackets")
_STRUCTURE = frozenset(("fractions", "power_of_product", "power_of_power"))


def decide(current: Expression, style: Style) -> Decision | None:
    """The next step at a node whose parts are tidy, or None if it is in the form of a textbook."""
    return None if is_plain(current, style) else decide_closely(current, style)


def decide_closely(current: Expression, style: Style) -> Decision | None:
    """`decide` without the quick look."""
    found = gather(current, style)
    if found.undefined:
        return None  # 1/0 stays as it is: no rule is true for it
    if found.numerator == 0:
        return Decision("zeros_and_ones", ZERO, _cancelled(found.powers, []))
    joins: set[str] = set()
    powers = merge(found.powers, style, joins)
    structure = found.reasons & _STRUCTURE
    if joins and (structure or len(joins) > 1):
        # Several rules fire: write what the first one makes, the others come in the next rounds.
        apart = found.powers if structure else merge(found.powers, style, set(), cancelling=False)
        written = write(found.sign, found.numerator, found.denominator, apart, style)
        if written is not current:
            return Decision(_heaviest(found.reasons if structure else {"multiply_powers"}), written)
    written = write(found.sign, found.numerator, found.denominator, powers, style)
    if written is not current:
        gone = _cancelled(found.powers, powers) if "cancel" in joins else ()
        final = not any(base.head in OPENS or base.head == "sum" for base, _ in powers)
        return Decision(_heaviest(joins | found.reasons), written, gone, final)
    return decide_with_sums(current, found, powers, style)


def _heaviest(reasons: set[str]) -> str:
    return next((name for name in _BY_WEIGHT if name in reasons), "order")


def _cancelled(before: Pairs, after: Pairs) -> tuple[Expression, ...]:
    """Bases that have been removed from the denominator: they must still not be zero."""
    left = {base for base, exponent in after if isinstance(exponent, Expression) or exponent < 0}
    gone = [base for base, exponent in before
            if not isinstance(exponent, Expression) and exponent < 0 and base not in left and base.free]
    return tuple(dict.fromkeys(gone))


# -- with sums among the factors -----------------------------------------------------------------------------------


def decide_with_sums(current: Expression, found: Factors, powers: Pairs, style: Style) -> Decision | None:
    """Cancelling against a sum, clearing fractions in it, multiplying it out: each only where it reads better."""
    sums = [base for base, exponent in powers if base.head == "sum"]
    if not sums:
        return None
    if len(powers) == 1 and found.numerator == 1 == found.denominator and powers[0][1] == 1:
        return _sign_into_sum(sums[0], found.sign, style)
    for attempt in (_cancel_number, _same_up_to_sign, _cancel_base, _common_denominator, _multiply_out):
        decision = attempt(current, found, powers, style)
        if decision is not None:
            return decision
    return None


def _sign_into_sum(total: Expression, sign: int, style: Style) -> Decision | None:
    """-(a - b) is b - a where that needs fewer minus signs."""
    if sign > 0:
        return None
    terms = tuple([negated(term) for term in total.args])
    written = positive_first(terms)
    return Decision("signs", written) if written.size <= total.size else None


def positive_first(terms: tuple[Expression, ...]) -> Expression:
    """The sum, with a positive term in front if there is one; polynomials keep their order."""
    if terms[0].head == "negation" and not all(is_monomial(term) for term in terms):
        first = next((index for index, term in enumerate(terms) if term.head != "negation"), 0)
        terms = (terms[first], *terms[:first], *terms[first + 1:])
    return add(*terms)


def _divided(total: Expression, divisor: int, style: Style) -> Expression:
    terms = []
    for term in total.args:
        value, core = split(term)
        terms.append(scaled(core, reduced(Fraction(value, divisor)), style))
    return add(*terms)


def _cancel_number(current: Expression, found: Factors, powers: Pairs, style: Style) -> Decision | None:
    """(4x - 12)/2 is 2x - 6, and 2/(4x + 2) is 1/(2x + 1)."""
    for index, (base, exponent) in enumerate(powers):
        if base.head != "sum" or exponent not in (1, -1):
            continue
        other = found.denominator if exponent == 1 else found.numerator
        shared = gcd(content(base), other) if other > 1 else 1
        if shared > 1:
            changed = [*powers[:index], (_divided(base, shared, style), exponent), *powers[index + 1:]]
            above = found.numerator // (shared if exponent == -1 else 1)
            below = found.denominator // (shared if exponent == 1 else 1)
            return Decision("cancel", write(found.sign, above, below, changed, style))
    return None


def _same_up_to_sign(current: Expression, found: Factors, powers: Pairs, style: Style) -> Decision | None:
    """a - b and b - a are one factor and a sign."""
    known: dict[frozenset[Expression], Expression] = {}
    for index, (base, exponent) in enumerate(powers):
        if base.head != "sum":
            continue
        opposite = known.get(frozenset([negated(term) for term in base.args]))
        if opposite is not None and not isinstance(exponent, Expression) and exponent.denominator == 1:
            changed = [*powers[:index], (opposite, exponent), *powers[index + 1:]]
            sign = -found.sign if exponent.numerator % 2 else found.sign
            joined = merge(changed, style, set())
            return Decision("signs", write(sign, found.numerator, found.denominator, joined, style))
        known[frozenset(base.args)] = base
    return None


def term_powers(term: Expression, style: Style) -> dict[Expression, Exponent]:
    return dict(merge(gather(term, style).powers, style, set()))


def shared_exponent(total: Expression, base: Expression, style: Style) -> Rational:
    """The largest exponent with which base^exponent divides every term of a sum; 0 if there is none."""
    least: Rational | None = None
    for term in total.args:
        exponent = term_powers(term, style).get(base, 0)
        if isinstance(exponent, Expression) or exponent <= 0:
            return 0
        least = exponent if least is None or exponent < least else least
    return least or 0


def divided_by(term: Expression, divisors: Iterable[tuple[Expression, Exponent]], style: Style) -> Expression:
    """A term over powers of these bases, as a tidy term."""
    found = gather(term, style)
    lowered = [(base, negated(exponent) if isinstance(exponent, Expression) else -exponent)
               for base, exponent in divisors]
    powers = merge([*found.powers, *lowered], style, set())
    return write(found.sign, found.numerator, found.denominator, powers, style)


def _cancel_base(current: Expression, found: Factors, powers: Pairs, style: Style) -> Decision | None:
    """(x^2 + x)/x: a factor of every term cancels against one across the line."""
    across: dict[bool, list[tuple[int, Expression, Rational]]] = {True: [], False: []}  # is it below? -> the factors
    for place, (base, power) in enumerate(powers):
        if not isinstance(power, Expression):
            across[power <= 0].append((place, base, power))
    for index, (total, exponent) in enumerate(powers):
        if total.head != "sum" or exponent not in (1, -1):
            continue
        for other, base, against in across[exponent == 1]:
            if base not in bases(total.args[0]):
                continue
            shared = shared_exponent(total, base, style)
            if not shared:
                continue
            shared = min(shared, magnitude(against))
            terms = [divided_by(term, [(base, shared)], style) for term in total.args]
            rest = reduced(against + (shared if against < 0 else -shared))
            changed: Pairs = [pair for place, pair in enumerate(powers) if place not in (index, other)]
            changed.append((collect(terms, style)[0], exponent))
            if rest:
                changed.append((base, rest))
            written = write(found.sign, found.numerator, found.denominator, changed, style)
            return Decision("cancel", written, (base,) if not rest and base.free else ())
    return None


def _common_denominator(current: Expression, found: Factors, powers: Pairs, style: Style) -> Decision | None:
    """A sum with fractions in it, above or below a line: multiply both by what clears them, if that is shorter."""
    divided = any(not isinstance(other, Expression) and other < 0 for _, other in powers)
    for index, (total, exponent) in enumerate(powers):
        if total.head != "sum" or isinstance(exponent, Expression) or exponent.denominator != 1:
            continue
        if exponent > 0 and not divided:
            continue  # there is no denominator, and clearing fractions would only create one
        if magnitude(exponent) > 2 or len(total.args) > 8 or not any(is_fraction(term) for term in total.args):
            continue
        number, bases = _least_common_denominator(total, style)
        cleared = collect([_times(term, number, bases, style) for term in total.args], style)[0]
        expanded = multiplied_out_sum(cleared, style)
        if expanded is not None and expanded.size <= cleared.size:
            cleared = expanded
        changed: Pairs = [*powers[:index], (cleared, exponent), *powers[index + 1:]]
        changed += [(base, reduced(-power * exponent)) for base, power in bases.items()]
        cleared_number = Fraction(found.numerator, found.denominator) / Fraction(number) ** int(exponent)
        written = write(found.sign, cleared_number.numerator, cleared_number.denominator,
                        merge(changed, style, set()), style)
        if written.size < current.size:
            return Decision("common_denominator", written)
    return None


def _least_common_denominator(total: Expression, style: Style) -> tuple[int, dict[Expression, Rational]]:
    number, bases = 1, dict[Expression, Rational]()
    for term in total.args:
        found = gather(term, style)
        number = number * found.denominator // gcd(number, found.denominator)
        for base, exponent in merge(found.powers, style, set()):
            if not isinstance(exponent, Expression) and exponent < 0:
                bases[base] = max(bases.get(base, 0), -exponent)
    return number, bases


def _times(term: Expression, number: int, bases: dict[Expression, Rational], style: Style) -> Expression:
    found = gather(term, style)
    powers = merge([*found.powers, *bases.items()], style, set())
    above = found.numerator * number
    shared = gcd(above, found.denominator)
    return write(found.sign, above // shared, found.denominator // shared, powers, style)


def _multiply_out(current: Expression, found: Factors, powers: Pairs, style: Style) -> Decision | None:
    """The sums above the line are multiplied out if that is not larger; a power of a sum stays closed."""
    above = [(base, exponent) for base, exponent in powers if isinstance(exponent, Expression) or exponent > 0]
    below = [(base, exponent) for base, exponent in powers if not isinstance(exponent, Expression) and exponent < 0]
    if not any(base.head == "sum" and exponent == 1 for base, exponent in above):
        return None
    if not may_shrink(found.numerator, [base for base, exponent in above if base.head == "sum" and exponent == 1],
                      any(base.head != "sum" or exponent != 1 for base, exponent in above)):
        return None
    top = write(1, found.numerator, 1, above, style)
    expanded = multiplied_out(top, style)
    if expanded is None or expanded.size > top.size:
        return None
    written = write(found.sign, 1, found.denominator, [(expanded, 1), *below], style)
    return None if written is current else Decision("multiply_out", written)


def multiplied_out(product: Expression, style: Style) -> Expression | None:
    """A product with its sums of exponent 1 multiplied out and like terms collected; None if that makes too much."""
    found = gather(product, style)
    sums = [base for base, exponent in found.powers if base.head == "sum" and exponent == 1]
    if not sums or prod(len(base.args) for base in sums) > limits.EXPANDED_TERMS:
        return None
    rest = [(base, exponent) for base, exponent in found.powers if not (base.head == "sum" and exponent == 1)]
    terms = [write(found.sign, found.numerator, found.denominator, rest, style)]
    for total in sums:
        terms = [term_product(term, factor, style) for term in terms for factor in total.args]
    return collect(terms, style)[0]


def multiplied_out_sum(total: Expression, style: Style) -> Expression | None:
    """A sum with those products multiplied out whose terms may meet like ones; None if none can.

    Whether they may is judged by the bases alone: x*(x + cos(x)) + x^2 is opened for its x, 2*(x + 1) + y is not.
    """
    terms = total.args if total.head == "sum" else (total,)
    if len(terms) > limits.EXPANDED_TERMS or not any(map(has_sum, terms)):
        return None
    shapes = [shapes_of(term) for term in terms]
    seen: set[frozenset[Expression]] = set()
    meeting: set[frozenset[Expression]] = set()
    for shape in shapes:
        meeting.update(shape & seen)
        seen |= shape
    changed = False
    opened = []
    for term, shape in zip(terms, shapes, strict=True):
        other = multiplied_out(term, style) if has_sum(term) and not shape.isdisjoint(meeting) else None
        changed = changed or other is not None
        opened.append(term if other is None else other)
    return collect(opened, style)[0] if changed else None


def term_product(left: Expression, right: Expression, style: Style) -> Expression:
    """The product of two tidy terms as a tidy term."""
    first, second = gather(left, style), gather(right, style)
    above, below = first.numerator * second.numerator, first.denominator * second.denominator
    shared = gcd(above, below)
    powers = merge([*first.powers, *second.powers], style, set())
    return write(first.sign * second.sign, above // shared, below // shared, powers, style)

