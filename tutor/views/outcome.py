"""What the oracle found, in words: for one step, and for a derivation as a whole.

    summary(page, tutor.explain("d/dx x^2"))        # [(("✓ ", GOOD), "1 step, checked", GOOD)]
"""

from __future__ import annotations

from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Step
from tutor.oracle.verdict import Check
from tutor.views.page import BAD, DOUBT, GOOD, Page, Piece
from tutor.views.signs import words

_MOST_NAMED = 3


def finding(page: Page, check: Check) -> tuple[Piece, str]:
    """The sign of an outcome with its style, and its sentence."""
    if check.outcome == "checked":
        return (f"{page.signs.yes} ", GOOD), check.sentence
    if check.outcome == "refuted":
        return (f"{page.signs.no} ", BAD), f"refuted: {check.sentence}"
    return (f"{page.signs.unsure} ", DOUBT), check.sentence


def summary(page: Page, derivation: Derivation) -> list[tuple[Piece, str, str]]:
    """A row for every step that was not found right, or one row that says that all were: sign, sentence, style."""
    if derivation.too_long:
        sign, sentence = finding(page, derivation.check)
        style = {"checked": GOOD, "refuted": BAD, "undecided": DOUBT}[derivation.check.outcome]
        return [(sign, words(f"the result {sentence}", page.signs), style),
                ((f"{page.signs.unsure} ", DOUBT), derivation.too_long, DOUBT)]
    rows = []
    for outcome in ("refuted", "undecided"):
        named = [(_name(step), step.check) for step in derivation.steps if step.check.outcome == outcome]
        if not named and derivation.check.outcome == outcome:
            named = [("the result", derivation.check)]
        style = BAD if outcome == "refuted" else DOUBT
        for what, check in named[:_MOST_NAMED]:
            sign, sentence = finding(page, check)
            rows.append((sign, words(f"{what} {sentence}", page.signs), style))
        if len(named) > _MOST_NAMED:
            sign, _ = finding(page, named[0][1])
            rows.append((sign, f"and {len(named) - _MOST_NAMED} more {outcome}", style))
    if not rows:
        steps = {0: "checked", 1: "1 step, checked"}.get(
            derivation.count, f"{derivation.count} steps, each checked")
        rows.append(((f"{page.signs.yes} ", GOOD), steps, GOOD))
    return rows


def _name(step: Step) -> str:
    return f"the minor step “{step.rule.title}”" if step.number is None else f"step {step.label}"
