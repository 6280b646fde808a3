"""How far a number may be off: a distance, or a share of the right number.

    tolerance("0.01", parse)        # as far as 0.01 from the right number
    tolerance("1%", parse)          # as far as a hundredth of the right number, whatever its sign
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from tutor.errors import TutorError
from tutor.expression.tree import ZERO, Expression
from tutor.judge.diagnosis import Text
from tutor.judge.equivalence import equivalent
from tutor.oracle.verdict import Oracle
from tutor.rules.conditions import rational_value

_ROUNDING = 4e-15
"""What rounding may add to a number, as a share of it."""

_AT_THE_EDGE = 1e-9
"""A number that is farther away by only this share of the distance is still within it."""


class Tolerance(NamedTuple):
    """amount: the distance, or the number before the percent sign; relative: whether there is one."""

    amount: Expression
    relative: bool

    def said(self, template: str, right: Expression) -> Text:
        """A sentence in which {within} stands for it, and {value} for the right number."""
        return Text(template.replace("{within}", "{within}%") if self.relative else template,
                    {"within": self.amount, "value": right})

    def refusal(self, right: Expression, oracle: Oracle) -> str:
        """Why nothing can be judged by it, and what to do; "" if it is sound."""
        amount = oracle.value(self.amount, {})
        if not isinstance(amount, float) or amount <= 0:
            return "within has to be a number above 0, such as 0.01 or 1%"
        if self.relative and amount >= _ALL:
            return (f"within: {self.amount}% would accept 0 for any right answer: use less than {_ALL}%, "
                    "or a distance such as 0.01")
        if self.relative and oracle.compare(right, ZERO).outcome == "checked":
            return f"{self.amount}% of the right answer, 0, is nothing: use a distance, such as within: 0.01"
        return ""

    def reaches(self, answer: Expression, right: Expression, oracle: Oracle) -> bool | None:
        """Whether an answer is near enough; None where that could not be decided."""
        exact = [rational_value(each) for each in (answer, right, self.amount)]
        if None not in exact:
            typed, wanted, amount = (Fraction(each) for each in exact if each is not None)
            return abs(typed - wanted) <= (amount * abs(wanted) / _ALL if self.relative else amount)
        values = [oracle.value(each, {}) for each in (answer, right, self.amount)]
        near, middle, size = (each if isinstance(each, float) else None for each in values)
        if near is None or middle is None or size is None:
            return None
        distance = size * abs(middle) / _ALL if self.relative else size
        rounding = _ROUNDING * max(abs(near), abs(middle))
        if rounding > distance:  # more digits would be needed than there are
            return True if equivalent(right, answer).verdict == "equal" else None
        return abs(near - middle) <= distance * (1 + _AT_THE_EDGE) + rounding


_ALL = 100


def tolerance(written: str, formula: Callable[[str], Expression]) -> Tolerance:
    """What an author wrote. formula: reads mathematics. Raises TutorError if it cannot be read."""
    text = written.strip()
    if not text.endswith("%"):
        return Tolerance(formula(text), relative=False)
    if not text[:-1].strip():
        raise TutorError("A number is missing before the percent sign, as in 1%.")
    return Tolerance(formula(text[:-1].strip()), relative=True)
