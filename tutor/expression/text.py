"""A sentence with expressions in it, which every view writes in its own style.

    Text("{f} has no value at {x} = 0", {"f": parse("1/x"), "x": name("x")}).written()     # "1/x has no value at x = 0"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tutor.expression.tree import Expression
from tutor.expression.write import TEXT, Style, write


class Text(NamedTuple):
    """A sentence with {slots}, and the expressions that stand in them, so that it can be written in any style.

    markdown: whether the template is the Markdown of an author.
    """

    template: str
    slots: Mapping[str, Expression]
    markdown: bool = False

    def written(self, style: Style = TEXT) -> str:
        """The sentence with its slots filled."""
        return self.filled(lambda expression: write(expression, style))

    def filled(self, written: Callable[[Expression], str]) -> str:
        """The same, by a way of writing expressions."""
        slots = self.slots
        return _SLOT.sub(lambda found: written(slots[found[1]]) if found[1] in slots else found[0], self.template)


_SLOT = re.compile(r"\{([^{}]+)\}")
