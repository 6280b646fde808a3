"""A derivation as a chain of whole lines, in each of which the part that is new stands out.

    show_lines(teller, derivation)

Every line is another one than the line before: a step that leaves it as it is, since what a part has come to stands in
it already, is told together with the step that led there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace as replace_fields
from typing import NamedTuple

from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Step
from tutor.expression.tree import Expression
from tutor.views.changes import Span, write_changed
from tutor.views.page import STRONG
from tutor.views.shorten import LONG
from tutor.views.signs import ASCII
from tutor.views.steps import Teller, Told, groups, names_of, show_step, told
from tutor.views.tree import MARGIN

_MOST_WORK = 2_000_000
"""Size of the problem times the number of steps, from which on whole lines are not made."""

_BRACKETS = str.maketrans("", "", "()[]")


def show_lines(teller: Teller, derivation: Derivation) -> None:
    """Every step with the whole line after it; where lines are giants, with its own equation instead."""
    page = teller.page
    lines: dict[Step, Expression] = {}
    if derivation.problem.size * len(derivation.steps) <= _MOST_WORK:
        lines = dict(derivation.lines())
    rows = list(_joined(teller, derivation, lines))
    teller = replace_fields(teller, digits=max(teller.digits, *[len(row.told.label) for row in rows]))
    for number, row in enumerate(rows):
        if number and teller.detail != "brief":
            page.blank()
        if row.line is None:
            first = row.told.steps[0]
            show_step(teller, MARGIN, row.told, f"{page.text(first.before)} = {page.text(first.after)}")
        elif not row.line:
            show_step(teller, MARGIN, row.told, "")
        else:
            spread = [(start + 2, end + 2) for start, end in row.marks if end - start < len(row.line)]
            show_step(teller, MARGIN, row.told, f"= {row.line}", marks=spread, style="" if spread else STRONG)


class _Row(NamedTuple):
    """A line, and what is told with it. line: "" where the line before stays, None in giants; marks: what is new."""

    told: Told
    line: str | None
    marks: list[Span]


def _joined(teller: Teller, derivation: Derivation, lines: dict[Step, Expression]) -> Iterator[_Row]:
    """Every line with the steps that it takes to get there."""
    waiting: _Row | None = None
    before, shown = derivation.problem, teller.page.text(derivation.problem)
    for what in _with_one_number(teller, derivation):
        after = lines.get(what.steps[-1])
        text: str | None = None
        marks: list[Span] = []
        if after is not None and max(before.size, after.size) <= LONG:
            text, marks = write_changed(before, after, teller.page.signs.style)
            if not marks or text.translate(_BRACKETS) == shown.translate(_BRACKETS):
                if (waiting is not None and waiting.line and teller.detail != "full"
                        and all(step.check.outcome == "checked" for step in what.steps)):
                    waiting = waiting._replace(told=_together(teller, waiting.told, what))
                    continue
                text = ""
        if waiting is not None:
            yield waiting
        waiting = _Row(what, text, marks)
        shown = text or shown
        before = after or before
    if waiting is not None:
        yield waiting


def _with_one_number(teller: Teller, derivation: Derivation) -> Iterator[Told]:
    """The steps with the minor ones folded in, and as one those that count as one, unless all is told."""
    together: list[Step] = []
    for step, folded, _ in groups(derivation.steps, teller.detail):
        assert step is not None
        if together and (step.place is None or step.number != together[0].number):
            yield from _as_one(derivation, together)
            together = []
        if step.place is not None and teller.detail != "full":
            together += (step, *folded)
        else:
            yield told(step, folded)
    yield from _as_one(derivation, together)


def _as_one(derivation: Derivation, steps: list[Step]) -> Iterator[Told]:
    if all(step.check.outcome == "checked" for step in steps):
        if steps and steps[0].number is not None:
            yield Told(str(steps[0].number), names_of(derivation.rules_of_short[steps[0].number]), steps)
        return
    for step, folded, _ in groups(steps, "normal"):
        assert step is not None
        yield told(step, folded)


def _together(teller: Teller, first: Told, second: Told) -> Told:
    """A step and the one after it that leaves the line as it is."""
    begin, end = re.split("[–-]", first.label)[0], second.label
    dash = "-" if teller.page.signs is ASCII else "–"
    label = f"{begin}{dash}{end}" if begin and end else begin or end
    title = first.title
    if "combine" not in second.steps[0].rule.tags and second.title != title:
        title = f"{title}, {second.title[:1].lower()}{second.title[1:]}"
    return Told(label, title, (*first.steps, *second.steps), first.stated)
