"""A derivation as a tree: every open derivative is told under the step that opened it.

    show_tree(teller, derivation.block)

Iterative, since derivations nest as deep as expressions do. Where the indentation would eat the page it ends, and
blocks say the number of their level instead. A part that one step finds needs no level of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.derivation.step import Block, Step
from tutor.expression.tree import Expression, replace
from tutor.rules.rule import Rule
from tutor.views.page import STRONG
from tutor.views.shorten import LONG
from tutor.views.steps import Group, Teller, Told, groups, names_of, show_in_one_row, show_step, told

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
    leaves: dict[Block, Told]  # the parts that one step finds
    column: int  # where what they give is shown, in those of one row
    flat: bool  # whether there are no other parts, so that no branches are drawn
    whole: bool = True  # whether lines are shown; in giants each step is an equation of its own
    begun: bool = False  # whether anything was told
    divided: bool = False  # whether a block of several rows was told since the last step
    apart: bool = False  # whether it was the last thing told


@dataclass(frozen=True)
class _Memory:
    """What was told so far: where the steps of each part are, and the rules that were shown with what they say."""

    numbers: dict[Expression, int | None]
    stated: set[Rule]


def show_tree(teller: Teller, root: Block) -> None:
    """Every block and step, in reading order."""
    page = teller.page
    memory = _Memory({}, set())
    stack = [_level(teller, root, MARGIN, 1)]
    while stack:
        level = stack[-1]
        if not level.left:
            stack.pop()
            solved = level.block.result is not level.block.problem
            if solved and level.line is not level.block.result and stack:  # below the root stands its box
                _finish(teller, level)
            continue
        step, folded, block = level.left.pop()
        begun, level.begun = level.begun, True
        if step is not None:
            _tell(teller, level, told(step, folded), far=begun and level.depth > DEEPEST)
            memory.stated.add(step.rule)
            continue
        assert block is not None
        branch, follow = _branches(teller, level)
        unindented = follow == level.prefix
        between = level.prefix if unindented else level.prefix + page.signs.guide
        leaf = level.leaves.get(block)
        if leaf is not None:
            if level.apart:
                page.blank(between)
            level.apart = False
            _show_leaf(teller, level, branch, follow, block, leaf, memory)
            continue
        memory.numbers[block.problem] = block.first_number
        if begun:
            page.blank(between)
        label = f"level {level.depth + 1}:  " if unindented else ""
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
    blocks = [item for item in block.items if isinstance(item, Block)]
    leaves = {part: leaf for part in blocks if (leaf := _leaf(teller, part)) is not None}
    flat = len(leaves) == len(blocks)
    level = _Level(block, prefix, depth, left, block.problem, leaves, 0, flat, whole=block.problem.size <= LONG)
    level.column = _column(teller, level)
    return level


def _leaf(teller: Teller, block: Block) -> Told | None:
    """How a part is told that one step finds, or that was told before; None for other parts."""
    if block.again:
        return Told(" ", "", ())
    if teller.detail == "full" or len(block.items) > _MOST_FOLDED:
        return None
    if block.number is not None:
        steps = _steps_in(block)
        found = Told(str(block.number), names_of(block.rules), steps)
    else:
        first, *others = groups(block.items, teller.detail)
        step, folded, _ = first
        if others or step is None or step.number is None:
            return None
        found = told(step, folded)
    return found if all(step.check.outcome == "checked" for step in found.steps) else None


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


def _column(teller: Teller, level: _Level) -> int:
    """Where the second half of those leaves begins that have room in one row."""
    width, brief = teller.page.width, teller.detail == "brief"
    start = len(level.prefix) + (0 if level.flat else len(teller.page.signs.branch)) + teller.digits + 2
    place = teller.reasons if brief else teller.column
    for block, leaf in level.leaves.items():
        halves = len(leaf.title or _AS_IN), len(_equation(teller, block))
        first, second = halves[::-1] if brief else halves
        if start + first + _GAP + second <= width:
            place = max(place, start + first + _GAP)
    return place


_AS_IN = "as in 99"

_GAP = 3
"""Cells between the two halves."""


def _show_leaf(teller: Teller, level: _Level, branch: str, follow: str, block: Block, leaf: Told,
               memory: _Memory) -> None:
    """A part that one step finds: its rule and its result in one row, or the rule with what it says."""
    equation, title = _equation(teller, block), leaf.title
    if block.again:
        number = memory.numbers.get(block.problem)
        title = "as above" if number is None else f"as in {number}"
    else:
        memory.numbers[block.problem] = block.first_number
    stated = leaf.stated if leaf.stated is not None and _has_more_to_say(leaf.stated, memory) else None
    if stated is not None:
        memory.stated.add(stated.rule)
    start = len(branch) + teller.digits + 2
    first, second = (equation, title) if teller.detail == "brief" else (title, equation)
    for place in (level.column, start + len(first) + _GAP):
        if stated is not None and teller.detail == "normal":
            break
        if start + len(first) + _GAP <= place <= teller.page.width - len(second):
            show_in_one_row(teller, branch, leaf.label, title, equation, place)
            return
    show_step(teller, branch, Told(leaf.label, title, leaf.steps, stated), equation, follow=follow)


def _has_more_to_say(step: Step, memory: _Memory) -> bool:
    """Whether the rule's statement says more than the step does, and was not read before."""
    if step.rule in memory.stated:
        return False
    bound = [letter for letter in step.bindings
             if step.rule.letters[letter.partition("(")[0]] not in ("variable", "unknown function")]
    silent = not step.assumptions or "table" in step.rule.tags  # what a function takes for granted stands at the end
    return not silent or (bool(bound) and step.rule.right.head != "number")


def _branches(teller: Teller, level: _Level) -> tuple[str, str]:
    """What stands before the first row of the next block of this level, and before its other rows."""
    signs = teller.page.signs
    if level.flat or level.depth >= min(DEEPEST, (teller.page.width - 30) // len(signs.guide)):
        return level.prefix, level.prefix
    last = not (level.left and level.left[-1][2])
    return (level.prefix + (signs.last_branch if last else signs.branch),
            level.prefix + (" " * len(signs.guide) if last else signs.guide))


def _tell(teller: Teller, level: _Level, what: Told, far: bool) -> None:
    """A step of this level, with the line that it leads to. far: the block's own first row is out of sight."""
    page = teller.page
    if level.divided:
        page.blank(level.prefix)
    level.divided = level.apart = False
    for each in what.steps:
        if level.whole:
            level.line = advanced(level.line, each)
            level.whole = level.line.size <= LONG
    if not level.whole:
        text = f"{page.text(what.steps[0].before)} = {page.text(what.steps[0].after)}"
    elif far:
        text = f"{page.text(level.block.problem)} = {page.text(level.line)}"
    else:
        text = f"= {page.text(level.line)}"
    show_step(teller, level.prefix, what, text)


def _finish(teller: Teller, level: _Level) -> None:
    """The result of a block that no step of its own has led to."""
    if level.divided:
        teller.page.blank(level.prefix)
    teller.page.math(level.prefix + " " * (teller.digits + 2), _equation(teller, level.block), STRONG)


def _equation(teller: Teller, block: Block) -> str:
    return f"{teller.page.text(block.problem)} = {teller.page.text(block.result)}"
