"""A lesson file -> a lesson, and everything that is wrong with it at once.

    lesson = read_lesson(Path("lessons/chain-rule.yaml"))       # raises LessonErrors
    source = read_source(Path("lessons/chain-rule.yaml"))       # source.problems, source.lesson or None

The whole file is looked at three times: is it the strict YAML of `document.py`, does it fit the model of `schema.py`,
and can its contents be read: every formula, every name of a rule, every letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from tutor.lesson.addresses import content_of, near_file
from tutor.lesson.contents import contents
from tutor.lesson.document import Fault, KeyPath, Place, YamlDocument, read_document
from tutor.lesson.findings import LessonErrors, LessonProblem
from tutor.lesson.keys import about_key, expected, meant_value, no_text
from tutor.lesson.pictures import missing_pictures
from tutor.lesson.renamed import taken_names
from tutor.lesson.schema import Item, Lesson


@dataclass(frozen=True)
class Source:
    """A lesson file: its document, its lesson if it has one, and what is wrong with it."""

    file: str
    document: YamlDocument
    lesson: Lesson | None
    problems: tuple[LessonProblem, ...]

    def problem(self, place: Place, code: str, message: str) -> LessonProblem:
        """A problem at a place of this file."""
        return problem_at(self, place, code, message)


def read_lesson(file: Path) -> Lesson:
    """The lesson of a file. Raises LessonErrors with everything that is wrong with it."""
    source = read_source(file)
    if source.lesson is None:
        raise LessonErrors(source.problems)
    return source.lesson


def read_source(file: Path, content: bytes | None = None) -> Source:
    """The lesson of a file, if it has one, and all problems, in the order of the file. content: of the file, if it has
    been read already."""
    def of_document(document: YamlDocument) -> Iterator[Fault]:
        yield from contents(document)
        yield from missing_pictures(document, file.parent)

    found = read_file(file, Lesson, of_document, taken_names, content)
    return Source(str(file), found.document, found.model, found.problems)


Model = TypeVar("Model", bound=BaseModel)


class FileReading(NamedTuple):
    """What was read from a file: its document, the model of it if it fits, and all problems."""

    document: YamlDocument
    model: Any
    problems: tuple[LessonProblem, ...]


def read_file(file: Path, model: type[Model], of_document: Callable[[YamlDocument], Iterator[Fault]],
              of_model: Callable[[YamlDocument, Model], Iterator[Fault]] = lambda document, model: iter(()),
              content: bytes | None = None) -> FileReading:
    """Read a file that has to fit a model. of_document, of_model: what else may be wrong with its document, and with
    what the model makes of it."""
    try:
        text = (content_of(file) if content is None else content).decode("utf-8-sig")
    except OSError as error:
        near = near_file(file) if isinstance(error, FileNotFoundError) else ""
        return _unread(file, f"{error.strerror or error}." + (f" Did you mean {near}?" if near else ""))
    except UnicodeDecodeError as error:
        return _unread(file, f"Byte {error.start + 1} is not UTF-8 text.")
    document = read_document(text)
    findings = list(document.findings)
    fitting: Model | None = None
    if document.data is not None:
        findings += of_document(document)
        try:
            fitting = model.model_validate(document.data)
            findings += of_model(document, fitting)
        except ValidationError as error:
            findings += _misfits(document, error, model)
    findings.sort(key=lambda finding: finding.place)
    problems = tuple(_problem(str(file), document, finding) for finding in dict.fromkeys(findings))
    usable = all(problem.is_warning for problem in problems)
    return FileReading(document, fitting if usable else None, problems)


def _unread(file: Path, message: str) -> FileReading:
    document = YamlDocument(None, [], [])
    return FileReading(document, None, (_problem(str(file), document, Fault(Place(1, 1), "L001", message)),))


class _HasDocument(Protocol):
    @property
    def file(self) -> str: ...

    @property
    def document(self) -> YamlDocument: ...


def problem_at(source: _HasDocument, place: Place, code: str, message: str) -> LessonProblem:
    """A problem at a place of a file that was read."""
    return _problem(source.file, source.document, Fault(place, code, message))


def _problem(file: str, document: YamlDocument, finding: Fault) -> LessonProblem:
    (line, column), code, message = finding
    text = document.lines[line - 1].rstrip("\r") if line <= len(document.lines) else ""
    return LessonProblem(file, line, column, code, message, text)


# -- what does not fit the model -------------------------------------------------------------------------------------


def _misfits(document: YamlDocument, error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """What pydantic found, in plain words and with its place."""
    told: set[KeyPath] = set()
    for each in error.errors(include_url=False):
        path = _path(document, each["loc"])
        kind: str = each["type"]
        if kind in ("string_type", "tuple_type") and each["loc"][-1] != path[-1]:  # neither text nor a list of texts
            if path not in told and not isinstance(each["input"], list):  # of a list the entry is told
                yield Fault(document.place(path), "L103", "A single text or a list of texts is expected here.")
            told.add(path)
        elif kind == "extra_forbidden":
            yield Fault(document.key_place((*path,)), "L101", _unknown_key(path, model))
        elif kind == "missing":
            written = {"format": "format: 1"}.get(str(each["loc"][-1]), f"{each['loc'][-1]}:")
            yield Fault(document.place(path), "L102", f"{written} is missing.")
        elif kind == "value_error":
            yield Fault(document.key_place((*path, "ask")), "L102", f"{str(each['ctx']['error']).strip('.')}.")
        else:
            words = _WORDS.get(kind)
            context = {**each.get("ctx", {}), "input": each["input"], "path": path}
            yield Fault(document.place(path), "L103", f"{each['msg']}." if words is None else words(context))


def _path(document: YamlDocument, loc: tuple[str | int, ...]) -> KeyPath:
    """The keys and places of a pydantic location; what it says about unions is left out."""
    path: KeyPath = ()
    for part in loc:
        if (*path, part) in document.values or (*path, part) in document.keys:
            path = (*path, part)
    return path


def _unknown_key(path: KeyPath, model: type[BaseModel]) -> str:
    if path[0] == "items":
        return about_key(str(path[-1]), Item.model_fields, "item")
    return about_key(str(path[-1]), model.model_fields, "lesson" if model is Lesson else "course")


def _literal(context: dict[str, Any]) -> str:
    possible = re.findall(r"'([\w-]+)'", str(context["expected"]))
    near = meant_value(str(context["input"]), possible)
    return f"Type one of {', '.join(possible)}." + (f" Did you mean {near}?" if near else "")


def _name(context: dict[str, Any]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", str(context["input"]).lower()).strip("-")
    return f"Names are lower-case letters and digits with hyphens, such as {words or 'chain-rule'}."


_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "literal_error": _literal,
    "string_type": lambda context: no_text(context["input"]),
    "tuple_type": lambda context: expected("list", context["path"], context["input"]),
    "dict_type": lambda context: expected("keys", context["path"], context["input"]),
    "model_type": lambda context: expected("keys", context["path"], context["input"]),
    "string_pattern_mismatch": _name,
    "string_too_short": lambda context: "There is no text here.",
    "too_short": lambda context: "This list needs at least one entry.",
    "too_long": lambda context: f"This list can have at most {context['max_length']} entries.",
}
"""Kind of a pydantic error -> what is said of it."""
