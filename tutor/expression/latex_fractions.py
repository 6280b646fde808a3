r"""Fractions of LaTeX that are no quotients: d/dx, dy/dx, and dx/x under an integral sign.

    pieces = ["((", "d", ")", "/(", "d", "x", "))"]
    derivative(pieces, 0, 3)            # True; pieces: ["", "d", "", "/", "d", "x", " "]

A fraction is a list of pieces of the learner's notation, as `from_latex.py` writes them: the piece at `first` opens it,
the one at `divides` stands between its parts, and the last piece closes it.
"""

from __future__ import annotations

import re

from tutor.expression.lexemes import NAME

INDEX = r"(?:_[0-9]+|_[A-Za-z]|_\{[0-9A-Za-z]+(?:,[0-9A-Za-z]+)*\}|[0-9]+)"
VARIABLE = re.compile(NAME)
_ONE_NAME = re.compile(rf"{NAME}{INDEX}?")
_ORDER = re.compile(rf"[0-9]+|\((?:[0-9]+|{NAME}{INDEX}?)\)|{NAME}")
_AFTER_NUMBERS = frozenset("+-*/=<>,")  # above a d that is a number
_ONE_BELOW = rf"[d∂]{NAME}{INDEX}?(?:\^(?:{_ORDER.pattern}))?"
_BELOW = re.compile(_ONE_BELOW)
_SEVERAL_BELOW = re.compile(rf"(?:{_ONE_BELOW}){{2,}}")
_SEVERAL_TIMES = re.compile(r"d\s*\^")
_MOST_BELOW = 60


def _is_mixed(pieces: list[str], first: int, divides: int) -> bool:
    """Whether the parts are those of a mixed derivative: ∂²f above, or d²f, and ∂x∂y below, or dx dy."""
    below = _below(pieces, divides)
    above = "".join(pieces[first + 1:min(first + _MOST_BELOW, divides - 1)]).strip()
    return _SEVERAL_BELOW.fullmatch(below) is not None and ("∂" in below or _SEVERAL_TIMES.match(above) is not None)


def derivative(pieces: list[str], first: int, divides: int) -> bool:
    """Write d/dx, dy/dx, or d(x^2)/dx as d/dx [x^2], if the fraction is a derivative."""
    below = _below(pieces, divides)
    if not _BELOW.fullmatch(below) and not _is_mixed(pieces, first, divides):
        return False
    letters = [place for place in range(first + 1, min(first + _MOST_BELOW, divides - 1)) if pieces[place].strip()]
    if not letters or pieces[letters[0]].strip() not in ("d", "∂"):
        return True
    if len(letters) > 1 and pieces[letters[1]].strip() in _AFTER_NUMBERS:  # (d + 1)/dx
        return False
    last = letters[0]
    if len(letters) > 2 and pieces[letters[1]] == "^":
        order = _ORDER.match("".join(pieces[place] for place in letters[2:]))
        if order is None:
            return True
        read, length = 2, 0
        while length < order.end():
            length += len(pieces[letters[read]])
            read += 1
        last = letters[read - 1]
    pieces[first] = ""
    pieces[divides + 1:-1] = [piece.strip() for piece in pieces[divides + 1:-1]]
    if letters[-1] == last:
        pieces[first:divides] = [piece.strip() for piece in pieces[first:divides]]
        pieces[divides - 1], pieces[divides], pieces[-1] = "", "/", " "
        return True
    body = "".join(pieces[last + 1:divides - 1]).replace(" ", "")
    if last == letters[0] and _ONE_NAME.fullmatch(body):
        pieces[last + 1:divides + 1] = [body, *[""] * (divides - last - 2), "/"]
        pieces[-1] = " "
        return True
    pieces[last] += "/" + below + " ["
    pieces[divides - 1:] = ["]", *[""] * (len(pieces) - divides)]
    return True


def _below(pieces: list[str], divides: int) -> str:
    """The lower part of a fraction without blanks; nothing if it is too long for a derivative."""
    if len(pieces) - divides >= _MOST_BELOW:
        return ""
    return "".join(pieces[divides + 1:-1]).replace(" ", "")


def integrated(pieces: list[str], first: int, divides: int) -> bool:
    """Take the dx of an integral out of the fraction in which it was written: ∫ x dx/(x^2 + 1)."""
    written = (place for place in range(divides - 2, first, -1) if pieces[place].strip())
    variable, symbol = next(written, first), next(written, first)
    if symbol == first or pieces[symbol].strip() != "d" or not VARIABLE.fullmatch(pieces[variable]):
        return False
    alone = next(written, None) is None
    pieces[first], pieces[symbol] = ("", "d") if alone else ("(", ") d")
    pieces[divides - 1], pieces[-1] = "", ")"
    return True
