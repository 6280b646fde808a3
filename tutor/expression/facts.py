"""What the token pass may have to know of the whole text in advance. Each thing is found out when first asked for.

    facts = Facts("f(x) = x^2; |f|2|x||")
    facts.defined           # {"f"}
    facts.closing[1]        # 3
"""

from __future__ import annotations

from functools import cached_property

from tutor.expression.bars import Bars, paired_bars
from tutor.expression.lexemes import CASE_SIGN, DEFINED, H_CALLED, SUM_SIGN
from tutor.expression.names import canonical_name
from tutor.expression.subscripts import NO_LISTS, NOTHING_KNOWN, Known, Lists, lists_in


class Facts:
    """Facts about one text. lists: letters that are known to be lists, and how many indices each has; outer: the
    facts of the text that it stands in."""

    def __init__(self, text: str, lists: Known = NOTHING_KNOWN, outer: Facts | None = None) -> None:
        self.text, self.known_lists, self.outer = text, lists, outer

    @cached_property
    def bars(self) -> Bars | None:
        """How its bars are paired, where that could be doubtful."""
        return paired_bars(self.text)

    @cached_property
    def closing(self) -> dict[int, int]:
        """Opening bracket -> closing one, where there is one."""
        found: dict[int, int] = {}
        opened: list[int] = []
        for place, sign in enumerate(self.text):
            if sign in "([{":
                opened.append(place)
            elif sign in ")]}" and opened:
                found[opened.pop()] = place
        return found

    @cached_property
    def cases(self) -> frozenset[int]:
        """The opening braces that hold cases: what is typed between them has a separator or a word of cases in it."""
        found: set[int] = set()
        opened: list[int] = []
        for match in CASE_SIGN.finditer(self.text):
            if match[0] in "([{":
                opened.append(match.start())
            elif match[0] in ")]}":
                if opened:
                    opened.pop()
            elif opened and self.text[opened[-1]] == "{":
                found.add(opened[-1])
        return frozenset(found)

    @cached_property
    def defined(self) -> frozenset[str]:
        """The letters and functions that a statement defines, as y = x^2 does."""
        return frozenset(canonical_name(match["name"], match["subscript"] or "")
                         for match in DEFINED.finditer(self.text))

    @cached_property
    def lists(self) -> Lists:
        """The letters that are lists in it, and the letters that are indices."""
        if self.outer is not None:
            return self.outer.lists
        has_sum = "_[" in self.text or SUM_SIGN.search(self.text) is not None
        return lists_in(self.text, self.closing, self.known_lists) if has_sum or self.known_lists else NO_LISTS

    @cached_property
    def calls_h(self) -> bool:
        """Whether it uses h as a function, as in h(x)."""
        return H_CALLED.search(self.text) is not None
