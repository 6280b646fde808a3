"""A derivation as a chain of whole lines, in each of which the part that is new stands out.

    steps = told_lines(derivation, "normal")
    steps[0].line.changed               # the places that the line before had not

No line repeats the line before it. A step that leaves the line as it is, because its result is already written there,
is told together with the step before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.derivation.derivation import Derivation
from tutor.derivation.step import Step
from tutor.expression.relations import related
from tutor.expression.tree import Expression, Path
from tutor.expression.write import write
from tutor.telling.changes import changed_places
from tutor.telling.document import Detail, Formula, ToldStep
from tutor.telling.steps import groups, lowered, names_of, told_step, told_together
from tutor.telling.tree import LONGEST_LINE

_MOST_WORK = 2_000_000
"""Size of the problem times the number of steps, from which on whole lines are not made."""

_BRACKETS = str.maketrans("", "", "()[]")


def told_lines(derivation: Derivation, detail: Detail) -> Iterator[ToldStep]:
    """Every line with the steps that it takes to get there; where lines are giants, each step's own equation."""
    lines: dict[Step, Expression] = {}
    if derivation.problem.size * len(derivation.steps) <= _MOST_WORK:
        lines = dict(derivation.lines())
    waiting: ToldStep | None = None
    before, shown = derivation.problem, _without_brackets(derivation.problem)
    for told in _with_one_number(derivation, detail):
        after = lines.get(told.steps[-1])
        line: Formula | None
        if after is None or max(before.size, after.size) > LONGEST_LINE:
            line = Formula(related(told.steps[0].before, "=", told.steps[0].after))
        else:
            changed, text = changed_places(before, after), _without_brackets(after)
            if not changed or text == shown:
                right = all(step.check.outcome == "checked" for step in told.steps)
                begun = waiting is not None and waiting.line is not None and waiting.line.continues
                if waiting is not None and begun and right and detail != "full":
                    waiting = _together(waiting, told)
                    continue
                line = None
            else:
                line, shown = _marked(after, changed), text
        if waiting is not None:
            yield waiting
        waiting = told._replace(line=line)
        before = after or before
    if waiting is not None:
        yield waiting


def _marked(line: Expression, changed: frozenset[Path]) -> Formula:
    """A line with what is new in it, which does not stand out where that is all of it."""
    return Formula(line, True) if () in changed else Formula(line, True, changed, tone="")


def _without_brackets(line: Expression) -> str:
    return write(line).translate(_BRACKETS) if line.size <= LONGEST_LINE else ""


def _with_one_number(derivation: Derivation, detail: Detail) -> Iterator[ToldStep]:
    """The steps with the minor ones folded in; steps that share a number are told as one, unless the detail is full."""
    together: list[Step] = []
    for step, folded, _ in groups(derivation.steps, detail):
        assert step is not None
        if together and (step.place is None or step.number != together[0].number):
            yield from _as_one(derivation, together, detail)
            together = []
        if step.place is not None and detail != "full":
            together += (step, *folded)
        else:
            yield told_step(step, folded, detail)
    yield from _as_one(derivation, together, detail)


def _as_one(derivation: Derivation, steps: list[Step], detail: Detail) -> Iterator[ToldStep]:
    if all(step.check.outcome == "checked" for step in steps):
        if steps and steps[0].number is not None:
            title = names_of(derivation.rules_of_short[steps[0].number])
            yield told_together(str(steps[0].number), title, steps, detail)
        return
    for step, folded, _ in groups(steps, "normal"):
        assert step is not None
        yield told_step(step, folded, detail)


def _together(first: ToldStep, second: ToldStep) -> ToldStep:
    """A step and the one after it that leaves the line as it is."""
    begin, end = first.label.partition("–")[0], second.label
    label = f"{begin}–{end}" if begin and end else begin or end
    title = first.title
    if "combine" not in second.steps[0].rule.tags and second.title != title:
        title = f"{title}, {lowered(second.title)}"
    return first._replace(label=label, title=title, steps=(*first.steps, *second.steps))
