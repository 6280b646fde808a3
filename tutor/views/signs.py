"""The signs that a terminal can show: box drawing and mathematics, or plain ASCII where the encoding has no more.

    signs_for("utf-8").yes, signs_for("ascii").yes      # "✓", "[ok]"
    clean("a\\x1b[31mb")                                 # "a␛[31mb": no control character reaches a screen
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from tutor.expression.write import PLAIN, PRETTY, WritingStyle


class Signs(NamedTuple):
    """Everything drawn that is not a word. `style`: how expressions are written beside it."""

    style: WritingStyle
    branch: str
    last_branch: str
    guide: str
    corners: tuple[str, str, str, str]
    horizontal: str
    vertical: str
    yes: str
    no: str
    unsure: str
    under: str
    cut: str
    bullet: str
    begun: str
    next: str


UNICODE = Signs(PRETTY, "├─ ", "└─ ", "│  ", ("╭", "╮", "╰", "╯"), "─", "│", "✓", "✗", "?", "‾", "…", "·",
                "◐", "→")
ASCII = Signs(PLAIN, "|- ", "`- ", "|  ", ("+", "+", "+", "+"), "-", "|", "[ok]", "[x]", "[?]", "^", "...", "-",
              "[~]", "->")

_NEEDED = "├─└│╭╮╰╯✓✗‾…·◐→−√∫πσ²⁻ⁿ₁≠"


def signs_for(encoding: str) -> Signs:
    """The signs that a stream with this encoding can carry."""
    try:
        _NEEDED.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_IN_ASCII = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻·−×", "0123456789-*-*") | str.maketrans({
    "≠": "!=", "≈": "~", "≤": "<=", "≥": ">=", "√": "sqrt", "π": "pi", "∞": "infinity", "…": "...", "“": '"', "”": '"',
    "⇔": "<=>", "∂": "D", "∇": "grad ", "–": "-", "—": "-", "‘": "'", "’": "'", "•": "*", "▌": "|", "─": "-",
    "←": "<-"})


def in_signs(text: str, signs: Signs) -> str:
    """A sentence as `signs` can show it, without control characters."""
    text = clean(text)
    if signs is ASCII and not text.isascii():
        text = _RAISED.sub(lambda found: "^" + found.group(), text).translate(_IN_ASCII)
        text = text.encode("ascii", "replace").decode("ascii")
    return text


_READ_AS = re.compile(r"(?P<typed>.* is read as )?(?P<read>.*?)(?P<instead> type .*)?", re.DOTALL)
_POWER = re.compile(r"\^(-?[0-9]+|n)(?![0-9A-Za-z.])")
_RAISE = str.maketrans("0123456789-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ")
_MINUS = re.compile(r"(?<= )-(?=[ 0-9])|(?<=[(\[|])-")


def note(message: str, signs: Signs) -> str:
    """A note on how something was read: the reading in the signs of the page, what was or can be typed as it is typed.

        note("d/dx x^2 * 3 is read as d/dx [x^2 * 3]; ...", UNICODE)      # "d/dx x^2 * 3 is read as d/dx [x² · 3]; ..."
    """
    parts = _READ_AS.fullmatch(message)
    assert parts is not None  # each of its parts may be empty
    read = parts["read"]
    if signs.style is PRETTY:
        read = _POWER.sub(lambda found: found[1].translate(_RAISE), read)
        read = _MINUS.sub("−", read.replace("*", "·"))
    return in_signs(f"{parts['typed'] or ''}{read}{parts['instead'] or ''}", signs)


def clean(text: str) -> str:
    """`text` with every control character replaced by a visible one of its own, so that positions stay."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _visible(char) for char in text)


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures: ␀, ␛, ␊
    if code == 0x7F:
        return "␡"
    # Other spaces are harmless; what turns the direction of writing, or is no character at all, is not.
    return " " if unicodedata.category(char) == "Zs" else "�"
