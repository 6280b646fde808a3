"""Every view shows the same numbers, titles and lines."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

import tutor
from tutor.telling.derivation import told_derivation, told_solution
from tutor.telling.document import DerivationView, Detail
from tutor.views.json_document import document_as_data
from tutor.views.latex_document import latex_of
from tutor.views.markdown_document import markdown_of
from tutor.views.outline import outline
from tutor.views.page import Page
from tutor.views.terminal import show

PROBLEMS = ["(3x+2)^4", "5/x^3", "1/(2x+1)^3", "x^2*sin(x^2)", "3x^2 + 5x - 7", "sin(x)*x^-3", "x/(x+1)^2",
            "d/dx [x^3] at x = 2", "d^2/dx^2 [x^3]", "ln(x^2 + 1)"]


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("view", ["tree", "lines"])
@pytest.mark.parametrize("detail", ["brief", "normal", "full"])
def test_all_views_have_the_same_numbers(problem: str, view: DerivationView, detail: Detail) -> None:
    derivation = tutor.explain(problem)
    rows = [row for row in outline(told_solution(derivation, view, detail), 99) if row.step is not None]
    labels = [row.step.label for row in rows if row.step is not None and row.step.label.strip()]
    document = told_derivation(derivation, view, detail)
    latex, markdown = latex_of(document), markdown_of(document)
    assert re.findall(r"\\item\[\\textbf\{([\d.–-]+)\}\]", latex.replace("{--}", "–")) == labels
    assert re.findall(r"^ *- \*\*([\d.–]+)", markdown, re.MULTILINE) == labels
    written = io.StringIO()
    show(Page(Console(file=written, width=300, force_terminal=False)), document)
    assert re.findall(r"^[ │├└─]*([\d.–]+)  +\S", written.getvalue(), re.MULTILINE) == labels
    (solution,) = document_as_data(document)["groups"][0]
    told = []
    for item in solution["items"]:
        step = item if item["kind"] == "step" else item["short"]
        told += [step["label"]] if step is not None and step["label"].strip() else []
    assert told == labels
    for row in rows:
        for line in (row.through, row.line):
            if line is not None:
                assert tutor.latex(line.expression) in latex
                assert tutor.latex(line.expression) in markdown
