"""Cancelling: what the sums in a fraction have in common with the rest of it.

    view = views.of(parse("(x^2 - 1)/(x - 1)"))
    across_the_line(view, views)                              # the view of x + 1, "cancel"
    other_ways(views.of(parse("1/(1 + 1/x)")), views)         # the view of x/(x + 1), "common_denominator"
"""

from __future__ import annotations

from fractions import Fraction

from tutor import limits
from tutor.algebra.decision import Kind
from tutor.algebra.polynomials import exact_quotient, greatest_common_divisor
from tutor.algebra.sums import (
    LARGEST_SUM,
    MOST_TERMS,
    collected,
    length_of_sum,
    multiplied_out,
    one_fraction,
    taken_out,
    terms_of,
)
from tutor.algebra.terms import Exponent, Rational, magnitude, reduced
from tutor.algebra.view import View, Views, is_below
from tutor.algebra.writing import in_book_order, is_monomial, written
from tutor.expression.tree import Expression

_LARGEST_DEGREE = 60


def across_the_line(view: View, views: Views) -> tuple[View, Kind] | None:
    """What a sum among the factors has in common with the other side of the line is cancelled."""
    whole = [(base, exponent) for base, exponent in view.powers.items()
             if base.head == "sum" and exponent.__class__ is int]
    if not whole:
        return None
    for total, exponent in whole:
        if len(total.args) > limits.EXPANDED_TERMS:
            continue
        terms = terms_of(total, views)
        if terms.undefined or not terms.shared:
            continue
        shared = {base: each for base, each in terms.shared.items()
                  if (isinstance(each, Expression) or each > 0) and _is_across(view.powers.get(base), exponent)}
        if shared:
            made = _replaced(view, total, exponent, taken_out(terms.seen, shared, views), views)
            if not made.undefined and _is_lower(made, view, shared):
                return made, "cancel"
    return common_polynomial(view, whole, views) if len(whole) > 1 else None


def _is_across(other: Exponent | None, exponent: int) -> bool:
    """Whether a power stands on the other side of the line."""
    return other is not None and (isinstance(other, Expression) or (other > 0) != (exponent > 0))


def _is_lower(made: View, view: View, shared: dict[Expression, Exponent]) -> bool:
    """Whether something has left the line: the exponents of what was taken out are smaller than before."""
    for base in shared:
        before, after = view.powers[base], made.powers.get(base, 0)
        if isinstance(before, Expression) or isinstance(after, Expression):
            if not isinstance(after, Expression) or not isinstance(before, Expression) or after.size < before.size:
                return True
        elif magnitude(after) < magnitude(before):
            return True
    return False


def _replaced(view: View, total: Expression, exponent: int, other: View, views: Views) -> View:
    """The view with another view in the place of a sum."""
    made = views.product([(views.without(view, {total: exponent}), 1), (other, exponent)])
    made.below = view.below
    return made


def common_polynomial(view: View, whole: list[tuple[Expression, int]], views: Views) -> tuple[View, Kind] | None:
    """(x^2 - 1)/(x - 1): what two polynomials in the same letter or function share is cancelled."""
    above = [pair for pair in whole if pair[1] > 0]
    below = [pair for pair in whole if pair[1] < 0]
    if not above or not below:
        return None
    for left, times in above:
        first = polynomial(left, views)
        for right, other in below if first is not None else ():
            second = polynomial(right, views)
            if first is None or second is None or first[0] is not second[0]:
                continue
            letter = first[0]
            shared = greatest_common_divisor(first[1], second[1])
            if len(shared) < 2:
                continue
            divisor = views.of(in_letter(shared, letter, views))
            quotients = [exact_quotient(part, shared) for part in (first[1], second[1])]
            up, down = [views.of(in_letter(part, letter, views)) for part in quotients if part is not None]
            made = views.product([(views.without(view, {left: times, right: other}), 1), (up, times), (down, other),
                                  (divisor, times + other)])
            made.faces = divisor.faces | made.faces
            made.below = [*[base for base in view.below if base is not right], *divisor.powers]
            return made, "cancel"
    return None


def polynomial(total: Expression, views: Views) -> tuple[Expression, tuple[Rational, ...]] | None:
    """A sum as a polynomial: its one letter or function, and the coefficients; None if it is none."""
    if total not in views.in_one_letter:
        views.in_one_letter[total] = _polynomial(total, views)
    return views.in_one_letter[total]


def _polynomial(total: Expression, views: Views) -> tuple[Expression, tuple[Rational, ...]] | None:
    letter: Expression | None = None
    values: dict[int, Rational] = {}
    for term in total.args:
        view = views.of(term)
        degree = 0
        if view.powers:
            if len(view.powers) > 1 or view.undefined:
                return None
            (base, exponent), = view.powers.items()
            if letter is not None and base is not letter:
                return None
            if not isinstance(exponent, int) or not 0 < exponent <= _LARGEST_DEGREE:
                return None
            letter, degree = base, exponent
        values[degree] = values.get(degree, 0) + view.coefficient
    if letter is None:
        return None
    return letter, tuple([values.get(degree, 0) for degree in range(max(values) + 1)])


def in_letter(coefficients: tuple[Rational, ...], letter: Expression, views: Views) -> Expression:
    """A polynomial as an expression, with descending powers."""
    terms = []
    for degree in reversed(range(len(coefficients))):
        if coefficients[degree]:
            part = views.base(letter, degree) if degree else View()
            part.coefficient = reduced(part.coefficient * coefficients[degree])
            terms.append(written(part, views))
    return in_book_order(terms, views)


def other_ways(view: View, views: Views) -> tuple[View, Kind] | None:
    """A sum among the factors as one fraction, or with a factor in front, so that more cancels; or two sums as one."""
    size = _size(view, views)
    rooted = _quotient_under_root(view, views)
    if rooted is not None and _is_shorter(rooted, size, views):
        return rooted, "other"
    whole = [(base, exponent) for base, exponent in view.powers.items()
             if base.head == "sum" and exponent.__class__ is int and len(base.args) <= MOST_TERMS
             and base.size <= LARGEST_SUM]
    for total, exponent in whole:
        terms = terms_of(total, views)
        if terms.undefined:
            continue
        if terms.has_fractions:
            if total not in views.fractions:
                joined = one_fraction(terms.seen, views, len(terms.seen))
                views.fractions[total] = None if joined is None else joined[0]
            fraction = views.fractions[total]
            if fraction is not None:
                made = _replaced(view, total, exponent, fraction, views)
                if _is_shorter(made, size, views):
                    return made, "common_denominator"
        others = [base for base, other in whole if base is not total and (other > 0) != (exponent > 0)
                  and len(base.args) == len(total.args)] if terms.shared else ()
        if others:
            made = _replaced(view, total, exponent, taken_out(terms.seen, terms.shared, views), views)
            cancels = any(made.powers.get(base) != view.powers[base] for base in others)
            if cancels and _is_shorter(made, size, views):
                return made, "cancel"
    return _multiplied_pairs(view, whole, size, views) if len(whole) > 1 else None


def _is_shorter(made: View, size: int, views: Views) -> bool:
    return not made.undefined and _size(made, views) < size


def _size(view: View, views: Views) -> int:
    """The size of what a view is written as, but for a minus in front: y - x and x - y must be decided alike."""
    form = written(view, views)
    return form.args[0].size if form.head == "negation" else form.size


def _multiplied_pairs(view: View, whole: list[tuple[Expression, int]], size: int,
                      views: Views) -> tuple[View, Kind] | None:
    """(x + 1)·(x - 1) is x^2 - 1 where that is shorter, above and below the line."""
    others = sum(not is_below(exponent) for exponent in view.powers.values())
    for side in (1, -1) if others == 2 else (-1,):  # x*(x + 1)*(x - 1) stays
        sums = [base for base, exponent in whole if exponent == side and all(map(is_monomial, base.args))]
        for index, left in enumerate(sums):
            for right in sums[index + 1:]:
                if (left, right) in views.apart or left.free.isdisjoint(right.free) or (
                        len(left.args) * len(right.args) > limits.EXPANDED_TERMS):
                    continue
                both = views.product([(views.base(left), 1), (views.base(right), 1)])
                products = multiplied_out(both, {left: 1, right: 1}, views)
                if length_of_sum(products, views) > left.size + right.size:
                    views.apart.add((left, right))
                    continue
                terms = collected([written(each, views) for each in products], views)[0]
                rest = views.without(view, {left: side, right: side})
                made = views.product([(rest, 1), (views.of(in_book_order(terms, views)), side)])
                if _is_shorter(made, size, views):
                    return made, "multiply_out"
    return None


def _quotient_under_root(view: View, views: Views) -> View | None:
    """(1 - x)/((1 + x)·√((1 - x)/(1 + x))) is √((1 - x)/(1 + x))."""
    for base, exponent in view.powers.items():
        if base.head not in ("quotient", "product") or isinstance(exponent, int):
            continue
        inside = views.of(base)
        times = {_ratio(view.powers.get(each, 0), own) for each, own in inside.powers.items()}
        whole = times.pop() if len(times) == 1 else 0
        if whole and len(inside.powers) > 1:
            left = views.product([(view, 1), (inside, -whole)])
            left.powers[base] = views.sum_of_exponents(left.powers[base], whole)
            return left
    return None


def _ratio(exponent: Exponent, own: Exponent) -> int:
    """How often a power is in another; 0 if that is no whole number."""
    if isinstance(exponent, Expression) or isinstance(own, Expression):
        return 0
    ratio = Fraction(exponent) / own
    return int(ratio) if ratio.denominator == 1 else 0
