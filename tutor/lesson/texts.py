"""An author's words as a text that any view can write: formulas between dollar signs, what varies filled in.

    text_of("The slope of $sin(x^2)$.").written()                                   # "The slope of sin(x^2)."
    text_of("The {w} is $x$. {W} matters.", words={"w": "mass"}).written()          # "The mass is x. Mass matters."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tutor.expression.functions import Functions
from tutor.expression.tree import Expression
from tutor.judge.diagnosis import Text
from tutor.lesson.fill import formula

_FORMULA = re.compile(r"\$\$(?P<row>[^$]+)\$\$(?P<stop>[.,;:!?]?)|\$(?P<inside>[^$]*)\$")
_IN_BRACES = r"(?<!\\)\{(?P<name>[A-Za-z][A-Za-z0-9_]*)\}"
_FORMULA_OR_BRACES = re.compile(f"{_FORMULA.pattern}|{_IN_BRACES}")


class WrittenFormula(NamedTuple):
    """A formula of a text: what stands between its dollar signs, and where that and the signs begin and end."""

    start: int
    text: str
    begin: int
    end: int


def text_of(written: str, values: Mapping[str, Expression] | None = None, functions: Functions | None = None,
            words: Mapping[str, str] | None = None) -> Text:
    """The text, which is Markdown. A price is written \\$5. Raises TutorError for a formula that cannot be read.

    A formula between two dollar signs on each side, as in $$x^2$$, gets a row of its own.
    values: what letters stand for; functions: those that the formulas may have besides the known ones; words: what
    stands for a name in braces. Braces round another name stay.
    """
    slots: dict[str, Expression] = {}

    def slot(found: re.Match[str]) -> str:
        if found["name"] is not None:
            word = word_for(found["name"], words or {})
            return found[0] if word is None else word
        name = f"${len(slots)}"
        slots[name] = formula(found["inside"] if found["row"] is None else found["row"], values, functions)
        return "{" + name + "}" if found["row"] is None else _row(found, "{" + name + "}")

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
        if found["name"] is not None:
            yield found.start(), found["name"]


def _row(found: re.Match[str], slot: str) -> str:
    """A formula as a paragraph: empty rows before and after it, and as far to the right as the words around it."""
    before, after = found.string[:found.start()], found.string[found.end():].lstrip(" ")
    line = before[before.rfind("\n") + 1:]
    begin = _BEGIN_OF_LINE.match(line)
    assert begin is not None, "it matches nothing, too"
    margin = " " * begin.end()
    begins = not before.strip() or before.rstrip(" ").endswith("\n\n") or (begin[0] == line and bool(line.strip()))
    ends = not after or after.startswith("\n\n")
    return ("" if begins else f"\n\n{margin}") + slot + found["stop"] + ("" if ends else f"\n\n{margin}")


_BEGIN_OF_LINE = re.compile(r" *(([-*+>]|\d+[.)]) +)?")
"""The margin of a line, and what begins an entry of a list, or a quotation, in it."""


def formulas(words: str) -> Iterator[WrittenFormula]:
    """Every formula of the words, in order."""
    for found in _FORMULA.finditer(words.replace("\\$", "\\" + _PRICE)):
        part, signs = ("inside", 1) if found["row"] is None else ("row", 2)
        yield WrittenFormula(found.start(part), found[part], found.start(), found.end(part) + signs)


def unpaired(words: str) -> int | None:
    """Where a dollar sign stands that has no partner, or None."""
    places = [found.start() for found in re.finditer(r"(?<!\\)\$", words)]
    return places[-1] if len(places) % 2 else None


_PRICE = "\ue000"
"""A sign of the private use area: it stands for a dollar sign that is one."""
