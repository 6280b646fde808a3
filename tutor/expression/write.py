"""Tree -> text: `write(tree)` parses back to the very same tree, for every tree.

    write(parse("2 sin^2 x"))                    # '2*sin(x)^2'
    write(parse("2 sin^2 x"), PRETTY)            # '2·sin(x)²'

One writer for all one-line notations; a `Style` says which signs it uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tutor.expression.names import GREEK_LETTER
from tutor.expression.tree import FUNCTIONS, Expression

# Binding strength: what stands inside a stronger context needs brackets.
_STATEMENTS, _RELATION, _SUM, _NEGATION, _PRODUCT, _FACTOR, _POWER, _ATOM = range(8)
_STRENGTH = {"statements": _STATEMENTS, "relation": _RELATION, "sum": _SUM, "negation": _NEGATION,
             "product": _PRODUCT, "quotient": _PRODUCT, "at": _FACTOR, "integral": _FACTOR, "power": _POWER}


@dataclass(frozen=True)
class Style:
    """The signs of a one-line notation."""

    times: str = "*"
    minus: str = "-"
    raised: bool = False  # exponents as superscripts where every character has one
    short_products: bool = False  # 2x, not 2·x
    letters: bool = False  # Greek letters, √, ∫ and bars


TEXT = Style()
PRETTY = Style(times="·", minus="−", raised=True, short_products=True, letters=True)

_SUPERSCRIPT = dict(zip("0123456789-+nabkmx()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵃᵇᵏᵐˣ⁽⁾", strict=True))
_RAISABLE = frozenset("0123456789-+nabkm")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _number(value: int | Fraction) -> str:
    if value.__class__ is int:
        text = _digits(value)  # type: ignore[arg-type]
        stripped = text.rstrip("0")
        return text if len(text) - len(stripped) < 20 else f"{stripped}e{len(text) - len(stripped)}"
    shift, numerator, denominator = 0, value.numerator, value.denominator
    twos = (denominator & -denominator).bit_length() - 1
    fives, rest = 0, denominator >> twos
    while rest > 1:
        rest //= 5
        fives += 1
    shift = max(twos, fives)
    text = _digits(numerator * 10**shift // denominator)
    if shift - len(text) > 20:
        return f"{text}e-{shift}"
    text = text.rjust(shift + 1, "0")
    return f"{text[:-shift]}.{text[-shift:]}"


def _digits(value: int) -> str:
    if value.bit_length() < 10_000:
        return str(value)
    # Python refuses str() of very long integers; such a number is a short one with many zeros behind it.
    zeros = 0
    while value % 10**100 == 0:
        value //= 10**100
        zeros += 100
    return (str(value) if value.bit_length() < 14_000 else f"{_digits(value // 10**3000)}{value % 10**3000:03000d}"
            ) + "0" * zeros


def _name(text: str, style: Style) -> str:
    if not style.letters:
        return text
    base = text.rstrip("0123456789")
    stem, _, subscript = base.partition("_")
    stem = GREEK_LETTER.get(stem, stem)
    digits = text[len(base):].translate(_SUBSCRIPT)
    return f"{stem}_{subscript}{digits}" if subscript else stem + digits


def _constant(text: str, style: Style) -> str:
    return {"pi": "π", "infinity": "∞"}.get(text, text) if style.letters else text


def write(root: Expression, style: Style = TEXT) -> str:
    """`root` on one line in the signs of `style`. With the default style it parses back to `root`."""
    out: list[str] = []
    stack: list[str | tuple[Expression, int]] = [(root, _STATEMENTS)]
    while stack:
        item = stack.pop()
        if item.__class__ is str:
            out.append(item)  # type: ignore[arg-type]
            continue
        current, context = item  # type: ignore[misc]
        parts = _parts(current, style)
        if _STRENGTH.get(current.head, _ATOM) < context:
            parts = ["(", *parts, ")"]
        stack.extend(reversed(parts))
    return "".join(out)


def _parts(current: Expression, style: Style) -> list[str | tuple[Expression, int]]:
    head, args = current.head, current.args
    if head == "number":
        return [_number(current.value)]
    if head == "name":
        return [_name(current.value, style)]
    if head == "constant":
        return [_constant(current.value, style)]
    if head == "sum":
        return _sum(args, style)
    if head == "product":
        return _product(args, style)
    if head == "quotient":
        return [(args[0], _PRODUCT), "/", (args[1], _FACTOR)]
    if head == "negation":
        return [style.minus, (args[0], _NEGATION)]
    if head == "power":
        return _power(args, style)
    if head == "derivative":
        return _derivative(current, style)
    if head == "integral":
        sign = "∫ " if style.letters else "int "
        if len(args) == 4:
            sign = f"{sign[:-1]}_"
            return [sign, "(", (args[2], _SUM), ")^(", (args[3], _SUM), ") ", (args[0], _SUM), " d", (args[1], _ATOM)]
        return [sign, (args[0], _SUM), " d", (args[1], _ATOM)]
    if head == "at":
        return [(args[0], _POWER), " at (", (args[1], _ATOM), " = ", (args[2], _SUM), ")"]
    if head == "relation":
        return [(args[0], _SUM), f" {current.value} ", (args[1], _SUM)]
    if head == "statements":
        return _separated(args, "; ", _RELATION)
    if head == "application":
        function, primes = current.value
        text = _name(function, style) + "'" * primes
        return [text, "(", (args[0], _SUM), ")"] if args else [text]
    if head == "ellipsis":
        return ["..."]
    return _call(current, style)


def _separated(args: tuple[Expression, ...], separator: str, context: int) -> list[str | tuple[Expression, int]]:
    parts: list[str | tuple[Expression, int]] = []
    for arg in args:
        parts += [separator, (arg, context)] if parts else [(arg, context)]
    return parts


def _sum(args: tuple[Expression, ...], style: Style) -> list[str | tuple[Expression, int]]:
    parts: list[str | tuple[Expression, int]] = [(args[0], _NEGATION)]
    for term in args[1:]:
        if term.head == "negation":
            parts += [f" {style.minus} ", (term.args[0], _NEGATION)]
        else:
            parts += [" + ", (term, _PRODUCT)]
    return parts


def _product(args: tuple[Expression, ...], style: Style) -> list[str | tuple[Expression, int]]:
    first = args[0]
    parts: list[str | tuple[Expression, int]] = [(first, _FACTOR if first.head == "product" else _PRODUCT)]
    previous = first
    for factor in args[1:]:
        joined = style.short_products and _may_touch(previous, factor)
        parts += [(factor, _FACTOR)] if joined else [style.times, (factor, _FACTOR)]
        previous = factor
    return parts


def _may_touch(left: Expression, right: Expression) -> bool:
    """Whether a textbook writes the two side by side: a number before a letter, a root or a bracket."""
    if left.head != "number":
        return False
    base = right.args[0] if right.head == "power" else right
    return base.head in ("name", "constant", "sqrt") or (base.head == "sum")


def _power(args: tuple[Expression, ...], style: Style) -> list[str | tuple[Expression, int]]:
    base, exponent = args
    if style.raised:
        text = write(exponent, Style())
        if len(text) <= 4 and all(letter in _RAISABLE for letter in text):
            return [(base, _ATOM), "".join(_SUPERSCRIPT[letter] for letter in text)]
    if exponent.head == "negation":
        return [(base, _ATOM), "^", style.minus, (exponent.args[0], _POWER)]
    return [(base, _ATOM), "^", (exponent, _POWER)]


def _derivative(current: Expression, style: Style) -> list[str | tuple[Expression, int]]:
    body, variable, order = current.args
    symbol, name = current.value, _name(variable.value, style)
    if order.head == "number" and order.value == 1:
        return [f"{symbol}/{symbol}{name} [", (body, _SUM), "]"]
    above = write(order)
    if style.raised and all(letter in _RAISABLE for letter in above):
        above = "".join(_SUPERSCRIPT[letter] for letter in above)
    else:
        above = f"^{above}"
    return [f"{symbol}{above}/{symbol}{name}{above} [", (body, _SUM), "]"]


def _call(current: Expression, style: Style) -> list[str | tuple[Expression, int]]:
    head, args = current.head, current.args
    assert head in FUNCTIONS, head
    if style.letters:
        if head == "abs" and args[0].head != "abs":
            return ["|", (args[0], _SUM), "|"]
        if head in ("sqrt", "cbrt"):
            sign = "√" if head == "sqrt" else "∛"
            plain = args[0].head in ("name", "constant") or (args[0].head == "number" and args[0].value.__class__ is int)
            return [sign, (args[0], _ATOM)] if plain else [sign, "(", (args[0], _SUM), ")"]
        if head == "sigmoid":
            return ["σ(", (args[0], _SUM), ")"]
        if head == "log" and args[1].head in ("number", "name", "constant"):
            base = write(args[1], style)
            base = base.translate(_SUBSCRIPT) if base.isdigit() else f"_{base} "
            return [f"log{base}(", (args[0], _SUM), ")"]
    return [head, "(", *_separated(args, ", ", _SUM), ")"]
