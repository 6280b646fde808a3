"""Other ways to write what a limit is taken of, of the same value wherever the variable is near its target.

    conjugated(parse("(sqrt(x) - 2)/(x - 4)"), "x")      # (x - 4)/((x - 4)*(sqrt(x) + 2)), as a quotient
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import gcd, lcm

from tutor.algebra.factoring import opened
from tutor.algebra.terms import Style, negated, scaled, split
from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.tree import (
    ONE,
    TWO,
    ZERO,
    E,
    Expression,
    add,
    call,
    divide,
    multiply,
    negate,
    number,
    postorder,
    power,
    replace,
)
from tutor.oracle.conditions import holds_with, joints_of
from tutor.rules.conditions import rational_value


def terms_of(expression: Expression) -> tuple[Expression, ...]:
    return expression.args if expression.head == "sum" else (expression,)


def factors_of(expression: Expression) -> tuple[Expression, ...]:
    return expression.args if expression.head == "product" else (expression,)


def _size_of_term(term: Expression) -> tuple[Expression, bool]:
    """A term without its minus sign, and whether it had one."""
    return (term.args[0], True) if term.head == "negation" else (term, False)


def expanded(body: Expression, style: Style) -> Expression | None:
    """A quotient whose numerator is multiplied out; None if there is nothing to multiply out."""
    if body.head != "quotient":
        return None
    above = opened(body.args[0], style)
    return None if above is body.args[0] else divide(above, body.args[1])


def _squared_term(term: Expression) -> Expression:
    """The square of a root, or of anything else."""
    if term.head == "sqrt":
        return term.args[0]
    if term.head == "product":
        return multiply(*[_squared_term(each) for each in term.args])
    value = rational_value(term)
    return number(value * value) if value is not None and value.denominator == 1 else power(term, TWO)


def _has_root(expression: Expression, variable: str) -> bool:
    return any(part.head == "sqrt" and variable in part.free for part in postorder([expression]))


def conjugated(body: Expression, variable: str) -> Expression | None:
    """A quotient, or a difference, multiplied above and below by the conjugate of a difference with a root in it; of a
    product, the factor that is one."""
    if body.head == "product":
        found = [conjugated(factor, variable) if factor.head == "sum" else None for factor in body.args]
        place = next((index for index, each in enumerate(found) if each is not None), None)
        if place is None:
            return None
        above, below = (found[place] or ONE).args
        others = [factor for index, factor in enumerate(body.args) if index != place]
        return divide(multiply(*others, *factors_of(above)), below)
    above, below = body.args if body.head == "quotient" else (body, ONE)
    for part, is_above in ((above, True), (below, False)):
        terms = terms_of(part)
        if len(terms) != 2 or not _has_root(part, variable):
            continue
        (first, minus), (second, minus_second) = map(_size_of_term, terms)
        if minus == minus_second:
            continue
        if minus:
            first, second = second, first
        squares = add(_squared_term(first), negate(_squared_term(second)))
        partner = add(first, second)
        other = below if is_above else above
        rest = partner if other is ONE else multiply(*factors_of(other), partner)
        return divide(squares, rest) if is_above else divide(rest, squares)
    return None


Tidy = Callable[[Expression], Expression]


def _difference(body: Expression, heads: tuple[str, ...]) -> tuple[Expression, Expression, Expression] | None:
    """F(a) - F(b) over c as F(a), F(b) and c, where F has one of these heads."""
    if body.head != "quotient" or len(terms_of(body.args[0])) != 2:
        return None
    first, second = body.args[0].args
    if first.head not in heads or second.head != "negation" or second.args[0].head != first.head:
        return None
    return first, second.args[0], body.args[1]


def _beyond(moved: Expression, constant: Expression, variable: str, tidy: Tidy) -> Expression | None:
    """How far a part with the variable in it lies beyond one without: h of x + h and x."""
    if variable in constant.free:
        return None
    found = tidy(add(moved, negate(constant)))
    return found if found.free == {variable} else None


def split_exponential(body: Expression, variable: str, tidy: Tidy) -> Expression | None:
    """(e^(x + h) - e^x)/h as e^x·((e^h - 1)/h)."""
    found = _difference(body, ("power",))
    if found is None or found[0].args[0] is not found[1].args[0] or variable in found[0].args[0].free:
        return None
    (base, exponent), (_, constant), below = found[0].args, found[1].args, found[2]
    rest = _beyond(exponent, constant, variable, tidy)
    return None if rest is None else multiply(power(base, constant), divide(add(power(base, rest), negate(ONE)), below))


def added_angles(body: Expression, variable: str, tidy: Tidy) -> Expression | None:
    """(sin(x + h) - sin(x))/h as sin(x)·((cos(h) - 1)/h) + cos(x)·(sin(h)/h), and the same of the cosine."""
    found = _difference(body, ("sin", "cos"))
    if found is None:
        return None
    first, below, constant = found[0], found[2], found[1].args[0]
    angle = _beyond(first.args[0], constant, variable, tidy)
    if angle is None:
        return None
    flat = divide(add(call("cos", angle), negate(ONE)), below)
    steep = divide(call("sin", angle), below)
    if first.head == "sin":
        return add(multiply(call("sin", constant), flat), multiply(call("cos", constant), steep))
    return add(multiply(call("cos", constant), flat), negate(multiply(call("sin", constant), steep)))


def one_logarithm(body: Expression, variable: str, tidy: Tidy) -> Expression | None:
    """(ln(x + h) - ln(x))/h as ln(1 + h/x)/h."""
    found = _difference(body, ("ln",))
    if found is None:
        return None
    constant = found[1].args[0]
    rest = _beyond(found[0].args[0], constant, variable, tidy)
    return None if rest is None else divide(call("ln", add(ONE, tidy(divide(rest, constant)))), found[2])


def logarithms_together(body: Expression, variable: str) -> Expression | None:
    """ln(x) - ln(x^2 + 1)/2 + 2 as ln(x^2/(x^2 + 1))/2 + 2: each of the logarithms may grow without bound."""
    if body.head != "sum":
        return None
    found = [(Fraction(weight), core.args[0], term) for term in body.args for weight, core in [split(term)]
             if core.head == "ln" and variable in core.free]
    if len({weight > 0 for weight, _, _ in found}) < 2:
        return None
    shared = Fraction(gcd(*[weight.numerator for weight, _, _ in found]),
                      lcm(*[weight.denominator for weight, _, _ in found]))
    sides: dict[bool, list[Expression]] = {True: [], False: []}
    for weight, inside, _ in found:
        times = abs(int(weight / shared))
        sides[weight > 0].append(inside if times == 1 else power(inside, number(times)))
    joined = scaled(call("ln", divide(multiply(*sides[True]), multiply(*sides[False]))), shared, Style())
    taken = {term for _, _, term in found}
    return add(joined, *[each for each in body.args if each not in taken])


_BOUNDED = ("sin", "cos", "atan", "tanh")
"""Functions that stay between two numbers far out, as a constant does."""


def with_sine_and_cosine(body: Expression, variable: str) -> Expression | None:
    """tan(x) as sin(x)/cos(x), and its kin."""
    kin: dict[str, Callable[[Expression], Expression]] = {
        "tan": lambda angle: divide(call("sin", angle), call("cos", angle)),
        "cot": lambda angle: divide(call("cos", angle), call("sin", angle)),
        "sec": lambda angle: divide(ONE, call("cos", angle)), "csc": lambda angle: divide(ONE, call("sin", angle))}
    found = {part: kin[part.head](part.args[0]) for part in postorder([body])
             if part.head in kin and variable in part.free}
    return replace(body, found) if found else None


def one_fraction(total: Expression) -> Expression | None:
    """a/b - c/d as (a·d - c·b)/(b·d)."""
    terms = terms_of(total)
    if len(terms) != 2 or not any(_size_of_term(term)[0].head == "quotient" for term in terms):
        return None
    (first, minus), (second, minus_second) = map(_size_of_term, terms)
    above, below = first.args if first.head == "quotient" else (first, ONE)
    other, other_below = second.args if second.head == "quotient" else (second, ONE)
    left = above if other_below is ONE else multiply(*factors_of(above), *factors_of(other_below))
    right = other if below is ONE else multiply(*factors_of(other), *factors_of(below))
    signed = add(negate(left) if minus else left, negate(right) if minus_second else right)
    return divide(signed, multiply(*[each for part in (below, other_below) if part is not ONE
                                     for each in factors_of(part)]))


def degree(term: Expression, variable: str) -> int | None:
    """The degree of c·x^n or of a root of a polynomial, twice: of sqrt(x^2 + 1) it is 2. None for anything else."""
    if variable not in term.free or term.head in _BOUNDED:
        return 0
    if term.head == "name":
        return 2
    if term.head == "negation":
        return degree(term.args[0], variable)
    if term.head in ("product", "sum"):
        found = [degree(arg, variable) for arg in term.args]
        if None in found:
            return None
        known = [each for each in found if each is not None]
        return sum(known) if term.head == "product" else max(known)
    if term.head == "quotient":
        above, below = (degree(arg, variable) for arg in term.args)
        return None if above is None or below is None else above - below
    if term.head == "sqrt":
        inner = degree(term.args[0], variable)
        return inner // 2 if inner is not None and inner % 2 == 0 else None
    if term.head == "power" and variable not in term.args[1].free:
        inner, exponent = degree(term.args[0], variable), rational_value(term.args[1])
        if inner is None or exponent is None or (inner * exponent).denominator != 1:
            return None
        return int(inner * exponent)
    return None


def _to_the(variable: Expression, twice: int) -> Expression:
    """x^n for twice = 2n; the root of x where that is odd."""
    if twice % 2:
        root = call("sqrt", variable)
        return root if twice == 1 else multiply(_to_the(variable, twice - 1), root)
    return variable if twice == 2 else power(variable, number(twice // 2))


def _divided_term(term: Expression, variable: Expression, twice: int) -> Expression:
    """A term over x^n, without the powers that cancel; what is under a root stays there."""
    if term.head == "negation":
        return negate(_divided_term(term.args[0], variable, twice))
    if term.head == "sqrt" and variable.value in term.free:
        inside = add(*[_divided_term(each, variable, 2 * twice) for each in terms_of(term.args[0])])
        return call("sqrt", inside)
    constants = [each for each in factors_of(term) if variable.value not in each.free]
    rest = [each for each in factors_of(term) if variable.value in each.free]
    if any(each.head == "sqrt" and each.args[0] is not variable for each in rest) and len(rest) == 1:
        return multiply(*constants, _divided_term(rest[0], variable, twice))
    own = degree(multiply(*rest), variable.value) if rest else 0
    if own is None or any(each is not variable and each.head == "sum" for each in rest):
        return divide(term, _to_the(variable, twice))
    left = own - twice
    if left == 0:
        return multiply(*constants)
    if left > 0:
        return multiply(*constants, _to_the(variable, left))
    return divide(multiply(*constants), _to_the(variable, -left))


def divided_by_highest_power(body: Expression, variable: Expression) -> Expression | None:
    """A quotient whose terms above and below are divided by the highest power of the variable below."""
    if body.head != "quotient":
        return None
    above, below = body.args
    degrees = [degree(term, variable.value) for term in (*terms_of(above), *terms_of(below))]
    if None in degrees or (len(degrees) < 3 and not _has_root(body, variable.value)):
        return None
    highest = max(degree(term, variable.value) or 0 for term in terms_of(below))
    if highest <= 0:
        return None
    sides = [add(*[_divided_term(term, variable, highest) for term in terms_of(side)]) for side in (above, below)]
    return divide(*sides)


def without_largest(body: Expression, largest: Expression, tidy_quotient: dict[Expression, Expression]) -> Expression:
    """A sum as its largest term times what is left: x^3 - 2x as x^3·(1 - 2/x^2)."""
    left = [ONE if term is largest else tidy_quotient[term] for term in body.args]
    return multiply(largest, add(*left))


def as_quotients(body: Expression, variable: str) -> Iterator[Expression]:
    """f·g as f/(1/g), with a logarithm staying above; of f·g·h the first of the factors that vary against the rest."""
    varying = [factor for factor in factors_of(body) if variable in factor.free]
    constants = [factor for factor in factors_of(body) if variable not in factor.free]
    if len(varying) < 2:
        return
    ordered = sorted(varying, key=lambda factor: not any(
        part.head in ("ln", "atan", "asin") for part in postorder([factor])))
    for below in (ordered[-1], ordered[0]):
        above = [factor for factor in varying if factor is not below]
        yield divide(multiply(*constants, *above), _reciprocal(below))


def _reciprocal(factor: Expression) -> Expression:
    if factor.head == "power" and factor.args[0] is E:
        exponent = factor.args[1]
        return power(E, add(*map(negated, exponent.args if exponent.head == "sum" else (exponent,))))
    return divide(ONE, factor)


def under_square(part: Expression) -> Expression | None:
    """What is squared under a root: x of sqrt(x^2), x^3 of sqrt(x^6); None for anything else."""
    if part.head != "sqrt" or part.args[0].head != "power":
        return None
    base, exponent = part.args[0].args
    value = rational_value(exponent)
    if value is None or value % 2:
        return None
    return base if value == 2 else power(base, number(value // 2))


def inside_bars(part: Expression) -> Expression | None:
    """What has another formula on the side where it is negative; None for anything else."""
    return part.args[0] if part.head in ("abs", "sign", "step") else None


def with_cases(body: Expression, variable: str, sign_nearby: Callable[[Expression], int | None]) -> Expression:
    """A body with the case that counts nearby in place of all cases, where the signs of their joints tell which."""
    changes: dict[Expression, Expression] = {}
    for part in postorder([body]):
        if part.head != PIECEWISE or variable not in part.free:
            continue
        for case in cases_in(part):
            signs = {joint: sign_nearby(joint) for relation in case.relations for joint in joints_of(relation)}
            known = {joint: sign for joint, sign in signs.items() if sign}
            if len(known) < len(signs):
                break
            if all(holds_with(relation, known) for relation in case.relations):
                changes[part] = case.value
                break
    return replace(body, changes) if changes else body


def with_signs(body: Expression, signs: dict[Expression, int]) -> Expression:
    """A body with |g| and sqrt(g^2) written as g or -g, sign(g) as 1 or -1 and step(g) as 1 or 0."""
    values = {"sign": (ONE, negate(ONE)), "step": (ONE, ZERO)}
    changes = {}
    for part, sign in signs.items():
        inside = under_square(part) or part.args[0]
        changes[part] = values.get(part.head, (inside, negate(inside)))[sign < 0]
    return replace(body, changes)


def has_reciprocal_exponent(body: Expression, variable: str) -> bool:
    """Whether the variable stands below in an exponent, as in e^(-1/x)."""
    exponents = [part.args[-1] for part in postorder([body]) if part.head in ("exp", "power")]
    return any(part.head == "quotient" and variable in part.args[1].free for part in postorder(exponents))


def has_exponential_or_logarithm(body: Expression, variable: str) -> bool:
    """Whether the variable stands in an exponent or under a logarithm."""
    return any(part.head in ("ln", "log", "exp", "power") and variable in part.args[-1].free
               for part in postorder([body])) or any(
                   part.head == "log" and variable in part.free for part in postorder([body]))
