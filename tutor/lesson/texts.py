"""An author's words as a text that any view can write: formulas between dollar signs, letters of `vary` filled in.

    text_of("The slope of $sin(x^2)$.").written()            # "The slope of sin(x^2)."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tutor.expression.functions import Functions
from tutor.expression.tree import Expression
from tutor.judge.diagnosis import Text
from tutor.lesson.fill import formula

_FORMULA = re.compile(r"\$([^$]*)\$")


def text_of(words: str, values: Mapping[str, Expression] | None = None, functions: Functions | None = None) -> Text:
    """The text, which is Markdown. A price is written \\$5. Raises TutorError for a formula that cannot be read.

    values: what letters stand for; functions: those that the formulas may have besides the known ones.
    """
    slots: dict[str, Expression] = {}

    def slot(found: re.Match[str]) -> str:
        name = f"${len(slots)}"
        slots[name] = formula(found[1], values, functions)
        return "{" + name + "}"

    template = _FORMULA.sub(slot, words.replace("\\$", _PRICE))
    return Text(template.replace(_PRICE, "$").strip(), slots, markdown=True)


def formulas(words: str) -> Iterator[tuple[int, str]]:
    """Every formula of the words with the place where it begins."""
    for found in _FORMULA.finditer(words.replace("\\$", "\\" + _PRICE)):
        yield found.start(1), found[1]


def unpaired(words: str) -> int | None:
    """Where a dollar sign stands that has no partner, or None."""
    places = [found.start() for found in re.finditer(r"(?<!\\)\$", words)]
    return places[-1] if len(places) % 2 else None


_PRICE = "\ue000"
"""A sign of the private use area: it stands for a dollar sign that is one."""
