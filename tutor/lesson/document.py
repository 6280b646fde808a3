"""YAML read strictly, with the position of everything: every scalar is text, nothing is guessed, nothing is executed.

    document = read_document("id: no\\nvary: {a: 010}\\n")
    document.data               # {"id": "no", "vary": {"a": "010"}}
    document.place(("vary", "a"))       # Place(line=2, column=11)

Anchors, aliases, tags, tabs, repeated keys and second documents are refused, each with its place. Every kind of space
is one; a comment that may be meant as text is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tutor import limits
from tutor.expression.latex_commands import is_command

KeyPath = tuple[str | int, ...]
"""The keys and places in lists that lead to a value."""


class Place(NamedTuple):
    """Line and column, counted from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """Something wrong with a text: where, which code of `codes.py`, and a sentence."""

    place: Place
    code: str
    message: str


@dataclass
class YamlDocument:
    """What a text says, and where.

    data: mappings, lists and texts; findings: what is wrong with it as YAML; lines: the text itself.
    """

    data: Any
    findings: list[Fault]
    lines: list[str]
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    values: dict[KeyPath, Any] = field(default_factory=dict)

    def key_place(self, path: KeyPath) -> Place:
        """Where the key of this path is; where there is no key, the place of the value."""
        return self.keys.get(path) or self.place(path)

    def place(self, path: KeyPath, offset: int = 0) -> Place:
        """Where the value of this path is, or a character of its text; for a path that does not exist, its parent."""
        while path not in self.values and path:
            path, offset = path[:-1], 0
        node = self.values.get(path)
        if node is None:
            return Place(1, 1)
        if path in self.keys and node.value == "" and _is_plain(node):
            return self.keys[path]  # ruamel places an empty value where the next thing begins
        mark, style = node.start_mark, getattr(node, "style", None)
        if style in ("|", ">"):
            return self._in_block(node, offset)
        return Place(mark.line + 1, mark.column + 1 + offset + (style in ("'", '"') and offset > 0))

    def _in_block(self, node: Any, offset: int) -> Place:
        """Where a character of a block of lines stands."""
        before = node.value[:offset]
        line = node.start_mark.line + 1 + before.count("\n")
        if line >= len(self.lines):
            return Place(node.start_mark.line + 1, node.start_mark.column + 1)
        text = self.lines[node.start_mark.line + 1]
        indent = len(text) - len(text.lstrip(" "))
        return Place(line + 1, indent + 1 + len(before) - (before.rfind("\n") + 1))


def read_document(text: str) -> YamlDocument:
    """The document of a text. It never raises: what is wrong is among the findings."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    text = _with_plain_spaces(text)
    document = YamlDocument(None, [], text.split("\n"))
    document.findings += _refused_before_reading(text, document.lines)
    if document.findings:
        return document
    try:
        found = _refused_events(YAML(typ="rt", pure=True).parse(text))
        if found:
            document.findings += found
            return document
        root = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        document.findings.append(_no_yaml(error, document.lines))
        return document
    if root is None:
        document.findings.append(Fault(Place(1, 1), "L102", "The file is empty: its content is missing."))
        return document
    document.data = _plain(root, document)
    return document


def _no_yaml(error: Any, lines: Sequence[str]) -> Fault:
    """What an author has to do where YAML gives up."""
    mark = error.problem_mark or error.context_mark
    place = Place(1, 1) if mark is None else _place_of(mark)
    opened = place if error.context_mark is None else _place_of(error.context_mark)
    problem, context = error.problem or "", error.context or ""
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    backslash = line.rfind("\\", 0, place.column)
    if "escape" in problem and backslash >= 0:
        match = _ESCAPE.match(line, backslash)
        return Fault(Place(place.line, backslash + 1), "L003", _lost(match[1] if match else ""))
    if "quoted scalar" in context:
        return Fault(opened, "L003", "This quote is never closed. Inside a text in '…' a quote is typed twice: ''.")
    begins = _BEGINS_BADLY.match(line)
    if begins is not None:
        return Fault(Place(place.line, begins.end()), "L003",
                     f"A text cannot begin like this in YAML. Put quotes around it: {_quoted(line)}.")
    if "mapping values" in problem and ": " in line[:place.column - 1]:
        pairs = _PAIRS.match(line)
        if pairs is not None:
            return Fault(place, "L003", "Several keys with values on one line need braces around them: "
                                          f"{pairs[1]}: {{{pairs[2].strip()}}}.")
        return Fault(place, "L003", "In YAML a colon followed by a space ends a key, and this line already has "
                                      f"one. Put quotes around the text: {_quoted(line)}.")
    if line[:place.column - 1].rstrip().endswith(("]", "}", "'", '"')):
        return Fault(place, "L003", "In YAML a text that begins with a bracket or a quote ends with it. Put quotes "
                                      f"around all of it: {_quoted(line)}.")
    if any(words in f"{problem} {context}" for words in ("mapping values", "block end", "block mapping")):
        begin = Place(place.line, len(line) - len(line.lstrip()) + 1)
        return Fault(begin, "L003", "This line is not aligned with the others, or a colon is missing above it. The "
                                      "keys of one item begin in the same column, and so do the entries of one list.")
    if "flow" in context:
        return Fault(opened, "L003", "This bracket is not closed, or a comma is missing in it. A formula that begins "
                                       "with a bracket needs quotes.")
    return Fault(place, "L003", f"YAML cannot be read here: {problem or context}. Put quotes around a text with : # "
                                  "[ ] { } , & * | > or % in it.")


_PAIRS = re.compile(r"\s*(?:- )*(vary|let|functions): +(\w[^{]*)")
"""A key that takes keys of its own, with some of them on the same line."""

_BEGINS_BADLY = re.compile(r"\s*(- )*([^:]+: +)?[|>*&!%@`](?=.)")
"""A value that begins with a sign that means something to YAML."""


def _place_of(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _quoted(line: str) -> str:
    """A line with quotes round what follows its key."""
    key, colon, text = line.strip().removeprefix("- ").partition(":")
    return f"{key}{colon} '{text.strip().replace(chr(39), chr(39) * 2)}'"


def _with_plain_spaces(text: str) -> str:
    """The text with every other kind of space, such as one that keeps words together, made an ordinary one."""
    return text if text.isascii() else "".join(
        " " if unicodedata.category(char) == "Zs" else char for char in text)


def _refused_before_reading(text: str, lines: Sequence[str]) -> list[Fault]:
    if len(text) > limits.LESSON_CHARACTERS:
        return [Fault(Place(1, 1), "L002", f"A lesson has at most {limits.LESSON_CHARACTERS:,} characters.")]
    found = [Fault(Place(number, line.index("\t") + 1), "L004", "There is a tab here.")
             for number, line in enumerate(lines, 1) if "\t" in line]
    strange = [(number, column, char) for number, line in enumerate(lines, 1)
               for column, char in enumerate(line, 1) if not char.isprintable() and char not in "\t\r"]
    for number, column, char in strange[:limits.ERRORS_SHOWN]:
        kind = "a control" if unicodedata.category(char) == "Cc" else "an invisible"
        found.append(Fault(Place(number, column), "L008",
                           f"There is {kind} character here, U+{ord(char):04X}: delete it."))
    return found


def _refused_events(events: Any) -> list[Fault]:
    """What is refused before any data is built: aliases could turn a small file into a giant one."""
    found: list[Fault] = []
    depth = documents = 0
    for event in events:
        kind = type(event).__name__
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if kind == "DocumentStartEvent":
            documents += 1
            if documents == 2:
                found.append(Fault(place, "L007", "A second document begins here."))
        depth += {"MappingStartEvent": 1, "SequenceStartEvent": 1, "MappingEndEvent": -1, "SequenceEndEvent": -1}.get(
            kind, 0)
        if depth > limits.LESSON_NESTING:
            return [Fault(place, "L002", f"More than {limits.LESSON_NESTING} lists and mappings inside each other.")]
        if kind == "AliasEvent":
            found.append(Fault(place, "L006", f"*{event.anchor} is an alias in YAML."))
        elif getattr(event, "anchor", None):
            found.append(Fault(place, "L006", f"&{event.anchor} is an anchor in YAML."))
        elif getattr(event, "tag", None) and kind != "DocumentStartEvent":
            found.append(Fault(place, "L006", f"{event.tag} is a tag in YAML."))
    return found


def _plain(root: Any, document: YamlDocument) -> Any:
    """The node as mappings, lists and texts, with its places noted. Recursive: nesting was bounded before."""

    def plain(node: Any, path: KeyPath) -> Any:
        document.values[path] = node
        kind = type(node).__name__
        if kind == "ScalarNode":
            if node.value and _is_plain(node):
                document.findings += _comment(document, node.end_mark)
            if getattr(node, "style", None) == '"':
                document.findings += _escapes(document, node)
            return node.value
        if kind == "SequenceNode":
            return [plain(each, (*path, index)) for index, each in enumerate(node.value)]
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            place = Place(key.start_mark.line + 1, key.start_mark.column + 1)
            if type(key).__name__ != "ScalarNode":
                document.findings.append(Fault(place, "L103", "A key is one word or one formula."))
                continue
            if not key.value.strip():
                document.findings.append(Fault(place, "L103", "A key is missing here: a word or a formula."))
                continue
            if key.value in mapping:
                first = document.keys[*path, key.value].line
                document.findings.append(Fault(place, "L005", f"The key {key.value} is already in line {first}."))
                continue
            document.keys[*path, key.value] = place
            if type(value).__name__ == "ScalarNode" and not value.value and _is_plain(value):
                document.findings += _comment(document, key.end_mark)
            mapping[key.value] = plain(value, (*path, key.value))
        return mapping

    return plain(root, ())


def _is_plain(node: Any) -> bool:
    """Whether a scalar stands there without quotes."""
    return not getattr(node, "style", None)


_ESCAPE = re.compile(r"\\(?:([A-Za-z]+)|.)")
_INVISIBLE = frozenset("abefvrNLP")
"""Letters that stand for an invisible character after a backslash in double quotes."""


def _escapes(document: YamlDocument, node: Any) -> list[Fault]:
    """The first command of LaTeX that double quotes have spoiled: "\\frac" begins with a form feed."""
    begin, end = node.start_mark, node.end_mark
    for number in range(begin.line, min(end.line + 1, len(document.lines))):
        line = document.lines[number]
        stop = end.column if number == end.line else len(line)
        for match in _ESCAPE.finditer(line, begin.column if number == begin.line else 0, stop):
            word = match[1] or ""
            if is_command(word) or (len(word) > 1 and word[0] in _INVISIBLE):
                return [Fault(Place(number + 1, match.start() + 1), "L003", _lost(word))]
    return []


def _lost(command: str | None) -> str:
    spoiled = f", so \\{command} is spoiled" if command else ""
    return (f"In double quotes a backslash begins a special character of YAML{spoiled}. For LaTeX use single quotes, "
            "as in '\\frac{x}{2}'.")


_COMMENT = re.compile(r"(\s*:)? #")
"""A comment one space after a value or a key; one that is meant as a comment has two spaces before it."""


def _comment(document: YamlDocument, end: Any) -> list[Fault]:
    """A comment that follows a value, or a key without one, so closely that it may be meant as text."""
    if end.line >= len(document.lines):
        return []
    match = _COMMENT.match(document.lines[end.line], end.column)
    return [] if match is None else [Fault(
        Place(end.line + 1, match.end()), "L304", "In YAML a comment begins here, so the value ends before it.")]
