"""A derivation as a chain of whole lines: each step with all that stands round it.

    for step, line in whole_lines(derivation): ...
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tutor.derivation.step import Block, Step
from tutor.expression.tree import Expression, node, replace

if TYPE_CHECKING:
    from tutor.derivation.derivation import Derivation

_HOLE = node("ellipsis", ())
"""Where a block stands in the whole line: no expression that is derived has one."""


def whole_lines(derivation: Derivation) -> Iterator[tuple[Step, Expression]]:
    """Each step of a derivation with the whole expression after it."""
    frames = [_Frame(derivation.block, _HOLE)]
    while frames:
        frame = frames[-1]
        item = next(frame.items, None)
        if item is None:
            frames.pop()
            if frames and not (frame.has_value and derivation.unsolved is not None):
                frames[-1].change({frame.block.problem: frame.block.result})
        elif isinstance(item, Block):
            if not item.again:
                part_left_out = replace(frame.line, {item.problem: _HOLE})
                frames.append(_Frame(item, replace(frame.around, {_HOLE: part_left_out})))
        else:
            frame.follow(item)
            if frame.has_value and derivation.unsolved is not None:
                continue
            yield item, replace(frame.around, {_HOLE: frame.line})


class _Frame:
    """A block that is being told line by line: what it has come to, and the whole line around it with a hole for it."""

    def __init__(self, block: Block, around: Expression) -> None:
        self.block, self.items, self.line, self.around = block, iter(block.items), block.problem, around
        self.has_value = False  # whether the value at a point was substituted

    def change(self, changes: Mapping[Expression, Expression]) -> None:
        self.line = replace(self.line, changes)

    def follow(self, step: Step) -> None:
        self.has_value = self.has_value or bool(step.rule.role("point"))
        self.change(dict(step.replacements))
        before, after = step.change
        self.change({before: after})
