"""Kinds of critical points that depend on letters, and relations between these.

    kind_by_sign(parse("2*k + 2"), tidy)[2]         # ((k + 1 > 0, "minimum"), (k + 1 < 0, "maximum"))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tutor.algebra.decide import Tidy
from tutor.algebra.factoring import factored, opened
from tutor.algebra.signs import SIGN_TOLD, sign_of, spread_of
from tutor.algebra.terms import split
from tutor.derivation.critical_points import CriticalPoint, Kind
from tutor.derivation.derivation import Derivation, derive
from tutor.derivation.equation_coefficients import with_plain_roots
from tutor.errors import TutorError
from tutor.expression.relations import TURNED, related
from tutor.expression.text import Text
from tutor.expression.tree import (
    ONE,
    OPEN,
    Expression,
    add,
    call,
    derivative,
    divide,
    multiply,
    negate,
    number,
    outermost,
    postorder,
    replace,
)
from tutor.rules.conditions import rational_value


def derived(body: Expression, variable: Expression, symbol: str = "d") -> Derivation:
    """The slope, by the rules. Raises TutorError where there is no formula."""
    found = derive(derivative(body, variable, ONE, symbol))
    if found.unsolved is not None or outermost(found.result, OPEN):
        raise TutorError(f"No formula was found for the slope of {body} in {variable}.")
    return found


Conditions = tuple[tuple[Expression, Kind], ...]


def kind_by_sign(bent: Expression | None, tidy: Tidy,
                 assuming: tuple[Expression, ...] = (),
                 known: Mapping[Expression, str] = MappingProxyType({})) -> tuple[Kind, Text, Conditions]:
    """The kind by a second derivative with letters; where its sign depends on them, under which condition. assuming:
    relations to 0 that are taken for granted; known: signs of letters."""
    if bent is None:
        return "undecided", Text("the second derivative was not found", {}), ()
    assumed = {each.args[0]: _sign_assumed(each) for each in assuming if each.value in SIGN_TOLD}
    sign = sign_of(bent, {**known, **assumed})
    if sign == "!" and sign_of(bent, known) in ("0+", "0-"):  # never on the other side, and assumed not to be 0
        sign = sign_of(bent, known).lstrip("0")
    if sign in ("+", "-"):
        relation = related(bent, ">" if sign == "+" else "<")
        return ("minimum" if sign == "+" else "maximum"), Text.of("second derivative ", relation), ()
    if sign == "0":
        return "undecided", Text("the second derivative is 0: this test does not decide", {}), ()
    above, below = shorter(related(bent, ">"), tidy), shorter(related(bent, "<"), tidy)
    if sign == "0+":
        return "undecided", Text.of("minimum if ", above), ((above, "minimum"),)
    if sign == "0-":
        return "undecided", Text.of("maximum if ", below), ((below, "maximum"),)
    return "undecided", Text.of("minimum if ", above, ", maximum if ", below), (
        (above, "minimum"), (below, "maximum"))


def _sign_assumed(relation: Expression) -> str:
    """The sign of what a relation to 0 is about: what is never negative and not 0 is positive."""
    sign = SIGN_TOLD[relation.value]
    return {"0+": "+", "0-": "-"}.get(sign_of(relation.args[0]), sign) if sign == "!" else sign


def sign_in_factors(root: Expression, known: Mapping[Expression, str], tidy: Tidy) -> str:
    """What is known of a sign, also by that of the factors of a sum."""
    found = sign_of(root, known)
    factors = factored(root, tidy.style) if not found and root.head == "sum" and root.free else None
    return found if factors is None else sign_of(factors, known)


def spreads(points: Iterable[CriticalPoint]) -> list[Text]:
    """What it means that n*sum_i x_i^2 - (sum_i x_i)^2 is not 0, where that is a condition."""
    conditions = dict.fromkeys(each.args[0] for point in points for each in point.assuming)
    return [Text.of(each, " is positive, unless all ", body, " are the same: then it is 0.") for each in conditions
            if each.head == "sum" and (body := spread_of(each)) is not None]


def shorter(relation: Expression, tidy: Tidy) -> Expression:
    """The same relation with 0 on the right and without a number as a factor: a < 0 for -2*a > 0."""
    left, right = relation.args
    total = tidy(add(left, negate(right)))
    total = factored(total, tidy.style) or total
    if total.head == "quotient" and rational_value(total.args[1]) is not None:
        total = total.args[0] if (rational_value(total.args[1]) or 0) > 0 else negate(total.args[0])
    value, rest = split(total)
    if rest is ONE:
        return relation
    sign = relation.value if value > 0 else TURNED.get(relation.value, relation.value)
    return related(rest, sign)


def plainly(root: Expression, tidy: Tidy) -> Expression:
    """A tidy value as books write it: sqrt(2)/2 for sqrt(1/2), and -1/2 for ln(1/sqrt(e))."""
    made = with_plain_roots(root)
    changes = {part: _logarithm(part.args[0]) for part in postorder([made])
               if part.head == "ln" and not part.free and part.args[0].head in ("quotient", "sqrt", "power")}
    made = replace(made, changes) if changes else made
    return root if made is root else with_plain_roots(tidy(made))


def _logarithm(of: Expression) -> Expression:
    """The logarithm of a positive constant."""
    if any(sign_of(arg) != "+" for arg in of.args[:1]) or (of.head == "quotient" and sign_of(of.args[1]) != "+"):
        return call("ln", of)
    match of.head:
        case "quotient":
            return add(_logarithm(of.args[0]), negate(_logarithm(of.args[1])))
        case "sqrt":
            return divide(_logarithm(of.args[0]), number(2))
        case "power":
            return multiply(of.args[1], _logarithm(of.args[0]))
    return call("ln", of)


def shortest(value: Expression, tidy: Tidy) -> Expression:
    """A value with letters, over one denominator and in factors if that is shorter."""
    made = factored(opened(value, tidy.style), tidy.style) or value
    if made.head == "quotient":
        above = factored(_opened_inside(made.args[0], tidy), tidy.style) or made.args[0]
        made = tidy(divide(above, made.args[1]))
    return made if made.size < value.size else value


def _opened_inside(product: Expression, tidy: Tidy) -> Expression:
    """A product with all its brackets multiplied out, as one sum."""
    parts = [opened(part, tidy.style) for part in (product.args if product.head == "product" else (product,))]
    return opened(multiply(*parts), tidy.style)
