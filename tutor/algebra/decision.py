"""A decision of tidying: what a node becomes, and what has to be true for that.

    Decision("cancel", parse("x + 1"), nonzero=(parse("x - 1"),)).conditions       # (x - 1 != 0,)
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from tutor.expression.relations import not_zero
from tutor.expression.tree import Expression

Kind = Literal["cancel", "multiply_out", "take_out_common_factor", "common_denominator", "like_terms", "known_value",
               "cases", "into_cases", "other"]
"""What is mainly done in a step: what is a matter of taste is told by it from what is not. Which rules it takes is
found when it is told."""


class Decision(NamedTuple):
    """What a node becomes, and what has to be true for that.

    kind: what is mainly done; nonzero: bases that must not be zero; final: nothing is left to decide at the node that
    it becomes, nor at the parts that were made for it; provided: other relations that must hold.
    """

    kind: Kind
    after: Expression
    nonzero: tuple[Expression, ...] = ()
    final: bool = False
    provided: tuple[Expression, ...] = ()

    @property
    def conditions(self) -> tuple[Expression, ...]:
        """All that must hold, as relations."""
        return *map(not_zero, self.nonzero), *self.provided
