"""Everything in a lesson that cannot be read, with its place: formulas, conditions, values, names of rules.

    [fault.message for fault in contents(read_document("items: [{given: 'sin(x^'}]"))]

It looks at the document itself, not at the model made of it, so that one problem does not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from tutor.derivation.problem import read_problem
from tutor.errors import RulebookError, TutorError
from tutor.expression.functions import Defined, Functions
from tutor.lesson.document import Fault, KeyPath, YamlDocument
from tutor.lesson.formulas_in_texts import texts_under, unreadable_formula, unreadable_formulas
from tutor.lesson.functions import define
from tutor.lesson.item_contents import ItemContents
from tutor.lesson.keys import did_you_mean
from tutor.rules.reader import read_rulebook
from tutor.rules.rulebook import misconceptions, rulebook


def contents(document: YamlDocument) -> Iterator[Fault]:
    """Everything in a document that cannot be read."""
    lesson = document.data
    if not isinstance(lesson, dict):
        return
    yield from _blanks(document, (), lesson)
    if not lesson.get("text") and not lesson.get("items"):
        yield Fault(document.place(()), "L102", "A lesson needs text: or items:, and this one has neither.")
    own: set[str] = set()
    functions: dict[str, Defined] = {}
    yield from _own_functions(document, lesson.get("functions"), functions)
    written = lesson.get("misconceptions")
    if isinstance(written, str) and written:
        yield from _own_rules(document, written, own, functions)
    for path, name in texts_under(lesson, "teaches"):
        if name not in rulebook():
            titled = [rule.name for rule in rulebook().values() if rule.title.casefold() == name.casefold()]
            guess = f" Did you mean {titled[0]}?" if titled else did_you_mean(name, rulebook())
            yield Fault(document.place(path), "L106", f"There is no rule {name}.{guess}")
    yield from unreadable_formulas(document, ("text",), lesson.get("text"), functions)
    for path, text in texts_under(lesson, "examples"):
        yield from unreadable_formula(document, path, text, partial(read_problem, functions=functions))
    seen: dict[str, int] = {}
    items = lesson.get("items")
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield from ItemContents(document, index, item, own, functions).faults(seen)


def _blanks(document: YamlDocument, path: KeyPath, value: Any) -> Iterator[Fault]:
    """Every text that consists of spaces only."""
    if isinstance(value, str) and value and not value.strip():
        yield Fault(document.place(path), "L102", "There is no text here, only spaces.")
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in entries:
        yield from _blanks(document, (*path, key), each)


def _own_functions(document: YamlDocument, written: Any, functions: dict[str, Defined]) -> Iterator[Fault]:
    """What is wrong with the functions of the lesson's own; those that are right are added."""
    for call, body in written.items() if isinstance(written, dict) else ():
        path: KeyPath = ("functions", call)
        if not isinstance(body, str):
            continue
        try:
            define(call, body, functions)
        except TutorError as error:
            place = document.key_place(path) if error.position is None else document.place(path, error.position[0])
            yield Fault(place, "L114", str(error))


_RULE_NAME = re.compile(r"^\s*misconception\s+(\w+)", re.MULTILINE)


def _own_rules(document: YamlDocument, written: str, own: set[str], functions: Functions) -> Iterator[Fault]:
    place = document.place(("misconceptions",))
    try:
        rules = read_rulebook(written, "misconceptions", {**rulebook(), **misconceptions()}, functions)
    except RulebookError as error:
        starts = [0, *(found.end() for found in re.finditer("\n", written))]
        message = str(error).partition(f":{error.column}: ")[2]
        place = document.place(("misconceptions",), starts[min(error.line, len(starts)) - 1] + error.column - 1)
        yield Fault(place, "L108", f"{message[:1].upper()}{message[1:].rstrip('.')}.")
        own |= set(_RULE_NAME.findall(written))  # that these cannot be read is no reason to say that there are none
        return
    own |= {rule.name for rule in rules}
    for rule in rules:
        if rule.kind != "misconception":
            yield Fault(place, "L108", f"{rule.name} is a rule, not a misconception. A lesson can only add "
                                         f"misconceptions.")
