"""A step: one equation that a person reads, with the rule that was executed.

    step = tutor.explain("d/dx x^2*sin(x)").steps[0]
    step.rule.title, str(step.before), str(step.after)      # "Product rule", "d/dx [x^2*sin(x)]", ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.expression.text import Text
from tutor.expression.tree import Expression, replace
from tutor.notebook import Displayed
from tutor.rules.conditions import rational_value
from tutor.rules.instance import Working
from tutor.rules.restate import slots_of
from tutor.rules.rule import Rule

if TYPE_CHECKING:
    from tutor.oracle.verdict import Check


@dataclass(frozen=True, eq=False)
class Step(Displayed):
    """`before` = `after`, because of `rule`.

    before, after: local expressions, not whole lines; within: where these stand beside others in a sum or product, or
    deeper inside, the expression of the line in which that happened, before and after; bindings: what the rule's
    letters stand for, a function letter as F(u); assumptions: relations that were taken for granted; number: the line
    that it belongs to, None for a minor one; place: its place among the counted steps of that line, None where it is
    the only one; names: for the first step of a line, the rules that name the line; replacements: for a step that puts
    results together, each open part and what was found; working: how the right side of a computed rule was found.
    """

    rule: Rule
    before: Expression
    after: Expression
    bindings: Mapping[str, Expression]
    assumptions: tuple[Expression, ...]
    compare: Callable[[Step], Check] = field(repr=False)
    number: int | None = None
    place: int | None = None
    names: tuple[Rule, ...] = ()
    replacements: tuple[tuple[Expression, Expression], ...] = ()
    within: tuple[Expression, Expression] | None = None
    working: tuple[Working, ...] = ()

    @property
    def change(self) -> tuple[Expression, Expression]:
        """What stands in the line before the step, its results put in, and what stands there after it."""
        return self.within or (self.ready, self.after)

    @cached_property
    def ready(self) -> Expression:
        """`before` with every open part replaced by what was found for it: what this step alone answers for."""
        return replace(self.before, dict(self.replacements)) if self.replacements else self.before

    @property
    def minor(self) -> bool:
        """Whether the step is bookkeeping that a view may fold away; so is multiplying a bracket by a number. What has
        a line of its own is not."""
        return (not self.names and "minor" in self.rule.tags) or (
            "opens" in self.rule.tags and _is_multiple(self.before))

    @property
    def makes_ready(self) -> bool:
        """Whether it is bookkeeping for the sake of the step after it, such as writing a power as a product."""
        tags = frozenset(self.rule.tags)
        return tags >= {"tidy", "minor"} and tags.isdisjoint(("directed", "bookkeeping")) and not self.rule.computed

    @property
    def label(self) -> str:
        """Its number as it is written: "4", or "4.2" for the second of those in line 4; "" if minor."""
        if self.number is None:
            return ""
        return str(self.number) if self.place is None else f"{self.number}.{self.place}"

    @cached_property
    def check(self) -> Check:
        """What the oracle found: the outcome for this equation, worked out when first read."""
        return self.compare(self)

    @property
    def sentence(self) -> Text:
        """The rule's sentence, with what its letters stand for."""
        return Text(self.rule.say, slots_of(self.bindings))


def _is_multiple(expression: Expression) -> bool:
    """Whether this is a number times one bracket, as -2*(x + 1)."""
    if expression.head == "negation":
        expression = expression.args[0]
    return expression.head == "product" and all(
        factor.head == "sum" or rational_value(factor) is not None for factor in expression.args
    ) and sum(factor.head == "sum" for factor in expression.args) == 1


@dataclass(frozen=True, eq=False)
class Block:
    """The short derivation of one open problem: its steps, and the blocks of what they opened, in reading order.

    items: steps and blocks; result: the last line; again: the block was told before, its steps are not repeated;
    folded: its steps belong to the line of the step that opened it, because finding it takes no thought.
    """

    problem: Expression
    items: tuple[Step | Block, ...]
    result: Expression
    again: bool = False
    folded: bool = False

    @property
    def first_number(self) -> int | None:
        """The number of the first counted step in this block, by which others refer to it."""
        stack: list[Step | Block] = list(reversed(self.items))
        while stack:
            item = stack.pop()
            if isinstance(item, Block):
                if not item.again:
                    stack.extend(reversed(item.items))
            elif item.number is not None:
                return item.number
        return None
