"""Where expressions are compared: a fixed list of points, the same on every machine and for every question.

A point gives a number to every name there is, and that number depends on the name and on the point alone. Numbers
have four digits and end in 7 (1.307, -0.02347): easy to read in a counterexample, and never a whole number or a half.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple
from zlib import crc32

from tutor.oracle.numbers import Numbers
from tutor.oracle.table import Effort, Table, lowest_table


class Range(NamedTuple):
    """Least and greatest size, and whether signs vary."""

    least: float
    greatest: float
    signed: bool


_ORDINARY, _POSITIVE = Range(0.1, 3, True), Range(0.1, 3, False)
_UNIT, _SIGNED_UNIT = Range(0.05, 0.9, False), Range(0.05, 0.9, True)
_LARGE, _SIGNED_LARGE, _SMALL = Range(3, 12, False), Range(3, 12, True), Range(0.003, 0.05, True)

# The first six decide about nearly everything. asin needs the unit interval, acosh and sqrt(x^2 - 5) large numbers,
# e^(200x) small ones. Signed ones stand in pairs, because a name's sign changes from each point to the next.
_RANGES = (
    _ORDINARY, _ORDINARY, _POSITIVE, _UNIT, _ORDINARY, _ORDINARY,
    _POSITIVE, _LARGE, _SIGNED_UNIT, _SMALL, _SIGNED_LARGE, _UNIT,
)  # fmt: skip
_NEARBY = Range(0.001, 0.05, True)

# Beyond the list, for a closer look: |x - 100| has its kink far out, and tanh(1000x)^2 differs from 1 only near 0.
_FAR, _TINY = Range(30, 3000, True), Range(1e-9, 1e-6, True)
_EXTREMES = (_FAR, _FAR, _TINY, _TINY, _FAR, _FAR)

NEIGHBOURS = 12
REAL_POINTS = 60
COMPLEX_POINTS = 8
EXTREME_POINTS = len(_EXTREMES)


class Point:
    """One point of the list, with its tables of values, one for each kind of number.

    index: its place in the list; from REAL_POINTS on, an extreme point, far out or close to 0;
    shift: 0 for a point of the list; else the number of a point close by, for questions with a small domain;
    effort: what the questions asked here cost, shared by all points that are looked at for one.
    """

    def __init__(self, index: int, real: bool, shift: int = 0, effort: Effort | None = None) -> None:
        self.index, self.real, self.shift, self.effort = index, real, shift, effort or Effort()
        self._tables: dict[Numbers, Table] = {}
        self._neighbours: list[Point] = []
        self._numbers: dict[str, Fraction] = {}
        self._moved: dict[tuple[str, Fraction], Moved] = {}
        self.is_close = False
        self.lines: dict[object, Any] = {}  # how `pieces` has cut the lines of letters through this point

    def number_of(self, name: str) -> float | complex | Fraction:
        """The number that the name has here."""
        ranges, place = (_RANGES, self.index) if self.index < REAL_POINTS else (_EXTREMES, self.index - REAL_POINTS)
        number = _sample(name, self.index, ranges[place % len(ranges)])
        if self.shift:
            number *= 1 + _sample(f"{name} {self.shift}", self.index, _NEARBY)
        return number if self.real else complex(number, _sample(f"{name} i", self.index, _ORDINARY))

    def place(self, names: Iterable[str]) -> dict[str, float | complex]:
        """The numbers that some names have here, as a counterexample shows them."""
        numbers = {name: self.number_of(name) for name in sorted(names)}
        return {name: float(number) if isinstance(number, Fraction) else number for name, number in numbers.items()}

    def neighbours(self) -> list[Point]:
        """Points whose numbers differ from those here by a few per cent at most; made once."""
        if not self._neighbours:
            self._neighbours = [Point(self.index, self.real, shift, self.effort)
                                for shift in range(1, NEIGHBOURS + 1)]
        return self._neighbours

    def moved(self, name: str, number: Fraction, is_close: bool = False) -> Moved:
        """This point with another number for one name; made once, so that questions share what is worked out there.

        is_close: whether the number lies between breaks that are too close to each other for doubles.
        """
        found = self._moved.get((name, number))
        if found is None:
            found = self._moved[name, number] = Moved(self, name, number, is_close)
        return found

    def table(self, numbers: Numbers) -> Table:
        """The values here, in this kind of number; kept."""
        found = self._tables.get(numbers)
        if found is None:
            found = self._tables[numbers] = lowest_table(numbers, self.number_of, self.effort)
        return found


class Moved(Point):
    """A point of the list with other numbers for some of the names: near a break, or where the scale changes."""

    def __init__(self, point: Point, name: str, number: Fraction, is_close: bool) -> None:
        super().__init__(point.index, point.real, point.shift, point.effort)
        self._numbers, self.is_close = {**point._numbers, name: number}, is_close

    def number_of(self, name: str) -> float | complex | Fraction:
        found = self._numbers.get(name)
        return super().number_of(name) if found is None else found

    def neighbours(self) -> list[Point]:
        """None: this point was chosen for its exact numbers."""
        return []


def _sample(name: str, index: int, within: Range) -> float:
    mixed = _mixed(crc32(name.encode()) + (index << 32))
    size = within.least * (within.greatest / within.least) ** (mixed / 2**64)
    tens = 10.0 ** (2 - math.floor(math.log10(size)))
    number = (int(size * tens) * 10 + 7) / (tens * 10)
    first_sign = _mixed(crc32(name.encode()) + (index // 2 << 32)) & 1
    return -number if within.signed and (first_sign + index) % 2 else number


def _mixed(seed: int) -> int:
    """64 bits that look random (splitmix64), so that names vary independently of each other."""
    state = seed * 0x9E3779B97F4A7C15 % 2**64
    state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    state = (state ^ state >> 27) * 0x94D049BB133111EB % 2**64
    return state ^ state >> 31
