"""The multiplicative view: a product, quotient, negation or power as a sign, a number and base^exponent factors.

A view is made for one node, used, and written back in readable order. The parts of the node are tidy already.

    gather(parse("x^2*(-3*x)"))        # sign -1, 3/1, powers [(x, 2), (x, 1)]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import gcd

from tutor import limits
from tutor.algebra.coefficients import REMEMBERED, Rational, Style, collect, magnitude, reduced, scaled, split
from tutor.expression.exponents import integer_root, odd_root
from tutor.expression.tree import FUNCTIONS, ZERO, E, Expression, add, is_terminating, node, number, rational
from tutor.rules.conditions import rational_value

Exponent = Rational | Expression
"""A rational exponent as a number, any other as an expression."""

_HALF = Fraction(1, 2)
_BITS = limits.COMPUTED_DIGITS * 10 // 3
OPENS = frozenset(("product", "quotient", "negation", "power", "sqrt", "number", "exp"))
"""Heads that a view looks into."""


class Factors:
    """sign * numerator / denominator * the product of base^exponent, in the order in which they were met.

    reasons: the rules that were used to get here; undefined: there is a division by zero.
    """

    __slots__ = ("denominator", "numerator", "powers", "reasons", "sign", "undefined")

    def __init__(self) -> None:
        self.sign, self.numerator, self.denominator = 1, 1, 1
        self.powers: list[tuple[Expression, Exponent]] = []
        self.reasons: set[str] = set()
        self.undefined = False


@lru_cache(maxsize=REMEMBERED)
def gather(root: Expression, style: Style) -> Factors:
    """The factors of `root`; powers of the same base are not yet combined. Cached, so do not change it."""
    found = Factors()
    stack: list[tuple[Expression, int]] = [(root, 1)]
    while stack:
        current, times = stack.pop()
        head = current.head
        if head == "product":
            if current is not root:
                found.reasons.add("remove_brackets")
            for arg in reversed(current.args):
                stack.append((arg, times))
        elif head == "number":
            _number(found, current, times)
        elif head == "quotient":
            if current is not root:
                found.reasons.add("fractions")
            stack.append((current.args[1], -times))
            stack.append((current.args[0], times))
        elif head == "negation":
            if current is not root:
                found.reasons.add("signs")
            if times % 2:
                found.sign = -found.sign
            stack.append((current.args[0], times))
        elif head == "power":
            _power(found, stack, current, times, style)
        elif head == "sqrt":
            if times == 1 and current.args[0].head not in OPENS:
                found.powers.append((current.args[0], _HALF))
            else:
                _raise(found, stack, current.args[0], _HALF * times)
        elif head == "exp":
            value = rational_value(current.args[0])
            if value is None:
                found.powers.append((E, _multiple(current.args[0], times, style)))
            else:
                found.powers.append((E, value * times))
        else:
            found.powers.append((current, times))
    shared = gcd(found.numerator, found.denominator)
    if shared > 1:
        found.numerator //= shared
        found.denominator //= shared
        found.reasons.add("arithmetic")
    return found


def _number(found: Factors, current: Expression, times: int) -> None:
    value = current.value
    if value == 0 and times < 0:
        found.undefined = True
    elif times in (1, -1):
        above, below = value.numerator, value.denominator
        if times < 0:
            above, below = below, above
        if (found.numerator.bit_length() + above.bit_length() > _BITS
                or found.denominator.bit_length() + below.bit_length() > _BITS):
            found.powers.append((current, times))
            return
        if value == 1:
            found.reasons.add("zeros_and_ones")
        elif found.numerator != 1 or above == 1:
            found.reasons.add("arithmetic")
        found.numerator *= above
        found.denominator *= below
    elif max(value.numerator.bit_length(), value.denominator.bit_length()) * abs(times) > _BITS:
        found.powers.append((current, times))
    else:
        found.reasons.add("arithmetic")
        raised = Fraction(value) ** times
        found.numerator *= raised.numerator
        found.denominator *= raised.denominator


def _power(found: Factors, stack: list[tuple[Expression, int]], current: Expression, times: int, style: Style) -> None:
    base, raised = current.args
    exponent = rational_value(raised)
    if exponent is None:
        found.powers.append((base, _multiple(raised, times, style)))
    elif exponent.denominator != 1:
        if exponent < 0 or exponent == _HALF:
            found.reasons.add("powers_as_quotients")
        if base.head == "negation" and odd_root(raised) is not None:
            found.reasons.add("signs")
            if exponent.numerator * times % 2:
                found.sign = -found.sign
            base = base.args[0]
        _raise(found, stack, base, exponent * times)
    elif base is E or base.head not in OPENS:
        if exponent in (0, 1):
            found.reasons.add("zeros_and_ones")
        elif exponent < 0:
            found.reasons.add("powers_as_quotients")
        found.powers.append((base, exponent if times == 1 else exponent * times))
    elif base.head == "number" and exponent != 1 and _too_large(base.value, exponent * times):
        found.powers.append((base, exponent * times))
    elif base.head == "number" and base.value == 0 and exponent <= 0:
        found.undefined = True
    else:
        if base.head in ("power", "sqrt", "exp"):
            found.reasons.add("power_of_power")
        elif base.head in ("product", "quotient"):
            found.reasons.add("power_of_product")
        elif base.head == "number":
            found.reasons.add("arithmetic")
        stack.append((base, int(exponent) * times))


def _too_large(value: Rational, exponent: Rational) -> bool:
    return max(value.numerator.bit_length(), value.denominator.bit_length()) * magnitude(exponent) > _BITS


def _raise(found: Factors, stack: list[tuple[Expression, int]], base: Expression, total: Rational) -> None:
    """base^total from a root: whole again, it is opened like any factor; otherwise it stays closed, since
    (a*b)^(1/2) is a^(1/2)*b^(1/2) only where both are positive."""
    if total.denominator == 1:
        if base.head in OPENS:
            found.reasons.add("power_of_power")
            stack.append((base, int(total)))
        else:
            found.powers.append((base, int(total)))
    elif base.head == "number":
        _root(found, base, Fraction(base.value), total)
    elif base.head == "quotient" and (value := rational_value(base)) is not None:
        _root(found, base, Fraction(value), total)
    elif base.head == "power" and base.args[0] is E and rational_value(base.args[1]) is None:
        found.reasons.add("power_of_power")
        coefficient, core = split(base.args[1])
        found.powers.append((E, scaled(core, reduced(coefficient * total), Style())))
    else:
        found.powers.append((base, total))


def _root(found: Factors, base: Expression, value: Fraction, total: Rational) -> None:
    """value^total, a root of a number >= 0: worked out where it is rational, left as a power of the base otherwise."""
    above = integer_root(value.numerator, total.denominator)
    below = integer_root(value.denominator, total.denominator)
    if above is None or below is None or (above == 0 and total < 0) or _too_large(value, total.numerator):
        found.powers.append((base, total))
        return
    found.reasons.add("known_value")
    raised = Fraction(above, below) ** total.numerator
    found.numerator *= raised.numerator
    found.denominator *= raised.denominator


def _multiple(exponent: Expression, times: int, style: Style) -> Exponent:
    """times * exponent, for an exponent that is no number."""
    if times in (0, 1):
        return exponent if times else 0
    coefficient, core = split(exponent)
    if core.head == "sum":
        return add(*[multiple_of(term, coefficient * times, style) for term in core.args])
    return scaled(core, reduced(coefficient * times), style)


def multiple_of(term: Expression, factor: Rational, style: Style) -> Expression:
    """factor * term, for a tidy term that is no sum."""
    coefficient, core = split(term)
    return scaled(core, reduced(coefficient * factor), style)


def as_expression(exponent: Exponent) -> Expression:
    return exponent if isinstance(exponent, Expression) else rational(exponent)


def merge(powers: Iterable[tuple[Expression, Exponent]], style: Style, reasons: set[str],
          cancelling: bool = True) -> list[tuple[Expression, Exponent]]:
    """Exponents of one base added up. Without `cancelling`, what stands above and what stands below stay apart."""
    merged: dict[tuple[Expression, bool], Exponent] = {}
    for base, exponent in powers:
        key = base, not cancelling and not isinstance(exponent, Expression) and exponent < 0
        known = merged.get(key)
        if known is None:
            merged[key] = exponent
        elif isinstance(exponent, Expression) or isinstance(known, Expression):
            reasons.add("multiply_powers")
            total = collect([as_expression(known), as_expression(exponent)], style)[0]
            value = rational_value(total)
            merged[key] = total if value is None else value
        else:
            reasons.add("multiply_powers" if (known > 0) == (exponent > 0) else "cancel")
            merged[key] = reduced(known + exponent)
    return [(base, exponent) for (base, _), exponent in merged.items() if exponent != 0]


# -- writing a view back -------------------------------------------------------------------------------------------


def write(sign: int, numerator: int, denominator: int, powers: Iterable[tuple[Expression, Exponent]],
          style: Style) -> Expression:
    """The node of a view: at most one minus in front, one line of a fraction, a number first, then readable order."""
    if numerator == 0:
        return ZERO
    above: list[Expression] = []
    below: list[Expression] = []
    for base, exponent in powers:
        if isinstance(exponent, Expression):
            above.append(node("exp", (exponent,)) if base is E and style.exp else node("power", (base, exponent)))
        elif exponent > 0:
            above.append(_raised(base, exponent, style))
        else:
            below.append(_raised(base, -exponent, style))
    _put_in_order(above)
    _put_in_order(below)
    if style.decimals and denominator != 1 and is_terminating(Fraction(numerator, denominator)):
        above.insert(0, number(Fraction(numerator, denominator)))
    else:
        if numerator != 1 or not above:
            above.insert(0, node("number", (), numerator))
        if denominator != 1:
            below.insert(0, node("number", (), denominator))
    made = above[0] if len(above) == 1 else node("product", tuple(above))
    if below:
        made = node("quotient", (made, below[0] if len(below) == 1 else node("product", tuple(below))))
    return node("negation", (made,)) if sign < 0 else made


def _raised(base: Expression, exponent: Rational, style: Style) -> Expression:
    if exponent == 1:
        return base
    if exponent == _HALF:
        return node("sqrt", (base,))
    if base is E and style.exp:
        return node("exp", (rational(exponent),))
    return node("power", (base, rational(exponent)))


def _put_in_order(factors: list[Expression]) -> None:
    if len(factors) < 2:
        return
    keys = [_order_key(factor) for factor in factors]
    if all(keys[index] < keys[index + 1] for index in range(len(keys) - 1)):
        return
    times = Counter(keys)
    if len(times) < len(keys):  # equal keys are ordered by text; only these have to be written out
        factors.sort(key=lambda factor: _text(factor) if times[_order_key(factor)] > 1 else "")
    factors.sort(key=_order_key)


@lru_cache(maxsize=REMEMBERED)
def _text(factor: Expression) -> str:
    return str(factor)


def in_order(factors: tuple[Expression, ...]) -> bool:
    """Whether factors stand in readable order; equal keys are left to `write`."""
    last = _order_key(factors[0])
    for factor in factors[1:]:
        key = _order_key(factor)
        if key <= last:
            return False
        last = key
    return True


_RANK = {"number": 0, "constant": 1, "name": 2, "exp": 6}
_FUNCTION_RANK, _SUM_RANK, _SUM_OF_FUNCTIONS_RANK = 7, 4, 8


@lru_cache(maxsize=REMEMBERED)
def _order_key(factor: Expression) -> tuple[int, int, str]:
    """Numbers, constants, letters, brackets, roots, exponentials, functions, brackets with functions in them; small
    before large: 2*x*(x + 1)*sin(x), but e^x*(sin(x) + cos(x))."""
    base = factor.args[0] if factor.head in ("power", "sqrt") else factor
    if base.head == "sum":
        rank = _SUM_RANK if base.size < 4 or not any(map(_is_function, base.args)) else _SUM_OF_FUNCTIONS_RANK
    else:
        rank = _RANK.get(base.head, _FUNCTION_RANK)
    if factor.head == "sqrt" and rank > 1:
        rank = 5
    elif base is E:
        rank = 6
    return rank, 0 if rank == 2 else factor.size, base.value if base.head == "name" else base.head


def _is_function(term: Expression) -> bool:
    """Whether a term is, or has as a factor, a function or an exponential; only two levels are examined."""
    if term.head == "negation":
        term = term.args[0]
    for part in term.args if term.head in ("product", "quotient") else (term,):
        base = part.args[0] if part.head == "power" else part
        if base is E or base.head in _FUNCTIONS:
            return True
    return False


_FUNCTIONS = frozenset(FUNCTIONS) - {"sqrt", "cbrt"} | {"application", "defined"}
