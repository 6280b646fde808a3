"""Regular expressions that are compiled when they are first used: compiling all of them takes longer than a derivation.

    POWER = Pattern("[0-9]+")
    POWER.match("12x").group()      # "12"; compiled by this call, and at hand for the next one
    WORDED = WordedPattern("at +[0-9]+", re.IGNORECASE, ["at"])
    WORDED.search("x^2 + 3")        # None, and still not compiled: there is no "at"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_Find = Callable[..., re.Match[str] | None]


class Pattern:
    """What `re.compile(text, flags)` would give, compiled at the first use of one of its methods."""

    match: _Find
    search: _Find
    fullmatch: _Find
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[Any]]

    def __init__(self, text: str, flags: int = 0) -> None:
        self.text, self.flags = text, flags

    def __getattr__(self, name: str) -> Any:
        """A method of the compiled pattern, kept as an attribute so that later calls reach it directly."""
        method = getattr(re.compile(self.text, self.flags), name)
        setattr(self, name, method)
        return method


class WordedPattern:
    """A pattern of which every match contains one of some literals. Most texts have none: then it is not compiled.

    Where the flags say that case does not matter, it does not matter in the literals, which are given in small letters.
    """

    def __init__(self, text: str, flags: int, literals: Sequence[str]) -> None:
        self.literals, self.pattern = literals, Pattern(text, flags)
        self.any_case = bool(flags & re.IGNORECASE)

    def match(self, text: str, begins: int = 0) -> re.Match[str] | None:
        return self.pattern.match(text, begins) if self._may_match(text) else None

    def search(self, text: str, begins: int = 0) -> re.Match[str] | None:
        return self.pattern.search(text, begins) if self._may_match(text) else None

    def _may_match(self, text: str) -> bool:
        if self.any_case:
            text = text.lower() if text.isascii() else text.casefold().translate(_LETTER_I)
        return any(literal in text for literal in self.literals)


_LETTER_I = {0x131: "i", 0x307: None}
"""The other letters i, dotless and with a dot: to `re.IGNORECASE` they are an i."""
