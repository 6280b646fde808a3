r"""Layout -> LaTeX: `latex(tree)` is accepted by every LaTeX, and reads back to the very same tree.

    latex(parse("d/dx [x^2/2]"))        # \frac{d}{dx}\left[\frac{x^{2}}{2}\right]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.expression.known_functions import FUNCTIONS
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
from tutor.expression.names import GREEK_LETTER
from tutor.expression.tree import Expression

_CONSTANTS = {"pi": "\\pi", "infinity": "\\infty"}
_OPERATORS = {"*": " \\cdot ", "⊙": " \\odot ", "<=": " \\le ", ">=": " \\ge ", "!=": " \\ne ", "≈": " \\approx ",
              "<=>": " \\iff "}
_BIG = {"integral": "int", "sum": "sum", "limit": "lim"}
_PLAIN_FENCES = {"()": ("(", ")"), "[]": ("[", "]")}
_TALL_FENCES = {"()": ("\\left(", "\\right)"), "[]": ("\\left[", "\\right]"), "||": ("\\left|", "\\right|")}
_OWN_LETTERS = frozenset(("f", "g", "h", "sigma"))
"""Names that call when they stand before a bracket; any other function is written as an operator's name."""

Piece = str | Layout
"""Finished text, or a part that is still to be written."""


def latex(expression: Expression) -> str:
    r"""An expression in LaTeX, to stand between dollar signs. `tutor.parse` reads it back to the same tree."""
    return joined(written(layout(expression)))


def written(part: Layout) -> Iterator[str]:
    """The pieces of text that a part is written with, to be joined."""
    stack: list[Piece] = [part]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        else:
            stack.extend(reversed(pieces_of(item)))


def joined(texts: Iterable[str]) -> str:
    """Pieces of LaTeX one after the other, with a space where a command would not end."""
    out: list[str] = []
    for text in texts:
        if text:
            if text[0].isalpha() and out and out[-1][-1].isalpha() and _ends_in_command(out[-1]):
                out.append(" ")
            out.append(text)
    return "".join(out)


def _ends_in_command(text: str) -> bool:
    backslash = text.rfind("\\")
    return backslash >= 0 and text[backslash + 1:].isalpha()


def pieces_of(part: Layout) -> list[Piece]:
    """What a part is made of, one level down."""
    match part:
        case Symbol():
            return [_sign(part)]
        case Row():
            return _row(part)
        case Fraction():
            return ["\\frac{", part.above, "}{", part.below, "}"]
        case Script():
            pieces: list[Piece] = [part.base, "'" * part.primes]
            for mark, script in (("_", part.lowered), ("^", part.raised)):
                if script is not None:
                    pieces += [f"{mark}{{", script, "}"]
            return pieces
        case Root():
            return ["\\sqrt{" if part.degree == 2 else f"\\sqrt[{part.degree}]{{", part.body, "}"]
        case Fence():
            fences = _TALL_FENCES if part.tall or part.signs == "||" else _PLAIN_FENCES
            opening, closing = fences[part.signs]
            return [opening, part.body, closing]
        case Cases():
            pieces = ["\\begin{cases}"]
            for value, condition in part.rows:
                pieces += [" \\\\ " if len(pieces) > 1 else " ", value, " & ",
                           "\\text{otherwise}" if condition is None else "\\text{if } "]
                pieces += [] if condition is None else [condition]
            return [*pieces, " \\end{cases}"]
        case Evaluated():
            return ["\\left. ", part.body, "\\right|_{", part.variable, " = ", part.point, "}"]
        case Difference():
            return ["\\left[", part.body, "\\right]_{", part.below, "}^{", part.above, "}"]
        case Big():
            pieces = [f"\\{_BIG[part.sign]}"]
            for mark, bound in (("_", part.below), ("^", part.above)):
                if bound is not None:
                    pieces += [f"{mark}{{", bound, "}"]
            return [*pieces, " ", part.body]


def _row(part: Row) -> list[Piece]:
    pieces: list[Piece] = []
    for place, each in enumerate(part.parts):
        if isinstance(each, Symbol) and each.kind == "operator" and place == 0:
            pieces.append(each.text)  # a minus before its operand
        elif isinstance(each, Symbol) and each.kind == "differential" and place > 0:
            pieces += ["\\,", each]
        elif place == 0 and len(part.parts) > 1 and isinstance(part.parts[1], Fence):
            pieces += _called(each)
        else:
            pieces.append(each)
    return pieces


def _called(function: Layout) -> list[Piece]:
    """What stands before the bracket of a call."""
    base = function.base if isinstance(function, Script) else function
    if isinstance(base, Symbol) and base.kind == "name" and base.text not in _OWN_LETTERS:
        # One letter is slanted, as f is; and a Greek one has no upright form in \operatorname.
        letters = base.text.partition("_")[0].rstrip("0123456789")
        is_letter = len(letters) == 1 or letters in GREEK_LETTER
        return ["\\mathop{" if is_letter else "\\operatorname{", function, "}"]
    return [function]


def _sign(part: Symbol) -> str:
    text = part.text
    match part.kind:
        case "name":
            letters = text.rstrip("0123456789")
            return f"\\{letters}{text[len(letters):]}" if letters in GREEK_LETTER else text
        case "number":
            mantissa, exponential, exponent = text.partition("e")
            return f"{mantissa}\\mathrm{{e}}{exponent}" if exponential else text
        case "constant":
            return _CONSTANTS.get(text, text)
        case "function":
            return (text in FUNCTIONS and FUNCTIONS[text].latex) or f"\\operatorname{{{text}}}"
        case "operator":
            return _OPERATORS.get(text) or f" {text} "
        case "separator":
            return f"\\text{{{text} }}" if text.strip().isalpha() else f"{text} "
        case "arrow":
            return " \\to "
        case "side":
            return text
        case "differential":
            return "\\partial" if text == "∂" else text
    return "\\dots"
