"""How mathematics stands on paper: which brackets, fractions, scripts, roots and bars, decided once for every writer.

    layout(parse("(x^2 + 1)/x"))        # Fraction(Row(Script(x, raised 2), +, 1), x)

A layout has no signs and no widths. A writer gives it those: LaTeX, the terminal. Each part knows the expression that
it shows, and whether it is to stand out. Where brackets stand follows the one-line writer, except that a fraction line,
a root and a raised exponent group what they hold, as brackets would.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from tutor.expression.names import DELTA
from tutor.expression.piecewise import MORE, cases_in
from tutor.expression.relations import related
from tutor.expression.tree import Expression, Path, node, postorder
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
    TAKING_IN,
    begins_with_difference,
    goes_on,
    is_primed,
    may_touch,
    names_variable,
    number_text,
)

LayoutKind = Literal["name", "number", "constant", "function", "operator", "differential", "separator", "ellipsis",
                     "arrow", "side"]


class Symbol(NamedTuple):
    """A leaf: a name, a number, an operator, ... `text` is what the notation calls it, such as theta, <=, sin."""

    kind: LayoutKind
    text: str
    shows: Expression | None = None
    changed: bool = False
    tall: Literal[False] = False


class Row(NamedTuple):
    """Parts side by side."""

    parts: tuple[Layout, ...]
    shows: Expression | None = None
    tall: bool = False
    changed: bool = False


class Fraction(NamedTuple):
    """One part above another, with a line between."""

    above: Layout
    below: Layout
    shows: Expression | None = None
    changed: bool = False
    tall: Literal[True] = True


class Script(NamedTuple):
    """A base with an exponent, an index, or both. `primes` counts the primes of a function."""

    base: Layout
    raised: Layout | None = None
    lowered: Layout | None = None
    primes: int = 0
    shows: Expression | None = None
    tall: bool = False
    changed: bool = False


class Root(NamedTuple):
    """A root; degree 2 is the square root, which shows no number."""

    body: Layout
    degree: int
    shows: Expression | None = None
    tall: bool = False
    changed: bool = False


class Fence(NamedTuple):
    """Brackets or bars round a part: "()", "[]" or "||"; as high as what they hold."""

    signs: Literal["()", "[]", "||"]
    body: Layout
    shows: Expression | None = None
    tall: bool = False
    changed: bool = False


class Cases(NamedTuple):
    """Values one below the other behind a brace, each with its condition; None for what is for all the rest."""

    rows: tuple[tuple[Layout, Layout | None], ...]
    shows: Expression | None = None
    changed: bool = False
    tall: Literal[True] = True


class Evaluated(NamedTuple):
    """A part at a point: with a bar and `variable = point` at its foot."""

    body: Layout
    variable: Layout
    point: Layout
    shows: Expression | None = None
    changed: bool = False
    tall: Literal[True] = True


class Big(NamedTuple):
    """A big sign, such as that of an integral, with what stands below and above it, and what it acts on."""

    sign: Literal["integral", "sum", "limit"]
    below: Layout | None
    above: Layout | None
    body: Layout
    shows: Expression | None = None
    changed: bool = False
    tall: Literal[True] = True


class Difference(NamedTuple):
    """The value of a part at one place minus that at another: in square brackets, with both places at their right."""

    body: Layout
    below: Layout
    above: Layout
    shows: Expression | None = None
    changed: bool = False
    tall: Literal[True] = True


Layout = Symbol | Row | Fraction | Script | Root | Fence | Cases | Evaluated | Big | Difference

TIMES, MINUS, PLUS, COMMA = (Symbol("operator", "*"), Symbol("operator", "-"), Symbol("operator", "+"),
                             Symbol("separator", ","))
"""Between operands; the minus before one is the same sign."""

_STRENGTH = STRENGTH | {"quotient": FACTOR, "piecewise": SUM}
"""A fraction line groups, so that a fraction needs brackets only below an exponent."""

_Places = dict[int, "_Places | None"]
"""Paths by their first index; None for a place that is itself meant."""


def layout(expression: Expression, changed: Iterable[Path] = (), brackets: bool = False) -> Layout:
    """The layout of an expression. changed: the places of the parts that are to stand out; brackets: whether
    f at (x = b) - f at (x = a) is drawn as books have it, which cannot be read back.

    Equal parts share their layout, except on the way to such a place. Nothing recurses.
    """
    shared: dict[Expression, Layout] = {}
    for current in postorder([expression]):
        shared[current] = _of(current, [shared[arg] for arg in current.args], brackets)
    places = _by_index(changed)
    if places is None:
        return shared[expression]._replace(changed=True)
    return _with_changes(expression, places, shared, brackets) if places else shared[expression]


def _by_index(paths: Iterable[Path]) -> _Places | None:
    """The outermost of these paths as a tree; None if the root is one of them."""
    root: _Places = {}
    for path in paths:
        if not path:
            return None
        places = root
        for index in path[:-1]:
            inner = places.setdefault(index, {})
            if inner is None:
                break
            places = inner
        else:
            places[path[-1]] = None
    return root


def _with_changes(expression: Expression, root: _Places, shared: Mapping[Expression, Layout],
                  brackets: bool) -> Layout:
    """The layout built anew from the places that changed up to the root."""
    ways = [(expression, root, -1, 0)]
    for number, (current, places, _, _) in enumerate(ways):  # grows while it is walked: the outermost come first
        ways += [(current.args[index], inner, number, index) for index, inner in places.items() if inner is not None]
    rebuilt: list[dict[int, Layout]] = [{} for _ in ways]
    for number in range(len(ways) - 1, -1, -1):
        current, places, outer, place = ways[number]
        parts = [shared[arg] for arg in current.args]
        for index, inner in places.items():
            parts[index] = parts[index]._replace(changed=True) if inner is None else rebuilt[number][index]
        made = _of(current, parts, brackets)
        if current.head == "at" and is_primed(current.args) and (0 in places or 1 in places):
            made = made._replace(changed=True)  # f'(2): the derivative of f is not a part of its own
        if outer < 0:
            break
        rebuilt[outer][place] = made
    return made


def _of(current: Expression, parts: Sequence[Layout], brackets: bool) -> Layout:
    """The layout of an expression from those of its args."""
    head, args = current.head, current.args
    match head:
        case "number":
            return Symbol("number", number_text(current.value), current)
        case "name":
            return _name(current.value, current)
        case "constant":
            return Symbol("constant", current.value, current)
        case "ellipsis":
            return Symbol("ellipsis", "...", current)
        case "sum":
            return _sum(current, parts, brackets)
        case "negation":
            return _row([MINUS, _placed(args[0], INTEGRAL, parts[0])], current)
        case "product":
            return _product(current, parts)
        case "entrywise":
            return _entrywise(current, parts)
        case "quotient":
            return Fraction(parts[0], parts[1], current)
        case "power":
            base = _placed(args[0], BRACKETS if args[0].head in ("sqrt", "cbrt") else ATOM, parts[0])
            return _script(base, raised=parts[1], shows=current)
        case "sqrt" | "cbrt":
            return Root(parts[0], 2 if head == "sqrt" else 3, current, parts[0].tall)
        case "abs":
            return _fenced("||", parts[0], current)
        case "derivative":
            return _derivative(current, parts)
        case "rate":
            symbol = Symbol("differential", current.value)
            return Fraction(_row([symbol, parts[0]]), _row([symbol, parts[1]]), current)
        case "integral":
            return _integral(current, parts)
        case "limit":
            return _limit(current, parts)
        case "finite_sum":
            return _finite_sum(current, parts)
        case "indexed" | "same":
            return _part(current, parts)
        case "at" if is_primed(args):
            function = _name(args[0].args[0].value.name)
            return _row([_script(function, primes=args[0].args[2].value), _fenced("()", parts[2])], current)
        case "at":
            return Evaluated(_placed(args[0], FACTOR, parts[0]), parts[1], parts[2], current)
        case "relation":
            if current.value == "<=>":
                return _row([parts[0], Symbol("operator", current.value), parts[1]], current)
            goes_on = args[1].head == "relation"  # a = b = c
            return _row([_placed(args[0], SUM, parts[0]), Symbol("operator", current.value),
                         parts[1] if goes_on else _placed(args[1], SUM, parts[1])], current)
        case "piecewise":
            return _cases(current, parts)
        case "tuple":
            return _row([_fenced("()", _row(_separated(parts, ",")))], current)
        case "alternatives":
            return _row(_separated(parts, " or") or [Symbol("separator", "never")], current)
        case "statements":
            return _row(_separated([_placed(arg, RELATION, part) for arg, part in zip(args, parts, strict=True)], ";"),
                        current)
        case "application":
            return _application(current, parts)
        case "defined":
            return _row([_name(current.value.name), _fenced("()", parts[0])], current)
        case "log":
            base = _script(Symbol("function", "log"), lowered=parts[1])
            return _row([base, _fenced("()", parts[0])], current)
    return _row([Symbol("function", head), _fenced("()", _row(_separated(parts, ",")))], current)


def _cases(current: Expression, parts: Sequence[Layout]) -> Layout:
    rows: list[tuple[Layout, Layout | None]] = []
    of_sides = iter(zip(current.args, parts, strict=True))
    for case in cases_in(current):
        value = next(of_sides)[1]
        condition: list[Layout] = []
        for place in range(len(case.sides)):
            shown, side = next(of_sides)
            signs = [Symbol("operator", case.signs[place - 1])] if place else []
            condition += [*signs, _placed(shown, SUM, side)]
        if case.signs == MORE:  # of a rule: more cases, under more conditions
            condition = [value]
        rows.append((value, _row(condition) if condition else None))
    return Cases(tuple(rows), current)


def _placed(shown: Expression, context: int, part: Layout) -> Layout:
    """A part where its place binds so strongly: in brackets if it binds less."""
    bracketed = _STRENGTH.get(shown.head, ATOM) < context and not (
        isinstance(part, Difference) and context <= FACTOR)
    return Fence("()", part, shown, part.tall, part.changed) if bracketed else part


def _row(parts: Sequence[Layout], shows: Expression | None = None) -> Layout:
    if len(parts) == 1 and shows is None:
        return parts[0]
    return Row(tuple(parts), shows, any(part.tall for part in parts))


def _operation(parts: list[Layout], shows: Expression) -> Layout:
    """Operands with operators between; an operator between two that changed stands out with them."""
    for place in range(1, len(parts) - 1):
        part = parts[place]
        between = parts[place - 1].changed and parts[place + 1].changed
        if between and isinstance(part, Symbol) and part.kind == "operator":
            parts[place] = part._replace(changed=True)
    return _row(parts, shows)


def _fenced(signs: Literal["()", "[]", "||"], body: Layout, shows: Expression | None = None) -> Fence:
    return Fence(signs, body, shows, body.tall)


def _script(base: Layout, raised: Layout | None = None, lowered: Layout | None = None, primes: int = 0,
            shows: Expression | None = None) -> Script:
    return Script(base, raised, lowered, primes, shows, base.tall or (raised is not None and raised.tall))


def _separated(parts: Sequence[Layout], separator: str) -> list[Layout]:
    separated: list[Layout] = []
    for part in parts:
        separated += [Symbol("separator", separator), part] if separated else [part]
    return separated


def _name(text: str, shows: Expression | None = None) -> Layout:
    """A name with its index below: w_2, w_{in}. In x1 the digit belongs to the name itself."""
    stem, underscore, index = text.partition("_")
    if not underscore:
        return Symbol("name", stem, shows)
    index = index.strip("{}")
    return _script(Symbol("name", stem), lowered=Symbol("number" if index.isdigit() else "name", index), shows=shows)


def _sum(current: Expression, parts: Sequence[Layout], brackets: bool) -> Layout:
    terms = current.args
    row: list[Layout] = [_placed(terms[0], BRACKETS if goes_on(terms, 0) else NEGATION, parts[0])]
    begins = 1
    if brackets and begins_with_difference(terms):
        row, begins = [_difference(current, parts[0], parts[1])], 2
        if len(terms) == 2:
            return row[0]
    for place, (term, part) in enumerate(zip(terms[begins:], parts[begins:], strict=True), begins):
        if term.head == "negation":
            assert isinstance(part, Row)
            # Its sign is the operator.
            sign, operand = part.parts
            if goes_on(terms, place):
                operand = _placed(term.args[0], BRACKETS, operand)
            row += [each._replace(changed=True) for each in (sign, operand)] if part.changed else (sign, operand)
        else:
            row += [PLUS, _placed(term, BRACKETS if goes_on(terms, place) else INTEGRAL, part)]
    return _operation(row, current)


def _difference(current: Expression, first: Layout, second: Layout) -> Layout:
    """The first two terms of a sum, f at (x = b) and -(f at (x = a)), as one."""
    upper, lower = current.args[:2]
    assert isinstance(first, Evaluated)
    assert isinstance(second, Row)
    behind = second.parts[-1]
    assert isinstance(behind, Evaluated)
    body = first.body
    if isinstance(body, Fence) and body.shows is upper.args[0]:  # the square brackets are enough
        body = body.body
    below, above = behind.point, first.point
    if names_variable(upper):
        variable, sign = first.variable, Symbol("operator", "=")
        below = _row([variable, sign, below], related(upper.args[1], "=", lower.args[0].args[2]))
        above = _row([variable, sign, above], related(upper.args[1], "=", upper.args[2]))
    changed = any(part.changed for part in (first, second, behind))
    return Difference(body, below, above, node("sum", (upper, lower)), changed)


def _product(current: Expression, parts: Sequence[Layout]) -> Layout:
    first, last = current.args[0], current.args[-1]
    row: list[Layout] = [_placed(first, FACTOR if first.head in ("product", "entrywise") else PRODUCT, parts[0])]
    previous = first
    for factor, part in zip(current.args[1:], parts[1:], strict=True):
        if not may_touch(_last_number(previous), factor):
            row.append(TIMES)
        # An integral ends with its dx, a limit and a sum with the term, so that one at the end needs no brackets.
        row.append(_placed(factor, INTEGRAL if factor is last and factor.head in TAKING_IN else FACTOR, part))
        previous = factor
    return _operation(row, current)


def _entrywise(current: Expression, parts: Sequence[Layout]) -> Layout:
    row: list[Layout] = []
    for factor, part in zip(current.args, parts, strict=True):
        row += [Symbol("operator", "⊙")] if row else []
        row.append(_placed(factor, FACTOR, part))
    return _operation(row, current)


def _last_number(factor: Expression) -> Expression:
    """The denominator of a fraction of numbers: such a fraction stands before a letter as a number does."""
    is_number = factor.head == "quotient" and factor.args[0].head == factor.args[1].head == "number"
    return factor.args[1] if is_number else factor


def _derivative(current: Expression, parts: Sequence[Layout]) -> Layout:
    body, variable, order = parts
    symbol = Symbol("differential", current.value)
    once = current.args[2].head == "number" and current.args[2].value == 1
    above = symbol if once else _script(symbol, raised=order)
    below = variable if once else _script(variable, raised=order)
    return _row([Fraction(above, _row([symbol, below]), changed=order.changed), _fenced("[]", body)], current)


def _integral(current: Expression, parts: Sequence[Layout]) -> Layout:
    body, variable, *bounds = parts
    lower, upper = bounds or (None, None)
    inside = _row([_placed(current.args[0], NEGATION, body), Symbol("differential", "d"), variable])
    return Big("integral", lower, upper, inside, current)


def _limit(current: Expression, parts: Sequence[Layout]) -> Layout:
    body, variable, target = parts
    if current.value:
        target = _script(_placed(current.args[2], ATOM, target), raised=Symbol("side", current.value))
    below = Row((variable, Symbol("arrow", "->"), target), tall=target.tall)
    return Big("limit", below, None, _placed(current.args[0], NEGATION, body), current)


def _finite_sum(current: Expression, parts: Sequence[Layout]) -> Layout:
    body, index, *bounds = parts
    below = _row([index, Symbol("operator", "="), bounds[0]]) if bounds else index
    return Big("sum", below, bounds[1] if bounds else None, _placed(current.args[0], INTEGRAL, body), current)


def _part(current: Expression, parts: Sequence[Layout]) -> Layout:
    """Part of a list with its indices below: those of one sign each stand side by side."""
    indices = [str(index.value) for index in current.args]
    joined = all(len(index) == 1 and index.isalpha() for index in indices)
    below = _row(parts) if joined else _row(_separated(parts, ","))
    return _script(Symbol("name", current.value or DELTA), lowered=below, shows=current)


def _application(current: Expression, parts: Sequence[Layout]) -> Layout:
    function, primes = current.value
    called = _script(_name(function), primes=primes) if primes else _name(function)
    return _row([called, _fenced("()", parts[0])] if parts else [called], current)
