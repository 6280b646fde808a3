"""Layout -> rows of text: fractions above their line, exponents raised, brackets and roots as high as what they hold.

    block = stacked(parse("d/dx [(x^2 + 1)/x]"), UNICODE)
    block.rows          # ["   ⎡   2    ⎤", ...]; block.baseline is the row that a line of text continues

Most expressions stay one row high, since small exponents have characters of their own. Every character is one cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tutor.expression.layout import Big, Evaluated, Fence, Fraction, Layout, Root, Row, Script, Sign, layout
from tutor.expression.tree import Expression
from tutor.expression.write import in_superscript, name_text, write
from tutor.views.signs import ASCII, Signs

Mark = tuple[int, int, int]
"""A row of a block, and the columns between which something stands out."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of the same width. marks: where the parts stand that were asked to stand out."""

    rows: tuple[str, ...]
    baseline: int
    marks: tuple[Mark, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def height(self) -> int:
        return len(self.rows)


def stacked(expression: Expression, signs: Signs, changed: frozenset[Expression] = frozenset()) -> Block:
    """An expression as a block. changed: the parts that are to stand out."""
    root = layout(expression)
    blocks: dict[int, Block] = {}
    stack: list[tuple[Layout, bool]] = [(root, False)]
    while stack:
        part, ready = stack.pop()
        if id(part) in blocks:
            continue
        below = _inner(part)
        if not ready and below:
            stack.append((part, True))
            stack.extend((each, False) for each in below)
            continue
        block = _drawn(part, blocks, signs)
        if part.shows is not None and part.shows in changed:
            block = Block(block.rows, block.baseline, tuple((row, 0, block.width) for row in range(block.height)))
        blocks[id(part)] = block
    return blocks[id(root)]


def _inner(part: Layout) -> Sequence[Layout]:
    """The parts that are drawn as blocks of their own: all but exponents and indices, which stay on one line."""
    match part:
        case Row():
            return part.parts
        case Fraction():
            return part.above, part.below
        case Script():
            return (part.base,)
        case Root() | Fence():
            return (part.body,)
        case Evaluated():
            return part.body, part.variable, part.point
        case Big():
            return [each for each in (part.below, part.above, part.body) if each is not None]
    return ()


_Blocks = dict[int, Block]


def _drawn(part: Layout, blocks: _Blocks, signs: Signs) -> Block:
    match part:
        case Sign():
            return _line(_text(part, signs))
        case Row():
            return _row(part, blocks, signs)
        case Fraction():
            return _fraction(blocks[id(part.above)], blocks[id(part.below)], signs)
        case Script():
            return _script(part, blocks[id(part.base)], signs)
        case Root():
            return _root(part, blocks[id(part.body)], signs)
        case Fence():
            return _fence(part.signs, blocks[id(part.body)], signs)
        case Evaluated():
            return _evaluated(part, blocks, signs)
        case Big():
            return _integral(part, blocks, signs)


# -- putting blocks together ---------------------------------------------------------------------------------------


def _line(text: str) -> Block:
    return Block((text,), 0)


def beside(blocks: Iterable[Block]) -> Block:
    """Blocks side by side, on one baseline."""
    drawn = [block for block in blocks if block.width]
    if len(drawn) == 1:
        return drawn[0]
    above = max((block.baseline for block in drawn), default=0)
    below = max((block.height - block.baseline for block in drawn), default=1)
    rows = [""] * (above + below)
    marks: list[Mark] = []
    width = 0
    for block in drawn:
        top = above - block.baseline
        for number in range(above + below):
            inside = 0 <= number - top < block.height
            rows[number] += block.rows[number - top] if inside else " " * block.width
        marks += [(row + top, start + width, end + width) for row, start, end in block.marks]
        width += block.width
    return Block(tuple(rows), above, tuple(marks))


def _above(upper: Block, lower: Block, baseline: int, width: int) -> Block:
    """One block above another, both in the middle of a width."""
    rows: list[str] = []
    marks: list[Mark] = []
    for block in (upper, lower):
        left = (width - block.width) // 2
        marks += [(row + len(rows), start + left, end + left) for row, start, end in block.marks]
        rows += [(" " * left + row).ljust(width) for row in block.rows]
    return Block(tuple(rows), baseline, tuple(marks))


def _fraction(above: Block, below: Block, signs: Signs) -> Block:
    width = max(above.width, below.width)
    upper = _above(above, _line(signs.horizontal * width), above.height, width)
    return _above(upper, below, above.height, width)


def _column(signs: str, block: Block) -> Block:
    """A tall sign beside a block, drawn from its top, its middle and its bottom."""
    return Block((signs[0], *[signs[1]] * (block.height - 2), signs[2]), block.baseline)


_TALL = {"()": ("⎛⎜⎝", "⎞⎟⎠"), "[]": ("⎡⎢⎣", "⎤⎥⎦"), "||": ("│││", "│││")}
_TALL_IN_ASCII = {"()": ("/|\\", "\\|/"), "[]": ("[[[", "]]]"), "||": ("|||", "|||")}


def _fence(kind: str, body: Block, signs: Signs) -> Block:
    if body.height == 1:
        return beside((_line(kind[0]), body, _line(kind[1])))
    left, right = (_TALL_IN_ASCII if signs is ASCII else _TALL)[kind]
    space = _line(" ")
    return beside((_column(left, body), space, body, space, _column(right, body)))


# -- parts -----------------------------------------------------------------------------------------------------------


def _text(sign: Sign, signs: Signs) -> str:
    """A leaf on its own: a name, a number, a function."""
    if sign.shows is not None:
        return write(sign.shows, signs.style)
    if sign.kind == "function" and sign.text == "sigmoid" and signs is not ASCII:
        return "σ"
    return name_text(sign.text, signs.style) if sign.kind == "name" else sign.text


def _operator(sign: Sign, signs: Signs) -> str:
    text = sign.text
    if text == "-":
        return signs.style.minus
    return text if signs is ASCII else {"<=": "≤", ">=": "≥", "!=": "≠"}.get(text, text)


def _row(part: Row, blocks: _Blocks, signs: Signs) -> Block:
    drawn: list[Block] = []
    previous: Layout | None = None
    for place, each in enumerate(part.parts):
        following = part.parts[place + 1] if place + 1 < len(part.parts) else None
        if isinstance(each, Sign) and each.kind == "operator":
            text = _operator(each, signs)
            if place == 0:
                drawn.append(_line(text))
            elif each.text == "*":
                neighbours = [blocks[id(one)] for one in (previous, following) if one is not None]
                tall = any(block.height > 1 for block in neighbours) or isinstance(previous, Evaluated)
                drawn.append(_line(f" {signs.style.times} " if tall else signs.style.times))
            else:
                drawn.append(_line(f" {text} "))
        elif isinstance(each, Sign) and each.kind == "separator":
            drawn.append(_line(f"{each.text} "))
        elif isinstance(each, Sign) and each.kind == "differential" and place > 0:
            drawn.append(_line(f" {each.text}"))
        else:
            if isinstance(previous, Fraction):
                drawn.append(_line(" "))
            drawn.append(blocks[id(each)])
        previous = each
    return beside(drawn)


def _script(part: Script, base: Block, signs: Signs) -> Block:
    """Exponents and indices in characters of their own where there are some; else an exponent stands one row higher."""
    if part.shows is not None and part.shows.head == "name":
        return _line(write(part.shows, signs.style))
    pieces = [base, _line("'" * part.primes)]
    if part.lowered is not None:
        pieces.append(_line(_index(part.lowered, signs)))
    below = beside(pieces)
    if part.raised is None:
        return below
    shown = part.raised.shows
    assert shown is not None  # an exponent is always an expression
    small = "" if signs is ASCII else in_superscript(shown)
    if small:
        rows = [row + (small if number == 0 else " " * len(small)) for number, row in enumerate(below.rows)]
        return Block(tuple(rows), below.baseline, below.marks)
    raised = write(shown, signs.style)
    if signs is ASCII and below.height == 1:
        return beside((below, _line(f"^{raised}" if not shown.args else f"^({raised})")))
    rows = [" " * below.width + raised, *[row + " " * len(raised) for row in below.rows]]
    marks = tuple((row + 1, start, end) for row, start, end in below.marks)
    return Block(tuple(rows), below.baseline + 1, marks)


def _index(part: Layout, signs: Signs) -> str:
    """An index on one line: small figures where there are some, else what one would type."""
    text = write(part.shows, signs.style) if part.shows is not None else part.text if isinstance(part, Sign) else ""
    if text.isdigit():
        return name_text(f"x_{text}", signs.style)[1:]
    if len(text) == 1 or (part.shows is not None and not part.shows.args):
        return f"_{text}"
    return f"_({text})" if part.shows is not None else f"_{{{text}}}"


def _root(part: Root, body: Block, signs: Signs) -> Block:
    if body.height == 1:
        assert part.shows is not None
        return Block((write(part.shows, signs.style),), 0)
    if signs is ASCII:
        return beside((_line("sqrt" if part.degree == 2 else "cbrt"), _fence("()", body, signs)))
    hook = "╲" if part.degree == 2 else "∛"
    roof = " ┌" + "─" * body.width
    rows = [roof, *[f" │{row}" for row in body.rows[:-1]], f"{hook}│{body.rows[-1]}"]
    return Block(tuple(rows), body.baseline + 1, tuple((row + 1, start + 2, end + 2) for row, start, end in body.marks))


def _evaluated(part: Evaluated, blocks: _Blocks, signs: Signs) -> Block:
    body, variable, point = (blocks[id(each)] for each in (part.body, part.variable, part.point))
    foot = beside((variable, _line(" = "), point))
    if body.height == 1:
        return beside((body, _line(" at "), _fence("()", foot, signs)))
    bar = Block((signs.vertical,) * body.height, body.baseline)
    lowered = Block(foot.rows, foot.baseline - (body.height - 1 - body.baseline), foot.marks)
    return _beside_lowered(beside((body, bar)), lowered)


def _beside_lowered(body: Block, foot: Block) -> Block:
    """A block with another at its foot: the baseline of the second is the last row of the first."""
    drop = body.height - 1 - body.baseline
    rows = [" " * foot.width] * max(0, body.height - 1 - (foot.baseline + drop)) + list(foot.rows)
    above = body.height - 1 - (foot.baseline + drop)
    height = max(body.height, above + foot.height)
    right = rows + [" " * foot.width] * (height - len(rows))
    left = [*body.rows, *[" " * body.width] * (height - body.height)]
    marks = (*body.marks, *((row + above, start + body.width, end + body.width) for row, start, end in foot.marks))
    return Block(tuple(one + other for one, other in zip(left, right, strict=True)), body.baseline, marks)


def _integral(part: Big, blocks: _Blocks, signs: Signs) -> Block:
    body = blocks[id(part.body)]
    bounds = [blocks[id(each)] for each in (part.above, part.below) if each is not None]
    assert part.shows is not None
    if body.height == 1 and all(block.width <= 2 and block.height == 1 for block in bounds):
        return Block((write(part.shows, signs.style),), 0)
    height = max(3, body.height)
    if body.height < 3:
        body = Block((*[" " * body.width] * (1 - body.baseline), *body.rows,
                      *[" " * body.width] * (3 - body.height - (1 - body.baseline))), 1,
                     tuple((row + 1 - body.baseline, start, end) for row, start, end in body.marks))
    top, middle, bottom = ("/", "|", "/") if signs is ASCII else ("⌠", "⎮", "⌡")
    sign = Block((top, *[middle] * (height - 2), bottom), body.baseline)
    if bounds:
        upper, lower = bounds
        width = max(block.width for block in (sign, *bounds))
        sign = _above(_above(upper, sign, upper.height + sign.baseline, width), lower, upper.height + sign.baseline,
                      width)
    return beside((sign, _line(" "), body))


def stacked_rows(expression: Expression, signs: Signs, first: int, rest: int,
                 changed: frozenset[tuple[int, ...]] = frozenset()) -> list[Block] | None:
    """The blocks in which an expression is shown, or None where one line does."""
    block = stacked(expression, signs)
    return None if block.height == 1 or block.width > first else [block]
