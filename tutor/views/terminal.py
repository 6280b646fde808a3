"""A document in the terminal.

    show(Page(Console()), told_derivation(tutor.explain("d/dx x^2*sin(x^2)")))

Everything shown is read off from the document.
"""

from __future__ import annotations

from tutor.telling.document import Document, Formula, Solution, Words, runs_of
from tutor.views.blocks import show_blocks
from tutor.views.page import MARGIN, Page
from tutor.views.solution import show_solution


def show(page: Page, document: Document) -> None:
    """Print a document, with an empty row between its groups."""
    marks = [block.mark for group in document.groups for block in group if isinstance(block, Words | Formula)]
    digits = max([1, *[len(mark) for mark in marks if mark.isdecimal()]])
    for number, group in enumerate(document.groups):
        if number:
            page.blank()
        for run in runs_of(group):
            if isinstance(run, Solution):
                show_solution(page, run)
            else:
                show_blocks(page, MARGIN, run, digits)
    page.flush()
