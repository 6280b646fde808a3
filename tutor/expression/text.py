"""A sentence with expressions in it, which every view writes in its own style.

    Text("{f} has no value at {x} = 0", {"f": parse("1/x"), "x": name("x")}).written()     # "1/x has no value at x = 0"
    Text.of(parse("1/x"), " has no value")                                                 # the same way of telling
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tutor.expression.tree import Expression
from tutor.expression.write import PLAIN, WritingStyle, write


class Text(NamedTuple):
    """A sentence with {slots}, and the expressions that stand in them, so that it can be written in any style.

    markdown: whether the template is the Markdown of an author.
    """

    template: str
    slots: Mapping[str, Expression]
    markdown: bool = False

    @classmethod
    def of(cls, *parts: str | Expression | Text) -> Text:
        """A sentence of words, formulas and other sentences, one after the other. No part is an author's Markdown."""
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, Text) else (part,))]
        slots: dict[str, Expression] = {}
        template = ""
        for part in flat:
            if isinstance(part, Expression):
                slots[f"part{len(slots)}"] = part
                part = f"{{part{len(slots) - 1}}}"
            template += part
        return cls(template, slots)

    def written(self, style: WritingStyle = PLAIN) -> str:
        """The sentence with its slots filled."""
        return self.filled(lambda expression: write(expression, style))

    def __str__(self) -> str:
        return self.written()

    @property
    def parts(self) -> Iterator[str | Expression]:
        """The words and the formulas, in the order in which they are read."""
        place = 0
        for found in _SLOT.finditer(self.template):
            if found[1] in self.slots:
                if found.start() > place:
                    yield self.template[place:found.start()]
                yield self.slots[found[1]]
                place = found.end()
        if place < len(self.template):
            yield self.template[place:]

    def filled(self, written: Callable[[Expression], str]) -> str:
        """The same, by a way of writing expressions."""
        return "".join([part if isinstance(part, str) else written(part) for part in self.parts])


_SLOT = re.compile(r"\{([^{}]+)\}")
