"""How mathematics stands on paper: which brackets, fractions, scripts, roots and bars, decided once for every writer.

    layout(parse("(x^2 + 1)/x"))        # Fraction(Row(Script(x, raised 2), +, 1), x)

A layout has no signs and no widths. A writer gives it those: LaTeX, the terminal. Each part knows the expression that
it shows. Where brackets stand follows the one-line writer, except that a fraction line, a root and a raised exponent
group what they hold, as brackets would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tutor.expression.tree import Expression, postorder
from tutor.expression.write import (
    ATOM,
    BRACKETS,
    FACTOR,
    INTEGRAL,
    NEGATION,
    PRODUCT,
    RELATION,
    STRENGTH,
    SUM,
    is_primed,
    may_touch,
    number_text,
)

Kind = Literal["name", "number", "constant", "function", "operator", "differential", "separator", "ellipsis"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A leaf: a name, a number, an operator, ... `text` is what the notation calls it, such as theta, <=, sin."""

    kind: Kind
    text: str
    shows: Expression | None = None
    tall = False


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side."""

    parts: tuple[Layout, ...]
    shows: Expression | None = None
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Fraction:
    """One part above another, with a line between."""

    above: Layout
    below: Layout
    shows: Expression | None = None
    tall = True


@dataclass(frozen=True, slots=True)
class Script:
    """A base with an exponent, an index, or both. `primes` counts the primes of a function."""

    base: Layout
    raised: Layout | None = None
    lowered: Layout | None = None
    primes: int = 0
    shows: Expression | None = None
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """A root; degree 2 is the square root, which shows no number."""

    body: Layout
    degree: int
    shows: Expression | None = None
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """Brackets or bars round a part: "()", "[]" or "||"; as high as what they hold."""

    signs: Literal["()", "[]", "||"]
    body: Layout
    shows: Expression | None = None
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A part at a point: with a bar and `variable = point` at its foot."""

    body: Layout
    variable: Layout
    point: Layout
    shows: Expression | None = None
    tall = True


@dataclass(frozen=True, slots=True)
class Big:
    """A big sign, such as that of an integral, with what stands below and above it, and what it acts on."""

    sign: Literal["integral"]
    below: Layout | None
    above: Layout | None
    body: Layout
    shows: Expression | None = None
    tall = True


Layout = Sign | Row | Fraction | Script | Root | Fence | Evaluated | Big

TIMES, MINUS, PLUS, COMMA = (Sign("operator", "*"), Sign("operator", "-"), Sign("operator", "+"),
                             Sign("separator", ","))
"""Between operands; the minus before one is the same sign."""

_STRENGTH = STRENGTH | {"quotient": FACTOR}
"""A fraction line groups, so that a fraction needs brackets only below an exponent."""

_Done = dict[Expression, Layout]


def layout(expression: Expression) -> Layout:
    """The layout of an expression. Equal parts share theirs, and nothing recurses."""
    done: _Done = {}
    for current in postorder([expression]):
        done[current] = _of(current, done)
    return done[expression]


def _of(current: Expression, done: _Done) -> Layout:
    head, args = current.head, current.args
    match head:
        case "number":
            return Sign("number", number_text(current.value), current)
        case "name":
            return _name(current.value, current)
        case "constant":
            return Sign("constant", current.value, current)
        case "ellipsis":
            return Sign("ellipsis", "...", current)
        case "sum":
            return _sum(current, done)
        case "negation":
            return _row([MINUS, _placed(args[0], INTEGRAL, done)], current)
        case "product":
            return _product(current, done)
        case "quotient":
            return Fraction(done[args[0]], done[args[1]], current)
        case "power":
            base = _placed(args[0], BRACKETS if args[0].head in ("sqrt", "cbrt") else ATOM, done)
            return _script(base, raised=done[args[1]], shows=current)
        case "sqrt" | "cbrt":
            return Root(done[args[0]], 2 if head == "sqrt" else 3, current, done[args[0]].tall)
        case "abs":
            return _fenced("||", done[args[0]], current)
        case "derivative":
            return _derivative(current, done)
        case "integral":
            return _integral(current, done)
        case "at" if is_primed(args):
            function = _name(args[0].args[0].value.name)
            return _row([_script(function, primes=args[0].args[2].value), _fenced("()", done[args[2]])], current)
        case "at":
            return Evaluated(_placed(args[0], FACTOR, done), done[args[1]], done[args[2]], current)
        case "relation":
            return _row([_placed(args[0], SUM, done), Sign("operator", current.value), _placed(args[1], SUM, done)],
                        current)
        case "statements":
            return _row(_separated([_placed(arg, RELATION, done) for arg in args], ";"), current)
        case "application":
            return _application(current, done)
        case "defined":
            return _row([_name(current.value.name), _fenced("()", done[args[0]])], current)
        case "log":
            base = _script(Sign("function", "log"), lowered=done[args[1]])
            return _row([base, _fenced("()", done[args[0]])], current)
    arguments = _separated([done[arg] for arg in args], ",")
    return _row([Sign("function", head), _fenced("()", _row(arguments))], current)


def _placed(part: Expression, context: int, done: _Done) -> Layout:
    """A part where its place binds so strongly: in brackets if it binds less."""
    if _STRENGTH.get(part.head, ATOM) < context:
        return _fenced("()", done[part], part)
    return done[part]


def _row(parts: Sequence[Layout], shows: Expression | None = None) -> Layout:
    if len(parts) == 1 and shows is None:
        return parts[0]
    return Row(tuple(parts), shows, any(part.tall for part in parts))


def _fenced(signs: Literal["()", "[]", "||"], body: Layout, shows: Expression | None = None) -> Fence:
    return Fence(signs, body, shows, body.tall)


def _script(base: Layout, raised: Layout | None = None, lowered: Layout | None = None, primes: int = 0,
            shows: Expression | None = None) -> Script:
    return Script(base, raised, lowered, primes, shows, base.tall or (raised is not None and raised.tall))


def _separated(parts: Sequence[Layout], separator: str) -> list[Layout]:
    separated: list[Layout] = []
    for part in parts:
        separated += [Sign("separator", separator), part] if separated else [part]
    return separated


def _name(text: str, shows: Expression | None = None) -> Layout:
    """A name with its index below: w_2, w_{in}. In x1 the digit belongs to the name itself."""
    stem, underscore, index = text.partition("_")
    if not underscore:
        return Sign("name", stem, shows)
    index = index.strip("{}")
    return _script(Sign("name", stem), lowered=Sign("number" if index.isdigit() else "name", index), shows=shows)


def _sum(current: Expression, done: _Done) -> Layout:
    parts: list[Layout] = [_placed(current.args[0], NEGATION, done)]
    for term in current.args[1:]:
        if term.head == "negation":
            parts += [MINUS, _placed(term.args[0], INTEGRAL, done)]
        else:
            parts += [PLUS, _placed(term, INTEGRAL, done)]
    return _row(parts, current)


def _product(current: Expression, done: _Done) -> Layout:
    first, last = current.args[0], current.args[-1]
    parts: list[Layout] = [_placed(first, FACTOR if first.head == "product" else PRODUCT, done)]
    previous = first
    for factor in current.args[1:]:
        if not may_touch(_last_number(previous), factor):
            parts.append(TIMES)
        # An integral ends with its dx, so that one at the end needs no brackets.
        parts.append(_placed(factor, INTEGRAL if factor is last and factor.head == "integral" else FACTOR, done))
        previous = factor
    return _row(parts, current)


def _last_number(factor: Expression) -> Expression:
    """The denominator of a fraction of numbers: such a fraction stands before a letter as a number does."""
    is_number = factor.head == "quotient" and factor.args[0].head == factor.args[1].head == "number"
    return factor.args[1] if is_number else factor


def _derivative(current: Expression, done: _Done) -> Layout:
    body, variable, order = current.args
    symbol = Sign("differential", current.value)
    times = None if order.head == "number" and order.value == 1 else done[order]
    above = symbol if times is None else _script(symbol, raised=times)
    below = done[variable] if times is None else _script(done[variable], raised=times)
    return _row([Fraction(above, _row([symbol, below])), _fenced("[]", done[body])], current)


def _integral(current: Expression, done: _Done) -> Layout:
    body, variable, *bounds = current.args
    lower, upper = (done[bound] for bound in bounds) if bounds else (None, None)
    inside = _row([_placed(body, NEGATION, done), Sign("differential", "d"), done[variable]])
    return Big("integral", lower, upper, inside, current)


def _application(current: Expression, done: _Done) -> Layout:
    function, primes = current.value
    called = _script(_name(function), primes=primes) if primes else _name(function)
    return _row([called, _fenced("()", done[current.args[0]])] if current.args else [called], current)
