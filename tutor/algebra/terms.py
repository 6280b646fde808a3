"""What tidying decides at a sum: one named rule at a time.

    decide(parse("2*x + 3*x"), Style(), {})        # Decision("like_terms", 5*x)
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from tutor.algebra.coefficients import Style, collect, negated, reduced, scaled, split
from tutor.algebra.factors import Exponent, gather, merge, write
from tutor.algebra.plain import bases, is_monomial
from tutor.algebra.products import Decision, divided_by, multiplied_out_sum, positive_first, term_powers
from tutor.expression.tree import ONE, TWO, Expression, add, node

MARGIN = 3
"""How many numbers, names and operators a common factor must save before it is taken out. Chosen from real derivatives:
1 or 2 would create unwanted brackets, and more than this would not find e^x*(x + 1)."""

FACTORED_TERMS = 12
"""Sums with more terms are not searched for a common factor."""

Orders = dict[frozenset[Expression], Expression]
"""The terms of a sum -> the order in which it was met first, so that 1 + x and x + 1 are one factor."""


def decide(current: Expression, style: Style, orders: Orders) -> Decision | None:
    """The next step at a sum whose terms are tidy, or None if it is in the form of a textbook."""
    polynomial = all(is_monomial(term) for term in current.args)
    if _needs_collecting(current):
        after, reason = collect(current.args, style)
        if after is not current:
            return Decision(reason or "order", after)
    if not polynomial:
        for attempt in (_pythagoras, _multiply_out, _take_out):
            decision = attempt(current, style)
            if decision is not None:
                return decision
    ordered = current if polynomial else positive_first(current.args)
    known = orders.setdefault(frozenset(current.args), ordered)
    return None if known is current else Decision("order", known)


def _needs_collecting(current: Expression) -> bool:
    """Whether two terms are alike, a term is a number too many, a zero or a sum."""
    seen: set[Expression] = set()
    for term in current.args:
        inner = term.args[0] if term.head == "negation" else term
        if inner.head == "sum":
            return True
        value, core = split(term)
        if not value or core in seen:
            return True
        seen.add(core)
    return False


def _pythagoras(current: Expression, style: Style) -> Decision | None:
    """c*sin(f)^2 + c*cos(f)^2 is c, whatever other terms the sum has."""
    if not any("sin" in _squared_functions(term) for term in current.args):
        return None
    cores = {split(term): index for index, term in enumerate(current.args)}
    for index, term in enumerate(current.args):
        value, core = split(term)
        for base, exponent in term_powers(core, style).items():
            if base.head != "sin" or exponent != 2:
                continue
            rest = divided_by(core, [(base, 2)], style)
            partner = _with_square(rest, node("cos", base.args), style)
            other = cores.get((value, partner))
            if other is None:
                continue
            kept = [arg for place, arg in enumerate(current.args) if place not in (index, other)]
            core_rest_value, core_rest = split(rest)
            one = scaled(core_rest, reduced(core_rest_value * value), style)
            kept.insert(min(index, other), one)
            return Decision("pythagoras", add(*kept))
    return None


def _squared_functions(term: Expression) -> set[str]:
    core = term.args[0] if term.head == "negation" else term
    if core.head == "quotient":
        core = core.args[0]
    parts = core.args if core.head == "product" else (core,)
    return {part.args[0].head for part in parts if part.head == "power" and part.args[1] is TWO}


def _with_square(rest: Expression, base: Expression, style: Style) -> Expression:
    found = gather(rest, style)
    powers = merge([*found.powers, (base, 2)], style, set())
    return write(found.sign, found.numerator, found.denominator, powers, style)


def _multiply_out(current: Expression, style: Style) -> Decision | None:
    """Products in a sum are multiplied out if so many terms combine that the sum gets shorter."""
    expanded = multiplied_out_sum(current, style)
    if expanded is None or expanded.size >= current.size:
        return None
    return Decision("multiply_out", expanded)


def _take_out(current: Expression, style: Style) -> Decision | None:
    """A factor of every term goes in front, for a clear gain."""
    if len(current.args) > FACTORED_TERMS or not _common_bases(current.args):
        return None
    shared: dict[Expression, Exponent] | None = None
    for term in current.args:
        core = split(term)[1]
        if core is ONE:
            return None
        powers = term_powers(core, style)
        shared = powers if shared is None else _shared(shared, powers)
        if not shared:
            return None
    assert shared is not None
    content, below = 0, 1
    terms = []
    for term in current.args:
        value = split(term)[0]
        content = gcd(content, value.numerator)
        below = below * value.denominator // gcd(below, value.denominator)
        terms.append(divided_by(term, shared.items(), style))
    if content > 1 or below > 1:
        terms = [_rescaled(term, below, content, style) for term in terms]
    inner, _ = collect(terms, style)
    sign = 1
    if inner.head == "sum" and all(term.head == "negation" for term in inner.args):
        inner, sign = add(*[negated(term) for term in inner.args]), -1
    expanded = multiplied_out_sum(inner, style)
    if expanded is not None and expanded.size < inner.size:
        inner = expanded
    if inner.head == "sum":
        inner = positive_first(inner.args)
    factored = _joined(sign, content, below, [*shared.items(), (inner, 1)], style)
    if factored.size + MARGIN > current.size:
        return None
    return Decision("take_out_common_factor", factored)


def _common_bases(terms: tuple[Expression, ...]) -> frozenset[Expression]:
    """Bases that occur in every term: a quick look before the closer one."""
    common = bases(terms[0])
    for term in terms[1:]:
        common &= bases(term)
        if not common:
            break
    return common


def _shared(left: dict[Expression, Exponent], right: dict[Expression, Exponent]) -> dict[Expression, Exponent]:
    """What divides both: of equal exponents that one, of rational exponents with one sign the smaller."""
    shared: dict[Expression, Exponent] = {}
    for base, exponent in left.items():
        other = right.get(base)
        if other is None:
            continue
        if other is exponent or other == exponent:
            shared[base] = exponent
        elif isinstance(other, Expression) or isinstance(exponent, Expression):
            continue
        elif (other > 0) == (exponent > 0):
            shared[base] = min(exponent, other) if exponent > 0 else max(exponent, other)
    return shared


def _rescaled(term: Expression, factor: int, divisor: int, style: Style) -> Expression:
    value, core = split(term)
    return scaled(core, reduced(Fraction(value) * factor / divisor), style)


def _joined(sign: int, numerator: int, denominator: int, powers: list[tuple[Expression, Exponent]],
            style: Style) -> Expression:
    """The view of a factored sum; an inside that is itself a product is opened."""
    inner = powers[-1][0]
    found = gather(inner, style)
    shared = gcd(numerator * found.numerator, denominator * found.denominator)
    merged = merge([*powers[:-1], *found.powers], style, set())
    return write(sign * found.sign, numerator * found.numerator // shared, denominator * found.denominator // shared,
                 merged, style)
