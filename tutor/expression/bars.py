"""Which of the bars of a text open and which close, where bars stand inside bars: `|2|x|-1|` is |2·|x| − 1|.

    opening_bars("|2|x|-1|")        # Bars(opening=(0, 2), ...)

Reading from the left, a bar closes whenever it can, which is right for |x|·|y|. If that fails, or if it gives the
absolute value of a plain number, which nobody writes, the other ways to pair the bars are tried.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tutor.expression.lexemes import BAR_SIGNS, LATIN, SPACES
from tutor.expression.names import FUNCTION_WORDS

MOST_BARS = 16
"""Bars of a text up to which other ways to pair them are tried; where there are more, each closes where it can."""

_MOST_TRIED = 2_000
"""Bars looked at, over all the ways to pair them."""

_NUMBER = re.compile(rf"[{SPACES}]*+[-+−]?[{SPACES}]*+[0-9]++(?:\.[0-9]++)?[{SPACES}]*+")
_OPENERS, _CLOSERS, _ENDS_OPERAND = "([{", ")]}", frozenset(")]}'’′²³⁴⁵⁶⁷⁸⁹⁰¹ⁿ")
_BEGINS_NOTHING = frozenset(")]}*/^+=,;<>·×⊙!")
Pairs = tuple[tuple[int, int], ...]


class Bars(NamedTuple):
    """opening: the places of the bars that open; pairs: all bars, each with its own; other: the next best way to pair
    them, where there is one that a person could mean as well."""

    opening: frozenset[int]
    pairs: Pairs
    other: Pairs = ()
    plain: bool = True  # each bar closes where it can


def paired_bars(text: str) -> Bars | None:
    """How the bars of a text are paired; None if there are too few to be ambiguous, or no way to pair them."""
    if not 4 <= sum(map(text.count, BAR_SIGNS)) <= MOST_BARS:
        return None
    ways = _Ways(text).found()
    if not ways:
        return None
    best = min(ways, key=lambda pairs: _strangeness(text, pairs))  # the first of the best, so that plain ones win
    others = [pairs for pairs in ways if pairs != best and not _strangeness(text, pairs)
              and _is_near(text, best, pairs)]
    return Bars(frozenset(start for start, _ in best), best, others[0] if others else (), best == ways[0])


def _strangeness(text: str, pairs: Pairs) -> int:
    """Absolute values of mere numbers, and doubled bars, which are the sign of a norm."""
    known = set(pairs)
    numbers = sum(_NUMBER.fullmatch(text, start + 1, end) is not None for start, end in pairs)
    return numbers + sum(_within(text, start, end) in known for start, end in pairs)


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the first and the last sign stand between two bars."""
    inside = text[start + 1:end]
    return start + 1 + len(inside) - len(inside.lstrip(SPACES)), end - 1 - len(inside) + len(inside.rstrip(SPACES))


def _is_near(text: str, best: Pairs, other: Pairs) -> bool:
    """Whether no sum stands between bars that close in one way and open in the other: |x|x + x|x| is not ambiguous."""
    closing = dict(other)
    return not any(sign in text[end:closing[end]] for _, end in best if end in closing for sign in "+-−")


class _Ways:
    """The ways to pair the bars of a text, those first in which a bar closes where it can."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.signs = [place for place, sign in enumerate(text) if sign in BAR_SIGNS or sign in "()[]{};"]
        self.ways: list[Pairs] = []
        self.tried = 0

    def found(self) -> list[Pairs]:
        # One entry is a way so far: the sign that comes next, what is open, the pairs, and the last closing bar.
        left: list[tuple[int, tuple[int, ...], Pairs, int]] = [(0, (), (), -1)]
        while left and self.tried < _MOST_TRIED:
            self.tried += 1
            index, opened, pairs, closed = left.pop()
            if index == len(self.signs):
                if not opened:
                    self.ways.append(tuple(sorted(pairs)))
                continue
            place = self.signs[index]
            sign = self.text[place]
            if sign == ";":
                if not opened:
                    left.append((index + 1, opened, pairs, closed))
            elif sign in _OPENERS:
                left.append((index + 1, (*opened, place), pairs, closed))
            elif sign in _CLOSERS:
                if opened and self.text[opened[-1]] in _OPENERS:
                    left.append((index + 1, opened[:-1], pairs, closed))
            else:
                if self.begins_operand(place):
                    left.append((index + 1, (*opened, place), pairs, closed))
                if opened and self.text[opened[-1]] not in _OPENERS and self.ends_operand(place, closed):
                    left.append((index + 1, opened[:-1], (*pairs, (opened[-1], place)), place))
        return self.ways

    def ends_operand(self, place: int, closed: int) -> bool:
        """Whether an operand ends before a bar."""
        before = place - 1
        while before >= 0 and self.text[before] in SPACES:
            before -= 1
        if before < 0:
            return False
        sign = self.text[before]
        if sign in BAR_SIGNS:
            return before == closed
        if sign not in LATIN:
            return sign.isalnum() or sign in _ENDS_OPERAND or sign == "∞"
        begin = before
        while begin > max(0, before - 12) and self.text[begin - 1] in LATIN:
            begin -= 1
        run = self.text[begin:before + 1]
        return not any(run.endswith(function) for function in FUNCTION_WORDS)

    def begins_operand(self, place: int) -> bool:
        after = place + 1
        while after < len(self.text) and self.text[after] in SPACES:
            after += 1
        return after < len(self.text) and self.text[after] not in _BEGINS_NOTHING
