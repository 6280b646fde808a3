"""Sums: collecting like terms, and other ways to write a sum or a fraction with sums in it, of which the shortest wins.

    collected([parse("2*x"), parse("3*x")], views)            # ([5*x], "like_terms")
    shortest(parse("2*x*e^x + x^2*e^x"), views)               # ("take_out_common_factor", x*(x + 2)*e^x)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product as choices
from math import lcm, prod

from tutor import limits
from tutor.algebra import functions
from tutor.algebra.decision import Kind
from tutor.algebra.terms import Exponent, Rational, magnitude, reduced, scaled
from tutor.algebra.view import Terms, View, Views
from tutor.algebra.writing import LETTERS, in_book_order, is_monomial, written
from tutor.expression.tree import E, Expression, add, rational

MARGIN, MARGIN_OF_FRACTIONS = 3, 1
"""How many numbers, names and operators a bracket must save before it is made: without fractions, and where terms of
one fraction join. Chosen from real derivatives: 1 or 2 would create unwanted brackets, and more than 3 would not find
e^x*(x + 1)."""

MOST_TERMS, LARGEST_SUM = 12, 120
"""Larger sums are only collected."""

_LARGEST_POWER = 4

_REMEMBERED = 4096
"""How many sums are cached: a derivation looks at the same few again and again."""


def collected(terms: Iterable[Expression], views: Views) -> tuple[list[Expression], Kind | None]:
    """Tidy terms with like terms added, and what was done; None if nothing has changed.

    Nested sums and brackets with a number only are opened, zeros dropped; every term stays at the place of its first
    like.
    """
    totals: dict[object, Rational] = {}
    first: dict[object, Expression] = {}
    kind: Kind | None = None
    stack: list[tuple[Expression, Rational]] = [(term, 1) for term in terms]
    stack.reverse()
    while stack:
        term, factor = stack.pop()
        if term.head == "sum":
            stack.extend([(arg, factor) for arg in reversed(term.args)])
            kind = kind or "other"
            continue
        view = views.of(term)
        key: object = term
        value: Rational = factor
        if not view.undefined:
            value = view.coefficient * factor
            if len(view.powers) == 1:
                (base, exponent), = view.powers.items()
                if base.head == "sum" and exponent == 1:
                    stack.extend([(arg, value) for arg in reversed(base.args)])
                    kind = kind or "multiply_out"
                    continue
            key = views.like(view)
        if key in totals:
            totals[key] = reduced(totals[key] + value)
            kind = "like_terms" if view.powers or view.undefined else kind or "other"
        elif value or view.undefined:
            totals[key] = reduced(value)
            first[key] = term
        else:
            kind = kind or "other"
    if kind is None:
        return list(first.values()), None
    return [_with_coefficient(term, totals[key], views) for key, term in first.items()
            if totals[key]], kind


def _with_coefficient(term: Expression, value: Rational, views: Views) -> Expression:
    view = views.of(term)
    if view.undefined:
        return scaled(term, value, views.style)
    if view.coefficient == value:
        return term
    made = views.product([(view, 1)])
    made.coefficient = value
    return written(made, views)


# -- ways to write a sum ----------------------------------------------------------------------------------------------


def shortest(current: Expression, views: Views, apart: bool = False) -> tuple[Kind, Expression] | None:
    """A better way to write a sum whose like terms are collected: expanded, with a factor in front, as one fraction.

    apart: it is left a sum, but for a factor such as e^x.
    """
    terms = current.args
    if len(terms) > limits.EXPANDED_TERMS:
        return None
    seen = [views.of(term) for term in terms]
    if any(view.undefined for view in seen) or all(map(_is_of_letters, seen)):
        return None
    shared = common(seen) if len(terms) <= MOST_TERMS else {}
    if not shared and not any(map(_has_sum_or_divisor, seen)):
        return None
    best: tuple[Kind, Expression] | None = None
    size = in_book_order(list(terms), views).size  # -x + x^2 is longer than x^2 - x: the order must not decide
    limit = size - 1
    opened = shortest_expanded(terms, views, limit)
    if opened is not None:
        best, limit = ("multiply_out", opened), opened.size
    one_below = any(_is_divisor(exponent) and all(view.powers[base] == exponent for view in seen)
                    for base, exponent in shared.items())
    is_polynomial = opened is not None and opened.head == "sum" and all(map(is_monomial, opened.args))
    if is_polynomial and not any(base.head == "sum" for base in shared):
        shared = {}
    if apart:
        shared = {base: exponent for base, exponent in shared.items() if isinstance(exponent, Expression)}
    if views.style.part_of == "sum":
        return best
    margin = 1 if len(terms) > 2 and any(map(_has_sum_with_index, seen)) else MARGIN
    if shared and _may_pay(seen, shared, size - (1 if one_below else margin - 1), views):
        taken = written(taken_out(seen, shared, views), views)
        brackets = sum(base.head == "sum" for base in shared)
        if taken.size <= min(size - margin, limit + min(brackets, 2) - 1 if best else limit) or (
                one_below and taken.size < limit):
            best, limit = ("take_out_common_factor", taken), taken.size
    is_short = len(terms) <= MOST_TERMS and size <= LARGEST_SUM and not apart
    joined = one_fraction(seen, views, 2, size - 1) if is_short else None
    if joined is not None:
        view, joins = joined
        whole = written(view, views)
        if whole.size <= min(size - (MARGIN_OF_FRACTIONS if joins else MARGIN), limit - (best is not None)):
            best = "common_denominator", whole
    return best


def _is_divisor(exponent: Exponent) -> bool:
    return not isinstance(exponent, Expression) and exponent.numerator < 0


def _has_sum_or_divisor(view: View) -> bool:
    return any(base.head == "sum" or _is_divisor(exponent) for base, exponent in view.powers.items())


def _has_sum_with_index(view: View) -> bool:
    """Whether a term has a sum with an index. Such terms are long, so what three of them share is said once."""
    return any(base.head == "finite_sum" for base in view.powers)


def _is_of_letters(view: View) -> bool:
    """Whether a term is a number times whole powers of letters."""
    for base, exponent in view.powers.items():
        if base.head not in LETTERS or exponent.__class__ is not int or exponent < 0:
            return False
    return True


def shortest_expanded(terms: Sequence[Expression], views: Views, limit: int) -> Expression | None:
    """The sum multiplied out where that is not longer than the limit: first with brackets that occur more than once as
    closed as they are, as in (x + 1)^2*(x + (x + 1)*y) + (x + 1)^3; then without them."""
    if len(terms) > limits.EXPANDED_TERMS:
        return None
    key = tuple(terms)
    searched, found = views.expanded.get(key, (-1, None))
    if found is None and searched < limit:
        found = _shortest_expanded(terms, views, limit)
        views.expanded[key] = limit, found
    return found if found is not None and found.size <= limit else None


def _shortest_expanded(terms: Sequence[Expression], views: Views, limit: int) -> Expression | None:
    seen = [views.of(term) for term in terms]
    if not any(base.head == "sum" for view in seen for base in view.powers):
        return None
    times = Counter([base for view in seen for base in view.powers if base.head == "sum"])
    times.update([base for total in list(times) for term in total.args for base in views.of(term).powers
                  if base.head == "sum"])
    several = frozenset([base for base, count in times.items() if count > 1])
    best = None
    for closed in (several, _NONE) if several else (_NONE,):
        made = _expanded(seen, closed, limit, views)
        if made is not None:
            whole = in_book_order(made, views)
            if whole.size <= limit:
                best, limit = whole, whole.size - 1
    return best


_NONE: frozenset[Expression] = frozenset()


def _expanded(seen: Sequence[View], closed: frozenset[Expression], limit: int,
              views: Views) -> list[Expression] | None:
    """The terms with those products multiplied out whose terms may meet like ones, collected; None if none can, or if
    that is plainly longer than the limit.

    Whether they may is judged by the bases alone: x*(x + cos(x)) + x^2 is opened for its x, 2*(x + 1)*sin(x) + y is
    not.
    """
    brackets = [_brackets(view, closed) for view in seen]
    if not any(brackets):
        return None
    shapes = [_shapes(view, inside) for view, inside in zip(seen, brackets, strict=True)]
    met: set[frozenset[object]] = set()
    meeting: set[frozenset[object]] = set()
    for shape in shapes:
        meeting.update(shape & met)
        met |= shape
    made: list[View] = []
    changed = False
    for view, inside, shape in zip(seen, brackets, shapes, strict=True):
        if inside and not shape.isdisjoint(meeting):
            changed = True
            made += multiplied_out(view, inside, views)
        else:
            made.append(view)
    if not changed or length_of_sum(made, views) > limit + _SLACK:
        return None
    return simplified_terms([written(view, views) for view in made], views)


_SLACK = 3


def length_of_sum(terms: Iterable[View], views: Views) -> int:
    """About how long the sum of these terms will be, like ones collected; 0 if squares of functions may join."""
    totals: dict[object, Rational] = {}
    first: dict[object, View] = {}
    for view in terms:
        for base, exponent in view.powers.items():
            if base.head in functions.FAMILIES and exponent.__class__ is int and exponent > 1:
                return 0
        key = views.like(view)
        totals[key] = totals.get(key, 0) + view.coefficient
        first.setdefault(key, view)
    return sum([length(first[key], value) + 1 for key, value in totals.items() if value]) - 1


def length(view: View, value: Rational = 1) -> int:
    """About how many numbers, names and operators a term has."""
    size, below, above = 0, False, False
    for base, exponent in view.powers.items():
        if exponent.__class__ is int:
            size += base.size if exponent in (1, -1) else base.size + 2
        elif isinstance(exponent, Expression):
            size += base.size + exponent.size + 1
        else:
            size += base.size + (1 if exponent.numerator in (1, -1) and exponent.denominator == 2 else 4)
        if isinstance(exponent, Expression) or exponent.numerator > 0:
            above = True
        else:
            below = True
    if value.denominator != 1:
        size, below = size + 1, True
    if value.numerator not in (1, -1) or not above:
        size += 1
    return size + below


def simplified_terms(terms: Iterable[Expression], views: Views) -> list[Expression]:
    """Like terms collected, and squares of functions that belong together joined."""
    made = collected(terms, views)[0]
    while len(made) > 1:
        joined = functions.pythagoras(made, views)
        if joined is None:
            break
        made = collected(joined, views)[0]
    return made or [rational(0)]


def _brackets(view: View, closed: frozenset[Expression] = _NONE) -> dict[Expression, int]:
    """The sums above the line that can be multiplied out, with their exponents; not those that stay closed."""
    found = {base: exponent for base, exponent in view.powers.items() if base.head == "sum"
             and isinstance(exponent, int) and 0 < exponent <= _LARGEST_POWER and base not in closed}
    if prod(len(base.args) ** exponent for base, exponent in found.items()) > limits.EXPANDED_TERMS:
        return {}
    return found


def _shapes(view: View, brackets: dict[Expression, int]) -> set[frozenset[object]]:
    """The bases of a term, or of each term that it has when its sums are multiplied out; like terms have one shape.

    Other terms may have it too, which only costs an unnecessary attempt. Functions whose squares belong together count
    as one.
    """
    outside = frozenset([_shape(base) for base in view.powers if base not in brackets])
    inside = [_shapes_of_terms(base) for base, exponent in brackets.items() for _ in range(exponent)]
    return {outside.union(*chosen) for chosen in choices(*inside)}


def _shape(base: Expression) -> object:
    family = functions.FAMILIES.get(base.head)
    return base if family is None else (id(family), base.args[0])


@lru_cache(maxsize=_REMEMBERED)
def _shapes_of_terms(total: Expression) -> list[frozenset[object]]:
    return [frozenset([_shape(base) for base in _bases(term)]) for term in total.args]


def _bases(term: Expression) -> list[Expression]:
    """What the factors of a tidy term are powers of, above and below the line."""
    found = []
    stack = [term]
    while stack:
        part = stack.pop()
        if part.head in ("product", "quotient", "negation"):
            stack.extend(part.args)
        elif part.head in ("power", "sqrt"):
            found.append(part.args[0])
        elif part.head != "number":
            found.append(part)
    return found


def multiplied_out(view: View, brackets: dict[Expression, int], views: Views) -> list[View]:
    """The terms of a product when these sums in it are multiplied out; like ones are not yet collected."""
    products = [views.without(view, dict(brackets))]
    for base, exponent in brackets.items():
        for _ in range(exponent):
            products = [views.product([(left, 1), (views.of(term), 1)]) for left in products for term in base.args]
    return products


def common(seen: Sequence[View]) -> dict[Expression, Exponent]:
    """What divides every term: of equal exponents that one, of rational exponents with one sign the smaller."""
    shared = seen[0].powers
    for view in seen[1:]:
        if not shared:
            return {}
        left, shared = shared, {}
        for base, exponent in view.powers.items():
            other = left.get(base)
            if other is None:
                continue
            if other is exponent or other == exponent:
                shared[base] = exponent
            elif base is E and isinstance(other, Expression) and isinstance(exponent, Expression):
                both = [term for term in _terms_of(other) if term in _terms_of(exponent)]
                if both:  # e^x is in e^(x + y), too
                    shared[base] = add(*both)
            elif not (isinstance(other, Expression) or isinstance(exponent, Expression)) and (
                    (other.numerator > 0) == (exponent.numerator > 0)):
                shared[base] = min(exponent, other, key=magnitude)
    return shared


def _terms_of(exponent: Expression) -> tuple[Expression, ...]:
    return exponent.args if exponent.head == "sum" else (exponent,)


def terms_of(total: Expression, views: Views) -> Terms:
    """What is known of the terms of a tidy sum."""
    found = views.terms.get(total)
    if found is None:
        seen = tuple([views.of(term) for term in total.args])
        found = views.terms[total] = Terms(
            seen, common(seen), any(view.undefined for view in seen),
            any(view.below or view.coefficient.denominator != 1 for view in seen))
    return found


def _may_pay(seen: Sequence[View], shared: dict[Expression, Exponent], limit: int, views: Views) -> bool:
    """Whether the sum can get shorter with these powers in front of it: only then it is worth a closer look."""
    if any(base.head == "sum" for view in seen for base in view.powers):
        return True
    inside = [views.without(view, shared) for view in seen]
    front = View()
    front.powers = shared
    return length_of_sum(inside, views) + length(front) <= limit


def taken_out(seen: Sequence[View], shared: dict[Expression, Exponent], views: Views) -> View:
    """The sum of the terms with these powers in front of it."""
    inside = sum_of([views.without(view, shared) for view in seen], views)
    front = View()
    front.powers = dict(shared)
    for view in seen:
        for base in shared:
            if base in view.faces:
                front.faces.setdefault(base, view.faces[base])
            if base in view.under and base not in front.under:
                front.under.append(base)
    return views.product([(front, 1), (views.of(inside), 1)])


def sum_of(terms: Iterable[View], views: Views) -> Expression:
    """The sum of these terms, multiplied out where that is shorter."""
    made = simplified_terms([written(term, views) for term in terms], views)
    whole = in_book_order(made, views)
    return (shortest_expanded(made, views, whole.size - 1) if len(made) > 1 else None) or whole


def one_fraction(seen: Sequence[View], views: Views, most: int, limit: int = 0) -> tuple[View, bool] | None:
    """The sum over one denominator, and whether terms of it joined.

    None where there are no fractions, or more different ones than `most`, or where the result is longer than the limit.
    """
    below: dict[Expression, Exponent] = {}
    different: set[frozenset[tuple[Expression, Exponent]]] = set()
    for view in seen:
        own = {base: exponent for base, exponent in view.powers.items()
               if not isinstance(exponent, Expression) and exponent.numerator < 0}
        if own:
            different.add(frozenset(own.items()))
            for base, exponent in own.items():
                below[base] = min(below.get(base, 0), exponent)  # type: ignore[type-var]
    kinds = {frozenset(base for base, _ in each) for each in different}
    if not different or (len(different) > most and len(kinds) > 1):
        return None
    if limit and not _may_pay(seen, below, limit, views):
        return None
    number = lcm(*[view.coefficient.denominator for view in seen])
    parts = [views.without(view, below, number) for view in seen]
    inside = sum_of(parts, views)
    terms = sum(prod(len(base.args) ** exponent for base, exponent in _brackets(part).items()) for part in parts)
    joins = len(inside.args) < terms if inside.head == "sum" else True
    front = View()
    front.coefficient = Fraction(1, number)
    front.powers = dict(below)
    for view in seen:
        front.faces = {**{base: face for base, face in view.faces.items() if base in below}, **front.faces}
    return views.product([(front, 1), (views.of(inside), 1)]), joins
