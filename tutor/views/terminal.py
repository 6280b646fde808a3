"""A derivation in the terminal.

    show_derivation(Console(), tutor.explain("d/dx x^2*sin(x^2)"), view="tree", detail="normal")

The views compute nothing: everything shown is read off from the derivation.
"""

from __future__ import annotations

from typing import Literal

from rich.console import Console

from tutor.derivation.derivation import Derivation
from tutor.expression.tree import postorder
from tutor.rules.rulebook import rulebook
from tutor.views.lines import show_lines
from tutor.views.outcome import summary
from tutor.views.page import DOUBT, GUIDE, STRONG, Page, Piece
from tutor.views.signs import note, words
from tutor.views.steps import Detail, Teller
from tutor.views.tree import MARGIN, show_tree
from tutor.views.wrap import math_rows

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
    unfolded = detail == "full" or any(step.place and step.check.outcome != "checked" for step in steps)
    digits = max((len(step.label) if unfolded else len(str(step.number or "")) for step in steps), default=1)
    teller = Teller(page, detail, max(digits, 1))
    page.math(MARGIN, page.text(derivation.problem), STRONG)
    for each in derivation.notes:
        if not each.usual:
            page.words(MARGIN, note(each.message, page.signs), lead=("Note: ", DOUBT))
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
    missing, why = derivation.unsolved, ""
    if missing is None:
        text = page.text(derivation.result, _LONGEST_RESULT)
        rows = [text[start:end] for start, end in math_rows(text, room, room)]
    else:
        what = "derivative" if any(part.head == "derivative" for part in postorder([derivation.problem])) else "value"
        rows = [f"no {what} here" if derivation.undefined else "not decided"]
        why = words(missing.filled(page.text), page.signs)
    inside = max(map(len, rows))
    signs = page.signs
    top_left, top_right, bottom_left, bottom_right = signs.corners
    bar = signs.horizontal * (inside + 2)
    outcomes = summary(page, derivation)
    sign, found, style = outcomes[0]
    free = page.width - len(MARGIN) - inside - 4 - 3
    tail: list[Piece] = []
    if why and len(why) <= free:
        tail, why = [("   ", ""), (why, STRONG)], ""
    elif not missing and len(rows) == len(outcomes) == 1 and len(sign[0] + found) <= free:
        tail, outcomes = [("   ", ""), sign, (found, style)], []
    page.row((MARGIN, ""), (top_left + bar + top_right, GUIDE))
    for row in rows:
        page.row((MARGIN + signs.vertical, GUIDE), (f" {row.ljust(inside)} ", STRONG), (signs.vertical, GUIDE), *tail)
    page.row((MARGIN, ""), (bottom_left + bar + bottom_right, GUIDE))
    if why:
        page.words(MARGIN, why, STRONG)
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
    for each in derivation.notes:
        if each.usual:
            page.words(MARGIN, note(each.message, page.signs), GUIDE, lead=("Note: ", GUIDE))
    for name in derivation.other_methods if methods else ():
        title = rulebook()[name].title
        way, option = f"Another way: {title[:1].lower()}{title[1:]}", f"--method {name}"
        beside = len(MARGIN) + len(way) + 3 + len(option) <= page.width
        page.words(MARGIN, f"{way}   {option}" if beside else way, GUIDE)
        if not beside:
            page.words(MARGIN + MARGIN, option, GUIDE)
    if page.cut and not derivation.too_long:
        page.words(MARGIN, "Where an expression says ... inside, a part too long to read is left out; "
                           "tutor explain --json has everything.")
