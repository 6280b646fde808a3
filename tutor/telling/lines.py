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
from tutor.telling.changes import changed_places
from tutor.telling.document import Detail, Formula, ToldStep
from tutor.telling.steps import (
    LONGEST_LINE,
    all_checked,
    counted,
    flat,
    look_of,
    runs,
    steps_in,
    together,
    told_steps,
    worth_seeing,
)

_MOST_WORK = 2_000_000
"""Size of the problem times the number of steps, from which on whole lines are not made."""

def told_lines(derivation: Derivation, detail: Detail) -> Iterator[ToldStep]:
    """Every line with the steps that it takes to get there; where lines are giants, each step's own equation."""
    lines: dict[Step, Expression] = {}
    if derivation.problem.size * len(derivation.steps) <= _MOST_WORK:
        lines = {step: line if detail == "full" or line.size > LONGEST_LINE else flat(line)
                 for step, line in derivation.lines()}
    waiting: ToldStep | None = None
    before, shown = derivation.problem, look_of(derivation.problem)
    for steps in _numbered(derivation, detail):
        after, right = lines.get(steps[-1]), all_checked(steps)
        line: Formula | None
        through: Formula | None = None
        if after is None or max(before.size, after.size) > LONGEST_LINE:
            line = Formula(related(steps[0].before, "=", steps[0].after))
        else:
            changed, text = changed_places(before, after), look_of(after)
            if not changed or text == shown:
                begun = waiting is not None and waiting.line is not None and waiting.line.continues
                told = told_steps(steps, detail)
                if waiting is not None and begun and right and detail != "full" and not told.says_more:
                    waiting = together(waiting, told)
                    continue
                line = _own_equation(steps) if steps[0].before.head == "limit" else None
            else:
                seen = worth_seeing([(step, lines[step]) for step in steps if step in lines], before)
                if detail == "normal" and seen is not None:
                    through = _marked(seen, changed_places(before, seen))
                    changed = changed_places(seen, after)
                line, shown = _marked(after, changed), text
        if waiting is not None:
            yield waiting
        waiting = told_steps(steps, detail, line, through)
        before = after or before
    if waiting is not None:
        yield waiting


def _own_equation(steps: list[Step]) -> Formula | None:
    """What steps find that does not stand on the line, such as the limit from one side; None if that is nothing."""
    first, last = steps[0], steps[-1]
    after = last.after if last.before is first.after else first.after
    return None if after is first.before else Formula(related(first.before, "=", after))


def _numbered(derivation: Derivation, detail: Detail) -> Iterator[list[Step]]:
    """The steps of each line, or one by one where the oracle did not find all of them right."""
    for run in runs(derivation.steps, detail):
        steps = steps_in(run)
        if len(counted(steps)) > 1 and not all_checked(steps):
            yield from ([step] for step in steps)
        else:
            yield steps


def _marked(line: Expression, changed: frozenset[Path]) -> Formula:
    """A line with what is new in it, which does not stand out where that is all of it."""
    return Formula(line, True) if () in changed else Formula(line, True, changed, tone="")
