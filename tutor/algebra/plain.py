"""Quick checks: questions about a tidy node that can be answered without building a node.

Most nodes that tidying meets need no step. `is_plain` finds that out at a fraction of the cost of a full view; a
property test compares it with the full decision.

    is_plain(parse("2*x*sin(x)"), Style())        # True
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import gcd, prod

from tutor import limits
from tutor.algebra.coefficients import REMEMBERED, Style, split
from tutor.algebra.factors import OPENS, in_order
from tutor.expression.tree import TWO, ZERO, E, Expression
from tutor.rules.conditions import rational_value


def is_plain(current: Expression, style: Style) -> bool:
    """Whether a product, quotient, negation or power needs no step; False only says that a closer look is due."""
    head, args = current.head, current.args
    if head == "negation":
        return args[0].head not in ("negation", "sum") and args[0] is not ZERO
    if head == "sqrt":
        return args[0].head not in ("number", "power", "exp", "sqrt", "negation") and (
            args[0].head != "quotient" or rational_value(args[0]) is None)
    if head == "power":
        return _is_plain_power(args[0], args[1], style)
    if head == "product":
        return _is_plain_fraction(args, (), style)
    if head == "quotient":
        top, bottom = args
        above = top.args if top.head == "product" else (top,)
        below = bottom.args if bottom.head == "product" else (bottom,)
        return _is_plain_fraction(above, below, style)
    return False


def _is_plain_power(base: Expression, exponent: Expression, style: Style) -> bool:
    if base is E and style.exp:
        return False
    if exponent.head == "number":
        value = exponent.value
        return value.__class__ is int and value > 1 and base.head not in OPENS
    if exponent.head == "negation" or exponent.head == "quotient":
        value = rational_value(exponent)
        if value is not None:
            return (value > 0 and exponent.args[1] is not TWO and base.head not in OPENS) or (
                value > 0 and exponent.args[0].head == "number" and exponent.args[0].value > 1 and base.head == "sum"
                and gcd(exponent.args[0].value, exponent.args[1].value) == 1)
    return base.head not in OPENS or base.head == "number"


def _is_plain_fraction(above: tuple[Expression, ...], below: tuple[Expression, ...], style: Style) -> bool:
    """Whether the factors above and below the line are distinct, in order and free of anything to cancel."""
    seen: set[Expression] = set()
    sums: list[Expression] = []
    sums_below: list[Expression] = []
    numbers = [1, 1]
    for place, factors in enumerate((above, below)):
        for index, factor in enumerate(factors):
            head = factor.head
            if head == "number":
                value = factor.value
                if index or value.__class__ is not int or value == 0 or (value == 1 and (place or len(factors) > 1)):
                    return False
                numbers[place] = value
                continue
            base = factor
            if head == "power":
                base, exponent = factor.args
                if exponent.head == "negation" and (place or rational_value(exponent) is not None):
                    return False
                if place and rational_value(exponent) is None:
                    return False
                if base.head in OPENS:
                    return False
            elif head == "sqrt":
                base = factor.args[0]
                if base.head in OPENS:
                    return False
            elif head == "sum":
                (sums_below if place else sums).append(factor)
            elif head in OPENS:
                return False
            if base in seen or (base is E and style.exp):
                return False
            if base.head == "sum" and factor is not base and head == "power" and _has_fraction(base):
                return False
            seen.add(base)
        if len(factors) > 1 and not in_order(factors):
            return False
    if numbers[1] > 1 and gcd(numbers[0], numbers[1]) > 1:
        return False
    if not sums and not sums_below:
        return True
    return not _sums_concern(above, below, sums, sums_below, numbers)


def _sums_concern(above: tuple[Expression, ...], below: tuple[Expression, ...], sums: list[Expression],
                  sums_below: list[Expression], numbers: list[int]) -> bool:
    """Whether a sum among the factors may have to be cancelled against, cleared of fractions or multiplied out."""
    if any(_has_fraction(total) for total in (*sums, *sums_below)):
        return True
    if len(sums) + len(sums_below) > 1 and len({len(total.args) for total in (*sums, *sums_below)}) < len(sums) + len(
            sums_below):
        return True
    rest = len(above) - len(sums) - (above[0].head == "number")
    if sums and may_shrink(numbers[0], sums, rest > 0):
        return True
    if numbers[1] > 1 and any(gcd(content(total), numbers[1]) > 1 for total in sums):
        return True
    if numbers[0] > 1 and any(gcd(content(total), numbers[0]) > 1 for total in sums_below):
        return True
    return has_common_factor(sums, below) or has_common_factor(sums_below, above)


def has_common_factor(sums: list[Expression], across: tuple[Expression, ...]) -> bool:
    """Whether a base across the line occurs in the first term of one of the sums."""
    if not sums or not across:
        return False
    bases_across = {factor.args[0] if factor.head in ("power", "sqrt") else factor for factor in across}
    return any(not bases_across.isdisjoint(bases(total.args[0])) for total in sums)


def _has_fraction(total: Expression) -> bool:
    return any(is_fraction(term) for term in total.args)


def is_fraction(term: Expression) -> bool:
    return term.head == "quotient" or (term.head == "negation" and term.args[0].head == "quotient")


@lru_cache(maxsize=REMEMBERED)
def bases(term: Expression) -> frozenset[Expression]:
    """What the factors of a tidy term are powers of, above and below the line."""
    found = set()
    stack = [term]
    while stack:
        part = stack.pop()
        head = part.head
        if head in ("product", "quotient", "negation"):
            stack.extend(part.args)
        elif head in ("power", "sqrt"):
            found.add(part.args[0])
        elif head == "exp":
            found.add(E)
        elif head != "number":
            found.add(part)
    return frozenset(found)


def may_shrink(number: int, sums: list[Expression], others: bool) -> bool:
    """Whether multiplying out sums above the line can pay: only if few terms grow, or sums in one letter meet."""
    if len(sums) > 1:
        return all(is_polynomial(total) for total in sums) and not any(
            sums[0].free.isdisjoint(other.free) for other in sums[1:])
    if not sums:
        return False
    if not others:
        return number != 1 and sum(_grows(term) for term in sums[0].args) < 2
    return _has_fraction(sums[0])


def _grows(term: Expression) -> bool:
    """Whether a number in front makes this term longer."""
    if term.head == "negation":
        term = term.args[0]
    if term.head == "quotient":
        return term.args[1].head != "number" and _grows(term.args[0])
    return term.head != "number" and not (term.head == "product" and term.args[0].head == "number")


def content(total: Expression) -> int:
    """The greatest whole number that divides every coefficient of a sum; 1 if one is a fraction."""
    content = 0
    for term in total.args:
        value = split(term)[0]
        if value.denominator != 1:
            return 1
        content = gcd(content, value.numerator)
        if content == 1:
            return 1
    return content


def is_monomial(term: Expression) -> bool:
    """A number times letters with whole positive exponents, divided by a number at most."""
    for part in _over_number(term):
        if part.head == "power":
            base, exponent = part.args
            if base.head != "name" or exponent.head != "number" or exponent.value.__class__ is not int:
                return False
        elif part.head not in ("name", "number", "constant"):
            return False
    return True


def is_polynomial(term: Expression) -> bool:
    """A product of letters and of sums of such products: like terms may turn up when it is multiplied out."""
    return all(all(map(is_monomial, part.args)) if part.head == "sum" else is_monomial(part)
               for part in _over_number(term))


def _over_number(term: Expression) -> tuple[Expression, ...]:
    """The factors of a term without its sign and without a number that it is divided by."""
    if term.head == "negation":
        term = term.args[0]
    if term.head == "quotient" and term.args[1].head == "number":
        term = term.args[0]
    return term.args if term.head == "product" else (term,)


def _numerator(term: Expression) -> tuple[Expression, ...]:
    """The factors above the line of a tidy term."""
    if term.head == "negation":
        term = term.args[0]
    if term.head == "quotient":
        term = term.args[0]
    return term.args if term.head == "product" else (term,)


def has_sum(term: Expression) -> bool:
    """Whether a sum stands among the factors of a term, so that it can be multiplied out."""
    return any(part.head == "sum" for part in _numerator(term))


def shapes_of(term: Expression) -> set[frozenset[Expression]]:
    """The bases of a term, or of each term that it has when its sums are multiplied out.

    Like terms have the same shape. Other terms may have it too, which only costs an unnecessary attempt.
    """
    sums = [part for part in _numerator(term) if part.head == "sum"]
    outside = bases(term).difference(sums)
    if not sums or prod(len(total.args) for total in sums) > limits.EXPANDED_TERMS:
        return {outside}
    inside = [[bases(inner) for inner in total.args] for total in sums]
    return {outside.union(*chosen) for chosen in product(*inside)}
