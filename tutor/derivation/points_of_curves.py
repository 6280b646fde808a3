"""Whether an equation has points at which a rate can be found from it.

    points_with_rate(parse("x^2 + y^2 + 1 = 0"), parse("2*y"), tidy)        # "none": it is true nowhere
    points_with_rate(parse("x^2 + y^2 = 0"), parse("2*y"), tidy)            # "no rate": it is true only where y is 0
    points_with_rate(parse("x^2 + y^2 = 25"), parse("2*y"), tidy)           # "": that is not known from signs

The formula -x/y for dy/dx follows from all of them, but of the first two it says nothing: there is no curve, or a
single point.
"""

from __future__ import annotations

from itertools import islice

from tutor.algebra.decide import Tidy
from tutor.algebra.signs import sign_of
from tutor.derivation.simplified import simplified
from tutor.expression.relations import not_zero
from tutor.expression.tree import Expression, add, negate
from tutor.oracle.curve_points import points_where
from tutor.oracle.verdict import Oracle

_MOST_TRIED = 12
"""Points of a curve that are looked at for one at which there is a rate."""

_IS_ZERO = 1e-6
_NOT_ZERO = frozenset("+-!")


def points_with_rate(equation: Expression, factor: Expression, tidy: Tidy) -> str:
    """What is proved of the points of a curve by signs: "none" if there is no point, "no rate" if the factor of the
    rate is 0 at all of them, "" if neither is known."""
    left, right = equation.args
    gap = add(left, negate(right))
    forms = (gap, tidy(gap))
    if any(sign_of(each) in _NOT_ZERO for each in forms):
        return "none"
    parts = [relation.args[0] for relation in simplified([not_zero(factor)], tidy)]
    known = {each: "!" for part in parts for each in (part, tidy(negate(part)))}
    return "no rate" if any(sign_of(each, known) in _NOT_ZERO for each in forms) else ""


def is_rate_seen(equation: Expression, factor: Expression, letter: str, oracle: Oracle) -> bool:
    """Whether a search with numbers finds a point of the curve at which the factor of a rate is not 0. letter: the one
    for which the search solves the equation."""
    left, right = equation.args
    others = sorted(equation.free - {letter})
    for point in islice(points_where(oracle, add(left, negate(right)), letter, others), _MOST_TRIED):
        value = oracle.value(factor, point)
        if isinstance(value, float) and abs(value) > _IS_ZERO:
            return True
    return False
