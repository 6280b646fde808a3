"""What is known of functions: values, inverse pairs, signs and absolute values, sine and cosine of one thing.

    value_of(parse("cos(pi)"), views)                          # ("known_value", -1, ())
    joined(views.of(parse("x*sign(x)")), views)                # (the view of |x|, ())
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

from tutor.algebra.decision import Kind
from tutor.algebra.known_values import known_value, undone
from tutor.algebra.signs import holds, sign_of
from tutor.algebra.terms import Exponent, Rational, magnitude, negated, reduced, scaled, split
from tutor.algebra.view import View, Views
from tutor.algebra.writing import written
from tutor.expression.exponents import integer_root
from tutor.expression.known_functions import FUNCTIONS
from tutor.expression.relations import related
from tutor.expression.tree import (
    ONE,
    ZERO,
    E,
    Expression,
    I,
    add,
    negate,
    node,
    postorder,
    power,
    rational,
)
from tutor.rules.conditions import is_real, rational_value
from tutor.rules.instance import instance_of
from tutor.rules.rule import Rule
from tutor.rules.rulebook import rulebook

Found = tuple[Kind, Expression, tuple[Expression, ...]]
"""The kind of a step, what it makes, and the relations that have to hold for it."""


def value_of(current: Expression, views: Views) -> Found | None:
    """The value of a function at a tidy argument, where it is short and exact, or what its argument lets through."""
    if not current.free:
        known = known_value(current)
        if known is not None:
            return "known_value", known, ()
    head, argument = current.head, current.args[0]
    found: Found | None = _of_logarithm(current) if head in ("ln", "log") else None
    if found is None and argument.head in FUNCTIONS:
        found = _of_inverse(current)
    elif found is None and argument.head == "product" and argument.args[-1].head in FUNCTIONS:
        number = rational_value(argument.args[0])
        if number is not None and number <= _LARGEST_MULTIPLE:
            found = _by_rule(current, argument.args[-1].head, "product")
    if found is not None:
        return found
    value = rational_value(argument)
    if value is not None:
        return _at_rational(current, value)
    known = _of_known_sign(head, argument) if head in ("abs", "sign") else None
    if known is not None:
        return "other", known, ()
    return _of_multiple(head, argument, views) if FUNCTIONS[head].parity or head == "step" else None


def _of_known_sign(head: str, argument: Expression) -> Expression | None:
    """|x^2 + x + 1| is x^2 + x + 1, and its sign is 1, since it is never negative."""
    sign = sign_of(argument)
    if head == "abs":
        return argument if sign in ("+", "0+") else negate(argument) if sign in ("-", "0-") else None
    return {"+": ONE, "-": negate(ONE)}.get(sign)


def _of_logarithm(current: Expression) -> Found | None:
    """The logarithm of a power of its base."""
    argument, base = current.args[0], E if current.head == "ln" else current.args[1]
    is_base = () if base is E else (related(base, ">"), related(base, "!=", ONE))
    if argument is base:
        return "known_value", ONE, is_base
    is_power = argument.head == "power" and argument.args[0] is base
    if (is_power or (argument.head == "exp" and base is E)) and is_real(argument):
        return "other", argument.args[-1], is_base
    return None


def _of_inverse(current: Expression) -> Found | None:
    """sin(asin(x)) is x wherever it has a value; asin(sin(x)) stays, since it is x only near 0."""
    head, argument = current.head, current.args[0]
    undone_here = undone(current) if FUNCTIONS[head].inverse == argument.head else None
    if undone_here is not None:
        return "other", *undone_here
    inside = argument.args[0]
    is_over_positive = inside.head == "quotient" and sign_of(inside.args[1]) in ("+", "0+")
    by_sides = _by_rule(current, argument.head, "quotient") if is_over_positive else None
    return by_sides or _by_rule(current, argument.head, "name")


def _by_rule(current: Expression, inverse: str, inside: str) -> Found | None:
    """What the rule for a function of this inverse function makes of it, see `_rules_of_inverse`."""
    rule = _rules_of_inverse().get((current.head, inverse, inside))
    found = None if rule is None else instance_of(rule, current, current)
    return None if found is None else (
        "other", found.after, tuple([relation for relation in found.relations if holds(relation) is not True]))


@cache
def _rules_of_inverse() -> Mapping[tuple[str, str, str], Rule]:
    """The rules for functions of inverse functions, by both and by what is special: "product" for a multiple of the
    inverse, "quotient" for the inverse of one, else "name"."""
    found: dict[tuple[str, str, str], Rule] = {}
    for rule in rulebook().values():
        if "of_inverse" in rule.tags:
            argument = rule.left.args[0]
            inverse = argument.args[-1] if argument.head == "product" else argument
            found[rule.left.head, inverse.head, "product" if inverse is not argument else inverse.args[0].head] = rule
    return found


_LARGEST_MULTIPLE = 8


def _of_multiple(head: str, argument: Expression, views: Views) -> Found | None:
    """sin(-x) is -sin(x), |5x| is 5|x|, sign(5x) is sign(x)."""
    value, core = split(argument)
    if head == "step":  # only the sign counts
        made = node(head, (core if value > 0 else negated(core),))
        return None if value in (1, -1, 0) else ("other", made, ())
    if head in ("abs", "sign") and value != 1 and value != 0:
        made = node(head, (core,))
        if head == "abs":
            return "known_value", scaled(made, magnitude(value), views.style), ()
        return "other", made if value > 0 else negate(made), ()
    if value < 0 or (argument.head == "sum" and all(term.head == "negation" for term in argument.args)):
        turned = add(*[negated(term) for term in argument.args]) if argument.head == "sum" else negated(argument)
        made = node(head, (turned,))
        return "other", made if FUNCTIONS[head].parity == "even" else negate(made), ()
    return None


def _at_rational(current: Expression, value: Rational) -> Found | None:
    head = current.head
    found: Expression | None = None
    if head == "cbrt":
        above, below = integer_root(abs(value.numerator), 3), integer_root(value.denominator, 3)
        if above is not None and below is not None:
            found = rational(Fraction(above if value > 0 else -above, below))
    elif head == "abs":
        found = rational(magnitude(value))
    elif head == "sign":
        found = rational((value > 0) - (value < 0))
    elif head == "step" and value != 0:
        found = ONE if value > 0 else ZERO
    elif head == "relu":
        found = rational(max(value, 0))
    elif head in ("min", "max"):
        known = [other for arg in current.args if (other := rational_value(arg)) is not None]
        if len(known) == len(current.args):
            found = rational(min(known) if head == "min" else max(known))
    elif value < 0 and FUNCTIONS[head].parity:
        made = node(head, (rational(-value),))
        return "other", made if FUNCTIONS[head].parity == "even" else negate(made), ()
    return None if found is None else ("known_value", found, ())


# -- functions as factors of one term ---------------------------------------------------------------------------------

_CIRCLE = {"sin": (1, 0), "cos": (0, 1), "tan": (1, -1), "cot": (-1, 1), "sec": (0, -1), "csc": (-1, 0)}
_HYPERBOLA = {"sinh": (1, 0), "cosh": (0, 1), "tanh": (1, -1), "coth": (-1, 1), "sech": (0, -1), "csch": (-1, 0)}
FAMILIES = {name: family for family in (_CIRCLE, _HYPERBOLA) for name in family}
"""Function -> how often sine and cosine are in it, for all functions that are made of the same two."""

JOINING = frozenset(("abs", "sign", "sigmoid", "cbrt")) | frozenset(FAMILIES)
"""Functions that may have to do with other factors of a term."""


def joined(view: View, views: Views) -> tuple[View, tuple[Expression, ...]] | None:
    """The view with its functions joined, and the relations that this takes; None where there is nothing to join."""
    has_functions = has_exponents = False
    for base, exponent in view.powers.items():
        if base.head in JOINING:
            has_functions = True
        if base is E or exponent.__class__ is Expression:
            has_exponents = True
    found = _exponentials_of_logarithms(view, views) if has_exponents else None
    if found is not None or not has_functions:
        return found
    for attempt in (_with_absolute, _with_circle, _with_sigmoid, _with_cube_root):
        found = attempt(view, views)
        if found is not None:
            return found
    return None


def _changed(view: View, views: Views, changes: dict[Expression, Exponent]) -> View:
    """The view with other exponents for some bases; 0 for those that are gone."""
    kept = View()
    kept.coefficient, kept.under = view.coefficient, view.under
    kept.faces = {base: face for base, face in view.faces.items() if base not in changes}
    kept.powers = {base: exponent for base, exponent in view.powers.items() if base not in changes}
    made = views.product([(kept, 1), *((views.base(base, exponent), 1) for base, exponent in changes.items()
                                       if exponent != 0)])
    made.below = [*view.below, *made.below]
    return made


def _exponentials_of_logarithms(view: View, views: Views) -> tuple[View, tuple[Expression, ...]] | None:
    """e^(3 ln x) is x^3, and e^(x + ln y) is y·e^x."""
    for base, exponent in view.powers.items():
        if not isinstance(exponent, Expression):
            continue
        for term in exponent.args if exponent.head == "sum" else (exponent,):
            found = _logarithm_in(term, base, views)
            if found is not None:
                f, times = found
                rest = [other for other in (exponent.args if exponent.head == "sum" else ()) if other is not term]
                left: Exponent = 0
                if rest:
                    left = add(*rest)
                    value = rational_value(left)
                    left = left if value is None else value
                made = _changed(view, views, {base: left})
                raised = views.of(power(f, times if isinstance(times, Expression) else rational(times)))
                return views.product([(made, 1), (raised, 1)]), (related(f, ">"),)
    return None


def _logarithm_in(term: Expression, base: Expression, views: Views) -> tuple[Expression, Exponent] | None:
    """f and n, if the term is n·ln(f), or n times the logarithm of f to that base."""
    view = views.of(term)
    for part, times in view.powers.items():
        if times != 1 or not ((part.head == "ln" and base is E) or (part.head == "log" and part.args[1] is base)):
            continue
        if any(other.head in ("ln", "log") for other in view.powers if other is not part):
            return None
        rest = written(views.without(view, {part: 1}), views)
        value = rational_value(rest)
        return part.args[0], rest if value is None else value
    return None


def _with_absolute(view: View, views: Views) -> tuple[View, tuple[Expression, ...]] | None:
    """|f|, sign(f) and f with whole exponents: what is left is a power of f, of |f|, or one of them times the other."""
    powers = view.powers
    for base in powers:
        if base.head not in ("abs", "sign"):
            continue
        f = base.args[0]
        size, sign, inside = node("abs", (f,)), node("sign", (f,)), views.of(f)
        single = len(inside.powers) == 1 and next(iter(inside.powers.values())) == 1
        plain = next(iter(inside.powers)) if single else f
        of_sign, of_size, of_f = old = powers.get(sign, 0), powers.get(size, 0), powers.get(plain, 0)
        if not (isinstance(of_sign, int) and isinstance(of_size, int) and isinstance(of_f, int)):
            continue
        new = _simplest((of_sign + of_f) % 2, of_size + of_f)
        if old == new or I in postorder([f]):  # complex numbers have no sign
            continue
        made = views.product([(_changed(view, views, {sign: new[0], size: new[1], plain: 0}), 1), (inside, new[2])])
        if inside.coefficient != 1:
            made.coefficient = reduced(made.coefficient * Fraction(inside.coefficient) ** -of_f)
        made.below = view.below
        return made, (related(f, "!="),) if new == (0, 0, 0) and of_sign else ()
    return None


def _simplest(odd: int, total: int) -> tuple[int, int, int]:
    """Exponents of sign(f), |f| and f in the shortest product of this size, f^total, that is odd or even in f."""
    if odd == total % 2:
        return 0, 0, total
    if not odd:
        return 0, total, 0
    if total == 0:
        return 1, 0, 0
    step = 1 if total > 0 else -1
    return 0, step, total - step


def _with_circle(view: View, views: Views) -> tuple[View, tuple[Expression, ...]] | None:
    """tan·cos is sin, cos/sin is cot: functions of one thing in the shortest way in which they can be written."""
    if sum([base.head in FAMILIES for base in view.powers]) < 2:
        return None
    groups: dict[tuple[int, Expression], dict[Expression, int]] = {}
    for base, exponent in view.powers.items():
        family = FAMILIES.get(base.head)
        if family is not None and isinstance(exponent, int):
            groups.setdefault((id(family), base.args[0]), {})[base] = exponent
    for (_, f), bases in groups.items():
        if len(bases) < 2:
            continue
        family = FAMILIES[next(iter(bases)).head]
        sine = sum([family[base.head][0] * times for base, times in bases.items()])
        cosine = sum([family[base.head][1] * times for base, times in bases.items()])
        old = sorted([(base.head, times) for base, times in bases.items()])
        best = min([old, *_ways(sine, cosine, list(family), {head for head, _ in old})],
                   key=lambda way: (_length(way, f.size + 1), sum(abs(times) for _, times in way)))
        if best is old:
            continue
        kept = _changed(view, views, dict.fromkeys(bases, 0))  # which may have tan(f)^(1/2) beside what is joined
        made = views.product([(kept, 1), *((views.base(node(head, (f,)), exponent), 1) for head, exponent in best)])
        made.below = [*kept.below, *made.below]
        names = list(family)
        lost = []
        for head, total in ((names[0], sine), (names[1], cosine)):
            part = 0 if head == names[0] else 1
            had = [family[base.head][part] * times for base, times in bases.items()]
            if min(had) < 0 <= total:
                lost.append(related(node(head, (f,)), "!="))
        return made, tuple(lost)
    return None


def _ways(sine: int, cosine: int, names: list[str], used: set[str]) -> Iterator[list[tuple[str, int]]]:
    """Ways to write sine^s·cosine^c, as functions with exponents; secants only where some are there already."""
    sin, cos, tan, cot, sec, csc = names
    yield [(name, times) for name, times in ((sin, sine), (cos, cosine)) if times]
    if sine == -cosine and sine:
        yield [(tan, sine)] if sine > 0 else [(cot, -sine)]
    if used & {sec, csc, cot, tan}:
        reciprocal = [(sin, sine) if sine > 0 else (csc, -sine), (cos, cosine) if cosine > 0 else (sec, -cosine)]
        if used & {sec, csc}:
            yield [(name, times) for name, times in reciprocal if times]
        if sine > 0 > cosine and sec in used:
            shared = min(sine, -cosine)
            ways = [(tan, shared), (sin, sine - shared), (sec, -cosine - shared)]
            yield [(name, times) for name, times in ways if times]
        if cosine > 0 > sine and csc in used:
            shared = min(cosine, -sine)
            ways = [(cot, shared), (cos, cosine - shared), (csc, -sine - shared)]
            yield [(name, times) for name, times in ways if times]


def _length(way: list[tuple[str, int]], size: int) -> int:
    """How long a product of powers of functions of this size is."""
    above = [times for _, times in way if times > 0]
    below = len(way) - len(above)
    return sum(size if abs(times) == 1 else size + 2 for _, times in way) + bool(below) + (below > 0 and not above)


def _with_sigmoid(view: View, views: Views) -> tuple[View, tuple[Expression, ...]] | None:
    """sigmoid(x)·sigmoid(-x) is sigmoid(x)·(1 - sigmoid(x))."""
    for base, exponent in view.powers.items():
        if base.head != "sigmoid" or not isinstance(exponent, int) or base.args[0].head != "negation":
            continue
        other = node("sigmoid", (base.args[0].args[0],))
        if other in view.powers and exponent > 0:
            made = _changed(view, views, {base: 0})
            return views.product([(made, 1), (views.base(add(ONE, negate(other))), exponent)]), ()
    return None


def _with_cube_root(view: View, views: Views) -> tuple[View, tuple[Expression, ...]] | None:
    """cbrt(f)^3 is f, wherever it has a value."""
    for base, exponent in view.powers.items():
        if base.head == "cbrt" and isinstance(exponent, int) and abs(exponent) >= 3:
            whole = exponent // 3 if exponent > 0 else -(-exponent // 3)
            made = _changed(view, views, {base: exponent - 3 * whole})
            return views.product([(made, 1), (views.of(base.args[0]), whole)]), ()
    return None


# -- functions whose squares differ by one ----------------------------------------------------------------------------

_SQUARES = {"sin": ("cos", 1, 1), "cos": ("sin", 1, 1), "sec": ("tan", 1, -1), "tan": ("sec", -1, 1),
            "csc": ("cot", 1, -1), "cot": ("csc", -1, 1), "cosh": ("sinh", 1, -1), "sinh": ("cosh", -1, 1),
            "tanh": ("sech", 1, 1), "sech": ("tanh", 1, 1), "coth": ("csch", 1, -1), "csch": ("coth", -1, 1)}
"""f -> g, p, q with p·f² + q·g² = 1."""

_JOIN_AS_TERMS = frozenset((*_SQUARES, "sigmoid"))


def pythagoras(terms: list[Expression], views: Views) -> list[Expression] | None:
    """Two terms of a sum as one, by sin² + cos² = 1 and its kin; the sum may have others."""
    places: dict[object, int] | None = None
    for index, term in enumerate(terms):
        view = views.of(term)
        for base, exponent in view.powers.items():
            if base.head not in _JOIN_AS_TERMS or exponent.__class__ is not int:
                continue
            mirrored = exponent == 1 and base.head == "sigmoid" and base.args[0].head == "negation"
            if not mirrored and (base.head == "sigmoid" or exponent < 2):
                continue
            if places is None:
                places = {views.like(views.of(each)): place for place, each in enumerate(terms)}
            rest = views.without(view, {base: 1 if mirrored else 2})
            if mirrored:  # 1 - sigmoid(-f) is sigmoid(f)
                place = places.get(views.like(rest))
                if place is not None and views.of(terms[place]).coefficient == -view.coefficient:
                    made = views.product([(rest, 1), (views.of(node("sigmoid", (base.args[0].args[0],))), 1)])
                    return _joined_terms(terms, index, place, made, -view.coefficient, views)
                continue
            partner, own, other = _SQUARES[base.head]
            square = node(partner, base.args)
            with_square = views.product([(rest, 1), (views.base(square, 2), 1)])
            value = reduced(Fraction(view.coefficient) / own)
            place = places.get(views.like(with_square))
            if place is not None and views.of(terms[place]).coefficient * with_square.coefficient * other == (
                    value * with_square.coefficient) and place != index:
                return _joined_terms(terms, index, place, rest, value, views)
            place = places.get(views.like(rest))
            if place is not None and place != index and views.of(terms[place]).coefficient == -value:
                return _joined_terms(terms, index, place, with_square, -value * other, views)
    return None


def _joined_terms(terms: list[Expression], first: int, second: int, made: View, value: Rational,
                  views: Views) -> list[Expression]:
    kept = [term for place, term in enumerate(terms) if place not in (first, second)]
    scaled_view = views.product([(made, 1)])
    scaled_view.coefficient = reduced(Fraction(value))
    kept.insert(min(first, second), written(scaled_view, views))
    return kept
