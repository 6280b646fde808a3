"""The expressions that are measured: a corpus of real ones beside the checkout, if there is one.

    rows = corpus()      # [Row(text="d/dx [x^2]", ...), ...], or [] where there is no corpus
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation

_SHARED = Path(__file__).parents[2] / "shared"
PLACE = Path(os.environ.get("TUTOR_CORPUS", _SHARED / "corpus" / "derivatives.jsonl"))
INTEGRALS = Path(os.environ.get("TUTOR_INTEGRALS", _SHARED / "corpus" / "integrals.jsonl"))
TEACHER = Path(os.environ.get("TUTOR_TEACHER", _SHARED / "cases" / "teacher.jsonl"))


class Row(NamedTuple):
    """An expression, the letter and order of its derivative, and the derivative: as printed, or equal in value."""

    name: str
    body: str
    variable: str
    order: int
    published: str | None
    equal_to: str | None

    @property
    def problem(self) -> str:
        power = "" if self.order == 1 else f"^{self.order}"
        return f"d{power}/d{self.variable}{power} [{self.body}]"


def corpus() -> list[Row]:
    """The rows of the corpus that have a derivative; none, and a word about it, where it does not exist."""
    if not PLACE.is_file():
        print("There is no corpus beside this checkout (TUTOR_CORPUS names one): what needs it is left out.")
        return []
    rows = [json.loads(line) for line in PLACE.read_text(encoding="utf-8").splitlines()]
    return [row for row in [Row(each["id"], each["expr"], each["var"], each["order"], each.get("published"),
                                each.get("equal_to")) for each in rows] if _has_a_derivative(row)]


def derived(rows: list[Row]) -> list[Derivation]:
    """The derivations of the rows, for what is measured of them and not while they are made."""
    import tutor

    return [tutor.explain(row.problem) for row in rows]


class Integral(NamedTuple):
    """An integral with its published answer: None where it is known that no elementary function is one."""

    name: str
    suite: str
    body: str
    variable: str
    lower: str | None
    upper: str | None
    published: str | None

    @property
    def problem(self) -> str:
        limits = "" if self.lower is None else f"_({self.lower})^({self.upper})"
        return f"int{limits} ({self.body}) d{self.variable}"


def integrals() -> list[Integral]:
    """The rows of the corpus of integrals; none, and a word about it, where it does not exist."""
    if not INTEGRALS.is_file():
        print("There is no corpus of integrals beside this checkout (TUTOR_INTEGRALS names one): they are left out.")
        return []
    rows = [json.loads(line) for line in INTEGRALS.read_text(encoding="utf-8").splitlines()]
    return [Integral(each["id"], each["suite"], each["integrand"], each["var"], each.get("lower"), each.get("upper"),
                     each["published"]) for each in rows]


class Case(NamedTuple):
    """A problem, its derivative as a book prints it, and the most numbered steps that a teacher writes, if known."""

    problem: str
    book: str
    steps: int | None = None


def teacher() -> list[Case]:
    """Problems as teachers solve them; none, and a word about it, where there are none beside the checkout."""
    if not TEACHER.is_file():
        print("There are no teacher's cases beside this checkout (TUTOR_TEACHER names them): they are left out.")
        return []
    return [Case(**json.loads(line)) for line in TEACHER.read_text(encoding="utf-8").splitlines()]


def _has_a_derivative(row: Row) -> bool:
    """Whether a row is derived; a word about it if not: roots of -1 are real here, so one row divides by 0."""
    import tutor

    try:
        tutor.explain(row.problem)
    except tutor.TutorError as error:
        print(f"{row.name} of the corpus is left out: {error}")
        return False
    return True
