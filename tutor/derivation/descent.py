"""Gradient descent: the points that it reaches, and what was seen of them.

    loss = read_loss("(x-3)^2")
    descent = Descent(loss, (Fraction(0),), Fraction(9, 10), steps=2)
    descent.advance(1_000_000)
    [row.point for row in descent.rows]             # [(0,), (27/5,), (27/25,)]
    descent.ending                                  # None: all steps were made

One step is v <- momentum*v - rate*slope, x <- x + v for every letter, with all slopes at the old point and v = 0 at the
start. Where all numbers are fractions it is computed in fractions for as long as these are short, then in floats.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isfinite
from sys import float_info
from typing import Literal, NamedTuple

from tutor.derivation.descent_problem import Loss, is_exact
from tutor.expression.text import Text
from tutor.expression.tree import Expression, derivative, name, node, number, power, substitute
from tutor.oracle.digits import exactly, numbers_at
from tutor.oracle.existence import existence_of, has_no_value
from tutor.oracle.program import NO_VALUE, NotExact, Number, program_of
from tutor.oracle.sure import recognized

FIRST_SHOWN, LAST_SHOWN, MOST_SHOWN = 10, 5, 20
"""Rows that are shown of more than so many."""

MOST_KEPT = 10_000
"""Steps up to which every row is kept."""

_MOST_EXACT_STEPS, _MOST_EXACT_BITS = 1_000, 256
"""How far fractions are followed, and how long they may become."""

_SHORT = 10**6
"""The largest numerator and denominator of a place that is written out in a sentence."""

_NEARLY_FLAT, _SAME = 1e-6, 1e-6
"""Slopes that are called near 0; how far two points may be apart, beside their distance from others, to be called the
same."""


class Row(NamedTuple):
    """A point with what is found there.

    value: the loss, None where it has none; slopes: None where there are none; arrived: the change that led here.
    """

    step: int
    point: tuple[Number, ...]
    value: Number | None
    slopes: tuple[Number, ...] | None
    arrived: tuple[Number, ...]


_Kept = tuple[int, tuple[Number, ...], Number | None, tuple[Number, ...] | None, tuple[Number, ...]]
"""A row as it is kept: making a million named tuples would take as long as computing them."""

Kind = Literal["overflow", "no value", "no slope", "undecided", "interrupted"]


class Ending(NamedTuple):
    """Why descent ended before all steps were made. step: the one at which that was found; why: in a sentence."""

    kind: Kind
    step: int
    why: Text


Seen = Literal["flat", "settled", "cycle", "growing", "falling", "mixed", "started"]


class Observation(NamedTuple):
    """What was seen of the points. kind: the most telling of it; steps: for how many, or since which one."""

    kind: Seen
    steps: int = 0


class Descent:
    """One run of gradient descent, which goes on with `advance`.

    step: the one that was last made; settled: the step from which on nothing changed, None if there was none;
    ending: why it ended early, None if it did not; lowest: the row with the smallest loss so far, as (loss, step).
    """

    def __init__(self, loss: Loss, start: Sequence[Number], rate: Number, steps: int,
                 momentum: Number = Fraction(0)) -> None:
        self.loss, self.steps, self.rate, self.momentum = loss, steps, rate, momentum
        self.step = 0
        self.settled: int | None = None
        self.ending: Ending | None = None
        self.rose = False
        self._first: list[_Kept] = []
        self._last: deque[_Kept] = deque(maxlen=LAST_SHOWN)
        self._keep_up_to = steps + 1 if steps <= MOST_KEPT else MOST_SHOWN
        self._point: list[Number] = list(start)
        self._velocity: list[Number] = [Fraction(0)] * len(start)
        self._value: Number = 0.0
        self._slopes: list[Number] = []
        self._exact = is_exact([*start, rate, momentum])
        if self._exact:
            try:
                self._program = loss.program(exact=True)
            except NotExact:
                self._exact = False
        if not self._exact:
            self._become_floats()
        self._look()
        self.lowest: tuple[Number, int] = self._value, 0

    # -- steps --------------------------------------------------------------------------------------------------

    def advance(self, count: int) -> bool:
        """Make so many more steps. Returns whether there are more to make."""
        for _ in range(count):
            if self.ending is not None or self.step >= self.steps:
                return False
            self._make_step()
        return self.ending is None and self.step < self.steps

    def interrupt(self) -> None:
        """End here, because somebody does not want to wait any longer."""
        if self.ending is None and self.step < self.steps:
            self.ending = Ending("interrupted", self.step, Text(f"Stopped by you after step {self.step:,}.", {}))

    def _make_step(self) -> None:
        rate, momentum = self.rate, self.momentum
        velocity = [momentum * v - rate * slope for v, slope in zip(self._velocity, self._slopes, strict=True)]
        point = [x + v for x, v in zip(self._point, velocity, strict=True)]
        if point == self._point and velocity == self._velocity:
            self._stay()
            return
        self._point, self._velocity = point, velocity
        self.step += 1
        if self._exact and (self.step > _MOST_EXACT_STEPS or _bits([*point, *velocity]) > _MOST_EXACT_BITS):
            self._become_floats()
        before = self._value
        self._look()
        if self.ending is None:
            if self._value > before:
                self.rose = True
            elif self._value < self.lowest[0]:
                self.lowest = self._value, self.step

    def _look(self) -> None:
        """Find the loss and the slopes at the point, and keep the row."""
        try:
            self._value, *self._slopes = self._program.at(self._point)
        except NotExact:
            self._become_floats()
            self._look()
            return
        except OverflowError:
            self._overflow()
            return
        except NO_VALUE:
            self._look_closely()
            return
        if self._program.kinks and self._program.at_a_kink():
            self._look_closely()
        elif self._is_too_large():
            self._overflow()
        else:
            self._keep(self._value, tuple(self._slopes))

    def _is_too_large(self) -> bool:
        """Whether a number that was found is none that a float can hold."""
        if self._exact:
            return any(not -_LARGEST_FLOAT <= each <= _LARGEST_FLOAT for each in (self._value, *self._slopes))
        return not isfinite(self._value + sum(self._slopes) + sum(self._point)) and not all(
            map(isfinite, (self._value, *self._slopes, *self._point)))

    def _look_closely(self) -> None:
        """Find what there is at a point where a formula has no value, or a part of the loss has its kink."""
        try:
            (value,) = program_of([self.loss.expression], self.loss.letters, self._exact).at(self._point)
        except OverflowError:
            self._overflow()
            return
        except NO_VALUE:
            self._keep(None, None)
            if has_no_value(_substituted(self.loss.expression, self._here())):
                self._end("no value", Text.of(self.loss.expression, " has no real value at ", self._place()))
            else:  # as of cos(3x), where 3x is larger than any float
                self._end("undecided", Text.of(self.loss.expression, " could not be computed at ", self._place()))
            return
        slopes: list[Number] = []
        for place, letter in enumerate(self.loss.letters):
            found = existence_of(self._slope_here(place))
            if found.outcome == "exists" and found.values:
                known = recognized(found.values[0])
                slopes.append(float(found.values[0]) if known is None or not self._exact else known)
                continue
            self._keep(value, None)
            if found.outcome == "missing" and all(_is_short(each) for each in self._point):
                self._end("no slope", Text.of("there is no slope here: ", found.text))
            elif found.outcome == "missing":
                self._end("no slope", Text.of(self.loss.expression, f" has no slope in {letter} at ", self._place()))
            else:
                self._end("undecided", Text.of("whether ", self.loss.expression, f" has a slope in {letter} at ",
                                               self._place(), " could not be decided"))
            return
        self._value, self._slopes = value, slopes
        self._keep(value, tuple(slopes))

    def _slope_here(self, place: int) -> Expression:
        """The slope in the direction of one letter at the point, as a problem."""
        here = self._here()
        variable = name(self.loss.letters[place])
        number = here.pop(variable.value)
        return node("at", (derivative(_substituted(self.loss.expression, here), variable), variable, number))

    def _here(self) -> dict[str, Expression]:
        """The point, as exact numbers."""
        return {letter: exactly(each if isinstance(each, Fraction) else Fraction(repr(each)))
                for letter, each in zip(self.loss.letters, self._point, strict=True)}

    def _place(self) -> Text:
        relations = numbers_at(dict(zip(self.loss.letters, map(float, self._point), strict=True)))
        return Text.of(*[part for each in relations for part in (", ", each)][1:])

    def _overflow(self) -> None:
        self._end("overflow", Text.of("the numbers became larger than ", _LARGEST,
                                      ", and cannot be computed any further"))

    def _end(self, kind: Kind, why: Text) -> None:
        self.ending = Ending(kind, self.step, Text.of(f"At step {self.step:,}, ", why, "."))

    def _stay(self) -> None:
        """Nothing changes any more, so all further rows are known."""
        self.settled = self.step
        slopes = tuple(self._slopes)
        up_to = min(self.steps + 1, self._keep_up_to)
        for step in (*range(self.step + 1, up_to), *range(max(self.step + 1, up_to, self.steps - LAST_SHOWN + 1),
                                                          self.steps + 1)):
            self.step = step
            self._keep(self._value, slopes)

    def _become_floats(self) -> None:
        self._exact = False
        self._program = self.loss.program()
        self.rate, self.momentum = float(self.rate), float(self.momentum)
        self._point = [float(each) for each in self._point]
        self._velocity = [float(each) for each in self._velocity]
        self._value, self._slopes = float(self._value), [float(each) for each in self._slopes]

    def _keep(self, value: Number | None, slopes: tuple[Number, ...] | None) -> None:
        row = self.step, tuple(self._point), value, slopes, tuple(self._velocity)
        if self.step < self._keep_up_to:
            self._first.append(row)
        self._last.append(row)

    # -- what was found --------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[Row]:
        """The rows that were kept, in order: all, or the first and the last ones."""
        known = self._first[-1][0] if self._first else -1
        return [Row(*kept) for kept in (*self._first, *[kept for kept in self._last if kept[0] > known])]

    @property
    def last(self) -> Row | None:
        """The last row; None if there is not even a first one."""
        return Row(*self._last[-1]) if self._last else None

    def seen(self) -> Observation:
        """What was seen of the points, where nothing is known beforehand."""
        rows = [Row(*kept) for kept in self._last]
        last = rows[-1] if rows else None
        if last is None or last.value is None or last.slopes is None:
            return Observation("started")
        if self.settled is not None:
            return Observation("settled", self.settled)
        if all(abs(float(slope)) <= _NEARLY_FLAT for slope in last.slopes):
            return Observation("flat")
        if len(rows) >= 4 and _alternate([row.point for row in rows[-4:]]):
            return Observation("cycle")
        values = [float(row.value) for row in rows if row.value is not None]
        rising = next((count for count in range(len(values) - 1) if values[-count - 2] >= values[-count - 1]),
                      len(values) - 1)
        if rising >= min(3, self.step) and rising:
            return Observation("growing", rising)
        if not self.rose and self.step:
            return Observation("falling", self.step)
        return Observation("mixed" if self.step else "started", self.lowest[1])


def _substituted(body: Expression, values: Mapping[str, Expression]) -> Expression:
    """An expression with numbers for some of its letters."""
    for letter, value in values.items():
        body = substitute(body, letter, value)
    return body


_LARGEST_FLOAT = Fraction(float_info.max)
_LARGEST = node("product", (number(Fraction(18, 10)), power(number(10), number(308))))


def _bits(numbers: Sequence[Number]) -> int:
    return max(max(each.numerator.bit_length(), each.denominator.bit_length())
               for each in numbers if isinstance(each, Fraction))


def _is_short(place: Number) -> bool:
    exact = place if isinstance(place, Fraction) else Fraction(repr(place))
    return max(abs(exact.numerator), exact.denominator) <= _SHORT


def _alternate(points: Sequence[tuple[Number, ...]]) -> bool:
    """Whether four points are a, b, a, b, to six digits of their distance."""
    a, b, c, d = points
    apart = _distance(a, b)
    return apart > 0 and _distance(a, c) <= _SAME * apart and _distance(b, d) <= _SAME * apart


def _distance(one: tuple[Number, ...], other: tuple[Number, ...]) -> float:
    return max(abs(float(x) - float(y)) for x, y in zip(one, other, strict=True))
