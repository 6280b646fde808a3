"""A derivation as a tree: every open derivative is told under the step that opened it.

    part = told_tree(derivation.block, "normal")
    part.items                  # (ToldStep 1, Part d/dx [x^2], Part d/dx [sin(x)], ToldStep 4)

Iterative, since derivations nest as deep as expressions do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tutor.derivation.step import Block, Step
from tutor.expression.relations import related
from tutor.expression.tree import Expression, replace
from tutor.rules.rule import Rule
from tutor.telling.document import Detail, Formula, Part, ToldStep
from tutor.telling.steps import Group, groups, is_silent, names_of, statement_of_step, told_step, told_together

LONGEST_LINE = 400
"""The size up to which whole lines are told; in giants each step is an equation of its own."""

_MOST_FOLDED = 20


@dataclass
class _Level:
    """A block that is being told: the groups that are left, the next one last, the line that it has come to, and what
    was told so far."""

    block: Block
    left: list[Group]
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
            part = _finished(level, is_root=not stack)
            if not stack:
                return part
            stack[-1].items.append(part)
            continue
        step, folded, block = level.left.pop()
        if step is not None:
            level.items.append(told_step(step, folded, detail, _line_after(level, [step, *folded])))
            memory.stated.add(step.rule)
            continue
        assert block is not None
        if block.again:
            number = memory.numbers.get(block.problem)
            where = ToldStep(" ", "as above" if number is None else f"as in {number}", ())
            level.items.append(Part(block.problem, block.result, short=where, again=True))
            continue
        memory.numbers[block.problem] = block.first_number
        short = _short(block, detail, memory)
        if short is not None:
            level.items.append(Part(block.problem, block.result, short=short))
        else:
            stack.append(_level(block, detail))


def _level(block: Block, detail: Detail) -> _Level:
    left = list(groups(block.items, detail))
    left.reverse()
    return _Level(block, left, block.problem)


def _line_after(level: _Level, steps: list[Step]) -> Formula:
    """The line that some steps lead to; in giants the equation of the first one."""
    if level.line.size <= LONGEST_LINE:
        for step in steps:
            level.line = advanced(level.line, step)
        if level.line.size <= LONGEST_LINE:
            return Formula(level.line, continues=True)
    return Formula(related(steps[0].before, "=", steps[0].after))


def advanced(line: Expression, step: Step) -> Expression:
    """The line after a step: what was found is put in, and the part that the step speaks of becomes its other side."""
    results = dict(step.replacements)
    if results:
        line = replace(line, results)
        return replace(line, {replace(step.before, results): step.after})
    before, after = step.change
    return replace(line, {before: after})


def _finished(level: _Level, is_root: bool) -> Part:
    """The part, with its result as a line where no step of its own has led to it; below the root stands its box."""
    block = level.block
    missing = block.result is not block.problem and level.line is not block.result and not is_root
    ending = Formula(related(block.problem, "=", block.result)) if missing else None
    return Part(block.problem, block.result, tuple(level.items), ending=ending)


def _short(block: Block, detail: Detail, memory: _Memory) -> ToldStep | None:
    """How a part is told that one step finds; None for other parts."""
    if detail == "full" or len(block.items) > _MOST_FOLDED:
        return None
    if block.number is not None:
        steps = _steps_in(block)
        if any(step.check.outcome != "checked" for step in steps):
            return None
        return told_together(str(block.number), names_of(block.rules), steps, detail)
    first, *others = groups(block.items, detail)
    step, folded, _ = first
    if others or step is None or step.number is None:
        return None
    if any(each.check.outcome != "checked" for each in (step, *folded)):
        return None
    says = detail == "normal" and _has_more_to_say(step, memory)
    memory.stated.add(step.rule)
    statement = statement_of_step(step) if says else None
    return told_together(step.label, step.rule.title, (step, *folded), detail, statement)


def _steps_in(block: Block) -> list[Step]:
    found: list[Step] = []
    stack: list[Step | Block] = list(reversed(block.items))
    while stack:
        item = stack.pop()
        if isinstance(item, Step):
            found.append(item)
        else:
            stack.extend(reversed(item.items))
    return found


def _has_more_to_say(step: Step, memory: _Memory) -> bool:
    """Whether the rule's statement says more than the step does, and was not read before."""
    if is_silent(step) or step.rule in memory.stated:
        return False
    bound = [letter for letter in step.bindings
             if step.rule.letters[letter.partition("(")[0]] not in ("variable", "unknown function")]
    silent = not step.assumptions or "table" in step.rule.tags  # what a function takes for granted stands at the end
    return not silent or (bool(bound) and step.rule.right.head != "number")
