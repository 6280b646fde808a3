"""Layout -> rows of text: fractions above their line, exponents raised, brackets and roots as high as what they hold.

    stacked_rows(parse("d/dx [(x^2 + 1)/(x - 3)]"), UNICODE, first=80, rest=80)

    d  ⎡ x² + 1 ⎤
    ── ⎢ ────── ⎥
    dx ⎣ x − 3  ⎦

Many expressions stay one row high, since small exponents have characters of their own. They are left to the one-line
writer, in whose notation they are drawn. So are expressions in which fractions of numbers alone would need more rows:
(3/4)·x² − 62x is read at a glance, and of 3,000 expressions of calculus 1 in 30 would be three times as high for no
other reason. Where something else is high, such fractions are drawn as the others are. The d/dx of a derivative stays
on the line unless what it acts on is high: so d/dx [x²·sin(x²)] is one row, and every line of a derivation shorter.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TypeGuard

from tutor.expression.layout import (
    Big,
    Cases,
    Difference,
    Evaluated,
    Fence,
    Fraction,
    Layout,
    Root,
    Row,
    Script,
    Symbol,
    layout,
)
from tutor.expression.tree import ONE, Expression, Path, name, node, postorder, power
from tutor.expression.tree import replace as substituted
from tutor.expression.write import name_text, write
from tutor.views.boxes import Box, beside, corner, ending, line, marked, moved, over, without_first
from tutor.views.signs import Signs

_LOW = 2
"""Rows that a line with a raised exponent has. Brackets round it stay as they are, and so does the sign of a root."""

_X = name("x")

_TALLEST = 20
"""Rows of a box that fits on a screen."""


def stacked_rows(expression: Expression, signs: Signs, first: int, rest: int,
                 changed: Iterable[Path] = ()) -> list[Box] | None:
    """An expression as boxes to be shown one above the other, the first at most `first` wide, the others `rest`.

    It is broken before the outer =, + and − alone. None where one line is better: nothing but fractions of numbers
    would need more than a row, or a part that is not broken is too wide or too high. changed: the places of the parts
    that are to stand out.
    """
    boxes: list[Box] = []
    row: list[Box] = []
    width, room = 0, first
    previous: Layout | None = None
    for sign, part in _terms(layout(expression, changed, brackets=True)):
        operand = drawn(part, signs, max(first, rest))
        if operand is None:
            return None
        operator = line("") if sign is None else _operator(sign, previous, signs, " ")
        if previous is not None and width + operator.width + operand.width > room:
            boxes.append(beside(row))
            row, width, room = [], 0, rest
            operator = without_first(operator)
        row += [operator, operand]
        width += operator.width + operand.width
        if width > room:
            return None
        previous = part
    boxes.append(beside(row))
    highest = max([box.height for box in boxes])
    return boxes if 1 < highest <= _TALLEST and not _is_high_by_numbers(expression, signs) else None


def _is_high_by_numbers(expression: Expression, signs: Signs) -> bool:
    """Whether an expression would be one row high if it had no fractions of numbers."""
    fractions = {part: _X for part in postorder([expression])
                 if part.head == "quotient" and part.args[0].head == part.args[1].head == "number"}
    box = drawn(layout(substituted(expression, fractions), brackets=True), signs) if fractions else None
    return box is not None and box.height == 1


def _terms(root: Layout) -> list[tuple[Symbol | None, Layout]]:
    """The outermost operands of =, + and −, each with its operator before it."""
    parts = _parts_of(root, "relation")
    terms: list[tuple[Symbol | None, Layout]] = []
    sign: Symbol | None = None
    for part in [inner for each in parts for inner in _parts_of(each, "sum")]:
        if _is_operator(part):
            sign = part
        else:
            terms.append((sign, part))
    return terms


def _parts_of(part: Layout, head: str) -> Sequence[Layout]:
    """The parts of a row that shows such an expression; any other part alone."""
    if not isinstance(part, Row) or part.shows is None or part.shows.head != head:
        return (part,)
    return [each._replace(changed=True) for each in part.parts] if part.changed else part.parts


def drawn(root: Layout, signs: Signs, widest: int = sys.maxsize) -> Box | None:
    """A layout as one box; None if it is wider than that, or higher than a screen."""
    boxes: _Boxes = {}
    stack: list[tuple[Layout, bool]] = [(root, False)]
    while stack:
        part, ready = stack.pop()
        if id(part) in boxes:
            continue
        inner = () if ready else _inner(part)
        if inner:
            stack.append((part, True))
            stack += [(each, False) for each in inner]
            continue
        box = _drawn(part, boxes, signs)
        if box.width > widest or box.height > _TALLEST:
            return None
        boxes[id(part)] = marked(box) if part.changed else box
    return boxes[id(root)]


_Boxes = dict[int, Box]


def _inner(part: Layout) -> Sequence[Layout]:
    match part:
        case Row():
            return part.parts
        case Fraction():
            return part.above, part.below
        case Script():
            return [each for each in (part.base, part.raised, part.lowered) if each is not None]
        case Root() | Fence():
            return (part.body,)
        case Cases():
            return [each for row in part.rows for each in row if each is not None]
        case Evaluated():
            return part.body, part.variable, part.point
        case Difference():
            return part.body, part.below, part.above
        case Big():
            return [each for each in (part.below, part.above, part.body) if each is not None]
    return ()


def _drawn(part: Layout, boxes: _Boxes, signs: Signs) -> Box:
    match part:
        case Symbol():
            return line(_text(part, signs))
        case Row():
            return _row(part, boxes, signs)
        case Fraction():
            return _fraction(part, boxes, signs)
        case Script():
            return _script(part, boxes, signs)
        case Root():
            return _root(part, boxes[id(part.body)], signs)
        case Fence():
            return _fence(part, boxes[id(part.body)], signs)
        case Cases():
            return _cases(part, boxes, signs)
        case Evaluated():
            return _evaluated(part, boxes, signs)
        case Difference():
            return _difference(part, boxes, signs)
        case Big():
            return _big(part, boxes, signs)


def _text(sign: Symbol, signs: Signs) -> str:
    """A leaf on its own: a name, a number, a function."""
    if sign.kind == "constant" and sign.shows is not None:
        return write(sign.shows, signs.style)
    if sign.kind == "arrow":
        return "→" if signs.style.pretty else "->"
    if sign.kind == "side" and signs.style.pretty:
        return {"+": "⁺", "-": "⁻"}[sign.text]
    if sign.kind == "function" and sign.text in ("sigmoid", "normal_cdf") and signs.style.pretty:
        return "σ" if sign.text == "sigmoid" else "Φ"
    return name_text(sign.text, signs.style) if sign.kind == "name" else sign.text


def _on_line(part: Layout, box: Box, signs: Signs) -> Box:
    """A small part, such as an exponent, on one line: a slash stays a slash there."""
    if box.height == 1:
        return box
    assert part.shows is not None
    return line(write(part.shows, signs.style), bool(box.marks))


# -- rows ------------------------------------------------------------------------------------------------------------


def _is_operator(part: Layout) -> TypeGuard[Symbol]:
    return isinstance(part, Symbol) and part.kind == "operator"


def _operator(sign: Symbol, previous: Layout | None, signs: Signs, space: str) -> Box:
    """An operator with space round it; behind nothing it is the sign of what follows, and has none."""
    if sign.text in ("-", "*"):
        text = signs.style.minus if sign.text == "-" else signs.style.times
    else:
        names = {"<=": "≤", ">=": "≥", "!=": "≠", "<=>": "⇔"} if signs.style.pretty else {"≈": "~"}
        text = names.get(sign.text, sign.text)
    if previous is None:
        return line(text, sign.changed)
    if not sign.changed or previous.changed:
        return line(f"{space}{text}{space}", sign.changed)
    return beside((line(space), line(f"{text}{space}", True)))


def _row(part: Row, boxes: _Boxes, signs: Signs) -> Box:
    if part.shows is not None and part.shows.head == "log" and not _has_index(part.shows, signs):
        return _log_of_two(part, boxes, signs)
    if part.shows is not None and part.shows.head == "derivative" and boxes[id(part.parts[-1])].height <= _LOW:
        return _low_derivative(part.shows, part, boxes, signs)
    bar = signs.horizontal
    is_high = any(boxes[id(each)].height > _LOW for each in part.parts)
    is_product = part.shows is not None and part.shows.head == "product"
    row: list[Box] = []
    previous: Layout | None = None
    for each in part.parts:
        box = boxes[id(each)]
        if _is_operator(each):
            wide = each.text != "*" or is_high or (signs.style.pretty and isinstance(previous, Evaluated))
            box = _operator(each, previous, signs, " " if wide else "")
        elif isinstance(each, Symbol) and each.kind == "separator":
            box = line(f"{each.text} ")
        elif isinstance(each, Symbol) and each.kind == "differential" and row:
            box = line(f" {each.text}")
        elif is_product and not signs.style.pretty and previous is not None and not _is_operator(previous):
            row.append(line(" * " if is_high else "*"))  # as one types it: 2*x
        elif row and _merge(row[-1], box, bar):
            row.append(line(" "))
        row.append(box)
        previous = each
    return beside(row)


def _has_index(logarithm: Expression, signs: Signs) -> bool:
    """Whether the base of a logarithm stands below the line, as one line has it."""
    return not write(node("log", (ONE, logarithm.args[1])), signs.style).startswith("log(")


def _log_of_two(part: Row, boxes: _Boxes, signs: Signs) -> Box:
    function, fence = part.parts
    assert isinstance(function, Script)
    assert isinstance(fence, Fence)
    assert function.lowered is not None
    arguments = beside((boxes[id(fence.body)], line(", "), boxes[id(function.lowered)]))
    return beside((line("log"), _bracketed("()", arguments, signs)))


def _low_derivative(derivative: Expression, part: Row, boxes: _Boxes, signs: Signs) -> Box:
    """A derivative of something that is not high, with d/dx on the line."""
    _, variable, order = derivative.args
    operator = write(node("derivative", (ONE, variable, order), derivative.value), signs.style).removesuffix("[1]")
    sign, body = (boxes[id(each)] for each in part.parts)
    return beside((line(operator.rstrip(), bool(sign.marks)), line(" "), body))


def _merge(left: Box, right: Box, bar: str) -> bool:
    """Whether the line of a fraction would run into what stands beside it."""
    last, first = left.rows[left.baseline][-1], right.rows[right.baseline][0]
    return (last == bar and left.height > 1 and first != " ") or (first == bar and right.height > 1 and last != " ")


def _fraction(part: Fraction, boxes: _Boxes, signs: Signs) -> Box:
    """The line is as long as what it divides, and longer than the lines of fractions in it and than a minus sign."""
    above, below = boxes[id(part.above)], boxes[id(part.below)]
    width = max(above.width, below.width)
    if max(above.height, below.height) > _LOW or (width == 1 and not signs.style.pretty):
        width += 2
    return over((above, line(signs.horizontal * width), below), above.height)


# -- exponents and indices -------------------------------------------------------------------------------------------


def _script(part: Script, boxes: _Boxes, signs: Signs) -> Box:
    """Exponents and indices in characters of their own where there are some; else an exponent stands one row higher."""
    if part.shows is not None and part.shows.head in ("name", "indexed", "same"):
        return line(write(part.shows, signs.style))
    base = beside((boxes[id(part.base)], line("'" * part.primes)))
    if part.lowered is not None:
        base = beside((base, _index(part.lowered, boxes[id(part.lowered)], signs)))
    if part.raised is None:
        return base
    if isinstance(part.raised, Symbol) and part.raised.kind == "side":
        return beside((base, boxes[id(part.raised)]))
    raised = _on_line(part.raised, boxes[id(part.raised)], signs)
    exponent = part.raised.shows
    assert exponent is not None
    small = write(power(ONE, exponent), signs.style)[1:]
    top = corner(base)
    if small.startswith("^"):
        simple = exponent.size <= _SIMPLE and exponent.head != "power"
        if signs.style.pretty or base.height > 1 or not simple:
            return ending(base, raised, top - 1)
    return ending(base, line(small, bool(raised.marks)), top)


_SIMPLE = 3
"""Size of an exponent that stays on the line in ASCII: x^2, x^(n - 1)."""


def _index(part: Layout, box: Box, signs: Signs) -> Box:
    """An index on one line: small figures where there are some, else what one would type."""
    text = box.rows[0]
    if text.isdigit():
        return line(name_text(f"x_{text}", signs.style)[1:], bool(box.marks))
    return beside((line("_"), box) if part.shows is not None or len(text) == 1 else (line("_{"), box, line("}")))


# -- brackets, roots, bars --------------------------------------------------------------------------------------------


_TALL = {"()": ("⎛⎜⎝", "⎞⎟⎠"), "[]": ("⎡⎢⎣", "⎤⎥⎦"), "||": ("│││", "│││")}
_TALL_IN_ASCII = {"()": ("/|\\", "\\|/"), "[]": ("[[[", "]]]"), "||": ("|||", "|||")}


def _column(signs: str, box: Box) -> Box:
    """A high sign beside a box, drawn from its top, its middle and its bottom."""
    return Box((signs[0], *[signs[1]] * (box.height - 2), signs[2]), box.baseline)


def _cases(part: Cases, boxes: _Boxes, signs: Signs) -> Box:
    """The cases behind a brace, with their conditions one below the other."""
    widest = max([boxes[id(value)].width for value, _ in part.rows])
    rows: list[Box] = []
    for value, condition in part.rows:
        box = boxes[id(value)]
        told = [line("  otherwise")] if condition is None else [line("  if "), boxes[id(condition)]]
        rows.append(beside([box, line(" " * (widest - box.width)), *told]))
    width = max([row.width for row in rows])
    body = over([beside([row, line(" " * (width - row.width))]) for row in rows], 0)
    body = body._replace(baseline=body.height // 2)
    brace = _BRACE if signs.style.pretty else _BRACE_IN_ASCII
    if body.height == 1:
        return beside((line("{ "), body))
    if body.height == 2:
        return beside((Box((brace[0], brace[4]), body.baseline), line(" "), body))
    half = body.height // 2
    column = Box((brace[0], *[brace[1]] * (half - 1), brace[2], *[brace[3]] * (body.height - half - 2), brace[4]),
                 body.baseline)
    return beside((column, line(" "), body))


_BRACE, _BRACE_IN_ASCII = "⎧⎪⎨⎪⎩", "/|<|\\"


def _bracketed(kind: str, body: Box, signs: Signs) -> Box:
    if body.height <= _LOW:
        return beside((line(kind[0]), body, line(kind[1])))
    left, right = (_TALL if signs.style.pretty else _TALL_IN_ASCII)[kind]
    space = line(" ")
    return beside((_column(left, body), space, body, space, _column(right, body)))


def _fence(part: Fence, body: Box, signs: Signs) -> Box:
    if part.signs == "||" and body.height <= _LOW:
        inside = part.body.shows
        if not signs.style.pretty or (inside is not None and inside.head == "abs"):  # ||x|| would be a norm
            return beside((line("abs"), _bracketed("()", body, signs)))
    return _bracketed(part.signs, body, signs)


def _root(part: Root, body: Box, signs: Signs) -> Box:
    square = part.degree == 2
    if not signs.style.pretty:
        return beside((line("sqrt" if square else "cbrt"), _bracketed("()", body, signs)))
    if body.height <= _LOW:
        shown = part.body.shows
        plain = shown is not None and write(node("sqrt", (shown,)), signs.style)[1:2] != "("
        return beside((line("√" if square else "∛"), body if plain else _bracketed("()", body, signs)))
    foot = "╲" if square else "3╲"
    left = " " * len(foot)
    rows = [f"{left}┌─{'─' * body.width}", *[f"{left}│ {row}" for row in body.rows]]
    rows[-1] = foot + rows[-1][len(foot):]
    return Box(tuple(rows), body.baseline + 1, tuple(moved(body, 1, len(foot) + 2)))


def _evaluated(part: Evaluated, boxes: _Boxes, signs: Signs) -> Box:
    body, variable = boxes[id(part.body)], boxes[id(part.variable)]
    foot = beside((variable, line(" = "), _on_line(part.point, boxes[id(part.point)], signs)))
    if body.height <= _LOW:  # beside so low a bar, its foot would stand in the line, before what follows
        return beside((body, line(" at "), _bracketed("()", foot, signs)))
    bar = Box((signs.vertical,) * body.height, body.baseline)
    return ending(beside((body, line(" " if _merge(body, bar, signs.horizontal) else ""), bar)), foot, body.height - 1)


def _difference(part: Difference, boxes: _Boxes, signs: Signs) -> Box:
    """Square brackets with one place at their foot and the other at their top; small figures where there are some."""
    body = boxes[id(part.body)]
    above, below = (_on_line(each, boxes[id(each)], signs) for each in (part.above, part.below))
    fenced = _bracketed("[]", body, signs)
    if body.height <= _LOW and signs.style.pretty and part.shows is not None:
        text = write(part.shows, signs.style).rpartition("]")[2]
        if not text.startswith("_") or max(above.width, below.width) == 1:
            return beside((fenced, line(text, bool(above.marks or below.marks))))
    blank = Box((" " * fenced.width,), 0)
    if fenced.height == 1:
        fenced = Box((blank.rows[0], fenced.rows[0], blank.rows[0]), 1, tuple(moved(fenced, 1, 0)))
    width = max(above.width, below.width)
    ends = [f"{above.rows[0]:<{width}}", *[" " * width] * (fenced.height - 2), f"{below.rows[0]:<{width}}"]
    marks = (*moved(above, 0, 0), *moved(below, fenced.height - 1, 0))
    return beside((fenced, Box(tuple(ends), fenced.baseline, tuple(marks))))


# -- big signs ---------------------------------------------------------------------------------------------------------


def _big(part: Big, boxes: _Boxes, signs: Signs) -> Box:
    """The sign of an integral is as high as what follows it, that of a sum is one character; x→0 stands below lim."""
    body = boxes[id(part.body)]
    if part.sign == "limit":
        assert part.below is not None
        assert part.shows is not None
        foot = boxes[id(part.below)]
        if foot.height > 1:
            foot = line(_limit_foot(part.shows, signs), bool(foot.marks))
        return beside((over((line("lim"), foot), 0), line(" "), body))
    above, below = (None if each is None else _on_line(each, boxes[id(each)], signs)
                    for each in (part.above, part.below))
    bounds = [each for each in (above, below) if each is not None]
    if part.sign == "sum" and body.height <= _LOW and part.shows is not None and (
            len(sign_of_sum := _sign_of_sum(part.shows, signs)) <= _SHORT_SIGN):
        return beside((line(sign_of_sum, any(each.marks for each in bounds)), line(" "), body))
    if part.sign == "sum":
        sign = line("∑" if signs.style.pretty else "sum")
    elif body.height <= _LOW and part.shows is not None and all(each.width <= 2 for each in bounds):
        changed = any(each.marks for each in bounds)
        return beside((line(_integral_sign(part.shows, signs), changed), line(" "), body))
    else:
        top, middle, bottom = "⌠⎮⌡" if signs.style.pretty else "/|/"
        up, down = max(1, body.baseline), max(1, body.height - 1 - body.baseline)
        sign = Box((top, *[middle] * (up + down - 1), bottom), up)
    stack = [each for each in (above, sign, below) if each is not None]
    return beside((over(stack, sign.baseline + (above is not None)), line(" "), body))


def _limit_foot(limit: Expression, signs: Signs) -> str:
    """`x→π/2`, as one line has it."""
    _, variable, target = limit.args
    return write(node("limit", (ONE, variable, target), limit.value), signs.style)[len("lim_("):-len(") 1")]


_SHORT_SIGN = 16
"""Characters of a sign with its bounds that stays on the line: Σᵢ₌₁ⁿ, sum_{i=1}^{n}."""


def _sign_of_sum(total: Expression, signs: Signs) -> str:
    """The sign with its bounds, as one line has it before what is added up."""
    return write(node("finite_sum", (ONE, *total.args[1:])), signs.style).removesuffix(" 1")


def _integral_sign(integral: Expression, signs: Signs) -> str:
    """The sign with its bounds, as one line has it before what is integrated."""
    _, variable, *bounds = integral.args
    text = write(node("integral", (ONE, variable, *bounds)), signs.style)
    return text.removesuffix(f" 1 d{write(variable, signs.style)}")
