"""The first lines of a solution, given to a learner to whom a rule is still new.

    first_lines(exercise, 1)            # d/dx [(3x + 2)^4], d/du [u^4] at (u = 3x + 2)*d/dx [3x + 2]
"""

from __future__ import annotations

from tutor.derivation.step import Step
from tutor.expression.tree import Expression
from tutor.lesson.exercise import Exercise
from tutor.lesson.readable import without_at

_MOST = 5


def first_lines(exercise: Exercise, left: int | None) -> tuple[Expression, ...]:
    """The lines of a solution that are given: all those before the last `left` steps worth asking for. A single line is
    not worth giving.

    Lines that are hard to read are left out: those in which several letters, or one letter with several meanings, are
    still to be replaced.
    """
    if left is None or exercise.derivation is None:
        return ()
    lines, asked, read_off = [exercise.derivation.problem], [], False
    for step, line in exercise.derivation.lines():
        if _is_worth_asking(step):
            asked.append(len(lines))
        read_off = not step.names and (read_off or step.number is not None)
        if read_off:  # steps that the tutor does in passing, such as the slope of the inside, are left to the learner
            continue
        if step.number is None:  # a small step belongs to the one before
            lines[-1] = line
        elif line is not lines[-1]:
            lines.append(line)
    given = lines[:asked[-left]] if len(asked) > left else []
    readable = given[:1] + [line for line in given[1:] if without_at(line) is not None]
    if len(readable) < 2:
        return ()
    return tuple(readable if len(readable) <= _MOST else [readable[0], *readable[1 - _MOST:]])


def _is_worth_asking(step: Step) -> bool:
    """Whether a step needs a rule worth practising, unlike sums, constants and tidying."""
    if step.before.head != "derivative" or "linear" in step.rule.tags:
        return False
    body, variable = step.before.args[:2]
    return variable.value in body.free and body is not variable
