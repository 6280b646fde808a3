"""What a lesson file may say, `format: 1`: the model that validates it, and the JSON Schema that editors complete from.

    Lesson.model_validate({"format": "1", "id": "chain-rule", "title": "Chain rule", "items": [{"given": "sin(x^2)"}]})

Everything in a lesson is text, mathematics too: `a: 2..5` and `n: [3, 5]` arrive here as text and are read by the
learner's grammar. What the model cannot see, such as whether a formula can be read, `reader.py` looks at.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cached_property
from string import ascii_lowercase
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tutor.errors import TutorError
from tutor.expression.functions import Functions
from tutor.lesson.functions import own_functions
from tutor.lesson.texts import names_in_braces, word_for
from tutor.lesson.vary import by_letter
from tutor.rules.rulebook import misconceptions, rulebook

Ask = Literal["differentiate", "integrate", "evaluate", "simplify", "choose", "choose-u", "name-the-rule",
              "find-the-wrong-line", "number", "expression", "backprop", "iterate", "which-cell-is-wrong",
              "critical-points", "numbers", "point", "interval"]

Mathematics = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
"""A formula in the learner's notation. To YAML a bare 5 is a number, to a lesson it is text like any other."""

_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Name = Annotated[str, Field(pattern=_NAME), WithJsonSchema(
    {"anyOf": [{"type": "string", "pattern": _NAME}, {"type": "integer", "minimum": 0}]})]
"""Words in lower case with hyphens between them, such as chain-rule."""

_NAMED = ["string", "integer"]

NameList = Annotated[
    tuple[Name, ...], BeforeValidator(lambda written: (written,) if isinstance(written, str) else written),
    WithJsonSchema({"anyOf": [{"type": _NAMED}, {"type": "array", "items": {"type": _NAMED}}]})]
"""One name, or a list of them."""

_SCALAR = ["string", "number", "boolean"]

OptionalText = Annotated[str, WithJsonSchema({"type": _SCALAR})]
"""Text that may be missing. What an editor takes for a number or for true is text too."""

RequiredText = Annotated[str, Field(min_length=1), WithJsonSchema({"type": _SCALAR, "minLength": 1})]
"""Text that may not be missing."""

TABLES = frozenset(("backprop", "iterate", "which-cell-is-wrong"))
"""Kinds of question that are a table with cells to fill, or with a wrong cell to find."""

LISTED = frozenset(("numbers", "point", "interval"))
"""Kinds of question whose answer is more than one value."""

MEANT_FOR: dict[str, frozenset[str]] = {
    "with_respect_to": frozenset(("differentiate", "integrate", "choose-u", "name-the-rule", "find-the-wrong-line",
                                  "critical-points")),
    "at": frozenset(("differentiate", "find-the-wrong-line", "backprop", "which-cell-is-wrong")),
    "blank": frozenset(("backprop",)),
    "on": frozenset(("critical-points",)),
    "use": frozenset(("which-cell-is-wrong",)),
    "from": frozenset(("iterate",)),
    "rate": frozenset(("iterate",)),
    "steps": frozenset(("iterate",)),
    "momentum": frozenset(("iterate",)),
    "choices": frozenset(("choose",)),
    "answer": frozenset(("choose", "number", "expression", *LISTED)),
    "within": frozenset(("number", "numbers", "point", "critical-points", "backprop", "iterate")),
    "form": frozenset(("differentiate", "integrate", "evaluate", "simplify", "number", "expression")),
    "method": frozenset(("differentiate", "integrate", "evaluate")),
    "misconception": frozenset(("find-the-wrong-line",)),
    "hints": frozenset(get_args(Ask)) - {"backprop", "iterate"},  # there each cell has hints of its own
}
"""Key of an item that not every question has a use for -> what is asked where it has one."""

NEEDS_GIVEN = frozenset(("differentiate", "integrate", "evaluate", "simplify", "choose-u", "name-the-rule",
                         "find-the-wrong-line", "critical-points", *TABLES))
NEEDS_ANSWER = frozenset(("choose", "number", "expression", *LISTED))

VERDICTS = ("right", "wrong", "nearly")
"""What can be expected of an answer, besides a misconception."""


class _Written(BaseModel):
    """What both models have in common: no unknown keys, nothing changed after reading, and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    source: OptionalText = Field("", description="Where the idea comes from.")
    license: OptionalText = Field("", description="If it differs from the licence of the course.")
    author: OptionalText = ""


class Item(_Written):
    """One item: an expression and what is asked of it; or a question with its answer."""

    id: Name = Field("", validate_default=False, description="If left out, a name is made from ask and given.")
    formerly: NameList = Field((), description="Earlier names: what learners did under them still counts.")
    ask: Ask = "differentiate"
    given: Mathematics = Field("", description="The expression from which the exercise is made.")
    with_respect_to: Mathematics = Field(
        "", description="The variable, if there are several letters; the derivative is then written ∂/∂w. For "
                        "ask: critical-points, the only letter that varies.")
    at: Mathematics | dict[str, Mathematics] = Field(
        "", description="The point at which the derivative is asked for; for ask: backprop, a number for each input, "
                        "as in {w: 0.5, x: 2}.")
    blank: tuple[Mathematics, ...] = Field(
        (), description="For ask: backprop, the cells to fill, in this order: lines such as z, slopes such as dL/dz.")
    on: tuple[Mathematics, ...] = Field(
        (), description="For ask: critical-points, the two ends of an interval, as in [0, 3]; they are asked for too.")
    use: str = Field("", description="For ask: which-cell-is-wrong, the misconception that makes a cell wrong.")
    from_: Mathematics = Field("", alias="from", description="For ask: iterate, where descent starts: w = 4, b = 0.")
    rate: Mathematics = Field("", description="For ask: iterate, the learning rate.")
    steps: Mathematics = Field("", description="For ask: iterate, how many points are asked for, 1 to 6.")
    momentum: Mathematics = Field("", description="For ask: iterate, the share of the last change that a step keeps.")
    text: OptionalText = Field("", description="The question in words, with formulas between dollar signs.")
    choices: tuple[RequiredText, ...] = Field((), description="For ask: choose.")
    answer: Mathematics = Field(
        "", description="For ask: choose, number and expression; for numbers, such as {-1, 1}; for point, (3, 4); for "
                        "interval, [0, 2). Otherwise the engine works it out.")
    within: Mathematics = Field(
        "", description="For ask: number, how far the answer may be off: 0.01, or 1% of the right answer.")
    form: Literal["", "simplified", "expanded", "factored", "exact"] = ""
    method: str = Field("", description="Another method for the worked solution, as for tutor explain --method.")
    vary: dict[str, Mathematics | tuple[Mathematics, ...]] = Field(
        default_factory=dict,
        description="Letter: a range such as 2..5, or a list of expressions. For a name that is in braces in the "
                    "texts, such as {w}: a list of words.")
    let: dict[str, Mathematics] = Field(
        default_factory=dict,
        description="Derived letter: how it is worked out in each variant, such as a*b, from letters of vary or above.")
    require: Mathematics | tuple[Mathematics, ...] = Field(
        (), description="Conditions on the letters of vary and let, such as a != b, n > 2.")
    hints: tuple[OptionalText, ...] = Field(
        (), max_length=3, description="At most three, to replace those made from the derivation.")
    misconception: str = Field("", description="For ask: find-the-wrong-line, the wrong rule to use.")
    expect: tuple[dict[str, str], ...] = Field(
        (),
        description="An answer, and what is expected of it: right, wrong, nearly, a misconception, or a sentence to "
                    "say to this wrong answer. For ask: number, expression and choose, right adds another answer.")

    @field_validator("answer")
    @classmethod
    def _one_of_the_choices(cls, answer: str, info: ValidationInfo) -> str:
        choices = info.data.get("choices")
        if info.data.get("ask") == "choose" and answer and choices and answer not in choices:
            raise PydanticCustomError("no_choice", "{words}", {"words": _no_choice(answer, choices)})
        return answer

    @model_validator(mode="after")
    def _has_what_it_asks_for(self) -> Item:
        if self.ask in NEEDS_GIVEN and not self.given:
            raise ValueError(f"ask: {self.ask} needs given: the expression")
        if self.ask in NEEDS_ANSWER:
            missing = [*(() if self.text else ("text: the question",)),
                       *(() if self.answer else ("answer: the right one",))]
            if missing:
                raise ValueError(f"ask: {self.ask} needs {' and '.join(missing)}")
        if self.ask == "choose" and not self.choices:
            raise ValueError("ask: choose needs choices: a list, and answer: one of them")
        if isinstance(self.at, dict) and self.ask not in TABLES:
            raise ValueError(f"ask: {self.ask} needs one point under at:, such as at: 2")
        if isinstance(self.at, str) and self.at and self.ask in TABLES:
            raise ValueError(f"ask: {self.ask} needs a number for each input under at:, such as at: {{w: 0.5, x: 2}}")
        needed: tuple[tuple[str, object], ...] = {
            "backprop": (("blank: the cells to fill, such as [a, dL/da]", self.blank),),
            "which-cell-is-wrong": (("at: a number for each input, such as {w: 0.5, x: 2}", self.at),),
            "iterate": (("from: where it starts, such as w = 4", self.from_), ("rate: such as 0.1", self.rate),
                        ("steps: such as 2", self.steps)),
        }.get(self.ask, ())
        if self.on and len(self.on) != 2:
            raise ValueError("on: has two ends, as in on: [0, 3]")
        left_out = [what for what, value in needed if not value]
        if left_out:
            raise ValueError(f"ask: {self.ask} needs {' and '.join(left_out)}")
        return self

    @property
    def numbers_at(self) -> dict[str, str]:
        """What the inputs of a graph stand for."""
        return self.at if isinstance(self.at, dict) else {}

    @property
    def name(self) -> str:
        """The id, or one made from what is asked: the same for ever as long as that does not change."""
        return self.id or _name_from(self.given or self.text, self.ask)

    @cached_property
    def words(self) -> frozenset[str]:
        """The names of `vary` that stand in braces in a text: their values are words."""
        said = [text for entry in self.expect for text in (*entry.values(), *(entry if self.ask == "choose" else ()))]
        return words_in([self.text, *self.choices, *said], self.vary)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that a variant has values for: those that vary and those that are derived from them."""
        return frozenset((*by_letter({name: "" for name in self.vary if name not in self.words}), *by_letter(self.let)))

    @property
    def varies(self) -> bool:
        """Whether its mathematics varies, and not its words alone."""
        return not self.vary.keys() <= self.words

    @property
    def also_right(self) -> tuple[str, ...]:
        """What is right beside `answer`, as `expect` says it; of an item whose answer the engine knows nothing is."""
        return tuple(answer for entry in self.expect for answer, verdict in entry.items()
                     if verdict == "right" and answer != self.answer) if self.ask in NEEDS_ANSWER else ()


class Lesson(_Written):
    """A lesson: what it needs and teaches, words, worked examples, items."""

    format: Annotated[Literal["1"], WithJsonSchema({"const": 1})]
    id: Name
    formerly: NameList = Field((), description="Earlier ids: what learners did under them still counts.")
    title: RequiredText
    needs: tuple[Name, ...] = Field((), description="Ids of the lessons that come before.")
    teaches: tuple[str, ...] = Field((), description="Names of rules, as `tutor rules --names` lists them.")
    text: OptionalText = Field("", description="The text of the lesson, with formulas between dollar signs.")
    examples: tuple[Mathematics, ...] = Field((), description="Problems that are worked out in full.")
    functions: dict[str, Mathematics] = Field(
        default_factory=dict, description="Functions that this lesson defines, such as swish(x): x*sigmoid(x).")
    misconceptions: str = Field("", description="Wrong rules that this lesson adds, in the notation of rules.")
    items: tuple[Item, ...] = ()

    @cached_property
    def defined(self) -> Functions:
        """The functions of the lesson's own. Raises TutorError if one of them cannot be read."""
        return own_functions(self.functions)

    def item(self, name: str) -> Item:
        """The item with this name. Raises TutorError if there is none."""
        for item in self.items:
            if item.name == name:
                return item
        known = ", ".join(item.name for item in self.items)
        raise TutorError(f"The lesson {self.id} has no item {name}. Items: {known}.")


def words_in(texts: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """The names that stand in braces in one of these texts."""
    found = {name for text in texts for _, name in names_in_braces(text)}
    return frozenset(name for name in names if any(word_for(each, {name: name}) is not None for each in found))


def _no_choice(answer: str, choices: Sequence[str]) -> str:
    """What is said of an answer that is none of the choices."""
    place = ascii_lowercase.find(answer.lower()) if len(answer) == 1 else -1
    alike = [choice for choice in choices if choice.casefold() == answer.casefold()]
    near = alike or get_close_matches(answer, choices, 1, cutoff=0.7)
    meant = [choices[place]] if 0 <= place < len(choices) else near
    return (f"The answer {answer} is not one of the choices. Type the right choice exactly as it is in the list"
            + (f": answer: {meant[0]}" if meant else ""))


def is_sentence(verdict: str) -> bool:
    """Whether an entry of `expect` is what is said of a wrong answer, and no name of a verdict or a misconception."""
    return " " in verdict.strip()


def _name_from(text: str, ask: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", text.lower())[:24].strip("-")
    digest = hashlib.sha256(f"{ask} {''.join(text.split())}".encode()).hexdigest()[:4]
    return "-".join(part for part in (words, digest) if part)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a lesson file, for editors: it knows the names of all rules and misconceptions."""
    schema = Lesson.model_json_schema()
    item = schema["$defs"]["Item"]["properties"]
    wrong = sorted(misconceptions())
    schema["properties"]["teaches"]["items"] = {"enum": sorted(rulebook())}
    item["misconception"]["anyOf"] = [{"enum": wrong}, {"pattern": "^[a-z][a-z0-9_]*$"}]  # or one of the lesson's own
    item["expect"]["items"]["additionalProperties"] = {"anyOf": [{"enum": [*VERDICTS, *wrong]}, {"type": "string"}]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
