"""The rows of a derivation with the level of each: for views that set a part in under the step that opened it.

    [(row.level, row.step.label) for row in outline(told_solution(derivation), deepest=3) if row.step]

Iterative, since derivations nest as deep as expressions do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tutor.expression.relations import related
from tutor.expression.tree import Expression
from tutor.telling.document import Formula, Part, Solution, ToldStep


class OutlineRow(NamedTuple):
    """A step with its lines, the problem of a part that begins, or a line alone.

    through: the line before its bookkeeping, where that is worth seeing; level: how far it is set in, 0 for the steps
    of the problem itself; opens: the problem of a part that begins; depth: the level of that part, counted from 1,
    where it is not set in; short: whether the step is the whole of a part, and has only one line.
    """

    level: int
    step: ToldStep | None = None
    line: Formula | None = None
    through: Formula | None = None
    opens: Expression | None = None
    depth: int | None = None
    short: bool = False


def outline(solution: Solution, deepest: int) -> Iterator[OutlineRow]:
    """All rows in reading order. deepest: the last level that is set in; below it, lines name their problem."""
    stack: list[tuple[Part, int, Iterator[ToldStep | Part]]] = [(solution.root, 0, iter(solution.root.items))]
    while stack:
        part, depth, items = stack[-1]
        level = min(depth, deepest)
        item = next(items, None)
        if item is None:
            stack.pop()
            if part.ending is not None:
                yield OutlineRow(level, line=part.ending)
        elif isinstance(item, ToldStep):
            line, through = item.line, item.through
            if line is not None and line.continues and depth > deepest:
                line = Formula(related(part.problem, "=", line.expression))
            yield OutlineRow(level, item, line, through)
        elif item.short is not None:
            yield OutlineRow(level, item.short, item.equation, item.short.through, short=item.short.through is None)
        else:
            yield OutlineRow(level, opens=item.problem, depth=depth + 2 if depth >= deepest else None)
            stack.append((item, depth + 1, iter(item.items)))


def formulas_in(solution: Solution) -> Iterator[Expression]:
    """All formulas of a solution but its result."""
    yield from (*solution.given, solution.problem)
    for row in outline(solution, 0):
        if row.opens is not None:
            yield row.opens
        yield from (line.expression for line in (row.through, row.line) if line is not None)
        if row.step is not None and row.step.statement is not None:
            statement = row.step.statement
            yield from (statement.formula, *statement.terms, *(letter.formula for letter in statement.letters))
