"""What of a text stands in no bracket, before it is read: where it can be cut.

    cut_outside("f(a, b), c", ",")              # ["f(a, b)", " c"]
    is_in_brackets("(a)*(b)")                   # False: the first bracket is closed before the end
    last_statement("f(x) = x^2; f(3)")          # 11
"""

from __future__ import annotations

from collections.abc import Iterator

BRACKET_DEPTH = dict.fromkeys("([{", 1) | dict.fromkeys(")]}", -1)
"""Bracket -> how many more brackets are open behind it than before it."""


def outside_brackets(text: str, begins: int = 0, ends: int | None = None) -> Iterator[tuple[int, str]]:
    """The signs between two places that stand in no bracket that is opened there, with their places; a bracket that
    closes another one is among them. One that closes nothing does not count."""
    depth = 0
    for place, sign in enumerate(text[begins:ends], begins):
        depth = max(depth + BRACKET_DEPTH.get(sign, 0), 0)
        if depth == 0:
            yield place, sign


def cut_outside(text: str, signs: str) -> list[str]:
    """The parts of a text between signs that stand in no bracket."""
    cuts = [place for place, sign in outside_brackets(text) if sign in signs]
    return [text[begins:ends] for begins, ends in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)]


def first_commas(text: str) -> dict[int, int]:
    """The place of an opening bracket -> that of the first comma that stands in it and in no bracket inside."""
    opened: list[int] = []
    found: dict[int, int] = {}
    for place, sign in enumerate(text):
        depth = BRACKET_DEPTH.get(sign, 0)
        if depth > 0:
            opened.append(place)
        elif depth < 0 and opened:
            opened.pop()
        elif sign == "," and opened:
            found.setdefault(opened[-1], place)
    return found


def open_brackets(text: str) -> int:
    """How many brackets are open at the end of a text; less than 0 if more are closed in it than opened."""
    return sum(BRACKET_DEPTH.get(sign, 0) for sign in text)


def is_in_brackets(text: str) -> bool:
    """Whether the bracket with which a text begins is closed by the one with which it ends."""
    return text.startswith("(") and text.endswith(")") and (
        next((place for place, _ in outside_brackets(text)), None) == len(text) - 1)


def last_statement(text: str) -> int:
    """Where the last of the statements begins that semicolons separate.

    One at the end begins none, and neither do those in brackets, as in {x^2 if x < 1; 2x - 1 otherwise}."""
    shown = text.rstrip(" \t\r\n;")
    return max((place + 1 for place, sign in outside_brackets(shown) if sign == ";"), default=0)
