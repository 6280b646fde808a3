"""A derivation as a chain of whole lines, in each of which the part that is new stands out.

    show_lines(teller, derivation)
"""

from __future__ import annotations

from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Step
from tutor.expression.tree import Expression
from tutor.views.changes import write_changed
from tutor.views.page import STRONG
from tutor.views.shorten import LONG
from tutor.views.steps import Teller, groups, show_step
from tutor.views.tree import MARGIN

_MOST_WORK = 2_000_000
"""Size of the problem times the number of steps, from which on whole lines are not made."""


def show_lines(teller: Teller, derivation: Derivation) -> None:
    """Every step with the whole line after it; where lines are giants, with its own equation instead."""
    page = teller.page
    lines: dict[Step, Expression] = {}
    if derivation.problem.size * len(derivation.steps) <= _MOST_WORK:
        lines = dict(derivation.lines())
    before = derivation.problem
    for step, folded, _ in groups(derivation.steps, teller.detail):
        assert step is not None
        if before is not derivation.problem and teller.detail != "brief":
            page.blank()
        after = lines.get((step, *folded)[-1])
        if after is None or max(before.size, after.size) > LONG:
            show_step(teller, MARGIN, step, f"{page.text(step.before)} = {page.text(step.after)}", folded=folded)
        elif after is before:  # what a sub-derivation found stands in the line already
            show_step(teller, MARGIN, step, "the line stays as it is", folded=folded, style="")
        else:
            text, marks = write_changed(before, after, page.signs.style)
            spread = [(start + 2, end + 2) for start, end in marks if end - start < len(text)]
            show_step(teller, MARGIN, step, f"= {text}", folded=folded, marks=spread, style="" if spread else STRONG)
        before = after or before
