"""Why there is no derivative at a point, as facts and as a sentence.

    Finding("kink", parse("abs(x)"), parse("x"), parse("0"), left=Fraction(-1), right=Fraction(1)).text.written()
    # "abs(x) has slope -1 on the left of 0 and 1 on the right"
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from tutor.expression.text import Text
from tutor.expression.tree import Expression, negate, number, postorder, rational
from tutor.oracle.functions import KNOWN

FindingKind = Literal["no_value", "one_side", "jump", "steep", "kink"]

_LONGEST_PART = 60
"""The size up to which a sentence names a function instead of saying `the function`."""

_PARTLY_REAL = frozenset(name for name, known in KNOWN.items() if known.has_gaps) | {"log", "power"}


class Finding(NamedTuple):
    """Why there is no derivative.

    part: what has no value, or has no slope; variable, point: where, None for what has no value anywhere; side:
    "left" or "right" where only one is concerned; left, right: the slopes on both sides, or what the part tends to
    there if it jumps; None where there is no such number or it depends on other letters.
    """

    kind: FindingKind
    part: Expression
    variable: Expression | None = None
    point: Expression | None = None
    side: str = ""
    left: Fraction | float | None = None
    right: Fraction | float | None = None

    @property
    def is_general(self) -> bool:
        """Whether it is said of all values of other letters or of all functions, of which only some were tried."""
        return bool(self.part.free.difference(self.variable.free if self.variable is not None else ())
                    or (self.point is not None and self.point.free) or unknown_functions(self.part))

    @property
    def text(self) -> Text:
        """The finding as a sentence without a full stop."""
        template, slots = self._template(), {"f": self.part}
        if self.part.size > _LONGEST_PART:
            template = template.replace("{f}", "the function")
            template = template[0].upper() + template[1:]
        if self.variable is not None and self.point is not None:
            slots |= {"x": self.variable, "a": self.point}
        for slot, value in (("l", self.left), ("r", self.right)):
            if value is not None:
                slots[slot] = _written(value)
        return Text(template, slots)

    def _template(self) -> str:
        known = self.left is not None and self.right is not None
        exact = isinstance(self.left, Fraction) and isinstance(self.right, Fraction)
        if self.kind == "no_value":
            what = "no real value" if self.part.head in _PARTLY_REAL else "no value"
            return f"{{f}} has {what}" + ("" if self.variable is None else " at {x} = {a}")
        if self.kind == "one_side":
            return f"{{f}} has no real values on the {self.side} of {{a}}"
        if self.kind == "jump":
            if known and exact and self.left != self.right:
                return "{f} jumps at {x} = {a}: it tends to {l} on the left and to {r} on the right"
            return "{f} jumps at {x} = {a}"
        if self.kind == "steep":
            return "the slope of {f} grows without bound near {x} = {a}"
        if known:
            about = "" if exact else "about "
            return f"{{f}} has slope {about}{{l}} on the left of {{a}} and {about}{{r}} on the right"
        return "{f} has a kink at {x} = {a}: its slopes on both sides differ"


def unknown_functions(expression: Expression) -> list[str]:
    """The letters of the unknown functions in an expression."""
    return sorted({part.value[0] for part in postorder([expression]) if part.head == "application"})


def _written(value: Fraction | float) -> Expression:
    """A number as an expression; one that is not exact with four digits."""
    if isinstance(value, Fraction):
        return rational(value)
    rounded = Fraction(f"{value:.4g}")
    return negate(number(-rounded)) if rounded < 0 else number(rounded)
