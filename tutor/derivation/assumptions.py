"""What a rule takes for granted: relations that must hold, without those that plainly do.

    holds(parse("x^2 + 1 != 0"))      # True
    holds(parse("x != 0"))            # None: it has to be assumed
"""

from __future__ import annotations

from tutor.expression.exponents import odd_root
from tutor.expression.tree import Expression, postorder
from tutor.rules.conditions import rational_value

_POSITIVE_FUNCTIONS = frozenset(("exp", "cosh", "sigmoid", "softplus", "sech"))
_NOT_NEGATIVE_FUNCTIONS = frozenset(("sqrt", "abs", "relu", "step", "acosh"))


def sign_of(root: Expression) -> str:
    """What is known of the sign of a real expression wherever it has a value.

    "+" positive, "0+" not negative, "-" negative, "0-" not positive, "0" zero, "" unknown.
    """
    signs: dict[Expression, str] = {}
    for part in postorder([root]):
        signs[part] = _sign(part, [signs[arg] for arg in part.args])
    return signs[root]


_OPPOSITE = {"+": "-", "-": "+", "0+": "0-", "0-": "0+", "0": "0", "": ""}


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
        return ""
    if head in ("product", "quotient"):
        return _sign_of_product(signs)
    if head == "power":
        exponent = rational_value(part.args[1])
        root = odd_root(part.args[1])
        if signs[0] == "+":
            return "+"
        if root is not None:
            return signs[0] if root.numerator % 2 else "+" if signs[0] == "-" else "0+"
        if exponent is not None and exponent.denominator == 1 and exponent.numerator % 2 == 0:
            return "+" if signs[0] == "-" else "0+"
        return "0+" if exponent is not None and exponent.denominator % 2 == 0 else ""
    if head in _POSITIVE_FUNCTIONS:
        return "+"
    if head in _NOT_NEGATIVE_FUNCTIONS:
        return "+" if head in ("sqrt", "abs") and signs[0] in ("+", "-") else "0+"
    return ""


def _sign_of_product(signs: list[str]) -> str:
    if "" in signs:
        return ""
    if "0" in signs:
        return "0"
    positive = sum(sign in ("-", "0-") for sign in signs) % 2 == 0
    strict = all(sign in ("+", "-") for sign in signs)
    return ("+" if positive else "-") if strict else ("0+" if positive else "0-")


def holds(relation: Expression) -> bool | None:
    """Whether a relation is true wherever both sides have values: True, False, or None if that is not plain."""
    left, right = relation.args
    if relation.value in ("!=", ">") and right.head == "number" and right.value == 0:
        sign = sign_of(left)
        if relation.value == "!=":
            return True if sign in ("+", "-") else False if sign == "0" else None
        return True if sign == "+" else False if sign in ("0", "-", "0-") else None
    if left is right:
        return relation.value in ("=", "<=", ">=")
    return None
