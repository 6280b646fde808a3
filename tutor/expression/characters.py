"""Characters that are variants of usual ones: full-width, small, italic or bold, as in a PDF or from a phone.

    usual("ｆ（𝑥）＝𝑥²")           # "f(x)=x²": as long as before, so that positions stay what they were

Other white space and what is invisible become blanks. And whether a text is LaTeX, which is read in another way.
"""

from __future__ import annotations

import re
import unicodedata

from tutor.expression.names import GREEK

_DRESSES = frozenset(("<font>", "<wide>", "<narrow>", "<small>"))
_KEPT = frozenset("∂∇π")
_BLANKS = frozenset("\u00a0\u00ad\u202f\u205f\u2060\u2061\u2062\u3000\ufeff").union(map(chr, range(0x2000, 0x2010)))
"""White space, and what is invisible in text copied from a web page or a formula editor: all read as a blank."""


_LIKE = {ord("⁄"): ord("/"), ord("∕"): ord("/"), ord("⊤"): ord("ᵀ"), ord("⊺"): ord("ᵀ")}
"""Signs that documents use for others: two that divide, as in ∂L⁄∂w, and two that exchange rows and columns."""


class _Usual(dict[int, int]):
    """A table for str.translate that is filled with the characters that occur."""

    def __missing__(self, code: int) -> int:
        self[code] = _usual(chr(code), code)
        return self[code]


def _usual(character: str, code: int) -> int:
    if character in _BLANKS:
        return ord(" ")
    if code in _LIKE:
        return _LIKE[code]
    dress = unicodedata.decomposition(character).partition(" ")[0]
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) != 1 or code < 128 or character in GREEK:
        return code
    if dress in _DRESSES and ("!" <= plain <= "~" or plain in GREEK or plain in _KEPT):
        return ord(plain)
    is_letter = plain in GREEK or (plain.isascii() and plain.isalpha())
    return ord(plain) if is_letter and not dress.startswith("<") else code  # the ohm sign is an omega


_USUAL = _Usual()


def usual(text: str) -> str:
    """`text` with each such character replaced by the one that it stands for."""
    return text if text.isascii() else text.translate(_USUAL)


_LATEX = re.compile(r"\\[A-Za-z([,;:!>{|% \\]|\$|\^\{\s*(?:'|\(\s*[0-9A-Za-z]+\s*\)\s*\})|\^(?:\{[^{}]*\}|[0-9])_")


def is_latex(text: str) -> bool:
    """Whether a text has something in it that only LaTeX has: a command, a dollar sign, or a script such as x^2_1.

    Braces alone are the learner's notation too.
    """
    return _LATEX.search(text) is not None
