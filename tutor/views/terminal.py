"""A derivation in the terminal.

    show_derivation(Console(), tutor.explain("d/dx x^2*sin(x^2)"), view="tree", detail="normal")

The views compute nothing: everything shown is read off from the derivation.
"""

from __future__ import annotations

from typing import Literal

from rich.console import Console

from tutor.derivation.derivation import Derivation
from tutor.expression.tree import postorder
from tutor.views.lines import show_lines
from tutor.views.outcome import summary
from tutor.views.page import DOUBT, GUIDE, STRONG, Page, Piece
from tutor.views.signs import words
from tutor.views.steps import Detail, Teller
from tutor.views.tree import MARGIN, show_tree
from tutor.views.wrap import math_rows, word_rows

View = Literal["tree", "lines"]

_LONGEST_RESULT = 20_000
"""The size up to which a result is shown whole."""


def show_derivation(console: Console, derivation: Derivation, view: View = "tree", detail: Detail = "normal",
                    methods: bool = True) -> None:
    """Print a derivation, from its problem to its result and what the check of it found.

    methods: whether to name others that `tutor explain` could use.
    """
    page = Page(console)
    steps = () if derivation.too_long else derivation.steps
    counted = sum(step.number is not None for step in steps)
    teller = Teller(page, detail, len(str(counted)))
    page.math(MARGIN, page.text(derivation.problem), STRONG)
    for note in derivation.notes:
        page.words(MARGIN, note.message, lead=("Note: ", DOUBT))
    page.blank()
    if view == "tree" and steps:
        show_tree(teller, derivation.block)
    elif steps:
        show_lines(teller, derivation)
    if steps:
        page.blank()
    _show_result(page, derivation)
    _show_remarks(page, derivation, methods)
    page.flush()


def _show_result(page: Page, derivation: Derivation) -> None:
    """The boxed result, with the outcome of the check beside it where there is room."""
    room = page.width - len(MARGIN) - 4
    missing = derivation.unsolved
    if missing is None:
        text = page.text(derivation.result, _LONGEST_RESULT)
        rows = [text[start:end] for start, end in math_rows(text, room, room)]
    else:
        what = "derivative" if any(part.head == "derivative" for part in postorder([derivation.problem])) else "value"
        lead = f"no {what} here" if derivation.undefined else "not decided"
        text = words(f"{lead}: {missing.filled(page.text)}", page.signs)
        rows = [text[start:end] for start, end in word_rows(text, room, room)]
    inside = max(map(len, rows))
    signs = page.signs
    top_left, top_right, bottom_left, bottom_right = signs.corners
    bar = signs.horizontal * (inside + 2)
    outcomes = summary(page, derivation)
    sign, found, style = outcomes[0]
    beside = len(rows) == len(outcomes) == 1 and len(MARGIN) + inside + 4 + 3 + len(sign[0] + found) <= page.width
    tail: list[Piece] = [("   ", ""), sign, (found, style)] if beside else []
    page.row((MARGIN, ""), (top_left + bar + top_right, GUIDE))
    for row in rows:
        page.row((MARGIN + signs.vertical, GUIDE), (f" {row.ljust(inside)} ", STRONG), (signs.vertical, GUIDE), *tail)
    page.row((MARGIN, ""), (bottom_left + bar + bottom_right, GUIDE))
    if not beside:
        for sign, found, style in outcomes:
            page.words(MARGIN, found, style, lead=sign)


def _show_remarks(page: Page, derivation: Derivation, methods: bool) -> None:
    """What was taken for granted, what else could be done, and whether anything was left out."""
    if derivation.assumptions:
        page.words(MARGIN, "assuming " + ", ".join(page.text(relation) for relation in derivation.assumptions), DOUBT)
    if derivation.never_true:
        nowhere = " and ".join(page.text(relation) for relation in derivation.never_true)
        page.words(MARGIN, f"{nowhere} is never true, so there is no derivative anywhere; the result is only a "
                           "formula.", DOUBT)
    if methods and derivation.other_methods:
        page.words(MARGIN, f"Other methods: {', '.join(derivation.other_methods)} (--method NAME)")
    if page.cut and not derivation.too_long:
        page.words(MARGIN, "Where an expression says ... inside, a part too long to read is left out; "
                           "tutor explain --json has everything.")
