"""Whether what a lesson says can be read: formulas, conditions, values, names of rules; what cannot, with its place.

    [finding.message for finding in contents(read_document("items: [{given: 'sin(x^'}]"))]

It looks at the document as it stands, so that one misfit does not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import partial
from typing import Any

from tutor.derivation.problem import read_problem
from tutor.errors import RulebookError, TutorError
from tutor.expression.functions import Defined, Functions
from tutor.expression.parse import parse
from tutor.lesson.document import Document, Finding, Path
from tutor.lesson.functions import define
from tutor.lesson.schema import Item
from tutor.lesson.texts import formulas, unpaired
from tutor.lesson.vary import Condition, values_of
from tutor.rules.reader import read_rulebook
from tutor.rules.rulebook import misconceptions, rulebook

_FORMULAS = ("given", "at", "within", "with_respect_to")


def contents(document: Document) -> Iterator[Finding]:
    """Everything in a document that cannot be read."""
    lesson = document.data
    if not isinstance(lesson, dict):
        return
    own: set[str] = set()
    functions: dict[str, Defined] = {}
    yield from _own_functions(document, lesson.get("functions"), functions)
    written = lesson.get("misconceptions")
    if isinstance(written, str) and written:
        yield from _own_rules(document, written, own, functions)
    for path, name in _texts(lesson, "teaches"):
        if name not in rulebook():
            yield Finding(document.place(path), "L106", f"There is no rule {name}.{_near(name, rulebook())}")
    yield from _words(document, ("text",), lesson.get("text"), functions)
    for path, text in _texts(lesson, "examples"):
        yield from _readable(document, path, text, partial(read_problem, functions=functions))
    seen: dict[str, int] = {}
    items = lesson.get("items")
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield from _Contents(document, index, item, own, functions).findings(seen)


class _Contents:
    """One item as it stands in the file."""

    def __init__(self, document: Document, index: int, item: dict[str, Any], own: set[str],
                 functions: Functions) -> None:
        self.document, self.item, self.own, self.path = document, item, own, ("items", index)
        self.functions, self.parse = functions, partial(parse, functions=functions)

    def findings(self, seen: dict[str, int]) -> Iterator[Finding]:
        yield from self._name(seen)
        for key in _FORMULAS if self.item.get("ask") == "choose" else (*_FORMULAS, "answer"):
            text = self.item.get(key)
            if isinstance(text, str) and text:
                yield from _readable(self.document, (*self.path, key), text, self.parse)
        yield from _words(self.document, (*self.path, "text"), self.item.get("text"), self.functions)
        for key in ("choices", "hints"):
            for path, text in _texts(self.item, key):
                yield from _words(self.document, (*self.path, *path), text, self.functions)
        yield from self._vary()
        yield from self._misconceptions()

    def _name(self, seen: dict[str, int]) -> Iterator[Finding]:
        given, ask, written = (self.item.get(key, "") for key in ("given", "ask", "id"))
        text = self.item.get("text", "")
        if not all(isinstance(part, str) for part in (given, ask, written, text)) or not (given or text):
            return
        name = Item.model_construct(id=written, ask=ask or "differentiate", given=given, text=text).name
        line = self.document.place(self.path).line
        if name in seen:
            yield Finding(self.document.place(self.path), "L109",
                          f"The item in line {seen[name]} has the name {name} too.")
        seen.setdefault(name, line)

    def _vary(self) -> Iterator[Finding]:
        vary = self.item.get("vary")
        letters = vary if isinstance(vary, dict) else {}
        used = self._letters()
        for letter, written in letters.items():
            path: Path = (*self.path, "vary", letter)
            if not _is_letter(letter):
                yield Finding(self.document.key_place(path), "L111", f"{letter} is no letter that can vary.")
                continue
            if used is not None and letter not in used:
                free = " or ".join(sorted(used - set(letters) - {"x"}))
                yield Finding(self.document.key_place(path), "L104",
                              f"{letter} does not occur in {self.item.get('given') or 'the item'}."
                              + (f" Did you mean {free}?" if free else ""))
            yield from self._values(path, written, set(letters))
        for path, text in _texts({"require": self.item.get("require")}, "require"):
            yield from self._condition((*self.path, *path), text, set(letters))

    def _values(self, path: Path, written: Any, letters: set[str]) -> Iterator[Finding]:
        for place, text in _texts({"values": written}, "values"):
            where = self.document.place((*path, *place[1:]))
            try:
                values = values_of(text if isinstance(written, str) else [text], self.functions)
            except TutorError as error:
                yield Finding(where, "L111", str(error))
                continue
            clash = sorted(letters.intersection(*[value.free for value in values])) if values else []
            if clash:
                yield Finding(where, "L111", f"The letter {clash[0]} varies itself.")

    def _condition(self, path: Path, text: str, letters: set[str]) -> Iterator[Finding]:
        try:
            strangers = sorted(Condition(text, self.functions).letters - letters)
        except TutorError as error:
            yield Finding(self.document.place(path), "L110", str(error))
            return
        if strangers:
            yield Finding(self.document.place(path), "L110", f"{strangers[0]} does not stand in vary.")

    def _misconceptions(self) -> Iterator[Finding]:
        known = [*misconceptions(), *self.own]
        named = self.item.get("misconception")
        if isinstance(named, str) and named and named not in known:
            yield Finding(self.document.place((*self.path, "misconception")), "L107",
                          f"There is no misconception {named}.{_near(named, known)}")
        expected = self.item.get("expect")
        for index, entry in enumerate(expected if isinstance(expected, list) else []):
            for answer, verdict in entry.items() if isinstance(entry, dict) else ():
                path: Path = (*self.path, "expect", index, answer)
                if isinstance(verdict, str) and " " in verdict.strip():  # what is said of a wrong answer
                    yield from _words(self.document, path, verdict, self.functions)
                    verdict = "wrong"
                if self.item.get("ask") not in ("choose", "name-the-rule", "find-the-wrong-line"):
                    yield from _readable(self.document, path, answer, self.parse, key=True)
                if isinstance(verdict, str) and verdict not in (*_VERDICTS, *known):
                    yield Finding(self.document.place(path), "L107",
                                  f"There is no misconception {verdict}.{_near(verdict, (*_VERDICTS, *known))}")

    def _letters(self) -> set[str] | None:
        """Every letter of the item's formulas; None if one of them cannot be read, which is said elsewhere."""
        found: set[str] = set()
        texts = [self.item.get(key) for key in (*_FORMULAS, "answer")]
        words = [self.item.get("text"), *(text for key in ("choices", "hints") for _, text in _texts(self.item, key))]
        texts += [formula for text in words if isinstance(text, str) for _, formula in formulas(text)]
        try:
            for text in texts:
                if isinstance(text, str) and text and "$" not in text:
                    found |= self.parse(text).free
        except TutorError:
            return None
        return found


_VERDICTS = ("right", "wrong", "nearly")


def _is_letter(text: str) -> bool:
    try:
        return parse(text).head == "name"
    except TutorError:
        return False


def _own_functions(document: Document, written: Any, functions: dict[str, Defined]) -> Iterator[Finding]:
    """What is wrong with the functions of the lesson's own; those that are right are added."""
    for call, body in written.items() if isinstance(written, dict) else ():
        path: Path = ("functions", call)
        if not isinstance(body, str):
            continue
        try:
            define(call, body, functions)
        except TutorError as error:
            place = document.key_place(path) if error.position is None else document.place(path, error.position[0])
            yield Finding(place, "L114", str(error))


def _own_rules(document: Document, written: str, own: set[str], functions: Functions) -> Iterator[Finding]:
    place = document.place(("misconceptions",))
    try:
        rules = read_rulebook(written, "misconceptions", {**rulebook(), **misconceptions()}, functions)
    except RulebookError as error:
        starts = [0, *(found.end() for found in re.finditer("\n", written))]
        message = str(error).partition(f":{error.column}: ")[2]
        place = document.place(("misconceptions",), starts[min(error.line, len(starts)) - 1] + error.column - 1)
        yield Finding(place, "L108", f"{message[:1].upper()}{message[1:].rstrip('.')}.")
        return
    own |= {rule.name for rule in rules}
    for rule in rules:
        if rule.kind != "misconception":
            yield Finding(place, "L108", f"{rule.name} is no misconception: a lesson cannot add to what is true.")


def _texts(mapping: dict[str, Any], key: str) -> Iterator[tuple[Path, str]]:
    """The texts under a key, which is a list of them or one, each with its path."""
    value = mapping.get(key)
    if isinstance(value, str):
        yield (key,), value
    for index, each in enumerate(value if isinstance(value, list) else []):
        if isinstance(each, str):
            yield (key, index), each


def _readable(document: Document, path: Path, text: str, read: Callable[[str], Any], start: int = 0,
              key: bool = False) -> Iterator[Finding]:
    """What is wrong with a formula. start: where it begins in its text; key: it is a key and not a value."""
    try:
        read(text)
    except TutorError as error:
        for problem in error.problems:
            place = document.key_place(path) if key else document.place(path, start + problem.start)
            yield Finding(place, "L105", problem.message)
        if not error.problems:
            yield Finding(document.place(path, start), "L105", str(error))


def _words(document: Document, path: Path, words: Any, functions: Functions) -> Iterator[Finding]:
    """What is wrong with the formulas of a text."""
    if not isinstance(words, str):
        return
    alone = unpaired(words)
    if alone is not None:
        yield Finding(document.place(path, alone), "L105",
                      "This dollar sign has no partner. A formula stands between two; a price is written \\$5.")
        return
    for start, formula in formulas(words):
        yield from _readable(document, path, formula, partial(parse, functions=functions), start)


def _near(name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), 1, cutoff=0.6)
    return f" Did you mean {near[0]}?" if near else ""
