"""A document: blocks in groups, told once for every view."""

from __future__ import annotations

import io
import json
from typing import get_args

import pytest
from rich.console import Console

from tests.views.documents import every_block, solution
from tutor.expression.parse import parse
from tutor.telling.document import (
    Document,
    DocumentBlock,
    Inset,
    Letter,
    Statement,
    joined,
    listed,
    runs_of,
    words,
)
from tutor.views.json_document import document_as_data
from tutor.views.latex_document import latex_of
from tutor.views.markdown_document import markdown_of
from tutor.views.page import Page
from tutor.views.terminal import show


def in_terminal(document: Document) -> str:
    stream = io.StringIO()
    show(Page(Console(file=stream, width=80, color_system=None, _environ={})), document)
    return stream.getvalue()


def as_json(document: Document) -> str:
    return json.dumps(document_as_data(document))


def test_the_document_of_the_tests_has_every_kind_of_block() -> None:
    blocks = [block for group in every_block().groups for block in group]
    blocks += [inner for block in blocks if isinstance(block, Inset) for inner in block.blocks]
    assert {type(block) for block in blocks} == set(get_args(DocumentBlock))


@pytest.mark.parametrize("view", [in_terminal, as_json, latex_of, markdown_of])
def test_every_view_keeps_the_order_of_blocks_round_a_solution(view: object) -> None:
    assert callable(view)
    text = view(Document(((words("before it"), solution("7y", "7y"), words("after it")),)))
    assert text.index("before it") < text.index("7") < text.index("after it")


def test_a_group_is_gone_through_in_its_order() -> None:
    first, last, told = words("first"), words("last"), solution("x", "x")
    assert list(runs_of((first, last, told, told, last))) == [[first, last], told, told, [last]]
    assert list(runs_of(())) == []


def test_what_the_letters_of_a_rule_stand_for() -> None:
    letters = Letter("inner", parse("g = x^2")), Letter("", parse("n = 5"))
    statement = Statement(parse("f + g"), letters, (parse("x"), parse("1")))
    assert [text.written() for text in statement.known] == ["terms x, 1", "inner g = x^2", "n = 5"]
    assert joined(statement.known, "with ", "; ", ".").written() == "with terms x, 1; inner g = x^2; n = 5."
    assert listed([parse("x"), parse("y")], "assuming ").written() == "assuming x, y"
