"""Expressions made ready for a million points: a list of operations on slots, without tables and without recursion.

    program = program_of([parse("(x-3)^2"), parse("2(x-3)")], ["x"])
    program.at([0.0])                       # [9.0, -6.0]
    program.at_a_kink()                     # False: no |...|, relu(...) and the like has its kink at this point

`value_of` in `evaluate.py` says more and knows more, but takes much longer. Unlike there, a number that is too small to
be told from 0 is 0 here. The exact program takes fractions and gives fractions; it has the arithmetic only.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

from tutor.expression.exponents import odd_root
from tutor.expression.piecewise import PIECEWISE, cases_in
from tutor.expression.relations import COMPARISONS
from tutor.expression.tree import E, Expression, name, outermost, postorder, replace
from tutor.oracle.functions import KNOWN, Elementary
from tutor.oracle.heads import ARITHMETIC
from tutor.oracle.losses import OF_SEVERAL
from tutor.oracle.numbers import REAL

Number = float | Fraction

Operation = Callable[[Any, Any], Any]
"""Of two numbers; an operation on one number is given it twice."""

NO_VALUE = (ValueError, ZeroDivisionError)
"""What `Program.at` raises where an expression has no real value; OverflowError where it is too large."""

LONGEST_EXACT_POWER = 20_000
"""Binary digits up to which a power is computed in fractions."""


class NotExact(Exception):
    """Raised where an expression is not made of the arithmetic of fractions, or where these become too long."""


class Program:
    """Expressions as operations on a list of slots: the first slots are the letters, then what is chosen case by case,
    then come all parts."""

    def __init__(self, letters: int, choices: Sequence[_Choice] = ()) -> None:
        self.letters, self.choices = letters, choices
        self.slots: list[Any] = [0.0] * (letters + len(choices))
        self.operations: list[tuple[int, Operation, int, int]] = []
        self.results: list[int] = []
        self.kinks: list[int] = []

    def at(self, point: Sequence[Number]) -> list[Any]:
        """The values of the expressions at a point. Raises what `NO_VALUE` lists, OverflowError, or NotExact."""
        slots = self.slots
        slots[:self.letters] = point
        for place, choice in enumerate(self.choices, self.letters):
            slots[place] = choice.at(point)
        for slot, operation, left, right in self.operations:
            slots[slot] = operation(slots[left], slots[right])
        return [slots[slot] for slot in self.results]

    def at_a_kink(self) -> bool:
        """Whether the point that was last computed lies on the kink of a part, where there may be no slope."""
        slots = self.slots
        return any(slots[slot] == 0 for slot in self.kinks) or any(choice.is_at_a_joint for choice in self.choices)

    def add(self, operation: Operation, left: int, right: int, is_fixed: bool) -> int:
        """A new slot with the result of an operation. is_fixed: it needs no letter, so it is computed now."""
        slot = len(self.slots)
        self.slots.append(operation(self.slots[left], self.slots[right]) if is_fixed else 0.0)
        if not is_fixed:
            self.operations.append((slot, operation, left, right))
        return slot


def program_of(expressions: Sequence[Expression], letters: Sequence[str], exact: bool = False) -> Program:
    """The program for some expressions in these letters. Raises NotExact, or what `Program.at` raises, if a part
    without letters has no value."""
    by_cases = list(dict.fromkeys(part for each in expressions for part in outermost(each, _BY_CASES)))
    program = Program(len(letters), [_Choice(part, letters, exact) for part in by_cases])
    if by_cases:
        stand_ins = {part: name(f"case_{number}_of_{len(letters)}") for number, part in enumerate(by_cases)}
        letters = [*letters, *[letter.value for letter in stand_ins.values()]]
        expressions = [replace(each, stand_ins) for each in expressions]
    place: dict[Expression, int] = {}
    for part in postorder(expressions):
        if part.head == "name":
            place[part] = letters.index(part.value)
            continue
        if not part.args:
            place[part] = len(program.slots)
            program.slots.append(_leaf(part, exact))
            continue
        slots = [place[arg] for arg in part.args]
        operation, found, is_fixed = _operation(part, exact), slots[0], not part.free
        if len(slots) == 1:
            found = program.add(operation, found, found, is_fixed)
        for further in slots[1:]:
            if part.head in ("min", "max") and not is_fixed:
                program.kinks.append(program.add(operator.sub, found, further, False))
            found = program.add(operation, found, further, is_fixed)
        if not is_fixed:
            program.kinks += [program.add(partial(_distance, kink), slots[0], slots[0], False)
                              for kink in _kinks(part.head)]
        place[part] = found
    program.results = [place[each] for each in expressions]
    return program


class _Choice:
    """An expression given case by case, of which only the case that counts is computed."""

    def __init__(self, part: Expression, letters: Sequence[str], exact: bool) -> None:
        self.cases = [(case.signs, program_of(case.sides, letters, exact), program_of([case.value], letters, exact))
                      for case in cases_in(part)]
        self.is_at_a_joint = False

    def at(self, point: Sequence[Number]) -> Number:
        """The value at a point. Raises ValueError where no case counts."""
        self.is_at_a_joint = False
        for signs, sides, value in self.cases:
            numbers = sides.at(point)
            self.is_at_a_joint = self.is_at_a_joint or any(one == other for one, other in pairwise(numbers))
            if all(COMPARISONS[sign](one, other) for sign, (one, other) in zip(signs, pairwise(numbers), strict=True)):
                found: Number = value.at(point)[0]
                self.is_at_a_joint = self.is_at_a_joint or value.at_a_kink()
                return found
        raise ValueError("no case holds")


_BY_CASES = frozenset((PIECEWISE,))


def _kinks(head: str) -> tuple[int, ...]:
    return (0,) if head == "leaky_relu" else KNOWN[head].kinks if head in KNOWN else ()


def _distance(kink: int, a: Number, _: Number) -> Number:
    return a - kink


def _leaf(part: Expression, exact: bool) -> Number:
    if part.head == "number":
        return Fraction(part.value) if exact else float(part.value)
    if exact or part.value not in ("e", "pi"):
        raise NotExact
    return float(getattr(REAL, part.value))


_OPERATORS: dict[str, Operation] = {
    "sum": operator.add, "product": operator.mul, "quotient": operator.truediv,
    "negation": lambda a, _: -a, "abs": lambda a, _: abs(a), "max": max, "min": min,
    "sign": lambda a, _: a * 0 + ((a > 0) - (a < 0)), "relu": lambda a, _: a if a > 0 else a * 0,
}


def _operation(part: Expression, exact: bool) -> Operation:
    """What a node does with the values of its args."""
    if part.head in _OPERATORS:
        return _OPERATORS[part.head]
    if part.head == "step":
        return _step
    if part.head == "power":
        return _power(part, exact)
    if exact or part.head not in ARITHMETIC:
        raise NotExact
    if part.head in OF_SEVERAL:
        of_two = OF_SEVERAL[part.head]  # of more, one after the other: a log-sum-exp of one is that of all
        return lambda a, b: of_two(REAL, a, b)
    if part.head == "log":
        return lambda a, base: math.log(a) / math.log(base)
    if part.head == "exp":
        return lambda a, _: math.exp(a)
    value = KNOWN[part.head].value
    if isinstance(value, Elementary):
        function = value.real
        return lambda a, _: function(a)
    composed = value
    return lambda a, _: composed(REAL, a)


def _step(a: Number, _: Number) -> Number:
    if a == 0:
        raise ValueError("at the jump")
    return a * 0 + (1 if a > 0 else 0)


def _power(part: Expression, exact: bool) -> Operation:
    base, exponent = part.args
    whole = _whole(exponent)
    if whole is not None and whole != 0:
        return _exact_power(whole) if exact else lambda a, _: a ** whole
    if whole is not None:
        return _to_the_zero
    if exact:
        raise NotExact
    if base is E:
        return lambda _, b: math.exp(b)
    root = odd_root(exponent)
    if root is None:
        return _general_power
    is_odd = root.numerator % 2

    def rooted(a: float, b: float) -> float:
        value = math.pow(abs(a), b)
        return -value if a < 0 and is_odd else value

    return rooted


def _exact_power(whole: int) -> Operation:
    """A power of a fraction, unless it would be so long that nobody could wait for it."""
    def powered(a: Fraction, _: Fraction) -> Fraction:
        if abs(whole) * max(a.numerator.bit_length(), a.denominator.bit_length()) > LONGEST_EXACT_POWER:
            raise NotExact
        return a ** whole

    return powered


def _whole(exponent: Expression) -> int | None:
    sign, node = (-1, exponent.args[0]) if exponent.head == "negation" else (1, exponent)
    return sign * node.value if node.head == "number" and isinstance(node.value, int) else None


def _to_the_zero(a: Number, _: Number) -> Number:
    if a == 0:
        raise ValueError("0^0")
    return a * 0 + 1


def _general_power(a: float, b: float) -> float:
    if a == 0 and b == 0:
        raise ValueError("0^0")
    return math.pow(a, b)
