"""Complex numbers are looked at where nothing is real, and not shown to somebody who did not type i.

    without_complex(check, parse("sqrt(-x^2)"), parse("x")).sentence      # "at none of the points ..."
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.expression.tree import Expression, I, postorder

if TYPE_CHECKING:
    from tutor.oracle.verdict import Check


def without_complex(check: Check, left: Expression, right: Expression) -> Check:
    """A refutation without its complex numbers: they are not shown to someone who did not type i."""
    complex_ones = isinstance(check.left, complex) or isinstance(check.right, complex) or any(
        isinstance(number, complex) for number in (check.counterexample or {}).values())
    if not complex_ones or I in postorder((left, right)):
        return check
    return replace(check, counterexample=None, left=None, right=None,
                   finding="at none of the points that were tried do both have a real value")
