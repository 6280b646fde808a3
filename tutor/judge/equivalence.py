"""Are two expressions equal? Numbers are asked first, then algebra for a proof.

    equivalent(parse("sin(2x)"), parse("2 sin x cos x")).sentence     # "Both are equal: algebra proves it."
    equivalent(parse("d/dx x^2"), parse("x")).counterexample          # {"x": -1.207}
    equivalent(parse("ln(x^2)"), parse("2 ln x")).domain              # "At x = -1.207 ..., 2*ln(x) has no real value."

Equal means: the same value wherever both have one, and they have one somewhere. One counterexample decides that two
expressions are different, and it is confirmed with 60 digits before it is believed. Agreement is a proof only if
`normal_form` finds one; without a proof the agreement is confirmed with 60 digits, too, far out and close to 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from math import floor, log10
from typing import Literal

from tutor.errors import TutorError
from tutor.expression.exponents import odd_root
from tutor.expression.functions import written_out
from tutor.expression.tree import ZERO, E, Expression, call, derivative, postorder
from tutor.oracle.closer import look_closer
from tutor.oracle.evaluate import value_of
from tutor.oracle.numbers import COMPLEX, REAL
from tutor.oracle.points import Point
from tutor.oracle.table import Undefined
from tutor.oracle.verdict import Check, Oracle, place_in_words, told_apart, without_complex
from tutor.rules.conditions import is_integer

MOST_NODES = 4_000
"""Nodes and links between them on both sides together; more is not compared."""

DOMAIN_POINTS = 12
"""Points of the list at which the domains of both sides are compared; the extreme ones come after."""


@dataclass(frozen=True)
class Equivalence:
    """What was found about two expressions.

    proved: equal by algebra, not by numbers alone; points: where both had a value and were compared; digits: to how
    many digits they agree; counterexample: a number for every name, with the values `left` and `right` there; reason:
    why it is undecided, or different without a counterexample; domain: where one side has a real value and the other
    has none, as a sentence, or ""; up_to_constant: they are antiderivatives, and what was compared is their
    derivatives.
    """

    verdict: Literal["equal", "different", "undecided"]
    proved: bool = False
    points: int = 0
    digits: int = 0
    counterexample: Mapping[str, float | complex] = field(default_factory=dict)
    left: float | complex | None = None
    right: float | complex | None = None
    reason: str = ""
    domain: str = ""
    up_to_constant: bool = False

    @property
    def sentence(self) -> str:
        """The finding as a person reads it."""
        return " ".join(part for part in (self._finding(), self.domain) if part)

    def _finding(self) -> str:
        if self.verdict == "undecided":
            return f"It could not be decided: {self.reason}."
        constant = " up to a constant" if self.up_to_constant else ""
        if self.verdict == "equal":
            if self.proved:
                return f"Both are equal{constant}: algebra proves it."
            places = "" if self.points == 1 else f" at {self.points} points"
            return f"Both are equal{constant}, as far as numbers tell: they agree{places} to {self.digits} digits."
        if self.left is None or self.right is None:
            return f"They are different: {self.reason}."
        place = place_in_words(self.counterexample)
        where = f"At {place} the" if place else "The"
        what = "derivative of the first" if self.up_to_constant else "first"
        other = "that of the second" if self.up_to_constant else "the second"
        left, right = told_apart(self.left, self.right)
        values = f"{what} is {left}, {other} is {right}" if left != right else (
            f"{what} is {left}, and {other} differs from it only beyond the 16th digit")
        return f"They are different{constant}. {where} {values}."


def equivalent(left: Expression, right: Expression, oracle: Oracle | None = None) -> Equivalence:
    """Whether two expressions are equal wherever both have a value; indefinite integrals: up to a constant.

    oracle: one that has been asked about parts of them before, which saves time. Never raises: what cannot be
    compared is undecided, with the reason.
    """
    oracle = oracle or Oracle()
    refused = _refusal(left, right)
    if refused:
        return Equivalence("undecided", reason=refused)
    variable = _variable_of_integration(left, right)
    if variable is not None:
        return _compared(rate(left, variable), rate(right, variable), oracle, up_to_constant=True)
    return _compared(left, right, oracle)


def rate(expression: Expression, variable: Expression) -> Expression:
    """What the derivative of an expression is: of an indefinite integral its integrand."""
    if expression.head == "integral" and len(expression.args) == 2 and expression.args[1] is variable:
        return expression.args[0]
    return derivative(expression, variable)


_NO_VALUES = {"relation": "an equation or inequality", "statements": "a list of statements", "ellipsis": "..."}


def _refusal(left: Expression, right: Expression) -> str:
    """Why the sides cannot be compared at all, or ""."""
    count = 0
    for part in postorder((left, right)):
        if part.head in _NO_VALUES:
            return f"{_NO_VALUES[part.head]} has no value"
        count += 1 + len(part.args)
        if count > MOST_NODES:
            return "the expressions are too large to compare"
    return ""


def _variable_of_integration(left: Expression, right: Expression) -> Expression | None:
    """The variable of the indefinite integrals that stand in either side outside derivatives, if there is one."""
    found: dict[Expression, None] = {}
    stack, seen = [left, right], {left, right}
    while stack:
        part = stack.pop()
        if part.head == "derivative":
            continue
        if part.head == "integral" and len(part.args) == 2:
            found[part.args[1]] = None
        fresh = [arg for arg in part.args if arg not in seen]
        seen.update(fresh)
        stack.extend(fresh)
    return next(iter(found)) if len(found) == 1 else None


def _compared(left: Expression, right: Expression, oracle: Oracle, up_to_constant: bool = False) -> Equivalence:
    found = partial(Equivalence, up_to_constant=up_to_constant)
    left, right = written_out(left), written_out(right)  # what somebody states as a slope proves nothing
    check = oracle.compare(left, right)
    hidden = _hidden_zero(left, right, oracle, check.real) if check.outcome != "undecided" else ""
    if hidden:
        return found("undecided", reason=hidden)
    if check.outcome == "checked":
        if _proved(left, right, check.real):
            domain = "" if up_to_constant else _domains(left, right, oracle)
            return found("equal", True, check.points, _digits(check.largest_difference), domain=domain)
        closer = look_closer(oracle, left, right, check.real)
        check = closer if closer.outcome != "undecided" else Check("undecided", check.points, reason=closer.reason)
    if check.outcome == "undecided":
        return found("undecided", points=check.points, reason=check.reason)
    domain = "" if up_to_constant else _domains(left, right, oracle)
    if check.outcome == "checked":
        return found("equal", False, check.points, _digits(check.largest_difference), domain=domain)
    check = without_complex(check, left, right)
    return found("different", False, check.points, 0, check.counterexample or {}, check.left, check.right,
                 check.finding, domain)


def _digits(difference: float) -> int:
    """To how many digits two numbers agree that are relatively this far apart."""
    return min(floor(-log10(difference)), 60) if difference else 15


# -- a proof ---------------------------------------------------------------------------------------------------


def _proved(left: Expression, right: Expression, real: bool) -> bool:
    from tutor.judge.proof.normal_form import proves_equal

    if left is right:
        return True
    if right.size < left.size or (right.size == left.size and str(right) < str(left)):
        # the same work, and so the same answer, for either order of the sides
        left, right = right, left
    return proves_equal(_solved(left), _solved(right), real)


MOST_SOLVED, MOST_ORDER = 300, 4
"""Size of an expression whose derivatives are worked out by the rules before a proof is tried, and their order."""


def _solved(root: Expression) -> Expression:
    """`root` with its derivatives found by the rules, where that is cheap and the rules suffice."""
    orders = [part.args[2].value if part.head == "derivative" else 1
              for part in postorder([root]) if part.head in ("derivative", "at")]
    if not orders or root.size > MOST_SOLVED or not all(order.__class__ is int and order <= MOST_ORDER
                                                        for order in orders):
        return root
    from tutor.derivation.derivation import derive

    try:
        return derive(root).result
    except TutorError:  # no rule applies: the derivative stays a function of which nothing is known
        return root


# -- where there are values ------------------------------------------------------------------------------------

SUSPICIOUS = 1e-9
"""What is as small as this at several points may be 0 everywhere, but for rounding."""

ENOUGH_SMALL = 4
"""So many points."""


def _hidden_zero(left: Expression, right: Expression, oracle: Oracle, real: bool) -> str:
    """What stands where it must not be 0 and yet is 0 everywhere, as a reason; or "".

    Rounding keeps sin(x)^2 + cos(x)^2 - 1 and cos(pi/2) from being exactly 0, so that their quotients seem to have
    values, and sign and step of them seem to be 1.
    """
    for part in postorder((left, right)):
        suspect = _suspect(part)
        if suspect is None or suspect.head in ("number", "name", "constant"):
            continue
        values = (_value(place, suspect, real) for place in oracle.points()[:DOMAIN_POINTS])
        sizes = [abs(value) for value in islice((value for value in values if value is not None), ENOUGH_SMALL)]
        if sizes and max(sizes) < SUSPICIOUS and look_closer(oracle, suspect, ZERO, real).outcome == "checked":
            return f"{suspect} is 0 everywhere, and there {part} " + (
                "jumps" if part.head in ("sign", "step") else "has no value")
    return ""


def _suspect(part: Expression) -> Expression | None:
    """What a node divides by or takes the logarithm or sign of, if it does."""
    if part.head == "quotient":
        return part.args[1]
    if part.head == "power":
        return part.args[0] if part.args[1].head == "negation" else None
    if part.head in ("tan", "sec"):
        return call("cos", part.args[0])
    if part.head in ("cot", "csc"):
        return call("sin", part.args[0])
    return part.args[0] if part.head in _NOT_AT_ZERO else None


_NOT_AT_ZERO = frozenset((
    "ln", "log", "sign", "step", "coth", "csch", "acot", "asec", "acsc", "acoth", "asech", "acsch",
))


def _value(place: Point, expression: Expression, real: bool = True) -> complex | None:
    try:
        return complex(value_of(place.table(REAL if real else COMPLEX), expression))
    except (Undefined, OverflowError):
        return None


def _domains(left: Expression, right: Expression, oracle: Oracle) -> str:
    """Where only one side has a real value, as a sentence; "" if no such point is plain to see."""
    return "" if left is right else domain_gap(left, right, oracle) or domain_gap(right, left, oracle)


def domain_gap(wide: Expression, narrow: Expression, oracle: Oracle) -> str:
    """Where `wide` has a real value and `narrow` has none, as a sentence; "" if no such point is plain to see."""
    if not any(_may_be_imaginary(part) for part in postorder([narrow])):
        return ""
    for place in oracle.points()[:DOMAIN_POINTS] + oracle.points(extremes=True):
        part = _not_real(place, narrow) if _value(place, wide) is not None else None
        if part is not None:
            where = place_in_words({name: place.number_of(name) for name in sorted(wide.free | part.free)})
            return f"{f'Where {where}, ' if where else ''}{wide} has a value and {narrow} has none."
    return ""


def _not_real(place: Point, expression: Expression) -> Expression | None:
    """The part because of which the expression has no real value at the point; None if there is no plain one.

    Overflow is no reason, nor rounding: sqrt(sin(x)^2 + cos(x)^2 - 1) may be the root of -1e-17.
    """
    if _value(place, expression) is not None:
        return None
    values = place.table(REAL).values
    for part in postorder([expression]):
        if _may_be_imaginary(part) and isinstance(values.get(part), Undefined) and all(
                _value(place, arg) is not None for arg in part.args):
            value = _value(place, part, real=False)
            return part if value is not None and abs(value.imag) > 1e-6 * max(abs(value), 1) else None
    return None


def _may_be_imaginary(part: Expression) -> bool:
    """Whether the head of a node has no real value for some real arguments."""
    if part.head == "power":
        return part.args[0] is not E and not is_integer(part.args[1]) and odd_root(part.args[1]) is None
    return part.head in _PARTIAL


_PARTIAL = frozenset((
    "ln", "log", "sqrt", "asin", "acos", "asec", "acsc", "acosh", "atanh", "acoth", "asech",
))
