"""A derivation as a tree: every open derivative is told under the step that opened it.

    part = told_tree(derivation.block, "normal")
    part.items                  # (ToldStep 1, Part d/dx [x^2], Part d/dx [sin(x)], ToldStep 4)

Iterative, since derivations nest as deep as expressions do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tutor.derivation.step import Block, Step
from tutor.expression.relations import related
from tutor.expression.tree import Expression, replace
from tutor.rules.rule import Rule
from tutor.telling.document import Detail, Formula, Part, ToldStep
from tutor.telling.steps import (
    LONGEST_LINE,
    Run,
    all_checked,
    counted,
    flat,
    is_silent,
    look_of,
    runs,
    steps_in,
    together,
    told_steps,
    worth_seeing,
)

_MOST_FOLDED = 20


@dataclass
class _Level:
    """A block that is being told: the runs that are left, the next one last, the line that it has come to, and what was
    told so far."""

    block: Block
    left: list[Run]
    line: Expression
    items: list[ToldStep | Part] = field(default_factory=list)


class _Memory(NamedTuple):
    """What was told so far: where the steps of each part are, and the rules that were shown with what they say."""

    numbers: dict[Expression, int | None]
    stated: set[Rule]


def told_tree(root: Block, detail: Detail) -> Part:
    """Every block and step, in reading order."""
    memory = _Memory({}, set())
    stack = [_level(root, detail)]
    while True:
        level = stack[-1]
        if not level.left:
            stack.pop()
            part = _finished(level, detail, is_root=not stack)
            if not stack:
                return part
            _add(stack[-1], part, detail)
            continue
        run = level.left.pop()
        block = run[0]
        if isinstance(block, Step):
            steps = steps_in(run)
            if len(counted(steps)) > 1 and not all_checked(steps):
                level.left += [[item] for item in reversed(run)]  # what is wrong has to be seen
                continue
            shown = level.line
            through, line = _lines_after(level, run, detail)
            last = level.items[-1] if level.items else None
            told = told_steps(steps, detail, line, through, isinstance(last, Part))
            if detail != "full" and steps[0].rule in memory.stated and "{" not in steps[0].rule.say:
                told = told._replace(sentence=None)
            memory.stated.update(step.rule for step in counted(steps)[:1])
            if line is not None and line.continues and detail != "full" and look_of(level.line) == look_of(shown):
                told = told._replace(line=None)
                if isinstance(last, ToldStep) and not told.says_more and all_checked(steps) and (
                        all_checked(last.steps)):
                    level.items[-1] = together(last, told)
                    continue
                if last is None and not counted(steps) and all_checked(steps):  # only a factor 1 has gone
                    continue
            level.items.append(told)
            continue
        if block.again:
            number = memory.numbers.get(block.problem)
            where = ToldStep(" ", "as above" if number is None else f"as in {number}", ())
            _add(level, Part(block.problem, block.result, short=where, again=True), detail)
            continue
        memory.numbers[block.problem] = block.first_number
        if block.problem is level.line and detail != "full":  # the line was only rewritten, so its derivation continues
            level.left += reversed(list(runs(block.items, detail)))
            continue
        short = _short(block, detail, memory)
        if short is not None:
            level.items.append(Part(_heading(block, detail), block.result, short=short))
        else:
            stack.append(_level(block, detail))


def _add(level: _Level, part: Part, detail: Detail) -> None:
    """Add a part to what is told, but not one that was done before and was the last thing to be told, too."""
    last = level.items[-1] if level.items else None
    twice = isinstance(last, Part) and part.again and look_of(last.problem) == look_of(part.problem)
    if not twice or detail == "full":
        level.items.append(part)


def _level(block: Block, detail: Detail) -> _Level:
    left = list(runs(block.items, detail))
    left.reverse()
    return _Level(block, left, block.problem)


def _lines_after(level: _Level, run: Run, detail: Detail) -> tuple[Formula | None, Formula]:
    """The line that a run leads to, and before it the one that is worth seeing on the way; in giants the equation of
    the first step."""
    if level.line.size <= LONGEST_LINE:
        before, lines = level.line, list(_lines(run, level.line))
        level.line = lines[-1][1]
        if level.line.size <= LONGEST_LINE:
            is_first_of_two = not counted(steps_in(run)) and bool(level.left) and isinstance(level.left[-1][0], Step)
            through = worth_seeing(lines, before) if detail == "normal" and not is_first_of_two else None
            line = level.line if detail == "full" else flat(level.line)
            goes_on = line.head != "relation"  # an equation is followed by another one, and not by "= ..."
            return None if through is None else Formula(through, continues=goes_on), Formula(line, continues=goes_on)
    first = steps_in(run)[0]
    return None, Formula(related(first.before, "=", first.after))


def _lines(items: Iterable[Step | Block], line: Expression) -> Iterator[tuple[Step, Expression]]:
    """Each step of a run with the line after it. What is folded nests only a few levels deep."""
    for item in items:
        if isinstance(item, Step):
            line = advanced(line, item)
            yield item, line
            continue
        for step, part in _lines(item.items, item.problem):
            yield step, replace(line, {item.problem: part})
        line = replace(line, {item.problem: item.result})


def advanced(line: Expression, step: Step) -> Expression:
    """The line after a step: what was found is put in, and the part that the step speaks of becomes its other side."""
    results = dict(step.replacements)
    if results:
        line = replace(line, results)
        return replace(line, {replace(step.before, results): step.after})
    before, after = step.change
    return replace(line, {before: after})


def _finished(level: _Level, detail: Detail, is_root: bool) -> Part:
    """The part, with its result as a line where no step of its own has led to it; below the root stands its box."""
    block = level.block
    only = level.items[0] if len(level.items) == 1 and not is_root else None
    if isinstance(only, Part) and only.again and look_of(only.problem) == look_of(block.problem):
        return only  # only a factor 1 has gone, and what is left was done before
    missing = block.result is not block.problem and level.line is not block.result and not is_root
    ending = Formula(related(block.problem, "=", block.result)) if missing else None
    return Part(_heading(block, detail), block.result, tuple(level.items), ending=ending)


def _heading(block: Block, detail: Detail) -> Expression:
    """The problem of a block as the line above shows it."""
    return block.problem if detail == "full" or block.problem.size > LONGEST_LINE else flat(block.problem)


def _short(block: Block, detail: Detail, memory: _Memory) -> ToldStep | None:
    """How a part is told whose derivation is a single line; None for other parts."""
    if detail == "full" or not 0 < len(block.items) <= _MOST_FOLDED:
        return None
    run, *others = runs(block.items, detail)
    first, steps = run[0], steps_in(run)
    if others or not isinstance(first, Step) or first.number is None or not all_checked(steps):
        return None
    told = told_steps(steps, detail)
    through, line = _lines_after(_Level(block, [], block.problem), run, detail)
    if through is not None:
        told = told._replace(through=Formula(related(_heading(block, detail), "=", through.expression)), line=line)
    if detail != "normal" or not _has_more_to_say(first, memory):
        told = told._replace(statement=None, sentence=None)
    memory.stated.add(first.rule)
    return told


def _has_more_to_say(step: Step, memory: _Memory) -> bool:
    """Whether the rule's statement says more than the step does, and was not read before."""
    if is_silent(step) or step.rule in memory.stated:
        return False
    bound = [letter for letter in step.bindings
             if step.rule.letters[letter.partition("(")[0]] not in ("variable", "unknown function", "index", "list",
                                                                   "new index")]
    silent = not step.assumptions or "table" in step.rule.tags  # what a function takes for granted stands at the end
    return not silent or (bool(bound) and step.rule.right.head != "number")
