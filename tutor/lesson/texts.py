"""An author's words as a text that any view can write: formulas between dollar signs, what varies filled in.

    text_of("The slope of $sin(x^2)$.").written()                                   # "The slope of sin(x^2)."
    text_of("The {w} is $x$. {W} matters.", words={"w": "mass"}).written()          # "The mass is x. Mass matters."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tutor.expression.functions import Functions
from tutor.expression.tree import Expression
from tutor.judge.diagnosis import Text
from tutor.lesson.fill import formula

_FORMULA = re.compile(r"\$([^$]*)\$")
_IN_BRACES = re.compile(r"(?<!\\)\{([A-Za-z][A-Za-z0-9_]*)\}")
_FORMULA_OR_BRACES = re.compile(f"{_FORMULA.pattern}|{_IN_BRACES.pattern}")


def text_of(written: str, values: Mapping[str, Expression] | None = None, functions: Functions | None = None,
            words: Mapping[str, str] | None = None) -> Text:
    """The text, which is Markdown. A price is written \\$5. Raises TutorError for a formula that cannot be read.

    values: what letters stand for; functions: those that the formulas may have besides the known ones; words: what
    stands for a name in braces. Braces round another name stay.
    """
    slots: dict[str, Expression] = {}

    def slot(found: re.Match[str]) -> str:
        if found[2] is not None:
            word = word_for(found[2], words or {})
            return found[0] if word is None else word
        name = f"${len(slots)}"
        slots[name] = formula(found[1], values, functions)
        return "{" + name + "}"

    template = _FORMULA_OR_BRACES.sub(slot, written.replace("\\$", _PRICE))
    return Text(template.replace(_PRICE, "$").strip(), slots, markdown=True)


def word_for(name: str, words: Mapping[str, str]) -> str | None:
    """The word that stands for a name in braces; with a capital letter for a name that has one here and not in `vary`.
    None if there is none."""
    if name in words:
        return words[name]
    small = name[0].lower() + name[1:]
    return words[small][:1].upper() + words[small][1:] if small in words else None


def names_in_braces(written: str) -> Iterator[tuple[int, str]]:
    """Every name in braces, those of formulas left out, with the place where its brace stands."""
    for found in _FORMULA_OR_BRACES.finditer(written.replace("\\$", "\\" + _PRICE)):
        if found[2] is not None:
            yield found.start(), found[2]


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
