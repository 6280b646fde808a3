"""Tree -> text: `write(tree)` parses back to the very same tree, for every tree.

    write(parse("2 sin^2 x"))                    # '2*sin(x)^2'
    write(parse("2 sin^2 x"), PRETTY)            # '2·sin(x)²'

One writer for all one-line notations; a `WritingStyle` says which signs it uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from tutor import limits
from tutor.expression.names import DELTA, GREEK_LETTER, SMALL_LETTERS
from tutor.expression.piecewise import MORE, cases_in
from tutor.expression.tree import Expression
from tutor.expression.written_parts import lists_of, part_text

if TYPE_CHECKING:
    from tutor.expression.subscripts import Lists

# Binding strength: what stands inside a stronger context needs brackets.
STATEMENTS, RELATION, SUM, NEGATION, INTEGRAL, PRODUCT, FACTOR, POWER, ATOM, BRACKETS = range(10)
STRENGTH = {"statements": STATEMENTS, "alternatives": STATEMENTS, "relation": RELATION, "sum": SUM,
            "negation": NEGATION, "integral": INTEGRAL, "limit": INTEGRAL, "finite_sum": INTEGRAL, "product": PRODUCT,
            "entrywise": PRODUCT, "quotient": PRODUCT, "at": FACTOR, "derivative": POWER, "rate": POWER, "power": POWER}

TAKING_IN = ("integral", "limit", "finite_sum")
"""Heads of what takes all that follows in the same product."""

# A piece of the line: finished text, or a part that is still to be written and how strongly its place binds.
_Piece = str | tuple[Expression, int]


class WritingStyle(NamedTuple):
    """The signs of a one-line notation."""

    times: str = "*"
    minus: str = "-"
    pretty: bool = False  # exponents and indices as small figures, Greek letters, √, ∫ and bars; 2x, not 2·x
    reads_back: bool = True  # part of a list is x_[i] where nothing else says that x is a list; else always x_i


TEXT = WritingStyle()
PLAIN = WritingStyle(reads_back=False)
PRETTY = WritingStyle(times="·", minus="−", pretty=True, reads_back=False)

_SUPERSCRIPT = dict(zip("0123456789-+nabkmT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵃᵇᵏᵐᵀ", strict=True))
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LONGEST_RAISED = 4
_ZEROS_IN_A_ROW = 20  # from here on 10000... is written 1e...


def write(root: Expression, style: WritingStyle = TEXT) -> str:
    """`root` on one line in the signs of `style`. With the default style it parses back to `root`."""
    out: list[str] = []
    lists: Lists | None = None
    stack: list[_Piece] = [(root, STATEMENTS)]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item)
            continue
        current, context = item
        if current.head in ("indexed", "same"):
            if style.reads_back:
                lists = lists or lists_of(root)
                out.append(part_text(current, lists))
            else:
                out.append(_part(current, style))
            continue
        pieces = pieces_of(current, style)
        if STRENGTH.get(current.head, ATOM) < context and not (
                style.pretty and context <= FACTOR and is_difference(current) and len(current.args) == 2):
            pieces = ["(", *pieces, ")"]
        stack.extend(reversed(pieces))
    return "".join(out)


def pieces_of(current: Expression, style: WritingStyle) -> Sequence[_Piece]:
    head, args = current.head, current.args
    match head:
        case "number":
            return [number_text(current.value)]
        case "name":
            return [name_text(current.value, style)]
        case "constant":
            return [_constant(current.value, style)]
        case "sum":
            return _sum(args, style)
        case "product":
            return _product(args, style)
        case "entrywise":
            return _separated(args, " ⊙ ", FACTOR)
        case "quotient":
            return [(args[0], _numerator(args[0], style)), "/", *_denominator(args[1], style)]
        case "negation":
            return [style.minus, _after_minus(args[0], style)]
        case "power":
            return _power(args, style)
        case "derivative":
            return _derivative(current, style)
        case "rate":
            return [current.value, (args[0], ATOM), f"/{current.value}", (args[1], ATOM)]
        case "integral":
            return _integral(args, style)
        case "limit":
            return _limit_of(current, style)
        case "finite_sum":
            return _finite_sum(args, style)
        case "indexed" | "same":
            return [part_text(current, lists_of(current)) if style.reads_back else _part(current, style)]
        case "at" if is_primed(args):
            return [name_text(args[0].args[0].value.name, style), "'" * args[0].args[2].value, "(", (args[2], SUM), ")"]
        case "at":
            return [(args[0], FACTOR), " at (", (args[1], ATOM), " = ", (args[2], SUM), ")"]
        case "piecewise":
            return ["{", *_cases(current, style), "}"]
        case "tuple":
            return ["(", *_separated(args, ", ", SUM), ")"]
        case "relation":
            if current.value == "<=>":
                return [(args[0], RELATION), f" {_relation(current.value, style)} ", (args[1], STATEMENTS)]
            goes_on = args[1].head == "relation"  # a = b = c, which is told and not typed
            return [(args[0], SUM), f" {_relation(current.value, style)} ", (args[1], RELATION if goes_on else SUM)]
        case "statements":
            return _separated(args, "; ", RELATION)
        case "alternatives":
            return _separated(args, " or ", RELATION) or ["never"]
        case "application":
            function, primes = current.value
            text = name_text(function, style) + "'" * primes
            return [text, "(", (args[0], SUM), ")"] if args else [text]
        case "defined":
            return [name_text(current.value.name, style), "(", (args[0], SUM), ")"]
        case "ellipsis":
            return ["..."]
    return _call(head, args, style)


def is_primed(args: tuple[Expression, ...]) -> bool:
    """Whether an `at` is what a defined function with primes is read as, such as swish'(3*x)."""
    body, variable, _ = args
    if body.head != "derivative" or body.args[0].head != "defined" or body.args[1] is not variable:
        return False
    function, order = body.args[0].value, body.args[2]
    return body.args[0].args[0] is variable and variable.value == function.variable and order.value.__class__ is int


def _cases(current: Expression, style: WritingStyle) -> list[_Piece]:
    pieces: list[_Piece] = []
    for value, sides, signs in cases_in(current):
        pieces += ["; ", (value, SUM)] if pieces else [(value, SUM)]
        if sides:
            pieces += [" if ", (sides[0], SUM)]
            for sign, side in zip(signs, sides[1:], strict=False):  # the condition of a rule is one letter
                pieces += [f" {_relation(sign, style)} ", (side, SUM)]
        elif signs != MORE:
            pieces.append(" otherwise")
    return pieces


def _separated(args: tuple[Expression, ...], separator: str, context: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    for arg in args:
        pieces += [separator, (arg, context)] if pieces else [(arg, context)]
    return pieces


# -- leaves ------------------------------------------------------------------------------------------------------


def number_text(value: int | Fraction) -> str:
    """A non-negative terminating decimal, with an exponent where many zeros would stand in a row."""
    if isinstance(value, int):
        digits, decimals = _digits(value), 0
    else:
        denominator = value.denominator
        twos = (denominator & -denominator).bit_length() - 1
        fives, rest = 0, denominator >> twos
        while rest > 1:
            rest //= 5
            fives += 1
        decimals = max(twos, fives)
        digits = _digits(value.numerator * 10**decimals // denominator)
    if decimals == 0:
        zeros = min(len(digits) - len(digits.rstrip("0")), _LARGEST_EXPONENT)
        return digits if zeros < _ZEROS_IN_A_ROW or value == 0 else f"{digits[:-zeros]}e{zeros}"
    exponent = 0
    if decimals - len(digits) > _ZEROS_IN_A_ROW:
        exponent = min(decimals, _LARGEST_EXPONENT)
        decimals -= exponent
    digits = digits.rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"{text}e-{exponent}" if exponent else text


_LARGEST_EXPONENT = 10**limits.LITERAL_EXPONENT_DIGITS - 1


def _digits(value: int) -> str:
    """str(value), which Python refuses for more than some thousand digits."""
    pieces: list[str] = []
    while value.bit_length() > 10_000:
        value, piece = divmod(value, 10**3000)
        pieces.append(f"{piece:03000d}")
    return str(value) + "".join(reversed(pieces))


def name_text(text: str, style: WritingStyle) -> str:
    if not style.pretty or text.startswith("Sigma_"):  # Σ with something below begins a sum
        return text
    stem, underscore, subscript = text.partition("_")
    letter = stem.rstrip("0123456789")
    stem = GREEK_LETTER.get(letter, letter) + stem[len(letter):]
    if subscript.isdigit():
        return stem + subscript.translate(_SUBSCRIPT)
    return f"{stem}{underscore}{subscript}"


def _constant(text: str, style: WritingStyle) -> str:
    return {"pi": "π", "infinity": "∞"}.get(text, text) if style.pretty else text


def _relation(sign: str, style: WritingStyle) -> str:
    return ({"<=": "≤", ">=": "≥", "!=": "≠", "<=>": "⇔"} if style.pretty else {"≈": "~"}).get(sign, sign)


_BELOW = {usual: little for little, usual in SMALL_LETTERS.items()} | {"=": "₌", "+": "₊", "-": "₋"}


def _small(text: str) -> str:
    """A text in figures and letters below the line, or "" if some of them have no such form."""
    return "".join(_BELOW[sign] for sign in text) if _BELOW.keys() >= set(text) else ""


def _part(part: Expression, style: WritingStyle) -> str:
    """xᵢ, Wᵢⱼ and δᵢₖ; x_b where a letter has no small form."""
    letter = name_text(part.value if part.head == "indexed" else DELTA, style)
    indices = [str(index.value) for index in part.args]
    joined = all(len(index) == 1 for index in indices)
    below = _small("".join(indices)) if style.pretty and (joined or len(indices) == 1) else ""
    if below:
        return letter + below
    inner = ("" if joined else ",").join(indices)
    return f"{letter}_{inner}" if len(inner) == 1 else f"{letter}_{{{inner}}}"


# -- operators ---------------------------------------------------------------------------------------------------


def _sum(args: tuple[Expression, ...], style: WritingStyle) -> list[_Piece]:
    pieces: list[_Piece] = [(args[0], BRACKETS if goes_on(args, 0) else NEGATION)]
    begins = 1
    if style.pretty and begins_with_difference(args):
        pieces, begins = _difference(args, style), 2
    for place, term in enumerate(args[begins:], begins):
        negative = term.head == "negation"
        pieces.append(f" {style.minus} " if negative else " + ")
        if goes_on(args, place):
            pieces.append((term.args[0] if negative else term, BRACKETS))
        else:
            pieces.append(_after_minus(term.args[0], style) if negative else (term, INTEGRAL))
    return pieces


def is_difference(expression: Expression) -> bool:
    """Whether an expression is a sum that begins so."""
    return expression.head == "sum" and begins_with_difference(expression.args)


def begins_with_difference(terms: Sequence[Expression]) -> bool:
    """Whether a sum begins with f at (x = b) - f at (x = a), for which books write f in square brackets."""
    if len(terms) < 2 or terms[0].head != "at" or terms[1].head != "negation" or is_primed(terms[0].args):
        return False
    return terms[1].args[0].head == "at" and terms[1].args[0].args[:2] == terms[0].args[:2]


def names_variable(difference: Expression) -> bool:
    """Whether the ends of [f] have to say which letter they are values of, since there are others in f; a letter alone
    stands for a function."""
    body, variable, _ = difference.args
    return body.head != "name" and bool(body.free - variable.free)


def _difference(args: tuple[Expression, ...], style: WritingStyle) -> list[_Piece]:
    body, variable, upper = args[0].args
    lower = args[1].args[0].args[2]
    pieces: list[_Piece] = ["[", (body, SUM), "]"]
    if names_variable(args[0]):
        return [*pieces, "_(", (variable, ATOM), " = ", (lower, SUM), ")^(", (variable, ATOM), " = ", (upper, SUM), ")"]
    figures = _is_plain_number(lower) and in_superscript(upper)
    if figures:
        return [*pieces, number_text(lower.value).translate(_SUBSCRIPT) + figures]
    return [*pieces, "_", *_limit(lower), "^", *_limit(upper)]


def goes_on(terms: Sequence[Expression], place: int) -> bool:
    """Whether a term ends in a limit that a reader could take to go on with the next term, which is none itself."""
    return place + 1 < len(terms) and _last_factor(terms[place]).head == "limit" and (
        _first_factor(terms[place + 1]).head != "limit")


def _last_factor(term: Expression) -> Expression:
    while term.head in ("negation", "product"):
        term = term.args[-1]
    return term


def _first_factor(term: Expression) -> Expression:
    while term.head in ("negation", "product", "quotient"):
        term = term.args[0]
    return term


def _after_minus(operand: Expression, style: WritingStyle) -> _Piece:
    """What stands behind a minus sign: a textbook writes no second one beside it."""
    return operand, PRODUCT if style.pretty and operand.head == "negation" else NEGATION


def _product(args: tuple[Expression, ...], style: WritingStyle) -> list[_Piece]:
    first, last = args[0], args[-1]
    plain = first.head in ("product", "entrywise") or (
        style.pretty and first.head == "quotient")  # (1/2)·x rather than 1/2·x
    pieces: list[_Piece] = [(first, FACTOR if plain else PRODUCT)]
    previous = first
    for factor in args[1:]:
        if not (style.pretty and may_touch(previous, factor)):
            pieces.append(f" {style.times} " if style.pretty and previous.head == "at" else style.times)
        # An integral ends with its dx, a limit and a sum with the term, so that one at the end needs no brackets.
        pieces.append((factor, INTEGRAL if factor is last and factor.head in TAKING_IN else FACTOR))
        previous = factor
    return pieces


def may_touch(left: Expression, right: Expression) -> bool:
    """Whether a textbook writes the two side by side: a number before a letter, a root or a bracket."""
    if left.head != "number":
        return False
    base = right.args[0] if right.head == "power" else right
    return base.head in ("name", "indexed", "constant", "sqrt", "cbrt", "sum")


def _numerator(numerator: Expression, style: WritingStyle) -> int:
    """What stands before a slash: integrals, limits and sums would take the divisor in; (a/b)/c is clearer than
    a/b/c."""
    takes_in = numerator.head == "product" and numerator.args[-1].head in TAKING_IN
    return FACTOR if takes_in or (style.pretty and numerator.head == "quotient") else PRODUCT


def _denominator(denominator: Expression, style: WritingStyle) -> list[_Piece]:
    """What stands after a slash; the name d3 in brackets, since after a d it would look like a derivative."""
    if denominator.head == "name" and denominator.value[0] == "d" and denominator.value[1:2].isdecimal():
        return ["(", (denominator, FACTOR), ")"]
    is_slope = denominator.head in ("derivative", "rate")  # not 1/d/dx [x]
    return [(denominator, ATOM if style.pretty and is_slope else FACTOR)]


def _power(args: tuple[Expression, ...], style: WritingStyle) -> list[_Piece]:
    base, exponent = args
    if style.pretty:
        below = (base, BRACKETS if base.head in ("sqrt", "cbrt") else ATOM)  # (√x)², for √x² is another thing
        raised = in_superscript(exponent)
        if raised:
            return [below, raised]
        # e^(x²), for e^x² could be the square of e^x.
        return [below, "^", (exponent, ATOM)]
    if exponent.head == "negation":
        return [(base, ATOM), "^", style.minus, (exponent.args[0], POWER)]
    return [(base, ATOM), "^", (exponent, POWER)]


def in_superscript(exponent: Expression) -> str:
    """A short exponent in superscript letters, or "" if some of its letters have none."""
    if exponent.size > 3:
        return ""
    text = write(exponent).replace(" ", "")
    raisable = len(text) <= _LONGEST_RAISED and set(text) <= _SUPERSCRIPT.keys()
    return "".join(_SUPERSCRIPT[letter] for letter in text) if raisable else ""


# -- calculus and functions --------------------------------------------------------------------------------------


def _derivative(current: Expression, style: WritingStyle) -> list[_Piece]:
    body, variable, order = current.args
    symbol = current.value
    times = ""
    if order.head != "number" or order.value != 1:
        plain = name_text(order.value, style) if order.head == "name" else str(order)
        times = (style.pretty and in_superscript(order)) or f"^{plain}"
    return [f"{symbol}{times}/{symbol}", (variable, ATOM), f"{times} [", (body, SUM), "]"]


def _integral(args: tuple[Expression, ...], style: WritingStyle) -> list[_Piece]:
    body, variable = args[:2]
    pieces: list[_Piece] = ["∫" if style.pretty else "int"]
    if len(args) == 4:
        lower, upper = args[2:]
        figures = style.pretty and _is_plain_number(lower) and in_superscript(upper)
        if figures:
            pieces.append(number_text(lower.value).translate(_SUBSCRIPT) + figures)
        else:
            pieces += ["_", *_limit(lower), "^", *_limit(upper)]
    context = NEGATION if style.pretty else SUM  # ∫ (x + 1) dx
    return [*pieces, " ", (body, context), " d", (variable, ATOM)]


def _limit_of(current: Expression, style: WritingStyle) -> list[_Piece]:
    body, variable, target = current.args
    arrow, sides = ("→", {"+": "⁺", "-": "⁻"}) if style.pretty else ("->", {"+": "+", "-": "-"})
    side = sides[current.value] if current.value else ""
    return ["lim_(", (variable, ATOM), arrow, (target, ATOM if side else SUM), side, ") ", (body, NEGATION)]


def _finite_sum(args: tuple[Expression, ...], style: WritingStyle) -> list[_Piece]:
    body, index, *bounds = args
    sign = "Σ" if style.pretty else "sum"
    if not bounds:
        return [f"{sign}_", (index, ATOM), " ", (body, INTEGRAL)]
    lower, upper = bounds
    if style.pretty:
        below = _small(f"{index.value}={write(lower).replace(' ', '')}") if lower.size <= _LONGEST_RAISED else ""
        above = in_superscript(upper) if below else ""
        if above:
            return [f"{sign}{below}{above} ", (body, INTEGRAL)]
    return [f"{sign}_{{", (index, ATOM), "=", (lower, SUM), "}^{", (upper, SUM), "} ", (body, INTEGRAL)]


def _limit(limit: Expression) -> list[_Piece]:
    return [(limit, ATOM)] if limit.head in ("number", "name", "constant") else ["(", (limit, SUM), ")"]


def _is_plain_number(node: Expression) -> bool:
    return node.head == "number" and isinstance(node.value, int) and node.value < 10_000


def _call(head: str, args: tuple[Expression, ...], style: WritingStyle) -> list[_Piece]:
    if style.pretty:
        if head == "abs" and args[0].head != "abs":
            return ["|", (args[0], SUM), "|"]
        if head in ("sqrt", "cbrt"):
            sign = "√" if head == "sqrt" else "∛"
            plain = args[0].head in ("name", "constant") or _is_plain_number(args[0])
            return [sign, (args[0], ATOM)] if plain else [sign, "(", (args[0], SUM), ")"]
        if head in ("sigmoid", "normal_cdf"):
            return ["σ(" if head == "sigmoid" else "Φ(", (args[0], SUM), ")"]
        if head == "log" and (_is_plain_number(args[1]) or args[1].head in ("name", "constant")):
            base = write(args[1], style)
            base = base.translate(_SUBSCRIPT) if base.isdigit() else f"_{base}"
            return [f"log{base}(", (args[0], SUM), ")"]
    return [head, "(", *_separated(args, ", ", SUM), ")"]
