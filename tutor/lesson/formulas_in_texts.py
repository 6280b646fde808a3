"""The formulas of a lesson's texts: those that cannot be read, with their places.

    unreadable_formulas(document, ("text",), "The slope of $sin(x^$.", {})

A text may be one formula, or words with formulas between dollar signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tutor.errors import TutorError
from tutor.expression.functions import Functions
from tutor.expression.parse import parse
from tutor.lesson.document import Fault, KeyPath, Place, YamlDocument
from tutor.lesson.texts import formulas, unpaired


def texts_under(mapping: dict[str, Any], key: str) -> Iterator[tuple[KeyPath, str]]:
    """The texts under a key, which is a list of them or one, each with its path."""
    value = mapping.get(key)
    if isinstance(value, str):
        yield (key,), value
    for index, each in enumerate(value if isinstance(value, list) else []):
        if isinstance(each, str):
            yield (key, index), each


def unreadable_formula(document: YamlDocument, path: KeyPath, text: str, read_it: Callable[[str], Any],
                       start: int = 0) -> Iterator[Fault]:
    """What is wrong with a formula. start: where it begins in its text."""
    try:
        read_it(text)
    except TutorError as error:
        yield from refusals(error, lambda offset: document.place(path, start + offset))


def refusals(error: TutorError, place: Callable[[int], Place]) -> Iterator[Fault]:
    """The messages of an error about a formula, each with its place. place: where a character of the formula stands."""
    for problem in error.problems:
        yield Fault(place(problem.start), "L105", problem.message)
    if not error.problems:
        yield Fault(place(0), "L105", str(error))


def unreadable_formulas(document: YamlDocument, path: KeyPath, words: Any, functions: Functions) -> Iterator[Fault]:
    """What is wrong with the formulas of a text."""
    if not isinstance(words, str):
        return
    alone = unpaired(words)
    if alone is not None:
        yield Fault(document.place(path, alone), "L105",
                    "This dollar sign has no partner. A formula is written between two dollar signs; a price is "
                    "written \\$5.")
        return
    for found in _LATEX_BRACKETS.finditer(words):
        yield Fault(document.place(path, found.start()), "L310",
                    f"{found[0]} is not read as a formula. Write formulas between dollar signs, as in $x^2$.")
    for formula in formulas(words):
        if not formula.text.strip():
            yield Fault(document.place(path, formula.begin), "L105", (
                "There is nothing between these dollar signs. A formula is written between two, as in $x^2$, or, to "
                "stand on a line of its own, between pairs of them: $$x^2$$."))
        elif _PRICE.match(formula.text):
            yield Fault(document.place(path, formula.begin), "L105", (
                f"Between this dollar sign and the next is {formula.text.strip()!r}, which is not a formula. "
                "A price is written \\$5."))
        else:
            yield from unreadable_formula(
                document, path, formula.text, partial(parse, functions=functions), formula.start)


_LATEX_BRACKETS = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
"""A formula as LaTeX has it in a text."""

_PRICE = re.compile(r"\d[\d.,]*\s+[A-Za-z]{2,}\b(?!\s*\()")
"""What stands between two prices: a number, and words."""
