"""Regular expressions that are compiled when they are first used: compiling all of them takes longer than a derivation.

    POWER = Pattern("[0-9]+")
    POWER.match("12x").group()      # "12"; compiled by this call, and at hand for the next one
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
