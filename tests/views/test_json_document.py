"""A document as data: nothing that is shown is missing, everything parses back, and depth does not matter."""

import io
import json
import re
from collections.abc import Callable
from functools import partial
from typing import get_args

import pytest
from rich.console import Console

import tutor
from tutor.judge.lines import judge_lines
from tutor.telling.derivation import told_derivation
from tutor.telling.document import (
    DerivationView,
    Detail,
    Document,
    Formula,
    Heading,
    Inset,
    Part,
    Result,
    Solution,
    words,
)
from tutor.telling.judgement import told_diagnosis, told_lines_judged, told_why
from tutor.views.json import diagnosis_as_data, lines_as_data
from tutor.views.json_document import document_as_data
from tutor.views.page import Page
from tutor.views.signs import ASCII, in_signs
from tutor.views.terminal import show

LINES = ["d/dx [x^2]*sin(x^2) + x^2*d/dx [sin(x^2)]", "= 2x sin(x^2) + x^2*cos(x^2)", "In(x)"]

def of_a_derivation(view: DerivationView, detail: Detail) -> Document:
    return told_derivation(tutor.explain("d/dx x^2*sin(x^2)/ln(x)"), view, detail)


DOCUMENTS: dict[str, Callable[[], Document]] = {
    "right": lambda: told_diagnosis(tutor.diagnose("d/dx x^2", "2x")),
    "wrong": lambda: told_diagnosis(tutor.diagnose("d/dx sin(x^2)", "cos(x^2)"), more="how to see more"),
    "everything": lambda: told_diagnosis(tutor.diagnose("d/dx x^2", "x"), everything=True),
    "terms": lambda: told_diagnosis(tutor.diagnose("d/dx [x^2*sin(x)*e^x]", "2x*cos(x)*e^x"), everything=True),
    "readings": lambda: told_diagnosis(tutor.diagnose("d/dx x^2 + 3x", "2x")),
    "why": lambda: told_why(tutor.diagnose("d/dx cos(3x)", "sin(3x)")),
    "lines": lambda: told_lines_judged(judge_lines("d/dx x^2*sin(x^2)", LINES), everything=True),
    **{f"{view}, {detail}": partial(of_a_derivation, view, detail)
       for view in get_args(DerivationView) for detail in get_args(Detail)},
    "no derivative": lambda: told_derivation(tutor.explain("d/dx [|x|] at x = 0")),
}


def shown(document: Document) -> str:
    """What a very wide terminal shows in plain ASCII, where formulas are written as they are in data."""
    file = io.StringIO()
    show(Page(Console(file=file, width=2_000, color_system=None), ascii=True), document)
    return file.getvalue()


def every_text(data: object) -> list[str]:
    found, stack = [], [data]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, dict | list):
            stack += list(part.values()) if isinstance(part, dict) else part
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_word_that_is_shown_is_in_the_data(name: str) -> None:
    document = DOCUMENTS[name]()
    data = json.loads(json.dumps(document_as_data(document), allow_nan=False))
    known = set(in_words(in_signs(" ".join(every_text(data)), ASCII)))
    drawn = re.compile(r"\[(?:ok|x|\?)\] |Note: |\^\^+")  # signs, and marks below what is new
    missing = [word for word in in_words(drawn.sub(" ", shown(document))) if not any(word in each for each in known)]
    assert not missing


def in_words(text: str) -> list[str]:
    return re.sub(r"[^\w^*/()]+", " ", text).split()


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != "right"])
def test_formulas_are_the_same_in_both_notations(name: str) -> None:
    stack, count = [document_as_data(DOCUMENTS[name]())], 0
    while stack:
        part = stack.pop()
        if isinstance(part, dict) and isinstance(part.get("formula"), str):
            count += 1
            assert str(tutor.parse(part["latex"])) == part["formula"]
        if isinstance(part, dict | list):
            stack += list(part.values()) if isinstance(part, dict) else part
    assert count > 0


def test_words_and_formulas_of_a_sentence_come_in_turn() -> None:
    data = document_as_data(DOCUMENTS["wrong"]())
    sentence = data["groups"][1][1]
    assert (sentence["kind"], sentence["sign"], sentence["mark"], sentence["depth"]) == ("words", None, "", 0)
    assert sentence["prose"][:3] == [
        {"words": "The derivative of the outer function "}, {"formula": "sin(u)", "latex": "\\sin(u)"},
        {"words": " is right. The inner function "}]


def test_what_is_set_in_says_how_far() -> None:
    document = Document(((Heading("over"), Inset((words("one"), Inset((Formula(tutor.parse("x")),)), words("two")))),))
    (group,) = document_as_data(document)["groups"]
    assert [(block["kind"], block["depth"]) for block in group] == [
        ("heading", 0), ("words", 1), ("formula", 2), ("words", 1)]


def test_lists_are_flat_however_deep_a_document_nests() -> None:
    x = tutor.parse("x")
    part, inset = Part(x, x), Inset((words("innermost"),))
    for _ in range(5_000):
        part, inset = Part(x, x, (part,)), Inset((inset,))
    solution = Solution(x, "tree", "normal", part, Result(x, ()))
    data = document_as_data(Document(((inset, solution),)))
    assert json.loads(json.dumps(data)) == data
    (innermost, derivation), = data["groups"]
    assert (innermost["prose"], innermost["depth"]) == ([{"words": "innermost"}], 5_001)
    assert [item["depth"] for item in derivation["items"]] == list(range(5_001))


def test_the_parts_of_a_derivation_come_in_reading_order() -> None:
    ((solution,),) = document_as_data(told_derivation(tutor.explain("d/dx x^2*sin(x^2)")))["groups"]
    told = [(item["depth"], item.get("label") or item["problem"]["formula"]) for item in solution["items"]]
    assert told[:4] == [(0, "d/dx [x^2*sin(x^2)]"), (1, "1"), (1, "d/dx [x^2]"), (1, "d/dx [sin(x^2)]")]
    assert solution["result"]["formula"]["latex"] == "2x \\cdot \\sin(x^{2}) + 2x^{3} \\cdot \\cos(x^{2})"


@pytest.mark.parametrize("everything", [False, True])
def test_a_judgement_has_the_document_that_the_terminal_draws(everything: bool) -> None:
    found = tutor.diagnose("d/dx sin(x^2)", "cos(x^2)")
    assert diagnosis_as_data(found, everything)["document"] == document_as_data(told_diagnosis(found, everything))
    judged = judge_lines("d/dx sin(x^2)", ["cos(x^2)"])
    data = lines_as_data(judged, everything)
    assert data["document"] == document_as_data(told_lines_judged(judged, everything))
    assert data["lines"][0]["diagnosis"]["document"]["groups"]


def test_why_an_answer_cannot_be_read_is_in_its_document() -> None:
    data = diagnosis_as_data(tutor.diagnose("d/dx x^2", "In(x)"))["document"]
    assert "There is no function In." in data["groups"][0][0]["prose"][0]["words"]
