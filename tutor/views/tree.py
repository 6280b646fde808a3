"""A derivation as a tree: every open derivative is told under the step that opened it.

    show_tree(teller, derivation.block)

Iterative, since derivations nest as deep as expressions do. Where the indentation would eat the page it ends, and
blocks say the number of their level instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.derivation.step import Block, Step
from tutor.expression.tree import Expression, replace
from tutor.views.page import GUIDE, STRONG
from tutor.views.shorten import LONG
from tutor.views.steps import Group, Teller, groups, show_heading, show_step

DEEPEST = 8
"""Levels that are indented on a page that is wide enough."""

MARGIN = "  "

_MOST_FOLDED = 20


@dataclass
class _Level:
    """A block that is being told: the groups that are left, the next one last, and the line that it has come to."""

    block: Block
    prefix: str
    depth: int
    left: list[Group]
    line: Expression
    whole: bool = True  # whether lines are shown; in giants each step is an equation of its own
    begun: bool = False  # whether anything was told
    divided: bool = False  # whether a block of several rows was told since the last step
    apart: bool = False  # whether it was the last thing told


def show_tree(teller: Teller, root: Block) -> None:
    """Every block and step, in reading order."""
    page = teller.page
    numbers: dict[Expression, int | None] = {}  # problem -> the first step of the block that tells it
    stack = [_level(teller, root, MARGIN, 1)]
    while stack:
        level = stack[-1]
        if not level.left:
            stack.pop()
            solved = level.block.result is not level.block.problem
            if solved and level.line is not level.block.result and (stack or level.whole):  # below the root: its box
                _finish(teller, level)
            continue
        step, folded, block = level.left.pop()
        begun, level.begun = level.begun, True
        if step is not None:
            _tell(teller, level, step, folded, far=begun and level.depth > DEEPEST)
            continue
        assert block is not None
        branch, follow = _branches(teller, level)
        flat = follow == level.prefix
        between = level.prefix if flat else level.prefix + page.signs.guide
        one_row = not block.again and _is_one_row(teller, branch, block)
        if block.again or one_row:
            if level.apart:
                page.blank(between)
            level.apart = False
        if block.again:
            _refer(teller, branch, follow, block, numbers.get(block.problem))
            continue
        numbers[block.problem] = block.first_number
        if one_row:
            step, _, _ = next(groups(block.items, teller.detail))
            assert step is not None
            show_heading(teller, branch, step, [_equation(teller, block)], STRONG)
            continue
        if begun:
            page.blank(between)
        label = f"level {level.depth + 1}:  " if flat else ""
        page.math(branch, label + page.text(block.problem), STRONG, follow=follow)
        level.divided = level.apart = True
        stack.append(_level(teller, block, follow, level.depth + 1))


def advanced(line: Expression, step: Step) -> Expression:
    """The line after a step: what was found is put in, and the part that the step speaks of becomes its other side."""
    results = dict(step.replacements)
    if results:
        line = replace(line, results)
        return replace(line, {replace(step.before, results): step.after})
    return replace(line, {step.before: step.after})


def _level(teller: Teller, block: Block, prefix: str, depth: int) -> _Level:
    left = list(groups(block.items, teller.detail))
    left.reverse()
    return _Level(block, prefix, depth, left, block.problem, whole=block.problem.size <= LONG)


def _branches(teller: Teller, level: _Level) -> tuple[str, str]:
    """What stands before the first row of the next block of this level, and before its other rows."""
    signs = teller.page.signs
    if level.depth >= min(DEEPEST, (teller.page.width - 30) // len(signs.guide)):
        return level.prefix, level.prefix
    last = not (level.left and level.left[-1][2])
    return (level.prefix + (signs.last_branch if last else signs.branch),
            level.prefix + (" " * len(signs.guide) if last else signs.guide))


def _tell(teller: Teller, level: _Level, step: Step, folded: list[Step], far: bool) -> None:
    """A step of this level, with the line that it leads to. far: the block's own first row is out of sight."""
    page = teller.page
    if level.divided:
        page.blank(level.prefix)
    level.divided = level.apart = False
    for each in (step, *folded):
        if level.whole:
            level.line = advanced(level.line, each)
            level.whole = level.line.size <= LONG
    if not level.whole:
        text = f"{page.text(step.before)} = {page.text(step.after)}"
    elif far:
        text = f"{page.text(level.block.problem)} = {page.text(level.line)}"
    else:
        text = f"= {page.text(level.line)}"
    show_step(teller, level.prefix, step, text, folded=folded)


def _finish(teller: Teller, level: _Level) -> None:
    """The result of a block that no step of its own has led to."""
    if level.divided:
        teller.page.blank(level.prefix)
    teller.page.math(level.prefix + " " * (teller.digits + 2), _equation(teller, level.block), STRONG)


def _equation(teller: Teller, block: Block) -> str:
    return f"{teller.page.text(block.problem)} = {teller.page.text(block.result)}"


def _refer(teller: Teller, branch: str, follow: str, block: Block, number: int | None) -> None:
    """A block that was told before: its result, and where its steps are."""
    page, equation = teller.page, _equation(teller, block)
    reference = "as above" if number is None else f"as in {number}"
    inner = " " * (teller.digits + 2)
    end = len(branch) + len(inner) + len(reference)
    for place in (max(teller.column, end + 2), end + 2):
        if place + len(equation) <= page.width:
            page.row((branch, GUIDE), (inner + reference + " " * (place - end), ""), (equation, STRONG))
            return
    page.words(branch, reference, lead=(inner, ""))
    page.math(follow + inner, equation, STRONG)


def _is_one_row(teller: Teller, branch: str, block: Block) -> bool:
    """Whether a block is a single step that explains itself and has room in one row."""
    if teller.detail == "full" or len(block.items) > _MOST_FOLDED:
        return False
    told = list(groups(block.items, teller.detail))
    if len(told) != 1:
        return False
    step, folded, _ = told[0]
    if step is None or step.number is None or any(each.check.outcome != "checked" for each in (step, *folded)):
        return False
    if teller.detail == "normal" and not _explains_itself(step):
        return False
    start = len(branch) + teller.digits + 2 + len(step.rule.title) + 2
    return start + len(_equation(teller, block)) <= teller.page.width


def _explains_itself(step: Step) -> bool:
    """Whether the rule's statement would say no more than the step does: a constant, the variable, sin(x)."""
    bound = [letter for letter in step.bindings if step.rule.letters[letter.partition("(")[0]] != "variable"]
    silent = not step.assumptions or "table" in step.rule.tags  # what a function takes for granted stands at the end
    return silent and (not bound or step.rule.right.head == "number")
