"""The first screen: what this is, what there is to do today, three things to ask, and where help is.

    show_home(Page(screen()), ["3 skills are due, then the next lesson: The chain rule (5 of 12)."], [])
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tutor.views.page import DOUBT, GUIDE, MARGIN, STRONG, TITLE, Page

EXAMPLES = (
    ('tutor "d/dx x^2 sin x"', "derived, every step checked"),
    ('tutor check "d/dx sin(x^2)" "cos(x^2)"', "is it right? if not, why?"),
    ("tutor rules chain", "a rule, with an example"),
)
"""Three commands to try, and what they show."""

_LABEL = 8
_APART = 3


def show_today(page: Page, sentences: Sequence[str]) -> None:
    """What there is to do today, each sentence in a row of its own, and the command for it."""
    for number, sentence in enumerate(sentences):
        page.words(MARGIN, sentence, lead=(("Today" if number == 0 else "").ljust(_LABEL), TITLE))
    page.words(MARGIN + " " * _LABEL, "tutor practice", STRONG)


def show_home(page: Page, today: Sequence[str], notices: Sequence[str]) -> None:
    """Print the first screen. today: sentences on what there is to do; notices: what has to be said of the log."""
    page.words(MARGIN, "Calculus for machine learning, step by step.", TITLE)
    page.blank()
    show_today(page, today)
    inset = MARGIN + " " * _LABEL
    for notice in notices:
        page.words(inset, notice, lead=("Note: ", DOUBT))
    page.blank()
    column = max(cell_len(command) for command, _ in EXAMPLES) + _APART
    beside = len(inset) + column + max(cell_len(meaning) for _, meaning in EXAMPLES) <= page.width
    for number, (command, meaning) in enumerate(EXAMPLES):
        label = ("Ask" if number == 0 else "").ljust(_LABEL)
        if beside:
            page.row((MARGIN, ""), (label, TITLE), (command.ljust(column), STRONG), (meaning, GUIDE))
        else:
            page.words(MARGIN, command, STRONG, lead=(label, TITLE))
            page.words(inset + "  ", meaning, GUIDE)
    page.blank()
    page.words(MARGIN, "tutor --help", STRONG, lead=("More".ljust(_LABEL), TITLE))
    page.flush()
