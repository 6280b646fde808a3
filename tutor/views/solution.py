"""A derivation on a page: a tree in which every open part is told under the step that opened it, or a chain of lines.

    show_solution(page, told_solution(tutor.explain("d/dx x^2*sin(x^2)")))

Where the indentation would eat the page it ends, and parts say the number of their level instead. A part that one step
finds needs no level of its own: its rule and its result share a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.expression.relations import related
from tutor.telling.document import Formula, Part, Solution, ToldStep
from tutor.views.blocks import show_blocks
from tutor.views.page import MARGIN, STRONG, Page
from tutor.views.result import show_result
from tutor.views.shorten import LEFT_OUT
from tutor.views.steps import GAP, Drawing, show_in_one_row, show_step

DEEPEST = 8
"""Levels that are indented on a page that is wide enough."""

_AS_IN = "as in 99"


def show_solution(page: Page, solution: Solution) -> None:
    """The problem, the steps, and the result with what the check of it found."""
    for formula in (*solution.given, solution.problem):
        page.formula(MARGIN, Formula(formula))
    show_blocks(page, MARGIN, solution.before)
    page.blank()
    digits = max([1, *[len(step.label) for step in _steps(solution.root)]])
    drawing = Drawing(page, solution.detail, digits)
    if solution.view == "tree":
        _show_tree(drawing, solution.root)
    else:
        _show_lines(drawing, solution.root)
    if solution.root.items:
        page.blank()
    show_result(page, solution.result)
    show_blocks(page, MARGIN, solution.after)
    if page.cut and solution.root.items:
        page.words(MARGIN, LEFT_OUT)


def _steps(root: Part) -> Iterator[ToldStep]:
    stack = [root]
    while stack:
        part = stack.pop()
        if part.short is not None:
            yield part.short
        for item in part.items:
            if isinstance(item, Part):
                stack.append(item)
            else:
                yield item


def _show_lines(drawing: Drawing, root: Part) -> None:
    for number, step in enumerate(root.items):
        assert isinstance(step, ToldStep)
        if number and (drawing.detail != "brief" or _is_high(drawing.page, step)):
            drawing.page.blank()
        show_step(drawing, MARGIN, step, step.line)


# -- the tree -----------------------------------------------------------------------------------------------------


@dataclass
class _Level:
    """A part that is being shown: the items that are left, the next one last."""

    part: Part
    prefix: str
    depth: int
    left: list[ToldStep | Part]
    column: int  # where what short parts give is shown, in those of one row
    straight: bool  # whether there are only short parts, so that no branches are drawn
    begun: bool = False  # whether anything was shown
    stepped: bool = False  # whether a step was shown
    divided: bool = False  # whether a part of several rows was shown since the last step
    apart: bool = False  # whether it was the last thing shown
    high: bool = False  # whether the last thing shown had a formula of several rows


def _show_tree(drawing: Drawing, root: Part) -> None:
    page = drawing.page
    stack = [_level(drawing, root, MARGIN, 1)]
    while stack:
        level = stack[-1]
        if not level.left:
            stack.pop()
            _show_ending(drawing, level)
            continue
        item = level.left.pop()
        begun, level.begun = level.begun, True
        high = _is_high(page, item)
        tight, level.high = not ((begun and high) or level.high), high
        if isinstance(item, ToldStep):
            if level.divided or not tight:
                page.blank(level.prefix)
            level.divided = level.apart = False
            level.stepped = True
            show_step(drawing, level.prefix, item, _line_of(level, item, begun))
            continue
        branch, follow = _branches(drawing, level)
        unindented = follow == level.prefix
        between = level.prefix if unindented or level.straight else level.prefix + page.signs.guide
        if item.short is not None:
            if level.apart or not tight:
                page.blank(between)
            level.apart = False
            _show_short(drawing, level, branch, follow, between, item)
            continue
        if begun or not tight:
            page.blank(between)
        leads = ((f"level {level.depth + 1}:  ", STRONG),) if unindented else ()
        page.formula(branch, Formula(item.problem), leads=leads, above=between, below=follow)
        level.divided = level.apart = True
        inner = _level(drawing, item, follow, level.depth + 1)
        inner.high = page.is_high(Formula(item.problem), 0)
        stack.append(inner)


def _is_high(page: Page, item: ToldStep | Part) -> bool:
    """Whether a formula of several rows is shown for a step or a short part, so that it needs room round it."""
    step, line = (item.short, item.equation) if isinstance(item, Part) else (item, item.line)
    if step is None:
        return False
    statement = None if step.statement is None else Formula(step.statement.formula)
    return any(formula is not None and page.is_high(formula, 0) for formula in (line, statement))


def _level(drawing: Drawing, part: Part, prefix: str, depth: int) -> _Level:
    parts = [item for item in part.items if isinstance(item, Part)]
    level = _Level(part, prefix, depth, list(reversed(part.items)), 0, all(part.short is not None for part in parts))
    in_rows = [each for each in parts if each.short is not None and _has_one_row(each.short)]
    level.column = _column(drawing, level, in_rows)
    return level


def _column(drawing: Drawing, level: _Level, parts: list[Part]) -> int:
    """Where the second half of those short parts begins that have room in one row."""
    width, brief = drawing.page.width, drawing.detail == "brief"
    begins_with_step = level.left and isinstance(level.left[-1], ToldStep)
    inset = len(drawing.page.signs.branch) if not level.straight else drawing.digits + 2 if begins_with_step else 0
    start = len(level.prefix) + inset + drawing.digits + 2
    place = drawing.reasons if brief else drawing.column
    for part in parts:
        drawn = drawing.page.box(part.equation, width)
        if drawn is None:
            continue
        assert part.short is not None
        halves = len(_AS_IN if part.again else part.short.title), drawn.width
        first, second = halves[::-1] if brief else halves
        if start + first + GAP + second <= width:
            place = max(place, start + first + GAP)
    return place


def _show_short(drawing: Drawing, level: _Level, branch: str, follow: str, above: str, part: Part) -> None:
    """A part that one step finds: its rule and its result in one row, or the rule with what it says."""
    step, formula = part.short, part.equation
    assert step is not None
    for place in (level.column, 0) if _has_one_row(step) else ():
        if show_in_one_row(drawing, branch, step, formula, place, above=above, below=follow):
            return
    show_step(drawing, branch, step, formula, above=above, below=follow)


def _has_one_row(step: ToldStep) -> bool:
    """Whether a step has nothing to show but its names and what it leads to."""
    return step.statement is None and step.through is None


def _branches(drawing: Drawing, level: _Level) -> tuple[str, str]:
    """What stands before the first row of the next part of this level, and before its other rows."""
    signs = drawing.page.signs
    if level.depth >= min(DEEPEST, (drawing.page.width - 30) // len(signs.guide)):
        return level.prefix, level.prefix
    if level.straight:
        inset = level.prefix + " " * (drawing.digits + 2 if level.stepped else 0)
        return inset, inset
    last = not (level.left and isinstance(level.left[-1], Part))
    return (level.prefix + (signs.last_branch if last else signs.branch),
            level.prefix + (" " * len(signs.guide) if last else signs.guide))


def _line_of(level: _Level, step: ToldStep, begun: bool) -> Formula | None:
    """The line of a step, with the problem of the part before it where that is out of sight."""
    line = step.line
    if line is not None and line.continues and begun and level.depth > DEEPEST:
        return Formula(related(level.part.problem, "=", line.expression))
    return line


def _show_ending(drawing: Drawing, level: _Level) -> None:
    """The result of a part that no step of its own has led to."""
    if level.part.ending is not None:
        if level.divided:
            drawing.page.blank(level.prefix)
        drawing.page.formula(level.prefix + " " * (drawing.digits + 2), level.part.ending)
