"""Where a quotient of polynomials is 0: all places, each closed in between two fractions.

    closed_in(parse("1/(x^2 + 1) - x/2"), name("x"), tidy)          # one place, near 1
"""

from __future__ import annotations

from fractions import Fraction

from tutor.algebra.cancelling import polynomial
from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import opened
from tutor.expression.tree import Expression, postorder
from tutor.oracle.pieces import has_kink
from tutor.oracle.polynomial import IsolatingInterval, roots, value_at
from tutor.oracle.ratio import Ratios
from tutor.rules.conditions import is_polynomial


def closed_in(root: Expression, unknown: Expression, tidy: Tidy) -> list[IsolatingInterval] | None:
    """All zeros of a tidy expression; None if it is no quotient of polynomials in the unknown, or may have no value at
    one of these places."""
    plain = opened(root, tidy.style) if is_polynomial(root, unknown.value) else root
    known = polynomial(plain, tidy.views) if plain.head == "sum" else None
    if known is not None and known[0] is unknown:  # of any degree
        return list(roots(tuple([Fraction(value) for value in known[1]])))
    if any(unknown.value in part.free and has_kink(part) for part in postorder([root])):
        return None
    ratio = Ratios(unknown.value, {}).of(root, Fraction(0))
    if ratio is None or not any(ratio.above):
        return None
    found = list(roots(ratio.above))
    below = [(value_at(ratio.below, each.lower), value_at(ratio.below, each.upper)) for each in found]
    return found if all(one * other > 0 for one, other in below) else None
