r"""Formulas in LaTeX that keep to a width: a long one in several rows, broken before its outer operators.

    rows_of(parse("x + 1"))                 # ["x + 1"]
    boxable(parse("x + ... 99 terms"))      # \begin{aligned} & x + ... \\ & \quad {} + ... \end{aligned}

How wide a formula will be is estimated in characters. What has no room and cannot be broken where it stands, as a
numerator, is set in rows of its own there; tall brackets round what is broken become brackets of a fixed height. A row
is a formula by itself, so that LaTeX may break pages between rows, and break one again that is still too wide.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.expression.latex import joined, latex, pieces_of, written
from tutor.expression.layout import Big, Evaluated, Fence, Fraction, Layout, Root, Row, Script, Sign, layout
from tutor.expression.tree import Expression
from tutor.views.shorten import LONG, shortened, without_depth
from tutor.views.wrap import math_rows

ROOM = 62
"""Characters that have room on a line of an article with wide margins."""

_DEEPEST = 40
"""Levels of an expression that are written: LaTeX allows about 80 groups within each other."""

_HANGING = 4
_NARROWEST = 24

_FIXED = {"()": ("\\Bigl(", "\\Bigr)"), "[]": ("\\Bigl[", "\\Bigr]"), "||": ("\\Bigl|", "\\Bigr|")}
_OPENING, _CLOSING = {"()": "(", "[]": "[", "||": "("}, {"()": ")", "[]": "]", "||": ")"}


@dataclass(frozen=True)
class _Token:
    """A piece of LaTeX that is not broken. shadow: a text as wide as it will be, which is broken as mathematics is."""

    text: str
    shadow: str


def kept(expression: Expression, limit: int = LONG) -> Expression:
    """The expression without what nobody could read, or LaTeX could not set; itself if it has nothing like that."""
    return without_depth(shortened(expression, limit), _DEEPEST)


def rows_of(expression: Expression, room: int = ROOM, lead: str = "") -> list[str]:
    """The rows of a formula, the first one behind `lead`, such as "= ".

    For an expression that is `kept`.
    """
    if expression.size * 2 <= room:
        return [lead + latex(expression)]
    tokens = ([_Token(lead, lead)] if lead else []) + _tokens(layout(expression), room)
    if _width(tokens) <= room:
        return [lead + latex(expression)]
    return _broken(tokens, room)


def boxable(expression: Expression, room: int = ROOM) -> str:
    """A formula as one piece, to stand where no line can end: in a box."""
    return _in_one_piece(layout(expression), room)


def _width(tokens: list[_Token]) -> int:
    return sum(len(token.shadow) for token in tokens)


def _in_one_piece(part: Layout, room: int) -> str:
    tokens = _tokens(part, room)
    if _width(tokens) <= room:
        return joined(written(part))
    first, *others = _broken(tokens, room)
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
        while number < len(ends) - 1 and (place >= ends[number] or stop > ends[number] + 1):
            number += 1
            if [text for text in rows[-1] if text not in _LEADS]:
                rows.append(["{} "])
        rows[-1].append(token.text.lstrip() if rows[-1] == ["{} "] else token.text)
        place = stop
    return [joined(row).rstrip() for row in rows]


_LEADS = ("= ", "{} ", "-")
"""What no row holds alone."""


def _tokens(part: Layout, room: int) -> list[_Token]:
    """What a formula is made of, its brackets opened. Nothing nests deeper than what is `kept`."""
    found: list[_Token] = []
    stack: list[Layout | str | _Token] = [part]
    while stack:
        item = stack.pop()
        match item:
            case _Token():
                found.append(item)
            case str():
                found.append(_Token(item, "" if item in ("\\,", "}") or item.startswith("\\operatorname") else item))
            case Sign():
                found.append(_sign(item))
            case Fence():
                found.append(_fence(item, room))
                if not found[-1].text:
                    found.pop()
                    opening, closing = _FIXED[item.signs]
                    if not item.tall and item.signs != "||":
                        opening, closing = item.signs
                    stack += [_Token(closing, _CLOSING[item.signs]), item.body, _Token(opening, _OPENING[item.signs])]
            case Row():
                stack.extend(reversed(pieces_of(item)))
            case Script():
                stack += [_scripts(item, room), item.base]
            case Big():
                bounds = _Token(joined(text for piece in pieces_of(item)[:-2] for text in _texts(piece)), "xxxx")
                stack += [item.body, _Token(" ", ""), bounds]
            case Fraction():
                above, below = (_Measured.of(each, room - 2) for each in (item.above, item.below))
                width = max(above.width, below.width) + 1
                found.append(_Token(f"\\frac{{{above.text}}}{{{below.text}}}", "x" * width))
            case Root():
                body = _Measured.of(item.body, room - 3)
                degree = "" if item.degree == 2 else f"[{item.degree}]"
                found.append(_Token(f"\\sqrt{degree}{{{body.text}}}", "x" * (body.width + 2)))
            case Evaluated():
                body, point = _Measured.of(item.body, room - 8), _Measured.of(item.point, room)
                found.append(_Token(f"\\left. {body.text}\\right|_{{{joined(written(item.variable))} = {point.text}}}",
                                    "x" * (body.width + point.width * 3 // 4 + 4)))
    return found


def _texts(piece: Layout | str) -> list[str]:
    return [piece] if isinstance(piece, str) else list(written(piece))


@dataclass(frozen=True)
class _Measured:
    """A part as one piece, with its width."""

    text: str
    width: int

    @staticmethod
    def of(part: Layout, room: int) -> _Measured:
        room = max(room, _NARROWEST)
        tokens = _tokens(part, room)
        return _Measured(_in_one_piece(part, room), min(_width(tokens), room))


def _fence(part: Fence, room: int) -> _Token:
    """Brackets with what they hold, where that has room in half a row; else no text."""
    tokens = _tokens(part.body, room)
    width = _width(tokens)
    if width > room // 2:
        return _Token("", "")
    return _Token(joined(written(part)), "x" * (width + 2))


def _scripts(part: Script, room: int) -> _Token:
    texts, width = ["'" * part.primes], part.primes
    for mark, script in (("_", part.lowered), ("^", part.raised)):
        if script is not None:
            measured = _Measured.of(script, room)
            texts.append(f"{mark}{{{measured.text}}}")
            width += (measured.width * 3 + 3) // 4
    return _Token("".join(texts), "x" * width)


_NARROW = {"*": "·", "<=": " ≤ ", ">=": " ≥ ", "!=": " ≠ "}


def _sign(part: Sign) -> _Token:
    text = joined(written(part))
    if part.kind == "operator":
        return _Token(text, _NARROW.get(part.text, f" {part.text} "))
    if part.kind == "separator":
        return _Token(text, f"{part.text} ")
    known = part.kind in ("function", "number") or len(part.text) < 3
    return _Token(text, "x" * (len(part.text) if known else 1 + len(part.text.rstrip("0123456789")) // 4))
