r"""Formulas in LaTeX that keep to a width: a long one in several rows, broken before its outer operators.

    rows_of(parse("x + 1"))                 # ["x + 1"]
    boxable(parse("x + ... 99 terms"))      # \begin{aligned} & x + ... \\ & \quad {} + ... \end{aligned}

How wide a formula will be is estimated in characters. What has no room and cannot be broken where it stands, as a
numerator, is set in rows of its own there; tall brackets round what is broken become brackets of a fixed height. A row
is a formula by itself, so that LaTeX may break pages between rows, and break one again that is still too wide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tutor.expression.latex import Piece, joined, pieces_of, written
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
from tutor.expression.tree import Expression
from tutor.views.shorten import LONG, shortened, without_depth
from tutor.views.wrap import math_rows

ROOM = 70
"""Characters that have room on a line of an article with wide margins."""

_DEEPEST = 40
"""Levels of an expression that are written: LaTeX allows about 80 groups within each other."""

_HANGING = 6
_LONGEST_NUMBER, _DIGITS_TOGETHER = 40, 10
"""Digits of a number from which on it may be broken, and how many are kept together then."""

_NARROWEST = 24

_FIXED = {"()": ("\\Bigl(", "\\Bigr)"), "[]": ("\\Bigl[", "\\Bigr]"), "||": ("\\Bigl|", "\\Bigr|")}


class _Token(NamedTuple):
    """A piece of LaTeX that is not broken. shadow: a text as wide as it will be, which is broken as mathematics is."""

    text: str
    shadow: str


def typesettable(expression: Expression, limit: int = LONG) -> Expression:
    """The expression without what nobody could read, or LaTeX could not set; itself if it has nothing like that."""
    return without_depth(shortened(expression, limit), _DEEPEST)


def rows_of(expression: Expression, room: int = ROOM, lead: str = "") -> list[str]:
    """The rows of a formula, the first one behind `lead`, such as "= ".

    For an expression that is `kept`.
    """
    whole, widths = layout(expression, brackets=True), _Widths()
    if widths.of(whole) + len(lead) <= room:
        return [lead + joined(written(whole))]
    return _broken([*([_Token(lead, lead)] if lead else []), *_tokens(whole, room, widths)], room)


def boxable(expression: Expression, room: int = ROOM) -> str:
    """A formula as one piece, to stand where no line can end: in a box."""
    return _in_one_piece(layout(expression, brackets=True), room, _Widths())


def _in_one_piece(part: Layout, room: int, widths: _Widths) -> str:
    room = max(room, _NARROWEST)
    if widths.of(part) <= room:
        return joined(written(part))
    first, *others = _broken(_tokens(part, room, widths), room)
    if not others:
        return first
    return "\\begin{aligned} & " + first + "".join([f" \\\\ & \\quad {row}" for row in others]) + " \\end{aligned}"


def _broken(tokens: list[_Token], room: int) -> list[str]:
    """Tokens in rows. A break that would fall into a token stands before it."""
    shadow = "".join(token.shadow for token in tokens)
    ends = [end for _, end in math_rows(shadow, room, max(room - _HANGING, _NARROWEST))]
    rows: list[list[str]] = [[]]
    place = number = 0
    for token in tokens:
        stop = place + len(token.shadow)
        begins = False
        while number < len(ends) - 1 and (place >= ends[number] or stop > ends[number] + 1):
            number, begins = number + 1, True
        if begins and any(text.strip() not in _LEADS for text in rows[-1]):
            rows.append(["{} "])
        rows[-1].append(token.text.lstrip() if rows[-1] == ["{} "] else token.text)
        place = stop
    return [joined(row).rstrip() for row in rows]


_LEADS = frozenset(("", "=", "{}", "-", "+", "\\cdot"))
"""What no row holds alone."""


def _tokens(part: Layout, room: int, widths: _Widths) -> list[_Token]:
    """A formula that has no room, with the brackets opened that have none either; what cannot be broken, in one piece.

    Where a part stands in one that cannot be broken this calls itself, at most as deep as what is `kept` nests.
    """
    found: list[_Token] = []
    stack: list[Piece | _Token] = [part]
    while stack:
        item = stack.pop()
        if isinstance(item, _Token):
            found.append(item)
        elif isinstance(item, str):
            found.append(_Token(item, "x" * _width_of_text(item)))
        elif isinstance(item, Symbol):
            whole, shadow = joined(written(item)), _shadow(item)
            size = len(whole) if len(whole) <= _LONGEST_NUMBER or item.kind != "number" else _DIGITS_TOGETHER
            found += [_Token(whole[place:place + size], shadow[place:place + size])
                      for place in range(0, len(whole), size)]
        elif isinstance(item, Row):
            stack.extend(reversed(pieces_of(item)))
        elif isinstance(item, Fence) and widths.of(item) > room // 2:
            tall = item.tall or item.signs == "||"
            opening, closing = _FIXED[item.signs] if tall else item.signs
            stack += [_Token(closing, ")"), item.body, _Token(opening, "(")]
        elif isinstance(item, Script) and widths.of(item.base) > room // 2:
            stack += [_Token(_scripts(item, room, widths), "x" * widths.of_scripts(item)), item.base]
        elif isinstance(item, Big):
            *sign, space, body = pieces_of(item)
            bounds = joined(text for piece in sign for text in _texts(piece))
            stack += [body, _Token(f"{bounds}{space}", "x" * (widths.of(item) - widths.of(item.body)))]
        else:
            found.append(_Token(_unbroken(item, room, widths), "x" * min(widths.of(item), room)))
    return found


def _unbroken(part: Layout, room: int, widths: _Widths) -> str:
    """A part that is no row, with rows in it where it has no room."""
    if widths.of(part) > room:
        match part:
            case Fraction():
                above, below = (_in_one_piece(each, room - 2, widths) for each in (part.above, part.below))
                return f"\\frac{{{above}}}{{{below}}}"
            case Root():
                degree = "" if part.degree == 2 else f"[{part.degree}]"
                return f"\\sqrt{degree}{{{_in_one_piece(part.body, room - 3, widths)}}}"
            case Evaluated():
                body, point = (_in_one_piece(each, room - 8, widths) for each in (part.body, part.point))
                return f"\\left. {body}\\right|_{{{joined(written(part.variable))} = {point}}}"
            case Difference():
                body = _in_one_piece(part.body, room - 8, widths)
                return f"\\left[{body}\\right]_{{{joined(written(part.below))}}}^{{{joined(written(part.above))}}}"
            case Script():
                return _in_one_piece(part.base, room, widths) + _scripts(part, room, widths)
    return joined(written(part))


def _scripts(part: Script, room: int, widths: _Widths) -> str:
    marks = [f"{mark}{{{_in_one_piece(script, room, widths)}}}"
             for mark, script in (("_", part.lowered), ("^", part.raised)) if script is not None]
    return "'" * part.primes + "".join(marks)


def _texts(piece: Piece) -> list[str]:
    return [piece] if isinstance(piece, str) else list(written(piece))


# -- widths ---------------------------------------------------------------------------------------------


@dataclass
class _Widths:
    """About how many characters wide parts are."""

    known: dict[int, int] = field(default_factory=dict)  # by identity: equal parts are one, and comparing would recurse

    def of(self, part: Layout) -> int:
        """The width of a part."""
        stack = [part]
        while stack:
            current = stack[-1]
            inside = [piece for piece in pieces_of(current) if not isinstance(piece, str)]
            missing = [] if id(current) in self.known else [each for each in inside if id(each) not in self.known]
            if missing:
                stack += missing
                continue
            stack.pop()
            if id(current) not in self.known:
                self.known[id(current)] = self._from_parts(current)
        return self.known[id(part)]

    def _from_parts(self, part: Layout) -> int:
        known = self.known
        match part:
            case Symbol():
                return len(_shadow(part))
            case Row():
                return sum([_width_of_text(piece) if isinstance(piece, str) else known[id(piece)]
                            for piece in pieces_of(part)])
            case Fraction():
                return max(known[id(part.above)], known[id(part.below)]) + 1
            case Script():
                return known[id(part.base)] + self.of_scripts(part)
            case Root() | Fence():
                return known[id(part.body)] + 2
            case Cases():
                return max([known[id(value)] + (_WIDTH_OF_OTHERWISE if condition is None else 4 + known[id(condition)])
                            for value, condition in part.rows]) + 2
            case Evaluated():
                return known[id(part.body)] + (known[id(part.variable)] + known[id(part.point)]) * 3 // 4 + 2
            case Difference():
                return known[id(part.body)] + max(known[id(part.below)], known[id(part.above)]) * 3 // 4 + 2
            case Big():
                bounds = [known[id(bound)] for bound in (part.below, part.above) if bound is not None]
                return known[id(part.body)] + max(bounds, default=0) * 3 // 4 + 2

    def of_scripts(self, part: Script) -> int:
        """The width of what stands at the right of the base, of which `of` was asked."""
        scripts = [self.known[id(script)] for script in (part.lowered, part.raised) if script is not None]
        return part.primes + (max(scripts, default=0) * 3 + 3) // 4


_WIDTH_OF_OTHERWISE = len(" otherwise")
_NARROW = {"*": "·", "<=": " ≤ ", ">=": " ≥ ", "!=": " ≠ ", "≈": " ≈ "}


def _shadow(part: Symbol) -> str:
    if part.kind == "operator":
        return _NARROW.get(part.text, f" {part.text} ")
    if part.kind == "separator":
        return f"{part.text} "
    is_word = part.kind in ("function", "number") or "\\" not in joined(written(part))
    return "x" * (len(part.text) if is_word else 1)


def _width_of_text(piece: str) -> int:
    return 0 if piece in ("\\,", "}") or piece.startswith("\\operatorname") else len(piece)
