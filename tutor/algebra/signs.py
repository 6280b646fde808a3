"""Signs: what is known of the sign of an expression, and whether a relation plainly holds.

    sign_of(parse("x^2 + 1"))         # "+"
    holds(parse("x^2 + 1 != 0"))      # True
    holds(parse("x != 0"))            # None: it has to be assumed
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tutor.algebra.terms import split
from tutor.expression.exponents import odd_root
from tutor.expression.known_functions import FUNCTIONS, Function
from tutor.expression.relations import COMPARISONS
from tutor.expression.tree import ONE, Expression, finite_sum, number, power
from tutor.rules.conditions import rational_value
from tutor.rules.factors import Factor, factors_of

SIGN_TOLD = {">": "+", ">=": "0+", "<": "-", "<=": "0-", "!=": "!"}
"""The sign of a relation to 0 -> what it tells of the sign of its left side, in the words of `sign_of`."""


def sign_of(root: Expression, known: Mapping[Expression, str] | None = None,
            signs: dict[Expression, str] | None = None) -> str:
    """What is known of the sign of a real expression wherever it has a value.

    "+" positive, "0+" not negative, "-" negative, "0-" not positive, "0" zero, "!" not zero, "" unknown. known: signs
    of parts of it that are taken for granted. signs: what was found of others, with the same known, which saves time
    where expressions share their parts; it is added to.
    """
    signs = {} if signs is None else signs
    stack = [root]
    while stack:
        part = stack[-1]
        if part in signs:
            stack.pop()
            continue
        waiting = [arg for arg in part.args if arg not in signs]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        given = known.get(part) if known else None
        signs[part] = given or _sign(part, [signs[arg] for arg in part.args])
    return signs[root]


_OPPOSITE = {"+": "-", "-": "+", "0+": "0-", "0-": "0+", "0": "0", "!": "!", "": ""}


def _sign(part: Expression, signs: list[str]) -> str:
    head = part.head
    if head == "number":
        return "+" if part.value else "0"
    if head == "constant":
        return "+" if part.value in ("e", "pi") else ""
    if head == "negation":
        return _OPPOSITE[signs[0]]
    if head == "sum":
        if all(sign in ("+", "0+", "0") for sign in signs):
            return "+" if "+" in signs else "0+"
        if all(sign in ("-", "0-", "0") for sign in signs):
            return "-" if "-" in signs else "0-"
        return _sign_of_quadratic(part) or _sign_of_bounded(part) or ("0+" if spread_of(part) is not None else "")
    if head == "quotient":
        return _sign_of_product([signs[0], _not_zero(signs[1])])
    if head == "product":
        return _sign_of_product(signs)
    if head == "power":
        exponent = rational_value(part.args[1])
        root = odd_root(part.args[1])
        if signs[0] == "+":
            return "+"
        if root is not None:
            return signs[0] if root.numerator % 2 else "+" if signs[0] == "-" else "0+"
        if exponent is not None and exponent.denominator == 1 and exponent.numerator % 2 == 0:
            return "+" if signs[0] in ("-", "!") else "0+"
        return "0+" if exponent is not None and exponent.denominator % 2 == 0 else ""
    if head == "finite_sum":
        return _sign_of_finite_sum(part, signs[0])
    if head == "same":
        return "0+"
    function = FUNCTIONS.get(head)
    return "" if function is None else _sign_of_function(function, signs[0])


def _not_zero(sign: str) -> str:
    """The sign of a denominator, which is not 0 where the fraction has a value."""
    return {"0+": "+", "0-": "-", "": "!"}.get(sign, sign)


def _sign_of_finite_sum(total: Expression, term: str) -> str:
    """The sign of a sum with an index from that of its terms. A list has a part at least, so from 1 to n there is a
    term."""
    _, _, lower, upper = total.args
    if term not in ("+", "-"):
        return "" if term == "!" else term
    has_terms = lower is ONE and (upper.head == "name" or sign_of(upper) == "+")
    return term if has_terms else f"0{term}"


def spread_of(total: Expression) -> Expression | None:
    """The x_i of n*sum_i x_i^2 - (sum_i x_i)^2, which is never negative, and 0 only if all x_i are the same; None of
    other sums. It is the sum of (x_i - x_j)^2 over all pairs. Also of 1/n of it."""
    if len(total.args) != 2:
        return None
    minus = [term for term in total.args if term.head == "negation"]
    if len(minus) != 1:
        return None
    plus, squared = (factors_of(term) for term in (next(term for term in total.args if term is not minus[0]),
                                                   minus[0].args[0]))
    square = next((part for part, is_below in squared if not is_below and part.head == "power" and _is_two(part.args[1])
                   and part.args[0].head == "finite_sum"), None)
    if square is None:
        return None
    body, index, lower, upper = square.args[0].args
    of_squares = finite_sum(power(body, number(2)), index, lower, upper)
    above, below = ([factor for factor in factors if factor not in ((square, False), (of_squares, False))]
                    for factors in (plus, squared))
    counted = (above, below) in (([Factor(upper, False)], []), ([], [Factor(upper, True)]))
    return body if counted and lower is ONE and (of_squares, False) in plus else None


def _is_two(exponent: Expression) -> bool:
    return exponent.head == "number" and bool(exponent.value == 2)


def _sign_of_quadratic(total: Expression) -> str:
    """The sign of a polynomial of degree 2 in one letter that does not change its sign; "" of any other sum."""
    if len(total.args) > 3 or len(total.free) != 1:
        return ""
    coefficients = [Fraction(0)] * 3
    for term in total.args:
        value, core = split(term)
        degree = 0 if core is ONE else 1 if core.head == "name" else 2 if (
            core.head == "power" and core.args[0].head == "name" and rational_value(core.args[1]) == 2) else None
        if degree is None:
            return ""
        coefficients[degree] += value
    constant, linear, square = coefficients
    beyond = linear**2 - 4 * square * constant
    if square == 0 or beyond > 0:
        return ""
    return ("" if beyond else "0") + ("+" if square > 0 else "-")


_Range = tuple[Fraction | None, Fraction | None, bool, bool]
"""Between which numbers values lie, None for infinity, and whether they may reach each of them."""

_RANGES: dict[str, _Range] = {
    name: (low, high, function.range[0].bounds.has_low, function.range[-1].bounds.has_high)
    for name, function in FUNCTIONS.items()
    if (low := function.range[0].bounds.low) is not None or function.range[-1].bounds.high is not None
    for high in (function.range[-1].bounds.high,)}


def _range(core: Expression) -> _Range | None:
    """Between which numbers a function or a power of one lies."""
    base, exponent = core.args if core.head == "power" else (core, ONE)
    between, times = _RANGES.get(base.head), rational_value(exponent)
    if between is None or times is None or times < 1:
        return None
    low, high, has_low, has_high = between
    if times == 1:
        return between
    if times.denominator != 1:  # it has values only where the base is not negative
        return between if low in (-1, 0) and high == 1 else None
    if times % 2 == 0 and (low is None or low < 0):
        if low is None or high is None:
            return Fraction(0), None, True, False
        largest = max(-low, high)
        return Fraction(0), largest**int(times), True, (has_low and largest == -low) or (has_high and largest == high)
    return (None if low is None else low**int(times)), (None if high is None else high**int(times)), has_low, has_high


def _sign_of_bounded(total: Expression) -> str:
    """The sign of a number plus bounded terms that are too small to change it, as in 2 + cos(x) or 1 - sigmoid(x)."""
    low: Fraction | None = Fraction(0)
    high: Fraction | None = Fraction(0)
    low_reached = high_reached = True
    for term in total.args:
        value, core = split(term)
        between = (Fraction(1), Fraction(1), True, True) if core is ONE else _range(core)
        if between is None:
            return ""
        ends = [(None if end is None else Fraction(value) * end, reached)
                for end, reached in zip(between[:2], between[2:], strict=True)]
        if value < 0:
            ends.reverse()
        low, low_reached = None if low is None or ends[0][0] is None else low + ends[0][0], low_reached and ends[0][1]
        high, high_reached = None if high is None or ends[1][0] is None else high + ends[1][0], (
            high_reached and ends[1][1])
    if low is not None and low >= 0:
        return "+" if low > 0 or not low_reached else "0+"
    if high is not None and high <= 0:
        return "-" if high < 0 or not high_reached else "0-"
    return ""


def _sign_of_function(function: Function, argument: str) -> str:
    """The sign of the values of a function, if that of its argument is known."""
    zeros = function.zeros
    if zeros is not None and zeros.high == 0:
        if zeros.is_point and function.monotonic == "increasing" and not function.sign:
            return argument
        if function.sign == "0+" and (argument == "+" or (zeros.is_point and argument in ("-", "!"))):
            return "+"
    return function.sign


def _sign_of_product(signs: list[str]) -> str:
    if "" in signs:
        return ""
    if "0" in signs:
        return "0"
    if "!" in signs:
        return "!" if all(sign in ("+", "-", "!") for sign in signs) else ""
    positive = sum(sign in ("-", "0-") for sign in signs) % 2 == 0
    strict = all(sign in ("+", "-") for sign in signs)
    return ("+" if positive else "-") if strict else ("0+" if positive else "0-")


def holds(relation: Expression, known: Mapping[Expression, str] | None = None,
          signs: dict[Expression, str] | None = None) -> bool | None:
    """Whether a relation is true wherever both sides have values: True, False, or None if that is not plain.

    known, signs: as in `sign_of`.
    """
    left, right = relation.args
    if relation.value in ("!=", ">", "<") and right.head == "number" and right.value == 0:
        sign = sign_of(left, known, signs)
        if relation.value == "!=":
            return True if sign in ("+", "-", "!") else False if sign == "0" else None
        if relation.value == "<":
            sign = _OPPOSITE[sign]
        return True if sign == "+" else False if sign in ("0", "-", "0-") else None
    if relation.value in (">=", "<=") and right.head == "number" and right.value == 0:
        sign = sign_of(left, known, signs)
        if relation.value == "<=":
            sign = _OPPOSITE[sign]
        if sign:
            return True if sign in ("+", "0+", "0") else False if sign == "-" else None
    if left is right:
        return relation.value in ("=", "<=", ">=")
    values = rational_value(left), rational_value(right)
    if values[0] is not None and values[1] is not None:
        return COMPARISONS[relation.value](Fraction(values[0]), Fraction(values[1]))
    return None
